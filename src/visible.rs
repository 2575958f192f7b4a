//! Text from files made fit to be shown: what would drive a terminal, or hide in a page, is shown as its code.

use std::borrow::Cow;
use std::fmt::Write;
use std::ops::Range;
use std::path::{Path, PathBuf};

/// Whether a character acts on the terminal or hides in the text: control characters (escape sequences begin
/// with one), line separators, bidirectional overrides, zero-width spaces. The joiners U+200C and U+200D belong
/// to the spelling of Urdu, Persian and emoji, and stay.
pub fn is_hidden(character: char) -> bool {
    character.is_control()
        || matches!(character,
            '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0001}')
}

/// Text on one line: hidden characters as `\n` or `\u{1b}`, and one of more than 1,000 characters cut.
pub fn line(text: &str) -> Cow<'_, str> {
    escape(text, &[])
}

/// As [`line()`], but line breaks stay.
pub fn lines(text: &str) -> Cow<'_, str> {
    escape(text, &['\n'])
}

/// The part of a source line around `span`, and the span in it: 200 characters before, 400 within, 400 after, so
/// that a line of a megabyte is no trouble. Tabs stay; a span that is not of the text is moved into it.
pub fn excerpt(text: &str, span: Range<usize>) -> (String, Range<usize>) {
    let start = floor(text, span.start);
    let end = floor(text, span.end).max(start).min(after(text, start, 400));
    let first = text[..start].char_indices().rev().take(200).last().map_or(start, |(at, _)| at);
    let last = after(text, end, 400);
    let mut shown = String::with_capacity(last - first + 8);
    if first > 0 {
        shown.push('…');
    }
    push(&mut shown, &text[first..start], &['\t']);
    let begin = shown.len();
    push(&mut shown, &text[start..end], &['\t']);
    let stop = shown.len();
    push(&mut shown, &text[end..last], &['\t']);
    if last < text.len() {
        shown.push('…');
    }
    (shown, begin..stop)
}

/// A path below the site's folder as it can be opened, or clicked, from the current one.
pub fn shown_path(root: &Path, file: impl AsRef<Path>) -> PathBuf {
    if root == Path::new(".") { file.as_ref().to_owned() } else { root.join(file) }
}

const LONGEST: usize = 1_000;

fn escape<'a>(text: &'a str, kept: &[char]) -> Cow<'a, str> {
    let long = text.len() > LONGEST && text.chars().nth(LONGEST).is_some();
    if !long && !text.contains(is_hidden) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len().min(2 * LONGEST));
    if long {
        let (head, tail) =
            (after(text, 0, LONGEST * 3 / 4), text.char_indices().rev().take(LONGEST / 4).last());
        push(&mut shown, &text[..head], kept);
        shown.push_str(" … ");
        push(&mut shown, &text[tail.map_or(text.len(), |(at, _)| at)..], kept);
    } else {
        push(&mut shown, text, kept);
    }
    Cow::Owned(shown)
}

fn push(shown: &mut String, text: &str, kept: &[char]) {
    for character in text.chars() {
        if is_hidden(character) && !kept.contains(&character) {
            // Writing to a string cannot fail.
            let _ = write!(shown, "{}", character.escape_default());
        } else {
            shown.push(character);
        }
    }
}

/// Where in `text` the character stands that is `count` after the one at `from`.
fn after(text: &str, from: usize, count: usize) -> usize {
    text[from..].char_indices().nth(count).map_or(text.len(), |(at, _)| from + at)
}

fn floor(text: &str, index: usize) -> usize {
    (0..=index.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_drives_a_terminal_is_shown_as_its_code() {
        assert_eq!(line("a\u{1b}[2J\r\n\u{202e}b\u{9b}"), "a\\u{1b}[2J\\r\\n\\u{202e}b\\u{9b}");
        assert_eq!(line("tit\u{200b}le"), "tit\\u{200b}le");
        assert_eq!(lines("a\nb\u{7}"), "a\nb\\u{7}");
    }

    #[test]
    fn what_belongs_to_a_script_stays() {
        for text in ["خبریں\u{200c}ہیں", "👩\u{200d}👩\u{200d}👧", "Zürich – “so”"] {
            assert_eq!(line(text), text);
        }
    }

    #[test]
    fn an_excerpt_keeps_its_span() {
        let (shown, span) = excerpt("a\tb\u{1b}c = 1", 4..5);
        assert_eq!((shown.as_str(), &shown[span]), ("a\tb\\u{1b}c = 1", "c"));
    }

    #[test]
    fn a_megabyte_is_cut_around_the_span() {
        let text = "é".repeat(500_000) + "HERE" + &"x".repeat(500_000);
        let at = text.find("HERE").unwrap();
        let (shown, span) = excerpt(&text, at..at + 4);
        assert_eq!(&shown[span], "HERE");
        assert!(shown.starts_with('…') && shown.ends_with('…') && shown.chars().count() < 1_010);
        let (shown, span) = excerpt(&text, 0..text.len());
        assert_eq!((shown[span].chars().count(), shown.chars().count()), (400, 801));
        assert!(line(&text).len() < 2_000);
    }

    #[test]
    fn a_span_that_is_not_of_the_text_is_moved_into_it() {
        assert_eq!(excerpt("é", 1..9), ("é".to_owned(), 0..2));
        assert_eq!(excerpt("", 5..7), (String::new(), 0..0));
    }

    #[test]
    fn paths_count_from_the_current_folder() {
        assert_eq!(shown_path(Path::new("."), "content/a.md"), Path::new("content/a.md"));
        assert_eq!(shown_path(Path::new("../site"), "content/a.md"), Path::new("../site/content/a.md"));
    }
}
