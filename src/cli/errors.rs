//! Errors as people read them, in their language, with what to do.

use griot::messages::{Message, localized};
use griot::say;

/// An error, and what to do about it.
pub fn said(error: &anyhow::Error) -> String {
    // The library's errors name their source themselves; the chain would say it twice.
    let message = match error.downcast_ref::<griot::Error>() {
        Some(error) => error.message().said(),
        None => error.chain().map(part).collect::<Vec<_>>().join(": "),
    };
    format!("{message}{}", cure(error))
}

/// One of the causes of an error.
fn part(cause: &(dyn std::error::Error + 'static)) -> String {
    if let Some(message) = cause.downcast_ref::<Message>() {
        return message.said();
    }
    if let Some(error) = cause.downcast_ref::<griot::Error>() {
        return error.message().said();
    }
    localized(&cause.to_string()).into_owned()
}

/// What to do about failures of the system, whose own words don't say it.
fn cure(error: &anyhow::Error) -> String {
    let text = format!("{error:#}");
    if text.contains("No space left") || text.contains("os error 28") {
        say!("failure-no-space")
    } else if text.contains("Permission denied") || text.contains("Read-only file system") {
        say!("failure-no-permission")
    } else if text.contains("Failed to spawn") || text.contains("no thread can be started") {
        say!("failure-no-threads")
    } else {
        String::new()
    }
}
