//! Bare words such as "soldats" and "junte": they speak of whoever is named nearest.

use super::text::Found;

/// Sentences back in which a bare word finds who it speaks of.
const BACK: u32 = 2;

/// Sentences of the body in which one of the title does.
const OF_TITLE: u32 = 2;

/// Somebody whom bare words of a role may speak of.
#[derive(Debug, Clone, Copy)]
struct Named {
    reading: usize,
    sentence: u32,
    from: usize,
    /// None for those who have no value: "soldats sénégalais".
    value: Option<u32>,
}

/// A bare word of a role.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bare {
    pub role: u32,
    pub reading: usize,
    pub sentence: u32,
    pub from: usize,
    pub to: usize,
}

/// Whom a text names, in order of reading, and the bare words that may speak of them.
pub(super) struct Nearest {
    /// By role.
    named: Vec<Vec<Named>>,
    pub bare: Vec<Bare>,
}

impl Nearest {
    pub fn new(roles: usize) -> Self {
        Self {
            named: (0..roles).map(|_| Vec::new()).collect(),
            bare: Vec::new(),
        }
    }

    /// Notes that somebody of a role is named; `place`: reading, sentence, word.
    pub fn name(&mut self, role: u32, value: Option<u32>, (reading, sentence, from): (usize, u32, usize)) {
        if let Some(named) = self.named.get_mut(role as usize) {
            named.push(Named {
                reading,
                sentence,
                from,
                value,
            });
        }
    }

    /// Whom a bare word speaks of: None where nobody is named near it, and Some(None) for somebody without a value.
    fn of(&self, bare: &Bare) -> Option<Option<u32>> {
        let named = self.named.get(bare.role as usize)?;
        let past = named.partition_point(|n| (n.reading, n.from) < (bare.reading, bare.from));
        let before = named[..past]
            .last()
            .filter(|n| n.reading == bare.reading && n.sentence + BACK >= bare.sentence);
        let after = || {
            named.get(past).filter(|n| match n.reading == bare.reading {
                true => n.sentence == bare.sentence,
                false => bare.reading == 0 && n.sentence < OF_TITLE,
            })
        };
        before.or_else(after).map(|n| n.value)
    }

    /// Whether a text names only others of a role.
    pub fn has_others(&self, role: u32, value: u32) -> bool {
        let named = self.named.get(role as usize);
        named.is_some_and(|named| !named.is_empty() && named.iter().all(|n| n.value != Some(value)))
    }

    /// The bare words, as values; `open` gives those that speak of nobody near.
    pub fn values(&self, open: impl Fn(&Bare) -> Option<(u32, &'static str)>, out: &mut Vec<Found>) {
        for bare in &self.bare {
            let value = match self.of(bare) {
                Some(value) => value.map(|value| (value, "nearest")),
                None => open(bare),
            };
            out.extend(value.map(|(value, rule)| Found {
                value,
                reading: bare.reading,
                from: bare.from,
                to: bare.to,
                rule,
            }));
        }
    }
}
