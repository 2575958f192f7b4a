//! Digests of files, remembered.

use crate::diagnostic::Diagnostic;
use crate::source::{self, Digest};
use std::collections::HashMap;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

/// Digests of files, so that one of several megabytes is not read for each of its renditions.
#[derive(Debug, Default)]
pub(super) struct Digests(Mutex<HashMap<Box<str>, Digest>>);

impl Digests {
    /// The digest of the file `path` below `root`.
    pub(super) fn of(&self, root: &Path, path: &str) -> Result<Digest, Diagnostic> {
        // A lock whose holder panicked guards a cache: what is in it is whole.
        let lock = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = lock().get(path) {
            return Ok(*known);
        }
        let digest = source::digest_of(root, path)?;
        lock().insert(path.into(), digest);
        Ok(digest)
    }
}
