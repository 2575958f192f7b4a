//! One build's pages: those of the last build that still stand are passed over, all others are made.

use super::answers::{Answer, SHARE};
use super::last_build::{LastBuild, Renumbering, Verdict, recipe};
use super::ledger::recording;
use super::memo::{Answered, Memo};
use super::numbering::{Asked, Noted};
use super::question::{FACETS, Facet, Question};
use super::renderer::{Body, Rendered, Renderer};
use crate::diagnostic::Diagnostic;
use crate::output::Page;
use crate::packed::{Blocks, Texts};
use crate::site::{ArticleId, TermId};
use rayon::prelude::*;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Makes the pages of one build, and remembers what the next one wants to know of them.
pub struct Reuse<'a> {
    renderer: &'a Renderer,
    last: OnceLock<LastBuild>,
    /// What became of the pages, by their places in the plan.
    turns: Vec<OnceLock<Turn>>,
    /// How many pages have not had theirs yet.
    left: AtomicUsize,
}

/// What became of a page, as it is remembered.
enum Turn {
    Made(Trace),
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
struct Trace {
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
        Self { last: OnceLock::new(), renderer, turns, left: AtomicUsize::new(count) }
    }

    /// Compares what the last build remembers with what there is now. It is for before the first page is made.
    pub fn compare(&self, memo: Memo) {
        if let Some(last) = LastBuild::new(self.renderer, memo) {
            // There is one last build.
            let _ = self.last.set(last);
        }
    }

    /// Makes the page at a place of the plan, or leaves the file in its place as it is. `in_place` is the digest of that
    /// file, where it is known. Each page has one turn.
    pub fn render(&self, place: usize, page: &Page, in_place: Option<Answer>) -> Turnout {
        let turnout = self.take_turn(place, page, in_place);
        // What is to be remembered wants the room that the cards took.
        if self.left.fetch_sub(1, Ordering::AcqRel) == 1 {
            self.renderer.questions.cards.forget();
        }
        turnout
    }

    fn take_turn(&self, place: usize, page: &Page, in_place: Option<Answer>) -> Turnout {
        if let (Some(last), Some(_)) = (self.last.get(), in_place)
            && let Verdict::Stands(known) = last.judge(&self.renderer.questions, place, page)
            && Some(last.bytes(known)) == in_place
        {
            let _ = self.turns[place].set(Turn::Kept(known));
            return Turnout::Stands(last.diagnostics(known));
        }
        let render = || recording(|| self.renderer.render(page));
        let (rendered, asked) = self.renderer.stopwatch().page(&page.path, render);
        let is_copy = matches!(rendered.body, Some(Body::File(_)));
        let made = Trace { asked: asked.into(), is_copy, diagnostics: rendered.diagnostics.clone() };
        let _ = self.turns[place].set(Turn::Made(made));
        Turnout::Rendered(rendered)
    }

    /// How many pages there are.
    pub fn pages(&self) -> usize {
        self.turns.len()
    }

    /// How many pages were made.
    pub fn rendered(&self) -> usize {
        self.turns.iter().filter(|turn| matches!(turn.get(), Some(Turn::Made(_)))).count()
    }

    /// Why the page at a place of the plan was made, or was not.
    pub fn explain(&self, place: usize) -> Explanation {
        let rendered = |why: String| Explanation { verdict: "rendered", why };
        let page = &self.renderer.plan().pages[place];
        let Some(last) = self.last.get() else {
            return rendered("there is no memory of an earlier build".to_owned());
        };
        rendered(match last.judge(&self.renderer.questions, place, page) {
            Verdict::Stands(known) if matches!(self.turns[place].get(), Some(Turn::Kept(_))) => {
                let asked = last.asked(known).len();
                let why = format!("none of the {asked} answers it was made from has changed");
                return Explanation { verdict: "kept", why };
            }
            Verdict::Stands(_) => "the file in its place is gone, or was changed".to_owned(),
            Verdict::New => "the last build had no page there".to_owned(),
            Verdict::Frame => last.frame_words(self.renderer).to_owned(),
            Verdict::Recipe => "the last build had a page about something else there".to_owned(),
            Verdict::Changed(number) => last.words(number),
        })
    }

    /// What the next build wants to know, where that is not what this one knew; `digests` are those of the pages' bytes,
    /// by their places in the plan.
    pub fn memo(&self, digests: &[Answer]) -> Option<Memo> {
        if self.last.get().is_some() && self.rendered() == 0 {
            return None;
        }
        let plan = self.renderer.plan();
        let answer = || {
            let mut memo = Memo { frame: self.renderer.frame.clone(), ..Memo::default() };
            self.note_asked(&mut memo);
            self.answer(&mut memo);
            memo
        };
        let recipe = |place: &u32| self.recipe(*place as usize, digests[*place as usize]);
        let note_pages = || -> (Vec<Answer>, Texts) {
            let recipes = plan.order().par_iter().with_min_len(SHARE).map(recipe).collect();
            (recipes, plan.sorted().map(|page| &*page.path).collect())
        };
        self.renderer.questions.name_articles();
        let (mut memo, (recipes, paths)) = rayon::join(answer, note_pages);
        memo.recipes = Blocks(recipes);
        memo.bytes = Blocks(plan.sorted_places().map(|place| digests[place]).collect());
        memo.paths = paths;
        memo.diagnostics = self.diagnostics();
        Some(memo)
    }

    /// The digest of what the page at a place of the plan is, whose bytes have one too; one that nothing has where it is to
    /// be made the next time, whatever it is then.
    fn recipe(&self, place: usize, bytes: Answer) -> Answer {
        let page = &self.renderer.plan().pages[place];
        let questions = &*self.renderer.questions;
        match (self.turns[place].get(), self.last.get()) {
            // A file that was changed between two looks at it: what was asked is no longer what was copied.
            (Some(Turn::Made(made)), _) if !made.is_copy || questions.file_digest(page) == Some(bytes) => {
                recipe(questions, page)
            }
            (Some(Turn::Kept(known)), Some(last)) => last.recipe(*known),
            _ => Answer::default(),
        }
    }

    /// Notes what pages and cards asked, by the numbers of this build.
    fn note_asked(&self, memo: &mut Memo) {
        let questions = &*self.renderer.questions;
        let mut numbers = self.last.get().map(|last| Renumbering::new(last, questions));
        if let (Some(last), Some(numbers)) = (self.last.get(), &mut numbers) {
            last.hand_on_cards(questions, numbers);
        }
        for place in self.renderer.plan().sorted_places() {
            match (self.turns[place].get(), self.last.get()) {
                (Some(Turn::Made(made)), _) => memo.asked.push(made.asked.iter().copied().map(Noted::from)),
                (Some(Turn::Kept(known)), Some(last)) => {
                    let asked = last.asked(*known).iter();
                    memo.asked
                        .push(asked.filter_map(|number| numbers.as_mut()?.of(*number)).map(Noted::from));
                }
                _ => memo.asked.push([]),
            }
        }
        for asked in questions.cards.asked() {
            memo.cards.push(asked.iter().copied().map(Noted::from));
        }
    }

    /// What is to be told of pages again, by their places in the order of their paths.
    fn diagnostics(&self) -> Vec<(u32, Vec<Diagnostic>)> {
        let of_page = |place: usize| match (self.turns[place].get(), self.last.get()) {
            (Some(Turn::Made(made)), _) => made.diagnostics.clone(),
            (Some(Turn::Kept(known)), Some(last)) => last.diagnostics(*known),
            _ => Vec::new(),
        };
        let all = (0..).zip(self.renderer.plan().sorted_places().map(of_page));
        all.filter(|(_, diagnostics)| !diagnostics.is_empty()).collect()
    }

    /// Adds the answers to what was asked.
    fn answer(&self, memo: &mut Memo) {
        let (site, questions) = (self.renderer.site(), &*self.renderer.questions);
        // Other settings than before leave nothing to go by.
        let last = self.last.get().filter(|last| last.is_of_same_frame());
        memo.articles = site.articles.iter().map(|article| &*article.document.source).collect();
        let terms = (0..).zip(&site.taxonomies).flat_map(|(taxonomy, terms)| {
            (0..).zip(&terms.terms).map(move |(term, entry)| (TermId { taxonomy, term }, entry))
        });
        memo.terms =
            terms.map(|(id, term)| (id.taxonomy, term.slug.clone(), questions.answer_of_term(id))).collect();
        let asked_facets = memo.asked_facets();
        let facets = || Facet::ALL.into_iter().filter(|facet| asked_facets[*facet as usize]);
        // All facets of an article one after the other, as long as it is at hand.
        let of_article = |id: ArticleId| {
            let mut answers = [Answer::default(); FACETS];
            for facet in facets() {
                let known = last.and_then(|last| last.answer_of_article(facet, id));
                answers[facet as usize] = known.unwrap_or_else(|| questions.answer_of_article(facet, id));
            }
            answers
        };
        let of_articles = || -> Vec<[Answer; FACETS]> {
            let all = (0..site.articles.len() as ArticleId).into_par_iter().with_min_len(SHARE);
            all.map(of_article).collect()
        };
        let answered = |question: Question| Answered {
            basis: questions.basis(&question),
            answer: last.and_then(|last| last.answer(&question)).or_else(|| self.renderer.answer(&question)),
            question,
        };
        let others = questions.ledger.other_questions();
        let (of_articles, others) =
            rayon::join(of_articles, || others.into_par_iter().map(answered).collect());
        for facet in facets() {
            memo.facets[facet as usize] =
                Blocks(of_articles.iter().map(|answers| answers[facet as usize]).collect());
        }
        memo.others = others;
    }
}
