//! `griot show`: an article, its metadata, and why it has its facet values.

use super::args::{ShowArgs, TextOrJson};
use super::exit_codes::ExitCode;
use super::matches::Matches;
use super::output::{Output, style, wrap};
use super::{export, open, select};
use anyhow::Result;
use griot::article::{Evidence, FacetValue, Part};
use griot::facets::Document;
use griot::french::sentences;
use griot::index::{Place, Reader, Stored, corrections, ids};
use griot::search::{Engine, shown_path};
use serde_json::json;
use std::io::Write;

pub fn run(out: &mut Output, place: Option<Place>, args: ShowArgs) -> Result<ExitCode> {
    let reader = open(place)?;
    let engine = Engine::new(&reader);
    let article = select::article(&engine, &args.id)?;
    let matches = args
        .query
        .as_deref()
        .map(|query| Matches::find(&engine, &article, query))
        .transpose()?;
    if args.format == TextOrJson::Json {
        let mut row = export::row(&engine, &article)?;
        row.insert("version".into(), json!(griot::search::JSON_VERSION));
        row.insert("author".into(), json!(article.meta.author));
        row.insert("extra".into(), json!(article.meta.extra));
        row.insert("body".into(), json!(article.body));
        row.insert(
            "values".into(),
            json!(
                article
                    .meta
                    .values
                    .iter()
                    .map(|v| value_json(&reader, v))
                    .collect::<griot::error::Result<Vec<_>>>()?
            ),
        );
        row.insert("corrections".into(), json!(article.meta.corrections));
        row.insert("notes".into(), json!(notes(&reader, &article)?));
        if let Some(matches) = &matches {
            row.insert("matches".into(), matches.json(&article));
        }
        writeln!(out, "{}", serde_json::Value::Object(row))?;
        return Ok(ExitCode::Done);
    }
    matches.iter().for_each(Matches::tell_notes);
    match (&matches, args.context) {
        (Some(matches), Some(context)) => {
            writeln!(
                out,
                "{bold}{}{bold:#}\n{}\n",
                matches.title(out, &article),
                matches.told(),
                bold = style::TITLE
            )?;
            matches.write_context(out, &article, context)?;
        }
        _ => write_text(out, &engine, &article, matches.as_ref())?,
    }
    Ok(ExitCode::Done)
}

/// Where a value comes from.
fn status(value: &FacetValue) -> &'static str {
    match value.given {
        _ if corrections::is_corrected(value) => "corrected",
        true => "given",
        false => "derived",
    }
}

fn value_json(reader: &Reader, value: &FacetValue) -> griot::error::Result<serde_json::Value> {
    Ok(json!({
        "facet": value.facet, "value": shown_path(&reader.fields, &value.facet, &value.path),
        "status": status(value), "evidence": value.evidence,
        "region_old": reader.facets()?.former_region(&value.facet, &value.path),
    }))
}

fn write_text(out: &mut Output, engine: &Engine, article: &Stored, matches: Option<&Matches>) -> Result<()> {
    let fields = &engine.reader.fields;
    let (bold, dim, facet) = (style::TITLE, style::DIM, style::FACET);
    let title = matches.map_or_else(
        || out.safe(&article.title).into_owned(),
        |m| m.title(out, article),
    );
    writeln!(out, "{bold}{title}{bold:#}")?;
    let meta = &article.meta;
    let date = meta.date.map(|d| d.to_string());
    let mut paths = engine.paths(article)?.into_iter();
    let lines = [
        ("id", Some(ids::shown(&engine.searcher, fields, article)?)),
        ("date", date),
        ("source", meta.source.clone()),
        ("author", meta.author.clone()),
        ("url", meta.url.clone()),
        (
            "lang",
            meta.lang.clone().map(|lang| {
                if meta.lang_detected {
                    format!("{lang} (told from the words)")
                } else {
                    lang
                }
            }),
        ),
        ("file", paths.next()),
        ("found", matches.map(Matches::told)),
    ];
    let also = paths.map(|path| ("also in", path));
    for (name, value) in lines.into_iter().filter_map(|(n, v)| Some((n, v?))).chain(also) {
        let value = out.safe(&value).into_owned();
        writeln!(out, "{dim}{name:<8}{dim:#}{value}")?;
    }
    for (name, value) in &meta.extra {
        let text = value.as_str().map_or_else(|| value.to_string(), str::to_string);
        let line = out.safe(&format!("{name}: {text}")).into_owned();
        writeln!(out, "{dim}extra   {dim:#}{line}")?;
    }
    writeln!(out)?;
    match matches {
        Some(matches) => matches.write_body(out, article)?,
        None => {
            for line in article.body.lines() {
                let safe = out.safe(line).into_owned();
                writeln!(out, "{}", wrap(&safe, out.width, ""))?;
            }
        }
    }
    for (declared, _) in &fields.facets {
        for value in article.facet(&declared.name) {
            let status = status(value);
            let shown = out
                .safe(&shown_path(fields, &declared.name, &value.path))
                .into_owned();
            let former = engine.reader.facets()?.former_region(&declared.name, &value.path);
            let former = former.map_or(String::new(), |old| format!(", formerly {old}"));
            writeln!(
                out,
                "\n{facet}{}: {shown}{facet:#} ({status}{former})",
                declared.name
            )?;
            for evidence in value.evidence.iter().take(3) {
                let line = evidence_line(out, article, evidence);
                writeln!(out, "{}", wrap(&line, out.width, "    "))?;
            }
            if value.evidence.len() > 3 {
                writeln!(out, "    and {} more places", value.evidence.len() - 3)?;
            }
        }
    }
    for correction in &meta.corrections {
        let note = if correction.note.is_empty() {
            String::new()
        } else {
            format!(": {}", correction.note)
        };
        let line = format!(
            "corrected: {} {} {}{note}",
            correction.facet,
            correction.action.name(),
            correction.value
        );
        let line = out.safe(&line).into_owned();
        writeln!(out, "\n{}", wrap(&line, out.width, "    "))?;
    }
    for note in notes(engine.reader, article)? {
        let note = out.safe(&note).into_owned();
        writeln!(out, "\nnote: {note}")?;
    }
    Ok(())
}

/// What was found wrong while indexing, and what the metadata says against the text.
fn notes(reader: &Reader, article: &Stored) -> Result<Vec<String>> {
    let mut notes = article.meta.notes.clone();
    // What an analyst decided is no contradiction.
    let values: Vec<FacetValue> = article
        .meta
        .values
        .iter()
        .filter(|v| !corrections::is_corrected(v))
        .cloned()
        .collect();
    if values.iter().any(|v| v.given) {
        let document = Document {
            title: &article.title,
            body: &article.body,
            title_tokens: &reader.french.analyze(&article.title),
            body_tokens: &reader.french.analyze(&article.body),
            published: article.meta.date,
            url: None,
            file_name: None,
        };
        notes.extend(reader.facets()?.contradictions(&document, &values));
    }
    Ok(notes)
}

/// The rule, and the sentence with the words marked.
fn evidence_line(out: &Output, article: &Stored, evidence: &Evidence) -> String {
    let text = match evidence.part {
        Part::Title => &article.title,
        Part::Body => &article.body,
        Part::Metadata => return format!("{}: metadata", evidence.rule),
    };
    let Some(words) = text.get(evidence.start..evidence.end) else {
        return evidence.rule.to_string();
    };
    let sentence = sentences(text)
        .into_iter()
        .find(|s| s.start <= evidence.start && evidence.end <= s.end)
        .unwrap_or(evidence.start..evidence.end);
    let (before, after) = (
        &text[sentence.start..evidence.start],
        &text[evidence.end..sentence.end],
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
