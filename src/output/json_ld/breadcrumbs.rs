//! The way from the front page to a page.

use super::graph::breadcrumbs_id;
use crate::output::desk::Desk;
use crate::output::page_context::PageContext;
use serde::Serialize;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct BreadcrumbList<'a> {
    #[serde(rename = "@type")]
    of_type: &'static str,
    #[serde(rename = "@id")]
    id: String,
    item_list_element: Vec<Step<'a>>,
}

#[derive(Serialize)]
struct Step<'a> {
    #[serde(rename = "@type")]
    of_type: &'static str,
    position: usize,
    name: &'a str,
    item: String,
}

/// The front page, the page's breadcrumbs, and the page itself.
pub(super) fn breadcrumbs<'a>(desk: &'a dyn Desk, page: &'a PageContext) -> BreadcrumbList<'a> {
    let config = desk.config();
    let base = &config.base;
    let first = (config.labels.get("home").map_or(config.title.as_str(), String::as_str), base.home());
    let between = page.breadcrumbs.iter().map(|crumb| (crumb.label.as_str(), base.absolute(&crumb.url)));
    let last = (page.title.as_str(), page.url.clone());
    let steps = std::iter::once(first).chain(between).chain(std::iter::once(last));
    let step = |(position, (name, item))| Step { of_type: "ListItem", position, name, item };
    BreadcrumbList {
        of_type: "BreadcrumbList",
        id: breadcrumbs_id(&page.url),
        item_list_element: (1..).zip(steps).map(step).collect(),
    }
}
