//! Everything that is in a folder of the output, listed: for what may be anywhere, or is not Dateline's.

use super::found::Found;
use crate::cache::Stat;
use crate::cache::disk::Failure;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Everything in a folder, by path relative to the output directory, with `/` between its parts.
#[derive(Debug, Default)]
pub(super) struct Listing(BTreeMap<String, Found>);

impl Listing {
    /// Walks the output directory. One that is not there is empty.
    pub(super) fn of(output: &Path) -> Result<Self, Failure> {
        match list(output, "") {
            Ok(found) => Ok(Self(found.into_iter().collect())),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Self::default()),
            Err(error) => Err(Failure::reading(output, error)),
        }
    }

    /// Walks a folder in it, whose own path is an entry too.
    pub(super) fn of_folder(output: &Path, folder: &str) -> Self {
        Self(list_folder((folder.to_owned(), output.join(folder))).into_iter().collect())
    }

    /// The size and time of the file at `path`.
    pub(super) fn file(&self, path: &str) -> Option<Stat> {
        match self.0.get(path) {
            Some(Found::File(stat)) => Some(*stat),
            _ => None,
        }
    }

    /// Everything, sorted by path.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, Found)> {
        self.0.iter().map(|(path, found)| (path.as_str(), *found))
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
