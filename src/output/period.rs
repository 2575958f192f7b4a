//! The page of a year, a month or a day.

use super::context::{LabelledLink, value};
use super::dates::{all_months, calendar, children, is_planned, period_label, period_url};
use super::desk::Desk;
use super::frame::{is_structured, page};
use super::json_ld;
use super::list;
use super::page_context::PageContext;
use super::recipe::{Kind, Made, Page, Planner};
use super::subject::Subject;
use crate::site::{List, Overview, PeriodKind, Site, Span};
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

/// What it is rendered with.
const TEMPLATE: &str = "period.html";

fn plan(site: &Site, planner: &mut Planner) {
    for (id, period) in (0..).zip(&site.calendar.periods) {
        if is_planned(&site.config, period.kind) {
            list::plan(site, planner, &period.span().address(), Subject::Period(id), period.count());
        }
    }
}

fn make(this: &Page, desk: &dyn Desk) -> Made {
    let Subject::Period(id) = this.subject else { return Made::Failed };
    let config = desk.config();
    let period = desk.period(id);
    let Span { kind, first } = period.span;
    let title = period_label(config, period.span);
    let address = period.span.address();
    let mut context = Context::new();
    if desk.reads(TEMPLATE, "period") {
        context.insert_value("period", value(&in_context(desk, &period)));
    }
    context.insert_value("pager", list::pager(this, desk, &address, List::Period(id)));
    let mut page = PageContext {
        date: (kind == PeriodKind::Day).then(|| first.to_string()),
        ..page(this, desk, TEMPLATE, kind.name(), title)
    };
    if is_structured(desk, TEMPLATE) {
        page.json_ld = Some(json_ld::articles(this, desk, &page, List::Period(id)));
    }
    Made::Template { name: TEMPLATE.to_owned(), named: None, context, page }
}

fn in_context(desk: &dyn Desk, period: &Overview) -> PeriodContext {
    let config = desk.config();
    let Span { kind, first } = period.span;
    let link = |span: Span| LabelledLink { label: period_label(config, span), url: period_url(config, span) };
    let parent = kind.longer().map(|kind| link(Span::around(kind, first)));
    PeriodContext {
        kind: kind.name(),
        label: period_label(config, period.span),
        url: config.base.path_to(&period.span.address()),
        count: period.count,
        parent: parent.filter(|link| link.url.is_some()),
        children: children(config, period),
        all_months: if kind == PeriodKind::Year { all_months(config, period) } else { Vec::new() },
        calendar: month_of(desk, period).map(|month| {
            let current = (kind == PeriodKind::Day).then_some(first);
            calendar(config, &month, current)
        }),
        newer: period.newer.map(link),
        older: period.older.map(link),
    }
}

/// The month itself, or the one that a day lies in.
fn month_of(desk: &dyn Desk, period: &Overview) -> Option<Overview> {
    match period.span.kind {
        PeriodKind::Year => None,
        PeriodKind::Month => Some(period.clone()),
        PeriodKind::Day => desk.period_at(Span::around(PeriodKind::Month, period.span.first)),
    }
}
