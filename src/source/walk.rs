//! The walk: every file at and below some paths, a level of folders at a time, in parallel.
//!
//! A file costs one question to the disk, for its stamp, and a folder none but its listing. Levels, and no recursion, so that
//! no depth is too much for a stack; and a folder is done with before it is closed, so that few are open at once.

use super::folders::{INPUTS, STATIC};
use super::names::is_editor_leftover;
use super::read::{not_a_file, unreadable};
use super::tree::{SourceFile, Stamp};
use crate::diagnostic::Diagnostic;
use rayon::prelude::*;
use std::fs::{self, DirEntry, Metadata};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// How many entries of a folder are work enough for a thread: some dozens of microseconds.
const SHARE: usize = 64;

/// What lies at and below some paths.
#[derive(Debug, Default)]
pub(super) struct Walked {
    /// The files that a site is made from, in no order.
    pub(super) files: Vec<SourceFile>,
    /// Every link, to files and to folders.
    pub(super) links: Vec<Box<str>>,
    /// What could not be walked, sorted by path.
    pub(super) problems: Vec<Diagnostic>,
    /// Folders that are still to be walked.
    folders: Vec<Folder>,
    /// Where a path is put together.
    scratch: String,
}

/// A folder to be walked.
#[derive(Debug)]
struct Folder {
    on_disk: PathBuf,
    /// The path relative to the site's root, with `/` between its parts; `None` where it is not UTF-8.
    path: Option<String>,
    /// Whether it is hidden where hidden files do not count. It is walked all the same, for what is wrong in it.
    hidden: bool,
}

/// Something that was found in a folder, with its name as text where it is that.
#[derive(Clone, Copy)]
struct Item<'a> {
    root: &'a Path,
    folder: &'a Folder,
    entry: &'a DirEntry,
    name: Option<&'a str>,
}

/// The files at and below `paths`, which are inputs relative to `root`. What is not there has none.
pub(super) fn walk<'a>(root: &Path, paths: impl IntoIterator<Item = &'a str>) -> Walked {
    let mut walked = Walked::default();
    for path in paths {
        walked.add_top(root, path);
    }
    loop {
        let found = match &*std::mem::take(&mut walked.folders) {
            [] => break,
            [folder] => walk_folder(root, folder),
            folders => {
                let add = |found: Walked, folder| found.joined(walk_folder(root, folder));
                folders.par_iter().fold(Walked::default, add).reduce(Walked::default, Walked::joined)
            }
        };
        walked = walked.joined(found);
    }
    // A folder is listed in an order of its own, which may be another the next time.
    walked.problems.sort_by(|a, b| a.file.cmp(&b.file));
    walked
}

/// What lies in one folder.
fn walk_folder(root: &Path, folder: &Folder) -> Walked {
    let mut walked = Walked::default();
    let mut entries = Vec::new();
    match fs::read_dir(&folder.on_disk) {
        Ok(listing) => {
            for entry in listing {
                match entry {
                    Ok(entry) => entries.push(entry),
                    Err(error) => walked.add_failure(root, &folder.on_disk, &error),
                }
            }
        }
        Err(error) => walked.add_failure(root, &folder.on_disk, &error),
    }
    let look = |mut found: Walked, entry: &DirEntry| {
        let name = entry.file_name();
        found.add(Item { root, folder, entry, name: name.to_str() });
        found
    };
    if entries.len() < 2 * SHARE {
        return entries.iter().fold(walked, look);
    }
    let shares = entries.par_chunks(SHARE).map(|share| share.iter().fold(Walked::default(), look));
    walked.joined(shares.reduce(Walked::default, Walked::joined))
}

impl Walked {
    fn joined(mut self, mut other: Self) -> Self {
        if self.files.is_empty() {
            self.files = other.files;
        } else {
            self.files.append(&mut other.files);
        }
        self.links.append(&mut other.links);
        self.problems.append(&mut other.problems);
        self.folders.append(&mut other.folders);
        self
    }

    /// Adds what stands at one of the paths to be walked.
    fn add_top(&mut self, root: &Path, path: &str) {
        let top = root.join(path);
        let Ok(mut metadata) = top.symlink_metadata() else { return };
        let is_link = metadata.is_symlink();
        if is_link {
            metadata = match top.metadata() {
                Ok(metadata) => metadata,
                Err(error) => {
                    self.links.push(path.into());
                    return self.add_failure(root, &top, &error);
                }
            };
        }
        if INPUTS.contains(&path) && !metadata.is_dir() {
            let message = format!("'{path}' is a file, and a folder has that name here");
            let problem = Diagnostic::error("not-a-folder", message).in_file(path);
            return self
                .problems
                .push(problem.help("rename the file, or move it into a folder of that name"));
        }
        if is_link {
            self.links.push(path.into());
        }
        if metadata.is_file() {
            self.files.push(SourceFile { path: path.into(), stamp: Stamp::of(&metadata) });
        } else if !metadata.is_dir() {
            self.problems.push(not_a_file(path));
        } else if is_link && leads_back(root, &top) {
            self.problems.push(link_loop(path));
        } else {
            self.folders.push(Folder { on_disk: top, path: Some(path.to_owned()), hidden: false });
        }
    }

    /// Adds what was found in a folder.
    fn add(&mut self, item: Item<'_>) {
        if item.name.is_some_and(is_editor_leftover) {
            return;
        }
        match item.entry.file_type() {
            Ok(kind) if kind.is_file() => self.add_file(item, || item.entry.metadata()),
            Ok(kind) if kind.is_dir() => self.folders.push(item.as_folder()),
            Ok(kind) if kind.is_symlink() => self.add_link(item),
            Ok(_) => self.problems.push(not_a_file(&item.shown())),
            Err(error) => self.add_failure(item.root, &item.entry.path(), &error),
        }
    }

    fn add_link(&mut self, item: Item<'_>) {
        self.links.extend(item.path().map(Box::from));
        let on_disk = item.entry.path();
        match on_disk.metadata() {
            Ok(metadata) if metadata.is_file() => self.add_file(item, || Ok(metadata)),
            Ok(metadata) if !metadata.is_dir() => self.problems.push(not_a_file(&item.shown())),
            Ok(_) if leads_back(item.root, &on_disk) => self.problems.push(link_loop(&item.shown())),
            Ok(_) => self.folders.push(item.as_folder()),
            Err(error) => self.add_failure(item.root, &on_disk, &error),
        }
    }

    fn add_file(&mut self, item: Item<'_>, metadata: impl FnOnce() -> io::Result<Metadata>) {
        let (Some(folder), Some(name)) = (&item.folder.path, item.name) else {
            let problem = Diagnostic::error("name-not-utf8", "a file's name is not UTF-8 text");
            return self.problems.push(problem.in_file(item.shown()).help("rename the file"));
        };
        if item.is_hidden() {
            return;
        }
        match metadata() {
            Ok(metadata) => {
                self.scratch.clear();
                for part in [folder, "/", name] {
                    self.scratch.push_str(part);
                }
                let path = Arc::from(self.scratch.as_str());
                self.files.push(SourceFile { path, stamp: Stamp::of(&metadata) });
            }
            Err(error) => self.add_failure(item.root, &item.entry.path(), &error),
        }
    }

    fn add_failure(&mut self, root: &Path, on_disk: &Path, cause: &io::Error) {
        // Removed while its folder was walked: it is as if it had never been there.
        let Ok(metadata) = on_disk.symlink_metadata() else { return };
        let path = shown(root, on_disk);
        self.problems.push(if metadata.is_symlink() && !on_disk.exists() {
            Diagnostic::error("dead-symlink", "this link leads nowhere")
                .in_file(path)
                .help("remove the link, or put back the file it leads to")
        } else {
            unreadable(&path, cause)
        });
    }
}

impl Item<'_> {
    /// The path relative to the site's root; `None` where it is not UTF-8.
    fn path(self) -> Option<String> {
        Some(format!("{}/{}", self.folder.path.as_ref()?, self.name?))
    }

    fn shown(self) -> String {
        shown(self.root, &self.entry.path())
    }

    /// Whether it, or a folder it lies in, is hidden where hidden files do not count.
    fn is_hidden(self) -> bool {
        let is_static = |path: &String| path.split('/').next() == Some(STATIC);
        let hidden = || self.name.is_some_and(|name| name.starts_with('.'));
        self.folder.hidden || (hidden() && !self.folder.path.as_ref().is_some_and(is_static))
    }

    fn as_folder(self) -> Folder {
        Folder { on_disk: self.entry.path(), path: self.path(), hidden: self.is_hidden() }
    }
}

/// Whether a link to a folder leads to one that the link itself lies in, as far as the folder of inputs.
fn leads_back(root: &Path, link: &Path) -> bool {
    let above = link.ancestors().skip(1).take_while(|folder| *folder != root);
    let is_same = |real: PathBuf| above.filter_map(|folder| folder.canonicalize().ok()).any(|it| it == real);
    link.canonicalize().is_ok_and(is_same)
}

fn link_loop(path: &str) -> Diagnostic {
    Diagnostic::error("link-loop", "this link leads back to a folder it lies in")
        .in_file(path)
        .help("remove the link")
}

/// A path below `root` as it is shown, with `/` between its parts.
fn shown(root: &Path, path: &Path) -> String {
    let inside = path.strip_prefix(root).unwrap_or(path).components();
    inside.map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write(root: &Path, path: &str) {
        fs::create_dir_all(root.join(path).parent().unwrap()).unwrap();
        fs::write(root.join(path), path).unwrap();
    }

    fn files(walked: &Walked) -> Vec<&str> {
        let mut paths: Vec<&str> = walked.files.iter().map(|file| &*file.path).collect();
        paths.sort_unstable();
        paths
    }

    fn problems(walked: &Walked) -> Vec<(&str, &str)> {
        walked.problems.iter().map(|it| (&*it.code, it.file.as_deref().unwrap())).collect()
    }

    #[test]
    fn every_file_is_found_however_many_and_however_deep() {
        let site = tempfile::tempdir().unwrap();
        let deep = format!("content/{}a.md", "d/".repeat(300));
        let mut all: Vec<String> = (0..5 * SHARE).map(|n| format!("content/articles/{n}.md")).collect();
        all.extend((0..3 * SHARE).map(|n| format!("static/{n}/x")));
        all.push(deep);
        all.iter().for_each(|path| write(site.path(), path));
        all.sort_unstable();
        let walked = walk(site.path(), INPUTS);
        assert_eq!((files(&walked), problems(&walked)), (all.iter().map(String::as_str).collect(), vec![]));
        let size = |file: &SourceFile| file.stamp.size == file.path.len() as u64;
        assert!(walked.files.iter().all(size));
    }

    #[test]
    fn hidden_files_count_in_static_alone_and_leftovers_nowhere() {
        let site = tempfile::tempdir().unwrap();
        for folder in ["content", "templates", "static"] {
            for path in [".a", ".b/c", "d/.e", "f~", "g.tmp/h", "i"] {
                write(site.path(), &format!("{folder}/{path}"));
            }
        }
        let walked = walk(site.path(), INPUTS);
        let of_static = ["static/.a", "static/.b/c", "static/d/.e", "static/i"];
        assert_eq!(files(&walked), [&["content/i"], &of_static[..], &["templates/i"]].concat());
        assert_eq!(
            files(&walk(site.path(), ["static/.b", "static/i", "content/none"])),
            ["static/.b/c", "static/i"]
        );
    }

    #[cfg(unix)]
    #[test]
    fn links_are_followed_but_for_those_that_lead_back_or_nowhere() {
        use std::os::unix::fs::symlink;
        let (site, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let at = |path: &str| site.path().join(path);
        write(site.path(), "content/a/b.md");
        write(other.path(), "c/d.md");
        symlink(other.path(), at("content/away")).unwrap();
        symlink(other.path().join("c/d.md"), at("content/d.md")).unwrap();
        symlink("..", at("content/a/back")).unwrap();
        symlink("self", at("content/self")).unwrap();
        symlink("nowhere", at("content/dead.md")).unwrap();
        // Emacs locks a file by a link to whoever edits it.
        symlink("someone@somewhere.1:2", at("content/.#e.md")).unwrap();
        let walked = walk(site.path(), INPUTS);
        assert_eq!(files(&walked), ["content/a/b.md", "content/away/c/d.md", "content/d.md"]);
        let wrong = [
            ("link-loop", "content/a/back"),
            ("dead-symlink", "content/dead.md"),
            ("dead-symlink", "content/self"),
        ];
        assert_eq!(problems(&walked), wrong);
        let mut links = walked.links;
        links.sort_unstable();
        let all = ["content/a/back", "content/away", "content/d.md", "content/dead.md", "content/self"];
        assert_eq!(links.iter().map(AsRef::as_ref).collect::<Vec<_>>(), all);
        // A link that is walked by its own name is no other than one that was come by.
        assert_eq!(problems(&walk(site.path(), ["content/a/back"])), [wrong[0]]);
        assert_eq!(files(&walk(site.path(), ["content/away"])), ["content/away/c/d.md"]);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn names_that_are_no_text_and_what_is_no_file_are_problems() {
        use std::ffi::OsStr;
        use std::os::unix::{ffi::OsStrExt, net::UnixListener};
        let site = tempfile::tempdir().unwrap();
        write(site.path(), "content/a.md");
        let folder = site.path().join("content").join(OsStr::from_bytes(b"\xff"));
        fs::create_dir(&folder).unwrap();
        fs::write(folder.join("b.md"), "").unwrap();
        let _socket = UnixListener::bind(site.path().join("content/s")).unwrap();
        let walked = walk(site.path(), INPUTS);
        assert_eq!(files(&walked), ["content/a.md"]);
        assert_eq!(
            problems(&walked),
            [("not-a-file", "content/s"), ("name-not-utf8", "content/\u{fffd}/b.md")]
        );
    }
}
