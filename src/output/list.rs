//! Lists of articles in pages, counted from the newest.

use super::context::value;
use super::desk::Desk;
use super::recipe::{Page, Planner};
use super::subject::Subject;
use crate::site::{ArticleId, List, Site};
use serde::Serialize;
use tera::Value;

/// Plans the pages of a list of `count` articles at `address`.
pub(super) fn plan(site: &Site, planner: &mut Planner, address: &str, subject: Subject, count: usize) {
    let pages = count.div_ceil(site.config.paginate.per_page).max(1);
    planner.add(address, subject, 0);
    for part in (1..).take(pages - 1) {
        planner.add(&part_address(address, part), subject, part);
    }
}

/// The address of a part of a list: `/tags/x/`, `/tags/x/page/2/`.
fn part_address(address: &str, part: u32) -> String {
    if part == 0 { address.to_owned() } else { format!("{address}page/{}/", part + 1) }
}

/// The articles that the page shows.
pub(super) fn shown(page: &Page, desk: &dyn Desk, list: List) -> Vec<ArticleId> {
    let per_page = desk.config().paginate.per_page;
    let start = page.part as usize * per_page;
    desk.listed(list, start..start + per_page)
}

/// `pager` as templates see it, of a list at `address`.
pub(super) fn pager(page: &Page, desk: &dyn Desk, address: &str, list: List) -> Value {
    #[derive(Serialize)]
    struct Pager {
        articles: Vec<Value>,
        index: u32,
        pages: usize,
        total: usize,
        newer: Option<String>,
        older: Option<String>,
    }
    let (config, total) = (desk.config(), desk.count(list));
    let pages = total.div_ceil(config.paginate.per_page).max(1);
    let url = |part: u32| config.base.path_to(&part_address(address, part));
    value(&Pager {
        articles: shown(page, desk, list).into_iter().map(|id| desk.card(id)).collect(),
        index: page.part + 1,
        pages,
        total,
        newer: page.part.checked_sub(1).map(url),
        older: ((page.part as usize) + 1 < pages).then(|| url(page.part + 1)),
    })
}
