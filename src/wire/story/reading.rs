//! A story as far as it has been read: what was guessed and left out, and what nobody has taken yet.

use super::super::copy::Paragraph;
use super::super::item::{Cut, Guess, Item};
use super::super::when::Day;
use chrono::NaiveDate;

/// In how many paragraphs from the top a dateline is looked for, and a headline that comes again.
pub(super) const TOP: usize = 5;
/// How sure a day is whose year nobody says, or that can be read in two ways.
const UNRESOLVED: u8 = 40;
/// The longest headline, in characters.
pub(super) const LONGEST_HEADLINE: usize = 250;

#[derive(Debug, Default)]
pub(super) struct Reading {
    /// What nobody has taken.
    pub(super) left: Vec<Paragraph>,
    /// What is known by now.
    pub(super) item: Item,
    /// Who wrote it first, as a line below it says.
    pub(super) origin: Option<Guess>,
    /// A dateline that stands below it.
    pub(super) signature: Option<Paragraph>,
    /// When it was published, as somebody said or a line above it does.
    pub(super) published: Option<NaiveDate>,
}

impl Reading {
    /// Leaves out a paragraph.
    pub(super) fn cut(&mut self, place: usize, why: &'static str) -> Paragraph {
        let paragraph = self.left.remove(place);
        self.item.cut.push(Cut { line: paragraph.line, text: paragraph.text.clone(), why });
        paragraph
    }

    /// Adds a guess.
    pub(super) fn guess(
        &mut self,
        field: &'static str,
        value: impl Into<String>,
        from: &Paragraph,
        confidence: u8,
    ) {
        let guess =
            Guess { field, value: value.into(), line: from.line, text: from.text.clone(), confidence };
        self.item.guesses.push(guess);
    }

    /// Adds the guess of a day, which is resolved by the day of publication. The answer is the day, where it can be.
    pub(super) fn guess_day(&mut self, day: Day, from: &Paragraph, confidence: u8) -> Option<NaiveDate> {
        let resolved = day.resolve(self.published);
        match resolved {
            Some(day) => self.guess("date", day.to_string(), from, confidence),
            None => self.guess("date", day.to_string(), from, confidence.min(UNRESOLVED)),
        }
        resolved
    }

    /// The surest guess of a field.
    pub(super) fn value(&self, field: &str) -> Option<String> {
        let guesses = self.item.guesses.iter().filter(|guess| guess.field == field && guess.is_sure());
        // Of two that are as sure the first counts.
        let best = guesses.rev().max_by_key(|guess| guess.confidence);
        best.map(|guess| guess.value.clone())
    }
}
