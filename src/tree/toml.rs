//! TOML → tree.

use super::node::{Entry, Node, Table, Value};
use crate::date::Given;
use crate::diagnostic::Diagnostic;
use ::toml::de::{DeTable, DeValue};
use ::toml::value::{Datetime, Offset};
use chrono::{FixedOffset, NaiveDate, NaiveTime, TimeZone};
use std::ops::Range;

/// Reads the part `within` of a file's `text` as TOML. What could be read comes back even when there are errors.
///
/// # Errors
/// Every syntax error, at its place; a date that does not exist, such as 30 February, among them.
pub fn parse(file: &str, text: &str, within: Range<usize>) -> Result<Table, Vec<Diagnostic>> {
    let shift = within.start;
    let (root, errors) = DeTable::parse_recoverable(&text[within]);
    if !errors.is_empty() {
        return Err(errors.iter().map(|error| syntax_error(file, text, shift, error)).collect());
    }
    Ok(table(root.into_inner(), shift))
}

fn syntax_error(file: &str, text: &str, shift: usize, error: &::toml::de::Error) -> Diagnostic {
    let span = error.span().unwrap_or_default();
    let range = span.start + shift..span.end + shift;
    let written = text.get(range.clone()).unwrap_or_default();
    let looks_like_date =
        written.len() >= 8 && written.starts_with(|c: char| c.is_ascii_digit()) && written.contains('-');
    if looks_like_date && Given::parse(written).is_none() {
        return Diagnostic::error("bad-date", format!("'{written}' is not a date"))
            .at(file, text, range)
            .help(
                "write 2021-11-25, 2021-11-25T10:30:00 or 2021-11-25T10:30:00+01:00, and a day that exists",
            );
    }
    if error.message().contains("duplicate key") {
        return Diagnostic::error("toml-syntax", format!("the key '{written}' stands twice"))
            .at(file, text, range)
            .help("remove one of the two");
    }
    Diagnostic::error("toml-syntax", in_words(error.message()))
        .at(file, text, range)
        .help("text stands in quotes: title = \"A headline\"; a quote within it is written \\\"")
}

/// The parser speaks of its grammar. The slips that editors make have words of their own here.
fn in_words(message: &str) -> String {
    let words = [
        ("string values must be quoted", "text must stand in quotes"),
        ("invalid basic string, expected `\"`", "the closing quote is missing"),
        (
            "unexpected key or value, expected newline",
            "the value ends before this, and nothing may follow it",
        ),
    ];
    let known = words.iter().find(|(theirs, _)| message.starts_with(theirs));
    known.map_or_else(|| message.replace('\n', ", ").replace('`', "'"), |(_, ours)| (*ours).to_owned())
}

fn table(source: DeTable<'_>, shift: usize) -> Table {
    let mut entries: Vec<Entry> = source
        .into_iter()
        .map(|(key, value)| {
            let key_span = key.span();
            Entry {
                key: key.into_inner().into_owned(),
                key_span: key_span.start + shift..key_span.end + shift,
                node: node(value, shift),
            }
        })
        .collect();
    entries.sort_by_key(|entry| entry.key_span.start);
    Table { entries }
}

fn node(value: ::toml::Spanned<DeValue<'_>>, shift: usize) -> Node {
    let span = value.span();
    let value = match value.into_inner() {
        DeValue::String(text) => Value::String(text.into_owned()),
        DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix())
            .map_or_else(|_| Value::String(number.as_str().to_owned()), Value::Integer),
        DeValue::Float(number) => {
            number.as_str().parse().map_or_else(|_| Value::String(number.as_str().to_owned()), Value::Float)
        }
        DeValue::Boolean(flag) => Value::Bool(flag),
        DeValue::Datetime(time) => given(&time).map_or_else(|| Value::String(time.to_string()), Value::Date),
        DeValue::Array(items) => Value::Array(items.into_iter().map(|item| node(item, shift)).collect()),
        DeValue::Table(inner) => Value::Table(table(inner, shift)),
    };
    Node { value, span: span.start + shift..span.end + shift }
}

/// A TOML date as ours; `None` for a mere time of day, which names no date.
fn given(time: &Datetime) -> Option<Given> {
    let date = time.date?;
    let day = NaiveDate::from_ymd_opt(date.year.into(), date.month.into(), date.day.into())?;
    let Some(clock) = time.time else { return Some(Given::Day(day)) };
    // A leap second is shown as the second before it: chrono has no sixtieth.
    let second = u32::from(clock.second.unwrap_or(0)).min(59);
    let local = day.and_time(NaiveTime::from_hms_opt(clock.hour.into(), clock.minute.into(), second)?);
    let minutes = match time.offset {
        None => return Some(Given::Local(local)),
        Some(Offset::Z) => 0,
        Some(Offset::Custom { minutes }) => i32::from(minutes),
    };
    FixedOffset::east_opt(minutes * 60)?.from_local_datetime(&local).single().map(Given::Offset)
}
