//! What files there are.

use super::folders::{CONTENT, INPUTS, SETTINGS, STATIC, TEMPLATES};
use super::names::{is_editor_leftover, is_hidden};
use super::read::{self, OpenFile};
use super::walk::walk;
use crate::diagnostic::Diagnostic;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::fs::Metadata;
use std::io;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

/// A file of the site, found but not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFile {
    /// The path relative to the site's root, with `/` between its parts, as it is on disk.
    pub path: Arc<str>,
    /// By what a change of the file is seen without reading it.
    pub stamp: Stamp,
}

/// By what a change of a file is seen without reading it. Two files of one stamp can differ only where one was changed
/// within the same tick of the file system's clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Stamp {
    /// The size in bytes.
    pub size: u64,
    /// When its bytes and when its record was changed last, in nanoseconds since 1970; the second is known on Unix.
    times: [i128; 2],
    /// Which file of its file system it is; known on Unix.
    inode: u64,
}

/// Every input of a build: found, sorted by path, not read. A body is read when it is needed, and again when it
/// is needed again, so that memory does not grow with the site's text.
#[derive(Debug, Clone, Default)]
pub struct SourceTree {
    /// The site's folder.
    pub root: PathBuf,
    /// `content/**/*.md`.
    pub documents: Vec<SourceFile>,
    /// The other files under `content/`.
    pub attachments: Vec<SourceFile>,
    /// `templates/**`.
    pub templates: Vec<SourceFile>,
    /// `static/**`, hidden files included.
    pub statics: Vec<SourceFile>,
    /// Links among all these, or to folders of them.
    pub links: BTreeSet<Box<str>>,
    /// What could not be walked, and names that are not UTF-8: left out of the rest.
    pub problems: Vec<Diagnostic>,
}

impl SourceTree {
    /// A tree of which nothing has been walked yet.
    pub fn unwalked(root: &Path) -> Self {
        Self { root: root.to_owned(), ..Self::default() }
    }

    /// Walks the site's folders. A folder that is not there is an empty one.
    pub fn scan(root: &Path) -> Self {
        let found = walk(root, INPUTS);
        let (documents, attachments, templates, statics) = sort_in(found.files);
        let links = found.links.into_iter().collect();
        Self {
            root: root.to_owned(),
            documents,
            attachments,
            templates,
            statics,
            links,
            problems: found.problems,
        }
    }

    /// Walks again what lies at and below some paths, relative to the root, and gives the paths of the files there that
    /// are new, gone or other than before, or have other problems. Paths outside the folders that a site is made from are passed over.
    pub fn refresh<'a>(&mut self, paths: impl IntoIterator<Item = &'a str>) -> Vec<Box<str>> {
        let paths = outermost(paths.into_iter().filter(|path| !is_no_input(path)).collect());
        let is_old = |problem: &mut Diagnostic| {
            problem.file.as_deref().is_some_and(|file| paths.iter().any(|path| is_at_or_below(file, path)))
        };
        let before: Vec<Diagnostic> = self.problems.extract_if(.., is_old).collect();
        self.links.retain(|link| !paths.iter().any(|path| is_at_or_below(link, path)));
        let found = walk(&self.root, paths.iter().copied());
        self.links.extend(found.links);
        let mut problems = found.problems;
        let (documents, attachments, templates, statics) = sort_in(found.files);
        let lists = [
            (&mut self.documents, documents),
            (&mut self.attachments, attachments),
            (&mut self.templates, templates),
            (&mut self.statics, statics),
        ];
        let mut changed: Vec<Box<str>> =
            lists.into_iter().flat_map(|(list, found)| replace(list, &paths, found)).collect();
        if problems != before {
            changed.extend(
                before.iter().chain(&problems).filter_map(|problem| Some(problem.file.as_deref()?.into())),
            );
        }
        self.problems.append(&mut problems);
        changed
    }

    /// How many files there are.
    pub fn len(&self) -> usize {
        self.documents.len() + self.attachments.len() + self.templates.len() + self.statics.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The stamp of a file; `None` where there is none of that path.
    pub fn stamp(&self, path: &str) -> Option<Stamp> {
        let lists = [&self.documents, &self.attachments, &self.templates, &self.statics];
        let find = |list: &Vec<SourceFile>| list.binary_search_by(|file| (*file.path).cmp(path)).ok();
        lists.into_iter().find_map(|list| Some(list[find(list)?].stamp))
    }

    /// Reads a file of the site.
    ///
    /// # Errors
    /// A diagnostic that names the file and the cause.
    pub fn read(&self, path: &str) -> Result<Vec<u8>, Diagnostic> {
        read::read(&self.root, path)
    }

    /// Reads a file of the site as UTF-8 text; a byte order mark at its start is dropped.
    ///
    /// # Errors
    /// A diagnostic that names the file, and where it is not UTF-8 the line.
    pub fn read_text(&self, path: &str) -> Result<String, Diagnostic> {
        read::read_text(&self.root, path)
    }
}

impl Stamp {
    /// That of an open file.
    ///
    /// # Errors
    /// It cannot be asked for.
    pub fn of_open(file: &OpenFile) -> io::Result<Self> {
        file.metadata().map(|metadata| Self::of(&metadata))
    }

    /// Whether a file that still has this stamp is the one that was read at a moment or later, in nanoseconds since 1970:
    /// one that was changed just before could be changed again within the same tick of the disk's clock. Two seconds are
    /// the coarsest that is in use, on FAT.
    pub fn is_settled_at(&self, read: i128) -> bool {
        self.times.iter().all(|time| time + 2_000_000_000 <= read)
    }

    pub(super) fn of(metadata: &Metadata) -> Self {
        let since = |time: SystemTime| match time.duration_since(UNIX_EPOCH) {
            Ok(after) => after.as_nanos() as i128,
            Err(before) => -(before.duration().as_nanos() as i128),
        };
        let modified = metadata.modified().map(since).unwrap_or_default();
        let (changed, inode) = record(metadata);
        Self { size: metadata.len(), times: [modified, changed], inode }
    }
}

#[cfg(unix)]
fn record(metadata: &Metadata) -> (i128, u64) {
    use std::os::unix::fs::MetadataExt;
    (i128::from(metadata.ctime()) * 1_000_000_000 + i128::from(metadata.ctime_nsec()), metadata.ino())
}

#[cfg(not(unix))]
fn record(_: &Metadata) -> (i128, u64) {
    (0, 0)
}

/// Whether a file at a path, relative to the site's folder, is one that a site is made from.
pub fn is_input(path: &str) -> bool {
    path == SETTINGS || !is_no_input(path)
}

/// Whether a path lies outside the inputs, or is hidden where hidden files do not count.
fn is_no_input(path: &str) -> bool {
    match path.split('/').next() {
        Some(STATIC) => path.split('/').any(is_editor_leftover),
        Some(CONTENT | TEMPLATES) => is_hidden(path),
        _ => true,
    }
}

fn is_at_or_below(file: &str, path: &str) -> bool {
    file.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Paths without those that lie below another of them.
fn outermost(paths: BTreeSet<&str>) -> BTreeSet<&str> {
    let is_covered = |path: &&str| {
        let above = std::iter::successors(path.rsplit_once('/'), |(folder, _)| folder.rsplit_once('/'));
        above.into_iter().any(|(folder, _)| paths.contains(folder))
    };
    paths.iter().filter(|path| !is_covered(path)).copied().collect()
}

type Lists = (Vec<SourceFile>, Vec<SourceFile>, Vec<SourceFile>, Vec<SourceFile>);

/// Documents, attachments, templates and files that are published as they are, each sorted.
fn sort_in(mut files: Vec<SourceFile>) -> Lists {
    files.par_sort_unstable_by(|a, b| a.path.cmp(&b.path));
    let mut lists = Lists::default();
    for file in files {
        match file.path.split('/').next() {
            Some(CONTENT) if file.path.ends_with(".md") => lists.0.push(file),
            Some(CONTENT) => lists.1.push(file),
            Some(TEMPLATES) => lists.2.push(file),
            _ => lists.3.push(file),
        }
    }
    lists
}

/// Puts the files `found` at and below some paths in the place of those a sorted list has there, and gives the paths
/// of those that differ.
fn replace(list: &mut Vec<SourceFile>, paths: &BTreeSet<&str>, found: Vec<SourceFile>) -> Vec<Box<str>> {
    let mut places: Vec<Range<usize>> = Vec::new();
    for path in paths {
        // What follows a folder's name in its files' paths is a slash, and '0' is the next character.
        for (from, to) in
            [((*path).to_owned(), format!("{path}\0")), (format!("{path}/"), format!("{path}0"))]
        {
            let at = |bound: &str| list.partition_point(|file| *file.path < *bound);
            places.push(at(&from)..at(&to));
        }
    }
    places.sort_by_key(|range| (range.start, range.end));
    let (Some(first), Some(last)) = (places.first(), places.last()) else { return Vec::new() };
    // A list is long, and what changes in it mostly lies close together: the rest is neither looked at nor sorted.
    let (start, end) = (first.start, last.end);
    let mut part: Vec<SourceFile> = list.drain(start..end).collect();
    let (mut place, mut next) = (start, 0);
    let before: Vec<SourceFile> = part
        .extract_if(.., |_| {
            while places.get(next).is_some_and(|range| range.end <= place) {
                next += 1;
            }
            place += 1;
            places.get(next).is_some_and(|range| range.start < place)
        })
        .collect();
    let changed = differing(&before, &found);
    part.extend(found);
    part.sort_by(|a, b| a.path.cmp(&b.path));
    list.splice(start..start, part);
    changed
}

/// The paths at which two sorted lists differ.
fn differing(before: &[SourceFile], after: &[SourceFile]) -> Vec<Box<str>> {
    let mut paths = Vec::new();
    let (mut old, mut new) = (before.iter().peekable(), after.iter().peekable());
    loop {
        match (old.peek(), new.peek()) {
            (Some(one), Some(other)) if one.path == other.path => {
                if one.stamp != other.stamp {
                    paths.push((*other.path).into());
                }
                old.next();
                new.next();
            }
            (Some(one), other) if other.is_none_or(|other| one.path < other.path) => {
                paths.push((*one.path).into());
                old.next();
            }
            (_, Some(other)) => {
                paths.push((*other.path).into());
                new.next();
            }
            _ => return paths,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn paths(tree: &SourceTree) -> Vec<&str> {
        let lists = [&tree.documents, &tree.attachments, &tree.templates, &tree.statics];
        lists.into_iter().flatten().map(|file| &*file.path).collect()
    }

    fn write(root: &Path, path: &str) {
        fs::create_dir_all(root.join(path).parent().unwrap()).unwrap();
        fs::write(root.join(path), path).unwrap();
    }

    #[test]
    fn a_refreshed_tree_is_a_scanned_one() {
        let site = tempfile::tempdir().unwrap();
        let root = site.path();
        for path in ["content/articles/a.md", "content/articles/a/index.md", "content/articles/a-b/x.jpg"] {
            write(root, path);
        }
        for path in ["templates/base.html", "static/css/a.css", "static/.well-known/x"] {
            write(root, path);
        }
        let before = SourceTree::scan(root);
        assert_eq!(paths(&before).len(), 6);
        fs::remove_dir_all(root.join("content/articles/a")).unwrap();
        fs::rename(root.join("content/articles/a-b"), root.join("content/articles/a-c")).unwrap();
        write(root, "content/articles/a-b.md");
        fs::write(root.join("templates/base.html"), "changed").unwrap();
        let changed = [
            "content/articles/a-b.md",
            "content/articles/a/index.md",
            "content/articles/a-b/x.jpg",
            "content/articles/a-c/x.jpg",
            "templates/base.html",
        ];
        let after = SourceTree::scan(root);
        for named in
            [&["content", "templates", "static"][..], &["content/articles", "templates", "src"], &changed]
        {
            let mut tree = before.clone();
            let found = tree.refresh(named.iter().copied());
            assert_eq!(found.iter().map(AsRef::as_ref).collect::<Vec<_>>(), changed);
            assert_eq!(paths(&tree), paths(&after));
            assert_eq!(tree.refresh(named.iter().copied()), Vec::<Box<str>>::new());
        }
    }

    #[test]
    fn a_problem_goes_with_its_file() {
        let site = tempfile::tempdir().unwrap();
        write(site.path(), "content");
        let mut tree = SourceTree::scan(site.path());
        assert_eq!(tree.problems[0].code, "not-a-folder");
        fs::remove_file(site.path().join("content")).unwrap();
        tree.refresh(["content"]);
        assert!(tree.problems.is_empty());
    }
}
