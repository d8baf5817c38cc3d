//! A dossier as `.docx` (ECMA-376), for word processors. Its few parts are written by hand, the text as it comes: the
//! crates that make such files keep all of it in memory.

use super::blocks::{Block, Fact, FactKind, Form, Run};
use crate::date::written_now;
use crate::export::markup::{escaped, link};
use crate::messages::UiLang;
use std::io::{self, Write};
use zip::ZipWriter;
use zip::write::{SimpleFileOptions, StreamWriter};

/// What the properties of a dossier say: griot knows it again by that, and doesn't index it.
pub const KEYWORDS: &str = "griot_export dossier";

const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const R: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

/// The document.
pub struct Docx<O: Write> {
    /// None once it is finished.
    zip: Option<ZipWriter<StreamWriter<O>>>,
    language: UiLang,
    /// Addresses that the text links to, in the order of their numbers: a few for each article.
    links: Vec<String>,
    is_begun: bool,
}

impl<O: Write> Docx<O> {
    /// A document in a language.
    pub fn new(out: O, language: UiLang) -> Self {
        Self {
            zip: Some(ZipWriter::new_stream(out)),
            language,
            links: Vec::new(),
            is_begun: false,
        }
    }

    fn part(&mut self, name: &str, text: &str) -> io::Result<()> {
        let zip = self.zip.as_mut().ok_or_else(ended)?;
        zip.start_file(name, SimpleFileOptions::default())
            .map_err(io::Error::other)?;
        zip.write_all(HEAD.as_bytes())?;
        zip.write_all(text.as_bytes())
    }

    /// Adds to the part that was begun last.
    fn put(&mut self, text: &str) -> io::Result<()> {
        self.zip.as_mut().ok_or_else(ended)?.write_all(text.as_bytes())
    }

    /// Writes what stands before the text, and begins it.
    fn begin(&mut self, title: &str) -> io::Result<()> {
        self.is_begun = true;
        let title = escaped(title);
        self.part("[Content_Types].xml", &content_types())?;
        self.part("_rels/.rels", &relations_of_package())?;
        self.part(
            "docProps/core.xml",
            &format!(
                "<cp:coreProperties xmlns:cp=\"{PACKAGE}/metadata/core-properties\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" \
                 xmlns:dcterms=\"http://purl.org/dc/terms/\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">\
                 <dc:title>{title}</dc:title><dc:creator>griot {}</dc:creator><cp:keywords>{KEYWORDS}</cp:keywords>\
                 <dcterms:created xsi:type=\"dcterms:W3CDTF\">{}</dcterms:created></cp:coreProperties>",
                env!("CARGO_PKG_VERSION"),
                written_now()
            ),
        )?;
        self.part("word/styles.xml", &styles(self.language))?;
        let page = "<w:fldSimple w:instr=\" PAGE \"><w:r><w:t>1</w:t></w:r></w:fldSimple>";
        self.part(
            "word/footer1.xml",
            &format!(
                "<w:ftr xmlns:w=\"{W}\"><w:p><w:pPr><w:pStyle w:val=\"Footer\"/></w:pPr>\
                 <w:r><w:t xml:space=\"preserve\">{title}</w:t></w:r><w:r><w:tab/></w:r>{page}</w:p></w:ftr>"
            ),
        )?;
        self.part(
            "word/document.xml",
            &format!("<w:document xmlns:w=\"{W}\" xmlns:r=\"{R}\"><w:body>"),
        )
    }

    /// A paragraph of a style, of what is XML already.
    fn paragraph(&mut self, style: &str, inner: &str) -> io::Result<()> {
        self.put(&format!(
            "<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr>{inner}</w:p>"
        ))
    }

    fn facts(&mut self, facts: &[Fact]) -> io::Result<()> {
        self.put(
            "<w:tbl><w:tblPr><w:tblW w:w=\"9300\" w:type=\"dxa\"/><w:tblLayout w:type=\"fixed\"/></w:tblPr>\
             <w:tblGrid><w:gridCol w:w=\"2100\"/><w:gridCol w:w=\"7200\"/></w:tblGrid>",
        )?;
        for fact in facts {
            let value = match fact.kind {
                FactKind::Text => run(&fact.value, ""),
                FactKind::Hash => run(&fact.value, "<w:rStyle w:val=\"Hash\"/>"),
                FactKind::Link => self.link(&fact.value),
            };
            let cell = |width: u32, inner: &str| {
                format!(
                    "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/></w:tcPr><w:p><w:pPr><w:pStyle w:val=\"Fact\"/></w:pPr>{inner}</w:p></w:tc>"
                )
            };
            let name = cell(2100, &run(&fact.name, "<w:color w:val=\"555555\"/>"));
            self.put(&format!(
                "<w:tr><w:trPr><w:cantSplit/></w:trPr>{name}{}</w:tr>",
                cell(7200, &value)
            ))?;
        }
        self.put("</w:tbl>")?;
        // A table needs a paragraph after it.
        self.paragraph("Small", "")
    }

    fn link(&mut self, address: &str) -> String {
        let text = run(address, "<w:rStyle w:val=\"Hyperlink\"/>");
        if link(address).is_none() {
            return run(address, "");
        }
        self.links.push(address.to_string());
        format!(
            "<w:hyperlink r:id=\"link{}\">{text}</w:hyperlink>",
            self.links.len()
        )
    }
}

/// What is written after the end.
fn ended() -> io::Error {
    io::ErrorKind::InvalidInput.into()
}

/// A piece of text with properties.
fn run(text: &str, properties: &str) -> String {
    let properties = match properties {
        "" => String::new(),
        properties => format!("<w:rPr>{properties}</w:rPr>"),
    };
    format!(
        "<w:r>{properties}<w:t xml:space=\"preserve\">{}</w:t></w:r>",
        escaped(text)
    )
}

fn runs(runs: &[Run]) -> String {
    let each = runs.iter().map(|piece| match piece.mark {
        true => run(&piece.text, "<w:b/><w:shd w:val=\"clear\" w:fill=\"FFE58F\"/>"),
        false => run(&piece.text, ""),
    });
    each.collect()
}

/// The page on which an article begins: word processors put it in.
fn page_of(number: usize) -> String {
    format!(
        "<w:r><w:tab/></w:r><w:r><w:fldChar w:fldCharType=\"begin\" w:dirty=\"true\"/></w:r>\
         <w:r><w:instrText xml:space=\"preserve\"> PAGEREF a{number} \\h </w:instrText></w:r>\
         <w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t></w:t></w:r>\
         <w:r><w:fldChar w:fldCharType=\"end\"/></w:r>"
    )
}

impl<O: Write> Form for Docx<O> {
    fn block(&mut self, block: &Block) -> io::Result<()> {
        match block {
            Block::Title(title) => {
                self.begin(title)?;
                self.paragraph("Title", &run(title, ""))
            }
            Block::Heading(text) => {
                let text = run(text, "");
                self.put(&format!(
                    "<w:p><w:pPr><w:pStyle w:val=\"Heading1\"/><w:pageBreakBefore/></w:pPr>{text}</w:p>"
                ))
            }
            Block::Facts(facts) => self.facts(facts),
            Block::Contents(lines) => lines.iter().try_for_each(|line| {
                let (number, title) = (line.number, run(&format!("{}. {}", line.number, line.title), ""));
                let about = run(&format!(" {}", line.about()), "<w:color w:val=\"555555\"/>");
                let inner = format!(
                    "<w:hyperlink w:anchor=\"a{number}\">{title}</w:hyperlink>{about}{}",
                    page_of(number)
                );
                self.paragraph("Contents", &inner)
            }),
            Block::Article {
                number,
                title,
                own_page,
            } => {
                let place = match *own_page || *number == 1 {
                    true => "<w:pageBreakBefore/>",
                    false => "<w:spacing w:before=\"480\" w:after=\"120\"/>",
                };
                let title = format!("{}{}", run(&format!("{number}. "), ""), runs(title));
                self.put(&format!("<w:p><w:pPr><w:pStyle w:val=\"Heading1\"/>{place}</w:pPr>\
                     <w:bookmarkStart w:id=\"{number}\" w:name=\"a{number}\"/>{title}<w:bookmarkEnd w:id=\"{number}\"/></w:p>"))
            }
            Block::Subheading(text) => self.paragraph("Heading2", &run(text, "")),
            Block::Paragraph { label, runs: text } => {
                let label = label
                    .as_ref()
                    .map(|label| run(&format!("{label}  "), "<w:rStyle w:val=\"Label\"/>"));
                self.paragraph("Normal", &format!("{}{}", label.unwrap_or_default(), runs(text)))
            }
            Block::Gap => self.paragraph("Gap", &run("[…]", "")),
            Block::Small(text) => self.paragraph("Small", &runs(text)),
        }
    }

    fn finish(&mut self) -> io::Result<()> {
        if !std::mem::take(&mut self.is_begun) {
            return Ok(());
        }
        self.put("<w:sectPr><w:footerReference w:type=\"default\" r:id=\"footer\"/><w:pgSz w:w=\"11906\" w:h=\"16838\"/>\
             <w:pgMar w:top=\"1247\" w:right=\"1247\" w:bottom=\"1247\" w:left=\"1247\" w:header=\"709\" w:footer=\"567\" w:gutter=\"0\"/>\
             </w:sectPr></w:body></w:document>")?;
        let mut relations = format!(
            "<Relationships xmlns=\"{PACKAGE}/relationships\">\
             <Relationship Id=\"styles\" Type=\"{R}/styles\" Target=\"styles.xml\"/>\
             <Relationship Id=\"footer\" Type=\"{R}/footer\" Target=\"footer1.xml\"/>"
        );
        for (number, address) in (1..).zip(&self.links) {
            relations.push_str(&format!(
                "<Relationship Id=\"link{number}\" Type=\"{R}/hyperlink\" Target=\"{}\" TargetMode=\"External\"/>",
                escaped(address)
            ));
        }
        relations.push_str("</Relationships>");
        self.part("word/_rels/document.xml.rels", &relations)?;
        let zip = self.zip.take();
        zip.map_or(Ok(()), |zip| {
            let mut out = zip.finish().map_err(io::Error::other)?;
            out.flush()
        })
    }
}

fn content_types() -> String {
    let office = "application/vnd.openxmlformats-officedocument.wordprocessingml";
    format!(
        "<Types xmlns=\"{PACKAGE}/content-types\">\
         <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
         <Default Extension=\"xml\" ContentType=\"application/xml\"/>\
         <Override PartName=\"/word/document.xml\" ContentType=\"{office}.document.main+xml\"/>\
         <Override PartName=\"/word/styles.xml\" ContentType=\"{office}.styles+xml\"/>\
         <Override PartName=\"/word/footer1.xml\" ContentType=\"{office}.footer+xml\"/>\
         <Override PartName=\"/docProps/core.xml\" ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/>\
         </Types>"
    )
}

fn relations_of_package() -> String {
    format!(
        "<Relationships xmlns=\"{PACKAGE}/relationships\">\
         <Relationship Id=\"document\" Type=\"{R}/officeDocument\" Target=\"word/document.xml\"/>\
         <Relationship Id=\"core\" Type=\"{PACKAGE}/relationships/metadata/core-properties\" Target=\"docProps/core.xml\"/>\
         </Relationships>"
    )
}

/// The styles: id, name, kind, and what it is like.
// Long because it is a table of styles.
fn styles(language: UiLang) -> String {
    let code = match language {
        UiLang::En => "en-GB",
        UiLang::Fr => "fr-FR",
    };
    let sans = "<w:rFonts w:ascii=\"Arial\" w:hAnsi=\"Arial\" w:cs=\"Arial\"/>";
    let paragraph = |id: &str, name: &str, layout: &str, look: &str| {
        let based = if id == "Normal" {
            ""
        } else {
            "<w:basedOn w:val=\"Normal\"/>"
        };
        let default = if id == "Normal" { " w:default=\"1\"" } else { "" };
        format!(
            "<w:style w:type=\"paragraph\"{default} w:styleId=\"{id}\"><w:name w:val=\"{name}\"/>{based}\
             <w:pPr>{layout}</w:pPr><w:rPr>{look}</w:rPr></w:style>"
        )
    };
    let character = |id: &str, name: &str, look: &str| {
        format!(
            "<w:style w:type=\"character\" w:styleId=\"{id}\"><w:name w:val=\"{name}\"/><w:rPr>{look}</w:rPr></w:style>"
        )
    };
    let heading = |level: u8, before: u32| {
        format!(
            "<w:keepNext/><w:spacing w:before=\"{before}\" w:after=\"120\"/><w:outlineLvl w:val=\"{level}\"/>"
        )
    };
    let small = "<w:sz w:val=\"18\"/>";
    let styles = [
        paragraph(
            "Normal",
            "Normal",
            "<w:widowControl/><w:spacing w:after=\"120\" w:line=\"276\" w:lineRule=\"auto\"/>",
            "",
        ),
        paragraph(
            "Title",
            "Title",
            "<w:spacing w:before=\"1800\" w:after=\"480\"/>",
            &format!("{sans}<w:b/><w:sz w:val=\"48\"/>"),
        ),
        paragraph(
            "Heading1",
            "heading 1",
            &heading(0, 0),
            &format!("{sans}<w:b/><w:sz w:val=\"30\"/>"),
        ),
        paragraph(
            "Heading2",
            "heading 2",
            &heading(1, 240),
            &format!("{sans}<w:b/><w:sz w:val=\"22\"/>"),
        ),
        paragraph(
            "Contents",
            "toc 1",
            "<w:tabs><w:tab w:val=\"right\" w:leader=\"dot\" w:pos=\"9300\"/></w:tabs><w:spacing w:after=\"60\"/><w:ind w:right=\"700\"/>",
            "",
        ),
        paragraph(
            "Fact",
            "Fact",
            "<w:keepNext/><w:spacing w:after=\"20\" w:line=\"240\" w:lineRule=\"auto\"/>",
            small,
        ),
        paragraph(
            "Small",
            "Small",
            "<w:spacing w:after=\"60\" w:line=\"240\" w:lineRule=\"auto\"/>",
            small,
        ),
        paragraph(
            "Gap",
            "Gap",
            "<w:jc w:val=\"center\"/>",
            "<w:color w:val=\"777777\"/>",
        ),
        paragraph(
            "Footer",
            "footer",
            "<w:tabs><w:tab w:val=\"right\" w:pos=\"9400\"/></w:tabs><w:spacing w:after=\"0\"/>",
            "<w:sz w:val=\"16\"/><w:color w:val=\"555555\"/>",
        ),
        character(
            "Hyperlink",
            "Hyperlink",
            "<w:color w:val=\"0645AD\"/><w:u w:val=\"single\"/>",
        ),
        character(
            "Hash",
            "Hash",
            "<w:rFonts w:ascii=\"Courier New\" w:hAnsi=\"Courier New\" w:cs=\"Courier New\"/><w:sz w:val=\"15\"/>",
        ),
        character(
            "Label",
            "Label",
            &format!("{sans}<w:color w:val=\"555555\"/><w:sz w:val=\"16\"/>"),
        ),
    ];
    format!(
        "<w:styles xmlns:w=\"{W}\"><w:docDefaults><w:rPrDefault><w:rPr>\
         <w:rFonts w:ascii=\"Georgia\" w:hAnsi=\"Georgia\" w:cs=\"Georgia\"/><w:sz w:val=\"21\"/><w:lang w:val=\"{code}\"/>\
         </w:rPr></w:rPrDefault></w:docDefaults>{}</w:styles>",
        styles.concat()
    )
}
