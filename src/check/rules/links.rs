//! Addresses that say more than where something is.

use super::item::{Finding, Item, Place};
use crate::wire::canonical::{tracking, untracked};

/// An address with parameters that tell a site who sent its readers: of sources, and in the text.
pub(super) fn tracked(item: &Item<'_>) -> Vec<Finding> {
    let article = item.article;
    let sources = (0..).zip(&article.sources).filter_map(|(number, source)| {
        Some((source.url.as_deref()?, Place::Within("source", number, "url")))
    });
    let via = article.details.via.iter().filter_map(|via| via.url.as_deref());
    let via = via.map(|url| (url, Place::Within("via", 0, "url")));
    let links = item.prose.links.iter().map(|(url, span)| (url.as_str(), Place::Text(span.clone())));
    sources.chain(via).chain(links).filter_map(|(url, place)| found(url, place)).collect()
}

fn found(url: &str, place: Place) -> Option<Finding> {
    let names = tracking(url);
    let message = match &names[..] {
        [] => return None,
        [name] => format!("'{name}' in this address tells only who sent the reader"),
        [first, .., last] => format!("'{first}' to '{last}' in this address tell only who sent the reader"),
    };
    Some(Finding::new(place, message, format!("write {}", untracked(url))))
}
