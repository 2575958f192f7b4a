//! What is said on the way.

use crate::diagnostic::Diagnostic;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

/// What a person at the terminal is told.
#[derive(Debug)]
pub enum News<'a> {
    /// It listens at these ports of these hosts, such as `127.0.0.1:4000`.
    Listening(&'a [SocketAddr]),
    /// The folder cannot be watched, for this reason, and is looked at again and again instead.
    Polling(&'a str),
    /// An edition is on show.
    Edition {
        /// How many there have been.
        number: u64,
        /// The files that changed, from the site's root.
        changed: Vec<&'a str>,
        /// Articles and pages of the site that is shown; `None` where none can be yet.
        size: Option<(usize, usize)>,
        /// Whether that is the newest state of the files, and not the last that had no errors.
        fresh: bool,
        /// How long it took from the end of the burst of changes.
        time: Duration,
        /// What is wrong, or odd.
        problems: Vec<Diagnostic>,
    },
    /// Every problem that is known, when all pages have been looked at.
    Found(&'a [Diagnostic]),
}

/// Who is told the news.
pub type Tell = Arc<dyn Fn(News<'_>) + Send + Sync>;
