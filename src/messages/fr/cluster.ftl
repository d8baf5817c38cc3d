# Textes de la bibliothèque sur les grappes : src/cluster.

# Adresses et noms

cluster-no-address = il manque l'adresse d'une grappe ; écrire par exemple https://recherche-1:9200
cluster-no-engine = un moteur, c'est une adresse et le nom d'une archive ; écrire par exemple https://recherche-1:9200/archive
cluster-no-scheme = « { $address } » n'est pas une adresse ; écrire https:// ou http:// devant
cluster-bad-address = « { $address } » n'est pas une adresse ; écrire par exemple https://recherche-1:9200
cluster-password-in-address = une adresse ne doit pas contenir de mot de passe ; définir GRIOT_OPENSEARCH_USER et GRIOT_OPENSEARCH_PASSWORD
cluster-not-encrypted = « { $address } » n'est pas chiffrée, ce qui n'est permis que pour cette machine ; écrire https://
cluster-bad-name = « { $name } » ne peut pas être le nom d'une archive sur une grappe ; écrire des minuscules, des chiffres et des traits d'union, par exemple sahel-2024

# Qui demande, et à qui

cluster-half = un utilisateur va avec un mot de passe ; définir aussi { $name }, ou { $file }_FILE
cluster-bad-characters = l'utilisateur, le mot de passe ou la clé contient des caractères qui ne peuvent pas être envoyés
cluster-no-certificates = aucune liste de certificats de confiance n'a été trouvée sur ce système ; en nommer une avec --ca FICHIER
cluster-no-pem = { $path } ne contient aucun certificat au format PEM
cluster-unknown-issuer = son certificat n'est signé par personne de confiance ici ; nommer le certificat de son autorité avec --ca FICHIER
cluster-expired = son certificat a expiré ; le renouveler
cluster-not-yet = son certificat n'est pas encore valable ; comparer les horloges des deux machines
cluster-other-name = son certificat est pour un autre nom ; écrire l'adresse comme dans le certificat
cluster-revoked = son certificat a été révoqué
cluster-bad-certificate = son certificat n'est pas accepté : { $why }
cluster-no-tls = il ne répond pas en TLS ; est-ce http:// là-bas ?
cluster-no-encryption = pas de connexion chiffrée : { $why }

# Ce qui revient

cluster-no-host = il n'y a pas de machine de ce nom
cluster-no-time = pas de réponse à temps
cluster-no-connection = pas de connexion
cluster-half-answer = sa réponse n'est pas entière, ou n'est pas celle d'OpenSearch
cluster-bad-uri = ce n'est pas une adresse
cluster-unauthorized = la grappe demande qui est là, ou ne connaît pas l'utilisateur, le mot de passe ou la clé ; définir GRIOT_OPENSEARCH_USER et GRIOT_OPENSEARCH_PASSWORD, ou GRIOT_OPENSEARCH_API_KEY
cluster-redirect = il répond par une redirection (statut { $status }), qui n'est pas suivie ; nommer l'adresse à laquelle elle mène
cluster-status-reason = statut { $status } : { $reason }
cluster-no-opensearch = ce qui répond là n'est pas OpenSearch

# Envoi

cluster-outdated = l'index a été fait avec une autre version de l'analyse ; lancer « griot index », ou envoyer sans --as-is
cluster-partial = tous les fragments de l'index n'ont pas répondu ; relancer quand la grappe est verte
cluster-counts = ses décomptes ne concordent pas ; relancer
cluster-no-place = aucun nœud ne prend le nouvel index ; regarder leurs disques (GET _cluster/allocation/explain) et relancer
cluster-bad-lease = ce qui y est gardé sur celui qui écrit est illisible ; supprimer son index, dont le nom finit par -control
cluster-taken-over = un autre envoi a pris la suite
cluster-too-large = il est plus grand que ce que la grappe prend en une fois ({ $bytes } octets ; http.max_content_length, ou un mandataire devant elle)
cluster-index-gone = l'index a disparu : { $reason } ; relancer
cluster-blocked = l'index ne prend rien : { $reason } ; { $cure }
cluster-make-room = faire de la place sur les disques de ses nœuds, puis permettre de nouveau l'écriture : PUT griot-*/_settings { $body }
cluster-ask = demander à qui s'occupe de la grappe
cluster-not-kept = elle ne garde pas ce qui lui est envoyé ; regarder ses journaux, et si autre chose écrit dans son index
cluster-other-source = { $alias } était envoyée jusqu'ici depuis { $source } ; choisir un autre --name, ou dire --take-over : ses articles sont remplacés par ceux d'ici
cluster-holder = griot push depuis { $owner } (depuis { $since } UTC)
cluster-other-push = un autre griot push --name { $name }

# Interrogation

cluster-out-of-time = le temps a manqué pour une réponse entière ; réessayer
cluster-shards = { $failed } fragments sur { $total } n'ont pas répondu, si bien qu'il manquerait des articles : { $reason }
cluster-values = { $facet } : une grappe compte exactement { $most } valeurs d'une facette au plus, et il y en a davantage
cluster-unreadable = un article de son index est illisible : { $error } ; renvoyer l'archive
cluster-too-many = il faudrait rapatrier { $number } articles de la grappe, et { $most } au plus peuvent l'être ; restreindre la question par dates ou facettes
cluster-no-state = ce qui y est gardé sur l'archive est illisible ; la renvoyer
cluster-no-terms = les mots d'une sélection ne se demandent pas à une grappe ; interroger l'index qui a été envoyé, sans --engine
cluster-no-similar = les articles semblables ne se demandent pas à une grappe ; interroger l'index qui a été envoyé, sans --engine
cluster-nothing-pushed = { $label } ; griot push --to URL --name { $name } le fait
cluster-other-form = un griot dont les index sur grappe ont la forme { $form }
cluster-own-form = la forme { $form }
cluster-push-again = renvoyer l'archive avec ce griot
cluster-other-analysis = un griot avec d'autres lexiques ou une autre analyse
cluster-own-analysis = ceux qu'il contient
cluster-push-plainly = envoyer l'archive avec ce griot, sans --schema ni ajouts à ses lexiques
cluster-no-folders = les dossiers de cette machine ne font pas partie d'une archive sur grappe ; omettre --engine, ou bien --corpus, --watch et --update
cluster-decide-here = les décisions se prennent sur l'index qui est envoyé : omettre --engine, puis lancer griot push
cluster-lexicons-here = les lexiques sont ceux de l'index qui est envoyé : omettre --engine
cluster-only-here = cette commande concerne un index de cette machine : omettre --engine
cluster-no-former = les régions d'avant 2023 ne sont pas comptées : une grappe ne le peut pas, et les articles sont trop nombreux pour être rapatriés
cluster-too-many-words = la requête a trop de mots pour la grappe ; la raccourcir, ou y faire relever indices.query.bool.max_clause_count
