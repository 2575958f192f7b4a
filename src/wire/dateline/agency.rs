//! The agencies of a dateline where they stand: in brackets, after a comma, after a sign, before a sentence.

use super::super::agencies::Agencies;
use super::super::places;
use super::super::scan::Cursor;
use super::chain::{self, Chain};
use super::read::Read;

/// The most brackets with agencies or days in them. More are the text.
const MOST_BRACKETS: usize = 4;

impl<'a> Read<'a> {
    /// An agency after a sign, in brackets or without: `LONDON--(BUSINESS WIRE)--`, `MOSCOW, Nov 25 - RIA Novosti. `.
    pub(super) fn agency_after_sign(&mut self, cursor: &mut Cursor<'a>, agencies: &Agencies) -> bool {
        let is_dated = self.place.is_some() && self.day.is_some();
        let is_in_brackets = self.attempt(cursor, |read, cursor| {
            let Some((chain, day)) = chain::in_brackets(cursor, agencies, is_dated) else { return false };
            let is_known = chain.is_known();
            read.add(chain);
            read.day = read.day.or(day);
            // One that is not listed needs a sign on its other side: `Roma, 12 mar - (Nova) -`.
            is_known || (is_dated && read.clone().signs(&mut cursor.clone(), agencies))
        });
        is_in_brackets
            || self.bare_agency_and_sign(cursor, agencies)
            || (self.last_sign == '|' && self.place.is_some() && self.unlisted_agency(cursor, agencies))
    }

    pub(super) fn brackets(&mut self, cursor: &mut Cursor<'a>, agencies: &Agencies) -> bool {
        let mut next = *cursor;
        if self.brackets == MOST_BRACKETS {
            return false;
        }
        let Some((chain, day)) = chain::in_brackets(&mut next, agencies, self.day.is_some()) else {
            return false;
        };
        // `New Delhi [India]`, `Mumbai (Maharashtra) [India]`: not everything in brackets is an agency.
        let is_region = day.is_none() && chain.is_of_regions();
        if !is_region {
            self.brackets += 1;
            self.add(chain);
            self.day = self.day.or(day);
            *cursor = next;
        }
        !is_region
    }

    pub(super) fn add(&mut self, chain: Chain) {
        self.ends_in_agency = !chain.is_empty();
        self.chain.add(chain);
    }

    pub(super) fn bare_agency(&mut self, cursor: &mut Cursor<'a>, agencies: &Agencies) -> bool {
        let found = if self.chain.is_empty() { chain::bare(cursor, agencies) } else { None };
        found.map(|chain| self.add(chain)).is_some()
    }

    /// The same with a sign or a full stop after it. Without, it is the first word of the text: `MOSCOW - TASS reports`.
    pub(super) fn bare_agency_and_sign(&mut self, cursor: &mut Cursor<'a>, agencies: &Agencies) -> bool {
        self.attempt(cursor, |read, cursor| {
            let is_read = read.bare_agency(cursor, agencies);
            read.end = cursor.at();
            // `Brasília - Agência Brasil, 3 jun 2024 -`.
            read.attempt(cursor, |read, cursor| {
                let is_after_comma = cursor.eat(',') && cursor.spaces();
                let is_read = is_after_comma && read.take_day(cursor);
                read.end = cursor.at();
                is_read
            });
            let mut after = *cursor;
            is_read && (after.rest().trim().is_empty() || read.clone().signs(&mut after, agencies))
        })
    }

    /// After a comma or a day no brackets are needed: `Tehran, Nov 25, IRNA –`, `TOKYO, March 12 Kyodo -`.
    pub(super) fn agency_without_brackets(
        &mut self,
        cursor: &mut Cursor<'a>,
        agencies: &Agencies,
        has_comma: bool,
    ) -> bool {
        let is_bare = if has_comma {
            self.bare_agency(cursor, agencies)
        } else {
            self.bare_agency_and_sign(cursor, agencies)
        };
        is_bare || (self.day.is_some() && self.agency_before_sentence(cursor, agencies))
    }

    /// `London CNN —`, `BERLIN taz |`.
    pub(super) fn agency_after_place(&mut self, cursor: &mut Cursor<'a>, agencies: &Agencies) -> bool {
        self.place.is_some_and(places::is_place) && self.bare_agency_and_sign(cursor, agencies)
    }

    /// `BAKU, March 12, AZERTAC The government`, `ASTANA. KAZINFORM The government`.
    pub(super) fn agency_before_sentence(&mut self, cursor: &mut Cursor<'a>, agencies: &Agencies) -> bool {
        let is_possible = self.chain.is_empty() && self.place.is_some();
        let found = if is_possible { chain::before_sentence(cursor, agencies) } else { None };
        found.map(|chain| self.add(chain)).is_some()
    }

    pub(super) fn unlisted_agency(&mut self, cursor: &mut Cursor<'a>, agencies: &Agencies) -> bool {
        let is_possible = self.chain.is_empty() && self.place.is_some();
        let found = if is_possible { chain::unlisted(cursor, agencies) } else { None };
        found.map(|chain| self.add(chain)).is_some()
    }
}
