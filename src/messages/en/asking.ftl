# Texts of the library about queries and answers: src/query, src/search. The source has them, too: what a variable
# holds is between braces there. A test compares the words.

# How a query was read

asking-no-date-in-value = “{ $typed }” holds no date that can be read (2024, 2024-03, 2024-03-15); it was read as text.
asking-no-value = “{ $typed }” holds no value; it was read as text.
asking-turned = “{ $typed }” ends before it begins; it was read the other way round.
asking-parentheses-in-value = Parentheses within a field's value were left out.
asking-parenthesis-open = { $n ->
    [one] A parenthesis is never closed; it was read as closing at the end.
   *[other] { $n } parentheses are never closed; they were read as closing at the end.
}
asking-capitals = The query is all in capitals, so AND, OR, NOT, ET, OU, SAUF and NEAR are words in it; type the other words in lower case to have operators.
asking-most-patterns = A query may hold { $n } wildcards and misspellings; the others were left out.
asking-too-deep = Parentheses more than { $n } deep were left out.
asking-most-filters = A query may hold { $n } values of fields; the others were left out.
asking-empty-quotation = Quotation marks with no word between them were left out.
asking-empty-parentheses = Parentheses with nothing between them were left out.
asking-operator-between = “{ $typed }” was read as a word: as an operator it needs something to search on both sides.
asking-operator-before = “{ $typed }” was read as a word: as an operator it needs something to exclude after it.
asking-read-as-not = “!” was read as NOT.
asking-read-as-and = “&&” was read as AND.
asking-read-as-or = “{ $typed }” was read as OR.
asking-read-as-near = “{ $typed }” was read as NEAR/{ $n }.
asking-widest-window = “{ $typed }” was read as a window of { $n } words, the widest there is.
asking-no-weights = Words can't be weighted here: “^” and the number after it were left out.
asking-no-counts = How often a word must stand can't be asked: “{ $typed }” was left out.
asking-read-as-star = “*{ $number }” was read as “*”, any number of letters.
asking-loosest = A phrase may be loosened by at most { $n }; ~{ $same } was used.
asking-no-exclusion = “-{ $word }” was read as a word, not as an exclusion; to exclude it, write NOT { $same }.
asking-no-field = “{ $name }:” is not a field, so it was read as text; the fields are { $fields }.
asking-space-after-colon = “{ $name }:” was read as text: its value must follow the colon without a space.
asking-quotation-open = A quotation mark that is never closed was read as text.
asking-parenthesis-closing = A closing parenthesis without an opening one was read as text.
asking-no-word = There is no word in this query.
asking-cut = The query was cut after { $n } KB; the rest was left out.
asking-control = Control characters were read as spaces.
asking-more-notes = { $n } more notes of this kind are left out.
asking-plus = What has “+” must be there, and at least one of the other words.
asking-near-between = NEAR stands between words, phrases and patterns, or alternatives of these; here it was read as AND.
asking-near-most = NEAR joins at most { $n } words or phrases; here it was read as AND.
asking-near-windows = Several windows side by side: the widest, NEAR/{ $n }, was used for all.
asking-near-narrow = NEAR/{ $n } is too narrow for these words; it was read as NEAR/{ $least }.
asking-wildcards-and-fuzzy = “{ $typed }”: wildcards and ~ don't go together; ~ was left out.
asking-wildcard-letters = “{ $typed }”: * needs at least { $n } letters beside it; it was left out.
asking-pattern-long = “{ $typed }”: a pattern may have { $n } wildcards and { $characters } characters; what follows was left out.
asking-no-difference = “{ $typed }~0” allows no difference; it was read as the word.
asking-short-for-fuzzy = “{ $typed }” is too short for ~ ({ $n } letters are needed); it was read as the word.
asking-differences = “{ $typed }”: at most { $n } letters may differ; ~{ $same } was used.
asking-names-as-typed = { $n } more names were searched as typed, without their other spellings.
asking-first-words = Only the first { $n } words were read; { $left } more were left out.
asking-exact = After “=” or “exact:”, *, ? and ~ aren't patterns; they were left out.

# How it was run

asking-no-month = “{ $typed }” is not a valid { $facet }; write 2024-07, a year as 2024, several as 2024-07..2024-09
asking-unknown-value = no { $facet } is called “{ $typed }”{ $offer }; `griot facets --facet { $same }` lists them
asking-did-you-mean = { "" } (did you mean { $near }?)
asking-undated = { $n ->
    [one] 1 article without a date is left out; --undated takes it along.
   *[other] { $n } articles without a date are left out; --undated takes them along.
}
asking-excluded = { $n ->
    [one] 1 article that was excluded matches, too; --include-excluded takes it along.
   *[other] { $n } articles that were excluded match, too; --include-excluded takes them along.
}
asking-since-after-until = { $first } comes after { $last }: read as since { $since }, until { $until }.
asking-spellings = a phrase can be spelled in too many ways; not all of them are searched
asking-pattern-words = a pattern stands for too many words; only the first { $n } are searched
asking-pasted-id = The query names an article; to search for its words, add --plain.
asking-no-signatures = this index keeps no signatures of texts; run `griot index` to bring it up to date
asking-level = write a level from 1, as in region:3
asking-saved-unreadable = { $path }: { $why }; move it away to start again
asking-saved-version = version { $n } of saved searches
asking-no-such-saved = no saved search is called “{ $name }”; there are: { $known }
asking-saved-taken = “{ $name }”: there is a saved search of this name; use --replace to overwrite it
asking-with-text = --with-text: rows of events and mentions have no text; use --rows articles or records
asking-geojson = --format geojson: only events have coordinates; use --rows events
asking-no-coordinates = --near { $typed }: no place with coordinates is called so; write the name of a town or village, or its path
asking-former = { $n } more articles are in { $region } as it was before 2023 (today { $today })
asking-others = (others: { $n })
asking-sample = words were counted in a sample of { $read } of { $total } articles
asking-days-of-events = events are counted by month or year; griot export --rows events gives days
asking-published = published { $published } by its metadata, { $other } by its { $witness }
asking-contradiction = { $facet } { $value } by its metadata, { $other } by its { $witness }
asking-no-site = { $origin } is no site; write for instance https://example.org, without a path
asking-open-address = { $address }: others can reach this address; give --token-file or --password-file, or listen on 127.0.0.1
asking-file-name = file name
asking-joined-and-parted = events of “{ $one }” and “{ $other }” are joined by hand, and others parted that would come together by that; they stay apart
