//! Standing pages.

use super::breadcrumbs::breadcrumbs;
use super::graph::{Graph, ImageObject, Reference, WebPage, breadcrumbs_id};
use crate::date::Moment;
use crate::output::desk::{Desk, Picture};
use crate::output::page_context::PageContext;

/// Pages that schema.org has a type for, by the last part of their addresses.
const TYPES: [(&str, &str); 2] = [("about", "AboutPage"), ("contact", "ContactPage")];

/// A standing page.
pub(in crate::output) fn standing(
    desk: &dyn Desk,
    page: &PageContext,
    updated: Option<Moment>,
    picture: Option<&Picture>,
) -> tera::Value {
    let slug = page.path.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    let of_type = TYPES.iter().find(|(known, _)| *known == slug).map_or("WebPage", |(_, of_type)| of_type);
    let own =
        picture.map(|picture| ImageObject::new(desk.config().base.absolute(&picture.src), picture.size));
    let mut graph = Graph::of_page(desk);
    graph.add(&WebPage::<()> {
        date_modified: updated.map(|updated| updated.precise()),
        breadcrumb: Some(Reference { id: breadcrumbs_id(&page.url) }),
        primary_image_of_page: own.filter(ImageObject::can_be_fetched),
        ..WebPage::new(of_type, desk, page)
    });
    graph.add(&breadcrumbs(desk, page));
    graph.finish()
}
