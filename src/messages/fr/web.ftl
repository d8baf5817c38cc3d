# griot serve : la page et l'API

web-listening = griot sert { $path } à l'adresse { $address } (Ctrl+C pour arrêter)
web-empty-secret = { $path } : la première ligne est vide ; écrire un jeton ou un mot de passe
web-open-failed = le navigateur n'a pas pu être lancé ; ouvrir { $address }

web-nav-label = Pages
web-nav-search = Recherche
web-nav-events = Évènements
web-nav-pivot = Tableau
web-nav-saved = Recherches enregistrées
web-nav-archive = Archive
web-nav-api = API
web-other-language = English
web-skip = Aller au contenu

# Ce qui n'a pas marché

web-title-not-found = Introuvable
web-title-bad-request = Impossible de répondre à cela
web-title-unavailable = Indisponible pour le moment
web-title-broken = Une panne
web-title-login = Connexion
web-not-found = cette page n'existe pas
web-busy = tout ce qui cherche est occupé ; réessayer dans un instant
web-slow = la réponse prend trop de temps ; restreindre la recherche, ou réessayer
web-broken = une panne (numéro { $number }) ; le journal du serveur en dit plus
web-bad-number = { $name } : « { $value } » n'est pas un nombre
web-out-of-range = { $name } : { $number } est hors limites ; écrire 1 à { $most }
web-not-one-of = { $name } : « { $value } » n'est aucun de { $known }
web-bad-where = « { $value } » n'est pas un filtre ; écrire where=FACETTE=VALEUR
web-bad-axis = { $name } : « { $value } » n'est pas une facette avec un niveau ; écrire region ou region:1
web-long-query = la requête est trop longue ; { $most } octets au plus
web-too-deep = les pages s'arrêtent au résultat { $most } ; un export les a tous
web-no-id = quel article ? donner id ou key
web-unknown-parameter = il n'y a pas de paramètre « { $name } » ; il y a { $known }
web-exports = trop d'exports à la fois ; réessayer dans un instant
web-attempts = trop d'essais ; réessayer dans une minute
web-other-host = ce serveur n'est pas l'hôte demandé ; l'ouvrir à l'adresse que griot a affichée
web-other-site = ceci a été envoyé par un autre site
web-log-in-first = se connecter, ou envoyer le jeton : Authorization: Bearer JETON
web-wrong-secret = Ce n'est pas cela.
web-secret-label = Mot de passe ou jeton
web-login-button = Se connecter

# Recherche

web-search-label = Mots à chercher
web-search-hint = drones Tinzaouatène, "armée malienne", -exercice
web-search-button = Chercher
web-more-options = Dates et options
web-any-word = l'un des mots suffit
web-date = { $name ->
    [since] publié depuis
    [until] publié jusqu'à
    [event-since] évènements depuis
    [event-until] évènements jusqu'à
    [event] date
   *[published] publié
}
web-filters = Filtres
web-not = sans
web-turn-filter = Exclure, ou inclure de nouveau
web-turn-filter-of = { $name } { $value }
web-remove-filter = Retirer le filtre { $filter }
web-remove-all = tout retirer
web-results = Résultats
web-articles = { $n ->
    [one] article
   *[other] articles
}
web-took = en { $ms } ms
web-order = Ordre
web-order-of = { $order ->
    [newest] récents
    [oldest] anciens
   *[relevance] pertinence
}
web-fold = replier les quasi-doublons
web-unfold = montrer les quasi-doublons à part
web-explain = ce qui a été cherché
web-explain-not = masquer ce qui a été cherché
web-csv-excel = CSV pour Excel
web-original = original
web-why = pourquoi ici
web-pages = Pages de résultats
web-previous = précédente
web-next = suivante
web-page-of = { $page } sur { $last }
web-searched = Ce qui a été cherché
web-nothing-found = Aucun article ne remplit toutes ces conditions
web-did-you-mean = Vouliez-vous dire
web-offer-any = { $articles } avec l'un des mots
web-as-table = en tableau

# Facettes

web-facets = Facettes
web-facet = { $name ->
    [region] Région
    [month] Mois de publication
    [actor] Acteur
    [event_month] Mois des évènements
    [type] Type d'évènement
    [medium] Média
    [language] Langue
    [mark] Marque
    [region_old] Région avant 2023
    [year] Année de publication
    [day] Jour de publication
   *[other] { $name }
}
web-fewer-facets = moins de facettes
web-more-facets = toutes les facettes
web-more-values = { $n ->
    [one] 1 autre valeur
   *[other] { $n } autres valeurs
}
web-values-below = { $n ->
    [one] 1 valeur en dessous
   *[other] { $n } valeurs en dessous
}
web-given = dont { $n } donnés par les métadonnées
web-exclude = exclure
web-exclude-value = exclure { $value }

# Article

web-similar = Quasi-doublons
web-reworded = Peut-être la même nouvelle en d'autres mots
web-evidence = preuve { $n } de { $value }
web-metadata = Métadonnées
web-citation = Citation
web-copy = copier
web-copied = copié
web-download = fichier { $name }
web-walk = De résultat en résultat
web-hit-before = ← résultat précédent
web-hit-after = résultat suivant →
web-about-article = À propos de l'article
web-evidence-values = Où, quand, qui
web-tolls = Morts, blessés, enlevés
web-decided = Décidé
web-decide = Corriger, marquer
web-act-label = quoi faire
web-act = { $act ->
    [set] fixer à
    [add] ajouter
    [remove] retirer
   *[reset] revenir sur ce qui a été décidé
}
web-value = valeur
web-note = pourquoi
web-by = par
web-correct = Corriger
web-mark-reviewed = marquer comme relu
web-unmark-reviewed = pas relu
web-mark-excluded = exclure des recherches
web-unmark-excluded = ne plus exclure
web-undo = défaire la dernière décision
web-remove-value = retirer { $value }
web-decide-how = Plusieurs valeurs se séparent par des points-virgules. Les décisions sont gardées à côté de l'index, comme griot correct les garde, et prennent effet aussitôt. Défaire annule la dernière décision, de quelque article qu'elle soit.
web-done = Fait
web-done-changed = Gardé à côté de l'index et appliqué ; { $articles } ont changé.
web-back-to-article = retour à l'article
web-no-edit = rien ne peut être changé ici ; lancer le serveur avec --edit
web-no-value = écrire une facette et une valeur
web-no-name = écrire un nom, de { $most } octets au plus
web-name-taken = « { $name } » : une recherche de ce nom est déjà enregistrée

# Évènements

web-events = { $n ->
    [one] évènement
   *[other] évènements
}
web-events-all = aussi les incertains
web-events-sure = seulement les sûrs
web-place = lieu
web-killed = morts
web-wounded = blessés
web-abducted = enlevés
web-confidence = confiance
web-passage = passage

# Tableau

web-rows = Lignes
web-columns = Colonnes
web-top = Au plus
web-show = Afficher

# Recherches enregistrées

web-none-saved = Aucune recherche n'est enregistrée. griot saved add NOM REQUÊTE en enregistre une.

# Archive

web-copies = copies
web-files = fichiers
web-first-date = première date
web-last-date = dernière date
web-size = taille de l'index
web-megabytes = { $n } Mo
web-folders = Dossiers
web-facet-column = facette
web-values = valeurs
web-articles-without = articles sans aucune
web-unread = Non lus, ou lus en partie
web-all-read = Tous les fichiers ont été lus en entier.
web-file = fichier
web-skipped = notices ignorées
web-reason = raison

# API

web-api-about = Les adresses de l'API répondent dans le JSON de la ligne de commande. Pour les programmes :
web-parameters = paramètres
