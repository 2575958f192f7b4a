//! A page as a recipe: its path, what it is made of, and which kind of output makes it.

use super::kind::Kind;
use rayon::prelude::*;

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

/// Everything that is to be published.
#[derive(Debug, Default)]
pub struct Plan {
    /// The pages, in the order of the table of kinds.
    pub pages: Vec<Page>,
    /// The places of `pages`, by path.
    by_path: Vec<u32>,
}

impl Plan {
    /// A plan of pages whose paths are all different.
    pub(super) fn new(pages: Vec<Page>) -> Self {
        let mut by_path: Vec<u32> = (0..).take(pages.len()).collect();
        by_path.par_sort_unstable_by(|a, b| pages[*a as usize].path.cmp(&pages[*b as usize].path));
        Self { pages, by_path }
    }

    /// The page at an output path.
    pub fn find(&self, path: &str) -> Option<&Page> {
        let at = self.by_path.binary_search_by(|id| (*self.pages[*id as usize].path).cmp(path)).ok()?;
        self.pages.get(self.by_path[at] as usize)
    }

    /// The pages in the order of their paths.
    pub fn sorted(&self) -> impl Iterator<Item = &Page> {
        self.by_path.iter().map(|id| &self.pages[*id as usize])
    }
}
