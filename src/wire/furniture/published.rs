//! Lines about the day of publication.

use super::super::fold::folded;
use super::super::places;
use super::super::when::{self, Day};

/// What stands before the day, folded.
const LABELS: [&str; 13] = [
    "stand",
    "issued on",
    "first published",
    "published",
    "published on",
    "published at",
    "updated",
    "updated on",
    "last updated",
    "posted",
    "posted on",
    "date",
    "publicado",
];
/// What parts a line that says several things.
const BARS: [&str; 6] = ["|", "｜", "•", "·", " - ", " – "];
/// The longest part of such a line, in characters.
const LONGEST_PART: usize = 40;

/// The day, where a line is about that and nothing else: `Published: 25 Nov 2021, 10:11`, `Nov 25, 2021 10:11 am`,
/// `IANS | Jun 06, 2024 02:05 PM IST`, `Published in Dawn, June 6th, 2024`.
pub(super) fn day(line: &str) -> Option<Day> {
    // `Posted on March 12, 2024 by Ada Byron 3 Comments`.
    let before_name = || alone(line.split_once(" by ")?.0);
    alone(line).or_else(|| in_parts(line)).or_else(|| behind_name(line)).or_else(before_name)
}

/// Whether a line is an hour and nothing else: `10:31 AM`.
pub(super) fn is_hour(line: &str) -> bool {
    when::hour::leading(line) == line.len() && !line.is_empty()
}

/// A day that stands in a line with others, which are short.
fn in_parts(line: &str) -> Option<Day> {
    let mut parts = vec![line];
    for bar in BARS {
        parts = parts.into_iter().flat_map(|part| part.split(bar)).collect();
    }
    let (first, others) = parts.split_first()?;
    if others.is_empty() || parts.iter().any(|part| part.chars().count() > LONGEST_PART) {
        return None;
    }
    let days = || parts.iter().filter_map(|part| alone(part.trim()));
    if LABELS.contains(&&*folded(first)) {
        return days().next().or_else(|| others.iter().find_map(|part| when::whole(part)));
    }
    // With a place it is a dateline, and so it may be with a dash alone. A title of several words may be the headline: `Morning
    // briefing | June 6, 2024`.
    let has_bar = BARS[..4].iter().any(|bar| line.contains(bar));
    let is_other = |part: &&str| alone(part).is_none() && !part.contains(':') && !part.ends_with(" min read");
    let mut rest = parts.iter().map(|part| part.trim()).filter(is_other);
    let is_short = rest.next().is_none_or(|part| !part.contains(' ')) && rest.next().is_none();
    let has_place = parts.iter().any(|part| places::is_place(part.trim()));
    if has_bar && is_short && !has_place { days().next() } else { None }
}

/// `Published in Dawn, June 6th, 2024`, `AFP Published June 6, 2024`.
fn behind_name(line: &str) -> Option<Day> {
    const LONGEST_NAME: usize = 40;
    let rest = line.trim_end_matches('.').strip_prefix("Published in ");
    if let Some((name, rest)) = rest.and_then(|rest| rest.split_once(", ")) {
        return when::whole(rest).filter(|_| name.chars().count() <= LONGEST_NAME);
    }
    let (name, rest) = line.split_once(" Published ")?;
    when::whole(rest.trim_start_matches([':', ' '])).filter(|_| !name.contains(' '))
}

/// A day alone, or with a label.
fn alone(line: &str) -> Option<Day> {
    // `June 6, 2024 2:05 PM UTC Updated 3 hours ago`, with a space before it or without.
    let is_time = |ago: &str| ago.split(' ').count() <= 3 || when::whole(ago).is_some();
    let updated = line.split_once("Updated ").filter(|(first, ago)| !first.is_empty() && is_time(ago));
    let line = updated.map_or(line, |(first, _)| first.trim_end());
    if let Some(day) = when::whole(line).filter(|day| day.has_year()) {
        return Some(day);
    }
    let end = line.find(|c: char| c == ':' || c.is_ascii_digit()).unwrap_or(line.len());
    let mut label = folded(&line[..end]);
    let mut rest = line[end..].trim_start_matches([':', ' ']);
    // `Published On Nov 25, 2021` has the month before its first digit.
    if !LABELS.contains(&&*label) {
        let words = line.split_whitespace().nth(1).filter(|word| word.eq_ignore_ascii_case("on"));
        let length = line.find(' ')? + words.map_or(0, |word| word.len() + 1);
        label = folded(line.get(..length)?);
        rest = line[length..].trim_start_matches([':', ' ']);
    }
    when::whole(rest).filter(|_| LABELS.contains(&&*label))
}
