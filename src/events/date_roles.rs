//! What the dates of a text are the dates of: events, statements, laws and births, the dispatch itself.

use super::calendar::{Page, resolve};
use super::dates::{Date, Kind, Role, find};
use super::pattern::patterns;
use super::sentences::sentence_at;
use super::text::Text;
use crate::date::PartialDate;

patterns! {
    DATELINE_BEFORE = r"^\s*<CAP>[\w' -]*(?:\([A-Z]+\))?[,:] *(?:le )?$";
    DATELINE_AFTER = r"^\s*(?:\([\w][\w /-]*\)|[.–—-]|:)";
    PUBLISHED = r"(?:publie|mis a jour|mise a jour|modifie|date)e? ?:? ?(?:le |du )?$";
    OF_A_PAPER = r"(?:accord|charte|loi|resolution|communique date|decret|nee?)(?: \w+)? (?:du|de|en|le) ?$|communique (?:date )?du ?$";
    SINCE = r"depuis (?:le |la |l'|debut |fin |l'ete )?$";
    DEADLINE = r"(?:jusqu'(?:a|en|au)|d'ici(?: a)?|prevue? (?:le|en|pour)|avant) (?:le |la |fin )?$";
    SAID_BEFORE = r"(?:annonc\w+|indiqu\w+|declar\w+|affirm\w+|rapport\w+|dit|confirm\w+|revendiqu\w+|interrog\w+|appren\w+|appris|assur\w+|publi\w+|communique(?: publie)?|fait part(?: a \w+(?: \w+)?)?|fait savoir|precis\w+|explique\w*|ecri\w+|revel\w+)(?:-t-(?:il|elle|on))?(?: a l'afp| a rfi| aussi)? (?:le |ce |en |dans un communique )?$";
    SPEAKER_AFTER = r"^(?: soir| matin)?,? (?:le colonel|le general|le ministre|le porte-parole|un porte-parole|le capitaine)[^.;]{0,60}(?:fait part|annonce|declare|indique|affirme|dit)";
    ANNOUNCED_AFTER = r"^,? (?:le|la|l'|un|une) [^,.;]{0,60} (?:a |ont |s'est )?(?:fait part|annonce|declare)";
}

/// The dates of a text with their roles and meanings, and the day of the page.
pub(super) fn read(
    text: &Text,
    sentences: &[(usize, usize)],
    published: Option<PartialDate>,
) -> (Vec<Date>, Page) {
    let mut dates = find(text);
    let dateline = mark_dateline(&mut dates, text);
    for date in &mut dates {
        if date.is_event() {
            date.role = role_by_words_before(date, text);
        }
    }
    let page = Page::new(published, dateline.as_ref());
    resolve(&mut dates, text, &page);
    for date in &mut dates {
        if date.is_event() && is_of_a_statement(date, text) {
            date.role = Role::Speech;
        }
    }
    lend_days(&mut dates, sentences);
    (dates, page)
}

/// The date of the dispatch: "NIONO, 19 octobre (AMAP)", "France 24, 26/04/2024."; and of publication.
fn mark_dateline(dates: &mut [Date], text: &Text) -> Option<Date> {
    let mut found = None;
    for date in dates.iter_mut().take(2) {
        let before = text.written(0, date.from);
        let opens = date.from < 60
            && date.kind == Kind::Day
            && DATELINE_BEFORE.is_in(before)
            && before
                .split(u8::is_ascii_whitespace)
                .filter(|w| !w.is_empty())
                .count()
                <= 4
            && DATELINE_AFTER.is_in(text.written(date.to, date.to + 25));
        if opens {
            date.role = Role::Dateline;
            found = Some(date.clone());
        }
        if PUBLISHED.is_in(text.before(date.from, 30)) {
            date.role = Role::Dateline;
        }
    }
    found
}

fn role_by_words_before(date: &Date, text: &Text) -> Role {
    let before = text.before(date.from, 30);
    let begins_since = text.folded(date.from, date.to).starts_with(b"depuis");
    if date.kind == Kind::SinceLength || begins_since {
        Role::Since
    } else if OF_A_PAPER.is_in(before) {
        Role::Other
    } else if SINCE.is_in(before) {
        Role::Since
    } else if DEADLINE.is_in(before) {
        Role::Other
    } else {
        Role::Event
    }
}

/// Whether it is the day on which something was said: "a annoncé lundi", "Lundi, le porte-parole a déclaré".
fn is_of_a_statement(date: &Date, text: &Text) -> bool {
    let is_day = matches!(date.kind, Kind::Day | Kind::Weekday);
    SAID_BEFORE.is_in(text.before(date.from, 40))
        || date.kind == Kind::Weekday && SPEAKER_AFTER.is_in(text.after(date.to, 120))
        || is_day && date.from < 200 && ANNOUNCED_AFTER.is_in(text.after(date.to, 100))
}

/// "hier", without a day of the page: the day of what is said in the same sentence.
fn lend_days(dates: &mut [Date], sentences: &[(usize, usize)]) {
    for at in 0..dates.len() {
        let is_open = matches!(dates[at].kind, Kind::Today | Kind::Yesterday) && dates[at].edtf.is_none();
        if !is_open {
            continue;
        }
        let sentence = sentence_at(sentences, dates[at].from);
        let said = dates.iter().find(|date| {
            date.role == Role::Speech
                && date.edtf.is_some_and(|e| e.is_day())
                && sentence_at(sentences, date.from) == sentence
        });
        if let Some(edtf) = said.and_then(|date| date.edtf) {
            dates[at].edtf = Some(edtf);
        }
    }
}

/// Where dates begin that lie in a part of the text.
pub(super) fn dates_in(dates: &[Date], (from, to): (usize, usize)) -> &[Date] {
    let first = dates.partition_point(|date| date.from < from);
    let past = dates.partition_point(|date| date.from < to);
    dates.get(first..past.max(first)).unwrap_or_default()
}

/// Whether two spans overlap, of which the second belongs to a date.
pub(super) fn is_in_a_date(dates: &[Date], from: usize, to: usize) -> bool {
    let past = dates.partition_point(|date| date.from < to);
    past > 0 && dates[past - 1].to > from
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::events::sentences::sentences;

    fn dates(text: &str, published: &str) -> Vec<(Role, String)> {
        let text = Text::new(text, 0);
        let (dates, _) = read(&text, &sentences(&text), published.parse().ok());
        let shown = |date: &Date| date.edtf.map_or("-".into(), |edtf| edtf.to_string());
        dates.iter().map(|date| (date.role, shown(date))).collect()
    }

    #[test]
    fn dates_mean_days() {
        for (text, published, expected) in [
            ("Attaque dimanche à Djibo.", "2024-03-20", "2024-03-17"),
            ("Attaque dimanche à Djibo.", "2024-03", "2024-03"),
            ("Attaque dimanche à Djibo.", "", "-"),
            (
                "dans la nuit de samedi à dimanche",
                "2024-03-20",
                "2024-03-16/2024-03-17",
            ),
            ("Attaque le 19 mai.", "", "XXXX-05-19"),
            ("Attaque le 19 mai.", "2024-03-20", "2023-05-19"),
            ("entre le 28 mai et le 1er juin 2022", "", "2022-05-28/2022-06-01"),
            ("la nuit du 31 décembre 2021", "", "2021-12-31/2022-01-01"),
            ("Trois jours plus tôt, attaque", "2024-03-20", "2024-03-17"),
            (
                "Elle survient trois jours après la mort",
                "2024-03-20",
                "2024-03-17",
            ),
            ("Au lendemain de l'attaque, le calme", "2024-03-20", "2024-03-19"),
            (
                "Des sanctions deux jours après le putsch du 18 août",
                "2020-09-22",
                "2020-08-20",
            ),
        ] {
            assert_eq!(dates(text, published)[0].1, expected, "{text}");
        }
    }

    #[test]
    fn dates_have_roles() {
        assert_eq!(dates("L'armée a annoncé lundi.", "")[0].0, Role::Speech);
        assert_eq!(dates("La loi du 3 mai 2019.", "")[0].0, Role::Other);
        assert_eq!(dates("Depuis 2012, le pays", "")[0].0, Role::Since);
        assert_eq!(
            dates("NIONO, 19 octobre (AMAP) Une attaque", "")[0].0,
            Role::Dateline
        );
        assert_eq!(dates("Date : 14/05/2025\nUne attaque", "")[0].0, Role::Dateline);
    }

    #[test]
    fn a_day_told_twice_takes_the_year_that_is_known() {
        let far = "Il y a eu des combats. ".repeat(30);
        let found = dates(
            &format!("Le 2 octobre 2025, attaque. {far} Onze jours plus tard, « le 13 octobre »."),
            "",
        );
        assert_eq!(found[2].1, "2025-10-13");
    }

    #[test]
    fn a_weekday_takes_the_day_of_a_dated_one() {
        let found = dates("Samedi, attaque. Le dimanche 19 novembre 2023, une autre.", "");
        assert_eq!(found[0].1, "2023-11-18");
    }
}
