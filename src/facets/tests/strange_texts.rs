//! Texts that nobody writes cost no more than their length, and panic nowhere.

use super::*;

#[test]
fn strange_texts_cost_no_more_than_their_length() {
    let one = "Le 3 mai 2024, l'armée est à Gao et 31 février à San, Boura et Kita. ";
    for text in [
        one.repeat(3000),
        "3 ".repeat(60_000),
        "Gao ".repeat(60_000),
        "Nara Japon malien Moura. ".repeat(20_000),
        "Nara japonais Boura EI malien ".repeat(20_000),
        "mars ".repeat(60_000),
        "(((".repeat(50_000),
        "1,".repeat(60_000),
    ] {
        let (found, took) = timed(&text);
        assert!(found.notes.len() < 100 && found.values.iter().all(|v| v.evidence.len() <= MOST_EVIDENCE));
        // Generous: a quadratic walk takes minutes.
        assert!(took.as_secs() < 20, "{took:?} for {:?}…", &text[..20]);
    }
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(300))]
    #[test]
    fn nothing_panics_and_spans_fit(
        title in "\\PC{0,30}",
        parts in proptest::collection::vec(
            "\\PC{0,6}|Gao|Bamako|San|Boura|l'armée|EI|Daech|hier|la veille|mars|31|1er|2024|du|au|et|lundi|-|/|, |\\. |\\(|\\)|région de|à 30 km de|avait|été|junte|Al-Qaïda|FAMa|malien|[0-9]{1,9}|\n",
            0..40,
        ),
        published in "|2024|2024-07|2024-07-03|1000-01-01|2999-12-31",
        glue in " |",
    ) {
        let body = crate::french::normalize(&parts.join(&glue)).into_owned();
        let title = crate::french::normalize(&title).into_owned();
        let found = derived_with(&BUILT, &title, &body, &published);
        for evidence in found.values.iter().flat_map(|v| &v.evidence) {
            let text = match evidence.part { Part::Title => &title, Part::Body => &body, Part::Metadata => "" };
            proptest::prop_assert!(text.get(evidence.start..evidence.end).is_some());
        }
        for value in &found.values {
            proptest::prop_assert!(!value.path.is_empty() && !value.evidence.is_empty());
        }
    }

    #[test]
    fn nothing_typed_is_too_strange(typed in "\\PC{0,30}") {
        for facet in ["region", "actor", "month", "event_month"] {
            let _ = BUILT.1.resolve(facet, &typed);
        }
    }
}

/// Derives from `text` and gives how long that took.
fn timed(text: &str) -> (Derived, std::time::Duration) {
    let (french, facets) = &*BUILT;
    french.numbered("", text, |words| {
        let document = Document {
            title: "",
            body: text,
            words,
            published: None,
            url: None,
            file_name: None,
        };
        let began = std::time::Instant::now();
        let found = facets.derive(&document, &BTreeSet::new());
        (found, began.elapsed())
    })
}

/// A line of `bytes` bytes with places, actors, dates and numbers, and no end of a sentence.
fn one_line(bytes: usize) -> String {
    let part = "le 3 mai 2024 l'armée malienne a quitté Gao, Ansongo et la région de Mopti, selon Moussa Ag Inzorblat et le GSIM ; 12/13 ";
    part.repeat(bytes / part.len() + 1)
}

#[test]
fn a_hundred_thousand_dates_take_linear_time() {
    let dates = |count: usize| {
        (0..count).fold(String::new(), |text, n| {
            text + &format!("Le {} mai {}, rien. ", n % 33, 1990 + n % 40)
        })
    };
    let (found, small) = timed(&dates(12_500));
    assert!(found.notes.len() < 100, "{} notes", found.notes.len());
    let (_, large) = timed(&dates(100_000));
    // Eight times the text may take eight times as long; a quadratic walk takes sixty-four.
    assert!(
        large < small * 24 + std::time::Duration::from_millis(500),
        "{small:?}, then {large:?}"
    );
}

#[test]
fn a_long_line_takes_linear_time() {
    let (_, small) = timed(&one_line(250_000));
    let (found, large) = timed(&one_line(2_000_000));
    assert!(paths(&found, "region").contains("Mali/Gao"), "{found:?}");
    assert!(
        large < small * 24 + std::time::Duration::from_millis(500),
        "{small:?}, then {large:?}"
    );
}

/// `cargo test --release --lib facets -- --ignored`
#[test]
#[ignore = "50 MB: some ten seconds and a gigabyte, in a release build"]
fn fifty_megabytes_in_one_line() {
    let (found, took) = timed(&one_line(50_000_000));
    assert!(paths(&found, "actor").contains("Groupes jihadistes/Jnim"));
    assert!(took.as_secs() < 60, "{took:?}");
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(40))]
    /// Any text at all, also of characters that no article has.
    #[test]
    fn any_text_is_read(title in proptest::string::string_regex("(?s).{0,80}").expect("good"), body in "(?s).{0,600}", published in "\\PC{0,12}") {
        let title = crate::french::normalize(&title).into_owned();
        let body = crate::french::normalize(&body).into_owned();
        let found = derived_with(&BUILT, &title, &body, &published);
        proptest::prop_assert!(found.values.iter().all(|v| !v.evidence.is_empty()));
        BUILT.0.numbered(&title, &body, |words| {
            let document = Document {
                title: &title,
                body: &body,
                words,
                published: None,
                url: Some(&body),
                file_name: Some(&title),
            };
            let _ = BUILT.1.contradictions(&document, &found.values);
        });
    }
}
