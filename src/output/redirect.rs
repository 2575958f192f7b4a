//! A page at an old address that sends readers to the new one: static hosting has no other way.

use super::context::escaped;
use super::desk::{Desk, Item};
use super::recipe::{Kind, Made, Page, Planner};
use super::subject::Subject;
use crate::site::Site;

pub(super) static KIND: Kind = Kind { name: "redirect", plan, make, yields: false, listed: false };

fn plan(site: &Site, planner: &mut Planner) {
    for (id, article) in (0..).zip(&site.articles) {
        for (alias, address) in (0..).zip(&article.document.aliases) {
            planner.add(address, Subject::Article(id), alias);
        }
    }
    for (id, standing) in (0..).zip(&site.standing) {
        for (alias, address) in (0..).zip(&standing.document.aliases) {
            planner.add(address, Subject::Standing(id), alias);
        }
    }
}

fn make(page: &Page, desk: &dyn Desk) -> Made {
    let (document, address) = match page.subject {
        Subject::Article(id) => {
            let Item { article, address, .. } = desk.article(id);
            (&article.document, address)
        }
        Subject::Standing(id) => (&desk.standing(id).document, &*desk.standing(id).address),
        _ => return Made::Failed,
    };
    let title = escaped(&document.title);
    let (url, path) = (desk.config().base.url_to(address), desk.config().base.path_to(address));
    let (lang, direction) = (document.language.tag(), document.language.direction());
    Made::Bytes(
        format!(
            "<!doctype html>\n<html lang=\"{lang}\" dir=\"{direction}\">\n<head>\n<meta charset=\"utf-8\">\n\
             <title>{title}</title>\n<link rel=\"canonical\" href=\"{url}\">\n\
             <meta name=\"robots\" content=\"noindex\">\n\
             <meta http-equiv=\"refresh\" content=\"0; url={path}\">\n</head>\n\
             <body>\n<p><a href=\"{path}\">{title}</a></p>\n</body>\n</html>\n"
        )
        .into_bytes(),
    )
}
