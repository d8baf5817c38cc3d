# griot chronology

chronology-of = Chronologie : { $query }
chronology-of-all = Chronologie de tous les articles
chronology-counts = { $events ->
    [one] { $events } événement daté
   *[other] { $events } événements datés
}, { $reports ->
    [one] { $reports } récit
   *[other] { $reports } récits
} dans { $articles ->
    [one] { $articles } article
   *[other] { $articles } articles
}
chronology-rule = Établie par griot le { $day } à partir du texte des articles. Les récits que le lieu, la date, les nombres de personnes et les mots désignent comme ceux d'un même événement sont réunis ; il revient au lecteur de juger s'ils parlent du même événement.
chronology-partly-dated = Sans jour certain
chronology-killed = tués
chronology-wounded = blessés
chronology-abducted = enlevés
chronology-page = p. { $page }
chronology-own-date = daté { $date }
chronology-none = aucun événement
chronology-perhaps = peut-être le même événement que { $events }
chronology-joined = réuni à la main

# What was asked for, after the query

question-with = { $facet } : { $value }
question-without = sans { $facet } : { $value }
question-since = publiés depuis { $date }
question-until = publiés jusqu'à { $date }
question-undated = articles sans date compris
question-event-since = événements depuis { $date }
question-event-until = événements jusqu'à { $date }
question-near = à moins de { $kilometres } km de { $place }
question-min-killed = au moins { $n } morts
question-sure = événements sûrs seulement

# griot dossier

dossier-title = Dossier : { $query }
dossier-title-of-all = Dossier de tous les articles
dossier-asked = Demande
dossier-understood = Comprise comme
dossier-every-article = tous les articles
dossier-articles = Articles
dossier-published = Publiés
dossier-undated = Sans date
dossier-shown = Contenu
dossier-passages = les paragraphes qui répondent à la requête
dossier-whole = articles entiers
dossier-made = Établi le
dossier-index = État de l'index
dossier-griot = Établi par
dossier-how-to-check = Les sommes de contrôle révèlent toute altération : b3sum FICHIER donne celle d'un fichier ; griot show ID --format json | jq -j .body | b3sum celle d'un texte tel que griot le garde.
dossier-contents = Sommaire
dossier-up = Sommaire
dossier-source = Média
dossier-author = Auteur
dossier-date = Date
dossier-pages = Pages citées
dossier-url = Adresse
dossier-id = Identifiant
dossier-file-hash = Fichier, BLAKE3
dossier-text-hash = Texte, BLAKE3
dossier-read-from-text = Lu dans le texte
dossier-title-only = La requête ne répond qu'au titre.
dossier-note = Remarque : { $note }
dossier-evidence = Où, quand, qui : avec les preuves
dossier-corrected = corrigé : { $facet } { $action } { $value }{ $note }
dossier-status = { $status ->
    [given] par métadonnées
    [derived] déduit du texte
    [corrected] corrigé
   *[other] { $status }
}
dossier-no-articles = aucun article ; aucun dossier n'a été écrit
dossier-value = { $facet } : { $value } ({ $status })
dossier-fact = { $name } : { $value }
