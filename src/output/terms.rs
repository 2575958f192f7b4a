//! A taxonomy's page: the list of its terms.

use super::context::{taxonomy, taxonomy_label};
use super::frame::page;
use super::json_ld;
use super::recipe::{Desk, Kind, Made, Page, Planner, Subject};
use super::term_list::entries;
use crate::site::Site;
use tera::Context;

pub(super) static KIND: Kind = Kind { name: "terms", plan, make, yields: false, listed: true };

fn plan(site: &Site, planner: &mut Planner) {
    for place in (0..).take(site.taxonomies.len()) {
        planner.add(&site.taxonomy_address(place), Subject::Taxonomy(place), 0);
    }
}

fn make(this: &Page, desk: &dyn Desk) -> Made {
    let Subject::Taxonomy(place) = this.subject else { return Made::Failed };
    let site = desk.site();
    let own = &site.config.taxonomies[usize::from(place)];
    let title = taxonomy_label(&site.config, own);
    let mut context = Context::new();
    context.insert_value("taxonomy", taxonomy(site, place));
    context.insert_value("terms", entries(site, place, usize::MAX).into());
    let mut page = page(this, desk, "terms", title);
    page.json_ld = Some(json_ld::terms(desk, &page, place));
    Made::Template { name: "terms.html".to_owned(), named: None, context, page }
}
