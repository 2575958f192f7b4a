//! When a server that has too much to do wants to be asked again: `Retry-After`, of RFC 9110.

use super::client::Reply;
use chrono::{DateTime, FixedOffset};
use std::time::Duration;

/// How long a server asks to wait; `None` where it does not say. A day is counted from the server's own time, where it
/// tells it.
pub(super) fn wait(reply: &Reply, now: DateTime<FixedOffset>) -> Option<Duration> {
    let text = reply.retry_after.as_deref()?;
    if let Ok(seconds) = text.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let then = DateTime::parse_from_rfc2822(text).ok()?;
    let now = reply.date.as_deref().and_then(|date| DateTime::parse_from_rfc2822(date).ok()).unwrap_or(now);
    Some((then - now).to_std().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_and_dates_are_understood() {
        let now = DateTime::parse_from_rfc3339("2021-11-25T10:30:00Z").unwrap();
        let reply = |retry_after: &str, date: Option<&str>| Reply {
            status: 429,
            location: None,
            retry_after: Some(retry_after.to_owned()),
            date: date.map(str::to_owned),
        };
        let seconds = |text, date| wait(&reply(text, date), now).map(|wait| wait.as_secs());
        assert_eq!(seconds("120", None), Some(120));
        assert_eq!(seconds("Thu, 25 Nov 2021 10:31:00 GMT", None), Some(60));
        assert_eq!(seconds("Thu, 25 Nov 2021 10:31:00 GMT", Some("Thu, 25 Nov 2021 10:30:50 GMT")), Some(10));
        assert_eq!(seconds("Thu, 25 Nov 2021 10:29:00 GMT", None), Some(0));
        assert_eq!((seconds("soon", None), seconds("-1", None)), (None, None));
    }
}
