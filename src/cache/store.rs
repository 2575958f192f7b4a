//! What is dear to make, kept by a digest of all that it was made from.
//!
//! A picture made smaller, or a card that was drawn, follows from its key alone: whoever asks digests the bytes and
//! settings it comes from, and the version of what makes it. So an entry is never out of date, only out of use, and
//! builds of several outputs share the store. As the other records it is memory, not truth: what cannot be read or
//! written is made again.

use super::disk;
use std::collections::HashSet;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// The name of the store's folder in `.dateline/`.
const FOLDER: &str = "store";
/// How many bytes the store may come to before what is out of use goes: some forty thousand drawn cards, or several
/// thousand photographs in three sizes.
const ROOM: u64 = 1 << 30;

const CHECKSUM: usize = blake3::OUT_LEN;

/// The store of one site.
#[derive(Debug)]
pub struct Store {
    root: PathBuf,
    /// What this run asked for: it is in use, and stays.
    asked: Mutex<HashSet<PathBuf>>,
}

impl Store {
    /// The store of the site in `root`. Nothing is read or made yet.
    pub fn new(root: &Path) -> Self {
        Self { root: root.to_owned(), asked: Mutex::default() }
    }

    /// What is kept under `key`, else what `make` makes, which is kept from then on.
    ///
    /// # Errors
    /// Those of `make`. That a disk is full or read-only is none: the next run makes it again.
    pub fn obtain<E>(
        &self,
        key: &blake3::Hash,
        make: impl FnOnce() -> Result<Vec<u8>, E>,
    ) -> Result<Vec<u8>, E> {
        // A lock whose holder panicked guards a set: what is in it is whole.
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).insert(self.path(key));
        if let Some(kept) = self.load(key) {
            return Ok(kept);
        }
        let made = make()?;
        self.keep(key, &made);
        Ok(made)
    }

    /// Where all entries together have outgrown their room, removes those that this run did not ask for, the oldest
    /// first. A page that stands asks for nothing and needs nothing: what goes though it shows it is made again when it is.
    ///
    /// Where this run asked for nothing, nobody looks: it cannot have grown but by a preview, and whoever asks next looks.
    pub fn trim(&self) {
        self.trim_to(ROOM);
    }

    fn load(&self, key: &blake3::Hash) -> Option<Vec<u8>> {
        let mut bytes = fs::read(self.path(key)).ok()?;
        let (checksum, content) = bytes.split_at_checked(CHECKSUM)?;
        if blake3::hash(content).as_bytes() != checksum {
            return None;
        }
        bytes.drain(..CHECKSUM);
        Some(bytes)
    }

    fn keep(&self, key: &blake3::Hash, content: &[u8]) {
        let path = self.path(key);
        let mut bytes = Vec::with_capacity(CHECKSUM + content.len());
        bytes.extend_from_slice(blake3::hash(content).as_bytes());
        bytes.extend_from_slice(content);
        let made = disk::create_cache(&self.root)
            .and_then(|()| disk::create_folder(&self.folder()))
            .and_then(|()| path.parent().map_or(Ok(()), disk::create_folder));
        // What cannot be kept is made again.
        let _ = made.and_then(|()| disk::replace(&path, |file| file.write_all(&bytes)));
    }

    fn trim_to(&self, room: u64) {
        // A lock whose holder panicked guards a set: what is in it is whole.
        let asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        if asked.is_empty() {
            return;
        }
        let folders = fs::read_dir(self.folder()).into_iter().flatten().flatten();
        let files = folders.filter_map(|folder| fs::read_dir(folder.path()).ok()).flatten().flatten();
        let mut entries: Vec<_> = files
            .filter_map(|file| {
                let metadata = file.metadata().ok()?;
                Some((metadata.modified().ok()?, file.path(), metadata.len()))
            })
            .collect();
        entries.sort();
        let mut size: u64 = entries.iter().map(|(_, _, length)| length).sum();
        for (_, path, length) in entries {
            if size <= room {
                break;
            }
            if asked.contains(&path) {
                continue;
            }
            if disk::remove_file(&path).is_ok() {
                size -= length;
            }
        }
    }

    fn folder(&self) -> PathBuf {
        self.root.join(crate::source::CACHE).join(FOLDER)
    }

    /// `store/ab/cdef…`: a folder does not get more than some hundreds.
    fn path(&self, key: &blake3::Hash) -> PathBuf {
        let name = key.to_hex();
        self.folder().join(&name[..2]).join(&name[2..32])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::Cell;

    fn key(name: &str) -> blake3::Hash {
        blake3::hash(name.as_bytes())
    }

    #[test]
    fn what_was_made_once_is_not_made_again() {
        let site = tempfile::tempdir().unwrap();
        let store = Store::new(site.path());
        let made = Cell::new(0);
        let ask = || {
            store.obtain(&key("a"), || {
                made.set(made.get() + 1);
                Ok::<_, ()>(b"drawn".to_vec())
            })
        };
        assert_eq!((ask(), ask(), made.get()), (Ok(b"drawn".to_vec()), Ok(b"drawn".to_vec()), 1));
        assert_eq!(store.obtain(&key("b"), || Err("no")), Err("no"));
        assert_eq!(fs::read_to_string(site.path().join(".dateline/.gitignore")).unwrap(), "*\n");
    }

    #[test]
    fn a_damaged_entry_is_made_again() {
        let site = tempfile::tempdir().unwrap();
        let store = Store::new(site.path());
        store.keep(&key("a"), b"drawn");
        let path = store.path(&key("a"));
        let whole = fs::read(&path).unwrap();
        for end in [0, CHECKSUM - 1, whole.len() - 1] {
            fs::write(&path, &whole[..end]).unwrap();
            assert_eq!(store.load(&key("a")), None, "cut at {end}");
        }
        fs::write(&path, &whole).unwrap();
        assert_eq!(store.load(&key("a")), Some(b"drawn".to_vec()));
    }

    #[test]
    fn a_store_that_outgrows_its_room_loses_what_is_oldest() {
        let site = tempfile::tempdir().unwrap();
        let store = Store::new(site.path());
        for (age, name) in [(3, "a"), (2, "b"), (1, "c")] {
            store.keep(&key(name), &[0; 100]);
            let file = fs::File::options().write(true).open(store.path(&key(name))).unwrap();
            let long_ago = std::time::UNIX_EPOCH + std::time::Duration::from_secs(1_000 - age);
            file.set_modified(long_ago).unwrap();
        }
        let there = || ["a", "b", "c"].map(|name| store.load(&key(name)).is_some());
        // Who asked for nothing does not look.
        store.trim_to(300);
        assert_eq!(there(), [true; 3]);
        // What is in use stays, however old it is.
        assert_eq!(store.obtain(&key("b"), || Err(())), Ok(vec![0; 100]));
        store.trim_to(300);
        assert_eq!(there(), [false, true, true]);
        store.trim_to(0);
        assert_eq!(there(), [false, true, false]);
    }
}
