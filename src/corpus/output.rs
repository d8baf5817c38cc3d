//! What a reader writes to: it counts, says where things are, and passes on to the sink. Members of archives
//! are read through it, so that ids, places and limits are the same for every kind of archive.

mod words;

use super::account::{Ledger, Visible};
use super::belongs::{Belongs, Members, Verdict};
use super::budget::{Budget, HELD};
use super::columns::Columns;
use super::globs::Globs;
use super::reading::Fault;
use super::settings::Settings;
use super::{
    FileSummary, LeftOut, Location, Options, Reading, SkipReason, Skipped, bounds, clean, encoding, lang,
    nesting, paths,
};
use crate::article::Article;
use crate::date::PartialDate;
use crate::media::Media;
use std::cell::RefCell;
use std::collections::HashSet;
use std::io::{self, BufRead, Cursor, Read, Seek};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::rc::Rc;

/// A format that griot reads.
pub struct Format {
    /// Its name in reports.
    pub name: &'static str,
    /// File name extensions, lower case, without the dot.
    pub extensions: &'static [&'static str],
    /// What people see of its bytes.
    pub(super) visible: Visible,
    /// Whether files of it are longer than what is held at once, being of many articles.
    pub(super) is_long: bool,
    pub(super) read: Reader,
}

/// Reads all records of a file. Returns early, and without an error, when the output says to stop.
pub(super) enum Reader {
    /// From front to back.
    Stream(fn(&mut dyn Read, &Options, &mut Output<'_>) -> io::Result<()>),
    /// Going to and fro, as archives with their list of members at the end need it.
    Seek(fn(&mut dyn Seekable, &Options, &mut Output<'_>) -> io::Result<()>),
}

/// The formats that members of archives may have, so that readers needn't know of one another.
#[derive(Clone, Copy)]
pub(super) struct Formats(pub &'static [Format]);

impl Formats {
    /// The format of a file, by its extension. A compressed file must say what it holds (`a.csv.gz`): there are
    /// many that hold no articles.
    pub(super) fn of(self, path: &Path) -> Option<&'static Format> {
        let extension = path.extension()?.to_str()?.to_ascii_lowercase();
        let format = self
            .0
            .iter()
            .find(|format| format.extensions.contains(&extension.as_str()))?;
        if format.name == "gzip" {
            self.of(Path::new(path.file_stem()?))?;
        }
        Some(format)
    }

    /// What to do about a file of an unknown format.
    pub(super) fn cure_for_unknown(self) -> String {
        let extensions = self.0.iter().flat_map(|format| format.extensions);
        let known: Vec<String> = extensions.map(|extension| format!(".{extension}")).collect();
        format!(
            "griot reads {}; convert the file, or rename it if it is one of these",
            known.join(", ")
        )
    }
}

/// Archives within archives beyond this are reported, not read.
const DEEPEST: usize = 4;

/// A file, or something as good as one.
pub(super) trait Seekable: Read + Seek {}

impl<T: Read + Seek> Seekable for T {}

/// The file that is read.
#[derive(Clone, Copy)]
pub(super) struct Source<'a> {
    pub path: &'a Path,
    /// Its path from its root, `/` between the parts.
    pub key: &'a str,
    pub settings: Option<&'a Settings>,
    /// The globs of its root.
    pub globs: Option<&'a Globs>,
    /// Media that folders may be called after.
    pub media: &'a Media,
    /// Whether it is read though griot itself has written it.
    pub reads_exports: bool,
}

/// What a message says of what is attached to it.
struct Letter {
    date: Option<PartialDate>,
    source: Option<String>,
}

impl Letter {
    /// Gives an article what neither it nor its path says.
    fn complete(&self, name: &str, is_alone: bool, article: &mut Article) {
        if is_alone {
            article.date = article.date.or(self.date);
            if article.title.is_empty() {
                let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
                article.title = clean::line(&stem.replace('_', " ")).unwrap_or_default();
            }
        }
        article.source = article.source.take().or_else(|| self.source.clone());
    }
}

/// What a reader writes to. Every method says whether to go on.
pub(super) struct Output<'a> {
    file: &'a Path,
    /// The file's path from its root.
    key: &'a str,
    settings: Option<&'a Settings>,
    globs: Option<&'a Globs>,
    media: &'a Media,
    reads_exports: bool,
    formats: Formats,
    sink: &'a mut dyn FnMut(Reading) -> ControlFlow<()>,
    pub summary: FileSummary,
    /// What archives may still unpack to.
    pub budget: Budget,
    /// Of the file, in bytes.
    size: usize,
    /// Path of the member that is being read within the file; empty outside archives.
    inner: String,
    /// Bytes of the members around what is being read that are held in memory.
    held: u64,
    /// Levels of compression and archives around what is being read.
    depth: usize,
    stopped: bool,
    /// The message that what is being read is attached to.
    letter: Option<Letter>,
    /// When the file or member that is being read was made, which may be when it was written.
    made: Option<PartialDate>,
    /// Columns and keys that people named for the file.
    columns: Columns,
    /// What was reported of all records of a kind, and is reported once.
    reported: HashSet<String>,
    /// See [`Output::cut_off`].
    is_cut_off: bool,
    /// Where the words go of the file or member that is being read.
    ledger: Rc<RefCell<Ledger>>,
}

/// A stream whose bytes are entered in a ledger as they are read.
struct Counted<'a> {
    stream: &'a mut dyn Read,
    ledger: Rc<RefCell<Ledger>>,
}

impl Read for Counted<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.stream.read(buffer)?;
        self.ledger.borrow_mut().read(&buffer[..read]);
        Ok(read)
    }
}

impl<'a> Output<'a> {
    pub(super) fn new(
        source: Source<'a>,
        formats: Formats,
        sink: &'a mut dyn FnMut(Reading) -> ControlFlow<()>,
        summary: FileSummary,
        size: u64,
    ) -> Self {
        let Source {
            path: file,
            key,
            settings,
            globs,
            media,
            reads_exports,
        } = source;
        Self {
            file,
            key,
            settings,
            globs,
            media,
            reads_exports,
            formats,
            sink,
            summary,
            budget: Budget::of(size),
            size: usize::try_from(size).unwrap_or(0),
            inner: String::new(),
            held: 0,
            depth: 0,
            stopped: false,
            letter: None,
            made: None,
            reported: HashSet::new(),
            is_cut_off: false,
            ledger: Rc::new(RefCell::new(Ledger::new(Visible::Parts, false))),
            columns: settings.map(Settings::columns).unwrap_or_default(),
        }
    }

    /// The size of what is being read in bytes, as far as it is known: zero of a member of an archive.
    pub(super) fn expected(&self) -> usize {
        if self.inner.is_empty() { self.size } else { 0 }
    }

    /// Name of the file or member that is being read.
    pub(super) fn name(&self) -> &str {
        // The key, since it is text even where the name is not.
        let path = if self.inner.is_empty() {
            self.key
        } else {
            &self.inner
        };
        path.rsplit('/').next().unwrap_or(path)
    }

    /// Whether what griot itself has written is left out.
    pub(super) fn leaves_out_exports(&self) -> bool {
        !self.reads_exports
    }

    /// Columns and keys that people named for the file.
    pub(super) fn columns(&self) -> &Columns {
        &self.columns
    }

    /// Whether there is a reader for a member of that name.
    pub(super) fn reads(&self, name: &str) -> bool {
        self.formats.of(Path::new(name)).is_some()
    }

    /// Whether the sink wants no more.
    pub(super) fn is_stopped(&self) -> bool {
        self.stopped
    }

    /// An article of a file that holds one.
    pub(super) fn article(&mut self, article: Article) -> ControlFlow<()> {
        self.hand_over(1, false, article)
    }

    /// An article of a file that holds one, which was made at a date. It counts for the article's where neither it
    /// nor its path says when it is from.
    pub(super) fn article_made(&mut self, made: Option<PartialDate>, article: Article) -> ControlFlow<()> {
        self.made = made;
        let flow = self.article(article);
        self.made = None;
        flow
    }

    /// An article of a file that may hold several.
    pub(super) fn record(&mut self, number: usize, article: Article) -> ControlFlow<()> {
        self.hand_over(number, true, article)
    }

    fn hand_over(&mut self, number: usize, container: bool, mut article: Article) -> ControlFlow<()> {
        self.summary.records += 1;
        self.hold_to_bounds(container.then_some(number), &mut article)?;
        self.complete(!container, &mut article);
        self.ledger.borrow_mut().article(&article);
        let inner = (!self.inner.is_empty()).then(|| self.inner.clone());
        self.send(Reading::Article {
            number,
            container,
            inner,
            article: Box::new(article),
        })
    }

    /// Cuts off what is more than an article may hold, and reports it.
    fn hold_to_bounds(&mut self, record: Option<usize>, article: &mut Article) -> ControlFlow<()> {
        let place = Location { line: None, record };
        for key in nesting::bound(article) {
            let kept = format!("“{key}” is nested too deep; it is kept as text");
            self.warn(place, SkipReason::TooDeep, kept)?;
        }
        let cut = bounds::hold(article);
        self.leave_out(LeftOut::Skipped, &cut.text);
        for reported in cut.reported {
            self.warn(place, SkipReason::TooLarge, reported)?;
        }
        ControlFlow::Continue(())
    }

    /// Gives an article what it doesn't say itself: by the settings of its folders, by its path, by its
    /// words; in this order.
    fn complete(&self, is_alone: bool, article: &mut Article) {
        let joined;
        let key = if self.inner.is_empty() {
            self.key
        } else {
            joined = format!("{}/{}", self.key, self.inner);
            &joined
        };
        if let Some(settings) = self.settings {
            settings.complete(key, is_alone, article);
        }
        paths::complete(key, is_alone, self.media, article);
        article.date = article.date.or(self.made);
        if let Some(letter) = &self.letter {
            letter.complete(self.name(), is_alone, article);
        }
        if article.lang.is_none()
            && let Some(lang) = lang::detect(&article.body)
        {
            article.lang = Some(lang.to_string());
            article.lang_detected = true;
        }
    }

    /// Whether a member of the file belongs to the archive.
    pub(super) fn verdict(&self, path: &str, members: &Members<'_>) -> io::Result<Verdict> {
        let separator = if self.inner.is_empty() { "" } else { "/" };
        let key = format!("{}/{}{separator}{path}", self.key, self.inner);
        let belongs = Belongs {
            tree: members,
            globs: self.globs,
            settings: self.settings,
            is_supported: &|path| self.formats.of(path).is_some(),
        };
        belongs.on_member(path, &key)
    }

    /// A record, or with the default place the file, that gave no article.
    pub(super) fn skip(
        &mut self,
        place: Location,
        reason: SkipReason,
        detail: impl Into<String>,
    ) -> ControlFlow<()> {
        self.ledger.borrow_mut().skip();
        if reason.is_fault() {
            self.summary.skipped += 1;
        } else {
            self.summary.ignored += 1;
        }
        let mut detail: String = detail.into();
        if detail.is_empty() && reason == SkipReason::Empty {
            detail = "it contains no text".into();
        }
        let skipped = self.skipped(place, reason, detail);
        self.send(Reading::Skipped(skipped))
    }

    /// A fault in a record that is handed over all the same.
    pub(super) fn warn(
        &mut self,
        place: Location,
        reason: SkipReason,
        detail: impl Into<String>,
    ) -> ControlFlow<()> {
        self.summary.warnings += 1;
        let skipped = self.skipped(place, reason, detail.into());
        self.send(Reading::Warning(skipped))
    }

    /// Several faults of one record. A guess that holds for all records of a file is reported once.
    pub(super) fn warn_all(&mut self, place: Location, faults: Vec<Fault>) -> ControlFlow<()> {
        for fault in faults {
            if fault.reason == SkipReason::TextGuessed && !self.reported.insert(fault.detail.clone()) {
                continue;
            }
            self.warn(
                Location {
                    line: fault.line.or(place.line),
                    ..place
                },
                fault.reason,
                fault.detail,
            )?;
        }
        ControlFlow::Continue(())
    }

    fn send(&mut self, reading: Reading) -> ControlFlow<()> {
        if self.stopped {
            return ControlFlow::Break(());
        }
        let flow = (self.sink)(reading);
        self.stopped = flow.is_break();
        flow
    }

    fn skipped(&self, place: Location, reason: SkipReason, detail: String) -> Skipped {
        let path = if self.inner.is_empty() {
            self.file.to_path_buf()
        } else {
            PathBuf::from(format!("{}/{}", self.file.display(), self.inner))
        };
        Skipped {
            path,
            line: place.line,
            record: place.record,
            reason,
            detail,
        }
    }

    /// The bytes as text, whatever their encoding, which the summary has from now on. None, and reported as
    /// skipped, for what is no text.
    pub(super) fn text<'b>(&mut self, bytes: &'b mut dyn Read) -> io::Result<Option<Box<dyn BufRead + 'b>>> {
        match encoding::stream(bytes)? {
            Ok(stream) => {
                self.summary.encoding = stream.encoding;
                Ok(Some(stream.text))
            }
            Err(what) => {
                let _ = self.skip(Location::default(), SkipReason::NotText, what);
                Ok(None)
            }
        }
    }

    /// Reads what a file of the given name holds, a level deeper: the content of a compressed file.
    pub(super) fn unpacked(
        &mut self,
        name: &str,
        stream: &mut dyn Read,
        options: &Options,
    ) -> io::Result<()> {
        if self.depth >= DEEPEST {
            let cure = format!(
                "archives within archives, more than {DEEPEST} deep; unpack it by hand if it is yours"
            );
            let _ = self.skip(Location::default(), SkipReason::TooLarge, cure);
            return Ok(());
        }
        let Some(format) = self.formats.of(Path::new(name)) else {
            let _ = self.skip(
                Location::default(),
                SkipReason::UnknownFormat,
                self.formats.cure_for_unknown(),
            );
            return Ok(());
        };
        self.depth += 1;
        let read = match format.read {
            Reader::Stream(_) => self.counted(format, |out| out.stream(format, stream, options)),
            Reader::Seek(read) => match held(stream, HELD - self.held)? {
                Some(bytes) => {
                    let size = bytes.len() as u64;
                    self.held += size;
                    let read = self.counted(format, |out| read(&mut Cursor::new(bytes), options, out));
                    self.held -= size;
                    read
                }
                None => {
                    let cure = format!(
                        "more than {} MB inside an archive, with the archives around it; unpack it beside the archive",
                        HELD >> 20
                    );
                    let _ = self.skip(Location::default(), SkipReason::TooLarge, cure);
                    Ok(())
                }
            },
        };
        self.depth -= 1;
        read
    }

    /// Reads a file of a format by itself; what it comes to is part of what is being read.
    fn counted<T>(&mut self, format: &Format, act: impl FnOnce(&mut Self) -> T) -> T {
        let ledger = Ledger::new(format.visible, format.is_long);
        self.in_ledger(ledger, act)
    }

    fn in_ledger<T>(&mut self, ledger: Ledger, act: impl FnOnce(&mut Self) -> T) -> T {
        let outer = std::mem::replace(&mut self.ledger, Rc::new(RefCell::new(ledger)));
        let done = act(self);
        let inner = std::mem::replace(&mut self.ledger, outer);
        let account = inner.replace(Ledger::new(Visible::Parts, false)).balance();
        self.ledger.borrow_mut().part(account);
        done
    }

    /// Reads a stream of a format. Its bytes are entered as they are read, those too that its reader left
    /// unread after its last article.
    pub(super) fn stream(
        &mut self,
        format: &Format,
        stream: &mut dyn Read,
        options: &Options,
    ) -> io::Result<()> {
        let Reader::Stream(read) = format.read else {
            return Ok(());
        };
        let mut counted = Counted {
            stream,
            ledger: Rc::clone(&self.ledger),
        };
        let before = self.summary.records;
        self.is_cut_off = false;
        read(&mut counted, options, self)?;
        // The rest of what was cut off is reported, and may be of any length.
        let has_rest = !std::mem::replace(&mut self.is_cut_off, false);
        if self.summary.records > before && has_rest && !self.stopped {
            io::copy(&mut counted, &mut io::sink())?;
        }
        Ok(())
    }

    /// Only the beginning of the stream that is being read has been taken, which was reported.
    pub(super) fn cut_off(&mut self) {
        self.is_cut_off = true;
    }

    /// Reads a file from its beginning to its end, and balances its account.
    pub(super) fn read(
        &mut self,
        format: &Format,
        file: &mut dyn Seekable,
        options: &Options,
    ) -> io::Result<()> {
        let read = self.counted(format, |out| match format.read {
            Reader::Stream(_) => {
                let mut file = file;
                out.stream(format, &mut file, options)
            }
            Reader::Seek(read) => read(file, options, out),
        });
        let ledger = self.ledger.replace(Ledger::new(Visible::Parts, false));
        self.summary.account = ledger.balance();
        read
    }

    /// Reads a member of an archive. Its articles get ids of their own, and its faults are reported under its
    /// name.
    pub(super) fn member(&mut self, path: &str, stream: &mut dyn Read, options: &Options) -> io::Result<()> {
        self.within(path, |out| out.unpacked(path, stream, options))
    }

    /// Reads what is attached to a message. An article that stands alone in it, and doesn't say when it is
    /// from, is of the message's date, and has the name of its file for a title; the sender is its source.
    pub(super) fn attached(
        &mut self,
        path: &str,
        date: Option<PartialDate>,
        source: Option<&str>,
        stream: &mut dyn Read,
        options: &Options,
    ) -> io::Result<()> {
        let around = self.letter.replace(Letter {
            date,
            source: source.map(String::from),
        });
        let read = self.member(path, stream, options);
        self.letter = around;
        read
    }

    /// Does something under the name of a member.
    pub(super) fn within<T>(&mut self, path: &str, act: impl FnOnce(&mut Self) -> T) -> T {
        let outside = self.inner.len();
        if outside > 0 {
            self.inner.push('/');
        }
        self.inner.push_str(path);
        let done = act(self);
        self.inner.truncate(outside);
        done
    }
}

/// All of a stream; none if it has more bytes than may be held.
fn held(stream: &mut dyn Read, most: u64) -> io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    let size = stream.take(most + 1).read_to_end(&mut bytes)? as u64;
    Ok((size <= most).then_some(bytes))
}
