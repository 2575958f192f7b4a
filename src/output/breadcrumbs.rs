//! The way from the front page to a page.

use super::byline::section_term;
use super::context::{taxonomy_label, term_url};
use super::dates::{period_label, period_url};
use super::desk::Desk;
use super::page_context::Crumb;
use super::subject::Subject;
use crate::config::Config;
use crate::site::{ArticleId, PeriodKind, Span};

/// The steps between the front page and a page; none where the one is below the other.
pub(super) fn breadcrumbs(desk: &dyn Desk, subject: Subject) -> Vec<Crumb> {
    let config = desk.config();
    match subject {
        Subject::Article(id) => article(desk, id),
        Subject::Period(id) => {
            let Span { kind, first } = desk.period(id).span;
            periods(config, kind.longer().map(|kind| Span::around(kind, first)))
        }
        Subject::Term(taxonomy, _) => {
            let label = taxonomy_label(config, &config.taxonomies[usize::from(taxonomy)]);
            vec![Crumb { label, url: config.base.path_to(&config.taxonomy_address(taxonomy)) }]
        }
        Subject::Standing(id) => folders(desk, &desk.standing(id).address),
        _ => Vec::new(),
    }
}

/// An article stands under its section; one without a section under its year, month and day.
fn article(desk: &dyn Desk, id: ArticleId) -> Vec<Crumb> {
    match section_term(desk, id) {
        Some(id) => {
            let term = desk.term(id);
            vec![Crumb { label: term.name.to_owned(), url: term_url(desk.config(), id.taxonomy, term.slug) }]
        }
        None => {
            let day = desk.article(id).article.date.day();
            periods(desk.config(), Some(Span { kind: PeriodKind::Day, first: day }))
        }
    }
}

/// A period and what it lies in, the longest first; those that have pages.
fn periods(config: &Config, innermost: Option<Span>) -> Vec<Crumb> {
    let outwards =
        std::iter::successors(innermost, |span| Some(Span::around(span.kind.longer()?, span.first)));
    let crumb = |span| Some(Crumb { label: period_label(config, span), url: period_url(config, span)? });
    let mut crumbs: Vec<Crumb> = outwards.filter_map(crumb).collect();
    crumbs.reverse();
    crumbs
}

/// The standing pages in whose folders one lies.
fn folders(desk: &dyn Desk, address: &str) -> Vec<Crumb> {
    let inner = address.trim_end_matches('/');
    let folders = inner.match_indices('/').skip(1).map(|(at, _)| &address[..=at]);
    let page = |folder: &str| {
        let label = desk.standing_title(folder)?.to_owned();
        Some(Crumb { label, url: desk.config().base.path_to(folder) })
    };
    folders.filter_map(page).collect()
}
