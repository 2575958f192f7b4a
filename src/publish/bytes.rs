//! The bytes of a page, wherever they are, and their digests.

use super::place::Place;
use crate::cache::disk::Failure;
use crate::cache::{PageDigest, Record, Stat, half};
use crate::render::Body;
use crate::source;
use std::io::Read;

/// The digest of the file in a page's place, which is as `there` says: the recorded one where the file can be taken for
/// the one that was written, unless every file is to be read.
pub(super) fn digest_in_place(
    record: Option<&Record>,
    there: Stat,
    place: &Place,
    path: &str,
) -> Result<PageDigest, Failure> {
    match record {
        Some(record) if record.stands(there) && !place.verify => Ok(record.digest),
        _ => digest(&Body::File(place.file(path))),
    }
}

/// Whether the file in a page's place, which is as `there` says, has the bytes that were recorded. One with another time
/// was put back by somebody, such as a cache between machines: then its bytes tell.
pub(super) fn is_as_recorded(record: &Record, there: Stat, place: &Place, path: &str) -> bool {
    record.stat.size == there.size
        && digest_in_place(Some(record), there, place, path).is_ok_and(|digest| digest == record.digest)
}

/// How many bytes a body has.
pub(super) fn size(body: &Body) -> Result<u64, Failure> {
    match body {
        Body::Bytes(bytes) => Ok(bytes.len() as u64),
        Body::Static(bytes) => Ok(bytes.len() as u64),
        Body::File(path) => {
            let length = source::open(path).and_then(|file| Ok(file.metadata()?.len()));
            length.map_err(|cause| Failure::reading(path, cause))
        }
    }
}

/// The digest of a body.
pub(super) fn digest(body: &Body) -> Result<PageDigest, Failure> {
    let mut hasher = blake3::Hasher::new();
    each_part(body, |part| {
        hasher.update(part);
        Ok(())
    })?;
    Ok(half(&hasher.finalize()))
}

/// How much of a file is held in memory at once.
const PART: usize = 256 * 1024;

/// Hands on the bytes of a body: all at once where they are in memory, in parts where they are in a file.
pub(super) fn each_part(
    body: &Body,
    mut take: impl FnMut(&[u8]) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let path = match body {
        Body::Bytes(bytes) => return take(bytes),
        Body::Static(bytes) => return take(bytes),
        Body::File(path) => path,
    };
    let unreadable = |cause| Failure::reading(path, cause);
    let mut file = source::open(path).map_err(unreadable)?;
    let mut buffer = vec![0; PART];
    loop {
        match file.read(&mut buffer) {
            Ok(0) => return Ok(()),
            Ok(length) => take(&buffer[..length])?,
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            Err(error) => return Err(unreadable(error)),
        }
    }
}
