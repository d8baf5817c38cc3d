# griot terms: columns of 9 and 8 characters

terms-heading = { $total } of { $articles }; { $repeated ->
    [one] 1 repeated sentence
   *[other] { $repeated } repeated sentences
} left out
# « word », or the name of a facet.
terms-kind = { $kind }
terms-articles = articles
terms-archive = archive
terms-times = times
terms-only = only

# griot timeline

timeline-undated = { $n } without a date of this precision
timeline-all-articles = all articles
timeline-share-of-all = % of all articles
timeline-articles = articles
timeline-subtitle = { $unit }; { $articles } in all{ $undated }
timeline-undated-of-them = , { $n } of them undated

# griot pivot

pivot-heading = { $articles }, { $rows } by { $columns }
pivot-total = total
pivot-empty-rows = { $n ->
    [one] 1 row
   *[other] { $n } rows
} without articles left out; --all shows them

# griot events

events-none = no events
events-no-place = no place
events-near = --near { $typed }: “{ $kilometres }” is no number of kilometres; write Djibo:50
events-killed = { $n } killed
events-wounded = { $n } wounded
events-abducted = { $n } abducted
events-confidence = confidence { $n }
