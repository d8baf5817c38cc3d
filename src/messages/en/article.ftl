# griot show

show-corrected = corrected: { $facet } { $action } { $value }{ $note }
show-note = note: { $note }
show-from-text = { $value } (read from the text)
show-detected = { "" } (detected from the text)
# In a column of 8 characters.
show-label = { $label ->
    [also_in] also in
   *[other] { $label }
}
show-formerly = , formerly { $region }
# What JSON calls it.
show-status = { $status }
show-and-more = and { $n } more
show-metadata = { $rule }: metadata
show-in-title = , { $n } of them in the title
show-matches = { $n ->
    [one] 1 match
   *[other] { $n } matches
}{ $in_title }
show-numbers-not-kept = the numbers of the hits are not kept: { $error }
show-no-such-hit = the last search of this index has no hit { $number }
show-id-and-hit = { $typed } is the id of an article; hit { $typed } of the last search is { $id }

# griot cite

cite-record = , record { $record }
cite-unreadable = (the file can't be read)
# « Page » is empty, or p. 3 with a comma.
cite-passage = { $page }{ $part }, paragraph { $paragraph }, bytes { $start } to { $end }
# Pages of the passages, which may be several.
cite-pages = p. { $pages }

# griot similar

similar-found = { $copies } of { $sources }
similar-reworded = { $articles } that may report the same news in other words

# griot analyze: columns of 5, 20 and 16 characters

analyze-position = pos
analyze-written = written
analyze-form = form
analyze-folded = folded
analyze-term = term
analyze-how = how
analyze-elided = elided: { $prefix } cut
analyze-joined = joined token, for exact and joined queries
analyze-corrected = corrected: { $entry } ({ $reason })
analyze-root = root { $root }, restored { $restored }, stem { $stem }
analyze-as-it-is = as it is
analyze-stop-word = stop word
analyze-function-word = function word, optional in a query
analyze-name = name: { $written } ({ $meanings }) is also searched as { $spellings }
