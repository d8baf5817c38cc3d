//! The role of a place in its sentence.

/// The role of a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// Home of somebody who says something: "le maire de".
    Speaker,
    Near,
    /// "au nord de", "à 20 km de".
    Direction,
    /// "dans le nord de", of a country or region: in it.
    Part,
    /// "dans la région de".
    Container,
    Zone,
    Between,
    /// One end of a road, the other.
    Axis,
    Axis2,
    /// "venus de".
    From,
    People,
    Toward,
    State,
    Site,
    Village,
    In,
    /// "ont attaqué".
    Target,
    /// "l'attaque de".
    OfTrigger,
    Of,
    Start,
    Comma,
    Hyphen,
    None,
}

impl Role {
    /// Its name in the table of weights.
    pub fn feature(self) -> &'static str {
        match self {
            Self::Speaker => "prep=speaker",
            Self::Near => "prep=near",
            Self::Direction => "prep=direction",
            Self::Part => "prep=part",
            Self::Container => "prep=container",
            Self::Zone => "prep=zone",
            Self::Between => "prep=between",
            Self::Axis => "prep=axis",
            Self::Axis2 => "prep=axis2",
            Self::From => "prep=from",
            Self::People => "prep=people",
            Self::Toward => "prep=toward",
            Self::State => "prep=state",
            Self::Site => "prep=site",
            Self::Village => "prep=village",
            Self::In => "prep=in",
            Self::Target => "prep=target",
            Self::OfTrigger => "prep=of_trigger",
            Self::Of => "prep=of",
            Self::Start => "prep=start",
            Self::Comma => "prep=comma",
            Self::Hyphen => "prep=hyphen",
            Self::None => "prep=none",
        }
    }

    /// Whether something may well take place where a place has it.
    pub fn is_scene(self) -> bool {
        matches!(
            self,
            Self::In | Self::Site | Self::Village | Self::Target | Self::OfTrigger | Self::Near | Self::Start
        )
    }
}
