# Texts of the library about keeping the index.

# What the system says

system-no-such-file = aucun fichier ni dossier de ce nom (erreur système { $n })
system-permission = accès refusé (erreur système { $n })
system-no-space = plus de place sur le disque (erreur système { $n })
system-read-only = système de fichiers en lecture seule (erreur système { $n })
system-is-a-directory = c'est un dossier (erreur système { $n })
system-not-a-directory = ce n'est pas un dossier (erreur système { $n })
system-file-exists = le fichier existe déjà (erreur système { $n })
system-too-many-files = trop de fichiers ouverts (erreur système { $n })
system-input-output = erreur d'entrée-sortie (erreur système { $n })
system-name-too-long = nom de fichier trop long (erreur système { $n })
system-stale = fichier périmé sur le réseau (erreur système { $n })
system-no-memory = plus de mémoire (erreur système { $n })
system-entity-not-found = introuvable
keeping-permission-denied = accès refusé
system-storage-full = plus de place sur le disque

# Damage, and what to do about it

keeping-above = { $path } et au-dessus
keeping-rebuild = lancer « griot index --rebuild »
keeping-rebuild-paths = lancer « griot index --rebuild CHEMIN... » avec les dossiers dont il est fait
keeping-rebuild-stored = lancer « griot index », qui le reconstruit à partir de son texte conservé
keeping-restore-copy = lancer « griot index », qui rétablit sa copie
keeping-write-again = lancer « griot index », qui l'écrit de nouveau
keeping-restore-version = lancer « griot index », qui rétablit sa dernière version
keeping-restore-decisions = lancer « griot index », qui rétablit les décisions à partir des articles
keeping-current-again = lancer « griot index », qui remet en service la dernière génération
keeping-run-index = lancer « griot index »
keeping-repair-or-remove = le réparer ou le supprimer
keeping-remove = le supprimer
keeping-another-snapshot = faire un autre instantané
keeping-unknown-time = à une date inconnue
keeping-unreadable-articles = ses articles sont illisibles
keeping-damaged-or-missing = { $path } est endommagé ou absent
keeping-meta = meta.json n'est pas ce qui a été écrit
keeping-meta-copy = meta.copy est endommagé
keeping-cannot-be-read = { $path } est illisible
keeping-missing-or-empty = { $path } est absent ou vide
keeping-other-bytes = { $path } : ses octets ne sont pas ceux qui ont été écrits
keeping-missing = { $path } est absent
keeping-is-missing = est absent
keeping-is-cut-short = est tronqué
keeping-cut-short = { $path } est tronqué
keeping-managed = .managed.json est illisible
keeping-managed-lacks = .managed.json ne cite pas { $n } des fichiers
keeping-other-end = { $path } : sa fin n'est pas ce qui a été écrit
keeping-other-lexicons = les lexiques gardés avec l'index ne sont pas ceux avec lesquels il a été construit
keeping-other-analysis = construit avec l'analyse { $n }, ce griot a l'analyse { $own }
keeping-twice = { $n } articles sont deux fois dans l'index
keeping-states = l'état de { $n } fichiers est noté, dont { $different } différents
keeping-should-have = { $path } devrait avoir { $n } articles et en a { $there }
keeping-no-state = { $path } a des articles, mais pas d'état noté
keeping-more-files = et { $n } autres fichiers
keeping-in-place-of = « { $id } » est conservé à la place d'un autre
keeping-taken-for = « { $id } » est pris pour un autre
keeping-postings = « { $term } » est dans { $n } articles et devrait être dans { $all }
keeping-its-bytes = ses octets ne sont pas ceux qui ont été écrits
keeping-it-cannot-be-read = il est illisible
keeping-overwritten = { $path } est tronqué ou écrasé
keeping-other-griot = { $path } est endommagé, ou d'un autre griot
keeping-not-indexed-content = « { $id } » n'est pas ce qui a été indexé
keeping-copy-of-none = « { $id } » est la copie d'un article absent ; lancer « griot index --rebuild »
keeping-copies-wrong = { $n } articles avec copies sont là deux fois, ou pas du tout
keeping-no-generation = CURRENT désigne « { $name } », qui n'est pas une génération ; lancer « griot index CHEMIN... »
keeping-other-files = il contient d'autres fichiers et pas de CURRENT
keeping-other-lock = son fichier LOCK n'est pas de griot ; le déplacer, ou indiquer un autre dossier avec --index DOSSIER
keeping-version-of-list = version { $n } de la liste
keeping-not-copied = n'est pas ce qui a été copié
keeping-not-readable = illisible ({ $error })
keeping-no-payload = son dernier enregistrement n'a pas de contenu
keeping-update-griot = mettre griot à jour, ou indiquer un autre dossier avec --index DOSSIER
keeping-other-format = un griot au format d'index { $n }
keeping-format = le format { $n }

# While an index is brought up to date

keeping-facets-failed = la déduction des facettes a échoué ; merci de signaler cet article
keeping-files-stay = { $path } { $why } : ses { $n } fichiers restent dans l'index
keeping-not-mounted = est absent (pas monté ?)
keeping-not-looked-at = ne peut pas être consulté ({ $error })
keeping-links = { $path } : des liens sortent des dossiers indexés, par exemple { $example }, et sont suivis ; « griot index --follow-links=inside » les laisse de côté, --follow-links=all les suit sans cette remarque
keeping-one-file-stays = son fichier reste
keeping-several-files-stay = ses { $n } fichiers restent
keeping-empty-now = { $path } est vide à présent : { $files } dans l'index ; { $cure }
keeping-intended = si c'est voulu, lancer « griot index --allow-removals »
keeping-orphan = ligne { $line } : aucun article ne s'appelle « { $id } » ; gardé pour le cas où il y en aurait un
keeping-own-value-of-line = ligne { $line } : { $facet } : aucun lexique ne connaît « { $value } » ; valeur à part
keeping-no-facet = « { $name } » n'est pas une facette ; il y a { $known }
keeping-correct-line = { $what } ; corriger la ligne
keeping-no-columns = pas de colonnes id (ou path) et facet ; commencer par une ligne { $columns }
keeping-no-action = « { $name } » n'est pas une action ; écrire add, remove, set ou reset
keeping-no-id = pas d'identifiant ; l'écrire comme « griot search » l'affiche, ou un chemin
keeping-nothing-to = rien pour l'action { $action } ; écrire une valeur, ou l'action remove
keeping-version-restored = { $path } : sa dernière version a été rétablie
keeping-decisions-restored = { $path } est absent ou vide : ses { $n } décisions sur des articles de l'index ont été rétablies à partir de celui-ci
keeping-metadata-of = métadonnées de « { $id } » : { $why }
keeping-interrupted = interrompu : l'index reste en service tel qu'il était
keeping-shared-ids = { $n } identifiants sont revendiqués par plusieurs articles, par exemple « { $first } » ; tous sont gardés, les suivants comme « { $same }~2 » et ainsi de suite
keeping-decisions = corrections.csv contient des décisions sur { $what } plus là, par exemple « { $first } » ; { $cure }
keeping-an-article = un article qui n'est
keeping-articles = des articles qui ne sont
keeping-moved = s'il a été déplacé ou renommé, « griot correct » accepte la décision sous son nouveau nom
keeping-own-exports = { $what } ; pour indexer quand même un tel fichier, le nommer : griot index FICHIER
keeping-own-export = un export de griot a été laissé de côté : { $first }
keeping-several-exports = { $n } exports de griot ont été laissés de côté, par exemple { $first }
keeping-waiting = attente : { $holder } utilise { $path }
keeping-holder = le processus { $n } ({ $purpose }, depuis { $since } UTC)
keeping-reader-failed = son lecteur a échoué ; merci de signaler ce fichier
keeping-former-version = { $what } ; sa version précédente reste dans l'index
keeping-changed-twice = il a changé deux fois pendant la lecture ; il sera relu au prochain passage
keeping-corrections-changed = corrections.csv a changé : { $n } articles ont d'autres valeurs
keeping-current-restored = { $dir } : CURRENT était endommagé ou absent ; la génération { $n } est de nouveau en service
keeping-managed-written = { $dir } : .managed.json était endommagé ; il a été écrit de nouveau
keeping-meta-restored = { $dir } : meta.json était endommagé ; sa copie a été rétablie
keeping-rebuilding-lost = { $error } ; reconstruction ; { $lost }
keeping-lost = les autres dossiers et motifs retenus sont perdus : les indiquer tous{ $lexicons }
keeping-lost-lexicons = , et vos propres lexiques avec --schema
keeping-rebuilding-from-files = { $error } : reconstruction à partir de ses fichiers
keeping-name-lexicons = { $what } ; indiquer les lexiques avec --schema DOSSIER
keeping-not-those-lexicons = ce ne sont pas ceux avec lesquels l'index a été construit
keeping-rebuilding = { $why } : reconstruction de l'index { $how }
keeping-from-files = à partir de ses fichiers
keeping-from-stored = à partir de son texte conservé
keeping-rebuilt-from-stored = { $path } est absent ou vide : ses articles sont reconstruits à partir du texte conservé dans l'index
keeping-read-differently = les fichiers sont lus autrement à présent
keeping-older-format = l'index a un format plus ancien
keeping-other-lexicons-now = les lexiques ou l'analyse ont changé
keeping-withheld = { $path } : { $what } ; { $n } articles de { $files } fichiers restent dans l'index : remettre les fichiers, ou lancer « griot index --allow-removals » si c'est voulu
keeping-unmounted = n'est pas monté
keeping-other-disk = est sur un autre disque et vide à présent
keeping-files-gone = { $n } fichiers ont disparu{ $example }
keeping-for-instance = , par exemple { $path }
keeping-system-file = a un contenu bien que sa taille soit 0, comme les fichiers du système ; le copier et indexer la copie
keeping-run-interrupted = le passage a été interrompu
keeping-state-incomplete = l'état d'un fichier est incomplet (document { $n })
keeping-name-to-index = pour l'indexer quand même, le nommer : griot index FICHIER
keeping-no-thread = impossible de lancer un fil d'exécution ({ $error })
keeping-root-missing = { $path } est absent (pas monté ?) : attente ; ses fichiers restent dans l'index
keeping-rescanning = { $path } : { $error } ; relecture toutes les { $n } s à la place ({ $cure })
keeping-watches = augmenter fs.inotify.max_user_watches, ou utiliser --every
keeping-own-value = { $facet } : aucun lexique ne connaît « { $value } » ; gardé comme valeur à part
keeping-own-value-in = { $facet } : aucun lexique ne connaît « { $value } » ; gardé comme valeur à part, dans { $n } articles
keeping-in-index-folder = se trouve dans le dossier d'un index ; écrire dans un autre
keeping-no-home = il n'y a pas de dossier personnel
keeping-no-such-folder = pas de dossier de ce nom
keeping-no-schema-files = il ne contient aucun fichier .toml, .tsv ou .txt

# What to do about files of other kinds

keeping-save-docx = enregistrer en .docx
keeping-save-csv = enregistrer en .csv
keeping-export-pdf = exporter en .pdf
keeping-convert-html = convertir en .html
keeping-export-mail = exporter en .eml ou .mbox
keeping-unpack = décompresser
keeping-convert-pdf = convertir en .pdf avec une couche de texte
keeping-convert-json = convertir en .json
keeping-rename-txt = renommer en .txt

# Faults that should not be

keeping-thread-panicked = un fil d'analyse s'est arrêté sur une erreur interne
keeping-counting-panicked = un fil de comptage s'est arrêté sur une erreur interne
keeping-segment-lists = le segment { $id } cite des documents qu'il n'a pas
keeping-does-not-match = le document { $n } ne correspond pas
keeping-large-dictionary = dictionnaire de plus de 4 Go
