//! Groups of made-up reports.

use super::*;
use crate::date::{Edtf, PartialDate, UncertainDate};

/// A village, another spelling of it, two days of March 2024, and the numbers of dead of two reports.
const VILLAGES: [(&str, &str, [u8; 2], [u32; 2]); 20] = [
    ("Sobara", "Sobbara", [3, 5], [11, 3]),
    ("Tin-Adaw", "Tinadao", [4, 7], [14, 6]),
    ("Kouméla", "Koumela", [5, 8], [9, 2]),
    ("Boullaré", "Boulare", [6, 9], [21, 7]),
    ("Dianwélé", "Djanwele", [7, 10], [13, 4]),
    ("Markaboungo", "Markabungo", [8, 11], [17, 5]),
    ("Fourakani", "Furakani", [9, 12], [8, 2]),
    ("Gorguéni", "Gorgueny", [10, 13], [12, 3]),
    ("Sarékouma", "Sare Kouma", [11, 14], [26, 8]),
    ("Ouro-Mali-Diané", "Ouro Mali Diane", [12, 15], [7, 30]),
    ("Tassikénéwa", "Tassikenewa", [13, 16], [15, 4]),
    ("Baniéré", "Bagnere", [14, 16], [10, 40]),
    ("Kolongadji", "Kolongaji", [15, 18], [19, 6]),
    ("Nabalgou", "Nabbalgou", [16, 18], [6, 24]),
    ("Zoumbara", "Zoumbarra", [17, 20], [23, 7]),
    ("Yorokano", "Yorokanno", [18, 21], [16, 5]),
    ("Dougoussiré", "Dougousire", [19, 22], [31, 9]),
    ("Hamakoyra", "Hama Koira", [20, 23], [18, 4]),
    ("Petelwol", "Petel Wol", [21, 24], [25, 8]),
    ("Lélougou", "Lelougou", [22, 24], [20, 5]),
];

/// Ways to tell of two deeds; `@` is the place, `#` the number.
const TELLINGS: [[&str; 3]; 5] = [
    [
        "Des hommes à moto ont tué # habitants de @, où des greniers ont été incendiés avant l'aube.",
        "Au moins # villageois sont morts à @ dans l'assaut mené à moto ; les greniers ont brûlé.",
        "Un véhicule de commerçants a sauté sur une mine près de @ et # passagers ont péri.",
    ],
    [
        "L'embuscade tendue à un convoi de ravitaillement a coûté la vie à # chauffeurs à @.",
        "# chauffeurs du convoi de ravitaillement ont été abattus à @, d'après leur syndicat.",
        "Une frappe de drone sur le marché de @ a fait # victimes parmi les vendeuses de mil.",
    ],
    [
        "Le poste de gendarmerie de @ a été pris d'assaut, # gendarmes ont succombé.",
        "Bilan de l'assaut contre la gendarmerie de @ : # gendarmes tués, selon un officier.",
        "Des éleveurs ont été surpris au puits de @ ; # bergers ont été égorgés pour leurs troupeaux.",
    ],
    [
        "Pendant la prière, des assaillants ont ouvert le feu dans la mosquée de @ et tué # fidèles.",
        "La mosquée de @ visée pendant la prière : # fidèles ont perdu la vie.",
        "Une pirogue mitraillée au large de @, # piroguiers noyés ou abattus sur le fleuve.",
    ],
    [
        "Les orpailleurs du site de @ ont été attaqués à la tombée de la nuit, # corps ont été retrouvés.",
        "On compte # orpailleurs morts après l'attaque nocturne de leur site, à @.",
        "À @, l'explosion d'obus anciens dans une cour d'école a emporté # écoliers.",
    ],
];

fn day(number: u8) -> Edtf {
    UncertainDate::day(Some(2024), 3, number).into()
}

fn published(number: u8) -> Option<PartialDate> {
    PartialDate::new(2024, Some(3), Some(number as i8))
}

fn report(place: &str, date: Option<Edtf>, killed: u32, passage: &str) -> Report {
    Report {
        date,
        place: place.into(),
        region: "Mali/Mopti".into(),
        killed: Some(killed),
        passage: passage.into(),
        ..Report::default()
    }
}

/// A text, with the place and number of dead in it.
fn told(telling: &str, place: &str, killed: u32) -> String {
    telling.replace('@', place).replace('#', &killed.to_string())
}

/// Both reports of a page, each an article; gives their levels if they are in one group.
fn level(
    one: (&str, Option<Edtf>, u32, &str),
    other: (&str, Option<Edtf>, u32, &str),
    days: [u8; 2],
) -> Option<Level> {
    let mut grouper = Grouper::new();
    for (id, (place, date, killed, telling), day) in [("a.md", one, days[0]), ("b.md", other, days[1])] {
        let body = told(telling, place, killed);
        let article = Article {
            id,
            body: &body,
            published: published(day),
            ..Article::default()
        };
        grouper.add(&article, vec![report(place, date, killed, &body)]);
    }
    let groups = grouper
        .finish(&Weights::embedded().expect("griot's own"), &[])
        .groups;
    let first = groups.first()?;
    (groups.len() == 1).then(|| first.members.last().expect("two").level)
}

#[test]
fn two_attacks_on_one_village_in_one_week_are_two_events() {
    for (number, (village, _, days, killed)) in VILLAGES.into_iter().enumerate() {
        let [telling, _, other] = TELLINGS[number % TELLINGS.len()];
        let (one, two) = (
            (village, Some(day(days[0])), killed[0], telling),
            (village, Some(day(days[1])), killed[1], other),
        );
        assert_eq!(level(one, two, [days[0] + 1, days[1] + 1]), None, "{village}");
    }
}

#[test]
fn one_attack_with_two_tolls_and_two_spellings_is_one_event() {
    for (number, (village, spelling, days, killed)) in VILLAGES.into_iter().enumerate() {
        let [telling, other, _] = TELLINGS[number % TELLINGS.len()];
        let date = Some(day(days[0]));
        let (one, two) = (
            (village, date, killed[0].max(6), telling),
            (spelling, date, killed[0].max(6) + 2, other),
        );
        assert_eq!(
            level(one, two, [days[0], days[0] + 1]),
            Some(Level::Same),
            "{village} {spelling}"
        );
    }
}

/// Made-up articles, each with one report; `copies` of each.
fn archive(articles: usize, copies: usize) -> Vec<(String, String, Report, u8)> {
    let mut all = Vec::new();
    for number in 0..articles {
        let (village, ..) = VILLAGES[number % VILLAGES.len()];
        let place = format!("{village}{}", ["", " Nord", " Peul", " Dogon"][number / 20 % 4]);
        let killed = 3 + (number * 7 % 40) as u32;
        let body = told(TELLINGS[number % 5][number / 5 % 3], &place, killed);
        let year = 2010 + (number / 24 % 15) as i16;
        let date = UncertainDate::day(
            Some(year),
            1 + (number * 5 % 12) as u8,
            1 + (number * 11 % 28) as u8,
        );
        for copy in 0..copies {
            let report = report(&place, Some(date.into()), killed, &body);
            all.push((
                format!("{number}-{copy}.md"),
                body.clone(),
                report,
                1 + (copy % 28) as u8,
            ));
        }
    }
    all
}

fn grouped(archive: &[(String, String, Report, u8)], links: &[Link]) -> Groups {
    let mut grouper = Grouper::new();
    for (id, body, report, day) in archive {
        let article = Article {
            id,
            body,
            published: published(*day),
            ..Article::default()
        };
        grouper.add(&article, vec![report.clone()]);
    }
    grouper.finish(&Weights::embedded().expect("griot's own"), links)
}

/// The articles of each group, with the group's id.
fn shape(archive: &[(String, String, Report, u8)], groups: &Groups) -> Vec<(String, Vec<String>)> {
    let ids = |group: &Group| {
        group
            .members
            .iter()
            .map(|member| archive[member.report].0.clone())
            .collect()
    };
    let mut shape: Vec<_> = groups
        .groups
        .iter()
        .map(|group| (group.id.clone(), ids(group)))
        .collect();
    shape.sort();
    shape
}

#[test]
fn the_order_of_reports_changes_nothing_and_new_ones_leave_ids_alone() {
    let mut all = archive(60, 3);
    let before = shape(&all, &grouped(&all, &[]));
    assert!(before.iter().any(|(_, members)| members.len() == 3));
    for step in [7, 11, 37] {
        let count = all.len();
        all = (0..count).map(|at| all[at * step % count].clone()).collect();
        assert_eq!(shape(&all, &grouped(&all, &[])), before);
    }
    let known: Vec<String> = before.into_iter().map(|(id, _)| id).collect();
    let mut newer = archive(60, 4);
    newer
        .iter_mut()
        .filter(|(id, ..)| id.ends_with("-3.md"))
        .for_each(|article| article.3 = 28);
    let after = shape(&newer, &grouped(&newer, &[]));
    assert!(known.iter().all(|id| after.iter().any(|(other, _)| other == id)));
}

#[test]
fn ten_times_the_reports_are_about_ten_times_the_pairs() {
    let pairs = |articles| grouped(&archive(articles, 2), &[]).compared as f64;
    let (few, many) = (pairs(120), pairs(1200));
    assert!(many / few < 25.0, "{few} {many}");
}

#[test]
fn many_copies_of_one_report_are_one_event_and_few_pairs() {
    let all = archive(1, 600);
    let groups = grouped(&all, &[]);
    assert!(groups.compared < 600 * 60, "{}", groups.compared);
    assert_eq!(
        groups.groups.len(),
        1,
        "{:?}",
        groups.groups.iter().map(|g| g.members.len()).collect::<Vec<_>>()
    );
}

#[test]
fn what_people_decided_goes_before_the_weights() {
    let all = archive(2, 2);
    let sizes = |links: &[Link]| -> Vec<usize> {
        grouped(&all, links)
            .groups
            .iter()
            .map(|group| group.members.len())
            .collect()
    };
    assert_eq!(sizes(&[]), [2, 2]);
    assert_eq!(sizes(&[Link::Join(0, 2)]), [4]);
    assert_eq!(sizes(&[Link::Part(0, 1)]).len(), 3);
    assert_eq!(sizes(&[Link::Alone(3)]).len(), 3);
    // To part goes before to join.
    let groups = grouped(&all, &[Link::Join(0, 1), Link::Part(1, 0)]);
    assert_eq!((groups.groups.len(), &groups.unused[..]), (3, &[0][..]));
    let joined = grouped(&all, &[Link::Join(0, 2)]);
    let by_hand = |group: &Group| {
        group
            .members
            .iter()
            .any(|m| m.join.as_ref().is_some_and(|join| join.by_hand))
    };
    assert!(joined.groups.iter().any(by_hand));
    // What is alone may be joined by hand, and nothing comes along.
    assert_eq!(sizes(&[Link::Join(0, 2), Link::Alone(0)]), [2, 1, 1]);
    let nobody = [Link::Join(0, 9), Link::Part(1, 1), Link::Alone(9)];
    assert_eq!(grouped(&all, &nobody).unused, [0, 1, 2]);
}

#[test]
fn a_join_says_why() {
    let all = archive(1, 2);
    let groups = grouped(&all, &[]);
    let members = &groups.groups[0].members;
    assert!(members[0].join.is_none());
    let join = members[1].join.as_ref().expect("joined");
    assert!(join.score > 3.0 && join.with == members[0].report);
    let names: Vec<&str> = join.reasons.iter().map(|reason| reason.name).collect();
    assert!(
        names.contains(&"place:same") && names.contains(&"date:day equal"),
        "{names:?}"
    );
}

#[test]
fn an_area_and_a_place_in_it_told_with_one_toll_are_one_event() {
    let body = "Huit personnes ont été tuées à Sobara. L'attaque a fait huit morts dans la région de Mopti.";
    let in_area = |killed| Report {
        is_area: true,
        start: 40,
        ..report("Mopti", Some(day(3)), killed, body)
    };
    let place = || report("Sobara", Some(day(3)), 8, body);
    let other = "Huit habitants de Sobara sont morts dans l'attaque de leur village.";
    let sizes = |of_area: Report| -> Vec<usize> {
        let mut grouper = Grouper::new();
        for (id, body, reports) in [
            ("a.md", body, vec![place(), of_area]),
            ("b.md", other, vec![report("Sobara", Some(day(3)), 8, other)]),
        ] {
            let article = Article {
                id,
                body,
                published: published(4),
                ..Article::default()
            };
            grouper.add(&article, reports);
        }
        let groups = grouper.finish(&Weights::embedded().expect("griot's own"), &[]);
        groups.groups.iter().map(|group| group.members.len()).collect()
    };
    assert_eq!(sizes(in_area(8)), [3]);
    assert_eq!(sizes(in_area(3)).len(), 2, "another toll is another event");
}

#[test]
fn sides_that_agree_speak_for_one_event_and_others_against_it() {
    let score = |one: &[&str], other: &[&str]| {
        let paths = |names: &[&str]| names.iter().map(ToString::to_string).collect::<Vec<_>>();
        let mut grouper = Grouper::new();
        for (id, by) in [("a.md", one), ("b.md", other)] {
            let body = "Huit habitants de Sobara sont morts dans l'attaque de leur village.";
            let article = Article {
                id,
                body,
                published: published(4),
                ..Article::default()
            };
            let report = Report {
                by: paths(by),
                ..report("Sobara", Some(day(3)), 8, body)
            };
            grouper.add(&article, vec![report]);
        }
        let groups = grouper.finish(&Weights::embedded().expect("griot's own"), &[]);
        let join = groups.groups[0].members[1].join.clone();
        join.expect("one event, whoever did it").score
    };
    let (jnim, katiba, other) = (["J/Jnim"], ["J/Jnim/Katiba"], ["J/EIGS"]);
    let unsaid = score(&[], &jnim);
    assert!(score(&jnim, &jnim) > unsaid);
    assert!(score(&jnim, &katiba) > unsaid, "a part of it");
    assert!(score(&jnim, &other) < unsaid);
}
