//! The text of pages: order, words, accents, fonts.

use super::made::{MadePdf, lines};

const LEFT: [&str; 6] = [
    "Le président de la transition a",
    "reçu mardi les chefs des commu-",
    "nautés du nord, venus lui dire",
    "leurs attentes avant la reprise",
    "du dialogue, a annoncé mercredi",
    "la présidence dans un communi-",
];
const RIGHT: [&str; 6] = [
    "qué. La rencontre a duré deux",
    "heures et devrait être suivie",
    "de consultations dans toutes",
    "les régions du pays, selon le",
    "texte, qui ne donne toutefois",
    "aucun calendrier pour la suite.",
];

#[test]
fn columns_are_read_one_after_the_other_whatever_order_they_are_drawn_in() {
    let mut pdf = MadePdf::new();
    let heading = lines(
        50.0,
        700.0,
        20.0,
        &["Bamako renoue le fil du dialogue avec les groupes"],
    );
    pdf.page(
        [
            lines(320.0, 650.0, 10.0, &RIGHT),
            heading,
            lines(50.0, 650.0, 10.0, &LEFT),
        ]
        .concat(),
    );

    let text = pdf.text();

    assert!(
        text.starts_with("Bamako renoue le fil du dialogue avec les groupes\n\n"),
        "{text}"
    );
    assert!(text.contains("des communautés du nord"), "{text}");
    // The word that the end of the column divides, too
    assert!(
        text.contains("dans un communiqué. La rencontre a duré deux heures"),
        "{text}"
    );
}

#[test]
fn columns_whose_lines_are_drawn_across_both_are_read_one_after_the_other() {
    let mut pdf = MadePdf::new();
    let mut content = Vec::new();
    for (number, (left, right)) in LEFT.iter().zip(RIGHT).enumerate() {
        let y = 650.0 - 12.0 * number as f64;
        content.extend(lines(50.0, y, 10.0, &[left]));
        content.extend(lines(320.0, y, 10.0, &[right]));
    }
    pdf.page(content);

    assert!(
        pdf.text()
            .contains("avant la reprise du dialogue, a annoncé mercredi"),
        "{}",
        pdf.text()
    );
}

#[test]
fn rows_of_a_table_are_read_across() {
    let mut pdf = MadePdf::new();
    let mut content = lines(50.0, 650.0, 10.0, &["Gao", "Kidal", "Mopti", "Ségou", "Sikasso"]);
    content.extend(lines(200.0, 650.0, 10.0, &["12", "7", "31", "40", "22"]));
    pdf.page(content);

    assert!(pdf.text().contains("Kidal 7"), "{}", pdf.text());
}

#[test]
fn a_word_divided_between_two_pages_is_made_whole() {
    let mut pdf = MadePdf::new();
    pdf.page(lines(
        50.0,
        650.0,
        10.0,
        &["Le texte de cette page finit par un gouver-"],
    ));
    pdf.page(lines(50.0, 650.0, 10.0, &["nement de transition."]));

    let pages = pdf.read().unwrap().pages;

    assert_eq!(pages[0].text, "Le texte de cette page finit par un gouvernement");
    assert_eq!(pages[1].text, "de transition.");
}

#[test]
fn gaps_without_spaces_part_words_and_kerning_does_not() {
    let mut pdf = MadePdf::new();
    pdf.page(b"BT /F1 10 Tf 50 700 Td [(Ni) -20 (ger) -300 (et) -280 (T) 70 (chad)] TJ ET");

    assert_eq!(pdf.text(), "Niger et Tchad");
}

#[test]
fn letters_set_apart_stay_one_word() {
    let mut pdf = MadePdf::new();
    pdf.page(b"BT /F1 10 Tf 4 Tc 50 700 Td (SAHEL) Tj ET");

    assert_eq!(pdf.text(), "SAHEL");
}

#[test]
fn text_printed_twice_is_read_once() {
    let mut pdf = MadePdf::new();
    let titles = [
        lines(50.0, 700.0, 10.0, &["Titre gras"]),
        lines(50.4, 700.0, 10.0, &["Titre gras"]),
    ];
    pdf.page(titles.concat());

    assert_eq!(pdf.text(), "Titre gras");
}

#[test]
fn accents_drawn_over_letters_join_them() {
    let mut pdf = MadePdf::new();
    // In WinAnsiEncoding 264 is an acute accent and 270 a cedilla; the letter comes back below the accent.
    pdf.page(b"BT /F1 10 Tf 50 700 Td [(r\\264) 440 (epublique re) -10 (c) 416 (\\270) 84 (ue)] TJ ET");

    assert_eq!(pdf.text(), "république reçue");
}

#[test]
fn a_call_of_a_note_does_not_stick_to_its_word_but_ordinals_do() {
    let mut pdf = MadePdf::new();
    pdf.page(b"BT /F1 10 Tf 50 700 Td (le 1) Tj /F1 6 Tf 4 Ts (er) Tj 0 Ts /F1 10 Tf ( mandat) Tj /F1 6 Tf 4 Ts (2) Tj ET");

    assert_eq!(pdf.text(), "le 1er mandat 2");
}

#[test]
fn text_of_a_turned_page_is_read_upright() {
    let mut pdf = MadePdf::new();
    pdf.page = "/Rotate 90".into();
    pdf.page(b"BT /F1 10 Tf 0 1 -1 0 300 100 Tm (Une ligne) Tj 0 1 -1 0 312 100 Tm (et la suivante) Tj ET");

    assert_eq!(pdf.text(), "Une ligne et la suivante");
}

#[test]
fn text_turned_aside_comes_after_the_text_of_the_page() {
    let mut pdf = MadePdf::new();
    let aside = b"BT /F1 6 Tf 0 1 -1 0 580 300 Tm (Photo Kidal) Tj ET\n".to_vec();
    pdf.page([aside, lines(50.0, 700.0, 10.0, &["Le texte de la page."])].concat());

    assert_eq!(pdf.text(), "Le texte de la page.\n\nPhoto Kidal");
}

#[test]
fn text_beyond_the_page_is_left_out() {
    let mut pdf = MadePdf::new();
    pdf.page(
        [
            lines(50.0, 700.0, 10.0, &["Sur la page"]),
            lines(50.0, 900.0, 10.0, &["au-dessus"]),
        ]
        .concat(),
    );

    assert_eq!(pdf.text(), "Sur la page");
}

#[test]
fn a_font_can_name_its_glyphs() {
    let mut pdf = MadePdf::new();
    let font = pdf.object(
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica \
         /Encoding << /Type /Encoding /Differences [1 /fi /n /eacute /uni0153] >> >>",
    );
    let form = pdf.stream(
        &format!(
            "/Type /XObject /Subtype /Form /BBox [0 0 600 800] /Resources << /Font << /F2 {font} 0 R >> >>"
        ),
        b"BT /F2 10 Tf 50 700 Td (\x01\x02\x03\x04) Tj ET",
    );
    pdf.resources = format!("/XObject << /X1 {form} 0 R >>");
    pdf.page(b"/X1 Do");

    assert_eq!(pdf.text(), "finéœ");
}

#[test]
fn a_font_of_two_byte_codes_is_read_by_its_map() {
    let mut pdf = MadePdf::new();
    let map = pdf.stream(
        "",
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def\n\
          1 begincodespacerange <0000> <FFFF> endcodespacerange\n\
          2 beginbfchar <0001> <00660066> <0002> <00E9> endbfchar\n\
          1 beginbfrange <0010> <0019> <0061> endbfrange\n\
          endcmap CMapName currentdict /CMap defineresource pop end end",
    );
    let descendant = pdf.object(
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Made /DW 500 \
         /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>",
    );
    let font = pdf.object(&format!(
        "<< /Type /Font /Subtype /Type0 /BaseFont /Made /Encoding /Identity-H \
         /DescendantFonts [{descendant} 0 R] /ToUnicode {map} 0 R >>"
    ));
    let form = pdf.stream(
        &format!(
            "/Type /XObject /Subtype /Form /BBox [0 0 600 800] /Resources << /Font << /F2 {font} 0 R >> >>"
        ),
        b"BT /F2 10 Tf 50 700 Td <0014000100140002> Tj ET",
    );
    pdf.resources = format!("/XObject << /X1 {form} 0 R >>");
    pdf.page(b"/X1 Do");

    assert_eq!(pdf.text(), "effeé");
}

#[test]
fn a_font_of_drawn_glyphs_is_read_by_their_names() {
    let mut pdf = MadePdf::new();
    let glyph = pdf.stream("", b"500 0 0 0 500 500 d1 0 0 500 500 re f");
    let font = pdf.object(&format!(
        "<< /Type /Font /Subtype /Type3 /FontBBox [0 0 500 500] /FontMatrix [0.001 0 0 0.001 0 0] \
         /CharProcs << /a {glyph} 0 R /b {glyph} 0 R >> /Encoding << /Differences [97 /a /b] >> \
         /FirstChar 97 /LastChar 98 /Widths [500 500] /Resources << >> >>"
    ));
    let form = pdf.stream(
        &format!(
            "/Type /XObject /Subtype /Form /BBox [0 0 600 800] /Resources << /Font << /F2 {font} 0 R >> >>"
        ),
        b"BT /F2 10 Tf 50 700 Td (abba) Tj ET",
    );
    pdf.resources = format!("/XObject << /X1 {form} 0 R >>");
    pdf.page(b"/X1 Do");

    assert_eq!(pdf.text(), "abba");
}

#[test]
fn text_that_the_file_spells_out_replaces_its_glyphs() {
    let mut pdf = MadePdf::new();
    pdf.page(
        b"BT /F1 10 Tf 12 TL 50 700 Td (le gouver) Tj /Span << /ActualText <FEFF00AD> >> BDC (-) Tj EMC T* (nement) Tj ET",
    );

    assert_eq!(pdf.text(), "le gouvernement");
}

#[test]
fn what_a_form_field_shows_is_read() {
    let mut pdf = MadePdf::new();
    let shown = pdf.stream(
        "/Type /XObject /Subtype /Form /BBox [0 0 100 20] /Resources << /Font << /F1 3 0 R >> >>",
        b"BT /F1 10 Tf 2 5 Td (Niamey) Tj ET",
    );
    pdf.page = format!("/Annots [<< /Subtype /Widget /Rect [200 695 300 715] /AP << /N {shown} 0 R >> >>]");
    pdf.page(lines(50.0, 700.0, 10.0, &["Ville :"]));

    assert_eq!(pdf.text(), "Ville : Niamey");
}

#[test]
fn a_hidden_layer_is_not_read() {
    let mut pdf = MadePdf::new();
    let layer = pdf.object("<< /Type /OCG /Name (Notes) >>");
    pdf.catalog = format!("/OCProperties << /OCGs [{layer} 0 R] /D << /OFF [{layer} 0 R] >> >>");
    pdf.resources = format!("/Properties << /L1 {layer} 0 R >>");
    pdf.page(
        [
            &b"/OC /L1 BDC "[..],
            &lines(50.0, 680.0, 10.0, &["caché"]),
            b"EMC ",
            &lines(50.0, 700.0, 10.0, &["visible"]),
        ]
        .concat(),
    );

    assert_eq!(pdf.text(), "visible");
}
