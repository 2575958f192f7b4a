//! A built site as a commit on a branch of a remote, for those who publish from a branch.
//!
//! The laws of a deployment:
//!
//! - **The work tree, the index and the branches here are not touched.** git's plumbing writes objects with an index of its
//!   own; what refers to them is the remote's branch, and here no more than what a push sets. A dry run writes no object
//!   either.
//! - **The bytes are those of the build.** No filter, attribute, hook or setting of git has a say in them.
//! - **Somebody's work is never replaced.** A branch is Dateline's own as long as its last commit is one that Dateline made,
//!   unchanged. What is pushed follows that commit, or with `--squash` takes its place while it is still the last.
//! - **A commit is a change.** A site that is published already makes none.
//! - **What was looked at before the build is looked at after it.** Sources and branch may change while a site is built.
//!
//! The phases, each in a file of its own:
//!
//! ```text
//!     checkout ─▶ the sources: which commit, are they all of it, where are they pushed to
//!     remote ───▶ the branch as it is there
//!     address ──▶ can the site be where it is built for
//!                 (here the site is built)
//!     tree ─────▶ the built files as a tree
//!     push ─────▶ commit, push; again if another deployment was first
//! ```

mod address;
mod branch;
mod built;
mod checkout;
mod cname;
mod domain;
mod git;
mod github;
mod message;
mod options;
mod problem;
mod push;
mod redact;
mod remote;
mod scratch;
mod sources;
mod tree;

pub use self::address::Address;
pub use self::branch::branch;
pub use self::built::Built;
pub use self::checkout::Checkout;
pub use self::domain::domain;
pub use self::git::{Failure, Git};
pub use self::github::{GitHubRepository, WORKFLOW, is_pages_host};
pub use self::message::short;
pub use self::options::Options;
pub use self::push::{Outcome, Seen, look};
pub use self::scratch::Scratch;
pub use self::tree::Changes;

use crate::diagnostic::Diagnostic;

/// Publishes a site that was built after the branch was `seen`.
///
/// # Errors
/// It cannot be published, or nobody can tell whether it was; the problem says which.
pub fn deploy(
    checkout: &Checkout,
    options: &Options,
    seen: Seen,
    built: &Built<'_>,
) -> Result<Outcome, Diagnostic> {
    let is_dirty = checkout.is_dirty_by_now(options)?;
    let paths = built.complete()?;
    let tree = tree::write(checkout, built.folder, &paths)?;
    push::publish(checkout, options, seen, &push::Content { tree, is_dirty })
}
