//! What stands at a path of the output, asked of the disk.

use crate::cache::Stat;
use std::io;
use std::path::Path;

/// What stands at a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Found {
    /// A file.
    File(Stat),
    /// A link, a socket or the like: never Dateline's, and never followed.
    Other(Stat),
    /// A folder.
    Folder,
    /// A folder that could not be looked into, or `.git`, which is nobody's business.
    Closed,
}

/// A folder to ask for files from. Linux looks up each part of a path, and from an open folder there are fewer.
#[derive(Debug)]
pub(super) struct Base {
    #[cfg(target_os = "linux")]
    folder: std::fs::File,
    #[cfg(not(target_os = "linux"))]
    folder: std::path::PathBuf,
}

impl Base {
    /// What stands at a path from here, a link not followed.
    pub(super) fn look(&self, path: &str) -> io::Result<Option<Found>> {
        match self.ask(path) {
            Ok(found) => Ok(Some(found)),
            Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
                Ok(None)
            }
            Err(error) => Err(error),
        }
    }
}

#[cfg(target_os = "linux")]
impl Base {
    /// Opens the output folder, which may be reached by a link.
    pub(super) fn open(folder: &Path) -> io::Result<Self> {
        Ok(Self { folder: std::fs::File::open(folder)? })
    }

    /// A folder below this one, if the last part of its path is no link.
    pub(super) fn below(&self, path: &str) -> io::Result<Self> {
        use rustix::fs::{Mode, OFlags, openat};
        let flags = OFlags::PATH | OFlags::DIRECTORY | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        Ok(Self { folder: openat(&self.folder, path, flags, Mode::empty())?.into() })
    }

    fn ask(&self, path: &str) -> io::Result<Found> {
        use rustix::fs::{AtFlags, FileType, statat};
        let there = statat(&self.folder, path, AtFlags::SYMLINK_NOFOLLOW)?;
        // As in `Stat::of`: what is compared may have been noted by either.
        let nanoseconds = |(seconds, rest): (i64, i64)| seconds.checked_mul(1_000_000_000)?.checked_add(rest);
        let mtime = whole(there.st_mtime).zip(whole(there.st_mtime_nsec)).and_then(nanoseconds);
        let stat = Stat { size: whole(there.st_size).map_or(0, i64::cast_unsigned), mtime };
        Ok(match FileType::from_raw_mode(there.st_mode) {
            FileType::Directory => Found::Folder,
            FileType::RegularFile => Found::File(stat),
            _ => Found::Other(stat),
        })
    }
}

/// The numbers of a directory entry have other types on other processors.
#[cfg(target_os = "linux")]
fn whole(number: impl TryInto<i64>) -> Option<i64> {
    number.try_into().ok()
}

#[cfg(not(target_os = "linux"))]
impl Base {
    /// Takes the output folder.
    pub(super) fn open(folder: &Path) -> io::Result<Self> {
        Ok(Self { folder: folder.to_path_buf() })
    }

    /// A folder below this one.
    pub(super) fn below(&self, path: &str) -> io::Result<Self> {
        Ok(Self { folder: self.folder.join(path) })
    }

    fn ask(&self, path: &str) -> io::Result<Found> {
        let metadata = self.folder.join(path).symlink_metadata()?;
        let stat = Stat::of(&metadata);
        Ok(match metadata.file_type() {
            kind if kind.is_dir() => Found::Folder,
            kind if kind.is_file() => Found::File(stat),
            _ => Found::Other(stat),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn what_stands_there_is_told_as_its_entry_says() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("a")).unwrap();
        fs::write(folder.path().join("a/file"), "five!").unwrap();
        let base = Base::open(folder.path()).unwrap();
        let entry = fs::symlink_metadata(folder.path().join("a/file")).unwrap();
        assert_eq!(base.look("a/file").unwrap(), Some(Found::File(Stat::of(&entry))));
        assert_eq!(base.look("a").unwrap(), Some(Found::Folder));
        assert_eq!((base.look("b").unwrap(), base.look("a/file/x").unwrap()), (None, None));
        assert_eq!(base.below("a").unwrap().look("file").unwrap(), base.look("a/file").unwrap());
    }

    #[cfg(unix)]
    #[test]
    fn no_link_is_followed_and_any_time_is_told() {
        let folder = tempfile::tempdir().unwrap();
        std::os::unix::fs::symlink("/", folder.path().join("link")).unwrap();
        let base = Base::open(folder.path()).unwrap();
        let entry = fs::symlink_metadata(folder.path().join("link")).unwrap();
        assert_eq!(base.look("link").unwrap(), Some(Found::Other(Stat::of(&entry))));
        #[cfg(target_os = "linux")]
        assert!(base.below("link").is_err(), "a folder that has become a link is not looked into");
        let long_ago = std::time::UNIX_EPOCH - std::time::Duration::from_millis(1_500);
        let file = fs::File::create(folder.path().join("old")).unwrap();
        file.set_modified(long_ago).unwrap();
        let entry = Stat::of(&file.metadata().unwrap());
        assert_eq!(entry.mtime, Some(-1_500_000_000));
        assert_eq!(base.look("old").unwrap(), Some(Found::File(entry)));
    }
}
