# Options without effect, and what they should have been

option-without-effect = --{ $option } est sans effet : { $why }
option-top-of-time = --top est sans effet : mois, jours et années ne sont jamais coupés
option-not-csv = --csv-excel est sans effet : le résultat est en { $format }, pas en csv
option-no-regions = aucune région n'est comptée
option-no-query = la requête n'a pas de mots
option-evidence = --evidence énumère des expressions au lieu de compter
option-dry-run = --dry-run n'écrit rien
option-files-without-colours = les fichiers sont écrits sans couleurs
option-colours-in-text = seul le texte a des couleurs
option-no-index = cette commande ne lit aucun index
option-no-csv = cette commande n'écrit pas de CSV
option-no-file = elle décrit un fichier, et le résultat va sur la sortie standard
option-only-report-csv = seul le rapport est en CSV ; le nommer avec --report FICHIER.csv
option-hits-only = jsonl et csv n'ont que des résultats ; utiliser --format json, ou griot facets
option-no-column = csv n'a pas de colonne pour cela ; utiliser text, json ou jsonl
option-best-of-group = csv n'énumère que le meilleur de chaque groupe ; utiliser text, json ou jsonl
option-no-snippets = --fragments 0 supprime les extraits
option-newest-first = sans mots pour classer, les plus récents viennent d'abord
option-records-have-text = les enregistrements ont leur texte dans tous les cas
option-only-events-sure = seules les lignes d'événements sont sûres ou non ; utiliser --rows events
option-whole-article = json contient l'article entier avec ses occurrences
option-export-csv = --export écrit du CSV
option-export-own-csv = --export écrit le CSV que griot correct relit
option-only-jsonl-counts = seul jsonl compte les facettes
option-trec-no-snippets = un fichier TREC n'a pas d'extraits
option-repeat-measures = répéter une requête ne sert qu'à la chronométrer ; ajouter --timings
option-end-of-run = cela concerne la fin d'un passage ; --watch et --every continuent
option-rebuild-reads = --rebuild lit de toute façon chaque fichier
option-every-rescans = --every relit à son intervalle

# Formats and files

option-before-ending = { $path } : écrit en { $format }, car { $why } l'emporte sur l'extension
option-other-ending = { $path } : cette commande n'écrit pas de .{ $ending } ; elle connaît les extensions { $endings } ; sinon, utiliser --format
option-unknown-ending = { $path } : écrit en { $format } ; les extensions { $endings } et --format choisissent un format
option-binary = un terminal ne peut pas afficher du { $format } ; nommer un fichier avec -o FICHIER
option-cells-cut = { $n ->
    [one] { $n } cellule coupée : un tableur n'en a pas de plus de 32 767 caractères ; jsonl et csv ont le texte entier
   *[other] { $n } cellules coupées : un tableur n'en a pas de plus de 32 767 caractères ; jsonl et csv ont le texte entier
}

# Values and single letters

option-write-pair = écrire FACETTE=VALEUR, par exemple type=embuscade
option-write-positive = écrire un nombre à partir de 1
option-write-share = écrire une part entre 0 et 1, par exemple 0.3
option-write-time = écrire une durée comme 30s, 15m ou 2h
option-write-size = écrire une taille comme 256M ou 1G
option-size-too-large = plus que cette machine ne peut adresser ; écrire une taille comme 256M ou 1G
option-goes-before = comme option, cela se place avant : { $command } { $option } …
option-unknown-letter = { $command } n'a pas d'option { $option }
option-excludes = { $text } après le premier mot exclut « { $word } » de la requête ; { $cure }

# griot --version

option-version =
    format d'index { $index } ; les index de formats antérieurs sont reconstruits à partir des textes qu'ils contiennent
    lit { $extensions }, y compris compressés (.csv.gz) et dans des archives
