//! Plan, manifest and survey compared: what must be made, what must go, and what stands in the way.
//!
//! Nothing is changed here. What is found makes no difference between a cold build and a warm one: a cold one
//! has an empty manifest.

use super::bytes::is_as_recorded;
use super::found::Found;
use super::listing::Listing;
use super::outline::{File, Folder, Outline};
use super::place::Place;
use super::problem;
use super::survey::Survey;
use crate::cache::{Manifest, Record, Stat};
use crate::diagnostic::Diagnostic;
use std::collections::{BTreeMap, HashSet};

/// What has to happen to the output besides the writing of pages.
#[derive(Debug)]
pub(super) struct Layout<'a> {
    /// Every path that is planned or known, and every folder some page lies in.
    pub(super) outline: &'a Outline<'a>,
    /// Of each folder of the outline: the outermost folder around it that has to be made, which may be itself. That one
    /// takes its place with all that is in it.
    pub(super) new_with: Vec<Option<usize>>,
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
    /// Lays out what is planned over what is there.
    pub(super) fn new(survey: &'a Survey<'a>, known: &Manifest, place: &Place) -> Self {
        let outline = &survey.outline;
        let wrong = outline.wrong.iter().map(|(path, wrong)| problem::wrong_path(path, *wrong));
        let mut layout = Self {
            outline,
            new_with: vec![None; outline.folders.len()],
            first: Vec::new(),
            last: Vec::new(),
            foreign: Vec::new(),
            problems: wrong.collect(),
        };
        let no_longer = survey.all_files().filter(|(file, _)| !file.planned);
        let with_fate =
            no_longer.filter_map(|(file, found)| Some((file.path, fate(file, file.record?, found, place))));
        let stale: BTreeMap<&str, Fate> = with_fate.collect();
        layout.lay_folders(&stale, survey, place);
        // What Dateline wrote there can neither be looked at nor removed, and must not be forgotten for that.
        let closed = survey.all_folders().filter(|(_, found)| *found == Some(Found::Closed));
        let closed = closed.filter(|(folder, _)| folder.needed || folder.known);
        layout.problems.extend(closed.map(|(folder, _)| problem::closed_folder(place, folder.path)));
        for (file, found) in survey.all_files() {
            if file.planned && matches!(found, Some(Found::Folder | Found::Closed)) {
                layout.problems.extend(folder_in_the_way(file.path, &stale, known, place));
            }
        }
        for (path, fate) in stale {
            let in_the_way =
                outline.is_needed(path) || ancestors(path).any(|folder| outline.is_planned(folder));
            match fate {
                Fate::Goes(there) if in_the_way => layout.first.push(Gone { path: path.to_owned(), there }),
                Fate::Goes(there) => layout.last.push(Gone { path: path.to_owned(), there }),
                Fate::Changed if in_the_way => {}
                Fate::Changed => layout.problems.push(problem::changed_and_kept(place, path)),
            }
        }
        layout
    }

    fn lay_folders(&mut self, stale: &BTreeMap<&str, Fate>, survey: &Survey<'a>, place: &Place) {
        let needed = self.outline.folders.iter().enumerate().skip(1).filter(|(_, folder)| folder.needed);
        for (number, Folder { path, parent, .. }) in needed {
            if self.new_with[*parent].is_some() {
                self.new_with[number] = self.new_with[*parent];
                continue;
            }
            match survey.folder(number) {
                Some(Found::Folder | Found::Closed) => {}
                None => self.new_with[number] = Some(number),
                Some(Found::File(stat) | Found::Other(stat)) => {
                    self.new_with[number] = Some(number);
                    match stale.get(path) {
                        Some(Fate::Goes(_)) => {}
                        _ if place.adopt => {
                            self.first.push(Gone { path: (*path).to_owned(), there: Some(stat) });
                        }
                        _ => self.foreign.push((*path).to_owned()),
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

fn fate(file: &File<'_>, record: &Record, found: Option<Found>, place: &Place) -> Fate {
    match found {
        None | Some(Found::Folder | Found::Closed) => Fate::Goes(None),
        Some(Found::File(there)) if is_as_recorded(record, there, place, file.path) => {
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
    place: &Place,
) -> Option<Diagnostic> {
    let stays = |(path, found): &(&str, Found)| match found {
        Found::File(_) | Found::Other(_) => !matches!(stale.get(path), Some(Fate::Goes(_))),
        // An empty folder is Dateline's where it has once written below it.
        Found::Folder => !known.has_below(path),
        Found::Closed => true,
    };
    let listing = Listing::of_folder(&place.output, path);
    let (itself, inside): (Vec<_>, Vec<_>) = listing.iter().filter(stays).partition(|(at, _)| *at == path);
    let inside: Vec<&str> = inside.into_iter().map(|(path, _)| path).collect();
    (!inside.is_empty() || !itself.is_empty()).then(|| problem::foreign_folder(place, path, &inside))
}
