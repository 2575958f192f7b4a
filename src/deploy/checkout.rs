//! The repository that a site's sources are in: what is checked out there, and whether it says what would be published.

use super::address::{self, Address};
use super::git::{Failure, Git};
use super::github::{GitHubRepository, WORKFLOW};
use super::options::Options;
use super::problem;
use super::remote::Remote;
use super::scratch::{Scratch, unwritable};
use super::sources::Sources;
use crate::config::BaseUrl;
use crate::diagnostic::Diagnostic;
use crate::source::{SETTINGS, read_settings};
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

/// A work tree that can be published from. It is looked at and never changed, nor is its index.
#[derive(Debug)]
pub struct Checkout {
    /// Asks at the top of the work tree.
    pub(super) git: Git,
    /// Its `.git`, absolute; of a linked work tree the part that is its own.
    pub(super) git_dir: PathBuf,
    /// Where files for git can be put.
    pub(super) scratch: PathBuf,
    /// Where the site will be pushed to.
    pub(super) remote: Remote,
    /// The sources as they were before the build.
    sources: Sources,
    /// Asks in the site's folder.
    here: Git,
    /// The site's folder from the top of the work tree, with a slash behind it; empty at the top.
    prefix: String,
    /// The site's folder, as it was given.
    root: PathBuf,
    /// The top of the work tree.
    top: PathBuf,
}

impl Checkout {
    /// Finds the repository of the site in `root`.
    ///
    /// # Errors
    /// There is no site, no git, no repository, no commit, no remote; the sources are not committed; or the branch to
    /// publish on is the one they are on.
    pub fn find(root: &Path, options: &Options, scratch: &Scratch) -> Result<Self, Diagnostic> {
        read_settings(root)?;
        let mut here = Git::at(root);
        let top =
            here.line(&["rev-parse", "--show-toplevel"]).map_err(|failure| no_work_tree(root, &failure))?;
        let top = PathBuf::from(top);
        if options.dry_run {
            here = set_apart(&here, root, scratch)?;
        }
        let git = here.elsewhere(&top);
        let ask = |git: &Git, question: &str| {
            git.line(&["rev-parse", question]).map_err(|failure| problem::git(&failure))
        };
        let git_dir = PathBuf::from(ask(&git, "--absolute-git-dir")?);
        let prefix = ask(&here, "--show-prefix")?;
        let sources = Sources::look(&here, root, &scratch.git)?;
        let branch = git.answer(&["symbolic-ref", "--quiet", "--short", "HEAD"]);
        if branch.as_ref() == Some(&options.branch) {
            return Err(problem::source_branch(&options.branch));
        }
        if !options.allow_dirty {
            here.bytes(&["cat-file", "-e", &format!("HEAD:./{SETTINGS}")]).map_err(|_| not_its_site())?;
            if !sources.uncommitted.is_empty() {
                return Err(dirty_tree(&sources));
            }
        }
        let is_shallow = ask(&git, "--is-shallow-repository")? == "true";
        // A fetch that cuts history off writes down where, in the repository itself: a dry run fetches all there is.
        let remote = Remote::find(&git, options, is_shallow && !options.dry_run)?;
        let (scratch, root) = (scratch.git.clone(), root.to_owned());
        Ok(Self { git, git_dir, scratch, remote, sources, here, prefix, root, top })
    }

    /// The name of the remote.
    pub fn remote(&self) -> &str {
        &self.remote.name
    }

    /// The repository on GitHub that the remote is.
    pub fn github(&self) -> Option<&GitHubRepository> {
        self.remote.github.as_ref()
    }

    /// The commit that is checked out.
    pub fn head(&self) -> &str {
        &self.sources.head
    }

    /// Whether there is a workflow that publishes the site on GitHub in another way.
    pub fn has_workflow(&self) -> bool {
        self.top.join(WORKFLOW).is_file()
    }

    /// What is known of the address of a site that is pushed from here.
    ///
    /// # Errors
    /// The remote's pages cannot be there.
    pub fn address(&self, base_url: &BaseUrl) -> Result<Address, Diagnostic> {
        address::fit(base_url, self.github())
    }

    /// Looks at the sources again once the site is built, and says whether it may be made of other ones than those of
    /// [`Checkout::head`].
    ///
    /// # Errors
    /// They changed in the meantime, and only what is committed may be published.
    pub(super) fn is_dirty_by_now(&self, options: &Options) -> Result<bool, Diagnostic> {
        let now = Sources::look(&self.here, &self.root, &self.scratch)?;
        if now != self.sources && !options.allow_dirty {
            return Err(changed_meanwhile(&self.sources, &now));
        }
        Ok(now != self.sources || !now.uncommitted.is_empty())
    }

    /// Whether a commit is the one that is checked out, or one that led to it, as far as is known here.
    pub(super) fn comes_after(&self, commit: &str) -> bool {
        self.git.bytes(&["merge-base", "--is-ancestor", commit, self.head()]).is_ok()
    }

    /// Whether a commit is of the sources: it has history in common with the one that is checked out, or it holds a site's
    /// settings where they are here. The second tells even where there is no history, as in a shallow clone.
    ///
    /// # Errors
    /// git cannot tell.
    pub(super) fn is_of_the_sources(&self, commit: &str) -> Result<bool, Diagnostic> {
        let has = |path: String| {
            self.git.bytes(&["rev-parse", "--verify", "--quiet", &format!("{commit}:{path}")]).is_ok()
        };
        if has(format!("{}{SETTINGS}", self.prefix)) || has(SETTINGS.to_owned()) {
            return Ok(true);
        }
        match self.git.bytes(&["merge-base", commit, self.head()]) {
            Ok(_) => Ok(true),
            // Where it has nothing to say, there is nothing in common.
            Err(Failure::Refused(said)) if said.is_empty() => Ok(false),
            Err(failure) => Err(problem::git(&failure)),
        }
    }
}

/// git that reads the repository's objects and writes its own into the scratch folder.
fn set_apart(here: &Git, root: &Path, scratch: &Scratch) -> Result<Git, Diagnostic> {
    let objects =
        here.line(&["rev-parse", "--git-path", "objects"]).map_err(|failure| problem::git(&failure))?;
    let objects = root.join(objects);
    let objects = objects.canonicalize().unwrap_or(objects);
    let own = scratch.git.join("objects");
    fs::create_dir_all(&own).map_err(|error| unwritable(&own, &error))?;
    Ok(here.with("GIT_OBJECT_DIRECTORY", own).with("GIT_ALTERNATE_OBJECT_DIRECTORIES", entry(&objects)))
}

/// A path as one entry of a list of paths: in quotes where a character would end it, or begin quotes.
fn entry(path: &Path) -> OsString {
    match path.to_str() {
        Some(text) if text.contains([':', ';', '"', '\n']) && cfg!(unix) => {
            let text = text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
            format!("\"{text}\"").into()
        }
        _ => path.as_os_str().to_owned(),
    }
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
    if said.contains("dubious ownership") {
        let message = format!("git does not trust the repository of '{shown}', which is another user's");
        return problem::said(Diagnostic::error("no-repository", message), failure)
            .help("if you do, tell git with the command that it names");
    }
    problem::git(failure)
}

fn not_its_site() -> Diagnostic {
    Diagnostic::error("no-commit", "site.toml is not part of the commit that is checked out")
        .note("git ignores it, or the site is in a repository that is not its own")
        .help("commit the site first, or say --allow-dirty")
}

fn dirty_tree(sources: &Sources) -> Diagnostic {
    let message = match sources.uncommitted.len() {
        1 => "a file of the site has changes that are not committed".to_owned(),
        count => format!("{count} files of the site have changes that are not committed"),
    };
    problem::listed(Diagnostic::error("dirty-tree", message), &sources.uncommitted).help(
        "commit them (git add --force takes what git ignores), or publish them all the same with --allow-dirty",
    )
}

fn changed_meanwhile(before: &Sources, now: &Sources) -> Diagnostic {
    let problem = Diagnostic::error("dirty-tree", "the site's sources changed while it was being built");
    let problem =
        if now.head == before.head { problem } else { problem.note("another commit is checked out now") };
    problem::listed(problem, now.uncommitted.difference(&before.uncommitted))
        .help("nothing was published; commit what is changed, and deploy again")
}
