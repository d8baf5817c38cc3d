//! The account of real files: a line of a table for each path, with the articles read and where the words went.

use anyhow::Result;
use griot::corpus::{self, Account, Reading, Walked};
use griot::index::reading_options;
use griot::schema::Lexicons;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

/// Count what people see in files, what of it is in articles, and where the rest went
#[derive(clap::Args)]
pub struct Args {
    /// Folders and files, a line each
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Passages that are in no article: beginnings of those for no known reason, and some for each reason
    #[arg(long)]
    samples: bool,
}

impl Args {
    /// Writes the table, in Markdown.
    pub fn run(&self) -> Result<()> {
        println!("| files | articles | visible | in articles | left out | unaccounted |");
        println!("|---|---|---|---|---|---|");
        for path in &self.paths {
            let (files, articles, account) = account_of(path)?;
            let reasons: Vec<String> = account
                .left_out
                .iter()
                .map(|(reason, words)| format!("{} {words}", reason.name()))
                .collect();
            let share = account.unaccounted as f64 * 100.0 / account.visible.max(1) as f64;
            println!(
                "| {} ({files}) | {articles} | {} | {} | {} | {} ({share:.2} %) |",
                path.display(),
                account.visible,
                account.in_articles,
                reasons.join(", "),
                account.unaccounted
            );
            if self.samples {
                account.samples.iter().for_each(|sample| println!("  {sample}"));
                for (reason, passages) in &account.examples {
                    passages
                        .iter()
                        .for_each(|passage| println!("  {}: {passage}", reason.name()));
                }
            }
        }
        Ok(())
    }
}

/// Files under a path, the articles that they give, and their account.
fn account_of(path: &Path) -> Result<(usize, usize, Account)> {
    let options = reading_options(&Lexicons::embedded())?;
    let (mut files, mut articles, mut account) = (0, 0, Account::default());
    for walked in corpus::walk(path) {
        let Walked::File(found) = walked else { continue };
        files += 1;
        let summary = corpus::read(&found, &options, &mut |reading| {
            articles += usize::from(matches!(reading, Reading::Article { .. }));
            ControlFlow::Continue(())
        })?;
        account.add(summary.account);
    }
    Ok((files, articles, account))
}
