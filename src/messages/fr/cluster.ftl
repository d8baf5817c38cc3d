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
