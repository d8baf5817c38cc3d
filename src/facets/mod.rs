//! Facets: where, when and by whom, worked out from the text and explained.
//!
//! Depends on `french`, `article`, `date`, `schema` and `error`; knows nothing of the index. A text's words
//! are looked up once ([`reading`]); all lexicons then match over the same numbers:
//!
//! | step | file |
//! |---|---|
//! | vocabulary and tries that all lexicons share | `lexicon` |
//! | closed classes of French words | `words` |
//! | words, case, gaps and sentences of a text | `reading` |
//! | `regions.tsv` read and checked; places told apart | `gazetteer`, `places`, `places_context`, `geography` |
//! | `actors.toml` and its like read and checked; names found | `names_lexicon`, `names` |
//! | all of these over one document | `findings` |
//! | dates found, resolved, weighed | `french_dates`, `events`, `months` |
//! | places, dates, names where they stand; people harmed: for tables of events | `reported`, `casualties` |
//!
//! For those who keep the lexicons: what gave a value (`evidence`), names that none knows (`candidates`), and
//! what is wrong with one (`check`).

mod candidates;
mod casualties;
mod check;
mod counted;
mod events;
mod evidence;
mod findings;
mod french_dates;
mod gazetteer;
mod geography;
mod lexicon;
mod months;
mod names;
mod names_lexicon;
mod places;
mod places_context;
mod reading;
mod reported;
mod values;
mod words;

pub use candidates::{Candidate, Candidates};
pub use casualties::{Casualties, Toll, casualties};
pub use check::{LexiconSize, check};
pub use evidence::{Phrase, Phrases};
pub use reported::{Reported, ReportedDate, ReportedName, ReportedPlace, Span};

use crate::article::{Evidence, FacetValue, Part};
use crate::date::PartialDate;
use crate::error::Result;
use crate::facet_path::FacetPath;
use crate::french::{French, Token, fold};
use crate::media::Media;
use crate::schema::{Derivation, FacetDeclaration, Lexicons};
use gazetteer::{Gazetteer, PathId, flag, meaning};
use lexicon::{Vocabulary, WordId};
use names::Names;
use names_lexicon::NamesLexicon;
use places::Places;
use reading::Reading;
use rustc_hash::FxHashMap;
use std::collections::BTreeSet;
use std::sync::Arc;
use values::Values;
use words::Classes;

/// The date that a file's name tells, where nothing else tells one.
pub fn date_in_name(name: &str) -> Option<PartialDate> {
    months::in_address(name)
}

/// The text and metadata that facets are derived from. Tokens are those of [`French::analyze`] for the same
/// texts.
pub struct Document<'a> {
    pub title: &'a str,
    pub body: &'a str,
    pub title_tokens: &'a [Token],
    pub body_tokens: &'a [Token],
    pub published: Option<PartialDate>,
    pub url: Option<&'a str>,
    pub file_name: Option<&'a str>,
}

/// What was derived.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Derived {
    pub values: Vec<FacetValue>,
    /// Contradictions and impossible dates, for people to read.
    pub notes: Vec<String>,
}

/// Spellings that find one another in search.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variant<'a> {
    pub facet: &'a str,
    pub path: &'a str,
    /// The name that the lexicon gives it.
    pub canonical: &'a str,
    /// All spellings, the canonical one among them.
    pub spellings: Vec<&'a str>,
}

/// A place with coordinates, for export.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PlaceRow<'a> {
    pub name: &'a str,
    /// `region`, `town`, `village` …
    pub kind: &'static str,
    pub path: &'a str,
    pub latitude: f32,
    pub longitude: f32,
}

enum Lexicon {
    Places(Box<Places>),
    Names(Box<Names>),
    PublicationMonth,
    EventMonths,
    Media(Arc<Media>),
    Language,
    Marks,
}

/// All declared facets, built from the lexicons.
pub struct Facets {
    declarations: Vec<FacetDeclaration>,
    lexicons: Vec<Lexicon>,
    vocabulary: Vocabulary,
    classes: Classes,
    /// Country of an adjective ("malien").
    gentilics: FxHashMap<WordId, PathId>,
}

/// The words of something typed, without an analyzer at hand: cut where neither letter, digit nor apostrophe
/// is.
fn typed_words(text: &str) -> Vec<String> {
    text.split(|c: char| !(c.is_alphanumeric() || crate::french::is_apostrophe(c)))
        .map(|word| {
            let elided = word
                .char_indices()
                .find(|(_, c)| crate::french::is_apostrophe(*c));
            match elided {
                Some((at, c)) if ["l", "d"].contains(&fold(&word[..at]).as_str()) => {
                    fold(&word[at + c.len_utf8()..])
                }
                _ => fold(word),
            }
        })
        .filter(|word| !word.is_empty())
        .collect()
}

impl Facets {
    /// Builds the facets that `schema.toml` declares.
    ///
    /// # Errors
    /// [`crate::Error::Lexicon`] with file, line and cure, when an entry is wrong.
    pub fn new(lexicons: &Lexicons, french: &French) -> Result<Self> {
        let declarations = lexicons.schema()?.facets;
        let mut vocabulary = Vocabulary::default();
        let mut classes = Classes::intern(&mut vocabulary);
        let mut built: Vec<Option<Lexicon>> = Vec::new();
        let mut read_names = Vec::new();
        let mut countries: FxHashMap<String, PathId> = FxHashMap::default();
        for declaration in &declarations {
            let file = declaration.lexicon.as_deref().unwrap_or_default();
            built.push(match declaration.derive {
                Derivation::Places => {
                    let gazetteer = Gazetteer::parse(file, lexicons.text(file)?, french, &mut vocabulary)?;
                    if countries.is_empty() {
                        let tops = gazetteer.paths.iter().enumerate().filter(|(_, p)| p.levels == 1);
                        countries.extend(tops.map(|(id, p)| (p.text.to_string(), id as PathId)));
                    }
                    Some(Lexicon::Places(Box::new(Places::new(gazetteer, french))))
                }
                Derivation::Names => {
                    read_names.push(NamesLexicon::parse(
                        file,
                        lexicons.text(file)?,
                        french,
                        &mut vocabulary,
                    )?);
                    None
                }
                Derivation::PublicationMonth => Some(Lexicon::PublicationMonth),
                Derivation::EventMonths => Some(Lexicon::EventMonths),
                Derivation::Language => Some(Lexicon::Language),
                Derivation::Marks => Some(Lexicon::Marks),
                Derivation::Media => Some(Lexicon::Media(Arc::new(Media::parse(
                    file,
                    lexicons.text(file)?,
                )?))),
            });
        }
        // Countries that only a lexicon of names knows are numbered from the top.
        let mut number = |name: &str| -> PathId {
            let next = gazetteer::NO_PATH - 1 - countries.len() as PathId;
            *countries.entry(name.to_string()).or_insert(next)
        };
        let mut gentilics = FxHashMap::default();
        let mut names = read_names.into_iter().map(|lexicon| {
            for (word, country) in &lexicon.gentilics {
                gentilics.insert(*word, number(country));
            }
            Lexicon::Names(Box::new(Names::new(lexicon, &mut number)))
        });
        let lexicons: Vec<Lexicon> = built
            .into_iter()
            .filter_map(|lexicon| lexicon.or_else(|| names.next()))
            .collect();
        drop(names);
        for (at, lexicon) in lexicons.iter().enumerate() {
            let trie = match lexicon {
                Lexicon::Places(places) => &places.gazetteer.names,
                Lexicon::Names(names) => &names.lexicon.trie,
                _ => continue,
            };
            trie.first_words()
                .for_each(|word| classes.add(word, words::begins(at)));
        }
        gentilics
            .keys()
            .for_each(|word| classes.add(*word, words::GENTILIC));
        Ok(Self {
            declarations,
            lexicons,
            vocabulary,
            classes,
            gentilics,
        })
    }

    /// The facets, in the order of `schema.toml`.
    pub fn declarations(&self) -> &[FacetDeclaration] {
        &self.declarations
    }

    /// The media that the facet of them knows, if one is declared.
    pub fn media(&self) -> Option<&Arc<Media>> {
        self.lexicons.iter().find_map(|lexicon| {
            if let Lexicon::Media(media) = lexicon {
                Some(media)
            } else {
                None
            }
        })
    }

    /// The medium of an article, by its source, else by its address: metadata only, so that it needs no
    /// words.
    pub fn medium(&self, source: Option<&str>, url: Option<&str>) -> Option<FacetValue> {
        let at = self
            .lexicons
            .iter()
            .position(|lexicon| matches!(lexicon, Lexicon::Media(_)))?;
        let (path, given) = self.media()?.value(source, url)?;
        let rule = if given { "source" } else { "url" };
        let evidence = vec![Evidence {
            part: Part::Metadata,
            start: 0,
            end: 0,
            rule: rule.into(),
        }];
        Some(FacetValue {
            facet: self.declarations[at].name.clone(),
            path,
            given,
            evidence,
        })
    }

    /// The language of an article, given or detected.
    pub fn language(&self, lang: &str, detected: bool) -> Option<FacetValue> {
        let at = self
            .lexicons
            .iter()
            .position(|lexicon| matches!(lexicon, Lexicon::Language))?;
        let path = crate::language::path(lang)?;
        let rule = if detected { "words" } else { "metadata" };
        let evidence = vec![Evidence {
            part: Part::Metadata,
            start: 0,
            end: 0,
            rule: rule.into(),
        }];
        Some(FacetValue {
            facet: self.declarations[at].name.clone(),
            path,
            given: !detected,
            evidence,
        })
    }

    /// Derives the values of every declared facet that `given` (names of facets) doesn't hold already.
    pub fn derive(&self, document: &Document<'_>, given: &BTreeSet<String>) -> Derived {
        let found = self.findings(document);
        let readings = &found.readings;
        let mut derived = Derived::default();
        let mut values: Vec<Values> = self.declarations.iter().map(|_| Values::default()).collect();
        for (at, places, mentions) in &found.places {
            if given.contains(&self.declarations[*at].name) {
                continue;
            }
            for (path, mention, rule) in places.values(mentions) {
                self.add(
                    &mut values,
                    *at,
                    path,
                    &readings[mention.reading],
                    mention.from,
                    mention.to,
                    rule,
                );
            }
            self.adjectives(&mut values, *at, places, readings);
        }
        for (at, _) in self
            .declarations
            .iter()
            .enumerate()
            .filter(|(_, d)| !given.contains(&d.name))
        {
            for (path, name) in found.names(at) {
                self.add(
                    &mut values,
                    at,
                    path,
                    &readings[name.reading],
                    name.from,
                    name.to,
                    name.rule,
                );
            }
        }
        self.months(
            document,
            readings,
            &found.expressions,
            given,
            &mut values,
            &mut derived.notes,
        );
        for (of_facet, lexicon) in values.iter_mut().zip(&self.lexicons) {
            if matches!(lexicon, Lexicon::Places(_)) {
                of_facet.drop_lone_countries();
            }
        }
        derived.values = values.into_iter().flat_map(Values::finish).collect();
        derived
    }

    /// "Quatre soldats maliens": where no place at all is known, the adjective of a country with regions
    /// tells the country. Of 37 labelled articles that name such a country by its adjective only, 36 are
    /// about it; the other names places of another one.
    fn adjectives(&self, values: &mut [Values], facet: usize, places: &Places, readings: &[Reading<'_>]) {
        let gazetteer = &places.gazetteer;
        if !values[facet].is_empty() {
            return;
        }
        for reading in readings {
            for (at, word) in reading
                .words
                .iter()
                .enumerate()
                .filter(|(_, w)| w.classes & words::GENTILIC != 0)
            {
                let country = self.gentilics.get(&word.id).filter(|c| gazetteer.is_divided(**c));
                if let Some(path) = country.and_then(|c| gazetteer.path(*c)) {
                    self.add(values, facet, &path.text, reading, at, at + 1, "adjective");
                }
            }
        }
    }

    /// The region that a place of the facet lay in under the former division, where it was another.
    pub fn former_region(&self, facet: &str, path: &str) -> Option<&str> {
        let at = self.declarations.iter().position(|d| d.name == facet)?;
        let Lexicon::Places(places) = &self.lexicons[at] else {
            return None;
        };
        places.gazetteer.former(path)
    }

    /// What the metadata of an article says against its text: regions given of which the text names none
    /// though it names others, and a month given that isn't the date's. For people to read; the metadata wins
    /// all the same.
    pub fn contradictions(&self, document: &Document<'_>, values: &[FacetValue]) -> Vec<String> {
        let mut notes = Vec::new();
        let derived = self.derive(document, &BTreeSet::new());
        for (declaration, lexicon) in self.declarations.iter().zip(&self.lexicons) {
            let paths = |values: &'_ [FacetValue], given: bool| -> Vec<String> {
                let of = values
                    .iter()
                    .filter(|v| v.facet == declaration.name && v.given == given);
                of.map(|v| v.path.clone()).collect()
            };
            let given = paths(values, true);
            let (told, what) = match lexicon {
                Lexicon::Places(_) => (paths(&derived.values, false), "text"),
                // A month from the date is marked as given when it is derived anew.
                Lexicon::PublicationMonth => (paths(&derived.values, true), "date"),
                Lexicon::Names(_)
                | Lexicon::EventMonths
                | Lexicon::Media(_)
                | Lexicon::Language
                | Lexicon::Marks => continue,
            };
            let under = |a: &str, b: &str| FacetPath::new(a).is_within(FacetPath::new(b));
            let agree = given
                .iter()
                .any(|g| told.iter().any(|t| under(g, t) || under(t, g)));
            if !given.is_empty() && !told.is_empty() && !agree {
                let name = &declaration.name;
                let months = matches!(lexicon, Lexicon::PublicationMonth);
                let shown = |path: &String| {
                    if months {
                        FacetPath::new(path).dashed()
                    } else {
                        path.clone()
                    }
                };
                let list = |paths: &[String]| paths.iter().take(3).map(shown).collect::<Vec<_>>().join(", ");
                notes.push(format!(
                    "{name} {} by its metadata, {} by its {what}",
                    list(&given),
                    list(&told)
                ));
            }
        }
        notes
    }

    #[expect(clippy::too_many_arguments, reason = "a value and its evidence")]
    fn add(
        &self,
        values: &mut [Values],
        facet: usize,
        path: &str,
        reading: &Reading<'_>,
        from: usize,
        to: usize,
        rule: &'static str,
    ) {
        let (start, end) = reading.span(from, to);
        self.add_evidence(values, facet, path, false, (reading.part, start, end), rule);
    }

    fn add_evidence(
        &self,
        values: &mut [Values],
        facet: usize,
        path: &str,
        given: bool,
        span: (Part, usize, usize),
        rule: &'static str,
    ) {
        if let (Some(of_facet), Some(declaration)) = (values.get_mut(facet), self.declarations.get(facet)) {
            of_facet.add(&declaration.name, path, given, span, rule);
        }
    }

    /// The facets of time.
    fn months(
        &self,
        document: &Document<'_>,
        readings: &[Reading<'_>],
        expressions: &[Vec<french_dates::Expression>],
        given: &BTreeSet<String>,
        values: &mut [Values],
        notes: &mut Vec<String>,
    ) {
        let declared = |derive: Derivation| {
            self.declarations
                .iter()
                .position(|d| d.derive == derive && !given.contains(&d.name))
        };
        let (publication, event) = (
            declared(Derivation::PublicationMonth),
            declared(Derivation::EventMonths),
        );
        if publication.is_none() && event.is_none() {
            return;
        }
        let metadata = (Part::Metadata, 0, 0);
        let in_url = document.url.and_then(months::in_address);
        let in_name = document.file_name.and_then(months::in_address);
        let in_text = events::published_in_text(readings, expressions);
        let known = document.published.map(|d| (d, "publication"));
        for (other, what) in [
            (in_url, "url"),
            (in_name, "file name"),
            (in_text.map(|d| d.date), "text"),
        ] {
            if let (Some(published), Some(other)) = (document.published, other)
                && months::contradict(published, other)
            {
                notes.push(format!(
                    "published {published} by its metadata, {other} by its {what}"
                ));
            }
        }
        let outside = known
            .or(in_url.map(|d| (d, "url")))
            .or(in_name.map(|d| (d, "file name")));
        let published = outside.map(|(d, _)| d).or(in_text.map(|d| d.date));
        let found = events::events(readings, expressions, published);
        notes.extend(found.notes.iter().cloned());
        let of_events = events::months(&found);
        if let Some(facet) = publication {
            let month = published.filter(|d| d.month().is_some());
            match (month.and_then(PartialDate::month_path), outside, in_text) {
                (Some(path), Some((_, rule)), _) => {
                    self.add_evidence(values, facet, &path, rule == "publication", metadata, rule)
                }
                (Some(path), None, Some(text)) => self.add(
                    values,
                    facet,
                    &path,
                    &readings[text.reading],
                    text.from,
                    text.to,
                    text.rule,
                ),
                _ => {
                    // Without a date of publication: the latest month of the main events.
                    if let Some((path, dated)) = of_events.iter().max_by(|a, b| a.0.cmp(&b.0)) {
                        self.add(
                            values,
                            facet,
                            path,
                            &readings[dated.reading],
                            dated.from,
                            dated.to,
                            "event",
                        );
                    }
                }
            }
        }
        if let Some(facet) = event {
            for (path, dated) in &of_events {
                self.add(
                    values,
                    facet,
                    path,
                    &readings[dated.reading],
                    dated.from,
                    dated.to,
                    dated.rule,
                );
            }
            if found.publication_month
                && let Some(path) = published.and_then(PartialDate::month_path)
            {
                self.add_evidence(values, facet, &path, false, metadata, "publication");
            }
        }
    }

    /// The paths of a value that a person typed: any level, any spelling, case and accents ignored. Of
    /// several readings the highest level. Empty when the lexicon doesn't know it.
    pub fn resolve(&self, facet: &str, typed: &str) -> Vec<String> {
        let Some(at) = self.declarations.iter().position(|d| d.name == facet) else {
            return Vec::new();
        };
        match &self.lexicons[at] {
            Lexicon::Places(places) => self.resolve_place(places, typed),
            Lexicon::Names(names) => self.resolve_name(names, typed),
            Lexicon::PublicationMonth | Lexicon::EventMonths => resolve_month(typed).into_iter().collect(),
            Lexicon::Marks => mark(typed).map(str::to_string).into_iter().collect(),
            Lexicon::Language => crate::language::path(typed).into_iter().collect(),
            Lexicon::Media(media) => media
                .known(FacetPath::new(typed).label())
                .or_else(|| media.known(typed))
                .map(str::to_string)
                .into_iter()
                .collect(),
        }
    }

    fn ids(&self, typed: &str) -> Vec<WordId> {
        typed_words(typed)
            .iter()
            .map(|w| self.vocabulary.get(w))
            .collect()
    }

    fn resolve_place(&self, places: &Places, typed: &str) -> Vec<String> {
        let gazetteer = &places.gazetteer;
        if let Some(path) = gazetteer.path_typed(typed) {
            return vec![path.to_string()];
        }
        // "Mali/Djiguibombo": the last level decides, the others filter.
        let (above, name) = typed
            .rsplit_once('/')
            .map_or(("", typed), |(above, name)| (above, name));
        let above: Vec<String> = above.split('/').map(fold).filter(|l| !l.is_empty()).collect();
        let found = gazetteer
            .names
            .exact(&self.ids(name))
            .iter()
            .map(|v| &gazetteer.places[meaning(*v).place as usize]);
        let mut found: Vec<_> = found
            .filter(|p| p.flags & flag::ZONE == 0)
            .filter_map(|p| gazetteer.path(p.path).map(|path| (p, path)))
            .collect();
        found.retain(|(_, path)| {
            let levels: Vec<String> = FacetPath::new(&path.text).levels().map(fold).collect();
            above.iter().all(|level| levels.contains(level))
        });
        let best = found
            .iter()
            .map(|(place, path)| (!place.kind.is_level(), path.levels))
            .min();
        let top = |(place, path): &&(&gazetteer::Place, &gazetteer::PathInfo)| match best {
            Some((true, _)) => true,
            best => best == Some((!place.kind.is_level(), path.levels)),
        };
        let paths: BTreeSet<String> = found
            .iter()
            .filter(top)
            .map(|(_, path)| path.text.to_string())
            .collect();
        paths.into_iter().collect()
    }

    fn resolve_name(&self, names: &Names, typed: &str) -> Vec<String> {
        let lexicon = &names.lexicon;
        let last = FacetPath::typed(typed).label();
        if let Some(value) = lexicon.named(last) {
            return vec![lexicon.values[value as usize].path.to_string()];
        }
        let mut paths = BTreeSet::new();
        for form in lexicon.trie.exact(&self.ids(last)) {
            match lexicon.forms.get(*form as usize).map(|f| f.means) {
                Some(names_lexicon::Means::Value(v) | names_lexicon::Means::Chief(v)) => {
                    paths.insert(lexicon.values[v as usize].path.to_string());
                }
                // "EI", "junte": every value that may be meant.
                Some(names_lexicon::Means::Role(r, _)) => {
                    let role = &lexicon.roles[r as usize];
                    let values = role.by_country.values().chain(&role.fallback);
                    paths.extend(values.map(|v| lexicon.values[*v as usize].path.to_string()));
                }
                _ => {}
            }
        }
        paths.into_iter().collect()
    }

    /// Groups of spellings that find one another in search.
    pub fn search_variants(&self) -> impl Iterator<Item = Variant<'_>> {
        self.declarations
            .iter()
            .zip(&self.lexicons)
            .flat_map(|(declaration, lexicon)| {
                let facet = declaration.name.as_str();
                let (places, names) = match lexicon {
                    Lexicon::Places(places) => (Some(places), None),
                    Lexicon::Names(names) => (None, Some(names)),
                    _ => (None, None),
                };
                let of_places = places.into_iter().flat_map(move |places| {
                    let useful = |p: &&gazetteer::Place| {
                        p.flags & (flag::ZONE | flag::COMMON) == 0 && !p.aliases.is_empty()
                    };
                    places
                        .gazetteer
                        .places
                        .iter()
                        .filter(useful)
                        .filter_map(move |place| {
                            let path = places.gazetteer.path(place.path)?;
                            let spellings = std::iter::once(&*place.name)
                                .chain(place.aliases.iter().map(|a| &**a))
                                .collect();
                            Some(Variant {
                                facet,
                                path: &path.text,
                                canonical: &place.name,
                                spellings,
                            })
                        })
                });
                let of_names = names.into_iter().flat_map(move |names| {
                    names
                        .lexicon
                        .values
                        .iter()
                        .filter(|v| v.search.len() > 1)
                        .map(move |value| Variant {
                            facet,
                            path: &value.path,
                            canonical: &value.name,
                            spellings: value.search.iter().map(|s| &**s).collect(),
                        })
                });
                of_places.chain(of_names)
            })
    }

    /// How the last level of a path is shown: `2025-10` for the month `2025/10`, else the level itself.
    pub fn label(&self, facet: &str, path: &str) -> String {
        let derive = self
            .declarations
            .iter()
            .find(|d| d.name == facet)
            .map(|d| d.derive);
        match derive {
            Some(Derivation::PublicationMonth | Derivation::EventMonths) => FacetPath::new(path).dashed(),
            _ => FacetPath::new(path).label().to_string(),
        }
    }

    /// Every place of the gazetteers that has a path and coordinates.
    pub fn place_rows(&self) -> impl Iterator<Item = PlaceRow<'_>> {
        self.lexicons.iter().flat_map(|lexicon| {
            let places = if let Lexicon::Places(places) = lexicon {
                Some(places)
            } else {
                None
            };
            places.into_iter().flat_map(|places| {
                places
                    .gazetteer
                    .places
                    .iter()
                    .filter(|p| !p.latitude.is_nan() && !p.longitude.is_nan())
                    .filter_map(|place| {
                        let path = places.gazetteer.path(place.path)?;
                        Some(PlaceRow {
                            name: &place.name,
                            kind: place.kind.rule(),
                            path: &path.text,
                            latitude: place.latitude,
                            longitude: place.longitude,
                        })
                    })
            })
        })
    }
}

/// Mark of articles that are found only when that is asked for.
pub const EXCLUDED: &str = "excluded";

/// The marks that have a meaning, in French or English.
fn mark(typed: &str) -> Option<&'static str> {
    match fold(typed).as_str() {
        "excluded" | "exclude" | "exclu" | "exclue" | "exclus" => Some(EXCLUDED),
        "reviewed" | "relu" | "relue" | "verifie" | "verifiee" => Some("reviewed"),
        _ => None,
    }
}

/// `2024-03`, `2024/03`, `03/2024`, `mars 2024`, `2024`.
fn resolve_month(typed: &str) -> Option<String> {
    let words = typed_words(typed);
    let year = |text: &str| text.parse::<i16>().ok().filter(|_| text.len() == 4);
    let month = |text: &str| words::month_number(text).or_else(|| text.parse().ok());
    let date = match words.as_slice() {
        [y] => {
            return year(y)
                .and_then(|y| PartialDate::new(y, None, None))
                .map(|d| format!("{:04}", d.year()));
        }
        [a, b] if year(a).is_some() => PartialDate::new(year(a)?, Some(month(b)?), None),
        [a, b] => PartialDate::new(year(b)?, Some(month(a)?), None),
        [y, m, d] if year(y).is_some() => PartialDate::new(year(y)?, Some(month(m)?), d.parse().ok()),
        [d, m, y] => PartialDate::new(year(y)?, Some(month(m)?), d.parse().ok()),
        _ => None,
    };
    date.and_then(PartialDate::month_path)
}

#[cfg(test)]
mod tests;
