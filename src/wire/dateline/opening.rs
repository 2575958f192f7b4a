//! How a dateline may begin. Each way is tried, and of those that lead on the one with the most evidence counts: `PETRA` is an
//! agency and a place, `(Paris)` could be anything.

use super::super::agencies::Agencies;
use super::super::places;
use super::super::scan::Cursor;
use super::chain;
use super::place;
use super::read::{Opening, Read};

const ALL: [Opening; 5] = [Opening::Place, Opening::Day, Opening::Signed, Opening::Named, Opening::Enclosed];

/// The reading of what a paragraph begins with that has the most evidence, and the text after it, which has to be as it is asked.
pub(super) fn best<'a>(
    paragraph: &'a str,
    agencies: &Agencies,
    is_wanted: impl Fn(&str) -> bool,
) -> Option<(Read<'a>, &'a str)> {
    let reads = ALL.iter().filter_map(|opening| {
        let mut cursor = Cursor::new(paragraph);
        let mut read = Read { opening: *opening, ..Read::default() };
        read.open(&mut cursor, agencies)?;
        read.after_opening(&mut cursor, agencies)?;
        is_wanted(cursor.rest()).then(|| (read, cursor.rest()))
    });
    // Of two with as much evidence the first counts.
    reads.reduce(
        |best, other| if other.0.confidence(other.1) > best.0.confidence(best.1) { other } else { best },
    )
}

impl<'a> Read<'a> {
    /// Reads what it begins with. `None` where it begins with something else.
    fn open(&mut self, cursor: &mut Cursor<'a>, agencies: &Agencies) -> Option<()> {
        match self.opening {
            Opening::Place => {
                // `KYODO NEWS - Jun 6` is signed, and filed nowhere. `PETRA` is either.
                let is_possible = |name: &&str| {
                    !name.contains(' ') || places::is_place(name) || agencies.find(name).is_none()
                };
                self.place = Some(place::name(cursor, agencies).filter(is_possible)?);
                Some(())
            }
            Opening::Day => self.take_day(cursor).then_some(()),
            Opening::Signed => self.signed(cursor, agencies),
            Opening::Named => self.named(cursor, agencies),
            Opening::Enclosed => self.enclosed(cursor, agencies),
        }
    }

    fn signed(&mut self, cursor: &mut Cursor<'a>, agencies: &Agencies) -> Option<()> {
        let (chain, day) = chain::in_brackets(cursor, agencies, false)?;
        self.add(chain);
        self.day = day;
        // `(ANSA) ROMA, 22 MAR - Il governo`, `(Sputnik) MOSCOW - A court`.
        self.attempt(cursor, |read, cursor| {
            cursor.spaces();
            read.place_and_day(cursor, agencies)
                && (read.day.is_some() || read.place.is_some_and(places::is_place))
        });
        Some(())
    }

    fn named(&mut self, cursor: &mut Cursor<'a>, agencies: &Agencies) -> Option<()> {
        if self.bare_agency(cursor, agencies) {
            return Some(());
        }
        let chain = chain::before_place(cursor, agencies)?;
        self.add(chain);
        cursor.spaces();
        let place = place::name(cursor, agencies).filter(|name| places::is_place(name))?;
        self.place = Some(place);
        Some(())
    }

    /// A dateline within brackets, without what would part it from a text.
    fn enclosed(&mut self, cursor: &mut Cursor<'a>, agencies: &Agencies) -> Option<()> {
        if cursor.peek() == Some('/') {
            return None;
        }
        let (inside, length) = chain::bracketed(cursor.rest())?;
        let mut within = Cursor::new(inside);
        let name = place::name(&mut within, agencies)?;
        self.place = Some(name);
        self.more(&mut within, agencies)?;
        let is_dateline = places::is_place(name) || self.day.is_some() || !self.chain.is_empty();
        if !within.rest().trim().is_empty() || !is_dateline {
            return None;
        }
        cursor.skip(length);
        Some(())
    }
}
