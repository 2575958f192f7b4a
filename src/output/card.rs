//! An article as lists show it.

use super::context::{escaped, term_url, terms, value};
use super::desk::{Addresses, Desk, Item};
use crate::article::{Article, Document, Source};
use crate::config::TermsFrom;
use crate::site::{ArticleId, TermId};
use crate::slug;
use serde::Serialize;
use tera::Value;

#[derive(Serialize)]
struct Card<'a> {
    title: &'a str,
    url: String,
    absolute_url: String,
    date: String,
    date_only: bool,
    updated: Option<String>,
    summary: Value,
    place: Option<&'a str>,
    section: Option<Value>,
    thread: Option<Value>,
    tags: Vec<Value>,
    source: Option<Value>,
    sources: Vec<Value>,
    kind: &'static str,
    lang: &'a str,
    direction: &'static str,
    image: Option<Value>,
    priority: u8,
    state: &'static str,
}

/// A card: everything of an article but its text.
pub fn card(desk: &dyn Desk, id: ArticleId) -> Value {
    let config = desk.config();
    let Item { article, address, state } = desk.article(id);
    let document = &article.document;
    let place = |from: TermsFrom| config.taxonomies.iter().position(|taxonomy| taxonomy.from == from);
    let outlets = place(TermsFrom::Sources).map(|place| desk.terms_of(id, place)).unwrap_or_default();
    let sources: Vec<Value> =
        article.sources.iter().map(|source| self::source(desk, source, &outlets)).collect();
    let of = |from: TermsFrom| place(from).map(|place| terms(desk, id, place));
    let one = |from: TermsFrom, name: &Option<Box<str>>| {
        let linked = of(from).and_then(|terms| terms.into_iter().next());
        linked.or_else(|| name.as_deref().map(unlinked))
    };
    let card = value(&Card {
        title: &document.title,
        url: config.base.path_to(address),
        absolute_url: config.base.url_to(address),
        date: article.date.rfc3339(),
        date_only: article.date.date_only,
        updated: Some(article.effective_date())
            .filter(|updated| updated.is_after(&article.date))
            .map(|updated| updated.precise()),
        summary: Value::safe_string(&summary(desk, article, Addresses::Rooted)),
        place: article.place.as_deref(),
        section: one(TermsFrom::Section, &article.section),
        thread: one(TermsFrom::Thread, &article.thread),
        tags: of(TermsFrom::Tags).unwrap_or_else(|| article.tags.iter().map(|tag| unlinked(tag)).collect()),
        source: sources.first().cloned(),
        sources,
        kind: article.kind.name(),
        lang: document.language.tag(),
        direction: document.language.direction(),
        image: image(desk, document),
        priority: article.priority,
        state: state.name(),
    });
    let own = config.taxonomies.iter().enumerate().filter(|(_, taxonomy)| taxonomy.from == TermsFrom::OwnKey);
    let mut own = own.peekable();
    if own.peek().is_none() {
        return card;
    }
    let mut map = card.into_map().unwrap_or_default();
    map.extend(own.map(|(place, taxonomy)| (taxonomy.name.clone().into(), terms(desk, id, place).into())));
    Value::from(map)
}

/// An article's summary as HTML: the editor's, else the derived one.
pub(super) fn summary(desk: &dyn Desk, article: &Article, addresses: Addresses) -> String {
    match &article.document.summary {
        Some(summary) => desk.inline(&article.document, summary, addresses),
        None => escaped(&article.derived_summary),
    }
}

/// A term of a taxonomy that is switched off: a name, and no page.
fn unlinked(name: &str) -> Value {
    #[derive(Serialize)]
    struct Unlinked<'a> {
        name: &'a str,
        url: Option<String>,
    }
    value(&Unlinked { name, url: None })
}

/// A source as templates see it; `outlets` are the terms that the article's sources and their origins are filed under.
fn source(desk: &dyn Desk, source: &Source, outlets: &[TermId]) -> Value {
    #[derive(Serialize)]
    struct Shape<'a> {
        name: &'a str,
        url: Option<&'a str>,
        term_url: Option<String>,
        origin: &'a str,
        origin_url: Option<String>,
        author: Option<&'a str>,
        date: Option<String>,
        lang: Option<&'a str>,
        access: &'static str,
        agencies: Vec<&'a str>,
        dateline: Option<&'a str>,
    }
    let page_of = |name: &str| {
        outlets.iter().find_map(|id| {
            let term = desk.term(*id);
            slug::is_one_name(term.name, name).then(|| term_url(desk.config(), id.taxonomy, term.slug))
        })
    };
    value(&Shape {
        name: &source.name,
        url: source.url.as_deref(),
        term_url: page_of(&source.name),
        // Of two spellings the outlet's own is meant.
        origin: source.agency().unwrap_or(&source.name),
        origin_url: page_of(source.origin()),
        author: source.author.as_deref(),
        date: source.date.map(|date| date.precise()),
        lang: source.lang.as_deref(),
        access: source.access.name(),
        agencies: source.agencies.iter().map(AsRef::as_ref).collect(),
        dateline: source.dateline.as_deref(),
    })
}

/// A document's picture as templates see it.
pub(super) fn image(desk: &dyn Desk, document: &Document) -> Option<Value> {
    #[derive(Serialize)]
    struct Shape<'a> {
        src: &'a str,
        width: Option<u32>,
        height: Option<u32>,
        srcset: Option<&'a str>,
        alt: &'a str,
        credit: Option<&'a str>,
        caption: Option<&'a str>,
    }
    let image = document.image.as_deref()?;
    let picture = desk.picture(document, &image.src, &image.location)?;
    Some(value(&Shape {
        src: &picture.src,
        width: picture.size.map(|(width, _)| width),
        height: picture.size.map(|(_, height)| height),
        srcset: picture.srcset.as_deref(),
        alt: &image.alt,
        credit: image.credit.as_deref(),
        caption: image.caption.as_deref(),
    }))
}
