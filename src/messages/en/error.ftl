# Errors of the library: src/error.rs has the same texts, and a test compares them.

error-io = { $path }: { $source }
error-no-such-path = { $path }: no such file or folder
error-lexicon = index_schema/{ $file }, line { $line }: { $message }
error-correction = { $path }, line { $line }: { $message }
error-fault = { $message }
error-faults = { $first }
    { $others }
error-schema-dir = { $path } is not a folder with index_schema files: { $message }
error-no-index = no index here; run `griot index PATH` (looked in { $looked })
error-not-an-index = { $path } is not a griot index: { $message }; name another folder with --index, or an empty one
error-other-version = { $path } was made by { $found }, this griot reads { $known }; { $cure }
error-bad-glob = “{ $glob }” is not a valid glob: { $message }; write for instance '*.md', 'brouillons' or '2024/**'
error-bad-column = --column: { $message }
error-locked = { $path } is being written by { $holder }; try again when it has finished
error-no-roots = the index remembers no folder to read; run `griot index PATH`
error-not-a-root = { $path } is not one of the indexed folders; `griot stats` lists them
error-no-such-article = no article with the id “{ $id }”; `griot search` shows ids
error-several-articles = “{ $id }” has several articles; name one of them: { $some }
error-no-such-facet = no facet is called “{ $name }”; there are { $known }
error-bad-date = not a date: “{ $text }”; write 2024, 2024-03, 2024-03-15, 03/2024 or 'mars 2024'
error-not-empty = { $path } is not empty; name a new folder
error-watching = file-change notifications are unavailable: { $why }; use --every 1m instead
error-unsupported = { $what }
error-no-commit = { $path } is damaged or missing; { $cure }
error-stopped = writing the index failed for an unknown reason; what it was before stays in use: run `griot index` again
error-remote = { $address }: { $message }
error-index = the index: { $source }
error-too-slow = the answer took too long; narrow the search, or try again
error-damaged = the index is damaged: { $what }; run `griot index --rebuild`
error-json = { $source }

failure-internal = internal error at { $place }: { $words }; run `griot check --deep` to see whether the index is damaged; if it is not, please report this as a bug of griot
failure-no-space = ; free some space and run it again: what the last run committed is intact
failure-no-permission = ; ask for permission to write there, or choose another folder with --index DIR
failure-no-threads = ; quit other programs, or raise the limits on threads and memory (ulimit -u, ulimit -v)
failure-no-reason = no reason given
