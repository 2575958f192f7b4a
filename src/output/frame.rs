//! What every page has, before its kind says what is its own.

use super::breadcrumbs::breadcrumbs;
use super::context::site_feeds;
use super::desk::Desk;
use super::page_context::PageContext;
use super::recipe::Page;

/// A page in the site's language, with the site's feeds, for a template; what differs is set by its kind.
pub(super) fn page(
    page: &Page,
    desk: &dyn Desk,
    template: &str,
    kind: &'static str,
    title: String,
) -> PageContext {
    let config = desk.config();
    let address = page.address();
    let has_breadcrumbs = desk.reads_field(template, "page", "breadcrumbs") || is_structured(desk, template);
    PageContext {
        kind,
        title,
        description: String::new(),
        url: config.base.url_to(&address),
        path: config.base.path_to(&address),
        date: None,
        feeds: site_feeds(config),
        lang: config.language.tag().to_owned(),
        direction: config.language.direction(),
        breadcrumbs: if has_breadcrumbs { breadcrumbs(desk, page.subject) } else { Vec::new() },
        image: desk.imprint().logo.clone(),
        meta: Vec::new(),
        json_ld: None,
    }
}

/// Whether a template tells machines what its pages are, in JSON-LD.
pub(super) fn is_structured(desk: &dyn Desk, template: &str) -> bool {
    desk.reads_field(template, "page", "json_ld")
}
