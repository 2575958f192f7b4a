//! What was read before, in this run or in an earlier one.

use crate::article::{Article, Library, Recollection};
use crate::cache::Readings;
use crate::config::Overrides;
use crate::picture::{Picture, Pictures};
use crate::source::{self, Digest, Digests, SETTINGS, SourceFile, SourceTree, Stamp};
use crate::stopwatch::{Phase, Stopwatch};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

/// What was read before, so that whoever prepares a site again reads only what changed. It belongs to one folder.
///
/// What is kept follows from the files' bytes and the settings, and never from the time or from what is shown. Whoever
/// sees that a file changed says so with [`Memory::forget`]; a run that begins with an empty memory reads everything.
#[derive(Debug, Default)]
pub struct Memory {
    settings: Option<String>,
    /// The digest of what the settings were read from.
    read_from: Digest,
    pub(super) tree: Option<SourceTree>,
    pub(super) library: Library,
    pub(super) pictures: Pictures,
    pub(super) digests: Arc<Digests>,
    /// What earlier runs kept, if it is to be believed.
    earlier: Earlier,
}

/// Whether what earlier runs kept is used.
#[derive(Debug, Default)]
enum Earlier {
    /// It is not, and nothing is kept for later ones.
    #[default]
    Ignored,
    /// It is not, but what is read is kept for later ones.
    Distrusted,
    /// It is, and has not been asked for yet.
    Wanted,
    /// It was asked for, and this is what is kept of the files that are published as they are.
    Recalled(Readings, BTreeMap<Box<str>, FileReading>),
}

/// What was read of a file that is published as it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct FileReading {
    stamp: Stamp,
    digest: Option<Digest>,
    picture: Option<Picture>,
}

/// The part of [`Readings`] that holds files.
const FILES: &str = "files";

impl Memory {
    /// One that begins with what earlier runs kept of files that are still the same.
    pub fn of_earlier_runs() -> Self {
        Self { earlier: Earlier::Wanted, ..Self::default() }
    }

    /// One that reads everything, and keeps it for later runs.
    pub fn to_be_kept() -> Self {
        Self { earlier: Earlier::Distrusted, ..Self::default() }
    }

    /// Gets ready for a run with some settings, whose digest is the answer: other settings than before make it forget all
    /// but which files there are.
    pub(super) fn open(
        &mut self,
        root: &Path,
        settings: String,
        overrides: &Overrides,
        stopwatch: &Stopwatch,
    ) -> Digest {
        let read_from = source::digest(format!("{overrides:?}\n{settings}").as_bytes());
        if self.settings.as_ref() != Some(&settings) || self.read_from != read_from {
            // What was recalled belongs to the settings before.
            let earlier = match std::mem::take(&mut self.earlier) {
                Earlier::Recalled(..) => Earlier::Distrusted,
                other => other,
            };
            let tree = self.tree.take();
            *self = Self { settings: Some(settings), read_from, tree, earlier, ..Self::default() };
        }
        let is_wanted = matches!(self.earlier, Earlier::Wanted);
        // They come before anything is looked at: their time is what the files' times are held against.
        let readings = (is_wanted || matches!(self.earlier, Earlier::Distrusted))
            .then(|| Readings::begin(root, &read_from));
        let known_tree = self.tree.take();
        let walk = || stopwatch.time(Phase::Walk, SourceTree::len, || SourceTree::scan(root));
        let recall =
            |readings: &Readings| stopwatch.time(Phase::Recall, |_| 0, || Recollection::load(readings));
        // The disk is asked for both at once: what was kept is held against the files when these are known.
        let (tree, recollection) = rayon::join(
            || known_tree.unwrap_or_else(walk),
            || readings.as_ref().filter(|_| is_wanted).map(recall),
        );
        let tree = &*self.tree.insert(tree);
        let Some(readings) = readings else { return read_from };
        let mut known = BTreeMap::new();
        if let Some(recollection) = recollection {
            let count = |_: &Library| tree.documents.len();
            self.library =
                stopwatch.time(Phase::Recall, count, || Library::recall(recollection, &tree.documents));
            let (files, since): (Vec<(Box<str>, FileReading)>, _) = readings.load(FILES).unwrap_or_default();
            for (path, reading) in files {
                if tree.stamp(&path) == Some(reading.stamp) && reading.stamp.is_settled_at(since) {
                    if let Some(digest) = reading.digest {
                        self.digests.add(&path, digest);
                    }
                    if let Some(picture) = &reading.picture {
                        self.pictures.add(&path, picture.clone());
                    }
                    known.insert(path, reading);
                }
            }
        }
        self.earlier = Earlier::Recalled(readings, known);
        read_from
    }

    /// Keeps what was read for later runs, where it is new.
    pub fn keep(&self) {
        let (Earlier::Recalled(readings, known), Some(tree)) = (&self.earlier, &self.tree) else { return };
        self.library.keep(readings, &tree.documents);
        let reading = |file: &SourceFile| {
            let (digest, picture) = (self.digests.known(&file.path), self.pictures.get(&file.path).cloned());
            let is_known = digest.is_some() || picture.is_some();
            is_known.then(|| ((*file.path).into(), FileReading { stamp: file.stamp, digest, picture }))
        };
        let files: Vec<(Box<str>, FileReading)> =
            tree.attachments.iter().chain(&tree.statics).filter_map(reading).collect();
        if files.iter().any(|(path, reading)| known.get(path) != Some(reading)) {
            readings.keep(FILES, &files);
        }
    }

    /// Forgets what lies at and below some paths, relative to the site's root, so that it is read again.
    ///
    /// A file that is named is forgotten though its stamp be the same. The answer are the files that differ by theirs.
    pub fn forget<'a>(&mut self, paths: impl IntoIterator<Item = &'a str>) -> Vec<Box<str>> {
        let Some(tree) = &mut self.tree else { return Vec::new() };
        let paths: Vec<&str> = paths.into_iter().collect();
        let changed = tree.refresh(paths.iter().copied());
        for path in changed.iter().map(AsRef::as_ref).chain(paths) {
            self.library.forget(path);
            self.pictures.forget(path);
            self.digests.forget(path);
        }
        changed
    }

    /// Looks at every file of the site in `root` again, and forgets those that changed, which are the answer.
    pub fn forget_what_changed(&mut self, root: &Path) -> Vec<Box<str>> {
        self.look_again(root, &source::INPUTS)
    }

    /// Looks again at what is a link, or lies where one leads, and forgets what changed, which is the answer.
    pub fn forget_changed_links(&mut self, root: &Path) -> Vec<Box<str>> {
        let links = self.tree.as_ref().map(|tree| tree.links.clone()).unwrap_or_default();
        self.look_again(root, &links.iter().map(AsRef::as_ref).collect::<Vec<_>>())
    }

    fn look_again(&mut self, root: &Path, paths: &[&str]) -> Vec<Box<str>> {
        let mut changed = self.forget(paths.iter().copied());
        if source::read_settings(root).ok() != self.settings {
            changed.push(SETTINGS.into());
        }
        changed
    }

    /// Whether there are links among the files of the site in `root`.
    pub fn has_links(&self, root: &Path) -> bool {
        source::is_link(root, SETTINGS) || self.tree.as_ref().is_some_and(|tree| !tree.links.is_empty())
    }

    /// The files of the site, once it has been prepared.
    pub fn tree(&self) -> Option<&SourceTree> {
        self.tree.as_ref()
    }

    /// Every article of the site, once it has been prepared: those that readers do not see, too.
    pub fn articles(&self) -> impl Iterator<Item = &Arc<Article>> {
        self.library.articles()
    }

    /// Whether a path is that of a file that a site is made from.
    pub fn has(&self, path: &str) -> bool {
        path == SETTINGS || self.tree.as_ref().is_some_and(|tree| tree.stamp(path).is_some())
    }

    /// Whether one of the files of the site in `root` is there and has no bytes: an editor may be about to write it.
    pub fn is_empty_file(&self, root: &Path, path: &str) -> bool {
        if path == SETTINGS {
            return source::read_settings(root).is_ok_and(|text| text.is_empty());
        }
        self.tree.as_ref().is_some_and(|tree| tree.stamp(path).is_some_and(|stamp| stamp.size == 0))
    }
}
