//! How long the phases of a build take, for whoever asks.
//!
//! One that was not started measures nothing and costs nothing. It says how long work took and never what time it is, so
//! nothing that is built can follow from it.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// What a build does, in the order that it does it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// Finding the files of the site.
    Walk,
    /// Looking up what earlier runs have read.
    Recall,
    /// Reading articles and standing pages.
    Read,
    /// Understanding their front matter.
    Parse,
    /// Sorting them, and finding out what follows from all together.
    Join,
    /// Laying out every page.
    Plan,
    /// Reading and parsing templates.
    Load,
    /// Looking at what stands in the output.
    Survey,
    /// Answering what the last build asked, and comparing.
    Compare,
    /// Making pages.
    Render,
    /// Comparing pages with what stands in their places, and writing those that differ.
    Write,
    /// Putting written pages in their places, removing what is no longer planned, and recording what stands there.
    Commit,
    /// Writing down what was read and answered, for the next run.
    Remember,
}

impl Phase {
    /// All of them.
    pub const ALL: [Self; 13] = [
        Self::Walk,
        Self::Recall,
        Self::Read,
        Self::Parse,
        Self::Join,
        Self::Plan,
        Self::Load,
        Self::Survey,
        Self::Compare,
        Self::Render,
        Self::Write,
        Self::Commit,
        Self::Remember,
    ];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Walk => "walk",
            Self::Recall => "recall",
            Self::Read => "read",
            Self::Parse => "parse",
            Self::Join => "join",
            Self::Plan => "plan",
            Self::Load => "load",
            Self::Survey => "survey",
            Self::Compare => "compare",
            Self::Render => "render",
            Self::Write => "write",
            Self::Commit => "commit",
            Self::Remember => "remember",
        }
    }

    /// What is counted in it.
    pub fn unit(self) -> &'static str {
        match self {
            Self::Walk | Self::Read | Self::Survey => "file",
            Self::Parse | Self::Recall => "document",
            Self::Join => "article",
            Self::Load => "template",
            Self::Plan | Self::Compare | Self::Render | Self::Write | Self::Commit | Self::Remember => "page",
        }
    }

    /// Whether its work is done for one file or page at a time, by all threads, between that of others; then its time is
    /// that of all threads together.
    pub fn is_shared(self) -> bool {
        matches!(self, Self::Read | Self::Parse | Self::Render | Self::Write)
    }
}

/// Measures, if it was started. Clones measure into the same place.
#[derive(Debug, Clone, Default)]
pub struct Stopwatch(Option<Arc<Laps>>);

#[derive(Debug, Default)]
struct Laps {
    /// Nanoseconds and how many, by phase.
    phases: [(AtomicU64, AtomicU64); Phase::ALL.len()],
    /// Pages that took longest, each with its time.
    slowest: Mutex<Vec<(Duration, String)>>,
    /// Time and uses, by template.
    templates: Mutex<BTreeMap<String, (Duration, usize)>>,
}

/// How many pages and templates are named.
const NAMED: usize = 10;

impl Stopwatch {
    /// One that measures.
    pub fn started() -> Self {
        Self(Some(Arc::default()))
    }

    /// Does some work of a phase; `count` says how much it was.
    pub fn time<T>(&self, phase: Phase, count: impl FnOnce(&T) -> usize, work: impl FnOnce() -> T) -> T {
        let Some(laps) = &self.0 else { return work() };
        let begun = Instant::now();
        let done = work();
        laps.add(phase, begun.elapsed(), count(&done));
        done
    }

    /// Makes one page.
    pub fn page<T>(&self, path: &str, make: impl FnOnce() -> T) -> T {
        let Some(laps) = &self.0 else { return make() };
        let begun = Instant::now();
        let made = make();
        let took = begun.elapsed();
        laps.add(Phase::Render, took, 1);
        let mut slowest = lock(&laps.slowest);
        if slowest.len() < NAMED || slowest.last().is_some_and(|(least, _)| took > *least) {
            let place = slowest.partition_point(|(other, _)| *other >= took);
            slowest.insert(place, (took, path.to_owned()));
            slowest.truncate(NAMED);
        }
        made
    }

    /// Renders a template.
    pub fn template<T>(&self, name: &str, render: impl FnOnce() -> T) -> T {
        let Some(laps) = &self.0 else { return render() };
        let begun = Instant::now();
        let rendered = render();
        let took = begun.elapsed();
        let mut templates = lock(&laps.templates);
        match templates.get_mut(name) {
            Some((time, uses)) => (*time, *uses) = (*time + took, *uses + 1),
            None => drop(templates.insert(name.to_owned(), (took, 1))),
        }
        rendered
    }

    /// Time and count of each phase that there was; nothing where it was not started.
    pub fn phases(&self) -> Vec<(Phase, Duration, usize)> {
        let Some(laps) = &self.0 else { return Vec::new() };
        let read = |value: &AtomicU64| value.load(Ordering::Relaxed);
        let phases = Phase::ALL.into_iter().zip(&laps.phases);
        phases
            .map(|(phase, (time, count))| {
                let count = usize::try_from(read(count)).unwrap_or(usize::MAX);
                (phase, Duration::from_nanos(read(time)), count)
            })
            .filter(|(_, time, _)| !time.is_zero())
            .collect()
    }

    /// The pages that took longest to make, the slowest first.
    pub fn slowest_pages(&self) -> Vec<(Duration, String)> {
        self.0.as_ref().map(|laps| lock(&laps.slowest).clone()).unwrap_or_default()
    }

    /// The templates that took longest in all, the slowest first, each with how often it was rendered.
    pub fn slowest_templates(&self) -> Vec<(Duration, String, usize)> {
        let Some(laps) = &self.0 else { return Vec::new() };
        let mut templates: Vec<_> =
            lock(&laps.templates).iter().map(|(name, (time, uses))| (*time, name.clone(), *uses)).collect();
        templates.sort_by_key(|(time, ..)| std::cmp::Reverse(*time));
        templates.truncate(NAMED);
        templates
    }
}

impl Laps {
    fn add(&self, phase: Phase, time: Duration, count: usize) {
        let (nanoseconds, counted) = &self.phases[phase as usize];
        nanoseconds.fetch_add(u64::try_from(time.as_nanos()).unwrap_or(u64::MAX), Ordering::Relaxed);
        counted.fetch_add(count as u64, Ordering::Relaxed);
    }
}

/// A lock whose holder panicked guards figures: they are whole.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_that_was_not_started_measures_nothing() {
        let watch = Stopwatch::default();
        assert_eq!(watch.time(Phase::Walk, |_| 1, || 7), 7);
        assert!(watch.phases().is_empty() && watch.slowest_pages().is_empty());
    }

    #[test]
    fn the_slowest_are_named_in_order() {
        let watch = Stopwatch::started();
        for page in 0..2 * NAMED {
            watch.page(&format!("{page}"), || std::hint::black_box(vec![0_u8; 1 << page.min(16)]));
        }
        let slowest = watch.slowest_pages();
        assert_eq!(slowest.len(), NAMED);
        assert!(slowest.is_sorted_by(|a, b| a.0 >= b.0), "{slowest:?}");
        let render = watch.phases().into_iter().find(|(phase, ..)| *phase == Phase::Render);
        assert!(render.is_some_and(|(_, time, count)| count == 2 * NAMED && time >= slowest[0].0));
        watch.template("a.html", || ());
        watch.template("a.html", || ());
        assert_eq!(watch.slowest_templates()[0].2, 2);
    }

    #[test]
    fn every_phase_has_a_place_of_its_own() {
        for (place, phase) in Phase::ALL.into_iter().enumerate() {
            assert_eq!(phase as usize, place, "{}", phase.name());
        }
    }
}
