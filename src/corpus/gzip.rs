//! Files compressed with gzip: what they hold is read while it is unpacked, in constant memory.

use super::budget::Fault;
use super::{Location, Options, Output, SkipReason};
use std::io::{self, BufReader, Read};

pub(super) fn read(bytes: &mut dyn Read, options: &Options, out: &mut Output<'_>) -> io::Result<()> {
    let name = out.name();
    let inside = name
        .rsplit_once('.')
        .map_or(name, |(inside, _)| inside)
        .to_string();
    let fault = Fault::default();
    let mut bytes = BufReader::new(bytes);
    if io::BufRead::fill_buf(&mut bytes)?.is_empty() {
        let _ = out.skip(Location::default(), SkipReason::Empty, "");
        return Ok(());
    }
    // Several streams one after the other are one file, as `cat a.gz b.gz` makes them.
    let mut stream = out
        .budget
        .guard(flate2::bufread::MultiGzDecoder::new(bytes), &fault);
    out.unpacked(&inside, &mut stream, options)?;
    if let Some(what) = fault.take() {
        let _ = out.warn(Location::default(), SkipReason::Damaged, what);
    }
    Ok(())
}
