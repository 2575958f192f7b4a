//! `dateline build`: the whole site into its output directory, or nothing and every reason why not.

use super::args::{BuildArgs, Global};
use super::explain::{self, Explained};
use super::progress::Progress;
use super::report::{self, Built};
use super::request;
use super::timings;
use crate::cache::PageDigest;
use crate::diagnostic::{Diagnostic, gather};
use crate::output::Page;
use crate::pipeline::{self, Memory, Request};
use crate::publish::{self, Job, Meanwhile, Output, Seen, Summary, Target};
use crate::render::{Memo, Renderer, Reuse};
use crate::stopwatch::{Phase, Stopwatch};
use std::mem;
use std::time::{Duration, Instant};

pub(super) fn run(global: &Global, args: &BuildArgs) -> u8 {
    let mut request = match request::of(global, &args.site) {
        Ok(request) => request,
        Err(problem) => return report::show(global, &mut [problem], args.site.strict),
    };
    if args.timings {
        request.stopwatch = Stopwatch::started();
    }
    let target = Target {
        root: global.root.clone(),
        output: args.output_dir(&global.root),
        records: global.root.clone(),
        adopt: args.adopt,
        verify: args.verify,
        strict: args.site.strict,
    };
    let memory = if args.verify { Memory::to_be_kept() } else { Memory::of_earlier_runs() };
    let made = prepare(global, &request, memory, &target).and_then(|it| it.build(&target, &args.explain));
    let Made { renderer, memory, summary, explained, time } = match made {
        Ok(made) => made,
        Err(status) => return status,
    };
    report::built(
        global,
        &Built {
            articles: renderer.site().articles.len(),
            pages: renderer.plan().pages.len(),
            written: summary.written,
            unchanged: summary.unchanged,
            removed: summary.removed,
            time,
            output: &target.output,
        },
    );
    explain::show(global, &explained);
    timings::show(global, &request.stopwatch, time);
    // The process ends here: to give back the site piece by piece takes longer than many a build.
    mem::forget((renderer, memory));
    0
}

/// A site that was built.
pub(super) struct Made {
    /// What it was built with.
    pub renderer: Renderer,
    /// What was read for it.
    pub memory: Memory,
    /// What happened to the output directory.
    pub summary: Summary,
    /// What was to be explained.
    pub explained: Vec<Explained>,
    /// How long it took.
    pub time: Duration,
}

/// An output directory, what stands there, and what the last build that published there remembers.
type Reopened = (Output, Seen, Option<Memo>);

/// A site that is read and planned, and what was found wrong so far, which nobody was told yet.
pub(super) struct Prepared<'a> {
    /// What it will be built with.
    pub renderer: Renderer,
    memory: Memory,
    diagnostics: Vec<Diagnostic>,
    /// Where it was built before.
    reopened: Option<Result<Reopened, Diagnostic>>,
    global: &'a Global,
    progress: Progress,
    begun: Instant,
}

/// Reads a site, and meanwhile looks at what an earlier build of it left.
///
/// # Errors
/// The exit status, where there is nothing to go on from, which was shown.
pub(super) fn prepare<'a>(
    global: &'a Global,
    request: &Request,
    mut memory: Memory,
    target: &Target,
) -> Result<Prepared<'a>, u8> {
    let begun = Instant::now();
    let progress = Progress::start(global, "Reading");
    let mut diagnostics = Vec::new();
    let (renderer, reopened) = rayon::join(
        || pipeline::prepare(request, &mut memory, &mut diagnostics),
        || reopen(target, &request.stopwatch),
    );
    match renderer {
        Some(renderer) => Ok(Prepared { renderer, memory, diagnostics, reopened, global, progress, begun }),
        None => {
            progress.finish();
            Err(report::show(global, &mut diagnostics, target.strict))
        }
    }
}

impl Prepared<'_> {
    /// Shows what was found wrong and a problem that makes a build useless. The answer is the exit status.
    pub(super) fn refuse(mut self, problem: Diagnostic, strict: bool) -> u8 {
        self.progress.finish();
        self.diagnostics.push(problem);
        report::show(self.global, &mut gather(self.diagnostics), strict)
    }

    /// Builds it, shows whatever is wrong with it, and explains the pages that have one of some patterns.
    ///
    /// # Errors
    /// The exit status, where it was not built.
    pub(super) fn build(self, target: &Target, patterns: &[String]) -> Result<Made, u8> {
        let Self { renderer, memory, mut diagnostics, reopened, global, progress, begun } = self;
        let stopwatch = renderer.stopwatch().clone();
        let pages = &renderer.plan().pages;
        progress.set_label("Building");
        progress.set_total(pages.len());
        let tick = |_| progress.tick(1);
        let fails = |diagnostic: &Diagnostic| diagnostic.is_error() || target.strict;
        let is_sound = !diagnostics.iter().any(fails);
        let open = || Output::open(target).map(|output| (output, Seen::default(), None));
        let output = is_sound.then(|| reopened.unwrap_or_else(open)).transpose();
        let reuse = Reuse::new(&renderer);
        let job = Job {
            pages,
            path_of: |page| &page.path,
            order: renderer.plan().order(),
            render: |place, page: &Page, in_place| reuse.render(place, page, in_place),
            stopwatch: &stopwatch,
        };
        let result = match output {
            Ok(Some((ref output, seen, memo))) => {
                let survey = || compare(&reuse, memo, &stopwatch);
                let commit = |digests: &[PageDigest]| remember(&reuse, output, &memory, digests, &stopwatch);
                output.publish(&job, &tick, Meanwhile { survey: Box::new(survey), commit: &commit }, seen)
            }
            Ok(None) => Err(publish::check(&job, &tick)),
            Err(problem) => Err(vec![problem]),
        };
        progress.finish();
        let summary = result.map_err(|problems| diagnostics.extend(problems)).ok();
        diagnostics.extend(summary.iter().flat_map(|summary| summary.diagnostics.iter().cloned()));
        let status = report::show(global, &mut gather(diagnostics), target.strict);
        match summary {
            Some(summary) if status == 0 => {
                renderer.trim_store();
                let explained = explain::explain(&renderer, &reuse, patterns);
                drop(reuse);
                Ok(Made { renderer, memory, summary, explained, time: begun.elapsed() })
            }
            // Of whatever was not told, the status is the sign.
            _ => Err(status),
        }
    }
}

/// What is in an output directory that was built before, and what the last build there remembers.
fn reopen(target: &Target, stopwatch: &Stopwatch) -> Option<Result<Reopened, Diagnostic>> {
    let reopened = Output::reopen(target, stopwatch)?;
    Some(reopened.map(|(output, seen)| {
        let memo = stopwatch.time(Phase::Recall, |_| 0, || output.recall());
        (output, seen, memo)
    }))
}

/// Compares the site with what was remembered of the last one that was built here.
fn compare(reuse: &Reuse<'_>, memo: Option<Memo>, stopwatch: &Stopwatch) {
    let compare = || memo.map(|memo| reuse.compare(memo));
    stopwatch.time(Phase::Compare, |_| reuse.pages(), compare);
}

/// Remembers for the next build what pages and files came to.
fn remember(
    reuse: &Reuse<'_>,
    output: &Output,
    memory: &Memory,
    digests: &[PageDigest],
    stopwatch: &Stopwatch,
) {
    let of_pages = || reuse.memo(digests).map(|memo| output.remember(&memo));
    let remember = || rayon::join(of_pages, || memory.keep());
    stopwatch.time(Phase::Remember, |_| reuse.rendered(), remember);
}
