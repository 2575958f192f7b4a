//! The card of an article: a picture with its headline, for where it is shared. Its template is SVG, and is drawn.

use super::desk::Desk;
use super::recipe::{Kind, Made, Page, Planner};
use super::sharing::card_address;
use super::subject::Subject;
use crate::site::Site;
use serde::Serialize;
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
    /// What a picture needs to know of itself: nobody links to it, and it says nothing to machines.
    #[derive(Serialize)]
    struct CardPage<'a> {
        kind: &'static str,
        title: &'a str,
        lang: &'a str,
        direction: &'static str,
    }
    let Subject::Article(id) = this.subject else { return Made::Failed };
    let document = &desk.article(id).article.document;
    let mut context = Context::new();
    context.insert_value("article", desk.card(id));
    context.insert(
        "page",
        &CardPage {
            kind: "sharing_card",
            title: &document.title,
            lang: document.language.tag(),
            direction: document.language.direction(),
        },
    );
    Made::Drawing { name: "card.svg", context }
}
