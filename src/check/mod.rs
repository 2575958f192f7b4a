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
//! Nothing is written, and nothing asked of a network but in [`external`].

mod address;
mod css;
mod data;
pub mod external;
mod findings;
mod html;
mod limits;
mod locate;
mod pass;

pub use self::findings::{AllOutbound, Outbound};

use self::address::{Judge, no_place};
use self::findings::Findings;
use self::locate::Locator;
use self::pass::Reading;
use crate::diagnostic::Diagnostic;
use crate::render::Renderer;
use crate::source::SourceTree;
use rayon::prelude::*;

/// What a site comes to.
#[derive(Debug, Default)]
pub struct Examined {
    /// Everything that is wrong, that of rendering included.
    pub diagnostics: Vec<Diagnostic>,
    /// The addresses off the site that readers are led to.
    pub outbound: AllOutbound,
}

/// Renders every page of a site and reads it. `tick` is called for each, from several threads.
pub fn examine(renderer: &Renderer, tree: &SourceTree, tick: &(dyn Fn() + Sync)) -> Examined {
    let pages = &renderer.plan().pages;
    let judge = Judge::new(renderer);
    let read = |page| {
        let reading = pass::read(renderer, judge.as_ref(), page);
        tick();
        reading
    };
    let readings: Vec<Reading> = pages.par_iter().map(read).collect();

    let mut examined = Examined::default();
    let mut findings = Findings::default();
    for (page, reading) in pages.iter().zip(&readings) {
        let (address, file) = (page.address(), pass::file_of(renderer.site(), page));
        examined.diagnostics.extend(reading.diagnostics.iter().cloned());
        for finding in &reading.findings {
            findings.add(finding.clone(), &address, file);
        }
        for (written, place, fragment) in &reading.fragments {
            if !readings[*place].has(fragment) {
                findings.add(no_place(written, fragment), &address, file);
            }
        }
        for (url, written) in &reading.outbound {
            let outbound = examined.outbound.entry(url.clone()).or_default();
            outbound.mentions.entry(written.clone()).or_default().add(&address, file);
        }
    }
    add_sources(renderer, &mut examined.outbound);
    let locator = Locator::new(tree);
    for (finding, places) in findings.into_values() {
        examined.diagnostics.extend(locator.locate(&finding.problem, &finding.written, &places));
    }
    let sizes: Vec<_> = pages.iter().zip(readings.iter().map(|reading| reading.size)).collect();
    examined.diagnostics.extend(limits::examine(&tree.root, renderer.site(), &sizes));
    examined
}

/// Adds where stories come from and were found, whether or not a template shows it.
fn add_sources(renderer: &Renderer, outbound: &mut AllOutbound) {
    for article in &renderer.site().articles {
        let sources = article.sources.iter().filter_map(|source| source.url.as_deref());
        let via = article.details.via.iter().filter_map(|via| via.url.as_deref());
        for written in sources.chain(via) {
            let Ok(url) = url::Url::parse(written) else { continue };
            if !renderer.site().config.check.ignores(address::without_fragment(&url).as_str()) {
                let outbound = outbound.entry(address::without_fragment(&url).into()).or_default();
                outbound.mentions.entry(written.into()).or_default().add_file(&article.document.source);
            }
        }
    }
}
