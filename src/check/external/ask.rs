//! One address, until it is known what became of it.

use super::client::{Client, Failure, Method, Reply};
use super::hosts::{Closed, Hosts};
use super::retry_after;
use crate::check::address::asked;
use chrono::{DateTime, FixedOffset};
use std::thread;
use std::time::Duration;
use url::Url;

/// How many redirects are followed: as many as browsers do, by the Fetch standard.
const MOST_REDIRECTS: usize = 20;
/// The pauses before another try, where a server failed.
const PAUSES: [Duration; 2] = [Duration::from_millis(300), Duration::from_millis(1500)];

/// Asks addresses, each until it is known what became of it.
pub(super) struct Checker {
    pub(super) client: Client,
    pub(super) hosts: Hosts,
    pub(super) now: DateTime<FixedOffset>,
}

/// What became of an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Outcome {
    /// It is there.
    Good,
    /// It is there, at another address from now on.
    Moved {
        /// The new address.
        to: Url,
    },
    /// It is not there any more.
    Gone {
        /// The status that says so.
        status: u16,
        /// The address that it was said at, where that is another.
        at: Option<Url>,
    },
    /// The server does not answer programs, or wants to know who asks: this status.
    Refused(u16),
    /// The server asks to be left alone for longer than a check waits, with this status.
    Busy(u16),
    /// The server failed, with this status.
    Failed(u16),
    /// It leads back to an address that it came by.
    Circle,
    /// It leads on and on.
    TooFar,
    /// It leads to what is no address.
    BadRedirect,
    /// Its server could not be reached.
    Unreachable(Failure),
    /// It, or where it leads, is not for everyone, and was not asked.
    Private,
    /// It, or where it leads, was not asked, since its host is asked no more.
    LeftAlone(Closed),
}

impl Checker {
    /// Asks an address, and where that leads on, the next.
    pub(super) fn ask(&self, start: &Url) -> Outcome {
        let mut path = vec![start.clone()];
        // Where it moved to for good: as long as only redirects say so that are for good.
        let (mut moved, mut for_good) = (None, true);
        while path.len() <= MOST_REDIRECTS + 1 {
            let at = path[path.len() - 1].clone();
            let reply = match self.settle(&at) {
                Ok(reply) => reply,
                Err(outcome) => return outcome,
            };
            match reply.status {
                200..=299 => return moved.map_or(Outcome::Good, |to| Outcome::Moved { to }),
                301 | 302 | 303 | 307 | 308 => {
                    let to = reply.location.as_deref().and_then(|to| at.join(to).ok());
                    let to = to.filter(|to| matches!(to.scheme(), "http" | "https")).map(|to| asked(&to));
                    let Some(to) = to else { return Outcome::BadRedirect };
                    if path.contains(&to) {
                        return Outcome::Circle;
                    }
                    for_good &= matches!(reply.status, 301 | 308);
                    if for_good {
                        moved = Some(to.clone());
                    }
                    path.push(to);
                }
                404 | 410 => {
                    let at = Some(at).filter(|at| at != start);
                    return Outcome::Gone { status: reply.status, at };
                }
                429 => return Outcome::Busy(429),
                500..=599 => return Outcome::Failed(reply.status),
                status => return Outcome::Refused(status),
            }
        }
        Outcome::TooFar
    }

    /// Asks for the head alone, and for all where that is refused; again where the server failed or asks to wait. The
    /// answer is one that will not be another in a moment.
    fn settle(&self, url: &Url) -> Result<Reply, Outcome> {
        let mut method = Method::Head;
        let mut pauses = PAUSES.iter();
        loop {
            let answer = self.request(method, url)?;
            match next(method, &answer) {
                Next::AskForAll => {
                    method = Method::Get;
                    continue;
                }
                Next::TryAgain => {
                    if let Some(pause) = pauses.next() {
                        thread::sleep(*pause);
                        continue;
                    }
                }
                Next::Take => {}
            }
            let failure = answer.as_ref().err().filter(|failure| {
                // Who answers is there, however badly.
                !matches!(failure, Failure::Private | Failure::Garbled(_))
            });
            self.hosts.note(url, failure);
            return answer.map_err(|failure| match failure {
                Failure::Private => Outcome::Private,
                other => Outcome::Unreachable(other),
            });
        }
    }

    /// One request, when it is the host's turn. A host that asks to be left alone is, by those who come after, too.
    fn request(&self, method: Method, url: &Url) -> Result<Result<Reply, Failure>, Outcome> {
        let answer = self.hosts.take_turn(url, |turn| {
            let answer = self.client.ask(method, url);
            if let Ok(reply) = &answer
                && matches!(reply.status, 429 | 503)
                && let Some(wait) = retry_after::wait(reply, self.now)
                && !turn.pause(wait, reply.status)
            {
                return Err(Outcome::Busy(reply.status));
            }
            Ok(answer)
        });
        answer.unwrap_or_else(|closed| Err(Outcome::LeftAlone(closed)))
    }
}

/// What is done with an answer.
enum Next {
    /// It is taken for what it says.
    Take,
    /// The same again, not for the head alone: some servers refuse that, or answer to it what is not so.
    AskForAll,
    /// The same again, after a pause.
    TryAgain,
}

fn next(method: Method, answer: &Result<Reply, Failure>) -> Next {
    match answer {
        Ok(reply) if reply.status < 400 => Next::Take,
        // It asks for a pause, and may answer to the same question then.
        Ok(reply) if matches!(reply.status, 429 | 503) && reply.retry_after.is_some() => Next::TryAgain,
        Err(Failure::Private | Failure::Untrusted(_)) => Next::Take,
        Err(Failure::NoSuchHost | Failure::NoServer) => Next::TryAgain,
        _ if method == Method::Head => Next::AskForAll,
        Ok(reply) if matches!(reply.status, 429 | 500..=599) => Next::TryAgain,
        Err(Failure::Reset) => Next::TryAgain,
        // What was slow twice has taken its time.
        Ok(_) | Err(Failure::Slow(_) | Failure::Garbled(_) | Failure::Other(_)) => Next::Take,
    }
}
