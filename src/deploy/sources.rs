//! What a site is made from, as git knows it: the commit that is checked out, and the files that are other than there.

use super::git::{Failure, Git};
use super::problem;
use crate::diagnostic::Diagnostic;
use crate::source::{INPUTS, SETTINGS, is_input};
use std::collections::BTreeSet;
use std::path::Path;

/// The sources at one moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sources {
    /// The commit that is checked out.
    pub(super) head: String,
    /// The files in the site's folder that are other than in that commit, by their paths from the top.
    pub(super) uncommitted: BTreeSet<String>,
}

impl Sources {
    /// Looks at the sources of the site in the folder where `here` asks. `scratch` is for an index.
    ///
    /// # Errors
    /// There is no commit.
    pub(super) fn look(here: &Git, scratch: &Path) -> Result<Self, Diagnostic> {
        let head = here.line(&["rev-parse", "--verify", "--quiet", "HEAD^{commit}"]);
        let head = head.map_err(|_| no_commit())?;
        let uncommitted = uncommitted(here, scratch).map_err(|failure| problem::git(&failure))?;
        Ok(Self { head, uncommitted })
    }
}

fn uncommitted(here: &Git, scratch: &Path) -> Result<BTreeSet<String>, Failure> {
    let mut paths = changed(here)?;
    paths.extend(ignored(here)?);
    if has_unwatched(here)? {
        // An index that is made of the commit has no marks, and so git looks at every file.
        let fresh = here.with("GIT_INDEX_FILE", scratch.join("committed"));
        fresh.bytes(&["read-tree", "HEAD"])?;
        paths.extend(changed(&fresh)?);
    }
    Ok(paths)
}

/// What git says is changed or new.
fn changed(here: &Git) -> Result<BTreeSet<String>, Failure> {
    let arguments = [
        "status",
        "--porcelain",
        "-z",
        "--no-renames",
        "--untracked-files=normal",
        "--ignore-submodules=none",
        "--",
        ".",
    ];
    let answer = here.bytes(&arguments)?;
    let entries = answer.split(|byte| *byte == 0).filter_map(|entry| entry.get(3..));
    Ok(entries.map(|path| String::from_utf8_lossy(path).into_owned()).collect())
}

/// Files that git was told to ignore, and that are published all the same.
fn ignored(here: &Git) -> Result<BTreeSet<String>, Failure> {
    let arguments = ["ls-files", "-z", "--others", "--ignored", "--exclude-standard", "--"];
    let prefix = here.line(&["rev-parse", "--show-prefix"])?;
    let paths = inputs(here, &arguments)?;
    Ok(paths.into_iter().filter(|path| is_input(path)).map(|path| format!("{prefix}{path}")).collect())
}

/// Whether there are files among the inputs that git was told not to look at: it marks them with small letters
/// (`--assume-unchanged`) or an S (`--skip-worktree`).
fn has_unwatched(here: &Git) -> Result<bool, Failure> {
    let entries = inputs(here, &["ls-files", "-z", "-v", "--"])?;
    Ok(entries.iter().any(|entry| entry.starts_with(|mark: char| mark.is_ascii_lowercase() || mark == 'S')))
}

/// What `ls-files` answers of the files that a site is made from.
fn inputs(here: &Git, arguments: &[&str]) -> Result<Vec<String>, Failure> {
    let arguments: Vec<&str> = arguments.iter().copied().chain(INPUTS).chain([SETTINGS]).collect();
    let answer = here.bytes(&arguments)?;
    let entries = answer.split(|byte| *byte == 0).filter(|entry| !entry.is_empty());
    Ok(entries.map(|entry| String::from_utf8_lossy(entry).into_owned()).collect())
}

fn no_commit() -> Diagnostic {
    Diagnostic::error("no-commit", "nothing has been committed yet in this repository")
        .note("what is published names the commit that it was made of")
        .help("commit the site first: git add ., git commit")
}
