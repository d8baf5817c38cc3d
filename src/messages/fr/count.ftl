# Things that are counted. In French, none is one.

count-articles = { $n ->
    [one] { $n } article
   *[other] { $n } articles
}
count-copies = { $n ->
    [one] { $n } copie
   *[other] { $n } copies
}
count-files = { $n ->
    [one] { $n } fichier
   *[other] { $n } fichiers
}
count-near-duplicates = { $n ->
    [one] { $n } quasi-doublon
   *[other] { $n } quasi-doublons
}
count-sources = { $n ->
    [one] { $n } source
   *[other] { $n } sources
}
count-minutes = { $n ->
    [one] { $n } minute
   *[other] { $n } minutes
}
count-hours = { $n ->
    [one] { $n } heure
   *[other] { $n } heures
}
count-days = { $n ->
    [one] { $n } jour
   *[other] { $n } jours
}
count-number = { $n }
count-and = { "" } et { $more }
count-undated = sans date
