//! Files and folders made together: all of them, or none.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// What was made so far. Dropped without [`Making::keep`], it is unmade again, and nothing else is touched.
#[derive(Debug, Default)]
pub(super) struct Making {
    made: Vec<Made>,
}

#[derive(Debug)]
enum Made {
    Folder(PathBuf),
    File(PathBuf),
}

impl Making {
    /// Makes a folder and those it lies in, where they are not there.
    ///
    /// # Errors
    /// A folder cannot be made, or something else has its name.
    pub(super) fn folder(&mut self, path: &Path) -> io::Result<()> {
        if path.as_os_str().is_empty() || path.is_dir() {
            return Ok(());
        }
        if let Some(parent) = path.parent() {
            self.folder(parent)?;
        }
        match fs::create_dir(path) {
            Ok(()) => self.made.push(Made::Folder(path.to_owned())),
            // Another run made it in the meantime.
            Err(_) if path.is_dir() => {}
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                let message = format!("'{}' is no folder", path.display());
                return Err(io::Error::new(io::ErrorKind::NotADirectory, message));
            }
            Err(error) => return Err(error),
        }
        Ok(())
    }

    /// Makes a file that is not there yet, and the folders it lies in.
    ///
    /// # Errors
    /// `AlreadyExists` where there is one of that name, which stays as it is; or it cannot be made or written.
    pub(super) fn file(&mut self, path: &Path, text: &str) -> io::Result<()> {
        if let Some(parent) = path.parent() {
            self.folder(parent)?;
        }
        let mut file = OpenOptions::new().write(true).create_new(true).open(path)?;
        self.made.push(Made::File(path.to_owned()));
        file.write_all(text.as_bytes())
    }

    /// Leaves everything in place.
    pub(super) fn keep(mut self) {
        self.made.clear();
    }
}

impl Drop for Making {
    fn drop(&mut self) {
        for made in self.made.drain(..).rev() {
            // A folder that someone put a file into in the meantime stays, and that is right.
            let _ = match made {
                Made::Folder(path) => fs::remove_dir(path),
                Made::File(path) => fs::remove_file(path),
            };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_kept_is_unmade() {
        let root = tempfile::tempdir().unwrap();
        fs::write(root.path().join("mine"), "mine").unwrap();
        let mut making = Making::default();
        making.file(&root.path().join("a/b/c.md"), "text").unwrap();
        let clash = making.file(&root.path().join("mine"), "yours").unwrap_err();
        assert_eq!(clash.kind(), io::ErrorKind::AlreadyExists);
        let blocked = making.file(&root.path().join("mine/x.md"), "text").unwrap_err();
        assert_eq!(blocked.kind(), io::ErrorKind::NotADirectory);
        drop(making);
        let left: Vec<_> =
            fs::read_dir(root.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        assert_eq!(left, ["mine"]);
        assert_eq!(fs::read_to_string(root.path().join("mine")).unwrap(), "mine");
    }

    #[test]
    fn what_is_kept_stays() {
        let root = tempfile::tempdir().unwrap();
        let mut making = Making::default();
        making.file(&root.path().join("a/b.md"), "text").unwrap();
        making.keep();
        assert_eq!(fs::read_to_string(root.path().join("a/b.md")).unwrap(), "text");
    }
}
