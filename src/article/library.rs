//! Documents that were read before, in this run or in an earlier one.

use super::model::{Article, Standing};
use crate::cache::Readings;
use crate::diagnostic::Diagnostic;
use crate::source::{self, SourceFile, Stamp};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::sync::Arc;

/// Documents that were read before, by file. What is kept follows from a file, the names of the files in its bundle,
/// and the settings: whoever sees that a file changed has it forgotten, and other settings begin with an empty library.
#[derive(Debug, Default)]
pub struct Library {
    /// In the order of the files' paths; `None` for what was forgotten.
    pub(super) kept: Vec<(Arc<str>, Option<Kept>)>,
}

/// What a file came to.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Kept {
    pub(super) read: Read,
    pub(super) problems: Vec<Diagnostic>,
    /// Whether it comes from an earlier run, and is kept there as it is.
    #[serde(skip)]
    pub(super) is_recalled: bool,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) enum Read {
    Article(Arc<Article>),
    Standing(Arc<Standing>),
    Broken,
}

/// A part of the library as it lies on disk: the stamps of files, and what they came to, in the order of their paths.
type Part<K> = Vec<(Arc<str>, Stamp, K)>;

/// What an earlier run kept, before it is held against the files that there are now: each part by its name, and when it
/// was written.
#[derive(Debug, Default)]
pub struct Recollection(HashMap<String, (Part<Kept>, i128)>);

impl Recollection {
    /// Loads all parts. It needs nothing but the disk, so that it can be done while files are looked for.
    pub fn load(readings: &Readings) -> Self {
        let names = readings.parts().into_par_iter().filter(|name| name.starts_with(PREFIX));
        Self(names.filter_map(|name| Some((name.clone(), readings.load(&name)?))).collect())
    }
}

impl Library {
    /// Forgets a file, so that it is read again.
    pub fn forget(&mut self, path: &str) {
        if let Ok(at) = self.kept.binary_search_by(|(known, _)| (**known).cmp(path)) {
            self.kept[at].1 = None;
        }
    }

    /// Makes room for each of some files, which come in the order of their paths, and forgets all others. Both lists
    /// are gone through side by side: looking each file up takes longer than all else where nothing changed.
    pub(super) fn align(&mut self, files: &[SourceFile]) {
        let mut known = std::mem::take(&mut self.kept).into_iter().peekable();
        let take = |file: &SourceFile| {
            while known.next_if(|(path, _)| *path != file.path && *path < file.path).is_some() {}
            known.next_if(|(path, _)| *path == file.path).unwrap_or_else(|| (file.path.clone(), None))
        };
        self.kept = files.iter().map(take).collect();
    }

    /// What an earlier run kept of some files, which come in the order of their paths: of those that have the same stamp,
    /// and had it for so long that no later change can have kept it.
    pub fn recall(mut recollection: Recollection, files: &[SourceFile]) -> Self {
        let parts = parts(files);
        let count = parts.len();
        let parts: Vec<_> = (0..)
            .zip(parts)
            .filter_map(|(number, places)| Some((places, recollection.0.remove(&name(count, number))?)))
            .collect();
        let recall = |(places, (known, written)): (Vec<usize>, (Part<Kept>, i128))| {
            let mut known = known.into_iter().peekable();
            let mut found = Vec::with_capacity(places.len());
            for place in places {
                let file = &files[place];
                while known.next_if(|(path, ..)| *path < file.path).is_some() {}
                if let Some((_, stamp, kept)) = known.next_if(|(path, ..)| *path == file.path)
                    && stamp == file.stamp
                    && stamp.is_settled_at(written)
                {
                    found.push((place, kept.recalled(&file.path)));
                }
            }
            found
        };
        let found: Vec<Vec<(usize, Kept)>> = parts.into_par_iter().map(recall).collect();
        let mut kept: Vec<(Arc<str>, Option<Kept>)> =
            files.iter().map(|file| (file.path.clone(), None)).collect();
        for (place, known) in found.into_iter().flatten() {
            kept[place].1 = Some(known);
        }
        Self { kept }
    }

    /// Keeps what some files came to for the next run: the parts in which there is something new.
    pub fn keep(&self, readings: &Readings, files: &[SourceFile]) {
        if self.kept.iter().all(|(_, kept)| kept.as_ref().is_some_and(|kept| kept.is_recalled)) {
            return;
        }
        let parts = parts(files);
        let count = parts.len();
        let keep = |(number, places): (usize, Vec<usize>)| {
            let known = |place: usize| {
                let (path, kept) = self.kept.get(place)?;
                let file = &files[place];
                (*path == file.path).then_some((path.clone(), file.stamp, kept.as_ref()?))
            };
            let part: Part<&Kept> = places.into_iter().filter_map(known).collect();
            if part.iter().any(|(_, _, kept)| !kept.is_recalled) {
                readings.keep(&name(count, number), &part);
            }
        };
        parts.into_par_iter().enumerate().for_each(keep);
        let names: Vec<String> = (0..count).map(|number| name(count, number)).collect();
        readings.keep_only(|part| !part.starts_with(PREFIX) || names.iter().any(|name| name == part));
    }
}

const PREFIX: &str = "documents-";

/// The name of a part of so many.
fn name(count: usize, number: usize) -> String {
    format!("{PREFIX}{count}-{number}")
}

/// Up to how many documents are kept in one piece. One that changed is written again with those it lies among.
const PIECE: usize = 2048;

/// The places of some files, shared out among parts by what the files are called: where one comes or goes, all others
/// stay in their parts.
fn parts(files: &[SourceFile]) -> Vec<Vec<usize>> {
    // A site that grows has other parts when it has twice as many files, and not before.
    let count = (files.len() / PIECE + 1).next_power_of_two().min(256);
    let mut parts = vec![Vec::new(); count];
    for (place, file) in files.iter().enumerate() {
        let part = if count == 1 { 0 } else { usize::from(source::digest(file.path.as_bytes())[0]) % count };
        parts[part].push(place);
    }
    parts
}

impl Kept {
    /// Whether the names of the files in the document's bundle, from which it follows too, are still these.
    pub(super) fn is_with(&self, bundle: Option<&[Box<str>]>) -> bool {
        match (&self.read, bundle) {
            (Read::Broken, _) => false,
            (Read::Article(_) | Read::Standing(_), None) => true,
            (Read::Article(article), Some(bundle)) => article.document.bundle == bundle,
            (Read::Standing(standing), Some(bundle)) => standing.document.bundle == bundle,
        }
    }

    /// As it comes back from an earlier run: what it lacks is where it lies.
    fn recalled(mut self, path: &Arc<str>) -> Self {
        self.is_recalled = true;
        let document = match &mut self.read {
            Read::Article(article) => Arc::get_mut(article).map(|article| &mut article.document),
            Read::Standing(standing) => Arc::get_mut(standing).map(|standing| &mut standing.document),
            Read::Broken => None,
        };
        if let Some(document) = document {
            document.source = path.clone();
        }
        self
    }
}
