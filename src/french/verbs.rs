//! The irregular verbs: `verbs.tsv` read and conjugated.
//!
//! A line is a model: what follows the radical in each tense, and the radicals that are conjugated so. `enir`
//! with the radicals `v rev t` gives every form of venir, revenir and tenir the term of its infinitive.

use super::fold::fold;
use crate::error::{Error, Result};
use rustc_hash::FxHashMap;

/// Endings added to the stems of `verbs.tsv`, by column. The folded spelling makes fit and fît one.
const IMPERFECT: &str = "ais ait ions iez aient ant ants ante antes";
const FUTURE: &str = "ai as a ons ez ont ais ait ions iez aient";
const PAST: &str = "s t rent sse sses ssent";
const SUBJUNCTIVE: &str = "e es ent";

/// Column of `verbs.tsv`, its endings: none for columns that hold whole forms.
const TENSES: &[(usize, &str)] = &[(3, IMPERFECT), (4, FUTURE), (5, PAST), (6, SUBJUNCTIVE)];
const INFINITIVE: usize = 0;
const RADICALS: usize = 1;
const PARTICIPLE: usize = 7;
const WHOLE: &[usize] = &[2, 8];
const COLUMNS: usize = 9;

/// Forms of irregular verbs with the infinitive they belong to.
#[derive(Default)]
pub struct Verbs {
    forms: FxHashMap<Box<str>, Box<str>>,
    /// Forms that two verbs claim: `stems.tsv` must say whose they are.
    disputed: Vec<Disputed>,
}

struct Disputed {
    form: String,
    line: usize,
    infinitives: [String; 2],
}

impl Verbs {
    /// Reads `verbs.tsv`.
    ///
    /// # Errors
    /// [`Error::Lexicon`] for a line without nine columns or a form that is not folded.
    pub fn parse(text: &str) -> Result<Self> {
        let mut verbs = Verbs::default();
        for (line, model) in (1..).zip(text.lines()) {
            if model.trim().is_empty() || model.starts_with('#') {
                continue;
            }
            let columns: Vec<&str> = model.split('\t').collect();
            if columns.len() != COLUMNS {
                return Err(wrong(
                    line,
                    format!(
                        "{COLUMNS} columns are needed, here are {}; “-” leaves one empty",
                        columns.len()
                    ),
                ));
            }
            if let Some(word) = columns
                .iter()
                .flat_map(|c| c.split(' '))
                .find(|w| !matches!(*w, "-" | "_") && (w.is_empty() || fold(w) != *w))
            {
                return Err(wrong(
                    line,
                    format!("“{word}” must be folded: lower case, no accents, one space between forms"),
                ));
            }
            for radical in columns[RADICALS]
                .split(' ')
                .map(|r| if r == "_" { "" } else { r })
            {
                let infinitive = format!("{radical}{}", columns[INFINITIVE]);
                for form in conjugated(&columns) {
                    verbs.add(format!("{radical}{form}"), &infinitive, line);
                }
            }
        }
        Ok(verbs)
    }

    fn add(&mut self, form: String, infinitive: &str, line: usize) {
        match self.forms.get(form.as_str()) {
            Some(other) if **other == *infinitive => {}
            Some(other) => {
                let infinitives = [other.to_string(), infinitive.to_string()];
                self.disputed.push(Disputed {
                    form,
                    line,
                    infinitives,
                });
            }
            None => drop(self.forms.insert(form.into(), infinitive.into())),
        }
    }

    /// The infinitive of a folded form.
    pub fn infinitive_of(&self, folded: &str) -> Option<&str> {
        self.forms.get(folded).map(|i| &**i)
    }

    /// # Errors
    /// [`Error::Lexicon`] for a form of two verbs that `settled` doesn't know.
    pub fn check(&self, settled: impl Fn(&str) -> bool) -> Result<()> {
        match self.disputed.iter().find(|d| !settled(&d.form)) {
            None => Ok(()),
            Some(Disputed {
                form,
                line,
                infinitives: [one, other],
            }) => Err(wrong(
                *line,
                format!("“{form}” is a form of {one} and of {other}; say in stems.tsv which it is"),
            )),
        }
    }

    #[cfg(test)]
    pub fn is_disputed(&self, form: &str) -> bool {
        self.disputed.iter().any(|d| d.form == form)
    }

    /// Every form with its infinitive, in no order.
    #[cfg(test)]
    pub fn forms(&self) -> impl Iterator<Item = (&str, &str)> {
        self.forms
            .iter()
            .map(|(form, infinitive)| (&**form, &**infinitive))
    }
}

fn wrong(line: usize, message: String) -> Error {
    Error::Lexicon {
        file: "verbs.tsv".into(),
        line,
        message,
    }
}

/// What follows the radical in all forms of a model.
fn conjugated(columns: &[&str]) -> Vec<String> {
    let listed = |column: usize| columns[column].split(' ').filter(|f| *f != "-");
    let mut forms = vec![columns[INFINITIVE].to_string()];
    forms.extend(
        WHOLE
            .iter()
            .flat_map(|&column| listed(column))
            .map(str::to_string),
    );
    for &(column, endings) in TENSES {
        forms.extend(
            listed(column).flat_map(|stem| endings.split(' ').map(move |ending| format!("{stem}{ending}"))),
        );
    }
    for participle in listed(PARTICIPLE) {
        let endings: &[&str] = if participle.ends_with('s') {
            &["", "e", "es"]
        } else {
            &["", "s", "e", "es"]
        };
        forms.extend(endings.iter().map(|ending| format!("{participle}{ending}")));
    }
    forms
}
