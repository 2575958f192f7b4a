//! What a build remembers for the next one: of each page what it asked, of each question what was answered.
//!
//! A question stands here once, however many pages asked it, and a page holds numbers. So the next build answers each
//! question once, and looks at a page by looking up a dozen flags. It says what pages came to by the digests of their
//! bytes, and is of use only where these bytes are still there: it can be old, or lost, and is never wrong.

use super::answers::Answer;
use super::numbering::{Meaning, Noted, Numbering};
use super::question::{FACETS, Question};
use crate::diagnostic::Diagnostic;
use crate::packed::{Blocks, Lists, Texts};
use serde::{Deserialize, Serialize};

/// The memory of one build.
#[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Memo {
    /// What all pages are made with.
    pub(super) frame: Frame,
    /// The files of the articles, in the order of their numbers.
    pub(super) articles: Texts,
    /// The answers about articles, of each facet; none of a facet that nobody asked for.
    pub(super) facets: [Blocks<16>; FACETS],
    /// What the card of each article asked; nothing where none was made.
    pub(super) cards: Lists<Noted>,
    /// The terms, by taxonomy and slug, and what they are called.
    pub(super) terms: Vec<(u16, Box<str>, Answer)>,
    /// The other questions.
    pub(super) others: Vec<Answered>,
    /// The output paths of the pages, sorted.
    pub(super) paths: Texts,
    /// What each page was, in the order of their paths: the digests of kind, part and subject.
    pub(super) recipes: Blocks<16>,
    /// The digests of the pages' bytes.
    pub(super) bytes: Blocks<16>,
    /// What each page asked.
    pub(super) asked: Lists<Noted>,
    /// What is to be told of pages again, by their places.
    pub(super) diagnostics: Vec<(u32, Vec<Diagnostic>)>,
}

/// What every page is made with, in parts, so that it can be said what changed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Frame {
    pub(super) program: Answer,
    /// The settings, what the command line says in their place, and the font of cards.
    pub(super) settings: Answer,
    /// What follows from the settings and from articles: what templates have as `site` and what pages tell machines of it,
    /// with the places that links of the settings lead to.
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

impl Memo {
    /// How its questions are numbered, once its articles and terms are in it.
    pub(super) fn numbering(&self) -> Numbering<Noted> {
        Numbering::new(self.articles.len(), self.terms.len())
    }

    /// Which facets of articles are asked for by any page or card, by their numbers.
    pub(super) fn asked_facets(&self) -> [bool; FACETS] {
        let numbering = self.numbering();
        let mut asked = [false; FACETS];
        for number in self.asked.items().iter().chain(self.cards.items()) {
            if let Meaning::Article(facet, _) = numbering.meaning(*number) {
                asked[facet as usize] = true;
            }
        }
        asked
    }

    /// Whether its parts fit together. It comes from a file whose checksum was right, so this is for what a program of
    /// the same format wrote otherwise.
    pub(super) fn is_sound(&self) -> bool {
        let articles = self.articles.len();
        let questions = self.numbering().of(Meaning::Other(self.others.len() as u32));
        let fits = |lists: &Lists<Noted>, expected: usize| {
            lists.len() == expected && lists.items().iter().all(|number| *number < questions)
        };
        self.facets.iter().all(|Blocks(answers)| answers.is_empty() || answers.len() == articles)
            && self.recipes.0.len() == self.paths.len()
            && self.bytes.0.len() == self.paths.len()
            && fits(&self.cards, articles)
            && fits(&self.asked, self.paths.len())
    }
}
