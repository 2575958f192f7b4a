//! Breaking a text into lines that are no longer than they may be.

use unicode_linebreak::{BreakOpportunity, linebreaks};
use unicode_segmentation::UnicodeSegmentation;

/// How wide a piece of text is, in the font's own units.
pub(super) type Measure<'a> = &'a dyn Fn(&str) -> i64;

/// A text cut where a line may end, each piece measured once for all sizes.
pub(super) struct Pieces<'a> {
    pieces: Vec<Piece<'a>>,
    measure: Measure<'a>,
}

#[derive(Clone, Copy)]
struct Piece<'a> {
    /// With the spaces behind it.
    text: &'a str,
    /// How wide it is at the end of a line, where spaces do not count.
    width: i64,
    /// How wide the spaces are.
    spaces: i64,
}

/// What stands where the rest was left out.
const ELLIPSIS: char = '…';

impl<'a> Pieces<'a> {
    pub(super) fn of(text: &'a str, measure: Measure<'a>) -> Self {
        let mut pieces = Vec::new();
        let mut start = 0;
        for (end, opportunity) in linebreaks(text) {
            // A text is one paragraph: its own line breaks have become spaces before.
            if matches!(opportunity, BreakOpportunity::Allowed | BreakOpportunity::Mandatory) && end > start {
                pieces.push(Piece::of(&text[start..end], measure));
                start = end;
            }
        }
        Self { pieces, measure }
    }

    /// The lines, if there are no more than `most`, each no wider than `room`, with no word broken. They are made
    /// equally long as far as words allow: a last line of one word looks like an oversight.
    pub(super) fn set(&self, room: i64, most: usize) -> Option<Vec<String>> {
        let widest = self.pieces.iter().map(|piece| piece.width).max().unwrap_or_default();
        let count = fill(&self.pieces, room).len();
        if widest > room || count > most {
            return None;
        }
        // The narrowest room that does with as many lines.
        let (mut low, mut high) = (widest, room);
        while low < high {
            let middle = low + (high - low) / 2;
            if fill(&self.pieces, middle).len() <= count {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        Some(fill(&self.pieces, high).into_iter().map(text_of).collect())
    }

    /// No more than `most` lines, whatever has to be broken or left out for it.
    pub(super) fn force(&self, room: i64, most: usize) -> Vec<String> {
        let whole = self.pieces.iter().flat_map(|piece| match piece.width > room {
            false => vec![*piece],
            true => self.broken(piece.text, room),
        });
        let pieces: Vec<Piece<'_>> = whole.collect();
        let lines = fill(&pieces, room);
        let mut set: Vec<String> = lines.iter().take(most).map(|line| text_of(line)).collect();
        if lines.len() > most
            && let (Some(last), Some(line)) = (set.last_mut(), lines.get(most - 1))
        {
            *last = self.cut(line, room);
        }
        set
    }

    /// A word longer than a line, in pieces of what a reader takes for letters.
    fn broken(&self, word: &'a str, room: i64) -> Vec<Piece<'a>> {
        let mut pieces: Vec<Piece<'_>> = Vec::new();
        let (mut start, mut width) = (0, 0);
        for (at, letter) in word.grapheme_indices(true) {
            let own = (self.measure)(letter);
            if width + own > room && at > start {
                pieces.push(Piece::of(&word[start..at], self.measure));
                (start, width) = (at, 0);
            }
            width += own;
        }
        pieces.push(Piece::of(&word[start..], self.measure));
        pieces
    }

    /// A line that ends before its text does.
    fn cut(&self, line: &[Piece<'_>], room: i64) -> String {
        let ended = |text: &str| {
            let text = text.trim_end_matches(|c: char| c.is_whitespace() || ",;:،؛–—-".contains(c));
            format!("{text}{ELLIPSIS}")
        };
        let fits = |text: &String| (self.measure)(text) <= room;
        let words = (1..=line.len()).rev().map(|count| ended(&text_of(&line[..count])));
        if let Some(text) = words.into_iter().find(fits) {
            return text;
        }
        let first = line.first().map_or("", |piece| piece.text);
        let shorter = first.grapheme_indices(true).rev().map(|(at, _)| ended(&first[..at]));
        shorter.into_iter().find(fits).unwrap_or_else(|| ELLIPSIS.to_string())
    }
}

impl<'a> Piece<'a> {
    fn of(text: &'a str, measure: Measure<'_>) -> Self {
        let word = text.trim_end();
        let width = measure(word);
        let spaces = if word.len() == text.len() { 0 } else { measure(text) - width };
        Self { text, width, spaces }
    }
}

/// Lines as full as they can be.
fn fill<'p, 'a>(pieces: &'p [Piece<'a>], room: i64) -> Vec<&'p [Piece<'a>]> {
    let mut lines = Vec::new();
    let (mut start, mut width) = (0, 0);
    for (at, piece) in pieces.iter().enumerate() {
        if at > start && width + piece.width > room {
            lines.push(&pieces[start..at]);
            (start, width) = (at, 0);
        }
        width += piece.width + piece.spaces;
    }
    if start < pieces.len() {
        lines.push(&pieces[start..]);
    }
    lines
}

fn text_of(line: &[Piece<'_>]) -> String {
    line.iter().map(|piece| piece.text).collect::<String>().trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A font whose letters are all one wide.
    fn letters(text: &str) -> i64 {
        i64::try_from(text.graphemes(true).count()).unwrap()
    }

    fn set(text: &str, room: i64, most: usize) -> Option<Vec<String>> {
        Pieces::of(text, &letters).set(room, most)
    }

    fn force(text: &str, room: i64, most: usize) -> Vec<String> {
        Pieces::of(text, &letters).force(room, most)
    }

    #[test]
    fn lines_are_made_equally_long() {
        assert_eq!(set("one two three four", 14, 2).unwrap(), ["one two", "three four"]);
        assert_eq!(set("one two three four", 40, 2).unwrap(), ["one two three four"]);
        assert_eq!(set("one two three four", 8, 2), None);
        assert_eq!(set("", 8, 2).unwrap(), Vec::<String>::new());
    }

    #[test]
    fn a_line_ends_where_unicode_lets_it() {
        assert_eq!(set("well-known", 6, 2).unwrap(), ["well-", "known"]);
        assert_eq!(set("12\u{a0}km now", 7, 2).unwrap(), ["12\u{a0}km", "now"]);
        assert_eq!(set("日本語の新聞", 3, 2).unwrap(), ["日本語", "の新聞"]);
    }

    #[test]
    fn what_cannot_fit_is_broken_or_cut() {
        assert_eq!(set("Donaudampfschiff", 6, 9), None, "a word is not broken while there are smaller sizes");
        assert_eq!(force("Donaudampfschiff ist da", 6, 9), ["Donaud", "ampfsc", "hiff", "ist da"]);
        assert_eq!(force("one two, three four", 9, 1), ["one two…"]);
        assert_eq!(force("abcdefghijkl", 4, 2), ["abcd", "efg…"]);
        assert_eq!(force("e\u{301}e\u{301}e\u{301}", 2, 1), ["e\u{301}…"]);
    }
}
