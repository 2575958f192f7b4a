//! Plan, manifest and survey compared: what must be made, what must go, and what stands in the way.
//!
//! Nothing is changed here. What is found makes no difference between a cold build and a warm one: a cold one
//! has an empty manifest.

use super::bytes::is_as_recorded;
use super::place::Place;
use super::problem;
use super::survey::{Found, Survey};
use crate::cache::{Manifest, Record, Stat};
use crate::diagnostic::Diagnostic;
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// What has to happen to the output besides the writing of pages.
#[derive(Debug, Default)]
pub(super) struct Layout<'a> {
    /// Every folder some page lies in.
    pub(super) needed: HashSet<&'a str>,
    /// The folders to make before the pages are rendered, parents first.
    pub(super) folders: Vec<&'a str>,
    /// The folders that can only be made once what stands in their place has gone, parents first.
    pub(super) later: BTreeSet<&'a str>,
    /// What goes before the pages take their places, to make room for them.
    pub(super) first: Vec<Gone>,
    /// What goes after that.
    pub(super) last: Vec<Gone>,
    /// Files of strangers that stand where a folder is needed.
    pub(super) foreign: Vec<String>,
    /// Errors and warnings.
    pub(super) problems: Vec<Diagnostic>,
}

/// A file that is to go, or is already gone; the folders it leaves empty go with it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Gone {
    pub(super) path: String,
    /// The size and time it has, if it is there.
    pub(super) there: Option<Stat>,
}

/// What became of a file that Dateline wrote and no longer plans.
#[derive(Debug, Clone, Copy)]
enum Fate {
    /// It can go, or is gone.
    Goes(Option<Stat>),
    /// Someone changed it, so that it is no longer Dateline's.
    Changed,
}

impl<'a> Layout<'a> {
    /// Lays out the plan `paths` over what is there.
    pub(super) fn new(paths: &[&'a str], known: &'a Manifest, survey: &Survey, place: &Place) -> Self {
        let planned: HashSet<&str> = paths.iter().copied().collect();
        let needed = parents(paths.iter().copied());
        let mut layout = Self { problems: problem::bad_paths(paths, &needed), needed, ..Self::default() };
        let no_longer = known.iter().filter(|(path, _)| !planned.contains(path));
        let stale: BTreeMap<&str, Fate> =
            no_longer.map(|(path, record)| (path, fate(path, record, survey, place))).collect();
        layout.lay_folders(&stale, survey, place);
        // What Dateline wrote there can neither be looked at nor removed, and must not be forgotten for that.
        let closed =
            survey.closed().filter(|folder| layout.needed.contains(folder) || known.has_below(folder));
        layout.problems.extend(closed.map(|folder| problem::closed_folder(place, folder)));
        for path in paths {
            if let Some(Found::Folder | Found::Closed) = survey.get(path) {
                layout.problems.extend(folder_in_the_way(path, &stale, known, survey, place));
            }
        }
        for (path, fate) in stale {
            let in_the_way =
                layout.needed.contains(path) || ancestors(path).any(|folder| planned.contains(folder));
            match fate {
                Fate::Goes(there) if in_the_way => layout.first.push(Gone { path: path.to_owned(), there }),
                Fate::Goes(there) => layout.last.push(Gone { path: path.to_owned(), there }),
                Fate::Changed if in_the_way => {}
                Fate::Changed => layout.problems.push(problem::changed_and_kept(place, path)),
            }
        }
        layout
    }

    fn lay_folders(&mut self, stale: &BTreeMap<&str, Fate>, survey: &Survey, place: &Place) {
        let mut needed: Vec<&str> = self.needed.iter().copied().collect();
        needed.sort_unstable();
        for folder in needed {
            if parent(folder).is_some_and(|parent| self.later.contains(parent)) {
                self.later.insert(folder);
                continue;
            }
            match survey.get(folder) {
                Some(Found::Folder | Found::Closed) => {}
                None => self.folders.push(folder),
                Some(Found::File(stat) | Found::Other(stat)) => {
                    self.later.insert(folder);
                    match stale.get(folder) {
                        Some(Fate::Goes(_)) => {}
                        _ if place.adopt => {
                            self.first.push(Gone { path: folder.to_owned(), there: Some(stat) });
                        }
                        _ => self.foreign.push(folder.to_owned()),
                    }
                }
            }
        }
    }
}

/// The folder a path lies in; `None` where that is the output itself.
pub(super) fn parent(path: &str) -> Option<&str> {
    path.rsplit_once('/').map(|(parent, _)| parent)
}

/// Every folder that one of `paths` lies in, but for the output itself.
pub(super) fn parents<'a>(paths: impl Iterator<Item = &'a str>) -> HashSet<&'a str> {
    let mut folders = HashSet::new();
    for path in paths {
        for folder in ancestors(path) {
            if !folders.insert(folder) {
                break;
            }
        }
    }
    folders
}

fn ancestors(path: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(parent(path), |folder| parent(folder))
}

fn fate(path: &str, record: &Record, survey: &Survey, place: &Place) -> Fate {
    match survey.get(path) {
        None | Some(Found::Folder | Found::Closed) => Fate::Goes(None),
        Some(Found::File(there)) if is_as_recorded(record, there, &place.file(path)) => {
            Fate::Goes(Some(there))
        }
        Some(Found::File(_) | Found::Other(_)) => Fate::Changed,
    }
}

/// The error where a file is planned and a folder stands that will not be empty in time.
fn folder_in_the_way(
    path: &str,
    stale: &BTreeMap<&str, Fate>,
    known: &Manifest,
    survey: &Survey,
    place: &Place,
) -> Option<Diagnostic> {
    let stays = |(path, found): &(&str, Found)| match found {
        Found::File(_) | Found::Other(_) => !matches!(stale.get(path), Some(Fate::Goes(_))),
        // An empty folder is Dateline's where it has once written below it.
        Found::Folder => !known.has_below(path),
        Found::Closed => true,
    };
    let itself = (path, survey.get(path)?);
    let staying: Vec<&str> = survey.below(path).filter(stays).map(|(path, _)| path).collect();
    (!staying.is_empty() || stays(&itself)).then(|| problem::foreign_folder(place, path, &staying))
}
