//! What the pages of articles and of standing pages have in common.

use super::context::value;
use crate::article::{Document, markdown};
use crate::diagnostic::Location;
use serde::Serialize;
use tera::Value;

/// The template of a document, and where its front matter names it.
pub(super) fn template(document: &Document, usual: &str) -> (String, Option<(String, Location)>) {
    match &document.template {
        None => (usual.to_owned(), None),
        Some(template) => {
            (template.name.to_string(), Some((document.source.to_string(), (*template.location).clone())))
        }
    }
}

/// The headings of a text, nested.
pub(super) fn toc(headings: &[markdown::Heading]) -> Value {
    #[derive(Serialize)]
    struct Entry<'a> {
        level: u8,
        id: &'a str,
        title: &'a str,
        children: Value,
    }
    let entries = headings.iter().map(|heading| {
        value(&Entry {
            level: heading.level,
            id: &heading.id,
            title: &heading.title,
            children: toc(&heading.children),
        })
    });
    Value::from(entries.collect::<Vec<_>>())
}

/// `extra` of a document that has none: a table, so that templates can ask it for keys.
pub(super) fn no_extra() -> Value {
    Value::from(tera::Map::new())
}
