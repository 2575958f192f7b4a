//! Plan and manifest merged: every path a build has to do with, in order, and the folders they lie in.
//!
//! The disk is not asked here. Both come sorted, so that one pass over them is enough, and nothing is hashed.

use crate::cache::{Manifest, Record};
use std::cmp::Ordering;
use std::iter;

/// Every path that is planned or known, with the folders.
#[derive(Debug)]
pub(super) struct Outline<'a> {
    /// Sorted by path.
    pub(super) files: Vec<File<'a>>,
    /// The output itself first, and each before those in it; sorted by path, if a `/` is put behind each.
    pub(super) folders: Vec<Folder<'a>>,
    /// Of each planned path, in their order, the number of its file; `None` where no file can have it.
    pub(super) planned: Vec<Option<usize>>,
    /// What is planned and cannot be.
    pub(super) wrong: Vec<(&'a str, Wrong)>,
}

/// A file that is planned, or that was written before.
#[derive(Debug)]
pub(super) struct File<'a> {
    pub(super) path: &'a str,
    /// The number of the folder it lies in.
    pub(super) folder: usize,
    pub(super) planned: bool,
    /// As it was written, if it was.
    pub(super) record: Option<&'a Record>,
}

/// A folder that one of them lies in, or a folder of such folders.
#[derive(Debug)]
pub(super) struct Folder<'a> {
    pub(super) path: &'a str,
    /// The number of the folder it lies in itself.
    pub(super) parent: usize,
    /// How many folders it lies in, the output among them.
    pub(super) depth: usize,
    /// Whether something planned lies in it.
    pub(super) needed: bool,
    /// Whether something that was written before lies in it.
    pub(super) known: bool,
    /// Whether there are folders right in it.
    pub(super) branches: bool,
    /// Whether a file belongs right into it that nothing was known of before.
    pub(super) grows: bool,
}

/// What is wrong with a planned path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wrong {
    /// No file can have it.
    Name,
    /// Two pages have it.
    Twice,
    /// It is a folder's, too.
    Folder,
}

impl<'a> Outline<'a> {
    /// Merges the paths planned, which are sorted, with those known.
    pub(super) fn new(paths: &[&'a str], known: &'a Manifest) -> Self {
        let output = Folder {
            path: "",
            parent: 0,
            depth: 0,
            needed: true,
            known: true,
            branches: false,
            grows: false,
        };
        let mut outline = Self {
            files: Vec::with_capacity(paths.len().max(known.len())),
            folders: Vec::with_capacity(paths.len().max(known.len())),
            planned: Vec::with_capacity(paths.len()),
            wrong: Vec::new(),
        };
        outline.folders.push(output);
        let mut planned = paths.chunk_by(|a, b| a == b).peekable();
        let mut known = known.iter().peekable();
        let mut last = 0;
        loop {
            let order = match (planned.peek(), known.peek()) {
                (Some(pages), Some((path, _))) => pages[0].cmp(path),
                (Some(_), None) => Ordering::Less,
                (None, Some(_)) => Ordering::Greater,
                (None, None) => break,
            };
            let pages = planned.next_if(|_| order.is_le()).unwrap_or_default();
            let record = known.next_if(|_| order.is_ge());
            if let Some(path) = pages.first().copied().or(record.map(|(path, _)| path)) {
                last = outline.add(path, pages.len(), record.map(|(_, record)| record), last);
            }
        }
        outline
    }

    /// The file of a path, if it is planned or known.
    pub(super) fn file(&self, path: &str) -> Option<usize> {
        self.files.binary_search_by(|file| file.path.cmp(path)).ok()
    }

    /// Whether a page has the path.
    pub(super) fn is_planned(&self, path: &str) -> bool {
        self.file(path).is_some_and(|file| self.files[file].planned)
    }

    /// Whether a page lies in the folder.
    pub(super) fn is_needed(&self, folder: &str) -> bool {
        let order = |one: &Folder<'_>| as_prefix(one.path).cmp(as_prefix(folder));
        self.folders[1..].binary_search_by(order).is_ok_and(|number| self.folders[number + 1].needed)
    }

    /// Adds a path that comes after all others; the last folder is where the path before it lies. The number of
    /// its own folder.
    fn add(&mut self, path: &'a str, pages: usize, record: Option<&'a Record>, last: usize) -> usize {
        let (folder, name) = match path.rsplit_once('/') {
            Some(("", _)) => (None, ""),
            Some((folder, name)) => (self.folder(folder, last), name),
            None => (Some(0), path),
        };
        let Some(folder) = folder.filter(|_| is_name(name)) else {
            // What was recorded of such a path is nothing a build can have written.
            self.wrong.extend((pages > 0).then_some((path, Wrong::Name)));
            self.planned.extend(iter::repeat_n(None, pages));
            return last;
        };
        self.wrong.extend((pages > 1).then_some((path, Wrong::Twice)));
        if pages > 0 {
            self.need(folder);
        }
        match record {
            Some(_) => self.know(folder),
            None => self.folders[folder].grows = true,
        }
        self.planned.extend(iter::repeat_n(Some(self.files.len()), pages));
        self.files.push(File { path, folder, planned: pages > 0, record });
        folder
    }

    /// The number of a folder, which is the last one, or lies in it or in one above it that is there; `None` where no
    /// folder can have the path.
    fn folder(&mut self, path: &'a str, last: usize) -> Option<usize> {
        let mut at = last;
        while at > 0 && !is_at_or_below(path, self.folders[at].path) {
            at = self.folders[at].parent;
        }
        let mut start = if at == 0 { 0 } else { self.folders[at].path.len() + 1 };
        while start <= path.len() {
            let end = path[start..].find('/').map_or(path.len(), |length| start + length);
            if !is_name(&path[start..end]) {
                return None;
            }
            let (path, depth) = (&path[..end], self.folders[at].depth + 1);
            let new = Folder {
                path,
                parent: at,
                depth,
                needed: false,
                known: false,
                branches: false,
                grows: false,
            };
            self.folders[at].branches = true;
            at = self.folders.len();
            self.folders.push(new);
            start = end + 1;
        }
        Some(at)
    }

    fn need(&mut self, mut folder: usize) {
        while !self.folders[folder].needed {
            let Folder { path, parent, .. } = self.folders[folder];
            self.folders[folder].needed = true;
            // A file of that path came before what lies in the folder, and mostly there is none so near.
            let is_page = self.files.last().is_some_and(|file| file.path >= path) && self.is_planned(path);
            self.wrong.extend(is_page.then_some((path, Wrong::Folder)));
            folder = parent;
        }
    }

    fn know(&mut self, mut folder: usize) {
        while !self.folders[folder].known {
            self.folders[folder].known = true;
            folder = self.folders[folder].parent;
        }
    }
}

impl Folder<'_> {
    /// Whether it matters which names are in it.
    pub(super) fn is_listed(&self) -> bool {
        self.branches || self.grows
    }
}

/// A folder's path as what lies in it begins.
fn as_prefix(folder: &str) -> impl Iterator<Item = u8> {
    folder.bytes().chain(iter::once(b'/'))
}

fn is_at_or_below(path: &str, folder: &str) -> bool {
    path.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Whether a file or folder can have this name on the file systems of this machine.
///
/// Plans are made so that all can. It is looked at because a path that leads out of the output, or a name that turns out
/// too long when half the pages have taken their places, would break every law at once.
fn is_name(name: &str) -> bool {
    let plain = !name.is_empty() && name != "." && name != ".." && !name.contains('\0');
    if cfg!(windows) {
        let forbidden =
            |c: char| c.is_control() || matches!(c, '<' | '>' | ':' | '"' | '|' | '?' | '*' | '\\');
        plain
            && name.encode_utf16().count() <= 255
            && !name.contains(forbidden)
            && !name.ends_with(['.', ' '])
    } else {
        plain && name.len() <= 255
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cache::Stat;

    const RECORD: Record = Record { digest: [0; 16], stat: Stat { size: 0, mtime: None } };

    fn manifest(paths: &[&str]) -> Manifest {
        paths.iter().map(|path| (*path, RECORD)).collect()
    }

    fn wrong(paths: &[&str]) -> Vec<Wrong> {
        let mut sorted = paths.to_vec();
        sorted.sort_unstable();
        Outline::new(&sorted, &Manifest::default()).wrong.into_iter().map(|(_, wrong)| wrong).collect()
    }

    #[test]
    fn paths_that_lead_out_or_cannot_be_are_found() {
        let long = "x".repeat(256);
        for path in ["", "/etc/passwd", "/a", "../a", "a/../b", "a//b", "a/", "./a", "a\0b", &long] {
            assert_eq!(wrong(&[path]), [Wrong::Name], "{path}");
            let known = manifest(&[path, "b/c"]);
            let outline = Outline::new(&[], &known);
            assert_eq!(outline.files.iter().map(|file| file.path).collect::<Vec<_>>(), ["b/c"], "{path}");
        }
        assert!(wrong(&["a/index.html", "..a/b..", "a/-", &"x".repeat(255)]).is_empty());
    }

    #[test]
    fn paths_that_claim_the_same_place_are_found() {
        assert_eq!(wrong(&["a", "b", "a"]), [Wrong::Twice]);
        assert_eq!(wrong(&["a", "a-b", "a-b/c", "a/b/c"]), [Wrong::Folder; 2]);
        let known = manifest(&["a/b/c", "d"]);
        assert!(Outline::new(&["a", "d/e"], &known).wrong.is_empty());
    }

    #[test]
    fn plan_and_manifest_are_merged_with_their_folders() {
        let known = manifest(&["a-b/old", "a/b/both", "a/old/x/y", "index"]);
        let outline = Outline::new(&["a-b/c/new", "a/b/both", "a/b/new", "a/e", "index"], &known);
        assert_eq!(outline.planned, [0, 2, 3, 4, 6].map(Some));
        let files: Vec<_> = outline
            .files
            .iter()
            .map(|it| (it.path, outline.folders[it.folder].path, it.planned, it.record.is_some()))
            .collect();
        let expected = [
            ("a-b/c/new", "a-b/c", true, false),
            ("a-b/old", "a-b", false, true),
            ("a/b/both", "a/b", true, true),
            ("a/b/new", "a/b", true, false),
            ("a/e", "a", true, false),
            ("a/old/x/y", "a/old/x", false, true),
            ("index", "", true, true),
        ];
        assert_eq!(files, expected);
        let folders: Vec<_> = outline
            .folders
            .iter()
            .map(|it| {
                (
                    it.path,
                    outline.folders[it.parent].path,
                    it.depth,
                    [it.needed, it.known, it.branches, it.grows],
                )
            })
            .collect();
        let expected = [
            ("", "", 0, [true, true, true, false]),
            ("a-b", "", 1, [true, true, true, false]),
            ("a-b/c", "a-b", 2, [true, false, false, true]),
            ("a", "", 1, [true, true, true, true]),
            ("a/b", "a", 2, [true, true, false, true]),
            ("a/old", "a", 2, [false, true, true, false]),
            ("a/old/x", "a/old", 3, [false, true, false, false]),
        ];
        assert_eq!(folders, expected);
        for (folder, needed) in [("a", true), ("a-b/c", true), ("a/old", false), ("b", false), ("", false)] {
            assert_eq!(outline.is_needed(folder), needed, "{folder}");
        }
        assert!(outline.is_planned("a/e") && !outline.is_planned("a-b/old") && !outline.is_planned("a"));
    }
}
