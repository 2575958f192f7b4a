//! The temporary folder of a deployment: the built site, and what git is handed by way of files.
//!
//! It goes when the deployment ends. Where that was killed, the next one takes the folder away: a lock, which ends with
//! its process, tells whether anyone still works there.

use crate::diagnostic::Diagnostic;
use std::fs::{self, File, Metadata};
use std::io;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// How the names of all these folders begin.
const PREFIX: &str = "dateline-deploy-";
/// The file that is locked as long as a deployment runs.
const LOCK: &str = "lock";

/// A folder that nobody else uses, with folders in it.
#[derive(Debug)]
pub struct Scratch {
    /// For the built site.
    pub output: PathBuf,
    /// For what is remembered of the built site.
    pub records: PathBuf,
    /// For what git reads.
    pub(super) git: PathBuf,
    /// All of it.
    pub folder: PathBuf,
    // In this order: the lock is let go of before the folder goes.
    _lock: File,
    _folder: TempDir,
}

impl Scratch {
    /// Makes the folder, and removes those that killed deployments left behind.
    ///
    /// # Errors
    /// There is no room for it.
    pub fn make() -> Result<Self, Diagnostic> {
        let failed = |error: &io::Error| {
            Diagnostic::error("write-failed", format!("no temporary folder can be made: {error}"))
                .help(MORE_ROOM)
        };
        let folder = tempfile::Builder::new().prefix(PREFIX).tempdir().map_err(|error| failed(&error))?;
        Self::within(folder).map_err(|error| failed(&error))
    }

    fn within(folder: TempDir) -> io::Result<Self> {
        // git is told these paths, and works from other folders.
        let path = folder.path().canonicalize()?;
        // It has its name once it is locked: others may look between two steps.
        let lock = File::create(path.join("unlocked"))?;
        lock.lock()?;
        fs::rename(path.join("unlocked"), path.join(LOCK))?;
        remove_leftovers(&path);
        let (output, records, git) = (path.join("site"), path.join("records"), path.join("git"));
        for path in [&output, &records, &git] {
            fs::create_dir(path)?;
        }
        Ok(Self { output, records, git, folder: path, _lock: lock, _folder: folder })
    }
}

const MORE_ROOM: &str = "name a folder with more room in the environment variable TMPDIR";

/// A temporary file cannot be written.
pub(super) fn unwritable(path: &Path, error: &io::Error) -> Diagnostic {
    Diagnostic::error("write-failed", format!("'{}' cannot be written: {error}", path.display()))
        .help(MORE_ROOM)
}

/// Removes the folders of deployments that have ended, beside `own`. One that cannot be looked into or removed is left.
fn remove_leftovers(own: &Path) {
    let (Some(parent), Ok(mine)) = (own.parent(), own.symlink_metadata()) else { return };
    for entry in fs::read_dir(parent).into_iter().flatten().filter_map(Result::ok) {
        let is_named = entry.file_name().to_str().is_some_and(|name| name.starts_with(PREFIX));
        let path = entry.path();
        // In a folder that all users share, another one's is no concern of ours.
        let is_ours = |metadata: Metadata| metadata.is_dir() && has_same_owner(&metadata, &mine);
        if !is_named || path == own || !path.symlink_metadata().is_ok_and(is_ours) {
            continue;
        }
        // Without a lock it is one that is just being made.
        if let Ok(lock) = File::open(path.join(LOCK))
            && lock.try_lock().is_ok()
        {
            let _ = fs::remove_dir_all(&path);
        }
    }
}

#[cfg(unix)]
fn has_same_owner(one: &Metadata, other: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    one.uid() == other.uid()
}

#[cfg(not(unix))]
fn has_same_owner(_: &Metadata, _: &Metadata) -> bool {
    true
}
