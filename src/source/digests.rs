//! Digests of files, remembered.

use super::digest::{self, Digest};
use crate::diagnostic::Diagnostic;
use std::collections::HashMap;
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Digests of files, so that one of several megabytes is not read for each who wants to know.
#[derive(Debug, Default)]
pub struct Digests(Mutex<HashMap<Box<str>, Digest>>);

impl Digests {
    /// The digest of the file `path` below `root`.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn of(&self, root: &Path, path: &str) -> Result<Digest, Diagnostic> {
        if let Some(known) = self.known(path) {
            return Ok(known);
        }
        let digest = digest::digest_of(root, path)?;
        self.add(path, digest);
        Ok(digest)
    }

    /// The digest of a file, where it is known.
    pub fn known(&self, path: &str) -> Option<Digest> {
        self.lock().get(path).copied()
    }

    /// Adds one that is known from elsewhere.
    pub fn add(&self, path: &str, digest: Digest) {
        self.lock().insert(path.into(), digest);
    }

    /// Forgets a file, so that it is read again.
    pub fn forget(&self, path: &str) {
        self.lock().remove(path);
    }

    /// A lock whose holder panicked guards a cache: what is in it is whole.
    fn lock(&self) -> MutexGuard<'_, HashMap<Box<str>, Digest>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
