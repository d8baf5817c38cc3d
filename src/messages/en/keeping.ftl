# Texts of the library about keeping the index: src/index, src/disk.rs, and what the system says.

# What the system says

system-no-such-file = No such file or directory (os error { $n })
system-permission = Permission denied (os error { $n })
system-no-space = No space left on device (os error { $n })
system-read-only = Read-only file system (os error { $n })
system-is-a-directory = Is a directory (os error { $n })
system-not-a-directory = Not a directory (os error { $n })
system-file-exists = File exists (os error { $n })
system-too-many-files = Too many open files (os error { $n })
system-input-output = Input/output error (os error { $n })
system-name-too-long = File name too long (os error { $n })
system-stale = Stale file handle (os error { $n })
system-no-memory = Cannot allocate memory (os error { $n })
system-entity-not-found = entity not found
keeping-permission-denied = permission denied
system-storage-full = no storage space

# Damage, and what to do about it

keeping-above = { $path } and above
keeping-rebuild = run `griot index --rebuild`
keeping-rebuild-paths = run `griot index --rebuild PATH...` with the folders it was made of
keeping-rebuild-stored = run `griot index`, which rebuilds it from its stored text
keeping-restore-copy = run `griot index`, which restores its copy
keeping-write-again = run `griot index`, which writes it again
keeping-restore-version = run `griot index`, which restores the last version of it
keeping-restore-decisions = run `griot index`, which restores the decisions from the articles
keeping-current-again = run `griot index`, which makes the last generation current again
keeping-run-index = run `griot index`
keeping-repair-or-remove = repair or remove it
keeping-remove = remove it
keeping-another-snapshot = take another snapshot
keeping-unknown-time = at an unknown time
keeping-unreadable-articles = its articles can't be read
keeping-damaged-or-missing = { $path } is damaged or missing
keeping-meta = meta.json is not what was written
keeping-meta-copy = meta.copy is damaged
keeping-cannot-be-read = { $path } can't be read
keeping-missing-or-empty = { $path } is missing or empty
keeping-other-bytes = { $path }: its bytes are not those that were written
keeping-missing = { $path } is missing
keeping-is-missing = is missing
keeping-is-cut-short = is cut short
keeping-cut-short = { $path } is cut short
keeping-managed = .managed.json can't be read
keeping-managed-lacks = .managed.json doesn't list { $n } of the files
keeping-other-end = { $path }: its end is not what was written
keeping-other-lexicons = the lexicons kept with the index are not those that it was built with
keeping-other-analysis = built with analysis { $n }, this griot has { $own }
keeping-twice = { $n } articles are in the index twice
keeping-states = the state of { $n } files is recorded, { $different } of them different
keeping-should-have = { $path } should have { $n } articles and has { $there }
keeping-no-state = { $path } has articles, but no recorded state
keeping-more-files = and { $n } more files
keeping-in-place-of = “{ $id }” is stored in the place of another
keeping-taken-for = “{ $id }” is taken for another
keeping-postings = “{ $term }” is in { $n } articles and should be in { $all }
keeping-its-bytes = its bytes are not those that were written
keeping-it-cannot-be-read = it can't be read
keeping-overwritten = { $path } is cut short or overwritten
keeping-other-griot = { $path } is damaged, or of another griot
keeping-not-indexed-content = “{ $id }” is not what was indexed
keeping-copy-of-none = “{ $id }” is a copy of an article that isn't there; run `griot index --rebuild`
keeping-copies-wrong = { $n } articles with copies are there twice or not at all
keeping-no-generation = CURRENT names “{ $name }”, which is not a generation; run `griot index PATH...`
keeping-other-files = it holds other files and no CURRENT
keeping-other-lock = its file LOCK is not griot's; move it away, or name another folder with --index DIR
keeping-version-of-list = version { $n } of the list
keeping-not-copied = is not what was copied
keeping-not-readable = can't be read ({ $error })
keeping-no-payload = its last commit has no payload
keeping-update-griot = update griot, or name another folder with --index DIR
keeping-other-format = a griot with index format { $n }
keeping-format = format { $n }

# While an index is brought up to date

keeping-facets-failed = deriving the facets failed; please report this article
keeping-files-stay = { $path } { $why }: its { $n } files stay in the index
keeping-not-mounted = is missing (not mounted?)
keeping-not-looked-at = can't be looked at ({ $error })
keeping-links = { $path }: links lead out of the roots, for instance { $example }, and are followed; `griot index --follow-links=inside` leaves them out, --follow-links=all follows them without this note
keeping-one-file-stays = 1 file stays
keeping-several-files-stay = { $n } files stay
keeping-empty-now = { $path } is empty now: its { $files } in the index; { $cure }
keeping-intended = if that is intended, run `griot index --allow-removals`
keeping-orphan = line { $line }: no article is called “{ $id }”; kept for when there is one
keeping-own-value-of-line = line { $line }: { $facet }: no lexicon knows “{ $value }”; a value of its own
keeping-no-facet = “{ $name }” is not a facet; there are { $known }
keeping-correct-line = { $what }; correct the line
keeping-no-columns = no columns id (or path) and facet; begin with a line { $columns }
keeping-no-action = “{ $name }” is not an action; write add, remove, set or reset
keeping-no-id = no id; write one as `griot search` shows it, or a path
keeping-nothing-to = nothing to { $action }; write a value, or the action remove
keeping-version-restored = { $path }: its last version was restored
keeping-decisions-restored = { $path } is missing or empty: its { $n } decisions about articles of the index were restored from it
keeping-metadata-of = metadata of “{ $id }”: { $why }
keeping-interrupted = interrupted: the index as it was before stays in use
keeping-shared-ids = { $n } ids are claimed by several articles, for instance “{ $first }”; all are kept, the later ones as “{ $same }~2” and so on
keeping-decisions = corrections.csv has decisions about { $what } no longer there, for instance “{ $first }”; { $cure }
keeping-an-article = an article that is
keeping-articles = articles that are
keeping-moved = if it was moved or renamed, `griot correct` takes the decision under its new name
keeping-own-exports = { $what }; to index such a file anyway, name it: griot index FILE
keeping-own-export = an export of griot's own was left out: { $first }
keeping-several-exports = { $n } exports of griot's own were left out, for instance { $first }
keeping-waiting = waiting for { $holder } to finish with { $path }
keeping-holder = process { $n } ({ $purpose }, since { $since } UTC)
keeping-reader-failed = its reader failed on it; please report this file
keeping-former-version = { $what }; its former version stays in the index
keeping-changed-twice = it changed twice while it was read; it is read again at the next run
keeping-corrections-changed = corrections.csv has changed: { $n } articles have other values
keeping-current-restored = { $dir }: CURRENT was damaged or missing; generation { $n } is current again
keeping-managed-written = { $dir }: .managed.json was damaged; it was written again
keeping-meta-restored = { $dir }: meta.json was damaged; its copy was restored
keeping-rebuilding-lost = { $error }; rebuilding it; { $lost }
keeping-lost = which other folders and globs it remembered is lost: name them all{ $lexicons }
keeping-lost-lexicons = , lexicons of your own with --schema
keeping-rebuilding-from-files = { $error }: rebuilding it from its files
keeping-name-lexicons = { $what }; name the lexicons with --schema DIR
keeping-not-those-lexicons = they are not those that the index was built with
keeping-rebuilding = { $why }: rebuilding the index { $how }
keeping-from-files = from its files
keeping-from-stored = from its stored text
keeping-rebuilt-from-stored = { $path } is missing or empty: its articles are rebuilt from the text stored in the index
keeping-read-differently = files are read differently now
keeping-older-format = the index has an older format
keeping-other-lexicons-now = the lexicons or the analysis have changed
keeping-withheld = { $path }: { $what }; { $n } articles of { $files } files stay in the index: bring the files back, or run `griot index --allow-removals` if that is meant
keeping-unmounted = is not mounted
keeping-other-disk = is on another disk and is empty now
keeping-files-gone = { $n } files are gone{ $example }
keeping-for-instance = , for instance { $path }
keeping-system-file = has content though its size is 0, as system files do; copy it and index the copy
keeping-run-interrupted = the run was interrupted
keeping-state-incomplete = the state of a file is incomplete (document { $n })
keeping-name-to-index = to index it anyway, name it: griot index FILE
keeping-no-thread = can't start a thread ({ $error })
keeping-root-missing = { $path } is missing (not mounted?): waiting for it; its files stay in the index
keeping-rescanning = { $path }: { $error }; rescanning every { $n } s instead ({ $cure })
keeping-watches = raise fs.inotify.max_user_watches, or use --every
keeping-own-value = { $facet }: no lexicon knows “{ $value }”; kept as a value of its own
keeping-own-value-in = { $facet }: no lexicon knows “{ $value }”; kept as a value of its own, in { $n } articles
keeping-in-index-folder = is in the folder of an index; write to another one
keeping-no-home = there is no home folder
keeping-no-such-folder = no such folder
keeping-no-schema-files = it has no .toml, .tsv or .txt file

# What to do about files of other kinds

keeping-save-docx = save as .docx
keeping-save-csv = save as .csv
keeping-export-pdf = export as .pdf
keeping-convert-html = convert to .html
keeping-export-mail = export as .eml or .mbox
keeping-unpack = unpack it
keeping-convert-pdf = convert to .pdf with a text layer
keeping-convert-json = convert to .json
keeping-rename-txt = rename to .txt

# Faults that should not be

keeping-thread-panicked = an analysing thread panicked
keeping-counting-panicked = a counting thread panicked
keeping-segment-lists = segment { $id } lists documents that it hasn't got
keeping-does-not-match = document { $n } does not match
keeping-large-dictionary = a dictionary of more than 4 GB
