//! A page as a recipe: its path, what it is about, and the kind of output that makes it, from what it asks a desk.

use super::desk::Desk;
use super::page_context::PageContext;
use super::subject::Subject;
use crate::diagnostic::Location;
use crate::site::{Origin, Site};
use rayon::prelude::*;
use tera::Context;

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
    /// feed. Of a picture's rendition it is the width in pixels.
    pub part: u32,
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
    if path.is_empty() || path.ends_with('/') { [path, "index.html"].concat() } else { path.to_owned() }
}

/// Everything that is to be published.
#[derive(Debug, Default)]
pub struct Plan {
    /// The pages, in the order that they are best made in.
    pub pages: Vec<Page>,
    /// The places of `pages`, by path.
    by_path: Vec<u32>,
}

impl Plan {
    /// A plan of pages whose paths are all different, and their places in the order of these paths.
    pub(super) fn new(pages: Vec<Page>, by_path: Vec<u32>) -> Self {
        Self { pages, by_path }
    }

    /// The same plan with its pages in another order, given by their places.
    pub(super) fn reordered(self, order: impl Iterator<Item = u32>) -> Self {
        let mut places = vec![0; self.pages.len()];
        let mut pages: Vec<Option<Page>> = self.pages.into_iter().map(Some).collect();
        let mut reordered = Vec::with_capacity(pages.len());
        for old in order {
            if let Some(page) = pages[old as usize].take() {
                places[old as usize] = reordered.len() as u32;
                reordered.push(page);
            }
        }
        let by_path = self.by_path.into_iter().map(|place| places[place as usize]).collect();
        Self { pages: reordered, by_path }
    }

    /// The page at an output path.
    pub fn find(&self, path: &str) -> Option<&Page> {
        Some(&self.pages[self.place(path)?])
    }

    /// The place among `pages` of the one at an output path.
    pub fn place(&self, path: &str) -> Option<usize> {
        let at = self.by_path.binary_search_by(|id| (*self.pages[*id as usize].path).cmp(path)).ok()?;
        Some(self.by_path[at] as usize)
    }

    /// Whether there is a page in a folder, whose path ends with a slash.
    pub fn has_in(&self, folder: &str) -> bool {
        let at = self.by_path.partition_point(|id| *self.pages[*id as usize].path < *folder);
        self.by_path.get(at).is_some_and(|id| self.pages[*id as usize].path.starts_with(folder))
    }

    /// The pages in the order of their paths.
    pub fn sorted(&self) -> impl Iterator<Item = &Page> {
        self.sorted_places().map(|place| &self.pages[place])
    }

    /// The places of the pages in the order of their paths.
    pub fn sorted_places(&self) -> impl Iterator<Item = usize> {
        self.by_path.iter().map(|place| *place as usize)
    }

    /// The same, as they lie there.
    pub fn order(&self) -> &[u32] {
        &self.by_path
    }
}

/// One kind of output: which pages there are, and how one is made. A kind is one file, and one line in the table
/// of this module.
#[derive(Debug)]
pub struct Kind {
    /// The name, which is `page.kind` where there are several of one name.
    pub name: &'static str,
    /// Adds the pages of this kind, from what the site holds and what is planned already.
    pub plan: fn(&Site, &mut Planner),
    /// Makes one of them, ready to be rendered or written.
    pub make: fn(&Page, &dyn Desk) -> Made,
    /// Whether a file of the site's own `static/` at the same path takes its place without an error.
    pub yields: bool,
    /// Whether its pages stand in the sitemap.
    pub listed: bool,
}

/// What making a page comes to.
#[expect(clippy::large_enum_variant, reason = "one is made a page, and taken apart at once")]
#[derive(Debug)]
pub enum Made {
    /// A template and its variables, to be rendered.
    Template {
        /// The template's name.
        name: String,
        /// Where front matter names it, if it does.
        named: Option<(String, Location)>,
        /// Its variables, besides `site`.
        context: Context,
        /// What `page` is.
        page: PageContext,
    },
    /// A template of SVG and all its variables besides `site`, to be rendered and then drawn.
    Drawing {
        /// The template's name.
        name: &'static str,
        /// Its variables; `page` is among them.
        context: Context,
    },
    /// Finished bytes.
    Bytes(Vec<u8>),
    /// Bytes of the program.
    Static(&'static [u8]),
    /// A file to be copied, from the site's root.
    File(Box<str>),
    /// A picture to be made smaller.
    Rendition {
        /// The picture, from the site's root.
        file: Box<str>,
        /// How wide it is to be, in pixels.
        width: u32,
    },
    /// Nothing: what went wrong has been reported.
    Failed,
}

impl Made {
    /// A file as it is, wherever its bytes are.
    pub(super) fn of(origin: Origin) -> Self {
        match origin {
            Origin::File(file) => Self::File(file),
            Origin::BuiltIn(bytes) => Self::Static(bytes),
        }
    }
}

/// Gathers the pages of one kind after the other.
#[derive(Debug)]
pub struct Planner {
    kind: &'static Kind,
    pages: Vec<Page>,
}

impl Planner {
    /// Plans the pages of every kind.
    pub(super) fn run(site: &Site, kinds: &[&'static Kind]) -> Vec<Page> {
        let Some(first) = kinds.first() else { return Vec::new() };
        let mut planner = Self { kind: first, pages: Vec::with_capacity(site.articles.len() * 2 + 64) };
        for kind in kinds {
            planner.kind = kind;
            (kind.plan)(site, &mut planner);
        }
        planner.pages
    }

    /// Adds a page at an address from the site's home, or at an output path.
    pub fn add(&mut self, address: &str, subject: Subject, part: u32) {
        self.pages.push(page(self.kind, address, subject, part));
    }

    /// Adds the first page of each subject at its address, where they are many.
    pub fn add_all<'a>(&mut self, subjects: impl IndexedParallelIterator<Item = (&'a str, Subject)>) {
        let kind = self.kind;
        self.pages.par_extend(subjects.map(|(address, subject)| page(kind, address, subject, 0)));
    }

    /// The pages planned so far.
    pub fn pages(&self) -> &[Page] {
        &self.pages
    }
}

fn page(kind: &'static Kind, address: &str, subject: Subject, part: u32) -> Page {
    Page { path: path_of(address).into_boxed_str(), kind, subject, part }
}
