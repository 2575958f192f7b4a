//! The terms of a taxonomy as templates see them.

use super::context::value;
use crate::site::{Site, TermId};
use serde::Serialize;
use tera::Value;

/// The terms of a taxonomy as templates see them, by slug; with a `limit`, the commonest of them.
pub fn entries(site: &Site, taxonomy: u16, limit: usize) -> Vec<Value> {
    #[derive(Serialize)]
    struct Entry<'a> {
        name: &'a str,
        slug: &'a str,
        url: String,
        count: usize,
    }
    let terms = &site.taxonomies[usize::from(taxonomy)].terms;
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
        })
    };
    places.into_iter().map(entry).collect()
}
