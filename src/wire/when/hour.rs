//! The time of day as copy has it beside a day: `14:30 GMT`, `10:00 a.m.`, `17.00 Uhr`.

use super::super::fold::plain;
use super::super::scan::Cursor;

/// What may stand before an hour.
const BEFORE: [&str; 6] = ["alle", "ore", "a", "at", "um", "updated"];
/// What may stand after one.
const AFTER: [&str; 4] = ["am", "pm", "h", "uhr"];

/// The time zones that copy names, as it does: in capitals. Any other word of so few letters could be an agency's name.
const ZONES: [&str; 70] = [
    "IDT", "IRST", "IRDT", "MYT", "WITA", "WIT", "BDT", "ADT", "NST", "NDT", "UZT", "AZT", "CLT", "CLST",
    "COT", "PET", "NZT", "HKST", "NPT", "ICT", "NZST", "NZDT", "AWST", "ACST", "AST", "HST", "AKST", "AKDT",
    "GMT", "UTC", "BST", "WET", "WEST", "CET", "CEST", "MEZ", "MESZ", "EET", "EEST", "MSK", "TRT", "ET",
    "EST", "EDT", "CT", "CST", "CDT", "MT", "MST", "MDT", "PT", "PST", "PDT", "BRT", "ART", "WAT", "CAT",
    "EAT", "SAST", "GST", "PKT", "IST", "WIB", "SGT", "HKT", "PHT", "JST", "KST", "AEST", "AEDT",
];

/// The words of zones in full: `Eastern Daylight Time`. With these sentences may begin.
const LONG_ZONES: [&str; 10] = [
    "Eastern",
    "Central",
    "Mountain",
    "Pacific",
    "European",
    "Greenwich",
    "Standard",
    "Daylight",
    "Summer",
    "Time",
];

/// How many bytes the time of day takes that a text begins with, and what stands between it and the day: ` / 10:00 am`, `, 14:30`.
pub(in super::super) fn leading(text: &str) -> usize {
    let mut cursor = Cursor::new(text);
    cursor.spaces();
    if [",", "/", "|", "-"].iter().any(|mark| cursor.rest().starts_with(mark)) {
        cursor.skip(1);
    }
    cursor.spaces();
    word(&mut cursor, &is_before);
    let Some((0..=24, 1..=2)) = cursor.number() else { return 0 };
    if !(cursor.eat(':') || cursor.eat('.') || cursor.eat('h'))
        || !matches!(cursor.number(), Some((0..=59, 2)))
    {
        return 0;
    }
    let mut end = cursor;
    while word(&mut cursor, &is_after) {
        offset(&mut cursor);
        end = cursor;
    }
    if end.peek().is_some_and(char::is_alphanumeric) && !end.before().is_some_and(char::is_whitespace) {
        return 0;
    }
    end.at()
}

/// Whether all there is of a text are hours and words that stand with them.
pub(in super::super) fn is_all(text: &str) -> bool {
    let mut cursor = Cursor::new(text);
    while let Some(c) = cursor.peek() {
        if c.is_ascii_digit() {
            // `14:30`, and `1430`.
            if !matches!(cursor.number(), Some((_, 1 | 2 | 4))) {
                return false;
            }
        } else if c.is_alphabetic() {
            if !word(&mut cursor, &|word| is_before(word) || is_after(word) || LONG_ZONES.contains(&word)) {
                return false;
            }
        } else {
            cursor.skip(c.len_utf8());
        }
    }
    true
}

/// Passes over what a zone differs from another by: `GMT+5:30`.
fn offset(cursor: &mut Cursor<'_>) {
    let mut next = *cursor;
    let is_one = (next.eat('+') || next.eat('-')) && matches!(next.number(), Some((0..=14, 1..=2)));
    if is_one {
        let mut minutes = next;
        if minutes.eat(':') && matches!(minutes.number(), Some((0..=59, 2))) {
            next = minutes;
        }
        *cursor = next;
    }
}

/// Passes over a word that stands with an hour, and the space around it: ` a.m.`, ` GMT`.
fn word(cursor: &mut Cursor<'_>, is_one: &dyn Fn(&str) -> bool) -> bool {
    let mut next = *cursor;
    next.spaces();
    let is_one = next.letters_and_stops().is_some_and(|word| is_one(&word.replace('.', "")));
    if is_one {
        next.spaces();
        *cursor = next;
    }
    is_one
}

fn is_before(word: &str) -> bool {
    BEFORE.contains(&&*plain(word))
}

fn is_after(word: &str) -> bool {
    AFTER.contains(&&*plain(word)) || ZONES.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::agencies::Agencies;

    #[test]
    fn no_zone_is_an_agency() {
        let agencies: Vec<_> = ZONES.iter().filter(|zone| Agencies::known().find(zone).is_some()).collect();
        assert!(agencies.is_empty(), "{agencies:?}");
    }

    #[test]
    fn an_hour_ends_with_its_zone() {
        for (text, rest) in [
            (", 14:30 GMT – The", "– The"),
            (" / 10:00 am: The", ": The"),
            (" at 10.00 a.m. EST (AFP)", "(AFP)"),
            (", 14:30 IRNA – The", "IRNA – The"),
            (" 10:30 A Paris court", "A Paris court"),
            (" 10:30 EU leaders met", "EU leaders met"),
            (", 14h30 –", "–"),
            (", 14:300", ", 14:300"),
            (", 14:30x", ", 14:30x"),
            (" 10 people", " 10 people"),
            (" 10:30 AM GMT+5:30, June 6", ", June 6"),
            (" 10:30 Central bankers met", "Central bankers met"),
        ] {
            assert_eq!(text[leading(text)..].trim_start(), rest.trim_start(), "{text}");
        }
    }
}
