//! A term's page: the articles filed under it.

use super::context::{feed_link, taxonomy as taxonomy_context};
use super::desk::Desk;
use super::frame::{is_structured, page};
use super::json_ld;
use super::list;
use super::page_context::FeedLink;
use super::recipe::{Kind, Made, Page, Planner};
use super::subject::Subject;
use crate::config::Config;
use crate::site::{List, Provenance, Site, TermId};
use serde::Serialize;
use tera::Context;

pub(super) static KIND: Kind = Kind { name: "term", plan, make, yields: false, listed: true };

#[derive(Serialize)]
struct Term<'a> {
    name: &'a str,
    slug: &'a str,
    url: String,
    count: usize,
    feeds: Vec<FeedLink>,
    outlets: usize,
    origins: usize,
    as_outlet: usize,
    as_agency: usize,
}

/// What a template is told of where a term's stories come from.
const PROVENANCE: [&str; 4] = ["outlets", "origins", "as_outlet", "as_agency"];

/// What it is rendered with.
const TEMPLATE: &str = "term.html";

fn plan(site: &Site, planner: &mut Planner) {
    for (taxonomy, terms) in (0..).zip(&site.taxonomies) {
        for (term, entry) in (0..).zip(&terms.terms) {
            let address = site.term_address(TermId { taxonomy, term });
            list::plan(site, planner, &address, Subject::Term(taxonomy, term), entry.articles.len());
        }
    }
}

fn make(this: &Page, desk: &dyn Desk) -> Made {
    let Subject::Term(taxonomy, term) = this.subject else { return Made::Failed };
    let (config, id) = (desk.config(), TermId { taxonomy, term });
    let term = desk.term(id);
    let articles = List::Term(id);
    let address = config.term_address(taxonomy, term.slug);
    let feeds = feeds(config, id, term.name, &address);
    let is_read = PROVENANCE.iter().any(|field| desk.reads_field(TEMPLATE, "term", field));
    let provenance = if is_read { desk.provenance(id) } else { Provenance::default() };
    let mut context = Context::new();
    context.insert("taxonomy", &taxonomy_context(config, taxonomy));
    context.insert(
        "term",
        &Term {
            name: term.name,
            slug: term.slug,
            url: config.base.path_to(&address),
            count: desk.count(articles),
            feeds: feeds.clone(),
            outlets: provenance.outlets,
            origins: provenance.origins,
            as_outlet: provenance.as_outlet,
            as_agency: provenance.as_agency,
        },
    );
    context.insert_value("pager", list::pager(this, desk, &address, articles));
    let mut page = page(this, desk, TEMPLATE, "term", term.name.to_string());
    page.feeds.extend(feeds);
    if is_structured(desk, TEMPLATE) {
        page.json_ld = Some(json_ld::articles(this, desk, &page, articles));
    }
    Made::Template { name: TEMPLATE.to_owned(), named: None, context, page }
}

/// The feeds of a term.
fn feeds(config: &Config, id: TermId, name: &str, address: &str) -> Vec<FeedLink> {
    if !config.taxonomies[usize::from(id.taxonomy)].feed {
        return Vec::new();
    }
    let title = format!("{name} · {}", config.title);
    config.feeds.per_term.iter().map(|format| feed_link(config, *format, title.clone(), address)).collect()
}
