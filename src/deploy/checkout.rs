//! The repository that a site's sources are in: what is checked out there, and whether it says what would be published.

use super::git::{Failure, Git};
use super::problem;
use super::remote::Remote;
use crate::diagnostic::Diagnostic;
use std::path::{Path, PathBuf};

/// What was asked of a deployment.
#[derive(Debug, Clone)]
pub struct Order {
    /// The remote to push to; where none is named, `origin`, or the only one.
    pub remote: Option<String>,
    /// The branch to publish on, without `refs/heads/`.
    pub branch: String,
    /// Whether to go on from a branch whose last commit is not Dateline's.
    pub adopt: bool,
    /// Whether the branch is to have one commit alone.
    pub squash: bool,
    /// Whether sources that are not committed may be published.
    pub allow_dirty: bool,
    /// Whether only to find out what would change.
    pub dry_run: bool,
    /// Whether there is a person whom git may ask for a password.
    pub is_interactive: bool,
}

/// A work tree that can be published from. It is looked at and never changed, nor is its index.
#[derive(Debug)]
pub struct Checkout {
    /// Asks at the top of the work tree.
    pub(super) git: Git,
    /// Its `.git`, absolute; of a linked work tree the part that is its own.
    pub(super) git_dir: PathBuf,
    /// The commit that is checked out.
    pub(super) head: String,
    /// Whether the sources are other than that commit's.
    pub(super) is_dirty: bool,
    /// Whether the repository lacks old commits.
    pub(super) is_shallow: bool,
    /// Where the site will be pushed to.
    pub(super) remote: Remote,
    /// The top of the work tree.
    top: PathBuf,
}

impl Checkout {
    /// Finds the repository of the site in `root`.
    ///
    /// # Errors
    /// There is no git, no repository, no commit, no remote; the sources are not committed; or the branch to publish on
    /// is the one they are on.
    pub fn find(root: &Path, order: &Order) -> Result<Self, Diagnostic> {
        let here = Git::at(root);
        let top =
            here.line(&["rev-parse", "--show-toplevel"]).map_err(|failure| no_work_tree(root, &failure))?;
        let top = PathBuf::from(top);
        let git = Git::at(&top);
        let ask = |arguments: &[&str]| git.line(arguments).map_err(|failure| problem::git(&failure));
        let git_dir = PathBuf::from(ask(&["rev-parse", "--absolute-git-dir"])?);
        let head =
            git.line(&["rev-parse", "--verify", "--quiet", "HEAD^{commit}"]).map_err(|_| no_commit())?;
        let branch = git.answer(&["symbolic-ref", "--quiet", "--short", "HEAD"]);
        if branch.as_ref() == Some(&order.branch) {
            return Err(problem::source_branch(&order.branch));
        }
        let dirty = dirty(&here)?;
        if !order.allow_dirty {
            if !dirty.is_empty() {
                return Err(dirty_tree(&dirty));
            }
            here.bytes(&["cat-file", "-e", "HEAD:./site.toml"]).map_err(|_| not_its_site())?;
        }
        let is_shallow = ask(&["rev-parse", "--is-shallow-repository"])? == "true";
        let remote = Remote::find(&git, order)?;
        Ok(Self { git, git_dir, head, is_dirty: !dirty.is_empty(), is_shallow, remote, top })
    }

    /// Whether a commit is the one that is checked out, or one that led to it, as far as is known here.
    pub(super) fn comes_after(&self, commit: &str) -> bool {
        self.is_ancestor(commit, &self.head)
    }

    /// Whether a commit led to the one that is checked out, or comes from it: then it is of the sources.
    pub(super) fn is_of_the_sources(&self, commit: &str) -> bool {
        self.comes_after(commit) || self.is_ancestor(&self.head, commit)
    }

    /// Whether there is a workflow that publishes the site on GitHub in another way.
    pub fn has_workflow(&self) -> bool {
        self.top.join(".github/workflows/pages.yml").is_file()
    }

    fn is_ancestor(&self, old: &str, new: &str) -> bool {
        self.git.bytes(&["merge-base", "--is-ancestor", old, new]).is_ok()
    }
}

/// The files in the site's folder that are other than in the commit that is checked out, by their paths from the top.
fn dirty(here: &Git) -> Result<Vec<String>, Diagnostic> {
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
    let answer = here.bytes(&arguments).map_err(|failure| problem::git(&failure))?;
    let entries = answer.split(|byte| *byte == 0).filter_map(|entry| entry.get(3..));
    Ok(entries.map(|path| String::from_utf8_lossy(path).into_owned()).collect())
}

fn no_work_tree(root: &Path, failure: &Failure) -> Diagnostic {
    let said = failure.said();
    if failure.is_absence() {
        return Diagnostic::error("no-git", "deploy works with git, which is not installed here")
            .help("install it: https://git-scm.com/downloads");
    }
    let shown = root.display();
    if said.contains("not a git repository") {
        return Diagnostic::error("no-repository", format!("'{shown}' is not in a git repository"))
            .help("put the site under version control first: git init, git add ., git commit");
    }
    if said.contains("must be run in a work tree") {
        return Diagnostic::error("no-repository", format!("'{shown}' is in no work tree of git"))
            .help("name the folder with site.toml with -C");
    }
    problem::git(failure)
}

fn no_commit() -> Diagnostic {
    Diagnostic::error("no-commit", "nothing has been committed yet in this repository")
        .note("what is published names the commit that it was made of")
        .help("commit the site first: git add ., git commit")
}

fn not_its_site() -> Diagnostic {
    Diagnostic::error("no-commit", "site.toml is not part of the commit that is checked out")
        .note("git ignores it, or the site is in a repository that is not its own")
        .help("commit the site first, or say --allow-dirty")
}

fn dirty_tree(paths: &[String]) -> Diagnostic {
    let message = match paths.len() {
        1 => "a file of the site has changes that are not committed".to_owned(),
        count => format!("{count} files of the site have changes that are not committed"),
    };
    problem::listed(Diagnostic::error("dirty-tree", message), paths)
        .help("commit them, or publish them all the same with --allow-dirty")
}
