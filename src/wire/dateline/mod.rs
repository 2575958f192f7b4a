//! The line at the head of a dispatch: who filed it where and when, as agencies and those who print them write it.
//!
//! ```text
//!     BEIJING (Pakistan Point News / Sputnik - 25th November, 2021) The ministry …
//!     place    chain: who printed … who wrote   day                 text
//! ```
//!
//! No one form is looked for. What a paragraph begins with is read part by part ([`parts`]), and each part is a piece of evidence
//! ([`evidence`]): a known place or one in capitals, a known agency, a day, a sign that parts it from the text. One is
//! seldom enough, since `Apple (AAPL) shares` has brackets and `Trump — the president` a dash; an agency or a day and one more
//! are, and so is a known agency that stands in brackets before anything else.

mod agency;
mod chain;
mod evidence;
mod opening;
mod parts;
mod place;
mod read;
mod region;
mod sign;
#[cfg(test)]
mod tests;
mod unlisted;

use self::read::Read;
use super::agencies::Agencies;
use super::item::SURE;
use super::places;
use super::when::Day;

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

/// The dateline that a paragraph begins with, if what it begins with could be one.
pub fn leading<'a>(paragraph: &'a str, agencies: &Agencies) -> Option<Dateline<'a>> {
    let (read, text) = opening::best(paragraph, agencies, |text| !text.is_empty())?;
    let confidence = read.confidence(text);
    (confidence >= UNLIKELY).then(|| read.dateline(paragraph, text, confidence))
}

/// The dateline that is all there is of a paragraph, as scrapers leave it above the text: `ISLAMABAD, Mar 12 (APP):`. A place with
/// a sign after it is none yet: so begin the names of sections.
pub fn alone<'a>(paragraph: &'a str, agencies: &Agencies) -> Option<Dateline<'a>> {
    let (read, _) = opening::best(paragraph, agencies, str::is_empty)?;
    let confidence = read.confidence("");
    let is_dateline = read.place.is_some() && (read.day.is_some() || read.chain.is_known());
    (is_dateline && confidence >= SURE).then(|| read.dateline(paragraph, "", confidence))
}

/// The dateline that is all there is of a paragraph, as some print it under the text: `Hanoi, Nov. 18 (Yonhap News)`.
pub fn whole<'a>(paragraph: &'a str, agencies: &Agencies) -> Option<Dateline<'a>> {
    let is_nothing = |text: &str| text.trim_end_matches('.').is_empty();
    let (read, _) = opening::best(paragraph, agencies, is_nothing)?;
    let is_sure = read.chain.is_known() && read.day.is_some() && read.place.is_some();
    is_sure.then(|| Dateline { verbatim: paragraph, ..read.dateline(paragraph, "", evidence::MOST) })
}

impl Read<'_> {
    fn dateline<'a>(self, paragraph: &'a str, text: &'a str, confidence: u8) -> Dateline<'a> {
        let place = self.place.map(|place| {
            let regions = self.regions.iter().map(|region| places::spelt_region(region.name));
            std::iter::once(places::spelt(place)).chain(regions).collect::<Vec<_>>().join(", ")
        });
        let verbatim = paragraph[..self.end].trim_end_matches([' ', ',']);
        let (is_press_release, agencies) = (self.chain.is_press_release(), self.chain.into_names());
        Dateline { verbatim, place, day: self.day, agencies, is_press_release, text, confidence }
    }
}
