//! Changes on disk, one function for each kind, whose errors say what could not be done and where.
//!
//! All that a build changes, in the output and in `.dateline/`, it changes through these functions. So a failure
//! always names its file; and the tests can stop a build before any one of its steps and look at what the next
//! build makes of that.

use super::manifest::Stat;
use crate::diagnostic::Diagnostic;
use crate::source::CACHE;
use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::time::SystemTime;
use tempfile::TempPath;

/// What could not be done, where, and why.
#[derive(Debug)]
pub struct Failure {
    action: Action,
    path: PathBuf,
    cause: io::Error,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Action {
    Read,
    Write,
    MakeFolder,
    Rename,
    Remove,
}

impl Failure {
    /// `path` could not be read.
    pub fn reading(path: &Path, cause: io::Error) -> Self {
        Self { action: Action::Read, path: path.to_owned(), cause }
    }

    /// `path` could not be written.
    pub fn writing(path: &Path, cause: io::Error) -> Self {
        Self { action: Action::Write, path: path.to_owned(), cause }
    }

    /// Why it could not be done.
    pub fn into_cause(self) -> io::Error {
        self.cause
    }

    /// The failure as a problem of the run: `unreadable` or `write-failed`.
    pub fn diagnostic(&self, root: &Path) -> Diagnostic {
        let what = match self.action {
            Action::Read => "it cannot be read",
            Action::Write => "it cannot be written",
            Action::MakeFolder => "the folder cannot be made",
            Action::Rename => "it cannot be put in its place",
            Action::Remove => "it cannot be removed",
        };
        let (why, help) = match self.cause.kind() {
            ErrorKind::AlreadyExists if self.action == Action::Rename => (
                "a file that Dateline did not write has come to stand there".to_owned(),
                "move it away, or overwrite it with --adopt",
            ),
            ErrorKind::StorageFull => ("the disk is full".to_owned(), "free some space on that disk"),
            ErrorKind::QuotaExceeded => ("your quota is used up".to_owned(), "free some space on that disk"),
            ErrorKind::ReadOnlyFilesystem => {
                ("the disk is read-only".to_owned(), "build where files can be written")
            }
            ErrorKind::PermissionDenied if self.action == Action::Read => {
                ("no permission".to_owned(), "let the user who builds the site read it")
            }
            ErrorKind::PermissionDenied => {
                ("no permission".to_owned(), "let the user who builds the site write there")
            }
            ErrorKind::InvalidFilename => {
                ("the name is not possible there".to_owned(), "give the page a shorter slug")
            }
            ErrorKind::NotFound => ("it is not there".to_owned(), "was it moved while the site was built?"),
            _ => (self.cause.to_string(), "is the disk in order?"),
        };
        let code = if self.action == Action::Read { "unreadable" } else { "write-failed" };
        Diagnostic::error(code, format!("{what}: {why}")).in_file(shown(root, &self.path)).help(help)
    }
}

/// A path as it is shown: relative to the site's root where it lies in it, with `/` between its parts.
pub fn shown(root: &Path, path: &Path) -> String {
    match path.strip_prefix(root) {
        Ok(inside) => {
            inside.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
        }
        Err(_) => path.to_string_lossy().into_owned(),
    }
}

/// Makes a folder, if it is not there. Its parent is.
///
/// # Errors
/// Where it cannot be made, or a file stands in its place.
pub fn create_folder(path: &Path) -> Result<(), Failure> {
    attempt(Action::MakeFolder, path, || match fs::create_dir(path) {
        Err(error) if error.kind() == ErrorKind::AlreadyExists && path.is_dir() => Ok(()),
        made => made,
    })
}

/// Makes the folder of all records, `.dateline/` in the site's root, so that git does not see it.
///
/// # Errors
/// Where it cannot be made.
pub fn create_cache(root: &Path) -> Result<(), Failure> {
    let cache = root.join(CACHE);
    create_folder(&cache)?;
    let ignore = cache.join(".gitignore");
    if fs::metadata(&ignore).map_or(0, |metadata| metadata.len()) == 0 {
        overwrite(&ignore, b"*\n")?;
    }
    Ok(())
}

/// Makes a file that is not there yet.
///
/// # Errors
/// Where it cannot be made, or is there.
pub fn create_file(path: &Path) -> Result<File, Failure> {
    attempt(Action::Write, path, || OpenOptions::new().write(true).create_new(true).open(path))
}

/// Writes bytes to the open `file` at `path`.
///
/// # Errors
/// Where they cannot be written.
pub fn write(file: &mut File, path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    attempt(Action::Write, path, || file.write_all(bytes))
}

/// The size and time of the open `file` at `path`.
///
/// # Errors
/// Where the system does not say.
pub fn stat(file: &File, path: &Path) -> Result<Stat, Failure> {
    Ok(Stat::of(&file.metadata().map_err(|cause| Failure::writing(path, cause))?))
}

/// What time it is by the clock that the files in a folder have their times from, which may be another machine's. It is
/// asked of a file that has no name, or loses it at once.
pub fn now(folder: &Path) -> Option<SystemTime> {
    tempfile::tempfile_in(folder).and_then(|file| file.metadata()?.modified()).ok()
}

/// Has a file written beside its place and renames it into it.
///
/// # Errors
/// Where it cannot be written or renamed.
pub fn replace(path: &Path, write: impl FnOnce(&mut File) -> io::Result<()>) -> Result<(), Failure> {
    let draft = draft_of(path);
    let written = attempt(Action::Write, &draft, || write(&mut File::create(&draft)?));
    let replaced = written.and_then(|()| rename(&draft, path));
    if replaced.is_err() {
        discard_draft(path);
    }
    replaced
}

/// Removes what a write that did not come to its end may have left of a file, and not the file. What stays is overwritten by
/// the next one; that it goes is for the disk that is full.
pub fn discard_draft(path: &Path) {
    let _ = fs::remove_file(draft_of(path));
}

fn draft_of(path: &Path) -> PathBuf {
    path.with_extension("new")
}

/// Writes a small file where it is.
///
/// # Errors
/// Where it cannot be written.
pub fn overwrite(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    attempt(Action::Write, path, || fs::write(path, bytes))
}

/// Renames a file, over one that may be there.
///
/// # Errors
/// Where it cannot be renamed; the failure names the new path.
pub fn rename(from: &Path, to: &Path) -> Result<(), Failure> {
    attempt(Action::Rename, to, || fs::rename(from, to))
}

/// Renames a file into a place of its own: one that has come to stand there is not written over.
///
/// # Errors
/// Where it cannot be renamed, or something has that name; the failure names the new path.
pub fn rename_new(from: &Path, to: &Path) -> Result<(), Failure> {
    attempt(Action::Rename, to, || {
        let Err(error) = TempPath::try_from_path(from)?.persist_noclobber(to) else { return Ok(()) };
        // It is no longer to be removed when it is dropped.
        error.path.keep()?;
        match error.error.kind() {
            ErrorKind::AlreadyExists if is_named(to) => Err(error.error),
            // Another file, on a disk that takes `A` for `a`; or one that knows no such renaming.
            _ => fs::rename(from, to),
        }
    })
}

/// Whether something has a path's name letter by letter: a disk may take `A` for `a`.
pub fn is_named(path: &Path) -> bool {
    let (Some(folder), Some(name)) = (path.parent(), path.file_name()) else { return false };
    fs::symlink_metadata(path).is_ok()
        && fs::read_dir(folder).is_ok_and(|names| names.flatten().any(|entry| entry.file_name() == name))
}

/// Renames a folder. Where there is a folder of that name after all, be it that another program has just made it or that
/// the disk takes `A` for `a`, what is in the one is put into the other; over files of another program only with `adopt`.
///
/// # Errors
/// Where it cannot be renamed; the failure names the new path.
pub fn move_folder(from: &Path, to: &Path, adopt: bool) -> Result<(), Failure> {
    move_or_join(from, to, &|| if adopt || !is_named(to) { rename } else { rename_new })
}

/// A way to put a file in its place.
type Put = fn(&Path, &Path) -> Result<(), Failure>;

fn move_or_join(from: &Path, to: &Path, how: &dyn Fn() -> Put) -> Result<(), Failure> {
    let renamed = rename(from, to);
    if renamed.is_ok() || !fs::symlink_metadata(to).is_ok_and(|metadata| metadata.is_dir()) {
        return renamed;
    }
    let put = how();
    let unreadable = |cause| Failure::reading(from, cause);
    for entry in fs::read_dir(from).map_err(unreadable)? {
        let entry = entry.map_err(unreadable)?;
        let place = to.join(entry.file_name());
        if entry.file_type().map_err(unreadable)?.is_dir() {
            move_or_join(&entry.path(), &place, &|| put)?;
        } else {
            put(&entry.path(), &place)?;
        }
    }
    remove_empty_folder(from);
    Ok(())
}

/// Removes a file, if it is there.
///
/// # Errors
/// Where it cannot be removed.
pub fn remove_file(path: &Path) -> Result<(), Failure> {
    attempt(Action::Remove, path, || match fs::remove_file(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        removed => removed,
    })
}

/// Removes a folder if it is there and empty; whether it did. A folder that stays does no harm, so this never
/// fails.
pub fn remove_empty_folder(path: &Path) -> bool {
    attempt(Action::Remove, path, || fs::remove_dir(path)).is_ok()
}

fn attempt<T>(action: Action, path: &Path, step: impl FnOnce() -> io::Result<T>) -> Result<T, Failure> {
    #[cfg(test)]
    let step = || fuse::burn().and_then(|()| step());
    step().map_err(|cause| Failure { action, path: path.to_owned(), cause })
}

/// Stops a build before its n-th step, for tests that go through all of them.
#[cfg(test)]
pub(crate) mod fuse {
    use std::cell::Cell;
    use std::io;
    use std::panic;

    /// What happens at the end of the fuse.
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    pub(crate) enum End {
        /// The build stops there, as when it is killed.
        Kill,
        /// That one step fails, for want of space.
        Fail,
    }

    thread_local! {
        static FUSE: Cell<Option<(usize, End)>> = const { Cell::new(None) };
    }

    /// What unwinds a build that was killed.
    pub(crate) struct Killed;

    /// Lights a fuse of `steps` steps on this thread.
    pub(crate) fn light(steps: usize, end: End) {
        FUSE.set(Some((steps, end)));
    }

    /// Puts it out; whether it was still burning.
    pub(crate) fn quench() -> bool {
        FUSE.take().is_some()
    }

    pub(super) fn burn() -> io::Result<()> {
        match FUSE.get() {
            None => Ok(()),
            Some((0, end)) => {
                FUSE.set(None);
                match end {
                    End::Kill => panic::resume_unwind(Box::new(Killed)),
                    End::Fail => Err(io::Error::from(io::ErrorKind::StorageFull)),
                }
            }
            Some((steps, end)) => {
                FUSE.set(Some((steps - 1, end)));
                Ok(())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_takes_its_place_whole_or_within_one_that_is_there() {
        let parent = tempfile::tempdir().unwrap();
        let at = |path: &str| parent.path().join(path);
        let write = |path: &str| {
            fs::create_dir_all(at(path).parent().unwrap()).unwrap();
            fs::write(at(path), path).unwrap();
        };
        let text = |path: &str| fs::read_to_string(at(path)).unwrap();
        write("new/a/b");
        move_folder(&at("new"), &at("place"), false).unwrap();
        assert_eq!((text("place/a/b"), at("new").exists()), ("new/a/b".to_owned(), false));
        fs::remove_file(at("place/a/b")).unwrap();
        write("place/a/strange");
        write("new/a/b");
        write("new/c");
        move_folder(&at("new"), &at("place"), false).unwrap();
        let there = ["place/a/b", "place/a/strange", "place/c"].map(text);
        assert_eq!(there, ["new/a/b", "place/a/strange", "new/c"]);
        assert!(!at("new").exists());
        write("new/a/strange");
        assert!(move_folder(&at("new"), &at("place"), false).is_err());
        assert_eq!(text("place/a/strange"), "place/a/strange");
        move_folder(&at("new"), &at("place"), true).unwrap();
        assert_eq!((text("place/a/strange"), at("new").exists()), ("new/a/strange".to_owned(), false));
        write("file");
        write("new/a");
        assert!(move_folder(&at("new"), &at("file"), false).is_err());
        assert_eq!([text("file"), text("new/a")], ["file", "new/a"]);
    }

    #[test]
    fn a_file_takes_a_new_place_and_none_that_is_taken() {
        let folder = tempfile::tempdir().unwrap();
        let at = |path: &str| folder.path().join(path);
        let text = |path: &str| fs::read_to_string(at(path)).ok();
        fs::write(at("ours"), "ours").unwrap();
        fs::write(at("theirs"), "theirs").unwrap();
        let problem = rename_new(&at("ours"), &at("theirs")).unwrap_err().diagnostic(folder.path());
        assert!(problem.message.contains("did not write"), "{}", problem.message);
        assert_eq!(["ours", "theirs"].map(text), ["ours", "theirs"].map(|text| Some(text.to_owned())));
        rename_new(&at("ours"), &at("new")).unwrap();
        assert_eq!(["ours", "new"].map(text), [None, Some("ours".to_owned())]);
    }

    #[test]
    fn a_failure_names_the_file_the_cause_and_a_way_out() {
        let full = Failure::writing(Path::new("/site/public/a/index.html"), ErrorKind::StorageFull.into());
        let problem = full.diagnostic(Path::new("/site"));
        assert_eq!(
            (&*problem.code, problem.message.as_str()),
            ("write-failed", "it cannot be written: the disk is full")
        );
        assert_eq!(problem.file.as_deref(), Some("public/a/index.html"));
        assert!(problem.help.is_some());
        assert_eq!(shown(Path::new("/site"), Path::new("/other/a")), "/other/a");
    }
}
