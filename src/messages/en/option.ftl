# Options without effect, and what they should have been

option-without-effect = --{ $option } has no effect: { $why }
option-top-of-time = --top has no effect: months, days and years are never cut
option-not-csv = --csv-excel has no effect: the result is { $format }, not csv
option-no-regions = no regions are counted
option-no-query = there are no query words
option-evidence = --evidence lists phrases instead of counts
option-dry-run = --dry-run writes nothing
option-files-without-colours = files are written without colours
option-colours-in-text = only text has colours
option-no-index = this command reads no index
option-no-csv = this command doesn't write CSV
option-no-file = it describes a file, and the result goes to standard output
option-only-report-csv = only the report is CSV; name it with --report FILE.csv
option-hits-only = jsonl and csv have hits only; use --format json, or griot facets
option-no-column = csv has no column for it; use text, json or jsonl
option-best-of-group = csv lists only the best of each group; use text, json or jsonl
option-no-snippets = --fragments 0 leaves snippets out
option-newest-first = without words to rank by, the newest come first
option-records-have-text = records have their text in any case
option-only-events-sure = only rows of events are sure or not; use --rows events
option-whole-article = json has the whole article with its matches
option-export-csv = --export writes CSV
option-export-own-csv = --export writes the CSV that griot correct reads again
option-only-jsonl-counts = only jsonl has facet counts
option-trec-no-snippets = a TREC run has no snippets
option-repeat-measures = repeating a query only measures it; add --timings
option-end-of-run = it is about the end of a run; --watch and --every keep running
option-rebuild-reads = --rebuild reads every file anyway
option-every-rescans = --every rescans at its interval instead

# Formats and files

option-before-ending = { $path }: written as { $format }, because { $why } goes before the ending
option-other-ending = { $path }: this command doesn't write .{ $ending }; it knows the endings { $endings }, or use --format
option-unknown-ending = { $path }: written as { $format }; the endings { $endings } and --format choose a format
option-binary = a terminal can't show { $format }; name a file with -o FILE
option-cells-cut = { $n ->
    [one] 1 cell was cut: a spreadsheet has no longer ones than 32,767 characters; jsonl and csv have the whole text
   *[other] { $n } cells were cut: a spreadsheet has no longer ones than 32,767 characters; jsonl and csv have the whole text
}

# Values and single letters

option-write-pair = write FACET=VALUE, for instance type=embuscade
option-write-positive = write a number from 1 up
option-write-share = write a share from 0 to 1, such as 0.3
option-write-time = write a time such as 30s, 15m or 2h
option-write-size = write a size such as 256M or 1G
option-size-too-large = more than this machine can address; write a size such as 256M or 1G
option-goes-before = as an option it goes before: { $command } { $option } …
option-unknown-letter = { $command } has no option { $option }
option-excludes = { $text } after the first word excludes “{ $word }” from the query; { $cure }

# griot --version

option-version =
    index format { $index }; indexes of earlier formats are rebuilt from the texts that they hold
    reads { $extensions }, compressed (.csv.gz) and in archives, too
