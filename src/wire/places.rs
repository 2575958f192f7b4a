//! Names of places: which are known, and how a name in capitals is spelt.

use super::fold::{folded, plain};
use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;
use unicode_normalization::UnicodeNormalization;

const PLACES: &str = include_str!("places.txt");
const REGIONS: &str = include_str!("regions.txt");

/// Words that begin small inside a name, in the languages of copy.
const PARTICLES: [&str; 41] = [
    "of", "the", "and", "upon", "on", "in", "by", "de", "del", "da", "do", "das", "dos", "di", "della", "la",
    "las", "los", "le", "les", "du", "des", "sur", "sous", "au", "aux", "en", "am", "an", "der", "den",
    "bei", "el", "im", "ob", "unter", "zur", "zum", "vor", "van", "op",
];

/// The states of the United States as the post abbreviates them: words, but for their capitals.
const STATES: [&str; 50] = [
    "AL", "AK", "AZ", "AR", "CA", "CO", "CT", "DE", "FL", "GA", "HI", "ID", "IL", "IN", "IA", "KS", "KY",
    "LA", "ME", "MD", "MA", "MI", "MN", "MS", "MO", "MT", "NE", "NV", "NH", "NJ", "NM", "NY", "NC", "ND",
    "OH", "OK", "OR", "PA", "RI", "SC", "SD", "TN", "TX", "UT", "VT", "VA", "WA", "WV", "WI", "WY",
];

/// The provinces and territories of Canada in the same way: `OTTAWA, ON`.
const PROVINCES: [&str; 13] = ["AB", "BC", "MB", "NB", "NL", "NS", "NT", "NU", "ON", "PE", "QC", "SK", "YT"];

/// By what last word the name of a region tells that it is one: `Hainan Province`.
const KINDS: [&str; 10] = [
    "Province",
    "Region",
    "State",
    "County",
    "District",
    "Oblast",
    "Prefecture",
    "Territory",
    "Governorate",
    "Island",
];

/// What stands between two places, and how it is written.
const JOINS: [&str; 3] = [" and ", " & ", "/"];

type Names = HashMap<String, &'static str>;

fn places() -> &'static Names {
    static NAMES: OnceLock<Names> = OnceLock::new();
    NAMES.get_or_init(|| names(PLACES))
}

fn regions() -> &'static Names {
    static NAMES: OnceLock<Names> = OnceLock::new();
    NAMES.get_or_init(|| names(REGIONS))
}

fn names(table: &'static str) -> Names {
    let lines = table.lines().filter(|line| !line.starts_with('#'));
    let names = lines.flat_map(|line| line.split(';')).map(str::trim).filter(|name| !name.is_empty());
    let mut table = Names::new();
    // Of two spellings the first counts.
    names.for_each(|name| _ = table.entry(folded(name)).or_insert(name));
    table
}

/// The names of places without the marks of their letters, as many print them in capitals: `CANCUN`.
fn plain_places() -> &'static HashSet<String> {
    static NAMES: OnceLock<HashSet<String>> = OnceLock::new();
    NAMES.get_or_init(|| places().keys().filter(|name| !name.is_ascii()).map(|name| plain(name)).collect())
}

/// Whether a name is that of a known place, or of several that are joined.
pub(super) fn is_place(name: &str) -> bool {
    let is_one = |name: &str| {
        let name = folded(name);
        places().contains_key(&name) || plain_places().contains(&name)
    };
    is_one(name) || joined(name).iter().all(|(_, part)| is_one(part))
}

/// Whether a name is that of a country, a state or a province. Of several places that are joined it is the first's.
pub(super) fn is_region(name: &str) -> bool {
    let is_one = |name: &str| {
        STATES.contains(&name)
            || PROVINCES.contains(&name)
            || regions().contains_key(&folded(name))
            || name.rsplit_once(' ').is_some_and(|(_, kind)| KINDS.contains(&kind))
    };
    is_one(name) || joined(name).first().is_some_and(|(_, part)| is_one(part))
}

/// Whether a name is that of a state or a province, cut short: `Calif`, which has a full stop after it.
pub(super) fn is_cut_short(name: &str) -> bool {
    regions().get(&folded(name)).is_some_and(|region| region.ends_with('.'))
}

/// The parts of a name that is of several places, each with what stands before it: `San Francisco and London`.
fn joined(name: &str) -> Vec<(&str, &str)> {
    let mut parts = Vec::new();
    let (mut join, mut rest) = ("", name);
    let next = |text: &str| JOINS.iter().filter_map(|join| Some((text.find(join)?, *join))).min();
    while let Some((at, found)) = next(rest) {
        parts.push((join, &rest[..at]));
        (join, rest) = (found, &rest[at + found.len()..]);
    }
    parts.push((join, rest));
    parts
}

/// Whether a word begins small inside a name. Such are all that are but letters cut short: `Frankfurt a.M.`, `Bad Homburg v.d. Höhe`.
pub(super) fn is_particle(word: &str) -> bool {
    PARTICLES.contains(&word)
        || word.contains('.') && word.split('.').all(|letters| letters.chars().count() <= 2)
}

/// Whether a name, or each of several that are joined, is printed in capitals: at least two, and no small letter.
pub(super) fn is_capitals(name: &str) -> bool {
    joined(name).iter().all(|(_, part)| {
        part.chars().filter(|c| c.is_uppercase()).count() > 1 && !part.chars().any(char::is_lowercase)
    })
}

/// A name as it is written in a text: one in capitals as it is known, or else with a capital at the beginning of each word.
pub(super) fn spelt(name: &str) -> String {
    let spell = |part: &str| {
        let part = part.trim();
        if !is_capitals(part) {
            return part.to_owned();
        }
        let names = [places(), regions()];
        let known = names.iter().find_map(|names| names.get(&folded(part)));
        known.map_or_else(|| without_capitals(part), |known| (*known).to_owned())
    };
    joined(name).into_iter().map(|(join, part)| format!("{join}{}", spell(part))).collect()
}

/// As [`spelt`], for what stands after a place: `BC`, `UK` and `UAE` are no words.
pub(super) fn spelt_region(name: &str) -> String {
    let is_letters =
        name.split(['/', '.', ' ']).all(|part| part.chars().count() <= 2) || name.chars().count() <= 3;
    if is_letters { name.to_owned() } else { spelt(name) }
}

fn without_capitals(name: &str) -> String {
    let mut spelt = String::with_capacity(name.len());
    for (number, word) in name.split_inclusive([' ', '-']).enumerate() {
        let small = word.to_lowercase();
        // `D.C.` is no word; `U.S.` neither.
        if word.trim_end().chars().filter(|c| *c == '.').count() > 1 {
            spelt += word;
        } else if number > 0 && is_small(small.trim_end_matches([' ', '-'])) {
            spelt += &small;
        } else {
            spelt += &with_a_capital(&small, number > 0);
        }
    }
    // `İSTANBUL` has an `i` with a dot over it in small letters.
    spelt.nfc().collect()
}

/// As [`is_particle`], for words that no name has small unless it is folded: `Truth or Consequences`.
fn is_small(word: &str) -> bool {
    is_particle(word) || matches!(word, "or" | "de'" | "de’")
}

/// `n'djamena` → `N'Djamena`, but `xi'an` → `Xi'an`, and inside a name `Cortina d'Ampezzo`.
fn with_a_capital(word: &str, is_inside: bool) -> String {
    let first = |part: &str| {
        let mut letters = part.chars();
        letters.next().map(|c| c.to_uppercase().chain(letters).collect::<String>()).unwrap_or_default()
    };
    match word.char_indices().nth(1) {
        Some((at, mark @ ('\'' | '’'))) => {
            let article = &word[..at];
            let article = if is_inside && article == "d" { article.to_owned() } else { first(article) };
            format!("{article}{mark}{}", first(&word[at + mark.len_utf8()..]))
        }
        _ => first(word),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn capitals_become_names() {
        for (printed, name) in [
            ("BEIJING", "Beijing"),
            ("SALVADOR DE BAHIA", "Salvador de Bahia"),
            ("RIYADH/KUWAIT", "Riyadh/Kuwait"),
            ("PORT-AU-PRINCE", "Port-au-Prince"),
            ("N'DJAMENA", "N'Djamena"),
            ("L'AQUILA", "L'Aquila"),
            ("XI'AN", "Xi'an"),
            ("STRATFORD-UPON-AVON", "Stratford-upon-Avon"),
            ("LA PAZ", "La Paz"),
            ("EL ALTO", "El Alto"),
            ("ST. LOUIS", "St. Louis"),
            ("WASHINGTON, D.C.", "Washington, D.C."),
            ("SÃO PAULO", "São Paulo"),
            ("Grosseto", "Grosseto"),
            ("BHUBANESWAR", "Bhubaneswar"),
            ("İSKENDERUN", "İskenderun"),
        ] {
            assert_eq!(spelt(printed), name);
        }
    }

    #[test]
    fn known_places_are_known_in_any_form() {
        for name in
            ["BEIJING", "Riyadh/Kuwait", "RIYADH/KUWAIT", "bogota", "Zürich", "CANCUN", "CANCÚN", "Zurich"]
        {
            assert!(is_place(name), "{name}");
        }
        assert!(!is_place("TRUMP") && !is_place("RIYADH/TRUMP") && is_region("Calif.") && is_region("Italy"));
    }
}
