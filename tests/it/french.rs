//! griot speaks French where the locale or `--ui-lang` asks for it; what programs read stays as it is.

use crate::common::{Archive, command, text};
use std::path::Path;
use std::process::Output;

/// Runs griot with these variables set, whatever the machine has.
fn run(dir: &Path, variables: &[(&str, &str)], args: &[&str]) -> Output {
    let mut command = command(dir);
    for name in ["LC_ALL", "LC_MESSAGES", "LANG"] {
        command.env_remove(name);
    }
    command
        .envs(variables.iter().copied())
        .env("GRIOT_INDEX", dir.join("corpus/.griot"))
        .args(args)
        .output()
        .expect("griot runs")
}

const FRENCH: [(&str, &str); 1] = [("LC_ALL", "fr_FR.UTF-8")];
const ENGLISH: [(&str, &str); 1] = [("LC_ALL", "C")];

fn in_french(archive: &Archive, args: &[&str]) -> String {
    text(&run(archive.dir.path(), &FRENCH, args))
}

/// An archive with a fault of each kind.
fn archive() -> Archive {
    let archive = Archive::small();
    archive.write(
        "d.jsonl",
        "{\"id\":\"d1\",\"text\":\"Un drone à Gao.\"}\n{\"id\":",
    );
    archive.write("e.doc", "autre chose");
    archive.write("f.md", "---\ndate: bientôt\n---\nUn texte sans date.");
    archive
}

#[test]
fn runs_and_answers_are_in_french() {
    let archive = archive();
    let indexed = in_french(&archive, &["index", "corpus"]);
    for wanted in [
        "articles : nouveaux 6, modifiés 0, inchangés 0, retirés 0",
        "fichiers : vus 5",
        "1 JSON fautif",
        "sauté\u{a0}: ",
        "l’enregistrement doit finir sur la ligne où il commence",
        "l’article est indexé sans date",
        "1 .doc (enregistrer en .docx)",
    ] {
        let indexed = indexed
            .replace("\u{a0}: nouveaux", " : nouveaux")
            .replace("\u{a0}: vus", " : vus");
        assert!(indexed.contains(wanted), "{wanted}: {indexed}");
    }
    let found = in_french(&archive, &["search", "drones Gao"]);
    assert!(found.contains("articles, 1 à 2 affichés ("), "{found}");
    assert!(
        found.contains("(aucune)") && found.contains("sans date"),
        "{found}"
    );
    let nothing = in_french(&archive, &["search", "girafe", "--region", "Gao"]);
    assert!(
        nothing.contains("0 article (") && nothing.contains("condition"),
        "{nothing}"
    );
    let noted = in_french(&archive, &["search", "Gao OU"]);
    assert!(
        noted.contains("a été lu comme un mot\u{a0}: un opérateur"),
        "{noted}"
    );
    let shown = in_french(&archive, &["show", "a.txt"]);
    assert!(
        shown.contains("fichier /") && shown.contains("(déduit du texte)"),
        "{shown}"
    );
    let held = in_french(&archive, &["stats"]);
    assert!(held.contains("segments)") && held.contains("Mo,"), "{held}");
    let checked = in_french(&archive, &["check"]);
    assert!(checked.contains("rien à signaler"), "{checked}");
}

#[test]
fn errors_are_in_french_with_the_same_codes() {
    let archive = archive();
    archive.index();
    for (args, wanted) in [
        (
            ["show", "rien"].as_slice(),
            "aucun article n’a l’identifiant «\u{a0}rien\u{a0}»",
        ),
        (&["search", "x", "--since", "demain-ish"], "ce n’est pas une date"),
        (&["facets", "--facet", "couleur"], "aucune facette ne s’appelle"),
        (&["index", "absent"], "ni fichier ni dossier de ce nom"),
        (&["batch", "absent.txt"], "aucun fichier ni dossier de ce nom"),
        (
            &["saved", "run", "rien"],
            "aucune recherche enregistrée ne s’appelle",
        ),
        (&["search", "x", "--index", "ailleurs"], "pas d’index ici"),
        (
            &["search", "x", "--page", "0"],
            "erreur\u{a0}: valeur «\u{a0}0\u{a0}» non valable pour «\u{a0}--page <N>\u{a0}»\u{a0}: écrire un nombre à partir de 1",
        ),
        (
            &["search", "x", "--pagee", "0"],
            "conseil\u{a0}: il existe un argument semblable",
        ),
        (&["serch", "x"], "commande «\u{a0}serch\u{a0}» inconnue"),
        (&["show"], "les arguments requis suivants n’ont pas été donnés"),
        (&["index", "--threads", "x"], "ce n’est pas un nombre entier"),
        (
            &["search", "-o", "a.svg", "x"],
            "cette commande n’écrit pas de .svg",
        ),
    ] {
        let (french, english) = (
            run(archive.dir.path(), &FRENCH, args),
            run(archive.dir.path(), &ENGLISH, args),
        );
        assert!(text(&french).contains(wanted), "{args:?}: {}", text(&french));
        assert!(!text(&english).contains(wanted), "{args:?}: {}", text(&english));
        assert_eq!(french.status.code(), english.status.code(), "{args:?}");
        let json = [args, &["--format", "json"]].concat();
        let [french, english] = [&FRENCH, &ENGLISH].map(|locale| run(archive.dir.path(), locale, &json));
        assert_eq!(french.stdout, english.stdout, "{args:?}");
    }
}

#[test]
fn what_programs_read_is_the_same_in_both_languages() {
    let archive = archive();
    archive.index();
    let without_time = |output: Output| {
        let out = String::from_utf8_lossy(&output.stdout).into_owned();
        let timed = out.split_once("\"took_ms\":").map(|(before, after)| {
            let after =
                after.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | 'e' | '-'));
            format!("{before}{after}")
        });
        timed.unwrap_or(out)
    };
    for args in [
        ["search", "drone OU", "--format", "json"].as_slice(),
        &["search", "girafe", "--region", "Gaoo", "--format", "json"],
        &["search", "drone", "--format", "csv"],
        &["search", "drone", "--format", "csv", "--csv-excel"],
        &["facets", "--format", "json"],
        &["terms", "drone", "--format", "csv"],
        &["pivot", "--format", "csv"],
        &["timeline", "--format", "csv"],
        &["show", "a.txt", "--format", "json"],
        &["cite", "a.txt", "--query", "drones", "--format", "json"],
        &["export", "--format", "csv"],
        &["events", "--format", "jsonl"],
        &["stats", "--format", "json"],
        &["check", "--format", "json"],
        &["analyze", "otages", "--format", "json"],
        &["index", "--dry-run", "--format", "json"],
    ] {
        let [french, english] = [&FRENCH, &ENGLISH].map(|locale| run(archive.dir.path(), locale, args));
        assert_eq!(french.status.code(), english.status.code(), "{args:?}");
        let (french, english) = (without_time(french), without_time(english));
        assert!(!english.is_empty(), "{args:?}");
        assert_eq!(french, english, "{args:?}");
    }
}

#[test]
fn the_option_goes_before_the_variables_and_these_before_the_locale() {
    let archive = Archive::small();
    archive.index();
    let is_french = |variables: &[(&str, &str)], args: &[&str]| {
        let output = run(
            archive.dir.path(),
            variables,
            &[&["search", "drones"], args].concat(),
        );
        assert!(output.status.success(), "{}", text(&output));
        text(&output).contains("affichés")
    };
    assert!(!is_french(&[], &[]));
    assert!(is_french(&[("LANG", "fr_FR.UTF-8")], &[]));
    assert!(is_french(&[("LANG", "C"), ("LC_MESSAGES", "fr_ML")], &[]));
    assert!(!is_french(&[("LC_ALL", "C"), ("LC_MESSAGES", "fr_ML")], &[]));
    assert!(is_french(&[("GRIOT_LANG", "fr"), ("LC_ALL", "C")], &[]));
    assert!(!is_french(&[("GRIOT_LANG", "en"), ("LC_ALL", "fr_FR")], &[]));
    assert!(is_french(&[("GRIOT_LANG", "en")], &["--ui-lang", "fr"]));
    assert!(!is_french(&[("LC_ALL", "fr_FR")], &["--ui-lang=en"]));
    // --lang stays a filter.
    let filtered = run(archive.dir.path(), &[], &["search", "drones", "--lang", "fr"]);
    assert!(!text(&filtered).contains("affichés"), "{}", text(&filtered));
    let unknown = run(archive.dir.path(), &[], &["search", "x", "--ui-lang", "de"]);
    assert_eq!(unknown.status.code(), Some(2), "{}", text(&unknown));
}
