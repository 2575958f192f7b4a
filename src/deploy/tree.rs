//! A built site as a tree of git, byte for byte, and what it changes.
//!
//! Files become blobs without filters, so neither line endings nor attributes nor ignored names have a say, and the index
//! that lists them is one of its own.

use super::checkout::Checkout;
use super::git::{Failure, Git};
use super::problem;
use super::scratch::unwritable;
use crate::diagnostic::Diagnostic;
use std::fs::{self, File};
use std::path::Path;

/// What a deployment changes on its branch, by paths.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    /// Files that were not there.
    pub added: Vec<String>,
    /// Files with other bytes.
    pub changed: Vec<String>,
    /// Files that go.
    pub removed: Vec<String>,
}

/// Writes the files `paths` in `folder` as a tree and gives its name.
pub(super) fn write(checkout: &Checkout, folder: &Path, paths: &[&str]) -> Result<String, Diagnostic> {
    if let Some(path) =
        paths.iter().find(|path| path.split('/').any(|part| part.eq_ignore_ascii_case(".git")))
    {
        let message = format!("the site has a file '{path}', and git takes none with such a name");
        return Err(Diagnostic::error("bad-output-path", message).help("take it out of static/"));
    }
    let scratch = &checkout.scratch;
    let git = checkout
        .git
        .elsewhere(folder)
        .with("GIT_DIR", checkout.git_dir.as_os_str())
        .with("GIT_WORK_TREE", folder.as_os_str())
        .with("GIT_INDEX_FILE", scratch.join("index"));
    let failed = |failure: Failure| problem::git(&failure);
    let names: String = paths.iter().map(|path| quoted(path) + "\n").collect();
    let input = input(&scratch.join("paths"), &names)?;
    let blobs =
        git.bytes_of(&["hash-object", "-w", "--no-filters", "--stdin-paths"], input).map_err(failed)?;
    let blobs = String::from_utf8_lossy(&blobs);
    let entries = entries(&blobs.lines().collect::<Vec<_>>(), paths)?;
    let input = self::input(&scratch.join("entries"), &entries)?;
    git.bytes_of(&["update-index", "-z", "--index-info"], input).map_err(failed)?;
    git.line(&["write-tree"]).map_err(failed)
}

/// The entries of an index with these blobs at these paths.
fn entries(blobs: &[&str], paths: &[&str]) -> Result<String, Diagnostic> {
    if blobs.len() != paths.len() {
        let said = format!("{} files were given, {} were written", paths.len(), blobs.len());
        return Err(problem::git(&Failure::Refused(said)));
    }
    let entry = |(blob, path): (&&str, &&str)| format!("100644 {blob} 0\t{path}\0");
    Ok(blobs.iter().zip(paths).map(entry).collect())
}

/// What changes between two trees; `None` is one without files.
pub(super) fn changes(git: &Git, old: Option<&str>, new: &str) -> Result<Changes, Diagnostic> {
    let failed = |failure: Failure| problem::git(&failure);
    let old = match old {
        Some(tree) => tree.to_owned(),
        None => git.line(&["mktree"]).map_err(failed)?,
    };
    let arguments = ["diff-tree", "-r", "-z", "--no-renames", "--name-status", &old, new];
    let answer = git.bytes(&arguments).map_err(failed)?;
    let mut parts = answer.split(|byte| *byte == 0).map(String::from_utf8_lossy);
    let mut changes = Changes::default();
    while let (Some(status), Some(path)) = (parts.next(), parts.next()) {
        let list = match &*status {
            "A" => &mut changes.added,
            "D" => &mut changes.removed,
            _ => &mut changes.changed,
        };
        list.push(path.into_owned());
    }
    Ok(changes)
}

/// A file with this text, to be read from its beginning.
pub(super) fn input(path: &Path, text: &str) -> Result<File, Diagnostic> {
    fs::write(path, text).and_then(|()| File::open(path)).map_err(|error| unwritable(path, &error))
}

/// A path on a line of its own, as git reads it: in quotes where a character would end it or begin them.
fn quoted(path: &str) -> String {
    if !path.starts_with('"') && !path.contains(char::is_control) {
        return path.to_owned();
    }
    let mut text = String::from("\"");
    for character in path.chars() {
        match character {
            '"' | '\\' => text.extend(['\\', character]),
            '\0'..='\u{1f}' | '\u{7f}' => text += &format!("\\{:03o}", u32::from(character)),
            _ => text.push(character),
        }
    }
    text + "\""
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_without_a_blob_is_an_error() {
        assert_eq!(entries(&["a", "b"], &["x", "y"]).unwrap(), "100644 a 0\tx\u{0}100644 b 0\ty\u{0}");
        assert_eq!(entries(&["a"], &["x", "y"]).unwrap_err().code, "git-failed");
    }

    #[test]
    fn names_are_quoted_where_they_have_to_be() {
        for (path, line) in [
            ("a b/é\".html", "a b/é\".html"),
            ("a\\b", "a\\b"),
            ("\"a\\", "\"\\\"a\\\\\""),
            ("a\nb\r", "\"a\\012b\\015\""),
        ] {
            assert_eq!(quoted(path), line);
        }
    }
}
