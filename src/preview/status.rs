//! What became of the page that a tab shows.

use super::print::{Print, unhex};
use super::stand::{Edition, Stand};
use super::view::{Found, Settings, UNMADE, View, address_at, problems_key};
use crate::output::path_of;
use percent_encoding::percent_decode_str;
use serde::Serialize;
use std::collections::HashMap;

/// The answer to a tab.
#[derive(Debug, Serialize)]
pub(super) struct Status {
    edition: String,
    verdict: Verdict,
    /// Where the page is now, from the host's root.
    to: Option<String>,
    /// The static files that changed, from the host's root; absent where that is not known.
    assets: Option<Vec<String>>,
    problems: String,
    panel: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
enum Verdict {
    /// The tab shows it as it is.
    Same,
    /// It is other than the tab shows.
    Changed,
    /// What the tab shows is at another address.
    Moved,
    /// Nothing is published there any more.
    Gone,
}

/// What a tab says of itself.
#[derive(Debug, Default)]
struct Tab {
    /// The address from the host's root, decoded.
    path: String,
    /// The key of the page it shows.
    key: String,
    /// The source file of that page, and the key of its Markdown.
    source: String,
    body: String,
    /// The edition it knows of.
    edition: String,
}

/// Tells a tab, which says of itself what stands in the query, what became of its page.
pub(super) fn status(stand: &Stand, settings: &Settings, edition: &Edition, query: &str) -> Status {
    let tab = Tab::parse(query);
    let print = edition.print.as_ref().map(|(_, print)| &**print);
    let address = print.and_then(|print| print.site().config.base.address_at(&tab.path));
    let place =
        print.zip(address.as_deref()).and_then(|(print, address)| print.plan().place(&path_of(address)));
    let (verdict, to) = match print {
        Some(print) => verdict(print, place, &tab),
        // With no site yet there is nothing better than what the tab shows.
        None => (Verdict::Same, None),
    };
    let found = match place {
        Some(place) if tab.key == UNMADE => Found::Unmade(place),
        Some(place) => Found::Page(place),
        None => Found::Nothing,
    };
    let view = View { stand, settings, edition, address: address.as_deref().unwrap_or(&tab.path), found };
    let known = tab.edition.split_once('.').filter(|(boot, _)| *boot == stand.boot);
    let since = known.and_then(|(_, number)| number.parse().ok());
    Status {
        edition: view.edition_name(),
        verdict,
        to,
        assets: since.and_then(|since| stand.assets_since(since)),
        problems: problems_key(&edition.errors()),
        panel: view.panel(),
    }
}

fn verdict(print: &Print, place: Option<usize>, tab: &Tab) -> (Verdict, Option<String>) {
    let is_redirect = place.is_some_and(|place| print.page(place).kind.name == "redirect");
    if let Some(place) = place.filter(|_| !is_redirect) {
        let key = print.known(place).and_then(|known| known.key);
        let same = key.is_some() && key == unhex(&tab.key);
        return (if same { Verdict::Same } else { Verdict::Changed }, None);
    }
    match successor(print, tab) {
        Some(place) => (Verdict::Moved, Some(address_at(print, place))),
        None if place.is_some() => (Verdict::Changed, None),
        // A tab that shows nothing already has nothing to lose.
        None if tab.source.is_empty() && tab.key.is_empty() => (Verdict::Same, None),
        None => (Verdict::Gone, None),
    }
}

/// Where the article of a tab is now: known by its file or, where that was renamed, by its text.
fn successor(print: &Print, tab: &Tab) -> Option<usize> {
    if let Some((place, _)) = print.of_source(&tab.source) {
        return Some(place);
    }
    let id = print.with_body(&unhex(&tab.body)?)?;
    print.plan().place(&path_of(print.site().address(id)))
}

impl Tab {
    fn parse(query: &str) -> Self {
        let decoded = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
        let mut said: HashMap<&str, String> = query
            .split('&')
            .filter_map(|pair| pair.split_once('='))
            .map(|(name, value)| (name, decoded(value)))
            .collect();
        let mut take = |name| said.remove(name).unwrap_or_default();
        let path = take("path");
        Self {
            // It comes as the browser has it, which is encoded once more.
            path: decoded(&path),
            key: take("key"),
            source: take("source"),
            body: take("body"),
            edition: take("edition"),
        }
    }
}
