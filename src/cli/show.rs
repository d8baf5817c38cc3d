//! `griot show`: an article, its metadata, and why it has its facet values.

use super::args::{ShowArgs, TextOrJson};
use super::engine::{answered, engine, existing_place};
use super::exit_codes::ExitCode;
use super::last_search;
use super::matches::{MatchedText, PageLines, lines};
use super::output::{Output, style, wrap};
use anyhow::Result;
use griot::article::{Evidence, Part};
use griot::french::{passage_at, passages};
use griot::index::IndexDir;
use griot::messages::localized;
use griot::page_numbers;
use griot::say;
use griot::search::{ArticleRequest, ArticleResponse, ArticleValue, FacetInfo};
use std::io::Write;
use std::ops::Range;

/// Pieces of evidence that are shown of a value.
const SHOWN: usize = 3;

pub fn run(out: &mut Output, place: Option<IndexDir>, args: ShowArgs) -> Result<ExitCode> {
    let place = existing_place(place)?;
    let engine = engine(Some(place.clone()))?;
    let request = ArticleRequest {
        id: last_search::meant(&*engine, &place, args.id)?,
        query: args.query,
    };
    let article = answered(engine.article(&request)?);
    if args.target.format() == TextOrJson::Json {
        writeln!(out, "{}", serde_json::to_value(&article)?)?;
        return Ok(ExitCode::Done);
    }
    let matched = MatchedText::of(&article);
    matched.iter().for_each(MatchedText::notify_all);
    match (&matched, args.context) {
        (Some(matched), Some(context)) => {
            let (title, reported) = (matched.title(out), matched.summary());
            writeln!(out, "{bold}{title}{bold:#}\n{reported}\n", bold = style::TITLE)?;
            matched.write_context(out, context)?;
        }
        _ => write_text(out, &article, matched.as_ref(), &engine.facets()?)?,
    }
    Ok(ExitCode::Done)
}

fn write_text(
    out: &mut Output,
    article: &ArticleResponse,
    matched: Option<&MatchedText<'_>>,
    facets: &[FacetInfo],
) -> Result<()> {
    write_head(out, article, matched)?;
    match matched {
        Some(matched) => matched.write_body(out)?,
        None => {
            let mut pages = PageLines::of(article);
            for line in lines(&article.body) {
                pages.write_before(out, line.start)?;
                let safe = out.safe(&article.body[line]).into_owned();
                writeln!(out, "{}", wrap(&safe, out.width, ""))?;
            }
        }
    }
    let quoted = Quoted::of(article);
    for facet in facets {
        for value in article.values.iter().filter(|value| value.facet == facet.name) {
            write_value(out, &quoted, value)?;
        }
    }
    for correction in &article.corrections {
        let who: Vec<&str> = [correction.by.as_str(), correction.at.as_str()]
            .into_iter()
            .filter(|text| !text.is_empty())
            .collect();
        let mut note = match correction.note.as_str() {
            "" => String::new(),
            note => format!(": {note}"),
        };
        if !who.is_empty() {
            note += &format!(" ({})", who.join(", "));
        }
        let line = say!(
            "show-corrected",
            facet = &correction.facet,
            action = correction.action.name(),
            value = &correction.value,
            note = note
        );
        let line = out.safe(&line).into_owned();
        writeln!(out, "\n{}", wrap(&line, out.width, "    "))?;
    }
    for note in &article.notes {
        let note = say!("show-note", note = out.safe(&localized(note)));
        writeln!(out, "\n{note}")?;
    }
    Ok(())
}

/// Title and metadata.
fn write_head(out: &mut Output, article: &ArticleResponse, matched: Option<&MatchedText<'_>>) -> Result<()> {
    let (bold, dim, row) = (style::TITLE, style::DIM, &article.row);
    let title = match matched {
        Some(matched) => matched.title(out),
        None => out.safe(&row.title).into_owned(),
    };
    writeln!(out, "{bold}{title}{bold:#}")?;
    let detected = match article.lang_detected {
        true => say!("show-detected"),
        false => String::new(),
    };
    // A dateline or a credit line said it, no metadata.
    let told = |key: &str, value: String| match row.from_text.iter().any(|known| known == key) {
        true => say!("show-from-text", value = value),
        false => value,
    };
    let mut paths = row.paths.iter().cloned();
    let lines = [
        ("id", Some(row.id.clone())),
        ("date", row.date.map(|date| told("date", date.to_string()))),
        ("source", row.source.clone().map(|source| told("source", source))),
        (
            "author",
            article.author.clone().map(|author| told("author", author)),
        ),
        ("url", row.url.clone().map(|url| told("url", url))),
        ("lang", row.lang.as_ref().map(|lang| format!("{lang}{detected}"))),
        ("file", paths.next()),
        ("found", matched.map(MatchedText::summary)),
    ];
    let also = paths.map(|path| ("also_in", path));
    for (name, value) in lines.into_iter().filter_map(|(n, v)| Some((n, v?))).chain(also) {
        let value = out.safe(&value).into_owned();
        writeln!(out, "{dim}{:<8}{dim:#}{value}", say!("show-label", label = name))?;
    }
    for (name, value) in &article.extra {
        let text = match page_numbers::all(&article.extra).count() {
            pages if name == page_numbers::KEY && pages > 0 => pages.to_string(),
            _ => value.as_str().map_or_else(|| value.to_string(), str::to_string),
        };
        let line = out.safe(&format!("{name}: {text}")).into_owned();
        writeln!(
            out,
            "{dim}{:<8}{dim:#}{line}",
            say!("show-label", label = "extra")
        )?;
    }
    Ok(writeln!(out)?)
}

/// The texts that evidence points into, with their passages.
struct Quoted<'a> {
    title: (&'a str, Vec<Range<usize>>),
    body: (&'a str, Vec<Range<usize>>),
}

impl<'a> Quoted<'a> {
    fn of(article: &'a ArticleResponse) -> Self {
        let text = |text: &'a str| (text, passages(text));
        Self {
            title: text(&article.row.title),
            body: text(&article.body),
        }
    }
}

/// A facet value with its first pieces of evidence.
fn write_value(out: &mut Output, quoted: &Quoted<'_>, value: &ArticleValue) -> Result<()> {
    let facet = style::FACET;
    let shown = out.safe(&value.value).into_owned();
    let former = value
        .region_old
        .as_ref()
        .map_or(String::new(), |old| say!("show-formerly", region = old));
    writeln!(
        out,
        "\n{facet}{}: {shown}{facet:#} ({}{former})",
        value.facet,
        say!("show-status", status = value.status)
    )?;
    for evidence in value.evidence.iter().take(SHOWN) {
        let line = evidence_line(out, quoted, evidence);
        writeln!(out, "{}", wrap(&line, out.width, "    "))?;
    }
    if value.evidence.len() > SHOWN {
        let more = value.evidence.len() - SHOWN;
        writeln!(out, "    {}", say!("show-and-more", n = more))?;
    }
    Ok(())
}

/// The rule, and the sentence with the words marked.
fn evidence_line(out: &Output, quoted: &Quoted<'_>, evidence: &Evidence) -> String {
    let (text, passages) = match evidence.part {
        Part::Title => &quoted.title,
        Part::Body => &quoted.body,
        Part::Metadata => return say!("show-metadata", rule = &*evidence.rule),
    };
    let words = evidence.start..evidence.end;
    let around = passage_at(passages, evidence.start).unwrap_or(words.clone());
    let piece = |from: usize, to: usize| text.get(from..to.max(from)).unwrap_or("");
    if text.get(words).is_none() {
        return evidence.rule.to_string();
    }
    let (before, words, after) = (
        piece(around.start, evidence.start),
        piece(evidence.start, evidence.end),
        piece(evidence.end, around.end),
    );
    let (open, close) = if out.styled {
        (
            style::HIT.render().to_string(),
            style::HIT.render_reset().to_string(),
        )
    } else {
        ("[".into(), "]".into())
    };
    format!(
        "{}: {}{open}{}{close}{}",
        evidence.rule,
        out.safe(before),
        out.safe(words),
        out.safe(after)
    )
}
