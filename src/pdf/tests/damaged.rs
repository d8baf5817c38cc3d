//! Files damaged at random: none of them ends in a panic.

use super::made::{MadePdf, lines};
use crate::pdf::read;
use proptest::prelude::*;

/// A change of a file; places are parts of its length.
#[derive(Debug, Clone)]
enum Damage {
    Byte(f64, u8),
    Digit(f64, u8),
    Lost(f64, usize),
    Twice(f64, f64, usize),
    Cut(f64),
}

fn damage() -> impl Strategy<Value = Damage> {
    let place = 0.0..1.0_f64;
    prop_oneof![
        4 => (place.clone(), any::<u8>()).prop_map(|(at, byte)| Damage::Byte(at, byte)),
        4 => (place.clone(), b'0'..=b'9').prop_map(|(at, digit)| Damage::Digit(at, digit)),
        2 => (place.clone(), 1..200_usize).prop_map(|(at, length)| Damage::Lost(at, length)),
        2 => (place.clone(), place.clone(), 1..200_usize).prop_map(|(at, from, length)| Damage::Twice(at, from, length)),
        1 => place.prop_map(Damage::Cut),
    ]
}

fn apply(damage: &Damage, bytes: &mut Vec<u8>) {
    let length = bytes.len();
    let place = |part: f64| ((part * length as f64) as usize).min(length.saturating_sub(1));
    match *damage {
        _ if bytes.is_empty() => {}
        Damage::Byte(at, byte) => bytes[place(at)] = byte,
        Damage::Digit(at, digit) => {
            if let Some(found) = bytes[place(at)..].iter().position(u8::is_ascii_digit) {
                bytes[place(at) + found] = digit;
            }
        }
        Damage::Lost(at, lost) => drop(bytes.drain(place(at)..(place(at) + lost).min(length))),
        Damage::Twice(at, from, copied) => {
            let copy = bytes[place(from)..(place(from) + copied).min(length)].to_vec();
            drop(bytes.splice(place(at)..place(at), copy));
        }
        Damage::Cut(at) => bytes.truncate(place(at)),
    }
}

/// A file with all that a damaged number can lead astray: fonts with maps, forms, marks, labels, layers, an image.
fn whole() -> Vec<u8> {
    let mut pdf = MadePdf::new();
    let map = pdf.stream(
        "",
        b"begincmap 1 begincodespacerange <0000> <FFFF> endcodespacerange 1 beginbfrange <0010> <0019> <0061> endbfrange endcmap",
    );
    let descendant = pdf.object(
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Made /DW 500 /W [16 [500 400] 18 20 300] >>",
    );
    let font = pdf.object(&format!(
        "<< /Type /Font /Subtype /Type0 /BaseFont /Made /Encoding /Identity-H /DescendantFonts [{descendant} 0 R] /ToUnicode {map} 0 R >>"
    ));
    let form = pdf.stream(
        &format!(
            "/Type /XObject /Subtype /Form /BBox [0 0 600 800] /Matrix [1 0 0 1 5 5] /Resources << /Font << /F2 {font} 0 R >> >>"
        ),
        b"q 1 0 0 1 3 3 cm BT /F2 10 Tf 50 300 Td <0010001100120013> Tj ET Q",
    );
    let layer = pdf.object("<< /Type /OCG /Name (Notes) >>");
    let info = pdf.object("<< /Title <FEFF004C00E9> /CreationDate (D:20240131083000+01'00') >>");
    pdf.trailer = format!("/Info {info} 0 R");
    pdf.catalog = format!(
        "/Lang (fr) /PageLabels << /Nums [0 << /S /r >> 1 << /S /D /St 5 >>] >> /OCProperties << /OCGs [{layer} 0 R] /D << /OFF [{layer} 0 R] >> >>"
    );
    pdf.resources = format!("/XObject << /X1 {form} 0 R >> /Properties << /L1 {layer} 0 R >>");
    for number in ["1", "2", "3"] {
        let body = [
            "Le texte de la page, assez long",
            "pour que des lignes se sui-",
            "vent et que le reste compte.",
        ];
        let content = [
            lines(50.0, 770.0, 8.0, &["Bulletin"]),
            lines(50.0, 700.0, 10.0, &body),
            lines(320.0, 700.0, 10.0, &body),
            lines(300.0, 30.0, 8.0, &[number]),
            b"/OC /L1 BDC /X1 Do EMC /Span << /ActualText <FEFF00AD> >> BDC EMC BI /W 1 /H 1 /BPC 8 /CS /G ID \0 EI".to_vec(),
        ];
        pdf.page(content.concat());
    }
    pdf.bytes()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn a_damaged_file_ends_without_a_panic(changes in prop::collection::vec(damage(), 1..12)) {
        let mut bytes = whole();
        for change in &changes {
            apply(change, &mut bytes);
        }
        let _ = read(bytes);
    }
}
