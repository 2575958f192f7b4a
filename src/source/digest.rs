//! Digests of bytes and of files.

use super::read::{self, unreadable};
use crate::diagnostic::Diagnostic;
use std::path::Path;

/// A BLAKE3 digest of a file's bytes.
pub type Digest = [u8; 32];

/// The digest of some bytes.
pub fn digest(bytes: &[u8]) -> Digest {
    *blake3::hash(bytes).as_bytes()
}

/// The digest of the file `path` below `root`, however large it is.
///
/// # Errors
/// A diagnostic that names the file and the cause.
pub fn digest_of(root: &Path, path: &str) -> Result<Digest, Diagnostic> {
    let mut hasher = blake3::Hasher::new();
    let hashed = read::open(&root.join(path)).and_then(|file| hasher.update_reader(file).map(|_| ()));
    hashed.map_err(|error| unreadable(path, &error))?;
    Ok(*hasher.finalize().as_bytes())
}
