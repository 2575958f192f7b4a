//! Whose turn it is: one request at a time to each host, and none to one that wants to be left alone.

use super::client::Failure;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};
use url::Url;

/// After how many addresses in a row that could not be reached a host is taken to be down. Each costs what a server may
/// take to answer, and a digest can have hundreds of one host.
const DOWN_AFTER: usize = 3;
/// How long one host is waited for, in all: a digest can have hundreds of links to one that asks for a pause each time.
const LONGEST_WAIT: Duration = Duration::from_secs(60);

/// The hosts that were asked.
#[derive(Debug, Default)]
pub(super) struct Hosts {
    known: Mutex<HashMap<String, Arc<Mutex<State>>>>,
}

/// What is known of a host.
#[derive(Debug, Default)]
struct State {
    /// It asked not to be asked before.
    not_before: Option<Instant>,
    /// How long it has been waited for, together.
    waited: Duration,
    /// It asked for longer pauses than a check waits: the status it said so with.
    closed: Option<u16>,
    /// Why it could not be reached, and for how many addresses in a row.
    failures: Option<(Failure, usize)>,
}

/// Why a host is not asked any more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Closed {
    /// It asked for a pause, with this status.
    Busy(u16),
    /// It is down.
    Down(Failure),
}

/// A host, and the right to ask it.
pub(super) struct Turn<'a>(MutexGuard<'a, State>);

/// The name that a host is known by: with its port, since another port may be another server.
pub(super) fn name(url: &Url) -> String {
    let port = url.port_or_known_default().unwrap_or_default();
    format!("{}:{port}", url.host_str().unwrap_or_default())
}

impl Hosts {
    /// Waits for the host's turn, and as long as it asked to, and then does `ask`.
    pub(super) fn take_turn<T>(&self, url: &Url, ask: impl FnOnce(&mut Turn<'_>) -> T) -> Result<T, Closed> {
        let host = self.host(url);
        let state = lock(&host);
        if let Some(status) = state.closed {
            return Err(Closed::Busy(status));
        }
        if let Some((failure, count)) = &state.failures
            && *count >= DOWN_AFTER
        {
            return Err(Closed::Down(failure.clone()));
        }
        if let Some(not_before) = state.not_before {
            thread::sleep(not_before.saturating_duration_since(Instant::now()));
        }
        Ok(ask(&mut Turn(state)))
    }

    /// Notes what came of an address: that its host answered, or why it could not be reached.
    pub(super) fn note(&self, url: &Url, failure: Option<&Failure>) {
        let host = self.host(url);
        let mut state = lock(&host);
        let before = state.failures.as_ref().map_or(0, |(_, count)| *count);
        state.failures = failure.map(|failure| (failure.clone(), before + 1));
    }

    fn host(&self, url: &Url) -> Arc<Mutex<State>> {
        lock(&self.known).entry(name(url)).or_default().clone()
    }
}

/// A lock whose holder panicked guards plain values: what is in it is whole.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Turn<'_> {
    /// The host asks not to be asked for a while, with a status. `false` where that is longer than a check waits: then it
    /// is not to be asked again in this run.
    pub(super) fn pause(&mut self, wait: Duration, status: u16) -> bool {
        let waited = self.0.waited.saturating_add(wait);
        if waited > LONGEST_WAIT {
            self.0.closed = Some(status);
            return false;
        }
        self.0.waited = waited;
        self.0.not_before = Some(Instant::now() + wait);
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_is_waited_for_so_long_in_all() {
        let (mut state, mut other) = (Mutex::new(State::default()), Mutex::new(State::default()));
        let mut turn = Turn(lock(&state));
        let wait = |turn: &mut Turn<'_>, seconds| turn.pause(Duration::from_secs(seconds), 429);
        assert!(wait(&mut turn, 0) && wait(&mut turn, 40) && wait(&mut turn, 20));
        assert!(!wait(&mut turn, 1));
        drop(turn);
        assert_eq!(state.get_mut().unwrap().closed, Some(429));
        assert!(!wait(&mut Turn(lock(&other)), u64::MAX));
        assert_eq!(other.get_mut().unwrap().not_before, None);
    }
}
