//! Years, months and days as templates see them.

use super::context::{label, value};
use crate::site::{Period, PeriodKind, Site};
use serde::Serialize;
use tera::Value;

/// The periods within one, newest first, as templates see them.
pub(super) fn children(site: &Site, period: &Period) -> Vec<Value> {
    #[derive(Serialize)]
    struct Child {
        label: String,
        url: Option<String>,
        count: usize,
        date: String,
    }
    let child = |id: u32| {
        let period = site.calendar.period(id);
        value(&Child {
            label: period_label(site, period),
            url: period_url(site, period),
            count: period.count(),
            date: period.first.to_string(),
        })
    };
    period.children.clone().map(child).collect()
}

/// A period's name in the site's language: `2021`, `November 2021`, `25 November 2021`.
pub(super) fn period_label(site: &Site, period: &Period) -> String {
    let (key, usual) = match period.kind {
        PeriodKind::Year => ("year_format", "%Y"),
        PeriodKind::Month => ("month_format", "%B %Y"),
        PeriodKind::Day => ("day_format", "%-d %B %Y"),
    };
    let first = period.first.and_time(chrono::NaiveTime::MIN).and_utc().fixed_offset();
    let language = &site.config.language;
    language
        .format(&first, &label(&site.config, key))
        .or_else(|_| language.format(&first, usual))
        .unwrap_or_default()
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
