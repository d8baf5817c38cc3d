# What breaks around griot, and what to do about it.

failure-internal = erreur interne à { $place } : { $words } ; lancer « griot check --deep » pour savoir si l'index est endommagé ; s'il ne l'est pas, merci de signaler ce défaut de griot
failure-no-space = { "" } ; libérer de la place et recommencer : ce que le dernier passage a enregistré est intact
failure-no-permission = { "" } ; demander le droit d'écrire à cet endroit, ou choisir un autre dossier avec --index DOSSIER
failure-no-threads = { "" } ; quitter d'autres programmes, ou relever les limites de fils d'exécution et de mémoire (ulimit -u, ulimit -v)
