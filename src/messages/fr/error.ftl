# Errors of the library.

error-io = { $path } : { $source }
error-no-such-path = { $path } : ni fichier ni dossier de ce nom
error-lexicon = index_schema/{ $file }, ligne { $line } : { $message }
error-correction = { $path }, ligne { $line } : { $message }
error-fault = { $message }
error-faults = { $first }
    { $others }
error-schema-dir = { $path } n'est pas un dossier de fichiers index_schema : { $message }
error-no-index = pas d'index ici ; lancer « griot index CHEMIN » (cherché dans { $looked })
error-not-an-index = { $path } n'est pas un index de griot : { $message } ; indiquer un autre dossier avec --index, ou un dossier vide
error-other-version = { $path } a été créé par { $found }, ce griot lit { $known } ; { $cure }
error-bad-glob = « { $glob } » n'est pas un motif valable : { $message } ; écrire par exemple '*.md', 'brouillons' ou '2024/**'
error-bad-column = --column : { $message }
error-locked = { $path } est en cours d'écriture par { $holder } ; réessayer quand ce sera fini
error-no-roots = l'index n'a retenu aucun dossier à lire ; lancer « griot index CHEMIN »
error-not-a-root = { $path } ne fait pas partie des dossiers indexés ; « griot stats » les énumère
error-no-such-article = aucun article n'a l'identifiant « { $id } » ; « griot search » affiche les identifiants
error-several-articles = « { $id } » contient plusieurs articles ; indiquer l'un d'eux : { $some }
error-no-such-facet = aucune facette ne s'appelle « { $name } » ; il y a { $known }
error-bad-date = ce n'est pas une date : « { $text } » ; écrire 2024, 2024-03, 2024-03-15, 03/2024 ou 'mars 2024'
error-not-empty = { $path } n'est pas vide ; indiquer un nouveau dossier
error-watching = les notifications de changement de fichiers sont indisponibles : { $why } ; utiliser plutôt --every 1m
error-unsupported = { $what }
error-no-commit = { $path } est endommagé ou absent ; { $cure }
error-stopped = l'écriture de l'index a échoué pour une raison inconnue ; son état précédent reste en service : relancer « griot index »
error-remote = { $address } : { $message }
error-index = l'index : { $source }
error-too-slow = la réponse prend trop de temps ; restreindre la recherche, ou réessayer
error-damaged = l'index est endommagé : { $what } ; lancer « griot index --rebuild »
error-json = { $source }

failure-internal = erreur interne à { $place } : { $words } ; lancer « griot check --deep » pour savoir si l'index est endommagé ; s'il ne l'est pas, merci de signaler ce défaut de griot
failure-no-space = { "" } ; libérer de la place et recommencer : ce que le dernier passage a enregistré est intact
failure-no-permission = { "" } ; demander le droit d'écrire à cet endroit, ou choisir un autre dossier avec --index DOSSIER
failure-no-threads = { "" } ; quitter d'autres programmes, ou relever les limites de fils d'exécution et de mémoire (ulimit -u, ulimit -v)
failure-no-reason = aucune raison donnée
