//! The parts of a dateline, one after the other: place, regions, day and agencies in the orders in which they are printed.

use super::super::agencies::Agencies;
use super::super::places;
use super::super::scan::{Cursor, begins_with_dash};
use super::super::when;
use super::chain::is_at_bracket;
use super::place;
use super::read::{Opening, Read};

impl<'a> Read<'a> {
    /// Reads what follows the opening, and leaves the cursor where the text begins. `None` where it is nothing of a dateline.
    pub(super) fn after_opening(&mut self, cursor: &mut Cursor<'a>, agencies: &Agencies) -> Option<()> {
        self.end = cursor.at();
        self.more(cursor, agencies)?;
        // After a sign there may be more: `(ANSA) - ROMA, 22 MAR -`, `CAIRO - 25 November 2021:`, `LONDON--(BUSINESS WIRE)--`.
        while self.signs(cursor, agencies)
            && self.attempt(cursor, |read, cursor| read.after_sign(cursor, agencies))
        {
            self.end = self.end.max(cursor.at());
        }
        Some(())
    }

    /// What follows a place or an agency, up to a sign that parts it from the rest. `None` where it cannot follow.
    pub(super) fn more(&mut self, cursor: &mut Cursor<'a>, agencies: &Agencies) -> Option<()> {
        loop {
            let mut next = *cursor;
            let join = Join::before(&mut next);
            if !self.part(&mut next, join, agencies) {
                return self.ends_at_comma(cursor, join);
            }
            *cursor = next;
            self.end = cursor.at();
        }
    }

    /// The next part, by what stands before it.
    fn part(&mut self, cursor: &mut Cursor<'a>, join: Join, agencies: &Agencies) -> bool {
        let has_comma = join == Join::Comma;
        let may_be_bare = join != Join::Space || self.day.is_some() || self.opening == Opening::Enclosed;
        if join == Join::Stop && self.day.is_none() {
            // After a place a full stop ends it but where these follow: `MOSCOW. Nov 25 (Interfax)`, `París. AFP.-`.
            return self.take_day(cursor)
                || self.bare_agency_and_sign(cursor, agencies)
                || self.agency_before_sentence(cursor, agencies);
        }
        self.take_day(cursor)
            || (has_comma
                && (passes_day_of_month(cursor) || self.weekday(cursor) || self.labelled_day(cursor)))
            || (!has_comma && self.region_before_agency(cursor, agencies))
            || self.brackets(cursor, agencies)
            || (may_be_bare && self.agency_without_brackets(cursor, agencies, has_comma))
            || (!has_comma && self.agency_after_place(cursor, agencies))
            || ((has_comma || is_at_bracket(*cursor)) && self.place_or_region(cursor, agencies))
            || (has_comma && self.day.is_some() && self.unlisted_agency(cursor, agencies))
    }

    /// A comma that nothing of a dateline follows is one of a sentence, but for one before a dash: `MIAMI, Fla., — `.
    fn ends_at_comma(&self, cursor: &mut Cursor<'a>, join: Join) -> Option<()> {
        if join == Join::Comma {
            let mut next = *cursor;
            next.spaces();
            next.eat(',');
            let is_followed = !self.regions.is_empty() || self.day.is_some() || self.chain.is_known();
            (is_followed && begins_with_dash(next.rest().trim_start())).then_some(())?;
            *cursor = next;
        }
        Some(())
    }

    /// What follows a sign; where it is none of these, it is the text.
    fn after_sign(&mut self, cursor: &mut Cursor<'a>, agencies: &Agencies) -> bool {
        if self.place.is_some() && (self.labelled_day(cursor) || self.first_day(cursor)) {
            self.end = cursor.at();
            return self.more(cursor, agencies).is_some();
        }
        if self.chain.is_empty() && self.agency_after_sign(cursor, agencies) {
            self.end = cursor.at();
            return true;
        }
        self.place.is_none() && self.place_and_day(cursor, agencies)
    }

    /// A place and a day after the agency, with a sign after them or another agency: without either it is the text.
    pub(super) fn place_and_day(&mut self, cursor: &mut Cursor<'a>, agencies: &Agencies) -> bool {
        let mut read = Read { opening: self.opening, ..Read::default() };
        let mut next = *cursor;
        let Some(name) = place::name(&mut next, agencies) else { return false };
        read.place = Some(name);
        read.end = next.at();
        let is_whole = read.more(&mut next, agencies).is_some()
            && (next.rest().trim_start().is_empty()
                || read.clone().signs(&mut next.clone(), agencies)
                || (read.day.is_some() && !read.chain.is_empty()));
        let is_place =
            is_whole && (read.day.is_some() || places::is_capitals(name) || places::is_place(name));
        if is_place {
            (self.place, self.regions) = (read.place, read.regions);
            self.day = self.day.or(read.day);
            self.add(read.chain);
            self.end = next.at();
            *cursor = next;
        }
        is_place
    }

    pub(super) fn take_day(&mut self, cursor: &mut Cursor<'a>) -> bool {
        let found = if self.day.is_some() { None } else { when::leading(cursor.rest()) };
        // `Brussels, 22:10 CET, 3 March 2024`.
        let after_hour = || if self.day.is_some() { None } else { when::leading_after_hour(cursor.rest()) };
        let found = found.or_else(after_hour);
        if let Some((day, length)) = found {
            self.day = Some(day);
            self.ends_in_agency = false;
            cursor.skip(length);
            cursor.skip(when::hour::leading(cursor.rest()));
        }
        found.is_some()
    }

    /// `PTI | New Delhi | Updated: 12-03-2024`, `Chennai,UPDATED: Jun 6, 2024`.
    fn labelled_day(&mut self, cursor: &mut Cursor<'a>) -> bool {
        const LABELS: [&str; 5] = ["updated:", "published:", "updated on", "posted:", "created:"];
        let is_label = |label: &str| {
            cursor.rest().get(..label.len()).is_some_and(|text| text.eq_ignore_ascii_case(label))
        };
        let Some(label) = LABELS.iter().find(|label| is_label(label)) else { return false };
        self.attempt(cursor, |read, cursor| {
            cursor.skip(label.len());
            cursor.spaces();
            // Of several days the first counts.
            let day = read.day.take();
            let is_read = read.take_day(cursor);
            read.day = day.or(read.day);
            is_read
        })
    }

    fn first_day(&mut self, cursor: &mut Cursor<'a>) -> bool {
        self.day.is_none() && self.take_day(cursor)
    }

    /// `PARIS, Tuesday (Reuters)`.
    fn weekday(&mut self, cursor: &mut Cursor<'a>) -> bool {
        let mut next = *cursor;
        let is_one = next.letters().is_some_and(when::is_weekday) && {
            let after = next.rest().trim_start();
            after.starts_with(['(', '[', '/', ':', '|', '—', '–'])
                || after.starts_with("- ")
                || after.starts_with("--")
        };
        if is_one {
            self.has_weekday = true;
            *cursor = next;
        }
        is_one
    }
}

/// What stands between two parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Join {
    Space,
    Comma,
    Stop,
    /// `(SEOUL=Yonhap News)`.
    Equals,
}

impl Join {
    /// Passes over it and the spaces around it. A comma before a full stop counts, and a semicolon before a day is one.
    fn before(cursor: &mut Cursor<'_>) -> Self {
        let has_space = cursor.spaces();
        let has_comma = cursor.eat(',') || eats_semicolon(cursor);
        cursor.spaces();
        let has_stop = cursor.eat('.');
        let has_equals = !has_space && !has_comma && cursor.eat('=');
        cursor.spaces();
        match () {
            () if has_comma => Self::Comma,
            () if has_stop => Self::Stop,
            () if has_equals => Self::Equals,
            () => Self::Space,
        }
    }
}

/// Some part the day by a semicolon: `Dubai; 12 March 2024:`.
fn eats_semicolon(cursor: &mut Cursor<'_>) -> bool {
    let mut next = *cursor;
    let is_one = next.eat(';') && when::leading(next.rest().trim_start()).is_some();
    if is_one {
        *cursor = next;
    }
    is_one
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
