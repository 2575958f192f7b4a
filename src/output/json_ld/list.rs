//! Lists: of articles, of terms, of periods.

use super::breadcrumbs::breadcrumbs;
use super::graph::{Graph, Reference, WebPage, breadcrumbs_id};
use crate::output::dates::{is_planned, period_label};
use crate::output::list::shown;
use crate::output::page_context::PageContext;
use crate::output::recipe::{Desk, Page};
use crate::site::{ArticleId, PeriodKind, TermId};
use serde::Serialize;

/// How many terms of a taxonomy are listed: the page itself has them all.
const TERMS: usize = 100;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ItemList<'a> {
    #[serde(rename = "@type")]
    of_type: &'static str,
    number_of_items: usize,
    item_list_element: Vec<ListItem<'a>>,
}

#[derive(Serialize)]
struct ListItem<'a> {
    #[serde(rename = "@type")]
    of_type: &'static str,
    position: usize,
    url: String,
    name: std::borrow::Cow<'a, str>,
}

/// A page of a list of articles in pages; positions count from the first page on.
pub(in crate::output) fn articles(
    this: &Page,
    desk: &dyn Desk,
    page: &PageContext,
    articles: &[ArticleId],
) -> tera::Value {
    let before = this.part as usize * desk.site().config.paginate.per_page;
    collection(desk, page, articles.len(), items(desk, shown(this, desk, articles), before))
}

/// A list of articles on one page.
pub(in crate::output) fn list(desk: &dyn Desk, page: &PageContext, articles: &[ArticleId]) -> tera::Value {
    collection(desk, page, articles.len(), items(desk, articles, 0))
}

/// The terms of a taxonomy.
pub(in crate::output) fn terms(desk: &dyn Desk, page: &PageContext, taxonomy: u16) -> tera::Value {
    let site = desk.site();
    let terms = &site.taxonomies[usize::from(taxonomy)].terms;
    let listed = (0..).zip(terms).take(TERMS).map(|(term, entry)| ListItem {
        of_type: "ListItem",
        position: term as usize + 1,
        url: site.config.base.url_to(&site.term_address(TermId { taxonomy, term })),
        name: (&*entry.name).into(),
    });
    collection(desk, page, terms.len(), listed.collect())
}

/// The years of the archive; the months, where years have no pages.
pub(in crate::output) fn archive(desk: &dyn Desk, page: &PageContext) -> tera::Value {
    let site = desk.site();
    let kinds = [PeriodKind::Year, PeriodKind::Month];
    let periods =
        kinds.into_iter().find(|kind| is_planned(site, *kind)).map_or(0..0, |kind| site.calendar.of(kind));
    let total = periods.len();
    let listed = (1..).zip(periods).map(|(position, id)| {
        let period = site.calendar.period(id);
        let url = site.config.base.url_to(&period.address());
        ListItem { of_type: "ListItem", position, url, name: period_label(site, period).into() }
    });
    collection(desk, page, total, listed.collect())
}

fn items<'a>(desk: &'a dyn Desk, articles: &[ArticleId], before: usize) -> Vec<ListItem<'a>> {
    let site = desk.site();
    let item = |(position, id): (usize, &ArticleId)| ListItem {
        of_type: "ListItem",
        position,
        url: site.config.base.url_to(site.address(*id)),
        name: (&*site.article(*id).document.title).into(),
    };
    (before + 1..).zip(articles).map(item).collect()
}

/// A page whose matter is a list; `total` counts what is on its other pages too.
fn collection(desk: &dyn Desk, page: &PageContext, total: usize, listed: Vec<ListItem<'_>>) -> tera::Value {
    let mut graph = Graph::of_page(desk);
    // The front page is where the way begins, and has none.
    let is_home = page.kind == "home";
    let list = ItemList { of_type: "ItemList", number_of_items: total, item_list_element: listed };
    graph.add(&WebPage {
        breadcrumb: (!is_home).then(|| Reference { id: breadcrumbs_id(&page.url) }),
        main_entity: (!list.item_list_element.is_empty()).then_some(list),
        ..WebPage::new("CollectionPage", desk, page)
    });
    if !is_home {
        graph.add(&breadcrumbs(desk, page));
    }
    graph.finish()
}
