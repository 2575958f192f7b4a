//! Text into lines that fit a frame.

use super::model::Frame;
use unicode_segmentation::UnicodeSegmentation;

/// Sets `text` in the largest of the frame's sizes at which it fits; in the smallest, what is too much is cut, with
/// an ellipsis. `width_of` is the width of a text at size 1.
pub(super) fn wrap(text: &str, frame: &Frame, width_of: impl Fn(&str) -> f32) -> (Vec<String>, u32) {
    let smallest = frame.sizes.last().copied().unwrap_or(16).max(1);
    for size in &frame.sizes {
        let lines = lines(text, frame.width / *size as f32, &width_of);
        if lines.len() <= room(frame, *size) {
            return (lines, *size);
        }
    }
    let widest = frame.width / smallest as f32;
    let mut lines = lines(text, widest, &width_of);
    lines.truncate(room(frame, smallest));
    if let Some(last) = lines.last_mut() {
        cut(last, widest, &width_of);
    }
    (lines, smallest)
}

/// How many lines of a size the frame has room for; at least one.
fn room(frame: &Frame, size: u32) -> usize {
    let size = size as f32;
    // The last line needs no distance to another.
    let more = ((frame.height - size) / (size * frame.leading)).floor().max(0.0);
    more as usize + 1
}

/// Breaks a text at white space; a word that is wider than a line, between its letters.
fn lines(text: &str, widest: f32, width_of: &impl Fn(&str) -> f32) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for word in text.split_whitespace() {
        let longer = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
        if width_of(&longer) <= widest {
            line = longer;
            continue;
        }
        if !line.is_empty() {
            lines.push(std::mem::take(&mut line));
        }
        if width_of(word) <= widest {
            line = word.to_owned();
            continue;
        }
        for letter in word.graphemes(true) {
            if !line.is_empty() && width_of(&line) + width_of(letter) > widest {
                lines.push(std::mem::take(&mut line));
            }
            line.push_str(letter);
        }
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

/// Shortens a line until it has room for an ellipsis.
fn cut(line: &mut String, widest: f32, width_of: &impl Fn(&str) -> f32) {
    const ELLIPSIS: &str = "…";
    while !line.is_empty() && width_of(line) + width_of(ELLIPSIS) > widest {
        let end = line.grapheme_indices(true).next_back().map_or(0, |(start, _)| start);
        line.truncate(end);
    }
    line.truncate(line.trim_end_matches([' ', ',', ';', ':', '.', '-', '–']).len());
    line.push_str(ELLIPSIS);
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every letter is half as wide as it is high.
    fn width_of(text: &str) -> f32 {
        text.graphemes(true).count() as f32 * 0.5
    }

    fn set(text: &str, sizes: &[u32]) -> (Vec<String>, u32) {
        let frame = Frame { width: 100.0, height: 50.0, sizes: sizes.to_vec(), leading: 1.0 };
        wrap(text, &frame, width_of)
    }

    #[test]
    fn the_largest_size_that_fits_is_taken() {
        assert_eq!(set("ab cd", &[40, 20]), (vec!["ab cd".to_owned()], 40));
        assert_eq!(set("abcd efgh", &[40, 20]), (vec!["abcd efgh".to_owned()], 20));
        assert_eq!(set("abcd efghij kl", &[40, 20]).0, ["abcd", "efghij kl"]);
    }

    #[test]
    fn what_is_too_much_is_cut_between_letters() {
        assert_eq!(
            set("abcdefghijklmnopqrstuvwxyz", &[20]),
            (vec!["abcdefghij".into(), "klmnopqrs…".into()], 20)
        );
        assert_eq!(set("e\u{301}e\u{301}e\u{301}", &[100]).0, ["e\u{301}…"]);
    }

    #[test]
    fn no_text_has_no_lines() {
        assert_eq!(set(" ", &[20]), (Vec::new(), 20));
    }
}
