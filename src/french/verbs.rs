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
    forms: FxHashMap<Box<str>, u32>,
    /// By the numbers that `forms` has.
    infinitives: Vec<Box<str>>,
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
            // Every process reads this: thousands of forms are made without a string for each part.
            let endings = conjugated(&columns);
            let mut form = String::new();
            for radical in columns[RADICALS]
                .split(' ')
                .map(|r| if r == "_" { "" } else { r })
            {
                let infinitive = verbs.infinitives.len() as u32;
                verbs
                    .infinitives
                    .push(format!("{radical}{}", columns[INFINITIVE]).into());
                for ending in &endings {
                    form.clear();
                    form.push_str(radical);
                    form.push_str(ending);
                    verbs.add(&form, infinitive, line);
                }
            }
        }
        Ok(verbs)
    }

    fn add(&mut self, form: &str, infinitive: u32, line: usize) {
        let named = |number: u32| &self.infinitives[number as usize];
        match self.forms.get(form) {
            Some(&other) if other == infinitive || named(other) == named(infinitive) => {}
            Some(&other) => {
                let infinitives = [other, infinitive].map(|number| named(number).to_string());
                self.disputed.push(Disputed {
                    form: form.to_string(),
                    line,
                    infinitives,
                });
            }
            None => drop(self.forms.insert(form.into(), infinitive)),
        }
    }

    /// The infinitive of a folded form.
    pub fn infinitive_of(&self, folded: &str) -> Option<&str> {
        let number = self.forms.get(folded)?;
        self.infinitives
            .get(*number as usize)
            .map(|infinitive| &**infinitive)
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
            .map(|(form, number)| (&**form, &*self.infinitives[*number as usize]))
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
