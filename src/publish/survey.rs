//! What is in the output directory before a build, as far as the build has to do with it.
//!
//! Files are asked for one by one, and folders are listed only where folders are wanted in them: most hold one page and
//! nothing else, and to list each would be three times the work. What a listing says of a folder's kind need not be asked for.
//! A folder to which something new belongs is listed too: on a file system that takes `a` for `A`, only the listing tells
//! whether what is there has the new name or an old one.

use super::found::{Base, Found};
use super::outline::{File, Folder, Outline};
use crate::cache::disk::Failure;
use crate::cache::{Manifest, Record, Stat};
use rayon::prelude::*;
use std::ffi::{OsStr, OsString};
use std::fs::{self, FileType, ReadDir};
use std::io;
use std::path::Path;

/// How many questions to the disk are work enough for a thread.
const SHARE: usize = 32;
/// Of how many files on it is worth the time to open the folder that they are asked for from.
const MANY: usize = 4;
/// How many are asked for from one folder at most, before another thread may take the rest.
const MOST: usize = 256;

/// What stands at every path that is planned or known, and at the folders of these.
#[derive(Debug)]
pub(super) struct Survey<'a> {
    pub(super) outline: Outline<'a>,
    /// Of each file of the outline.
    files: Vec<Option<Found>>,
    /// Of each folder.
    folders: Vec<Option<Found>>,
    /// The names in each folder that was listed.
    names: Vec<Option<Names>>,
}

/// What was found where earlier builds wrote something, before it is known what this one plans.
#[derive(Debug)]
pub(super) struct Glance {
    /// Of each file of the manifest, in its order.
    files: Vec<Option<Found>>,
    /// Of each of their folders, in the outline's order.
    folders: Vec<(Option<Found>, Option<Names>)>,
}

/// The names in a folder and what has them, sorted.
type Names = Vec<(OsString, FileType)>;

impl<'a> Survey<'a> {
    /// Looks at a directory for the sake of what is to be in it, whose paths come sorted, and of what was written there. One
    /// that is not there is empty. What a glance has shown is not asked for again.
    pub(super) fn of(
        output: &Path,
        paths: &[&'a str],
        known: &'a Manifest,
        glance: Option<Glance>,
    ) -> Result<Self, Failure> {
        let outline = Outline::new(paths, known);
        let (files, folders) = (vec![None; outline.files.len()], vec![None; outline.folders.len()]);
        let names = vec![None; outline.folders.len()];
        let mut survey = Self { outline, files, folders, names };
        match fs::read_dir(output).and_then(|listing| survey.ask(output, names_in(listing)?, glance)) {
            Ok(()) => Ok(survey),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(survey),
            Err(error) => Err(Failure::reading(output, error)),
        }
    }

    /// Looks at what was written to a directory. `None` where that cannot be done: who asks again is told why.
    pub(super) fn glance(output: &Path, known: &Manifest) -> Option<Glance> {
        let survey = Survey::of(output, &[], known, None).ok()?;
        let folders = survey.folders.into_iter().zip(survey.names);
        let is_known = survey.outline.folders.iter().map(|folder| folder.known);
        let folders = folders.zip(is_known).filter_map(|(found, is_known)| is_known.then_some(found));
        Some(Glance { files: survey.files, folders: folders.collect() })
    }

    /// What stands at the place of a file, by its number in the outline.
    pub(super) fn get(&self, file: usize) -> Option<Found> {
        self.files[file]
    }

    /// The size and time of a file, by its number in the outline, and what was recorded of it, where there is both.
    pub(super) fn recorded(&self, file: usize) -> Option<(Stat, &'a Record)> {
        match (self.files[file], self.outline.files[file].record) {
            (Some(Found::File(there)), Some(record)) => Some((there, record)),
            _ => None,
        }
    }

    /// The files that are there, sorted by path.
    pub(super) fn files(&self) -> impl Iterator<Item = &str> {
        self.all_files().filter(|(_, found)| matches!(found, Some(Found::File(_)))).map(|(file, _)| file.path)
    }

    /// Every file, sorted by path, and what stands there.
    pub(super) fn all_files(&self) -> impl Iterator<Item = (&File<'a>, Option<Found>)> {
        self.outline.files.iter().zip(self.files.iter().copied())
    }

    /// Every folder but the output itself, each before those in it, and what stands there.
    pub(super) fn all_folders(&self) -> impl Iterator<Item = (&Folder<'a>, Option<Found>)> {
        self.outline.folders.iter().zip(self.folders.iter().copied()).skip(1)
    }

    /// What stands at the place of a folder, by its number in the outline.
    pub(super) fn folder(&self, folder: usize) -> Option<Found> {
        self.folders[folder]
    }

    /// Asks the disk, for folders first and the outer ones before the inner, so that no link is followed.
    fn ask(&mut self, output: &Path, names: Names, glance: Option<Glance>) -> io::Result<()> {
        let (seen_files, seen_folders) = glance.map(|glance| self.take(glance)).unwrap_or_default();
        let is_unseen = |seen: &[bool], number: usize| !seen.get(number).is_some_and(|seen| *seen);
        let base = Base::open(output)?;
        self.folders[0] = Some(Found::Folder);
        self.names[0] = Some(names);
        let mut levels: Vec<Vec<usize>> = Vec::new();
        for (number, folder) in self.outline.folders.iter().enumerate() {
            levels.resize_with(levels.len().max(folder.depth + 1), Vec::new);
            if is_unseen(&seen_folders, number) {
                levels[folder.depth].push(number);
            }
        }
        for level in levels.iter().skip(1) {
            let ask = |number: &usize| self.ask_folder(output, &base, *number);
            let asked: Vec<_> = level.par_iter().with_min_len(SHARE).map(ask).collect();
            for (number, (found, listed)) in level.iter().zip(asked) {
                self.folders[*number] = found;
                self.names[*number] = listed;
            }
        }
        let files: Vec<usize> =
            (0..self.files.len()).filter(|number| is_unseen(&seen_files, *number)).collect();
        // Most lie in a folder of their own, and many such folders beside each other.
        let above = |number: &usize| self.outline.folders[self.outline.files[*number].folder].parent;
        let neighbours = files.chunk_by(|one, other| above(one) == above(other));
        let shares: Vec<&[usize]> = neighbours.flat_map(|files| files.chunks(MOST)).collect();
        let ask = |share: &&[usize]| self.ask_files(&base, above(&share[0]), share);
        let asked: Vec<_> = shares.par_iter().map(ask).collect();
        for (number, asked) in files.into_iter().zip(asked.into_iter().flatten()) {
            match (asked, self.outline.files[number].folder) {
                (Ok(found), _) => self.files[number] = found,
                // That a file cannot even be asked for is its folder's fault.
                (Err(error), 0) => return Err(error),
                (Err(_), folder) => self.folders[folder] = Some(Found::Closed),
            }
        }
        Ok(())
    }

    /// Takes over what a glance has shown, as far as that is enough. The answer says of which files and folders it is.
    fn take(&mut self, glance: Glance) -> (Vec<bool>, Vec<bool>) {
        let mut seen_files = vec![false; self.outline.files.len()];
        let known = (0..).zip(&self.outline.files).filter(|(_, file)| file.record.is_some());
        for ((number, _), found) in known.zip(glance.files) {
            (self.files[number], seen_files[number]) = (found, true);
        }
        let mut seen_folders = vec![false; self.outline.folders.len()];
        let known = (0..).zip(&self.outline.folders).filter(|(_, folder)| folder.known);
        for ((number, folder), (found, names)) in known.zip(glance.folders) {
            if found != Some(Found::Folder) || names.is_some() || !folder.is_listed() {
                (self.folders[number], self.names[number], seen_folders[number]) = (found, names, true);
            }
        }
        (seen_files, seen_folders)
    }

    /// What stands at a folder's path and, where that matters, the names in it.
    fn ask_folder(&self, output: &Path, base: &Base, number: usize) -> (Option<Found>, Option<Names>) {
        let folder = &self.outline.folders[number];
        let listed = self.names[folder.parent].as_ref().and_then(|names| kind_of(folder.path, names));
        match listed {
            None => (None, None),
            Some(kind) if !kind.is_dir() => (base.look(folder.path).unwrap_or(Some(Found::Closed)), None),
            Some(_) if folder.path == ".git" => (Some(Found::Closed), None),
            Some(_) if folder.is_listed() => {
                match fs::read_dir(output.join(folder.path)).and_then(names_in) {
                    Ok(names) => (Some(Found::Folder), Some(names)),
                    Err(_) => (Some(Found::Closed), None),
                }
            }
            Some(_) => (Some(Found::Folder), None),
        }
    }

    /// What stands at the places of some files, which lie in `folder` or in folders of that.
    fn ask_files(&self, base: &Base, folder: usize, numbers: &[usize]) -> Vec<io::Result<Option<Found>>> {
        let path = self.outline.folders[folder].path;
        let nearer = (folder > 0 && numbers.len() >= MANY && self.folders[folder] == Some(Found::Folder))
            .then(|| base.below(path).ok())
            .flatten();
        let ask = |number: &usize| {
            let file = &self.outline.files[*number];
            let is_missing = |names: &Names| kind_of(file.path, names).is_none();
            let is_there = self.folders[file.folder] == Some(Found::Folder);
            if !is_there || self.names[file.folder].as_ref().is_some_and(is_missing) {
                return Ok(None);
            }
            match &nearer {
                Some(nearer) => nearer.look(&file.path[path.len() + 1..]),
                None => base.look(file.path),
            }
        };
        numbers.iter().map(ask).collect()
    }
}

fn names_in(listing: ReadDir) -> io::Result<Names> {
    let named = |entry: fs::DirEntry| Ok((entry.file_name(), entry.file_type()?));
    let mut names: Names = listing.map(|entry| entry.and_then(named)).collect::<io::Result<_>>()?;
    names.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
    Ok(names)
}

/// What has the last name of a path, if anything has.
fn kind_of(path: &str, names: &Names) -> Option<FileType> {
    let name = OsStr::new(path.rsplit('/').next().unwrap_or(path));
    let at = names.binary_search_by(|(other, _)| other.as_os_str().cmp(name)).ok()?;
    Some(names[at].1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cache::Record;

    const STAT: Stat = Stat { size: 1, mtime: None };

    fn manifest(paths: &[&str]) -> Manifest {
        paths.iter().map(|path| (*path, Record { digest: [0; 16], stat: STAT })).collect()
    }

    fn at(survey: &Survey<'_>, path: &str) -> Option<Found> {
        survey.get(survey.outline.file(path).unwrap())
    }

    fn write(output: &Path, path: &str) {
        fs::create_dir_all(output.join(path).parent().unwrap()).unwrap();
        fs::write(output.join(path), "x").unwrap();
    }

    #[test]
    fn what_is_planned_or_known_is_looked_for_and_nothing_else() {
        let output = tempfile::tempdir().unwrap();
        for path in ["known", "a/known", "a/new", "b/c/strange", "a/strange", ".git/x", "d/e"] {
            write(output.path(), path);
        }
        let known = manifest(&["known", "a/known", "a/gone", "gone/x"]);
        let planned = [".git/x", "a/known", "a/new", "b/c/new", "b/new/x", "d", "e"];
        let survey = Survey::of(output.path(), &planned, &known, None).unwrap();
        assert_eq!(survey.files().collect::<Vec<_>>(), ["a/known", "a/new", "known"]);
        assert_eq!(at(&survey, "d"), Some(Found::Folder));
        assert_eq!([at(&survey, "e"), at(&survey, "a/gone")], [None; 2]);
        assert_eq!(survey.outline.file("a/strange"), None);
        let folders: Vec<_> = survey.all_folders().map(|(folder, found)| (folder.path, found)).collect();
        let expected = [
            (".git", Some(Found::Closed)),
            ("a", Some(Found::Folder)),
            ("b", Some(Found::Folder)),
            ("b/c", Some(Found::Folder)),
            ("b/new", None),
            ("gone", None),
        ];
        assert_eq!(folders, expected);
    }

    /// Whatever is planned, to look at what is known first leads to the same survey.
    #[test]
    fn a_glance_before_changes_nothing() {
        let output = tempfile::tempdir().unwrap();
        for path in ["known", "a/known", "a/new", "b/c/known", "d/e/f/known", "Logo.png", "g/h"] {
            write(output.path(), path);
        }
        let known =
            manifest(&["Logo.png", "a/gone", "a/known", "b/c/known", "d/e/f/known", "g", "gone/x", "known"]);
        let plans: [&[&str]; 5] = [
            &[],
            &["a/known", "b/c/known", "known"],
            &["a/known", "a/new", "b/c/known/x", "b/new", "d/e/f/known", "logo.png"],
            &["0/new", "b", "d/e/g/new", "g", "gone/x", "gone/y"],
            &["Logo.png", "a/new", "z/new"],
        ];
        for planned in plans {
            let plain = Survey::of(output.path(), planned, &known, None).unwrap();
            let glance = Survey::glance(output.path(), &known);
            assert!(glance.is_some());
            let survey = Survey::of(output.path(), planned, &known, glance).unwrap();
            assert_eq!((survey.files, survey.folders), (plain.files, plain.folders), "{planned:?}");
        }
    }

    #[test]
    fn an_output_that_is_not_there_is_empty_and_a_file_is_none() {
        let folder = tempfile::tempdir().unwrap();
        let known = manifest(&["a/b"]);
        let survey = Survey::of(&folder.path().join("none"), &["a/b"], &known, None).unwrap();
        assert_eq!((survey.files().count(), at(&survey, "a/b")), (0, None));
        write(folder.path(), "file");
        assert!(Survey::of(&folder.path().join("file"), &["a/b"], &known, None).is_err());
    }

    #[cfg(unix)]
    #[test]
    fn no_link_is_followed() {
        use std::os::unix::fs::symlink;
        let (output, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        write(other.path(), "b/c");
        symlink(other.path(), output.path().join("a")).unwrap();
        symlink(other.path().join("b/c"), output.path().join("d")).unwrap();
        let known = manifest(&["a/b/c", "d"]);
        let survey = Survey::of(output.path(), &["a/b/c", "d"], &known, None).unwrap();
        let is_other = |found: Option<Found>| matches!(found, Some(Found::Other(_)));
        assert!(is_other(at(&survey, "d")) && at(&survey, "a/b/c").is_none());
        let folders: Vec<_> =
            survey.all_folders().map(|(folder, found)| (folder.path, is_other(found))).collect();
        assert_eq!(folders, [("a", true), ("a/b", false)]);
    }

    #[test]
    fn a_new_path_is_there_only_if_a_listing_has_it_letter_by_letter() {
        let output = tempfile::tempdir().unwrap();
        write(output.path(), "Logo.png");
        write(output.path(), "Tag/x");
        let known = manifest(&["Logo.png", "Tag/x"]);
        let survey = Survey::of(output.path(), &["logo.png", "tag/x"], &known, None).unwrap();
        assert_eq!([at(&survey, "logo.png"), at(&survey, "tag/x")], [None; 2]);
        assert!(at(&survey, "Logo.png").is_some() && at(&survey, "Tag/x").is_some());
    }
}
