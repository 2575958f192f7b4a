//! The front page: the lead, the top stories beside it, the newest, and a block for each section.
//!
//! It plans itself from what articles say of themselves: their priority, their age and their section. Age counts from
//! the newest article, never from the clock.

use super::context::value;
use super::frame::page;
use super::json_ld;
use super::page_context::PageContext;
use super::recipe::{Desk, Kind, Made, Page, Planner, Subject};
use crate::article::Article;
use crate::config::TermsFrom;
use crate::site::{ArticleId, Site, TermId};
use serde::Serialize;
use tera::{Context, Value};

pub(super) static KIND: Kind = Kind { name: "home", plan, make, yields: false, listed: true };

/// How many stories stand beside the lead.
const TOP: usize = 6;
/// How many articles a section's block shows.
const BLOCK: usize = 4;
/// How many a section must have, besides those shown above, to get a block.
const ENOUGH: usize = 2;
/// One step of priority weighs as much as so many hours: a story of priority 1 stays above plain ones for two days.
const STEP: i64 = 12;

fn plan(_: &Site, planner: &mut Planner) {
    planner.add("/", Subject::Site, 0);
}

fn make(this: &Page, desk: &dyn Desk) -> Made {
    let site = desk.site();
    let shown = Shown::choose(site);
    let cards = |ids: &[ArticleId]| Value::from(ids.iter().map(|id| desk.card(*id)).collect::<Vec<_>>());
    let mut context = Context::new();
    context.insert_value("lead", shown.lead.map(|id| desk.card(id)).into());
    context.insert_value("top", cards(&shown.top));
    context.insert_value("latest", cards(&shown.latest));
    context.insert_value("articles", cards(&shown.articles));
    context.insert_value("sections", sections(desk, &shown).into());
    let listed: Vec<ArticleId> = shown.lead.iter().chain(&shown.articles).copied().collect();
    let mut page = PageContext {
        description: site.config.description.clone(),
        date: site.articles.first().map(|newest| newest.date.day().to_string()),
        ..page(this, desk, "home", site.config.title.clone())
    };
    page.json_ld = Some(json_ld::list(desk, &page, &listed));
    Made::Template { name: "home.html".to_owned(), named: None, context, page }
}

/// What stands where on the front page.
struct Shown {
    /// The newest day's most important story.
    lead: Option<ArticleId>,
    /// The stories that weigh most besides.
    top: Vec<ArticleId>,
    /// The newest that are neither, newest first.
    latest: Vec<ArticleId>,
    /// The newest besides the lead, newest first: `top` and `latest` together.
    articles: Vec<ArticleId>,
}

impl Shown {
    fn choose(site: &Site) -> Self {
        let lead = site.lead();
        let newest = (0..).take(site.articles.len()).filter(|id| Some(*id) != lead);
        let articles: Vec<ArticleId> = newest.take(site.config.paginate.home).collect();
        let mut top = articles.clone();
        top.sort_by_key(|id| (weight(site, *id), *id));
        top.truncate(TOP);
        let latest = articles.iter().filter(|id| !top.contains(id)).copied().collect();
        Self { lead, top, latest, articles }
    }

    fn is_above(&self, id: ArticleId) -> bool {
        self.lead == Some(id) || self.top.contains(&id)
    }
}

/// How far down an article stands: its age in hours, and what its priority adds or takes.
fn weight(site: &Site, id: ArticleId) -> i64 {
    let moment = |article: &Article| article.date.instant();
    let article = site.article(id);
    let newest = site.articles.first().map_or_else(|| moment(article), |newest| moment(newest));
    (newest - moment(article)).num_hours() + STEP * i64::from(article.priority)
}

/// The sections that have enough, the one with the newest article first, each with its newest articles besides those
/// that stand above.
fn sections(desk: &dyn Desk, shown: &Shown) -> Vec<Value> {
    #[derive(Serialize)]
    struct Section<'a> {
        name: &'a str,
        url: String,
        count: usize,
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
    let block = |id: TermId| {
        let term = site.term(id);
        let rest = term.articles.iter().filter(|article| !shown.is_above(**article));
        let articles: Vec<Value> = rest.take(BLOCK).map(|article| desk.card(*article)).collect();
        (articles.len() >= ENOUGH).then(|| {
            value(&Section {
                name: &term.name,
                url: site.config.base.path_to(&site.term_address(id)),
                count: term.articles.len(),
                articles,
            })
        })
    };
    terms.into_iter().filter_map(block).collect()
}
