//! The options that commands share: the query, the filters, the form of an answer. Part of `args`.

use clap::{Args, ValueEnum};

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum TextOrJson {
    Text,
    Json,
}

/// Filters, shared by all commands that select articles.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Filters (values of one facet are OR, facets are AND)")]
pub struct FilterArgs {
    /// Region, cercle or country, in any spelling: Gao, "Burkina Faso", Mali/Mopti/Djenné
    #[arg(long, value_name = "REGION")]
    pub region: Vec<String>,
    /// Not this region
    #[arg(long, value_name = "REGION")]
    pub not_region: Vec<String>,
    /// Actor or family of actors: Jnim, GSIM, "armée malienne"
    #[arg(long, value_name = "ACTOR")]
    pub actor: Vec<String>,
    /// Not this actor
    #[arg(long, value_name = "ACTOR")]
    pub not_actor: Vec<String>,
    /// Month or year of publication (else of the main events): 2024-03, 2024
    #[arg(long, value_name = "MONTH")]
    pub month: Vec<String>,
    /// Not this month
    #[arg(long, value_name = "MONTH")]
    pub not_month: Vec<String>,
    /// Month or year in which reported events took place
    #[arg(long, value_name = "MONTH")]
    pub event_month: Vec<String>,
    /// Medium, in any spelling or by its domain: RFI, "Radio France Internationale", rfi.fr
    #[arg(long, value_name = "SOURCE")]
    pub source: Vec<String>,
    /// Not this medium
    #[arg(long, value_name = "SOURCE")]
    pub not_source: Vec<String>,
    /// Language, given or told from the words: fr, en, ar
    #[arg(long, value_name = "LANG")]
    pub lang: Vec<String>,
    /// Not this language
    #[arg(long, value_name = "LANG")]
    pub not_lang: Vec<String>,
    /// Value of any declared facet
    #[arg(long = "where", value_name = "FACET=VALUE", value_parser = parse_pair)]
    pub where_: Vec<(String, String)>,
    /// Not this value of any declared facet
    #[arg(long, value_name = "FACET=VALUE", value_parser = parse_pair)]
    pub not_where: Vec<(String, String)>,
    /// Published on or after: 2024, 2024-03, 2024-03-15, 15/03/2024, 'mars 2024'
    #[arg(long, value_name = "DATE")]
    pub since: Option<String>,
    /// Published on or before; a month or a year is meant whole
    #[arg(long, value_name = "DATE")]
    pub until: Option<String>,
}

/// The query words and how they are read.
#[derive(Debug, Clone, Default, Args)]
pub struct QueryArgs {
    /// Words (all must occur), AND OR NOT / ET OU SAUF, + - ( ), "a phrase", field:value. In a shell, put a
    /// phrase in single quotes too: '"armée malienne"'. A word that begins with one - is part of the query
    #[arg(value_name = "QUERY")]
    pub query: Vec<String>,
    /// Join the words with OR
    #[arg(long)]
    pub any: bool,
    /// Nothing in the query is an operator
    #[arg(long)]
    pub plain: bool,
}

fn parse_pair(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((facet, value)) if !facet.trim().is_empty() && !value.trim().is_empty() => {
            Ok((facet.trim().into(), value.trim().into()))
        }
        _ => Err("write FACET=VALUE, for instance type=embuscade".into()),
    }
}
