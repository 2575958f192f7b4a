//! A file of `static/`, published as it is; style sheets and scripts also under a name that changes with them.

use super::recipe::{Desk, Kind, Made, Page, Planner, Subject};
use crate::site::{Origin, Site};

pub(super) static KIND: Kind = Kind { name: "asset", plan, make, yields: false, listed: false };

fn plan(site: &Site, planner: &mut Planner) {
    for (id, asset) in (0..).zip(&site.assets) {
        planner.add(&asset.path, Subject::Asset(id), 0);
        if let Some(path) = asset.fingerprinted_path() {
            planner.add(&path, Subject::Asset(id), 1);
        }
    }
}

fn make(page: &Page, desk: &dyn Desk) -> Made {
    let Subject::Asset(id) = page.subject else { return Made::Failed };
    match &desk.site().assets[id as usize].origin {
        Origin::File(path) => Made::File(path.clone()),
        Origin::BuiltIn(bytes) => Made::Static(bytes),
    }
}
