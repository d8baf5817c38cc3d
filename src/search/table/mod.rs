//! Tables over the articles that a query finds.

pub mod axis;
pub mod chronology;
pub mod compare;
pub mod corrected_events;
mod decided_groups;
pub mod event_filter;
pub mod events;
pub mod former_regions;
pub mod groups;
pub mod mentions;
pub mod overrepresented;
pub mod pivot;
pub mod timeline;
