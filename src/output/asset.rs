//! A file of `static/`, published as it is; style sheets and scripts also under a name that changes with them.

use super::desk::Desk;
use super::recipe::{Kind, Made, Page, Planner};
use super::subject::Subject;
use crate::site::Site;

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
    desk.file(page.subject).map_or(Made::Failed, Made::of)
}
