//! The git repository that a new site will stand in, as git tells it.

use crate::deploy::{Git, GitHubRepository};
use std::fs;
use std::path::{Path, PathBuf};

/// A repository that is there already.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    /// Its top.
    pub top: PathBuf,
    /// The site's folder from there, with `/` between names; empty where it is the top.
    pub below: String,
    /// The branch that is published: the remote's default one, else the one that is checked out.
    pub branch: String,
    /// Where it is pushed to.
    pub remote: Remote,
}

/// What the remote `origin` is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Remote {
    /// There is none.
    Absent,
    /// A repository on GitHub.
    GitHub(GitHubRepository),
    /// Something else.
    Other,
}

/// The repository that the folder lies in, or is the top of; none where git knows of none, or where the folder is
/// not to be part of it: since it is ignored there, or since all of a person's files are.
pub(super) fn find(folder: &Path) -> Option<Place> {
    let folder = std::path::absolute(folder).ok()?;
    let nearest = folder.ancestors().find(|path| path.is_dir())?;
    let rest = folder.strip_prefix(nearest).ok()?;
    let folder = nearest.canonicalize().ok()?.join(rest);
    let git = Git::at(nearest);
    let words = |line: &str| git.answer(&line.split(' ').collect::<Vec<_>>());
    let top = fs::canonicalize(words("rev-parse --show-toplevel")?).ok()?;
    let below = folder.strip_prefix(&top).ok()?;
    if below != Path::new("") {
        let is_home =
            std::env::home_dir().and_then(|home| home.canonicalize().ok()).is_some_and(|home| home == top);
        let is_ignored = git.answer(&["check-ignore".as_ref(), "--".as_ref(), folder.as_os_str()]).is_some();
        if is_home || is_ignored {
            return None;
        }
    }
    let below: Option<Vec<&str>> = below.components().map(|part| part.as_os_str().to_str()).collect();
    let below = below?.join("/");
    let branch = words("symbolic-ref --short refs/remotes/origin/HEAD")
        .and_then(|name| Some(name.strip_prefix("origin/")?.to_owned()))
        .or_else(|| words("symbolic-ref --short HEAD"));
    let remote = match words("config --get remote.origin.url") {
        None => Remote::Absent,
        Some(address) => GitHubRepository::of_remote(&address).map_or(Remote::Other, Remote::GitHub),
    };
    let branch = branch.unwrap_or_else(|| "main".to_owned());
    (!below.contains(char::is_control)).then_some(Place { top, below, branch, remote })
}
