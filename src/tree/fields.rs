//! Taking known keys out of a table, and reporting the rest.

use super::node::{Entry, Node, Table, Value};
use crate::date::Given;
use crate::diagnostic::{Diagnostic, MOST_IN_A_FILE, nearest};
use std::ops::{Range, RangeInclusive};

/// A file's path and text: what a diagnostic about it needs.
#[derive(Debug, Clone, Copy)]
pub struct TextFile<'a> {
    /// The path, relative to the site's root.
    pub path: &'a str,
    /// The whole text.
    pub text: &'a str,
}

impl TextFile<'_> {
    /// An error at a byte range of this file.
    pub fn error(&self, code: &'static str, message: impl Into<String>, span: Range<usize>) -> Diagnostic {
        Diagnostic::error(code, message).at(self.path, self.text, span)
    }

    /// A warning at a byte range of this file.
    pub fn warning(&self, code: &'static str, message: impl Into<String>, span: Range<usize>) -> Diagnostic {
        Diagnostic::warning(code, message).at(self.path, self.text, span)
    }
}

/// Hands out the values of a table by key. Each method removes what it returns; [`Fields::finish`] reports what
/// nobody asked for, and suggests the nearest of the keys that were.
pub struct Fields<'a> {
    file: TextFile<'a>,
    path: String,
    /// Where the table is named; nowhere for a document's outermost.
    named: Option<Range<usize>>,
    table: Table,
    asked: Vec<String>,
    diagnostics: &'a mut Vec<Diagnostic>,
}

impl<'a> Fields<'a> {
    /// The fields of a document's outermost table.
    pub fn new(file: TextFile<'a>, table: Table, diagnostics: &'a mut Vec<Diagnostic>) -> Self {
        Self { file, path: String::new(), named: None, table, asked: Vec::new(), diagnostics }
    }

    /// The file they stand in.
    pub fn file(&self) -> TextFile<'a> {
        self.file
    }

    /// Reports that a key is not there: at the table it should stand in, else at the file's first line.
    pub fn missing(&mut self, key: &str, help: &str) {
        let first = || 0..self.file.text.find('\n').unwrap_or(self.file.text.len());
        let place = self.named.clone().unwrap_or_else(first);
        let problem = self.file.error("missing-key", format!("'{}' is missing", self.name(key)), place);
        self.report(problem.help(help));
    }

    /// Adds a diagnostic of the caller's own.
    pub fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// Whether a key is there with a value, and was not taken yet.
    pub fn has(&mut self, key: &str) -> bool {
        self.ask(key);
        // A key without a value, as YAML allows, is one that was left out.
        self.table.entries.retain(|entry| entry.key != key || entry.node.value != Value::Null);
        self.table.entries.iter().any(|entry| entry.key == key)
    }

    /// The keys that nobody took yet, in their order.
    pub fn keys(&self) -> Vec<String> {
        self.table.entries.iter().map(|entry| entry.key.clone()).collect()
    }

    /// A string that is not empty, and where it stands.
    pub fn spanned(&mut self, key: &str) -> Option<(String, Range<usize>)> {
        let entry = self.entry(key)?;
        self.text(&entry)
    }

    /// A string that is not empty.
    pub fn string(&mut self, key: &str) -> Option<String> {
        self.spanned(key).map(|(text, _)| text)
    }

    /// A string as it is, which may be empty (a separator, or a word that is not wanted), and its place.
    pub fn verbatim(&mut self, key: &str) -> Option<(String, Range<usize>)> {
        let entry = self.entry(key)?;
        match entry.node.value {
            Value::String(text) => Some((text, entry.node.span)),
            _ => self.wrong_type(&entry, "a string"),
        }
    }

    /// A string, or several in a list, each with its place.
    pub fn strings(&mut self, key: &str) -> Vec<(String, Range<usize>)> {
        let Some(entry) = self.entry(key) else { return Vec::new() };
        let Value::Array(items) = entry.node.value else { return self.text(&entry).into_iter().collect() };
        items
            .into_iter()
            .filter_map(|node| {
                let item = Entry { key: entry.key.clone(), key_span: entry.key_span.clone(), node };
                if matches!(item.node.value, Value::String(_)) {
                    return self.text(&item);
                }
                let message = format!(
                    "'{}' must hold strings, and this is {}",
                    self.name(key),
                    item.node.value.type_name()
                );
                let problem = self.file.error("wrong-type", message, item.node.span.clone());
                self.report(with_type_help(problem, &item.node.value, "a string"));
                None
            })
            .collect()
    }

    /// `true` or `false`.
    pub fn flag(&mut self, key: &str) -> Option<bool> {
        let entry = self.entry(key)?;
        match entry.node.value {
            Value::Bool(flag) => Some(flag),
            _ => self.wrong_type(&entry, "true or false"),
        }
    }

    /// A whole number within bounds.
    pub fn number(&mut self, key: &str, bounds: RangeInclusive<i64>) -> Option<i64> {
        let entry = self.entry(key)?;
        match entry.node.value {
            Value::Integer(number) if bounds.contains(&number) => Some(number),
            Value::Integer(number) => {
                let (low, high) = bounds.into_inner();
                let message = format!("'{}' is {number}, and must be from {low} to {high}", self.name(key));
                let problem = self.file.error("out-of-range", message, entry.node.span);
                self.report(problem);
                None
            }
            _ => self.wrong_type(&entry, "a whole number"),
        }
    }

    /// One of a few words, each with its meaning.
    pub fn choice<T: Copy>(&mut self, key: &str, choices: &[(&str, T)]) -> Option<T> {
        let (word, span) = self.spanned(key)?;
        let found = choices.iter().find(|(name, _)| *name == word).map(|(_, value)| *value);
        if found.is_none() {
            let names = || choices.iter().map(|(name, _)| *name);
            let problem = self.file.error(
                "bad-choice",
                format!("'{word}' is no choice for '{}'", self.name(key)),
                span,
            );
            self.report(match nearest(&word, names()) {
                Some(near) => problem.help(format!("did you mean '{near}'?")),
                None => problem.help(format!("the choices are {}", names().collect::<Vec<_>>().join(", "))),
            });
        }
        found
    }

    /// A date, and where it stands. A string that spells one is taken as one: YAML has no other way.
    pub fn date(&mut self, key: &str) -> Option<(Given, Range<usize>)> {
        let entry = self.entry(key)?;
        match &entry.node.value {
            Value::Date(given) => Some((*given, entry.node.span)),
            Value::String(text) => {
                if let Some(given) = Given::parse(text) {
                    return Some((given, entry.node.span));
                }
                let message = format!("'{text}' is not a date");
                let problem = self.file.error("bad-date", message, entry.node.span).help(
                    "write 2021-11-25, 2021-11-25T10:30:00 or 2021-11-25T10:30:00+01:00, and a day that exists",
                );
                self.report(problem);
                None
            }
            _ => self.wrong_type(&entry, "a date, such as 2021-11-25"),
        }
    }

    /// A table, read by `read`, which need not look for keys it does not know.
    pub fn table<T>(&mut self, key: &str, read: impl FnOnce(&mut Fields<'_>) -> T) -> Option<T> {
        let entry = self.entry(key)?;
        match entry.node.value {
            Value::Table(table) => Some(self.nested(key, entry.key_span, table, read)),
            _ => self.wrong_type(&entry, "a table"),
        }
    }

    /// A table, or several in a list; `read` gets each with its place.
    pub fn tables<T>(&mut self, key: &str, read: impl FnMut(&mut Fields<'_>, Range<usize>) -> T) -> Vec<T> {
        self.each_table(key, None, read)
    }

    /// As [`Fields::tables`], where a string stands for a table that has it under the key `short`, and nothing else.
    pub fn tables_or_strings<T>(
        &mut self,
        key: &str,
        short: &str,
        read: impl FnMut(&mut Fields<'_>, Range<usize>) -> T,
    ) -> Vec<T> {
        self.each_table(key, Some(short), read)
    }

    fn each_table<T>(
        &mut self,
        key: &str,
        short: Option<&str>,
        mut read: impl FnMut(&mut Fields<'_>, Range<usize>) -> T,
    ) -> Vec<T> {
        let Some(entry) = self.entry(key) else { return Vec::new() };
        let nodes = match entry.node.value {
            Value::Array(nodes) => nodes,
            _ => vec![entry.node],
        };
        let mut found = Vec::with_capacity(nodes.len());
        for node in nodes {
            let span = node.span.clone();
            let node = match (short, node.value) {
                (Some(short), text @ Value::String(_)) => {
                    let entry = Entry {
                        key: short.to_owned(),
                        key_span: span.clone(),
                        node: Node { value: text, span: span.clone() },
                    };
                    Node { value: Value::Table(Table { entries: vec![entry] }), span: span.clone() }
                }
                (_, value) => Node { value, span: span.clone() },
            };
            match node.value {
                Value::Table(table) => {
                    let named = span.clone();
                    found.push(self.nested(key, named, table, |fields| read(fields, span)));
                }
                _ => {
                    let entry = Entry { key: entry.key.clone(), key_span: entry.key_span.clone(), node };
                    self.wrong_type::<()>(&entry, "a table");
                }
            }
        }
        found
    }

    /// Reports every key that is left; `hint` may know better than the nearest key what was meant.
    pub fn finish(&mut self, hint: impl Fn(&str) -> Option<String>) {
        for entry in std::mem::take(&mut self.table).entries.into_iter().take(MOST_IN_A_FILE) {
            let suggestion = hint(&entry.key).or_else(|| {
                nearest(&entry.key, self.asked.iter().map(String::as_str))
                    .map(|key| format!("did you mean '{key}'?"))
            });
            let place = if self.path.is_empty() { String::new() } else { format!(" in [{}]", self.path) };
            let problem =
                self.file.error("unknown-key", format!("unknown key '{}'{place}", entry.key), entry.key_span);
            self.diagnostics.push(match suggestion {
                Some(help) => problem.help(help),
                None if self.asked.is_empty() => problem,
                None => {
                    let own = if self.asked.iter().any(|key| key == "extra") {
                        "; values of your own stand under [extra]"
                    } else {
                        ""
                    };
                    problem.help(format!("the keys here are {}{own}", self.asked.join(", ")))
                }
            });
        }
    }

    /// Reports that a key has a value of the wrong type.
    pub fn wrong_type<T>(&mut self, entry: &Entry, expected: &str) -> Option<T> {
        let message = format!(
            "'{}' must be {expected}, and is {}",
            self.name(&entry.key),
            entry.node.value.type_name()
        );
        let problem = self.file.error("wrong-type", message, entry.node.span.clone());
        let problem = with_type_help(problem, &entry.node.value, expected);
        self.report(match expected {
            "a table" => problem.help(format!("its keys stand under [{}]", self.name(&entry.key))),
            _ => problem,
        });
        None
    }

    /// An entry, whatever its value; a null counts as absent.
    pub fn entry(&mut self, key: &str) -> Option<Entry> {
        self.ask(key);
        self.table.take(key).filter(|entry| entry.node.value != Value::Null)
    }

    fn ask(&mut self, key: &str) {
        if !self.asked.iter().any(|asked| asked == key) {
            self.asked.push(key.to_owned());
        }
    }

    fn text(&mut self, entry: &Entry) -> Option<(String, Range<usize>)> {
        match &entry.node.value {
            Value::String(text) if text.trim().is_empty() => {
                let message = format!("'{}' is empty", self.name(&entry.key));
                let problem = self.file.error("empty-value", message, entry.node.span.clone());
                self.report(problem.help("fill it in, or leave the key out"));
                None
            }
            Value::String(text) if text.contains(is_unprintable) => {
                let message = format!("'{}' has a control character in it", self.name(&entry.key));
                let problem = self.file.error("control-character", message, entry.node.span.clone());
                self.report(problem.help(
                    "delete it: such characters come with text copied from elsewhere, and show nowhere",
                ));
                None
            }
            Value::String(text) => Some((text.trim().to_owned(), entry.node.span.clone())),
            _ => self.wrong_type(entry, "a string"),
        }
    }

    fn nested<T>(
        &mut self,
        key: &str,
        named: Range<usize>,
        table: Table,
        read: impl FnOnce(&mut Fields<'_>) -> T,
    ) -> T {
        let path = self.name(key);
        let (asked, diagnostics) = (Vec::new(), &mut *self.diagnostics);
        read(&mut Fields { file: self.file, path, named: Some(named), table, asked, diagnostics })
    }

    fn name(&self, key: &str) -> String {
        if self.path.is_empty() { key.to_owned() } else { format!("{}.{key}", self.path) }
    }
}

/// Says how a value is written as the type that is expected, where that is only a matter of quotes.
fn with_type_help(problem: Diagnostic, value: &Value, expected: &str) -> Diagnostic {
    match value {
        Value::Integer(number) if expected == "a string" => {
            problem.help(format!("put it in quotes: \"{number}\""))
        }
        Value::String(_) if expected == "true or false" => {
            problem.help("write true or false, without quotes")
        }
        _ => problem,
    }
}

/// Whether a character shows nowhere and has no way to be written in XML 1.0, which feeds are.
fn is_unprintable(character: char) -> bool {
    let white = matches!(character, '\t' | '\n' | '\r');
    (character.is_control() && !white) || matches!(character, '\u{fffe}' | '\u{ffff}')
}
