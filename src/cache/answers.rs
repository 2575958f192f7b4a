//! Which addresses off the site answered well, and when, so that they are not asked again within a day.
//!
//! As the other records it is memory, not truth: what cannot be read or written is asked again.

use super::disk;
use super::sealed::{self, Kind};
use crate::source::CACHE;
use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

const ANSWERS: Kind = Kind { file: "answers", holds: "answers", format: 2 };
/// How long an answer is good, in seconds.
const DAY: i64 = 24 * 60 * 60;
/// How long a run goes on between two times that its answers are written.
const BETWEEN: Duration = Duration::from_secs(2);

/// The good answers of a site's links.
#[derive(Debug)]
pub struct Answers {
    root: PathBuf,
    now: i64,
    private: bool,
    good: BTreeMap<String, Answer>,
    /// When they were written last, and whether there are others since.
    written: Instant,
    is_changed: bool,
}

/// A good answer.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
struct Answer {
    /// When it was given, in seconds since 1970.
    time: i64,
    /// Whether it was asked for by a run that asks in private networks, too: a run that does not would not have had it.
    private: bool,
}

impl Answers {
    /// What the site in `root` knows of at a time, without what is older than a day. `private` says whether this run asks
    /// in private networks, too.
    pub fn load(root: &Path, now: DateTime<FixedOffset>, private: bool) -> Self {
        let now = now.timestamp();
        let bytes = fs::read(root.join(CACHE).join(ANSWERS.file)).unwrap_or_default();
        let mut good: BTreeMap<String, Answer> = sealed::open(ANSWERS, &[], &bytes).unwrap_or_default();
        // What is to come was written by a clock that was wrong.
        good.retain(|_, answer| (now - DAY..=now).contains(&answer.time));
        Self { root: root.to_owned(), now, private, good, written: Instant::now(), is_changed: false }
    }

    /// Whether an address answered well within a day, to a run that could ask no more than this one.
    pub fn are_good(&self, address: &str) -> bool {
        self.good.get(address).is_some_and(|answer| self.private || !answer.private)
    }

    /// Keeps that an address answered well.
    pub fn add(&mut self, address: &str) {
        self.good.insert(address.to_owned(), Answer { time: self.now, private: self.private });
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
        let place = self.root.join(CACHE).join(ANSWERS.file);
        let write = |file: &mut File| sealed::seal(ANSWERS, &[], &self.good, file);
        // What cannot be kept is asked again.
        let _ = disk::create_cache(&self.root).and_then(|()| disk::replace(&place, write));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_good_answer_is_good_for_a_day() {
        let site = tempfile::tempdir().unwrap();
        let at = |text: &str| DateTime::parse_from_rfc3339(text).unwrap();
        let mut answers = Answers::load(site.path(), at("2021-11-25T10:30:00Z"), false);
        answers.add("https://a.example/");
        answers.save();
        for (time, good) in [
            ("2021-11-25T10:30:00Z", true),
            ("2021-11-26T10:30:00Z", true),
            ("2021-11-26T10:30:01Z", false),
            ("2021-11-25T10:29:59Z", false),
        ] {
            assert_eq!(
                Answers::load(site.path(), at(time), false).are_good("https://a.example/"),
                good,
                "{time}"
            );
        }
        let mut private = Answers::load(site.path(), at("2021-11-25T10:30:00Z"), true);
        private.add("https://b.example/");
        private.save();
        for (asks_private, good) in [(true, true), (false, false)] {
            let answers = Answers::load(site.path(), at("2021-11-25T10:30:00Z"), asks_private);
            assert_eq!(answers.are_good("https://b.example/"), good);
            assert!(answers.are_good("https://a.example/"));
        }
        let path = site.path().join(CACHE).join("answers");
        let mut bytes = fs::read(&path).unwrap();
        bytes.truncate(bytes.len() - 1);
        fs::write(&path, bytes).unwrap();
        assert!(
            !Answers::load(site.path(), at("2021-11-25T10:30:00Z"), false).are_good("https://a.example/")
        );
    }
}
