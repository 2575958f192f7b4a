//! What time it is: the one place that asks the clock.

use crate::date::Given;
use crate::diagnostic::Diagnostic;
use chrono::{DateTime, Datelike, FixedOffset, Utc};
use std::ffi::OsString;

/// The variable that stands in for the clock where builds are to be repeatable
/// (<https://reproducible-builds.org/specs/source-date-epoch/>).
const EPOCH: &str = "SOURCE_DATE_EPOCH";

/// The time given on the command line, else that of `SOURCE_DATE_EPOCH`, else the clock's. A day or a local time
/// is one once the site's time zone is known.
///
/// # Errors
/// `SOURCE_DATE_EPOCH` is set to what is no time.
pub(super) fn now(given: Option<Given>) -> Result<Given, Diagnostic> {
    match given {
        Some(given) => Ok(given),
        None => {
            let time = epoch(std::env::var_os(EPOCH))?.unwrap_or_else(Utc::now);
            Ok(Given::Offset(time.fixed_offset()))
        }
    }
}

/// The clock itself, for what goes on for longer than a moment.
pub(super) fn time() -> DateTime<FixedOffset> {
    Utc::now().fixed_offset()
}

/// Whether the clock is overruled, which a person who meant today may want to know.
pub(super) fn is_overruled() -> bool {
    matches!(epoch(std::env::var_os(EPOCH)), Ok(Some(_)))
}

fn epoch(variable: Option<OsString>) -> Result<Option<DateTime<Utc>>, Diagnostic> {
    let Some(text) = variable.filter(|text| !text.is_empty()) else { return Ok(None) };
    let seconds = text.to_str().and_then(|text| text.parse().ok());
    match seconds.and_then(|seconds| DateTime::from_timestamp(seconds, 0)) {
        Some(time) if (1..=9999).contains(&time.year()) => Ok(Some(time)),
        _ => Err(Diagnostic::error(
            "bad-clock",
            format!("{EPOCH} is '{}', which is no time", text.to_string_lossy()),
        )
        .help("set it to seconds since 1970, or unset it")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_epoch_variable_is_seconds() {
        let read = |text: &str| epoch(Some(text.into())).map(|time| time.map(|time| time.to_rfc3339()));
        assert_eq!(read("1637836200").unwrap().unwrap(), "2021-11-25T10:30:00+00:00");
        assert_eq!(read("").unwrap(), None);
        assert_eq!(epoch(None).unwrap(), None);
        for wrong in ["today", "1e9", "9999999999999", "-99999999999999"] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn the_command_line_goes_first() {
        let day = Given::parse("2021-11-25");
        assert_eq!(now(day).ok(), day);
    }
}
