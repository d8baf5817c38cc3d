# Texts of the library about queries and answers.

# How a query was read

asking-no-date-in-value = « { $typed } » ne contient pas de date lisible (2024, 2024-03, 2024-03-15) ; lu comme du texte.
asking-no-value = « { $typed } » ne contient pas de valeur ; lu comme du texte.
asking-turned = « { $typed } » finit avant de commencer ; lu dans l'autre sens.
asking-parentheses-in-value = Les parenthèses dans la valeur d'un champ ont été ignorées.
asking-parenthesis-open = { $n ->
    [one] Une parenthèse n'est pas fermée ; elle a été fermée à la fin.
   *[other] { $n } parenthèses ne sont pas fermées ; elles ont été fermées à la fin.
}
asking-capitals = La requête est tout en majuscules : AND, OR, NOT, ET, OU, SAUF et NEAR y sont des mots ; écrire les autres mots en minuscules pour avoir des opérateurs.
asking-most-patterns = Une requête peut contenir { $n } jokers et mots approchés ; les autres ont été ignorés.
asking-too-deep = Les parenthèses imbriquées sur plus de { $n } niveaux ont été ignorées.
asking-most-filters = Une requête peut contenir { $n } valeurs de champs ; les autres ont été ignorées.
asking-empty-quotation = Des guillemets sans mot entre eux ont été ignorés.
asking-empty-parentheses = Des parenthèses vides ont été ignorées.
asking-operator-between = « { $typed } » a été lu comme un mot : un opérateur a besoin de quelque chose à chercher de chaque côté.
asking-operator-before = « { $typed } » a été lu comme un mot : un opérateur a besoin de quelque chose à exclure après lui.
asking-read-as-not = « ! » a été lu comme SAUF.
asking-read-as-and = « && » a été lu comme ET.
asking-read-as-or = « { $typed } » a été lu comme OU.
asking-read-as-near = « { $typed } » a été lu comme NEAR/{ $n }.
asking-widest-window = « { $typed } » a été lu comme une fenêtre de { $n } mots, la plus large possible.
asking-no-weights = On ne peut pas pondérer les mots ici : « ^ » et le nombre qui le suit ont été ignorés.
asking-no-counts = On ne peut pas demander combien de fois un mot doit figurer : « { $typed } » a été ignoré.
asking-read-as-star = « *{ $number } » a été lu comme « * », un nombre quelconque de lettres.
asking-loosest = Une expression peut être relâchée de { $n } au plus ; ~{ $same } a été utilisé.
asking-no-exclusion = « -{ $word } » a été lu comme un mot, pas comme une exclusion ; pour l'exclure, écrire SAUF { $same }.
asking-no-field = « { $name }: » n'est pas un champ et a été lu comme du texte ; les champs sont { $fields }.
asking-space-after-colon = « { $name }: » a été lu comme du texte : la valeur doit suivre les deux-points sans espace.
asking-quotation-open = Un guillemet jamais fermé a été lu comme du texte.
asking-parenthesis-closing = Une parenthèse fermante sans parenthèse ouvrante a été lue comme du texte.
asking-no-word = Cette requête ne contient aucun mot.
asking-cut = La requête a été coupée après { $n } Ko ; le reste a été ignoré.
asking-control = Des caractères de commande ont été lus comme des espaces.
asking-more-notes = { $n } autres remarques de ce genre sont omises.
asking-plus = Ce qui porte « + » est exigé, ainsi que l'un au moins des autres mots.
asking-near-between = NEAR se place entre des mots, des expressions et des motifs, ou des choix entre ceux-ci ; ici, il a été lu comme ET.
asking-near-most = NEAR relie { $n } mots ou expressions au plus ; ici, il a été lu comme ET.
asking-near-windows = Plusieurs fenêtres côte à côte : la plus large, NEAR/{ $n }, a servi pour toutes.
asking-near-narrow = NEAR/{ $n } est trop étroit pour ces mots ; lu comme NEAR/{ $least }.
asking-wildcards-and-fuzzy = « { $typed } » : les jokers et ~ ne vont pas ensemble ; ~ a été ignoré.
asking-wildcard-letters = « { $typed } » : * a besoin d'au moins { $n } lettres à côté de lui ; il a été ignoré.
asking-pattern-long = « { $typed } » : un motif peut avoir { $n } jokers et { $characters } caractères ; la suite a été ignorée.
asking-no-difference = « { $typed }~0 » n'admet aucune différence ; lu comme le mot même.
asking-short-for-fuzzy = « { $typed } » est trop court pour ~ (il faut { $n } lettres) ; lu comme le mot même.
asking-differences = « { $typed } » : { $n } lettres au plus peuvent différer ; ~{ $same } a été utilisé.
asking-names-as-typed = { $n } autres noms ont été cherchés comme tapés, sans leurs autres graphies.
asking-first-words = Seuls les { $n } premiers mots ont été lus ; { $left } autres ont été ignorés.
asking-exact = Après « = » ou « exact: », *, ? et ~ ne sont pas des jokers ; ils ont été ignorés.

# How it was run

asking-no-month = « { $typed } » n'est pas une valeur de { $facet } ; écrire 2024-07, une année comme 2024, plusieurs comme 2024-07..2024-09
asking-unknown-value = { $facet } : « { $typed } » n'existe pas{ $offer } ; « griot facets --facet { $same } » énumère les valeurs
asking-did-you-mean = { "" } (vouliez-vous dire { $near } ?)
asking-undated = { $n ->
    [one] { $n } article sans date est laissé de côté ; --undated l'inclut.
   *[other] { $n } articles sans date sont laissés de côté ; --undated les inclut.
}
asking-excluded = { $n ->
    [one] { $n } article exclu correspond aussi ; --include-excluded l'ajoute.
   *[other] { $n } articles exclus correspondent aussi ; --include-excluded les ajoute.
}
asking-since-after-until = { $first } vient après { $last } : lu comme depuis { $since }, jusqu'à { $until }.
asking-spellings = une expression s'écrit de trop de façons ; toutes ne sont pas cherchées
asking-pattern-words = un motif correspond à trop de mots ; seuls les { $n } premiers sont cherchés
asking-pasted-id = La requête désigne un article ; pour chercher ses mots, ajouter --plain.
asking-no-signatures = cet index ne garde pas de signatures des textes ; lancer « griot index » pour le mettre à jour
asking-level = écrire un niveau à partir de 1, comme region:3
asking-saved-unreadable = { $path } : { $why } ; le déplacer pour repartir de zéro
asking-saved-version = version { $n } des recherches enregistrées
asking-no-such-saved = aucune recherche enregistrée ne s'appelle « { $name } » ; il y a : { $known }
asking-saved-taken = « { $name } » : une recherche de ce nom est déjà enregistrée ; utiliser --replace pour la remplacer
asking-with-text = --with-text : les lignes d'événements et de mentions n'ont pas de texte ; utiliser --rows articles ou records
asking-geojson = --format geojson : seuls les événements ont des coordonnées ; utiliser --rows events
asking-no-coordinates = --near { $typed } : aucun lieu doté de coordonnées ne s'appelle ainsi ; écrire le nom d'une ville ou d'un village, ou son chemin
asking-former = { $n } articles de plus sont dans { $region } telle qu'elle était avant 2023 (aujourd'hui { $today })
asking-others = (autres : { $n })
asking-sample = les mots ont été comptés sur un échantillon de { $read } articles sur { $total }
asking-days-of-events = les événements se comptent par mois ou par année ; griot export --rows events donne les jours
asking-published = publié le { $published } selon ses métadonnées, le { $other } selon { $witness ->
    [url] son adresse
    [text] son texte
   *[other] { $witness }
}
asking-contradiction = { $facet } { $value } selon ses métadonnées, { $other } selon { $witness ->
    [url] son adresse
    [text] son texte
    [source] sa source
   *[other] { $witness }
}
asking-no-site = { $origin } n'est pas un site ; écrire par exemple https://example.org, sans chemin
asking-open-address = { $address } : d'autres peuvent atteindre cette adresse ; donner --token-file ou --password-file, ou écouter sur 127.0.0.1
asking-file-name = son nom de fichier
asking-joined-and-parted = des événements de « { $one } » et « { $other } » sont réunis à la main, et d'autres séparés qui s'y retrouveraient ; ils restent séparés
