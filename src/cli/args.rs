//! The options, with their help. Nothing here touches the system.

use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

pub use super::selection_args::{FilterArgs, QueryArgs, TextOrJson};
pub use super::table_args::*;

/// Full-text search for archives of French news about the Sahel.
///
/// griot keeps an index of a folder of articles in step with the folder, works out where, when and by whom
/// (facets region, month, actor) from the text itself, and answers keyword searches with snippets and counts.
#[derive(Debug, Parser)]
#[command(
    name = "griot",
    version,
    max_term_width = 110,
    subcommand_required = true,
    arg_required_else_help = true
)]
pub struct Cli {
    /// Folder of the index. Otherwise $GRIOT_INDEX, else the nearest .griot upwards from the current folder
    #[arg(
        long,
        global = true,
        value_name = "DIR",
        env = "GRIOT_INDEX",
        hide_env_values = true
    )]
    pub index: Option<PathBuf>,
    /// Colours and bold: on a terminal, always or never (NO_COLOR is respected)
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub color: ColorWhen,
    /// CSV as a French spreadsheet opens it: byte order mark, semicolons, decimal commas, no cell that is a
    /// formula
    #[arg(long, global = true)]
    pub csv_excel: bool,
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ColorWhen {
    Auto,
    Always,
    Never,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Index folders and files, or bring the index up to date with them
    Index(IndexArgs),
    /// Search: ranked articles with snippets, and facet counts
    Search(SearchArgs),
    /// Count facet values under a query and filters, as a tree
    Facets(FacetsArgs),
    /// Count articles by day, month or year, as bars, a table or a chart
    Timeline(TimelineArgs),
    /// Count articles by any facet and any other, as a table
    Pivot(PivotArgs),
    /// Check the lexicons, or find names that they lack
    Lexicon {
        #[command(subcommand)]
        command: LexiconCommand,
    },
    /// Show an article: text, metadata, and every facet value with its evidence
    Show(ShowArgs),
    /// Words and facet values that a result has more often than the archive
    Terms(TermsArgs),
    /// Near-identical articles: the same dispatch elsewhere
    Similar(SimilarArgs),
    /// A reference to an article for a report: file, hash, and the passages that a query matches
    Cite(CiteArgs),
    /// Searches kept beside the index: what is new, changed and gone since they were last run
    Saved(SavedArgs),
    /// Correct facet values of articles, or mark them; decisions outlive every rebuild
    Correct(CorrectArgs),
    /// Complete a word: words of the archive and facet values, the most frequent first
    Suggest(SuggestArgs),
    /// Say what the index holds
    Stats(StatsArgs),
    /// Say whether the index is whole, and if not what mends it
    Check(CheckArgs),
    /// Copy the index as it is now, even while it is written to
    Snapshot(SnapshotArgs),
    /// Write out every matching article (all without a query) as JSONL or CSV
    Export(ExportArgs),
    /// Show what the French analysis makes of each word
    Analyze(AnalyzeArgs),
    /// Run the queries of a file
    Batch(BatchArgs),
    /// Print shell completions
    Completions {
        /// bash, zsh, fish, elvish or powershell
        shell: clap_complete::Shell,
    },
    /// Write man pages into a folder
    Man {
        /// Folder to write to
        dir: PathBuf,
    },
    /// Read a PDF file on standard input, and write its text as JSON: `griot index` starts this for each
    #[command(hide = true)]
    ReadPdf {
        /// Most processor time, in seconds
        #[arg(long)]
        seconds: u64,
        /// Most memory, in bytes
        #[arg(long)]
        memory: u64,
    },
    /// Print the attributions of the data that griot carries (also --licences)
    #[command(alias = "licenses")]
    Licences,
}

#[derive(Debug, Args)]
pub struct IndexArgs {
    /// Folders or files to index; without any, all that the index remembers are brought up to date
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Threads for analysing and for inverting
    #[arg(long, value_name = "N")]
    pub threads: Option<usize>,
    /// Memory for the writer, such as 256M or 1G
    #[arg(long, value_name = "SIZE", default_value = "256M", value_parser = parse_size)]
    pub memory: usize,
    /// Build the index anew beside the old one, then replace it
    #[arg(long)]
    pub rebuild: bool,
    /// Drop a folder and its articles from the index
    #[arg(long, value_name = "PATH")]
    pub forget: Vec<PathBuf>,
    /// Only files that the glob takes: a name anywhere ('*.md'), or a path in the folder ('2024/**'). Kept
    /// with the index; '' takes all again
    #[arg(long, value_name = "GLOB")]
    pub include: Vec<String>,
    /// No files that the glob takes; kept with the index, '' takes the former ones away
    #[arg(long, value_name = "GLOB")]
    pub exclude: Vec<String>,
    /// Read a field from the column or key of that name: text=bibo:content, date=dcterms:date,
    /// text=body.html. Remembered with the index; '' clears the list
    #[arg(long, value_name = "FIELD=COLUMN")]
    pub column: Vec<String>,
    /// Which links to follow: those that lead into an indexed folder (inside, for new folders), all, or none.
    /// Kept with the index
    #[arg(long, value_name = "WHICH")]
    pub follow_links: Option<FollowLinks>,
    /// Compare the content of all files, not only of those with another size or time than before
    #[arg(long)]
    pub checksum: bool,
    /// Only print what would be done
    #[arg(long, conflicts_with_all = ["rebuild", "report"])]
    pub dry_run: bool,
    /// If another griot is writing, wait for it (so many seconds, or as long as it takes)
    #[arg(long, value_name = "SECONDS", num_args = 0..=1, require_equals = true, default_missing_value = "31536000")]
    pub wait: Option<u64>,
    /// Stay, and apply changes as they come, until interrupted
    #[arg(long, conflicts_with_all = ["dry_run", "report"])]
    pub watch: bool,
    /// Stay, and compare everything again and again: 30s, 15m, 2h. For network drives, whose changes no
    /// system tells
    #[arg(long, value_name = "TIME", value_parser = parse_pause, conflicts_with_all = ["dry_run", "report"])]
    pub every: Option<std::time::Duration>,
    /// Processor time that reading a PDF file may take
    #[arg(long, value_name = "SECONDS", default_value_t = super::read_pdf::SECONDS, value_parser = clap::value_parser!(u64).range(1..=86_400))]
    pub pdf_seconds: u64,
    /// Remove the articles of files that are gone even if they are many (more than 50, and more than a tenth of
    /// all), or gone with a whole folder or disk; otherwise they stay, and the exit code is 6
    #[arg(long, alias = "allow-empty")]
    pub allow_removals: bool,
    /// Folder with index_schema files that replace the built-in ones
    #[arg(long, value_name = "DIR")]
    pub schema: Option<PathBuf>,
    /// Exit code 3 too if a file is of a kind that griot doesn't read, or was read in part
    #[arg(long)]
    pub fail_unread: bool,
    /// No progress, no audit; errors only
    #[arg(long)]
    pub quiet: bool,
    /// Write what became of every file, and every skipped record, to a CSV or JSONL file
    #[arg(long, value_name = "FILE.csv")]
    pub report: Option<PathBuf>,
    #[arg(long, default_value = "text")]
    pub format: TextOrJson,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum FollowLinks {
    Inside,
    All,
    None,
}

impl From<FollowLinks> for griot::corpus::Links {
    fn from(which: FollowLinks) -> Self {
        match which {
            FollowLinks::Inside => Self::Inside,
            FollowLinks::All => Self::All,
            FollowLinks::None => Self::None,
        }
    }
}

#[derive(Debug, Args)]
#[command(
    after_help = "`griot export` gives every matching article, not a page of them.\n\
    A phrase in a shell: griot search '\"armée malienne\"' drone\n\
    Exclude a word:      griot search Gao -drone"
)]
pub struct SearchArgs {
    #[command(flatten)]
    pub query: QueryArgs,
    /// First bring the index of this folder or file up to date, then search only what lies under it
    #[arg(long, value_name = "PATH")]
    pub corpus: Option<PathBuf>,
    #[command(flatten)]
    pub filters: FilterArgs,
    #[arg(long, default_value = "relevance")]
    pub sort: Sort,
    /// Hits a page
    #[arg(long, value_name = "N", default_value_t = 10)]
    pub limit: usize,
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub page: usize,
    /// Count all facets (text shows the main ones anyway; --format json only with this)
    #[arg(long)]
    pub facets: bool,
    /// Say what was searched (every form, spelling and expansion with its articles) and why each hit scored
    #[arg(long)]
    pub explain: bool,
    /// Fold near-identical articles under the best of them; the total still counts them all
    #[arg(long)]
    pub group: bool,
    /// As --group, and list what is folded
    #[arg(long)]
    pub unfold: bool,
    /// Length of a snippet in characters
    #[arg(long, value_name = "N", default_value_t = 240)]
    pub snippet_length: usize,
    /// Snippets a hit
    #[arg(long, value_name = "N", default_value_t = 2)]
    pub fragments: usize,
    #[arg(long, default_value = "text")]
    pub format: HitFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Sort {
    Relevance,
    Newest,
    Oldest,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum HitFormat {
    Text,
    Json,
    Jsonl,
    Csv,
}

#[derive(Debug, Args)]
pub struct FacetsArgs {
    #[command(flatten)]
    pub query: QueryArgs,
    /// Only this facet
    #[arg(long, value_name = "NAME")]
    pub facet: Option<String>,
    /// The phrases that gave this value (region, actor …) or one below it, the most frequent first
    #[arg(long, value_name = "VALUE")]
    pub evidence: Option<String>,
    /// Only values of that name, alias or beginning, in any spelling, with what lies above and below them; at
    /// zero too
    #[arg(long, value_name = "TEXT", conflicts_with = "evidence")]
    pub find: Option<String>,
    /// Order of the values (months: the newest first, or by name)
    #[arg(long, value_name = "ORDER", default_value = "count")]
    pub by: ValueOrder,
    /// Only so many values of each level, and those that are chosen
    #[arg(long, value_name = "N")]
    pub top: Option<usize>,
    /// Regions of which division of Mali: that in force since 2023, or the one before
    #[arg(long, value_name = "WHICH", default_value = "new")]
    pub region_division: Division,
    #[command(flatten)]
    pub filters: FilterArgs,
    #[arg(long, default_value = "text")]
    pub format: TextOrJson,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ValueOrder {
    Count,
    Name,
}

#[derive(Debug, Subcommand)]
pub enum LexiconCommand {
    /// Load all lexicons and say what is wrong, with file, line and cure, or what they hold
    Check {
        /// Folder with index_schema files that replace the built-in ones
        #[arg(long, value_name = "DIR")]
        schema: Option<PathBuf>,
        #[arg(long, default_value = "text")]
        format: TextOrJson,
    },
    /// List frequent names of the indexed articles that no lexicon knows, with an example each
    Candidates(Box<CandidatesArgs>),
}

#[derive(Debug, Args)]
pub struct CandidatesArgs {
    #[command(flatten)]
    pub query: QueryArgs,
    #[command(flatten)]
    pub filters: FilterArgs,
    /// Names to list
    #[arg(long, value_name = "N", default_value_t = 50)]
    pub limit: usize,
    #[arg(long, default_value = "text")]
    pub format: TextOrJson,
}

#[derive(Debug, Args)]
#[command(
    after_help = "Columns: id (or path), facet, action (add, remove, set, reset), value, note. For instance:\n\
    id,facet,action,value,note\n\
    nord/a.txt,region,set,Mali/Gao,the dateline misleads\n\
    nord/b.txt,mark,add,excluded,a test page of the site"
)]
pub struct CorrectArgs {
    /// Table of corrections (CSV)
    #[arg(value_name = "FILE.csv", required_unless_present = "export")]
    pub file: Option<PathBuf>,
    /// Write out all corrections that the index keeps, as such a table
    #[arg(long, conflicts_with = "file")]
    pub export: bool,
    #[arg(long, default_value = "text")]
    pub format: TextOrJson,
}

#[derive(Debug, Args)]
pub struct ShowArgs {
    /// Id, as `griot search` shows it
    pub id: String,
    /// Mark every match of a query, and say how many there are
    #[arg(long, value_name = "QUERY")]
    pub query: Option<String>,
    /// Only the paragraphs with matches, numbered, and N before and after them
    #[arg(long, value_name = "N", requires = "query")]
    pub context: Option<usize>,
    #[arg(long, default_value = "text")]
    pub format: TextOrJson,
}

#[derive(Debug, Args)]
pub struct SuggestArgs {
    /// Beginning of a word, in any case and without accents if you like; of several words the last is
    /// completed
    #[arg(value_name = "PREFIX", required = true)]
    pub prefix: Vec<String>,
    /// Words, and facet values, at most
    #[arg(long, value_name = "N", default_value_t = 10)]
    pub limit: usize,
    #[arg(long, default_value = "text")]
    pub format: TextOrJson,
}

#[derive(Debug, Args)]
pub struct CheckArgs {
    /// Read every article and every list of postings too
    #[arg(long)]
    pub deep: bool,
    /// Check a snapshot too: every file is there and is what was copied
    #[arg(long, value_name = "SNAPSHOT")]
    pub against: Option<PathBuf>,
    #[arg(long, default_value = "text")]
    pub format: TextOrJson,
}

#[derive(Debug, Args)]
pub struct SnapshotArgs {
    /// Folder to make, usable with --index
    pub dir: PathBuf,
    #[arg(long, default_value = "text")]
    pub format: TextOrJson,
}

#[derive(Debug, Args)]
pub struct StatsArgs {
    /// List the files that were not read, or only in part, and why
    #[arg(long)]
    pub unread: bool,
    #[arg(long, default_value = "text")]
    pub format: TextOrJson,
}

#[derive(Debug, Args)]
pub struct ExportArgs {
    #[command(flatten)]
    pub query: QueryArgs,
    #[command(flatten)]
    pub filters: FilterArgs,
    /// A row an article; a row for each place and date reported together, with the passage that says so; a
    /// row for each facet value and piece of evidence; or the articles themselves, with their texts and the
    /// metadata they were given, as griot reads them
    #[arg(long, default_value = "articles")]
    pub rows: ExportRows,
    /// The text of each article in a last column, with --rows articles
    #[arg(long)]
    pub with_text: bool,
    #[arg(long, default_value = "jsonl")]
    pub format: ExportFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ExportRows {
    Articles,
    Events,
    Mentions,
    Records,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ExportFormat {
    Jsonl,
    Csv,
}

#[derive(Debug, Args)]
pub struct AnalyzeArgs {
    /// Text; read from standard input when there is none
    pub text: Vec<String>,
    /// text and json show every step; tsv: one word a line on standard input gives form<TAB>stem
    #[arg(long, default_value = "text")]
    pub format: AnalyzeFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum AnalyzeFormat {
    Text,
    Json,
    Tsv,
}

#[derive(Debug, Args)]
pub struct BatchArgs {
    /// One query a line, or id<TAB>query; - for standard input
    pub file: PathBuf,
    /// Join the words with OR
    #[arg(long)]
    pub any: bool,
    /// Nothing in a query is an operator
    #[arg(long)]
    pub plain: bool,
    /// Hits a query
    #[arg(long, value_name = "N", default_value_t = 10)]
    pub limit: usize,
    #[arg(long, default_value = "csv")]
    pub format: BatchFormat,
    /// Write there instead of standard output
    #[arg(long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Make snippets too
    #[arg(long)]
    pub snippets: bool,
    /// Count facets too
    #[arg(long)]
    pub facets: bool,
    /// Run every query so many times (for timing)
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub repeat: usize,
    /// End standard error with a line of JSON: queries, p50, p95, p99 and max in milliseconds
    #[arg(long)]
    pub timings: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum BatchFormat {
    Csv,
    Jsonl,
    Trec,
}

fn parse_pause(text: &str) -> Result<std::time::Duration, String> {
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let unit = match text[digits.len()..].to_ascii_lowercase().as_str() {
        "" | "s" => 1,
        "m" | "min" => 60,
        "h" => 3600,
        _ => return Err("write a time such as 30s, 15m or 2h".into()),
    };
    match digits.trim().parse::<u64>() {
        Ok(number) if number > 0 => Ok(std::time::Duration::from_secs(number.saturating_mul(unit))),
        _ => Err("write a time such as 30s, 15m or 2h".into()),
    }
}

fn parse_size(text: &str) -> Result<usize, String> {
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let unit = match text[digits.len()..]
        .to_ascii_uppercase()
        .trim_end_matches('B')
        .trim_end_matches('I')
    {
        "" => 1,
        "K" => 1 << 10,
        "M" => 1 << 20,
        "G" => 1 << 30,
        _ => return Err("write a size such as 256M or 1G".into()),
    };
    let number: usize = digits
        .trim()
        .parse()
        .map_err(|_| "write a size such as 256M or 1G".to_string())?;
    number
        .checked_mul(unit)
        .ok_or_else(|| "that is too much".to_string())
}

/// Marks a query word that begins with `-`, so that clap takes it for a word; [`unmask`] takes the mark away.
const MASK: char = '\u{1}';

/// Command-line arguments with query words such as `-drone` masked. Two hyphens still make an option.
pub fn masked_args(args: impl Iterator<Item = std::ffi::OsString>) -> Vec<std::ffi::OsString> {
    let mut after_dashes = false;
    args.map(|arg| {
        if arg == "--" {
            after_dashes = true;
        }
        match arg.to_str() {
            Some(text)
                if !after_dashes
                    && text.starts_with('-')
                    && text.len() > 1
                    && !text.starts_with("--")
                    && !matches!(text, "-h" | "-V") =>
            {
                format!("{MASK}{text}").into()
            }
            _ => arg,
        }
    })
    .collect()
}

/// A query word as typed.
pub fn unmask(word: &str) -> &str {
    word.strip_prefix(MASK).unwrap_or(word)
}

/// A message that repeats arguments, with each as typed.
pub fn unmask_all(message: &str) -> String {
    message.replace(MASK, "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_definition_is_sound() {
        use clap::CommandFactory;
        Cli::command().debug_assert();
    }

    #[test]
    fn words_with_a_hyphen_are_query_text() {
        let args = ["griot", "search", "Gao", "-drone", "--limit", "3"].map(Into::into);
        let cli = Cli::try_parse_from(masked_args(args.into_iter())).expect("parses");
        let Command::Search(search) = cli.command else {
            panic!("not a search")
        };
        let words: Vec<&str> = search.query.query.iter().map(|w| unmask(w)).collect();
        assert_eq!((words, search.limit), (vec!["Gao", "-drone"], 3));
    }

    #[test]
    fn sizes() {
        assert_eq!(parse_size("256M"), Ok(256 << 20));
        assert_eq!(parse_size("1GiB"), Ok(1 << 30));
        assert!(parse_size("lots").is_err());
        assert_eq!(parse_pause("15m"), Ok(std::time::Duration::from_secs(900)));
        assert!(["", "0", "m", "1d"].iter().all(|text| parse_pause(text).is_err()));
    }
}
