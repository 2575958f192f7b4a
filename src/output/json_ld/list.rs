//! Lists: of articles, of terms, of periods.

use super::breadcrumbs::breadcrumbs;
use super::graph::{Graph, Reference, WebPage, breadcrumbs_id};
use crate::output::dates::{is_planned, period_label};
use crate::output::desk::{Desk, TermList};
use crate::output::list::shown;
use crate::output::page_context::PageContext;
use crate::output::recipe::Page;
use crate::site::{ArticleId, List, Overview, PeriodKind, Span};
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
    articles: List,
) -> tera::Value {
    let before = this.part as usize * desk.config().paginate.per_page;
    collection(desk, page, desk.count(articles), items(desk, &shown(this, desk, articles), before))
}

/// A list of articles on one page.
pub(in crate::output) fn list(desk: &dyn Desk, page: &PageContext, articles: &[ArticleId]) -> tera::Value {
    collection(desk, page, articles.len(), items(desk, articles, 0))
}

/// The terms of a taxonomy.
pub(in crate::output) fn terms(
    desk: &dyn Desk,
    page: &PageContext,
    taxonomy: u16,
    list: &TermList<'_>,
) -> tera::Value {
    let config = desk.config();
    let listed = (1..).zip(&list.terms).take(TERMS).map(|(position, entry)| ListItem {
        of_type: "ListItem",
        position,
        url: config.base.url_to(&config.term_address(taxonomy, entry.term.slug)),
        name: entry.term.name.into(),
    });
    collection(desk, page, list.terms.len(), listed.collect())
}

/// The years of the archive; the months, where years have no pages.
pub(in crate::output) fn archive(desk: &dyn Desk, page: &PageContext, years: &[Overview]) -> tera::Value {
    let config = desk.config();
    let months = || years.iter().flat_map(|year| year.children.iter().map(|(span, _)| *span));
    let periods: Vec<Span> = if is_planned(config, PeriodKind::Year) {
        years.iter().map(|year| year.span).collect()
    } else if is_planned(config, PeriodKind::Month) {
        months().collect()
    } else {
        Vec::new()
    };
    let listed = (1..).zip(&periods).map(|(position, span)| {
        let url = config.base.url_to(&span.address());
        ListItem { of_type: "ListItem", position, url, name: period_label(config, *span).into() }
    });
    collection(desk, page, periods.len(), listed.collect())
}

fn items<'a>(desk: &'a dyn Desk, articles: &[ArticleId], before: usize) -> Vec<ListItem<'a>> {
    let item = |(position, id): (usize, &ArticleId)| {
        let headline = desk.headline(*id);
        ListItem {
            of_type: "ListItem",
            position,
            url: desk.config().base.url_to(headline.address),
            name: headline.title.into(),
        }
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
