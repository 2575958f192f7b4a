//! The bytes of pages that were asked for, as long as there is room.

use super::print::Key;
use axum::body::Bytes;
use std::collections::{HashMap, VecDeque};

/// How many bytes the shelf holds: more pages than anybody has open.
const ROOM: usize = 64 << 20;

/// A page's bytes.
#[derive(Debug, Clone)]
pub(super) struct Shelved {
    /// The number of the print it is of.
    pub print: u64,
    /// Its bytes, as they would be published.
    pub bytes: Bytes,
    /// Their key.
    pub key: Key,
}

/// Pages by their output paths, each the last that could be rendered.
#[derive(Debug, Default)]
pub(super) struct Shelf {
    pages: HashMap<Box<str>, Shelved>,
    /// In the order they were first put here.
    order: VecDeque<Box<str>>,
    size: usize,
}

impl Shelf {
    /// The last of a page that could be rendered, of whichever print.
    pub(super) fn get(&self, path: &str) -> Option<&Shelved> {
        self.pages.get(path)
    }

    /// Puts a page in the place of an older one; where there is no room, what has been here longest goes.
    pub(super) fn put(&mut self, path: &str, page: Shelved) {
        self.size += page.bytes.len();
        match self.pages.insert(path.into(), page) {
            Some(before) => self.size -= before.bytes.len(),
            None => self.order.push_back(path.into()),
        }
        while self.size > ROOM {
            let Some(oldest) = self.order.pop_front() else { return };
            self.size -= self.pages.remove(&oldest).map_or(0, |page| page.bytes.len());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_been_here_longest_goes() {
        let page = |print, size| Shelved { print, bytes: vec![0; size].into(), key: [0; 16] };
        let mut shelf = Shelf::default();
        shelf.put("a", page(1, ROOM / 2));
        shelf.put("b", page(1, ROOM / 2));
        shelf.put("a", page(2, ROOM / 2));
        assert_eq!((shelf.get("a").unwrap().print, shelf.size), (2, ROOM));
        shelf.put("c", page(2, 1));
        assert!(shelf.get("a").is_none() && shelf.get("b").is_some() && shelf.get("c").is_some());
        shelf.put("d", page(2, ROOM + 1));
        assert!(shelf.get("d").is_none() && shelf.size == 0);
    }
}
