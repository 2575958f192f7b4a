//! The front page: the lead, the newest articles besides, and a block for each section.

use super::context::{page, value};
use super::json_ld;
use super::page_context::PageContext;
use super::recipe::{Desk, Kind, Made, Page, Planner, Subject};
use crate::config::TermsFrom;
use crate::site::{ArticleId, Site, TermId};
use serde::Serialize;
use tera::{Context, Value};

pub(super) static KIND: Kind = Kind { name: "home", plan, make, yields: false, listed: true };

/// How many articles a section's block shows.
const BLOCK: usize = 4;

fn plan(_: &Site, planner: &mut Planner) {
    planner.add("/", Subject::Site, 0);
}

fn make(this: &Page, desk: &dyn Desk) -> Made {
    let site = desk.site();
    let lead = site.lead();
    let newest: Vec<ArticleId> = (0..).take(site.articles.len().min(site.config.paginate.home + 1)).collect();
    let besides = newest.into_iter().filter(|id| Some(*id) != lead).take(site.config.paginate.home);
    let shown: Vec<ArticleId> = lead.into_iter().chain(besides.clone()).collect();
    let mut context = Context::new();
    context.insert_value("lead", lead.map(|id| desk.card(id)).into());
    context.insert_value("articles", besides.map(|id| desk.card(id)).collect::<Vec<_>>().into());
    context.insert_value("sections", sections(desk, lead).into());
    let mut page = PageContext {
        description: site.config.description.clone(),
        ..page(this, desk, "home", site.config.title.clone())
    };
    page.json_ld = Some(json_ld::list(desk, &page, &shown));
    Made::Template { name: "home.html".to_owned(), named: None, context, page }
}

/// The sections, the one with the newest article first, each with its newest articles besides the lead.
fn sections(desk: &dyn Desk, lead: Option<ArticleId>) -> Vec<Value> {
    #[derive(Serialize)]
    struct Section<'a> {
        name: &'a str,
        url: String,
        articles: Vec<Value>,
    }
    let site = desk.site();
    let taxonomies = site.config.taxonomies.iter();
    let Some((place, _)) = (0..).zip(taxonomies).find(|(_, taxonomy)| taxonomy.from == TermsFrom::Section)
    else {
        return Vec::new();
    };
    let mut terms: Vec<TermId> = (0..)
        .take(site.taxonomies[usize::from(place)].terms.len())
        .map(|term| TermId { taxonomy: place, term })
        .collect();
    terms.sort_by_key(|id| site.term(*id).articles.first().copied());
    let blocks = terms.into_iter().map(|id| {
        let term = site.term(id);
        let articles = term.articles.iter().filter(|article| Some(**article) != lead).take(BLOCK);
        let articles: Vec<Value> = articles.map(|article| desk.card(*article)).collect();
        (
            articles,
            Section {
                name: &term.name,
                url: site.config.base.path_to(&site.term_address(id)),
                articles: Vec::new(),
            },
        )
    });
    blocks
        .filter(|(articles, _)| !articles.is_empty())
        .map(|(articles, section)| value(&Section { articles, ..section }))
        .collect()
}
