//! The manifest: every file Dateline has written to an output directory, and how to tell that it is still there.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs::Metadata;
use std::ops::Bound::{Included, Unbounded};
use std::time::{SystemTime, UNIX_EPOCH};

/// What a directory entry says of a file without reading it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stat {
    /// The size in bytes.
    pub size: u64,
    /// When the file was last modified, in nanoseconds from 1970; `None` where that cannot be said.
    pub mtime: Option<i64>,
}

impl Stat {
    /// What `metadata` says.
    pub fn of(metadata: &Metadata) -> Self {
        Self { size: metadata.len(), mtime: metadata.modified().ok().and_then(nanoseconds) }
    }
}

/// A time in nanoseconds since 1970; `None` centuries away.
pub(super) fn nanoseconds(time: SystemTime) -> Option<i64> {
    match time.duration_since(UNIX_EPOCH) {
        Ok(after) => i64::try_from(after.as_nanos()).ok(),
        Err(before) => i64::try_from(before.duration().as_nanos()).ok().map(|nanoseconds| -nanoseconds),
    }
}

/// The first half of the BLAKE3 digest of a page's bytes.
pub type PageDigest = [u8; 16];

/// One file of the output, as it was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// The digest of its bytes.
    pub digest: PageDigest,
    /// Its size and time.
    pub stat: Stat,
}

impl Record {
    /// Whether a file that is now as `there` says can be taken for the one that was written. What this cannot
    /// see is a change that keeps the size and comes within one tick of the disk's clock: some milliseconds on
    /// the usual file systems, two seconds on FAT.
    pub fn stands(&self, there: Stat) -> bool {
        self.stat.mtime.is_some() && self.stat == there
    }
}

/// The files that Dateline has written to an output directory, by their paths relative to it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest(BTreeMap<Box<str>, Record>);

impl Manifest {
    /// The record of a file.
    pub fn get(&self, path: &str) -> Option<&Record> {
        self.0.get(path)
    }

    /// Every file, sorted by path.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Record)> {
        self.0.iter().map(|(path, record)| (&**path, record))
    }

    /// Whether there is a file somewhere below `folder`.
    pub fn has_below(&self, folder: &str) -> bool {
        let prefix = format!("{folder}/");
        let from = (Included(prefix.as_str()), Unbounded);
        self.0.range::<str, _>(from).next().is_some_and(|(path, _)| path.starts_with(&prefix))
    }

    /// Records one more file.
    pub fn insert(&mut self, path: Box<str>, record: Record) {
        self.0.insert(path, record);
    }

    /// Whether nothing was ever written.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What Dateline owns after a build that was stopped while it renamed: this manifest was valid before it,
    /// `pending` would have been after it, and `now` says what is on disk. What has taken its place is as it was
    /// announced; everything else is as it was before. A stranger's file at a path that was only announced
    /// stays a stranger's.
    #[must_use]
    pub fn merged(mut self, pending: Self, now: impl Fn(&str) -> Option<Stat>) -> Self {
        for (path, new) in pending.0 {
            let in_place = now(&path).is_some_and(|there| new.stands(there));
            match self.0.get_mut(&path) {
                // On a disk with a coarse clock both may have the same time; then only the bytes can tell.
                Some(old) if in_place && old.stat == new.stat && old.digest != new.digest => {
                    old.stat.mtime = None;
                }
                Some(old) if in_place => *old = new,
                None if in_place => self.insert(path, new),
                _ => {}
            }
        }
        self
    }
}

impl FromIterator<(Box<str>, Record)> for Manifest {
    fn from_iter<I: IntoIterator<Item = (Box<str>, Record)>>(records: I) -> Self {
        Self(records.into_iter().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(byte: u8, mtime: i64) -> Record {
        Record { digest: [byte; 16], stat: Stat { size: 1, mtime: Some(mtime) } }
    }

    fn manifest(records: &[(&str, Record)]) -> Manifest {
        records.iter().map(|(path, record)| ((*path).into(), *record)).collect()
    }

    #[test]
    fn what_took_its_place_is_owned_as_announced() {
        let before = manifest(&[("changed", record(1, 1)), ("kept", record(1, 1)), ("stale", record(1, 1))]);
        let pending = manifest(&[
            ("changed", record(2, 2)),
            ("kept", record(2, 2)),
            ("new", record(2, 2)),
            ("strange", record(2, 2)),
        ]);
        let disk = |path: &str| {
            let mtime = match path {
                "changed" | "new" => 2,
                "kept" | "stale" => 1,
                _ => 9,
            };
            Some(Stat { size: 1, mtime: Some(mtime) })
        };
        let after = [
            ("changed", record(2, 2)),
            ("kept", record(1, 1)),
            ("new", record(2, 2)),
            ("stale", record(1, 1)),
        ];
        assert_eq!(before.merged(pending, disk), manifest(&after));
    }

    #[test]
    fn where_times_cannot_tell_the_bytes_must() {
        let merged = manifest(&[("a", record(1, 1))])
            .merged(manifest(&[("a", record(2, 1))]), |_| Some(record(1, 1).stat));
        let record = merged.get("a").unwrap();
        assert!(!record.stands(record.stat));
    }

    #[test]
    fn a_folder_is_known_by_what_lies_below_it() {
        let manifest = manifest(&[("a-b", record(1, 1)), ("a/b/c", record(1, 1))]);
        assert!(manifest.has_below("a") && manifest.has_below("a/b"));
        assert!(!manifest.has_below("a/b/c") && !manifest.has_below("a-b") && !manifest.has_below("b"));
    }
}
