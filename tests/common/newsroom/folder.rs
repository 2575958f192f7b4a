//! A newsroom in a folder: files as they come to lie there, and what builds make of them.

use super::{Files, Newsroom};
use crate::common::dice::Dice;
use crate::common::{Site, files, stderr, stdout};
use std::fs::{self, File};
use std::process::Command;
use std::time::{Duration, SystemTime};

/// What a build made and said.
pub struct Built {
    pub status: Option<i32>,
    /// Its problems, a line each.
    pub problems: String,
    pub output: Files,
    /// What was said to a person, for when a test fails.
    pub said: String,
}

/// The ways in which programs write files.
#[derive(Clone, Copy)]
pub enum Style {
    InPlace,
    /// Beside its place, and then renamed over it, as careful editors do.
    Renamed,
    /// With the time that the file had before, as copies that keep times do.
    SameTime,
    /// With a time long ago, as archives have.
    LongAgo,
}

/// A folder with the files of a newsroom.
pub struct Folder {
    pub site: Site,
    there: Files,
}

impl Folder {
    pub fn new() -> Self {
        Self::within(Site::empty())
    }

    /// The folder of a site.
    pub fn within(site: Site) -> Self {
        Self { site, there: Files::new() }
    }

    /// Makes the folder hold these files; only those that differ are written, each in some style.
    pub fn hold(&mut self, wanted: Files, mut style: impl FnMut() -> Style) {
        for path in self.there.keys().filter(|path| !wanted.contains_key(*path)) {
            fs::remove_file(self.site.path().join(path)).expect("it can be removed");
            // What holds nothing any more does not stay, as with git.
            let mut folder = self.site.path().join(path);
            while folder.pop() && folder != self.site.path() && fs::remove_dir(&folder).is_ok() {}
        }
        for (path, bytes) in &wanted {
            if self.there.get(path) != Some(bytes) {
                self.put(path, bytes, style());
            }
        }
        self.there = wanted;
    }

    /// Writes all anew, so that only times change.
    pub fn touch(&self) {
        self.there.iter().for_each(|(path, bytes)| self.site.write(path, bytes));
    }

    fn put(&self, path: &str, bytes: &[u8], style: Style) {
        let place = self.site.path().join(path);
        let before = fs::metadata(&place).and_then(|known| known.modified());
        if matches!(style, Style::Renamed) {
            self.site.write("draft.tmp", bytes);
            fs::create_dir_all(place.parent().expect("a file lies in a folder")).expect("it can be made");
            fs::rename(self.site.path().join("draft.tmp"), &place).expect("it can be renamed");
        } else {
            self.site.write(path, bytes);
        }
        let time = match (style, before) {
            (Style::SameTime, Ok(before)) => before,
            (Style::LongAgo, _) => SystemTime::UNIX_EPOCH + Duration::from_secs(1_600_000_000),
            _ => return,
        };
        let file = File::options().write(true).open(&place).expect("it can be opened");
        file.set_modified(time).expect("it can be set");
    }

    /// The build that the newsroom asks for.
    pub fn command(&self, room: &Newsroom) -> Command {
        let order = &room.order;
        let mut arguments =
            vec!["build", "--message-format", "json", "--now", order.now, "--output", order.output];
        arguments.extend(&order.options);
        arguments.extend(order.base_url.iter().flat_map(|url| ["--base-url", url]));
        self.site.command(&arguments)
    }

    /// Builds as the newsroom says.
    pub fn build(&self, room: &Newsroom, threads: usize) -> Built {
        let mut command = self.command(room);
        let said = command.env("RAYON_NUM_THREADS", threads.to_string()).output().expect("the binary runs");
        Built {
            status: said.status.code(),
            problems: stdout(&said),
            output: self.output(room),
            said: stderr(&said),
        }
    }

    /// The records of unfinished work; none where a build came to its end.
    pub fn unfinished(&self) -> Vec<String> {
        let records = files(&self.site.path().join(".dateline")).into_keys();
        records.filter(|name| ["journal", "pending", ".new"].iter().any(|end| name.ends_with(end))).collect()
    }

    /// Whether a build that is not at its end has a record of this name, or left it.
    pub fn has(&self, record: &str) -> bool {
        let folders = fs::read_dir(self.site.path().join(".dateline")).into_iter().flatten();
        folders.flatten().any(|folder| folder.path().join(record).exists())
    }

    pub fn output(&self, room: &Newsroom) -> Files {
        files(&self.site.path().join(room.order.output))
    }

    /// Some file of the output is removed, changed, or cut short. Whoever does so is slower than the disk's clock.
    pub fn tamper(&self, room: &Newsroom, dice: &mut Dice) {
        let output = self.site.path().join(room.order.output);
        let all: Vec<String> = files(&output).into_keys().collect();
        for _ in 0..if all.is_empty() { 0 } else { 1 + dice.throw(3) } {
            let place = output.join(&all[dice.throw(all.len())]);
            let Ok(mut bytes) = fs::read(&place) else { continue };
            match dice.throw(4) {
                0 => {
                    fs::remove_file(&place).expect("it can be removed");
                    continue;
                }
                1 => bytes.truncate(bytes.len() / 2),
                2 => bytes.clear(),
                _ => bytes.iter_mut().take(9).for_each(|byte| *byte ^= 1),
            }
            fs::write(&place, bytes).expect("it can be written");
            let file = File::options().write(true).open(&place).expect("it can be opened");
            file.set_modified(SystemTime::now() + Duration::from_secs(1)).expect("it can be set");
        }
    }
}

/// What a clean build makes of a newsroom.
pub fn clean(room: &Newsroom) -> Built {
    let mut folder = Folder::new();
    folder.hold(room.files(), || Style::InPlace);
    folder.build(room, 2)
}

/// Fails with the first difference: whole sites are too much to print.
pub fn hold_same(one: &Files, other: &Files, what: &str) {
    let mut paths = one.keys().chain(other.keys());
    let Some(path) = paths.find(|path| one.get(*path) != other.get(*path)) else { return };
    let text = |tree: &Files| tree.get(path).map(|bytes| String::from_utf8_lossy(bytes).into_owned());
    let (Some(one), Some(other)) = (text(one), text(other)) else {
        let there = |tree: &Files| if tree.contains_key(path) { "is there" } else { "is missing" };
        panic!("{what}: {path} {} and should be otherwise: {}", there(one), there(other));
    };
    let mut lines = (1..).zip(one.lines().zip(other.lines()));
    let (number, (is, should)) =
        lines.find(|(_, (is, should))| is != should).unwrap_or((0, ("shorter", "or longer")));
    panic!("{what}: {path}:{number} is\n{is}\nand should be\n{should}");
}
