//! Text on one line, and pages by what they are called.

/// Text on one line, without characters that control something.
pub(super) fn line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    // A space that doesn't break stays one: « a » is set with it.
    for part in text.split(|c: char| c.is_control() || matches!(c, ' ' | '\u{2028}' | '\u{2029}')) {
        if !part.is_empty() && !out.is_empty() {
            out.push(' ');
        }
        out.push_str(part);
    }
    out
}

/// Pages by what they are called, each once; numbers that follow one another as one range.
pub(super) fn pages<'p>(labels: impl Iterator<Item = &'p str>) -> Option<String> {
    let mut ranges: Vec<(String, String)> = Vec::new();
    for label in labels {
        let label = line(label);
        let number = |text: &str| text.parse::<u32>().ok();
        match ranges.last_mut() {
            Some((_, last)) if *last == label => {}
            Some((_, last)) if number(last).is_some_and(|n| number(&label) == n.checked_add(1)) => {
                *last = label;
            }
            _ => ranges.push((label.clone(), label)),
        }
    }
    let shown = ranges.into_iter().map(|(first, last)| match first == last {
        true => first,
        false => format!("{first}-{last}"),
    });
    Some(shown.collect::<Vec<_>>().join(", ")).filter(|pages| !pages.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_that_follow_one_another_are_a_range() {
        let of = |labels: &[&str]| pages(labels.iter().copied());
        assert_eq!(of(&[]), None);
        assert_eq!(of(&["12"]).as_deref(), Some("12"));
        assert_eq!(
            of(&["iv", "iv", "3", "4", "5", "9"]).as_deref(),
            Some("iv, 3-5, 9")
        );
        assert_eq!(of(&["4294967295", "1"]).as_deref(), Some("4294967295, 1"));
    }
}
