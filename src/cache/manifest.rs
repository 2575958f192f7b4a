//! The manifest: every file Dateline has written to an output directory, and how to tell that it is still there.

use crate::packed::Texts;
use serde::de::{Error, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::fs::Metadata;
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

/// The first half of a digest: enough to tell the pages of any site apart.
pub fn half(digest: &blake3::Hash) -> PageDigest {
    let mut half = PageDigest::default();
    half.copy_from_slice(&digest.as_bytes()[..16]);
    half
}

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
///
/// They lie in one piece, sorted by path: that of a large site is read and written in some milliseconds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Manifest {
    paths: Texts,
    records: Vec<Record>,
}

impl Manifest {
    /// The record of a file.
    pub fn get(&self, path: &str) -> Option<&Record> {
        let place = self.paths.first_from(path);
        (place < self.len() && self.paths.get(place) == path).then(|| &self.records[place])
    }

    /// Every file, sorted by path.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Record)> {
        self.paths.iter().zip(&self.records)
    }

    /// Whether there is a file somewhere below `folder`.
    pub fn has_below(&self, folder: &str) -> bool {
        let prefix = format!("{folder}/");
        let place = self.paths.first_from(&prefix);
        place < self.len() && self.paths.get(place).starts_with(&prefix)
    }

    /// How many files there are.
    pub fn len(&self) -> usize {
        self.records.len()
    }

    /// Whether nothing was ever written.
    pub fn is_empty(&self) -> bool {
        self.records.is_empty()
    }

    /// What Dateline owns after a build that was stopped while it renamed: this manifest was valid before it,
    /// `pending` would have been after it, and `now` says what is on disk. What has taken its place is as it was
    /// announced; everything else is as it was before. A stranger's file at a path that was only announced
    /// stays a stranger's.
    #[must_use]
    pub fn merged(&self, pending: &Self, now: impl Fn(&str) -> Option<Stat>) -> Self {
        let in_place = |(path, new): &(&str, &Record)| now(path).is_some_and(|there| new.stands(there));
        let taken = pending.iter().filter(in_place).map(|(path, new)| {
            let mut record = *new;
            // On a disk with a coarse clock both may have the same time; then only the bytes can tell.
            if let Some(old) = self.get(path).filter(|old| old.stat == new.stat && old.digest != new.digest) {
                record = *old;
                record.stat.mtime = None;
            }
            (path, record)
        });
        self.with(taken)
    }

    /// The same with other records for some files, or with some files more.
    #[must_use]
    pub fn with<'a>(&'a self, others: impl IntoIterator<Item = (&'a str, Record)>) -> Self {
        self.iter().map(|(path, record)| (path, *record)).chain(others).collect()
    }

    /// Adds a file whose path comes behind all others.
    fn push(&mut self, path: &str, record: Record) {
        self.paths.push(path);
        self.records.push(record);
    }
}

/// Of several records for one path the last counts.
impl<'a> FromIterator<(&'a str, Record)> for Manifest {
    fn from_iter<I: IntoIterator<Item = (&'a str, Record)>>(records: I) -> Self {
        let mut records: Vec<(&str, Record)> = records.into_iter().collect();
        records.sort_by_key(|(path, _)| *path);
        let mut manifest = Self::default();
        for run in records.chunk_by(|(one, _), (other, _)| one == other) {
            if let Some((path, record)) = run.last() {
                manifest.push(path, *record);
            }
        }
        manifest
    }
}

impl Serialize for Manifest {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter())
    }
}

impl<'de> Deserialize<'de> for Manifest {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Files;
        impl<'de> Visitor<'de> for Files {
            type Value = Manifest;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("files, sorted by path")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut files: A) -> Result<Manifest, A::Error> {
                let mut manifest = Manifest::default();
                while let Some((path, record)) = files.next_entry::<&str, Record>()? {
                    if manifest.len().checked_sub(1).is_some_and(|last| manifest.paths.get(last) >= path) {
                        return Err(A::Error::custom("the files are not sorted"));
                    }
                    manifest.push(path, record);
                }
                Ok(manifest)
            }
        }
        deserializer.deserialize_map(Files)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(byte: u8, mtime: i64) -> Record {
        Record { digest: [byte; 16], stat: Stat { size: 1, mtime: Some(mtime) } }
    }

    fn manifest(records: &[(&str, Record)]) -> Manifest {
        records.iter().copied().collect()
    }

    /// Its format is one that every Dateline reads: one that cannot finds all pages of a site strange.
    #[test]
    fn it_lies_on_disk_as_it_always_did() {
        let manifest = manifest(&[("a", record(7, 5)), ("a/index.html", record(8, -1))]);
        let record = |byte: u8, mtime: u8| [&[byte; 16][..], &[1, 1, mtime]].concat();
        let bytes = [&[2, 1][..], b"a", &record(7, 10), &[12], b"a/index.html", &record(8, 1)].concat();
        assert_eq!(postcard::to_stdvec(&manifest), Ok(bytes.clone()));
        assert_eq!(postcard::from_bytes::<Manifest>(&bytes), Ok(manifest));
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
        assert_eq!(before.merged(&pending, disk), manifest(&after));
    }

    #[test]
    fn where_times_cannot_tell_the_bytes_must() {
        let merged = manifest(&[("a", record(1, 1))])
            .merged(&manifest(&[("a", record(2, 1))]), |_| Some(record(1, 1).stat));
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
