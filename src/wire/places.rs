//! Names of places: which are known, and how a name in capitals is spelt.

use super::fold::folded;
use std::collections::HashMap;
use std::sync::OnceLock;

const PLACES: &str = include_str!("places.txt");
const REGIONS: &str = include_str!("regions.txt");

/// Words that begin small inside a name, in the languages of copy.
const PARTICLES: [&str; 33] = [
    "of", "the", "and", "upon", "on", "in", "by", "de", "del", "da", "do", "das", "dos", "di", "della", "la",
    "las", "los", "le", "les", "du", "des", "sur", "sous", "au", "aux", "en", "am", "an", "der", "den",
    "bei", "el",
];

/// The states of the United States as the post abbreviates them: words, but for their capitals.
const STATES: [&str; 50] = [
    "AL", "AK", "AZ", "AR", "CA", "CO", "CT", "DE", "FL", "GA", "HI", "ID", "IL", "IN", "IA", "KS", "KY",
    "LA", "ME", "MD", "MA", "MI", "MN", "MS", "MO", "MT", "NE", "NV", "NH", "NJ", "NM", "NY", "NC", "ND",
    "OH", "OK", "OR", "PA", "RI", "SC", "SD", "TN", "TX", "UT", "VT", "VA", "WA", "WV", "WI", "WY",
];

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
    names.map(|name| (folded(name), name)).collect()
}

/// Whether a name is that of a known place, or of several with `/` between them.
pub(super) fn is_place(name: &str) -> bool {
    name.split('/').all(|part| places().contains_key(&folded(part)))
}

/// Whether a name is that of a country, a state or a province.
pub(super) fn is_region(name: &str) -> bool {
    STATES.contains(&name) || regions().contains_key(&folded(name))
}

/// Whether a word begins small inside a name.
pub(super) fn is_particle(word: &str) -> bool {
    PARTICLES.contains(&word)
}

/// Whether a name is printed in capitals: at least two, and no small letter.
pub(super) fn is_capitals(name: &str) -> bool {
    name.chars().filter(|c| c.is_uppercase()).count() > 1 && !name.chars().any(char::is_lowercase)
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
    name.split('/').map(spell).collect::<Vec<_>>().join("/")
}

/// As [`spelt`], for what stands after a place: `BC`, `UK` and `UAE` are no words.
pub(super) fn spelt_region(name: &str) -> String {
    if name.chars().count() <= 3 { name.to_owned() } else { spelt(name) }
}

fn without_capitals(name: &str) -> String {
    let mut spelt = String::with_capacity(name.len());
    for (number, word) in name.split_inclusive([' ', '-']).enumerate() {
        let small = word.to_lowercase();
        // `D.C.` is no word; `U.S.` neither.
        if word.trim_end().chars().filter(|c| *c == '.').count() > 1 {
            spelt += word;
        } else if number > 0 && is_particle(small.trim_end_matches([' ', '-'])) {
            spelt += &small;
        } else {
            spelt += &with_a_capital(&small);
        }
    }
    spelt
}

/// `n'djamena` → `N'Djamena`, but `xi'an` → `Xi'an`.
fn with_a_capital(word: &str) -> String {
    let first = |part: &str| {
        let mut letters = part.chars();
        letters.next().map(|c| c.to_uppercase().chain(letters).collect::<String>()).unwrap_or_default()
    };
    match word.char_indices().nth(1) {
        Some((at, mark @ ('\'' | '’'))) => {
            format!("{}{mark}{}", first(&word[..at]), first(&word[at + mark.len_utf8()..]))
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
        ] {
            assert_eq!(spelt(printed), name);
        }
    }

    #[test]
    fn known_places_are_known_in_any_form() {
        for name in ["BEIJING", "Riyadh/Kuwait", "RIYADH/KUWAIT", "bogota", "Zürich"] {
            assert!(is_place(name), "{name}");
        }
        assert!(!is_place("TRUMP") && !is_place("RIYADH/TRUMP") && is_region("Calif.") && is_region("Italy"));
    }
}
