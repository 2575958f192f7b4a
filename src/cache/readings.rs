//! What was read of a site's files, so that the next run need not read it again where the files are the same.
//!
//! It follows from the files, the settings and the program, so whoever has others of these does not see it. Every output of
//! a site shares it. As the other records it is memory, not truth: what cannot be read or written is read from the files.

use super::disk::{self, Failure};
use super::sealed::{self, Kind};
use super::{PROGRAM, manifest::nanoseconds};
use crate::source::{CACHE, Digest};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::fs;
use std::path::{Path, PathBuf};

const READINGS: Kind = Kind { file: "read", holds: "readings", format: 1 };

/// What was read of the files of one site, in parts that are read and written on their own.
#[derive(Debug)]
pub struct Readings {
    root: PathBuf,
    owner: Vec<u8>,
}

impl Readings {
    /// Those of the site in `root`; `settings` is a digest of what its settings were read from.
    pub fn new(root: &Path, settings: &Digest) -> Self {
        Self { root: root.to_owned(), owner: [PROGRAM.as_bytes(), settings].concat() }
    }

    /// A part, and when it was written by the disk's clock, in nanoseconds since 1970.
    pub fn load<T: DeserializeOwned>(&self, part: &str) -> Option<(T, i128)> {
        let path = self.folder().join(part);
        let bytes = fs::read(&path).ok()?;
        let written = nanoseconds(fs::metadata(&path).ok()?.modified().ok()?)?;
        Some((sealed::open(READINGS, &self.owner, &bytes)?, written.into()))
    }

    /// Keeps a part. What cannot be kept is read again.
    pub fn keep<T: Serialize>(&self, part: &str, readings: &T) {
        let _ = self.write(part, readings);
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
