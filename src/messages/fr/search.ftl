# griot search

search-heading = { $articles }{ $range } ({ $ms } ms)
search-heading-nearly = { $articles } avec tous les mots{ $range }, y compris ceux où il en manque ({ $ms } ms)
search-range = , { $from } à { $to } affichés
search-nearly = Sans certains des mots, les meilleurs d'abord, hors décompte :
search-first-words = { $words } (sans titre : ses premiers mots)
search-no-title = (sans titre)
search-without-words = sans : { $words }
search-also-in = aussi dans { $path }
search-incomplete = la réponse est incomplète : seules { $answered } parties de l'index sur { $parts } ont répondu : { $reasons }

# Values of facets

search-more-of-facet = suite : griot facets --facet { $facet }
search-without-value = (aucune)
search-more-values = { $n ->
    [one] { $n } autre valeur
   *[other] { $n } autres valeurs
}
search-given = { "" } (dont { $n } par métadonnées)
search-top-left-out = { $n ->
    [one] autre valeur ; sans --top, elle est affichée
   *[other] autres valeurs ; sans --top, elles sont affichées
}
search-former-division = { $facet } avant 2023
search-no-such-value = « { $value } » : aucune facette n'a cette valeur ; « griot facets » énumère les valeurs
search-metadata = (métadonnées)
search-as-in = { $rule }, par exemple { $id }

# Why nothing was found. The columns are 9 and 12 characters wide.

search-column-articles = articles
search-column-without = sans elle
search-column-condition = condition
search-conditions-cut = les autres conditions n'ont pas été examinées
search-offer-any = { $articles } avec l'un au moins des mots : ajouter --any
search-offer-no-filters = { $articles } sans les filtres
search-offer-without = { $articles } sans { $filter }
search-spelling = { $text } ({ $articles }, { $total } pour toute la requête)
search-did-you-mean = aucun article ne contient « { $typed } ». Vouliez-vous dire : { $offered } ?

# --explain

explain-every-article = tous les articles
explain-searched = Recherche dans { $articles } :
explain-stop-word = { $typed } : mot vide, ni exigé ni compté dans le score (+{ $typed } l'exige)
explain-function-word = { $typed } : mot grammatical, facultatif : classe selon les mots voisins (+{ $typed } l'exige)
explain-term = , terme d'index { $term }
explain-kind = { $kind ->
    [word] mot
    [compound] mot composé
    [name] nom
    [exact] forme exacte
    [phrase] expression
    [near] proximité
    [pattern] motif
    [facet] facette
    [date] date
    [source] source
   *[other] { $kind }
}
explain-role = , { $role ->
    [required] exigé
    [alternative] au choix
    [excluded] exclu
    [optional] facultatif
    [ignored] ignoré
   *[other] { $role }
}
explain-variants = graphies : { $path }
explain-and-more = , et { $n } de plus
explain-excluded = sauf { $facet } : { $values }
explain-same-form = écrit comme tapé{ $times }
explain-lead = dans le titre ou les premiers mots
explain-side-by-side = côte à côte{ $times }
explain-field = { $field ->
    [title] titre
    [body] corps
   *[other] { $field }
}
explain-and = { "" } et { "" }
explain-part = { $score } { $typed } ({ $why })
explain-score = score { $score } = { $parts }

# griot saved

saved-damaged = { $file } { $damage } : sa dernière version est utilisée ; « griot index » le rétablit
saved-date = « { $typed } » est enregistré comme { $date } : la date ne bougera plus
saved-nothing = rien à enregistrer : indiquer des mots à chercher ou un filtre
saved-never-run = jamais lancée
saved-run = { $articles } le { $at }
saved-age = l'index a été mis à jour il y a { $age } ; --update le met d'abord à jour
saved-first-run = première fois
saved-since = depuis le { $at }
saved-changes = nouveaux : { $new }, modifiés : { $changed }, disparus : { $gone } ; { $articles }

# griot batch

batch-without-hits = { $n ->
    [one] { $n } requête sans résultat sur { $queries } :
   *[other] { $n } requêtes sans résultat sur { $queries } :
}
