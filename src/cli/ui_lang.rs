//! The language that people are spoken to in: `--ui-lang`, else that of the environment.

use griot::messages::UiLang;
use std::ffi::OsString;

/// The option, as it is typed.
const OPTION: &str = "--ui-lang";

/// The language of this call. What is wrong with the option is said when the options are parsed.
pub fn chosen(args: &[OsString]) -> UiLang {
    // What the process that reads PDF files says is kept in the index.
    if args.get(1).is_some_and(|command| command == "read-pdf") {
        return UiLang::En;
    }
    typed(args).unwrap_or_else(|| UiLang::of_environment(|name| std::env::var(name).ok()))
}

/// The value of the last option, wherever it stands before `--`.
fn typed(args: &[OsString]) -> Option<UiLang> {
    let options: Vec<&str> = args
        .iter()
        .map(|arg| arg.to_str().unwrap_or_default())
        .take_while(|arg| *arg != "--")
        .collect();
    let joined = options
        .iter()
        .map(|arg| arg.strip_prefix(OPTION)?.strip_prefix('='));
    let next = options.iter().skip(1).map(Some).chain([None]);
    let values = joined
        .zip(options.iter().zip(next))
        .filter_map(|(joined, (arg, next))| {
            let separate = next.copied().filter(|_| *arg == OPTION);
            joined.or(separate)
        });
    let known = |value| UiLang::ALL.into_iter().find(|language| language.name() == value);
    values.filter_map(known).last()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_option_is_found_in_both_forms() {
        let of = |line: &str| typed(&line.split(' ').map(OsString::from).collect::<Vec<_>>());
        assert_eq!(of("griot search --ui-lang fr Gao"), Some(UiLang::Fr));
        assert_eq!(of("griot --ui-lang=en search Gao"), Some(UiLang::En));
        assert_eq!(of("griot search --ui-lang fr --ui-lang=en"), Some(UiLang::En));
        assert_eq!(of("griot search Gao"), None);
        assert_eq!(of("griot search --ui-lang"), None);
        assert_eq!(of("griot search --ui-lang de"), None);
        assert_eq!(of("griot search -- --ui-lang fr"), None);
    }
}
