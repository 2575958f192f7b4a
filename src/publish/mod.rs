//! From a plan to a directory: every page rendered, what changed written, what is no longer planned removed.
//!
//! The laws of an output directory:
//!
//! - **Owned files only.** Dateline changes and removes what stands in its manifest, and nothing else. A planned
//!   path where a stranger's file stands is an error, unless the bytes are the same.
//! - **Never half a site.** Every changed page is first written beside its place, under a short name of its own; or,
//!   where its folder is new, into that, which has such a name.
//!   Only when all have rendered without error do they take their places; then what is no longer planned goes,
//!   and last the manifest is renamed into its place. On an error nothing has changed.
//! - **A kill at any moment is mended by the next build**, which finds the journal: see [`recover`]. Cleaning up
//!   after an error is the same function.
//! - **What stands is not touched.** A page whose bytes are those of the manifest, and whose file has the size
//!   and time recorded there, is not written.
//! - **Memory does not grow with pages.** Each is rendered, written and dropped.
//!
//! The phases, each in a file of its own:
//!
//! ```text
//!     place ──▶ may this directory be an output?
//!     survey ─▶ what is there                        asked for what is planned or known (`outline`); `listing` for the rest
//!     layout ─▶ what must be made, what must go      compares plan, manifest and survey; changes nothing
//!     stage ──▶ pages rendered, temporary files      in parallel
//!     commit ─▶ renames, removals, manifest
//! ```

mod bytes;
mod commit;
mod found;
mod layout;
mod listing;
mod outline;
mod place;
mod problem;
mod recover;
mod stage;
mod survey;
#[cfg(test)]
mod tests;

pub use self::place::Target;

use self::layout::Layout;
use self::place::Place;
use self::stage::{Outcome, Stage};
use self::survey::{Glance, Survey};
use crate::cache::disk::Failure;
use crate::cache::{Manifest, PageDigest, Record, Records};
use crate::diagnostic::{self, Diagnostic, any_error};
use crate::render::Turnout;
use crate::stopwatch::{Phase, Stopwatch};
use rayon::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::mem;
use std::sync::atomic::{AtomicUsize, Ordering};

/// The pages of a site, and what is done to render one.
#[derive(Debug, Clone, Copy)]
pub struct Job<'a, P, R> {
    /// All pages of the site: what is not among them, and was written before, is removed.
    pub pages: &'a [P],
    /// A page's file, relative to the output directory, raw, with `/` between its parts. No two are the same.
    pub path_of: fn(&P) -> &str,
    /// The numbers of the pages in the order of their paths.
    pub order: &'a [u32],
    /// Renders a page, by its number among the pages. It is called once for each, from several threads. It is told the
    /// digest of the file that stands in the page's place, where Dateline wrote it and nobody touched it since, and may
    /// leave that as it is.
    pub render: R,
    /// What measures how long each phase takes, if it was started.
    pub stopwatch: &'a Stopwatch,
}

/// What else is done while the disk is asked and written to, by whoever has time.
pub struct Meanwhile<'a> {
    /// While it is found out what stands in the output; done before the first page is rendered.
    pub survey: Box<dyn FnOnce() + Send + 'a>,
    /// While files take their places, told the digests of all pages, in their order. It cannot know whether they will.
    pub commit: &'a (dyn Fn(&[PageDigest]) + Sync),
}

/// What was done.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Summary {
    /// Pages written.
    pub written: usize,
    /// Pages that stood as they should.
    pub unchanged: usize,
    /// Files removed, because the site no longer has them.
    pub removed: usize,
    /// Warnings, sorted.
    pub diagnostics: Vec<Diagnostic>,
}

/// An output directory that no other build writes to, in a state that a build can go on from.
#[derive(Debug)]
pub struct Output {
    place: Place,
    records: Records,
    strict: bool,
    /// What earlier builds wrote.
    known: Manifest,
}

/// What was seen of an output directory; by default nothing.
#[derive(Debug, Default)]
pub struct Seen(Option<Glance>);

impl Output {
    /// Takes hold of an output directory, and cleans up after a build that did not come to its end.
    ///
    /// # Errors
    /// That the directory is refused as output, or another build is writing to it, or it cannot be cleaned up.
    pub fn open(target: &Target) -> Result<Self, Diagnostic> {
        Self::hold(Place::find(target)?, target.strict)
    }

    fn hold(place: Place, strict: bool) -> Result<Self, Diagnostic> {
        let records = Records::open(&place.records, &place.output)?;
        let mut output = Self { place, records, strict, known: Manifest::default() };
        output.clean_up()?;
        output.known = output.records.manifest();
        Ok(output)
    }

    /// Takes hold of an output directory that was built before, and looks at what stands in it, so that this is done when
    /// it is known what else will be there. `None` where nothing is known of it.
    ///
    /// # Errors
    /// As of [`Output::open`].
    pub fn reopen(target: &Target, stopwatch: &Stopwatch) -> Option<Result<(Self, Seen), Diagnostic>> {
        let place = Place::find(target).ok()?;
        if !Records::are_there(&place.records, &place.output) {
            return None;
        }
        let look = |output: Self| {
            let glance = || Survey::glance(&output.place.output, &output.known);
            let seen = Seen(stopwatch.time(Phase::Survey, |_| 0, glance));
            (output, seen)
        };
        Some(Self::hold(place, target.strict).map(look))
    }

    /// What the last build that published here wanted to be remembered, if it is of the same shape.
    pub fn recall<M: DeserializeOwned>(&self) -> Option<M> {
        self.records.memo()
    }

    /// Remembers something for the next build. Where that fails, the next build does more work.
    pub fn remember<M: Serialize>(&self, memo: &M) {
        let _ = self.records.keep_memo(memo);
    }

    /// Renders every page and brings the output directory to what they come to. What was `seen` of it is not looked at
    /// again. `progress` is told how many pages are done, from several threads.
    ///
    /// # Errors
    /// Every problem of the run, warnings included, sorted. The output is as it was; only where the disk fails while
    /// files take their places or are removed can it be half old and half new, and then a note says so and the next
    /// build goes on from there.
    pub fn publish<P: Sync, R: Fn(usize, &P, Option<PageDigest>) -> Turnout + Sync>(
        &self,
        job: &Job<'_, P, R>,
        progress: &(dyn Fn(usize) + Sync),
        meanwhile: Meanwhile<'_>,
        seen: Seen,
    ) -> Result<Summary, Vec<Diagnostic>> {
        match bring_up_to_date(job, self, progress, meanwhile, seen) {
            Ok(mut summary) => {
                diagnostic::sort(&mut summary.diagnostics);
                Ok(summary)
            }
            Err(mut problems) => {
                problems.extend(self.clean_up().err());
                diagnostic::sort(&mut problems);
                Err(problems)
            }
        }
    }

    fn clean_up(&self) -> Result<(), Diagnostic> {
        let cleaned = recover::recover(&self.records, &self.place.output);
        cleaned.map_err(|failure| failure.diagnostic(&self.place.root))
    }
}

/// Renders every page and writes nothing: for a run whose earlier phases found errors, so that all its problems
/// are reported at once. Sorted.
pub fn check<P: Sync, R: Fn(usize, &P, Option<PageDigest>) -> Turnout + Sync>(
    job: &Job<'_, P, R>,
    progress: &(dyn Fn(usize) + Sync),
) -> Vec<Diagnostic> {
    let found = render_all(job, progress, |_| None, |_, turnout| turnout.into_diagnostics());
    let mut problems: Vec<Diagnostic> = found.into_iter().flatten().collect();
    diagnostic::sort(&mut problems);
    problems
}

/// The build proper, between two clean states. On an error it leaves what it made for [`recover`] to remove.
fn bring_up_to_date<P: Sync, R: Fn(usize, &P, Option<PageDigest>) -> Turnout + Sync>(
    job: &Job<'_, P, R>,
    output: &Output,
    progress: &(dyn Fn(usize) + Sync),
    meanwhile: Meanwhile<'_>,
    seen: Seen,
) -> Result<Summary, Vec<Diagnostic>> {
    let Output { place, records, strict, known } = output;
    let failed = |failure: Failure| failure.diagnostic(&place.root);
    let count = |survey: &Result<Survey<'_>, _>| survey.as_ref().map_or(0, |survey| survey.files().count());
    let paths: Vec<&str> = job.pages.iter().map(job.path_of).collect();
    let sorted: Vec<&str> = job.order.iter().map(|number| paths[*number as usize]).collect();
    let survey = || Survey::of(&place.output, &sorted, known, seen.0);
    let survey = || job.stopwatch.time(Phase::Survey, count, survey);
    let (survey, ()) = rayon::join(survey, meanwhile.survey);
    let survey = survey.map_err(|failure| vec![failed(failure)])?;
    let mut layout = Layout::new(&survey, known, place);
    let mut problems = mem::take(&mut layout.problems);

    let stage = Stage::new(place, &survey, &layout, job.order);
    // What is wrong already is no reason to keep silent about the pages, but nothing is written for them.
    if any_error(&problems) || !layout.foreign.is_empty() {
        stage.halt();
    } else {
        problems.extend(stage.begin(records).err().map(failed));
    }
    let standing = |number: usize| stage.standing(number, paths[number]);
    let outcomes = render_all(job, progress, standing, |number, turnout| {
        job.stopwatch.time(Phase::Write, |_| 1, || stage.page(number, paths[number], turnout))
    });

    let mut tally = Tally { foreign: layout.foreign.clone(), problems, ..Tally::default() };
    for (number, (path, (outcome, found))) in paths.iter().zip(outcomes).enumerate() {
        tally.add(number, path, outcome, found);
    }
    if tally.foreign.is_empty() && !any_error(&tally.problems) {
        tally.foreign = stage.newcomers(&tally.staged);
    }
    tally.problems.extend(problem::foreign_files(place, tally.foreign));
    if any_error(&tally.problems) || (*strict && !tally.problems.is_empty()) {
        return Err(tally.problems);
    }

    let (written, unchanged) = (tally.staged.len(), paths.len() - tally.staged.len());
    let staged = tally.staged;
    // Where all is as it was there is nothing to be written down anew.
    let is_same = tally.kept == paths.len() && known.len() == paths.len();
    let manifest = (!is_same).then(|| {
        let record = |number: &u32| (paths[*number as usize], tally.records[*number as usize]);
        job.order.iter().map(record).collect()
    });
    let commit = || commit::commit(&stage, records, known, &staged, manifest);
    let commit = || job.stopwatch.time(Phase::Commit, |_| written, commit);
    let digests: Vec<PageDigest> = tally.records.iter().map(|record| record.digest).collect();
    let (committed, ()) = rayon::join(commit, || (meanwhile.commit)(&digests));
    match committed {
        Ok(removed) => Ok(Summary { written, unchanged, removed, diagnostics: tally.problems }),
        Err(failures) => {
            tally.problems.extend(failures.into_iter().map(|failure| problem::half_done(failed(failure))));
            Err(tally.problems)
        }
    }
}

/// What the pages came to.
#[derive(Default)]
struct Tally {
    /// Of each page, once all have one.
    records: Vec<Record>,
    /// How many of the files stand as they were recorded.
    kept: usize,
    staged: Vec<usize>,
    foreign: Vec<String>,
    problems: Vec<Diagnostic>,
}

impl Tally {
    fn add(&mut self, number: usize, path: &str, outcome: Outcome, found: Vec<Diagnostic>) {
        self.problems.extend(found);
        match outcome {
            Outcome::Kept(record) => {
                self.records.push(record);
                self.kept += 1;
            }
            Outcome::Stands(record) => self.records.push(record),
            Outcome::Staged(record) => {
                self.records.push(record);
                self.staged.push(number);
            }
            Outcome::Foreign => self.foreign.push(path.to_owned()),
            Outcome::Failed => {}
        }
    }
}

/// Renders every page in parallel, each told what stands in its place, lets `take` make of each what is wanted, and
/// keeps only that, in the order of the pages.
fn render_all<P: Sync, R: Fn(usize, &P, Option<PageDigest>) -> Turnout + Sync, T: Send>(
    job: &Job<'_, P, R>,
    progress: &(dyn Fn(usize) + Sync),
    standing: impl Fn(usize) -> Option<PageDigest> + Sync,
    take: impl Fn(usize, Turnout) -> T + Sync,
) -> Vec<T> {
    let done = AtomicUsize::new(0);
    let one = |(number, page)| {
        let taken = take(number, (job.render)(number, page, standing(number)));
        progress(done.fetch_add(1, Ordering::Relaxed) + 1);
        taken
    };
    job.pages.par_iter().enumerate().map(one).collect()
}
