//! `griot dossier`: the articles that a query finds, or their passages, as one document to print and to hand on.

use super::args::{DossierArgs, DossierFormat};
use super::engine::{answered, engine};
use super::exit_codes::ExitCode;
use super::output::Output;
use super::provenance;
use super::select;
use anyhow::{Result, bail};
use griot::export::dossier::{ContentsLine, Docx, Dossier, Entry, Form, Html, Markdown};
use griot::export::provenance::Provenance;
use griot::export::question::asked;
use griot::index::IndexDir;
use griot::messages::spoken;
use griot::search::{
    ArticleRequest, ArticleRow, CitationRequest, Engine, EventFilter, ExportRequest, ExportRow, Rows,
    Selection, begins,
};
use griot::{msg, say};
use std::io::BufWriter;

pub fn run(out: &mut Output, place: Option<IndexDir>, args: DossierArgs) -> Result<ExitCode> {
    let engine = engine(place)?;
    let selection = select::selection(&args.query, &args.filters)?;
    let contents = contents(&*engine, &selection, &args)?;
    if contents.is_empty() {
        // A document of nothing would be taken for one of what there is.
        bail!(msg!("dossier-no-articles"));
    }
    let asked = asked(&selection, &EventFilter::default(), spoken());
    let dossier = Dossier {
        title: args.title.clone().unwrap_or_else(|| match asked.as_str() {
            "" => say!("dossier-title-of-all"),
            asked => say!("dossier-title", query = asked),
        }),
        asked,
        provenance: Provenance::of(&*engine, &selection)?,
        passages: args.passages,
        contents,
        language: spoken(),
    };
    {
        let out = BufWriter::new(&mut *out);
        let mut form: Box<dyn Form + '_> = match args.target.format() {
            DossierFormat::Html => Box::new(Html::new(out, spoken())),
            DossierFormat::Docx => Box::new(Docx::new(out, spoken())),
            DossierFormat::Md => Box::new(Markdown::new(out, spoken())),
        };
        write(&*engine, &dossier, &selection, &mut *form)?;
    }
    let counts = [("articles", dossier.contents.len() as u64)];
    provenance::finish(
        out,
        &*engine,
        (&args.provenance, &selection, &EventFilter::default()),
        &counts,
    )?;
    Ok(ExitCode::Done)
}

/// What the dossier will hold: of each article only what the contents say of it.
fn contents(engine: &dyn Engine, selection: &Selection, args: &DossierArgs) -> Result<Vec<ContentsLine>> {
    let request = ExportRequest {
        selection: selection.clone(),
        // An article without a title goes by its first words.
        rows: Rows::Texts,
        order: args.sort.into(),
        ..ExportRequest::default()
    };
    let mut contents = Vec::new();
    for row in engine.export(&request)? {
        let ExportRow::Article(row) = row? else { continue };
        contents.push(ContentsLine {
            number: contents.len() + 1,
            title: title(&row),
            id: row.id,
            date: row.date,
            source: row.source,
        });
    }
    Ok(contents)
}

/// The title of an article, or its first words in brackets, or its id.
fn title(row: &ArticleRow) -> String {
    if !row.title.trim().is_empty() {
        return row.title.clone();
    }
    match row.text.as_deref().and_then(begins) {
        Some(words) => format!("[{words}]"),
        None => row.id.clone(),
    }
}

/// Writes the dossier, an article in memory at a time.
fn write(engine: &dyn Engine, dossier: &Dossier, selection: &Selection, form: &mut dyn Form) -> Result<()> {
    let query = Some(selection.query.clone()).filter(|query| !query.trim().is_empty());
    dossier.begin(form)?;
    for line in &dossier.contents {
        let (id, query) = (line.id.clone(), query.clone());
        let article = answered(engine.article(&ArticleRequest {
            id: id.clone(),
            query: query.clone(),
        })?);
        let citation = answered(engine.cite(&CitationRequest { id, query })?);
        dossier.add(form, line.number, &Entry { article, citation })?;
    }
    Ok(form.finish()?)
}
