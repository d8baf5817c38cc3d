//! An article while it is read: what the lines that both layouts have say of it.

use super::super::common::{is_copyright, joined, keep, keep_length, words};
use crate::article::Article;
use crate::corpus::clean;
use crate::date::line as date_line;

/// An article while it is read.
#[derive(Default)]
pub(super) struct Draft {
    pub article: Article,
    /// What stands above the headline, below it, the text, and what stands beside it.
    parts: Vec<String>,
}

impl Draft {
    /// `Le Monde, no. 24679`, and what browsers show below it.
    pub(super) fn publication(&mut self, text: &str) {
        let line = text.trim().split(['\n', '\t']).next().unwrap_or_default();
        let issue = [", no. ", ", no ", ", n° ", ", n°"]
            .iter()
            .find_map(|mark| line.split_once(mark));
        let (name, issue) = issue.unwrap_or((line, ""));
        let Some(name) = clean::line(name.trim_end_matches([',', ' '])) else {
            return;
        };
        match &self.article.source {
            None => {
                self.article.source = Some(name);
                keep(&mut self.article, "issue", issue);
            }
            Some(source) if *source != name => keep(&mut self.article, "publication", &name),
            Some(_) => {}
        }
    }

    /// `Région, mercredi 3 juillet 2024  823 mots, p. 4`: section, date, time, length, pages.
    pub(super) fn header(&mut self, text: &str) {
        let Some(line) = clean::line(text) else { return };
        let Some((section, found)) = date_line::within(&line) else {
            return keep(&mut self.article, "header", &line);
        };
        keep(&mut self.article, "section", section.trim_end_matches([',', ' ']));
        self.article.date = self.article.date.or(Some(found.date));
        if let Some(time) = found.time {
            keep(&mut self.article, "time", &time);
        }
        for part in found
            .rest
            .split(',')
            .map(str::trim)
            .filter(|part| !part.is_empty())
        {
            match part.strip_prefix("p. ").or_else(|| part.strip_prefix("pp. ")) {
                Some(pages) => keep(&mut self.article, "pages", pages),
                None if words(part).is_some() => keep_length(&mut self.article, part),
                None => keep(&mut self.article, "header", part),
            }
        }
    }

    pub(super) fn number(&mut self, text: &str) {
        self.article.id = self.article.id.take().or_else(|| clean::line(text));
    }

    pub(super) fn author(&mut self, text: &str) {
        let Some(line) = clean::line(text) else { return };
        match &self.article.author {
            None => self.article.author = Some(line),
            Some(author) if *author != line => keep(&mut self.article, "byline", &line),
            Some(_) => {}
        }
    }

    pub(super) fn text(&mut self, text: &str) {
        self.parts.push(text.into());
    }

    /// The lines below an article: its number, who owns it, the certificate. Any other line is text.
    pub(super) fn foot(&mut self, text: &str) {
        let mut others = Vec::new();
        for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
            if let Some(number) = line.split_once("Numéro de document :").map(|(_, number)| number) {
                self.number(number);
            } else if is_number(line) {
                self.number(line);
            } else if is_copyright(line) {
                keep(&mut self.article, "copyright", line);
            } else if !is_certificate(line) {
                others.push(line);
            }
        }
        self.text(&joined(others));
    }

    /// The article, if it holds anything.
    pub(super) fn finish(mut self) -> Option<Article> {
        // The number holds the day: `news·20240703·LM·123`.
        let day = || {
            let number = self.article.id.as_deref()?;
            number
                .split('·')
                .find_map(|part| (part.len() == 8).then(|| crate::date::written::of_text(part))?)
        };
        self.article.date = self.article.date.or_else(day);
        self.article.body = joined(self.parts);
        let Article { title, body, .. } = &self.article;
        (!body.is_empty() || !title.is_empty()).then_some(self.article)
    }
}

/// `news·20240703·LM·123`.
fn is_number(line: &str) -> bool {
    let parts: Vec<&str> = line.split('·').collect();
    parts.len() >= 3
        && !line.contains(' ')
        && parts[1].len() == 8
        && parts[1].bytes().all(|b| b.is_ascii_digit())
}

/// Whether a line is of the certificate that the service puts below an article.
pub(super) fn is_certificate(line: &str) -> bool {
    const MARKS: [&str; 10] = [
        "Ce certificat",
        "Certificat émis",
        "Date d'émission",
        "Le présent document est protégé",
        "Certificat PubliC",
        "This certificate",
        "Certificate issued",
        "Date Issued",
        "Issue date",
        "All rights reserved. Used by",
    ];
    MARKS.iter().any(|mark| line.starts_with(mark))
}
