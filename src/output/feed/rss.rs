//! RSS 2.0, with the whole text in `content:encoded` and authors in `dc:creator`.

use super::entry::{Entry, Feed};
use crate::config::{Config, FeedFormat};
use rss::extension::dublincore::DublinCoreExtension;
use rss::extension::{Extension, ExtensionMap};

/// The feed's bytes; `None` where the writer fails, which writing to memory does not.
pub(super) fn write(feed: &Feed<'_>, config: &Config) -> Option<Vec<u8>> {
    let description = if config.description.is_empty() { &feed.title } else { &config.description };
    let channel = rss::Channel {
        title: feed.title.clone(),
        link: feed.home.clone(),
        description: description.clone(),
        language: Some(config.language.tag().to_owned()),
        last_build_date: (!feed.entries.is_empty()).then(|| feed.updated().to_rfc2822()),
        generator: Some("Dateline".to_owned()),
        items: feed.entries.iter().map(item).collect(),
        extensions: own_address(&feed.url),
        namespaces: [
            ("atom", "http://www.w3.org/2005/Atom"),
            ("content", "http://purl.org/rss/1.0/modules/content/"),
            ("dc", "http://purl.org/dc/elements/1.1/"),
        ]
        .map(|(prefix, name)| (prefix.to_owned(), name.to_owned()))
        .into(),
        ..rss::Channel::default()
    };
    channel.write_to(Vec::new()).ok()
}

/// The feed's own address, which RSS has no element for and borrows from Atom.
fn own_address(url: &str) -> ExtensionMap {
    let attributes = [("href", url), ("rel", "self"), ("type", FeedFormat::Rss.media_type())];
    let link = Extension {
        name: "atom:link".to_owned(),
        attrs: attributes.map(|(key, value)| (key.to_owned(), value.to_owned())).into(),
        ..Extension::default()
    };
    [("atom".to_owned(), [("link".to_owned(), vec![link])].into())].into()
}

fn item(entry: &Entry<'_>) -> rss::Item {
    let source = entry.sources.first();
    rss::Item {
        title: Some(entry.title.clone()),
        link: Some(entry.link.clone()),
        description: Some(entry.summary.clone()),
        categories: entry
            .categories
            .iter()
            .map(|name| rss::Category { name: name.clone(), domain: None })
            .collect(),
        guid: Some(rss::Guid { value: entry.id.clone(), permalink: false }),
        pub_date: Some(entry.date.instant().to_rfc2822()),
        source: source.and_then(|source| {
            Some(rss::Source { url: source.url.as_deref()?.to_owned(), title: Some(source.name.to_string()) })
        }),
        content: entry.content.clone(),
        dublin_core_ext: (!entry.by.is_empty())
            .then(|| DublinCoreExtension { creators: entry.by.clone(), ..DublinCoreExtension::default() }),
        ..rss::Item::default()
    }
}
