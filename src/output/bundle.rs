//! A file beside an `index.md`, published beside its page.

use super::desk::Desk;
use super::recipe::{Kind, Made, Page, Planner};
use super::subject::Subject;
use crate::site::Site;

pub(super) static KIND: Kind = Kind { name: "bundle", plan, make, yields: false, listed: false };

fn plan(site: &Site, planner: &mut Planner) {
    for (id, article) in (0..).zip(&site.articles) {
        for (place, file) in (0..).zip(&article.document.bundle) {
            let path = site.bundle_path(&article.document, site.address(id), file);
            planner.add(&path, Subject::ArticleFile(id, place), 0);
        }
    }
    for (id, standing) in (0..).zip(&site.standing) {
        for (place, file) in (0..).zip(&standing.document.bundle) {
            let path = site.bundle_path(&standing.document, &standing.address, file);
            planner.add(&path, Subject::StandingFile(id, place), 0);
        }
    }
}

fn make(page: &Page, desk: &dyn Desk) -> Made {
    desk.file(page.subject).map_or(Made::Failed, Made::of)
}
