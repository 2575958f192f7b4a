//! Years, months and days as templates see them.

use super::context::{label, value};
use crate::config::Config;
use crate::site::{Overview, PeriodKind, Span};
use chrono::{Datelike, Days, Months, NaiveDate, NaiveTime, Weekday};
use serde::Serialize;
use tera::Value;

/// A year, a month or a day: a name, and how much there is of it.
#[derive(Serialize)]
struct Entry {
    label: String,
    short: String,
    url: Option<String>,
    count: usize,
    date: String,
}

/// The periods within one, newest first, as templates see them.
pub(super) fn children(config: &Config, period: &Overview) -> Vec<Value> {
    period.children.iter().map(|(span, count)| value(&entry(config, *span, Some(*count)))).collect()
}

/// All twelve months of a year, January first; those without articles too.
pub(super) fn all_months(config: &Config, year: &Overview) -> Vec<Value> {
    let month = |number: u32| {
        let span = Span { kind: PeriodKind::Month, first: year.span.first.with_month(number)? };
        Some(value(&entry(config, span, count_in(year, span))))
    };
    (1..=12).filter_map(month).collect()
}

/// How many articles a period within another has; `None` where it has none.
fn count_in(period: &Overview, part: Span) -> Option<usize> {
    period.children.iter().find(|(span, _)| *span == part).map(|(_, count)| *count)
}

/// A period that has so many articles, or none and no page.
fn entry(config: &Config, span: Span, count: Option<usize>) -> Entry {
    let short = match span.kind {
        PeriodKind::Year => "%Y",
        PeriodKind::Month => "%B",
        PeriodKind::Day => "%-d",
    };
    Entry {
        label: period_label(config, span),
        short: in_words(config, span.first, short),
        url: count.and_then(|_| period_url(config, span)),
        count: count.unwrap_or_default(),
        date: span.first.to_string(),
    }
}

/// A month as a table of weeks.
pub(super) fn calendar(config: &Config, month: &Overview, current: Option<NaiveDate>) -> Value {
    #[derive(Serialize)]
    struct Calendar {
        label: String,
        url: Option<String>,
        weekdays: Vec<Value>,
        weeks: Vec<Vec<Option<Value>>>,
    }
    #[derive(Serialize)]
    struct NamedDay {
        label: String,
        short: String,
    }
    #[derive(Serialize)]
    struct Day {
        #[serde(flatten)]
        entry: Entry,
        current: bool,
    }
    let first = month.span.first;
    let before = days_between(config.language.week_begins(), first.weekday());
    let start = first.checked_sub_days(Days::new(before)).unwrap_or(first);
    let weekdays = start.iter_days().take(7).map(|day| {
        value(&NamedDay { label: in_words(config, day, "%A"), short: in_words(config, day, "%a") })
    });
    let next = first.checked_add_months(Months::new(1)).unwrap_or(NaiveDate::MAX);
    let cell = |date: NaiveDate| {
        (date >= first && date < next).then(|| {
            let day = Span { kind: PeriodKind::Day, first: date };
            value(&Day { entry: entry(config, day, count_in(month, day)), current: current == Some(date) })
        })
    };
    let weeks = start.iter_weeks().take_while(|week| *week < next);
    value(&Calendar {
        label: period_label(config, month.span),
        url: period_url(config, month.span),
        weekdays: weekdays.collect(),
        weeks: weeks.map(|week| week.iter_days().take(7).map(cell).collect()).collect(),
    })
}

/// How many days lie between a weekday and the next such as `to`.
fn days_between(from: Weekday, to: Weekday) -> u64 {
    u64::from(to.days_since(from))
}

/// A period's name in the site's language: `2021`, `November 2021`, `25 November 2021`.
pub(super) fn period_label(config: &Config, period: Span) -> String {
    let key = match period.kind {
        PeriodKind::Year => "year_format",
        PeriodKind::Month => "month_format",
        PeriodKind::Day => "day_format",
    };
    in_words(config, period.first, &label(config, key))
}

/// A day in the site's language. Formats are checked when the settings are read.
fn in_words(config: &Config, day: NaiveDate, format: &str) -> String {
    let time = day.and_time(NaiveTime::MIN).and_utc().fixed_offset();
    config.language.format(&time, format).unwrap_or_default()
}

/// A period's address from the host's root; none where periods of its kind have no pages.
pub(super) fn period_url(config: &Config, period: Span) -> Option<String> {
    is_planned(config, period.kind).then(|| config.base.path_to(&period.address()))
}

/// Whether periods of a kind have pages.
pub(super) fn is_planned(config: &Config, kind: PeriodKind) -> bool {
    let dates = config.dates;
    match kind {
        PeriodKind::Year => dates.years,
        PeriodKind::Month => dates.months,
        PeriodKind::Day => dates.days,
    }
}
