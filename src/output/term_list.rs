//! The terms of a taxonomy as templates see them.

use super::context::{brief_of, term_url, value};
use super::desk::{TermEntry, TermList};
use crate::config::Config;
use serde::Serialize;
use tera::Value;
use unicode_normalization::UnicodeNormalization;

/// How many sizes a term can be shown in.
const WEIGHTS: f64 = 5.0;

/// The terms of a taxonomy as templates see them.
pub fn entries(config: &Config, taxonomy: u16, list: &TermList<'_>) -> Vec<Value> {
    #[derive(Serialize)]
    struct Entry<'a> {
        name: &'a str,
        slug: &'a str,
        url: String,
        count: usize,
        initial: String,
        weight: u8,
        latest: Option<Value>,
        as_outlet: usize,
        as_agency: usize,
    }
    let entry = |entry: &TermEntry<'_>| {
        let (name, provenance) = (entry.term, entry.provenance.unwrap_or_default());
        value(&Entry {
            name: name.name,
            slug: name.slug,
            url: term_url(config, taxonomy, name.slug),
            count: entry.count,
            initial: initial(name.name),
            weight: weight(entry.count, list.most),
            latest: entry.latest.map(|latest| brief_of(config, &latest)),
            as_outlet: provenance.as_outlet,
            as_agency: provenance.as_agency,
        })
    };
    list.terms.iter().map(entry).collect()
}

/// The letter that a name stands under in an index; `#` where it begins with none.
fn initial(name: &str) -> String {
    let letter = name.nfd().next().filter(|letter| letter.is_alphabetic());
    letter.map_or_else(|| "#".to_owned(), |letter| letter.to_uppercase().collect())
}

/// From 1 to 5: how often a term is used next to the commonest, on a logarithmic scale.
fn weight(count: usize, most: usize) -> u8 {
    if most < 2 {
        return 1;
    }
    let share = (count.max(1) as f64).ln() / (most as f64).ln();
    1 + (share * (WEIGHTS - 1.0)).round() as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_under_their_first_letter() {
        let initials = ["élan", "Zürich", "5G", "صحة", ""].map(initial);
        assert_eq!(initials, ["E", "Z", "#", "ص", "#"]);
    }

    #[test]
    fn the_commonest_term_weighs_most() {
        assert_eq!([1, 2, 10, 100].map(|count| weight(count, 100)), [1, 2, 3, 5]);
        assert_eq!(weight(1, 1), 1);
    }
}
