//! Words that begin with one hyphen: before the first word of a query a few letters are options, after it each
//! such word is excluded (`-drone`), but for `-o` with a file that griot writes (`-o dossier.html`).
//!
//! clap takes every word with a hyphen for an option: those that are query text are masked before it reads
//! them, and unmasked after.

use clap::{Arg, Command};
use griot::say;
use std::ffi::{OsStr, OsString};

/// Marks a query word that begins with `-`, so that clap takes it for a word; [`unmask`] takes the mark away.
const MASK: char = '\u{1}';

/// The letters that are options in front of a query.
const LETTERS: [char; 6] = ['n', 'o', 'q', 'v', 'h', 'V'];

/// Endings of the files that results are written to, or that somebody may hope for: `-o gao.csv` is no query. What the
/// command can't write is told when the file is begun.
const RESULTS: [&str; 20] = [
    "bib", "csv", "docx", "geojson", "htm", "html", "json", "jsonl", "kml", "md", "odt", "parquet", "pdf",
    "ris", "svg", "tsv", "txt", "xls", "xlsx", "xml",
];

/// The names of the arguments that are texts in which a word may begin with a hyphen.
const TEXTS: [&str; 3] = ["query", "prefix", "text"];

/// A command line that clap can read.
pub struct Masked {
    pub args: Vec<OsString>,
    /// What somebody who meant an option would want to know.
    pub notes: Vec<String>,
}

/// Masks the words of queries that begin with one hyphen. Two hyphens make an option, and `--` ends options.
pub fn mask(command: &Command, args: impl IntoIterator<Item = OsString>) -> Masked {
    let mut args = args.into_iter();
    let mut reading = Reading {
        path: vec![command],
        words: 0,
        masked: Masked {
            args: args.next().into_iter().collect(),
            notes: Vec::new(),
        },
    };
    let mut args = args.peekable();
    while let Some(arg) = args.next() {
        if arg == "--" {
            reading.masked.args.push(arg);
            break;
        }
        let is_file = args.peek().is_some_and(|next| is_result(next));
        match reading.value_option(&arg, is_file) {
            // A value that begins with a hyphen is one all the same: --region=-x.
            Some(true) => match args.next_if(|value| is_hyphened(value)) {
                Some(value) => reading.push_joined(&arg, &value),
                None => {
                    reading.masked.args.push(arg);
                    reading.masked.args.extend(args.next_if(|value| value != "--"));
                }
            },
            Some(false) => reading.masked.args.push(arg),
            None => reading.word(arg),
        }
    }
    reading.masked.args.extend(args);
    reading.masked
}

/// A query word as typed.
pub fn unmask(word: &str) -> &str {
    word.strip_prefix(MASK).unwrap_or(word)
}

/// Query words as typed, joined.
pub fn unmasked(words: &[String]) -> String {
    let words: Vec<&str> = words.iter().map(|word| unmask(word)).collect();
    words.join(" ")
}

/// A message that repeats arguments, with each as typed.
pub fn unmask_all(message: &str) -> String {
    message.replace(MASK, "")
}

/// Whether an argument begins with one hyphen, and more follows.
fn is_hyphened(arg: &OsStr) -> bool {
    let text = arg.to_string_lossy();
    text.starts_with('-') && !text.starts_with("--") && text.len() > 1
}

/// Whether an argument names a file of results.
fn is_result(arg: &OsStr) -> bool {
    let ending = std::path::Path::new(arg).extension().and_then(OsStr::to_str);
    ending.is_some_and(|ending| RESULTS.contains(&ending.to_ascii_lowercase().as_str()))
}

struct Reading<'c> {
    /// The command, and those that it was reached by.
    path: Vec<&'c Command>,
    /// Words of the command that were read so far, its options and their values aside.
    words: usize,
    masked: Masked,
}

impl<'c> Reading<'c> {
    fn command(&self) -> &'c Command {
        self.path[self.path.len() - 1]
    }

    /// Where the query begins among the words of the command; none if it has no query.
    fn query_at(&self) -> Option<usize> {
        let mut positionals = self.command().get_positionals();
        positionals.position(|arg| TEXTS.contains(&arg.get_id().as_str()))
    }

    fn is_in_query(&self) -> bool {
        self.query_at().is_some_and(|at| self.words > at)
    }

    /// Whether an argument is an option, and if so whether the next argument, which may be a file of results, is its
    /// value.
    fn value_option(&self, arg: &OsStr, is_file: bool) -> Option<bool> {
        let text = arg.to_str()?;
        if let Some(long) = text.strip_prefix("--") {
            let name = |arg: &&Arg| {
                arg.get_long() == Some(long)
                    || arg.get_all_aliases().is_some_and(|names| names.contains(&long))
            };
            return Some(self.option(name).is_some_and(takes_next));
        }
        if !is_hyphened(arg) {
            return None;
        }
        let is_help = matches!(text, "-h" | "-V");
        if self.query_at().is_none() || is_help {
            return Some(self.letter(text, 2).is_some_and(takes_next));
        }
        let writes_file = is_file && text == "-o" && self.letter(text, 2).is_some();
        if self.is_in_query() && !writes_file || !is_letter_option(text) {
            return None;
        }
        Some(self.letter(text, 2).is_some_and(takes_next))
    }

    /// The option of a single letter, if the argument is no longer than `length`: a longer one has its value.
    fn letter(&self, text: &str, length: usize) -> Option<&'c Arg> {
        let letter = text.chars().nth(1).filter(|_| text.len() == length)?;
        self.option(|arg| arg.get_short() == Some(letter))
    }

    /// The option of the command, or the global one, that this holds for.
    fn option(&self, is_it: impl Fn(&&'c Arg) -> bool) -> Option<&'c Arg> {
        let own = self.command().get_arguments();
        let global = self.path[0].get_arguments().filter(|arg| arg.is_global_set());
        own.chain(global).find(|arg| is_it(arg))
    }

    fn push_joined(&mut self, option: &OsStr, value: &OsStr) {
        let mut joined = option.to_os_string();
        joined.push("=");
        joined.push(value);
        self.masked.args.push(joined);
    }

    /// Takes a word: the name of a command below this one, or one of its words.
    fn word(&mut self, arg: OsString) {
        let below = arg
            .to_str()
            .filter(|_| self.words == 0)
            .and_then(|name| self.command().find_subcommand(name));
        if let Some(below) = below {
            self.path.push(below);
            self.masked.args.push(arg);
            return;
        }
        let is_text = self.query_at().is_some_and(|at| self.words >= at);
        let masked = arg.to_str().filter(|_| is_hyphened(&arg)).map(|text| {
            let letter = text.chars().nth(1);
            let is_known = self
                .option(|arg| arg.get_short().is_some() && arg.get_short() == letter)
                .is_some();
            if self.is_in_query() && is_letter_option(text) {
                self.masked.notes.push(self.note(text, is_known));
            }
            format!("{MASK}{text}").into()
        });
        self.words += 1;
        self.masked.args.push(masked.filter(|_| is_text).unwrap_or(arg));
    }
}

impl Reading<'_> {
    /// What is said of an option after the first word of a query.
    fn note(&self, text: &str, is_known: bool) -> String {
        let command: Vec<&str> = self.path.iter().map(|command| command.get_name()).collect();
        let command = command.join(" ");
        let cure = match is_known {
            true => say!("option-goes-before", command = command, option = meant(text)),
            false => say!("option-unknown-letter", command = command, option = &text[..2]),
        };
        say!("option-excludes", text = text, word = &text[1..], cure = cure)
    }
}

/// How somebody would write the option that a word looks like.
fn meant(text: &str) -> String {
    match text.as_bytes() {
        b"-n" => "-n N".into(),
        b"-o" => "-o FILE".into(),
        _ => text.into(),
    }
}

/// Whether the value of an option is the next argument.
fn takes_next(arg: &Arg) -> bool {
    arg.get_action().takes_values() && !arg.is_require_equals_set()
}

/// Whether a word is an option if it stands before a query: a letter, or one with its value (`-n5`, `-o=FILE`).
/// `-nord` and `-otages` are words to exclude.
fn is_letter_option(text: &str) -> bool {
    let mut chars = text.chars();
    chars.next();
    let Some(letter) = chars.next().filter(|letter| LETTERS.contains(letter)) else {
        return false;
    };
    let value = chars.as_str();
    let is_number = !value.is_empty() && value.bytes().all(|b| b.is_ascii_digit());
    value.is_empty()
        || (letter == 'n' && is_number)
        || (matches!(letter, 'n' | 'o') && value.starts_with('='))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The arguments, with `~` for the mask.
    fn masked(line: &str) -> (String, usize) {
        crate::cli::facet_options::declare(&[]);
        let masked = mask(&crate::cli::help::command(), line.split(' ').map(OsString::from));
        let args: Vec<String> = masked
            .args
            .iter()
            .map(|arg| arg.to_string_lossy().replace(MASK, "~"))
            .collect();
        (args.join(" "), masked.notes.len())
    }

    #[test]
    fn letters_are_options_before_the_query_and_words_after_it() {
        for (typed, read, notes) in [
            ("griot search Gao -drone", "griot search Gao ~-drone", 0),
            ("griot search -drone Gao", "griot search ~-drone Gao", 0),
            ("griot search -n 5 Gao", "griot search -n 5 Gao", 0),
            (
                "griot search -n5 -o=a.csv Gao",
                "griot search -n5 -o=a.csv Gao",
                0,
            ),
            ("griot search -q -v Gao", "griot search -q -v Gao", 0),
            ("griot search -nord Gao", "griot search ~-nord Gao", 0),
            ("griot search -otages Gao", "griot search ~-otages Gao", 0),
            ("griot search Gao -n 5", "griot search Gao ~-n 5", 1),
            ("griot search Gao -q", "griot search Gao ~-q", 1),
            ("griot search Gao -o a.csv", "griot search Gao -o a.csv", 0),
            ("griot dossier Gao -o d.pdf", "griot dossier Gao -o d.pdf", 0),
            ("griot search Gao -o rfi.fr", "griot search Gao ~-o rfi.fr", 1),
            (
                "griot dossier Gao -o d.HTML Kidal",
                "griot dossier Gao -o d.HTML Kidal",
                0,
            ),
            ("griot search Gao -h", "griot search Gao -h", 0),
            ("griot search Gao --limit 5", "griot search Gao --limit 5", 0),
            ("griot search --limit 5 -n 5", "griot search --limit 5 -n 5", 0),
            ("griot search -- -n 5", "griot search -- -n 5", 0),
            ("griot --index ix search -n 5", "griot --index ix search -n 5", 0),
            ("griot -q search -n 5 a", "griot -q search -n 5 a", 0),
            (
                "griot search --region Gao -drone",
                "griot search --region Gao ~-drone",
                0,
            ),
            ("griot search --region -x a", "griot search --region=-x a", 0),
            (
                "griot search --not-lieu Gao -o x",
                "griot search --not-lieu Gao -o x",
                0,
            ),
            ("griot show -o a.txt x", "griot show -o a.txt x", 0),
            ("griot show x -o a.txt", "griot show x -o a.txt", 0),
            ("griot show x -z", "griot show x -z", 0),
            ("griot saved add n a -b", "griot saved add n a ~-b", 0),
            ("griot saved add n a -n 5", "griot saved add n a ~-n 5", 1),
            ("griot saved add -q n -b", "griot saved add -q n ~-b", 0),
            ("griot saved run n -o a.txt", "griot saved run n -o a.txt", 0),
            ("griot suggest -n 3 l'arm", "griot suggest -n 3 l'arm", 0),
            (
                "griot lexicon candidates -n 3 a -b",
                "griot lexicon candidates -n 3 a ~-b",
                0,
            ),
            ("griot batch q.tsv -n 3", "griot batch q.tsv -n 3", 0),
            ("griot batch -", "griot batch -", 0),
            ("griot index a --wait b", "griot index a --wait b", 0),
        ] {
            assert_eq!(masked(typed), (read.to_string(), notes), "{typed}");
        }
    }
}
