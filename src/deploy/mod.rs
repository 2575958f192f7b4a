//! A built site as a commit on a branch of a remote, for those who publish from a branch.
//!
//! The laws of a deployment:
//!
//! - **The work tree, the index and the branches here are not touched.** git's plumbing writes objects with an index of its
//!   own; what refers to them is the remote's branch, and here no more than what a push sets.
//! - **The bytes are those of the build.** No filter, attribute, hook or setting of git has a say in them.
//! - **Somebody's work is never replaced.** A branch is Dateline's own as long as its last commit is one that Dateline made,
//!   unchanged. What is pushed follows that commit, or with `--squash` takes its place while it is still the last.
//! - **A commit is a change.** A site that is published already makes none.
//!
//! The phases, each in a file of its own:
//!
//! ```text
//!     checkout ─▶ the sources: which commit, are they all of it, where are they pushed to
//!     address ──▶ can the site be where it was built for
//!     tree ─────▶ the built files as a tree
//!     remote ───▶ the branch as it is there, now
//!     push ─────▶ commit, push; again if another deployment was first
//! ```

mod address;
mod branch;
mod checkout;
mod git;
mod github;
mod message;
mod problem;
mod push;
mod redact;
mod remote;
mod tree;

pub use self::address::Address;
pub use self::branch::branch;
pub use self::checkout::{Checkout, Order};
pub use self::git::{Failure, Git};
pub use self::github::{GitHubRepository, domain};
pub use self::message::short;
pub use self::push::Outcome;
pub use self::tree::Changes;

use crate::config::BaseUrl;
use crate::diagnostic::Diagnostic;
use std::fs;
use std::path::Path;

/// The file that tells GitHub to publish the others as they are; without it, names that begin with `_` go missing.
const NO_JEKYLL: &str = ".nojekyll";
/// The file that tells GitHub the domain of a site published from a branch.
const CNAME: &str = "CNAME";

impl Checkout {
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
        &self.head
    }

    /// What is known of the address of a site that is pushed from here.
    ///
    /// # Errors
    /// The remote's pages cannot be there.
    pub fn address(&self, base_url: &BaseUrl) -> Result<Address, Diagnostic> {
        address::fit(base_url, self.github())
    }
}

/// Publishes the site that was built in `folder`, of which `paths` are all files. `room` is an empty folder for what that
/// needs; both are the caller's, and go afterwards.
///
/// # Errors
/// It cannot be published, and the remote is as it was.
pub fn deploy(
    checkout: &Checkout,
    order: &Order,
    address: &Address,
    (folder, paths): (&Path, &[&str]),
    room: &Path,
) -> Result<Outcome, Diagnostic> {
    let mut paths = paths.to_vec();
    if !paths.contains(&NO_JEKYLL) {
        add(folder, NO_JEKYLL, "")?;
        paths.push(NO_JEKYLL);
    }
    match &address.domain {
        _ if paths.contains(&CNAME) => own_cname(folder, address)?,
        Some(domain) => {
            add(folder, CNAME, &format!("{domain}\n"))?;
            paths.push(CNAME);
        }
        None => {}
    }
    let tree = tree::write(checkout, folder, &paths, room)?;
    push::publish(checkout, order, &tree, room)
}

fn add(folder: &Path, name: &str, text: &str) -> Result<(), Diagnostic> {
    let path = folder.join(name);
    fs::write(&path, text).map_err(|error| tree::no_room(&path, &error))
}

/// A `CNAME` that the site has itself must name the domain that the site is built for.
fn own_cname(folder: &Path, address: &Address) -> Result<(), Diagnostic> {
    let text = fs::read_to_string(folder.join(CNAME)).unwrap_or_default();
    let named = text.trim().to_ascii_lowercase();
    if !address.is_sure && address.domain.is_none() || address.domain.as_ref() == Some(&named) {
        return Ok(());
    }
    let message = format!("the site is built for {}, and its own file CNAME names '{named}'", address.home);
    Err(Diagnostic::error("other-address", message).help(
        "set base_url in site.toml to the address that is meant, and remove static/CNAME: deploy writes it",
    ))
}
