# griot serve : la page et l'API

web-listening = griot sert { $path } à l'adresse { $address } (Ctrl+C pour arrêter)
web-empty-secret = { $path } : la première ligne est vide ; écrire un jeton ou un mot de passe
web-two-secrets = { $one } et { $other } sont définis tous les deux ; n'en définir qu'un
web-open-failed = le navigateur n'a pas pu être lancé ; ouvrir { $address }

web-nav-label = Pages
web-nav-search = Recherche
web-nav-events = Évènements
web-nav-pivot = Tableau
web-nav-compare = Comparer
web-nav-batch = Listes
web-nav-saved = Recherches enregistrées
web-nav-history = Historique
web-nav-archive = Archive
web-nav-api = API
web-other-language = English
web-skip = Aller au contenu

web-keys = Touches
web-key-search = aller à la recherche
web-key-next = au résultat suivant
web-key-previous = au résultat précédent
web-key-open = ouvrir le résultat
web-key-leave = quitter le champ, fermer ceci
web-key-help = cette liste
web-close = Fermer

# Ce qui n'a pas marché

web-title-not-found = Introuvable
web-title-bad-request = Impossible de répondre à cela
web-title-unavailable = Indisponible pour le moment
web-title-broken = Une panne
web-title-login = Connexion
web-not-found = cette page n'existe pas
web-busy = tout ce qui cherche est occupé ; réessayer dans un instant
web-broken = une panne (numéro { $number }) ; le journal du serveur en dit plus
web-bad-number = { $name } : « { $value } » n'est pas un nombre
web-out-of-range = { $name } : { $number } est hors limites ; écrire 1 à { $most }
web-not-one-of = { $name } : « { $value } » n'est aucun de { $known }
web-bad-where = « { $value } » n'est pas un filtre ; écrire where=FACETTE=VALEUR
web-bad-axis = { $name } : « { $value } » n'est pas une facette avec un niveau ; écrire region ou region:1
web-long-query = la requête est trop longue ; { $most } octets au plus
web-too-deep = les pages s'arrêtent au résultat { $most } ; un export les a tous
web-bad-cursor = ce curseur est celui d'une autre recherche ; l'envoyer avec les paramètres de la page précédente, et sans page
web-cursor-changed = les archives ont changé depuis la page précédente ; recommencer sans curseur
web-no-id = quel article ? donner id ou key
web-unknown-parameter = il n'y a pas de paramètre « { $name } » ; il y a { $known }
web-exports = trop d'exports à la fois ; réessayer dans un instant
web-listeners = trop de pages attendent des changements ; réessayer plus tard
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
web-timeline-of-articles = Articles au fil du temps
web-timeline-choices = Ce que montrent les barres
web-step = { $step ->
    [day] jours
    [month] mois
   *[year] années
}
web-dated = { $of ->
    [event] des évènements
   *[other] de publication
}
web-split = empilées par
web-map-show = carte
web-map-hide = masquer la carte
web-map-of-articles = Carte des articles
web-map-approximate = Approximatif : régions simplifiées, Mali de 2023 (≈ : tracé d'après les anciens cercles), Burkina Faso jusqu'à juillet 2025.
web-map-credit = Contours : Who's On First (Mesoshapes), d'après OCHA, CC BY
web-map-outside = { $n ->
    [one] 1 lieu est hors de la carte ; le tableau l'a
   *[other] { $n } lieux sont hors de la carte ; le tableau les a
}
web-map-region = région
web-map-grave = avec des morts
web-map-other = autres

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
web-given-short = (dont { $n } donnés)
web-find-short = chercher
web-find-value = Chercher dans : { $facet }
web-no-value-found = Aucun article trouvé n'a une telle valeur.
web-values-left-out = { $n ->
    [one] 1 valeur des plus longues listes n'est pas montrée ; taper son nom pour la trouver.
   *[other] { $n } valeurs des plus longues listes ne sont pas montrées ; taper un nom pour les trouver.
}
web-by-count = les plus fréquentes d'abord
web-by-name = par nom
web-former = régions avant 2023
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
web-reports = { $n ->
    [one] récit
   *[other] récits
}
web-from-reports = tirés de { $n ->
    [one] 1 récit
   *[other] { $n } récits
}
web-event-told = { $reports ->
    [one] 1 récit
   *[other] { $reports } récits
}, { $articles ->
    [one] 1 article
   *[other] { $articles } articles
}, { $media ->
    [one] 1 média
   *[other] { $media } médias
}
web-events-apart = chaque récit à part
web-events-together = réunir les récits d'un même évènement
web-events-many = Les récits sont listés à part : { $articles }, c'est beaucoup à comparer.
web-events-group-all = Les réunir quand même
web-events-without-month = { $n } sans mois connu
web-export-reports = récits :
web-near = près de
web-min-killed = morts, au moins
web-timeline-of-events = Évènements au fil du temps
web-map-of-events = Carte des évènements
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
web-level = { $facet }, niveau { $level }
web-share = Nombres
web-share-of = { $of ->
    [row] part de la ligne
    [column] part de la colonne
    [all] part du total
   *[none] articles
}
web-percent = { $n } %
web-share-how = Un article de plusieurs valeurs compte dans chacune : les parts peuvent dépasser ensemble 100 %.
web-show = Afficher

# Dossier

web-dossier = Dossier
web-dossier-button = Dossier
web-dossier-how = des résultats cochés, ou de tous
web-dossier-none = Aucun article n'est trouvé.
web-dossier-cut = La page montre les { $most } premiers ; les fichiers les ont tous.
web-print = imprimer
web-choose = choisir : { $title }

# Comparer

web-compare-link = comparer à une autre recherche
web-compare-button = Comparer
web-compare-how = Deux recherches côte à côte : ce que les deux trouvent, ce qu'une seule trouve, où et quand. Les filtres valent pour les deux ; un filtre pour l'une seulement s'écrit avec elle, par exemple drone region:Gao.
web-compare-both = Dans les deux
web-compare-only = Seulement dans { $name }
web-compare-over-time = { $name } au fil du temps
web-compare-no-parts = Ces requêtes ne peuvent pas être réunies ; ce qui est dans les deux n'est pas connu.

# Listes

web-batch-label = Noms ou requêtes, un par ligne
web-batch-how = Coller une liste : chaque ligne est cherchée à part. Une ligne peut commencer par un identifiant et une tabulation.
web-plain = prendre les opérateurs comme de simples mots
web-long-list = la liste est trop longue ; { $lines } lignes et { $bytes } octets au plus
web-batch-found = { $found } trouvés sur { $lines }
web-batch-without = { $n ->
    [one] 1 sans aucun article
   *[other] { $n } sans aucun article
}
web-batch-query = requête
web-batch-newest = le plus récent
web-batch-best = meilleur résultat

# Historique

web-history-where = Les recherches faites dans ce navigateur. Elles ne sont gardées que dans ce navigateur (stockage local de cette adresse), pas sur le serveur : d'autres navigateurs ou comptes ne les voient pas, et effacer les données du navigateur les retire.
web-history-no-script = L'historique est tenu par un script, que ce navigateur n'exécute pas.
web-history-articles = articles
web-history-none = Il n'y a pas encore de recherche.
web-history-forget = oublier
web-history-clear = Tout oublier
web-history-keep = tenir un historique

# Recherches enregistrées

web-save = Enregistrer cette recherche
web-save-name = nom de la recherche
web-saved-seen = Je les ai vus
web-saved-forget = retirer

web-none-saved = Aucune recherche n'est enregistrée. griot saved add NOM REQUÊTE en enregistre une.

# Archive

web-live-one = 1 nouvel article
web-live-several = { $n } nouveaux articles
web-live-changed = Les archives ont changé
web-live-reload = Recharger
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
