//! The journal: what a build is about to make in the output, so that the next one can clean up after it.

use serde::{Deserialize, Serialize};
use std::hash::{BuildHasher, Hasher, RandomState};

/// What a running build makes in the output before a single page of it takes its place.
///
/// The files themselves are not listed: temporary files and folders tell themselves by their names, and the files that
/// have taken their places stand in the pending manifest, with a digest each.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Journal {
    /// A number drawn for this build, part of the name of its every temporary file and folder.
    mark: u64,
    /// How many directories it makes to have an output at all: the output itself, and those above it.
    pub above: usize,
}

impl Journal {
    /// The journal of a new build.
    pub fn new(above: usize) -> Self {
        // The hasher's seed is the standard library's source of numbers that no other run has.
        Self { mark: RandomState::new().build_hasher().finish(), above }
    }

    /// The name of a temporary file or folder. It is short whatever the page is called, since a name that just fits into
    /// the file system has no room for an ending.
    pub fn temporary(&self, number: usize) -> String {
        format!("{}{number}", self.prefix())
    }

    /// Whether a file or folder of this name is a temporary one of this build.
    pub fn is_temporary(&self, name: &str) -> bool {
        name.strip_prefix(&self.prefix())
            .is_some_and(|number| number.bytes().all(|byte| byte.is_ascii_digit()))
    }

    fn prefix(&self) -> String {
        format!(".dl-{:016x}-", self.mark)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_build_knows_its_own_temporaries_only() {
        let (one, other) = (Journal::new(0), Journal::new(0));
        assert!(one.is_temporary(&one.temporary(12)));
        assert!(!one.is_temporary(&other.temporary(12)));
        assert!(!one.is_temporary("index.html"));
        assert!(one.temporary(1_000_000).len() < 40);
    }
}
