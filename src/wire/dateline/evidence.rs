//! What the parts of a dateline are worth as evidence that it is one.

use super::super::item::SURE;
use super::super::places;
use super::super::when::Day;
use super::read::{Opening, Read};

const KNOWN_AGENCY: u8 = 35;
const AGENCY: u8 = 10;
/// One that is not known, but by its name has to do with news.
const NEWS: u8 = 10;
const DAY: u8 = 35;
/// `Tuesday` without a day of the month.
const WEEKDAY: u8 = 15;
const CAPITALS: u8 = 15;
const KNOWN_PLACE: u8 = 20;
const SEPARATOR: u8 = 15;
/// A known country, state or province after the place.
const REGION: u8 = 15;
/// The same in brackets, as encyclopaedias and programmes of tours write it, too.
const REGION_IN_BRACKETS: u8 = 10;
/// A known agency in brackets before anything else.
const FIRST: u8 = 15;
/// The whole of it in brackets: `(Beirut, March 12, 2024) –`.
const ENCLOSED: u8 = 15;
/// Taken off where the text goes on in small letters, as no sentence begins.
const GOES_ON: u8 = 30;
/// The longest name of a place in a text, in bytes.
const LONGEST_NAME: usize = 60;
/// The most that any is worth.
pub(super) const MOST: u8 = 98;

impl Read<'_> {
    /// How sure it is that this is a dateline, when a text follows it.
    pub(super) fn confidence(&self, text: &str) -> u8 {
        if self.is_nothing() {
            return 0;
        }
        let is_capitals = self.place.is_some_and(places::is_capitals);
        let region = self.regions.iter().filter(|region| places::is_region(region.name));
        let region =
            region.map(|region| if region.is_in_brackets { REGION_IN_BRACKETS } else { REGION }).max();
        let evidence = [
            (self.chain.is_known(), KNOWN_AGENCY),
            (self.chain.is_unlisted(), AGENCY),
            (self.chain.is_unlisted() && self.chain.is_of_news(), NEWS),
            (self.day.is_some(), DAY),
            (self.day.is_none() && self.has_weekday, WEEKDAY),
            (is_capitals, CAPITALS),
            (self.is_place_known(), KNOWN_PLACE),
            (self.is_separated, SEPARATOR),
            (region.is_some(), region.unwrap_or_default()),
            (self.opening == Opening::Signed && self.chain.is_known(), FIRST),
            (self.opening == Opening::Enclosed, ENCLOSED),
        ];
        let sum: u8 = evidence.iter().filter(|(is_there, _)| *is_there).map(|(_, worth)| worth).sum();
        let sum = if self.is_doubtful(text) { sum.min(SURE - 10) } else { sum };
        let goes_on = text.chars().find(|c| c.is_alphanumeric()).is_some_and(char::is_lowercase);
        sum.min(MOST).saturating_sub(if goes_on { GOES_ON } else { 0 })
    }

    /// Whether neither a place nor a known agency stands in it, or a name in brackets that could be anything.
    fn is_nothing(&self) -> bool {
        let is_any_bracket = self.opening == Opening::Signed
            && !self.chain.is_known()
            && (self.place.is_none() || self.day.is_none());
        is_any_bracket || (self.place.is_none() && !self.chain.is_known())
    }

    /// Whether there is another way to read it that is as likely, whatever the evidence sums up to.
    fn is_doubtful(&self, text: &str) -> bool {
        let is_backed = self.day.is_some() || !self.chain.is_empty();
        (self.is_subject() && !text.is_empty())
            || self.is_programme()
            || self.is_house()
            || (!is_backed
                && (self.is_title() || self.is_gloss() || self.is_route(text) || self.is_entry(text)))
            || (self.chain.is_empty() && (self.is_any_name() || self.is_calendar()))
    }

    /// `Reuters: The company …`.
    fn is_subject(&self) -> bool {
        self.opening == Opening::Named
            && self.day.is_none()
            && !(self.is_separated && self.place.is_some_and(places::is_place))
    }

    /// `DOCTOR WHO (BBC) — The Doctor …`, in a guide to television.
    fn is_programme(&self) -> bool {
        self.chain.is_of_outlets() && self.place.is_some() && !self.is_place_known() && self.day.is_none()
    }

    /// `LONDON (British Museum) — The show …`: by its name it could be anything.
    fn is_house(&self) -> bool {
        self.chain.is_unlisted() && self.day.is_none() && !self.chain.is_likely()
    }

    /// `PARIS, JE T'AIME — Eighteen films …`, `PALMA, Brian De — The director …`.
    fn is_title(&self) -> bool {
        self.regions.iter().any(|region| !places::is_region(region.name) && !places::is_place(region.name))
    }

    /// `ANC (South Africa) – The party …`.
    fn is_gloss(&self) -> bool {
        let is_place = self.place.is_some_and(places::is_place);
        !is_place && self.regions.iter().any(|region| region.is_in_brackets)
    }

    /// `Super Tuesday, March 5: Voters …`.
    fn is_any_name(&self) -> bool {
        !self.is_place_known() && !self.place.is_some_and(places::is_capitals)
    }

    /// `March 12 – Paris: Opening of the harbour`.
    fn is_calendar(&self) -> bool {
        self.opening == Opening::Day && !self.day.is_some_and(Day::has_year)
    }

    /// `(London) - 12; (Paris) - 13`, `Berlin (Germany): 1:0`.
    fn is_entry(&self, text: &str) -> bool {
        let is_in_brackets =
            self.opening == Opening::Enclosed || self.regions.iter().any(|region| region.is_in_brackets);
        is_in_brackets && text.starts_with(|c: char| c.is_ascii_digit())
    }

    /// `LONDON — NEW YORK: The ship …`: a way from one place to another.
    fn is_route(&self, text: &str) -> bool {
        let name = text.split([':', '—', '–', '(']).next().unwrap_or_default().trim_end();
        // The name of a place is short, and the text may be long.
        !name.is_empty() && name.len() < LONGEST_NAME.min(text.trim_end().len()) && places::is_place(name)
    }

    fn is_place_known(&self) -> bool {
        self.place.is_some_and(|place| {
            places::is_place(place) || self.regions.iter().any(|region| places::is_region(region.name))
        })
    }
}
