//! `dateline build`: the whole site into its output directory, or nothing and every reason why not.

use super::args::{BuildArgs, Global};
use super::clock;
use super::progress::Progress;
use super::report::{self, Built};
use crate::config::Overrides;
use crate::diagnostic::{Diagnostic, gather};
use crate::output::Page;
use crate::pipeline::{self, Memory, Request};
use crate::publish::{self, Job, Target};
use crate::site::Visibility;
use std::time::Instant;

pub(super) fn run(global: &Global, args: &BuildArgs) -> u8 {
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
    let mut diagnostics = Vec::new();
    let Some(renderer) = pipeline::prepare(&request, &mut Memory::default(), &mut diagnostics) else {
        progress.finish();
        return report::show(global, &mut diagnostics, args.strict);
    };

    let pages = &renderer.plan().pages;
    progress.set_label("Building");
    progress.set_total(pages.len());
    let job = Job { pages, path_of: |page| &page.path, render: |page: &Page| renderer.render(page) };
    let target = Target {
        root: global.root.clone(),
        output: args.output_dir(&global.root),
        adopt: args.adopt,
        strict: args.strict,
    };
    let tick = |_| progress.tick(1);
    let fails = |diagnostic: &Diagnostic| diagnostic.is_error() || args.strict;
    let result = if diagnostics.iter().any(fails) {
        Err(publish::check(&job, &tick))
    } else {
        publish::publish(&job, &target, &tick)
    };
    progress.finish();
    let summary = result.map_err(|problems| diagnostics.extend(problems)).ok();
    diagnostics.extend(summary.iter().flat_map(|summary| summary.diagnostics.iter().cloned()));
    let status = report::show(global, &mut gather(diagnostics), args.strict);
    if let Some(summary) = summary {
        renderer.trim_store();
        report::built(
            global,
            &Built {
                articles: renderer.site().articles.len(),
                pages: pages.len(),
                written: summary.written,
                unchanged: summary.unchanged,
                removed: summary.removed,
                time: begun.elapsed(),
                output: &target.output,
            },
        );
    }
    status
}
