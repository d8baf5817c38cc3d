# Things that are counted.

count-articles = { $n ->
    [one] 1 article
   *[other] { $n } articles
}
count-copies = { $n ->
    [one] 1 copy
   *[other] { $n } copies
}
