# griot push

push-comparing = comparaison
push-waiting = la grappe est occupée ou ne peut pas être jointe ({ $reason }) ; nouvel essai
push-new = nouvel index { $index } : { $shards ->
        [one] { $shards } fragment
       *[other] { $shards } fragments
    }, { $replicas ->
        [0] sans copie
        [one] { $replicas } copie de chacun
       *[other] { $replicas } copies de chacun
    }
push-done = { $name } sur { $cluster } : { $articles } ; envoyés { $sent } (dont modifiés { $changed }), supprimés { $deleted }, { $mb } Mo, { $seconds } s
push-interrupted = interrompu : envoyés { $sent }, supprimés { $deleted } ; relancer pour continuer
push-refused = non accepté : { $article } : { $reason }
push-more-refused = non acceptés : et { $n } de plus ; --format json les énumère
push-without = ce griot a été compilé sans OpenSearch
engine-no-state = il n'y a pas de dossier personnel pour garder les recherches enregistrées d'un moteur
