//! Texts of the library in the language of this process. Notes, reasons and errors leave the library in English, for
//! JSON, and some are kept in the index as they are; the catalogue has their English texts with variables, by which
//! they are recognized and said in French.

use super::catalogue::{Value, format, of_library};
use super::language::{UiLang, spoken};
use fluent_bundle::FluentResource;
use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement, Variant, VariantKey};
use std::borrow::Cow;
use std::sync::OnceLock;

/// What a text of the library is made of.
#[derive(Debug, Clone, PartialEq)]
enum Piece {
    Words(String),
    Variable(String),
}

/// A text of the library. One that has a form for one and a form for several is several templates.
#[derive(Debug)]
struct Template {
    id: String,
    pieces: Vec<Piece>,
    /// The number that a form without its variable stands for.
    given: Vec<(String, u64)>,
}

/// How deep texts in texts are looked for: an error names a reason, and the reason a cure.
const DEPTH: usize = 4;

/// Fewer letters of its own, and a template is every text's: a path and what is wrong there.
const FEWEST_WORDS: usize = 5;

/// A text of the library in the language of this process; what the catalogue doesn't have, as it is.
pub fn localized(text: &str) -> Cow<'_, str> {
    in_language(spoken(), text)
}

/// The same in a language.
pub(super) fn in_language(language: UiLang, text: &str) -> Cow<'_, str> {
    match language {
        UiLang::En => text.into(),
        _ => parts_in(language, text, DEPTH),
    }
}

fn parts_in(language: UiLang, text: &str, depth: usize) -> Cow<'_, str> {
    if depth == 0 || text.is_empty() {
        return text.into();
    }
    let matching = templates()
        .iter()
        .filter_map(|template| Some((template, template.values(text)?)));
    // The one that says most itself.
    let best = matching.max_by_key(|(template, _)| template.words());
    if let Some((template, values)) = best {
        return template.say(language, values, depth).into();
    }
    // Of several sentences, or of a thing and what is wrong with it, the parts.
    for (between, in_french) in [("; ", "\u{a0}; "), (": ", "\u{a0}: ")] {
        for (at, _) in text.match_indices(between) {
            let (before, after) = (&text[..at], &text[at + between.len()..]);
            let said = [before, after].map(|part| parts_in(language, part, depth - 1));
            if said[0] != before || said[1] != after {
                return format!("{}{in_french}{}", said[0], said[1]).into();
            }
        }
    }
    text.into()
}

impl Template {
    /// Letters and other signs of the template itself.
    fn words(&self) -> usize {
        let words = self.pieces.iter().map(|piece| match piece {
            Piece::Words(words) => words.len(),
            Piece::Variable(_) => 0,
        });
        words.sum()
    }

    /// The values of the variables in a text, if it is this template's.
    fn values<'t>(&self, text: &'t str) -> Option<Vec<(String, &'t str)>> {
        let (mut rest, mut open) = (text, None);
        let mut values = Vec::new();
        for (at, piece) in self.pieces.iter().enumerate() {
            match piece {
                Piece::Variable(name) => open = Some(name),
                Piece::Words(words) => {
                    let is_last = at + 1 == self.pieces.len();
                    let begin = match &open {
                        None => rest.starts_with(words.as_str()).then_some(0),
                        Some(_) if is_last => {
                            rest.ends_with(words.as_str()).then(|| rest.len() - words.len())
                        }
                        Some(_) => rest.find(words.as_str()),
                    }?;
                    values.extend(open.take().map(|name| (name.clone(), &rest[..begin])));
                    rest = &rest[begin + words.len()..];
                }
            }
        }
        match open {
            Some(name) => values.push((name.clone(), rest)),
            None if !rest.is_empty() => return None,
            None => {}
        }
        Some(values)
    }

    fn say(&self, language: UiLang, values: Vec<(String, &str)>, depth: usize) -> String {
        let mut args: Vec<(&str, Value<'_>)> = Vec::new();
        for (name, value) in &values {
            let number = value
                .parse::<u64>()
                .ok()
                .filter(|number| number.to_string() == *value);
            let text = || Value::from(parts_in(language, value, depth - 1));
            let arg = number.map_or_else(text, Value::from);
            args.push((name, arg));
        }
        for (name, number) in &self.given {
            args.push((name, Value::from(*number)));
        }
        format(language, &self.id, &args)
    }
}

/// The templates of the catalogue, made once.
fn templates() -> &'static [Template] {
    static TEMPLATES: OnceLock<Vec<Template>> = OnceLock::new();
    TEMPLATES.get_or_init(|| {
        let all = of_library().flat_map(of_file);
        all.filter(|template| template.words() >= FEWEST_WORDS).collect()
    })
}

fn of_file(text: &'static str) -> Vec<Template> {
    let resource = FluentResource::try_new(text.to_string()).unwrap_or_else(|(resource, _)| resource);
    let mut templates = Vec::new();
    for entry in resource.entries() {
        let Entry::Message(message) = entry else { continue };
        for (pieces, given) in message.value.iter().flat_map(forms) {
            templates.push(Template {
                id: message.id.name.to_string(),
                pieces: joined(pieces),
                given,
            });
        }
    }
    templates
}

type Form = (Vec<Piece>, Vec<(String, u64)>);

/// The forms of a pattern: every choice that it has, made either way.
fn forms(pattern: &Pattern<&str>) -> Vec<Form> {
    let mut forms: Vec<Form> = vec![Form::default()];
    for element in &pattern.elements {
        let ways: Vec<Form> = match element {
            PatternElement::TextElement { value } => {
                vec![(vec![Piece::Words(value.to_string())], Vec::new())]
            }
            PatternElement::Placeable { expression } => of_expression(expression),
        };
        forms = forms
            .iter()
            .flat_map(|(pieces, given)| {
                ways.iter()
                    .map(|(more, and)| ([&pieces[..], more].concat(), [&given[..], and].concat()))
            })
            .collect();
    }
    forms
}

fn of_expression(expression: &Expression<&str>) -> Vec<Form> {
    match expression {
        Expression::Inline(InlineExpression::StringLiteral { value }) => {
            vec![(vec![Piece::Words(value.to_string())], Vec::new())]
        }
        Expression::Inline(InlineExpression::VariableReference { id }) => {
            vec![(vec![Piece::Variable(id.name.to_string())], Vec::new())]
        }
        Expression::Select {
            selector: InlineExpression::VariableReference { id },
            variants,
        } => variants
            .iter()
            .flat_map(|variant| of_variant(id.name, variant))
            .collect(),
        _ => Vec::new(),
    }
}

/// The forms of a choice. Where the form for one doesn't name its number, that is one.
fn of_variant(selector: &str, variant: &Variant<&str>) -> Vec<Form> {
    let number = match &variant.key {
        VariantKey::Identifier { name } if *name == "one" => Some(1),
        VariantKey::NumberLiteral { value } => value.parse().ok(),
        VariantKey::Identifier { .. } => None,
    };
    let names_it = |pieces: &[Piece]| pieces.contains(&Piece::Variable(selector.to_string()));
    let mut found = forms(&variant.value);
    for (pieces, given) in &mut found {
        if let (Some(number), false) = (number, names_it(pieces)) {
            given.push((selector.to_string(), number));
        }
    }
    found
}

/// Words that follow one another as one piece.
fn joined(pieces: Vec<Piece>) -> Vec<Piece> {
    let mut joined: Vec<Piece> = Vec::new();
    for piece in pieces {
        match (joined.last_mut(), piece) {
            (Some(Piece::Words(before)), Piece::Words(more)) => before.push_str(&more),
            (_, piece) => joined.push(piece),
        }
    }
    joined
}

/// A template with sample values: its id, its text in English, and the values.
#[cfg(test)]
type Sample = (String, String, Vec<(String, u64)>);

/// Samples of all templates.
#[cfg(test)]
pub(super) fn of_templates() -> Vec<Sample> {
    let sample = |template: &Template| {
        let (mut text, mut args) = (String::new(), Vec::new());
        for (number, piece) in template.pieces.iter().enumerate() {
            match piece {
                Piece::Words(words) => text.push_str(words),
                Piece::Variable(name) => {
                    // What a variable that chooses is never without.
                    let value = number as u64 + 2;
                    text.push_str(&value.to_string());
                    args.push((name.clone(), value));
                }
            }
        }
        let given = template.given.iter();
        args.extend(given.cloned());
        (template.id.clone(), text, args)
    };
    templates().iter().map(sample).collect()
}

/// The words between the variables of each template.
#[cfg(test)]
pub(super) fn words_of_templates() -> Vec<(String, String)> {
    let words = |template: &'static Template| {
        let words = template.pieces.iter().filter_map(|piece| match piece {
            Piece::Words(words) => Some(words.clone()),
            Piece::Variable(_) => None,
        });
        words.map(|words| (template.id.clone(), words))
    };
    templates().iter().flat_map(words).collect()
}
