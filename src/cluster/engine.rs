//! The engine that answers from an archive on a cluster.
//!
//! A question takes one of two ways. Where the cluster can answer it exactly, it finds, counts and orders, and the
//! articles of one page are brought here ([`super::hits`]). Otherwise all articles that may matter are brought, and
//! the engine of an index on this machine answers from them. Both ways scores, marks and rows are made by that engine.

use super::address::Name;
use super::archive::{Archive, Counters};
use super::ask::Asker;
use super::bring;
use super::clause;
use super::lower::{self, Lowered};
use super::mapping::FORM;
use super::transport::{Method, Transport};
use crate::error::{Error, Result};
use crate::index::{IndexDir, Payload, Reader, ids};
use crate::schema::Lexicons;
use crate::search::compile::selection::{Compiled, compile, compile_query, parse};
use crate::search::{Elsewhere, Engine, LocalEngine, Selection, Wanted};
use serde_json::{Value, json};
use std::path::PathBuf;
use std::sync::{Arc, Weak};

/// Answers from an archive that was pushed to a cluster.
pub struct ClusterEngine {
    pub(crate) archive: Arc<Archive>,
    /// The engine of no articles: it reads queries and knows the archive's spellings and values.
    pub(crate) blank: Arc<LocalEngine>,
    /// What was pushed last.
    pub(crate) state: Value,
    /// As people name it: address and name.
    pub(crate) label: String,
}

impl ClusterEngine {
    /// Opens the generation that is searched. `index_dir` is where what belongs to it lies on this machine.
    ///
    /// # Errors
    /// [`Error::NoIndex`] where there is none; [`Error::OtherVersion`] for one that was analysed otherwise;
    /// [`Error::Remote`].
    pub fn open(transport: Arc<dyn Transport>, name: &Name, index_dir: IndexDir) -> Result<Self> {
        let label = format!("{}/{}", transport.address(), name.as_str());
        let address = transport.address().to_string();
        let found = transport.send(Method::Get, &format!("/{}/_mapping", name.alias()), b"")?;
        if found.status == 404 {
            return Err(Error::NoIndex {
                looked: format!("{label}; griot push --to URL --name {} makes it", name.as_str()),
            });
        }
        let found = found.done(&address)?;
        let generations = found.as_object().into_iter().flatten();
        let newest = generations.max_by_key(|(index, _)| name.number_of(index));
        let Some((index, what)) = newest else {
            return Err(Error::NoIndex { looked: label });
        };
        check(&what["mappings"]["_meta"]["griot"], &label)?;
        let asker = Asker {
            transport,
            index: index.clone(),
        };
        let kept = asker
            .transport
            .send(Method::Get, &format!("/{}/_doc/state", name.control()), b"")?;
        // A first push that hasn't ended yet has left none.
        let kept = match kept.status {
            404 => Value::Null,
            _ => kept.done(&address)?,
        };
        let state = kept["_source"].clone();
        let payload = serde_json::from_value(state["payload"].clone());
        let payload: Payload = payload.map_err(|_| Error::Remote {
            address,
            message: "what is kept there about the archive can't be read; push it again".into(),
            retry: false,
        })?;
        Self::of(asker, index_dir, payload, (state, label))
    }

    pub(crate) fn of(
        asker: Asker,
        index_dir: IndexDir,
        payload: Payload,
        (state, label): (Value, String),
    ) -> Result<Self> {
        let reader = Reader::in_memory(index_dir, payload)?;
        let archive = Arc::new(Archive::new(asker, Arc::clone(&reader.french)));
        let blank = Arc::new(LocalEngine::part_of(
            Arc::<Archive>::clone(&archive) as Arc<dyn crate::search::Whole>,
            reader,
        ));
        let (weak, asker) = (Arc::downgrade(&blank), archive.asker.clone());
        let (other, other_asker) = (Weak::clone(&weak), asker.clone());
        let _ = archive.counters.set(Counters {
            undated: Box::new(move |selection| without_date(&weak, &asker, selection)),
            total: Box::new(move |wanted: &Wanted<'_>| total(&other, &other_asker, wanted)),
        });
        Ok(Self {
            archive,
            blank,
            state,
            label,
        })
    }

    pub(crate) fn asker(&self) -> &Asker {
        &self.archive.asker
    }

    /// Reads a selection, and writes it for the cluster.
    pub(crate) fn lowered(&self, selection: &Selection) -> Result<(Compiled<'_>, Lowered)> {
        let parsed = parse(&self.blank, selection)?;
        self.archive.prefetch(&parsed)?;
        let compiled = compile_query(&self.blank, parsed, selection)?;
        let lowered = lower::selection(&self.blank, &compiled.wanted())?;
        Ok((compiled, lowered))
    }

    /// Whether the cluster answers a selection, rather than that its articles are brought here.
    ///
    /// # Errors
    /// Those of asking for spellings and values.
    #[doc(hidden)]
    pub fn is_exact(&self, selection: &Selection) -> Result<bool> {
        Ok(self.lowered(selection)?.1.is_exact)
    }

    /// An engine of all articles that a selection may find.
    pub(crate) fn brought(&self, selection: &Selection) -> Result<LocalEngine> {
        let (_, lowered) = self.lowered(selection)?;
        let articles = bring::all(self.asker(), &lowered.filtered())?;
        self.part(articles)
    }

    pub(crate) fn part(&self, articles: Vec<crate::index::Brought>) -> Result<LocalEngine> {
        bring::part(&self.blank, articles)
    }

    /// An engine of what `typed` may name: an article by its id, or those of a file.
    pub(crate) fn named(&self, typed: &str) -> Result<LocalEngine> {
        /// Articles of a file that are looked at to name the first of them.
        const LOOKED_AT: usize = 1000;
        let of_id = |name: &str| {
            [
                json!({"term": {"shown": {"value": name}}}),
                json!({"term": {"id": {"value": name}}}),
                json!({"term": {"also": {"value": name}}}),
            ]
        };
        let shown = json!({"term": {"shown": {"value": typed}}});
        let found = self.find(&shown, LOOKED_AT)?;
        if let [_] = found.as_slice() {
            return self.part(found);
        }
        let mut any = of_id(typed).to_vec();
        for name in ids::names(&self.blank.reader, typed) {
            let files = name.match_indices('#').map(|(at, _)| &name[..at]);
            for file in files.chain([name.as_str()]) {
                for root in &self.blank.reader.payload.roots {
                    any.push(json!({"term": {"file": {"value": format!("{}/{file}", root.id)}}}));
                }
            }
            // A name as files call their articles ends in an id.
            for (at, _) in name.match_indices('#') {
                any.extend(of_id(&name[at + 1..]));
            }
            any.extend(of_id(&name));
        }
        let found = self.find(&clause::any_of(any), LOOKED_AT)?;
        self.part(found)
    }

    /// Some articles of a query, in the order of files and records.
    pub(crate) fn find(&self, query: &Value, most: usize) -> Result<Vec<crate::index::Brought>> {
        let body = json!({
            "query": query, "size": most, "_source": bring::FIELDS, "track_total_hits": false,
            "sort": [{"id": "asc"}, {"tie": "asc"}],
        });
        let answers = self.asker().searches(std::slice::from_ref(&body))?;
        match answers.first() {
            Some(answer) => bring::hits_of(self.asker(), answer),
            None => Ok(Vec::new()),
        }
    }

    /// What a query of the archive gives, or the first error of the cluster.
    pub(crate) fn settled<T>(&self, result: Result<T>) -> Result<T> {
        self.archive.settled(result)
    }
}

/// The way to an archive on a cluster, for whoever asks it for hours.
pub struct Way {
    transport: Arc<dyn Transport>,
    name: Name,
    index_dir: IndexDir,
}

impl Way {
    /// `index_dir` is where what belongs to the archive lies on this machine.
    pub fn new(transport: Arc<dyn Transport>, name: Name, index_dir: IndexDir) -> Self {
        Self {
            transport,
            name,
            index_dir,
        }
    }
}

impl Elsewhere for Way {
    fn id(&self) -> Result<String> {
        let path = format!("/{}/_doc/state?_source_excludes=payload", self.name.control());
        let answer = self.transport.send(Method::Get, &path, b"")?;
        let state = answer.done(self.transport.address())?;
        Ok(format!("{}-{}", state["_seq_no"], state["_primary_term"]))
    }

    fn open(&self) -> Result<Box<dyn Engine + Send + Sync>> {
        let transport = Arc::clone(&self.transport);
        let engine = ClusterEngine::open(transport, &self.name, self.index_dir.clone())?;
        Ok(Box::new(engine))
    }
}

/// Whether an index was made of what this griot makes it of.
fn check(about: &Value, label: &str) -> Result<()> {
    let own = crate::index::fingerprint(&Lexicons::embedded())?;
    let other = |found: String, known: String, cure: &'static str| Error::OtherVersion {
        path: PathBuf::from(label),
        found,
        known,
        cure,
    };
    if about["form"].as_u64() != Some(u64::from(FORM)) {
        return Err(other(
            format!("a griot with form {} of a cluster's index", about["form"]),
            format!("form {FORM}"),
            "push the archive again with this griot",
        ));
    }
    if about["fingerprint"].as_str() != Some(own.as_str()) {
        return Err(other(
            "a griot with other lexicons or another analysis".into(),
            "those that it carries".into(),
            "push the archive with this griot, without --schema and without additions to its lexicons",
        ));
    }
    Ok(())
}

/// How many articles of a selection have no date, whatever its dates are.
fn without_date(blank: &Weak<LocalEngine>, asker: &Asker, selection: &Selection) -> Result<u64> {
    let Some(blank) = blank.upgrade() else {
        return Ok(0);
    };
    let always = Selection {
        since: None,
        until: None,
        ..selection.clone()
    };
    let compiled = compile(&blank, &always)?;
    let lowered = lower::selection(&blank, &compiled.wanted())?;
    let query = json!({"bool": {"must": [lowered.filtered()], "filter": [clause::undated()]}});
    if !lowered.is_exact {
        let articles = bring::all(asker, &query)?;
        return bring::part(&blank, articles)?.total(&always);
    }
    Ok(asker.counts(&[query])?.first().copied().unwrap_or(0))
}

/// How many articles a query finds.
fn total(blank: &Weak<LocalEngine>, asker: &Asker, wanted: &Wanted<'_>) -> Result<u64> {
    let Some(blank) = blank.upgrade() else {
        return Ok(0);
    };
    let lowered = lower::selection(&blank, wanted)?;
    if !lowered.is_exact {
        let articles = bring::all(asker, &lowered.filtered())?;
        let part = bring::part(&blank, articles)?;
        if part.searcher.num_docs() == 0 {
            return Ok(0);
        }
        let mut own = compile_query(&part, wanted.parsed.clone(), wanted.selection)?;
        own.filters = wanted.filters.to_vec();
        return part.total_of(&own);
    }
    Ok(asker.counts(&[lowered.filtered()])?.first().copied().unwrap_or(0))
}
