//! YAML → tree, by YAML 1.2's core schema: what is not a number, a truth value or null is text, dates included.

use super::node::{Entry, Node, Table, Value};
use crate::diagnostic::Diagnostic;
use granit_parser::{Event, Parser, ScalarStyle, ScanError, Span};
use std::collections::HashSet;
use std::ops::Range;

/// Reads the part `within` of a file's `text` as one YAML mapping.
///
/// # Errors
/// The first syntax error (the parser cannot go on behind one), or what this reader leaves out: anchors and
/// aliases, several documents, keys that are not text, a key that stands twice.
pub fn parse(file: &str, text: &str, within: Range<usize>) -> Result<Table, Vec<Diagnostic>> {
    let source = &text[within.clone()];
    let mut reader =
        Reader { events: Parser::new_from_str(source), places: Places::new(source, within.start) };
    reader.document().map_err(|Fault { message, help, span }| {
        vec![Diagnostic::error("yaml-syntax", message).at(file, text, span).help(help)]
    })
}

struct Fault {
    message: String,
    help: &'static str,
    span: Range<usize>,
}

fn fault(message: impl Into<String>, help: &'static str, span: Range<usize>) -> Fault {
    Fault { message: message.into(), help, span }
}

const SYNTAX: &str = "keys are indented with spaces; text with a colon in it stands in quotes, and a quote within it \
                      is written \\\"";
const KEYS: &str = "write a key a line, such as title: \"A headline\"";

struct Reader<'a> {
    events: Parser<'a, granit_parser::StrInput<'a>>,
    places: Places,
}

/// The parser counts characters; diagnostics want bytes of the whole file.
struct Places {
    byte_of_character: Vec<usize>,
}

impl Places {
    fn new(source: &str, shift: usize) -> Self {
        let ends = std::iter::once(source.len());
        Self {
            byte_of_character: source
                .char_indices()
                .map(|(at, _)| at)
                .chain(ends)
                .map(|at| at + shift)
                .collect(),
        }
    }

    fn byte(&self, character: usize) -> usize {
        self.byte_of_character.get(character).or(self.byte_of_character.last()).copied().unwrap_or_default()
    }

    fn range(&self, span: &Span) -> Range<usize> {
        self.byte(span.start.index())..self.byte(span.end.index())
    }
}

impl<'a> Reader<'a> {
    fn next(&mut self) -> Result<(Event<'a>, Range<usize>), Fault> {
        let end = self.places.byte(usize::MAX);
        match self.events.next() {
            None => Ok((Event::StreamEnd, end..end)),
            Some(Err(error)) => Err(self.fault(&error)),
            Some(Ok((event, span))) => Ok((event, self.places.range(&span))),
        }
    }

    fn fault(&self, error: &ScanError) -> Fault {
        let at = self.places.byte(error.marker().index());
        fault(error.info(), SYNTAX, at..at)
    }

    fn document(&mut self) -> Result<Table, Fault> {
        let mut found = None;
        loop {
            match self.next()? {
                (Event::StreamStart | Event::DocumentEnd, _) => {}
                (Event::DocumentStart(..), span) if found.is_some() => {
                    let message = "front matter is one YAML document, and here a second begins";
                    return Err(fault(message, "remove what follows", span));
                }
                (Event::DocumentStart(..), _) => {
                    let (event, span) = self.next()?;
                    if matches!(event, Event::StreamEnd | Event::DocumentEnd) {
                        return Ok(Table::default());
                    }
                    match self.node(event, span)? {
                        Node { value: Value::Table(table), .. } => found = Some(table),
                        Node { value: Value::Null, .. } => found = Some(Table::default()),
                        Node { value, span } => {
                            let message = format!("expected keys and values, found {}", value.type_name());
                            return Err(fault(message, KEYS, span));
                        }
                    }
                }
                (Event::StreamEnd, _) => return Ok(found.unwrap_or_default()),
                (_, span) => return Err(fault("unexpected text", SYNTAX, span)),
            }
        }
    }

    /// The node that begins with `event`. Depth is bounded by the parser itself.
    fn node(&mut self, event: Event<'a>, span: Range<usize>) -> Result<Node, Fault> {
        let start = span.start;
        match event {
            Event::Scalar(text, style, _, _) => Ok(Node { value: scalar(&text, style), span }),
            Event::SequenceStart(..) => {
                let mut items = Vec::new();
                loop {
                    match self.next()? {
                        (Event::SequenceEnd, end) => {
                            return Ok(Node {
                                value: Value::Array(items),
                                span: start..end.start.max(start),
                            });
                        }
                        (event, span) => items.push(self.node(event, span)?),
                    }
                }
            }
            Event::MappingStart(..) => {
                let mut table = Table::default();
                let mut keys = HashSet::new();
                loop {
                    let (event, key_span) = self.next()?;
                    let key = match event {
                        Event::MappingEnd => {
                            return Ok(Node {
                                value: Value::Table(table),
                                span: start..key_span.start.max(start),
                            });
                        }
                        Event::Scalar(key, ..) => key.into_owned(),
                        _ => return Err(fault("a key must be text", KEYS, key_span)),
                    };
                    if !keys.insert(key.clone()) {
                        let message = format!("the key '{key}' stands twice");
                        return Err(fault(message, "remove one of the two", key_span));
                    }
                    let (event, span) = self.next()?;
                    let node = self.node(event, span)?;
                    table.entries.push(Entry { key, key_span, node });
                }
            }
            Event::Alias(_) => {
                Err(fault("anchors and aliases are not read here", "write the value out", span))
            }
            _ => Err(fault("unexpected text", SYNTAX, span)),
        }
    }
}

fn scalar(text: &str, style: ScalarStyle) -> Value {
    if !matches!(style, ScalarStyle::Plain) {
        return Value::String(text.to_owned());
    }
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Value::Null,
        "true" | "True" | "TRUE" => Value::Bool(true),
        "false" | "False" | "FALSE" => Value::Bool(false),
        _ => number(text).unwrap_or_else(|| Value::String(text.to_owned())),
    }
}

fn number(text: &str) -> Option<Value> {
    if let Ok(number) = text.parse::<i64>() {
        return Some(Value::Integer(number));
    }
    let numeric = text.contains(|c: char| c.is_ascii_digit())
        && text.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '-' | '+' | 'e' | 'E'));
    if numeric { text.parse().ok().map(Value::Float) } else { None }
}
