//! What was read of a site's files, so that the next run need not read it again where the files are the same.
//!
//! It follows from the files, the settings and the program, so whoever has others of these does not see it. Every output of
//! a site shares it. As the other records it is memory, not truth: what cannot be read or written is read from the files.
//!
//! A file is known by its stamp, which says nothing of a change within one tick of the disk's clock. So with what was read
//! is kept since when: who recalls it believes only in files that were older by then. When it was written would be too
//! late by a whole build.

use super::disk::{self, Failure};
use super::sealed::{self, Kind};
use super::{PROGRAM, manifest::nanoseconds};
use crate::source::{CACHE, Digest};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::fs;
use std::path::{Path, PathBuf};

const READINGS: Kind = Kind { file: "read", holds: "readings", format: 2 };

/// What was read of the files of one site, in parts that are read and written on their own.
#[derive(Debug)]
pub struct Readings {
    root: PathBuf,
    owner: Vec<u8>,
    /// When these were begun, by the clock of the site's disk, in nanoseconds since 1970; `None` where it does not tell.
    since: Option<i64>,
}

impl Readings {
    /// Those of the site in `root`, whose files are looked at and read only after this; `settings` is a digest of what its
    /// settings were read from.
    pub fn begin(root: &Path, settings: &Digest) -> Self {
        let owner = [PROGRAM.as_bytes(), settings].concat();
        // The disk of the sources tells best. It may be one that cannot be written.
        let time = disk::now(root).or_else(|| disk::now(&root.join(CACHE)));
        Self { root: root.to_owned(), owner, since: time.and_then(nanoseconds) }
    }

    /// A part, and since when it was being read by the disk's clock, in nanoseconds since 1970.
    pub fn load<T: DeserializeOwned>(&self, part: &str) -> Option<(T, i128)> {
        let bytes = fs::read(self.folder().join(part)).ok()?;
        let (since, readings): (i64, T) = sealed::open(READINGS, &self.owner, &bytes)?;
        Some((readings, since.into()))
    }

    /// Keeps a part. What cannot be kept is read again, and so is what nobody could believe in.
    pub fn keep<T: Serialize>(&self, part: &str, readings: &T) {
        if let Some(since) = self.since {
            let _ = self.write(part, &(since, readings));
        }
    }

    fn write<T: Serialize>(&self, part: &str, readings: &T) -> Result<(), Failure> {
        disk::create_cache(&self.root)?;
        disk::create_folder(&self.folder())?;
        disk::replace(&self.folder().join(part), |file| sealed::seal(READINGS, &self.owner, readings, file))
    }

    /// The names of the parts that are kept, by whichever program and with whichever settings.
    pub fn parts(&self) -> Vec<String> {
        self.files().filter_map(|file| file.file_name().into_string().ok()).collect()
    }

    /// Removes the parts that are not among some.
    pub fn keep_only(&self, is_part: impl Fn(&str) -> bool) {
        for file in self.files().filter(|file| file.file_name().to_str().is_none_or(|name| !is_part(name))) {
            // What stays is passed over.
            let _ = disk::remove_file(&file.path());
        }
    }

    fn files(&self) -> impl Iterator<Item = fs::DirEntry> {
        fs::read_dir(self.folder()).into_iter().flatten().flatten()
    }

    fn folder(&self) -> PathBuf {
        self.root.join(CACHE).join(READINGS.file)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::thread;
    use std::time::Duration;

    #[test]
    fn a_part_tells_since_when_it_was_being_read() {
        let site = tempfile::tempdir().unwrap();
        let touched = |name: &str| {
            let path = site.path().join(name);
            fs::write(&path, "").unwrap();
            thread::sleep(Duration::from_millis(30));
            i128::from(nanoseconds(fs::metadata(path).unwrap().modified().unwrap()).unwrap())
        };
        let before = touched("before");
        let readings = Readings::begin(site.path(), &Digest::default());
        let left: Vec<_> =
            fs::read_dir(site.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        assert_eq!(left, ["before"], "to ask for the time leaves something behind");
        thread::sleep(Duration::from_millis(30));
        let after = touched("after");
        readings.keep("part", &7);
        let (part, since): (i32, i128) = readings.load("part").unwrap();
        assert!(part == 7 && before < since && since < after, "{before} {since} {after}");
    }
}
