//! The line at the head of a dispatch: who filed it where and when, as agencies and those who print them write it.
//!
//! ```text
//!     BEIJING (Pakistan Point News / Sputnik - 25th November, 2021) The ministry …
//!     place    chain: who printed … who wrote   day                 text
//! ```
//!
//! No one form is looked for. What a paragraph begins with is read part by part, and each part is a piece of evidence:
//! a known place or one in capitals, a known agency, a day, a sign that parts it from the text. None is enough, since
//! `Apple (AAPL) shares` has brackets and `Trump — the president` a dash; an agency or a day and one more are.

mod chain;
mod place;
#[cfg(test)]
mod tests;

use self::chain::Chain;
use super::agencies::Agencies;
use super::item::SURE;
use super::places;
use super::scan::Cursor;
use super::when::{self, Day};

/// A dateline that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dateline<'a> {
    /// As it is printed, without what parts it from the text.
    pub verbatim: &'a str,
    /// Where the story was filed, as it is written in a text: with the country or state, where that is said.
    pub place: Option<String>,
    /// On which day.
    pub day: Option<Day>,
    /// Who carried it, from who printed it to who wrote it.
    pub agencies: Vec<String>,
    /// Whether one of these carries press releases.
    pub is_press_release: bool,
    /// What follows it.
    pub text: &'a str,
    /// How sure it is that this is one, from 0 to 100.
    pub confidence: u8,
}

/// Below this there is nothing for an editor to decide.
const UNLIKELY: u8 = 30;

/// What each piece of evidence is worth.
mod worth {
    pub(super) const KNOWN_AGENCY: u8 = 35;
    pub(super) const AGENCY: u8 = 10;
    pub(super) const DAY: u8 = 35;
    pub(super) const CAPITALS: u8 = 15;
    pub(super) const KNOWN_PLACE: u8 = 20;
    pub(super) const SEPARATOR: u8 = 15;
    /// A known country, state or province after the place.
    pub(super) const REGION: u8 = 15;
    /// A known agency in brackets before anything else.
    pub(super) const FIRST: u8 = 15;
    /// Taken off where the text goes on in small letters, as no sentence begins.
    pub(super) const GOES_ON: u8 = 30;
    pub(super) const MOST: u8 = 98;
}

/// The dateline that a paragraph begins with, if what it begins with could be one.
pub fn leading<'a>(paragraph: &'a str, agencies: &Agencies) -> Option<Dateline<'a>> {
    let mut cursor = Cursor::new(paragraph);
    let mut read = Read::default();
    read.parts(&mut cursor, agencies)?;
    let verbatim = &paragraph[..read.end];
    let text = cursor.rest();
    let confidence = read.confidence(text);
    (confidence >= UNLIKELY && !text.is_empty()).then(|| read.dateline(verbatim, text, confidence))
}

/// The dateline that is all there is of a paragraph, as some print it under the text: `Hanoi, Nov. 18 (Yonhap News)`.
pub fn whole<'a>(paragraph: &'a str, agencies: &Agencies) -> Option<Dateline<'a>> {
    let mut cursor = Cursor::new(paragraph);
    let mut read = Read::default();
    read.parts(&mut cursor, agencies)?;
    let rest = cursor.rest().trim_end_matches('.');
    let is_sure = read.chain.known > 0 && read.day.is_some() && read.place.is_some();
    (rest.is_empty() && is_sure).then(|| read.dateline(paragraph, "", worth::MOST))
}

/// The parts of a dateline.
#[derive(Debug, Default)]
struct Read<'a> {
    place: Option<&'a str>,
    regions: Vec<&'a str>,
    day: Option<Day>,
    chain: Chain,
    is_separated: bool,
    /// Whether it begins with a known agency in brackets.
    is_signed_first: bool,
    /// Whether it begins with a known agency without brackets, which may as well be the first word of a sentence.
    is_named_first: bool,
    /// Where it ends, without what parts it from the text.
    end: usize,
}

impl<'a> Read<'a> {
    /// Reads what there is, and leaves the cursor where the text begins. `None` where it is nothing of a dateline.
    fn parts(&mut self, cursor: &mut Cursor<'a>, agencies: &Agencies) -> Option<()> {
        if self.brackets(cursor, agencies) {
            // Whose name stands first is known, or these are any brackets.
            self.is_signed_first = self.chain.known > 0;
            self.is_signed_first.then_some(())?;
            let mut next = *cursor;
            next.spaces();
            // `(ANSA) ROMA, 22 MAR - Il governo`.
            if self.place_and_day(&mut next, agencies) && self.day.is_some() {
                *cursor = next;
            }
        } else if !self.take_day(cursor) {
            self.is_named_first = self.bare_agency(cursor, agencies);
            if !self.is_named_first {
                self.place = Some(place::name(cursor, agencies)?);
            }
        }
        self.end = cursor.at();
        self.more(cursor, agencies)?;
        while self.separator(cursor) {
            let before = *cursor;
            // After a dash there may be more: `(ANSA) - ROMA, 22 MAR -`, `CAIRO - 25 November 2021:`, `LONDON--(BUSINESS WIRE)--`.
            if !self.after_separator(cursor, agencies) {
                *cursor = before;
                break;
            }
        }
        Some(())
    }

    /// What follows a place or an agency, up to a sign that parts it from the rest. `None` where it cannot follow.
    fn more(&mut self, cursor: &mut Cursor<'a>, agencies: &Agencies) -> Option<()> {
        loop {
            let mut next = *cursor;
            next.spaces();
            let has_comma = next.eat(',');
            next.spaces();
            let has_stop = next.eat('.');
            // After a place it is one only where a day follows: `MOSCOW. Nov 25 (Interfax)`.
            if has_stop && next.spaces() && self.day.is_none() && when::leading(next.rest()).is_none() {
                return Some(());
            }
            let found = self.take_day(&mut next)
                || (has_comma && passes_day_of_month(&mut next))
                || self.brackets(&mut next, agencies)
                || (has_comma
                    && (self.bare_agency(&mut next, agencies) || self.place_or_region(&mut next, agencies)))
                || (next.peek() == Some('[') && self.place_or_region(&mut next, agencies))
                || self.region_in_brackets(&mut next, agencies);
            if !found {
                // A comma that nothing of a dateline follows is one of a sentence.
                return (!has_comma).then_some(());
            }
            *cursor = next;
            self.end = cursor.at();
        }
    }

    fn after_separator(&mut self, cursor: &mut Cursor<'a>, agencies: &Agencies) -> bool {
        let is_day = self.day.is_none() && self.place.is_some() && self.take_day(cursor);
        let is_agency = !is_day && self.chain.names.is_empty() && self.agency(cursor, agencies);
        let is_place = !is_day && !is_agency && self.place.is_none() && self.place_and_day(cursor, agencies);
        if is_day || is_agency || is_place {
            self.end = cursor.at();
        }
        is_day || is_agency || is_place
    }

    /// A known agency after a dash, in brackets or without: `LONDON--(BUSINESS WIRE)--`, `MOSCOW, Nov 25 - RIA Novosti. `.
    fn agency(&mut self, cursor: &mut Cursor<'a>, agencies: &Agencies) -> bool {
        let mut next = *cursor;
        let in_brackets = chain::in_brackets(&mut next, agencies).filter(|chain| chain.known > 0);
        let Some(chain) = in_brackets.or_else(|| {
            let chain = chain::bare(&mut next, agencies)?;
            let mut after = next;
            // Without a sign after it, it is the first word of the text: `MOSCOW - TASS reports`.
            if after.eat('.') && after.spaces() {
                next = after;
                return Some(chain);
            }
            self.separator(&mut after).then_some(chain)
        }) else {
            return false;
        };
        self.add(chain);
        *cursor = next;
        true
    }

    /// A place and a day after the agency, with a sign after them: without either it is the text.
    fn place_and_day(&mut self, cursor: &mut Cursor<'a>, agencies: &Agencies) -> bool {
        let mut read = Read::default();
        let mut next = *cursor;
        let Some(name) = place::name(&mut next, agencies) else { return false };
        read.place = Some(name);
        let is_whole = read.more(&mut next, agencies).is_some() && {
            let mut after = next;
            read.separator(&mut after)
        };
        let is_place =
            is_whole && (read.day.is_some() || places::is_capitals(name) || places::is_place(name));
        if is_place {
            (self.place, self.regions) = (read.place, read.regions);
            self.day = self.day.or(read.day);
            self.add(read.chain);
            *cursor = next;
        }
        is_place
    }

    fn take_day(&mut self, cursor: &mut Cursor<'a>) -> bool {
        let found = if self.day.is_some() { None } else { when::leading(cursor.rest()) };
        if let Some((day, length)) = found {
            self.day = Some(day);
            cursor.skip(length);
        }
        found.is_some()
    }

    fn brackets(&mut self, cursor: &mut Cursor<'a>, agencies: &Agencies) -> bool {
        let mut next = *cursor;
        let Some(chain) = chain::in_brackets(&mut next, agencies) else { return false };
        // `New Delhi [India]`, `Mumbai (Maharashtra) [India]`: not everything in brackets is an agency.
        if chain.known == 0
            && !chain.names.is_empty()
            && chain.day.is_none()
            && chain.names.iter().all(|name| places::is_region(name))
        {
            return false;
        }
        self.add(chain);
        *cursor = next;
        true
    }

    fn add(&mut self, chain: Chain) {
        self.day = self.day.or(chain.day);
        self.chain.add(chain);
    }

    fn bare_agency(&mut self, cursor: &mut Cursor<'a>, agencies: &Agencies) -> bool {
        let found = if self.chain.names.is_empty() { chain::bare(cursor, agencies) } else { None };
        found.map(|chain| self.add(chain)).is_some()
    }

    fn region_in_brackets(&mut self, cursor: &mut Cursor<'a>, agencies: &Agencies) -> bool {
        cursor.peek() == Some('(') && self.place_or_region(cursor, agencies)
    }

    /// A place where there is none yet, else what lies around it.
    fn place_or_region(&mut self, cursor: &mut Cursor<'a>, agencies: &Agencies) -> bool {
        if self.place.is_none() {
            self.place = place::name(cursor, agencies);
            return self.place.is_some();
        }
        let mut next = *cursor;
        let Some(region) = place::region(&mut next, agencies).filter(|_| self.regions.len() < 2) else {
            return false;
        };
        next.spaces();
        // `PARIS, Macron said` has no more of a dateline after the comma; what is known needs none.
        let ends =
            next.peek().is_some_and(|c| matches!(c, ',' | '(' | '[' | '/' | ':' | '-' | '–' | '—' | '_'));
        if !(ends || places::is_region(region) || when::leading(next.rest()).is_some()) {
            return false;
        }
        self.regions.push(region);
        cursor.skip(next.at() - cursor.at());
        true
    }

    /// Signs that part a dateline from the text, and the spaces around them.
    fn separator(&mut self, cursor: &mut Cursor<'a>) -> bool {
        let mut next = *cursor;
        let after_slash = next.before() == Some('/');
        let has_space = next.spaces();
        let begin = next.at();
        while let Some(c) = next.peek() {
            let is_sign = match c {
                '—' | '–' | '_' | ':' => true,
                ';' => next.before() == Some(')'),
                '/' => self.day.is_some() && self.chain.known > 0 && next.rest().starts_with("/ "),
                '-' => is_dash(next, has_space || next.at() > begin),
                '.' if next.at() == self.end && (self.day.is_some() || !self.chain.names.is_empty()) => {
                    next.rest()[1..].starts_with([' ', '-', '–', '—'])
                }
                '.' => next.at() > begin || after_slash || next.rest()[1..].starts_with(['-', '–', '—']),
                ' ' => next.at() > begin && next.rest().trim_start().starts_with(['-', '–', '—', ':']),
                _ => false,
            };
            if !is_sign {
                break;
            }
            next.skip(c.len_utf8());
        }
        if next.at() == begin {
            // Nothing parts it, but the text begins after the spaces all the same.
            if has_space {
                *cursor = next;
            }
            return false;
        }
        next.spaces();
        *cursor = next;
        self.is_separated = true;
        true
    }

    /// How sure it is that this is a dateline, when a text follows it.
    fn confidence(&self, text: &str) -> u8 {
        if self.place.is_none() && self.chain.known == 0 {
            return 0;
        }
        let place = self.place.unwrap_or_default();
        let is_known = !place.is_empty()
            && (places::is_place(place) || self.regions.iter().any(|name| places::is_region(name)));
        let evidence = [
            (self.chain.known > 0, worth::KNOWN_AGENCY),
            (self.chain.known == 0 && !self.chain.names.is_empty(), worth::AGENCY),
            (self.day.is_some(), worth::DAY),
            (places::is_capitals(place), worth::CAPITALS),
            (is_known, worth::KNOWN_PLACE),
            (self.is_separated, worth::SEPARATOR),
            (self.regions.iter().any(|name| places::is_region(name)), worth::REGION),
            (self.is_signed_first, worth::FIRST),
        ];
        let sum: u8 = evidence.iter().filter(|(is_there, _)| *is_there).map(|(_, worth)| worth).sum();
        // `Reuters: The company …`, `Super Tuesday, March 5: Voters …`.
        let is_doubtful = (self.is_named_first && self.day.is_none())
            || (self.chain.names.is_empty() && !is_known && !places::is_capitals(place));
        let sum = if is_doubtful { sum.min(SURE - 10) } else { sum };
        let goes_on = text.chars().find(|c| c.is_alphanumeric()).is_some_and(char::is_lowercase);
        sum.min(worth::MOST).saturating_sub(if goes_on { worth::GOES_ON } else { 0 })
    }

    fn dateline(self, verbatim: &'a str, text: &'a str, confidence: u8) -> Dateline<'a> {
        let place = self.place.map(|place| {
            let regions = self.regions.iter().map(|name| places::spelt_region(name));
            std::iter::once(places::spelt(place)).chain(regions).collect::<Vec<_>>().join(", ")
        });
        let verbatim = verbatim.trim_end_matches([' ', ',']);
        let Chain { names: agencies, is_press_release, .. } = self.chain;
        Dateline { verbatim, place, day: self.day, agencies, is_press_release, text, confidence }
    }
}

/// Passes over a day whose month is not said, as some write it before the agency: `MADRID, 12 (EUROPA PRESS)`.
fn passes_day_of_month(cursor: &mut Cursor<'_>) -> bool {
    let mut next = *cursor;
    let is_day = matches!(next.number(), Some((1..=31, 1..=2))) && next.spaces() && next.peek() == Some('(');
    if is_day {
        *cursor = next;
    }
    is_day
}

/// Whether a hyphen stands as a dash: `TEHRAN-based` has none.
fn is_dash(mut cursor: Cursor<'_>, has_space: bool) -> bool {
    let after_bracket = cursor.before().is_some_and(|c| matches!(c, ')' | ']' | '/'));
    cursor.eat('-');
    match cursor.peek() {
        None => true,
        Some(next) if has_space || after_bracket => !next.is_lowercase(),
        Some(next) => next == '-' || next == ' ',
    }
}
