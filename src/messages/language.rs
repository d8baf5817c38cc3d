//! Which language griot speaks.

use std::cell::Cell;
use std::sync::atomic::{AtomicU8, Ordering};

/// A language that griot speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum UiLang {
    /// English.
    En,
    /// French.
    Fr,
}

/// Of the process. Texts for tests and for users of the library are English.
static SPOKEN: AtomicU8 = AtomicU8::new(UiLang::En as u8);

/// Chooses the language of this process.
pub fn speak(language: UiLang) {
    SPOKEN.store(language as u8, Ordering::Relaxed);
}

thread_local! {
    /// Of this thread, while it answers somebody who asked for another.
    static HERE: Cell<Option<UiLang>> = const { Cell::new(None) };
}

/// Speaks a language in this thread while something is done: a server answers each in their own.
pub fn speaking<T>(language: UiLang, f: impl FnOnce() -> T) -> T {
    /// Puts back what was, even after a panic.
    struct Back(Option<UiLang>);
    impl Drop for Back {
        fn drop(&mut self) {
            HERE.set(self.0);
        }
    }
    let _back = Back(HERE.replace(Some(language)));
    f()
}

/// The language of this thread, else that of the process.
pub fn spoken() -> UiLang {
    if let Some(language) = HERE.get() {
        return language;
    }
    match SPOKEN.load(Ordering::Relaxed) {
        of if of == UiLang::Fr as u8 => UiLang::Fr,
        _ => UiLang::En,
    }
}

impl UiLang {
    /// The languages, in the order of their numbers.
    pub const ALL: [Self; 2] = [Self::En, Self::Fr];

    /// The language that a locale or a language tag names: `fr_FR.UTF-8`, `fr`. Whatever griot doesn't speak is
    /// answered in English, as `C` and `POSIX` are.
    pub fn of_name(name: &str) -> Self {
        let language = name.split(['_', '.', '@', '-']).next().unwrap_or_default();
        match language.to_ascii_lowercase().as_str() {
            "fr" => Self::Fr,
            _ => Self::En,
        }
    }

    /// The language that the environment asks for: `GRIOT_LANG`, else the locale by the rules of POSIX, where a
    /// variable that is empty is none.
    pub fn of_environment(variable: impl Fn(&str) -> Option<String>) -> Self {
        ["GRIOT_LANG", "LC_ALL", "LC_MESSAGES", "LANG"]
            .into_iter()
            .filter_map(variable)
            .find(|value| !value.is_empty())
            .map_or(Self::En, |name| Self::of_name(&name))
    }

    /// As it is typed, and as files of the catalogue are called.
    pub fn name(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Fr => "fr",
        }
    }
}
