//! The archive: every year and month, with counts.

use super::context::{label, value};
use super::dates::{all_months, children, period_label, period_url};
use super::desk::Desk;
use super::frame::{is_structured, page};
use super::json_ld;
use super::recipe::{Kind, Made, Page, Planner};
use super::subject::Subject;
use crate::site::{Overview, PeriodKind, Site};
use serde::Serialize;
use tera::{Context, Value};

pub(super) static KIND: Kind = Kind { name: "archive", plan, make, yields: false, listed: true };

/// What it is rendered with.
const TEMPLATE: &str = "archive.html";

fn plan(_: &Site, planner: &mut Planner) {
    planner.add("/archive/", Subject::Site, 0);
}

fn make(this: &Page, desk: &dyn Desk) -> Made {
    #[derive(Serialize)]
    struct Year {
        label: String,
        url: Option<String>,
        count: usize,
        months: Vec<Value>,
        all_months: Vec<Value>,
    }
    let config = desk.config();
    let years = desk.periods(PeriodKind::Year);
    let year = |year: &Overview| {
        value(&Year {
            label: period_label(config, year.span),
            url: period_url(config, year.span),
            count: year.count,
            months: children(config, year),
            all_months: all_months(config, year),
        })
    };
    let mut context = Context::new();
    context.insert_value("years", years.iter().map(year).collect::<Vec<_>>().into());
    let mut page = page(this, desk, TEMPLATE, "archive", label(config, "archive"));
    if is_structured(desk, TEMPLATE) {
        page.json_ld = Some(json_ld::archive(desk, &page, &years));
    }
    Made::Template { name: TEMPLATE.to_owned(), named: None, context, page }
}
