//! The options of `griot lexicon`. Part of `args`.

use super::correct_args::ByArgs;
use super::formats::{TableFormat, TextOrJson};
use super::selection_args::{FilterArgs, QueryArgs};
use super::target::Target;
use clap::{Args, Subcommand};
use std::path::PathBuf;

#[derive(Debug, Subcommand)]
pub enum LexiconCommand {
    /// Load all lexicons, and list each problem with file, line and repair, or what they hold
    Check {
        /// Folder with index_schema files that replace the built-in ones
        #[arg(long, value_name = "DIR")]
        schema: Option<PathBuf>,
        #[command(flatten)]
        target: Target<TextOrJson>,
    },
    /// List frequent names in the indexed articles that no lexicon has, with an example each
    Candidates(Box<CandidatesArgs>),
    /// Add a place or an actor; the next `griot index` derives it in all articles
    #[command(subcommand, arg_required_else_help = true)]
    Add(LexiconAddCommand),
    /// List what was added to the lexicon of this index
    List {
        #[command(flatten)]
        target: Target<TableFormat>,
    },
    /// Remove a place or an actor that was added
    Remove {
        /// Name, or region and name
        name: String,
    },
    /// Write what was added as a table (TSV), for `griot lexicon import`
    Export,
    /// Add the places and actors of such a table; columns by tabs, commas or semicolons
    Import {
        /// Table of additions
        file: PathBuf,
        #[command(flatten)]
        by: ByArgs,
    },
}

#[derive(Debug, Subcommand)]
pub enum LexiconAddCommand {
    /// Add a place, or spellings of one that is known
    Place(Box<AddPlaceArgs>),
    /// Add an actor, or names of one that is known
    Actor(Box<AddActorArgs>),
}

#[derive(Debug, Args)]
pub struct AddPlaceArgs {
    /// Name, with its accents and hyphens
    pub name: String,
    /// What it lies in: the path of a region or cercle, such as Mali/Ménaka/Inékar; a known place of a unique name needs none
    #[arg(long, value_name = "PATH")]
    pub region: Option<String>,
    /// Latitude in degrees, north positive
    #[arg(long, value_name = "DEGREES", allow_hyphen_values = true)]
    pub lat: Option<String>,
    /// Longitude in degrees, east positive
    #[arg(long, value_name = "DEGREES", allow_hyphen_values = true)]
    pub lon: Option<String>,
    /// village, town, commune, camp, quarter, mine, river, lake, mountain, forest, cercle [default: village]
    #[arg(long, value_name = "KIND")]
    pub kind: Option<String>,
    /// Another spelling, found in texts and in search (may be repeated)
    #[arg(long, value_name = "NAME")]
    pub alias: Vec<String>,
    /// The name is also a word or a person's: found only where the text says more
    #[arg(long)]
    pub ambiguous: bool,
    /// Why
    #[arg(long, value_name = "TEXT")]
    pub note: Option<String>,
    #[command(flatten)]
    pub by: ByArgs,
}

#[derive(Debug, Args)]
pub struct AddActorArgs {
    /// Name
    pub name: String,
    /// Actor or family that it belongs to
    #[arg(long, value_name = "NAME")]
    pub parent: Option<String>,
    /// Another name, found in texts and in search (may be repeated)
    #[arg(long, value_name = "NAME")]
    pub alias: Vec<String>,
    /// A name that is found in texts as written here only (may be repeated)
    #[arg(long, value_name = "NAME")]
    pub exact: Vec<String>,
    /// Why
    #[arg(long, value_name = "TEXT")]
    pub note: Option<String>,
    #[command(flatten)]
    pub by: ByArgs,
}

#[derive(Debug, Args)]
pub struct CandidatesArgs {
    #[command(flatten)]
    pub query: QueryArgs,
    #[command(flatten)]
    pub filters: FilterArgs,
    /// Names to list
    #[arg(
        short = 'n',
        long,
        value_name = "N",
        default_value_t = 50,
        help_heading = "Output"
    )]
    pub limit: usize,
    #[command(flatten)]
    pub target: Target<TextOrJson>,
}
