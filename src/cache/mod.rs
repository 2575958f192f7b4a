//! `.dateline/`: what Dateline remembers from one run to the next.
//!
//! The laws of these records:
//!
//! - **They are memory, not truth.** A record that is missing, damaged, of another format or about another
//!   directory is as good as none, and never an error. Without it a build does more work and finds the files of
//!   the last one strange; it never makes a wrong page. The copies of imported texts alone cannot be made anew.
//! - **Whole or not at all.** A record is written beside its place and renamed into it, behind a checksum.
//! - **One output, one folder, one writer.** `.dateline/<digest of the output's path>/` belongs to one output
//!   directory, and only who holds its lock may read or write there.
//!
//! The names in such a folder:
//!
//! | name | is there | says |
//! |---|---|---|
//! | `manifest` | after the first good build | what Dateline has written to the output |
//! | `journal` | while a build writes, and after one that was stopped | how to know its temporary files and folders |
//! | `pending` | while a build renames, and after one that was stopped then | the manifest to be |
//! | `memo` | after the first good build; it may be of another one than the manifest | what the last build asked to make each page, and what it was answered |
//! | `lock` | always | nothing: the build that is running holds it |
//!
//! A name that ends in `.new` is of a record that is being written.
//!
//! Beside these folders, `.dateline/read/` keeps what was read of the site's files: see [`Readings`]; `.dateline/store/` keeps
//! what is dear to make: see [`Store`]; `.dateline/copy/` the texts that articles were made from: see [`copies`]; and
//! `.dateline/answers` the links off the site that answered: see [`Answers`].

mod answers;
pub mod copies;
pub mod disk;
mod journal;
mod manifest;
mod readings;
mod sealed;
mod store;

pub use self::answers::Answers;
pub use self::journal::Journal;
pub use self::manifest::{Manifest, PageDigest, Record, Stat, half};
pub use self::readings::Readings;
pub use self::store::Store;

use self::disk::Failure;
use self::sealed::Kind;
use crate::diagnostic::Diagnostic;
use crate::source::CACHE;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

/// Which program this is: a digest of its sources and of what it was built with and for, in hexadecimal. What another
/// program remembers of its work is not believed.
pub const PROGRAM: &str = env!("DATELINE_PROGRAM");

/// How often and after what pause a build asks again for a lock that another one holds: two seconds in all. So
/// two quick builds follow each other, and one that hangs is not waited for.
const ATTEMPTS: usize = 100;
const PAUSE: Duration = Duration::from_millis(20);

const MANIFEST: Kind = Kind { file: "manifest", holds: "manifest", format: 1 };
/// Of the manifest's kind, since by its renaming it becomes one.
const PENDING: Kind = Kind { file: "pending", ..MANIFEST };
const MEMO: Kind = Kind { file: "memo", holds: "memo", format: 2 };
const JOURNAL: Kind = Kind { file: "journal", holds: "journal", format: 2 };

/// The records of one output directory, locked until this is dropped.
#[derive(Debug)]
pub struct Records {
    folder: PathBuf,
    /// The output's path, repeated in every record, so that a copied folder is not believed.
    output: Box<[u8]>,
    _lock: Option<File>,
}

impl Records {
    /// Opens the records that the site in `root` keeps of the directory `output`. Both paths are canonical;
    /// the directory need not exist.
    ///
    /// # Errors
    /// `build-running` where another build holds the lock for longer than two seconds, `write-failed` where
    /// `.dateline/` cannot be written.
    pub fn open(root: &Path, output: &Path) -> Result<Self, Diagnostic> {
        let failed = |failure: Failure| failure.diagnostic(root);
        let owner = output.as_os_str().as_encoded_bytes();
        let folder = create_folder(root, owner).map_err(failed)?;
        let lock = lock(&folder.join("lock")).map_err(failed)?.map_err(|Busy| {
            Diagnostic::error("build-running", "another build is writing to this output")
                .in_file(disk::shown(root, output))
                .help("wait until it has finished, or choose another output directory")
        })?;
        // Who has the lock is the only one who writes here: a draft is of a build that was killed.
        if lock.is_some() {
            for kind in [MANIFEST, PENDING, MEMO, JOURNAL] {
                disk::discard_draft(&folder.join(kind.file));
            }
        }
        Ok(Self { folder, output: owner.into(), _lock: lock })
    }

    /// Whether a build has left records of an output directory.
    pub fn are_there(root: &Path, output: &Path) -> bool {
        folder(root, output.as_os_str().as_encoded_bytes()).join(MANIFEST.file).exists()
    }

    /// What Dateline has written to the output; empty where nothing is known.
    pub fn manifest(&self) -> Manifest {
        self.load(MANIFEST).unwrap_or_default()
    }

    /// Replaces the manifest at once.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn keep(&self, manifest: &Manifest) -> Result<(), Failure> {
        self.store(MANIFEST, manifest)
    }

    /// The manifest of a build that was stopped while it renamed.
    pub fn pending(&self) -> Option<Manifest> {
        self.load(PENDING)
    }

    /// Writes down the manifest to be, before the first file it tells of takes its place.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn announce(&self, manifest: &Manifest) -> Result<(), Failure> {
        self.store(PENDING, manifest)
    }

    /// Makes the announced manifest the valid one.
    ///
    /// # Errors
    /// Where it cannot be renamed.
    pub fn settle(&self) -> Result<(), Failure> {
        disk::rename(&self.folder.join(PENDING.file), &self.folder.join(MANIFEST.file))
    }

    /// Forgets the announced manifest.
    ///
    /// # Errors
    /// Where it cannot be removed.
    pub fn withdraw(&self) -> Result<(), Failure> {
        disk::remove_file(&self.folder.join(PENDING.file))
    }

    /// What the last build wanted to be remembered; `None` where nothing is, or it was of another shape.
    pub fn memo<M: DeserializeOwned>(&self) -> Option<M> {
        self.load(MEMO)
    }

    /// Remembers something for the next build.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn keep_memo<M: Serialize>(&self, memo: &M) -> Result<(), Failure> {
        self.store(MEMO, memo)
    }

    /// The journal of a build that did not come to its end.
    pub fn journal(&self) -> Option<Journal> {
        self.load(JOURNAL)
    }

    /// Writes the journal, before anything in the output is touched.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn begin(&self, journal: &Journal) -> Result<(), Failure> {
        self.store(JOURNAL, journal)
    }

    /// Removes the journal: the build has come to its end.
    ///
    /// # Errors
    /// Where it cannot be removed.
    pub fn end(&self) -> Result<(), Failure> {
        disk::remove_file(&self.folder.join(JOURNAL.file))
    }

    fn load<T: DeserializeOwned>(&self, kind: Kind) -> Option<T> {
        sealed::open(kind, &self.output, &fs::read(self.folder.join(kind.file)).ok()?)
    }

    fn store<T: Serialize>(&self, kind: Kind, record: &T) -> Result<(), Failure> {
        disk::replace(&self.folder.join(kind.file), |file| sealed::seal(kind, &self.output, record, file))
    }
}

/// The folder of an output's records.
fn folder(root: &Path, output: &[u8]) -> PathBuf {
    root.join(CACHE).join(&blake3::hash(output).to_hex()[..16])
}

/// Makes the folder of an output's records.
fn create_folder(root: &Path, output: &[u8]) -> Result<PathBuf, Failure> {
    disk::create_cache(root)?;
    let folder = folder(root, output);
    disk::create_folder(&folder)?;
    Ok(folder)
}

/// Another build holds the lock.
struct Busy;

/// Takes the lock. `None` on a file system that knows no locks: there, a build goes without.
fn lock(path: &Path) -> Result<Result<Option<File>, Busy>, Failure> {
    let failed = |cause| Failure::writing(path, cause);
    let file =
        OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path).map_err(failed)?;
    for attempt in 0..ATTEMPTS {
        if attempt > 0 {
            thread::sleep(PAUSE);
        }
        match file.try_lock() {
            Ok(()) => return Ok(Ok(Some(file))),
            Err(TryLockError::WouldBlock) => {}
            Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => {
                return Ok(Ok(None));
            }
            Err(TryLockError::Error(error)) => return Err(failed(error)),
        }
    }
    Ok(Err(Busy))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn records(root: &Path) -> Records {
        Records::open(root, &root.join("public")).unwrap()
    }

    fn a_manifest() -> Manifest {
        let record = Record { digest: [7; 16], stat: Stat { size: 3, mtime: Some(5) } };
        [("a/index.html", record)].into_iter().collect()
    }

    #[test]
    fn what_a_killed_build_left_half_written_goes() {
        let site = tempfile::tempdir().unwrap();
        let folder = records(site.path()).folder;
        for name in ["memo.new", "journal.new", "manifest"] {
            fs::write(folder.join(name), "half").unwrap();
        }
        drop(records(site.path()));
        let left: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        assert!(left.iter().all(|name| name == "lock" || name == "manifest") && left.len() == 2, "{left:?}");
    }

    #[test]
    fn records_come_back_as_they_were_written() {
        let site = tempfile::tempdir().unwrap();
        let journal = Journal::new(1);
        {
            let records = records(site.path());
            assert!(
                records.manifest().is_empty() && records.journal().is_none() && records.pending().is_none()
            );
            records.announce(&a_manifest()).unwrap();
            records.begin(&journal).unwrap();
        }
        let records = records(site.path());
        assert_eq!(records.pending(), Some(a_manifest()));
        assert_eq!(records.journal(), Some(journal));
        records.settle().unwrap();
        records.end().unwrap();
        assert_eq!((records.manifest(), records.pending(), records.journal()), (a_manifest(), None, None));
        assert_eq!(fs::read_to_string(site.path().join(".dateline/.gitignore")).unwrap(), "*\n");
    }

    #[test]
    fn a_record_of_another_output_is_not_believed() {
        let site = tempfile::tempdir().unwrap();
        let records = records(site.path());
        records.keep(&a_manifest()).unwrap();
        let other = Records::open(site.path(), &site.path().join("other")).unwrap();
        fs::copy(records.folder.join("manifest"), other.folder.join("manifest")).unwrap();
        assert!(other.manifest().is_empty());
    }

    #[test]
    fn a_lock_that_is_held_is_an_error_after_a_while() {
        let site = tempfile::tempdir().unwrap();
        let _held = records(site.path());
        let error = Records::open(site.path(), &site.path().join("public")).unwrap_err();
        assert_eq!(error.code, "build-running");
    }
}
