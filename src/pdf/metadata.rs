//! What a document says about itself: title, author, date, language, page labels, hidden layers.

use super::content::HiddenLayers;
use super::line::Line;
use super::strings::text_string;
use hayro_syntax::Pdf;
use hayro_syntax::metadata::Metadata;
use hayro_syntax::object::{Array, DateTime, Dict, Name, Object, String as PdfString};

/// How deep the tree of page labels is followed, and how many of its entries.
const MAX_LABEL_DEPTH: usize = 16;
const MAX_LABELS: usize = 20_000;

/// The fields of the document that don't come from its pages.
pub(super) struct About {
    pub title: Option<String>,
    pub author: Option<String>,
    pub created: Option<String>,
    pub language: Option<String>,
}

impl About {
    pub fn read(pdf: &Pdf) -> Self {
        let metadata: &Metadata = pdf.metadata();
        let field =
            |bytes: &Option<Box<[u8]>>| bytes.as_deref().map(text_string).and_then(|text| tidy(&text));
        Self {
            title: field(&metadata.title).filter(|title| !is_file_name(title)),
            author: field(&metadata.author),
            created: metadata.creation_date.or(metadata.modification_date).map(written),
            language: catalog(pdf)
                .and_then(|catalog| catalog.get::<PdfString<'_>>("Lang"))
                .and_then(|language| tidy(&text_string(language.as_bytes()))),
        }
    }
}

/// A field with single spaces; None if nothing is left.
fn tidy(text: &str) -> Option<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    (!words.is_empty()).then(|| words.join(" "))
}

/// Whether a title is only the name of the file it was made from, or what a program writes without one.
fn is_file_name(title: &str) -> bool {
    const ENDINGS: [&str; 14] = [
        ".doc", ".docx", ".odt", ".rtf", ".pdf", ".indd", ".qxd", ".qxp", ".ppt", ".pptx", ".xls", ".xlsx",
        ".tex", ".dvi",
    ];
    const NONE: [&str; 8] = [
        "untitled",
        "sans titre",
        "document1",
        "présentation powerpoint",
        "powerpoint presentation",
        "diapositive 1",
        "sans nom",
        "title",
    ];
    let lower = title.to_lowercase();
    let one_word = !title.contains(' ') && title.contains(['_', '/', ':', '.']);
    one_word
        || lower.starts_with("doi:")
        || lower.starts_with("microsoft word - ")
        || lower.starts_with("microsoft powerpoint - ")
        || ENDINGS.iter().any(|ending| lower.ends_with(ending))
        || NONE.contains(&lower.as_str())
        || !title.contains(char::is_alphabetic)
}

/// A date as `2024-01-31T08:30:00+01:00`.
fn written(date: DateTime) -> String {
    format!(
        "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}{}{:02}:{:02}",
        date.year,
        date.month,
        date.day,
        date.hour,
        date.minute,
        date.second,
        if date.utc_offset_hour < 0 { '-' } else { '+' },
        date.utc_offset_hour.unsigned_abs(),
        date.utc_offset_minute
    )
}

fn catalog(pdf: &Pdf) -> Option<Dict<'_>> {
    pdf.xref().get::<Dict<'_>>(pdf.xref().root_id())
}

/// The layers that the document hides unless a reader turns them on.
pub(super) fn hidden_layers(pdf: &Pdf) -> HiddenLayers {
    let off = || {
        let layers = catalog(pdf)?
            .get::<Dict<'_>>("OCProperties")?
            .get::<Dict<'_>>("D")?
            .get::<Array<'_>>("OFF")?;
        Some(
            layers
                .raw_iter()
                .filter_map(|layer| layer.as_obj_ref().map(|layer| layer.obj_number))
                .collect(),
        )
    };
    HiddenLayers(off().unwrap_or_default())
}

/// The label of each of `count` pages, such as `iv` or `A-3`; none where the document doesn't label pages.
pub(super) fn page_labels(pdf: &Pdf, count: usize) -> Vec<Option<String>> {
    let mut ranges: Vec<(usize, Dict<'_>)> = Vec::new();
    if let Some(tree) = catalog(pdf).and_then(|catalog| catalog.get::<Dict<'_>>("PageLabels")) {
        collect_ranges(&tree, 0, &mut ranges);
    }
    ranges.sort_by_key(|(first, _)| *first);
    (0..count)
        .map(|page| {
            let after = ranges.partition_point(|(first, _)| *first <= page);
            let (first, range) = ranges.get(after.checked_sub(1)?)?;
            label(range, page - first)
        })
        .collect()
}

fn collect_ranges<'a>(node: &Dict<'a>, depth: usize, ranges: &mut Vec<(usize, Dict<'a>)>) {
    if let Some(numbers) = node.get::<Array<'a>>("Nums") {
        let mut items = numbers.flex_iter();
        while let Some(first) = items.next::<usize>() {
            let Some(range) = items.next::<Dict<'a>>() else {
                break;
            };
            if ranges.len() >= MAX_LABELS {
                return;
            }
            ranges.push((first, range));
        }
    }
    if let Some(kids) = node.get::<Array<'a>>("Kids").filter(|_| depth < MAX_LABEL_DEPTH) {
        for kid in kids.iter::<Dict<'a>>().take(MAX_LABELS) {
            if ranges.len() >= MAX_LABELS {
                return;
            }
            collect_ranges(&kid, depth + 1, ranges);
        }
    }
}

fn label(range: &Dict<'_>, offset: usize) -> Option<String> {
    let prefix = range
        .get::<PdfString<'_>>("P")
        .map(|prefix| text_string(prefix.as_bytes()))
        .unwrap_or_default();
    let first = match range.get::<Object<'_>>("St") {
        Some(Object::Number(first)) => usize::try_from(first.as_i64()).unwrap_or(1),
        _ => 1,
    };
    let number = first.saturating_add(offset);
    let style = range.get::<Name<'_>>("S");
    let numeral = match style.as_deref() {
        Some(b"D") => number.to_string(),
        Some(b"R") => roman(number).to_uppercase(),
        Some(b"r") => roman(number),
        Some(b"A") => letters(number).to_uppercase(),
        Some(b"a") => letters(number),
        _ => String::new(),
    };
    let label = prefix + &numeral;
    (!label.is_empty()).then_some(label)
}

fn roman(mut number: usize) -> String {
    const NUMERALS: [(usize, &str); 13] = [
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ];
    if number > 10_000 {
        return number.to_string();
    }
    let mut roman = String::new();
    for (value, numeral) in NUMERALS {
        while number >= value {
            roman.push_str(numeral);
            number -= value;
        }
    }
    roman
}

/// a to z, then aa to zz and so on.
fn letters(number: usize) -> String {
    if number == 0 || number > 10_000 {
        return number.to_string();
    }
    let letter = char::from(b'a' + ((number - 1) % 26) as u8);
    std::iter::repeat_n(letter, (number - 1) / 26 + 1).collect()
}

// The title as the first page shows it.

/// How many lines a title may have.
const MAX_LINES: usize = 5;
/// How many words a title may have.
const WORDS: std::ops::RangeInclusive<usize> = 2..=35;
/// A title stands in this upper part of the page.
const HEIGHT: f64 = 0.7;
/// A title is at least this much larger than the text.
const LARGER: f64 = 1.15;

/// The lines of the largest type on the page, if they look like a title.
pub(super) fn title_of_first_page(columns: &[Vec<Line>]) -> Option<String> {
    let mut lines: Vec<&Line> = columns.iter().flatten().collect();
    let (top, bottom) = lines
        .iter()
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(top, bottom), line| {
            (top.min(line.baseline), bottom.max(line.baseline))
        });
    let usual = usual_size(&lines)?;
    lines.retain(|line| line.baseline <= top + HEIGHT * (bottom - top));
    let mut sizes: Vec<f64> = lines
        .iter()
        .map(|line| line.size)
        .filter(|size| *size > LARGER * usual)
        .collect();
    sizes.sort_by(|a, b| b.total_cmp(a));
    sizes.dedup_by(|a, b| (*a - *b).abs() < 0.05 * *b);
    // Larger than the title can be a letter at the start or a newspaper's name of one word.
    sizes
        .into_iter()
        .take(3)
        .find_map(|size| title_of_size(&lines, size))
}

fn title_of_size(lines: &[&Line], size: f64) -> Option<String> {
    let is_title = |line: &&Line| line.size > 0.93 * size && line.size < 1.07 * size;
    let first = lines.iter().position(is_title)?;
    let title: Vec<&str> = lines[first..]
        .iter()
        .take_while(|line| is_title(line))
        .map(|line| line.text.as_str())
        .collect();
    let text = title.join(" ");
    let words = text
        .split_whitespace()
        .filter(|word| word.contains(char::is_alphabetic))
        .count();
    let marks = text
        .chars()
        .filter(|character| !character.is_alphanumeric() && !character.is_whitespace())
        .count();
    (title.len() <= MAX_LINES && WORDS.contains(&words) && 6 * marks <= text.chars().count()).then_some(text)
}

/// The size that most characters of the page have.
fn usual_size(lines: &[&Line]) -> Option<f64> {
    let mut sizes: Vec<(f64, usize)> = lines.iter().map(|line| (line.size, line.text.len())).collect();
    sizes.sort_by(|a, b| a.0.total_cmp(&b.0));
    let half = sizes.iter().map(|(_, count)| count).sum::<usize>() / 2;
    let mut before = 0;
    sizes.into_iter().find_map(|(size, count)| {
        before += count;
        (before >= half).then_some(size)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pdf::geometry::Area;

    #[test]
    fn names_of_files_are_no_titles() {
        assert!(is_file_name("Microsoft Word - note.doc"));
        assert!(is_file_name("2023-05.indd"));
        assert!(is_file_name("doi:10.1016/j.arcped.2011.10.006"));
        assert!(!is_file_name("Le Mali à l'heure du choix"));
    }

    #[test]
    fn numerals_of_labels() {
        assert_eq!(roman(1994), "mcmxciv");
        assert_eq!((letters(1), letters(27)), ("a".into(), "aa".into()));
    }

    fn line(text: &str, size: f64) -> Line {
        let area = Area {
            left: 0.0,
            top: 0.0,
            right: 100.0,
            bottom: size,
        };
        Line {
            text: text.into(),
            parts: vec![0],
            area,
            baseline: 0.0,
            size,
            is_artifact: false,
        }
    }

    #[test]
    fn the_largest_lines_are_the_title() {
        let body = "Un texte assez long pour que sa taille soit celle de la page.";
        let page = vec![vec![
            line("SAHEL", 40.0),
            line("La transition au Mali", 18.0),
            line("et ses suites", 18.0),
            line(body, 10.0),
            line(body, 10.0),
        ]];

        assert_eq!(
            title_of_first_page(&page).as_deref(),
            Some("La transition au Mali et ses suites")
        );
    }

    #[test]
    fn a_page_of_one_size_has_no_title() {
        assert_eq!(
            title_of_first_page(&[vec![line("Un texte", 10.0), line("suivi", 10.0)]]),
            None
        );
    }
}
