//! The catalogue: Fluent files, one for each subject and language, in the binary. A file is parsed when the first
//! of its messages is said.

use super::language::UiLang;
pub(super) use fluent_bundle::FluentValue as Value;
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use std::borrow::Cow;
use std::sync::OnceLock;

/// A file in both languages.
struct File {
    name: &'static str,
    /// What the ids of its messages begin with, before the first hyphen.
    subjects: &'static [&'static str],
    /// By the number of the language.
    texts: [&'static str; 2],
    read: [OnceLock<Read>; 2],
}

/// A file as Fluent reads it, with what is wrong in it.
pub(super) struct Read {
    bundle: FluentBundle<FluentResource>,
    /// For the tests: what can be read is said all the same.
    #[cfg_attr(not(test), expect(dead_code))]
    problems: Vec<String>,
}

macro_rules! file {
    ($name:literal, $subjects:expr) => {
        File {
            name: $name,
            subjects: &$subjects,
            texts: [
                include_str!(concat!("en/", $name, ".ftl")),
                include_str!(concat!("fr/", $name, ".ftl")),
            ],
            read: [OnceLock::new(), OnceLock::new()],
        }
    };
}

/// What is said in few runs is apart from what is said in most, which then costs less to parse.
static FILES: [File; 15] = [
    file!("count", ["count"]),
    file!("search", ["search", "explain", "saved", "batch"]),
    file!(
        "tables",
        ["terms", "timeline", "pivot", "events", "compare", "reason"]
    ),
    file!("article", ["show", "cite", "similar", "analyze"]),
    file!("export", ["chronology", "dossier", "question"]),
    file!(
        "index",
        ["index", "unread", "stats", "check", "correct", "lexicon", "watch"]
    ),
    file!("push", ["push", "engine"]),
    file!("option", ["option"]),
    file!("web", ["web"]),
    file!("error", ["error", "failure"]),
    file!("asking", ["asking"]),
    file!("reading", ["reading"]),
    file!("keeping", ["keeping", "system"]),
    file!("lexicons", ["lexicons"]),
    file!("cluster", ["cluster"]),
];

/// The files with texts of the library: of queries and answers, of reading files, of keeping the index, of lexicons,
/// of clusters. They are recognized.
const OF_LIBRARY: [&str; 5] = ["asking", "reading", "keeping", "lexicons", "cluster"];

impl File {
    fn is_of_library(&self) -> bool {
        OF_LIBRARY.contains(&self.name)
    }

    fn read(&self, language: UiLang) -> &Read {
        self.read[language as usize].get_or_init(|| Read::new(language, self.texts[language as usize]))
    }
}

impl Read {
    pub(super) fn new(language: UiLang, text: &'static str) -> Self {
        let languages = language.name().parse().into_iter().collect();
        let mut bundle = FluentBundle::new_concurrent(languages);
        // Marks of direction would stand in every line that people copy.
        bundle.set_use_isolating(false);
        if language == UiLang::Fr {
            bundle.set_transform(Some(typeset));
        }
        let mut problems = Vec::new();
        let resource = FluentResource::try_new(text.to_string()).unwrap_or_else(|(resource, errors)| {
            problems.extend(errors.iter().map(ToString::to_string));
            resource
        });
        if let Err(errors) = bundle.add_resource(resource) {
            problems.extend(errors.iter().map(ToString::to_string));
        }
        Self { bundle, problems }
    }

    /// A message, or an attribute of one (`id.attribute`), or what is wrong with it.
    pub(super) fn format(&self, id: &str, args: &[(&str, Value<'_>)]) -> Result<String, String> {
        let (name, attribute) = match id.split_once('.') {
            Some((name, attribute)) => (name, Some(attribute)),
            None => (id, None),
        };
        let message = self.bundle.get_message(name);
        let pattern = message.and_then(|message| match attribute {
            Some(attribute) => message.get_attribute(attribute).map(|found| found.value()),
            None => message.value(),
        });
        let pattern = pattern.ok_or_else(|| format!("{id}: not in the catalogue"))?;
        let mut values = FluentArgs::with_capacity(args.len());
        for (name, arg) in args {
            values.set(*name, arg.clone());
        }
        let mut errors = Vec::new();
        let text = self.bundle.format_pattern(pattern, Some(&values), &mut errors);
        match errors.first() {
            Some(error) => Err(format!("{id}: {error}")),
            None => Ok(text.into_owned()),
        }
    }
}

/// French as it is printed: the catalogue is written with ordinary spaces, and those that must not break are put
/// here, before double signs and inside quotation marks; an apostrophe between letters is no quotation mark.
fn typeset(text: &str) -> Cow<'_, str> {
    const SPACES: [(&str, &str); 6] = [
        (" :", "\u{a0}:"),
        (" ;", "\u{202f};"),
        (" ?", "\u{202f}?"),
        (" !", "\u{202f}!"),
        ("« ", "«\u{a0}"),
        (" »", "\u{a0}»"),
    ];
    let mut set = Cow::Borrowed(text);
    for (plain, printed) in SPACES {
        if set.contains(plain) {
            set = set.replace(plain, printed).into();
        }
    }
    if set.contains('\'') {
        let mut before = ' ';
        let mut chars = set.chars().peekable();
        let mut curled = String::with_capacity(set.len() + 8);
        while let Some(c) = chars.next() {
            // A variable may follow.
            let goes_on = chars.peek().is_none_or(|after| after.is_alphanumeric());
            let is_elision = c == '\'' && before.is_alphabetic() && goes_on;
            curled.push(if is_elision { '’' } else { c });
            before = c;
        }
        set = curled.into();
    }
    set
}

/// The file that a message is in.
fn file_of(id: &str) -> Option<&'static File> {
    let subject = id.split('-').next()?;
    FILES.iter().find(|file| file.subjects.contains(&subject))
}

/// A message in a language; one that is missing, which tests rule out, as its id.
pub(super) fn format(language: UiLang, id: &str, args: &[(&str, Value<'_>)]) -> String {
    try_format(language, id, args).unwrap_or_else(|_| id.to_string())
}

/// A message in a language, or what is wrong with it.
pub(super) fn try_format(language: UiLang, id: &str, args: &[(&str, Value<'_>)]) -> Result<String, String> {
    let file = file_of(id).ok_or_else(|| format!("{id}: no file of the catalogue has this subject"))?;
    file.read(language).format(id, args)
}

/// The texts that are recognized, in English: those of the library, and its errors, which it tells of in notes.
pub(super) fn of_library() -> impl Iterator<Item = &'static str> {
    let files = FILES
        .iter()
        .filter(|file| file.is_of_library() || file.name == "error");
    files.map(|file| file.texts[UiLang::En as usize])
}

/// The text of each file in a language, and whether its messages are recognized rather than made.
#[cfg(test)]
pub(super) fn sources(language: UiLang) -> impl Iterator<Item = (&'static str, &'static str, bool)> {
    let files = FILES.iter();
    files.map(move |file| (file.name, file.texts[language as usize], file.is_of_library()))
}

/// What Fluent finds wrong with the files.
#[cfg(test)]
pub(super) fn problems() -> Vec<String> {
    let mut problems = Vec::new();
    for (file, language) in FILES
        .iter()
        .flat_map(|file| UiLang::ALL.map(|language| (file, language)))
    {
        let place = format!("{}/{}.ftl", language.name(), file.name);
        let found = file.read(language).problems.iter();
        problems.extend(found.map(|problem| format!("{place}: {problem}")));
    }
    problems
}

/// The name of the file that a message belongs to.
#[cfg(test)]
pub(super) fn name_of_file(id: &str) -> Option<&'static str> {
    file_of(id).map(|file| file.name)
}
