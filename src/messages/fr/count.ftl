# Things that are counted. In French, none is one.

count-articles = { $n ->
    [one] { $n } article
   *[other] { $n } articles
}
count-copies = { $n ->
    [one] { $n } copie
   *[other] { $n } copies
}
