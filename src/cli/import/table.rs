//! What was read of a story, for people: each value with the line it is from and how sure it is, and what was left out.

use super::story::Story;
use crate::cli::{report, terminal};
use crate::visible;
use crate::wire::shingles::words;
use std::fmt::Write;

/// Columns where no terminal says how many it has.
const WIDTH: usize = 110;
/// The columns of the first three and what stands between them.
const FIXED: usize = 2 + 9 + 1 + 5 + 1 + 5 + 2;

/// The table of a story.
pub(super) fn drawn(story: &Story) -> String {
    let width = terminal::width().unwrap_or(WIDTH).max(60) - FIXED;
    let (value_width, from_width) = (width * 55 / 100, width - width * 55 / 100 - 2);
    let mut text = visible::line(&story.name).into_owned();
    match &story.path {
        Some((path, true)) => _ = writeln!(text, " → {path}"),
        Some((path, false)) => _ = writeln!(text, " → {path} (not made: --dry-run)"),
        None => text.push('\n'),
    }
    let _ = writeln!(
        text,
        "  {:9} {:>5} {:>5}  {}  read from",
        "field",
        "sure",
        "line",
        padded("value", value_width)
    );
    for guess in &story.item.guesses {
        let line = line_number(guess.line);
        let sure = format!("{} %", guess.confidence);
        let mark = if guess.is_sure() { "" } else { "? " };
        let value = padded(&format!("{mark}{}", guess.value), value_width);
        let from = if guess.text == guess.value { String::new() } else { shortened(&guess.text, from_width) };
        let _ = writeln!(
            text,
            "{}",
            format!("  {:9} {sure:>5} {line:>5}  {value}  {from}", guess.field).trim_end()
        );
    }
    let count: usize = story.item.body.iter().map(|paragraph| words(paragraph).len()).sum();
    let size =
        format!("{}, {}", report::number(story.item.body.len(), "paragraph"), report::number(count, "word"));
    let _ = writeln!(text, "  {:9} {:>11}  {size}", "text", "");
    for cut in &story.item.cut {
        let cut_text = shortened(&cut.text, (width + 2).saturating_sub(cut.why.chars().count() + 2));
        let line = line_number(cut.line);
        let _ = writeln!(text, "  {:9} {:>5} {line:>5}  {}: {cut_text}", "left out", "", cut.why);
    }
    if story.item.guesses.iter().any(|guess| !guess.is_sure()) {
        text += "  What has a ? is not sure enough, and only a comment in the file.\n";
    }
    text
}

/// Nothing of what is no line: the head of a page, the whole text.
fn line_number(line: usize) -> String {
    if line == 0 { String::new() } else { line.to_string() }
}

fn shortened(text: &str, width: usize) -> String {
    let shown = visible::line(text);
    match shown.char_indices().nth(width) {
        None => shown.into_owned(),
        Some(_) => shown.chars().take(width.saturating_sub(1)).chain(['…']).collect(),
    }
}

fn padded(text: &str, width: usize) -> String {
    let shown = shortened(text, width);
    let missing = width.saturating_sub(shown.chars().count());
    shown + &" ".repeat(missing)
}
