//! Feeds: of the whole site, and of a term.

mod atom;
mod entry;
mod json;
mod rss;

use self::entry::{Feed, gather};
use super::recipe::{Desk, Kind, Made, Page, Planner, Subject};
use crate::config::FeedFormat;
use crate::site::{ArticleId, Site, TermId};

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
    let site = desk.site();
    let config = &site.config;
    let newest: Vec<ArticleId> = (0..).take(site.articles.len().min(config.feeds.limit)).collect();
    let feed = match page.subject {
        Subject::Term(taxonomy, term) => {
            let id = TermId { taxonomy, term };
            let articles = &site.term(id).articles;
            Feed {
                title: format!("{} · {}", site.term(id).name, config.title),
                home: config.base.url_to(&site.term_address(id)),
                url: config.base.url_to(&page.address()),
                entries: gather(desk, &articles[..articles.len().min(config.feeds.limit)], false),
            }
        }
        _ => Feed {
            title: config.title.clone(),
            home: config.base.home(),
            url: config.base.url_to(&page.address()),
            entries: gather(desk, &newest, config.feeds.full),
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
