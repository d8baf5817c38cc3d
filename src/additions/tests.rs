//! Tables of additions, and what lexicons become with them.

use super::*;

fn place() -> Addition {
    Addition {
        kind: "village".into(),
        parent: "Mali/Ménaka/Inékar".into(),
        aliases: vec!["In-Ékar Ouest".into(), "Inekar West".into()],
        lat: "15.9".into(),
        lon: "3.1".into(),
        note: "vu\tsur place".into(),
        ..Addition::new(What::Place, " Inékar-Ouest ")
    }
}

#[test]
fn what_is_written_is_read_again() {
    let actor = Addition {
        parent: "Groupes".into(),
        exact: vec!["\"FLA\" \\".into()],
        ..Addition::new(What::Actor, "Front")
    };
    let all = vec![place(), actor];
    let back = read(&table(&all)).expect("a table");
    assert_eq!(back[1], all[1]);
    assert_eq!(
        (&back[0].aliases, back[0].note.as_str()),
        (&all[0].aliases, "vu sur place")
    );
    assert!(is_table(table(&all).as_bytes()) && !is_table(b"a\tb\n"));
}

#[test]
fn tables_of_spreadsheets_are_read() {
    let parsed = parse("what;name;kind;parent;lat\nlieu;Tin Akof;village;Mali/Gao;16,5\nville;x;;;\n");
    assert_eq!(parsed.rows[0].1.lat, "16.5");
    assert_eq!(
        parsed.faults,
        [(3, "“ville” can't be added; write place or actor".to_string())]
    );
    assert_eq!(parse("a,b\n1,2\n").faults[0].0, 1);
}

#[test]
fn entries_are_lines_of_their_lexicons() {
    let head = "name\tkind\tparent\nInékar\tcercle\tMali/Ménaka";
    let text = merged(PLACES, head, &table(&[place()])).expect("merged");
    assert!(
        text.ends_with(
            "\nInékar-Ouest\tvillage\tMali/Ménaka/Inékar\tIn-Ékar Ouest;Inekar West\t\t15.9\t3.1\t\t\n"
        ),
        "{text}"
    );
    assert_eq!(
        merged(ACTORS, "x = 1", &table(&[place()])).expect("merged"),
        "x = 1\n"
    );
    // A place that is known gets the spellings.
    let known = format!("{head}\nInékar-Ouest\tvillage\tMali/Ménaka/Inékar\tIn-Ekar\n");
    let text = merged(PLACES, &known, &table(&[place()])).expect("merged");
    assert_eq!(
        text.trim_start_matches(head).trim_start(),
        "Inékar-Ouest\tvillage\tMali/Ménaka/Inékar\tIn-Ekar;In-Ékar Ouest;Inekar West\t\n"
    );
}

#[test]
fn an_actor_that_is_known_gets_spellings() {
    let lexicon = "[[value]]\nname = \"Front\"\n";
    let more = Addition {
        aliases: vec!["Le Front".into()],
        exact: vec!["LF".into()],
        role: "armée".into(),
        ..Addition::new(What::Actor, "Front")
    };
    let text = merged(ACTORS, lexicon, &table(&[more])).expect("merged");
    assert_eq!(
        text.trim_start_matches(lexicon),
        "\n[[spellings]]\nname = \"Front\"\nsearch = [\"Le Front\"]\nexact = [\"LF\"]\n"
    );
}

#[test]
fn what_is_said_later_is_added() {
    let mut known = place();
    known.merge(Addition {
        aliases: vec!["Inekar West".into(), "Ynékar".into()],
        lat: "16".into(),
        by: "Awa".into(),
        ..Addition::new(What::Place, "Inékar-Ouest")
    });
    let expected = Addition {
        aliases: ["In-Ékar Ouest", "Inekar West", "Ynékar"]
            .map(String::from)
            .to_vec(),
        lat: "16".into(),
        by: "Awa".into(),
        ..place()
    };
    assert_eq!(known, expected);
}

/// Lexicons of later griots may have what was added, and lack what it lies in.
#[test]
fn what_does_not_fit_a_later_lexicon_is_left_out() {
    let actors = "[[role]]\nname = \"armée\"\n[[value]]\nname = \"Front\"\n";
    let in_front = Addition {
        parent: "Front".into(),
        ..Addition::new(What::Actor, "Aile")
    };
    let lost = Addition {
        parent: "Ligue".into(),
        ..Addition::new(What::Actor, "Branche")
    };
    let all = table(&[Addition::new(What::Actor, "Front"), in_front, lost, place()]);
    let text = merged(ACTORS, actors, &all).expect("merged");
    assert_eq!(text.matches("[[value]]").count(), 2, "{text}");
    assert!(text.contains("name = \"Aile\"\nparent = \"Front\""), "{text}");
    assert_eq!(misfits(ACTORS, actors, &all).expect("read"), ["Branche"]);
    assert_eq!(
        misfits(PLACES, "Mali\tcountry\t\n", &all).expect("read"),
        ["Inékar-Ouest"]
    );
    assert_eq!(
        merged(PLACES, "Mali\tcountry\t\n", &all).expect("merged"),
        "Mali\tcountry\t\n"
    );
}
