//! Which file of the site a page publishes as it is.

use super::subject::Subject;
use crate::site::{Origin, Site};

/// Where the bytes are of what is published as it is at a page about `subject`.
pub fn origin(site: &Site, subject: Subject) -> Option<Origin> {
    match subject {
        Subject::Asset(id) => Some(site.assets[id as usize].origin.clone()),
        _ => file(site, subject).map(|file| Origin::File(file.into())),
    }
}

/// The file from the site's root that is published at a page about `subject`, where it is one: of `static/`, or beside
/// an article or a standing page.
pub fn file(site: &Site, subject: Subject) -> Option<&str> {
    match subject {
        Subject::Asset(id) => match &site.assets[id as usize].origin {
            Origin::File(file) => Some(file),
            Origin::BuiltIn(_) => None,
        },
        Subject::ArticleFile(id, place) => {
            site.article(id).document.bundle.get(place as usize).map(AsRef::as_ref)
        }
        Subject::StandingFile(id, place) => {
            site.standing[id as usize].document.bundle.get(place as usize).map(AsRef::as_ref)
        }
        _ => None,
    }
}
