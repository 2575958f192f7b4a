//! The arguments that say which site is meant, as the pipeline has them.

use super::args::{Global, SiteArgs};
use super::clock;
use crate::config::Overrides;
use crate::diagnostic::Diagnostic;
use crate::pipeline::Request;
use crate::site::Visibility;
use crate::stopwatch::Stopwatch;

/// Which site is to be made.
///
/// # Errors
/// The time that the environment names is none.
pub(super) fn of(global: &Global, args: &SiteArgs) -> Result<Request, Diagnostic> {
    Ok(Request {
        root: global.root.clone(),
        overrides: Overrides { base_url: args.base_url.clone() },
        visibility: Visibility { drafts: args.drafts, scheduled: args.scheduled, expired: args.expired },
        now: clock::now(args.now)?,
        stopwatch: Stopwatch::default(),
    })
}
