//! Who carried a story, as a dateline has it: `(Pakistan Point News / Sputnik - 25th November, 2021)`, `/TASS/`.

use super::super::agencies::Agencies;
use super::super::fold::plain;
use super::super::scan::Cursor;
use super::super::when::{self, Day};
use crate::config::Carries;

/// The most characters between two brackets.
const LONGEST: usize = 120;
/// The most of a name, in characters and words.
const LONGEST_NAME: (usize, usize) = (40, 5);

/// Who is named, from left to right: who printed it first, who wrote it last.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Chain {
    /// The names.
    pub(super) names: Vec<String>,
    /// How many of them are known.
    pub(super) known: usize,
    /// Whether one of them carries press releases.
    pub(super) is_press_release: bool,
    /// The day, where it stands among them.
    pub(super) day: Option<Day>,
}

impl Chain {
    pub(super) fn add(&mut self, other: Self) {
        self.names.extend(other.names);
        self.known += other.known;
        self.is_press_release |= other.is_press_release;
        self.day = self.day.or(other.day);
    }

    fn push(&mut self, name: &str, agencies: &Agencies) -> bool {
        if is_own_desk(name) || (self.known > 0 && is_initials(name)) {
            return true;
        }
        let name = without_correspondent(name);
        if let Some((spelt, carries)) = agencies.find(name) {
            self.names.push(spelt.to_owned());
            self.known += 1;
            self.is_press_release |= carries == Carries::PressReleases;
            return true;
        }
        let could_be = has_the_form_of_a_name(name);
        if could_be {
            self.names.push(name.to_owned());
        }
        could_be
    }
}

/// What stands between the brackets that follow; `None` where there are none that pair, or it can be no chain.
///
/// Slashes count as brackets only around an agency that is known: they stand between places, too.
pub(super) fn in_brackets(cursor: &mut Cursor<'_>, agencies: &Agencies) -> Option<Chain> {
    let open = cursor.peek()?;
    let close = match open {
        '(' => ')',
        '[' => ']',
        '/' => '/',
        _ => return None,
    };
    let inside = &cursor.rest()[open.len_utf8()..];
    let length = inside.find(close).filter(|length| inside[..*length].chars().count() <= LONGEST)?;
    let inside = &inside[..length];
    if inside.contains(open) {
        return None;
    }
    let chain = read(inside, agencies)?;
    if open == '/' && chain.known == 0 {
        return None;
    }
    cursor.skip(open.len_utf8() + length + close.len_utf8());
    Some(chain)
}

/// A known agency that follows without brackets, up to a sign that ends it: `IRNA –`, `AFP,`.
pub(super) fn bare(cursor: &mut Cursor<'_>, agencies: &Agencies) -> Option<Chain> {
    let rest = cursor.rest();
    let end = rest.find([',', '(', ':', '–', '—', '_', '/', ';']).unwrap_or(rest.len());
    let end = [" -", "--", ". "].iter().filter_map(|mark| rest[..end].find(mark)).min().unwrap_or(end);
    let name = rest[..end].trim_end();
    agencies.find(name)?;
    let mut chain = Chain::default();
    chain.push(name, agencies);
    cursor.skip(name.len());
    Some(chain)
}

fn read(inside: &str, agencies: &Agencies) -> Option<Chain> {
    let (names, day) = without_day(inside);
    let mut chain = Chain { day, ..Chain::default() };
    let names = names.trim();
    if names.is_empty() {
        return day.map(|_| chain);
    }
    if agencies.find(names).is_some() {
        chain.push(names, agencies);
        return Some(chain);
    }
    let mut parts = vec![names];
    for between in ["/", "|", ";", ",", " - ", " – ", " — ", " via ", " and ", " & ", "-"] {
        parts = parts.into_iter().flat_map(|part| split(part, between, agencies)).collect();
    }
    let mut parts = parts.into_iter().map(str::trim).filter(|part| !part.is_empty());
    parts.all(|part| chain.push(part, agencies)).then_some(chain)
}

/// Parts of a name, but for one that is known as it is: `RFE/RL`. A hyphen parts only agencies that are known: `ANSA-AFP`.
fn split<'a>(part: &'a str, between: &str, agencies: &Agencies) -> Vec<&'a str> {
    if between == "-" && !part.split('-').all(|part| agencies.find(part).is_some()) {
        return vec![part];
    }
    if agencies.find(part).is_some() { vec![part] } else { part.split(between).collect() }
}

/// What stands in brackets without the day at its end, and the day.
fn without_day(inside: &str) -> (&str, Option<Day>) {
    if let Some(day) = when::whole(inside) {
        return ("", Some(day));
    }
    let marks = inside.char_indices().filter(|(_, c)| matches!(c, '-' | '–' | '—' | '|' | ';' | ',' | '/'));
    for (at, mark) in marks {
        if let Some(day) = when::whole(&inside[at + mark.len_utf8()..]) {
            return (&inside[..at], Some(day));
        }
    }
    (inside, None)
}

/// `TASS Correspondent Ada Byron` → `TASS`.
fn without_correspondent(name: &str) -> &str {
    const ROLES: [&str; 3] = [" Correspondent", " correspondent", " CORRESPONDENT"];
    ROLES.iter().find_map(|role| Some(name.split_once(role)?.0)).unwrap_or(name)
}

/// Initials in small letters are those of a desk or of who wrote it: `dpa/bb`.
fn is_initials(name: &str) -> bool {
    name.len() <= 4 && name.chars().all(|c| c.is_ascii_lowercase())
}

/// The paper's own people: `Our Correspondent`, `Staff Report`, `News Desk`.
fn is_own_desk(name: &str) -> bool {
    let name = plain(name);
    ["our ", "staff", "special ", "monitoring ", "news desk", "web desk", "agencies"]
        .iter()
        .any(|own| name.starts_with(own))
}

/// Whether a text could be somebody's name: it begins with a capital or a digit, is short, and is no sentence.
fn has_the_form_of_a_name(name: &str) -> bool {
    let (characters, words) = LONGEST_NAME;
    name.chars().next().is_some_and(|c| c.is_uppercase() || c.is_ascii_digit() || is_caseless(c))
        && name.contains(char::is_alphabetic)
        && !name.split(' ').any(|word| word.len() == 4 && word.starts_with(|c: char| c.is_ascii_digit()))
        && name != "The"
        && name.chars().count() <= characters
        && name.split_whitespace().count() <= words
        && !name.contains(['!', '?', ':', '%', '$', '"', '“', '='])
}

fn is_caseless(c: char) -> bool {
    c.is_alphabetic() && !c.is_lowercase() && !c.is_uppercase()
}
