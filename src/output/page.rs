//! A page as a recipe: its path, what it is made of, and which kind of output makes it.

use super::Kind;

/// One file of the site to be: not rendered, no context built, a few dozen bytes.
#[derive(Debug, Clone)]
pub struct Page {
    /// The file, relative to the output directory, raw, with `/` between its parts: `tags/x/page/2/index.html`.
    pub path: Box<str>,
    /// The kind of output that makes it.
    pub kind: &'static Kind,
    /// What it is about.
    pub subject: Subject,
    /// Which part of its subject it shows, from 0: the page of a list, the part of a sitemap, the format of a
    /// feed.
    pub part: u32,
}

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

impl Page {
    /// Its address from the site's home, raw: `index.html` is left out.
    pub fn address(&self) -> String {
        address_of(&self.path)
    }
}

/// The address of an output file from the site's home, raw.
pub fn address_of(path: &str) -> String {
    match path.strip_suffix("index.html") {
        Some(folder) if folder.is_empty() || folder.ends_with('/') => format!("/{folder}"),
        _ => format!("/{path}"),
    }
}

/// The output file of an address from the site's home.
pub fn path_of(address: &str) -> String {
    let path = address.trim_start_matches('/');
    if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() }
}
