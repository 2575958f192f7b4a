//! The page for addresses that lead nowhere.

use super::context::label;
use super::desk::Desk;
use super::frame::page;
use super::recipe::{Kind, Made, Page, Planner};
use super::subject::Subject;
use crate::site::Site;
use tera::Context;

pub(super) static KIND: Kind = Kind { name: "not_found", plan, make, yields: true, listed: false };

/// What it is rendered with.
const TEMPLATE: &str = "404.html";

fn plan(_: &Site, planner: &mut Planner) {
    planner.add("/404.html", Subject::Site, 0);
}

fn make(this: &Page, desk: &dyn Desk) -> Made {
    let page = page(this, desk, TEMPLATE, "not_found", label(desk.config(), "not_found_title"));
    Made::Template { name: TEMPLATE.to_owned(), named: None, context: Context::new(), page }
}
