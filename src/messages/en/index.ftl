# griot index

index-used = index: { $path }
index-below = there is an index in { $folder }: `cd { $folder }`, or add --index { $folder }/.griot
index-done = done in { $seconds } s
index-change = { $articles }: { $new } new, { $changed } changed, { $removed } removed ({ $seconds } s)
index-place = { $path }, line { $line }
index-file = { $status ->
        [new] new
        [changed] changed
        [skipped] skipped
        [ignored] ignored
        [kept] kept
        [removed] removed
       *[other] { $status }
    }: { $path }{ $n ->
        [0] { "" }
        [one] , 1 article
       *[other] , { $n } articles
    }
index-skipped = skipped: { $place }: { $detail }
index-note = note: { $place }: { $detail }
index-more-skipped = skipped: and { $n } more; --report FILE.csv lists them
index-more-notes = note: and { $n } more; --report FILE.csv lists them
index-writing = writing
index-left = , { $time } left
index-from = { "" } (from { $from })
# In a column of 8 characters.
index-planned = { $what }
index-plan = files that would be indexed: { $new } new ({ $moved } of them moved), { $changed } changed, { $removed } removed; { $unchanged } unchanged
index-copies = , { $copies }
index-whole = { $dir }: { $articles }{ $copies } from { $files }, { $seconds } s
index-files = files:    { $seen } seen ({ $new } new, { $changed } changed, { $unchanged } unchanged), { $removed } removed ({ $moved } of them moved), { $ignored } ignored
index-articles = articles: { $new } new, { $changed } changed, { $unchanged } unchanged, { $removed } removed
index-without = { $n } without { $facet }
index-of-all = of all:   { $without }
# A reason as JSON names it.
index-by-reason = { $n } { $reason }
index-all-skipped = skipped:  { $n }{ $detail }

# What is not in the index, or only in part

unread-in-part = read in part: { $files } ({ $named }{ $more }); `griot stats --unread` says what is missing
unread-not-read = not read: { $files }
unread-more = { $n } more
unread-no-extension = none
unread-of-other-kinds = { $n } of other kinds ({ $extensions }{ $more })
unread-damaged = { $n } damaged (copy or download it again)
unread-no-text-layer = { $n } without a text layer (run OCR)
unread-locked = { $n } protected by a password (save it without)
unread-reader-stopped = { $n } over the limit of time or memory (the next run tries again)
unread-too-large = { $n } too large (split it)
unread-not-text = { $n } misnamed (correct the file extension)
unread-consent-page = { $n } consent page (accept, and save the page again)
unread-unreadable = { $n } unreadable (check permissions and disk)
unread-no-text = { $n } without text
unread-own-export = { $n } written by griot itself (to index one, name it)
# A reason as JSON names it: in English its words are those of the name.
unread-reason = { $reason }
unread-nothing = all files were read in full
unread-sample = “{ $text } …”
unread-and-more = and { $n } more; `griot index --report FILE.csv` lists all files
unread-unsupported = { $path }: format not supported{ $cure }
unread-more-of-kind = and { $n } more .{ $extension }{ $cure }
unread-words = { $n } of { $all } words are in no article
unread-records-skipped = { $n ->
    [one] 1 record
   *[other] { $n } records
} skipped
unread-what = { $what }: { $detail }

# griot stats: labels of 10 characters

stats-index = index     { $path } ({ $mb } MB, { $segments } segments)
stats-root = indexes   { $root }
stats-excluded = , { $n } of them excluded
stats-articles = articles  { $articles }{ $copies } from { $files } files{ $excluded }
stats-published = published { $first } to { $last }
stats-values = { $n ->
    [one] 1 value
   *[other] { $n } values
}, { $without } without
stats-without = { $articles } without

# griot check, griot snapshot

check-no-snapshot = { $dir }: not a snapshot, or changed since it was made; `griot snapshot DIR` makes one
check-finding = { $kind }: { $message }; { $cure }
check-snapshot = snapshot { $dir }: made { $made }
check-fine = nothing wrong
check-damaged = damaged or outdated
check-summary = { $verdict }: { $articles }{ $copies } of { $files }, { $index_files ->
    [one] 1 index file
   *[other] { $index_files } index files
}, { $mb } MB
check-snapshot-made = { $dir }: { $files }, { $mb } MB, { $linked } of them hard links

# griot correct, griot lexicon

correct-done = { $rows ->
    [one] 1 correction
   *[other] { $rows } corrections
} read, { $articles } changed, { $kept ->
    [one] 1 correction
   *[other] { $kept } corrections
} kept
correct-no-value = write a value, or use `griot correct remove`
correct-no-passage = no event of “{ $id }” has a passage with “{ $words }”; `griot events` shows the passages
correct-several-passages = several events have a passage with “{ $words }”; write more of it: “{ $first }” or “{ $second }”
correct-one-passage = { $n } events of “{ $id }” have the passage with “{ $words }”; write “{ $words } [1]” for the first of them in the order of `griot events`, [2] for the second, and so on
correct-no-event = “{ $id }” reports no event; `griot events` lists what articles report
correct-name-passage = “{ $id }” reports { $n } events; name one by words of its passage, with --passage: { $passages }
correct-join-two = a report is joined with another one; name two articles, or two passages of one with --passage
correct-withdrawn = withdrawn: { $what }
correct-restored = holds again: { $what }
correct-undone = undone, { $articles } changed
correct-none = nothing was decided
correct-until = until { $until }, { $by }
lexicon-pending = the lexicon has changed: `griot index` derives the articles anew
lexicon-added = { $added } added, { $changed } changed, { $unchanged } known already; `griot index` derives the articles anew
lexicon-removed = removed: { $what }; `griot index` derives the articles anew
lexicon-none-added = nothing was added; `griot lexicon add` adds places and actors
lexicon-values = values
lexicon-phrases = phrases

# griot install-watch: remarks in the file that it prints

watch-bad-name = { $path }: this name can't stand in a unit file
watch-save = Save as { $file }, then:
watch-journal = Its messages: { $command }
watch-description = griot keeps its index up to date
