//! The options of what people decide about articles: corrections and marks. Part of `args`.

use super::formats::{TableFormat, TextOrJson};
use super::target::Target;
use clap::{Args, Subcommand};
use std::path::PathBuf;

#[derive(Debug, Args)]
#[command(
    args_conflicts_with_subcommands = true,
    subcommand_negates_reqs = true,
    after_help = "Columns: id (or path), facet, action (add, remove, set, reset, join, part), value, note. For instance:\n\
    id,facet,action,value,note\n\
    nord/a.txt,region,set,Mali/Gao,the dateline misleads\n\
    nord/b.txt,mark,add,excluded,a test page of the site"
)]
pub struct CorrectArgs {
    #[command(subcommand)]
    pub command: Option<CorrectCommand>,
    /// Table of corrections (CSV); a name that is also a subcommand is typed as ./apply
    #[arg(value_name = "FILE.csv", required_unless_present = "export")]
    pub file: Option<PathBuf>,
    /// Export all corrections that the index keeps as such a table
    #[arg(long, conflicts_with = "file")]
    pub export: bool,
    #[command(flatten)]
    pub by: ByArgs,
    #[command(flatten)]
    pub target: Target<TextOrJson>,
}

/// Who decides.
#[derive(Debug, Clone, Default, Args)]
pub struct ByArgs {
    /// Who decides [default: $GRIOT_USER, else the user of this computer]
    #[arg(long, value_name = "NAME", env = "GRIOT_USER", hide_env = true)]
    pub by: Option<String>,
}

impl ByArgs {
    /// As typed or set, else the user of this computer.
    pub fn name(&self) -> String {
        let set = |name: &str| std::env::var(name).ok();
        let users = ["USER", "LOGNAME", "USERNAME"];
        let name = self.by.clone().or_else(|| users.into_iter().find_map(set));
        name.unwrap_or_default().trim().to_string()
    }
}

/// What a decision says beside its value.
#[derive(Debug, Clone, Default, Args)]
pub struct SaidArgs {
    /// Why
    #[arg(long, value_name = "TEXT")]
    pub note: Option<String>,
    /// Of an event: the passage that tells of it, as `griot events` shows it, or words of it
    ///
    /// The columns of an event are event_date, event_place, killed, wounded and abducted; event is the row as a whole,
    /// which can be removed.
    #[arg(long, value_name = "TEXT")]
    pub passage: Option<String>,
    #[command(flatten)]
    pub by: ByArgs,
}

#[derive(Debug, Subcommand)]
pub enum CorrectCommand {
    /// Set the values of a facet, or the date, to VALUE and nothing else
    Set(CorrectOneArgs),
    /// Add a value to a facet
    Add(CorrectOneArgs),
    /// Remove a value and those below it; without VALUE, all values
    Remove(CorrectAnyArgs),
    /// Take back what was decided about a facet of an article; without FACET, everything
    Reset {
        /// Id as `griot search` shows it, number of a hit of the last search, or path of a file
        id: String,
        /// Facet, date, or column of an event
        facet: Option<String>,
        #[command(flatten)]
        said: SaidArgs,
    },
    /// Join reports of one event that stand apart in `griot events --group`
    ///
    /// Of each article the report whose passage has the words of a --passage is meant, else its only one. All reports
    /// that are named are of one event from then on, with those that one of them was joined with before.
    Join(CorrectGroupArgs),
    /// Part reports of different events that stand together in `griot events --group`
    ///
    /// Of each article the report whose passage has the words of a --passage is meant, else its only one. A report that
    /// is named alone is parted from all others.
    Part(CorrectGroupArgs),
    /// Apply a table of corrections
    Apply {
        /// Table of corrections (CSV)
        #[arg(value_name = "FILE.csv")]
        file: PathBuf,
        #[command(flatten)]
        by: ByArgs,
        #[command(flatten)]
        target: Target<TextOrJson>,
    },
    /// List what was decided: about what, by whom, when
    List {
        /// Only what was decided about this article
        id: Option<String>,
        /// Also what was withdrawn or replaced
        #[arg(long)]
        past: bool,
        #[command(flatten)]
        target: Target<TableFormat>,
    },
    /// Undo the last call of `griot correct` or `griot mark`
    Undo {
        #[command(flatten)]
        by: ByArgs,
    },
}

#[derive(Debug, Args)]
pub struct CorrectGroupArgs {
    /// Ids as `griot search` shows them, numbers of hits of the last search, or paths of files
    #[arg(value_name = "ID", required = true)]
    pub ids: Vec<String>,
    /// Words of the passage of a report, of an article that has several (may be repeated)
    #[arg(long, value_name = "TEXT")]
    pub passage: Vec<String>,
    /// Why
    #[arg(long, value_name = "TEXT")]
    pub note: Option<String>,
    #[command(flatten)]
    pub by: ByArgs,
}

#[derive(Debug, Args)]
pub struct CorrectOneArgs {
    /// Id as `griot search` shows it, number of a hit of the last search, or path of a file
    pub id: String,
    /// Facet, date, or column of an event
    pub facet: String,
    /// Value; several are separated by semicolons
    pub value: String,
    #[command(flatten)]
    pub said: SaidArgs,
}

#[derive(Debug, Args)]
pub struct CorrectAnyArgs {
    /// Id as `griot search` shows it, number of a hit of the last search, or path of a file
    pub id: String,
    /// Facet, date, or column of an event
    pub facet: String,
    /// Value; several are separated by semicolons
    pub value: Option<String>,
    #[command(flatten)]
    pub said: SaidArgs,
}

#[derive(Debug, Args)]
pub struct MarkArgs {
    /// Id as `griot search` shows it, number of a hit of the last search, or path of a file
    pub id: String,
    /// reviewed, excluded, or a word of your own
    #[arg(value_name = "MARK", required_unless_present = "remove")]
    pub mark: Option<String>,
    /// Remove the mark; without MARK, all marks
    #[arg(long)]
    pub remove: bool,
    /// Why
    #[arg(long, value_name = "TEXT")]
    pub note: Option<String>,
    #[command(flatten)]
    pub by: ByArgs,
}
