//! ZIP archives: their members are read as if they were files, without unpacking anything to disk.

use super::budget::Fault;
use super::output::Seekable;
use super::{Options, Output, Place, SkipReason, zip_file};
use std::collections::HashSet;
use std::io;

pub(super) fn read(file: &mut dyn Seekable, options: &Options, out: &mut Output<'_>) -> io::Result<()> {
    let whole = Place::default();
    if file.seek(io::SeekFrom::End(0))? == 0 {
        let _ = out.skip(whole, SkipReason::Empty, "");
        return Ok(());
    }
    let found = zip_file::members(file)?;
    if found.members.is_empty() {
        let _ = out.skip(
            whole,
            SkipReason::Damaged,
            found.fault.unwrap_or_else(|| "the archive is empty".into()),
        );
        return Ok(());
    }
    if let Some(fault) = found.fault
        && out.warn(whole, SkipReason::Damaged, fault).is_break()
    {
        return Ok(());
    }
    let paths: HashSet<&str> = found.members.iter().map(|member| member.path.as_str()).collect();
    let mut readable = 0;
    for member in &found.members {
        let path = member.path.as_str();
        if member.is_folder() || is_hidden(path) || is_companion(path, &paths) || !out.reads(path) {
            continue;
        }
        readable += 1;
        if !out.wants(path) {
            continue;
        }
        let fault = Fault::default();
        match zip_file::content(file, member)? {
            Ok(content) => {
                let mut guarded = out.budget.guard(content, &fault);
                out.member(path, &mut guarded, options)?;
                // What the reader left unread counts as read: only the budget and the checksum matter.
            }
            Err(why) => {
                let _ = out.within(path, |out| out.skip(whole, SkipReason::Unreadable, why));
            }
        }
        if let Some(what) = fault.take() {
            let _ = out.within(path, |out| out.warn(whole, SkipReason::Damaged, what));
        }
        if out.is_stopped() {
            return Ok(());
        }
        if out.budget.is_spent() {
            let _ = out.skip(
                whole,
                SkipReason::TooLarge,
                "the rest of the archive was not unpacked; unpack it by hand if it is yours",
            );
            return Ok(());
        }
    }
    if readable == 0 {
        let _ = out.skip(
            whole,
            SkipReason::NoText,
            format!(
                "none of its {} members is of a kind that griot reads",
                found.members.len()
            ),
        );
    }
    Ok(())
}

/// Whether a part of the path begins with a dot, or the member is one of those that macOS adds.
fn is_hidden(path: &str) -> bool {
    path.split('/')
        .any(|part| part.starts_with('.') || part == "__MACOSX")
}

/// Whether a member lies in the folder of images and scripts of a saved page.
fn is_companion(path: &str, paths: &HashSet<&str>) -> bool {
    path.match_indices('/').any(|(at, _)| {
        let page = ["_files", "_fichiers"]
            .iter()
            .find_map(|suffix| path[..at].strip_suffix(suffix));
        page.is_some_and(|page| {
            paths.contains(format!("{page}.html").as_str()) || paths.contains(format!("{page}.htm").as_str())
        })
    })
}
