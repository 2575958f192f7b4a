//! A story that was read, and the article that it became.

use crate::wire::item::Item;
use chrono::NaiveDate;

/// A story, and what was made of it.
pub(super) struct Story {
    /// What its file is called.
    pub(super) name: String,
    /// What it says.
    pub(super) item: Item,
    /// When it was published, where somebody said so.
    pub(super) published: Option<NaiveDate>,
    /// Its article's file, from the site's folder, and whether that was made.
    pub(super) path: Option<(String, bool)>,
    /// The address it is at.
    pub(super) url: Option<String>,
}
