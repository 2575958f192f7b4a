//! The page of a year, a month or a day.

use super::context::LabelledLink;
use super::dates::{all_months, calendar, children, is_planned, period_label, period_url};
use super::frame::page;
use super::json_ld;
use super::list;
use super::page_context::PageContext;
use super::recipe::{Desk, Kind, Made, Page, Planner, Subject};
use crate::site::{ArticleId, Period, PeriodKind, Site};
use serde::Serialize;
use tera::{Context, Value};

pub(super) static KIND: Kind = Kind { name: "period", plan, make, yields: false, listed: true };

#[derive(Serialize)]
struct PeriodContext {
    kind: &'static str,
    label: String,
    url: String,
    count: usize,
    parent: Option<LabelledLink>,
    children: Vec<Value>,
    all_months: Vec<Value>,
    calendar: Option<Value>,
    newer: Option<LabelledLink>,
    older: Option<LabelledLink>,
}

fn plan(site: &Site, planner: &mut Planner) {
    for (id, period) in (0..).zip(&site.calendar.periods) {
        if is_planned(site, period.kind) {
            list::plan(site, planner, &period.address(), Subject::Period(id), period.count());
        }
    }
}

fn make(this: &Page, desk: &dyn Desk) -> Made {
    let Subject::Period(id) = this.subject else { return Made::Failed };
    let site = desk.site();
    let period = site.calendar.period(id);
    let mut articles: Vec<ArticleId> = period.articles.clone().collect();
    if period.kind == PeriodKind::Day {
        articles.sort_by_key(|id| (site.article(*id).priority, *id));
    }
    let link = |id: u32| {
        let period = site.calendar.period(id);
        LabelledLink { label: period_label(site, period), url: period_url(site, period) }
    };
    let (newer, older) = site.calendar.neighbours(id);
    let title = period_label(site, period);
    let mut context = Context::new();
    context.insert(
        "period",
        &PeriodContext {
            kind: period.kind.name(),
            label: title.clone(),
            url: site.config.base.path_to(&period.address()),
            count: period.count(),
            parent: period.parent.map(link).filter(|link| link.url.is_some()),
            children: children(site, period),
            all_months: if period.kind == PeriodKind::Year { all_months(site, period) } else { Vec::new() },
            calendar: month_of(site, id).map(|month| {
                let current = (period.kind == PeriodKind::Day).then_some(period.first);
                calendar(site, month, current)
            }),
            newer: newer.map(link),
            older: older.map(link),
        },
    );
    context.insert_value("pager", list::pager(this, desk, &period.address(), &articles));
    let mut page = PageContext {
        date: (period.kind == PeriodKind::Day).then(|| period.first.to_string()),
        ..page(this, desk, period.kind.name(), title)
    };
    page.json_ld = Some(json_ld::articles(this, desk, &page, &articles));
    Made::Template { name: "period.html".to_owned(), named: None, context, page }
}

/// The month itself, or the one that a day lies in.
fn month_of(site: &Site, id: u32) -> Option<&Period> {
    let period = site.calendar.period(id);
    match period.kind {
        PeriodKind::Year => None,
        PeriodKind::Month => Some(period),
        PeriodKind::Day => period.parent.map(|month| site.calendar.period(month)),
    }
}
