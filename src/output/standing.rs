//! A standing page: about, a corrections policy.

use super::card;
use super::context::{free, value};
use super::desk::{Addresses, Desk};
use super::document;
use super::frame::{is_structured, page};
use super::json_ld;
use super::page_context::PageContext;
use super::recipe::{Kind, Made, Page, Planner};
use super::sharing;
use super::subject::Subject;
use crate::article::markdown;
use crate::site::Site;
use serde::Serialize;
use tera::{Context, Value};

pub(super) static KIND: Kind = Kind { name: "standing", plan, make, yields: false, listed: true };

#[derive(Serialize)]
struct Standing<'a> {
    title: &'a str,
    slug: &'a str,
    summary: Option<Value>,
    updated: Option<String>,
    lang: &'a str,
    direction: &'static str,
    image: Option<Value>,
    extra: Value,
}

fn plan(site: &Site, planner: &mut Planner) {
    for (id, standing) in (0..).zip(&site.standing) {
        planner.add(&standing.address, Subject::Standing(id), 0);
    }
}

fn make(this: &Page, desk: &dyn Desk) -> Made {
    let Subject::Standing(id) = this.subject else { return Made::Failed };
    let document = &desk.standing(id).document;
    let Some(html) = desk.content(document, Addresses::Rooted) else { return Made::Failed };
    let (name, named) = document::template(document, "page.html");
    let summary = document.summary.as_deref();
    let image = card::image(desk, document);
    // Asked again only for what is there, so that what is wrong with it is reported once.
    let own = document.image.as_deref().filter(|_| image.is_some());
    let picture = own.and_then(|image| desk.picture(document, &image.src, &image.location));
    let standing = value(&Standing {
        title: &document.title,
        slug: &document.slug,
        summary: summary.map(|text| Value::safe_string(&desk.inline(document, text, Addresses::Rooted))),
        updated: document.updated.map(|updated| updated.precise()),
        lang: document.language.tag(),
        direction: document.language.direction(),
        image,
        extra: document.extra.as_deref().map_or_else(document::no_extra, free),
    });
    let mut context = Context::new();
    context.insert_value("standing", standing);
    context.insert_value("content", Value::safe_string(&html.html));
    context.insert_value("toc", document::toc(&html.toc));
    let mut page = PageContext {
        description: summary.map(markdown::plain).unwrap_or_default(),
        lang: document.language.tag().to_owned(),
        direction: document.language.direction(),
        image: sharing::of_document(desk, document, picture.as_ref()),
        ..page(this, desk, &name, "standing", document.title.to_string())
    };
    if is_structured(desk, &name) {
        page.json_ld = Some(json_ld::standing(desk, &page, document.updated, picture.as_ref()));
    }
    Made::Template { name, named, context, page }
}
