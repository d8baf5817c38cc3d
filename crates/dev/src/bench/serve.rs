//! A server under load: connections that ask one question after the other, as long as that is wanted.
//!
//! ```sh
//! cargo run --release -- serve --index INDEX --listen 127.0.0.1:7700
//! cargo run --release -p griot-dev -- bench serve --connections 32 --seconds 120 --pid PID
//! ```
//!
//! Questions are pages of searches with facets and timeline, and those of the API, in a fixed order that begins
//! elsewhere for each connection. An answer other than 200 is an error, and named. Exports are not among them: more than
//! four at a time are refused.

use anyhow::{Context, Result, bail};
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

/// What is searched for.
const QUERIES: [&str; 16] = [
    "drones",
    "attaque+Gao",
    "%22arm%C3%A9e+malienne%22",
    "JNIM+embuscade",
    "gouvernement",
    "Minusma+retrait",
    "otages",
    "migrants+M%C3%A9diterran%C3%A9e",
    "football",
    "Wagner+Mali",
    "incendie+for%C3%AAt",
    "gr%C3%A8ve",
    "Boko+Haram",
    "",
    "terroriste*",
    "attaque+SAUF+Gao",
];

/// How each of them is asked, and what that is called.
const ADDRESSES: [(&str, &str); 6] = [
    ("page", "/?q="),
    ("page, filtered", "/?region=Mali&since=2018&q="),
    ("search", "/api/v1/search?facets=true&q="),
    ("facets", "/api/v1/facets?q="),
    ("timeline", "/api/v1/timeline?by=month&q="),
    ("terms", "/api/v1/terms?q="),
];

/// A running `griot serve` under load
#[derive(clap::Args)]
pub struct Args {
    /// Where it listens
    #[arg(long, default_value = "127.0.0.1:7700", value_name = "ADDRESS")]
    address: String,
    #[arg(long, default_value_t = 32, value_name = "N")]
    connections: usize,
    #[arg(long, default_value_t = 120, value_name = "N")]
    seconds: u64,
    /// The process whose memory is looked at (Linux)
    #[arg(long, value_name = "PID")]
    pid: Option<u32>,
}

/// What one connection has seen.
#[derive(Default)]
struct Seen {
    /// Milliseconds of each answer, by what was asked.
    took: BTreeMap<&'static str, Vec<f64>>,
    errors: BTreeMap<String, usize>,
    bytes: u64,
}

pub fn run(args: &Args) -> Result<()> {
    let until = Instant::now() + Duration::from_secs(args.seconds);
    let (seen, peak) = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..args.connections)
            .map(|number| scope.spawn(move || ask(&args.address, number, until)))
            .collect();
        let mut peak = 0;
        while Instant::now() < until {
            peak = peak.max(args.pid.map_or(0, memory));
            std::thread::sleep(Duration::from_millis(500));
        }
        let seen: Vec<Seen> = threads
            .into_iter()
            .filter_map(|thread| thread.join().ok())
            .collect();
        (seen, peak)
    });
    let mut all = Seen::default();
    for one in seen {
        for (what, took) in one.took {
            all.took.entry(what).or_default().extend(took);
        }
        for (error, times) in one.errors {
            *all.errors.entry(error).or_default() += times;
        }
        all.bytes += one.bytes;
    }
    report(args, all, peak)
}

fn report(args: &Args, all: Seen, peak: u64) -> Result<()> {
    println!(
        "{:<16} {:>8} {:>9} {:>9} {:>9}",
        "", "answers", "p50, ms", "p99, ms", "most, ms"
    );
    let mut total = Vec::new();
    for (what, took) in all.took {
        total.extend_from_slice(&took);
        line(what, took);
    }
    let answers = total.len();
    line("all", total);
    println!(
        "{:.1} answers a second, {:.1} MB",
        answers as f64 / args.seconds as f64,
        all.bytes as f64 / 1e6
    );
    if args.pid.is_some() {
        println!("memory (RssAnon) at its peak: {} MB", peak / 1024);
    }
    if all.errors.is_empty() {
        return Ok(());
    }
    all.errors
        .iter()
        .for_each(|(error, times)| println!("{times} × {error}"));
    bail!("there were errors")
}

fn line(what: &str, mut took: Vec<f64>) {
    took.sort_by(f64::total_cmp);
    let at = |share: f64| {
        took.get((took.len() as f64 * share) as usize)
            .or(took.last())
            .copied()
    };
    println!(
        "{what:<16} {:>8} {:>9.1} {:>9.1} {:>9.1}",
        took.len(),
        at(0.5).unwrap_or(0.0),
        at(0.99).unwrap_or(0.0),
        at(1.0).unwrap_or(0.0)
    );
}

/// Asks on one connection, which is opened again when it has ended.
fn ask(address: &str, number: usize, until: Instant) -> Seen {
    let mut seen = Seen::default();
    let mut connection = None;
    let mut at = number * 7;
    while Instant::now() < until {
        let (what, path) = ADDRESSES[at % ADDRESSES.len()];
        let path = format!("{path}{}", QUERIES[at / ADDRESSES.len() % QUERIES.len()]);
        at += 1;
        let begun = Instant::now();
        match one(&mut connection, address, &path) {
            Ok((200, bytes)) => {
                seen.bytes += bytes;
                let took = begun.elapsed().as_secs_f64() * 1e3;
                seen.took.entry(what).or_default().push(took);
            }
            Ok((status, _)) => *seen.errors.entry(format!("{status} {path}")).or_default() += 1,
            Err(error) => {
                connection = None;
                *seen.errors.entry(format!("{error:#} {path}")).or_default() += 1;
            }
        }
    }
    seen
}

/// One question: the status of its answer, and how long that is.
fn one(connection: &mut Option<BufReader<TcpStream>>, address: &str, path: &str) -> Result<(u16, u64)> {
    let stream = match connection {
        Some(stream) => stream,
        None => {
            let stream = TcpStream::connect(address).context("connecting")?;
            stream.set_read_timeout(Some(Duration::from_secs(60)))?;
            stream.set_nodelay(true)?;
            connection.insert(BufReader::new(stream))
        }
    };
    let asked = format!("GET {path} HTTP/1.1\r\nHost: {address}\r\nAccept-Language: fr\r\n\r\n");
    stream.get_mut().write_all(asked.as_bytes())?;
    let status = text_line(stream)?;
    let status = status.split(' ').nth(1).and_then(|status| status.parse().ok());
    let status: u16 = status.context("no status")?;
    let (mut length, mut chunked, mut ends) = (0, false, false);
    loop {
        let line = text_line(stream)?.to_ascii_lowercase();
        match line.split_once(": ") {
            Some(("content-length", value)) => length = value.parse()?,
            Some(("transfer-encoding", "chunked")) => chunked = true,
            Some(("connection", "close")) => ends = true,
            Some(_) => {}
            None => break,
        }
    }
    let mut bytes = length;
    skip(stream, length)?;
    while chunked {
        let piece = u64::from_str_radix(&text_line(stream)?, 16).context("the length of a piece")?;
        skip(stream, piece + 2)?;
        bytes += piece;
        chunked = piece > 0;
    }
    if ends {
        *connection = None;
    }
    Ok((status, bytes))
}

fn text_line(stream: &mut BufReader<TcpStream>) -> Result<String> {
    let mut line = String::new();
    if stream.read_line(&mut line)? == 0 {
        bail!("the connection has ended");
    }
    Ok(line.trim_end().to_string())
}

fn skip(stream: &mut BufReader<TcpStream>, bytes: u64) -> Result<()> {
    let read = std::io::copy(&mut stream.take(bytes), &mut std::io::sink())?;
    if read < bytes {
        bail!("the answer has broken off");
    }
    Ok(())
}

/// Memory of its own that a process has, in kB.
fn memory(pid: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("RssAnon:"));
    line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok())
        .unwrap_or(0)
}
