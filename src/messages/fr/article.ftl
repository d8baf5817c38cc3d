# griot show

show-corrected = corrigé : { $facet } { $action } { $value }{ $note }
show-note = remarque : { $note }
show-from-text = { $value } (lu dans le texte)
show-detected = { "" } (reconnue d'après le texte)
# In a column of 8 characters.
show-label = { $label ->
    [author] auteur
    [lang] langue
    [file] fichier
    [found] trouvé
    [also_in] et dans
    [extra] divers
   *[other] { $label }
}
show-formerly = , autrefois { $region }
show-status = { $status ->
    [given] par métadonnées
    [derived] déduit du texte
    [corrected] corrigé
   *[other] { $status }
}
show-and-more = et { $n } de plus
show-metadata = { $rule } : métadonnées
show-in-title = , dont { $n } dans le titre
show-matches = { $n ->
    [one] { $n } occurrence
   *[other] { $n } occurrences
}{ $in_title }
show-numbers-not-kept = les numéros des résultats ne sont pas retenus : { $error }
show-no-such-hit = la dernière recherche dans cet index n'a pas de résultat { $number }
show-id-and-hit = { $typed } est l'identifiant d'un article ; le résultat { $typed } de la dernière recherche est { $id }

# griot cite

cite-record = , enregistrement { $record }
cite-unreadable = (le fichier est illisible)
cite-passage = { $page }{ $part ->
    [title] titre
    [body] corps
   *[other] { $part }
}, paragraphe { $paragraph }, octets { $start } à { $end }
# Pages of the passages, which may be several.
cite-pages = p. { $pages }

# griot similar

similar-found = { $copies } dans { $sources }
similar-reworded = { $articles } qui rapportent peut-être la même nouvelle en d'autres mots

# griot analyze: columns of 5, 20 and 16 characters

analyze-position = pos.
analyze-written = écrit
analyze-form = forme
analyze-folded = réduit
analyze-term = terme
analyze-how = comment
analyze-elided = élision : { $prefix } retiré
analyze-joined = mot soudé, pour les requêtes exactes ou soudées
analyze-corrected = corrigé : { $entry } ({ $reason })
analyze-root = radical { $root }, rétabli { $restored }, racine { $stem }
analyze-as-it-is = tel quel
analyze-stop-word = mot vide
analyze-function-word = mot grammatical, facultatif dans une requête
analyze-name = nom : { $written } ({ $meanings }) est aussi cherché comme { $spellings }
