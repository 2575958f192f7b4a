//! The graph of a page, and the shapes that several of its nodes have.

use crate::output::desk::Desk;
use crate::output::page_context::PageContext;
use serde::Serialize;
use serde_json::ser::{Formatter, Serializer};
use std::io::{self, Write};

/// JSON-LD in the making: nodes of types of our own, written one behind the other without a tree in between.
pub(in crate::output) struct Graph {
    json: Vec<u8>,
}

impl Graph {
    /// The graph of a page: it begins with the nodes that all pages have.
    pub(super) fn of_page(desk: &dyn Desk) -> Self {
        let shared = &desk.imprint().json_ld;
        let mut json = Vec::with_capacity(shared.len() + 2048);
        json.extend_from_slice(b"{\"@context\":\"https://schema.org\",\"@graph\":[");
        json.extend_from_slice(shared.as_bytes());
        Self { json }
    }

    /// Nodes that are to be part of other graphs.
    pub(super) fn of_nodes() -> Self {
        Self { json: Vec::new() }
    }

    /// Adds a node.
    pub(super) fn add(&mut self, node: &impl Serialize) {
        if self.json.last().is_some_and(|last| *last != b'[') {
            self.json.push(b',');
        }
        // Writing strings and numbers to memory does not fail.
        let _ = node.serialize(&mut Serializer::with_formatter(&mut self.json, Inert));
    }

    /// The nodes, without a frame.
    pub(super) fn into_nodes(self) -> String {
        String::from_utf8(self.json).unwrap_or_default()
    }

    /// The graph as templates print it: JSON that cannot end the script element it is in.
    pub(super) fn finish(mut self) -> tera::Value {
        self.json.extend_from_slice(b"]}");
        tera::Value::safe_string(&self.into_nodes())
    }
}

/// Compact JSON in which no `<`, `>` or `&` is left to mean something to an HTML parser, and no line separator to an
/// old parser of JavaScript. They can only stand in strings, where an escape is the character itself.
struct Inert;

impl Formatter for Inert {
    fn write_string_fragment<W: ?Sized + Write>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        // Most text has none of them, and without a way out of the loop many bytes are looked at together. 0xe2 is
        // what the separators begin with, as curly quotes do.
        let suspect = |byte: u8| (byte == b'<') | (byte == b'>') | (byte == b'&') | (byte == 0xe2);
        if !fragment.bytes().fold(false, |found, byte| found | suspect(byte)) {
            return writer.write_all(fragment.as_bytes());
        }
        let mut rest = fragment;
        while let Some(at) = rest.find(['<', '>', '&', '\u{2028}', '\u{2029}']) {
            writer.write_all(&rest.as_bytes()[..at])?;
            let mut characters = rest[at..].chars();
            let escaped = characters.next().map_or(0, u32::from);
            write!(writer, "\\u{escaped:04x}")?;
            rest = characters.as_str();
        }
        writer.write_all(rest.as_bytes())
    }
}

/// A node that stands elsewhere in the graph.
#[derive(Serialize)]
pub(super) struct Reference {
    #[serde(rename = "@id")]
    pub(super) id: String,
}

/// A person, an organization or a place, of which no more is known than the name.
#[derive(Serialize)]
pub(super) struct Named<'a> {
    #[serde(rename = "@type")]
    pub(super) of_type: &'static str,
    #[serde(rename = "@id", skip_serializing_if = "Option::is_none")]
    pub(super) id: Option<String>,
    pub(super) name: &'a str,
}

impl<'a> Named<'a> {
    pub(super) fn new(of_type: &'static str, name: &'a str) -> Self {
        Self { of_type, id: None, name }
    }
}

/// A picture.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ImageObject<'a> {
    #[serde(rename = "@type")]
    pub(super) of_type: &'static str,
    pub(super) url: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) width: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) height: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) caption: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) credit_text: Option<&'a str>,
}

impl ImageObject<'_> {
    pub(super) fn new(url: String, size: Option<(u32, u32)>) -> Self {
        Self {
            of_type: "ImageObject",
            url,
            width: size.map(|(width, _)| width),
            height: size.map(|(_, height)| height),
            caption: None,
            credit_text: None,
        }
    }

    /// Whether it is somewhere: a picture that is written into its own address is not.
    pub(super) fn can_be_fetched(&self) -> bool {
        self.url.starts_with("http")
    }
}

/// A page as a document, apart from what it is about.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct WebPage<'a, T: Serialize> {
    #[serde(rename = "@type")]
    pub(super) of_type: &'static str,
    #[serde(rename = "@id")]
    pub(super) id: &'a str,
    pub(super) url: &'a str,
    pub(super) name: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub(super) description: &'a str,
    pub(super) in_language: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) date_modified: Option<String>,
    pub(super) is_part_of: Reference,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) breadcrumb: Option<Reference>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) primary_image_of_page: Option<ImageObject<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) main_entity: Option<T>,
}

impl<'a, T: Serialize> WebPage<'a, T> {
    pub(super) fn new(of_type: &'static str, desk: &dyn Desk, page: &'a PageContext) -> Self {
        Self {
            of_type,
            id: &page.url,
            url: &page.url,
            name: &page.title,
            description: &page.description,
            in_language: &page.lang,
            date_modified: None,
            is_part_of: Reference { id: website_id(&desk.config().base.home()) },
            breadcrumb: None,
            primary_image_of_page: None,
            main_entity: None,
        }
    }
}

/// The `@id` of the site whose home is at `home`.
pub(super) fn website_id(home: &str) -> String {
    format!("{home}#website")
}

/// The `@id` of the way to the page at `url`.
pub(super) fn breadcrumbs_id(url: &str) -> String {
    format!("{url}#breadcrumbs")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    #[test]
    fn a_script_cannot_be_ended_from_within() {
        let title = "</script><!-- <script>\u{2028}\u{2029} \"'\\ & é 👩‍👧 \u{1}";
        let mut graph = Graph::of_nodes();
        graph.add(&json!({ "headline": title, "<&>": [1, true] }));
        let text = graph.into_nodes();
        assert!(!text.contains(['<', '>', '&', '\u{2028}', '\u{2029}']), "{text}");
        let data: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(data, json!({ "headline": title, "<&>": [1, true] }));
    }
}
