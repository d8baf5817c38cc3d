# griot terms: columns of 9 and 8 characters

terms-heading = { $total } sur { $articles } ; { $repeated ->
    [one] { $repeated } phrase répétée laissée de côté
   *[other] { $repeated } phrases répétées laissées de côté
}
terms-kind = { $kind ->
    [word] mot
   *[other] { $kind }
}
terms-articles = articles
terms-archive = archive
terms-times = fois
terms-only = seuls

# griot timeline

timeline-undated = { $n } sans date de cette précision
timeline-all-articles = tous les articles
timeline-share-of-all = % de tous les articles
timeline-articles = articles
timeline-subtitle = { $unit } ; { $articles } en tout{ $undated }
timeline-undated-of-them = , dont { $n } sans date

# griot pivot

pivot-heading = { $articles }, { $rows } par { $columns }
pivot-total = total
pivot-empty-rows = { $n ->
    [one] { $n } ligne sans article omise ; --all l'affiche
   *[other] { $n } lignes sans article omises ; --all les affiche
}

# griot events

events-none = aucun événement
events-no-place = sans lieu
events-near = --near { $typed } : « { $kilometres } » n'est pas un nombre de kilomètres ; écrire Djibo:50
events-killed = { $n ->
    [one] { $n } tué
   *[other] { $n } tués
}
events-wounded = { $n ->
    [one] { $n } blessé
   *[other] { $n } blessés
}
events-abducted = { $n ->
    [one] { $n } enlevé
   *[other] { $n } enlevés
}
events-confidence = confiance { $n }
