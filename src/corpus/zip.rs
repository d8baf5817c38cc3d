//! ZIP archives: their members are read as if they were files, without unpacking anything to disk.

use super::belongs::{Members, Verdict};
use super::budget::Fault;
use super::output::Seekable;
use super::zip_file::{self, Member};
use super::{Location, Options, Output, SkipReason};
use std::io;

pub(super) fn read(file: &mut dyn Seekable, options: &Options, out: &mut Output<'_>) -> io::Result<()> {
    let whole = Location::default();
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
    let members = listed(file, &found.members)?;
    let mut readable = 0;
    for member in found.members.iter().filter(|member| !member.is_folder()) {
        let path = member.path.as_str();
        match out.verdict(path, &members)? {
            Verdict::Take => readable += 1,
            Verdict::Skip(why) | Verdict::Prune(why) => {
                readable += usize::from(why.is_on_request());
                continue;
            }
        }
        read_member(file, member, options, out)?;
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

/// The members, as whoever decides what belongs to the archive must know them.
fn listed<'a>(file: &mut dyn Seekable, all: &'a [Member]) -> io::Result<Members<'a>> {
    let mut members = Members::default();
    for member in all {
        members.add(&member.path);
        if Members::may_be_current(&member.path)
            && let Ok(content) = zip_file::content(file, member)?
        {
            members.note_current(&member.path, content);
        }
    }
    Ok(members)
}

/// Reads a member as if it were a file.
fn read_member(
    file: &mut dyn Seekable,
    member: &Member,
    options: &Options,
    out: &mut Output<'_>,
) -> io::Result<()> {
    let path = member.path.as_str();
    let fault = Fault::default();
    match zip_file::content(file, member)? {
        Ok(content) => {
            let mut guarded = out.budget.guard(content, &fault);
            out.member(path, &mut guarded, options)?;
            // What the reader left unread counts as read: only the budget and the checksum matter.
        }
        Err(why) => {
            let _ = out.within(path, |out| {
                out.skip(Location::default(), SkipReason::Unreadable, why)
            });
        }
    }
    if let Some(what) = fault.take() {
        let _ = out.within(path, |out| {
            out.warn(Location::default(), SkipReason::Damaged, what)
        });
    }
    Ok(())
}
