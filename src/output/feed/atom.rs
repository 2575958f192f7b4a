//! Atom (RFC 4287).

use super::entry::{Entry, Feed};
use crate::article::Source;
use crate::config::{Config, FeedFormat};
use atom_syndication as atom;
use chrono::{DateTime, FixedOffset};

/// The feed's bytes; `None` where the writer fails, which writing to memory does not.
pub(super) fn write(feed: &Feed<'_>, config: &Config) -> Option<Vec<u8>> {
    let link = |rel: &str, href: &str, media_type: &str| atom::Link {
        href: href.to_owned(),
        rel: rel.to_owned(),
        mime_type: Some(media_type.to_owned()),
        ..atom::Link::default()
    };
    let author =
        config.publisher.as_ref().map(|publisher| publisher.name.clone()).or_else(|| config.editor.clone());
    let document = atom::Feed {
        title: atom::Text::plain(feed.title.clone()),
        subtitle: (!config.description.is_empty()).then(|| atom::Text::plain(config.description.clone())),
        id: feed.home.clone(),
        updated: feed.updated(),
        authors: vec![person(author.as_deref().unwrap_or(&config.title))],
        generator: Some(atom::Generator { value: "Dateline".to_owned(), uri: None, version: None }),
        links: vec![
            link("self", &feed.url, FeedFormat::Atom.media_type()),
            link("alternate", &feed.home, "text/html"),
        ],
        lang: Some(config.language.tag().to_owned()),
        entries: feed.entries.iter().map(entry).collect(),
        ..atom::Feed::default()
    };
    let settings = atom::WriteConfig { write_document_declaration: true, indent_size: None };
    document.write_with_config(Vec::new(), settings).ok()
}

fn entry(entry: &Entry<'_>) -> atom::Entry {
    let link = |rel: &str, href: &str, title: Option<&str>, lang: Option<&str>| atom::Link {
        href: href.to_owned(),
        rel: rel.to_owned(),
        title: title.map(str::to_owned),
        hreflang: lang.map(str::to_owned),
        ..atom::Link::default()
    };
    let mut links = vec![link("alternate", &entry.link, None, None)];
    if entry.link != entry.article_url {
        links.push(link("related", &entry.article_url, None, None));
    }
    links.extend(entry.sources.iter().filter_map(|source| {
        Some(link("via", source.url.as_deref()?, Some(&source.name), source.lang.as_deref()))
    }));
    let lang = Some(entry.language.tag().to_owned());
    atom::Entry {
        title: atom::Text { lang: lang.clone(), ..atom::Text::plain(entry.title.clone()) },
        id: entry.id.clone(),
        published: Some(entry.date.instant()),
        updated: entry.updated.instant(),
        authors: entry.by.iter().map(|name| person(name)).collect(),
        categories: entry
            .categories
            .iter()
            .map(|name| atom::Category { term: name.clone(), ..atom::Category::default() })
            .collect(),
        links,
        source: entry.sources.first().and_then(|source| self::source(source, entry.updated.instant())),
        summary: Some(atom::Text { lang: lang.clone(), ..atom::Text::html(entry.summary.clone()) }),
        content: entry.content.as_ref().map(|html| atom::Content {
            base: Some(entry.article_url.clone()),
            lang,
            value: Some(html.clone()),
            content_type: Some("html".to_owned()),
            src: None,
        }),
        ..atom::Entry::default()
    }
}

/// The outlet that the story is from. Of its feeds nothing is known; where it is, and when the story was there, stand for them.
fn source(source: &Source, updated: DateTime<FixedOffset>) -> Option<atom::Source> {
    let url = url::Url::parse(source.url.as_deref()?).ok()?;
    let home = url.join("/").ok()?.to_string();
    Some(atom::Source {
        title: atom::Text::plain(&*source.name),
        id: home.clone(),
        updated: source.date.map_or(updated, |date| date.instant()),
        authors: source.author.iter().map(|name| person(name)).collect(),
        links: vec![atom::Link { href: home, rel: "alternate".to_owned(), ..atom::Link::default() }],
        ..atom::Source::default()
    })
}

fn person(name: &str) -> atom::Person {
    atom::Person { name: name.to_owned(), ..atom::Person::default() }
}
