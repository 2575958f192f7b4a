//! What is in the output directory before a build: one walk, and no question to the disk about it afterwards.

use crate::cache::Stat;
use crate::cache::disk::Failure;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::ops::Bound::{Included, Unbounded};
use std::path::{Path, PathBuf};

/// Everything in the output directory, by path relative to it, with `/` between its parts.
#[derive(Debug, Default)]
pub(super) struct Survey(BTreeMap<String, Found>);

/// What stands at a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Found {
    /// A file.
    File(Stat),
    /// A link, a socket or the like: never Dateline's, and never followed.
    Other(Stat),
    /// A folder.
    Folder,
    /// A folder that could not be looked into, or `.git`, which is nobody's business.
    Closed,
}

impl Survey {
    /// Walks a directory. One that is not there is empty.
    pub(super) fn of(output: &Path) -> Result<Self, Failure> {
        match list(output, "") {
            Ok(found) => Ok(Self(found.into_iter().collect())),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Self::default()),
            Err(error) => Err(Failure::reading(output, error)),
        }
    }

    /// What stands at `path`.
    pub(super) fn get(&self, path: &str) -> Option<Found> {
        self.0.get(path).copied()
    }

    /// The size and time of the file at `path`.
    pub(super) fn file(&self, path: &str) -> Option<Stat> {
        match self.get(path) {
            Some(Found::File(stat)) => Some(stat),
            _ => None,
        }
    }

    /// Every file, sorted by path.
    pub(super) fn files(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter(|(_, found)| matches!(found, Found::File(_))).map(|(path, _)| path.as_str())
    }

    /// The folders that could not be looked into, sorted by path.
    pub(super) fn closed(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter(|(_, found)| matches!(found, Found::Closed)).map(|(path, _)| path.as_str())
    }

    /// Everything below `folder`, sorted by path.
    pub(super) fn below(&self, folder: &str) -> impl Iterator<Item = (&str, Found)> {
        let prefix = format!("{folder}/");
        let from = (Included(prefix.as_str()), Unbounded);
        let entries = self.0.range::<str, _>(from);
        entries
            .take_while(move |(path, _)| path.starts_with(&prefix))
            .map(|(path, found)| (path.as_str(), *found))
    }
}

/// Everything in a folder whose own path, where it has one, is `prefix` with a `/` behind it.
fn list(folder: &Path, prefix: &str) -> io::Result<Vec<(String, Found)>> {
    let mut here = Vec::new();
    let mut folders = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        // A name that is not UTF-8 is never planned; its likeness is enough to know that something is there.
        let path = format!("{prefix}{}", entry.file_name().to_string_lossy());
        let kind = entry.file_type()?;
        if kind.is_dir() {
            folders.push((path, entry.path()));
            continue;
        }
        match entry.metadata() {
            Ok(metadata) if kind.is_file() => here.push((path, Found::File(Stat::of(&metadata)))),
            Ok(metadata) => here.push((path, Found::Other(Stat::of(&metadata)))),
            // It went away while the folder was read.
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(error),
        }
    }
    let below: Vec<Vec<_>> = folders.into_par_iter().map(list_folder).collect();
    here.extend(below.into_iter().flatten());
    Ok(here)
}

fn list_folder((path, folder): (String, PathBuf)) -> Vec<(String, Found)> {
    let below = if path == ".git" { None } else { list(&folder, &format!("{path}/")).ok() };
    let found = if below.is_some() { Found::Folder } else { Found::Closed };
    let mut below = below.unwrap_or_default();
    below.push((path, found));
    below
}
