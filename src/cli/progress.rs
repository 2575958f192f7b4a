//! A bar for builds that take a while.
//!
//! It is shown only to a person at a terminal, and only once a build takes longer than half a second: a line
//! that flashes by tells nothing.

use super::args::{Global, MessageFormat};
use super::terminal;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// How long a build goes on before the bar is shown.
const PATIENCE: Duration = Duration::from_millis(500);

/// How far a build has come. It may be ticked from several threads, and is cleared when it is dropped.
pub(super) struct Progress {
    bar: ProgressBar,
    begun: Instant,
    wanted: bool,
    shown: AtomicBool,
}

impl Progress {
    /// Begins, with a word for what is done, such as `Reading`.
    pub(super) fn start(global: &Global, label: &'static str) -> Self {
        let wanted = !global.quiet && global.message_format != MessageFormat::Json && terminal::is_watched();
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden())
            .with_style(ProgressStyle::default_spinner())
            .with_message(label);
        Self { bar, begun: Instant::now(), wanted, shown: AtomicBool::new(false) }
    }

    /// Goes on to something else, of which nothing is done yet.
    pub(super) fn set_label(&self, label: &'static str) {
        self.bar.unset_length();
        self.bar.set_position(0);
        self.bar.set_message(label);
        self.bar.set_style(ProgressStyle::default_spinner());
    }

    /// Says how much there is to do.
    pub(super) fn set_total(&self, total: usize) {
        self.bar.set_length(total as u64);
        let style = ProgressStyle::with_template("{msg} [{bar:32}] {human_pos} of {human_len}");
        self.bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()).progress_chars("=> "));
    }

    /// Says that `done` more is done.
    pub(super) fn tick(&self, done: usize) {
        self.bar.inc(done as u64);
        if self.wanted && self.begun.elapsed() > PATIENCE && !self.shown.swap(true, Ordering::Relaxed) {
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
            self.bar.enable_steady_tick(Duration::from_millis(100));
        }
    }

    /// Ends, and leaves the terminal as it was.
    pub(super) fn finish(&self) {
        self.bar.finish_and_clear();
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.finish();
    }
}
