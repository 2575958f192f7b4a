//! `dateline check`: everything that is wrong with a site, and nothing written into the output.

use super::args::{CheckArgs, Global};
use super::progress::Progress;
use super::{clock, report, request, terminal};
use crate::check::{
    self,
    external::{self, Options, Tally},
    rules::{self, Scope},
    stories::Stories,
};
use crate::diagnostic::{any_error, gather};
use crate::pipeline::{self, Memory};
use std::time::Instant;

pub(super) fn run(global: &Global, args: &CheckArgs) -> u8 {
    let begun = Instant::now();
    let strict = args.site.strict;
    let request = match request::of(global, &args.site) {
        Ok(request) => request,
        Err(problem) => return report::show(global, &mut [problem], strict),
    };
    let progress = Progress::start(global, "Reading");
    let (mut memory, mut diagnostics) = (Memory::of_earlier_runs(), Vec::new());
    let renderer = pipeline::prepare(&request, &mut memory, &mut diagnostics);
    let (Some(renderer), Some(tree)) = (renderer, memory.tree()) else {
        progress.finish();
        return report::show(global, &mut diagnostics, strict);
    };

    // Before pages are: what articles are held against each other with is gone again when these are read.
    let zone = renderer.site().config.timezone;
    let scope = Scope { visibility: request.visibility, now: request.now.resolve(zone).0 };
    let found = rules::examine(&Stories::new(tree, memory.articles()), renderer.site(), &scope);
    let pages = renderer.plan().pages.len();
    progress.set_label("Checking");
    progress.set_total(pages);
    let examined = check::examine(&renderer, tree, args.external, &|| progress.tick(1));
    if !any_error(&diagnostics) && !examined.is_partial {
        renderer.trim_store();
    }
    diagnostics.extend(found);
    diagnostics.extend(examined.diagnostics);
    let asked = args.external.then(|| {
        progress.set_label("Asking");
        let options = Options { private: args.private, now: clock::time() };
        let begin = |total| progress.set_total(total);
        external::ask(&examined.outbound, &renderer, tree, options, &begin, &|| progress.tick(1))
    });
    progress.finish();
    let tally = asked.as_ref().map(|asked| asked.tally);
    diagnostics.extend(asked.into_iter().flat_map(|asked| asked.diagnostics));
    let status = report::show(global, &mut gather(diagnostics), strict);
    let articles = renderer.site().articles.len();
    terminal::say(global, &format!("Checked {}\n", report::showing(articles, pages, begun.elapsed())));
    if let Some(tally) = tally {
        terminal::say(global, &asked_line(tally));
    }
    status
}

/// `Asked 12 links: 9 good, 1 moved, 1 gone, 0 unreachable, 1 refused; 30 more answered within a day`, and so on.
fn asked_line(tally: Tally) -> String {
    let Tally { good, moved, gone, unreachable, refused, known, private, left_alone } = tally;
    let mut line = format!(
        "Asked {}: {good} good, {moved} moved, {gone} gone, {unreachable} unreachable, {refused} refused",
        report::number(tally.asked(), "link")
    );
    let others = [
        (known, "answered within a day"),
        (private, "private and not asked"),
        (left_alone, "not asked since their hosts are left alone"),
    ];
    for (count, what) in others.into_iter().filter(|(count, _)| *count > 0) {
        line += &format!("; {count} more {what}");
    }
    line + "\n"
}
