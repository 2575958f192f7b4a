//! Points in time as an editor writes them, and as the site understands them.
//!
//! What is written ([`Given`]) may be a bare date, a local time or a time with an offset; what the site works
//! with ([`Moment`]) is an instant seen from the site's time zone, which remembers whether only a day was given.

use chrono::{DateTime, Datelike, Days, FixedOffset, MappedLocalTime, NaiveDate, NaiveDateTime, TimeZone};
use chrono_tz::Tz;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::cmp::Ordering;
use std::fmt;

/// A date as it stands in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Given {
    /// A day without a time.
    Day(NaiveDate),
    /// A time without an offset: local to the site's time zone.
    Local(NaiveDateTime),
    /// A time with its offset from UTC.
    Offset(DateTime<FixedOffset>),
}

impl Given {
    /// Reads `2021-11-25`, `2021-11-25T10:30[:05]` (a space may stand for the `T`), with or without an offset
    /// (`Z`, `+08:00`). `None` where the text is not of that form, or names a day that does not exist or that has
    /// no four-digit year: addresses have no place for another.
    pub fn parse(text: &str) -> Option<Self> {
        Self::parse_any(text).filter(|given| (1..=9999).contains(&given.year()))
    }

    fn year(self) -> i32 {
        match self {
            Self::Day(day) => day.year(),
            Self::Local(local) => local.year(),
            Self::Offset(time) => time.year(),
        }
    }

    fn parse_any(text: &str) -> Option<Self> {
        let text = text.trim();
        // The form that templates are given, and the quickest to read.
        if let Ok(time) = DateTime::parse_from_rfc3339(text) {
            return Some(Self::Offset(time));
        }
        if let Ok(day) = NaiveDate::parse_from_str(text, "%Y-%m-%d") {
            return Some(Self::Day(day));
        }
        let text = text.replacen([' ', 't'], "T", 1).replace(['z', 'Z'], "+00:00").replace(' ', "");
        for format in ["%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%dT%H:%M"] {
            if let Ok(local) = NaiveDateTime::parse_from_str(&text, format) {
                return Some(Self::Local(local));
            }
            if let Ok(time) = DateTime::parse_from_str(&text, &format!("{format}%:z")) {
                return Some(Self::Offset(time));
            }
        }
        None
    }

    /// The moment meant, seen from `zone`; and whether a local time had to be moved forward because the clocks
    /// of that zone skipped it. A repeated local time takes the earlier of its two instants.
    pub fn resolve(self, zone: Tz) -> (Moment, bool) {
        match self {
            Self::Offset(time) => {
                (Moment { at: time.with_timezone(&zone).fixed_offset(), date_only: false }, false)
            }
            Self::Local(local) => {
                let (at, moved) = instant(local, zone);
                (Moment { at, date_only: false }, moved)
            }
            Self::Day(day) => (Moment::of_day(day, zone), false),
        }
    }
}

impl fmt::Display for Given {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Day(day) => write!(f, "{day}"),
            Self::Local(local) => write!(f, "{}", local.format("%Y-%m-%dT%H:%M:%S")),
            Self::Offset(time) => f.write_str(&time.to_rfc3339_opts(chrono::SecondsFormat::Secs, true)),
        }
    }
}

/// The instant of a local time, and whether it lies in a gap and was moved forward by the gap's length.
fn instant(local: NaiveDateTime, zone: Tz) -> (DateTime<FixedOffset>, bool) {
    match zone.from_local_datetime(&local) {
        MappedLocalTime::Single(time) => (time.fixed_offset(), false),
        MappedLocalTime::Ambiguous(one, other) => (one.min(other).fixed_offset(), false),
        MappedLocalTime::None => {
            let utc = local - offset_before(local, zone);
            (zone.from_utc_datetime(&utc).fixed_offset(), true)
        }
    }
}

/// The offset that a zone had a day before a local time.
fn offset_before(local: NaiveDateTime, zone: Tz) -> FixedOffset {
    let before = local.checked_sub_days(Days::new(1)).unwrap_or(local);
    chrono::Offset::fix(&zone.offset_from_utc_datetime(&before))
}

/// An instant seen from the site's time zone, to the second or to the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    at: DateTime<FixedOffset>,
    /// Whether only a day was given; the instant is then the day's first.
    pub date_only: bool,
}

impl Moment {
    /// The first instant of a day in `zone`. Where the zone skipped the whole day, as Samoa did on 30 December
    /// 2011, it is the instant of the leap, seen with the offset from before: the day stays the one that was given.
    pub fn of_day(day: NaiveDate, zone: Tz) -> Self {
        let midnight = day.and_time(chrono::NaiveTime::MIN);
        let (at, _) = instant(midnight, zone);
        let kept = if at.date_naive() == day {
            None
        } else {
            offset_before(midnight, zone).from_local_datetime(&midnight).single()
        };
        Self { at: kept.unwrap_or(at), date_only: true }
    }

    /// The instant, with the offset of the site's zone at that time.
    pub fn instant(&self) -> DateTime<FixedOffset> {
        self.at
    }

    /// The day it falls on in the site's zone.
    pub fn day(&self) -> NaiveDate {
        self.at.date_naive()
    }

    /// `2021-11-25T10:30:00+01:00`.
    pub fn rfc3339(&self) -> String {
        self.at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true)
    }

    /// The day alone where only that is known, else as [`Moment::rfc3339`]: what formats print that know both.
    pub fn precise(&self) -> String {
        if self.date_only { self.day().to_string() } else { self.rfc3339() }
    }

    /// All that [`Moment::precise`] follows from: the second, the offset in seconds, and whether only a day is known.
    pub fn parts(&self) -> (i64, i32, bool) {
        (self.at.timestamp(), self.at.offset().local_minus_utc(), self.date_only)
    }

    /// Which of two is earlier, by the coarser precision of the two: a bare date is neither before nor after a
    /// time on the same day. Not an order to sort by; that is [`Moment::instant`]'s.
    pub fn compare(&self, other: &Self) -> Ordering {
        if self.date_only || other.date_only { self.day().cmp(&other.day()) } else { self.at.cmp(&other.at) }
    }

    /// Whether it is still to come at `now`.
    pub fn is_after(&self, now: &Self) -> bool {
        self.compare(now) == Ordering::Greater
    }

    /// Whether it has passed at `now`; a bare date lasts through its day.
    pub fn is_over(&self, now: &Self) -> bool {
        if self.date_only { self.day() < now.day() } else { self.at <= now.at }
    }

    /// Whether its year is one that addresses (four digits) can name.
    pub fn has_plain_year(&self) -> bool {
        (1..=9999).contains(&self.at.year())
    }
}

/// As numbers: a text would take longer to read than all else of an article.
impl Serialize for Moment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (second, offset, date_only) = self.parts();
        (second, self.at.timestamp_subsec_nanos(), offset, date_only).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (second, nanosecond, offset, date_only) = <(i64, u32, i32, bool)>::deserialize(deserializer)?;
        let at = DateTime::from_timestamp(second, nanosecond)
            .zip(FixedOffset::east_opt(offset))
            .map(|(utc, offset)| utc.with_timezone(&offset));
        at.map(|at| Self { at, date_only }).ok_or_else(|| serde::de::Error::custom("no moment"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moment(text: &str, zone: Tz) -> Moment {
        Given::parse(text).unwrap().resolve(zone).0
    }

    #[test]
    fn every_written_form_is_read() {
        assert!(matches!(Given::parse("2021-11-25"), Some(Given::Day(_))));
        assert!(matches!(Given::parse("2021-11-25 10:30"), Some(Given::Local(_))));
        assert!(matches!(Given::parse("2021-11-25T10:30:05.5"), Some(Given::Local(_))));
        assert!(matches!(Given::parse("2021-11-25T10:30:05Z"), Some(Given::Offset(_))));
        assert!(matches!(Given::parse("2021-11-25 10:30:05 +08:00"), Some(Given::Offset(_))));
        for wrong in
            ["2021-02-30", "-262143-01-01", "+262142-12-31T23:59", "25 November", "2021-11-25T25:00", ""]
        {
            assert_eq!(Given::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_bare_date_never_shifts_its_day() {
        for zone in [
            Tz::Pacific__Kiritimati,
            Tz::UTC,
            Tz::Pacific__Pago_Pago,
            Tz::America__Sao_Paulo,
            Tz::Africa__Cairo,
        ] {
            for day in ["2018-11-04", "2024-04-26", "2021-11-25"] {
                assert_eq!(moment(day, zone).day().to_string(), day, "{zone}");
            }
        }
        assert_eq!(
            moment("2011-12-30", Tz::Pacific__Apia).day().to_string(),
            "2011-12-30",
            "a day that never was"
        );
    }

    #[test]
    fn skipped_times_move_forward_and_repeated_ones_take_the_earlier() {
        let (skipped, moved) = Given::parse("2021-03-28T02:30").unwrap().resolve(Tz::Europe__Berlin);
        assert_eq!((skipped.rfc3339().as_str(), moved), ("2021-03-28T03:30:00+02:00", true));
        assert_eq!(moment("2021-10-31T02:30", Tz::Europe__Berlin).rfc3339(), "2021-10-31T02:30:00+02:00");
        let midnight = moment("2018-11-04", Tz::America__Sao_Paulo);
        assert_eq!(midnight.rfc3339(), "2018-11-04T01:00:00-02:00");
    }

    #[test]
    fn comparison_uses_the_coarser_precision() {
        let (day, time) = (moment("2021-11-25", Tz::UTC), moment("2021-11-25T15:00", Tz::UTC));
        assert_eq!(day.compare(&time), Ordering::Equal);
        assert!(!day.is_after(&time) && !time.is_after(&day));
        assert!(!day.is_over(&time), "a bare expiry lasts through its day");
        assert!(day.is_over(&moment("2021-11-26T00:00", Tz::UTC)));
    }
}
