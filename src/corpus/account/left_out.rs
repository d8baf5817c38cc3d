//! Why words that people see in a file are in none of its articles: a closed list.

use serde::Serialize;

/// Why words are in no article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum LeftOut {
    /// Navigation and buttons of a page, links to other articles.
    Menu,
    /// Comments of readers under a page.
    Comments,
    /// What stands in a page's foot.
    Footer,
    /// What stands beside the article of a page: boxes, advertisements, related articles.
    Aside,
    /// Forms of a page: search, newsletter.
    Form,
    /// What a page says of cookies and consent.
    Consent,
    /// Labels, codes and counters of an export.
    ExportLabels,
    /// Notices of rights and certificates of an export.
    ExportNotice,
    /// Dates and times, which the article has as a date.
    Dates,
    /// Addresses of pages and pictures.
    Addresses,
    /// What a feed or a site says of itself.
    FeedHeader,
    /// Names of columns of a table.
    ColumnNames,
    /// A passage whose text stands in an article already.
    Duplicate,
    /// Headers, footers and numbers of pages.
    PageFurniture,
    /// What tracked changes deleted or moved elsewhere.
    Deleted,
    /// What was skipped, and is reported as such.
    Skipped,
}

impl LeftOut {
    /// All of them.
    pub const ALL: [Self; 16] = [
        Self::Menu,
        Self::Comments,
        Self::Footer,
        Self::Aside,
        Self::Form,
        Self::Consent,
        Self::ExportLabels,
        Self::ExportNotice,
        Self::Dates,
        Self::Addresses,
        Self::FeedHeader,
        Self::ColumnNames,
        Self::Duplicate,
        Self::PageFurniture,
        Self::Deleted,
        Self::Skipped,
    ];

    /// Its name in reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Menu => "menu",
            Self::Comments => "comments",
            Self::Footer => "footer",
            Self::Aside => "aside",
            Self::Form => "form",
            Self::Consent => "consent",
            Self::ExportLabels => "export_labels",
            Self::ExportNotice => "export_notice",
            Self::Dates => "dates",
            Self::Addresses => "addresses",
            Self::FeedHeader => "feed_header",
            Self::ColumnNames => "column_names",
            Self::Duplicate => "duplicate",
            Self::PageFurniture => "page_furniture",
            Self::Deleted => "deleted",
            Self::Skipped => "skipped",
        }
    }
}
