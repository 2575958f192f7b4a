//! Which number a question has in one build, and which question a number stands for.
//!
//! Numbers follow from places in the site: first every facet of every article, facet by facet, then the terms, taxonomy by
//! taxonomy, and last all other questions in the order in which they were first asked. So most are known without a
//! look-up, and what is known of all questions is a list.

use super::question::Facet;
use std::ops::Range;

/// The number of a question, in one build.
pub(super) type Asked = u32;

/// What a number stands for, by places.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    /// A facet of the article at a place.
    Article(Facet, u32),
    /// The name of the term at a place, counted through all taxonomies.
    Term(u32),
    /// The other question at a place.
    Other(u32),
}

/// The numbers of the questions about so many articles and terms.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Numbering {
    articles: u32,
    terms: u32,
}

impl Numbering {
    pub(super) fn new(articles: usize, terms: usize) -> Self {
        Self { articles: articles as u32, terms: terms as u32 }
    }

    /// The number of a question.
    pub(super) fn of(self, meaning: Meaning) -> Asked {
        match meaning {
            Meaning::Article(facet, place) => facet as u32 * self.articles + place,
            Meaning::Term(place) => self.first_term() + place,
            Meaning::Other(place) => self.first_term() + self.terms + place,
        }
    }

    /// What a number stands for.
    pub(super) fn meaning(self, number: Asked) -> Meaning {
        if let Some(behind) = number.checked_sub(self.first_term()) {
            return behind.checked_sub(self.terms).map_or(Meaning::Term(behind), Meaning::Other);
        }
        Meaning::Article(Facet::ALL[(number / self.articles) as usize], number % self.articles)
    }

    /// The numbers of a facet of all articles.
    pub(super) fn facet(self, facet: Facet) -> Range<usize> {
        let start = facet as usize * self.articles as usize;
        start..start + self.articles as usize
    }

    fn first_term(self) -> u32 {
        self.articles * Facet::ALL.len() as u32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_facets_place_is_its_number() {
        for (place, facet) in Facet::ALL.into_iter().enumerate() {
            assert_eq!(facet as usize, place);
        }
    }

    #[test]
    fn numbers_and_meanings_are_one_to_one_and_leave_none_out() {
        for (articles, terms) in [(0, 0), (0, 2), (1, 0), (3, 4)] {
            let numbering = Numbering::new(articles, terms);
            let places = |count: usize| 0..count as u32;
            let of_articles = Facet::ALL
                .into_iter()
                .flat_map(|facet| places(articles).map(move |place| Meaning::Article(facet, place)));
            let all: Vec<Meaning> = of_articles
                .chain(places(terms).map(Meaning::Term))
                .chain(places(3).map(Meaning::Other))
                .collect();
            for (number, meaning) in (0..).zip(all) {
                assert_eq!((numbering.of(meaning), numbering.meaning(number)), (number, meaning));
            }
        }
    }

    #[test]
    fn a_facet_has_a_number_for_each_article() {
        let numbering = Numbering::new(3, 4);
        let numbers = |facet| numbering.facet(facet).map(|number| numbering.meaning(number as u32));
        let all: Vec<Meaning> = Facet::ALL.into_iter().flat_map(numbers).collect();
        let expected = (0..all.len()).map(|number| numbering.meaning(number as u32));
        assert_eq!((all.len(), all), (18, expected.collect()));
    }
}
