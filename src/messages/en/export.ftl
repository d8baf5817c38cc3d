# griot chronology

chronology-of = Chronology: { $query }
chronology-of-all = Chronology of all articles
chronology-counts = { $events ->
    [one] 1 dated event
   *[other] { $events } dated events
}, { $reports ->
    [one] 1 report
   *[other] { $reports } reports
} in { $articles ->
    [one] 1 article
   *[other] { $articles } articles
}
chronology-rule = Made by griot on { $day } from the texts of the articles. Reports that place, date, numbers of people and wording say are of one event stand together; whether they tell of one event is for the reader to judge.
chronology-partly-dated = Without a certain day
chronology-killed = killed
chronology-wounded = wounded
chronology-abducted = abducted
chronology-page = p. { $page }
chronology-own-date = dated { $date }
chronology-none = no events
chronology-perhaps = perhaps the same event as { $events }
chronology-joined = joined by hand

# What was asked for, after the query

question-with = { $facet }: { $value }
question-without = without { $facet }: { $value }
question-since = published since { $date }
question-until = published until { $date }
question-undated = undated articles, too
question-event-since = events since { $date }
question-event-until = events until { $date }
question-near = within { $kilometres } km of { $place }
question-min-killed = at least { $n } dead
question-sure = sure events only

# griot dossier

dossier-title = Dossier: { $query }
dossier-title-of-all = Dossier of all articles
dossier-asked = Asked for
dossier-understood = Understood as
dossier-every-article = every article
dossier-articles = Articles
dossier-published = Published
dossier-undated = Undated
dossier-shown = Shown
dossier-passages = the paragraphs that match
dossier-whole = whole articles
dossier-made = Made
dossier-index = State of the index
dossier-griot = Made by
dossier-how-to-check = The hashes tell whether something was altered: b3sum FILE gives that of a file; griot show ID --format json | jq -j .body | b3sum that of a text as griot keeps it.
dossier-contents = Contents
dossier-up = Contents
dossier-source = Medium
dossier-author = Author
dossier-date = Date
dossier-pages = Pages quoted
dossier-url = Address
dossier-id = Id
dossier-file-hash = File, BLAKE3
dossier-text-hash = Text, BLAKE3
dossier-read-from-text = Read from the text
dossier-title-only = The query matches the title only.
dossier-note = Note: { $note }
dossier-evidence = Where, when, who: with evidence
dossier-corrected = corrected: { $facet } { $action } { $value }{ $note }
dossier-status = { $status }
dossier-no-articles = no articles; no dossier was written
dossier-value = { $facet }: { $value } ({ $status })
dossier-fact = { $name }: { $value }
