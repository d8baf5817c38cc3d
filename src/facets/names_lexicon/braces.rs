//! Aliases with alternatives in braces.

/// An alias with more alternatives than this is a mistake.
pub(super) const MOST_EXPANSIONS: usize = 512;

/// Braces within braces, at most.
const DEEPEST_BRACE: usize = 4;

/// The alternatives of `a{b|c{d|e}}`; none when a brace lacks its other. Stops growing past
/// [`MOST_EXPANSIONS`].
pub(super) fn expand(alias: &str) -> Option<Vec<String>> {
    let mut all = expand_braces(alias, 0)?;
    for text in &mut all {
        *text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    }
    Some(all)
}

fn expand_braces(alias: &str, depth: usize) -> Option<Vec<String>> {
    let Some(open) = alias.find('{') else {
        return (!alias.contains('}')).then(|| vec![alias.to_string()]);
    };
    let (plain, braced) = alias.split_at(open);
    if depth > DEEPEST_BRACE || plain.contains('}') {
        return None;
    }
    let mut options = Vec::new();
    let (mut level, mut from, mut close) = (0, 1, None);
    for (at, c) in braced.char_indices() {
        match c {
            '{' => level += 1,
            '}' => level -= 1,
            '|' if level == 1 => {
                options.push(&braced[from..at]);
                from = at + 1;
            }
            _ => {}
        }
        if level == 0 {
            options.push(&braced[from..at]);
            close = Some(at);
            break;
        }
    }
    let tails = expand_braces(&braced[close? + 1..], depth)?;
    let mut all = Vec::new();
    for option in options {
        for middle in expand_braces(option, depth + 1)? {
            all.extend(
                tails
                    .iter()
                    .take(MOST_EXPANSIONS + 1 - all.len().min(MOST_EXPANSIONS))
                    .map(|tail| format!("{plain}{middle}{tail}")),
            );
        }
    }
    Some(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn braces_stand_for_alternatives() {
        assert_eq!(
            expand("soldat{|s} {malien|peul}s"),
            Some(vec![
                "soldat maliens".into(),
                "soldat peuls".into(),
                "soldats maliens".into(),
                "soldats peuls".into()
            ])
        );
        assert_eq!(
            expand("a{b|c{d|e}}"),
            Some(vec!["ab".into(), "acd".into(), "ace".into()])
        );
        assert_eq!(expand("plain"), Some(vec!["plain".into()]));
        assert_eq!(expand("a{b"), None);
        assert_eq!(expand("a}b"), None);
    }
}
