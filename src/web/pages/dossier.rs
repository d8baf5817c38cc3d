//! The page of a dossier: articles that were chosen, or all of a search, to be read, printed and handed on; also as files.

use super::super::asked::Asked;
use super::super::body;
use super::super::key;
use super::super::problem::Problem;
use super::layout::layout;
use super::link::Link;
use super::text::{Text, web_address};
use super::walk;
use crate::error::Result;
use crate::export::dossier::{
    Block, ContentsLine, Docx, Dossier, Entry, FactKind, Form, Html, Markdown, Run,
};
use crate::export::provenance::Provenance;
use crate::export::question;
use crate::messages::speaking;
use crate::msg;
use crate::say;
use crate::search::{
    ArticleRequest, CitationRequest, Count, Engine, EventFilter, ExportRequest, ExportRow, Rows, Selection,
};
use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use maud::{Markup, PreEscaped, html};
use std::io;
use std::sync::Arc;
use tokio::runtime::Handle;

/// Articles that the page shows; files have all.
const MOST: usize = 25;

/// A form of files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    Html,
    Docx,
    Markdown,
}

const FORMATS: [(&str, Format); 3] = [
    ("html", Format::Html),
    ("docx", Format::Docx),
    ("md", Format::Markdown),
];

impl Format {
    fn media_type(self) -> &'static str {
        match self {
            Self::Html => "text/html; charset=utf-8",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Markdown => "text/markdown; charset=utf-8",
        }
    }
}

/// A dossier.
pub(in super::super) fn dossier(asked: &Asked) -> std::result::Result<Response, Problem> {
    let selection = asked.selection()?;
    let format = asked.params.one_of("format", &FORMATS)?;
    let passages = asked.params.has("passages") && !selection.query.trim().is_empty();
    let contents = contents(asked, &selection)?;
    if let Some(format) = format {
        return file(
            asked,
            made(asked, &selection, contents, passages)?,
            selection,
            format,
        );
    }
    let total = contents.len();
    let shown: Vec<ContentsLine> = contents.into_iter().take(MOST).collect();
    let dossier = made(asked, &selection, shown, passages)?;
    let mut page = Page::default();
    if total > 0 {
        write(&asked.commit.engine, &dossier, &selection, &mut page).map_err(Problem::from)?;
    }
    let here = || Link::here(asked);
    let main = html! {
        p.back { a href=(Link::same_hits(asked, "/")) { "← " (say!("web-nav-search")) } }
        div.heading.screen {
            h1 { (say!("web-dossier")) span.quiet { " " (say!("count-articles", n = total)) } }
            p.tools {
                @if passages { a href=(here().without("passages")) { (say!("dossier-whole")) } }
                @else if !selection.query.trim().is_empty() { a href=(here().with("passages", "true")) { (say!("dossier-passages")) } }
                @for (name, _) in FORMATS { a href=(here().with("format", name)) download { (name.to_uppercase()) } }
                button.print type="button" hidden { (say!("web-print")) }
            }
        }
        @if total == 0 { p { (say!("web-dossier-none")) } }
        @if total > MOST { p.note { (say!("web-dossier-cut", most = MOST)) } }
        article.dossier { (PreEscaped(page.end())) }
    };
    Ok(layout(asked, &dossier.title, main).into_response())
}

/// What is in the dossier: the articles that were chosen, in the order of the search, or all that it finds.
fn contents(asked: &Asked, selection: &Selection) -> std::result::Result<Vec<ContentsLine>, Problem> {
    let engine = &asked.commit.engine;
    let chosen: Vec<String> = asked
        .params
        .iter()
        .filter(|(name, value)| *name == "article" && !value.is_empty())
        .map(|(_, key)| {
            key::id(key).ok_or_else(|| Problem::from(crate::Error::NoSuchArticle { id: key.to_string() }))
        })
        .collect::<std::result::Result<_, _>>()?;
    let mut contents = Vec::new();
    let mut add = |title: String, id: String, date, source| {
        contents.push(ContentsLine {
            number: contents.len() + 1,
            title: if title.trim().is_empty() {
                id.clone()
            } else {
                title
            },
            id,
            date,
            source,
        });
    };
    if !chosen.is_empty() {
        for id in chosen.into_iter().take(MOST * 10) {
            let row = engine.article(&ArticleRequest { id, query: None })?.value.row;
            add(row.title, row.id, row.date, row.source);
        }
        return Ok(contents);
    }
    let request = ExportRequest {
        selection: selection.clone(),
        rows: Rows::Articles,
        order: walk::request(asked, Count::Nothing)?.order,
        ..ExportRequest::default()
    };
    for row in engine.export(&request)? {
        if let ExportRow::Article(row) = row? {
            add(row.title, row.id, row.date, row.source);
        }
    }
    Ok(contents)
}

fn made(
    asked: &Asked,
    selection: &Selection,
    contents: Vec<ContentsLine>,
    passages: bool,
) -> std::result::Result<Dossier, Problem> {
    let words = question::asked(selection, &EventFilter::default(), asked.language);
    Ok(Dossier {
        title: match words.as_str() {
            "" => say!("web-dossier"),
            words => say!("dossier-title", query = words),
        },
        asked: words,
        provenance: Provenance::of(&asked.commit.engine, selection)?,
        passages,
        contents,
        language: asked.language,
    })
}

/// Writes the dossier, an article in memory at a time.
fn write(engine: &dyn Engine, dossier: &Dossier, selection: &Selection, form: &mut dyn Form) -> Result<()> {
    let query = Some(selection.query.clone()).filter(|query| !query.trim().is_empty());
    let failed = |error| crate::Error::io("dossier")(error);
    let mut written = dossier.begin(form);
    for line in &dossier.contents {
        written.map_err(failed)?;
        let (id, query) = (line.id.clone(), query.clone());
        let article = engine
            .article(&ArticleRequest {
                id: id.clone(),
                query: query.clone(),
            })?
            .value;
        let citation = engine.cite(&CitationRequest { id, query })?.value;
        written = dossier.add(form, line.number, &Entry { article, citation });
    }
    written.and_then(|()| form.finish()).map_err(failed)
}

/// The dossier as a file, sent while it is written.
fn file(
    asked: &Asked,
    dossier: Dossier,
    selection: Selection,
    format: Format,
) -> std::result::Result<Response, Problem> {
    let turn = Arc::clone(&asked.app.exports).try_acquire_owned();
    let turn = turn.map_err(|_| {
        asked.app.metrics.refused();
        Problem::too_many(msg!("web-exports"), 5)
    })?;
    let (commit, language) = (Arc::clone(&asked.commit), asked.language);
    let body = body::written(Handle::current(), move |out| {
        let _turn = turn;
        let mut form: Box<dyn Form + '_> = match format {
            Format::Html => Box::new(Html::new(out, language)),
            Format::Docx => Box::new(Docx::new(out, language)),
            Format::Markdown => Box::new(Markdown::new(out, language)),
        };
        speaking(language, || {
            write(&commit.engine, &dossier, &selection, &mut *form)
        })
        .map_err(io::Error::other)
    });
    let ending = FORMATS
        .iter()
        .find(|(_, one)| *one == format)
        .map_or("html", |(name, _)| name);
    let headers = [
        (header::CONTENT_TYPE, format.media_type().to_string()),
        (
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"dossier.{ending}\""),
        ),
    ];
    Ok((headers, body).into_response())
}

/// A dossier within a page of the server, which has the style sheet.
#[derive(Default)]
struct Page {
    html: String,
    in_article: bool,
}

impl Page {
    fn add(&mut self, markup: Markup) {
        self.html.push_str(&markup.0);
    }

    fn end(mut self) -> String {
        if self.in_article {
            self.html.push_str("</section>");
        }
        self.html
    }
}

fn runs(runs: &[Run]) -> Markup {
    html! { @for run in runs { @if run.mark { mark { (Text(&run.text)) } } @else { (Text(&run.text)) } } }
}

impl Form for Page {
    // Long because it is one arm a kind of block.
    fn block(&mut self, block: &Block) -> io::Result<()> {
        match block {
            Block::Title(title) => self.add(html! { header.title { h2 { (Text(title)) } } }),
            Block::Heading(text) => self.add(html! { h3 #contents { (Text(text)) } }),
            Block::Facts(facts) => self.add(html! {
                dl.facts { @for fact in facts {
                    dt { (Text(&fact.name)) }
                    dd { @match (fact.kind, web_address(&fact.value)) {
                        (FactKind::Link, Some(address)) => a href=(Text(address)) rel="noreferrer noopener" { (Text(&fact.value)) },
                        (FactKind::Hash, _) => code.hash { (Text(&fact.value)) },
                        _ => (Text(&fact.value)),
                    } }
                } }
            }),
            Block::Contents(lines) => self.add(html! {
                ol.contents { @for line in lines { li {
                    a href=(format!("#a{}", line.number)) { (Text(&line.title)) }
                    @let about = line.about();
                    @if !about.is_empty() { " " span.quiet { (Text(&about)) } }
                } } }
            }),
            Block::Article { number, title, own_page } => {
                if std::mem::replace(&mut self.in_article, true) {
                    self.html.push_str("</section>");
                }
                let class = if *own_page { "entry own" } else { "entry" };
                let head = html! { h3 { span.quiet { (number) ". " } (runs(title)) } };
                self.html.push_str(&format!("<section id=\"a{number}\" class=\"{class}\">"));
                self.add(head);
            }
            Block::Subheading(text) => self.add(html! { h4 { (Text(text)) } }),
            Block::Paragraph { label, runs: text } => self.add(html! {
                p { @if let Some(label) = label { span.label { (Text(label)) } " " } (runs(text)) }
            }),
            Block::Gap => self.add(html! { p.quiet { "[…]" } }),
            Block::Small(text) => self.add(html! { p.quiet { (runs(text)) } }),
        }
        Ok(())
    }

    fn finish(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_an_article_is_markup() {
        let hostile = || "</section><script>".to_string();
        let mut page = Page::default();
        let run = || {
            vec![Run {
                text: hostile(),
                mark: true,
            }]
        };
        let blocks = [
            Block::Title(hostile()),
            Block::Article {
                number: 1,
                title: run(),
                own_page: false,
            },
            Block::Subheading(hostile()),
            Block::Paragraph {
                label: Some(hostile()),
                runs: run(),
            },
            Block::Article {
                number: 2,
                title: run(),
                own_page: true,
            },
        ];
        blocks
            .iter()
            .for_each(|block| page.block(block).expect("written"));
        let html = page.end();
        assert!(!html.contains("<script>"), "{html}");
        assert_eq!(html.matches("<section").count(), 2);
        assert_eq!(html.matches("</section>").count(), 2);
    }
}
