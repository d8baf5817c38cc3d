# The help of the command line in French. The English source is in the doc comments of src/cli/. What is said of a wrong call is
# in usage.ftl.
#
#   help-COMMAND               summary of a command (saved-add: `griot saved add`; griot: `griot` itself)
#     .long                    what --help says instead, where that is more
#     .after, .after-long      what follows the options
#   help-COMMAND--ARGUMENT     summary of an argument or option, by its id
#     .long                    what --help says instead, where that is more
#   help-any--ARGUMENT         the same for every command that has no entry of its own
#   help-heading-…, help-group-…, help-value-…   headings, groups of commands and names of values, by the English words
#
# Lines of a paragraph are joined, except in `.after` and `.after-long`. Summaries are short: `griot search -h` has to fit a screen.
# An apostrophe at the end of a text would be set as that of an elision: { "'" } is left as it is.

## Words of the help itself

help-word-usage = Utilisation :
help-word-default = [défaut :{ "\u00A0" }{ $values }]
help-word-possible-values = [valeurs possibles : { $values }]
help-word-command = COMMANDE
help-word-commands = Commandes
help-word-arguments = Arguments
help-word-options = Options
help-word-also = { $help } (aussi { $names })

help-heading-global-options = Options générales
help-heading-output = Sortie
help-heading-what-is-read = Fichiers lus
help-heading-keep-running = Marche continue
help-heading-limits = Limites
help-heading-on-the-cluster = Sur la grappe
help-heading-filters = Filtres
help-heading-filters-values-of-one-facet-are-or-facets-are-and = Filtres (OU entre valeurs d'une facette, ET entre facettes)
help-heading-facet-filters-commas-or-repeated-or-exclude-with-not-region-and-so-on = Filtres par facette (virgules ou répétition : OU ; exclure : --not-region, etc.)

help-group-search = Rechercher
help-group-explore-and-count = Explorer et compter
help-group-read-cite-and-export = Lire, citer et exporter
help-group-correct-and-maintain = Corriger et entretenir
help-group-help-and-shell = Aide et shell

help-value-column = COLONNE
help-value-date = DATE
help-value-degrees = DEGRÉS
help-value-facet = FACETTE
help-value-kind = GENRE
help-value-dir = DOSSIER
help-value-facet-level = FACETTE[:NIVEAU]
help-value-facet-value = FACETTE=VALEUR
help-value-field-column = CHAMP=COLONNE
help-value-file = FICHIER
help-value-format = FORMAT
help-value-file-csv = FICHIER.csv
help-value-glob = MOTIF
help-value-id = ID
help-value-month = MOIS
help-value-n = N
help-value-name = NOM
help-value-order = ORDRE
help-value-path = CHEMIN
help-value-place-km = LIEU[:KM]
help-value-prefix = DÉBUT
help-value-query = REQUÊTE
help-value-seconds = SECONDES
help-value-share = PART
help-value-shell = SHELL
help-value-size = TAILLE
help-value-snapshot = COPIE
help-value-url = URL
help-value-url-name = URL/NOM
help-value-step = PAS
help-value-text = TEXTE
help-value-time = DURÉE
help-value-value = VALEUR
help-value-what = QUOI
help-value-when = QUAND
help-value-which = CHOIX
help-value-region = RÉGION
help-value-actor = ACTEUR
help-value-type = TYPE
help-value-source = SOURCE
help-value-lang = LANGUE
help-value-mark = MARQUE

## Every command

help-any--index = Dossier de l'index [défaut : $GRIOT_INDEX, sinon le .griot le plus proche]
    .long = Dossier de l'index [défaut : $GRIOT_INDEX, sinon le .griot le plus proche en remontant]
help-any--engine = Interroger une archive sur une grappe OpenSearch : adresse, /, nom [défaut : $GRIOT_ENGINE]
help-any--color = Couleurs : auto (sur un terminal, selon NO_COLOR), always ou never
help-any--csv_excel = Écrire le CSV pour les tableurs français (implique --format csv)
    .long =
    Écrire le CSV pour les tableurs français (implique --format csv)

    Avec un indicateur d'ordre des octets (BOM), des points-virgules, des virgules décimales, et une apostrophe devant les
    cellules que le tableur calculerait. Implique --format csv si la commande écrit du CSV.
help-any--quiet = Erreurs seulement : ni notes, ni progression, ni bilan de « griot index »
help-any--verbose = En dire plus : l'index utilisé, ce qu'est devenu chaque fichier, la durée
help-any--ui_lang = Langue des messages : fr ou en [défaut : $GRIOT_LANG, sinon la locale]
    .long =
    Langue des messages et de l'aide : fr ou en [défaut : $GRIOT_LANG, sinon la locale]

    Les facettes, les colonnes, JSON, CSV et les codes de sortie sont les mêmes dans les deux. --lang choisit les articles
    selon leur langue.
help-any--help = Afficher l'aide : -h un résumé, --help toutes les options en détail
help-any--version = Afficher la version

## The query, the filters and where the result goes

help-any--query = Mots (tous requis), "une expression", AND OR NOT / ET OU SAUF, champ:valeur, -exclu
    .long =
    Mots (tous requis), "une expression", AND OR NOT / ET OU SAUF, champ:valeur, -exclu

    Et aussi + - ( ). Dans un shell, mettez en plus l'expression entre guillemets simples : '"armée malienne"'. À partir du
    premier mot, un mot qui commence par un seul trait d'union est exclu (-drone) ; avant ce mot, -n, -o, -q et -v sont des
    options. Les mots qui suivent -- font partie de la requête, quel que soit leur début.
help-any--any = Trouver les articles qui ont au moins un des mots (OU)
help-any--all_words = N'afficher que les articles qui ont tous les mots (ET)
help-any--plain = Lire les opérateurs de la requête comme de simples mots

help-any--since = Parus à cette DATE ou après : 2024-03, 15/03/2024, hier, '7 jours{ "'" }
help-any--until = Parus à cette DATE ou avant ; mois ou année compris en entier
help-any--include_excluded = Aussi les articles marqués comme exclus
help-any--undated = Avec --since et --until : aussi les articles sans date
help-any--event_since = Signalent un événement du mois de DATE ou après
    .long =
    Signalent un événement du mois de DATE ou après

    L'index connaît le mois des événements qu'un article signale, mais pas leur jour : un jour vaut pour son mois.
help-any--event_until = Signalent un événement du mois de DATE ou avant
help-any--where_ = Valeur d'une facette quelconque que le schéma déclare
help-any--not_where = Exclure une valeur d'une facette quelconque

help-facet = Valeur de la facette { $facet }
help-not-facet = Exclure cette valeur de la facette { $facet }
help-any--facet-region = Région, cercle ou pays, quelle que soit la graphie
    .long = Région, cercle ou pays, quelle que soit la graphie : Gao, "Burkina Faso", Mali/Mopti/Djenné
help-any--not-facet-region = Exclure cette région
help-any--facet-month = Mois ou année de parution
    .long = Mois ou année de parution (à défaut, des principaux événements) : 2024-03, 2024
help-any--not-facet-month = Exclure ce mois
help-any--facet-actor = Acteur ou famille d'acteurs : Jnim, GSIM, "armée malienne"
help-any--not-facet-actor = Exclure cet acteur
help-any--facet-event_month = Mois ou année des événements signalés
help-any--not-facet-event_month = Exclure ce mois d'événement
help-any--facet-type = Type de l'événement signalé, selon types.toml
help-any--not-facet-type = Exclure ce type
help-any--facet-source = Média, quelle que soit la graphie, ou son domaine
    .long = Média, quelle que soit la graphie, ou son domaine : RFI, "Radio France Internationale", rfi.fr
help-any--not-facet-source = Exclure ce média
help-any--facet-lang = Langue, indiquée ou détectée d'après le texte : fr, en, ar
help-any--not-facet-lang = Exclure cette langue
help-any--facet-mark = Marque posée par un analyste : reviewed, excluded
help-any--not-facet-mark = Exclure cette marque

help-any--format = text ou json [défaut : text, ou selon l'extension de FICHIER]
help-any--provenance = Écrire aussi FICHIER.provenance.json : requête, filtres, état de l'index, nombres, hash
    .long = Écrire aussi FICHIER.provenance.json : requête, filtres, état de l'index, nombres, somme de contrôle de FICHIER
help-any--output = Écrire dans FICHIER plutôt que sur la sortie standard
    .long =
    Écrire dans FICHIER plutôt que sur la sortie standard

    FICHIER n'est remplacé qu'une fois le résultat complet ; en cas d'échec, l'ancien fichier reste.
help-any--region_division = Régions du Mali : new (depuis 2023) ou old (avant)
help-any--id = Identifiant affiché par « griot search », numéro d'un résultat de la dernière recherche, ou chemin d'un fichier
help-any--schema = Dossier de fichiers index_schema qui remplacent ceux de griot

## griot

help-griot = Recherche plein texte dans des archives d'actualité en français sur le Sahel
    .long =
    Recherche plein texte dans des archives d'actualité en français sur le Sahel

    griot tient à jour l'index d'un dossier d'articles, déduit du texte lui-même où, quand et par qui (facettes région, mois,
    acteur), et répond aux recherches par mots avec des extraits et des décomptes.

help-help = Afficher l'aide d'une commande : griot help search
help-help-below = Afficher cette aide ou celle d'une sous-commande
help-help--subcommand = Commande dont afficher l'aide

## griot index

help-index = Indexer des dossiers et des fichiers, ou mettre l'index à jour
help-index--paths = Dossiers ou fichiers à indexer [défaut : tous ceux que l'index connaît]
help-index--dry_run = Afficher seulement ce qui serait fait
help-index--checksum = Comparer le contenu de tous les fichiers, pas seulement des modifiés
    .long =
    Comparer le contenu de tous les fichiers, et pas seulement de ceux qui semblent modifiés

    Un fichier semble modifié quand sa taille ou sa date diffère de celle du dernier passage.
help-index--rebuild = Reconstruire l'index à côté de l'ancien, puis le remplacer
help-index--forget = Retirer de l'index un dossier et ses articles
help-index--allow_removals = Retirer les articles de nombreux fichiers absents, ou d'un dossier vidé
    .long =
    Retirer les articles de nombreux fichiers absents, ou d'un dossier désormais vide

    Par défaut, ils sont gardés (code de sortie 6) quand il manque plus de 50 fichiers et plus d'un dixième du total, ou bien
    un dossier ou un disque entier : un dossier vide est souvent un disque qui n'est pas monté.
help-index--wait = Attendre un autre griot qui écrit, SECONDES au plus si indiqué
help-index--include = N'indexer que les fichiers selon MOTIF ; mémorisé, '' vide la liste
    .long =
    N'indexer que les fichiers qui correspondent à MOTIF ; mémorisé, '' vide la liste

    Un motif est un nom n'importe où ('*.md') ou un chemin dans le dossier ('2024/**').
help-index--exclude = Ignorer les fichiers selon MOTIF ; mémorisé, '' vide la liste
    .long = Ignorer les fichiers qui correspondent à MOTIF ; mémorisé dans l'index, '' vide la liste
help-index--column = Lire CHAMP dans cette colonne ou clé ; mémorisé, '' vide la liste
    .long =
    Lire CHAMP dans cette colonne ou cette clé ; mémorisé, '' vide la liste

    Par exemple text=bibo:content, date=dcterms:date, text=body.html.
help-index--follow_links = Liens à suivre : inside (dossiers indexés), all, none ; mémorisé
    .long = Liens à suivre : inside (vers un dossier indexé), all (tous) ou none (aucun) ; mémorisé
help-index--watch = Continuer, et appliquer les changements que le système signale
help-index--every = Continuer, et tout relire à cet intervalle : 30s, 15m, 2h
    .long =
    Continuer, et tout relire à cet intervalle : 30s, 15m, 2h

    Pour les lecteurs réseau, qui ne signalent pas les changements.
help-index--threads = Fils d'exécution pour lire, analyser et indexer [défaut : selon les cœurs]
help-index--memory = Mémoire pour écrire l'index, par exemple 256M ou 1G
help-index--pdf_seconds = Temps de processeur pour lire un fichier PDF
help-index--report = Lister fichiers, articles et enregistrements ignorés dans FICHIER
    .long = Lister dans FICHIER (.csv, .jsonl) tous les fichiers, leurs articles et les enregistrements ignorés
help-index--fail_unread = Sortir avec le code 3 si un fichier n'a pas été lu en entier
    .long = Sortir avec le code 3 si un fichier n'a été lu qu'en partie, ou pas du tout
help-index--format = Format du bilan

## griot search

help-search = Rechercher : articles classés avec extraits, et décomptes par facette
    .after-long =
    « griot export » écrit tous les articles trouvés, et non une page de résultats.
    Une expression dans un shell : griot search '"armée malienne"' drone
    Exclure un mot :               griot search Gao -drone
    Cinq résultats :               griot search -n 5 drone
help-search--corpus = Mettre d'abord à jour l'index de ce dossier ou fichier, n'y chercher que là
    .long = Mettre d'abord à jour l'index de ce dossier ou de ce fichier, et ne chercher que là
help-search--sort = relevance (défaut), newest ou oldest (sans mots : newest)
    .long = relevance (pertinence, par défaut), newest (les plus récents) ou oldest (les plus anciens) ; newest s'il n'y a pas de mots pour classer
help-search--group = Replier les quasi-doublons sous le meilleur ; le total les compte tous
help-search--unfold = Comme --group, et lister les articles repliés
help-search--explain = Montrer formes et synonymes cherchés, et la composition des scores
    .long = Montrer quelles formes et quels synonymes ont été cherchés, et comment se composent les scores
help-search--limit = Résultats par page
help-search--page = Page à afficher
help-search--facets = Compter les valeurs de toutes les facettes, pas seulement des principales
help-search--top = Texte : valeurs d'une facette à lister, par niveau
help-search--no_facets = Texte : ne compter aucune facette
help-search--snippet_length = Longueur d'un extrait, en caractères
help-search--fragments = Extraits par résultat
help-search--format = text, json, jsonl ou csv [défaut : text, ou selon l'extension de FICHIER]

## griot facets

help-facets = Compter les valeurs de chaque facette, en arbre
help-facets--facet = Ne compter que cette facette
help-facets--evidence = Lister les passages qui ont donné cette valeur, par fréquence
    .long = Lister les passages qui ont donné cette valeur, les plus fréquents d'abord
help-facets--find = Chercher des valeurs par nom, alias ou début
    .long = Chercher des valeurs par nom, alias ou début, quelle que soit la graphie
help-facets--by = Ordre des valeurs : count (nombre) ou name (nom)
    .long = Ordre des valeurs : count (par nombre ; les mois, du plus récent au plus ancien) ou name (par nom)
help-facets--top = Lister au plus N valeurs par niveau, plus les valeurs choisies

## griot timeline

help-timeline = Compter les articles par jour, mois ou année : barres, tableau ou graphique
help-timeline--by = day (jour), month (mois) ou year (année)
help-timeline--of = Date à compter : publication ou event (événement)
    .long = Date à compter : publication (parution), ou event (événement, par mois ou par année)
help-timeline--split = Une série par valeur d'une facette (region:1 : par pays)
help-timeline--top = Garder les N plus grandes séries, cumuler les autres
    .long = Garder les N plus grandes séries, cumuler les autres [text, svg : 6]
help-timeline--share = Donner aussi la part de tous les articles de cette période
help-timeline--format = text, csv, json ou svg [défaut : text, ou selon l'extension de FICHIER]

## griot pivot

help-pivot = Compter les articles selon deux facettes, en tableau
help-pivot--rows = Facette des lignes, ou day (jour) ou year (année) [défaut : month]
    .long =
    Facette des lignes, ou day (jour) ou year (année) [défaut : month]

    FACETTE:NIVEAU coupe les valeurs à un niveau : region:1 donne les pays, region:3 les cercles.
help-pivot--cols = Facette des colonnes [défaut : region]
    .long =
    Facette des colonnes [défaut : region]

    Si le schéma n'a pas region : la première facette affichée avec les résultats.
help-pivot--top = Garder les N plus grandes lignes et colonnes, cumuler les autres
    .long =
    Garder les N plus grandes lignes et colonnes, cumuler les autres

    Les mois, les jours et les années ne sont jamais coupés. Le texte montre autant de colonnes que le terminal en contient,
    8 au plus, sauf si un autre nombre est donné.
help-pivot--all = Texte : montrer aussi les lignes sans aucun article
help-pivot--format = text, csv ou json [défaut : text, ou selon l'extension de FICHIER]

## griot lexicon

help-lexicon = Ajouter des lieux et acteurs au lexique, le vérifier, ou lister ce qui lui manque
help-lexicon-check = Charger tous les lexiques ; lister chaque problème, ou leur contenu
    .long = Charger tous les lexiques ; lister chaque problème avec fichier, ligne et remède, ou leur contenu
help-lexicon-add = Ajouter un lieu ou un acteur ; le prochain griot index le dérive dans tous les articles
help-lexicon-add-place = Ajouter un lieu, ou des graphies d'un lieu connu
help-lexicon-add-place--name = Nom, avec ses accents et traits d'union
help-lexicon-add-place--region = Ce qui le contient : le chemin d'une région ou d'un cercle, par exemple Mali/Ménaka/Inékar ; rien pour un lieu connu dont le nom est unique
help-lexicon-add-place--lat = Latitude en degrés, le nord positif
help-lexicon-add-place--lon = Longitude en degrés, l'est positif
help-lexicon-add-place--kind = village, town, commune, camp, quarter, mine, river, lake, mountain, forest, cercle [défaut : village]
help-lexicon-add-place--alias = Autre graphie, trouvée dans les textes et à la recherche (répétable)
help-lexicon-add-place--ambiguous = Le nom est aussi un mot ou celui d'une personne : trouvé seulement si le texte en dit plus
help-lexicon-add-actor = Ajouter un acteur, ou des noms d'un acteur connu
help-lexicon-add-actor--name = Nom
help-lexicon-add-actor--parent = Acteur ou famille dont il fait partie
help-lexicon-add-actor--alias = Autre nom, trouvé dans les textes et à la recherche (répétable)
help-lexicon-add-actor--exact = Nom trouvé dans les textes seulement tel qu'il est écrit ici (répétable)
help-lexicon-list = Lister ce qui a été ajouté au lexique de cet index
help-lexicon-list--format = text, csv ou json [défaut : text, ou selon l'extension de FICHIER]
help-lexicon-remove = Retirer un lieu ou un acteur ajouté
help-lexicon-remove--name = Nom, ou région et nom
help-lexicon-export = Écrire les ajouts en un tableau (TSV), pour griot lexicon import
help-lexicon-import = Ajouter les lieux et acteurs d'un tel tableau ; colonnes par tabulations, virgules ou points-virgules
help-lexicon-import--file = Tableau d'ajouts
help-lexicon-candidates = Lister les noms fréquents des articles indexés qu'aucun lexique n'a, avec un exemple
help-lexicon-candidates--limit = Noms à lister

## griot show, cite and similar

help-show = Afficher un article : texte, métadonnées, preuves de chaque valeur de facette
help-show--query = Marquer toutes les occurrences d'une requête, et les compter
help-show--context = N'afficher que les paragraphes avec occurrences, numérotés, et N autour
help-cite = Citer des articles : en texte avec somme de contrôle, ou en BibTeX, RIS, CSL
help-cite--ids = Identifiants, numéros de la dernière recherche, fichiers [défaut : tout ce que --query trouve]
help-cite--format = text, json, bibtex, ris ou csl-json [défaut : text, ou selon l'extension de FICHIER]
help-cite--query = Citer les phrases qui répondent à une requête, avec leur place dans le texte
help-similar = Lister les quasi-doublons d'un article, et ceux qui disent peut-être la même chose
help-similar--least = Part minimale estimée de texte commun, de 0 à 1

## griot terms

help-terms = Lister mots et valeurs de facettes plus fréquents ici que dans l'archive
    .long = Lister les mots et les valeurs de facettes plus fréquents dans un résultat que dans l'archive
help-terms--limit = Mots, et valeurs de chaque facette, à lister au plus
help-terms--format = text, csv ou json [défaut : text, ou selon l'extension de FICHIER]

## griot saved

help-saved = Enregistrer des recherches, et signaler ce qui a changé depuis la dernière fois
    .long = Enregistrer des recherches, et signaler ce qui est nouveau, modifié ou disparu depuis la dernière fois
help-any--name = Nom de la recherche
help-saved-add = Enregistrer une recherche sous un nom
help-saved-add--replace = Remplacer la recherche de ce nom
help-saved-list = Lister les recherches enregistrées
help-saved-run = Signaler ce qui est nouveau, modifié ou disparu, et retenir ce passage
    .long = Signaler ce qui est nouveau, modifié ou disparu depuis le dernier passage, et retenir celui-ci
help-saved-run--name = Recherche à lancer [défaut : toutes]
help-saved-run--new = Ne signaler que ce qui est nouveau
help-saved-run--update = Mettre d'abord l'index à jour
help-any--exit_code = Sortir comme grep : 0 s'il y a quelque chose à signaler, 1 sinon, 2 en cas d'erreur
help-saved-diff = Comme run, mais sans rien retenir
help-saved-diff--name = Recherche à lancer [défaut : toutes]
help-saved-remove = Supprimer une recherche enregistrée

## griot compare

help-compare = Comparer un tableau d'événements à l'archive
    .long = Comparer un tableau d'événements à ce que rapporte l'archive : lignes sans article, événements rapportés sans ligne
    .after-long =
    Les colonnes se nomment une fois : elles sont retenues, à côté de l'index, pour tout tableau de même en-tête. Celles
    d'ACLED (event_date, location, latitude, longitude, event_id_cnty) n'ont pas à être nommées.
help-compare--file = Tableau d'événements (CSV), dans tout encodage, avec virgules, points-virgules ou tabulations
help-compare--date = Colonne de la date : 2024-03-16, 16/03/2024, 16 mars 2024
help-compare--place = Colonne du lieu
help-compare--lat = Colonne de la latitude, en degrés
help-compare--lon = Colonne de la longitude, en degrés
help-compare--id = Colonne d'un identifiant de la ligne, à afficher
help-compare--days = Jours d'écart admis entre une ligne et un article
help-compare--km = Kilomètres d'écart admis entre une ligne et un article
help-compare--format = text, csv ou json [défaut : text, ou selon l'extension de FICHIER]
help-compare--sure = Seulement les événements dont griot est sûr

## griot correct

help-correct = Corriger à la main ou par tableau facettes, dates et événements
    .long = Corriger à la main ou par un tableau les valeurs de facettes, les dates et les événements ; gardé à toute reconstruction
    .after =
    Colonnes : id (ou path), facet, action (add, remove, set, reset, join, part), value, note. Par exemple :
    id,facet,action,value,note
    nord/a.txt,region,set,Mali/Gao,le lieu en tête de dépêche induit en erreur
    nord/b.txt,mark,add,excluded,une page d'essai du site
help-correct--file = Tableau de corrections (CSV) ; un nom qui est aussi une sous-commande s'écrit ./apply
help-any--by = Auteur de la décision [défaut : $GRIOT_USER, sinon l'utilisateur de cet ordinateur]
help-any--facet = Facette, date, ou colonne d'un événement
help-any--value = Valeur ; plusieurs sont séparées par des points-virgules
help-any--note = Raison de la décision
help-any--passage = D'un événement : le passage qui en parle, tel que le montre griot events, ou des mots de celui-ci
    .long = D'un événement : le passage qui en parle, tel que le montre griot events, ou des mots de celui-ci

    Les colonnes d'un événement sont event_date, event_place, killed, wounded et abducted ; event est la ligne entière, qui peut être retirée.
help-correct-set = Donner à une facette, ou à la date, la valeur VALUE et aucune autre
help-correct-add = Ajouter une valeur à une facette
help-correct-remove = Retirer une valeur et celles en dessous ; sans VALUE, toutes
help-correct-reset = Revenir sur ce qui a été décidé d'une facette d'un article ; sans FACET, sur tout
help-correct-join = Réunir ce qui rapporte un même événement et que griot events --group sépare
    .long = Réunir ce qui rapporte un même événement et que griot events --group sépare

    De chaque article est prise la mention dont le passage contient les mots d'un --passage, sinon la seule qu'il ait. Tout ce qui est nommé est désormais d'un même événement, avec ce à quoi l'une des mentions était déjà réunie.
help-correct-part = Séparer ce qui rapporte des événements différents et que griot events --group réunit
    .long = Séparer ce qui rapporte des événements différents et que griot events --group réunit

    De chaque article est prise la mention dont le passage contient les mots d'un --passage, sinon la seule qu'il ait. Une mention nommée seule est séparée de toutes les autres.
help-correct-join--ids = Ids tels que les montre griot search, numéros de résultats de la dernière recherche, ou chemins de fichiers
help-correct-part--ids = Ids tels que les montre griot search, numéros de résultats de la dernière recherche, ou chemins de fichiers
help-correct-join--passage = Mots du passage d'une mention, pour un article qui en a plusieurs (option répétable)
help-correct-part--passage = Mots du passage d'une mention, pour un article qui en a plusieurs (option répétable)
help-correct-apply = Appliquer un tableau de corrections
help-correct-apply--file = Tableau de corrections (CSV)
help-correct-list = Lister ce qui a été décidé : de quoi, par qui, quand
help-correct-list--id = Seulement ce qui a été décidé de cet article
help-correct-list--format = text, csv ou json [défaut : text, ou selon l'extension de FICHIER]
help-correct-list--past = Aussi ce qui a été retiré ou remplacé
help-correct-undo = Annuler le dernier appel de griot correct ou de griot mark
help-correct--export = Exporter en un tel tableau toutes les corrections que l'index garde

help-mark = Marquer un article comme relu (reviewed) ou exclu (excluded)
    .long = Marquer un article comme relu (reviewed) ou exclu (excluded) ; les recherches omettent les exclus
help-mark--mark = reviewed, excluded, ou un mot à soi
help-mark--remove = Retirer la marque ; sans MARK, toutes les marques

## griot suggest

help-suggest = Compléter un mot : mots de l'archive et valeurs de facettes, par fréquence
    .long = Compléter un mot : mots de l'archive et valeurs de facettes, les plus fréquents d'abord
help-suggest--prefix = Début d'un mot, avec ou sans majuscules et accents ; de plusieurs mots, le dernier est complété
help-suggest--limit = Mots, et valeurs de facettes, à lister au plus

## griot install-watch, stats, check and snapshot

help-install-watch = Afficher un fichier de service qui tient l'index à jour en arrière-plan
    .after-long = Rien n'est installé : les premières lignes du fichier disent où l'enregistrer et comment le démarrer.
help-install-watch--paths = Dossiers ou fichiers à garder dans l'index [défaut : ceux qu'il a]
help-install-watch--service = systemd ou launchd [défaut : celui de ce système]
help-serve = Servir une page et une API : chercher, lire, compter dans un navigateur
    .after-long = Seule cette machine peut atteindre 127.0.0.1. À une autre adresse, un jeton ou un mot de passe est demandé à tous ; mettre devant un serveur mandataire avec TLS si le réseau n'est pas le vôtre. Le jeton ou le mot de passe peuvent aussi être dans l'environnement : GRIOT_TOKEN ou GRIOT_PASSWORD.
help-serve--corpus = Mettre d'abord à jour l'index de ce dossier ou fichier
help-serve--watch = Tenir l'index à jour pendant qu'il est servi
help-serve--listen = Adresse et port où écouter ; port 0 : n'importe lequel de libre
help-serve--open = Ouvrir la page dans le navigateur
help-serve--token_file = Demander le jeton de la première ligne de FICHIER
    .long =
    Demander le jeton de la première ligne de FICHIER

    Les programmes l'envoient comme Authorization: Bearer JETON, les personnes se connectent avec. En prendre un long, au hasard.
help-serve--edit = Permettre de corriger et marquer des articles et d'enregistrer des recherches sur la page
help-serve--password_file = Demander le mot de passe de la première ligne de FICHIER, ou celui dont elle a l'empreinte argon2
help-serve--cors = Laisser les pages d'un autre site lire l'API, par exemple https://example.org
    .long =
    Laisser les pages d'un autre site lire l'API, par exemple https://example.org

    Peut être donné plusieurs fois. Sinon, les navigateurs cachent les réponses aux pages de tous les autres sites.
help-serve--log_queries = Avec --verbose : noter aussi ce qui a été cherché
help-value-origin = ORIGINE
help-value-address = ADRESSE
help-stats = Résumer le contenu de l'index
help-stats--unread = Lister les fichiers non lus, ou lus seulement en partie, et pourquoi
help-check = Vérifier que l'index n'est pas endommagé, et proposer des réparations
help-check--deep = Lire aussi chaque article et chaque liste d'occurrences
help-check--against = Vérifier aussi une copie : tous ses fichiers sont là, avec leur somme de contrôle
help-snapshot = Copier l'index dans un état cohérent, même pendant qu'il est écrit
help-snapshot--dir = Dossier à créer ; il peut être donné à --index
help-snapshot--format = Format du bilan
help-push = Envoyer l'archive à une grappe OpenSearch, et l'y tenir à jour
    .after-long = Utilisateur, mot de passe ou clé : $GRIOT_OPENSEARCH_USER, _PASSWORD, _API_KEY. Installer une grappe : docs/cluster.md.
help-push--to = Adresse de la grappe, ou de plusieurs de ses nœuds, séparées par des virgules
help-push--name = Nom de l'archive là-bas : minuscules, chiffres et traits d'union
help-push--as_is = Envoyer l'index tel quel, sans le mettre d'abord à jour selon ses dossiers
help-push--ca = Certificat, en PEM, de l'autorité qui signe pour la grappe [défaut : ceux du système]
help-push--watch = Continuer : indexer et envoyer les changements que le système signale
help-push--shards = Fragments ; un autre nombre qu'avant fait un nouvel index [défaut : selon la taille]
help-push--replicas = Copies de chaque fragment [défaut : 1, ou 0 sur une grappe d'un seul nœud]
help-push--rebuild = Refaire l'index sur la grappe à côté de l'ancien, puis le remplacer
help-push--take_over = Remplacer une archive envoyée depuis un autre dossier ou une autre machine
help-push--senders = Fils d'exécution qui analysent et envoient
help-push--patience = Renoncer après ce temps sans réponse (code de retour 7)
help-push--format = Format du bilan

## griot export and events

help-export = Exporter tous les articles trouvés (sans requête : tous) en JSONL ou CSV
help-export--rows = Contenu d'une ligne : article, événement, mention ou enregistrement
    .long =
    Contenu de chaque ligne : un article, un événement, une mention ou un enregistrement

    articles : un article avec ses métadonnées et ses valeurs de facettes. events : où et quand un événement a eu lieu, et
    combien de personnes ont été touchées, avec le passage. mentions : une valeur de facette et une de ses preuves. records :
    un article avec son texte et ses métadonnées d'origine, sous une forme que griot peut indexer à nouveau.
help-export--with_text = Ajouter le texte de chaque article en dernière colonne (--rows articles)
help-export--sort = relevance (défaut), newest ou oldest ; les événements selon leur propre date
help-export--sure = Seulement les événements de confiance 0,8 ou plus (--rows events)
    .long =
    Seulement les événements de confiance 0,8 ou plus (--rows events)

    La confiance est la probabilité que le lieu, la date et le nombre de morts soient justes. Plus de lignes sont alors
    justes, mais il y en a moins : docs/quality.md donne les chiffres.
help-export--format = jsonl, csv, xlsx, geojson (events) [défaut : jsonl, ou selon l'extension]
    .long = jsonl, csv, xlsx, geojson (des événements) [défaut : jsonl, ou selon l'extension de FICHIER]
help-events = Lister les événements signalés : quand, où, nombre de victimes, degré de certitude
help-events--sort = relevance (défaut), newest ou oldest ; événements selon leur date
help-events--group = Réunir les récits d'un même événement, avec ce qui les rapproche
    .long =
    Réunir les récits d'un même événement, avec ce qui les rapproche

    Les récits de plusieurs articles sont rapprochés par le lieu, la date, les nombres de personnes et les mots. Chacun est
    donné avec son score et les raisons de ce score : même événement, ou peut-être le même.
help-events--near = Seulement à moins de KM kilomètres d'un lieu : Djibo, Djibo:50
    .long = Seulement les événements à moins de KM kilomètres (20 si rien n'est dit) d'un lieu : Djibo, Djibo:50
help-events--min_killed = Seulement les événements d'au moins N morts
help-events--sure = Seulement les événements de confiance 0,8 ou plus
    .long =
    Seulement les événements de confiance 0,8 ou plus

    La confiance est la probabilité que le lieu, la date et le nombre de morts soient justes : docs/quality.md donne les
    chiffres.
help-events--format = text, csv, xlsx, jsonl ou geojson [défaut : text, ou selon l'extension]
    .long = text, csv, xlsx, jsonl ou geojson [défaut : text, ou selon l'extension de FICHIER]

## griot chronology

help-chronology = Établir une chronologie : récits réunis par date, bilans divergents côte à côte
help-chronology--near = Seulement à moins de KM kilomètres d'un lieu : Djibo, Djibo:50
    .long = Seulement les événements à moins de KM kilomètres (20 si rien n'est dit) d'un lieu : Djibo, Djibo:50
help-chronology--min_killed = Seulement les événements d'au moins N morts
help-chronology--sure = Seulement les événements de confiance 0,8 ou plus
    .long =
    Seulement les événements de confiance 0,8 ou plus

    La confiance est la probabilité que le lieu, la date et le nombre de morts soient justes : docs/quality.md donne les
    chiffres.
help-chronology--format = text, csv, xlsx, json ou html [défaut : text, ou selon l'extension]
    .long = text, csv, xlsx, json ou html [défaut : text, ou selon l'extension de FICHIER]

## griot dossier

help-dossier = Composer un dossier à imprimer : sommaire, articles, références, preuves
help-dossier--passages = Seulement les paragraphes qui répondent à la requête, numérotés
help-dossier--title = Titre du dossier [défaut : la requête]
help-dossier--sort = oldest (défaut), newest ou relevance ; articles sans date à la fin
help-dossier--format = html, docx ou md [défaut : html, ou selon l'extension de FICHIER]

## griot analyze and batch

help-analyze = Montrer comment l'analyseur du français découpe les mots et en tire les racines
help-analyze--text = Texte à analyser [défaut : l'entrée standard]
help-analyze--format = text ou json : chaque étape ; tsv : forme<TAB>racine [défaut : text]
help-batch = Lancer les requêtes d'un fichier
help-batch--file = Fichier d'une requête par ligne, ou de id<TAB>requête ; - pour l'entrée standard
help-batch--repeat = Lancer chaque requête N fois
help-batch--timings = Terminer la sortie d'erreur par une ligne de JSON : queries, p50, p95, p99 et max, en millisecondes
help-batch--limit = Résultats par requête
help-batch--snippets = Ajouter des extraits
help-batch--facets = Ajouter les décomptes par facette
help-batch--format = csv, jsonl ou trec [défaut : csv, ou selon l'extension de FICHIER]

## griot completions, man and licences

help-completions = Afficher le script de complétion d'un shell
help-completions--shell = Shell à compléter
help-man = Écrire les pages de manuel dans un dossier
help-man--dir = Dossier où les écrire
help-licences = Afficher les crédits des données intégrées (aussi --licences)
