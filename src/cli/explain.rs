//! `build --explain`: why pages were rendered, or kept.

use super::args::{Global, MessageFormat};
use super::{lines, terminal};
use crate::output::{Page, address_of};
use crate::render::{Renderer, Reuse};
use crate::visible;
use serde_json::json;
use wildmatch::WildMatch;

/// What is said of a page, or of a pattern that no page has.
pub(super) struct Explained {
    address: String,
    /// What became of it, such as `rendered`, and why.
    words: String,
}

/// Explains the pages that have one of some patterns: an address from the site's home or an output path, in which `*` and
/// `?` stand for others. In the order of their paths; a pattern without a page comes last.
pub(super) fn explain(renderer: &Renderer, reuse: &Reuse<'_>, patterns: &[String]) -> Vec<Explained> {
    if patterns.is_empty() {
        return Vec::new();
    }
    let plan = renderer.plan();
    let wanted: Vec<WildMatch> = patterns.iter().map(|pattern| WildMatch::new(pattern)).collect();
    let has = |pattern: &WildMatch, page: &Page| {
        // An output path may be written as an address, too.
        let path = format!("/{}", page.path);
        pattern.matches(&page.path) || pattern.matches(&path) || pattern.matches(&address_of(&page.path))
    };
    let mut explained = Vec::new();
    let mut used = vec![false; wanted.len()];
    for place in plan.sorted_places() {
        let page = &plan.pages[place];
        let mut is_wanted = false;
        for (used, pattern) in used.iter_mut().zip(&wanted) {
            if has(pattern, page) {
                (*used, is_wanted) = (true, true);
            }
        }
        if is_wanted {
            explained.push(Explained { address: page.address(), words: reuse.explain(place) });
        }
    }
    for (pattern, _) in patterns.iter().zip(used).filter(|(_, used)| !used) {
        let words = match renderer.near(pattern) {
            Some(near) => format!("no page: did you mean '{near}'?"),
            None => {
                "no page: none has this address; write one from the site's home, or a pattern in quotes, such as '/tags/*'"
                    .to_owned()
            }
        };
        explained.push(Explained { address: pattern.clone(), words });
    }
    explained
}

/// Shows it, on standard output.
pub(super) fn show(global: &Global, explained: &[Explained]) {
    let line = |Explained { address, words }: &Explained| match global.message_format {
        MessageFormat::Json => {
            let (verdict, why) = words.split_once(": ").unwrap_or((words, ""));
            lines::object(&json!({ "page": address, "verdict": verdict, "why": why }).to_string())
        }
        _ => format!("{}  {}\n", visible::line(address), visible::line(words)),
    };
    terminal::status(terminal::out(&explained.iter().map(line).collect::<String>()));
}
