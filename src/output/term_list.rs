//! The terms of a taxonomy as templates see them.

use super::context::{brief, value};
use crate::site::{Site, TermId};
use serde::Serialize;
use tera::Value;
use unicode_normalization::UnicodeNormalization;

/// How many sizes a term can be shown in.
const WEIGHTS: f64 = 5.0;

/// The terms of a taxonomy as templates see them, by slug; with a `limit`, the commonest of them.
pub fn entries(site: &Site, taxonomy: u16, limit: usize) -> Vec<Value> {
    #[derive(Serialize)]
    struct Entry<'a> {
        name: &'a str,
        slug: &'a str,
        url: String,
        count: usize,
        initial: String,
        weight: u8,
        latest: Option<Value>,
    }
    let terms = &site.taxonomies[usize::from(taxonomy)].terms;
    let most = terms.iter().map(|term| term.articles.len()).max().unwrap_or_default();
    let mut places: Vec<u32> = (0..).take(terms.len()).collect();
    if limit < places.len() {
        places.sort_by_key(|place| (std::cmp::Reverse(terms[*place as usize].articles.len()), *place));
        places.truncate(limit);
        places.sort_unstable();
    }
    let entry = |term: u32| {
        let (id, term) = (TermId { taxonomy, term }, &terms[term as usize]);
        value(&Entry {
            name: &term.name,
            slug: &term.slug,
            url: site.config.base.path_to(&site.term_address(id)),
            count: term.articles.len(),
            initial: initial(&term.name),
            weight: weight(term.articles.len(), most),
            latest: term.articles.first().map(|id| brief(site, *id)),
        })
    };
    places.into_iter().map(entry).collect()
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
