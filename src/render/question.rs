//! What a page may ask of the site, by names that hold from one build to the next.

use serde::{Deserialize, Serialize};

/// What can be asked of every article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Facet {
    /// What it says of itself, its address, its state and its terms; all but its text.
    Item,
    /// What it is called where others point to it.
    Headline,
    /// Its Markdown.
    Text,
    /// Which articles are before and after it.
    Neighbours,
    /// Which articles it names as related.
    Related,
}

impl Facet {
    /// What changed, in words, of the article in a file.
    pub(super) fn words(self, source: &str) -> String {
        match self {
            Self::Item => format!("the front matter, state, address or terms of {source} changed"),
            Self::Headline => format!("the title, address, date or language of {source} changed"),
            Self::Text => format!("the text of {source} changed"),
            Self::Neighbours => format!("another article is before or after {source}"),
            Self::Related => format!("other articles are related to {source}"),
        }
    }

    /// All of them; a facet's place here is its number.
    pub(super) const ALL: [Self; FACETS] =
        [Self::Item, Self::Headline, Self::Text, Self::Neighbours, Self::Related];
}

/// How many facets there are.
pub(super) const FACETS: usize = 5;

/// Anything else that can be asked.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(super) enum Question {
    /// The text of a template, and of all that it can reach.
    Template(Box<str>),
    /// What the standing page in a file says of itself, and its address.
    Standing(Box<str>),
    /// The Markdown of the standing page in a file.
    StandingText(Box<str>),
    /// The title of the standing page at an address.
    StandingTitle(Box<str>),
    /// How many articles a list has.
    Count(ListName),
    /// Where the stories of a term come from: the taxonomy's place, and the slug.
    Provenance(u16, Box<str>),
    /// The articles of a list from one place up to another.
    Listed(ListName, u32, u32),
    /// The most important article of the newest day.
    Lead,
    /// The articles of a news sitemap.
    Recent,
    /// The terms of a taxonomy by its place, so many of them.
    Terms(u16, u64),
    /// The year, month or day at an address, and what is around it.
    Period(Box<str>),
    /// All years (0), months (1) or days (2).
    Periods(u8),
    /// What stands in the sitemap.
    Mapped,
    /// Whether something is planned at an output path.
    Planned(Box<str>),
    /// Whether something is, or was, at an address.
    Present(Box<str>),
    /// Where the document in a file is published.
    Document(Box<str>),
    /// Whether the document in a file has a heading.
    Heading(Box<str>, Box<str>),
    /// Where a file beside a document is published.
    Beside(Box<str>),
    /// The address of a file of `static/`.
    Asset(Box<str>),
    /// The size of the picture at an output path, and its renditions.
    Picture(Box<str>),
    /// From which file, if from any, what is published at an output path comes.
    Origin(Box<str>),
    /// The bytes of a file.
    File(Box<str>),
    /// The newest articles that are filed under all of some terms (taxonomy and name), so many of them.
    Articles(Vec<(String, String)>, u64),
}

/// A list of articles.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(super) enum ListName {
    All,
    /// Of a term: the taxonomy's place, and the slug.
    Term(u16, Box<str>),
    /// Of a period, by its address.
    Period(Box<str>),
}

impl Question {
    /// What changed, in words, where the answer is another one.
    pub(super) fn words(&self) -> String {
        match self {
            Self::Template(name) => format!("the template {name} changed, or one that it builds upon"),
            Self::Standing(source) => format!("{source} changed, or its address"),
            Self::StandingText(source) => format!("the text of {source} changed"),
            Self::StandingTitle(address) => format!("the title of {address} changed"),
            Self::Count(list) => format!("{} has more or fewer articles", list.words()),
            Self::Provenance(_, slug) => format!("the stories of the term '{slug}' come from elsewhere"),
            Self::Listed(list, from, to) => {
                format!("{} has other articles at places {} to {to}", list.words(), from + 1)
            }
            Self::Lead => "another article leads".to_owned(),
            Self::Recent => "other articles belong in the news sitemap".to_owned(),
            Self::Terms(..) => {
                "a list of terms changed: a name, how many articles one has, or the newest of them".to_owned()
            }
            Self::Period(address) => format!("the articles of {address}, or those around it, changed"),
            Self::Periods(_) => "the number of articles of a year, month or day changed".to_owned(),
            Self::Mapped => "a page has come or gone, or was changed at another time".to_owned(),
            Self::Planned(path) => format!("{path} has come or gone"),
            Self::Present(address) => format!("{address} has come or gone"),
            Self::Document(source) => format!("the address of {source} changed"),
            Self::Heading(source, fragment) => {
                format!("the heading #{fragment} of {source} has come or gone")
            }
            Self::Origin(path) => format!("{path} comes from elsewhere"),
            Self::Beside(path) | Self::File(path) => format!("the file {path} changed"),
            Self::Asset(path) => format!("static/{path} changed"),
            Self::Picture(path) => format!("the size of the picture {path} changed"),
            Self::Articles(..) => "a template asked for articles, and there are others now".to_owned(),
        }
    }
}

impl ListName {
    fn words(&self) -> String {
        match self {
            Self::All => "the site".to_owned(),
            Self::Term(_, slug) => format!("the term '{slug}'"),
            Self::Period(address) => address.to_string(),
        }
    }
}
