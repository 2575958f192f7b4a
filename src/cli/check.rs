//! `dateline check`: everything that is wrong with a site, and nothing written.

use super::args::Global;
use super::check_args::CheckArgs;
use super::progress::Progress;
use super::{clock, report, terminal};
use crate::check;
use crate::config::Overrides;
use crate::diagnostic::gather;
use crate::pipeline::{self, Memory, Request};
use crate::site::Visibility;
use std::time::Instant;

pub(super) fn run(global: &Global, args: &CheckArgs) -> u8 {
    let begun = Instant::now();
    let now = match clock::now(args.now) {
        Ok(now) => now,
        Err(problem) => return report::show(global, &mut [problem], args.strict),
    };
    let request = Request {
        root: global.root.clone(),
        overrides: Overrides { base_url: args.base_url.clone() },
        visibility: Visibility { drafts: args.drafts, scheduled: args.scheduled, expired: args.expired },
        now,
    };
    let progress = Progress::start(global, "Reading");
    let (mut memory, mut diagnostics) = (Memory::default(), Vec::new());
    let renderer = pipeline::prepare(&request, &mut memory, &mut diagnostics);
    let (Some(renderer), Some(tree)) = (renderer, memory.tree()) else {
        progress.finish();
        return report::show(global, &mut diagnostics, args.strict);
    };

    let pages = renderer.plan().pages.len();
    progress.set_label("Checking");
    progress.set_total(pages);
    let examined = check::examine(&renderer, tree, &|| progress.tick(1));
    diagnostics.extend(examined.diagnostics);
    progress.finish();
    let status = report::show(global, &mut gather(diagnostics), args.strict);
    let articles = renderer.site().articles.len();
    terminal::say(global, &format!("Checked {}\n", report::showing(articles, pages, begun.elapsed())));
    status
}
