//! Lists of articles that pages show parts of.

use super::id::TermId;

/// A list of articles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum List {
    /// All that are shown, newest first.
    All,
    /// Those of a term, newest first.
    Term(TermId),
    /// Those of a year or a month, newest first; those of a day by priority.
    Period(u32),
}
