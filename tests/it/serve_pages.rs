//! The pages of `griot serve` beside the search: from hit to hit, citations, events and maps, tables, dossiers, comparing,
//! lists; and what can be changed with `--edit`.

use super::common::Indexed;
use super::serve::{Server, archive, link};

/// What lies between two strings of a page.
fn between<'p>(page: &'p str, before: &str, after: &str) -> &'p str {
    let rest = page
        .split(before)
        .nth(1)
        .unwrap_or_else(|| panic!("no {before}: {page}"));
    rest.split(after).next().unwrap_or_default()
}

fn many() -> Indexed {
    let files: Vec<(String, String)> = (1..=25)
        .map(|n| {
            let (name, place) = (format!("{n:02}.txt"), if n % 2 == 0 { "Gao" } else { "Kidal" });
            let drones = "drone ".repeat(30 - n);
            (name, format!("Attaque numéro {n}\n\nUn {drones} a tué {n} civils à {place} le {} mars 2024. Un texte à part sur le lieu {n}.", n))
        })
        .collect();
    let files: Vec<(&str, &str)> = files
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_str()))
        .collect();
    Indexed::new(&files)
}

#[test]
fn one_goes_from_hit_to_hit_over_the_pages_of_a_search() {
    let archive = many();
    let server = Server::start(&archive, &[]);
    // Near-duplicates are folded in the first: fewer hits.
    for (search, least) in [
        ("/?q=drone&limit=4", 1),
        ("/?q=drone&limit=4&sort=oldest&group=false", 25),
    ] {
        let mut article = link(&server.page(search), "/article/");
        let mut seen = Vec::new();
        loop {
            let page = server.page(&article);
            seen.push(between(&page, "<title>", "</title>").to_string());
            let walk = between(&page, "class=\"walk\"", "</nav>");
            let back = server.page(&link(walk, "/?q=drone"));
            assert!(
                back.contains(&article.split('?').next().expect("a path").to_string()),
                "on the page that one comes from"
            );
            if !walk.contains("rel=\"next\"") {
                break;
            }
            let next = walk.split("rel=\"next\"").nth(1).expect("a next hit");
            article = link(next, "/article/");
            assert!(seen.len() < 40, "{seen:?}");
        }
        let mut titles = seen.clone();
        titles.sort();
        titles.dedup();
        assert!(
            titles.len() == seen.len() && seen.len() >= least,
            "each once: {seen:?}"
        );
        let last = server.page(&article);
        if seen.len() > 1 {
            let before = between(&last, "rel=\"prev\" ", ">");
            let before = server.page(&link(before, "/article/"));
            assert_eq!(between(&before, "<title>", "</title>"), seen[seen.len() - 2]);
        }
    }
    let direct = server.page(
        link(&server.page("/?q=drone"), "/article/")
            .split('?')
            .next()
            .expect("a path"),
    );
    assert!(
        !direct.contains("rel=\"next\""),
        "without a search there is no next hit"
    );
}

#[test]
fn an_article_is_cited_as_the_command_line_cites_it() {
    let archive = archive();
    let server = Server::start(&archive, &[]);
    let article = link(&server.page("/?q=malienne"), "/article/");
    let page = server.page(&article);
    for (format, part) in [("bibtex", "@"), ("ris", "TY  - "), ("csl-json", "\"title\"")] {
        let file = server.get(&link(&page, &format!("citation?format={format}")));
        assert_eq!(
            file.text(),
            archive.out(&["cite", "b.md", "--format", format]),
            "{format}"
        );
        assert!(file.text().contains(part), "{}", file.text());
        assert!(
            file.header("content-disposition").starts_with("attachment"),
            "{format}"
        );
    }
    assert!(page.contains("« Drones à Kidal », 2024-04-02."), "{page}");
    assert!(
        between(&page, "<pre id=\"cite-ris\"", "</pre>").contains("TY  - "),
        "to be copied"
    );
    let bad = server.get(&format!(
        "{}/citation?format=x",
        article.split('?').next().expect("a path")
    ));
    assert_eq!(bad.status, 400);
}

#[test]
fn events_and_their_numbers_are_marked_in_the_text() {
    let archive = archive();
    let server = Server::start(&archive, &[]);
    let page = server.page(&link(&server.page("/?q=civils"), "/article/"));
    let told = between(&page, "class=\"told\"", "</section>");
    assert!(told.contains("Gao") && told.contains("show-toll"), "{told}");
    let passage = link(told, "#p");
    assert!(page.contains(&format!("id=\"{}\"", &passage[1..])), "{passage}");
    assert!(page.contains("toll\">"), "{page}");
    assert!(page.contains("a.txt</code>"), "{page}");
}

#[test]
fn reports_of_one_event_are_one_row() {
    let report = |medium: &str, more: &str| {
        format!(
            "---\nsource: {medium}\ndate: 2024-03-05\n---\nDes hommes armés ont tué douze civils à Ansongo le 3 mars 2024. {more}"
        )
    };
    let (one, other) = (
        report("RFI", "Le maire l'a dit."),
        report("AFP", "Une source militaire le confirme."),
    );
    let archive = Indexed::new(&[
        ("a.md", &one),
        ("b.md", &other),
        ("c.txt", "Un drone a tué trois civils à Kidal le 9 avril 2024."),
    ]);
    let server = Server::start(&archive, &[]);
    let page = server.page("/events");
    let told = archive.out(&["events", "--group", "--format", "jsonl"]);
    let groups: std::collections::BTreeSet<String> = told
        .lines()
        .map(|line| {
            serde_json::from_str::<serde_json::Value>(line).expect("a row")["event_group"].to_string()
        })
        .collect();
    assert_eq!(groups.len(), 2, "{told}");
    assert!(page.contains("<b>2</b> events"), "{page}");
    let members = between(&page, "2 reports, 2 articles, 2 media", "</details>");
    assert!(
        members.contains("same event as") && members.contains("same place"),
        "{members}"
    );
    // On the map, and over time; both lead to fewer.
    let near = server.page(&link(between(&page, "class=\"map\"", "</figure>"), "near=Kidal"));
    assert!(near.contains("<b>1</b> event"), "{near}");
    let april = server.page(&link(
        between(&page, "class=\"timeline\"", "</figure>"),
        "event-since=2024-04",
    ));
    assert!(april.contains("<b>1</b> event"), "{april}");
    let apart = server.page(&link(&page, "grouped=false"));
    assert!(apart.contains("<b>3</b> reports"), "{apart}");
    // Two fields do what the bars do.
    assert!(
        page.contains("name=\"event-since\"") && page.contains("name=\"event-until\""),
        "{page}"
    );
    let sorted = server.page("/events?sort=killed");
    assert!(
        sorted.find("<b>Ansongo</b>") < sorted.find("<b>Kidal</b>"),
        "{sorted}"
    );
    let csv = server.get(&link(&page, "format=csv"));
    assert_eq!(csv.text(), archive.out(&["events", "--format", "csv"]));
    let geojson = server.get(&link(&near, "format=geojson")).json();
    assert_eq!(
        geojson["features"].as_array().map(Vec::len),
        Some(1),
        "of the same selection"
    );
}

#[test]
fn regions_of_the_map_and_bars_of_events_are_filters() {
    let archive = many();
    let server = Server::start(&archive, &[]);
    let page = server.page("/?q=drone&map=true");
    let map = between(&page, "class=\"map\"", "</figure>");
    assert!(
        map.contains("Who&#39;s On First") || map.contains("Who's On First"),
        "{map}"
    );
    let gao = server.page(&link(map, "region=Mali%2FGao"));
    let facets = archive.json(&["facets", "drone", "--facet", "region"]);
    let counts = facets["facets"]["region"][0]["children"]
        .as_array()
        .expect("regions");
    let count = counts.iter().find(|one| one["value"] == "Mali/Gao").expect("Gao")["count"].as_u64();
    assert!(
        gao.contains(&format!("<b>{}</b> article", count.expect("a count"))),
        "{gao}"
    );
    assert!(
        map.contains(&format!("Gao: {}", count.expect("a count"))),
        "{map}"
    );
    assert!(
        !server.page("/?q=drone").contains("class=\"map\""),
        "only if it is asked for"
    );
    let split = server.page("/?q=drone&split=region:2&dated=event");
    assert!(
        split.contains("class=\"legend\"") && split.contains("bar t0"),
        "{split}"
    );
    assert!(link(&split, "event-since=2024-03").contains("event-until=2024-03"));
}

#[test]
fn values_are_found_and_counted_as_by_the_command_line() {
    let archive = many();
    let server = Server::start(&archive, &[]);
    let all = server.page("/values?facet=region&q=drone");
    assert!(all.contains(">Gao</a>") && all.contains(">Kidal</a>"), "{all}");
    let found = server.page("/values?facet=region&q=drone&find=kidal");
    assert!(
        found.contains(">Kidal</a>") && !found.contains(">Gao</a>"),
        "{found}"
    );
    // One that is chosen doesn't hide the others of its facet, and they count what they would find.
    let chosen = server.page("/values?facet=region&q=drone&region=Mali/Gao");
    let counts = archive.json(&["facets", "drone", "--facet", "region", "--region", "Gao"]);
    for value in counts["facets"]["region"][0]["children"]
        .as_array()
        .expect("regions")
    {
        let (name, count) = (value["value"].as_str().expect("a value"), &value["count"]);
        let label = name.rsplit('/').next().expect("a label");
        let row = between(&chosen, &format!(">{label}</a>"), "</div>");
        assert!(
            row.contains(&format!("<span class=\"count\">{count}")),
            "{name}: {row}"
        );
    }
    assert_eq!(server.get("/values?facet=nothing").status, 400);
}

#[test]
fn cells_of_a_table_lead_to_their_articles_and_shares_add_up() {
    let archive = many();
    let server = Server::start(&archive, &[]);
    let page = server.page("/pivot?q=drone&rows=region:2&cols=event_month");
    let cell = server.page(&link(&page, "region=Mali%2FGao&amp;event_month=2024-03"));
    let pivot = archive.json(&["pivot", "drone", "--rows", "region:2", "--cols", "event_month"]);
    let rows = pivot["rows"].as_array().expect("rows");
    let gao = rows.iter().find(|row| row["value"] == "Mali/Gao").expect("Gao");
    assert!(
        cell.contains(&format!("<b>{}</b> article", gao["counts"][0])),
        "{cell}"
    );
    let shares = server.page("/pivot?q=drone&rows=region:2&cols=event_month&share=row");
    assert!(shares.contains("100.0 %"), "{shares}");
    assert_eq!(server.get("/pivot?share=x").status, 400);
}

#[test]
fn a_dossier_has_the_articles_that_were_chosen() {
    let archive = archive();
    let server = Server::start(&archive, &[]);
    let found = server.page("/?q=drones");
    let key = between(&found, "name=\"article\" value=\"", "\"");
    let one = server.page(&format!("/dossier?q=drones&article={key}"));
    assert_eq!(one.matches("class=\"entry").count(), 1, "{one}");
    let all = server.page("/dossier?q=drones");
    assert_eq!(all.matches("class=\"entry").count(), 2, "{all}");
    assert!(
        all.contains("<mark>drones</mark>") || all.contains("<mark>Drones</mark>"),
        "{all}"
    );
    for (format, begins) in [("html", "<!DOCTYPE html"), ("md", "<!-- griot")] {
        let file = server.get(&format!("/dossier?q=drones&format={format}"));
        assert!(
            file.header("content-disposition").starts_with("attachment"),
            "{format}"
        );
        assert!(
            file.text().to_lowercase().starts_with(&begins.to_lowercase()),
            "{}",
            file.text()
        );
    }
    assert_eq!(&server.get("/dossier?q=drones&format=docx").bytes[..2], b"PK");
    assert_eq!(server.get("/dossier?article=!").status, 404);
    assert!(server.page("/dossier?q=zzzz").contains("No article is found."));
}

#[test]
fn two_searches_are_compared_by_what_both_find() {
    let archive = archive();
    let server = Server::start(&archive, &[]);
    // Drones: a, b; Gao: a.
    let page = server.page("/compare?q=drones&with=Gao");
    let part = |name: &str| {
        let at = page
            .split(&format!(">{name}</a>"))
            .nth(1)
            .unwrap_or_else(|| panic!("no {name}: {page}"));
        at.split("</span>").next().unwrap_or_default().to_string()
    };
    assert!(part("In both").contains("1 article"), "{}", part("In both"));
    assert!(part("Only in A").contains("1 article"));
    assert!(part("Only in B").contains("0 articles"));
    let both = server.page(&link(&page, "q=%28drones%29+AND+%28Gao%29"));
    assert!(both.contains("<b>1</b> article"), "{both}");
    // What can't stand in a parenthesis is not told wrongly.
    let odd = server.page("/compare?q=drones%29&with=%28Gao");
    assert!(odd.contains("<h1>Compare</h1>"), "{odd}");
    assert!(server.page("/compare?q=&with=Gao").contains("<h1>Compare</h1>"));
}

#[test]
fn each_line_of_a_list_is_searched() {
    let archive = archive();
    let server = Server::start(&archive, &[]);
    let path = "/batch?names=Kidal%0AGao%0D%0A%0Ap3%09Bamako+zzzz";
    let page = server.page(path);
    assert!(
        page.contains("2 of 3 are found") && page.contains("1 without any article"),
        "{page}"
    );
    let without = between(&page, "class=\"nothing\"", "</section>");
    assert!(
        without.contains("Bamako zzzz") && !without.contains("Kidal"),
        "{without}"
    );
    let csv = server.get(&format!("{path}&format=csv")).text();
    assert!(
        csv.contains("p3,Bamako zzzz,0") && csv.contains(",Kidal,1,2024-04-02,b.md"),
        "{csv}"
    );
    let long = format!("/batch?names={}", "a%0A".repeat(600));
    assert_eq!(server.get(&long).status, 400);
}

/// Sends a form as a page of this server does.
fn post(server: &Server, path: &str, body: &str) -> super::serve::Reply {
    server.send("POST", path, &["Sec-Fetch-Site: same-origin"], body)
}

#[test]
fn nothing_can_be_changed_unless_it_is_allowed() {
    let archive = archive();
    let server = Server::start(&archive, &[]);
    let article = link(&server.page("/?q=malienne"), "/article/");
    assert!(!server.page(&article).contains("<form id=\"decide\""));
    assert!(!server.page("/?q=drones").contains("method=\"post\""));
    assert_eq!(server.get("/?q=drones").header("referrer-policy"), "no-referrer");
    let refused = post(&server, &article, "do=reviewed");
    assert!(
        refused.status == 403 && refused.text().contains("--edit"),
        "{}",
        refused.text()
    );
    assert_eq!(post(&server, "/saved", "do=save&name=x").status, 403);
    assert!(archive.out(&["correct", "list"]).contains("nothing was decided"));
}

#[test]
fn what_is_decided_on_the_page_is_what_the_command_line_keeps() {
    let archive = archive();
    let server = Server::start(&archive, &["--edit", "--by", "Awa"]);
    let article = link(&server.page("/?q=malienne"), "/article/");
    assert!(server.page(&article).contains("<form id=\"decide\""));
    // Without it, browsers send forms over a network as if from nowhere.
    for page in ["/?q=drones", "/saved", article.as_str()] {
        assert_eq!(
            server.get(page).header("referrer-policy"),
            "same-origin",
            "{page}"
        );
    }
    let elsewhere = server.send("POST", &article, &["Sec-Fetch-Site: cross-site"], "do=reviewed");
    assert_eq!(elsewhere.status, 403);
    let elsewhere = server.send("POST", &article, &["Origin: https://evil.example"], "do=reviewed");
    assert_eq!(elsewhere.status, 403);
    let done = post(
        &server,
        &article,
        "do=correct&facet=region&act=set&value=Gao&note=vu+sur+place&by=",
    );
    assert!(
        done.status == 200 && done.text().contains("1 article changed"),
        "{}",
        done.text()
    );
    assert!(done.text().contains("back to the article"), "{}", done.text());
    let page = server.page(&article);
    assert!(
        page.contains("corrected") && page.contains("vu sur place") && page.contains("Awa"),
        "{page}"
    );
    let list = archive.json(&["correct", "list"]);
    let kept = &list["corrections"][0];
    assert_eq!(
        (&kept["id"], &kept["value"], &kept["by"]),
        (&"b.md".into(), &"Gao".into(), &"Awa".into())
    );
    assert_eq!(
        archive.json(&["search", "malienne", "--region", "Gao"])["total"],
        1
    );
    // Enter in a field of the form is its first button, which must not be one that takes a value away.
    assert!(
        page.contains("name=\"remove\"") && !page.contains("form=\"decide\""),
        "{page}"
    );
    assert_eq!(
        post(&server, &article, "do=zzz&facet=region&value=Kidal").status,
        400
    );
    // Marks, removal of a value, and the last decision taken back.
    assert_eq!(post(&server, &article, "do=reviewed&by=Issa").status, 200);
    assert_eq!(archive.json(&["search", "--mark", "reviewed"])["total"], 1);
    assert!(post(&server, &article, "do=undo").text().contains("withdrawn"));
    assert_eq!(archive.json(&["search", "--mark", "reviewed"])["total"], 0);
    assert_eq!(post(&server, &article, "remove=region%3DMali%2FGao").status, 200);
    assert_eq!(
        archive.json(&["search", "malienne", "--region", "Gao"])["total"],
        0
    );
    post(&server, &article, "do=excluded");
    assert!(server.page("/?q=malienne").contains("<b>0</b>"));
    post(&server, &article, "do=included");
    assert!(server.page("/?q=malienne").contains("<b>1</b>"));
    // While somebody else writes the index, nothing is decided, and it is said who does.
    let lock = std::fs::File::open(archive.index().join("LOCK")).expect("the lock");
    lock.lock().expect("locked");
    let busy = post(&server, &article, "do=reviewed");
    assert!(
        busy.status == 503 && busy.text().contains("is being written by"),
        "{}",
        busy.text()
    );
    drop(lock);
    assert_eq!(archive.json(&["search", "--mark", "reviewed"])["total"], 0);
    // What is wrong is said, and changes nothing.
    assert_eq!(
        post(&server, &article, "do=correct&facet=region&act=set&value=").status,
        400
    );
    assert_eq!(
        post(&server, &article, "do=correct&facet=nothing&act=set&value=x").status,
        400
    );
    assert_eq!(post(&server, "/article/bm90aGluZw", "do=reviewed").status, 404);
    let unknown = post(
        &server,
        &article,
        "do=correct&facet=region&act=add&value=Nulle-Part",
    );
    assert!(unknown.text().contains("no lexicon knows"), "{}", unknown.text());
}

#[test]
fn searches_are_saved_from_the_page() {
    let archive = archive();
    let server = Server::start(&archive, &["--edit"]);
    assert!(server.page("/?q=drones&region=Mali").contains("class=\"save\""));
    let saved = post(&server, "/saved?q=drones&region=Mali", "do=save&name=mes+drones");
    assert_eq!((saved.status, saved.header("location")), (303, "/saved"));
    assert_eq!(
        post(&server, "/saved?q=x", "do=save&name=mes+drones").status,
        400,
        "the name is taken"
    );
    assert!(archive.out(&["saved", "list"]).contains("mes drones"));
    assert!(
        server.page("/saved").contains("2 new"),
        "{}",
        server.page("/saved")
    );
    assert_eq!(post(&server, "/saved", "do=seen&name=mes+drones").status, 303);
    assert!(
        server.page("/saved").contains("0 new"),
        "{}",
        server.page("/saved")
    );
    assert_eq!(post(&server, "/saved", "do=forget&name=mes+drones").status, 303);
    assert_eq!(post(&server, "/saved", "do=forget&name=mes+drones").status, 400);
    assert_eq!(post(&server, "/saved", "do=save&name=").status, 400);
}

#[test]
fn no_page_is_too_heavy() {
    let archive = many();
    let server = Server::start(&archive, &[]);
    for path in [
        "/?q=drone&limit=10&map=true&facets=true&split=region:2",
        "/events",
        "/pivot",
        "/values?facet=region",
        "/compare?q=drone&with=Gao",
        "/batch?names=drone%0AGao",
    ] {
        let page = server.page(path);
        let files = ["/assets/style.css", "/assets/griot.js", "/assets/reader.js"];
        let all = page.len()
            + files
                .map(|file| server.get(file).bytes.len())
                .iter()
                .sum::<usize>();
        assert!(all < 150_000, "{path}: {all} bytes");
    }
}
