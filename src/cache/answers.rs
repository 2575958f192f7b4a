//! Which addresses off the site answered well, and when, so that they are not asked again within a day.
//!
//! As the other records it is memory, not truth: what cannot be read or written is asked again.

use super::disk;
use super::sealed::{self, Kind};
use crate::source::CACHE;
use chrono::{DateTime, FixedOffset};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

const ANSWERS: Kind = Kind { file: "answers", holds: "answers", format: 1 };
/// How long an answer is good, in seconds.
const DAY: i64 = 24 * 60 * 60;
/// How long a run goes on between two times that its answers are written.
const BETWEEN: Duration = Duration::from_secs(5);

/// The good answers of a site's links.
#[derive(Debug)]
pub struct Answers {
    root: PathBuf,
    now: i64,
    /// When each address answered, in seconds since 1970.
    good: BTreeMap<String, i64>,
    /// When they were written last, and whether there are others since.
    written: Instant,
    is_changed: bool,
}

impl Answers {
    /// What the site in `root` knows of at a time, without what is older than a day.
    pub fn load(root: &Path, now: DateTime<FixedOffset>) -> Self {
        let now = now.timestamp();
        let bytes = fs::read(root.join(CACHE).join(ANSWERS.file)).unwrap_or_default();
        let mut good: BTreeMap<String, i64> = sealed::open(ANSWERS, &[], &bytes).unwrap_or_default();
        // What is to come was written by a clock that was wrong.
        good.retain(|_, time| (now - DAY..=now).contains(time));
        Self { root: root.to_owned(), now, good, written: Instant::now(), is_changed: false }
    }

    /// Whether an address answered well within a day.
    pub fn are_good(&self, address: &str) -> bool {
        self.good.contains_key(address)
    }

    /// Keeps that an address answered well.
    pub fn add(&mut self, address: &str) {
        self.good.insert(address.to_owned(), self.now);
        self.is_changed = true;
    }

    /// Writes them, if that was not done a moment ago: a run that is stopped has not asked in vain.
    pub fn save_now_and_then(&mut self) {
        if self.written.elapsed() > BETWEEN {
            self.save();
        }
    }

    /// Writes them.
    pub fn save(&mut self) {
        if !std::mem::take(&mut self.is_changed) {
            return;
        }
        self.written = Instant::now();
        let Ok(bytes) = sealed::seal(ANSWERS, &[], &self.good) else { return };
        // What cannot be kept is asked again.
        let _ = disk::create_cache(&self.root)
            .and_then(|()| disk::replace(&self.root.join(CACHE).join(ANSWERS.file), &bytes));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_good_answer_is_good_for_a_day() {
        let site = tempfile::tempdir().unwrap();
        let at = |text: &str| DateTime::parse_from_rfc3339(text).unwrap();
        let mut answers = Answers::load(site.path(), at("2021-11-25T10:30:00Z"));
        answers.add("https://a.example/");
        answers.save();
        for (time, good) in [
            ("2021-11-25T10:30:00Z", true),
            ("2021-11-26T10:30:00Z", true),
            ("2021-11-26T10:30:01Z", false),
            ("2021-11-25T10:29:59Z", false),
        ] {
            assert_eq!(Answers::load(site.path(), at(time)).are_good("https://a.example/"), good, "{time}");
        }
        let path = site.path().join(CACHE).join("answers");
        let mut bytes = fs::read(&path).unwrap();
        bytes.truncate(bytes.len() - 1);
        fs::write(&path, bytes).unwrap();
        assert!(!Answers::load(site.path(), at("2021-11-25T10:30:00Z")).are_good("https://a.example/"));
    }
}
