//! What a site is made from, as git knows it: the commit that is checked out, and the files that are other than there.

use super::git::{Failure, Git};
use super::problem;
use crate::diagnostic::Diagnostic;
use crate::source::{INPUTS, SETTINGS, SourceTree, is_input, is_link};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// The sources at one moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sources {
    /// The commit that is checked out.
    pub(super) head: String,
    /// The files in the site's folder that are other than in that commit, by their paths from the top.
    pub(super) uncommitted: BTreeSet<String>,
}

impl Sources {
    /// Looks at the sources of the site in the folder `root`, where `here` asks. `scratch` is for an index.
    ///
    /// # Errors
    /// There is no commit.
    pub(super) fn look(here: &Git, root: &Path, scratch: &Path) -> Result<Self, Diagnostic> {
        let head = here.line(&["rev-parse", "--verify", "--quiet", "HEAD^{commit}"]);
        let head = head.map_err(|_| no_commit())?;
        let uncommitted = uncommitted(here, root, scratch).map_err(|failure| problem::git(&failure))?;
        Ok(Self { head, uncommitted })
    }
}

fn uncommitted(here: &Git, root: &Path, scratch: &Path) -> Result<BTreeSet<String>, Failure> {
    let prefix = here.line(&["rev-parse", "--show-prefix"])?;
    let (links, mut paths) = links(here, root, &prefix)?;
    let targets: Vec<String> = links.iter().map(Link::target).collect();
    let changed = |git: &Git| changed(git, &targets);
    paths.extend(changed(here)?);
    paths.extend(ignored(here, &prefix, &links)?);
    if has_unwatched(here, &targets)? {
        // An index that is made of the commit has no marks, and so git looks at every file.
        let fresh = here.with("GIT_INDEX_FILE", scratch.join("committed"));
        fresh.bytes(&["read-tree", "HEAD"])?;
        paths.extend(changed(&fresh)?);
    }
    Ok(paths)
}

/// A link among the inputs. git knows it by what it says, and a build follows it.
struct Link {
    /// Its path from the site's folder.
    path: String,
    /// Where it leads, from the top of the work tree.
    to: String,
}

impl Link {
    /// What it leads to, as git is asked for it.
    fn target(&self) -> String {
        format!(":(top,literal){}", self.to)
    }
}

/// The links among the inputs, and apart from them those that lead to what no commit has.
fn links(here: &Git, root: &Path, prefix: &str) -> Result<(Vec<Link>, BTreeSet<String>), Failure> {
    let top = PathBuf::from(here.line(&["rev-parse", "--show-toplevel"])?);
    let top = top.canonicalize().unwrap_or(top);
    let (mut inside, mut outside) = (Vec::new(), BTreeSet::new());
    let settings = is_link(root, SETTINGS).then(|| Box::from(SETTINGS));
    for path in SourceTree::scan(root).links.into_iter().chain(settings) {
        // One that leads nowhere is an error of the build.
        let Ok(real) = root.join(&*path).canonicalize() else { continue };
        match real.strip_prefix(&top) {
            Ok(to) if !to.starts_with(".git") => {
                let names: Vec<_> = to.components().map(|name| name.as_os_str().to_string_lossy()).collect();
                inside.push(Link { path: path.into(), to: names.join("/") });
            }
            _ => {
                outside.insert(format!("{prefix}{path}, a link that leads out of the repository"));
            }
        }
    }
    Ok((inside, outside))
}

/// What git says is changed or new in the site's folder, and where links in it lead.
fn changed(here: &Git, targets: &[String]) -> Result<BTreeSet<String>, Failure> {
    let mut arguments = vec![
        "status",
        "--porcelain",
        "-z",
        "--no-renames",
        "--untracked-files=normal",
        "--ignore-submodules=none",
        "--",
        ".",
    ];
    arguments.extend(targets.iter().map(String::as_str));
    let answer = here.bytes(&arguments)?;
    let entries = answer.split(|byte| *byte == 0).filter_map(|entry| entry.get(3..));
    Ok(entries.map(|path| String::from_utf8_lossy(path).into_owned()).collect())
}

/// Files that git was told to ignore, and that are published all the same.
fn ignored(here: &Git, prefix: &str, links: &[Link]) -> Result<BTreeSet<String>, Failure> {
    let list = |places: &[&str]| {
        files(here, &["--others", "--ignored", "--exclude-standard", "--full-name"], places)
    };
    let is_published = |path: &String| path.strip_prefix(prefix).is_some_and(is_input);
    let mut paths: BTreeSet<String> = list(&inputs())?.into_iter().filter(is_published).collect();
    for link in links {
        // By the name that it has on the site.
        let is_published = |path: &String| {
            path.strip_prefix(&link.to).is_some_and(|rest| is_input(&format!("{}{rest}", link.path)))
        };
        paths.extend(list(&[&link.target()])?.into_iter().filter(is_published));
    }
    Ok(paths)
}

/// Whether there are files among the inputs that git was told not to look at: it marks them with small letters
/// (`--assume-unchanged`) or an S (`--skip-worktree`).
fn has_unwatched(here: &Git, targets: &[String]) -> Result<bool, Failure> {
    let places: Vec<&str> = inputs().into_iter().chain(targets.iter().map(String::as_str)).collect();
    let entries = files(here, &["-v"], &places)?;
    Ok(entries.iter().any(|entry| entry.starts_with(|mark: char| mark.is_ascii_lowercase() || mark == 'S')))
}

/// The places of what a site is made from.
fn inputs() -> Vec<&'static str> {
    INPUTS.into_iter().chain([SETTINGS]).collect()
}

/// What `ls-files` answers of some places.
fn files(here: &Git, how: &[&str], places: &[&str]) -> Result<Vec<String>, Failure> {
    let answer = here.bytes(&[&["ls-files", "-z"], how, &["--"], places].concat())?;
    let entries = answer.split(|byte| *byte == 0).filter(|entry| !entry.is_empty());
    Ok(entries.map(|entry| String::from_utf8_lossy(entry).into_owned()).collect())
}

fn no_commit() -> Diagnostic {
    Diagnostic::error("no-commit", "nothing has been committed yet in this repository")
        .note("what is published names the commit that it was made of")
        .help("commit the site first: git add ., git commit")
}
