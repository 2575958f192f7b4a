//! The settings, checked, with every default filled in but those that the style sheet has.

use super::address::BaseUrl;
use super::check::Check;
use super::images::Images;
use super::language::{Labels, Language};
use super::link::Link;
use super::preview::Preview;
use super::theme::Theme;
use super::wire::Wire;
use crate::slug::{self, Letters};
use crate::tree::Value;
use chrono_tz::Tz;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The settings of a site, checked, with every default filled in.
#[derive(Debug, Clone)]
pub struct Config {
    /// Where the site will be read.
    pub base: BaseUrl,
    /// The site's name.
    pub title: String,
    /// One sentence about it; may be empty.
    pub description: String,
    /// The language of the site's own words.
    pub language: Arc<Language>,
    /// The zone that decides on which day an article falls.
    pub timezone: Tz,
    /// Who writes, where an article does not say.
    pub editor: Option<String>,
    /// Who publishes.
    pub publisher: Option<Publisher>,
    /// Name of a policy → its address, in the order written.
    pub policies: Vec<Link>,
    /// The entries of the menu.
    pub menu: Vec<Link>,
    /// `[permalinks]`.
    pub permalinks: Permalinks,
    /// `[paginate]`.
    pub paginate: Paginate,
    /// `[taxonomies]`: those that are on.
    pub taxonomies: Vec<Taxonomy>,
    /// `[dates]`.
    pub dates: Dates,
    /// `[feeds]`.
    pub feeds: Feeds,
    /// `[sitemap]`: whether there is a news sitemap.
    pub news_sitemap: bool,
    /// `[markdown]`.
    pub markdown: Markdown,
    /// `[images]`.
    pub images: Images,
    /// `[slugs]`: the slug chosen for a name, by the folded name.
    pub slugs: BTreeMap<String, String>,
    /// The theme's words: the language's own, under those of `[labels]`.
    pub labels: Labels,
    /// `[theme]`.
    pub theme: Theme,
    /// `[check]`.
    pub check: Check,
    /// `[preview]`.
    pub preview: Preview,
    /// `[wire]`.
    pub wire: Wire,
    /// `[extra]`: for templates, as written.
    pub extra: Value,
}

/// Who publishes the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Publisher {
    /// The name.
    pub name: String,
    /// The publisher's own address.
    pub url: Option<String>,
    /// The address of a logo, from the site's home or absolute.
    pub logo: Option<String>,
}

/// How addresses are made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Permalinks {
    /// The pattern of an article's address, such as `/:year/:month/:day/:slug/`.
    pub article: String,
    /// The letters of slugs.
    pub letters: Letters,
}

/// How long lists are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Paginate {
    /// Articles on a page of a list.
    pub per_page: usize,
    /// Articles on the front page besides the lead.
    pub home: usize,
}

/// A way of sorting articles.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taxonomy {
    /// The name: the key in `[taxonomies]`, and for a site's own ones in front matter.
    pub name: String,
    /// The first segments of its addresses.
    pub path: String,
    /// Its heading; the theme's word where none is set.
    pub label: Option<String>,
    /// Whether its terms have feeds.
    pub feed: bool,
    /// Where an article's terms come from.
    pub from: TermsFrom,
}

/// The part of front matter that names a taxonomy's terms.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TermsFrom {
    /// `tags`.
    Tags,
    /// The `name` of each `source`.
    Sources,
    /// `section`.
    Section,
    /// `thread`.
    Thread,
    /// A key named like the taxonomy.
    OwnKey,
}

/// Which date indexes there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dates {
    /// `/2021/`.
    pub years: bool,
    /// `/2021/11/`.
    pub months: bool,
    /// `/2021/11/25/`.
    pub days: bool,
}

/// A kind of feed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FeedFormat {
    /// RFC 4287.
    Atom,
    /// RSS 2.0.
    Rss,
    /// JSON Feed 1.1.
    Json,
}

impl FeedFormat {
    /// All of them, in the order they are offered in.
    pub const ALL: [Self; 3] = [Self::Atom, Self::Rss, Self::Json];

    /// The name in settings and templates.
    pub fn name(self) -> &'static str {
        match self {
            Self::Atom => "atom",
            Self::Rss => "rss",
            Self::Json => "json",
        }
    }

    /// The file's name.
    pub fn file(self) -> &'static str {
        match self {
            Self::Atom => "atom.xml",
            Self::Rss => "rss.xml",
            Self::Json => "feed.json",
        }
    }

    /// The media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Atom => "application/atom+xml",
            Self::Rss => "application/rss+xml",
            Self::Json => "application/feed+json",
        }
    }
}

/// How feeds are made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Feeds {
    /// The formats of the site's feed.
    pub formats: Vec<FeedFormat>,
    /// The formats of each term's feed.
    pub per_term: Vec<FeedFormat>,
    /// The most entries of a feed.
    pub limit: usize,
    /// Whether the site's feed carries whole articles, or summaries.
    pub full: bool,
    /// Whose entries they are, for identities that do not change: a host name.
    pub authority: String,
    /// Whether an entry's main link leads to the source rather than to our article.
    pub link_to_source: bool,
}

/// How Markdown is rendered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Markdown {
    /// Whether straight quotes and dashes become typographic ones, where the language is English.
    pub smart: bool,
    /// The `rel` of links to other hosts; none where empty.
    pub external_rel: String,
}

impl Config {
    /// The taxonomy of that name, and its place in [`Config::taxonomies`].
    pub fn taxonomy(&self, name: &str) -> Option<(usize, &Taxonomy)> {
        self.taxonomies.iter().enumerate().find(|(_, taxonomy)| taxonomy.name == name)
    }

    /// The address of a taxonomy's list of terms from the site's home, raw.
    pub fn taxonomy_address(&self, taxonomy: u16) -> String {
        format!("/{}/", self.taxonomies[usize::from(taxonomy)].path)
    }

    /// The address of a term from the site's home, raw.
    pub fn term_address(&self, taxonomy: u16, slug: &str) -> String {
        format!("/{}/{slug}/", self.taxonomies[usize::from(taxonomy)].path)
    }

    /// The slug of a name: the one chosen for it under `[slugs]`, however it is spelled, else made from it.
    pub fn slug(&self, name: &str) -> String {
        let chosen = if self.slugs.is_empty() { None } else { self.slugs.get(&slug::fold(name)).cloned() };
        chosen.unwrap_or_else(|| slug::slugify(name, self.permalinks.letters))
    }
}
