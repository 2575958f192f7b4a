//! An article as the rules look at it, and what they say of it.

use crate::article::markdown::Prose;
use crate::article::{Article, keys};
use crate::date::Moment;
use crate::diagnostic::Diagnostic;
use crate::tree::{Entry, Table, Value};
use crate::wire::agencies::Agencies;
use std::ops::Range;

/// An article before it is published.
#[derive(Debug, Clone, Copy)]
pub(super) struct Item<'a> {
    pub(super) article: &'a Article,
    /// The whole file.
    pub(super) text: &'a str,
    /// Its Markdown as plain text.
    pub(super) prose: &'a Prose,
    /// What was kept of its source.
    pub(super) copy: Option<&'a str>,
    /// Who signs copy.
    pub(super) agencies: &'a Agencies,
    /// The time of the check.
    pub(super) now: &'a Moment,
}

/// What a rule finds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Finding {
    pub(super) place: Place,
    /// One sentence without a full stop: what is wrong.
    pub(super) message: String,
    /// What to do about it.
    pub(super) help: String,
}

impl Finding {
    pub(super) fn new(place: Place, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { place, message: message.into(), help: help.into() }
    }
}

/// Where in an article's file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Place {
    /// The value of a key.
    Key(&'static str),
    /// The value of a key in a table, of which there may be several.
    Within(&'static str, usize, &'static str),
    /// A range of the Markdown, in bytes.
    Text(Range<usize>),
}

impl Item<'_> {
    /// A problem at its line. Where the key is not there, which may be what is wrong, it is the headline's.
    pub(super) fn locate(&self, problem: Diagnostic, place: &Place) -> Diagnostic {
        let file = &*self.article.document.source;
        let span = match place {
            Place::Text(span) => {
                let body = self.article.document.body;
                Some(body + span.start..body + span.end)
            }
            _ => keys(file, self.text).and_then(|table| span_of(&table, place)),
        };
        match span {
            Some(span) => problem.at(file, self.text, span),
            None => problem.in_file(file),
        }
    }
}

fn span_of(table: &Table, place: &Place) -> Option<Range<usize>> {
    let found = match place {
        Place::Key(key) => get(table, key).map(|entry| entry.node.span.clone()),
        Place::Within(key, number, inner) => get(table, key).and_then(|entry| {
            let tables = match &entry.node.value {
                Value::Array(nodes) => nodes.get(*number).map(|node| &node.value),
                value => Some(value),
            };
            let Some(Value::Table(table)) = tables else { return Some(entry.node.span.clone()) };
            get(table, inner).or(Some(entry)).map(|entry| entry.node.span.clone())
        }),
        Place::Text(_) => None,
    };
    found.or_else(|| get(table, "title").map(|entry| entry.node.span.clone()))
}

fn get<'a>(table: &'a Table, key: &str) -> Option<&'a Entry> {
    table.entries.iter().find(|entry| entry.key == key)
}
