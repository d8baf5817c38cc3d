//! Why an event takes place at a place that is mentioned, or doesn't: the reasons of the table `place`.
//!
//! | reason | it holds if |
//! |---|---|
//! | `prep=…` | the words before the place give it this role ([`super::roles`]) |
//! | `kind=…` | it is of this kind |
//! | `chain`, `axis` | it stands in a list after another place; is the end of a road |
//! | `contained`, `contained_after`, `apposition`, `in_after_place`, `in_paren` | it is told as what contains or neighbours another place |
//! | `finer_…`, `unnamed_village` | a finer place, or a village without a name, is told in it |
//! | `scene_beside`, `scene_before`, `axis_scene_beside`, `first_in_sentence`, `many_places` | which other places the sentence has |
//! | `trig=…`, `trig_strong`, `trig_soft`, `no_trigger`, `strong2`, `strong3`, `no_strong_in_sentence` | which deeds are told ([`super::triggers`]) |
//! | `dist`, `clauses=…`, `trig_before`, `trig_after` | how far from the nearest |
//! | `irreal`, `irreal_near`, `future`, `future_near`, `neg`, `habit`, `pluperfect`, `background`, `perfect`, `aftermath`, `sport`, `nominal` | how the deed is told ([`super::doubts`]) |
//! | `date=…`, `since`, `date_in_clause`, `undated` | which date goes with it |
//! | `toll_in_sentence`, `toll_in_clause` | figures stand beside it |
//! | `sent=…`, `title`, `late`, `long`, `repeated`, `dateline` | where in the text, how often |
//! | `brought_to`, `meeting_at`, `agent`, `far`, `decides`, `total`, `life` | words around it that make it no scene ([`super::manner`]) |
//! | `country_in`, `country_told`, `country_full`, `country_vague`, `country_year`, `countries` | a country: "au Mali"; with a deed, its date or figure beside it; with both or none, of a year; one of several |
//! | `coup_told` | the word for a coup, in the country that the text is about |
//! | `area_alone` | a region in which the sentence names nothing |
//! | `nowhere_figure`, `nowhere_bare` | no place at all: with a figure, without |
//! | `comparison`, `where_clause`, `named_thing`, `abroad`, `capital_bare`, `unknown_in`, `speech_after`, `statistic`, `described`, `report_before`, `official_taken` | words around it |

use super::anchor::date_of;
use super::article::Article;
use super::dates::{Kind as DateKind, Role as DateRole};
use super::doubts::{
    is_aftermath, is_background, is_future, is_habit, is_irreal, is_negated, is_pluperfect, is_report,
    is_sport,
};
use super::manner;
use super::pattern::patterns;
use super::place::{Kind, Place};
use super::role::Role;
use super::triggers::Deed;
use super::weights::Features;

/// What is known of a place as the scene of an event.
#[derive(Debug, Clone, Default)]
pub(super) struct Scene {
    pub features: Features,
    /// That of the nearest trigger.
    pub deed: Option<Deed>,
    /// Number of the date that goes with it.
    pub date: Option<usize>,
}

patterns! {
    APPOSED = r"^\s*[,(] ?(?:(?:dans|en|a) )?(?:l[ae] |l')?(?:vaste )?(?:<ADM>|pres|non loin|a \d|a une|au (?:nord|sud|est|ouest|centre)|centre|nord|sud|est|ouest|frontiere|en|localite|ville|province)";
    NEAR_IT = r"^ ?(?:pres|non loin|a proximite|aux environs) ";
    SITUATED = r"\b(?:situe|sis|distant|chef-lieu|limitrophe|frontal|voisin|proche)\w*";
    THEN_IN = r"^, (?:a|au|dans|en|sur) (?:le |la |l'|les )?$";
    AND_IN = r"^[^.;:]{0,30}\bet\b (?:a|au|dans)\b";
    HAVE_BEFORE = r"\b(?:a|ont|a ete|ont ete|est|sont) (?:\w+ )?$";
    HAVE = r"^(?:a|ont) ";
    UNNAMED = r"\b(?:villages?|localites?|communes?|villes?|postes?|camps?|bases?) (?:\w+ ){0,3}?(?:<DE>|dans )(?:la |le )?(?:region|province|departement|cercle) <DE>$";
    DATELINE_AFTER = r"^(?:,? \d| - |, le )";
    COMPARED = r"\bcomme (?:\w+ ){0,2}$|compar\w+ (?:a|avec) $|a l'image de $";
    WHERE = r"^(?: \([^)]*\))?(?:, [^,.;]{0,40})?,? ou ([^.;]{0,60})";
    NAMED = r"\b(?:bateau|navire|ferry|appele|nomme|baptise|pinasse),? (?:« ?|le )?$|(?:^|[^-])\b(?:du|le|au) (?:« ?)?$";
    OF_A_PLACE = r"\b(?:cercle|camp|poste|village|quartier) du $";
    ARTICLE = r"^(?:le|la|les) ";
    SAYS = r"^ (?:a|ont)? ?(?:dit|disent|declare|indique|affirme|explique|rapporte|confirme|joint|contacte|interroge|raconte|temoigne)\b";
    PER_CENT = r"\d ?% (?:a|dans|au|en) (?:la |le )?(?:region |cercle )?(?:de |d'|du )?$";
    DESCRIBED = r"^,? (?:est|se trouve|se situe|etait)(?: un| une| situe\w*| a | dans | l'| le | la )";
    VERB = r"\b(?:a|ont|est|sont|avait|avaient|etait|etaient)\b";
}

/// Capitals whose names stand for governments as often as for cities.
const CAPITALS: [&str; 27] = [
    "bamako",
    "ouagadougou",
    "niamey",
    "alger",
    "paris",
    "washington",
    "dakar",
    "abidjan",
    "nouakchott",
    "moscou",
    "newyork",
    "geneve",
    "lome",
    "cotonou",
    "abuja",
    "accra",
    "rabat",
    "ndjamena",
    "conakry",
    "elysee",
    "kremlin",
    "quaidorsay",
    "maisonblanche",
    "matignon",
    "pentagone",
    "koulouba",
    "kosyam",
];
const FIRST_PALACE: usize = 19;

/// Countries that articles on the Sahel name, but nothing of theirs takes place in.
const ABROAD: [&str; 16] = [
    "france",
    "russie",
    "etatsunis",
    "belgique",
    "allemagne",
    "royaumeuni",
    "italie",
    "espagne",
    "suisse",
    "chine",
    "turquie",
    "ukraine",
    "colombie",
    "canada",
    "qatar",
    "arabiesaoudite",
];

/// The reasons of every place of an article.
pub(super) fn scenes(article: &Article<'_>) -> Vec<Scene> {
    let mut scenes: Vec<Scene> = (0..article.places.len())
        .map(|at| Reader::new(article, at).scene())
        .collect();
    finer_anywhere(article, &mut scenes);
    scenes
}

/// The sentence from which on a text goes into its background.
const LATE: usize = 7;

/// Sentences within which a place told without a date may be that of what a country's sentence tells.
const NEAR: usize = 2;

/// Marks areas of which the article tells a finer place, at no other date.
fn finer_anywhere(article: &Article<'_>, scenes: &mut [Scene]) {
    for at in 0..scenes.len() {
        let place = &article.places[at];
        // A government is overthrown in its country, whatever else is named.
        if place.kind.coarseness().is_none() || scenes[at].features.has("coup_told") {
            continue;
        }
        let mut finer = article
            .places
            .iter()
            .enumerate()
            .filter(|(_, other)| place.contains(other));
        let first = finer.next();
        let own = scenes[at].date.filter(|d| article.dates[*d].is_event());
        let is_same_time = |other: usize| {
            // Nearly everything lies in the country: what is told far from it, at no date, says nothing.
            let apart = article.places[other].sentence.abs_diff(place.sentence);
            let is_far = place.kind == Kind::Country && apart > NEAR;
            let Some(other) = scenes[other].date.filter(|d| article.dates[*d].is_event()) else {
                return !is_far;
            };
            let Some(own) = own else { return !is_far };
            let (one, two) = (&article.dates[own], &article.dates[other]);
            own == other
                || one.weekday.is_some() && one.weekday == two.weekday
                || one.edtf.zip(two.edtf).is_some_and(|(one, two)| one.may_be(&two))
        };
        let same = first
            .into_iter()
            .chain(finer)
            .any(|(other, _)| is_same_time(other));
        scenes[at].features.set_if(first.is_some(), "finer_anywhere");
        scenes[at].features.set_if(same, "finer_in_article");
    }
}

/// A place being looked at.
struct Reader<'r, 't> {
    article: &'r Article<'t>,
    place: &'r Place,
    /// Its sentence.
    from: usize,
    to: usize,
    /// The places of its sentence, and which of them it is.
    here: Vec<&'r Place>,
    number: usize,
    /// The clause of its trigger.
    clause: (usize, usize),
    features: Features,
}

impl<'r, 't> Reader<'r, 't> {
    fn new(article: &'r Article<'t>, at: usize) -> Self {
        let place = &article.places[at];
        let (from, to) = article.sentence(place.sentence);
        let here = article.places[article.places_of(place.sentence)].iter();
        let here: Vec<&Place> = here.filter(|p| !p.aside || p.from == place.from).collect();
        Self {
            article,
            place,
            from,
            to,
            number: here.iter().take_while(|p| p.from < place.from).count(),
            here,
            clause: (from, to),
            features: Features::default(),
        }
    }

    fn fold(&self, from: usize, to: usize) -> &'r [u8] {
        self.article.text.folded(from, to)
    }

    /// At most so many characters before the place, of its sentence.
    fn before(&self, most: usize) -> &'r [u8] {
        self.fold(
            self.from.max(self.place.from.saturating_sub(most)),
            self.place.from,
        )
    }

    fn after(&self, most: usize) -> &'r [u8] {
        self.article.text.after(self.place.to, most)
    }

    fn same_clause(&self, other: &Place) -> bool {
        self.article.clause(other.from) == self.article.clause(self.place.from)
    }

    fn scene(mut self) -> Scene {
        self.features.set(self.place.role.feature());
        self.features.set_if(self.place.chain > 0, "chain");
        self.features.set(self.place.kind.feature());
        self.beside();
        self.after_another();
        let trigger = self.trigger();
        self.figures();
        self.names();
        let date = self.date(trigger);
        self.position();
        self.words();
        self.country();
        let deed = trigger.map(|t| self.article.triggers[t].deed);
        let taken = self.place.role == Role::Speaker && deed == Some(Deed::Kidnapping);
        self.features.set_if(taken, "official_taken");
        Scene {
            features: self.features,
            deed,
            date,
        }
    }

    /// The other places of the sentence.
    fn beside(&mut self) {
        let (place, here, number) = (self.place, self.here.clone(), self.number);
        let others = || {
            here.iter()
                .enumerate()
                .filter(move |(n, _)| *n != number)
                .map(|(_, p)| *p)
        };
        let mut finer = others().filter(|p| p.kind.rank() > place.kind.rank()).peekable();
        let is_finer = finer.peek().is_some();
        let in_clause = finer.any(|p| self.same_clause(p));
        let better = |p: &&Place| p.chain == 0 && p.role.is_scene() && !p.contained && self.same_clause(p);
        let beside = !place.role.is_scene() && others().any(|p| better(&p));
        let before = place.role.is_scene() && place.chain == 0 && here[..number].iter().any(better);
        self.features.set_if(place.contained, "contained");
        self.features.set_if(is_finer, "finer_in_sentence");
        self.features.set_if(in_clause, "finer_in_clause");
        self.features.set_if(beside, "scene_beside");
        self.features.set_if(before, "scene_before");
        self.features.set_if(number == 0, "first_in_sentence");
        self.features.set_if(here.len() >= 5, "many_places");
        if place.road_end > 0 {
            let on_it = |p: &Place| {
                p.road_end == 0
                    && !p.contained
                    && matches!(p.role, Role::In | Role::Near | Role::Site | Role::Village)
                    && !matches!(p.kind, Kind::Region | Kind::Country)
                    && p.from.abs_diff(place.from) < 90
            };
            let between = place.role == Role::Axis && here.iter().any(|p| p.role == Role::Between);
            let scene = others().any(on_it) || between;
            self.features.set("axis");
            self.features.set_if(scene, "axis_scene_beside");
        }
    }

    /// ", cercle de X", ", près de X", "(région de X)".
    fn after_another(&mut self) {
        let place = self.place;
        let Some(before) = self.here[..self.number].iter().rev().find(|p| p.to <= place.from) else {
            return;
        };
        let gap = self.fold(before.to, place.from);
        let role = place.role;
        let may_be = matches!(
            role,
            Role::Container
                | Role::Near
                | Role::Direction
                | Role::In
                | Role::Of
                | Role::Comma
                | Role::Village
                | Role::None
        );
        let apposed = gap.len() < 60 && may_be && APPOSED.begins(gap).is_some()
            || gap.len() < 40 && role == Role::Near && NEAR_IT.begins(gap).is_some()
            || gap.len() < 110 && SITUATED.is_in(gap) && self.article.stops(before.to, place.from) == 0;
        self.features.set_if(apposed, "apposition");
        let contained = place.contained && gap.len() < 25 && place.chain == 0;
        self.features.set_if(contained, "contained_after");
        let then = place.road_end == 0 && THEN_IN.is_in(gap) && AND_IN.begins(self.after(45)).is_none();
        self.features.set_if(then, "in_after_place");
    }

    /// The nearest trigger of the sentence, by distance, clauses and kind.
    fn trigger(&mut self) -> Option<usize> {
        let (article, place) = (self.article, self.place);
        let triggers = article.triggers_of(place.sentence);
        let strong = triggers.iter().filter(|t| t.deed.is_violent()).count();
        self.features.set_if(strong == 0, "no_strong_in_sentence");
        let distance =
            |from: usize, to: usize| from.saturating_sub(place.to).max(place.from.saturating_sub(to));
        let cost = |from: usize, to: usize, deed: Deed| {
            let kind = match deed {
                Deed::Weak => 14.0,
                deed if deed.is_soft() => 6.0,
                _ => 0.0,
            };
            distance(from, to) as f64 / 10.0
                + 5.0 * article.clauses_apart(from, place.from) as f64
                + 8.0 * f64::from(article.stops(from, place.from))
                + kind
        };
        let costs = triggers.iter().map(|t| cost(t.from, t.to, t.deed)).enumerate();
        let Some((nearest, _)) = costs.min_by(|a, b| a.1.total_cmp(&b.1)) else {
            self.features.set("no_trigger");
            return None;
        };
        let trigger = triggers[nearest];
        self.features.set(trigger.deed.feature());
        self.features.set(if trigger.deed.is_violent() {
            "trig_strong"
        } else {
            "trig_soft"
        });
        self.features
            .set(match article.clauses_apart(trigger.from, place.from) {
                0 => "clauses=0",
                1 => "clauses=1",
                _ => "clauses=2+",
            });
        self.features
            .add("dist", distance(trigger.from, trigger.to).min(150) as f64 / 100.0);
        self.features.set(if trigger.from < place.from {
            "trig_before"
        } else {
            "trig_after"
        });
        self.told(trigger.from, trigger.to);
        Some(article.triggers.partition_point(|t| t.from < trigger.from))
    }

    /// How the deed is told.
    fn told(&mut self, from: usize, to: usize) {
        let article = self.article;
        let before = self.fold(self.from, from);
        let start = before.iter().rposition(|b| matches!(b, b';' | b':' | b'.'));
        let start = start.map_or(self.from, |at| self.from + at);
        let rest = self.fold(to, self.to);
        let end = rest.iter().position(|b| *b == b';').map_or(self.to, |at| to + at);
        self.clause = (start, end);
        let clause = self.fold(start, end);
        let near = |most: usize, more: usize| self.fold(start.max(from.saturating_sub(most)), to + more);
        let neg = is_negated(self.fold(start.max(from.saturating_sub(25)), to));
        let perfect = HAVE_BEFORE.is_in(self.fold(self.from.max(from.saturating_sub(14)), from))
            || HAVE.begins(article.text.after(from, 6)).is_some();
        let reasons = [
            (is_irreal(near(50, 5)), "irreal"),
            (is_future(near(40, 0)), "future"),
            (is_future(self.before(110)), "future_near"),
            (neg, "neg"),
            (is_habit(clause), "habit"),
            (is_pluperfect(near(25, 2)), "pluperfect"),
            (is_background(clause), "background"),
            (perfect, "perfect"),
        ];
        for (holds, name) in reasons {
            self.features.set_if(holds, name);
        }
        let triggers = article.triggers_of(self.place.sentence).iter();
        let strong = triggers
            .filter(|t| start <= t.from && t.from < end && t.deed.is_violent())
            .count();
        self.features.set_if(strong >= 2, "strong2");
        self.features.set_if(strong >= 3, "strong3");
    }

    fn figures(&mut self) {
        let figures = &self.article.figures;
        let any = |from: usize, to: usize| {
            let at = figures.partition_point(|figure| figure.from < from);
            figures.get(at).is_some_and(|figure| figure.from < to)
        };
        self.features.set_if(any(self.from, self.to), "toll_in_sentence");
        self.features
            .set_if(any(self.clause.0, self.clause.1), "toll_in_clause");
    }

    fn date(&mut self, trigger: Option<usize>) -> Option<usize> {
        let (article, place) = (self.article, self.place);
        let trigger = trigger.map(|t| article.triggers[t].from);
        let number = date_of(article, place.from, place.to, trigger);
        let Some(date) = number.map(|n| &article.dates[n]) else {
            self.features.set("undated");
            return None;
        };
        self.features.set(match date.kind {
            DateKind::Day
            | DateKind::Range
            | DateKind::Night
            | DateKind::DayOnly
            | DateKind::SameDay
            | DateKind::NextDay
            | DateKind::Later
            | DateKind::After => "date=day",
            DateKind::Weekday
            | DateKind::Yesterday
            | DateKind::Today
            | DateKind::WeekdayNight
            | DateKind::BeforeYesterday
            | DateKind::Weekend
            | DateKind::Eve => "date=weekday",
            DateKind::Month => "date=month",
            DateKind::Year => "date=year",
            _ => "date=relative",
        });
        self.features.set_if(date.role == DateRole::Since, "since");
        let same = article.clause(date.from) == article.clause(place.from);
        self.features.set_if(same, "date_in_clause");
        number
    }

    fn position(&mut self) {
        let place = self.place;
        self.features.set(match place.sentence {
            0 => "sent=0",
            1 => "sent=1",
            _ => "sent=2+",
        });
        let coarse = matches!(place.kind, Kind::Country | Kind::Nowhere);
        self.features.set_if(coarse && place.sentence >= LATE, "late");
        self.features.set_if(coarse && self.article.is_long(), "long");
        let told = self.article.told.get(&place.key).copied().unwrap_or(0);
        self.features.set_if(told > 1 && !place.aside, "repeated");
        let title = place.sentence == 0 && self.article.is_title();
        self.features.set_if(title, "title");
        let triggers = self.article.triggers_of(place.sentence).iter();
        let mut coups = triggers.filter(|t| t.deed == Deed::Coup);
        let told = place.kind == Kind::Country && coups.any(|t| t.from == place.from);
        self.features.set_if(told, "coup_told");
        let opens = place.from - self.from < 3;
        let dash = matches!(self.after(2), b"- " | b" -");
        let dated = self.article.has_dateline && DATELINE_AFTER.begins(self.after(5)).is_some();
        self.features.set_if(opens && (dash || dated), "dateline");
    }

    /// What kind of name it is.
    fn names(&mut self) {
        let place = self.place;
        let role = place.role;
        let bare = matches!(
            role,
            Role::Start | Role::None | Role::Of | Role::Comma | Role::State | Role::From
        );
        let capital = CAPITALS.iter().position(|name| *name == place.key);
        let is_bare = capital.is_some_and(|at| at >= FIRST_PALACE || bare);
        let country = place.levels.first().map(String::as_str);
        let is_foreign = capital.is_some() && !place.is_known();
        let abroad = is_foreign || country.is_some_and(|country| ABROAD.contains(&country));
        let before = self.article.text.before(place.from, 20);
        let named = place.is_known()
            && matches!(place.kind, Kind::Town | Kind::Village)
            && NAMED.is_in(before)
            && !OF_A_PLACE.is_in(before)
            && ARTICLE.begins(self.article.text.after(place.from, 5)).is_none();
        let area =
            matches!(place.kind, Kind::Region | Kind::Country | Kind::Province) || role == Role::Container;
        let unnamed = area && UNNAMED.is_in(self.before(60));
        let unknown = !place.is_known() && role == Role::In;
        for (holds, name) in [
            (is_bare, "capital_bare"),
            (abroad, "abroad"),
            (named, "named_thing"),
            (unnamed, "unnamed_village"),
            (unknown, "unknown_in"),
        ] {
            self.features.set_if(holds, name);
        }
    }

    /// The words around it.
    fn words(&mut self) {
        let place = self.place;
        let sentence = self.fold(self.from, self.to);
        let clause = self.fold(self.clause.0, self.clause.1);
        let before = self.fold(self.from, place.from);
        let open = before.iter().rposition(|b| *b == b'(');
        let closed = before.iter().rposition(|b| *b == b')');
        let in_brackets = open.is_some_and(|at| before.len() - at < 60 && closed.is_none_or(|c| c < at));
        let is_mark = |b: &u8| matches!(*b, b';' | b':' | b'.');
        let left = before
            .iter()
            .rposition(is_mark)
            .map_or(self.from, |at| self.from + at);
        let rest = self.fold(place.to, self.to);
        let right = rest.iter().position(is_mark).map_or(self.to, |at| place.to + at);
        let near = self.fold(left.max(place.from.saturating_sub(80)), right.min(place.to + 80));
        let report =
            matches!(place.role, Role::Speaker | Role::Of | Role::State) && is_report(self.before(25));
        for (holds, name) in [
            (COMPARED.is_in(self.before(30)), "comparison"),
            (self.has_where_clause(), "where_clause"),
            (is_aftermath(clause), "aftermath"),
            (SAYS.begins(self.after(30)).is_some(), "speech_after"),
            (is_sport(sentence), "sport"),
            (
                PER_CENT.is_in(self.article.text.before(place.from, 40)),
                "statistic",
            ),
            (is_irreal(near), "irreal_near"),
            (in_brackets, "in_paren"),
            (DESCRIBED.begins(self.after(30)).is_some(), "described"),
            (!VERB.is_in(sentence), "nominal"),
            (report, "report_before"),
        ] {
            self.features.set_if(holds, name);
        }
    }

    /// A country: where nothing finer is told, what happens in it does.
    fn country(&mut self) {
        let place = self.place;
        let around = manner::Around {
            sentence: self.fold(self.from, self.to),
            before: self.before(90),
            after: self.after(60),
        };
        for name in manner::reasons(&around) {
            self.features.set(name);
        }
        let has = |name: &str| self.features.has(name);
        let is_area = matches!(place.role, Role::Container | Role::Zone) && place.kind != Kind::Country;
        let alone = is_area && !has("finer_in_sentence") && !has("apposition") && !place.contained;
        let figure = has("toll_in_clause");
        let dated = has("date_in_clause") && (has("date=day") || has("date=weekday") || has("date=month"));
        let nowhere = place.kind == Kind::Nowhere;
        let yearly = has("date=year") || has("since");
        for (holds, name) in [
            (alone, "area_alone"),
            (nowhere && figure, "nowhere_figure"),
            (nowhere && !figure, "nowhere_bare"),
        ] {
            self.features.set_if(holds, name);
        }
        if place.kind != Kind::Country {
            return;
        }
        let is_in = matches!(place.role, Role::In | Role::Part);
        let is_told = self.features.has("trig_strong")
            && self.features.has("clauses=0")
            && (self.features.has("toll_in_clause") || self.features.has("date_in_clause"));
        let countries = self.here.iter().filter(|p| p.kind == Kind::Country).count();
        for (holds, name) in [
            (is_in, "country_in"),
            (is_in && is_told, "country_told"),
            (is_in && figure && dated, "country_full"),
            (!figure && !dated, "country_vague"),
            (yearly, "country_year"),
            (countries >= 3, "countries"),
        ] {
            self.features.set_if(holds, name);
        }
    }

    /// "à X, où des hommes armés ont attaqué".
    fn has_where_clause(&self) -> bool {
        let after = self.after(120);
        let Some(length) = WHERE.begins(after) else {
            return false;
        };
        let (from, to) = (self.place.to, self.place.to + length);
        let triggers = &self.article.triggers;
        let first = triggers.partition_point(|t| t.from < from);
        triggers[first..]
            .iter()
            .take_while(|t| t.from < to)
            .any(|t| t.deed.is_violent())
    }
}
