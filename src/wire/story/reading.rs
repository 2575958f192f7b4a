//! A story as far as it has been read: what was guessed and left out, and what nobody has taken yet.

use super::super::copy::Paragraph;
use super::super::item::{Cut, Guess, Item};
use super::super::when::Day;
use chrono::NaiveDate;

/// In how many paragraphs from the top a dateline is looked for, and a headline that comes again.
pub(super) const TOP: usize = 5;
/// How sure a day is whose year nobody says, or that can be read in two ways.
const UNRESOLVED: u8 = 40;
/// After how many days a day without a year is no news any more: it was not over yet where the story was published, and not a year
/// old.
const OLD: i64 = 360;
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
    /// An agency that a line above it names.
    pub(super) label: Option<Guess>,
    /// A dateline that stands below it.
    pub(super) signature: Option<Paragraph>,
    /// When it was published, as somebody said or a line above it does.
    pub(super) published: Option<NaiveDate>,
}

impl Reading {
    /// Leaves out a paragraph.
    pub(super) fn cut(&mut self, place: usize, why: &'static str) -> Paragraph {
        let paragraph = self.left.remove(place);
        self.leave_out(paragraph.clone(), why);
        paragraph
    }

    /// Tells of a paragraph that was taken from those that are left.
    pub(super) fn leave_out(&mut self, paragraph: Paragraph, why: &'static str) {
        let Paragraph { line, text } = paragraph;
        self.item.cut.push(Cut { line, text, why });
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

    /// Keeps the agency that a line above the story names.
    pub(super) fn set_label(&mut self, name: String, from: &Paragraph) {
        self.label.get_or_insert(Guess {
            field: "agencies",
            value: name,
            line: from.line,
            text: from.text.clone(),
            confidence: 60,
        });
    }

    /// Adds the guess of a day, which is resolved by the day of publication. The answer is the day, where it can be.
    pub(super) fn guess_day(&mut self, day: Day, from: &Paragraph, confidence: u8) -> Option<NaiveDate> {
        let resolved = day.resolve(self.published);
        let is_old = |resolved: NaiveDate| {
            !day.has_year() && self.published.is_some_and(|published| (published - resolved).num_days() > OLD)
        };
        let confidence = if resolved.is_none_or(is_old) { confidence.min(UNRESOLVED) } else { confidence };
        let value = resolved.map_or_else(|| day.to_string(), |resolved| resolved.to_string());
        self.guess("date", value, from, confidence);
        resolved.filter(|_| confidence > UNRESOLVED)
    }

    /// The surest guess of a field.
    pub(super) fn value(&self, field: &str) -> Option<String> {
        let guesses = self.item.guesses.iter().filter(|guess| guess.field == field && guess.is_sure());
        // Of two that are as sure the first counts.
        let best = guesses.rev().max_by_key(|guess| guess.confidence);
        best.map(|guess| guess.value.clone())
    }
}
