//! Documents that were read before, in this run or in an earlier one.

use super::model::{Article, Standing};
use crate::cache::Readings;
use crate::diagnostic::Diagnostic;
use crate::source::{self, SourceFile, Stamp};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::{HashMap, HashSet};
use std::ops::Range;
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
    /// Whether an earlier run keeps it as it is, in the part where it belongs.
    #[serde(skip)]
    pub(super) is_in_place: bool,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) enum Read {
    Article(Arc<Article>),
    Standing(Arc<Standing>),
    Broken,
}

/// A part of the library as it lies on disk: the stamps of files, and what they came to, in the order of their paths.
type Part<K> = Vec<(Arc<str>, Stamp, K)>;

/// What an earlier run kept, before it is held against the files that there are now.
#[derive(Debug, Default)]
pub struct Recollection(Vec<Recalled>);

/// A part that an earlier run kept.
#[derive(Debug)]
struct Recalled {
    name: String,
    part: Part<Kept>,
    /// Since when it was being read, by the disk's clock.
    since: i128,
}

impl Recollection {
    /// Loads all parts. It needs nothing but the disk, so that it can be done while files are looked for.
    pub fn load(readings: &Readings) -> Self {
        let load = |name: String| {
            let (part, since) = readings.load(&name)?;
            Some(Recalled { name, part, since })
        };
        let names = readings.parts().into_par_iter().filter(|name| name.starts_with(PREFIX));
        Self(names.filter_map(load).collect())
    }
}

impl Library {
    /// Every article that could be read, drafts among them, in the order of their paths.
    pub fn articles(&self) -> impl Iterator<Item = &Arc<Article>> {
        self.kept.iter().filter_map(|(_, kept)| match &kept.as_ref()?.read {
            Read::Article(article) => Some(article),
            Read::Standing(_) | Read::Broken => None,
        })
    }

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
    /// and had it for so long before they were read that no later change can have kept it.
    pub fn recall(recollection: Recollection, files: &[SourceFile]) -> Self {
        let parts: HashMap<String, Range<usize>> =
            parts(files).into_iter().map(|part| (part.name, part.places)).collect();
        let recall = |Recalled { name, part, since }: Recalled| {
            let first = part.first().map_or("", |(path, ..)| path);
            let mut places = (files.partition_point(|file| *file.path < *first)..files.len()).peekable();
            let own = parts.get(&name).cloned().unwrap_or_default();
            let mut found = Vec::with_capacity(part.len());
            for (path, stamp, kept) in part {
                while places.next_if(|place| files[*place].path < path).is_some() {}
                if let Some(place) = places.next_if(|place| files[*place].path == path)
                    && stamp == files[place].stamp
                    && stamp.is_settled_at(since)
                {
                    found.push((place, kept.recalled(&files[place].path, own.contains(&place))));
                }
            }
            found
        };
        let found: Vec<Vec<(usize, Kept)>> = recollection.0.into_par_iter().map(recall).collect();
        let mut kept: Vec<(Arc<str>, Option<Kept>)> =
            files.iter().map(|file| (file.path.clone(), None)).collect();
        for (place, known) in found.into_iter().flatten() {
            // A part from which a new one was split off still holds what is in that now.
            if known.is_in_place || kept[place].1.is_none() {
                kept[place].1 = Some(known);
            }
        }
        Self { kept }
    }

    /// Keeps what some files came to for the next run: the parts in which there is something new.
    pub fn keep(&self, readings: &Readings, files: &[SourceFile]) {
        if self.kept.iter().all(|(_, kept)| kept.as_ref().is_some_and(|kept| kept.is_in_place)) {
            return;
        }
        let parts = parts(files);
        let keep = |Share { name, places }: &Share| {
            let known = |place: usize| {
                let (path, kept) = self.kept.get(place)?;
                let file = &files[place];
                (*path == file.path).then_some((path.clone(), file.stamp, kept.as_ref()?))
            };
            let part: Part<&Kept> = places.clone().filter_map(known).collect();
            if part.iter().any(|(_, _, kept)| !kept.is_in_place) {
                readings.keep(name, &part);
            }
        };
        parts.par_iter().for_each(keep);
        let names: HashSet<&str> = parts.iter().map(|part| &*part.name).collect();
        readings.keep_only(|part| !part.starts_with(PREFIX) || names.contains(part));
    }
}

const PREFIX: &str = "documents-";

/// About how many documents are kept in one piece. One that changed is written again with those it lies among.
const PIECE: u16 = 512;

/// A part by its name, and the places of its files.
#[derive(Debug, PartialEq)]
struct Share {
    name: String,
    places: Range<usize>,
}

/// How some files, which come in the order of their paths, are shared out among parts.
///
/// A part is a run of neighbours, which lie next to each other in memory too. It begins at a file whose path has a digest
/// of a certain form, and is called by that: where a file comes or goes, all others stay in their parts, but for those
/// that one which began a part leaves to the part before.
fn parts(files: &[SourceFile]) -> Vec<Share> {
    let name = |(place, file): (usize, &SourceFile)| {
        let digest = source::digest(file.path.as_bytes());
        let begins = u16::from_le_bytes([digest[0], digest[1]]).is_multiple_of(PIECE);
        if place == 0 {
            // Whichever file that is.
            Some((place, format!("{PREFIX}first")))
        } else {
            let name = || digest[2..10].iter().map(|byte| format!("{byte:02x}")).collect::<String>();
            begins.then(|| (place, format!("{PREFIX}{}", name())))
        }
    };
    let begun: Vec<(usize, String)> = files.par_iter().enumerate().filter_map(name).collect();
    let ends: Vec<usize> = begun.iter().skip(1).map(|(place, _)| *place).chain([files.len()]).collect();
    begun.into_iter().zip(ends).map(|((start, name), end)| Share { name, places: start..end }).collect()
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
    fn recalled(mut self, path: &Arc<str>, is_in_place: bool) -> Self {
        self.is_in_place = is_in_place;
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

#[cfg(test)]
mod tests {
    use super::*;

    fn files(numbers: impl IntoIterator<Item = usize>) -> Vec<SourceFile> {
        let file =
            |number| SourceFile { path: format!("content/{number:06}.md").into(), stamp: Stamp::default() };
        numbers.into_iter().map(file).collect()
    }

    /// Each part's name, and the files in it.
    fn shared_out(files: &[SourceFile]) -> HashMap<String, Vec<Arc<str>>> {
        let paths = |places: Range<usize>| files[places].iter().map(|file| file.path.clone()).collect();
        parts(files).into_iter().map(|part| (part.name, paths(part.places))).collect()
    }

    #[test]
    fn every_file_is_in_one_part_and_parts_are_small() {
        assert_eq!(parts(&[]), []);
        let files = files(0..20_000);
        let parts = parts(&files);
        let places: Vec<usize> = parts.iter().flat_map(|part| part.places.clone()).collect();
        assert_eq!(places, (0..files.len()).collect::<Vec<_>>());
        assert!((20..80).contains(&parts.len()), "{} parts", parts.len());
        assert_eq!(shared_out(&files).len(), parts.len(), "two parts have one name");
    }

    #[test]
    fn what_a_new_part_took_over_is_kept_once() {
        let site = tempfile::tempdir().unwrap();
        let readings = Readings::begin(site.path(), &source::Digest::default());
        let all = files(0..5_000);
        let begins = parts(&all)[1].places.start;
        let keep = |mut library: Library, files: &[SourceFile]| {
            for (_, kept) in &mut library.kept {
                let new = || Kept { read: Read::Broken, problems: Vec::new(), is_in_place: false };
                kept.get_or_insert_with(new);
            }
            library.keep(&readings, files);
        };
        for files in [&files((0..5_000).filter(|number| *number != begins))[..], &all] {
            keep(Library::recall(Recollection::load(&readings), files), files);
        }
        for is_reversed in [false, true] {
            let mut recollection = Recollection::load(&readings);
            recollection.0.sort_by(|a, b| a.name.cmp(&b.name));
            assert!(recollection.0.iter().map(|part| part.part.len()).sum::<usize>() > all.len());
            if is_reversed {
                recollection.0.reverse();
            }
            let recalled = Library::recall(recollection, &all).kept;
            assert!(recalled.iter().all(|(_, kept)| kept.as_ref().is_some_and(|kept| kept.is_in_place)));
        }
    }

    #[test]
    fn a_file_that_comes_or_goes_changes_two_parts_at_most() {
        let parts = parts(&files(0..5_000));
        let all = shared_out(&files(0..5_000));
        let near =
            parts.iter().flat_map(|part| [part.places.start, part.places.start + 1, part.places.end - 1]);
        for gone in near {
            let others = shared_out(&files((0..5_000).filter(|number| *number != gone)));
            let changed = all.iter().filter(|(name, paths)| others.get(*name) != Some(*paths)).count();
            assert!((1..=2).contains(&changed), "without {gone}, {changed} parts are others");
        }
    }
}
