//! Events: weights trained on labels, rows measured against them.

pub mod labels;
mod list;
pub mod logistic;
mod measure;
pub mod pairing;
mod priors;
mod training;

use self::labels::Set;
use self::measure::{Counts, reliability};
use self::pairing::{Row, page_date, region_of};
use self::training::{Prepared, labels_of, out_of_fold, train};
use anyhow::{Result, bail};
use griot::events::Weights;
use griot::facets::{Document, Facets};
use griot::french::{French, head};
use griot::schema::Lexicons;
use std::path::PathBuf;

/// Log-odds by which confidence is told more carefully than the rows of the training say: rules and lists of words
/// were written on the same articles.
const SHIFT: f64 = -0.9;

/// The sets of labelled articles.
#[derive(clap::Args)]
pub struct Sets {
    /// Articles (JSON lines with id, text, page_date) and their labels; may be given several times
    #[arg(long = "set", num_args = 2, value_names = ["ARTICLES", "LABELS"], required = true)]
    sets: Vec<PathBuf>,
    /// Chance that articles are dealt into folds by
    #[arg(long, default_value_t = 0, value_name = "N")]
    seed: u64,
    /// Log-odds added to the confidence of every row
    #[arg(long, default_value_t = SHIFT, allow_hyphen_values = true, value_name = "X")]
    shift: f64,
}

/// Learn the weights of events from labelled articles, and print them as index_schema/events.tsv
#[derive(clap::Args)]
pub struct Train {
    #[command(flatten)]
    sets: Sets,
}

/// Rows of events against labels: each set by itself, each article by weights that haven't seen it
#[derive(clap::Args)]
pub struct Evaluate {
    #[command(flatten)]
    sets: Sets,
    #[arg(long, default_value_t = 10, value_name = "N")]
    folds: usize,
    /// Use griot's own weights for all articles, whatever they were trained on
    #[arg(long)]
    as_they_are: bool,
    /// Print every row with what became of it, and every missed event
    #[arg(long)]
    list: bool,
    /// Print the places of an article with their probabilities and reasons
    #[arg(long, value_name = "ARTICLE")]
    reasons: Option<String>,
}

impl Sets {
    fn read(&self) -> Result<Vec<Set>> {
        let mut sets = Vec::new();
        for pair in self.sets.chunks(2) {
            let [articles, labels] = pair else {
                bail!("--set takes articles and labels");
            };
            sets.push(Set::read(articles, labels)?);
        }
        Ok(sets)
    }
}

/// Reads the articles of a set.
fn prepare<'s>(set: &'s Set, facets: &Facets, french: &French) -> Vec<Prepared<'s>> {
    let mut labels = labels_of(set);
    let articles = set.articles.iter().map(|article| {
        let (reading, places) = french.numbered("", head(&article.text), |words| {
            let document = Document {
                title: "",
                body: &article.text,
                words,
                published: article.page_date.as_deref().and_then(page_date),
                url: None,
                file_name: None,
            };
            facets.events_of(&article.text, &document)
        });
        Prepared {
            id: &article.id,
            text: &article.text,
            reading,
            regions: places.iter().map(|place| region_of(&place.path)).collect(),
            labels: labels.remove(&*article.id).unwrap_or_default(),
        }
    });
    articles.collect()
}

fn lexicons() -> Result<(Facets, French)> {
    let lexicons = Lexicons::embedded();
    let french = lexicons.french()?;
    Ok((Facets::new(&lexicons, &french)?, french))
}

impl Train {
    pub fn run(&self) -> Result<()> {
        let (facets, french) = lexicons()?;
        let mut all = Set::default();
        for set in self.sets.read()? {
            all.add(set);
        }
        let articles = prepare(&all, &facets, &french);
        print!("{}", train(&articles, self.sets.seed, self.sets.shift).to_text());
        Ok(())
    }
}

impl Evaluate {
    pub fn run(&self) -> Result<()> {
        let (facets, french) = lexicons()?;
        let sets = self.sets.read()?;
        let sizes: Vec<usize> = sets.iter().map(|set| set.articles.len()).collect();
        let mut all = Set::default();
        sets.into_iter().for_each(|set| all.add(set));
        let articles = prepare(&all, &facets, &french);
        let rows: Vec<Vec<Row>> = if self.as_they_are {
            let weights = Weights::parse(Lexicons::embedded().text(griot::events::weights::FILE)?)?;
            articles.iter().map(|article| article.rows(&weights)).collect()
        } else {
            out_of_fold(&articles, self.folds, self.sets.seed, self.sets.shift)
        };
        if self.list {
            list::errors(&articles, &rows);
        }
        if let Some(id) = &self.reasons {
            let weights = train(&articles, self.sets.seed, self.sets.shift);
            list::reasons(&articles, id, &weights);
        }
        report(&articles, &rows, &sizes);
        Ok(())
    }
}

fn report(articles: &[Prepared<'_>], rows: &[Vec<Row>], sizes: &[usize]) {
    let mut start = 0;
    for (number, size) in sizes.iter().enumerate() {
        let mut counts = Counts::default();
        for at in start..start + size {
            counts.add(&articles[at], &rows[at]);
        }
        let figures = counts
            .figures()
            .into_iter()
            .map(|(name, value)| format!("{name} {value:.3}"));
        println!(
            "set {}\t{size} articles\t{}",
            number + 1,
            figures.collect::<Vec<_>>().join("\t")
        );
        start += size;
    }
    println!("confidence from\trows\tsaid\tfully right");
    for (from, number, said, right) in reliability(articles, rows) {
        let share = |part: f64| part / (number.max(1) as f64);
        println!(
            "{from:.1}\t{number}\t{:.2}\t{:.2}",
            share(said),
            share(right as f64)
        );
    }
}
