//! A build that is killed at any moment, as a process, on a site of some hundred articles: whatever it leaves, every
//! file of the output is whole, and the next build makes of it what a clean one would.
//!
//! `src/publish/tests/` stops a build before each of its steps, and kills the writing of small pages. Here it is the
//! whole program, with all it remembers and makes: reading, rendering, pictures, records; sources that change before
//! the next build; and builds killed while they mend what the last kill left.
//!
//! Kills fall anywhere in the measured length of a build, and where that is short beside the rest, they wait for the
//! records which say that it has begun. With `DATELINE_PROVE` set there are 200, else 12.

#![cfg(unix)]

mod common;

use common::dice::Dice;
use common::newsroom::folder::{Folder, Style, clean, hold_same};
use common::newsroom::{Files, Newsroom, edits};
use std::env;
use std::process::{Child, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// When a build is killed.
#[derive(Debug, Clone, Copy)]
enum Moment {
    /// After this part of the time that a build takes, in thousandths.
    After(u32),
    /// When a record has come, and some microseconds.
    With(&'static str, u64),
    /// When a record has come and gone.
    Without(&'static str),
}

/// How far builds had come when they were killed.
#[derive(Debug, Default)]
struct Tally {
    reading: usize,
    writing: usize,
    renaming: usize,
    done: usize,
}

impl Tally {
    /// Whether kills fell into every phase.
    fn has_all(&self) -> bool {
        self.reading > 0 && self.writing > 0 && self.renaming > 0 && self.done > 0
    }
}

/// A state of the sources, and what a clean build makes of it.
struct Edition {
    room: Newsroom,
    output: Files,
}

/// How many articles there are: enough for a build to take some tenths of a second in debug.
const ARTICLES: usize = 250;

/// Edits that change which files there are, and after most of which a site can be built.
const HARMLESS: [&str; 8] =
    ["delete", "newest", "oldest", "rename", "picture", "bundle", "slug", "static file"];

#[test]
fn a_killed_build_leaves_whole_files_and_the_next_one_is_as_a_clean_one() {
    let kills = if env::var_os("DATELINE_PROVE").is_some() { 200 } else { 12 };
    let mut dice = Dice(0x0D1E_2021_1203);
    let editions = editions(4, &mut dice);
    let mut folder = Folder::new();
    let length = measure(&mut folder, &editions);
    let (mut tally, mut at) = (Tally::default(), 0);
    for kill in 0.. {
        // Which phase a kill falls into is chance: some more are tried until each was met.
        if kill >= kills && (tally.has_all() || kill >= 5 * kills) {
            break;
        }
        let mut done = vec![at];
        // One in four is followed by another, which falls into the mending of what the first one left.
        for again in 0..=usize::from(kill % 4 == 3) {
            at = (at + 1 + dice.throw(editions.len() - 1)) % editions.len();
            done.push(at);
            folder.hold(editions[at].room.files(), || Style::InPlace);
            let moment = moment(kill + again, &mut dice);
            kill_at(&folder, &editions[at].room, moment, length);
            let what = format!("kill {kill}.{again} ({moment:?}), editions {done:?}");
            hold_whole(&folder, &editions, &done, &what);
            tally.count(&folder, &editions[at]);
        }
        // An edit comes first, half of the time.
        if kill % 2 == 0 {
            at = (at + 1 + dice.throw(editions.len() - 1)) % editions.len();
            folder.hold(editions[at].room.files(), || Style::InPlace);
        }
        let next = folder.build(&editions[at].room, 2);
        let what = format!("after kill {kill}, editions {done:?}, then {at}");
        assert_eq!(next.status, Some(0), "{what}: {}{}", next.said, next.problems);
        hold_same(&next.output, &editions[at].output, &what);
        assert!(folder.unfinished().is_empty(), "{what}: {:?}", folder.unfinished());
    }
    println!("kills: {tally:?} of {ARTICLES} articles, {} ms a build", length.as_millis());
    assert!(tally.has_all(), "{tally:?}");
}

/// Moments of every kind, by turns.
fn moment(number: usize, dice: &mut Dice) -> Moment {
    let part = u32::try_from(dice.throw(1050)).expect("it is small");
    let wait = u64::try_from(dice.throw(5000)).expect("it is small");
    match number % 6 {
        0 => Moment::After(part / 10),
        1 => Moment::With("journal", wait * 20),
        2 => Moment::With("pending", wait),
        3 => Moment::Without("journal"),
        _ => Moment::After(part),
    }
}

/// Editions that differ in every page, in addresses, and in what there is at all.
fn editions(count: usize, dice: &mut Dice) -> Vec<Edition> {
    let base = Newsroom::with(ARTICLES, dice);
    let mut found: Vec<Edition> = Vec::new();
    while found.len() < count {
        let mut room = base.clone();
        room.settings.insert("title", format!("\"Edition {}\"", found.len()));
        for _ in 0..60 {
            let (name, edit) = edits()[dice.throw(edits().len())];
            if HARMLESS.contains(&name) {
                edit(&mut room, dice);
            }
        }
        if found.len() == 2 {
            room.settings.insert("permalinks.article", "\"/:year/:month/:slug/\"".to_owned());
        }
        room.order = base.order.clone();
        let built = clean(&room);
        if built.status == Some(0) {
            found.push(Edition { room, output: built.output });
        }
    }
    found
}

/// How long a build takes which writes every page. The folder then holds the first edition.
fn measure(folder: &mut Folder, editions: &[Edition]) -> Duration {
    let mut length = Duration::ZERO;
    for edition in editions.iter().rev() {
        folder.hold(edition.room.files(), || Style::InPlace);
        let begun = Instant::now();
        let built = folder.build(&edition.room, 2);
        length = begun.elapsed();
        hold_same(&built.output, &edition.output, "before any kill");
    }
    length
}

/// Begins a build and kills it, unless it comes to its end before.
fn kill_at(folder: &Folder, room: &Newsroom, moment: Moment, length: Duration) {
    let mut command = folder.command(room);
    command.env("RAYON_NUM_THREADS", "2").stdout(Stdio::null()).stderr(Stdio::null());
    let begun = Instant::now();
    let mut build = command.spawn().expect("the binary runs");
    match moment {
        Moment::After(part) => {
            let end = length * part / 1000;
            until(&mut build, || begun.elapsed() >= end);
        }
        Moment::With(record, wait) => {
            until(&mut build, || folder.has(record));
            thread::sleep(Duration::from_micros(wait));
        }
        Moment::Without(record) => {
            until(&mut build, || folder.has(record));
            until(&mut build, || !folder.has(record));
        }
    }
    build.kill().expect("it can be killed, or has ended");
    build.wait().expect("it has ended");
}

/// Waits for a moment, or for the build's end.
fn until(build: &mut Child, is_there: impl Fn() -> bool) {
    while !is_there() && build.try_wait().expect("it can be asked").is_none() {
        thread::sleep(Duration::from_micros(50));
    }
}

/// Every file is of one of the editions that were built since all was well, from its first byte to its last. What is
/// only temporary is there only with a journal that tells of it.
fn hold_whole(folder: &Folder, editions: &[Edition], done: &[usize], what: &str) {
    for (path, bytes) in folder.output(&editions[0].room) {
        if path.split('/').any(|name| name.starts_with(".dl-")) {
            assert!(folder.has("journal"), "{what}: {path} is there, and no journal");
            continue;
        }
        let whole = done.iter().any(|edition| editions[*edition].output.get(&path) == Some(&bytes));
        assert!(
            whole,
            "{what}: {path} is neither as it was nor as it was to be:\n{}",
            String::from_utf8_lossy(&bytes)
        );
    }
}

impl Tally {
    fn count(&mut self, folder: &Folder, to: &Edition) {
        if folder.has("pending") {
            self.renaming += 1;
        } else if folder.has("journal") {
            self.writing += 1;
        } else if folder.output(&to.room) == to.output {
            self.done += 1;
        } else {
            self.reading += 1;
        }
    }
}
