//! The fields of a document, what is left out, and files that can't be read.

use super::made::{MadePdf, lines};
use crate::pdf::{Problem, read};

/// A page with a header, some lines of its own and a page number.
fn page(number: usize) -> Vec<u8> {
    let own: Vec<String> = [
        "premier",
        "deuxième",
        "troisième",
        "quatrième",
        "cinquième",
        "sixième",
        "dernier",
    ]
    .iter()
    .map(|rank| {
        format!(
            "Le {rank} point de la page {}",
            ["un", "deux", "trois", "quatre"][number - 1]
        )
    })
    .collect();
    let own: Vec<&str> = own.iter().map(String::as_str).collect();
    [
        lines(50.0, 760.0, 8.0, &["Bulletin du Sahel"]),
        lines(50.0, 700.0, 10.0, &own),
        lines(300.0, 30.0, 8.0, &[&number.to_string()]),
    ]
    .concat()
}

#[test]
fn headers_and_page_numbers_are_left_out_and_told() {
    let mut pdf = MadePdf::new();
    for number in 1..=4 {
        pdf.page(page(number));
    }

    let document = pdf.read().unwrap();

    assert!(
        document.pages[1]
            .text
            .starts_with("Le premier point de la page deux"),
        "{}",
        document.pages[1].text
    );
    assert!(
        document.pages[1]
            .text
            .ends_with("Le dernier point de la page deux"),
        "{}",
        document.pages[1].text
    );
    let header = document
        .left_out
        .iter()
        .find(|line| line.text == "Bulletin du Sahel")
        .unwrap();
    assert_eq!((header.pages, header.words), (4, 12));
    assert!(
        document
            .left_out
            .iter()
            .any(|line| line.text == "1" && line.pages == 4)
    );
}

#[test]
fn metadata_is_read() {
    let mut pdf = MadePdf::new();
    let info = pdf.object(
        "<< /Title <FEFF004C00E90020004D0061006C0069> /Author (A\\355ssata Ba) /CreationDate (D:20240131083000+01'00') >>",
    );
    pdf.trailer = format!("/Info {info} 0 R");
    pdf.catalog = "/Lang (fr-FR) /PageLabels << /Nums [0 << /S /r >> 1 << /S /D /P (A-) /St 5 >>] >>".into();
    pdf.page(lines(50.0, 700.0, 10.0, &["Texte"]));
    pdf.page(lines(50.0, 700.0, 10.0, &["Suite"]));

    let document = pdf.read().unwrap();

    assert_eq!(document.title.as_deref(), Some("Lé Mali"));
    assert_eq!(document.author.as_deref(), Some("Aíssata Ba"));
    assert_eq!(document.created.as_deref(), Some("2024-01-31T08:30:00+01:00"));
    assert_eq!(document.language.as_deref(), Some("fr-FR"));
    let labels: Vec<_> = document.pages.iter().map(|page| page.label.as_deref()).collect();
    assert_eq!(labels, [Some("i"), Some("A-5")]);
    assert_eq!(document.pages[1].number, 2);
}

#[test]
fn a_title_that_names_a_file_gives_way_to_the_largest_lines() {
    let mut pdf = MadePdf::new();
    let info = pdf.object("<< /Title (Microsoft Word - note finale.doc) >>");
    pdf.trailer = format!("/Info {info} 0 R");
    let body = ["Un texte de la taille habituelle, assez long pour compter."; 4];
    pdf.page(
        [
            lines(50.0, 700.0, 18.0, &["Le Niger ferme ses frontières"]),
            lines(50.0, 660.0, 10.0, &body),
        ]
        .concat(),
    );

    assert_eq!(
        pdf.read().unwrap().title.as_deref(),
        Some("Le Niger ferme ses frontières")
    );
}

#[test]
fn an_invisible_text_layer_over_a_scan_is_read() {
    let mut pdf = MadePdf::new();
    let image = pdf.stream(
        "/Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceGray",
        b"\0",
    );
    pdf.resources = format!("/XObject << /I1 {image} 0 R >>");
    pdf.page(b"q 600 0 0 800 0 0 cm /I1 Do Q BT 3 Tr /F1 10 Tf 50 700 Td (Texte reconnu) Tj ET");

    let document = pdf.read().unwrap();

    assert_eq!(
        (document.pages[0].text.as_str(), document.pages[0].images),
        ("Texte reconnu", 1)
    );
}

#[test]
fn a_scan_without_text_is_told_with_its_images() {
    let mut pdf = MadePdf::new();
    let image = pdf.stream(
        "/Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceGray",
        b"\0",
    );
    pdf.resources = format!("/XObject << /I1 {image} 0 R >>");
    pdf.page(b"/I1 Do /I1 Do");
    pdf.page(b"/I1 Do BI /W 1 /H 1 /BPC 8 /CS /G ID \0 EI");

    assert_eq!(
        pdf.read(),
        Err(Problem::NoTextLayer {
            images: vec![2, 2],
            unreadable: 0
        })
    );
}

#[test]
fn a_file_that_needs_a_password_says_so() {
    let mut pdf = MadePdf::new();
    let zeros = "00".repeat(32);
    let encrypt = pdf.object(&format!(
        "<< /Filter /Standard /V 1 /R 2 /Length 40 /P -4 /O <{zeros}> /U <{zeros}> >>"
    ));
    pdf.trailer = format!("/Encrypt {encrypt} 0 R /ID [<00> <00>]");
    pdf.page(lines(50.0, 700.0, 10.0, &["secret"]));

    assert_eq!(pdf.read(), Err(Problem::NeedsPassword));
}

#[test]
fn an_encrypted_file_that_opens_without_a_password_is_read() {
    // Made with the owner's password "owner", the empty user's password, RC4 and a key of 40 bits.
    let owner = "c92422687facee686e373f10b5c7d04738053152f7e2ee30e11c69ec442576ab";
    let user = "25e717ba2e4f9e91900fb4f8815dcfc980d36b50ebd4e8ac359180c73c56530e";
    let content = "3a0ae11b058bcf204a40fa6b0fb005d607716a7137401266ccbb11bc009d17147f185df7e3f6da0e31b28a";
    let content: Vec<u8> = (0..content.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(&content[at..at + 2], 16).unwrap())
        .collect();
    let mut pdf = MadePdf::new();
    let encrypt = pdf.object(&format!(
        "<< /Filter /Standard /V 1 /R 2 /Length 40 /P -4 /O <{owner}> /U <{user}> >>"
    ));
    pdf.trailer = format!("/Encrypt {encrypt} 0 R /ID [<00> <00>]");
    // The key of a stream depends on its object's number: the content is object 5.
    assert_eq!(encrypt, 4);
    pdf.page(content);

    assert_eq!(pdf.text(), "Texte ouvert");
}

#[test]
fn what_is_no_pdf_file_is_told() {
    assert_eq!(read(Vec::new()), Err(Problem::Damaged));
    assert_eq!(read(b"Ceci n'est pas un PDF".to_vec()), Err(Problem::Damaged));
    assert_eq!(read(b"%PDF-1.7\n%%EOF".to_vec()), Err(Problem::Damaged));
}

#[test]
fn a_file_cut_short_is_read_as_far_as_it_goes() {
    let mut pdf = MadePdf::new();
    pdf.page(lines(50.0, 700.0, 10.0, &["Tout est là"]));
    let bytes = pdf.bytes();
    let cut = bytes.windows(4).rposition(|window| window == b"xref").unwrap() - 20;
    let before_table = bytes[..cut]
        .windows(4)
        .rposition(|window| window == b"xref")
        .unwrap_or(cut);

    assert_eq!(
        read(bytes[..before_table].to_vec()).unwrap().pages[0].text,
        "Tout est là"
    );
}

#[test]
fn a_file_cut_anywhere_ends_without_a_panic() {
    let mut pdf = MadePdf::new();
    pdf.page(page(1)).page(page(2));
    let bytes = pdf.bytes();

    for end in (0..bytes.len()).step_by(7) {
        let _ = read(bytes[..end].to_vec());
    }
}

#[test]
fn a_form_that_draws_itself_comes_to_an_end() {
    let mut pdf = MadePdf::new();
    let number = 4;
    let form = pdf.stream(
        &format!("/Type /XObject /Subtype /Form /BBox [0 0 600 800] /Resources << /XObject << /X1 {number} 0 R >> >>"),
        b"/X1 Do",
    );
    assert_eq!(form, number);
    pdf.resources = format!("/XObject << /X1 {form} 0 R >>");
    pdf.page([lines(50.0, 700.0, 10.0, &["Texte"]), b"/X1 Do".to_vec()].concat());

    assert_eq!(pdf.text(), "Texte");
}

#[test]
fn numbers_beyond_all_bounds_do_no_harm() {
    let mut pdf = MadePdf::new();
    pdf.page(
        b"BT /F1 1e38 Tf 1e38 Tc 9e99 0 0 9e99 1e38 1e38 Tm (a) Tj /F1 -10 Tf (b) Tj /F1 0 Tf (c) Tj ET \
          BT /F1 10 Tf 50 700 Td (d) Tj 99999999999999999999 TL T* (e) Tj ET Q Q Q EMC",
    );

    assert!(pdf.text().contains('d'));
}
