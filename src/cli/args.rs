//! The options, with their help. Nothing here touches the system.

use clap::{ArgAction, Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

pub use super::compare_args::*;
pub use super::correct_args::*;
pub use super::formats::{
    ChartFormat, ChronologyFormat, CitationFormat, DossierFormat, EventFormat, Family, HitFormat, RowFormat,
    RunFormat, TableFormat, TextOrJson, TokenFormat,
};
pub use super::index_args::*;
pub use super::lexicon_args::*;
pub use super::push_args::*;
pub use super::reading_args::*;
use super::selection_args::parse_positive;
pub use super::selection_args::{FilterArgs, QueryArgs, Sort};
pub use super::table_args::*;
use super::target::Target;

/// Full-text search for archives of French news about the Sahel
///
/// griot keeps an index of a folder of articles up to date with the folder, derives where, when and by whom
/// (facets region, month, actor) from the text itself, and answers keyword searches with snippets and counts.
#[derive(Debug, Parser)]
#[command(
    name = "griot",
    version,
    propagate_version = true,
    max_term_width = 110,
    subcommand_required = true,
    arg_required_else_help = true,
    disable_help_flag = true,
    disable_version_flag = true
)]
pub struct Cli {
    #[command(flatten)]
    pub global: GlobalArgs,
    #[command(subcommand)]
    pub command: Command,
}

/// The heading of the options that every command has.
pub const GLOBAL: &str = "Global options";

#[derive(Debug, Clone, Args)]
pub struct GlobalArgs {
    /// Folder of the index [default: $GRIOT_INDEX, else the nearest .griot upwards]
    #[arg(
        long,
        global = true,
        value_name = "DIR",
        env = "GRIOT_INDEX",
        hide_env = true,
        help_heading = GLOBAL
    )]
    pub index: Option<PathBuf>,
    /// Ask an archive on a cluster of OpenSearch: its address, /, its name [default: $GRIOT_ENGINE]
    #[arg(long, global = true, value_name = "URL/NAME", hide_short_help = true, help_heading = GLOBAL)]
    pub engine: Option<String>,
    /// Colours in text: auto (on a terminal; respects NO_COLOR), always or never
    #[arg(
        long,
        global = true,
        value_name = "WHEN",
        default_value = "auto",
        hide_default_value = true,
        hide_possible_values = true,
        help_heading = GLOBAL
    )]
    pub color: ColorWhen,
    /// Write CSV for French spreadsheets (implies --format csv)
    ///
    /// With a byte order mark, semicolons, decimal commas, and an apostrophe before cells that a spreadsheet
    /// would compute. Implies --format csv where the command writes CSV.
    #[arg(long, global = true, help_heading = GLOBAL)]
    pub csv_excel: bool,
    /// Errors only: no notes, no progress, no summary of `griot index`
    #[arg(short, long, global = true, help_heading = GLOBAL)]
    pub quiet: bool,
    /// Report more: the index used, what became of each file, how long it took
    #[arg(short, long, global = true, conflicts_with = "quiet", help_heading = GLOBAL)]
    pub verbose: bool,
    /// Language of messages: fr or en [default: $GRIOT_LANG, else the locale]
    ///
    /// Facets, columns, JSON, CSV and exit codes are the same in both. --lang chooses articles by their language.
    #[arg(long, global = true, value_name = "LANG", hide_possible_values = true, help_heading = GLOBAL)]
    pub ui_lang: Option<SpokenLang>,
    /// Print help: -h a summary, --help every option in full
    #[arg(short, long, global = true, action = ArgAction::Help, help_heading = GLOBAL)]
    pub help: Option<bool>,
    /// Print the version
    #[arg(short = 'V', long, global = true, action = ArgAction::Version, help_heading = GLOBAL)]
    pub version: Option<bool>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ColorWhen {
    Auto,
    Always,
    Never,
}

/// A language that griot speaks; `cli::ui_lang` reads it before the options are parsed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum SpokenLang {
    Fr,
    En,
}

// `cli::help` puts each of these into a group of `griot --help`.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Index folders and files, or update the index to match them
    Index(IndexArgs),
    /// Search: ranked articles with snippets, and facet counts
    Search(SearchArgs),
    /// Serve a page and an API: search, read, count and export in a browser
    Serve(ServeArgs),
    /// Count the values of every facet, as a tree
    Facets(FacetsArgs),
    /// Count articles by day, month or year: bars, a table or a chart
    Timeline(TimelineArgs),
    /// Count articles by two facets, as a table
    Pivot(PivotArgs),
    /// Add places and actors to the lexicon, check it, or list names that it lacks
    #[command(arg_required_else_help = true)]
    Lexicon {
        #[command(subcommand)]
        command: LexiconCommand,
    },
    /// Show an article: text, metadata, and the evidence for each facet value
    Show(ShowArgs),
    /// List words and facet values that are more frequent in a result than in the archive
    Terms(TermsArgs),
    /// List near-duplicates of an article, and articles that may report its news
    Similar(SimilarArgs),
    /// Cite articles: as text with checksum and passages, or as BibTeX, RIS, CSL
    Cite(CiteArgs),
    /// Save searches, and report what is new, changed or gone since they last ran
    Saved(SavedArgs),
    /// Correct facet values, dates and events by hand or by a table; kept in every rebuild
    Correct(CorrectArgs),
    /// Mark an article as reviewed or excluded; searches leave out excluded ones
    Mark(MarkArgs),
    /// Complete a word: words of the archive and facet values, most frequent first
    Suggest(SuggestArgs),
    /// Print a service file that keeps the index up to date in the background
    InstallWatch(InstallWatchArgs),
    /// Summarize what the index holds
    Stats(StatsArgs),
    /// Check the index for damage and suggest repairs
    Check(CheckArgs),
    /// Copy the index in a consistent state, even while it is being written
    Snapshot(SnapshotArgs),
    /// Push the archive to a cluster of OpenSearch, and keep it in step there
    Push(PushArgs),
    /// Export every matching article (all without a query) as JSONL or CSV
    Export(ExportArgs),
    /// List the events that articles report: when, where, how many were harmed, how sure
    Events(EventsArgs),
    /// Compare a sheet of events with what is reported
    Compare(Box<CompareArgs>),
    /// Set out what happened when: reports of events by date, differing tolls side by side
    Chronology(ChronologyArgs),
    /// Make a dossier to print: contents, articles, citations, matches, evidence, hashes
    Dossier(DossierArgs),
    /// Show how the French analyzer tokenizes and stems each word
    Analyze(AnalyzeArgs),
    /// Run a file of queries
    Batch(BatchArgs),
    /// Print shell completions
    Completions {
        /// Shell to complete for
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
        /// Limit of processor time, in seconds
        #[arg(long)]
        seconds: u64,
        /// Limit of memory, in bytes
        #[arg(long)]
        memory: u64,
    },
    /// Print the attributions of the embedded data (also --licences)
    #[command(alias = "licenses")]
    Licences,
}

#[derive(Debug, Args)]
#[command(
    after_long_help = "`griot export` writes every matching article rather than a page of hits.\n\
    A phrase in a shell: griot search '\"armée malienne\"' drone\n\
    Exclude a word:      griot search Gao -drone\n\
    Five hits:           griot search -n 5 drone"
)]
pub struct SearchArgs {
    #[command(flatten)]
    pub query: QueryArgs,
    /// Update the index of this folder or file first, and search only there
    #[arg(long, value_name = "PATH")]
    pub corpus: Option<PathBuf>,
    /// relevance (default), newest or oldest (newest without words to rank by)
    #[arg(
        long,
        value_name = "ORDER",
        default_value = "relevance",
        hide_default_value = true,
        hide_possible_values = true
    )]
    pub sort: Sort,
    /// Fold near-duplicates under the best of them; the total still counts them all
    #[arg(long)]
    pub group: bool,
    /// Like --group, and list the folded articles
    #[arg(long)]
    pub unfold: bool,
    /// Show which forms and synonyms were searched, and how scores are made up
    #[arg(long)]
    pub explain: bool,
    #[command(flatten)]
    pub filters: FilterArgs,
    /// Hits per page
    #[arg(
        short = 'n',
        long,
        value_name = "N",
        default_value_t = 10,
        help_heading = "Output"
    )]
    pub limit: usize,
    /// Page to show
    #[arg(
        long,
        value_name = "N",
        default_value_t = 1,
        value_parser = parse_positive,
        help_heading = "Output"
    )]
    pub page: usize,
    /// Count the values of all facets, not only of the main ones
    #[arg(long, help_heading = "Output")]
    pub facets: bool,
    /// Text: values of a facet to list, per level
    #[arg(
        long,
        value_name = "N",
        default_value_t = 8,
        value_parser = parse_positive,
        hide_short_help = true,
        help_heading = "Output"
    )]
    pub top: usize,
    /// Text: count no facets
    #[arg(long, conflicts_with = "facets", help_heading = "Output")]
    pub no_facets: bool,
    /// Length of a snippet in characters
    #[arg(
        long,
        value_name = "N",
        default_value_t = 240,
        help_heading = "Output",
        hide_short_help = true
    )]
    pub snippet_length: usize,
    /// Snippets per hit
    #[arg(
        long,
        value_name = "N",
        default_value_t = 2,
        help_heading = "Output",
        hide_short_help = true
    )]
    pub fragments: usize,
    #[command(flatten)]
    pub target: Target<HitFormat>,
}

#[derive(Debug, Args)]
pub struct FacetsArgs {
    #[command(flatten)]
    pub query: QueryArgs,
    /// Count this facet only
    #[arg(long, value_name = "NAME")]
    pub facet: Option<String>,
    /// List the phrases that gave this value, most frequent first
    #[arg(long, value_name = "VALUE")]
    pub evidence: Option<String>,
    /// Look up values by name, alias or prefix, in any spelling
    #[arg(long, value_name = "TEXT", conflicts_with = "evidence")]
    pub find: Option<String>,
    /// Order of the values: count (months: newest first) or name
    #[arg(
        long,
        value_name = "ORDER",
        default_value = "count",
        hide_possible_values = true
    )]
    pub by: ValueOrder,
    /// List at most N values per level, and the chosen ones
    #[arg(short = 'n', long, value_name = "N")]
    pub top: Option<usize>,
    /// Regions of Mali: new (since 2023) or old
    #[arg(
        long,
        value_name = "WHICH",
        default_value = "new",
        hide_possible_values = true
    )]
    pub region_division: Division,
    #[command(flatten)]
    pub filters: FilterArgs,
    #[command(flatten)]
    pub target: Target<TextOrJson>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ValueOrder {
    Count,
    Name,
}

#[derive(Debug, Args)]
#[command(
    after_long_help = "Nothing is installed: the first lines of the file say where to save it and how to start it."
)]
pub struct InstallWatchArgs {
    /// Folders or files to keep in the index [default: those that it has]
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// systemd or launchd [default: that of this system]
    #[arg(long, value_name = "WHICH", hide_possible_values = true)]
    pub service: Option<Service>,
}

/// What starts a program in the background.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Service {
    Systemd,
    Launchd,
}
