//! Where a command writes its result, and in which format: `--format`, `--output`, and what the ending of the
//! file says. Nothing here touches the file.

use super::formats::{CsvOnly, Family, KNOWN_ENDINGS};
use super::terminal::Form;
use clap::Args;
use clap::builder::EnumValueParser;
use griot::say;
use std::path::{Path, PathBuf};

/// The options of a command that writes a result.
#[derive(Debug, Clone, Args)]
pub struct Target<F: Family> {
    #[arg(
        long,
        help_heading = "Output",
        value_parser = EnumValueParser::<F>::new(),
        hide_possible_values = true,
        help = F::HELP
    )]
    pub format: Option<F>,
    /// Write to FILE instead of standard output
    ///
    /// FILE is replaced once the result is complete; if anything fails, the former file stays.
    #[arg(short = 'o', long, help_heading = "Output", value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// What `--format`, `--output` and `--csv-excel` come to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settled {
    pub form: Form,
    /// The format as it is typed; empty for a command that has none to choose.
    pub format: String,
    /// The file to write; none for standard output.
    pub output: Option<PathBuf>,
    /// What of the options had to give way.
    pub notes: Vec<String>,
}

impl Settled {
    /// A result that goes to standard output.
    pub fn on_stdout(form: Form) -> Self {
        Self {
            form,
            format: String::new(),
            output: None,
            notes: Vec::new(),
        }
    }
}

/// Options that say where a result goes, of whatever family of formats.
pub trait Settle {
    /// Decides on the format: that of `--format`, else CSV for `--csv-excel`, else that of the ending, else the
    /// command's own.
    ///
    /// # Errors
    /// An ending that stands for a format which the command doesn't have, as a message.
    fn settle(&mut self, csv_excel: bool) -> Result<Settled, String>;
}

impl<F: Family> Target<F> {
    /// The format, once it is settled.
    pub fn format(&self) -> F {
        self.format.unwrap_or(F::DEFAULT)
    }

    /// The same file, in a format of another family.
    fn retargeted<G: Family>(&mut self) -> Target<G> {
        Target {
            format: None,
            output: self.output.take(),
        }
    }
}

/// `correct --export` writes one format, whatever the command writes else.
pub fn settle_csv<F: Family>(target: &mut Target<F>) -> Result<Settled, String> {
    target.retargeted::<CsvOnly>().settle(false)
}

impl<F: Family> Settle for Target<F> {
    fn settle(&mut self, csv_excel: bool) -> Result<Settled, String> {
        let output = self.output.take().filter(|path| path.as_os_str() != "-");
        let mut notes = Vec::new();
        let excel = F::csv().filter(|_| csv_excel);
        let (asked, why) = match (self.format, excel) {
            (Some(format), _) => (Some(format), "--format"),
            (None, excel) => (excel, "--csv-excel"),
        };
        if let Some(path) = &output {
            let ending = ending_of(path);
            let by_ending = F::ENDINGS.iter().find(|(known, _)| *known == ending);
            match (asked, by_ending) {
                (Some(asked), Some((_, format))) if asked != *format => notes.push(say!(
                    "option-before-ending",
                    path = path.display(),
                    format = asked.name(),
                    why = why
                )),
                (Some(_), _) => {}
                (None, Some((_, format))) => self.format = Some(*format),
                (None, None) if KNOWN_ENDINGS.contains(&ending.as_str()) => {
                    return Err(say!(
                        "option-other-ending",
                        path = path.display(),
                        ending = ending,
                        endings = endings::<F>()
                    ));
                }
                (None, None) if is_device(path) => {}
                (None, None) => notes.push(say!(
                    "option-unknown-ending",
                    path = path.display(),
                    format = F::DEFAULT.name(),
                    endings = endings::<F>()
                )),
            }
        }
        self.format = asked.or(self.format);
        if csv_excel && F::csv() != Some(self.format()) {
            notes.push(match F::csv() {
                Some(_) => say!("option-not-csv", format = self.format().name()),
                None => say!(
                    "option-without-effect",
                    option = "csv-excel",
                    why = say!("option-no-csv")
                ),
            });
        }
        Ok(Settled {
            form: self.format().form(),
            format: self.format().name(),
            output,
            notes,
        })
    }
}

/// The endings that choose a format: `.txt, .csv, .json`.
fn endings<F: Family>() -> String {
    let endings = F::ENDINGS.iter().filter(|(ending, _)| *ending != "ndjson");
    let endings: Vec<String> = endings.map(|(ending, _)| format!(".{ending}")).collect();
    endings.join(", ")
}

fn ending_of(path: &Path) -> String {
    path.extension()
        .map(|ending| ending.to_string_lossy().to_lowercase())
        .unwrap_or_default()
}

/// A name that nobody chose for its ending.
fn is_device(path: &Path) -> bool {
    path.starts_with("/dev")
}

#[cfg(test)]
mod tests {
    use super::super::formats::{ChartFormat, RowFormat, TextOrJson};
    use super::*;

    /// The format, and what is noted.
    fn settled<F: Family>(format: Option<F>, output: &str, csv_excel: bool) -> Result<(F, String), String> {
        let mut target = Target {
            format,
            output: (!output.is_empty()).then(|| output.into()),
        };
        let settled = target.settle(csv_excel)?;
        Ok((target.format(), settled.notes.join("\n")))
    }

    #[test]
    fn the_ending_chooses_the_format_unless_an_option_does() {
        use ChartFormat::{Csv, Json, Svg, Text};
        let quiet = |format| Ok((format, String::new()));
        assert_eq!(settled::<ChartFormat>(None, "", false), quiet(Text));
        assert_eq!(settled(None, "a.SVG", false), quiet(Svg));
        assert_eq!(settled(Some(Json), "a.json", false), quiet(Json));
        assert_eq!(settled(Some(Json), "a", false), quiet(Json));
        assert_eq!(settled(None, "a.csv", true), quiet(Csv));
        assert_eq!(settled::<ChartFormat>(None, "", true), quiet(Csv));
        assert_eq!(settled::<ChartFormat>(None, "-", false), quiet(Text));
        let (format, note) = settled(Some(Json), "a.csv", false).expect("a note");
        assert!(format == Json && note.starts_with("a.csv: written as json, because --format"));
        let (format, note) = settled::<ChartFormat>(None, "a.txt", true).expect("a note");
        assert!(format == Csv && note.contains("because --csv-excel"), "{note}");
        let (format, note) = settled::<RowFormat>(None, "a.out", false).expect("a note");
        assert!(
            format == RowFormat::Jsonl && note.contains("the endings .jsonl, .csv, .xlsx, .geojson and"),
            "{note}"
        );
    }

    #[test]
    fn an_ending_of_another_command_is_an_error() {
        let error = settled::<TextOrJson>(None, "a.csv", false).expect_err("no CSV");
        assert!(
            error.starts_with("a.csv: ") && error.contains(".txt, .json"),
            "{error}"
        );
        assert!(settled::<RowFormat>(None, "a.txt", false).is_err());
    }

    #[test]
    fn csv_excel_is_never_silently_without_effect() {
        let note = |settled: Result<(ChartFormat, String), String>| settled.expect("a note").1;
        assert!(note(settled(Some(ChartFormat::Json), "", true)).contains("the result is json"));
        let (_, note) = settled::<TextOrJson>(None, "", true).expect("a note");
        assert!(note.contains("doesn't write CSV"), "{note}");
    }
}
