//! What stays the same while the server runs.

use std::path::PathBuf;

/// What was decided before it began.
#[derive(Debug, Clone)]
pub(super) struct Settings {
    /// The site's folder, whole and without links.
    pub root: PathBuf,
    /// Whether tabs go to the article that was saved.
    pub follow: bool,
    /// The address that opens an editor, from the command line.
    pub editor: Option<String>,
    /// The names of hosts, in lower case, that the preview may be asked for by besides numbers and localhost.
    pub hosts: Vec<String>,
}
