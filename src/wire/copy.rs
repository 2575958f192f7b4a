//! The text of a story as it was scraped, in paragraphs that know their lines.

use super::agencies::Agencies;
use super::dateline;
use super::furniture;
use super::item::SURE;
use unicode_normalization::UnicodeNormalization;

/// A paragraph, its spaces made one each, without what cannot be seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paragraph {
    /// The line it begins on, from 1.
    pub line: usize,
    /// What it says.
    pub text: String,
}

/// How long the lines of a text are that was wrapped, in characters, and how far they may differ.
const WRAPPED: (usize, usize) = (40, 100);
const RAGGED: usize = 25;
/// In how many lines from the top of a run a story may begin: above it are headlines.
const LABELS: usize = 4;

/// The paragraphs of a text. A line is one, but where lines were wrapped: then what stands between empty lines is one, or between
/// lines that are indented.
pub fn paragraphs(text: &str) -> Vec<Paragraph> {
    let mut paragraphs = Vec::new();
    let mut run: Vec<Line> = Vec::new();
    for (number, raw) in text.lines().enumerate() {
        let line = Line { number: number + 1, text: cleaned(raw), is_indented: raw.starts_with(['\t', ' ']) };
        let begins =
            line.is_indented && run.last().is_some_and(|before| !before.is_indented || run.len() == 1);
        // A byline follows its headline as it likes.
        let is_alone = furniture::is_never_wrapped(&line.text)
            || (run.len() == 1 && furniture::head(&line.text).is_some());
        if line.text.is_empty() || is_alone || begins {
            close(&mut run, &mut paragraphs);
        }
        match () {
            () if line.text.is_empty() => {}
            () if is_alone => paragraphs.push(line.into()),
            () => run.push(line),
        }
    }
    close(&mut run, &mut paragraphs);
    paragraphs
}

struct Line {
    number: usize,
    text: String,
    is_indented: bool,
}

impl From<Line> for Paragraph {
    fn from(line: Line) -> Self {
        Self { line: line.number, text: line.text }
    }
}

fn close(run: &mut Vec<Line>, paragraphs: &mut Vec<Paragraph>) {
    // A headline may stand right above the line that a story begins with.
    let lead = (1..run.len().min(LABELS)).find(|place| begins_story(&run[*place].text));
    let story = lead.map(|place| run.split_off(place)).unwrap_or_default();
    put(std::mem::replace(run, story), paragraphs);
    put(std::mem::take(run), paragraphs);
}

/// Adds the paragraphs that lines without an empty one between them are.
fn put(lines: Vec<Line>, paragraphs: &mut Vec<Paragraph>) {
    if is_wrapped(&lines) {
        let text: Vec<&str> = lines.iter().map(|line| &*line.text).collect();
        paragraphs.push(Paragraph { line: lines[0].number, text: text.join(" ") });
    } else {
        paragraphs.extend(lines.into_iter().map(Paragraph::from));
    }
}

/// Whether a line begins with a dateline that says who filed it or when.
fn begins_story(line: &str) -> bool {
    dateline::leading(line, Agencies::known())
        .is_some_and(|read| read.confidence >= SURE && (read.day.is_some() || !read.agencies.is_empty()))
}

/// Whether lines are one paragraph that was broken to a width: all but the last are about as long, and most end within a sentence.
fn is_wrapped(lines: &[Line]) -> bool {
    let Some((last, full)) = lines.split_last().filter(|(_, full)| !full.is_empty()) else { return false };
    let lengths = || full.iter().map(|line| line.text.chars().count());
    let (least, most) = (lengths().min().unwrap_or_default(), lengths().max().unwrap_or_default());
    let goes_on =
        full.iter().filter(|line| !line.text.ends_with(['.', '!', '?', ':', '"', '”', ')', '»'])).count();
    (WRAPPED.0..=WRAPPED.1).contains(&least)
        && most <= WRAPPED.1
        && last.text.chars().count() <= most + RAGGED
        && most - least <= RAGGED
        && goes_on * 2 >= full.len()
}

/// A line without characters that are not seen or that turn the text after them around, its spaces made one each and its letters
/// composed: what is compared or looked up is so.
pub fn cleaned(line: &str) -> String {
    let mut clean = String::with_capacity(line.len());
    for c in line.chars().filter(|c| !is_unseen(*c)).nfc() {
        let is_space = c.is_whitespace() || c.is_control() || c == '\u{2800}';
        if !is_space {
            clean.push(c);
        } else if !clean.is_empty() && !clean.ends_with(' ') {
            clean.push(' ');
        }
    }
    clean.truncate(clean.trim_end().len());
    clean
}

/// Zero-width spaces, soft hyphens, marks of byte order, overrides and isolates of direction, tags, and what is no character at
/// all, which no feed can hold. Joiners stay: Persian, Hindi and emoji are written with them; so do the two marks of direction,
/// which turn nothing around.
fn is_unseen(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{200b}' | '\u{2060}'..='\u{2064}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
        | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{206f}' | '\u{e0000}'..='\u{e007f}'
        | '\0'..='\u{8}' | '\u{e}'..='\u{1f}' | '\u{7f}' | '\u{fffe}' | '\u{ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(usize, String)> {
        paragraphs(text).into_iter().map(|paragraph| (paragraph.line, paragraph.text)).collect()
    }

    #[test]
    fn a_line_is_a_paragraph() {
        assert_eq!(
            read("One\n\n\nTwo\r\nThree"),
            [(1, "One".into()), (4, "Two".into()), (5, "Three".into())]
        );
        assert_eq!(read(" \u{feff}\n\u{200b}"), []);
    }

    #[test]
    fn lines_that_were_wrapped_are_one() {
        let text = "The ministry said on Thursday that it would open the\nharbour again in the spring, after a winter in which\nnothing moved.\n\nThe harbour is old.";
        assert_eq!(read(text).len(), 2);
        assert!(read(text)[0].1.ends_with("which nothing moved."));
        let headline = "Harbour of Aden opens again after nine years";
        assert_eq!(
            read(&format!("{headline}\nADEN (AP) — {}\n", "The first ship came. ".repeat(9))).len(),
            2
        );
        assert_eq!(read(&format!("{headline}\nBy Ada Byron\n\nThe first ship came.")).len(), 3);
        let wrapped = "ADEN, Nov 18 (Reuters) - The first ship since 2012\nhas called at the harbour, which opened again on\nThursday, the mayor said.";
        assert_eq!(read(&format!("{headline}\n{wrapped}")).len(), 2);
        let two = "A line that ends as a sentence does, and is quite long.\nA line that ends as a sentence does, and is quite long.\nEnd.";
        assert_eq!(read(two).len(), 3);
        let credit = "The ministry said on Thursday that it would open the\nharbour again in the spring.\n(Reporting by Ada Byron)";
        assert_eq!(read(credit).len(), 2);
    }

    #[test]
    fn what_is_not_seen_falls_away() {
        assert_eq!(cleaned("a\u{200b}\u{ffff}b\u{202e}c\u{a0}\u{a0}d\te\u{7}f\u{ad}g "), "abc d efg");
        assert_eq!(cleaned("می\u{200c}خواهم 👩\u{200d}👧"), "می\u{200c}خواهم 👩\u{200d}👧");
    }
}
