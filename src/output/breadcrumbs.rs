//! The way from the front page to a page.

use super::context::{taxonomy_label, term_url};
use super::dates::{period_label, period_url};
use super::page_context::Crumb;
use super::recipe::Subject;
use crate::site::{ArticleId, PeriodKind, Site, TermId};

/// The steps between the front page and a page; none where the one is below the other.
pub(super) fn breadcrumbs(site: &Site, subject: Subject) -> Vec<Crumb> {
    match subject {
        Subject::Article(id) => article(site, id),
        Subject::Period(id) => periods(site, site.calendar.period(id).parent),
        Subject::Term(taxonomy, _) => {
            let label = taxonomy_label(&site.config, &site.config.taxonomies[usize::from(taxonomy)]);
            vec![Crumb { label, url: site.config.base.path_to(&site.taxonomy_address(taxonomy)) }]
        }
        Subject::Standing(id) => folders(site, &site.standing[id as usize].address),
        _ => Vec::new(),
    }
}

/// An article stands under its section; one without a section under its year, month and day.
fn article(site: &Site, id: ArticleId) -> Vec<Crumb> {
    match site.section(id) {
        Some(term) => vec![crumb(site, term)],
        None => {
            let days = site.calendar.of(PeriodKind::Day);
            // The newest come first in both, so days follow each other as their articles do.
            let day = days.start
                + site.calendar.periods[days.start as usize..days.end as usize]
                    .partition_point(|day| day.articles.end <= id) as u32;
            periods(site, Some(day))
        }
    }
}

fn crumb(site: &Site, term: TermId) -> Crumb {
    Crumb { label: site.term(term).name.to_string(), url: term_url(site, term) }
}

/// A period and what it lies in, the longest first; those that have pages.
fn periods(site: &Site, innermost: Option<u32>) -> Vec<Crumb> {
    let outwards = std::iter::successors(innermost, |id| site.calendar.period(*id).parent);
    let crumb = |id| {
        let period = site.calendar.period(id);
        Some(Crumb { label: period_label(site, period), url: period_url(site, period)? })
    };
    let mut crumbs: Vec<Crumb> = outwards.filter_map(crumb).collect();
    crumbs.reverse();
    crumbs
}

/// The standing pages in whose folders one lies.
fn folders(site: &Site, address: &str) -> Vec<Crumb> {
    let inner = address.trim_end_matches('/');
    let folders = inner.match_indices('/').skip(1).map(|(at, _)| &address[..=at]);
    let page = |folder: &str| {
        let at = site.standing.binary_search_by(|standing| (*standing.address).cmp(folder)).ok()?;
        let label = site.standing[at].document.title.to_string();
        Some(Crumb { label, url: site.config.base.path_to(folder) })
    };
    folders.filter_map(page).collect()
}
