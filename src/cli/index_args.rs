//! The options of what keeps an index: indexing, checks, copies. Part of `args`.

use super::correct_args::ByArgs;
use super::formats::TextOrJson;
use super::target::Target;
use clap::{Args, ValueEnum};
use std::path::PathBuf;

#[derive(Debug, Args)]
pub struct IndexArgs {
    /// Folders or files to index [default: all that the index remembers]
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Only print what would be done
    #[arg(long, conflicts_with_all = ["rebuild", "report"])]
    pub dry_run: bool,
    /// Compare the content of all files, not only of those that look changed
    ///
    /// A file looks changed when its size or time differs from the last run.
    #[arg(long)]
    pub checksum: bool,
    /// Build the index anew beside the old one, then replace it
    #[arg(long)]
    pub rebuild: bool,
    /// Remove a folder and its articles from the index
    #[arg(long, value_name = "PATH")]
    pub forget: Vec<PathBuf>,
    /// Remove the articles of many missing files, or of a folder that is now empty
    ///
    /// The default is to keep them (exit code 6) when more than 50 files and more than a tenth of all are
    /// missing, or a whole folder or disk: an empty folder is often a disk that is not mounted.
    #[arg(long, alias = "allow-empty")]
    pub allow_removals: bool,
    /// Wait for another griot that is writing, at most SECONDS if given
    #[arg(long, value_name = "SECONDS", num_args = 0..=1, require_equals = true, default_missing_value = "31536000")]
    pub wait: Option<u64>,
    /// Index only files matching GLOB; remembered, '' clears the list
    ///
    /// A glob is a name anywhere ('*.md') or a path in the folder ('2024/**').
    #[arg(long, value_name = "GLOB", help_heading = "What is read")]
    pub include: Vec<String>,
    /// Skip files matching GLOB; remembered in the index, '' clears the list
    #[arg(long, value_name = "GLOB", help_heading = "What is read")]
    pub exclude: Vec<String>,
    /// Read FIELD from this column or key; remembered, '' clears the list
    ///
    /// For instance text=bibo:content, date=dcterms:date, text=body.html.
    #[arg(long, value_name = "FIELD=COLUMN", help_heading = "What is read")]
    pub column: Vec<String>,
    /// Links to follow: inside (an indexed folder), all, none; remembered
    #[arg(
        long,
        value_name = "WHICH",
        hide_possible_values = true,
        help_heading = "What is read"
    )]
    pub follow_links: Option<FollowLinks>,
    /// Folder with index_schema files that replace the built-in ones
    #[arg(long, value_name = "DIR", help_heading = "What is read")]
    pub schema: Option<PathBuf>,
    /// Keep running, and apply changes as the system reports them
    #[arg(long, conflicts_with_all = ["dry_run", "report"], help_heading = "Keep running")]
    pub watch: bool,
    /// Keep running, and rescan at this interval: 30s, 15m, 2h
    ///
    /// For network drives, which send no change notifications.
    #[arg(long, value_name = "TIME", value_parser = parse_pause, conflicts_with_all = ["dry_run", "report"], help_heading = "Keep running")]
    pub every: Option<std::time::Duration>,
    /// Threads that read, analyze and index [default: by cores]
    #[arg(long, value_name = "N", help_heading = "Limits")]
    pub threads: Option<usize>,
    /// Memory of the index writer, such as 256M or 1G
    #[arg(long, value_name = "SIZE", default_value = "256M", value_parser = parse_size, help_heading = "Limits")]
    pub memory: usize,
    /// Processor time allowed for reading a PDF file
    #[arg(long, value_name = "SECONDS", default_value_t = super::read_pdf::SECONDS, value_parser = clap::value_parser!(u64).range(1..=86_400), help_heading = "Limits")]
    pub pdf_seconds: u64,
    /// List all files, their articles and skipped records in FILE (.csv, .jsonl)
    #[arg(long, value_name = "FILE", help_heading = "Output")]
    pub report: Option<PathBuf>,
    /// Exit with code 3 if a file was read in part, or not at all
    #[arg(long, help_heading = "Output")]
    pub fail_unread: bool,
    /// Format of the summary
    #[arg(long, default_value = "text", help_heading = "Output")]
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
pub struct CheckArgs {
    /// Also read every article and every posting list
    #[arg(long)]
    pub deep: bool,
    /// Also verify a snapshot: each of its files is present and has its checksum
    #[arg(long, value_name = "SNAPSHOT")]
    pub against: Option<PathBuf>,
    #[command(flatten)]
    pub target: Target<TextOrJson>,
}

#[derive(Debug, Args)]
pub struct SnapshotArgs {
    /// Folder to create; it can be named with --index
    pub dir: PathBuf,
    /// Format of the summary
    #[arg(long, default_value = "text", help_heading = "Output")]
    pub format: TextOrJson,
}

#[derive(Debug, Args)]
pub struct StatsArgs {
    /// List the files that were not read, or only in part, and why
    #[arg(long)]
    pub unread: bool,
    #[command(flatten)]
    pub target: Target<TextOrJson>,
}

#[derive(Debug, Args)]
#[command(
    after_long_help = "Nothing but this machine can reach 127.0.0.1. For another address everybody is asked for a token or\n\
    a password; put a proxy with TLS in front of it where the network is not yours.\n\
    A token or a password can also be in the environment, as GRIOT_TOKEN or GRIOT_PASSWORD."
)]
pub struct ServeArgs {
    /// Update the index of this folder or file first
    #[arg(long, value_name = "PATH")]
    pub corpus: Option<PathBuf>,
    /// Keep the index up to date while it is served
    #[arg(long, requires = "corpus")]
    pub watch: bool,
    /// Address and port to listen on; port 0 is any free one
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:7700")]
    pub listen: std::net::SocketAddr,
    /// Open the page in the browser
    #[arg(long)]
    pub open: bool,
    /// Ask for the token on the first line of FILE
    ///
    /// Programs send it as `Authorization: Bearer TOKEN`, people log in with it. Take a long random one.
    #[arg(long, value_name = "FILE", conflicts_with = "password_file")]
    pub token_file: Option<PathBuf>,
    /// Ask for the password on the first line of FILE, or for the one that its argon2 hash belongs to
    #[arg(long, value_name = "FILE")]
    pub password_file: Option<PathBuf>,
    /// Let the pages of another site read the API, for instance https://example.org
    ///
    /// May be given several times. Without it, browsers keep the answers from the pages of all other sites.
    #[arg(long, value_name = "ORIGIN")]
    pub cors: Vec<String>,
    /// With --verbose: log what was searched, too
    #[arg(long)]
    pub log_queries: bool,
    /// Let people correct and mark articles and save searches on the page
    #[arg(long)]
    pub edit: bool,
    #[command(flatten)]
    pub by: ByArgs,
}

fn parse_pause(text: &str) -> Result<std::time::Duration, String> {
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let unit = match text[digits.len()..].to_ascii_lowercase().as_str() {
        "" | "s" => 1,
        "m" | "min" => 60,
        "h" => 3600,
        _ => return Err(griot::say!("option-write-time")),
    };
    match digits.trim().parse::<u64>() {
        Ok(number) if number > 0 => Ok(std::time::Duration::from_secs(number.saturating_mul(unit))),
        _ => Err(griot::say!("option-write-time")),
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
        _ => return Err(griot::say!("option-write-size")),
    };
    let number: usize = digits
        .trim()
        .parse()
        .map_err(|_| griot::say!("option-write-size"))?;
    number
        .checked_mul(unit)
        .ok_or_else(|| griot::say!("option-size-too-large"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_and_times() {
        assert_eq!(parse_size("256M"), Ok(256 << 20));
        assert_eq!(parse_size("1GiB"), Ok(1 << 30));
        assert!(parse_size("lots").is_err());
        assert_eq!(parse_pause("15m"), Ok(std::time::Duration::from_secs(900)));
        assert!(["", "0", "m", "1d"].iter().all(|text| parse_pause(text).is_err()));
    }
}
