//! The options of `griot compare`. Part of `args`.

use super::formats::TableFormat;
use super::selection_args::FilterArgs;
use super::target::Target;
use clap::Args;
use std::path::PathBuf;

#[derive(Debug, Args)]
#[command(
    after_long_help = "The columns are named once: they are kept beside the index for every sheet with the same header. Those of\n\
    ACLED (event_date, location, latitude, longitude, event_id_cnty) need not be named."
)]
pub struct CompareArgs {
    /// Sheet of events (CSV), in any encoding, with commas, semicolons or tabs
    #[arg(value_name = "FILE.csv")]
    pub file: PathBuf,
    /// Column with the date: 2024-03-16, 16/03/2024, 16 March 2024
    #[arg(long, value_name = "COLUMN")]
    pub date: Option<String>,
    /// Column with the place
    #[arg(long, value_name = "COLUMN")]
    pub place: Option<String>,
    /// Column with the latitude, in degrees
    #[arg(long, value_name = "COLUMN")]
    pub lat: Option<String>,
    /// Column with the longitude, in degrees
    #[arg(long, value_name = "COLUMN")]
    pub lon: Option<String>,
    /// Column with an id of the row, to be shown
    #[arg(long, value_name = "COLUMN", hide_short_help = true)]
    pub id: Option<String>,
    /// Days that a report may be away from a row
    #[arg(long, value_name = "N", default_value_t = 2)]
    pub days: u32,
    /// Kilometres that a report may be away from a row
    #[arg(long, value_name = "N", default_value_t = 15)]
    pub km: u32,
    /// Only reports of which griot is sure
    #[arg(long)]
    pub sure: bool,
    #[command(flatten)]
    pub filters: FilterArgs,
    #[command(flatten)]
    pub target: Target<TableFormat>,
}
