//! What every format of a feed is made from.

use crate::article::{Source, markdown};
use crate::config::Language;
use crate::date::Moment;
use crate::output::byline::{by, corrections_html, section, tags};
use crate::output::card::summary;
use crate::output::desk::{Addresses, Desk, Item};
use crate::site::ArticleId;
use chrono::{DateTime, FixedOffset};

/// A feed, before it has a format.
pub(super) struct Feed<'a> {
    /// What it is a feed of.
    pub(super) title: String,
    /// The page it is a feed of, absolute.
    pub(super) home: String,
    /// Its own address, absolute.
    pub(super) url: String,
    /// Its entries, newest first.
    pub(super) entries: Vec<Entry<'a>>,
}

impl Feed<'_> {
    /// The latest change of any entry; the epoch where there is none, since a feed must say.
    pub(super) fn updated(&self) -> DateTime<FixedOffset> {
        self.entries.iter().map(|entry| entry.updated.instant()).max().unwrap_or_default()
    }
}

/// An article in a feed. Text in it is fit for XML 1.0.
pub(super) struct Entry<'a> {
    /// An identity that does not change.
    pub(super) id: String,
    /// The headline.
    pub(super) title: String,
    /// Where the entry leads: our article, or where the site wants it so, the source.
    pub(super) link: String,
    /// Our article.
    pub(super) article_url: String,
    /// When it was published.
    pub(super) date: Moment,
    /// When it was changed last.
    pub(super) updated: Moment,
    /// The summary as HTML.
    pub(super) summary: String,
    /// The summary as plain text.
    pub(super) plain_summary: String,
    /// The whole article as HTML, corrections included, where the feed carries it.
    pub(super) content: Option<String>,
    /// Who wrote our text.
    pub(super) by: Vec<String>,
    /// The section, then the tags.
    pub(super) categories: Vec<String>,
    /// Where the story comes from.
    pub(super) sources: &'a [Source],
    /// The language of the text.
    pub(super) language: &'a Language,
}

/// The entries of a feed; with `full`, whole articles.
pub(super) fn gather<'a>(desk: &'a dyn Desk, articles: &[ArticleId], full: bool) -> Vec<Entry<'a>> {
    articles.iter().map(|id| entry(desk, *id, full)).collect()
}

fn entry(desk: &dyn Desk, id: ArticleId, full: bool) -> Entry<'_> {
    let config = desk.config();
    let Item { article, address, .. } = desk.article(id);
    let document = &article.document;
    let article_url = config.base.url_to(address);
    let source_url = article.sources.first().and_then(|source| source.url.as_deref());
    let link =
        source_url.filter(|_| config.feeds.link_to_source).map_or_else(|| article_url.clone(), str::to_owned);
    let corrections = corrections_html(desk, article);
    let summary = summary(desk, article, Addresses::Absolute);
    let plain =
        document.summary.as_deref().map_or_else(|| article.derived_summary.to_string(), markdown::plain);
    let content = if full { desk.content(document, Addresses::Absolute).map(|html| html.html) } else { None };
    let categories = section(desk, id).into_iter().chain(tags(desk, id)).map(|name| clean(&name)).collect();
    // A correction must reach readers of a feed without articles too.
    let (summary, content) = match content {
        Some(html) => (summary, Some(clean(&format!("{html}{corrections}")))),
        None => (format!("{summary}{corrections}"), None),
    };
    Entry {
        id: clean(&desk.identity(id)),
        title: clean(&document.title),
        link,
        article_url,
        date: article.date,
        updated: article.effective_date(),
        summary: clean(&summary),
        plain_summary: clean(&plain),
        content,
        by: by(desk, article).iter().map(|name| clean(name)).collect(),
        categories,
        sources: &article.sources,
        language: &document.language,
    }
}

/// Text without the characters that XML 1.0 has no way to write.
fn clean(text: &str) -> String {
    let allowed = |c: char| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..);
    text.chars().filter(|c| allowed(*c)).collect()
}
