//! The options of `griot push`. Part of `args`.

use super::formats::TextOrJson;
use clap::Args;
use std::path::PathBuf;

/// The heading of the options about the cluster.
const CLUSTER: &str = "On the cluster";

#[derive(Debug, Args)]
#[command(
    after_long_help = "User, password or key: $GRIOT_OPENSEARCH_USER, _PASSWORD, _API_KEY. Setting up a cluster: docs/cluster.md."
)]
pub struct PushArgs {
    /// Address of the cluster, or of several of its nodes with commas between them
    #[arg(long, value_name = "URL")]
    pub to: String,
    /// Name of the archive there: lower-case letters, digits and hyphens
    #[arg(long, value_name = "NAME", default_value = "archive")]
    pub name: String,
    /// Push the index as it is, without bringing it up to date with its folders first
    #[arg(long, conflicts_with = "watch")]
    pub as_is: bool,
    /// Certificate of the authority that signs for the cluster, as PEM [default: those of the system]
    #[arg(long, value_name = "FILE")]
    pub ca: Option<PathBuf>,
    /// Keep running: index and push changes as the system reports them
    #[arg(long, help_heading = "Keep running")]
    pub watch: bool,
    /// Primary shards; another number than before makes a new index [default: by size]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=1024), help_heading = CLUSTER)]
    pub shards: Option<u32>,
    /// Copies of each shard [default: 1, on a cluster of one node 0]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(0..=16), help_heading = CLUSTER)]
    pub replicas: Option<u32>,
    /// Make the index on the cluster anew beside the old one, then replace it
    #[arg(long, help_heading = CLUSTER)]
    pub rebuild: bool,
    /// Replace an archive that was pushed from another folder or machine
    #[arg(long, help_heading = CLUSTER)]
    pub take_over: bool,
    /// Threads that analyze and send
    #[arg(long, value_name = "N", default_value_t = 4, value_parser = clap::value_parser!(u8).range(1..=64), help_heading = "Limits")]
    pub senders: u8,
    /// Give up after so long without an answer (exit code 7)
    #[arg(long, value_name = "SECONDS", default_value_t = 300, help_heading = "Limits")]
    pub patience: u64,
    /// Format of the summary
    #[arg(long, default_value = "text", help_heading = "Output")]
    pub format: TextOrJson,
}
