//! How a record lies on disk: a line that names its kind and format, a checksum, and the record.

use postcard::ser_flavors::Size;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

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

/// A record of `owner` as bytes.
pub(super) fn seal<T: Serialize>(kind: Kind, owner: &[u8], record: &T) -> postcard::Result<Vec<u8>> {
    let content = Content { owner, record };
    let heading = kind.heading();
    let start = heading.len() + CHECKSUM;
    // Counted first: what grows by doubling is twice in memory for a while, and a record may be tens of megabytes.
    let length = postcard::serialize_with_flavor(&content, Size::default())?;
    let mut bytes = Vec::with_capacity(start + length);
    bytes.extend_from_slice(heading.as_bytes());
    bytes.extend([0; CHECKSUM]);
    let mut bytes = postcard::to_extend(&content, bytes)?;
    let checksum = blake3::hash(&bytes[start..]);
    bytes[start - CHECKSUM..start].copy_from_slice(checksum.as_bytes());
    Ok(bytes)
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

    const KIND: Kind = Kind { file: "test", holds: "test", format: 1 };

    #[test]
    fn only_whole_records_are_opened() {
        let record = ("words".to_owned(), 7_u64);
        let bytes = seal(KIND, b"me", &record).unwrap();
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
