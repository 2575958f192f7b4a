//! Places in the tables of a site.

/// The place of an article in the site's order.
pub type ArticleId = u32;

/// The place of a standing page among the site's.
pub type StandingId = u32;

/// A term of a taxonomy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TermId {
    /// The taxonomy's place in the settings.
    pub taxonomy: u16,
    /// The term's place among the taxonomy's.
    pub term: u32,
}
