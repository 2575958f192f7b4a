//! A taxonomy's page: the list of its terms.

use super::context::{taxonomy, taxonomy_label};
use super::desk::Desk;
use super::frame::{is_structured, page};
use super::json_ld;
use super::recipe::{Kind, Made, Page, Planner};
use super::subject::Subject;
use super::term_list::entries;
use crate::site::Site;
use tera::Context;

pub(super) static KIND: Kind = Kind { name: "terms", plan, make, yields: false, listed: true };

/// What it is rendered with.
const TEMPLATE: &str = "terms.html";

fn plan(site: &Site, planner: &mut Planner) {
    for place in (0..).take(site.taxonomies.len()) {
        planner.add(&site.taxonomy_address(place), Subject::Taxonomy(place), 0);
    }
}

fn make(this: &Page, desk: &dyn Desk) -> Made {
    let Subject::Taxonomy(place) = this.subject else { return Made::Failed };
    let config = desk.config();
    let title = taxonomy_label(config, &config.taxonomies[usize::from(place)]);
    let terms = desk.terms(place, usize::MAX);
    let mut context = Context::new();
    context.insert_value("taxonomy", taxonomy(config, place));
    context.insert_value("terms", entries(config, place, &terms).into());
    let mut page = page(this, desk, TEMPLATE, "terms", title);
    if is_structured(desk, TEMPLATE) {
        page.json_ld = Some(json_ld::terms(desk, &page, place, &terms));
    }
    Made::Template { name: TEMPLATE.to_owned(), named: None, context, page }
}
