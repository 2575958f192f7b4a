//! The archive: every year and month, with counts.

use super::context::{label, value};
use super::dates::{all_months, children, period_label, period_url};
use super::frame::page;
use super::json_ld;
use super::recipe::{Desk, Kind, Made, Page, Planner, Subject};
use crate::site::{PeriodKind, Site};
use serde::Serialize;
use tera::{Context, Value};

pub(super) static KIND: Kind = Kind { name: "archive", plan, make, yields: false, listed: true };

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
    let site = desk.site();
    let years = site.calendar.of(PeriodKind::Year).map(|id| {
        let year = site.calendar.period(id);
        value(&Year {
            label: period_label(site, year),
            url: period_url(site, year),
            count: year.count(),
            months: children(site, year),
            all_months: all_months(site, year),
        })
    });
    let mut context = Context::new();
    context.insert_value("years", years.collect::<Vec<_>>().into());
    let mut page = page(this, desk, "archive", label(&site.config, "archive"));
    page.json_ld = Some(json_ld::archive(desk, &page));
    Made::Template { name: "archive.html".to_owned(), named: None, context, page }
}
