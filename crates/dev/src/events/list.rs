//! What became of rows, one a line: to look at.

use super::labels::Label;
use super::pairing::{Row, Verdict, is_fully_right};
use super::training::Prepared;
use griot::events::Weights;

/// Prints what became of the rows of each article, and the events that no row has.
pub fn errors(articles: &[Prepared<'_>], rows: &[Vec<Row>]) {
    for (article, rows) in articles.iter().zip(rows) {
        let verdicts = article.verdicts(rows);
        for (row, verdict) in rows.iter().zip(&verdicts) {
            let what = said_of(article, row, *verdict);
            let date = row.date.map_or("-".into(), |date| date.to_string());
            let passage = article.text.get(row.passage.clone()).unwrap_or_default();
            println!(
                "{}\t{what}\t{date}\t{}\t{:?}\t{:.2}\t{}",
                article.id,
                row.place,
                row.killed,
                row.confidence,
                passage.replace('\n', " ")
            );
        }
        for (number, label) in article.labels.iter().enumerate() {
            let is_found = |verdict: &Verdict| matches!(verdict, Verdict::Line(line, _) if *line == number);
            if !label.weak && !verdicts.iter().any(is_found) {
                missed(article, label);
            }
        }
    }
}

fn said_of(article: &Prepared<'_>, row: &Row, verdict: Verdict) -> String {
    match verdict {
        Verdict::Ignored => "weak".to_string(),
        Verdict::False => "FALSE".to_string(),
        Verdict::Further => "FURTHER".to_string(),
        Verdict::Line(line, dated) => {
            let label = article.labels[line];
            if is_fully_right(label, row, dated) {
                return "right".to_string();
            }
            let date = label.date.as_deref().unwrap_or("-");
            format!(
                "PARTLY ({date}, {dated:?}, {:?})",
                label.killed.map(|k| (k.n, k.about))
            )
        }
    }
}

fn missed(article: &Prepared<'_>, label: &Label) {
    let words = label.evidence.clone().and_then(|words| article.text.get(words));
    println!(
        "{}\tMISSED\t{}\t{}\t{:?}\t{}\t{}",
        article.id,
        label.date.as_deref().unwrap_or("-"),
        label.place.as_deref().unwrap_or("-"),
        label.killed.and_then(|k| k.n.or(k.about).or(k.min)),
        if label.main { "main" } else { "recalled" },
        words.unwrap_or_default().replace('\n', " ")
    );
}

/// Prints every place of an article that was weighed, its probability and the reasons that hold.
pub fn reasons(articles: &[Prepared<'_>], id: &str, weights: &Weights) {
    for article in articles.iter().filter(|article| article.id == id) {
        for candidate in article.reading.candidates() {
            let features = &candidate.features;
            let names: Vec<_> = features.iter().map(|(name, _)| name).collect();
            let probability = weights.of(features).probability(features);
            println!("{id}\t{}\t{probability:.2}\t{}", candidate.name, names.join(" "));
        }
    }
}
