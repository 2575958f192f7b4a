//! What a kind of output is, and what it may ask for while it makes a page.

use super::page::{Page, Plan, Subject};
use crate::article::{Document, markdown};
use crate::diagnostic::{Diagnostic, Location};
use crate::site::{ArticleId, Site, TermId};
use serde::Serialize;
use tera::{Context, Value};

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
    /// Finished bytes.
    Bytes(Vec<u8>),
    /// Bytes of the program.
    Static(&'static [u8]),
    /// A file to be copied, from the site's root.
    File(Box<str>),
    /// Nothing: what went wrong has been reported.
    Failed,
}

/// How addresses are spelled in HTML.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Addresses {
    /// From the host's root: in pages.
    Rooted,
    /// Whole: in feeds, which are read elsewhere.
    Absolute,
}

/// What a kind may ask while it makes a page. Whoever implements it answers from the site alone, so that it can
/// record what was asked.
pub trait Desk {
    /// The site.
    fn site(&self) -> &Site;
    /// Everything that is planned.
    fn plan(&self) -> &Plan;
    /// An article as lists show it.
    fn card(&self, id: ArticleId) -> Value;
    /// A term as `{name, url}`.
    fn term(&self, id: TermId) -> Value;
    /// A document's Markdown, rendered; `None` where its file could not be read again, which is reported.
    fn content(&self, document: &Document, addresses: Addresses) -> Option<markdown::Html>;
    /// Inline Markdown that stands in a document's front matter, rendered.
    fn inline(&self, document: &Document, text: &str, addresses: Addresses) -> String;
    /// The address of a picture that front matter names; `None` where there is none, which is reported.
    fn picture(&self, document: &Document, src: &str, location: &Location) -> Option<String>;
    /// The address of a link that settings or front matter name, from the host's root or on another host.
    fn address(&self, to: &str) -> String;
    /// Adds a problem.
    fn report(&self, diagnostic: Diagnostic);
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
        let path = super::page::path_of(address).into_boxed_str();
        self.pages.push(Page { path, kind: self.kind, subject, part });
    }

    /// The pages planned so far.
    pub fn pages(&self) -> &[Page] {
        &self.pages
    }
}

/// A feed as templates see it.
#[derive(Debug, Clone, Serialize)]
pub struct FeedLink {
    /// `atom`, `rss` or `json`.
    pub format: &'static str,
    /// What it is a feed of.
    pub title: String,
    /// Its address from the host's root.
    pub url: String,
    /// Its media type.
    #[serde(rename = "type")]
    pub media_type: &'static str,
}

/// `page` as templates see it.
#[derive(Debug, Clone, Serialize)]
pub struct PageContext {
    /// What sort of page it is.
    pub kind: &'static str,
    /// Its title.
    pub title: String,
    /// One sentence about it, plain text; may be empty.
    pub description: String,
    /// Its canonical address, absolute.
    pub url: String,
    /// Its address from the host's root.
    pub path: String,
    /// The feeds to be found from it.
    pub feeds: Vec<FeedLink>,
    /// The language of its text, a BCP 47 tag.
    pub lang: String,
    /// `ltr` or `rtl`.
    pub direction: &'static str,
    /// Structured data: JSON that is safe inside a script element, or none.
    pub json_ld: Option<Value>,
}
