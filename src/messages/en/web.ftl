# griot serve: the page and the API

web-listening = griot serves { $path } at { $address } (Ctrl+C ends it)
web-empty-secret = { $path }: the first line is empty; write a token or a password
web-two-secrets = { $one } and { $other } are both set; set one of them
web-open-failed = the browser could not be started; open { $address }

web-nav-label = Pages
web-nav-search = Search
web-nav-events = Events
web-nav-pivot = Table
web-nav-compare = Compare
web-nav-batch = Lists
web-nav-saved = Saved searches
web-nav-history = History
web-nav-archive = Archive
web-nav-api = API
web-other-language = Français
web-skip = Skip to the content

web-keys = Keys
web-key-search = to the search box
web-key-next = to the next hit
web-key-previous = to the previous hit
web-key-open = open the hit
web-key-leave = leave the box, close this
web-key-help = this list
web-close = Close

# What went wrong

web-title-not-found = Not found
web-title-bad-request = This can't be answered
web-title-unavailable = Not available now
web-title-broken = Something broke
web-title-login = Log in
web-not-found = there is no such page
web-busy = everything that searches is busy; try again in a moment
web-broken = something broke (number { $number }); the log of the server has more
web-bad-number = { $name }: “{ $value }” is no number
web-out-of-range = { $name }: { $number } is out of range; write 1 to { $most }
web-not-one-of = { $name }: “{ $value }” is none of { $known }
web-bad-where = “{ $value }” is no filter; write where=FACET=VALUE
web-bad-axis = { $name }: “{ $value }” is no facet with a level; write region or region:1
web-long-query = the query is too long; { $most } bytes is the most
web-too-deep = pages end at hit { $most }; an export has all of them
web-bad-cursor = this cursor is of another search; send it with the parameters of the page before, and without page
web-cursor-changed = the archive has changed since the page before; begin again without cursor
web-no-id = which article? give id or key
web-unknown-parameter = there is no parameter “{ $name }”; there are { $known }
web-exports = too many exports at a time; try again in a moment
web-listeners = too many pages listen for changes; try again later
web-attempts = too many attempts; try again in a minute
web-other-host = this server is not the host that was asked for; open it by the address that griot printed
web-other-site = this was sent by another site
web-log-in-first = log in, or send the token: Authorization: Bearer TOKEN
web-wrong-secret = This is not it.
web-secret-label = Password or token
web-login-button = Log in

# Search

web-search-label = Words to search for
web-search-hint = drones Tinzaouatène, "armée malienne", -exercice
web-search-button = Search
web-more-options = Dates and options
web-any-word = any of the words
web-date = { $name ->
    [since] published since
    [until] published until
    [event-since] events since
    [event-until] events until
    [event] date
   *[published] published
}
web-filters = Filters
web-not = not
web-turn-filter = Exclude instead, or include again
web-turn-filter-of = { $name } { $value }
web-remove-filter = Remove the filter { $filter }
web-remove-all = remove all
web-results = Results
web-articles = { $n ->
    [one] article
   *[other] articles
}
web-took = in { $ms } ms
web-order = Order
web-order-of = { $order ->
    [newest] newest
    [oldest] oldest
   *[relevance] relevance
}
web-fold = fold near-duplicates
web-unfold = show near-duplicates apart
web-explain = what was searched
web-explain-not = hide what was searched
web-csv-excel = CSV for Excel
web-original = original
web-why = why here
web-pages = Pages of results
web-previous = previous
web-next = next
web-page-of = { $page } of { $last }
web-searched = What was searched
web-nothing-found = No article fits all of this
web-did-you-mean = Did you mean
web-offer-any = { $articles } with any of the words
web-as-table = as a table
web-timeline-of-articles = Articles over time
web-timeline-choices = What the bars show
web-step = { $step ->
    [day] days
    [month] months
   *[year] years
}
web-dated = { $of ->
    [event] of events
   *[other] of publication
}
web-split = stacked by
web-map-show = map
web-map-hide = hide the map
web-map-of-articles = Map of the articles
web-map-approximate = Approximate: regions simplified, Mali as of 2023 (≈: drawn from former cercles), Burkina Faso until July 2025.
web-map-credit = Outlines: Who's On First (Mesoshapes), after OCHA, CC BY
web-map-outside = { $n ->
    [one] 1 place lies outside the map; the table has it
   *[other] { $n } places lie outside the map; the table has them
}
web-map-region = region
web-map-grave = with people killed
web-map-other = others

# Facets

web-facets = Facets
web-facet = { $name ->
    [region] Region
    [month] Month published
    [actor] Actor
    [event_month] Month of events
    [type] Type of event
    [medium] Medium
    [language] Language
    [mark] Mark
    [region_old] Region before 2023
    [year] Year published
    [day] Day published
   *[other] { $name }
}
web-fewer-facets = fewer facets
web-more-facets = all facets
web-more-values = { $n ->
    [one] 1 more value
   *[other] { $n } more values
}
web-values-below = { $n ->
    [one] 1 value below
   *[other] { $n } values below
}
web-given = { $n } of them given by metadata
web-given-short = ({ $n } given)
web-find-short = find
web-find-value = Find in: { $facet }
web-no-value-found = No article found has such a value.
web-values-left-out = { $n ->
    [one] 1 value of the longest lists is left out; type its name to find it.
   *[other] { $n } values of the longest lists are left out; type a name to find them.
}
web-by-count = most frequent first
web-by-name = by name
web-former = regions before 2023
web-exclude = exclude
web-exclude-value = exclude { $value }

# Article

web-similar = Near-duplicates
web-reworded = Perhaps the same news in other words
web-evidence = evidence { $n } of { $value }
web-metadata = Metadata
web-citation = Citation
web-copy = copy
web-copied = copied
web-download = { $name } file
web-walk = From hit to hit
web-hit-before = ← previous hit
web-hit-after = next hit →
web-about-article = About the article
web-evidence-values = Where, when, who
web-tolls = Dead, wounded, abducted
web-decided = Decided
web-decide = Correct, mark
web-act-label = what to do
web-act = { $act ->
    [set] set to
    [add] add
    [remove] remove
   *[reset] take back what was decided
}
web-value = value
web-note = why
web-by = by
web-correct = Correct
web-mark-reviewed = mark as reviewed
web-unmark-reviewed = not reviewed
web-mark-excluded = exclude from searches
web-unmark-excluded = no longer exclude
web-undo = undo what was decided last
web-remove-value = remove { $value }
web-decide-how = Several values are separated by semicolons. Decisions are kept beside the index, as griot correct keeps them, and take effect at once. Undoing takes back the last one taken about any article.
web-done = Done
web-done-changed = Kept beside the index and applied; { $articles } changed.
web-back-to-article = back to the article
web-no-edit = nothing can be changed here; start the server with --edit
web-no-value = write a facet and a value
web-no-name = write a name, of at most { $most } bytes
web-name-taken = “{ $name }”: there is a saved search of this name

# Events

web-events = { $n ->
    [one] event
   *[other] events
}
web-reports = { $n ->
    [one] report
   *[other] reports
}
web-from-reports = of { $n ->
    [one] 1 report
   *[other] { $n } reports
}
web-event-told = { $reports ->
    [one] 1 report
   *[other] { $reports } reports
}, { $articles ->
    [one] 1 article
   *[other] { $articles } articles
}, { $media ->
    [one] 1 medium
   *[other] { $media } media
}
web-events-apart = each report apart
web-events-together = reports of one event together
web-events-many = The reports are listed apart: { $articles } are many to compare.
web-events-group-all = Put them together all the same
web-events-without-month = { $n } of no known month
web-export-reports = reports:
web-near = near
web-min-killed = killed, at least
web-timeline-of-events = Events over time
web-map-of-events = Map of events
web-events-all = also unsure ones
web-events-sure = only sure ones
web-place = place
web-killed = killed
web-wounded = wounded
web-abducted = abducted
web-confidence = confidence
web-passage = passage

# Table

web-rows = Rows
web-columns = Columns
web-top = At most
web-level = { $facet }, level { $level }
web-share = Numbers
web-share-of = { $of ->
    [row] share of the row
    [column] share of the column
    [all] share of all
   *[none] articles
}
web-percent = { $n } %
web-share-how = An article with several values counts in each: shares may add up to more than 100 %.
web-show = Show

# Dossier

web-dossier = Dossier
web-dossier-button = Dossier
web-dossier-how = of the hits that are ticked, or of all
web-dossier-none = No article is found.
web-dossier-cut = The page shows the first { $most }; the files have all.
web-print = print
web-choose = choose: { $title }

# Compare

web-compare-link = compare with another search
web-compare-button = Compare
web-compare-how = Two searches side by side: what both find, what only one finds, where and when. The filters hold for both; a filter for one of them is typed with it, for instance drone region:Gao.
web-compare-both = In both
web-compare-only = Only in { $name }
web-compare-over-time = { $name } over time
web-compare-no-parts = These queries can't be put together; what is in both isn't known.

# Lists

web-batch-label = Names or queries, one a line
web-batch-how = Paste a list: each line is searched by itself. A line may begin with an identifier and a tab.
web-plain = take operators as plain words
web-long-list = the list is too long; { $lines } lines and { $bytes } bytes are the most
web-batch-found = { $found } of { $lines } are found
web-batch-without = { $n ->
    [one] 1 without any article
   *[other] { $n } without any article
}
web-batch-query = query
web-batch-newest = newest
web-batch-best = best hit

# History

web-history-where = The searches that you made in this browser. They are kept in this browser only (local storage of this address), not on the server: other browsers and people using another account don't see them, and clearing the browser's data removes them.
web-history-no-script = The history is kept by a script, which this browser doesn't run.
web-history-articles = articles
web-history-none = There are no searches yet.
web-history-forget = forget
web-history-clear = Forget all
web-history-keep = keep a history

# Saved searches

web-save = Save this search
web-save-name = name of the search
web-saved-seen = I have seen these
web-saved-forget = remove

web-none-saved = No search is saved. griot saved add NAME QUERY saves one.

# Archive

web-live-one = 1 new article
web-live-several = { $n } new articles
web-live-changed = The archive has changed
web-live-reload = Reload
web-copies = copies
web-files = files
web-first-date = first date
web-last-date = last date
web-size = size of the index
web-megabytes = { $n } MB
web-folders = Folders
web-facet-column = facet
web-values = values
web-articles-without = articles without any
web-unread = Not read, or only in part
web-all-read = Every file was read whole.
web-file = file
web-skipped = records skipped
web-reason = reason

# API

web-api-about = The addresses of the API answer in the JSON of the command line. For programs:
web-parameters = parameters
