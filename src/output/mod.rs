//! The plan: every file of the site to be, as a recipe.
//!
//! One kind of output is one file of this module and one line in [`KINDS`]. A kind says which pages there are,
//! and makes one when it is asked to; it renders nothing, and what it wants to know of the site it asks a
//! [`Desk`]. Kinds never import each other; what several need stands in `context`, `list`, `card`, `dates`,
//! `document` and `xml`.

mod archive;
mod article;
mod asset;
mod breadcrumbs;
mod bundle;
mod byline;
mod card;
mod clash;
mod context;
mod dates;
mod desk;
mod document;
mod feed;
mod frame;
mod home;
mod imprint;
mod json_ld;
mod list;
mod mapped;
mod meta;
mod news_sitemap;
mod not_found;
mod order;
mod page_context;
mod period;
mod published;
mod recipe;
mod redirect;
mod rendition;
mod robots;
mod sharing;
mod sharing_card;
mod site_context;
mod sitemap;
mod standing;
mod subject;
mod term;
mod term_list;
mod terms;
mod xml;

pub use self::card::card;
pub use self::context::term;
pub use self::desk::{Addresses, Desk, Headline, Item, Mapped, Picture, TermEntry, TermList, TermName};
pub use self::imprint::imprint;
pub use self::mapped::mapped;
pub use self::page_context::{Crumb, FeedLink, Imprint, Meta, PageContext, SharedImage};
pub use self::published::{file as published_file, origin as published_origin};
pub use self::recipe::{Kind, Made, Page, Plan, Planner, address_of, path_of};
pub use self::sharing::CARD_SIZE;
pub use self::site_context::site;
pub use self::subject::Subject;
pub use self::term_list::entries as term_list;

use crate::diagnostic::Diagnostic;
use crate::site::Site;

/// Every kind of output. Their order is the order pages are planned in: the sitemap comes behind what it lists, and of two
/// pages at one path the first stays.
static KINDS: &[&Kind] = &[
    &home::KIND,
    &article::KIND,
    &period::KIND,
    &archive::KIND,
    &terms::KIND,
    &term::KIND,
    &standing::KIND,
    &feed::KIND,
    &sitemap::KIND,
    &news_sitemap::KIND,
    &robots::KIND,
    &not_found::KIND,
    &redirect::KIND,
    &sharing_card::KIND,
    &bundle::KIND,
    &asset::KIND,
    &rendition::KIND,
];

/// Makes a page. What it says of itself in `<meta>` follows from all else that is known of it, whatever its kind, and
/// comes last.
pub fn make(page: &Page, desk: &dyn Desk) -> Made {
    let mut made = (page.kind.make)(page, desk);
    if let Made::Template { name, page: about, .. } = &mut made
        && desk.reads_field(name, "page", "meta")
    {
        about.meta = meta::meta(desk, page.subject, about);
    }
    made
}

/// Plans every page of a site. Outputs that claim one path are reported, and the first of them stays.
pub fn plan(site: &Site, diagnostics: &mut Vec<Diagnostic>) -> Plan {
    let pages = Planner::run(site, KINDS);
    order::by_articles(site, clash::settle(site, pages, diagnostics))
}
