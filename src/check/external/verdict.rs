//! What is said of an address that was asked.

use super::ask::Outcome;
use super::client::Failure;
use super::hosts::Closed;
use crate::check::fault::shortened;
use crate::diagnostic::Diagnostic;
use url::Url;

/// The problem with an address, if there is one.
///
/// What is gone is an error. All else may be another in an hour, or for another who asks, and is a warning.
pub(super) fn problem(address: &str, outcome: &Outcome) -> Option<Diagnostic> {
    let whole = address;
    let address = shortened(address);
    let unreachable = |why: &str| {
        Diagnostic::warning("link-unreachable", format!("{address} cannot be reached: {why}"))
            .help("check again later, and look at it in a browser")
    };
    Some(match outcome {
        Outcome::Good => return None,
        Outcome::Moved { to } => moved(whole, to),
        Outcome::Gone { status, at } => {
            let problem = Diagnostic::error("link-gone", format!("{address} is gone ({status})")).help(format!(
                "look for a copy at https://web.archive.org/web/{address}, take the link out, or let it stand with \
                 ignore under [check] in site.toml"
            ));
            match at {
                Some(at) => problem.note(format!("it led to {}", shortened(at.as_str()))),
                None => problem,
            }
        }
        Outcome::Refused(status) => {
            Diagnostic::warning("link-refused", format!("{address} does not open to a program ({status})")).help(
                "open it in a browser; where it is as it should be, leave it out with ignore under [check] in site.toml",
            )
        }
        Outcome::Private => {
            let message = format!("{address} leads to this machine or into a private network, where readers do not come");
            Diagnostic::warning("link-private", message)
                .help("link to a public address; where all readers are in that network, --private asks there")
        }
        Outcome::LeftAlone(closed) => {
            let because = match closed {
                Closed::Busy(status) => format!("its host asks to be left alone for a while ({status})"),
                Closed::Down(failure) => {
                    format!("other links to its host could not be reached, the last of them since {}", why(failure))
                }
            };
            Diagnostic::warning("link-not-asked", format!("{address} was not asked: {because}"))
                .help("check again later")
        }
        Outcome::Busy(status) => unreachable(&format!("its server asks to be left alone for a while ({status})")),
        Outcome::Failed(status) => unreachable(&format!("its server fails ({status})")),
        Outcome::Circle => unreachable("it leads in a circle"),
        Outcome::TooFar => unreachable("it leads on and on"),
        Outcome::BadRedirect => unreachable("it leads to what is no address"),
        Outcome::Unreachable(failure) => unreachable(&why(failure)),
    })
}

/// The problem that nobody could be reached at all, of so many links.
pub(super) fn offline(links: usize) -> Diagnostic {
    Diagnostic::warning(
        "offline",
        format!("none of {links} links could be reached: this machine may be offline"),
    )
    .help("check again when it is not; behind a proxy, set HTTPS_PROXY and HTTP_PROXY")
}

fn moved(address: &str, to: &Url) -> Diagnostic {
    let problem = Diagnostic::warning("link-moved", format!("{} has moved", shortened(address)));
    let had_path = Url::parse(address).is_ok_and(|from| from.path() != "/");
    if had_path && to.path() == "/" && to.query().is_none() {
        problem.help(format!(
            "it leads to {to}, a front page now: look whether what was linked is still somewhere"
        ))
    } else {
        problem.help(format!("write {}", shortened(to.as_str())))
    }
}

fn why(failure: &Failure) -> String {
    match failure {
        Failure::Private => "it is not public".to_owned(),
        Failure::NoSuchHost => "there is no host of that name".to_owned(),
        Failure::Slow(time) => format!("no answer within {} s", time.as_secs()),
        Failure::NoServer => "nobody listens there".to_owned(),
        Failure::Reset => "its server broke off".to_owned(),
        Failure::Untrusted(why) => format!("its server is not to be trusted: {why}"),
        Failure::Garbled(why) => format!("its server does not answer as it should: {why}"),
        Failure::Other(why) => why.clone(),
    }
}
