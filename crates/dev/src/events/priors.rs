//! What weights are pulled to: judgements made by hand, of reasons that are plain to a reader.

/// Of the table `place`; the others are pulled to 0.
const PLACE: [(&str, f64); 66] = [
    ("prep=from", -2.0),
    ("prep=toward", -2.0),
    ("prep=speaker", -2.0),
    ("prep=state", -2.0),
    ("prep=people", -1.5),
    ("prep=direction", -1.0),
    ("prep=container", -1.0),
    ("kind=country", -2.0),
    ("apposition", -1.5),
    ("contained", -1.0),
    ("no_trigger", -1.5),
    ("prep=in", 0.7),
    ("prep=site", 0.7),
    ("prep=village", 0.7),
    ("prep=target", 0.7),
    ("prep=of_trigger", 0.7),
    ("prep=near", 0.3),
    ("prep=part", 0.3),
    ("trig_strong", 0.7),
    ("habit", -0.7),
    ("irreal", -0.7),
    ("neg", -0.5),
    ("sport", -0.7),
    ("in_paren", -0.7),
    ("finer_in_clause", -0.5),
    ("dateline", -2.0),
    ("comparison", -1.5),
    ("speech_after", -1.0),
    ("no_strong_in_sentence", -1.0),
    ("axis_scene_beside", -1.5),
    ("finer_in_article", -1.0),
    ("finer_anywhere", -0.5),
    ("scene_beside", -0.5),
    ("in_after_place", -1.5),
    ("contained_after", -1.5),
    ("statistic", -2.0),
    ("irreal_near", -0.5),
    ("described", -0.3),
    ("prep=zone", 0.3),
    ("where_clause", 1.0),
    ("named_thing", -2.0),
    ("unnamed_village", -1.0),
    ("abroad", -2.0),
    ("unknown_in", -1.0),
    ("capital_bare", -2.0),
    ("aftermath", -0.5),
    ("official_taken", 0.5),
    ("brought_to", -1.5),
    ("meeting_at", -1.0),
    ("agent", -1.0),
    ("decides", -1.0),
    ("far", -1.0),
    ("future", -1.0),
    ("future_near", -0.5),
    ("coup_told", 0.5),
    ("total", -1.0),
    ("life", -1.0),
    ("country_told", 0.7),
    ("country_full", 1.0),
    ("country_vague", -1.0),
    ("country_year", -0.7),
    ("area_alone", 0.7),
    ("kind=none", -1.0),
    ("nowhere_figure", 1.0),
    ("nowhere_bare", -0.5),
    ("countries", -1.0),
];

/// What the weight of a reason for a place is pulled to.
pub fn place(reason: &str) -> f64 {
    let known = PLACE.iter().find(|(name, _)| *name == reason);
    known.map_or(0.0, |(_, weight)| *weight)
}

/// What the weight of a reason for a row is pulled to.
pub fn row(reason: &str) -> f64 {
    if reason == "score" { 0.6 } else { 0.0 }
}
