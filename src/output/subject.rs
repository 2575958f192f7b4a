//! What a page is about.

/// What a page is about: places in the tables of the site.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Subject {
    /// The whole site.
    Site,
    /// An article.
    Article(u32),
    /// A standing page.
    Standing(u32),
    /// A year, a month or a day.
    Period(u32),
    /// A taxonomy.
    Taxonomy(u16),
    /// A term of a taxonomy.
    Term(u16, u32),
    /// A file that is published as it is.
    Asset(u32),
    /// A file beside an article: the article, and the file's place in its bundle.
    ArticleFile(u32, u32),
    /// A file beside a standing page.
    StandingFile(u32, u32),
}
