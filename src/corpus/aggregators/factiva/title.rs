//! Which of the lines above an article's length is its headline, and what the others are: a rubric, a byline,
//! a subtitle. The service writes them all alike.

use super::super::byline::{author, byline, is_rubric};
use super::super::common::keep;
use crate::article::Article;
use crate::corpus::clean;
use std::collections::HashSet;

/// The headlines that an export lists before its articles; long ones end in `...`.
#[derive(Debug, Default)]
pub(super) struct Listed {
    whole: HashSet<String>,
    cut: Vec<String>,
}

impl Listed {
    pub(super) fn add(&mut self, headline: &str) {
        let Some(line) = clean::line(headline) else { return };
        match line.strip_suffix("...").or_else(|| line.strip_suffix('…')) {
            Some(start) if start.len() > 20 => self.cut.push(start.trim_end().into()),
            _ => {
                self.whole.insert(line);
            }
        }
    }

    pub(super) fn holds(&self, line: &str) -> bool {
        let Some(line) = clean::line(line) else {
            return false;
        };
        self.whole.contains(&line) || self.cut.iter().any(|start| line.starts_with(start.as_str()))
    }
}

/// Gives an article its headline and author from the lines above its length; gives back what is text.
pub(super) fn read(article: &mut Article, above: &[&str], listed: &Listed) -> Vec<String> {
    let known = above.iter().rposition(|line| listed.holds(line));
    let best = || (0..above.len()).max_by_key(|&at| (score(above[at]), at));
    let Some(at) = known.or_else(best) else {
        return Vec::new();
    };
    article.title = clean::line(above[at]).unwrap_or_default();
    let mut text = Vec::new();
    for line in &above[at + 1..] {
        let names = byline(line) > 0 && !is_rubric(line)
            || above.len() - at == 2 && line.split_whitespace().count() <= 6;
        if names && article.author.is_none() {
            article.author = author(line);
        } else if line.split_whitespace().count() > 8 {
            text.push((*line).to_string());
        } else {
            keep(article, if is_rubric(line) { "section" } else { "byline" }, line);
        }
    }
    for line in &above[..at] {
        if known.is_none() && article.author.is_none() && is_plain_name(line) {
            article.author = author(line);
        } else if line.split_whitespace().count() > 8 {
            text.push((*line).to_string());
        } else {
            keep(article, "section", line);
        }
    }
    text
}

/// How much a line looks like a headline.
fn score(line: &str) -> usize {
    let words: Vec<&str> = line.split_whitespace().collect();
    let inner = words
        .iter()
        .skip(1)
        .any(|word| word.len() > 1 && word.starts_with(char::is_lowercase));
    let mut score = 20 + words.len().min(8);
    score += if inner { 4 } else { 0 };
    score += if line.contains([':', '?', '!', '«', '"', ';', '…', ',']) {
        2
    } else {
        0
    };
    score -= match byline(line) {
        3 => 20,
        2 => 8,
        _ => 0,
    };
    score - if is_rubric(line) { 8 } else { 0 }
}

/// Two or three words with a capital each: nothing but a name.
fn is_plain_name(line: &str) -> bool {
    let words: Vec<&str> = line.split_whitespace().collect();
    let name = |word: &&str| {
        let lower = word.chars().skip(1).any(char::is_lowercase);
        word.starts_with(char::is_uppercase)
            && lower
            && word
                .chars()
                .all(|c| c.is_alphabetic() || matches!(c, '-' | '.' | '\'' | '’'))
    };
    (2..=3).contains(&words.len()) && words.iter().all(name) && byline(line) > 0 && !is_rubric(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_headline_is_told_from_rubrics_and_bylines() {
        for (above, title, by) in [
            (
                &["Trois véhicules brûlés près de Gossi", "Awa Ba et Issa Touré"][..],
                0,
                Some("Awa Ba et Issa Touré"),
            ),
            (
                &["INTERNATIONAL", "Couvre-feu à Ménaka", "PAR JEAN-PAUL SOW"],
                1,
                Some("JEAN-PAUL SOW"),
            ),
            (
                &[
                    "International",
                    "Le camion et la mine",
                    "Reportage",
                    "Fati Diallo (à Gao)",
                ],
                1,
                Some("Fati Diallo (à Gao)"),
            ),
            (
                &["Roman Klimow", "Die Brunnen von Hombori"],
                1,
                Some("Roman Klimow"),
            ),
            (&["WSJ Pro", "Venture Sizzle Is Fizzling in China"], 1, None),
        ] {
            let mut article = Article::default();
            read(&mut article, above, &Listed::default());
            assert_eq!(
                (article.title.as_str(), article.author.as_deref()),
                (above[title], by),
                "{above:?}"
            );
        }
    }

    #[test]
    fn a_listed_headline_is_known_even_if_the_list_cuts_it() {
        let mut listed = Listed::default();
        listed.add("Five Ways to Safeguard a Portfolio; Instead of...");
        let mut article = Article::default();
        let above = [
            "Life and Work",
            "Five Ways to Safeguard a Portfolio; Instead of slashing",
            "By Awa Ba",
        ];
        read(&mut article, &above, &listed);
        assert_eq!(article.title, above[1]);
    }
}
