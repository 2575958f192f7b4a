//! How a record lies on disk: a line that names its kind and format, a checksum, and the record.

use blake3::{Hash, Hasher};
use postcard::ser_flavors::Flavor;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::io::{self, Seek, SeekFrom, Write};

/// A kind of record. Whoever changes what one holds raises its format; and whoever raises the manifest's keeps
/// reading the old one, or else the next build of every site finds all its pages strange.
#[derive(Debug, Clone, Copy)]
pub(super) struct Kind {
    /// The name of its file.
    pub(super) file: &'static str,
    /// What the record is.
    pub(super) holds: &'static str,
    /// The format of that.
    pub(super) format: u32,
}

impl Kind {
    fn heading(self) -> String {
        format!("dateline {} {}\n", self.holds, self.format)
    }
}

/// What is checked: whose record it is, and the record.
#[derive(Serialize, Deserialize)]
struct Content<O, T> {
    owner: O,
    record: T,
}

const CHECKSUM: usize = blake3::OUT_LEN;

/// Writes a record of `owner` to an empty file. It goes there in pieces: a record may be tens of megabytes.
///
/// # Errors
/// Where it cannot be written.
pub(super) fn seal<T: Serialize>(
    kind: Kind,
    owner: &[u8],
    record: &T,
    file: &mut (impl Write + Seek),
) -> io::Result<()> {
    let heading = kind.heading();
    file.write_all(heading.as_bytes())?;
    file.write_all(&[0; CHECKSUM])?;
    let mut cause = None;
    let wax =
        Wax { file: &mut *file, piece: Vec::with_capacity(PIECE), hasher: Hasher::new(), cause: &mut cause };
    let sealed = postcard::serialize_with_flavor(&Content { owner, record }, wax);
    let checksum = sealed.map_err(|error| cause.unwrap_or_else(|| io::Error::other(error)))?;
    file.seek(SeekFrom::Start(heading.len() as u64))?;
    file.write_all(checksum.as_bytes())
}

/// How many bytes are digested and written at once.
const PIECE: usize = 64 * 1024;

/// Digests what is serialized, and writes it, piece by piece.
struct Wax<'a, F> {
    file: &'a mut F,
    piece: Vec<u8>,
    hasher: Hasher,
    /// Why it could not be written: the serializer's own errors have no room for that.
    cause: &'a mut Option<io::Error>,
}

impl<F: Write> Wax<'_, F> {
    fn flush(&mut self) -> postcard::Result<()> {
        self.hasher.update(&self.piece);
        let written = self.file.write_all(&self.piece);
        self.piece.clear();
        written.map_err(|cause| {
            *self.cause = Some(cause);
            postcard::Error::SerializeBufferFull
        })
    }
}

impl<F: Write> Flavor for Wax<'_, F> {
    type Output = Hash;

    fn try_push(&mut self, byte: u8) -> postcard::Result<()> {
        self.try_extend(&[byte])
    }

    fn try_extend(&mut self, bytes: &[u8]) -> postcard::Result<()> {
        for bytes in bytes.chunks(PIECE) {
            if self.piece.len() + bytes.len() > PIECE {
                self.flush()?;
            }
            self.piece.extend_from_slice(bytes);
        }
        Ok(())
    }

    fn finalize(mut self) -> postcard::Result<Hash> {
        self.flush()?;
        Ok(self.hasher.finalize())
    }
}

/// The record that `bytes` hold; `None` where they are damaged, of another kind or format, or not of `owner`.
pub(super) fn open<T: DeserializeOwned>(kind: Kind, owner: &[u8], bytes: &[u8]) -> Option<T> {
    let bytes = bytes.strip_prefix(kind.heading().as_bytes())?;
    let (checksum, content) = bytes.split_at_checked(CHECKSUM)?;
    if blake3::hash(content).as_bytes() != checksum {
        return None;
    }
    let content: Content<Vec<u8>, T> = postcard::from_bytes(content).ok()?;
    (content.owner == owner).then_some(content.record)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Cursor;

    const KIND: Kind = Kind { file: "test", holds: "test", format: 1 };

    fn sealed<T: Serialize>(record: &T) -> Vec<u8> {
        let mut file = Cursor::new(Vec::new());
        seal(KIND, b"me", record, &mut file).unwrap();
        file.into_inner()
    }

    #[test]
    fn records_of_any_size_are_opened_and_what_stops_them_is_said() {
        for length in [PIECE - 1, PIECE, PIECE + 1, 3 * PIECE] {
            let record = ([7_u8, 8].repeat(length), "x".repeat(length));
            assert_eq!(open(KIND, b"me", &sealed(&record)), Some(record), "{length}");
        }
        let mut room = [0; PIECE];
        let refused = seal(KIND, b"me", &"x".repeat(2 * PIECE), &mut Cursor::new(&mut room[..])).unwrap_err();
        assert_eq!(refused.kind(), io::ErrorKind::WriteZero);
    }

    #[test]
    fn only_whole_records_are_opened() {
        let record = ("words".to_owned(), 7_u64);
        let bytes = sealed(&record);
        assert_eq!(open(KIND, b"me", &bytes), Some(record));
        for end in 0..bytes.len() {
            assert_eq!(open::<(String, u64)>(KIND, b"me", &bytes[..end]), None, "cut at {end}");
        }
        for at in 0..bytes.len() {
            let mut damaged = bytes.clone();
            damaged[at] ^= 1;
            assert_eq!(open::<(String, u64)>(KIND, b"me", &damaged), None, "damaged at {at}");
        }
        assert_eq!(open::<(String, u64)>(KIND, b"you", &bytes), None);
        assert_eq!(open::<(String, u64)>(Kind { format: 2, ..KIND }, b"me", &bytes), None);
    }
}
