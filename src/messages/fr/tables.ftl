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
events-by = par { $who }
events-by-claimed = revendiqué par { $who }
events-by-attributed = attribué à { $who }
events-against = contre { $who }
events-at-least = au moins { $n }
events-at-most = au plus { $n }
events-between = de { $min } à { $max }
events-about = environ
events-joint = plusieurs lieux ensemble
events-according = selon { $source }
events-further = aussi rapporté : { $figures }
events-confidence = confiance { $n }

# griot compare

compare-summary = { $name } : { $with ->
    [one] { $with } ligne avec articles
   *[other] { $with } lignes avec articles
}, { $without } sans ; { $reports ->
    [one] { $reports } événement rapporté
   *[other] { $reports } événements rapportés
} sans ligne ; { $faulty ->
    [one] { $faulty } ligne non lue
   *[other] { $faulty } lignes non lues
}
compare-with = Lignes rapportées par des articles
compare-without = Lignes qu'aucun article ne rapporte
compare-no-row = Événements rapportés sans ligne
compare-line = ligne { $line }
compare-more = et { $n } autres
compare-days = { $n ->
    [one] 1 jour
   *[other] { $n } jours
}
compare-unknown-place = lieu inconnu
compare-faulty = { $path }, ligne { $line } : { $what }
compare-bad-date = pas une date : « { $date } » ; écrire 2024-03-16, 16/03/2024 ou 16 mars 2024
compare-bad-degrees = « { $text } » n'est pas une coordonnée ; écrire en degrés, par exemple 16.27
compare-no-place = ni lieu ni coordonnées ; en écrire
compare-name-columns = nommer les colonnes avec --date et --place ; il y a { $columns }
compare-no-column = aucune colonne ne s'appelle « { $name } » ; il y a { $columns }
compare-not-kept = les colonnes du tableau n'ont pas pu être retenues : { $error }

# griot events --group

events-group-counts = { $events ->
        [one] { $events } événement
       *[other] { $events } événements
    }, { $reports ->
        [one] { $reports } récit
       *[other] { $reports } récits
    } dans { $articles ->
        [one] { $articles } article
       *[other] { $articles } articles
    }
events-told-by = { $articles ->
        [one] { $articles } article
       *[other] { $articles } articles
    }, { $media ->
        [0] média inconnu
        [one] { $media } média
       *[other] { $media } médias
    }
events-same = même événement que { $with }, score { $score }
events-perhaps-same = peut-être le même événement que { $with }, score { $score }
events-reason-for = { $reason } +{ $weight }
events-reason-against = { $reason } −{ $weight }
events-joined-by-hand = réuni à la main avec { $with }
events-parted-by-hand = séparé à la main
reason-place-same = même lieu
reason-place-alike = autre graphie du lieu
reason-place-far = distance
reason-place-large = lieu étendu
reason-place-many = nombreux événements dans ce lieu
reason-place-differs = autre lieu
reason-region-differs = autre région
reason-region-same = même région
reason-place-told = lieu nommé dans l'autre
reason-place-apart = les deux nomment les deux lieux
reason-place-none = lieu absent de l'un
reason-day-same = même jour
reason-day-near = jours proches
reason-month-same = même mois
reason-month-near = mois proches
reason-weekday = jour de la semaine
reason-year = année
reason-page-date = date de publication
reason-date-vague = date vague
reason-killed-same = même nombre de morts
reason-killed-near = nombres de morts proches
reason-killed-told = nombre de morts cité dans l'autre
reason-killed-differs = nombre de morts différent
reason-killed-one = nombre de morts dans un seul
reason-wounded = blessés
reason-abducted = enlevés
reason-numbers = mêmes nombres
reason-kind = type d'événement
reason-sides = parties en présence
reason-copied = texte recopié
reason-names = mêmes noms
reason-words = mêmes mots
reason-further = autres événements communs
reason-rival = un autre récit convient mieux
