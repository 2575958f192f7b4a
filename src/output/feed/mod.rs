//! Feeds: of the whole site, and of a term.

mod atom;
mod entry;
mod json;
mod rss;

use self::entry::{Feed, gather};
use super::desk::Desk;
use super::recipe::{Kind, Made, Page, Planner};
use super::subject::Subject;
use crate::config::FeedFormat;
use crate::site::{List, Site, TermId};

pub(super) static KIND: Kind = Kind { name: "feed", plan, make, yields: false, listed: false };

/// `part` of a feed's page is its format's place in [`FeedFormat::ALL`].
fn plan(site: &Site, planner: &mut Planner) {
    let feeds = &site.config.feeds;
    for format in &feeds.formats {
        planner.add(&format!("/{}", format.file()), Subject::Site, *format as u32);
    }
    for (taxonomy, terms) in (0..).zip(&site.taxonomies) {
        if !site.config.taxonomies[usize::from(taxonomy)].feed {
            continue;
        }
        for term in (0..).take(terms.terms.len()) {
            let address = site.term_address(TermId { taxonomy, term });
            for format in &feeds.per_term {
                planner.add(
                    &format!("{address}{}", format.file()),
                    Subject::Term(taxonomy, term),
                    *format as u32,
                );
            }
        }
    }
}

fn make(page: &Page, desk: &dyn Desk) -> Made {
    let config = desk.config();
    let newest = |list: List| desk.listed(list, 0..config.feeds.limit);
    let feed = match page.subject {
        Subject::Term(taxonomy, term) => {
            let id = TermId { taxonomy, term };
            let term = desk.term(id);
            Feed {
                title: format!("{} · {}", term.name, config.title),
                home: config.base.url_to(&config.term_address(taxonomy, term.slug)),
                url: config.base.url_to(&page.address()),
                entries: gather(desk, &newest(List::Term(id)), false),
            }
        }
        _ => Feed {
            title: config.title.clone(),
            home: config.base.home(),
            url: config.base.url_to(&page.address()),
            entries: gather(desk, &newest(List::All), config.feeds.full),
        },
    };
    let format = FeedFormat::ALL[page.part as usize % FeedFormat::ALL.len()];
    let bytes = match format {
        FeedFormat::Atom => atom::write(&feed, config),
        FeedFormat::Rss => rss::write(&feed, config),
        FeedFormat::Json => json::write(&feed, config),
    };
    bytes.map_or(Made::Failed, Made::Bytes)
}
