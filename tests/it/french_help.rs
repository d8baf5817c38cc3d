//! Help and usage errors in French, as the locale or `--ui-lang` asks for them.

use crate::common::command;

/// What a call prints on standard output and standard error, with ordinary spaces and apostrophes, and its exit code.
fn said(locale: &str, args: &[&str]) -> (String, String, Option<i32>) {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let output = command(dir.path())
        .env("LC_ALL", locale)
        .env("COLUMNS", "100")
        .args(args)
        .output()
        .expect("griot runs");
    let text = |bytes: &[u8]| {
        String::from_utf8_lossy(bytes)
            .replace(['\u{a0}', '\u{202f}'], " ")
            .replace('’', "'")
    };
    (text(&output.stdout), text(&output.stderr), output.status.code())
}

#[test]
fn help_is_in_the_language_of_the_locale() {
    for (args, french, english) in [
        (
            &["--help"][..],
            "\nRechercher :\n  search         Rechercher",
            "\nSearch:\n  search ",
        ),
        (
            &["search", "--help"],
            "\nUtilisation : griot search [OPTIONS] [REQUÊTE]...\n\nArguments :\n",
            "\nUsage: griot search [OPTIONS] [QUERY]...\n",
        ),
        (&["search", "-h"], "[défaut : 10]", "[default: 10]"),
        (&["help", "index"], "\nFichiers lus :\n", "\nWhat is read:\n"),
        (
            &["saved", "-h"],
            "\nCommandes :\n  add     Enregistrer une recherche sous un nom\n",
            "\nCommands:\n  add ",
        ),
        (
            &["help", "saved", "run"],
            "Utilisation : griot saved run [OPTIONS] [NOM]\n",
            "Usage: griot saved run [OPTIONS] [NAME]\n",
        ),
        (
            &["completions", "-h"],
            "[valeurs possibles : bash, elvish, fish",
            "[possible values: bash, elvish, fish",
        ),
        (
            &["help", "help"],
            "Utilisation : griot help [COMMANDE]...\n",
            "Usage: griot help [COMMAND]...\n",
        ),
    ] {
        let (out, _, code) = said("fr_FR.UTF-8", args);
        assert!(out.contains(french) && code == Some(0), "{args:?}:\n{out}");
        assert!(
            !out.contains("Usage") && !out.contains("default"),
            "{args:?}:\n{out}"
        );
        let (out, _, code) = said("C", args);
        assert!(out.contains(english) && code == Some(0), "{args:?}:\n{out}");
    }
    let (out, ..) = said("C", &["--ui-lang", "fr", "facets", "-h"]);
    assert!(out.starts_with("Compter les valeurs de chaque facette"), "{out}");
}

#[test]
fn wrong_calls_are_explained_in_the_language_of_the_locale() {
    let (_, error, code) = said("fr_FR.UTF-8", &["search", "--regoin", "Gao"]);
    assert!(
        error.starts_with("erreur : argument « --regoin » inconnu\n\n  conseil : ") && code == Some(2),
        "{error}"
    );
    assert!(error.contains("\n\nUtilisation : griot search "), "{error}");
    // What griot itself finds wrong.
    let (_, error, code) = said("fr_FR.UTF-8", &["show", "-o", "a.csv", "a"]);
    assert!(
        error.starts_with("erreur : a.csv : ") && code == Some(2),
        "{error}"
    );
    assert!(
        error.ends_with("\nPour en savoir plus, essayez « --help ».\n") && !error.contains("Usage"),
        "{error}"
    );
    // No command at all.
    let (_, error, code) = said("fr_FR.UTF-8", &[]);
    assert!(
        error.contains("\nUtilisation : griot") && code == Some(2),
        "{error}"
    );
    let (_, error, _) = said("C", &["search", "--regoin", "Gao"]);
    assert!(
        error.starts_with("error: unexpected argument '--regoin' found\n"),
        "{error}"
    );
}

#[test]
fn programs_are_told_in_english() {
    let (out, error, code) = said("fr_FR.UTF-8", &["search", "--format", "json", "--regoin", "Gao"]);
    assert!(
        out.contains("\"message\":\"error: unexpected argument") && code == Some(2),
        "{out}"
    );
    assert!(error.starts_with("erreur : "), "{error}");
}
