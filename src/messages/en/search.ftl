# griot search

# « Range » is search-range, or nothing.
search-heading = { $articles }{ $range } ({ $ms } ms)
search-heading-nearly = { $articles } with all words{ $range } with those that lack some ({ $ms } ms)
search-range = , { $from } to { $to } shown
search-nearly = Without some of the words, the best first, not counted:
search-first-words = { $words } (no title: its first words)
search-no-title = (without a title)
search-without-words = without: { $words }
search-also-in = also in { $path }
search-incomplete = the answer is incomplete: only { $answered } of { $parts } parts of the index answered: { $reasons }

# Values of facets

search-more-of-facet = more: griot facets --facet { $facet }
search-without-value = (none)
search-more-values = { $n ->
    [one] 1 more value
   *[other] { $n } more values
}
search-given = { "" } ({ $n } given)
search-top-left-out = { $n ->
   *[other] more values; leave out --top to list them
}
search-former-division = { $facet } before 2023
search-no-such-value = “{ $value }”: no facet has this value; `griot facets` lists the values there are
search-metadata = (metadata)
search-as-in = { $rule }, as in { $id }

# Why nothing was found. The columns are 9 and 12 characters wide.

search-column-articles = articles
search-column-without = without it
search-column-condition = condition
search-conditions-cut = further conditions were not examined
search-offer-any = { $articles } with any of the words: add --any
search-offer-no-filters = { $articles } without the filters
search-offer-without = { $articles } without { $filter }
search-spelling = { $text } ({ $articles }, { $total } for the whole query)
search-did-you-mean = no article has “{ $typed }”. Did you mean: { $offered }?

# --explain

explain-every-article = every article
explain-searched = Searched in { $articles }:
explain-stop-word = { $typed }: a stop word, neither required nor scored (+{ $typed } requires it)
explain-function-word = { $typed }: optional, a function word: ranks by the words beside it (+{ $typed } requires it)
explain-term = , index term { $term }
# What JSON calls it.
explain-kind = { $kind }
explain-role = , { $role }
explain-variants = spelling variants: { $path }
explain-and-more = , and { $n } more
explain-excluded = not { $facet }: { $values }
# « Times » is empty, or a space and 3×.
explain-same-form = written as typed{ $times }
explain-lead = in the title or the first words
explain-side-by-side = side by side{ $times }
explain-field = { $field }
explain-and = { "" } and { "" }
explain-part = { $score } { $typed } ({ $why })
explain-score = score { $score } = { $parts }

# griot saved

saved-damaged = { $file } { $damage }: using its last version; `griot index` restores it
saved-date = “{ $typed }” is saved as { $date }: it doesn't move on
saved-nothing = nothing to save: give the search words or a filter
saved-never-run = never run
saved-run = { $articles } on { $at }
saved-age = griot index last ran { $age } ago; --update runs it first
saved-first-run = never run before
saved-since = since { $at }
saved-changes = { $new } new, { $changed } changed, { $gone } gone; { $articles }

# griot batch

batch-without-hits = { $n } of { $queries } queries without hits:
