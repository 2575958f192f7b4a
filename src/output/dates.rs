//! Years, months and days as templates see them.

use super::context::{label, value};
use crate::site::{Period, PeriodKind, Site};
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
pub(super) fn children(site: &Site, period: &Period) -> Vec<Value> {
    let child = |id: u32| {
        let period = site.calendar.period(id);
        value(&entry(site, period.kind, period.first, Some(period)))
    };
    period.children.clone().map(child).collect()
}

/// All twelve months of a year, January first; those without articles too.
pub(super) fn all_months(site: &Site, year: &Period) -> Vec<Value> {
    let month = |number: u32| {
        let first = year.first.with_month(number)?;
        let own = year.children.clone().map(|id| site.calendar.period(id)).find(|month| month.first == first);
        Some(value(&entry(site, PeriodKind::Month, first, own)))
    };
    (1..=12).filter_map(month).collect()
}

fn entry(site: &Site, kind: PeriodKind, first: NaiveDate, period: Option<&Period>) -> Entry {
    let short = match kind {
        PeriodKind::Year => "%Y",
        PeriodKind::Month => "%B",
        PeriodKind::Day => "%-d",
    };
    Entry {
        label: day_label(site, kind, first),
        short: in_words(site, first, short),
        url: period.and_then(|period| period_url(site, period)),
        count: period.map_or(0, Period::count),
        date: first.to_string(),
    }
}

/// A month as a table of weeks.
pub(super) fn calendar(site: &Site, month: &Period, current: Option<NaiveDate>) -> Value {
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
    let begins = site.config.language.week_begins();
    let before = days_between(begins, month.first.weekday());
    let start = month.first.checked_sub_days(Days::new(before)).unwrap_or(month.first);
    let weekdays = start
        .iter_days()
        .take(7)
        .map(|day| value(&NamedDay { label: in_words(site, day, "%A"), short: in_words(site, day, "%a") }));
    let next = month.first.checked_add_months(Months::new(1)).unwrap_or(NaiveDate::MAX);
    let own: Vec<&Period> = month.children.clone().map(|id| site.calendar.period(id)).collect();
    let cell = |date: NaiveDate| {
        (date >= month.first && date < next).then(|| {
            let day = own.iter().find(|day| day.first == date).copied();
            value(&Day { entry: entry(site, PeriodKind::Day, date, day), current: current == Some(date) })
        })
    };
    let weeks = start.iter_weeks().take_while(|week| *week < next);
    value(&Calendar {
        label: period_label(site, month),
        url: period_url(site, month),
        weekdays: weekdays.collect(),
        weeks: weeks.map(|week| week.iter_days().take(7).map(cell).collect()).collect(),
    })
}

/// How many days lie between a weekday and the next such as `to`.
fn days_between(from: Weekday, to: Weekday) -> u64 {
    u64::from(to.days_since(from))
}

/// A period's name in the site's language: `2021`, `November 2021`, `25 November 2021`.
pub(super) fn period_label(site: &Site, period: &Period) -> String {
    day_label(site, period.kind, period.first)
}

fn day_label(site: &Site, kind: PeriodKind, first: NaiveDate) -> String {
    let key = match kind {
        PeriodKind::Year => "year_format",
        PeriodKind::Month => "month_format",
        PeriodKind::Day => "day_format",
    };
    in_words(site, first, &label(&site.config, key))
}

/// A day in the site's language. Formats are checked when the settings are read.
fn in_words(site: &Site, day: NaiveDate, format: &str) -> String {
    let time = day.and_time(NaiveTime::MIN).and_utc().fixed_offset();
    site.config.language.format(&time, format).unwrap_or_default()
}

/// A period's address from the host's root; none where periods of its kind have no pages.
pub(super) fn period_url(site: &Site, period: &Period) -> Option<String> {
    is_planned(site, period.kind).then(|| site.config.base.path_to(&period.address()))
}

/// Whether periods of a kind have pages.
pub(super) fn is_planned(site: &Site, kind: PeriodKind) -> bool {
    let dates = site.config.dates;
    match kind {
        PeriodKind::Year => dates.years,
        PeriodKind::Month => dates.months,
        PeriodKind::Day => dates.days,
    }
}
