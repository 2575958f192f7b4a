//! From a tree to a commit on the remote's branch, and what to do when another one was there first.

use super::checkout::Checkout;
use super::git::{Failure, Git};
use super::message;
use super::options::Options;
use super::problem;
use super::remote::Tip;
use super::tree::{self, Changes};
use crate::diagnostic::Diagnostic;

/// How often another deployment may be first, before this one gives up.
const ATTEMPTS: usize = 5;

/// What a deployment came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// The commit that is published now; none where there was nothing to do, or nothing was to be done.
    pub commit: Option<String>,
    /// What changes on the branch.
    pub changes: Changes,
    /// Whether the branch is new.
    pub is_first: bool,
    /// Whether history goes from the branch.
    pub drops_history: bool,
}

/// What is to be published.
#[derive(Debug)]
pub(super) struct Content {
    /// The tree of the site.
    pub(super) tree: String,
    /// Whether it may be made of other sources than those that are checked out.
    pub(super) is_dirty: bool,
}

/// The branch as it was before the site was built.
#[derive(Debug)]
pub struct Seen {
    tip: Option<Tip>,
}

/// Looks at the branch, before the work of a build is done.
///
/// # Errors
/// It cannot be reached, or what is there must stay.
pub fn look(checkout: &Checkout, options: &Options) -> Result<Seen, Diagnostic> {
    let tip = checkout.remote.tip()?;
    refuse_what_is_not_ours(checkout, options, tip.as_ref(), options.adopt)?;
    Ok(Seen { tip })
}

/// Brings the branch to a tree, unless it is there already.
pub(super) fn publish(
    checkout: &Checkout,
    options: &Options,
    seen: Seen,
    content: &Content,
) -> Result<Outcome, Diagnostic> {
    let (remote, tree) = (&checkout.remote, content.tree.as_str());
    let mut tip = seen.tip;
    for _ in 0..ATTEMPTS {
        let known = tip.as_ref().map(|tip| tip.id.clone());
        if remote.tip_id()? != known {
            tip = follow(checkout, options)?;
        }
        let changes = tree::changes(&checkout.git, tip.as_ref().map(|tip| tip.tree.as_str()), tree)?;
        let drops_history = options.squash && tip.as_ref().is_some_and(|tip| tip.has_history);
        let outcome = Outcome { commit: None, changes, is_first: tip.is_none(), drops_history };
        if options.dry_run || (tip.as_ref().is_some_and(|tip| tip.tree == tree) && !drops_history) {
            return Ok(outcome);
        }
        let commit = commit(checkout, options, content, tip.as_ref())?;
        let Err(failure) = push(checkout, options, &commit, tip.as_ref()) else {
            return Ok(Outcome { commit: Some(commit), ..outcome });
        };
        // Whatever the words for it are, what became of the push is seen by the branch.
        match remote.tip_id() {
            Err(_) => return Err(problem::unsure(&remote.name, &remote.branch, &failure)),
            Ok(now) if now.as_ref() == Some(&commit) => {
                return Ok(Outcome { commit: Some(commit), ..outcome });
            }
            Ok(now) if now == tip.as_ref().map(|tip| tip.id.clone()) => {
                return Err(problem::rejected(&remote.name, &remote.branch, &failure));
            }
            Ok(_) => {}
        }
    }
    Err(problem::restless(&remote.name, &remote.branch))
}

/// Looks at the branch again after it moved, and decides whether to go on from there.
fn follow(checkout: &Checkout, options: &Options) -> Result<Option<Tip>, Diagnostic> {
    let tip = checkout.remote.tip()?;
    // What was allowed to be replaced is what was there before.
    refuse_what_is_not_ours(checkout, options, tip.as_ref(), false)?;
    refuse_what_may_be_newer(checkout, tip.as_ref())?;
    Ok(tip)
}

/// The branch has somebody's work, or the sources themselves.
fn refuse_what_is_not_ours(
    checkout: &Checkout,
    options: &Options,
    tip: Option<&Tip>,
    adopt: bool,
) -> Result<(), Diagnostic> {
    let remote = &checkout.remote;
    match tip {
        Some(tip) if tip.made_of.is_some() => Ok(()),
        Some(tip) if checkout.is_of_the_sources(&tip.id)? => Err(problem::source_branch(&remote.branch)),
        Some(tip) if !adopt => {
            Err(problem::foreign(&remote.name, &remote.branch, options.squash, &tip.id, &tip.what))
        }
        _ => Ok(()),
    }
}

/// A deployment that was first is replaced without a question if it was made of the same sources or of older ones: so
/// of several that run at once, the newest is what stays.
fn refuse_what_may_be_newer(checkout: &Checkout, tip: Option<&Tip>) -> Result<(), Diagnostic> {
    let remote = &checkout.remote;
    match tip.and_then(|tip| tip.made_of.as_deref()) {
        Some(source) if !checkout.comes_after(source) => {
            Err(problem::overtaken(&remote.name, &remote.branch, source))
        }
        _ => Ok(()),
    }
}

/// Makes the commit, which nothing refers to yet.
fn commit(
    checkout: &Checkout,
    options: &Options,
    content: &Content,
    tip: Option<&Tip>,
) -> Result<String, Diagnostic> {
    let failed = |failure: Failure| problem::git(&failure);
    let text = message::write(checkout.head(), content.is_dirty, &content.tree);
    let message = tree::input(&checkout.scratch.join("message"), &text)?;
    let mut arguments = vec!["commit-tree", "--no-gpg-sign", &content.tree];
    if let Some(tip) = tip.filter(|_| !options.squash) {
        arguments.extend(["-p", &tip.id]);
    }
    named(checkout)
        .map_err(failed)?
        .bytes_of(&arguments, message)
        .map_err(failed)
        .map(|id| String::from_utf8_lossy(&id).trim_end().to_owned())
}

/// git with a name to commit under: the one it knows, else that of who wrote the sources, since unattended machines
/// seldom have one.
fn named(checkout: &Checkout) -> Result<Git, Failure> {
    let git = &checkout.git;
    let knows = |who: &str| git.bytes(&["var", who]).is_ok();
    if knows("GIT_AUTHOR_IDENT") && knows("GIT_COMMITTER_IDENT") {
        return Ok(git.clone());
    }
    let author = |part: &str| git.line(&["show", "--no-patch", "--no-show-signature", part, checkout.head()]);
    let (name, address) = (author("--format=%an")?, author("--format=%ae")?);
    Ok(git
        .with("GIT_AUTHOR_NAME", &name)
        .with("GIT_AUTHOR_EMAIL", &address)
        .with("GIT_COMMITTER_NAME", &name)
        .with("GIT_COMMITTER_EMAIL", &address))
}

/// Pushes a commit. What is on the branch is replaced only if `--squash` asks for it, and only if it is what was seen.
fn push(checkout: &Checkout, options: &Options, commit: &str, tip: Option<&Tip>) -> Result<(), Failure> {
    let remote = &checkout.remote;
    let reference = remote.reference();
    let lease = format!("--force-with-lease={reference}:{}", tip.map_or("", |tip| &tip.id));
    let mirror = format!("remote.{}.mirror=false", remote.name);
    let mut arguments = vec!["-c", &mirror, "-c", "push.gpgSign=false", "-c", "push.pushOption="];
    arguments.extend(["push", "--porcelain", "--no-verify", "--no-follow-tags", "--recurse-submodules=no"]);
    if options.squash {
        arguments.push(&lease);
    }
    let refspec = format!("{commit}:{reference}");
    arguments.extend([remote.name.as_str(), &refspec]);
    remote.git.bytes(&arguments).map(drop)
}
