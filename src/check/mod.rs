//! What a build does not see: where pages lead, once they are rendered.
//!
//! A build checks the links that it makes itself. Raw HTML, templates, style sheets and structured data pass through it
//! unchanged, so here every page is rendered and read as a browser or a feed reader would:
//!
//! ```text
//!     html, css, data ─▶ the addresses in it               as they are written
//!     address ─────────▶ fine, wrong, or off the site      judged against the plan
//!     findings ────────▶ one problem, on however many pages
//!     locate ──────────▶ the file and line it is written at
//!     limits ──────────▶ what GitHub Pages cannot publish
//! ```
//!
//! Before that, [`rules`] look at each article as an editor would.
//!
//! Nothing is written into the output, and nothing asked of a network but in [`external`]. What is dear to make is kept in the
//! store, as a build keeps it, and [`external`] keeps which addresses answered.

mod address;
mod css;
mod data;
pub mod external;
mod fault;
mod findings;
mod html;
mod limits;
mod locate;
mod pass;
pub mod rules;
pub mod stories;
mod tokens;

pub use self::findings::{AllOutbound, Outbound};

use self::address::Judge;
use self::findings::Findings;
use self::locate::Locator;
use self::pass::Ids;
use crate::diagnostic::Diagnostic;
use crate::render::Renderer;
use crate::source::SourceTree;
use rayon::prelude::*;
use std::sync::{Mutex, PoisonError};

/// For how many dead addresses one that may be meant is looked for: it is compared with those of all pages, and whoever
/// has more of them has moved a folder.
const MOST_SEARCHES: usize = 100;

/// What a site comes to.
#[derive(Debug, Default)]
pub struct Examined {
    /// Everything that is wrong, that of rendering included.
    pub diagnostics: Vec<Diagnostic>,
    /// The addresses off the site that readers are led to, where they were asked for.
    pub outbound: AllOutbound,
    /// Whether a page could not be rendered.
    pub is_partial: bool,
}

/// Renders every page of a site and reads it; addresses off the site are gathered where `outbound` says so. `tick` is
/// called for each page, from several threads.
pub fn examine(renderer: &Renderer, tree: &SourceTree, outbound: bool, tick: &(dyn Fn() + Sync)) -> Examined {
    let pages = &renderer.plan().pages;
    let judge = Judge::new(renderer);
    let findings = Mutex::new(Findings::default());
    let read = |place: u32| {
        let mut reading = pass::read(renderer, judge.as_ref(), place, outbound);
        let kept = (reading.size, reading.ids.take());
        // A lock whose holder panicked guards maps and lists: what is in them is whole.
        findings.lock().unwrap_or_else(PoisonError::into_inner).add(place, reading);
        tick();
        kept
    };
    let count = u32::try_from(pages.len()).unwrap_or(u32::MAX);
    let kept: Vec<(Option<u64>, Option<Ids>)> = (0..count).into_par_iter().map(read).collect();
    let mut findings = findings.into_inner().unwrap_or_else(PoisonError::into_inner);
    // Of a page that could not be read it is not said that it has no such place.
    findings.settle(|place, id| kept[place as usize].1.as_ref().is_none_or(|ids| ids.has(id)));
    let sizes: Vec<_> = pages.iter().zip(kept).map(|(page, (size, _))| (page, size.unwrap_or(0))).collect();

    let mut diagnostics = std::mem::take(&mut findings.diagnostics);
    diagnostics.extend(told(renderer, tree, &findings));
    diagnostics.extend(limits::examine(tree, renderer.site(), &sizes));
    let is_partial = findings.is_partial;
    let mut outbound_links = findings.outbound;
    if outbound {
        add_sources(renderer, &mut outbound_links);
    }
    Examined { diagnostics, outbound: outbound_links, is_partial }
}

/// What is wrong with addresses, in words and at its lines.
fn told(renderer: &Renderer, tree: &SourceTree, findings: &Findings) -> Vec<Diagnostic> {
    let base = &renderer.site().config.base;
    let locator = Locator::new(renderer, tree);
    let mut diagnostics = Vec::new();
    let mut searches = 0;
    for (written, fault, places) in findings.faults() {
        let problem = fault.problem(written, base, |address| {
            searches += 1;
            (searches <= MOST_SEARCHES).then(|| renderer.near(address)).flatten()
        });
        diagnostics.extend(locator.locate(&problem, written, places));
    }
    diagnostics.extend(findings.more().map(|(problem, places)| locator.on_pages(&problem, places)));
    diagnostics
}

/// Adds where stories come from and were found, whether or not a template shows it.
fn add_sources(renderer: &Renderer, outbound: &mut AllOutbound) {
    for article in &renderer.site().articles {
        let sources = article.sources.iter().filter_map(|source| source.url.as_deref());
        let via = article.details.via.iter().filter_map(|via| via.url.as_deref());
        for written in sources.chain(via) {
            let Ok(url) = url::Url::parse(written) else { continue };
            if !renderer.site().config.check.ignores(address::without_fragment(&url).as_str()) {
                let outbound = outbound.entry(address::asked(&url).into()).or_default();
                outbound.mentions.entry(written.into()).or_default().add_file(&article.document.source);
            }
        }
    }
}
