//! A link that stands in the settings.

use crate::diagnostic::Location;

/// A labelled link in the settings, with its place for when it turns out to be dead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The words.
    pub label: String,
    /// Where to: an address from the site's home, or an absolute one.
    pub to: String,
    /// Where this is written.
    pub location: Location,
}
