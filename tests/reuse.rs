//! What is kept from one build to the next never shows: whatever was edited in between, the output and what is said
//! are those of a clean build.
//!
//! Scripts of edits are made by chance from a seed, which a failure names: `DATELINE_SEED=…` runs that one alone. With
//! `DATELINE_PROVE` set there are hundreds, and longer ones.

mod common;

use common::dice::Dice;
use common::newsroom::folder::{Built, Folder, Style, clean, hold_same};
use common::newsroom::{Edit, Files, Newsroom, edits};
use std::collections::BTreeMap;
use std::env;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// How many articles a newsroom begins with.
const STORIES: usize = 34;

/// What came of a script.
#[derive(Default)]
struct Tally {
    good: usize,
    failed: usize,
    warned: usize,
    /// How often each edit was made.
    edits: BTreeMap<&'static str, usize>,
}

#[test]
fn after_any_edits_a_build_gives_and_says_what_a_clean_one_does() {
    let whole = env::var_os("DATELINE_PROVE").is_some();
    let scripts = if whole { 400 } else { 6 };
    let (seeds, steps): (Vec<u64>, usize) = match env::var("DATELINE_SEED") {
        // As many steps as there are anywhere: a script is the same, however long it is.
        Ok(seed) => (vec![seed.parse().expect("a seed is a number")], 30),
        Err(_) => ((1..=scripts).map(|script| 0x2021_1203 * script).collect(), if whole { 30 } else { 15 }),
    };
    let (next, tally) = (AtomicUsize::new(0), Mutex::new(Tally::default()));
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(2, usize::from) {
            scope.spawn(|| {
                while let Some(seed) = seeds.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let own = Script::new(*seed).play(steps);
                    tally.lock().expect("no script failed").add(own);
                }
            });
        }
    });
    let tally = tally.into_inner().expect("no script failed");
    let kinds = tally.edits.len();
    println!(
        "reuse: {} scripts, {} builds that were good ({} with warnings), {} that failed, {kinds} kinds of edits",
        seeds.len(),
        tally.good,
        tally.warned,
        tally.failed
    );
    if seeds.len() > 1 {
        assert!(tally.good > 2 * tally.failed, "most builds are good: {} and {}", tally.good, tally.failed);
        assert!(tally.failed > 0 && tally.warned > tally.good / 2 && kinds * 10 > edits().len() * 8);
    }
    if whole && seeds.len() > 1 {
        let never: Vec<_> = edits().into_iter().filter(|(name, _)| !tally.edits.contains_key(name)).collect();
        assert!(never.is_empty(), "never made: {:?}", never.iter().map(|(name, _)| name).collect::<Vec<_>>());
    }
}

impl Tally {
    fn add(&mut self, other: Self) {
        self.good += other.good;
        self.failed += other.failed;
        self.warned += other.warned;
        for (name, count) in other.edits {
            *self.edits.entry(name).or_default() += count;
        }
    }
}

/// A newsroom, its folder, and what was done so far.
struct Script {
    seed: u64,
    dice: Dice,
    room: Newsroom,
    folder: Folder,
    edits: Vec<(&'static str, Edit)>,
    /// Newsrooms that could be built, for edits to be undone.
    good: Vec<Newsroom>,
    done: Vec<String>,
    tally: Tally,
}

impl Script {
    fn new(seed: u64) -> Self {
        let mut dice = Dice(seed);
        let room = Newsroom::with(STORIES, &mut dice);
        Self {
            seed,
            room,
            dice,
            folder: Folder::new(),
            edits: edits(),
            good: Vec::new(),
            done: Vec::new(),
            tally: Tally::default(),
        }
    }

    fn play(mut self, steps: usize) -> Tally {
        // By chance a link may lead to the page of a tag that no published story has.
        if !self.look() {
            assert!(self.done.iter().all(|done| done.contains("dead-link")), "{}", self.what());
            self.room = Newsroom::with(STORIES, &mut self.dice);
            assert!(self.look(), "{}: a newsroom can be built as it begins", self.what());
        }
        for _ in 0..steps {
            self.edit();
            // Not every state is built: several edits may come at once.
            if self.dice.throw(4) == 0 {
                self.edit();
            }
            let built = self.look();
            if !built {
                self.restore(self.good.len() - 1, "repaired");
                // A repair may come alone, or with other edits.
                if self.dice.throw(2) == 0 {
                    self.edit();
                }
                if !self.look() {
                    self.restore(self.good.len() - 1, "repaired again");
                    assert!(self.look(), "{}: what was good is good again", self.what());
                }
            }
        }
        self.tally
    }

    fn edit(&mut self) {
        if self.good.len() > 1 && self.dice.throw(9) == 0 {
            let back = 1 + self.dice.throw(self.good.len().min(4));
            return self.restore(self.good.len() - back, "undone");
        }
        let (name, make) = self.edits[self.dice.throw(self.edits.len())];
        make(&mut self.room, &mut self.dice);
        self.done.push(name.to_owned());
        *self.tally.edits.entry(name).or_default() += 1;
    }

    /// Sources, settings and the command line are as they were once.
    fn restore(&mut self, which: usize, name: &str) {
        self.room = self.good[which].clone();
        self.done.push(format!("{name}, to {which}"));
    }

    fn what(&self) -> String {
        format!("DATELINE_SEED={}, after: {}", self.seed, self.done.join("; "))
    }

    /// Builds in the folder and, cleanly, in a new one, and holds that they are the same. Whether they were good.
    fn look(&mut self) -> bool {
        let (room, dice) = (&mut self.room, &mut self.dice);
        self.folder.hold(room.files(), || match dice.throw(8) {
            0 | 1 => Style::Renamed,
            2 => Style::SameTime,
            3 => Style::LongAgo,
            _ => Style::InPlace,
        });
        if dice.throw(12) == 0 {
            self.folder.touch();
        }
        if room.tampering {
            room.tampering = false;
            self.folder.tamper(room, dice);
        }
        let before = self.folder.output(room);
        let warm = self.folder.build(room, 1 + dice.throw(3));
        let clean = clean(room);
        let is_error = |problem: &&str| problem.contains("\"severity\":\"error\"");
        let why = clean.problems.lines().find(is_error).unwrap_or_default();
        self.done.push(format!("built ({:?}) {why}", clean.status));
        self.hold_equal(&before, &warm, &clean);
        let good = clean.status == Some(0);
        if good {
            self.tally.good += 1;
            self.tally.warned += usize::from(!clean.problems.is_empty());
            self.good.push(self.room.clone());
        } else {
            self.tally.failed += 1;
        }
        good
    }

    fn hold_equal(&self, before: &Files, warm: &Built, clean: &Built) {
        let what = self.what();
        assert_eq!(warm.problems, clean.problems, "{what}: other problems\n{}\n{}", warm.said, clean.said);
        assert_eq!(warm.status, clean.status, "{what}: another exit status\n{}\n{}", warm.said, clean.said);
        if clean.status == Some(0) {
            hold_same(&warm.output, &clean.output, &what);
        } else {
            hold_same(&warm.output, before, &format!("{what}: a build that fails"));
        }
        let left = self.folder.unfinished();
        assert!(left.is_empty(), "{what}: left behind: {left:?}");
    }
}
