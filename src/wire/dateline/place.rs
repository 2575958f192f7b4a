//! Where a dateline says that a story was filed: `BEIJING`, `SALVADOR DE BAHIA, Brasil`, `Riyadh/Kuwait`.

use super::super::agencies::Agencies;
use super::super::places;
use super::super::scan::{Cursor, begins_with_dash, is_mark};
use super::super::when;
use super::chain;

/// The most of a name, in words and bytes.
const LONGEST: (usize, usize) = (6, 60);

/// Words that begin paragraphs and no place.
const NEVER: [&str; 40] = [
    "on",
    "in",
    "at",
    "by",
    "from",
    "since",
    "after",
    "before",
    "the",
    "a",
    "an",
    "this",
    "that",
    "update",
    "exclusive",
    "breaking",
    "watch",
    "video",
    "photo",
    "photos",
    "opinion",
    "analysis",
    "factbox",
    "timeline",
    "correction",
    "note",
    "editor's",
    "source",
    "read",
    "related",
    "published",
    "updated",
    "il",
    "der",
    "die",
    "das",
    "le",
    "un",
    "una",
    "i",
];

/// Those of them that names begin with, too: `LE HAVRE`. With `THE` begin rubrics: `THE WEEK AHEAD`.
const ARTICLES: [&str; 7] = ["le", "il", "der", "die", "das", "un", "una"];

/// The name of a place that follows, as it is printed; `None` where none can be.
pub(super) fn name<'a>(cursor: &mut Cursor<'a>, agencies: &Agencies) -> Option<&'a str> {
    let begin = *cursor;
    let mut end = *cursor;
    let mut words = 0;
    loop {
        let mut next = end;
        if words > 0 {
            let has_spaces = next.spaces();
            let is_joined = next.eat('/') || (has_spaces && next.eat('&'));
            next.spaces();
            // `VANCOUVER, BC / ACCESSWIRE /`, `MADRID / EFE.-`, `London CNN —`: there the name ends.
            if is_agency(next, agencies, is_joined) {
                break;
            }
            if !has_spaces && !is_joined {
                break;
            }
        }
        let Some(word) = word(&mut next) else { break };
        let begins_large = word.chars().next().is_some_and(|c| !c.is_lowercase());
        if !begins_large && (words == 0 || !places::is_particle(word)) {
            return None;
        }
        // A day may follow without a comma: `MADRID Nov 25`. But `RIO DE JANEIRO` has a month in it, too.
        let is_day = when::leading(end.rest().trim_start()).is_some();
        // `SUN CITY`, `MAY PEN`: what is in capitals may go on, but for `MONDAY BRIEFING`.
        let goes_on = || {
            places::is_capitals(word)
                && !when::is_weekday(word)
                && next.rest().trim_start().starts_with(char::is_uppercase)
        };
        if when::is_name(word) && (is_day || (words == 0 && !goes_on())) && !places::is_place(word) {
            break;
        }
        words += 1;
        end = next;
        if words > LONGEST.0 || end.at() - begin.at() > LONGEST.1 {
            return None;
        }
    }
    let name = &begin.rest()[..end.at() - begin.at()];
    let first = name.split([' ', '/']).next()?;
    let is_known = places::is_place(name) || places::is_region(name);
    let first = first.to_lowercase();
    let has_article = words > 1 && places::is_capitals(name) && ARTICLES.contains(&&*first);
    let begins_text = NEVER.contains(&&*first) && !is_known && !has_article;
    if words == 0 || begins_text || !is_joined_well(name) {
        return None;
    }
    *cursor = end;
    Some(name)
}

/// Whether a known agency follows, with a sign after it. Without a slash before it, the sign has to be one that parts it from a text.
fn is_agency(mut cursor: Cursor<'_>, agencies: &Agencies, is_after_slash: bool) -> bool {
    chain::bare(&mut cursor, agencies).is_some() && {
        let after = cursor.rest().trim_start();
        is_after_slash || after.is_empty() || begins_with_dash(after) || after.starts_with(['|', '.'])
    }
}

/// The country, state or province that follows a comma or stands in brackets.
pub(super) fn region<'a>(cursor: &mut Cursor<'a>, agencies: &Agencies) -> Option<&'a str> {
    let mut after = *cursor;
    let open = after.peek()?;
    let bracket = chain::closing(open);
    if bracket.is_some() {
        after.eat(open);
    }
    let name = name(&mut after, agencies)?;
    if bracket.is_some_and(|close| !after.eat(close)) {
        return None;
    }
    *cursor = after;
    Some(name)
}

/// A word of a name: letters with apostrophes and hyphens inside, and a full stop where it is cut short: `St.`, `D.C.`, `Calif.`.
fn word<'a>(cursor: &mut Cursor<'a>) -> Option<&'a str> {
    let rest = cursor.rest();
    let mut length = 0;
    for (at, c) in rest.char_indices() {
        let next = rest[at + c.len_utf8()..].chars().next();
        let goes_on = next.is_some_and(char::is_alphabetic);
        let is_part = match c {
            _ if c.is_alphabetic() || is_mark(c) => true,
            '\'' | '’' if length == 0 => begins_with_article(&rest[at + c.len_utf8()..]),
            '\'' | '’' => goes_on || rest[..at].eq_ignore_ascii_case("de"),
            '-' => length > 0 && goes_on,
            // `ROMA.- ` and `CAIRO. The` end there; what is cut short goes on, or something else than a sentence follows.
            '.' => length > 0 && (goes_on || is_cut_short(&rest[..at], &rest[at + 1..])),
            _ => false,
        };
        // A longer one is no name, and the line may be long.
        if !is_part || at > LONGEST.1 {
            break;
        }
        length = at + c.len_utf8();
    }
    cursor.skip(length);
    (length > 0).then(|| &rest[..length])
}

/// `'S-HERTOGENBOSCH`.
fn begins_with_article(after: &str) -> bool {
    after.starts_with("S-") || after.starts_with("s-")
}

fn is_cut_short(word: &str, after: &str) -> bool {
    if places::is_cut_short(word) {
        return true;
    }
    let is_short = word.chars().count() <= 5;
    let follows = after.trim_start().chars().next();
    is_short
        && follows.is_some_and(|c| {
            matches!(c, ',' | '(' | ')' | ']' | '/') || (c.is_uppercase() && word.chars().count() <= 3)
        })
        || word.contains('.')
}

/// `TEHRAN-based` is no place, `Port-au-Prince` and `Mazar-i-Sharif` are: a small part stands inside, and is a particle.
fn is_joined_well(name: &str) -> bool {
    name.split([' ', '/']).all(|word| {
        let parts: Vec<&str> = word.split('-').collect();
        let last = parts.len() - 1;
        let ends_small = last > 0 && parts[last].chars().next().is_some_and(char::is_lowercase);
        !(ends_small && (places::is_capitals(parts[0]) || !places::is_place(word)))
    })
}
