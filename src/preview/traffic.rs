//! Whether anybody is waiting: what is done when idle steps aside for requests and for edits.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// What is going on.
#[derive(Debug, Default)]
pub(super) struct Traffic {
    busy: Mutex<Busy>,
    calm: Condvar,
}

#[derive(Debug, Default)]
struct Busy {
    visits: usize,
    changing: bool,
}

/// A request that is being answered, until this is dropped.
pub(super) struct Visit<'a>(&'a Traffic);

impl Traffic {
    /// A request has come.
    pub(super) fn visit(&self) -> Visit<'_> {
        self.busy().visits += 1;
        Visit(self)
    }

    /// Something has changed, and the site is not yet made anew.
    pub(super) fn set_changing(&self, changing: bool) {
        self.busy().changing = changing;
        self.calm.notify_all();
    }

    /// Whether a change is being followed.
    pub(super) fn is_changing(&self) -> bool {
        self.busy().changing
    }

    /// Waits until nobody waits.
    pub(super) fn wait_until_calm(&self) {
        let busy = self.busy();
        // Should a holder have panicked, the numbers are whole all the same.
        drop(
            self.calm
                .wait_while(busy, |busy| busy.visits > 0 || busy.changing)
                .unwrap_or_else(PoisonError::into_inner),
        );
    }

    fn busy(&self) -> MutexGuard<'_, Busy> {
        self.busy.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Visit<'_> {
    fn drop(&mut self) {
        self.0.busy().visits -= 1;
        self.0.calm.notify_all();
    }
}
