//! `build --explain`: why pages were rendered, or kept.

use super::args::{Global, MessageFormat};
use super::{lines, terminal};
use crate::output::{Page, address_of};
use crate::render::{Explanation, Renderer, Reuse};
use crate::visible;
use serde_json::json;
use wildmatch::WildMatch;

/// What is said of a page, or of a pattern that no page has.
pub(super) struct Explained {
    address: String,
    explanation: Explanation,
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
            explained.push(Explained { address: page.address(), explanation: reuse.explain(place) });
        }
    }
    for (pattern, _) in patterns.iter().zip(used).filter(|(_, used)| !used) {
        let why = match renderer.near(pattern) {
            Some(near) => format!("did you mean '{near}'?"),
            None => {
                "none has this address; write one from the site's home, or a pattern in quotes, such as '/tags/*'"
                    .to_owned()
            }
        };
        let explanation = Explanation { verdict: "no page", why };
        explained.push(Explained { address: pattern.clone(), explanation });
    }
    explained
}

/// Shows it, on standard output.
pub(super) fn show(global: &Global, explained: &[Explained]) {
    let line = |Explained { address, explanation: Explanation { verdict, why } }: &Explained| {
        if global.message_format == MessageFormat::Json {
            lines::object(&json!({ "page": address, "verdict": verdict, "why": why }).to_string())
        } else {
            format!("{}  {verdict}: {}\n", visible::line(address), visible::line(why))
        }
    };
    terminal::status(terminal::out(&explained.iter().map(line).collect::<String>()));
}
