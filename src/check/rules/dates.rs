//! Dates that are not what was meant.

use super::item::{Finding, Item, Place};
use crate::date::Moment;

/// How many days ahead a date may lie. What is dated ahead is published when its time has come, which is meant for a day or
/// a week; farther off lies a slip in the month or the year, after which nobody sees the article.
const AHEAD: i64 = 31;

/// A day far ahead, and no draft.
pub(super) fn future(item: &Item<'_>) -> Vec<Finding> {
    let date = &item.article.date;
    let days = (date.day() - item.now.day()).num_days();
    if item.article.document.draft || days <= AHEAD {
        return Vec::new();
    }
    let message = format!("'date' is {days} days ahead, and the article is no draft");
    let help = "nobody sees it before that; is the year right, or should it say draft = true?";
    vec![Finding::new(Place::Key("date"), message, help)]
}

/// A day before the one on which the source had the story, and none on which the article was changed since.
pub(super) fn before_source(item: &Item<'_>) -> Vec<Finding> {
    let Some(date) = item.article.sources.first().and_then(|source| source.date) else { return Vec::new() };
    if !is_before(&item.article.effective_date(), &date) {
        return Vec::new();
    }
    let own = item.article.date.precise();
    let message = format!("'date' ({own}) is before the source's ({})", date.precise());
    let help = "which of the two is right? What is added later has a date of its own: updated = …";
    vec![Finding::new(Place::Key("date"), message, help)]
}

/// Whether one date lies before another. What was written on one day is printed on the day before farther west, so that bare
/// dates must lie two days apart.
fn is_before(one: &Moment, other: &Moment) -> bool {
    if one.date_only || other.date_only {
        return one.day().succ_opt().is_some_and(|next| next < other.day());
    }
    one.instant() < other.instant()
}
