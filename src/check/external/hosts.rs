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
    /// It asked for a longer pause than a check waits: the status it said so with.
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
    /// The host is not to be asked for a while.
    pub(super) fn pause(&mut self, wait: Duration) {
        self.0.not_before = Some(Instant::now() + wait);
    }

    /// The host is not to be asked in this run.
    pub(super) fn close(&mut self, status: u16) {
        self.0.closed = Some(status);
    }
}
