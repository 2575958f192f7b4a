//! JSON Feed 1.1.

use super::entry::{Entry, Feed};
use crate::config::Config;
use serde_json::{Map, Value, json};

/// The feed's bytes; `None` where the writer fails, which writing to memory does not.
pub(super) fn write(feed: &Feed<'_>, config: &Config) -> Option<Vec<u8>> {
    let document = without_nulls([
        ("version", json!("https://jsonfeed.org/version/1.1")),
        ("title", json!(feed.title)),
        ("home_page_url", json!(feed.home)),
        ("feed_url", json!(feed.url)),
        ("description", text(Some(&config.description))),
        ("language", json!(config.language.tag())),
        ("authors", authors(config.editor.as_slice())),
        ("items", feed.entries.iter().map(item).collect()),
    ]);
    serde_json::to_vec_pretty(&document).ok()
}

fn item(entry: &Entry<'_>) -> Value {
    let source = entry.sources.first().and_then(|source| source.url.as_deref());
    without_nulls([
        ("id", json!(entry.id)),
        ("url", json!(entry.article_url)),
        ("external_url", text(source)),
        ("title", json!(entry.title)),
        ("summary", text(Some(&entry.plain_summary))),
        ("content_html", json!(entry.content.as_ref().unwrap_or(&entry.summary))),
        ("date_published", json!(entry.date.rfc3339())),
        ("date_modified", json!(entry.updated.rfc3339())),
        ("authors", authors(&entry.by)),
        ("tags", json!(entry.categories)),
        ("language", json!(entry.language.tag())),
    ])
}

fn authors(names: &[String]) -> Value {
    if names.is_empty() { Value::Null } else { names.iter().map(|name| json!({ "name": name })).collect() }
}

fn without_nulls<const N: usize>(fields: [(&str, Value); N]) -> Value {
    let fields = fields.into_iter().filter(|(_, value)| !value.is_null());
    Value::Object(fields.map(|(key, value)| (key.to_owned(), value)).collect::<Map<_, _>>())
}

/// A text that may be missing or empty.
fn text(text: Option<&str>) -> Value {
    text.filter(|text| !text.is_empty()).map_or(Value::Null, Value::from)
}
