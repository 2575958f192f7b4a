//! What was read of a story, for programs.

use super::story::Story;
use crate::wire::markdown;
use serde::Serialize;
use std::path::Path;

/// One story; what is absent is `null`.
#[derive(Serialize)]
struct Object<'a> {
    title: Option<&'a str>,
    original_title: Option<&'a str>,
    summary: Option<&'a str>,
    place: Option<&'a str>,
    dateline: Option<&'a str>,
    date: Option<String>,
    agencies: &'a [String],
    author: Option<&'a str>,
    kind: Option<&'static str>,
    lang: Option<&'static str>,
    tags: &'a [String],
    body: String,
    guesses: Vec<Guess<'a>>,
    cut: Vec<Cut<'a>>,
    published: Option<String>,
    url: Option<&'a str>,
    file: Option<&'a Path>,
}

#[derive(Serialize)]
struct Guess<'a> {
    field: &'static str,
    value: &'a str,
    line: Option<usize>,
    text: &'a str,
    /// From 0 to 1.
    confidence: f64,
}

#[derive(Serialize)]
struct Cut<'a> {
    line: Option<usize>,
    text: &'a str,
    why: &'static str,
}

/// `null` of what is no line.
fn line(line: usize) -> Option<usize> {
    (line > 0).then_some(line)
}

/// A story as a JSON object; `file` is its article's, where that was made.
pub(super) fn object(story: &Story, file: Option<&Path>) -> String {
    let item = &story.item;
    let guesses = item.guesses.iter().map(|guess| Guess {
        field: guess.field,
        value: &guess.value,
        line: line(guess.line),
        text: &guess.text,
        confidence: f64::from(guess.confidence) / 100.0,
    });
    let cut = item.cut.iter().map(|cut| Cut { line: line(cut.line), text: &cut.text, why: cut.why });
    let object = Object {
        title: item.title.as_deref(),
        original_title: item.title.as_deref(),
        summary: item.summary.as_deref(),
        place: item.place.as_deref(),
        dateline: item.dateline.as_deref(),
        date: item.date.map(|date| date.to_string()),
        agencies: &item.agencies,
        author: item.author.as_deref(),
        kind: item.is_press_release.then_some("press-release"),
        lang: item.lang,
        tags: &item.tags,
        body: markdown::paragraphs(&item.body),
        guesses: guesses.collect(),
        cut: cut.collect(),
        published: story.published.map(|date| date.to_string()),
        url: story.url.as_deref(),
        file,
    };
    // Strings and numbers alone cannot fail to be JSON, and paths that are not UTF-8 are not made.
    serde_json::to_string(&object).unwrap_or_default()
}
