//! Why a file or record gave no article: names for programs, words for people.

use std::fmt;

/// Why something was skipped, or warned of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum SkipReason {
    /// Nothing but white space.
    Empty,
    /// Not JSON, or JSON that had to be mended.
    InvalidJson,
    /// JSON, but not an object.
    NotAnObject,
    /// The front matter is not YAML, or not a mapping.
    InvalidFrontMatter,
    /// A date that couldn't be read; kept as extra metadata.
    InvalidDate,
    /// Bytes that are no text.
    NotText,
    /// No reader for this kind of file.
    UnknownFormat,
    /// The system refused.
    Unreadable,
    /// A record with neither text nor title.
    NoText,
    /// Bytes that don't fit the text's encoding.
    BadEncoding,
    /// Beyond the size that is read at once.
    TooLarge,
    /// A page that its parser couldn't take.
    InvalidHtml,
    /// It changed while it was read.
    ChangedWhileRead,
    /// The file itself asks not to be indexed.
    IgnoredOnRequest,
    /// An archive or compressed file that is damaged or cut off.
    Damaged,
    /// A table without a header that says what its columns hold, or with a record that doesn't fit it.
    InvalidTable,
    /// XML that isn't well formed.
    InvalidXml,
    /// A page that asks for consent to cookies instead of showing its article.
    ConsentPage,
    /// A `griot.toml` that can't be used.
    InvalidSettings,
    /// Metadata nested deeper than griot keeps as it is.
    TooDeep,
    /// A record whose text has no known key; its longest value was taken for it.
    TextGuessed,
    /// Of a site's export: drafts, what is in the trash, attachments, menus.
    NotPublished,
    /// Text of an export that belongs to none of its articles.
    OutsideArticles,
    /// A document that opens only with a password.
    Locked,
    /// A scan, or drawings: a PDF without any text.
    NoTextLayer,
    /// Its reading took more time or memory than a file may, or broke off.
    ReaderStopped,
    /// Nobody said which program reads it, or it doesn't start.
    ReaderMissing,
    /// A link that leads out of the roots.
    LinkedOutside,
    /// A pipe, a socket or a device.
    NotAFile,
    /// What griot itself has written.
    OwnExport,
}

impl SkipReason {
    /// A short stable name for programs.
    pub fn name(self) -> &'static str {
        match self {
            SkipReason::Empty => "empty",
            SkipReason::InvalidJson => "invalid_json",
            SkipReason::NotAnObject => "not_an_object",
            SkipReason::InvalidFrontMatter => "invalid_front_matter",
            SkipReason::InvalidDate => "invalid_date",
            SkipReason::NotText => "not_text",
            SkipReason::UnknownFormat => "unknown_format",
            SkipReason::Unreadable => "unreadable",
            SkipReason::NoText => "no_text",
            SkipReason::BadEncoding => "bad_encoding",
            SkipReason::TooLarge => "too_large",
            SkipReason::InvalidHtml => "invalid_html",
            SkipReason::ChangedWhileRead => "changed_while_read",
            SkipReason::IgnoredOnRequest => "ignored_on_request",
            SkipReason::Damaged => "damaged",
            SkipReason::InvalidTable => "invalid_table",
            SkipReason::InvalidXml => "invalid_xml",
            SkipReason::ConsentPage => "consent_page",
            SkipReason::InvalidSettings => "invalid_settings",
            SkipReason::TextGuessed => "text_guessed",
            SkipReason::NotPublished => "not_published",
            SkipReason::TooDeep => "too_deep",
            SkipReason::OutsideArticles => "outside_articles",
            SkipReason::Locked => "locked",
            SkipReason::NoTextLayer => "no_text_layer",
            SkipReason::ReaderStopped => "reader_stopped",
            SkipReason::ReaderMissing => "reader_missing",
            SkipReason::LinkedOutside => "linked_outside",
            SkipReason::NotAFile => "not_a_file",
            SkipReason::OwnExport => "own_export",
        }
    }

    /// Whether it is a fault that somebody should repair, rather than a wish that was granted.
    pub fn is_fault(self) -> bool {
        !matches!(
            self,
            SkipReason::IgnoredOnRequest | SkipReason::NotPublished | SkipReason::OwnExport
        )
    }

    /// Whether another run may read what this one could not, with the same bytes.
    pub fn may_pass(self) -> bool {
        matches!(self, SkipReason::ReaderStopped | SkipReason::ReaderMissing)
    }
}

impl fmt::Display for SkipReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            SkipReason::Empty => "empty",
            SkipReason::InvalidJson => "not valid JSON",
            SkipReason::NotAnObject => "not a JSON object",
            SkipReason::InvalidFrontMatter => "front matter that is not valid YAML",
            SkipReason::InvalidDate => "a date that can't be read",
            SkipReason::NotText => "not a text",
            SkipReason::UnknownFormat => "a format that griot doesn't read",
            SkipReason::Unreadable => "can't be read",
            SkipReason::NoText => "no text",
            SkipReason::BadEncoding => "bytes that don't fit the encoding",
            SkipReason::TooLarge => "too large",
            SkipReason::InvalidHtml => "a page that can't be taken apart",
            SkipReason::ChangedWhileRead => "changed while it was read",
            SkipReason::IgnoredOnRequest => "ignored, as the file asks",
            SkipReason::Damaged => "damaged or cut off",
            SkipReason::InvalidTable => "not a table of articles",
            SkipReason::InvalidXml => "XML that is not well formed",
            SkipReason::ConsentPage => "a request for consent to cookies instead of an article",
            SkipReason::InvalidSettings => "settings that can't be used",
            SkipReason::TextGuessed => "a text under an unknown name",
            SkipReason::NotPublished => "no published article",
            SkipReason::TooDeep => "metadata nested too deep",
            SkipReason::OutsideArticles => "text outside the articles of an export",
            SkipReason::Locked => "locked by a password",
            SkipReason::NoTextLayer => "no text layer",
            SkipReason::ReaderStopped => "reading it was stopped",
            SkipReason::ReaderMissing => "no program to read it",
            SkipReason::LinkedOutside => "a link that leads out of the roots",
            SkipReason::NotAFile => "no regular file",
            SkipReason::OwnExport => "written by griot itself",
        })
    }
}
