# griot index

index-used = index : { $path }
index-below = il y a un index dans { $folder } : « cd { $folder } », ou ajouter --index { $folder }/.griot
index-done = terminé en { $seconds } s
index-change = { $articles } : nouveaux { $new }, modifiés { $changed }, retirés { $removed } ({ $seconds } s)
index-place = { $path }, ligne { $line }
index-file = { $status ->
        [new] nouveau
        [changed] modifié
        [skipped] sauté
        [ignored] ignoré
        [kept] conservé
        [removed] retiré
       *[other] { $status }
    } : { $path }{ $n ->
        [0] { "" }
        [one] , { $n } article
       *[other] , { $n } articles
    }
index-skipped = sauté : { $place } : { $detail }
index-note = remarque : { $place } : { $detail }
index-more-skipped = sautés : et { $n } de plus ; --report FICHIER.csv les énumère
index-more-notes = remarques : et { $n } de plus ; --report FICHIER.csv les énumère
index-writing = écriture
index-left = , encore { $time }
index-from = { "" } (venu de { $from })
# In a column of 8 characters.
index-planned = { $what ->
    [new] nouveau
    [changed] modifié
    [removed] retiré
    [moved] déplacé
   *[other] { $what }
}
index-plan = fichiers à indexer : nouveaux { $new } (dont déplacés { $moved }), modifiés { $changed }, retirés { $removed } ; inchangés { $unchanged }
index-copies = , { $copies }
index-whole = { $dir } : { $articles }{ $copies }, tirés de { $files }, { $seconds } s
index-files = fichiers : vus { $seen } (nouveaux { $new }, modifiés { $changed }, inchangés { $unchanged }), retirés { $removed } (dont déplacés { $moved }), ignorés { $ignored }
index-articles = articles : nouveaux { $new }, modifiés { $changed }, inchangés { $unchanged }, retirés { $removed }
index-without = { $n } sans { $facet }
index-of-all = en tout :  { $without }
index-by-reason = { $n } { $reason ->
    [empty] sans contenu
    [invalid_json] JSON fautif
    [not_an_object] autre chose qu'un objet JSON
    [invalid_front_matter] en-tête YAML fautif
    [invalid_date] date illisible
    [not_text] autre chose que du texte
    [unknown_format] format inconnu
    [unreadable] illisible
    [no_text] sans texte
    [bad_encoding] encodage fautif
    [too_large] trop grand
    [invalid_html] page inanalysable
    [changed_while_read] modifié pendant la lecture
    [ignored_on_request] ignoré à sa demande
    [damaged] endommagé
    [invalid_table] tableau fautif
    [invalid_xml] XML fautif
    [consent_page] demande de consentement
    [invalid_settings] réglages inutilisables
    [text_guessed] texte deviné
    [not_published] non publié
    [too_deep] métadonnées trop imbriquées
    [outside_articles] texte hors des articles
    [locked] protégé par mot de passe
    [no_text_layer] sans couche de texte
    [reader_stopped] lecture interrompue
    [reader_missing] lecteur absent
    [linked_outside] lien vers l'extérieur
    [not_a_file] ni fichier ni dossier
    [own_export] écrit par griot
   *[other] { $reason }
}
index-all-skipped = sautés :   { $n }{ $detail }

# What is not in the index, or only in part

unread-in-part = lus en partie : { $files } ({ $named }{ $more }) ; « griot stats --unread » dit ce qui manque
unread-not-read = non lus : { $files }
unread-more = { $n } de plus
unread-no-extension = aucune
unread-of-other-kinds = { $n } d'autres types ({ $extensions }{ $more })
unread-damaged = { $n ->
    [one] { $n } endommagé (le copier ou le télécharger de nouveau)
   *[other] { $n } endommagés (les copier ou les télécharger de nouveau)
}
unread-no-text-layer = { $n } sans couche de texte (lancer une reconnaissance de caractères)
unread-locked = { $n ->
    [one] { $n } protégé par mot de passe (l'enregistrer sans)
   *[other] { $n } protégés par mot de passe (les enregistrer sans)
}
unread-reader-stopped = { $n } au-delà de la limite de temps ou de mémoire (le prochain passage réessaiera)
unread-too-large = { $n ->
    [one] { $n } trop grand (le diviser)
   *[other] { $n } trop grands (les diviser)
}
unread-not-text = { $n ->
    [one] { $n } mal nommé (corriger l'extension du fichier)
   *[other] { $n } mal nommés (corriger l'extension des fichiers)
}
unread-consent-page = { $n ->
    [one] { $n } page de consentement (accepter, puis enregistrer de nouveau la page)
   *[other] { $n } pages de consentement (accepter, puis enregistrer de nouveau les pages)
}
unread-unreadable = { $n ->
    [one] { $n } illisible (vérifier les droits et le disque)
   *[other] { $n } illisibles (vérifier les droits et le disque)
}
unread-no-text = { $n } sans texte
unread-own-export = { $n ->
    [one] { $n } écrit par griot lui-même (pour l'indexer, le nommer)
   *[other] { $n } écrits par griot lui-même (pour en indexer un, le nommer)
}
unread-reason = { $reason ->
    [empty] sans contenu
    [invalid_json] JSON fautif
    [not_an_object] autre chose qu'un objet JSON
    [invalid_front_matter] en-tête YAML fautif
    [invalid_date] date illisible
    [not_text] autre chose que du texte
    [unknown_format] format inconnu
    [unreadable] illisible
    [no_text] sans texte
    [bad_encoding] encodage fautif
    [too_large] trop grand
    [invalid_html] page inanalysable
    [changed_while_read] modifié pendant la lecture
    [ignored_on_request] ignoré à sa demande
    [damaged] endommagé
    [invalid_table] tableau fautif
    [invalid_xml] XML fautif
    [consent_page] demande de consentement
    [invalid_settings] réglages inutilisables
    [text_guessed] texte deviné
    [not_published] non publié
    [too_deep] métadonnées trop imbriquées
    [outside_articles] texte hors des articles
    [locked] protégé par mot de passe
    [no_text_layer] sans couche de texte
    [reader_stopped] lecture interrompue
    [reader_missing] lecteur absent
    [linked_outside] lien vers l'extérieur
    [not_a_file] ni fichier ni dossier
    [own_export] écrit par griot
   *[other] { $reason }
}
unread-nothing = tous les fichiers ont été lus en entier
unread-sample = « { $text } … »
unread-and-more = et { $n } de plus ; « griot index --report FICHIER.csv » énumère tous les fichiers
unread-unsupported = { $path } : format non pris en charge{ $cure }
unread-more-of-kind = et { $n } autres .{ $extension }{ $cure }
unread-words = { $n } des { $all } mots ne sont dans aucun article
unread-records-skipped = { $n ->
    [one] { $n } enregistrement sauté
   *[other] { $n } enregistrements sautés
}
unread-what = { $what } : { $detail }

# griot stats: labels of 10 characters

stats-index = index     { $path } ({ $mb } Mo, { $segments ->
    [one] { $segments } segment
   *[other] { $segments } segments
})
stats-root = indexe    { $root }
stats-excluded = , dont { $n } exclus
stats-articles = articles  { $articles }{ $copies }, tirés de { $files ->
    [one] { $files } fichier
   *[other] { $files } fichiers
}{ $excluded }
stats-published = publiés   du { $first } au { $last }
stats-values = { $n ->
    [one] { $n } valeur
   *[other] { $n } valeurs
}, { $without } sans
stats-without = { $articles } sans

# griot check, griot snapshot

check-no-snapshot = { $dir } : ce n'est pas un instantané, ou il a été modifié depuis ; « griot snapshot DOSSIER » en fait un
check-finding = { $kind } : { $message } ; { $cure }
check-snapshot = instantané { $dir } : fait le { $made }
check-fine = rien à signaler
check-damaged = endommagé ou dépassé
check-summary = { $verdict } : { $articles }{ $copies } tirés de { $files }, { $index_files ->
    [one] { $index_files } fichier d'index
   *[other] { $index_files } fichiers d'index
}, { $mb } Mo
check-snapshot-made = { $dir } : { $files }, { $mb } Mo, dont { $linked } par lien physique

# griot correct, griot lexicon

correct-done = { $rows ->
    [one] { $rows } correction lue
   *[other] { $rows } corrections lues
}, changements dans { $articles }, { $kept ->
    [one] { $kept } correction conservée
   *[other] { $kept } corrections conservées
}
correct-no-value = écrire une valeur, ou utiliser « griot correct remove »
correct-no-passage = aucun événement de « { $id } » n'a de passage avec « { $words } » ; « griot events » montre les passages
correct-several-passages = plusieurs événements ont un passage avec « { $words } » ; en écrire davantage : « { $first } » ou « { $second } »
correct-one-passage = { $n } événements de « { $id } » ont le passage avec « { $words } » ; écrire « { $words } [1] » pour le premier dans l'ordre de « griot events », [2] pour le deuxième, et ainsi de suite
correct-no-event = « { $id } » ne rapporte aucun événement ; « griot events » montre ce que rapportent les articles
correct-name-passage = « { $id } » rapporte { $n } événements ; en nommer un par des mots de son passage, avec --passage : { $passages }
correct-join-two = un événement rapporté est réuni à un autre ; nommer deux articles, ou deux passages d'un seul avec --passage
correct-withdrawn = retiré : { $what }
correct-restored = de nouveau valable : { $what }
correct-undone = annulé ; changement : { $articles }
correct-none = aucune décision
correct-until = jusqu'au { $until }, { $by }
lexicon-pending = le lexique a changé : « griot index » dérive de nouveau les articles
lexicon-added = { $added } ajoutés, { $changed } modifiés, { $unchanged } déjà connus ; « griot index » dérive de nouveau les articles
lexicon-removed = retiré : { $what } ; « griot index » dérive de nouveau les articles
lexicon-none-added = rien n'a été ajouté ; « griot lexicon add » ajoute des lieux et des acteurs
lexicon-values = valeurs
lexicon-phrases = expressions

# griot install-watch: remarks in the file that it prints

watch-bad-name = { $path } : ce nom ne peut pas figurer dans un fichier de service
watch-save = À enregistrer sous { $file }, puis :
watch-journal = Ses messages : { $command }
watch-description = griot tient son index à jour
