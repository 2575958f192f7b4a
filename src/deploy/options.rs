//! What is asked of a deployment.

/// What was asked of a deployment.
#[derive(Debug, Clone)]
pub struct Options {
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
