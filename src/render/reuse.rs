//! One build's pages: those of the last build that still stand are passed over, all others are made.

use super::answers::Answer;
use super::ledger::recording;
use super::memo::{Answered, Memo, Remembered};
use super::numbering::Asked;
use super::question::Facet;
use super::recall::{Recall, Renumbering, Verdict, recipe};
use super::renderer::{Body, Rendered, Renderer};
use crate::diagnostic::Diagnostic;
use crate::output::Page;
use crate::site::{ArticleId, TermId};
use rayon::prelude::*;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Makes the pages of one build, and remembers what the next one wants to know of them.
pub struct Reuse<'a> {
    renderer: &'a Renderer,
    recall: OnceLock<Recall>,
    /// What became of the pages, by their places in the plan.
    turns: Vec<OnceLock<Turn>>,
    /// How many pages have not had theirs yet.
    left: AtomicUsize,
}

/// What became of a page, as it is remembered.
enum Turn {
    Made(Made),
    /// It stands: its place in the memo.
    Kept(u32),
}

/// What became of a page.
#[derive(Debug, Clone)]
pub enum Turnout {
    /// It was made.
    Rendered(Rendered),
    /// The file in its place is what it would come to. What was found wrong when it was made is told again.
    Stands(Vec<Diagnostic>),
}

impl Turnout {
    /// What was found wrong.
    pub fn into_diagnostics(self) -> Vec<Diagnostic> {
        match self {
            Self::Rendered(rendered) => rendered.diagnostics,
            Self::Stands(diagnostics) => diagnostics,
        }
    }
}

/// What is remembered of a page that was made.
struct Made {
    asked: Box<[Asked]>,
    /// Whether it is a copy of a file.
    is_copy: bool,
    diagnostics: Vec<Diagnostic>,
}

/// What became of a page, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    /// What became of it, in a word: `rendered` or `kept`.
    pub verdict: &'static str,
    /// Why, in words.
    pub why: String,
}

impl<'a> Reuse<'a> {
    /// Begins without a memory: every page is made.
    pub fn new(renderer: &'a Renderer) -> Self {
        let count = renderer.plan().pages.len();
        let turns = std::iter::repeat_with(OnceLock::new).take(count).collect();
        Self { recall: OnceLock::new(), renderer, turns, left: AtomicUsize::new(count) }
    }

    /// Compares what the last build remembers with what there is now. It is for before the first page is made.
    pub fn recall(&self, memo: Memo) {
        if let Some(recall) = Recall::new(self.renderer, memo) {
            // There is one last build.
            let _ = self.recall.set(recall);
        }
    }

    /// Makes the page at a place of the plan, or leaves the file in its place as it is. `standing` is the digest of that
    /// file, where it is known. Each page has one turn.
    pub fn render(&self, place: usize, page: &Page, standing: Option<Answer>) -> Turnout {
        let turnout = self.take_turn(place, page, standing);
        // What is to be remembered wants the room that the cards took.
        if self.left.fetch_sub(1, Ordering::AcqRel) == 1 {
            self.renderer.questions.cards.forget();
        }
        turnout
    }

    fn take_turn(&self, place: usize, page: &Page, standing: Option<Answer>) -> Turnout {
        if let (Some(recall), Some(_)) = (self.recall.get(), standing)
            && let Verdict::Stands(known) = recall.judge(self.renderer.site(), place, page)
            && Some(recall.page(known).bytes) == standing
        {
            let _ = self.turns[place].set(Turn::Kept(known));
            return Turnout::Stands(recall.diagnostics(known));
        }
        let render = || recording(|| self.renderer.render(page));
        let (rendered, asked) = self.renderer.stopwatch().page(&page.path, render);
        let is_copy = matches!(rendered.body, Some(Body::File(_)));
        let made = Made { asked: asked.into(), is_copy, diagnostics: rendered.diagnostics.clone() };
        let _ = self.turns[place].set(Turn::Made(made));
        Turnout::Rendered(rendered)
    }

    /// How many pages were made.
    pub fn rendered(&self) -> usize {
        self.turns.iter().filter(|turn| matches!(turn.get(), Some(Turn::Made(_)))).count()
    }

    /// Why the page at a place of the plan was made, or was not.
    pub fn explain(&self, place: usize) -> Explanation {
        let rendered = |why: String| Explanation { verdict: "rendered", why };
        let page = &self.renderer.plan().pages[place];
        let Some(recall) = self.recall.get() else {
            return rendered("there is no memory of an earlier build".to_owned());
        };
        rendered(match recall.judge(self.renderer.site(), place, page) {
            Verdict::Stands(known) if matches!(self.turns[place].get(), Some(Turn::Kept(_))) => {
                let asked = recall.asked(known).len();
                let why = format!("none of the {asked} answers it was made from has changed");
                return Explanation { verdict: "kept", why };
            }
            Verdict::Stands(_) => "the file in its place is gone, or was changed".to_owned(),
            Verdict::New => "the last build had no page there".to_owned(),
            Verdict::Frame => recall.frame_words(self.renderer).to_owned(),
            Verdict::Recipe => "the last build had a page about something else there".to_owned(),
            Verdict::Changed(number) => recall.words(number),
        })
    }

    /// What the next build wants to know, where that is not what this one knew; `digests` are those of the pages' bytes,
    /// by their places in the plan.
    pub fn memo(&self, digests: &[Answer]) -> Option<Memo> {
        if self.recall.get().is_some() && self.rendered() == 0 {
            return None;
        }
        let plan = self.renderer.plan();
        let questions = &*self.renderer.questions;
        let mut numbers = self.recall.get().map(|recall| Renumbering::new(recall, questions));
        if let (Some(recall), Some(numbers)) = (self.recall.get(), &mut numbers) {
            recall.hand_on_cards(questions, numbers);
        }
        let mut memo = Memo { frame: self.renderer.frame.clone(), ..Memo::default() };
        memo.paths = plan.sorted().map(|page| &*page.path).collect();
        let remembered = |place: &u32| self.remembered(*place as usize, digests[*place as usize]);
        memo.pages = plan.order().par_iter().with_min_len(512).map(remembered).collect();
        for (at, place) in (0..).zip(plan.sorted_places()) {
            let diagnostics = match (self.turns[place].get(), self.recall.get()) {
                (Some(Turn::Made(made)), _) => {
                    memo.asked.push(made.asked.iter().copied());
                    made.diagnostics.clone()
                }
                (Some(Turn::Kept(known)), Some(recall)) => {
                    let asked = recall.asked(*known).iter();
                    memo.asked.push(asked.filter_map(|number| numbers.as_mut()?.of(*number)));
                    recall.diagnostics(*known)
                }
                _ => {
                    memo.asked.push([]);
                    Vec::new()
                }
            };
            if !diagnostics.is_empty() {
                memo.diagnostics.push((at, diagnostics));
            }
        }
        for asked in questions.cards.asked() {
            memo.cards.push(asked.iter().copied());
        }
        self.answer(&mut memo);
        Some(memo)
    }

    /// What is remembered of the page at a place of the plan itself, whose bytes have a digest.
    fn remembered(&self, place: usize, bytes: Answer) -> Remembered {
        let page = &self.renderer.plan().pages[place];
        match (self.turns[place].get(), self.recall.get()) {
            // A file that was changed between two looks at it: what was asked is no longer what was copied.
            (Some(Turn::Made(made)), _)
                if !made.is_copy || self.renderer.questions.file_digest(page) == Some(bytes) =>
            {
                Remembered { recipe: recipe(self.renderer.site(), page), bytes }
            }
            (Some(Turn::Kept(known)), Some(recall)) => recall.page(*known),
            // Nothing has such a recipe, so it is made next time.
            _ => Remembered { recipe: Answer::default(), bytes },
        }
    }

    /// Adds the questions and their answers.
    fn answer(&self, memo: &mut Memo) {
        let (site, questions) = (self.renderer.site(), &*self.renderer.questions);
        let count = site.articles.len();
        // Other settings than before leave nothing to go by.
        let recall = self.recall.get().filter(|recall| recall.is_of_same_frame());
        memo.articles = site.articles.iter().map(|article| &*article.document.source).collect();
        let terms = (0..).zip(&site.taxonomies).flat_map(|(taxonomy, terms)| {
            (0..).zip(&terms.terms).map(move |(term, entry)| (TermId { taxonomy, term }, entry))
        });
        memo.terms =
            terms.map(|(id, term)| (id.taxonomy, term.slug.clone(), questions.answer_of_term(id))).collect();
        let asked_facets = memo.asked_facets();
        for (facet, answers) in Facet::ALL.into_iter().zip(&mut memo.facets) {
            if asked_facets[facet as usize] {
                let all = (0..count as ArticleId).into_par_iter().with_min_len(512);
                answers.par_extend(all.map(|id| {
                    let known = recall.and_then(|recall| recall.answer_of_article(facet, id));
                    known.unwrap_or_else(|| questions.answer_of_article(facet, id))
                }));
            }
        }
        let asked = questions.ledger.other_questions();
        memo.others = asked
            .into_par_iter()
            .map(|question| Answered {
                basis: questions.basis(&question),
                answer: recall
                    .and_then(|recall| recall.answer(&question))
                    .or_else(|| self.renderer.answer(&question)),
                question,
            })
            .collect();
    }
}
