//! The signs that part a dateline from its text, and its parts from each other: `--`, ` – `, `:`, `.-`, ` | `.

use super::super::agencies::Agencies;
use super::super::scan::{Cursor, DASHES, begins_with_dash};
use super::chain;
use super::read::Read;

impl Read<'_> {
    /// Passes over the signs that follow, and the spaces around them. Whether there were any is the answer.
    pub(super) fn signs(&mut self, cursor: &mut Cursor<'_>, agencies: &Agencies) -> bool {
        let mut next = *cursor;
        let after_slash = next.before() == Some('/');
        let has_space = next.spaces();
        let begin = next.at();
        while let Some(c) = next.peek() {
            let rest = &next.rest()[c.len_utf8()..];
            let is_first = next.at() == begin;
            let is_sign = match c {
                _ if DASHES.contains(&c) => true,
                '_' | ':' | '：' | '|' => true,
                '=' | '•' | '»' | '~' => self.place.is_some() && is_loose(rest),
                ';' => next.before().is_some_and(is_closing),
                '/' => self.is_slash_a_sign(rest, agencies),
                '-' => self.is_dash(next, has_space || !is_first),
                '.' if next.at() == self.end && self.may_end_in_stop() => {
                    rest.is_empty() || is_loose(rest) || begins_with_dash(rest)
                }
                '.' if has_space && is_first => self.may_end_in_stop() && is_loose(rest),
                '.' => !is_first || after_slash || begins_with_dash(rest.trim_start()),
                ' ' => !is_first && begins_with_dash_or_colon(rest.trim_start()),
                _ => false,
            };
            if !is_sign {
                break;
            }
            next.skip(c.len_utf8());
            self.last_sign = c;
        }
        let is_found = next.at() > begin;
        if is_found {
            next.spaces();
            self.is_separated = true;
        }
        // Where nothing parts it the text begins after the spaces all the same.
        if is_found || has_space {
            *cursor = next;
        }
        is_found
    }

    /// After the day or the agency a full stop is enough: `Tashkent (UzA). Heavy rain`.
    fn may_end_in_stop(&self) -> bool {
        self.day.is_some() || !self.chain.is_empty()
    }

    /// `/ ACCESSWIRE / February 14, 2024 / Acme`, `TOKYO (Reuters) / Officials`, `EFE / Madrid`, `MADRID / EFE`.
    fn is_slash_a_sign(&self, rest: &str, agencies: &Agencies) -> bool {
        let is_after_agency = self.chain.is_known() && (self.day.is_some() || is_loose(rest));
        let mut next = Cursor::new(rest);
        next.spaces();
        is_after_agency || chain::bare(&mut next, agencies).is_some()
    }

    /// Whether a hyphen stands as a dash: `TEHRAN-based` has none.
    fn is_dash(&self, mut cursor: Cursor<'_>, is_loose: bool) -> bool {
        let is_tight =
            cursor.before().is_some_and(is_closing) || (self.ends_in_agency && cursor.at() == self.end);
        cursor.eat('-');
        match cursor.peek() {
            None => true,
            Some(next) if is_loose || is_tight => !next.is_lowercase(),
            Some(next) => next == '-' || next == ' ',
        }
    }
}

fn begins_with_dash_or_colon(text: &str) -> bool {
    begins_with_dash(text) || text.starts_with(':')
}

/// Whether a text is parted by a space from what stands before it.
fn is_loose(text: &str) -> bool {
    text.starts_with(' ')
}

fn is_closing(c: char) -> bool {
    matches!(c, ')' | ']' | '/' | '）' | '］')
}
