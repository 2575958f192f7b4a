//! The desk: all that a kind of output may ask while it makes a page.
//!
//! What stands in the settings is known of every page. Everything else is a question, whose answer the desk remembers
//! to have given: a page stands as long as none of them would be answered otherwise. So there is no way here to the
//! site as a whole, and a kind that wants to know more wants a question of its own.

use super::page_context::Imprint;
use super::subject::Subject;
use crate::article::{Article, Document, Standing, markdown};
use crate::config::{Config, Language};
use crate::date::Moment;
use crate::diagnostic::{Diagnostic, Location};
use crate::site::{
    ArticleId, List, Origin, Overview, PeriodKind, Provenance, Span, StandingId, State, TermId,
};
use std::ops::Range;
use tera::Value;

pub use crate::article::markdown::Picture;

/// How addresses are spelled in HTML.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Addresses {
    /// From the host's root: in pages.
    Rooted,
    /// Whole: in feeds, which are read elsewhere.
    Absolute,
}

/// An article, and what the site adds to what it says of itself.
#[derive(Debug, Clone, Copy)]
pub struct Item<'a> {
    /// What it says.
    pub article: &'a Article,
    /// Its address from the site's home, raw.
    pub address: &'a str,
    /// Whether it is published.
    pub state: State,
}

/// An article as it is called where others point to it.
#[derive(Debug, Clone, Copy)]
pub struct Headline<'a> {
    /// Its title.
    pub title: &'a str,
    /// Its address from the site's home, raw.
    pub address: &'a str,
    /// When it was published.
    pub date: Moment,
    /// The language of its text.
    pub language: &'a Language,
}

/// A term, apart from its articles.
#[derive(Debug, Clone, Copy)]
pub struct TermName<'a> {
    /// Its commonest spelling.
    pub name: &'a str,
    /// The last segment of its address.
    pub slug: &'a str,
}

/// A term in a list of terms.
#[derive(Debug, Clone, Copy)]
pub struct TermEntry<'a> {
    /// The term.
    pub term: TermName<'a>,
    /// How many articles it has.
    pub count: usize,
    /// The newest of them.
    pub latest: Option<Headline<'a>>,
    /// Where its stories come from, where it is a source.
    pub provenance: Option<Provenance>,
}

/// The terms of a taxonomy, by slug.
#[derive(Debug)]
pub struct TermList<'a> {
    /// Those that were asked for.
    pub terms: Vec<TermEntry<'a>>,
    /// How many articles the commonest term of the taxonomy has.
    pub most: usize,
}

/// A page that stands in the sitemap.
#[derive(Debug, Clone, Copy)]
pub struct Mapped<'a> {
    /// Its output path.
    pub path: &'a str,
    /// When its contents changed last.
    pub changed: Option<Moment>,
}

/// What a kind may ask. Whoever implements it answers from the site and its files alone.
pub trait Desk {
    /// The settings.
    fn config(&self) -> &Config;
    /// Whether a template may read a variable that it is given: one that it does not read need not be made.
    fn reads(&self, template: &str, variable: &str) -> bool;
    /// Whether a template may read a field of a variable.
    fn reads_field(&self, template: &str, variable: &str, field: &str) -> bool;
    /// What every page tells machines of the site and its publisher.
    fn imprint(&self) -> &Imprint;

    /// An article.
    fn article(&self, id: ArticleId) -> Item<'_>;
    /// An article as others point to it.
    fn headline(&self, id: ArticleId) -> Headline<'_>;
    /// An article as lists show it.
    fn card(&self, id: ArticleId) -> Value;
    /// The article before (newer) and the one after (older), as readers go through them.
    fn neighbours(&self, id: ArticleId) -> (Option<ArticleId>, Option<ArticleId>);
    /// The articles that an article names as related.
    fn related(&self, id: ArticleId) -> &[ArticleId];
    /// What an article is to a feed reader, wherever it moves.
    fn identity(&self, id: ArticleId) -> String;

    /// How many articles a list has.
    fn count(&self, list: List) -> usize;
    /// Where the stories of a term come from.
    fn provenance(&self, id: TermId) -> Provenance;
    /// The articles at some places of a list; places behind its end are passed over.
    fn listed(&self, list: List, places: Range<usize>) -> Vec<ArticleId>;
    /// The newest day's most important article.
    fn lead(&self) -> Option<ArticleId>;
    /// The published articles of the last two days, newest first.
    fn recent(&self) -> &[ArticleId];

    /// The terms of an article in one taxonomy, in the order written.
    fn terms_of(&self, id: ArticleId, taxonomy: usize) -> Vec<TermId>;
    /// What a term is called.
    fn term(&self, id: TermId) -> TermName<'_>;
    /// A term as `{name, url}`.
    fn term_link(&self, id: TermId) -> Value;
    /// The terms of a taxonomy by slug; with a `limit`, the commonest of them.
    fn terms(&self, taxonomy: u16, limit: usize) -> TermList<'_>;

    /// A period, by its place.
    fn period(&self, id: u32) -> Overview;
    /// A period that has articles.
    fn period_at(&self, span: Span) -> Option<Overview>;
    /// Every period of a kind, newest first.
    fn periods(&self, kind: PeriodKind) -> Vec<Overview>;

    /// A standing page.
    fn standing(&self, id: StandingId) -> &Standing;
    /// The title of the standing page at an address from the site's home, raw.
    fn standing_title(&self, address: &str) -> Option<&str>;

    /// Where the bytes are of a file that is published as it is.
    fn file(&self, subject: Subject) -> Option<Origin>;
    /// Whether something is planned at an output path.
    fn is_planned(&self, path: &str) -> bool;
    /// The pages that stand in the sitemap, in the order of their paths.
    fn mapped(&self) -> Vec<Mapped<'_>>;

    /// A document's Markdown, rendered; `None` where its file could not be read again, which is reported.
    fn content(&self, document: &Document, addresses: Addresses) -> Option<markdown::Html>;
    /// Inline Markdown that stands in a document's front matter, rendered.
    fn inline(&self, document: &Document, text: &str, addresses: Addresses) -> String;
    /// A picture that front matter names; `None` where there is none, which is reported.
    fn picture(&self, document: &Document, src: &str, location: &Location) -> Option<Picture>;
    /// Adds a problem.
    fn report(&self, diagnostic: Diagnostic);
}
