//! The front page: the lead, the top stories beside it, the newest, and a block for each section.
//!
//! It plans itself from what articles say of themselves: their priority, their age and their section. Age counts from
//! the newest article, never from the clock.

use super::context::{term_url, value};
use super::desk::Desk;
use super::frame::{is_structured, page};
use super::json_ld;
use super::page_context::PageContext;
use super::recipe::{Kind, Made, Page, Planner};
use super::subject::Subject;
use crate::config::TermsFrom;
use crate::site::{ArticleId, List, Site, TermId};
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

/// What it is rendered with.
const TEMPLATE: &str = "home.html";

fn plan(_: &Site, planner: &mut Planner) {
    planner.add("/", Subject::Site, 0);
}

fn make(this: &Page, desk: &dyn Desk) -> Made {
    let config = desk.config();
    let shown = Shown::choose(desk);
    let cards = |ids: &[ArticleId]| Value::from(ids.iter().map(|id| desk.card(*id)).collect::<Vec<_>>());
    let mut context = Context::new();
    context.insert_value("lead", shown.lead.map(|id| desk.card(id)).into());
    context.insert_value("top", cards(&shown.top));
    context.insert_value("latest", cards(&shown.latest));
    context.insert_value("articles", cards(&shown.articles));
    context.insert_value("sections", sections(desk, &shown).into());
    let listed: Vec<ArticleId> = shown.lead.iter().chain(&shown.articles).copied().collect();
    let mut page = PageContext {
        description: config.description.clone(),
        date: newest(desk).map(|id| desk.article(id).article.date.day().to_string()),
        ..page(this, desk, TEMPLATE, "home", config.title.clone())
    };
    if is_structured(desk, TEMPLATE) {
        page.json_ld = Some(json_ld::list(desk, &page, &listed));
    }
    Made::Template { name: TEMPLATE.to_owned(), named: None, context, page }
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
    fn choose(desk: &dyn Desk) -> Self {
        let lead = desk.lead();
        let wanted = desk.config().paginate.home;
        // One more than is shown, since the lead may be among them.
        let mut articles = desk.listed(List::All, 0..wanted + 1);
        articles.retain(|id| Some(*id) != lead);
        articles.truncate(wanted);
        let mut top = articles.clone();
        let newest = newest(desk);
        top.sort_by_cached_key(|id| (weight(desk, newest, *id), *id));
        top.truncate(TOP);
        let latest = articles.iter().filter(|id| !top.contains(id)).copied().collect();
        Self { lead, top, latest, articles }
    }

    fn is_above(&self, id: ArticleId) -> bool {
        self.lead == Some(id) || self.top.contains(&id)
    }
}

/// How far down an article stands: its age next to the newest in hours, and what its priority adds or takes.
fn weight(desk: &dyn Desk, newest: Option<ArticleId>, id: ArticleId) -> i64 {
    let moment = |id: ArticleId| desk.article(id).article.date.instant();
    let newest = newest.map_or_else(|| moment(id), moment);
    (newest - moment(id)).num_hours() + STEP * i64::from(desk.article(id).article.priority)
}

fn newest(desk: &dyn Desk) -> Option<ArticleId> {
    desk.listed(List::All, 0..1).first().copied()
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
    let taxonomies = desk.config().taxonomies.iter();
    let Some((place, _)) = (0..).zip(taxonomies).find(|(_, taxonomy)| taxonomy.from == TermsFrom::Section)
    else {
        return Vec::new();
    };
    // As many as a block shows, and all that may stand above.
    let candidates = 0..BLOCK + TOP + 1;
    let terms = (0..).take(desk.terms(place, usize::MAX).terms.len());
    let mut terms: Vec<(TermId, Vec<ArticleId>)> = terms
        .map(|term| TermId { taxonomy: place, term })
        .map(|id| (id, desk.listed(List::Term(id), candidates.clone())))
        .collect();
    terms.sort_by_key(|(_, articles)| articles.first().copied());
    let block = |(id, articles): (TermId, Vec<ArticleId>)| {
        let rest = articles.into_iter().filter(|article| !shown.is_above(*article));
        let articles: Vec<Value> = rest.take(BLOCK).map(|article| desk.card(article)).collect();
        (articles.len() >= ENOUGH).then(|| {
            value(&Section {
                name: desk.term(id).name,
                url: term_url(desk.config(), place, desk.term(id).slug),
                count: desk.count(List::Term(id)),
                articles,
            })
        })
    };
    terms.into_iter().filter_map(block).collect()
}
