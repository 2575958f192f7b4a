//! What became of the page that a tab shows.

use super::lookup::{Answer, Found, LookUp, Shown};
use super::print::{Print, unhex};
use super::settings::Settings;
use super::stand::Stand;
use super::view::View;
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
    /// The preview's element of the page, without its panel; absent where the tab's own stays as it is, or comes with
    /// the page.
    own: Option<String>,
    panel: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
enum Verdict {
    /// The tab shows it as it is.
    Same,
    /// It is other than the tab shows, or nothing is published there any more.
    Changed,
    /// What the tab shows is at another address.
    Moved,
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
pub(super) fn status(stand: &Stand, settings: &Settings, query: &str) -> Status {
    let (tab, edition) = (Tab::parse(query), stand.edition());
    let look_up = LookUp { stand, settings, edition: &edition, patient: false };
    let answer = look_up.at(&tab.path);
    let (verdict, to) = match &edition.print {
        Some((_, print)) => verdict(print, &answer, &tab),
        // With no site yet there is nothing better than what the tab shows.
        None => (Verdict::Same, None),
    };
    let nothing = Shown::default();
    let shown = if let Answer::Page(shown) = &answer { shown } else { &nothing };
    let view = View { stand, settings, edition: &edition, path: &tab.path, shown };
    let known = tab.edition.split_once('.').filter(|(boot, _)| *boot == stand.boot);
    let since = known.and_then(|(_, number)| number.parse().ok());
    Status {
        edition: view.edition_name(),
        verdict,
        to,
        assets: since.and_then(|since| stand.assets_since(since)),
        own: (verdict == Verdict::Same && edition.print.is_some()).then(|| view.element("")),
        panel: view.panel(),
    }
}

fn verdict(print: &Print, answer: &Answer, tab: &Tab) -> (Verdict, Option<String>) {
    let is_redirect = |place: usize| print.page(place).kind.name == "redirect";
    let has_page = match answer {
        Answer::Page(Shown { found: Found::Page(place) | Found::Unmade(place), .. }) => !is_redirect(*place),
        Answer::File(_) | Answer::Refused(..) => true,
        Answer::Page(_) | Answer::Redirect(_) | Answer::Later => false,
    };
    match answer {
        _ if !has_page && let Some(place) = successor(print, tab) => {
            (Verdict::Moved, Some(print.path_to(place)))
        }
        Answer::Redirect(to) => (Verdict::Moved, Some(to.clone())),
        Answer::Page(shown) if unhex(&tab.key) == Some(shown.key) => (Verdict::Same, None),
        _ => (Verdict::Changed, None),
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
