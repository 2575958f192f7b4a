//! Which number a question has in one build, and which question a number stands for.
//!
//! Numbers follow from places in the site: first every facet of every article, facet by facet, then the articles' cards, the
//! terms, taxonomy by taxonomy, and last all other questions in the order in which they were first asked. So most are known
//! without a look-up, and what is known of all questions is a list.
//!
//! Another build has other places. Its numbers are of another type, and only a [`Meaning`] leads from one to the other.

use super::question::Facet;
use serde::{Deserialize, Serialize};
use std::marker::PhantomData;
use std::ops::Range;

/// The number of a question in the build that is going on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Asked(u32);

/// The number of a question in a memo: that which it had in the build that wrote it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) struct Noted(u32);

/// The numbers of one build, by their places.
pub(super) trait Number: Copy {
    fn at(place: u32) -> Self;
    fn place(self) -> u32;
}

/// What a number stands for, by places.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    /// A facet of the article at a place.
    Article(Facet, u32),
    /// The article at a place, as lists show it. It has no digest for an answer: it is answered as before where all is that
    /// the card itself asks.
    Card(u32),
    /// The name of the term at a place, counted through all taxonomies.
    Term(u32),
    /// The other question at a place.
    Other(u32),
}

/// The numbers of the questions about so many articles and terms.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Numbering<N> {
    articles: u32,
    terms: u32,
    numbers: PhantomData<N>,
}

impl Number for Asked {
    fn at(place: u32) -> Self {
        Self(place)
    }

    fn place(self) -> u32 {
        self.0
    }
}

impl Number for Noted {
    fn at(place: u32) -> Self {
        Self(place)
    }

    fn place(self) -> u32 {
        self.0
    }
}

/// The memo of a build is numbered as the build is.
impl From<Asked> for Noted {
    fn from(Asked(number): Asked) -> Self {
        Self(number)
    }
}

impl<N: Number> Numbering<N> {
    pub(super) fn new(articles: usize, terms: usize) -> Self {
        Self { articles: articles as u32, terms: terms as u32, numbers: PhantomData }
    }

    /// The number of a question.
    pub(super) fn of(self, meaning: Meaning) -> N {
        N::at(match meaning {
            Meaning::Article(facet, place) => facet as u32 * self.articles + place,
            Meaning::Card(place) => self.first_card() + place,
            Meaning::Term(place) => self.first_term() + place,
            Meaning::Other(place) => self.first_term() + self.terms + place,
        })
    }

    /// What a number stands for.
    pub(super) fn meaning(self, number: N) -> Meaning {
        let number = number.place();
        if let Some(behind) = number.checked_sub(self.first_term()) {
            return behind.checked_sub(self.terms).map_or(Meaning::Term(behind), Meaning::Other);
        }
        if let Some(place) = number.checked_sub(self.first_card()) {
            return Meaning::Card(place);
        }
        Meaning::Article(Facet::ALL[(number / self.articles) as usize], number % self.articles)
    }

    /// The places of the numbers of all articles' cards.
    pub(super) fn cards(self) -> Range<usize> {
        self.first_card() as usize..self.first_term() as usize
    }

    fn first_card(self) -> u32 {
        self.articles * Facet::ALL.len() as u32
    }

    fn first_term(self) -> u32 {
        self.first_card() + self.articles
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
            let numbering = Numbering::<Asked>::new(articles, terms);
            let places = |count: usize| 0..count as u32;
            let of_articles = Facet::ALL
                .into_iter()
                .flat_map(|facet| places(articles).map(move |place| Meaning::Article(facet, place)));
            let all: Vec<Meaning> = of_articles
                .chain(places(articles).map(Meaning::Card))
                .chain(places(terms).map(Meaning::Term))
                .chain(places(3).map(Meaning::Other))
                .collect();
            for (number, meaning) in (0..).map(Asked).zip(all) {
                assert_eq!((numbering.of(meaning), numbering.meaning(number)), (number, meaning));
            }
        }
    }

    #[test]
    fn the_cards_lie_between_facets_and_terms() {
        let numbering = Numbering::<Asked>::new(3, 4);
        let meanings = numbering.cards().map(|number| numbering.meaning(Asked(number as u32)));
        assert_eq!(meanings.collect::<Vec<_>>(), [0, 1, 2].map(Meaning::Card));
    }
}
