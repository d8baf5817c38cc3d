//! The help of the command line in French. In English it is part of the definition of the options.

use super::catalogue::Read;
use super::language::UiLang;
use super::message::Arg;
use super::said::values;
use std::sync::OnceLock;

const TEXTS: &str = concat!(include_str!("fr/help.ftl"), include_str!("fr/usage.ftl"));

/// The French text of an entry of `fr/help.ftl` or `fr/usage.ftl`, or of an attribute of one (`help-index.long`), if it is
/// there. The files are read when the first text is asked for.
pub fn help_in_french(key: &str, args: &[(&'static str, Arg)]) -> Option<String> {
    static READ: OnceLock<Read> = OnceLock::new();
    let read = READ.get_or_init(|| Read::new(UiLang::Fr, TEXTS));
    read.format(key, &values(UiLang::Fr, args)).ok()
}
