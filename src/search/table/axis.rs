//! What a table counts by: the values of a facet at one level, or days, months, years. Each document gets the
//! numbers of its buckets; a document of several values has several, each once.

use crate::date::PartialDate;
use crate::error::Result;
use crate::facet_path::FacetPath;
use crate::index::fields::column;
use crate::search::facet::declared::{declared, is_month, place_facet, publication_facet, shown_path};
use crate::search::facet::tree::{FacetTree, TOP};
use crate::search::local::LocalEngine;
use crate::search::request::{AxisRequest, FORMER};
use rustc_hash::FxHashMap;
use std::sync::Arc;
use tantivy::columnar::{Column, StrColumn};
use tantivy::{DocId, SegmentReader};

/// A facet is cut at its second level (region, actor, month) unless another is named.
const LEVEL: usize = 2;

/// More days than this (270 years) are no axis: a date of the year 1000 among today's is a slip.
const MOST_DAYS: i64 = 100_000;

/// The buckets of an axis, in order.
#[derive(Debug)]
pub struct Axis {
    pub name: String,
    /// As shown outside the index: paths with `/`, days and months as `2024-03-15`.
    pub buckets: Vec<String>,
    /// Whether the buckets are days, months or years without a gap.
    pub time: bool,
    kind: Kind,
}

#[derive(Debug)]
enum Kind {
    /// Numbers of the tree to buckets; `TOP` for values that no bucket has.
    Facet {
        tree: Arc<FacetTree>,
        bucket: Vec<u32>,
        years: Option<i16>,
    },
    /// Days since 1970 from this one on.
    Days { first: i64 },
}

impl Axis {
    /// # Errors
    /// [`Error::NoSuchFacet`].
    pub fn new(engine: &LocalEngine, request: &AxisRequest) -> Result<Self> {
        match request.name.as_str() {
            "day" | "jour" => Self::days(engine),
            "year" | "annee" => Self::facet(
                engine,
                publication_facet(&engine.reader.fields).unwrap_or("month"),
                1,
            ),
            FORMER => Self::former(engine),
            name => Self::facet(
                engine,
                &declared(&engine.reader.fields, name)?.name,
                request.level.unwrap_or(LEVEL),
            ),
        }
    }

    /// The regions as they were before the division in force; a value that the lexicon doesn't know is cut at
    /// its region.
    fn former(engine: &LocalEngine) -> Result<Self> {
        let facet = place_facet(&engine.reader.fields).unwrap_or("region");
        let facets = engine.reader.facets()?;
        let former = |path: &str| {
            // The innermost level that lay elsewhere decides: a cercle may have come from another region than
            // its own.
            let path = FacetPath::new(path);
            let old = path
                .upwards()
                .find_map(|level| facets.former_region(facet, level.as_str()));
            old.unwrap_or(path.cut(LEVEL).as_str()).to_string()
        };
        Ok(Self {
            name: FORMER.into(),
            ..Self::mapped(engine, facet, LEVEL, &former)?
        })
    }

    /// A facet cut at a level.
    pub fn facet(engine: &LocalEngine, facet: &str, level: usize) -> Result<Self> {
        Self::mapped(engine, facet, level, &|path| {
            FacetPath::new(path).cut(level).as_str().to_string()
        })
    }

    /// A facet whose paths are mapped to buckets.
    fn mapped(engine: &LocalEngine, facet: &str, level: usize, cut: &dyn Fn(&str) -> String) -> Result<Self> {
        let fields = &engine.reader.fields;
        declared(fields, facet)?;
        let tree = engine.tree(facet)?;
        let time = is_month(fields, facet);
        let is_year = level == 1 && publication_facet(fields) == Some(facet);
        let cuts: Vec<String> = tree.paths.iter().map(|path| cut(path)).collect();
        // Only values that some document may have: a parent of others is one only at its own level.
        let mut names: Vec<String> = if time {
            let mut cuts = cuts.clone();
            if is_year && let Some((first, last)) = published(engine)? {
                cuts.extend([first, last].map(|day| format!("{:04}", PartialDate::from_days(day).year())));
            }
            months(&cuts, level)
        } else {
            let mut above = vec![false; cuts.len()];
            tree.parents
                .iter()
                .filter(|p| **p != TOP)
                .for_each(|p| above[*p as usize] = true);
            let own = owned_in(engine, &tree)?;
            let mut names: Vec<String> = Vec::new();
            for (at, name) in cuts.iter().enumerate() {
                let deep = FacetPath::new(&tree.paths[at]).depth() >= level;
                if deep || !above[at] || own[at] {
                    names.push(name.clone());
                }
            }
            names
        };
        names.sort_unstable();
        names.dedup();
        let numbers: FxHashMap<&str, u32> = (0..)
            .zip(&names)
            .map(|(number, name)| (name.as_str(), number))
            .collect();
        let bucket = cuts
            .iter()
            .map(|name| numbers.get(name.as_str()).copied().unwrap_or(TOP))
            .collect();
        let years = is_year
            .then(|| names.first().and_then(|y| y.parse().ok()))
            .flatten();
        let buckets = names.iter().map(|name| shown_path(fields, facet, name)).collect();
        let name = if is_year {
            "year".to_string()
        } else {
            facet.to_string()
        };
        Ok(Self {
            name,
            buckets,
            time,
            kind: Kind::Facet { tree, bucket, years },
        })
    }

    /// Days of publication. Articles dated by a month or a year only have none.
    fn days(engine: &LocalEngine) -> Result<Self> {
        let (first, last) = published(engine)?.unwrap_or((0, -1));
        let first = first.max(last - MOST_DAYS);
        let buckets = (first..=last)
            .map(|day| PartialDate::from_days(day).to_string())
            .collect();
        Ok(Self {
            name: "day".into(),
            buckets,
            time: true,
            kind: Kind::Days { first },
        })
    }

    /// Keeps only the buckets marked, in the given order; the others become one, `others`, at the end.
    pub(crate) fn narrow(&mut self, kept: &[u32], others: String) {
        let Kind::Facet { bucket, .. } = &mut self.kind else {
            return;
        };
        let rest = kept.len() as u32;
        let mut moved = vec![rest; self.buckets.len()];
        (0..).zip(kept).for_each(|(to, from)| moved[*from as usize] = to);
        bucket
            .iter_mut()
            .filter(|b| **b != TOP)
            .for_each(|b| *b = moved[*b as usize]);
        let mut buckets: Vec<String> = kept.iter().map(|b| self.buckets[*b as usize].clone()).collect();
        buckets.push(others);
        self.buckets = buckets;
    }

    /// The axis over one segment.
    pub(crate) fn segment(&self, number: usize, segment: &SegmentReader) -> Result<SegmentAxis> {
        let columns = segment.fast_fields();
        Ok(match &self.kind {
            Kind::Facet { tree, bucket, years } => {
                let map = tree.segments[number]
                    .iter()
                    .map(|n| if *n == TOP { TOP } else { bucket[*n as usize] })
                    .collect();
                let dates = match years {
                    Some(first) => Some((
                        *first,
                        columns.i64(column::DATE_FROM)?,
                        columns.i64(column::DATE_TO)?,
                    )),
                    None => None,
                };
                let column = columns.str(&tree.facet)?;
                let one = column.as_ref().is_none_or(|c| {
                    c.ords().get_cardinality() != tantivy::columnar::Cardinality::Multivalued
                });
                SegmentAxis::Facet {
                    column,
                    one,
                    map,
                    dates,
                    buckets: self.buckets.len() as u32,
                }
            }
            Kind::Days { first } => SegmentAxis::Days {
                from: columns.i64(column::DATE_FROM)?,
                to: columns.i64(column::DATE_TO)?,
                first: *first,
                buckets: self.buckets.len() as u32,
            },
        })
    }
}

/// First and last day of publication in the index.
fn published(engine: &LocalEngine) -> Result<Option<(i64, i64)>> {
    let mut span: Option<(i64, i64)> = None;
    for segment in engine.searcher.segment_readers() {
        let from = segment.fast_fields().i64(column::DATE_FROM)?;
        if from.values.num_vals() > 0 {
            let (first, last) = span.unwrap_or((i64::MAX, i64::MIN));
            span = Some((first.min(from.min_value()), last.max(from.max_value())));
        }
    }
    Ok(span)
}

/// The same of the archive that an engine's index is a part of, if it is.
fn owned_in(engine: &LocalEngine, tree: &FacetTree) -> Result<Vec<bool>> {
    let Some(whole) = engine.whole() else {
        return Ok(owned(tree));
    };
    let owned = whole.owned(&tree.facet)?;
    Ok(tree.paths.iter().map(|path| owned.contains(path)).collect())
}

/// Values of a tree that some document has itself, not only by what lies below.
fn owned(tree: &FacetTree) -> Vec<bool> {
    let mut own = vec![false; tree.paths.len()];
    tree.segments
        .iter()
        .flatten()
        .filter(|n| **n != TOP)
        .for_each(|n| own[*n as usize] = true);
    own
}

/// All months (years at level 1) from the first to the last.
fn months(cuts: &[String], level: usize) -> Vec<String> {
    let read = |path: &String| FacetPath::new(path).date();
    let dates = || {
        cuts.iter()
            .filter_map(read)
            .filter(|d| level == 1 || d.month().is_some())
    };
    let number = |d: PartialDate| i32::from(d.year()) * 12 + i32::from(d.month().unwrap_or(1)) - 1;
    let (Some(first), Some(last)) = (dates().map(number).min(), dates().map(number).max()) else {
        return Vec::new();
    };
    let name = |n: i32| {
        if level == 1 {
            format!("{:04}", n / 12)
        } else {
            format!("{:04}/{:02}", n / 12, n % 12 + 1)
        }
    };
    (first..=last).map(name).collect()
}

/// Gives documents of a segment their buckets.
pub(crate) enum SegmentAxis {
    Facet {
        column: Option<StrColumn>,
        /// No document has several values.
        one: bool,
        /// Ordinals of the segment to buckets.
        map: Vec<u32>,
        /// For years: the first of them, first and last day of publication. A date without its month has a
        /// year.
        dates: Option<(i16, Column<i64>, Column<i64>)>,
        buckets: u32,
    },
    Days {
        from: Column<i64>,
        to: Column<i64>,
        first: i64,
        buckets: u32,
    },
}

impl SegmentAxis {
    /// The buckets of a document; the number after the last bucket if it has none.
    pub fn load(&self, doc: DocId, out: &mut Vec<u32>) {
        out.clear();
        match self {
            Self::Facet {
                column,
                one,
                map,
                dates,
                buckets,
            } => {
                let ords = column.as_ref().map(|c| c.ords());
                if *one {
                    out.extend(
                        ords.and_then(|c| c.first(doc))
                            .map(|ord| map[ord as usize])
                            .filter(|b| *b != TOP),
                    );
                } else {
                    for ord in ords.into_iter().flat_map(|c| c.values_for_doc(doc)) {
                        let bucket = map[ord as usize];
                        if bucket != TOP && !out.contains(&bucket) {
                            out.push(bucket);
                        }
                    }
                }
                if out.is_empty()
                    && let Some((first, from, to)) = dates
                    && let (Some(from), Some(to)) = (from.first(doc), to.first(doc))
                {
                    let year = |day| PartialDate::from_days(day).year();
                    let at = i32::from(year(from)) - i32::from(*first);
                    if year(from) == year(to) && at >= 0 && (at as u32) < *buckets {
                        out.push(at as u32);
                    }
                }
                if out.is_empty() {
                    out.push(*buckets);
                }
            }
            Self::Days {
                from,
                to,
                first,
                buckets,
            } => {
                let day = from
                    .first(doc)
                    .filter(|day| to.first(doc) == Some(*day) && *day >= *first);
                out.push(day.map_or(*buckets, |day| (day - first) as u32));
            }
        }
    }
}
