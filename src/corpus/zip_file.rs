//! The structure of a ZIP file: which members it has and where. Own code rather than a crate, since a crate
//! refuses a file without the list at its end, and from a file that was cut off everything before the cut is
//! to be read; and since the two methods that matter, stored and deflated, take 200 lines.

use super::clean;
use super::output::Seekable;
use flate2::Crc;
use std::io::{self, BufRead, BufReader, Read, SeekFrom};

/// Most members that are looked at.
const MOST: usize = 1_000_000;

/// Longest list of members that is held in memory.
const LONGEST_LIST: u64 = 64 * 1024 * 1024;

/// Signatures of the parts.
const LOCAL: [u8; 4] = *b"PK\x03\x04";
const CENTRAL: [u8; 4] = *b"PK\x01\x02";
const END: [u8; 4] = *b"PK\x05\x06";
const END_64: [u8; 4] = *b"PK\x06\x06";
const LOCATOR_64: [u8; 4] = *b"PK\x06\x07";
const DESCRIPTOR: [u8; 4] = *b"PK\x07\x08";

/// A member.
#[derive(Debug, Clone)]
pub(super) struct Member {
    /// Its path, `/` between the parts.
    pub path: String,
    pub is_encrypted: bool,
    method: u16,
    crc: u32,
    packed: u64,
    unpacked: u64,
    /// Where its own header is.
    header: u64,
}

impl Member {
    pub(super) fn is_folder(&self) -> bool {
        self.path.ends_with('/')
    }
}

/// The members of a file, and what is wrong with it if its own list of them is not to be had.
pub(super) struct Members {
    pub members: Vec<Member>,
    pub fault: Option<String>,
}

/// Lists the members: by the list at the end, else by the header before each of them.
pub(super) fn members(file: &mut dyn Seekable) -> io::Result<Members> {
    let size = file.seek(SeekFrom::End(0))?;
    if let Some(members) = listed(file, size)? {
        return Ok(members);
    }
    let members = scanned(file, size)?;
    let fault = "the list of its members is missing: it is cut off; fetch or copy it again (the members that are whole were read)";
    Ok(Members {
        members,
        fault: Some(fault.into()),
    })
}

/// The content of a member, which ends with an error if it is not what was packed. The inner error says why
/// it can't be unpacked.
pub(super) fn content<'a>(
    file: &'a mut dyn Seekable,
    member: &Member,
) -> io::Result<Result<Box<dyn Read + 'a>, String>> {
    if member.is_encrypted {
        return Ok(Err("encrypted; unpack it with its password".into()));
    }
    if !matches!(member.method, 0 | 8) {
        return Ok(Err(format!(
            "compressed with method {}, not deflate; unpack it, or compress it again",
            member.method
        )));
    }
    file.seek(SeekFrom::Start(member.header))?;
    let mut header = [0; 30];
    if file.read_exact(&mut header).is_err() || header[..4] != LOCAL {
        return Ok(Err("its header is damaged; fetch the archive again".into()));
    }
    let skipped = u64::from(number(&header, 26, 2) as u32) + u64::from(number(&header, 28, 2) as u32);
    file.seek(SeekFrom::Start(member.header + 30 + skipped))?;
    let packed = file.take(member.packed);
    let check = |stream: Box<dyn Read + 'a>| Checked {
        stream,
        crc: Crc::new(),
        expected: member.crc,
        left: member.unpacked,
    };
    Ok(Ok(match member.method {
        0 => Box::new(check(Box::new(packed))),
        _ => Box::new(check(Box::new(flate2::read::DeflateDecoder::new(packed)))),
    }))
}

/// The members by the list at the end of the file; none if there is none that makes sense.
fn listed(file: &mut dyn Seekable, size: u64) -> io::Result<Option<Members>> {
    let Some(place) = list_at_the_end(file, size)? else {
        return Ok(None);
    };
    file.seek(SeekFrom::Start(place.start + place.moved))?;
    let mut list = Vec::new();
    file.take(place.length.min(LONGEST_LIST)).read_to_end(&mut list)?;
    let (members, rest) = members_of(&list, place.moved);
    if members.is_empty() && place.count > 0 {
        return Ok(None);
    }
    // Programs that know nothing of long lists write the number of members modulo 65,536.
    let is_cut = place.length > LONGEST_LIST || members.len() == MOST && rest.starts_with(&CENTRAL);
    let fault = is_cut.then(|| {
        let first = members.len();
        format!("it has more members than are listed; split it (the first {first} were read)")
    });
    Ok(Some(Members { members, fault }))
}

/// Where the list of the members is.
struct ListPlace {
    count: u64,
    length: u64,
    start: u64,
    /// Bytes before the archive, as in one that unpacks itself: they move everything.
    moved: u64,
}

fn list_at_the_end(file: &mut dyn Seekable, size: u64) -> io::Result<Option<ListPlace>> {
    let from = size.saturating_sub(22 + 65_535);
    file.seek(SeekFrom::Start(from))?;
    let mut tail = Vec::new();
    file.take(size - from).read_to_end(&mut tail)?;
    let Some(at) = (0..tail.len().saturating_sub(21))
        .rev()
        .find(|&at| tail[at..].starts_with(&END))
    else {
        return Ok(None);
    };
    let end = &tail[at..];
    let (mut count, mut length, mut start) = (number(end, 10, 2), number(end, 12, 4), number(end, 16, 4));
    let mut list_end = from + at as u64;
    if at >= 20 && tail[at - 20..].starts_with(&LOCATOR_64) {
        let mut end = [0; 56];
        file.seek(SeekFrom::Start(number(&tail, at - 20 + 8, 8).min(size)))?;
        if file.read_exact(&mut end).is_ok() && end[..4] == END_64 {
            (count, length, start) = (number(&end, 32, 8), number(&end, 40, 8), number(&end, 48, 8));
            list_end = number(&tail, at - 20 + 8, 8);
        }
    }
    let moved = list_end
        .checked_sub(length)
        .and_then(|actual| actual.checked_sub(start));
    Ok(moved.map(|moved| ListPlace {
        count,
        length,
        start,
        moved,
    }))
}

/// The members that a list names, and what is left of the list.
fn members_of(list: &[u8], moved: u64) -> (Vec<Member>, &[u8]) {
    let mut members = Vec::new();
    let mut rest = list;
    while rest.len() >= 46 && rest.starts_with(&CENTRAL) && members.len() < MOST {
        let [name, extra, comment] = [28, 30, 32].map(|field| number(rest, field, 2) as usize);
        let Some(whole) = rest.get(..46 + name + extra + comment) else {
            break;
        };
        let mut member = member(
            whole,
            8,
            &whole[46..46 + name],
            &whole[46 + name..46 + name + extra],
            number(whole, 42, 4),
        );
        member.header = member.header.saturating_add(moved);
        members.push(member);
        rest = &rest[whole.len()..];
    }
    (members, rest)
}

/// The members by the header before each of them.
fn scanned(file: &mut dyn Seekable, size: u64) -> io::Result<Vec<Member>> {
    let mut members = Vec::new();
    let mut at = 0;
    while members.len() < MOST {
        file.seek(SeekFrom::Start(at))?;
        let mut header = [0; 30];
        if file.read_exact(&mut header).is_err() {
            break;
        }
        if header[..4] != LOCAL {
            // At the start, something may stand before the archive; later, it has ended or is damaged.
            match find(file, at + 1, |four, _| four == LOCAL)? {
                Some(next) => at = next,
                None => break,
            }
            continue;
        }
        let (name_length, extra_length) = (number(&header, 26, 2), number(&header, 28, 2));
        let mut names = Vec::new();
        file.take(name_length + extra_length).read_to_end(&mut names)?;
        let (name, extra) = names.split_at(names.len().min(name_length as usize));
        let mut member = member(&header, 6, name, extra, at);
        member.header = at;
        let data = at + 30 + name_length + extra_length;
        if number(&header, 6, 2) & 8 != 0 && member.packed == 0 {
            // The sizes follow the content.
            let is_descriptor = |after: &[u8], at: u64| {
                after.starts_with(&DESCRIPTOR) && number(after, 8, 4) == (at - data) & 0xffff_ffff
            };
            let end = find(file, data, |four, rest| {
                four == DESCRIPTOR && is_descriptor(rest.0, rest.1)
            })?;
            member.packed = end.unwrap_or(size).saturating_sub(data);
            if let Some(end) = end {
                let mut descriptor = [0; 16];
                file.seek(SeekFrom::Start(end))?;
                match file.read_exact(&mut descriptor) {
                    Ok(()) => {
                        (member.crc, member.unpacked) =
                            (number(&descriptor, 4, 4) as u32, number(&descriptor, 12, 4));
                    }
                    // The archive is cut off within it.
                    Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => member.unpacked = u64::MAX,
                    Err(error) => return Err(error),
                }
            } else {
                member.unpacked = u64::MAX;
            }
        }
        at = data.saturating_add(member.packed);
        if data > size {
            break;
        }
        members.push(member);
    }
    Ok(members)
}

/// Where, from an offset on, four bytes stand that `is_it` recognises; it is also given what follows them,
/// and where.
fn find(
    file: &mut dyn Seekable,
    from: u64,
    is_it: impl Fn([u8; 4], (&[u8], u64)) -> bool,
) -> io::Result<Option<u64>> {
    file.seek(SeekFrom::Start(from))?;
    let mut reader = BufReader::with_capacity(1 << 16, file);
    let (mut window, mut at): (Vec<u8>, u64) = (Vec::new(), from);
    loop {
        let chunk = reader.fill_buf()?;
        let taken = chunk.len();
        window.extend_from_slice(chunk);
        reader.consume(taken);
        // The last bytes are looked at again with what follows.
        let sure = if taken == 0 {
            window.len().saturating_sub(3)
        } else {
            window.len().saturating_sub(16)
        };
        for i in 0..sure {
            if window[i] == b'P'
                && let Some(four) = window
                    .get(i..i + 4)
                    .and_then(|four| <[u8; 4]>::try_from(four).ok())
                && is_it(four, (&window[i..], at + i as u64))
            {
                return Ok(Some(at + i as u64));
            }
        }
        if taken == 0 {
            return Ok(None);
        }
        window.drain(..sure);
        at += sure as u64;
    }
}

/// A member of the fields that both kinds of header have in the same order, from `flags` on.
fn member(header: &[u8], flags: usize, name: &[u8], extra: &[u8], local: u64) -> Member {
    let field = |at, length| number(header, flags + at, length);
    let mut member = Member {
        path: path(name, field(0, 2) & 0x800 != 0),
        is_encrypted: field(0, 2) & 1 != 0,
        method: field(2, 2) as u16,
        crc: field(8, 4) as u32,
        packed: field(12, 4),
        unpacked: field(16, 4),
        header: local,
    };
    // Sizes of more than 4 GB stand in an extra field, those that need it in this order.
    let mut rest = extra;
    while rest.len() >= 4 {
        let (id, length) = (number(rest, 0, 2), number(rest, 2, 2) as usize);
        let Some(mut values) = rest.get(4..4 + length) else {
            break;
        };
        if id == 1 {
            for value in [&mut member.unpacked, &mut member.packed, &mut member.header] {
                if *value == 0xffff_ffff && values.len() >= 8 {
                    *value = number(values, 0, 8);
                    values = &values[8..];
                }
            }
        }
        rest = &rest[4 + length..];
    }
    member
}

/// A path as stored: in UTF-8, else as French DOS and Windows write it.
fn path(name: &[u8], _utf8: bool) -> String {
    const CP850: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u{ad}±‗¾¶§÷¸°¨·¹³²■\u{a0}";
    let text = match std::str::from_utf8(name) {
        Ok(text) => text.to_string(),
        Err(_) => {
            let upper: Vec<char> = CP850.chars().collect();
            name.iter()
                .map(|&byte| {
                    if byte < 0x80 {
                        byte as char
                    } else {
                        upper.get(byte as usize - 0x80).copied().unwrap_or('?')
                    }
                })
                .collect()
        }
    };
    clean::line(&text.replace('\\', "/"))
        .unwrap_or_default()
        .trim_start_matches('/')
        .to_string()
}

/// A number of so many bytes, the lowest first; 0 beyond the end.
fn number(bytes: &[u8], at: usize, length: usize) -> u64 {
    let Some(bytes) = bytes.get(at..at + length) else {
        return 0;
    };
    bytes
        .iter()
        .rev()
        .fold(0, |number, &byte| number << 8 | u64::from(byte))
}

/// A stream that fails at its end if it is not what was packed.
struct Checked<'a> {
    stream: Box<dyn Read + 'a>,
    crc: Crc,
    expected: u32,
    /// Bytes that are still to come.
    left: u64,
}

impl Read for Checked<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.stream.read(buffer)?;
        self.crc.update(&buffer[..read]);
        self.left = self.left.saturating_sub(read as u64);
        if read == 0 && !buffer.is_empty() {
            if self.left > 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            if self.crc.sum() != self.expected {
                return Err(io::Error::new(
                    io::ErrorKind::InvalidData,
                    "it is damaged: its checksum is wrong",
                ));
            }
        }
        Ok(read)
    }
}
