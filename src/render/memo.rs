//! What a build remembers for the next one: of each page what it asked, of each question what was answered.
//!
//! A question stands here once, however many pages asked it, and a page holds numbers. So the next build answers each
//! question once, and looks at a page by looking up a dozen flags. It says what pages came to by the digests of their
//! bytes, and is of use only where these bytes are still there: it can be old, or lost, and is never wrong.

use super::answers::Answer;
use super::ledger::Asked;
use super::question::{ANSWERED, Facet, Question};
use crate::diagnostic::Diagnostic;
use serde::{Deserialize, Serialize};

/// The memory of one build.
#[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Memo {
    /// The digest of what all pages are made with: the program and the settings.
    pub(super) frame: Frame,
    /// The files of the articles, in the order of their numbers.
    pub(super) articles: Texts,
    /// The answers about articles, of each facet but cards; none of a facet that nobody asked for.
    pub(super) facets: [Vec<Answer>; ANSWERED],
    /// What the card of each article asked; nothing where none was made.
    pub(super) cards: Lists,
    /// The terms, by taxonomy and slug, and what they are called.
    pub(super) terms: Vec<(u16, Box<str>, Answer)>,
    /// The other questions.
    pub(super) others: Vec<Answered>,
    /// The output paths of the pages, sorted.
    pub(super) paths: Texts,
    /// The pages, in the order of their paths.
    pub(super) pages: Vec<Remembered>,
    /// What each page asked.
    pub(super) asked: Lists,
    /// What is to be told of pages again, by their places.
    pub(super) diagnostics: Vec<(u32, Vec<Diagnostic>)>,
}

/// What every page is made with, in parts, so that it can be said what changed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Frame {
    pub(super) program: Answer,
    pub(super) settings: Answer,
    /// What follows from the settings and from articles: where the links of the menu lead.
    pub(super) site: Answer,
}

/// A question that was answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Answered {
    pub(super) question: Question,
    /// What the answer follows from, where that can be compared instead: see [`Questions::basis`](super::questions::Questions::basis).
    pub(super) basis: Option<Answer>,
    /// `None` where it could not be answered: no page that asked it stands.
    pub(super) answer: Option<Answer>,
}

/// A page that was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Remembered {
    /// The digest of what it was: kind, part and subject.
    pub(super) recipe: Answer,
    /// The digest of its bytes.
    pub(super) bytes: Answer,
}

/// Many short texts in one piece: that of a site with 100,000 articles is read in some milliseconds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Texts {
    text: String,
    ends: Vec<u32>,
}

impl Texts {
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    pub(super) fn get(&self, place: usize) -> &str {
        let start = place.checked_sub(1).map_or(0, |before| self.ends[before]);
        self.text.get(start as usize..self.ends[place] as usize).unwrap_or_default()
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|place| self.get(place))
    }
}

impl<'a> FromIterator<&'a str> for Texts {
    fn from_iter<I: IntoIterator<Item = &'a str>>(texts: I) -> Self {
        let mut all = Self::default();
        for text in texts {
            all.text.push_str(text);
            all.ends.push(all.text.len() as u32);
        }
        all
    }
}

/// Many short lists of numbers in one piece.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Lists {
    numbers: Vec<Asked>,
    ends: Vec<u32>,
}

impl Lists {
    pub(super) fn push(&mut self, list: impl IntoIterator<Item = Asked>) {
        self.numbers.extend(list);
        self.ends.push(self.numbers.len() as u32);
    }

    pub(super) fn get(&self, place: usize) -> &[Asked] {
        let start = place.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.numbers[start as usize..self.ends[place] as usize]
    }

    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }
}

impl Memo {
    /// Which facets of so many articles are asked for by any page or card.
    pub(super) fn asked_facets(&self, articles: usize) -> [bool; Facet::ALL.len()] {
        let mut asked = [false; Facet::ALL.len()];
        for number in self.asked.numbers.iter().chain(&self.cards.numbers) {
            if let Some(facet) = (*number as usize).checked_div(articles).filter(|facet| *facet < asked.len())
            {
                asked[facet] = true;
            }
        }
        asked
    }

    /// Whether its parts fit together. It comes from a file whose checksum was right, so this is for what a program of
    /// the same format wrote otherwise.
    pub(super) fn is_sound(&self) -> bool {
        let articles = self.articles.len();
        let questions = self.questions();
        let fits = |lists: &Lists, expected: usize| {
            lists.len() == expected
                && lists.ends.is_sorted()
                && lists.ends.last().is_none_or(|end| *end as usize == lists.numbers.len())
                && lists.numbers.iter().all(|number| (*number as usize) < questions)
        };
        let whole = |texts: &Texts| {
            texts.ends.is_sorted() && texts.ends.last().is_none_or(|end| *end as usize <= texts.text.len())
        };
        whole(&self.articles)
            && whole(&self.paths)
            && self.facets.iter().all(|answers| answers.is_empty() || answers.len() == articles)
            && self.pages.len() == self.paths.len()
            && fits(&self.cards, articles)
            && fits(&self.asked, self.pages.len())
    }

    /// How many questions have a number.
    pub(super) fn questions(&self) -> usize {
        self.articles.len() * Facet::ALL.len() + self.terms.len() + self.others.len()
    }
}
