//! What is wrong with a call, in French: clap's errors said anew from what they are made of, with the texts of
//! `messages/fr/usage.ftl`.

use clap::Command;
use clap::builder::{StyledStr, Styles};
use clap::error::{ContextKind, ContextValue, Error, ErrorFormatter, ErrorKind};
use griot::messages::{Arg, help_in_french, localized};
use std::error::Error as _;
use std::fmt::Write;

/// Says what is wrong with a call.
pub struct InFrench;

/// An error of a command line that was parsed by its definition in French.
pub fn in_french(error: clap::Error, command: &Command) -> Error<InFrench> {
    // What griot itself finds wrong has its message in English already, and as this.
    if error.get(ContextKind::Custom).is_none() {
        return error.apply();
    }
    let mut anew = Error::new(error.kind()).with_cmd(command);
    for (kind, value) in error.context() {
        anew.insert(kind, value.clone());
    }
    anew
}

/// Why a value is refused, as clap and Rust say it.
const REASONS: [(&str, &str); 4] = [
    ("invalid digit found in string", "usage-why-no-number"),
    ("cannot parse integer from empty string", "usage-why-no-number"),
    ("number too large to fit in target type", "usage-why-too-large"),
    ("number too small to fit in target type", "usage-why-too-small"),
];

fn say(key: &str, args: &[(&'static str, Arg)]) -> String {
    help_in_french(key, args).unwrap_or_else(|| key.to_string())
}

impl ErrorFormatter for InFrench {
    fn format_error(error: &Error<Self>) -> StyledStr {
        let styles = Styles::styled();
        let (wrong, valid, literal) = (styles.get_error(), styles.get_valid(), styles.get_literal());
        let mut text = format!(
            "{wrong}{}{wrong:#} {}",
            say("usage-error", &[]),
            Wrong {
                error,
                styles: &styles
            }
            .said()
        );
        let tips = tips(error, &styles);
        if !tips.is_empty() {
            text.push('\n');
        }
        for tip in tips {
            let _ = write!(text, "\n  {valid}{}{valid:#} {tip}", say("usage-tip", &[]));
        }
        if let Some(ContextValue::StyledStr(usage)) = error.get(ContextKind::Usage) {
            let usage = usage
                .ansi()
                .to_string()
                .replacen("Usage:", &say("help-word-usage", &[]), 1);
            let _ = write!(text, "\n\n{usage}");
        }
        let help = format!("{literal}--help{literal:#}");
        let _ = writeln!(text, "\n\n{}", say("usage-more", &[("help", help.into())]));
        text.into()
    }
}

/// What is wrong.
struct Wrong<'e> {
    error: &'e Error<InFrench>,
    styles: &'e Styles,
}

impl Wrong<'_> {
    fn said(&self) -> String {
        let named = match self.error.kind() {
            ErrorKind::ArgumentConflict => self.conflict(),
            ErrorKind::InvalidValue => self.invalid_value(),
            ErrorKind::ValueValidation => self.refused_value(),
            ErrorKind::MissingRequiredArgument => self.missing(),
            ErrorKind::MissingSubcommand => self.no_command(),
            ErrorKind::TooFewValues => self.number("usage-too-few", ContextKind::MinValues),
            ErrorKind::WrongNumberOfValues => {
                self.number("usage-wrong-number", ContextKind::ExpectedNumValues)
            }
            ErrorKind::TooManyValues => self.value("usage-too-many"),
            ErrorKind::NoEquals => self.one("usage-no-equals", "arg", ContextKind::InvalidArg),
            ErrorKind::UnknownArgument => self.one("usage-unknown-argument", "arg", ContextKind::InvalidArg),
            ErrorKind::InvalidSubcommand => {
                self.one("usage-unknown-command", "command", ContextKind::InvalidSubcommand)
            }
            ErrorKind::InvalidUtf8 => Some(say("usage-not-utf8", &[])),
            _ => None,
        };
        let custom = || match self.error.get(ContextKind::Custom) {
            Some(ContextValue::String(message)) => Some(localized(message).into_owned()),
            _ => None,
        };
        // What else there may be has no words but clap's.
        named
            .or_else(custom)
            .unwrap_or_else(|| self.error.kind().to_string())
    }

    fn text(&self, kind: ContextKind) -> Option<&str> {
        match self.error.get(kind)? {
            ContextValue::String(text) => Some(text),
            _ => None,
        }
    }

    fn texts(&self, kind: ContextKind) -> Option<&[String]> {
        match self.error.get(kind)? {
            ContextValue::Strings(texts) => Some(texts),
            _ => None,
        }
    }

    fn wrong(&self, text: &str) -> String {
        let style = self.styles.get_invalid();
        format!("{style}{text}{style:#}")
    }

    /// A message about one thing that is wrong.
    fn one(&self, key: &str, name: &'static str, kind: ContextKind) -> Option<String> {
        Some(say(key, &[(name, self.wrong(self.text(kind)?).into())]))
    }

    /// A message about a value and its argument.
    fn value(&self, key: &str) -> Option<String> {
        let value = self.wrong(self.text(ContextKind::InvalidValue)?);
        let arg = self.arg()?;
        Some(say(key, &[("value", value.into()), ("arg", arg.into())]))
    }

    /// An argument that is right as such.
    fn arg(&self) -> Option<String> {
        let literal = self.styles.get_literal();
        let arg = self.text(ContextKind::InvalidArg)?;
        Some(format!("{literal}{arg}{literal:#}"))
    }

    fn conflict(&self) -> Option<String> {
        let named = self
            .text(ContextKind::InvalidArg)
            .or_else(|| self.text(ContextKind::InvalidSubcommand))?;
        let arg = ("arg", self.wrong(named).into());
        Some(match self.error.get(ContextKind::PriorArg) {
            Some(ContextValue::String(other)) if other == named => say("usage-twice", &[arg]),
            Some(ContextValue::String(other)) => {
                say("usage-conflict", &[arg, ("other", self.wrong(other).into())])
            }
            Some(ContextValue::Strings(others)) => {
                let others: String = others
                    .iter()
                    .map(|other| format!("\n  {}", self.wrong(other)))
                    .collect();
                say("usage-conflicts", &[arg]) + &others
            }
            _ => say("usage-conflict-any", &[arg]),
        })
    }

    fn invalid_value(&self) -> Option<String> {
        let said = match self.text(ContextKind::InvalidValue)? {
            "" => self.one("usage-no-value", "arg", ContextKind::InvalidArg)?,
            _ => self.value("usage-invalid-value")?,
        };
        Some(said + &self.list("help-word-possible-values", ContextKind::ValidValue))
    }

    fn refused_value(&self) -> Option<String> {
        let said = self.value("usage-invalid-value")?;
        let Some(reason) = self.error.source().map(ToString::to_string) else {
            return Some(said);
        };
        let known = REASONS.iter().find(|(english, _)| *english == reason);
        let reason = match (known, reason.split_once(" is not in ")) {
            (Some((_, key)), _) => say(key, &[]),
            (None, Some((value, range))) => say(
                "usage-why-not-in",
                &[("value", value.into()), ("range", range.into())],
            ),
            (None, None) => localized(&reason).into_owned(),
        };
        Some(say(
            "usage-why",
            &[("wrong", said.into()), ("why", reason.into())],
        ))
    }

    fn missing(&self) -> Option<String> {
        let valid = self.styles.get_valid();
        let missing = self.texts(ContextKind::InvalidArg)?.iter();
        let missing: String = missing.map(|arg| format!("\n  {valid}{arg}{valid:#}")).collect();
        Some(say("usage-missing", &[]) + &missing)
    }

    fn no_command(&self) -> Option<String> {
        let said = self.one("usage-no-command", "command", ContextKind::InvalidSubcommand)?;
        Some(said + &self.list("usage-commands", ContextKind::ValidSubcommand))
    }

    /// The values that there are, on a line of their own.
    fn list(&self, key: &str, kind: ContextKind) -> String {
        let valid = self.styles.get_valid();
        let values = self.texts(kind).unwrap_or_default().iter();
        let values: Vec<String> = values.map(|value| format!("{valid}{value}{valid:#}")).collect();
        match values.is_empty() {
            true => String::new(),
            false => format!("\n  {}", say(key, &[("values", values.join(", ").into())])),
        }
    }

    /// A message about the number of values that an argument has and that it needs.
    fn number(&self, key: &str, needed: ContextKind) -> Option<String> {
        let number = |kind| match self.error.get(kind)? {
            ContextValue::Number(number) => usize::try_from(*number).ok(),
            _ => None,
        };
        let args = [
            ("arg", self.arg()?.into()),
            ("needed", number(needed)?.into()),
            ("given", number(ContextKind::ActualNumValues)?.into()),
        ];
        Some(say(key, &args))
    }
}

/// What may have been meant.
fn tips(error: &Error<InFrench>, styles: &Styles) -> Vec<String> {
    let valid = styles.get_valid();
    let mut tips = Vec::new();
    for (kind, key) in [
        (ContextKind::SuggestedSubcommand, "usage-similar-commands"),
        (ContextKind::SuggestedArg, "usage-similar-arguments"),
        (ContextKind::SuggestedValue, "usage-similar-values"),
    ] {
        let similar = match error.get(kind) {
            Some(ContextValue::String(one)) => std::slice::from_ref(one),
            Some(ContextValue::Strings(several)) => several,
            _ => continue,
        };
        let quoted = similar.iter().map(|text| {
            say(
                "usage-quoted",
                &[("text", format!("{valid}{text}{valid:#}").into())],
            )
        });
        let values = quoted.collect::<Vec<_>>().join(", ");
        tips.push(say(
            key,
            &[("count", similar.len().into()), ("values", values.into())],
        ));
    }
    if let Some(ContextValue::StyledStrs(others)) = error.get(ContextKind::Suggested) {
        tips.extend(
            others
                .iter()
                .map(|tip| in_other_words(&tip.to_string()).unwrap_or_else(|| tip.ansi().to_string())),
        );
    }
    tips
}

/// A tip that clap has as a sentence only.
fn in_other_words(tip: &str) -> Option<String> {
    if let Some(rest) = tip.strip_prefix("to pass '") {
        let (arg, call) = rest.strip_suffix('\'')?.split_once("' as a value, use '")?;
        return Some(say(
            "usage-as-value",
            &[("arg", arg.into()), ("call", call.into())],
        ));
    }
    if let Some(rest) = tip.strip_prefix("subcommand '") {
        let command = rest.strip_suffix("' exists; to use it, remove the '--' before it")?;
        return Some(say("usage-command-exists", &[("command", command.into())]));
    }
    let call = tip.strip_prefix('\'')?.strip_suffix("' exists")?;
    Some(say("usage-exists", &[("call", call.into())]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::{facet_options, help_in_french};

    /// What is said of a call that can't be read.
    fn said(call: &str) -> String {
        facet_options::declare(&[]);
        let mut command = help_in_french::command();
        let error = command
            .try_get_matches_from_mut(call.split(' '))
            .expect_err("a wrong call");
        let said = in_french(error, &command).render().to_string();
        said.replace(['\u{a0}', '\u{202f}'], " ").replace('’', "'")
    }

    #[test]
    fn errors_are_said_in_french() {
        for (call, expected) in [
            (
                "griot serch a",
                "erreur : commande « serch » inconnue\n\n  conseil : il existe des commandes semblables : « serve », « search »",
            ),
            (
                "griot search --regoin Gao a",
                "erreur : argument « --regoin » inconnu\n\n  conseil : il existe un argument semblable : « --region »",
            ),
            (
                "griot search --limit x a",
                "erreur : valeur « x » non valable pour « --limit <N> » : ce n'est pas un nombre entier",
            ),
            (
                "griot search --limit",
                "erreur : une valeur est requise pour « --limit <N> », mais aucune n'a été donnée",
            ),
            (
                "griot search --sort best a",
                "erreur : valeur « best » non valable pour « --sort <ORDRE> »\n  [valeurs possibles : relevance, newest, oldest]",
            ),
            (
                "griot index --pdf-seconds 0",
                "erreur : valeur « 0 » non valable pour « --pdf-seconds <SECONDES> » : 0 n'est pas dans l'intervalle 1..=86400",
            ),
            (
                "griot index --wait 5 --watch --dry-run",
                "erreur : l'argument « --watch » ne peut pas être utilisé avec « --dry-run »",
            ),
            (
                "griot search --limit 1 --limit 2",
                "erreur : l'argument « --limit <N> » ne peut pas être répété",
            ),
            (
                "griot show",
                "erreur : les arguments requis suivants n'ont pas été donnés :\n  <ID>",
            ),
            (
                "griot show a --context 2",
                "erreur : les arguments requis suivants n'ont pas été donnés :\n  --query <REQUÊTE>",
            ),
            ("griot check -- deep", "erreur : argument « deep » inconnu"),
            (
                "griot show -z",
                "erreur : argument « -z » inconnu\n\n  conseil : pour donner « -z » comme valeur, écrire « -- -z »",
            ),
        ] {
            let said = said(call);
            assert!(said.starts_with(expected), "{call}:\n{said}");
            assert!(
                said.ends_with("\n\nPour en savoir plus, essayez « --help ».\n"),
                "{said}"
            );
            for english in ["error:", "tip:", "Usage", "For more"] {
                assert!(!said.contains(english), "{said}");
            }
        }
    }

    #[test]
    fn every_text_is_there() {
        let source = include_str!("usage_in_french.rs");
        let keys = source
            .split('"')
            .filter(|text| text.starts_with("usage-") && *text != "usage-");
        let keys: std::collections::BTreeSet<&str> = keys.collect();
        let catalogue = include_str!("../messages/fr/usage.ftl");
        let entries = catalogue
            .lines()
            .filter_map(|line| line.split_once(" ="))
            .map(|(key, _)| key);
        let entries: std::collections::BTreeSet<&str> =
            entries.filter(|key| key.starts_with("usage-")).collect();
        assert_eq!(entries, keys);
    }
}
