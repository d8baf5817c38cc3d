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
events-by = by { $who }
events-by-claimed = claimed by { $who }
events-by-attributed = attributed to { $who }
events-against = against { $who }
events-at-least = at least { $n }
events-at-most = at most { $n }
events-between = { $min } to { $max }
events-about = about
events-joint = of several places together
events-according = according to { $source }
events-further = also told: { $figures }
events-confidence = confidence { $n }

# griot compare

compare-summary = { $name }: { $with ->
    [one] 1 row with reports
   *[other] { $with } rows with reports
}, { $without } without; { $reports ->
    [one] 1 report without a row
   *[other] { $reports } reports without a row
}; { $faulty ->
    [one] 1 row not read
   *[other] { $faulty } rows not read
}
compare-with = Rows with reports
compare-without = Rows without a report
compare-no-row = Reports without a row
compare-line = line { $line }
compare-more = and { $n } more
compare-days = { $n ->
    [one] 1 day
   *[other] { $n } days
}
compare-unknown-place = unknown place
compare-faulty = { $path }, line { $line }: { $what }
compare-bad-date = not a date: “{ $date }”; write 2024-03-16, 16/03/2024 or 16 March 2024
compare-bad-degrees = “{ $text }” is not a coordinate; write degrees like 16.27
compare-no-place = neither a place nor coordinates; write one
compare-name-columns = name the columns with --date and --place; there are { $columns }
compare-no-column = no column is called “{ $name }”; there are { $columns }
compare-not-kept = which columns the sheet has could not be kept: { $error }

# griot events --group

events-group-counts = { $events ->
        [one] 1 event
       *[other] { $events } events
    }, { $reports ->
        [one] 1 report
       *[other] { $reports } reports
    } in { $articles ->
        [one] 1 article
       *[other] { $articles } articles
    }
events-told-by = { $articles ->
        [one] 1 article
       *[other] { $articles } articles
    }, { $media ->
        [0] medium unknown
        [one] 1 medium
       *[other] { $media } media
    }
events-same = same event as { $with }, score { $score }
events-perhaps-same = perhaps the same event as { $with }, score { $score }
events-reason-for = { $reason } +{ $weight }
events-reason-against = { $reason } −{ $weight }
events-joined-by-hand = joined by hand with { $with }
events-parted-by-hand = parted by hand
reason-place-same = same place
reason-place-alike = another spelling of the place
reason-place-far = distance
reason-place-large = large place
reason-place-many = many events there
reason-place-differs = other place
reason-region-differs = other region
reason-region-same = same region
reason-place-told = place named in the other
reason-place-apart = both name both places
reason-place-none = no place in one
reason-day-same = same day
reason-day-near = days near
reason-month-same = same month
reason-month-near = months near
reason-weekday = day of the week
reason-year = year
reason-page-date = date of publication
reason-date-vague = vague date
reason-killed-same = same number of dead
reason-killed-near = numbers of dead near
reason-killed-told = number of dead told in the other
reason-killed-differs = number of dead differs
reason-killed-one = number of dead in one only
reason-wounded = wounded
reason-abducted = abducted
reason-numbers = same numbers
reason-kind = kind of event
reason-sides = those concerned
reason-copied = copied text
reason-names = same names
reason-words = same words
reason-further = further events in common
reason-rival = another report fits better
