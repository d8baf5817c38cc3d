//! The facet `month`: when an article was published, by its metadata, its url, its file's name or its text.

use crate::date::PartialDate;

/// The web is not older.
const FIRST_YEAR: i16 = 1990;
const LAST_YEAR: i16 = 2099;

/// The date in a url or a file's name: `/2023/11/15/`, `/2017/06/`, `20251227`, `2024-07-03`, `09-2023`. The
/// most precise one; none if there is only a year, since four digits are often an article's number.
pub(super) fn in_address(address: &str) -> Option<PartialDate> {
    let bytes = address.as_bytes();
    let mut runs: Vec<(usize, usize)> = Vec::new();
    let mut at = 0;
    while at < bytes.len() && runs.len() < 64 {
        let length = bytes[at..].iter().take_while(|b| b.is_ascii_digit()).count();
        if length > 0 {
            runs.push((at, at + length));
        }
        at += length.max(1);
    }
    let text = |run: (usize, usize)| address.get(run.0..run.1).unwrap_or("");
    let linked =
        |one: (usize, usize), other: (usize, usize)| other.0 == one.1 + 1 && b"/-_.".contains(&bytes[one.1]);
    let mut best: Option<PartialDate> = None;
    let mut offer = |date: Option<PartialDate>| {
        if let Some(date) = date.filter(|d| (FIRST_YEAR..=LAST_YEAR).contains(&d.year()))
            && best.is_none_or(|b| b.day().is_none() && date.day().is_some())
        {
            best = Some(date);
        }
    };
    for (index, &run) in runs.iter().enumerate() {
        let digits = text(run);
        let small = |text: &str| {
            if text.len() <= 2 {
                text.parse::<i8>().ok()
            } else {
                None
            }
        };
        let next = runs.get(index + 1).copied().filter(|n| linked(run, *n));
        let third = next.and_then(|n| runs.get(index + 2).copied().filter(|t| linked(n, *t)));
        match digits.len() {
            8 | 12 | 14 => {
                let part = |from: usize, to: usize| digits.get(from..to).and_then(|d| d.parse::<i8>().ok());
                offer(
                    digits
                        .get(..4)
                        .and_then(|y| y.parse().ok())
                        .and_then(|y| PartialDate::new(y, part(4, 6), part(6, 8))),
                );
            }
            4 => {
                let year = digits.parse::<i16>().ok();
                let month = next.and_then(|n| small(text(n)));
                let day = third.and_then(|t| small(text(t)));
                if let (Some(year), Some(month)) = (year, month) {
                    let full = day.and_then(|d| PartialDate::new(year, Some(month), Some(d)));
                    offer(full.or_else(|| PartialDate::new(year, Some(month), None)));
                }
            }
            1 | 2 => {
                let year =
                    |run: (usize, usize)| text(run).parse::<i16>().ok().filter(|_| text(run).len() == 4);
                let first = small(digits);
                if let (Some(day), Some(month), Some(year)) =
                    (first, next.and_then(|n| small(text(n))), third.and_then(year))
                {
                    offer(PartialDate::new(year, Some(month), Some(day)));
                } else if let (Some(month), Some(year)) = (first, next.and_then(year)) {
                    offer(PartialDate::new(year, Some(month), None));
                }
            }
            _ => {}
        }
    }
    best
}

/// Whether two dates of one publication can't both be right: more than a month apart.
pub(super) fn contradict(one: PartialDate, other: PartialDate) -> bool {
    let (a, b) = (one.interval(), other.interval());
    a.0 > b.1 + 31 || b.0 > a.1 + 31
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_in_addresses() {
        for (address, date) in [
            ("https://site.ml/2023/11/15/kidal-reconquis/", Some("2023-11-15")),
            ("https://blog.example/2017/06/a-quand.html", Some("2017-06")),
            (
                "https://fr.site.africa/20251227/1081911510.html",
                Some("2025-12-27"),
            ),
            (
                "https://fr.site.com/stories/202309040041.html",
                Some("2023-09-04"),
            ),
            ("https://sn.site.com/09-2023/24423116353/", Some("2023-09")),
            ("gao_2024-07-03.txt", Some("2024-07-03")),
            ("03-07-2024-gao.txt", Some("2024-07-03")),
            ("https://site.ml/news/350987.html", None),
            ("https://site.ml/2023/99/", None),
            ("https://site.ml/article-2019", None),
            ("", None),
        ] {
            assert_eq!(
                in_address(address).map(|d| d.to_string()).as_deref(),
                date,
                "{address}"
            );
        }
    }

    proptest::proptest! {
        #[test]
        fn no_address_is_too_strange(address in "\\PC{0,60}|[0-9/_.-]{0,80}") {
            let _ = in_address(&address);
        }
    }
}
