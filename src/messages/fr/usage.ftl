# What is said of a wrong call, in French (`usage-…`). In English clap says it.

usage-error = erreur :
usage-tip = conseil :
usage-more = Pour en savoir plus, essayez « { $help } ».
usage-twice = l'argument « { $arg } » ne peut pas être répété
usage-conflict = l'argument « { $arg } » ne peut pas être utilisé avec « { $other } »
usage-conflicts = l'argument « { $arg } » ne peut pas être utilisé avec :
usage-conflict-any = l'argument « { $arg } » ne peut pas être utilisé avec un ou plusieurs des autres arguments
usage-no-equals = il faut un signe égal pour donner une valeur à « { $arg } »
usage-no-value = une valeur est requise pour « { $arg } », mais aucune n'a été donnée
usage-invalid-value = valeur « { $value } » non valable pour « { $arg } »
usage-why = { $wrong } : { $why }
usage-why-no-number = ce n'est pas un nombre entier
usage-why-too-large = le nombre est trop grand
usage-why-too-small = le nombre est trop petit
usage-why-not-in = { $value } n'est pas dans l'intervalle { $range }
usage-unknown-command = commande « { $command } » inconnue
usage-missing = les arguments requis suivants n'ont pas été donnés :
usage-no-command = « { $command } » requiert une sous-commande, mais aucune n'a été donnée
usage-commands = [sous-commandes : { $values }]
usage-not-utf8 = un argument n'est pas en UTF-8 valable
usage-too-many = valeur « { $value } » de trop pour « { $arg } »
usage-too-few = « { $arg } » requiert au moins { $needed } valeurs, mais { $given ->
        [one] { $given } seule a été donnée
       *[other] { $given } seulement ont été données
    }
usage-wrong-number = « { $arg } » requiert { $needed } valeurs, mais { $given ->
        [one] { $given } a été donnée
       *[other] { $given } ont été données
    }
usage-unknown-argument = argument « { $arg } » inconnu
usage-similar-commands = { $count ->
        [one] il existe une commande semblable : { $values }
       *[other] il existe des commandes semblables : { $values }
    }
usage-similar-arguments = { $count ->
        [one] il existe un argument semblable : { $values }
       *[other] il existe des arguments semblables : { $values }
    }
usage-similar-values = { $count ->
        [one] il existe une valeur semblable : { $values }
       *[other] il existe des valeurs semblables : { $values }
    }
usage-quoted = « { $text } »
usage-as-value = pour donner « { $arg } » comme valeur, écrire « { $call } »
usage-exists = « { $call } » existe
usage-command-exists = la commande « { $command } » existe ; pour l'utiliser, ôter le « -- » qui la précède
