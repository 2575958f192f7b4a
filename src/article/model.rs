//! What the files say: the types.

use crate::config::{Language, deserialize_shared};
use crate::date::Moment;
use crate::diagnostic::Location;
use crate::slug;
use crate::source::{self, Digest};
use crate::tree::Value;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// A Markdown file with front matter: what articles and standing pages have in common.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Document {
    /// The file, relative to the site's root.
    // Where it lies is known of it anyway, before it is recalled.
    #[serde(skip)]
    pub source: Arc<str>,
    /// Where in the file the Markdown begins, in bytes.
    pub body: usize,
    /// The digests of what stands before, and of the Markdown.
    pub(super) digests: [Digest; 2],
    /// The headline, plain text.
    pub title: Box<str>,
    /// The last segment of its address; not yet checked against others.
    pub slug: Box<str>,
    /// The language its text is in.
    #[serde(deserialize_with = "deserialize_shared")]
    pub language: Arc<Language>,
    /// The editor's own summary, inline Markdown.
    pub summary: Option<Box<str>>,
    /// When it was changed last, where that was said.
    pub updated: Option<Moment>,
    /// Not to be published yet.
    pub draft: bool,
    /// Addresses it had before, from the site's home.
    pub aliases: Vec<Box<str>>,
    /// The template, where it is not the kind's own.
    pub template: Option<Template>,
    /// Its picture.
    pub image: Option<Box<Image>>,
    /// The user's own values.
    pub extra: Option<Box<Value>>,
    /// The files beside an `index.md`, relative to the site's root; they are published with the document.
    pub bundle: Vec<Box<str>>,
}

/// A template that front matter names, and where, for when there is none of that name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Template {
    /// The name, such as `longread.html`.
    pub name: Box<str>,
    /// Where it is named.
    pub location: Box<Location>,
}

/// A news item.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Article {
    /// What it shares with standing pages.
    pub document: Document,
    /// When it was published.
    pub date: Moment,
    /// The first paragraph with text, as plain text: for cards and metadata where the editor wrote no summary.
    pub derived_summary: Box<str>,
    /// From which day on it is not shown.
    pub expires: Option<Moment>,
    /// 1 (highest) to 9.
    pub priority: u8,
    /// What sort of item it is.
    pub kind: Kind,
    /// The dateline's place, as printed.
    pub place: Option<Box<str>>,
    /// The desk.
    pub section: Option<Box<str>>,
    /// The running story it belongs to.
    pub thread: Option<Box<str>>,
    /// Tags in the order written.
    pub tags: Vec<Box<str>>,
    /// Terms of the site's own taxonomies: the taxonomy's place in the settings, and the name.
    pub terms: Vec<(usize, Box<str>)>,
    /// Where the story comes from; the first is the principal source.
    pub sources: Vec<Source>,
    /// What few articles have.
    pub details: Details,
}

/// The rarer parts of an article's front matter.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Details {
    /// An identity for feeds that survives a move.
    pub id: Option<Box<str>>,
    /// Where we found it: name and address.
    pub via: Option<Via>,
    /// The source's headline.
    pub original_title: Option<Box<str>>,
    /// Who wrote our text.
    pub by: Vec<Box<str>>,
    /// What was put right, in the order written.
    pub corrections: Vec<Correction>,
    /// Articles to read with it: a path or a slug, and where it is written.
    pub related: Vec<(Box<str>, Location)>,
}

/// What sort of item an article is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Kind {
    /// A report.
    #[default]
    News,
    /// A report of a few lines.
    Brief,
    /// What the facts mean.
    Analysis,
    /// What someone thinks.
    Opinion,
    /// What one should know to follow the news.
    Background,
    /// What an interested party sent.
    PressRelease,
}

impl Kind {
    /// Every kind by its name in front matter.
    pub const ALL: [(&'static str, Self); 6] = [
        ("news", Self::News),
        ("brief", Self::Brief),
        ("analysis", Self::Analysis),
        ("opinion", Self::Opinion),
        ("background", Self::Background),
        ("press-release", Self::PressRelease),
    ];

    /// The name in front matter.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, kind)| *kind == self).map_or("news", |(name, _)| name)
    }
}

/// Where a story comes from.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Source {
    /// The outlet; the host of `url` where none is given.
    pub name: Box<str>,
    /// The story's address there.
    pub url: Option<Box<str>>,
    /// Who wrote it.
    pub author: Option<Box<str>>,
    /// When it was published there.
    pub date: Option<Moment>,
    /// The language it is in.
    pub lang: Option<Box<str>>,
    /// Whether it can be read: free, registration or paid.
    pub access: Access,
    /// The agencies it passed through: rehost first, origin last.
    pub agencies: Vec<Box<str>>,
    /// The dateline, verbatim.
    pub dateline: Option<Box<str>>,
}

impl Source {
    /// Who wrote the story first: the last agency, else the outlet.
    pub fn origin(&self) -> &str {
        self.agencies.last().unwrap_or(&self.name)
    }

    /// Who wrote the story first, where that is another than the outlet, however the two are spelt.
    pub fn agency(&self) -> Option<&str> {
        Some(self.origin()).filter(|origin| !slug::is_one_name(origin, &self.name))
    }
}

/// Whether a source can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Access {
    /// By anyone.
    #[default]
    Free,
    /// After registration.
    Registration,
    /// For money.
    Paid,
}

impl Access {
    /// Every kind by its name in front matter.
    pub const ALL: [(&'static str, Self); 3] =
        [("free", Self::Free), ("registration", Self::Registration), ("paid", Self::Paid)];

    /// The name in front matter.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, access)| *access == self).map_or("free", |(name, _)| name)
    }
}

/// Where we found a story.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Via {
    /// The name.
    pub name: Box<str>,
    /// The address.
    pub url: Option<Box<str>>,
}

/// A picture.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Image {
    /// The file beside the document, an address from the site's home, or an absolute one.
    pub src: Box<str>,
    /// What it shows, in words.
    pub alt: Box<str>,
    /// Who made it.
    pub credit: Option<Box<str>>,
    /// What is said under it.
    pub caption: Option<Box<str>>,
    /// Where `src` is written.
    pub location: Location,
}

/// What was put right.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Correction {
    /// When.
    pub date: Moment,
    /// What, inline Markdown.
    pub text: Box<str>,
}

/// A page that is no news: about, a corrections policy.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Standing {
    /// What it shares with articles.
    pub document: Document,
    /// Its address from the site's home, raw, with a slash at both ends.
    pub address: Box<str>,
}

impl Document {
    /// The digests of the two parts of a file whose Markdown begins at `body`.
    pub(super) fn digests_of(text: &str, body: usize) -> [Digest; 2] {
        let (front, body) = text.as_bytes().split_at(body);
        [source::digest(front), source::digest(body)]
    }

    /// Whether `text` is what the file held when its front matter was read.
    pub fn is_of(&self, text: &str) -> bool {
        text.is_char_boundary(self.body) && Self::digests_of(text, self.body) == self.digests
    }

    /// The digest of what stands before the Markdown.
    pub fn front_digest(&self) -> &Digest {
        &self.digests[0]
    }

    /// The digest of the Markdown alone, by which a file is known that was renamed.
    pub fn body_digest(&self) -> &Digest {
        &self.digests[1]
    }
}

impl Article {
    /// The latest of its date, its update and its corrections.
    pub fn effective_date(&self) -> Moment {
        let corrections = self.details.corrections.iter().map(|correction| correction.date);
        let later =
            |latest: Moment, next: Moment| if next.instant() > latest.instant() { next } else { latest };
        self.document.updated.into_iter().chain(corrections).fold(self.date, later)
    }
}
