//! `griot search`: hits with snippets, then counts.

use super::args::{HitFormat, SearchArgs, Sort};
use super::exit_codes::ExitCode;
use super::facets::write_tree;
use super::output::{Output, articles, style, wrap};
use super::sheet::{Cell, decimal};
use super::{answered, diagnosis, select, writing_place};
use anyhow::Result;
use griot::facet_path::FacetPath;
use griot::index::{Place, SyncOptions};
use griot::search::{
    Count, Diagnosis, Engine, FacetInfo, Hit, LocalEngine, Order, SearchRequest, SearchResponse, Selection,
    Snippet, SnippetOptions,
};
use std::io::Write;
use std::path::Path;

/// The JSON form of an answer, with the reasons when nothing was found.
#[derive(serde::Serialize)]
struct WithDiagnosis<'a> {
    #[serde(flatten)]
    response: &'a SearchResponse,
    #[serde(skip_serializing_if = "Option::is_none")]
    diagnosis: Option<&'a Diagnosis>,
}

pub fn run(out: &mut Output, place: Option<Place>, args: SearchArgs) -> Result<ExitCode> {
    let mut under = None;
    let (engine, skipped) = match &args.corpus {
        Some(corpus) => {
            let (engine, skipped) = in_step(place, corpus)?;
            under = engine.under(&corpus.canonicalize()?);
            (Box::new(engine) as Box<dyn Engine>, skipped)
        }
        None => (super::engine(place)?, false),
    };
    let selection = Selection {
        under,
        ..select::selection(&args.query, &args.filters)?
    };
    let request = request(selection, &args);
    let response = answered(engine.search(&request)?);
    let with_reasons = matches!(args.format, HitFormat::Text | HitFormat::Json);
    let diagnosis = match response.total == 0 && with_reasons {
        true => Some(answered(engine.diagnose(&request.selection)?)).filter(|d| !d.clauses.is_empty()),
        false => None,
    };
    match args.format {
        HitFormat::Text => {
            let facets = engine.facets()?;
            write_text(out, &response, diagnosis.as_ref(), &request, &facets, args.unfold)?;
        }
        HitFormat::Json => {
            let form = WithDiagnosis {
                response: &response,
                diagnosis: diagnosis.as_ref(),
            };
            writeln!(out, "{}", serde_json::to_string(&form)?)?;
        }
        HitFormat::Jsonl => {
            for hit in &response.hits {
                writeln!(out, "{}", serde_json::to_string(hit)?)?;
            }
        }
        HitFormat::Csv => write_csv(out, &response, &engine.facets()?)?,
    }
    out.flush()?;
    Ok(match skipped {
        true => ExitCode::Skipped,
        false => ExitCode::Done,
    })
}

/// The index of a folder, brought up to date first, and whether something in it was skipped.
fn in_step(place: Option<Place>, corpus: &Path) -> Result<(LocalEngine, bool)> {
    let corpus = corpus.to_path_buf();
    let place = writing_place(place, std::slice::from_ref(&corpus))?;
    let options = SyncOptions {
        paths: vec![corpus],
        ..SyncOptions::default()
    };
    let report = super::index::bring_up_to_date(&place, &options, false)?;
    Ok((LocalEngine::open(&place)?, !report.skipped.is_empty()))
}

fn request(selection: Selection, args: &SearchArgs) -> SearchRequest {
    SearchRequest {
        selection,
        order: match args.sort {
            Sort::Relevance => Order::Relevance,
            Sort::Newest => Order::Newest,
            Sort::Oldest => Order::Oldest,
        },
        limit: args.limit,
        page: args.page.max(1),
        count: match args.format {
            HitFormat::Text | HitFormat::Json if args.facets => Count::All,
            HitFormat::Text => Count::Shown,
            _ => Count::Nothing,
        },
        snippets: Some(SnippetOptions {
            length: args.snippet_length,
            fragments: args.fragments,
        }),
        explain: args.explain,
        group: args.group,
        former: matches!(args.format, HitFormat::Text | HitFormat::Json),
    }
}

fn write_text(
    out: &mut Output,
    response: &SearchResponse,
    diagnosis: Option<&Diagnosis>,
    request: &SearchRequest,
    facets: &[FacetInfo],
    unfold: bool,
) -> Result<()> {
    for note in &response.notes {
        eprintln!("griot: {}", super::output::sanitize(note));
    }
    if let Some(explanation) = &response.explanation {
        super::explain::write(out, explanation)?;
    }
    let first = (request.page - 1) * request.limit;
    let shown = response.hits.len();
    let range = if shown == 0 {
        String::new()
    } else {
        format!(", {} to {} shown", first + 1, first + shown)
    };
    writeln!(
        out,
        "{}{range} ({:.1} ms)",
        articles(response.total),
        response.took_ms
    )?;
    let listed: Vec<&str> = facets
        .iter()
        .filter(|facet| facet.listed)
        .map(|facet| facet.name.as_str())
        .collect();
    for (rank, hit) in response.hits.iter().enumerate() {
        write_hit(out, first + rank + 1, hit, &listed, unfold)?;
    }
    if let Some(diagnosis) = diagnosis {
        diagnosis::write(out, diagnosis)?;
    }
    for facet in facets.iter().map(|f| &f.name) {
        let chosen = response.without_chosen.contains_key(facet);
        if let Some(values) = response.facets.get(facet).filter(|v| !v.is_empty() || chosen) {
            writeln!(out)?;
            let without = (
                response.without.get(facet).copied().unwrap_or(0),
                response.without_chosen.get(facet).copied(),
            );
            write_tree(out, facet, values, without, Some(12))?;
        }
    }
    Ok(())
}

fn write_hit(out: &mut Output, rank: usize, hit: &Hit, listed: &[&str], unfold: bool) -> Result<()> {
    let (bold, dim) = (style::TITLE, style::DIM);
    let title = match hit.snippets.iter().find(|s| s.field == "title") {
        Some(title) => marked(out, title, style::TITLE),
        None if hit.title.is_empty() => "(without a title)".into(),
        None => out.safe(&hit.title).into_owned(),
    };
    let date = hit.date.as_deref().unwrap_or("undated");
    writeln!(out, "\n{rank:>3}. {bold}{title}{bold:#}")?;
    let source = hit
        .source
        .as_deref()
        .map(|s| format!(" · {s}"))
        .unwrap_or_default();
    let line = format!("{date}{source} · {}", hit.id);
    let line = out.safe(&line).into_owned();
    writeln!(out, "     {dim}{line}{dim:#}")?;
    for path in hit.paths.iter().skip(1) {
        let line = out.safe(path).into_owned();
        writeln!(out, "     {dim}also in {line}{dim:#}")?;
    }
    for name in listed {
        if let Some(values) = hit.facets.get(*name).filter(|v| !v.is_empty()) {
            let facet = style::FACET;
            let line = out.safe(&leaves(values).join(", ")).into_owned();
            writeln!(out, "     {facet}{name}: {line}{facet:#}")?;
        }
    }
    for snippet in hit.snippets.iter().filter(|s| s.field == "body") {
        let text = marked(out, snippet, anstyle::Style::new());
        let wrapped = wrap(&text, out.width, "     ");
        writeln!(out, "{wrapped}")?;
    }
    if let Some(group) = &hit.folded {
        super::similar::write_folded(out, group, unfold)?;
    }
    if let Some(why) = &hit.why {
        super::explain::write_score(out, hit.score, why)?;
    }
    Ok(())
}

/// The values as a reader needs them: without those that another one lies in, and without the country or
/// family that every value of it begins with.
fn leaves(values: &[String]) -> Vec<&str> {
    let mut labels: Vec<&str> = Vec::new();
    for value in values {
        let path = FacetPath::new(value);
        let below = |other: &String| FacetPath::new(other).is_under(path);
        let label = path.without_top().as_str();
        if !values.iter().any(below) && !labels.contains(&label) {
            labels.push(label);
        }
    }
    labels
}

/// A snippet with its hits in bold, where that can be shown; `around` is the style of the line it stands in.
pub fn marked(out: &Output, snippet: &Snippet, around: anstyle::Style) -> String {
    let mut text = String::new();
    if snippet.cut_before {
        text.push('…');
    }
    for part in &snippet.parts {
        let safe = out.safe(&part.text);
        if part.hit && out.styled {
            // Word by word, so that wrapping can break between them.
            let words: Vec<String> = safe
                .split(' ')
                .map(|w| format!("{}{w}{:#}{around}", style::HIT, style::HIT))
                .collect();
            text.push_str(&words.join(" "));
        } else {
            text.push_str(&safe.replace('\n', " "));
        }
    }
    if snippet.cut_after {
        text.push('…');
    }
    text
}

/// The columns of a table of articles, in the CSV of hits and of `griot export`.
pub struct Columns<'f> {
    /// The main facets, in the order of their columns: months first.
    facets: Vec<&'f FacetInfo>,
}

impl<'f> Columns<'f> {
    pub fn new(facets: &'f [FacetInfo]) -> Self {
        let main = || facets.iter().filter(|facet| facet.main_column);
        let months = main().filter(|facet| facet.months);
        let others = main().filter(|facet| !facet.months);
        Self {
            facets: months.chain(others).collect(),
        }
    }

    /// The main facets.
    pub fn facets(&self) -> impl Iterator<Item = &'f str> {
        self.facets.iter().map(|facet| facet.name.as_str())
    }

    /// The heads of the columns.
    pub fn heads(&self) -> Vec<&'f str> {
        let before = ["id", "title", "date"].into_iter();
        before
            .chain(self.facets())
            .chain(["url", "path", "source"])
            .collect()
    }

    /// Whether a column is that of the months of publication.
    pub fn is_publication(&self, column: &str) -> bool {
        let first = self.facets.iter().find(|facet| facet.publication);
        first.is_some_and(|facet| facet.name == column)
    }
}

fn write_csv(out: &mut Output, response: &SearchResponse, facets: &[FacetInfo]) -> Result<()> {
    let table = Columns::new(facets);
    let mut columns = vec!["rank", "score"];
    columns.extend(table.heads());
    columns.push("snippet");
    let sheet = out.sheet;
    sheet.head(out, columns)?;
    for (rank, hit) in response.hits.iter().enumerate() {
        let snippet: Vec<String> = hit
            .snippets
            .iter()
            .filter(|s| s.field == "body")
            .map(|s| s.parts.iter().map(|p| p.text.as_str()).collect())
            .collect();
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        let months = || match hit.months.as_slice() {
            [] => text(&hit.month),
            months => months.join(";"),
        };
        let list = |name: &str| match hit.facets.get(name) {
            _ if table.is_publication(name) => months(),
            values => values.map(|v| v.join(";")).unwrap_or_default(),
        };
        let mut row: Vec<Cell> = vec![
            (rank + 1).into(),
            decimal(f64::from(hit.score), 4),
            (&hit.id).into(),
            (&hit.title).into(),
            text(&hit.date).into(),
        ];
        row.extend(table.facets().map(|name| Cell::from(list(name))));
        row.extend([
            text(&hit.url).into(),
            (&hit.path).into(),
            text(&hit.source).into(),
            snippet.join(" … ").into(),
        ]);
        sheet.record(out, row)?;
    }
    Ok(())
}
