//! What templates are given: shapes that more than one kind of page has.

use super::desk::{Desk, Headline, TermName};
use super::page_context::FeedLink;
use crate::config::{self, Config, FeedFormat};
use crate::site::ArticleId;
use crate::tree;
use serde::Serialize;
use tera::Value;

/// A link with its words.
#[derive(Debug, Serialize)]
pub(super) struct LabelledLink {
    pub(super) label: String,
    pub(super) url: Option<String>,
}

/// Text as HTML.
pub(super) fn escaped(text: &str) -> String {
    let mut html = Vec::with_capacity(text.len() + 16);
    // Writing to memory does not fail, and what is written is UTF-8.
    let _ = tera::escape_html(text, &mut html);
    String::from_utf8(html).unwrap_or_default()
}

/// Turns what is known to serialize into a value for templates.
pub(super) fn value<T: Serialize + ?Sized>(shape: &T) -> Value {
    Value::from_serializable(shape)
}

/// Adds fields to a value that is a map.
pub(super) fn extend(base: Value, more: impl IntoIterator<Item = (&'static str, Value)>) -> Value {
    let mut map = base.into_map().unwrap_or_default();
    map.extend(more.into_iter().map(|(key, value)| (key.into(), value)));
    Value::from(map)
}

/// The user's own values, as templates see them.
pub(super) fn free(tree: &tree::Value) -> Value {
    match tree {
        tree::Value::Null => Value::none(),
        tree::Value::String(text) => Value::from(text.as_str()),
        tree::Value::Integer(number) => Value::from(*number),
        tree::Value::Float(number) => Value::from(*number),
        tree::Value::Bool(flag) => Value::from(*flag),
        tree::Value::Date(given) => Value::from(given.to_string()),
        tree::Value::Array(items) => {
            Value::from(items.iter().map(|node| free(&node.value)).collect::<Vec<_>>())
        }
        tree::Value::Table(table) => {
            let entries =
                table.entries.iter().map(|entry| (entry.key.clone().into(), free(&entry.node.value)));
            Value::from(entries.collect::<tera::Map>())
        }
    }
}

/// The feeds of the whole site.
pub(super) fn site_feeds(config: &Config) -> Vec<FeedLink> {
    config.feeds.formats.iter().map(|format| feed_link(config, *format, config.title.clone(), "/")).collect()
}

/// A feed that lies at `folder`, an address from the site's home.
pub(super) fn feed_link(config: &Config, format: FeedFormat, title: String, folder: &str) -> FeedLink {
    FeedLink {
        format: format.name(),
        title,
        url: config.base.path_to(&format!("{folder}{}", format.file())),
        media_type: format.media_type(),
    }
}

/// A word of the theme.
pub(super) fn label(config: &Config, key: &str) -> String {
    config.labels.get(key).cloned().unwrap_or_else(|| key.to_owned())
}

/// An article as `{title, url, date, lang, direction}`.
pub(super) fn brief(desk: &dyn Desk, id: ArticleId) -> Value {
    brief_of(desk.config(), &desk.headline(id))
}

/// A headline as `{title, url, date, lang, direction}`.
pub(super) fn brief_of(config: &Config, headline: &Headline<'_>) -> Value {
    #[derive(Serialize)]
    struct Brief<'a> {
        title: &'a str,
        url: String,
        date: String,
        lang: &'a str,
        direction: &'static str,
    }
    value(&Brief {
        title: headline.title,
        url: config.base.path_to(headline.address),
        date: headline.date.rfc3339(),
        lang: headline.language.tag(),
        direction: headline.language.direction(),
    })
}

/// The terms of an article in one taxonomy, as `[{name, url}]`.
pub(super) fn terms(desk: &dyn Desk, id: ArticleId, taxonomy: usize) -> Vec<Value> {
    desk.terms_of(id, taxonomy).into_iter().map(|term| desk.term_link(term)).collect()
}

/// The address of a term from the host's root.
pub(super) fn term_url(config: &Config, taxonomy: u16, slug: &str) -> String {
    config.base.path_to(&config.term_address(taxonomy, slug))
}

/// A term as `{name, url}`.
pub fn term(config: &Config, taxonomy: u16, term: TermName<'_>) -> Value {
    #[derive(Serialize)]
    struct Term<'a> {
        name: &'a str,
        url: String,
    }
    value(&Term { name: term.name, url: term_url(config, taxonomy, term.slug) })
}

/// A taxonomy's heading: the site's own, else the theme's word for it, else its name.
pub(super) fn taxonomy_label(config: &Config, taxonomy: &config::Taxonomy) -> String {
    let named = || {
        let mut letters = taxonomy.name.chars();
        letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
    };
    let chosen = taxonomy.label.clone().or_else(|| config.labels.get(&taxonomy.name).cloned());
    chosen.unwrap_or_else(named)
}

/// A taxonomy as templates see it.
pub(super) fn taxonomy(config: &Config, place: u16) -> Value {
    #[derive(Serialize)]
    struct Taxonomy<'a> {
        name: &'a str,
        label: String,
        url: String,
    }
    let taxonomy = &config.taxonomies[usize::from(place)];
    value(&Taxonomy {
        name: &taxonomy.name,
        label: taxonomy_label(config, taxonomy),
        url: config.base.path_to(&config.taxonomy_address(place)),
    })
}
