//! What is asked while pages are made, each question by a number.
//!
//! Most questions are about articles and terms. Their numbers follow from their places in the site, so that asking one
//! takes no look-up and no lock. Other questions get the numbers behind these, as they come.
//!
//! A page is made by one thread, and what is made within it (cards) by the same. So what is asked goes to the innermost
//! making of the thread: template functions do not see the page that they are called for.

use super::numbering::{Asked, Meaning, Numbering};
use super::question::{Facet, Question};
use crate::site::{ArticleId, Site, TermId};
use foldhash::HashMap;
use std::cell::RefCell;
use std::sync::{Mutex, MutexGuard, PoisonError};

thread_local! {
    /// The makings under way, the innermost last, each with what it has asked.
    static MAKINGS: RefCell<Vec<Vec<Asked>>> = const { RefCell::new(Vec::new()) };
}

/// Makes something, and tells what was asked for it: sorted, each question once.
pub(super) fn recording<T>(make: impl FnOnce() -> T) -> (T, Vec<Asked>) {
    /// Ends the making, though it panic.
    struct Ended;
    impl Drop for Ended {
        fn drop(&mut self) {
            MAKINGS.with_borrow_mut(Vec::pop);
        }
    }
    MAKINGS.with_borrow_mut(|makings| makings.push(Vec::with_capacity(32)));
    let ended = Ended;
    let made = make();
    let mut asked =
        MAKINGS.with_borrow_mut(|makings| makings.last_mut().map(std::mem::take)).unwrap_or_default();
    drop(ended);
    asked.sort_unstable();
    asked.dedup();
    (made, asked)
}

/// Notes that a question was asked. Where nothing is being made, nobody wants to know.
pub(super) fn note(asked: Asked) {
    MAKINGS.with_borrow_mut(|makings| {
        if let Some(innermost) = makings.last_mut() {
            innermost.push(asked);
        }
    });
}

/// Whether something is being made of which somebody wants to know what it asks.
pub(super) fn is_recording() -> bool {
    MAKINGS.with_borrow(|makings| !makings.is_empty())
}

/// The numbers of the questions of one site.
#[derive(Debug)]
pub(super) struct Ledger {
    numbering: Numbering<Asked>,
    /// The place of the first term of each taxonomy, counted through all of them.
    first_terms: Vec<u32>,
    others: Mutex<Others>,
}

/// The questions that are numbered as they come.
#[derive(Debug, Default)]
struct Others {
    numbers: HashMap<Question, u32>,
    questions: Vec<Question>,
}

impl Ledger {
    pub(super) fn new(site: &Site) -> Self {
        let mut terms = 0;
        let mut first_terms = Vec::with_capacity(site.taxonomies.len());
        for taxonomy in &site.taxonomies {
            first_terms.push(terms as u32);
            terms += taxonomy.terms.len();
        }
        let numbering = Numbering::new(site.articles.len(), terms);
        Self { numbering, first_terms, others: Mutex::default() }
    }

    pub(super) fn of_article(&self, facet: Facet, id: ArticleId) -> Asked {
        self.numbering.of(Meaning::Article(facet, id))
    }

    pub(super) fn of_card(&self, id: ArticleId) -> Asked {
        self.numbering.of(Meaning::Card(id))
    }

    pub(super) fn of_term(&self, id: TermId) -> Asked {
        self.numbering.of(Meaning::Term(self.first_terms[usize::from(id.taxonomy)] + id.term))
    }

    pub(super) fn of_other(&self, question: Question) -> Asked {
        let mut others = self.others();
        let next = others.questions.len() as u32;
        let place = match others.numbers.get(&question) {
            Some(known) => *known,
            None => {
                others.numbers.insert(question.clone(), next);
                others.questions.push(question);
                next
            }
        };
        self.numbering.of(Meaning::Other(place))
    }

    /// Notes that something was asked of an article.
    pub(super) fn article(&self, facet: Facet, id: ArticleId) {
        note(self.of_article(facet, id));
    }

    /// Notes that an article's card was asked for.
    pub(super) fn card(&self, id: ArticleId) {
        note(self.of_card(id));
    }

    /// Notes that a term's name was asked for.
    pub(super) fn term(&self, id: TermId) {
        note(self.of_term(id));
    }

    /// Notes another question.
    pub(super) fn other(&self, question: impl FnOnce() -> Question) {
        if is_recording() {
            note(self.of_other(question()));
        }
    }

    /// The other questions so far, in the order of their numbers.
    pub(super) fn other_questions(&self) -> Vec<Question> {
        self.others().questions.clone()
    }

    /// A lock whose holder panicked guards a list that is only added to: it is whole.
    fn others(&self) -> MutexGuard<'_, Others> {
        self.others.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
