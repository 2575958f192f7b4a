//! What time the preview shows.

use crate::date::Given;
use chrono::{DateTime, FixedOffset};

/// The clock of a preview.
#[derive(Debug, Clone, Copy)]
pub enum Clock {
    /// It stands still.
    Stopped(Given),
    /// It goes on; the function tells the time.
    Running(fn() -> DateTime<FixedOffset>),
}

impl Clock {
    /// What time it is.
    pub(super) fn now(&self) -> Given {
        match self {
            Self::Stopped(now) => *now,
            Self::Running(time) => Given::Offset(time()),
        }
    }

    /// Whether a moment has come. One that has not come by a clock that stands still never will.
    pub(super) fn has_reached(&self, moment: DateTime<FixedOffset>) -> bool {
        match self {
            Self::Stopped(_) => false,
            Self::Running(time) => time() >= moment,
        }
    }
}
