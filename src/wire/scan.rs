//! A place in a line of copy, from which it is read on.

/// The most characters of a word or a number that are passed over as one.
const LONGEST_WORD: usize = 40;

/// A place in a text. It is copied to try something, and the copy is dropped where that was not there.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cursor<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Cursor<'a> {
    /// The beginning of a text.
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    /// What follows.
    pub(super) fn rest(self) -> &'a str {
        &self.text[self.at..]
    }

    /// How many bytes lie behind.
    pub(super) fn at(self) -> usize {
        self.at
    }

    /// The character that follows.
    pub(super) fn peek(self) -> Option<char> {
        self.rest().chars().next()
    }

    /// The character before.
    pub(super) fn before(self) -> Option<char> {
        self.text[..self.at].chars().next_back()
    }

    /// What stands around this place: so many bytes before it, and after; `None` where that is no text.
    pub(super) fn around(self, before: usize, after: usize) -> Option<&'a str> {
        self.text.get(self.at.checked_sub(before)?..self.at + after)
    }

    /// Goes on by some bytes, which end at a character.
    pub(super) fn skip(&mut self, bytes: usize) {
        self.at += bytes;
    }

    /// Passes over spaces. Whether there were any is the answer.
    pub(super) fn spaces(&mut self) -> bool {
        let before = self.at;
        self.at = self.text.len() - self.rest().trim_start().len();
        self.at > before
    }

    /// Passes over a character, if it is the next.
    pub(super) fn eat(&mut self, wanted: char) -> bool {
        let is_next = self.peek() == Some(wanted);
        if is_next {
            self.at += wanted.len_utf8();
        }
        is_next
    }

    /// Passes over the letters that follow, and gives them; `None` where there are none, or more than a word has.
    pub(super) fn letters(&mut self) -> Option<&'a str> {
        self.take(|c| c.is_alphabetic() || is_mark(c))
    }

    /// Passes over the digits that follow, and gives them as a number with how many they are.
    pub(super) fn number(&mut self) -> Option<(u32, usize)> {
        let digits = self.take(|c| c.is_ascii_digit())?;
        Some((digits.parse().ok()?, digits.len()))
    }

    /// Passes over the letters that follow, with a full stop where something is cut short: `a.m.`.
    pub(super) fn letters_and_stops(&mut self) -> Option<&'a str> {
        self.take(|c| c.is_alphabetic() || c == '.')
    }

    /// The line may be long, and what follows the one word of a script without spaces.
    fn take(&mut self, is_part: impl Fn(char) -> bool) -> Option<&'a str> {
        let rest = self.rest();
        let mut parts = rest.char_indices().take(LONGEST_WORD + 1);
        let length = match parts.find(|(_, c)| !is_part(*c)) {
            Some((at, _)) => at,
            None if rest.chars().nth(LONGEST_WORD).is_none() => rest.len(),
            None => return None,
        };
        self.at += length;
        (length > 0).then(|| &rest[..length])
    }
}

/// The beginning of a text, of at most so many bytes.
pub(super) fn beginning(text: &str, most: usize) -> &str {
    let end = (0..=most.min(text.len())).rev().find(|end| text.is_char_boundary(*end));
    &text[..end.unwrap_or_default()]
}

/// Whether a character is written over or under the letter before it.
pub(super) fn is_mark(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
}

/// Dashes of every length, the minus sign and the horizontal bar among them.
pub(super) const DASHES: [char; 5] = ['—', '–', '―', '−', '‒'];

/// Whether a text begins with a dash of any length.
pub(super) fn begins_with_dash(text: &str) -> bool {
    text.starts_with('-') || text.starts_with(DASHES)
}
