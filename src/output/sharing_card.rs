//! The card of an article: a picture with its headline, for where it is shared. Its template is SVG, and is drawn.

use super::context::page;
use super::page_context::PageContext;
use super::recipe::{Desk, Kind, Made, Page, Planner, Subject};
use super::sharing::card_address;
use crate::site::Site;
use tera::Context;

/// It yields: a `card.png` of the editor's own, beside the article or in `static/`, takes the place of the drawn one.
pub(super) static KIND: Kind = Kind { name: "sharing_card", plan, make, yields: true, listed: false };

fn plan(site: &Site, planner: &mut Planner) {
    if !site.config.images.cards {
        return;
    }
    for (id, address) in (0..).zip(&site.addresses) {
        planner.add(&card_address(address), Subject::Article(id), 0);
    }
}

fn make(this: &Page, desk: &dyn Desk) -> Made {
    let Subject::Article(id) = this.subject else { return Made::Failed };
    let document = &desk.site().article(id).document;
    let mut context = Context::new();
    context.insert_value("article", desk.card(id));
    let page = PageContext {
        lang: document.language.tag().to_owned(),
        direction: document.language.direction(),
        ..page(this, desk, "sharing_card", document.title.to_string())
    };
    Made::Template { name: "card.svg".to_owned(), named: None, context, page }
}
