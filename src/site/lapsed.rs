//! Addresses that time has emptied: of expired articles, and of the lists that only they filled.
//!
//! A link to one of them was right when it was written. It is a warning and never an error, so that the clock
//! alone cannot break a build that nobody attends.

use super::calendar::{PeriodKind, period_address};
use super::id::ArticleId;
use super::link::{Hidden, bundle_path};
use super::permalink::Pattern;
use super::taxonomy;
use crate::article::Article;
use crate::config::{Config, FeedFormat};
use std::collections::HashSet;
use std::sync::Arc;

/// Addresses from the site's home, raw.
#[derive(Debug, Default)]
pub struct Lapsed {
    addresses: HashSet<Box<str>>,
}

impl Lapsed {
    /// What lapsed with the `hidden` articles; `recent` are those that a news sitemap would list.
    pub(super) fn new(config: &Config, hidden: &[(Arc<Article>, Hidden)], recent: &[ArticleId]) -> Self {
        let mut addresses: HashSet<Box<str>> = HashSet::new();
        if config.news_sitemap && recent.is_empty() {
            addresses.insert("/news-sitemap.xml".into());
        }
        let pattern = Pattern::new(config);
        for (article, _) in hidden.iter().filter(|(_, why)| *why == Hidden::Expired) {
            let day = article.date.day();
            let address = pattern.address(article, day, &mut String::new());
            let files = article.document.bundle.iter();
            addresses
                .extend(files.map(|file| {
                    format!("/{}", bundle_path(&article.document.source, &address, file)).into()
                }));
            addresses.insert(address);
            addresses.extend(article.document.aliases.iter().cloned());
            addresses.extend(PeriodKind::ALL.map(|kind| period_address(kind, day).into()));
            for (place, own) in config.taxonomies.iter().enumerate() {
                let names = taxonomy::names(article, own, place);
                addresses.extend(names.map(|name| format!("/{}/{}/", own.path, config.slug(name)).into()));
            }
        }
        Self { addresses }
    }

    /// Whether nothing is at an address because of what expired. `is_planned` tells of a list whether it is still
    /// there: its later pages may be gone all the same.
    pub fn has(&self, address: &str, is_planned: impl Fn(&str) -> bool) -> bool {
        if self.addresses.is_empty() {
            return false;
        }
        let (list, is_later_page) = match address.trim_end_matches('/').rsplit_once("/page/") {
            Some((list, number)) if number.bytes().all(|byte| byte.is_ascii_digit()) => {
                (format!("{list}/"), true)
            }
            _ => {
                let feed = FeedFormat::ALL.into_iter().find_map(|format| address.strip_suffix(format.file()));
                (feed.unwrap_or(address).to_owned(), false)
            }
        };
        self.addresses.contains(list.as_str()) || (is_later_page && is_planned(&list))
    }
}
