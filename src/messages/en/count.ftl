# Things that are counted, and what is said everywhere.

count-articles = { $n ->
    [one] 1 article
   *[other] { $n } articles
}
count-copies = { $n ->
    [one] 1 copy
   *[other] { $n } copies
}
count-files = { $n ->
    [one] 1 file
   *[other] { $n } files
}
count-near-duplicates = { $n ->
    [one] 1 near-duplicate
   *[other] { $n } near-duplicates
}
count-sources = { $n ->
    [one] 1 source
   *[other] { $n } sources
}
count-minutes = { $n ->
    [one] 1 minute
   *[other] { $n } minutes
}
count-hours = { $n ->
    [one] 1 hour
   *[other] { $n } hours
}
count-days = { $n ->
    [one] 1 day
   *[other] { $n } days
}
# A number with digits after the point.
count-number = { $n }
# Stands after other things that were counted.
count-and = { "" } and { $more }
count-undated = undated
