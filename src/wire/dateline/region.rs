//! What lies around the place of a dateline: `Miami (EE.UU.)`, `Mumbai (Maharashtra) [India]`, `GROSSETO, Italy`.

use super::super::agencies::Agencies;
use super::super::places;
use super::super::scan::Cursor;
use super::super::when;
use super::chain::{self, is_at_bracket};
use super::place;
use super::read::{Opening, Read, Region};
use super::unlisted;

/// The most names of what lies around a place: `Thane (Maharashtra) [India]`.
const MOST_REGIONS: usize = 3;

impl<'a> Read<'a> {
    /// Brackets after the place with an agency in others after them, perhaps after a day: `Miami (EE.UU.), 12 mar (EFE)`.
    pub(super) fn region_before_agency(&mut self, cursor: &mut Cursor<'a>, agencies: &Agencies) -> bool {
        let Some(name) = self.place.filter(|_| self.day.is_none() && self.chain.is_empty()) else {
            return false;
        };
        let mut next = *cursor;
        let is_chain =
            chain::in_brackets(&mut next.clone(), agencies, false).is_some_and(|(chain, _)| chain.is_known());
        if is_chain || !is_at_bracket(next) || self.regions.len() == MOST_REGIONS {
            return false;
        }
        let Some(region) = place::region(&mut next, agencies) else { return false };
        // `Frankfurt (Oder)` is the name itself.
        if let Some(whole) =
            cursor.around(name.len() + 1, next.at() - cursor.at()).filter(|name| places::is_place(name))
        {
            self.place = Some(whole);
            *cursor = next;
            return true;
        }
        let is_signed = matches!(self.opening, Opening::Signed | Opening::Named);
        let is_followed = is_followed_by_agency(next, agencies) || (is_signed && is_followed_by_day(next));
        if is_followed {
            self.regions.push(Region { name: region, is_in_brackets: true });
            *cursor = next;
        }
        is_followed
    }

    /// A place where there is none yet, else what lies around it.
    pub(super) fn place_or_region(&mut self, cursor: &mut Cursor<'a>, agencies: &Agencies) -> bool {
        if self.place.is_none() {
            self.place = place::name(cursor, agencies);
            self.ends_in_agency &= self.place.is_none();
            return self.place.is_some();
        }
        let is_in_brackets = is_at_bracket(*cursor);
        let mut next = *cursor;
        let Some(region) = place::region(&mut next, agencies).filter(|_| self.regions.len() < MOST_REGIONS)
        else {
            return false;
        };
        if is_in_brackets && unlisted::is_code(region) {
            return false;
        }
        next.spaces();
        // `PARIS, Macron said` has no more of a dateline after the comma; what is known needs none. After the day it is an agency.
        let ends = next.peek().is_some_and(|c| ",([/:-–—_|;".contains(c));
        let is_likely = ends && self.day.is_none() || when::leading(next.rest()).is_some();
        if !is_likely && !places::is_region(region) {
            return false;
        }
        self.regions.push(Region { name: region, is_in_brackets });
        cursor.skip(next.at() - cursor.at());
        true
    }
}

/// Whether an agency follows, perhaps after a day.
fn is_followed_by_agency(mut cursor: Cursor<'_>, agencies: &Agencies) -> bool {
    let mut has_comma = false;
    let mut passes_comma = |cursor: &mut Cursor<'_>| {
        cursor.spaces();
        has_comma |= cursor.eat(',');
        cursor.spaces();
    };
    passes_comma(&mut cursor);
    if let Some((_, length)) = when::leading(cursor.rest()) {
        cursor.skip(length);
        cursor.skip(when::hour::leading(cursor.rest()));
        passes_comma(&mut cursor);
    }
    chain::in_brackets(&mut cursor.clone(), agencies, false).is_some()
        || (has_comma && chain::bare(&mut cursor, agencies).is_some())
}

fn is_followed_by_day(mut cursor: Cursor<'_>) -> bool {
    cursor.spaces();
    cursor.eat(',');
    cursor.spaces();
    when::leading(cursor.rest()).is_some()
}
