//! Who carried a story, as a dateline has it: `(Pakistan Point News / Sputnik - 25th November, 2021)`, `/TASS/`, `IRNA –`.

use super::super::agencies::Agencies;
use super::super::fold::has_same_letters;
use super::super::places;
use super::super::scan::{Cursor, beginning};
use super::super::when::{self, Day};
use super::unlisted;
use crate::config::Carries;

/// The most characters between two brackets.
const LONGEST: usize = 120;
/// The most bytes that are looked at for an agency without brackets.
const LONGEST_BARE: usize = 60;
/// The most words of an agency without brackets or a sign after it.
const MOST_WORDS: usize = 4;

/// What brackets pair. Slashes do around an agency: they stand between places, too.
const BRACKETS: [(char, char); 6] =
    [('(', ')'), ('[', ']'), ('{', '}'), ('（', '）'), ('［', '］'), ('/', '/')];

/// What stands between the names of a chain, and which of the two wrote it is told by their order.
const BETWEEN: [&str; 13] =
    ["/", "|", ";", ",", " - ", "- ", " – ", " — ", " and ", " & ", " with ", " + ", "-"];

/// Who is named, from left to right: who printed it first, who wrote it last.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Chain {
    names: Vec<Name>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Name {
    text: String,
    /// What they carry, of those who are listed.
    carries: Option<Carries>,
}

impl Chain {
    /// Whether nobody is named.
    pub(super) fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// Whether somebody is named who is listed.
    pub(super) fn is_known(&self) -> bool {
        self.names.iter().any(|name| name.carries.is_some())
    }

    /// Whether some are named, of whom none is listed.
    pub(super) fn is_unlisted(&self) -> bool {
        !self.is_empty() && !self.is_known()
    }

    /// Whether those who are listed are outlets, which print much that is no news.
    pub(super) fn is_of_outlets(&self) -> bool {
        let mut listed = self.names.iter().filter_map(|name| name.carries);
        self.is_known() && listed.all(|carries| carries == Carries::OwnAndOthers)
    }

    /// Whether one of them carries press releases.
    pub(super) fn is_press_release(&self) -> bool {
        self.names.iter().any(|name| name.carries == Some(Carries::PressReleases))
    }

    /// Whether one of them says by its name that it has to do with news, or is written in capitals, as call signs are.
    pub(super) fn is_likely(&self) -> bool {
        self.is_of_news() || self.texts().any(|name| !name.contains(char::is_lowercase))
    }

    /// Whether one of them says by its name that it has to do with news.
    pub(super) fn is_of_news(&self) -> bool {
        self.texts().any(unlisted::is_of_news)
    }

    /// Whether all who are named are countries, states or provinces, and so are no agencies.
    pub(super) fn is_of_regions(&self) -> bool {
        self.is_unlisted() && self.texts().all(places::is_region)
    }

    fn texts(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(|name| &*name.text)
    }

    /// The names.
    pub(super) fn into_names(self) -> Vec<String> {
        self.names.into_iter().map(|name| name.text).collect()
    }

    /// Adds names that follow. Where they repeat what was said already, they say it better: `(MENAFN - IANS) New Delhi (IANS)`.
    pub(super) fn add(&mut self, other: Self) {
        let first = other.texts().next();
        if let Some(again) =
            first.and_then(|first| self.texts().position(|name| has_same_letters(name, first)))
        {
            self.names.truncate(again);
        }
        self.names.extend(other.names);
    }

    /// Adds a name. Whether it can be one is the answer.
    fn push(&mut self, name: &str, agencies: &Agencies) -> bool {
        if unlisted::is_own_desk(name) && agencies.find(name).is_none() {
            return true;
        }
        let name = unlisted::without_correspondent(name);
        if let Some((spelt, carries)) = agencies.find_with_desk(name) {
            self.names.push(Name { text: spelt.to_owned(), carries: Some(carries) });
            return true;
        }
        // The desk, and the exchange that owns the wire: `(dpa/bb)`, `(MENAFN - GlobeNewsWire - Nasdaq)`.
        if self.is_known() && (unlisted::is_initials(name) || unlisted::is_code(name)) {
            return true;
        }
        let is_possible = unlisted::is_possible(name);
        if is_possible {
            self.names.push(Name { text: name.to_owned(), carries: None });
        }
        is_possible
    }
}

/// The bracket that closes what another opens, slashes left out.
pub(super) fn closing(open: char) -> Option<char> {
    BRACKETS.iter().find(|(mark, _)| *mark == open && open != '/').map(|(_, close)| *close)
}

/// What stands between brackets that follow, and how many bytes they are with it; `None` where there are none that pair.
pub(super) fn bracketed(text: &str) -> Option<(&str, usize)> {
    let open = text.chars().next()?;
    let (_, close) = *BRACKETS.iter().find(|(mark, _)| *mark == open)?;
    let inside = &text[open.len_utf8()..];
    let mut depth = 0;
    for (at, c) in inside.char_indices().take(LONGEST + 1) {
        match c {
            _ if c == close && depth == 0 => {
                return Some((&inside[..at], open.len_utf8() + at + c.len_utf8()));
            }
            _ if c == close => depth -= 1,
            _ if c == open => depth += 1,
            _ => {}
        }
    }
    None
}

/// The chain in brackets that follow, and the day that stands in them; `None` where there are none, or it can be none. Slashes are brackets around a name that is
/// known, or where `may_be_unlisted`, which is so after a day: `YEREVAN, March 12. /ARKA/.`
pub(super) fn in_brackets(
    cursor: &mut Cursor<'_>,
    agencies: &Agencies,
    may_be_unlisted: bool,
) -> Option<(Chain, Option<Day>)> {
    let (inside, length) = bracketed(cursor.rest())?;
    let is_slash = cursor.peek() == Some('/');
    if !is_slash && inside.contains(['(', '[', '（', '［']) {
        return None;
    }
    let (chain, day) = read(inside, agencies)?;
    if is_slash && !chain.is_known() && !may_be_unlisted {
        return None;
    }
    cursor.skip(length);
    Some((chain, day))
}

/// A known agency that follows without brackets, up to a sign that ends it: `IRNA –`, `AFP,`.
pub(super) fn bare(cursor: &mut Cursor<'_>, agencies: &Agencies) -> Option<Chain> {
    let rest = window(cursor.rest())?;
    let marks = [',', '(', ':', '–', '—', '―', '−', '_', '/', ';', '|', '['];
    let end = rest.find(marks).unwrap_or(rest.len());
    let end =
        [" -", "- ", "--", ". ", ".-"].iter().filter_map(|mark| rest[..end].find(mark)).min().unwrap_or(end);
    let name = rest[..end].trim_end();
    let name = if agencies.find(name).is_some() { name } else { before_hyphen(name, agencies)? };
    let mut chain = Chain::default();
    chain.push(name, agencies);
    cursor.skip(name.len());
    Some(chain)
}

/// `SANA-President Maria Santos` → `SANA`.
fn before_hyphen<'a>(text: &'a str, agencies: &Agencies) -> Option<&'a str> {
    let (name, after) = text.split_once('-')?;
    let is_one = places::is_capitals(name)
        && after.starts_with(char::is_uppercase)
        && after.contains(char::is_lowercase);
    (is_one && agencies.find(name).is_some()).then_some(name)
}

/// A known agency in capitals that nothing parts from a sentence: `AZERTAC The government`.
pub(super) fn before_sentence(cursor: &mut Cursor<'_>, agencies: &Agencies) -> Option<Chain> {
    let rest = window(cursor.rest())?;
    let ends = rest.match_indices(' ').take(MOST_WORDS).map(|(at, _)| at);
    let end = ends.filter(|at| is_agency_in_capitals(&rest[..*at], agencies)).last()?;
    let begins_sentence =
        rest[end..].trim_start().starts_with(|c: char| c.is_uppercase() || "\"“«‘".contains(c));
    if !begins_sentence {
        return None;
    }
    let mut chain = Chain::default();
    chain.push(&rest[..end], agencies);
    cursor.skip(end);
    Some(chain)
}

fn is_agency_in_capitals(name: &str, agencies: &Agencies) -> bool {
    name.len() > 2 && places::is_capitals(name) && agencies.find(name).is_some()
}

/// A known agency before a place, with nothing between them: `AFP Paris –`, `VMPL New Delhi [India], March 12:`.
pub(super) fn before_place(cursor: &mut Cursor<'_>, agencies: &Agencies) -> Option<Chain> {
    let rest = window(cursor.rest())?;
    let ends = rest.match_indices(' ').take(MOST_WORDS).map(|(at, _)| at);
    let end = ends.filter(|at| is_wire(&rest[..*at], agencies)).last()?;
    let mut chain = Chain::default();
    chain.push(&rest[..end], agencies);
    cursor.skip(end);
    Some(chain)
}

/// `BBC London` is a station of its own, `AFP Paris` a bureau.
fn is_wire(name: &str, agencies: &Agencies) -> bool {
    agencies.find(name).is_some_and(|(_, carries)| carries != Carries::OwnAndOthers)
}

/// Somebody who is not listed, between a comma or a bar and a sign: `Lilongwe, March 12, Mana:`, `Uganda | THE INDEPENDENT |`.
pub(super) fn unlisted(cursor: &mut Cursor<'_>, agencies: &Agencies) -> Option<Chain> {
    let rest = window(cursor.rest())?;
    let signs = [":", " -", " –", " —", " |", "--"];
    let end = signs.iter().filter_map(|sign| rest.find(sign)).min()?;
    let name = &rest[..end];
    let is_one = unlisted::is_possible(name)
        && !name.contains([',', '.', '(', '/'])
        && name.split(' ').count() < MOST_WORDS;
    if !is_one
        || places::is_region(name)
        || places::is_place(name)
        || when::leading(name).is_some()
        || when::is_name(name)
    {
        return None;
    }
    let mut chain = Chain::default();
    let is_read = chain.push(name, agencies);
    cursor.skip(end);
    is_read.then_some(chain)
}

/// The beginning of a text, where a name may be: that is short, and the line may be long.
fn window(text: &str) -> Option<&str> {
    Some(beginning(text, LONGEST_BARE)).filter(|text| text.starts_with(char::is_alphanumeric))
}

fn read(inside: &str, agencies: &Agencies) -> Option<(Chain, Option<Day>)> {
    let (names, day) = without_day(inside);
    let mut chain = Chain::default();
    let names = without_label(names.trim());
    if names.is_empty() {
        return day.map(|_| (chain, day));
    }
    // Of two with `via` between them it is the second who printed what the first wrote.
    let names = match names.split_once(" via ") {
        Some((origin, rehost)) => vec![rehost, origin],
        None => vec![names],
    };
    let mut names = names.into_iter().flat_map(|names| names_in(names, agencies));
    names.all(|name| chain.push(name, agencies)).then_some((chain, day))
}

fn names_in<'a>(names: &'a str, agencies: &Agencies) -> Vec<&'a str> {
    let mut parts = vec![names];
    for between in BETWEEN {
        parts = parts.into_iter().flat_map(|part| split(part, between, agencies)).collect();
    }
    parts.into_iter().map(str::trim).filter(|part| !part.is_empty()).collect()
}

/// Parts of a name, but for one that is known as it is: `RFE/RL`. A hyphen parts only agencies that are known: `ANSA-AFP`.
fn split<'a>(part: &'a str, between: &str, agencies: &Agencies) -> Vec<&'a str> {
    if between == "-" && !part.split('-').all(|part| agencies.find(part).is_some()) {
        return vec![part];
    }
    if agencies.find(part).is_some() { vec![part] } else { part.split(between).collect() }
}

/// `Source: Reuters` → `Reuters`.
fn without_label(names: &str) -> &str {
    ["Source:", "SOURCE:", "source:"]
        .iter()
        .find_map(|label| names.strip_prefix(label))
        .map_or(names, str::trim_start)
}

/// What stands in brackets without the day at its end or its beginning, and the day.
fn without_day(inside: &str) -> (&str, Option<Day>) {
    const MARKS: [char; 7] = ['-', '–', '—', '|', ';', ',', '/'];
    if let Some(day) = when::whole(inside) {
        return ("", Some(day));
    }
    for (at, mark) in inside.char_indices().filter(|(_, c)| MARKS.contains(c)) {
        if let Some(day) = when::whole(&inside[at + mark.len_utf8()..]) {
            return (&inside[..at], Some(day));
        }
    }
    let first = when::leading(inside).and_then(|(day, length)| {
        let rest = &inside[length..];
        let names = rest[when::hour::leading(rest)..].trim_start().strip_prefix(MARKS)?;
        Some((names, Some(day)))
    });
    first.unwrap_or((inside, None))
}

/// Whether brackets follow, slashes left out.
pub(super) fn is_at_bracket(cursor: Cursor<'_>) -> bool {
    cursor.peek().is_some_and(|open| closing(open).is_some())
}
