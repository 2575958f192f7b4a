//! The last build, next to the site of this one: its questions answered again, and compared.

use super::answers::{Answer, Parts, SHARE};
use super::memo::Memo;
use super::numbering::{Asked, Meaning, Noted, Number, Numbering};
use super::question::{FACETS, Facet, Question};
use super::questions::Questions;
use super::renderer::Renderer;
use crate::diagnostic::Diagnostic;
use crate::output::{Page, Subject};
use crate::packed::Blocks;
use crate::site::{ArticleId, Site, Target, TermId};
use rayon::prelude::*;
use std::collections::HashMap;
use std::sync::OnceLock;

/// Why a page is made again, or is not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// The last build knew no page there.
    New,
    /// Another program, or other settings.
    Frame,
    /// At this path there was a page about something else.
    Recipe,
    /// The answer to this question of the last build is another one.
    Changed(Noted),
    /// What it asked is answered as before: the place of the page in the memo.
    Stands(u32),
}

/// The memory of the last build next to the site of this one.
pub(super) struct LastBuild {
    memo: Memo,
    /// How the questions of the last build are numbered.
    numbering: Numbering<Noted>,
    /// Whether what all pages are made with is the same.
    same_frame: bool,
    /// By the numbers of the last build: whether an answer is another one now, or nobody can tell.
    changed: Vec<bool>,
    /// Where the articles of the last build are now.
    articles: Vec<Option<ArticleId>>,
    /// Where the articles of this build were in the last one.
    places: Vec<Option<u32>>,
    /// The places of the other questions of the last build, once somebody asks.
    others: OnceLock<HashMap<Question, u32>>,
    /// Where its terms are now.
    terms: Vec<Option<TermId>>,
    /// By the pages' places in the plan: their places in the memo.
    pages: Vec<Option<u32>>,
}

impl LastBuild {
    /// Answers every question of the last build again. A memo that does not hang together is as good as none.
    pub(super) fn new(renderer: &Renderer, memo: Memo) -> Option<Self> {
        if !memo.is_sound() {
            return None;
        }
        let questions = &*renderer.questions;
        let same_frame = memo.frame == renderer.frame;
        let mut last = Self {
            same_frame,
            changed: Vec::new(),
            articles: Vec::new(),
            places: vec![None; questions.site.articles.len()],
            others: OnceLock::new(),
            terms: Vec::new(),
            pages: Vec::new(),
            numbering: memo.numbering(),
            memo,
        };
        // Nothing stands anyway: what is left to tell is which pages are new.
        if same_frame {
            last.find(&questions.site);
            last.compare(renderer);
        }
        last.match_pages(renderer);
        Some(last)
    }

    /// Finds the articles and terms of the last build in this one.
    fn find(&mut self, site: &Site) {
        let article = |place: usize| match site.targets.get(self.memo.articles.get(place)) {
            Some(Target::Article(id)) => Some(id),
            _ => None,
        };
        self.articles = (0..self.memo.articles.len()).into_par_iter().map(article).collect();
        for (place, id) in (0..).zip(&self.articles) {
            if let Some(id) = id {
                self.places[*id as usize] = Some(place);
            }
        }
        let term = |(taxonomy, slug, _): &(u16, Box<str>, Answer)| {
            let term = site.taxonomies.get(usize::from(*taxonomy))?.with_slug(slug)?;
            Some(TermId { taxonomy: *taxonomy, term })
        };
        self.terms = self.memo.terms.iter().map(term).collect();
    }

    fn compare(&mut self, renderer: &Renderer) {
        let (questions, memo) = (&*renderer.questions, &self.memo);
        let count = memo.articles.len();
        questions.name_articles();
        // All facets of an article one after the other, as long as it is at hand. Of a facet that nobody asked for,
        // nobody wants to know.
        let of_article = |(place, id): (usize, &Option<ArticleId>)| {
            let mut is_other = [true; FACETS];
            for ((is_other, facet), Blocks(answers)) in is_other.iter_mut().zip(Facet::ALL).zip(&memo.facets)
            {
                if let (Some(id), Some(answer)) = (id, answers.get(place)) {
                    *is_other = questions.answer_of_article(facet, *id) != *answer;
                }
            }
            is_other
        };
        let articles = self.articles.par_iter().enumerate().with_min_len(SHARE);
        let of_articles: Vec<[bool; FACETS]> = articles.map(of_article).collect();
        let mut changed =
            Vec::with_capacity(self.numbering.of(Meaning::Other(memo.others.len() as u32)).place() as usize);
        for facet in 0..FACETS {
            changed.extend(of_articles.iter().map(|of_article| of_article[facet]));
        }
        // The cards' places are filled when all that they ask is known.
        changed.resize(self.numbering.cards().end, true);
        changed.extend(
            memo.terms
                .iter()
                .zip(&self.terms)
                .map(|((_, _, answer), now)| now.is_none_or(|id| questions.answer_of_term(id) != *answer)),
        );
        let others = memo.others.par_iter().map(|known| {
            let is_same_basis = known.basis.is_some() && questions.basis(&known.question) == known.basis;
            known.answer.is_none() || (!is_same_basis && renderer.answer(&known.question) != known.answer)
        });
        changed.extend(others.collect::<Vec<bool>>());
        let cards: Vec<bool> = (0..count)
            .map(|place| {
                let asked = memo.cards.get(place);
                asked.is_empty() || asked.iter().any(|number| changed[number.place() as usize])
            })
            .collect();
        changed[self.numbering.cards()].copy_from_slice(&cards);
        self.changed = changed;
    }

    /// Finds this build's pages in the last one: both are gone through side by side, in the order of their paths.
    fn match_pages(&mut self, renderer: &Renderer) {
        let plan = renderer.plan();
        let mut pages = vec![None; plan.pages.len()];
        let mut known = (0..).zip(self.memo.paths.iter()).peekable();
        for place in plan.sorted_places() {
            let path = &*plan.pages[place].path;
            while known.next_if(|(_, other)| *other < path).is_some() {}
            pages[place] = known.next_if(|(_, other)| *other == path).map(|(at, _)| at);
        }
        self.pages = pages;
    }

    /// Whether a page of the plan stands, or why it does not.
    pub(super) fn judge(&self, questions: &Questions, place: usize, page: &Page) -> Verdict {
        let Some(known) = self.pages[place] else { return Verdict::New };
        if !self.same_frame {
            return Verdict::Frame;
        }
        if self.recipe(known) != recipe(questions, page) {
            return Verdict::Recipe;
        }
        let asked = self.memo.asked.get(known as usize);
        match asked.iter().find(|number| self.is_changed(**number)) {
            Some(number) => Verdict::Changed(*number),
            None => Verdict::Stands(known),
        }
    }

    /// Whether what all pages are made with is the same as it was.
    pub(super) fn is_of_same_frame(&self) -> bool {
        self.same_frame
    }

    /// The digest of what the page at a place of the memo was.
    pub(super) fn recipe(&self, known: u32) -> Answer {
        self.memo.recipes.0[known as usize]
    }

    /// The digest of its bytes.
    pub(super) fn bytes(&self, known: u32) -> Answer {
        self.memo.bytes.0[known as usize]
    }

    /// What is to be told again of the page at a place of the memo.
    pub(super) fn diagnostics(&self, known: u32) -> Vec<Diagnostic> {
        let at = self.memo.diagnostics.binary_search_by_key(&known, |(place, _)| *place);
        at.map(|at| self.memo.diagnostics[at].1.clone()).unwrap_or_default()
    }

    /// What the page at a place of the memo asked, by the numbers of the last build.
    pub(super) fn asked(&self, known: u32) -> &[Noted] {
        self.memo.asked.get(known as usize)
    }

    /// What the last build was answered about an article, where that is answered still.
    pub(super) fn answer_of_article(&self, facet: Facet, id: ArticleId) -> Option<Answer> {
        let place = self.places[id as usize]?;
        let stands = !self.has_changed(Meaning::Article(facet, place));
        stands.then(|| self.memo.facets[facet as usize].0[place as usize])
    }

    /// What the last build was answered to another question, where that is answered still.
    pub(super) fn answer(&self, question: &Question) -> Option<Answer> {
        let others = || (0..).zip(&self.memo.others).map(|(place, known)| (known.question.clone(), place));
        let place = *self.others.get_or_init(|| others().collect()).get(question)?;
        let stands = !self.has_changed(Meaning::Other(place));
        self.memo.others[place as usize].answer.filter(|_| stands)
    }

    /// What the cards that still stand asked, so that they need not be made only to find that out.
    pub(super) fn hand_on_cards(&self, questions: &Questions, numbers: &mut Renumbering<'_>) {
        for (place, id) in (0..).zip(&self.articles) {
            let stands = !self.has_changed(Meaning::Card(place));
            if let Some(id) = id.filter(|_| stands) {
                let asked = self.memo.cards.get(place as usize).iter();
                let asked: Box<[Asked]> = asked.filter_map(|number| numbers.of(*number)).collect();
                questions.cards.note_asked(id, asked);
            }
        }
    }

    /// Whether a question of the last build is answered otherwise now, or nobody can tell.
    fn has_changed(&self, question: Meaning) -> bool {
        self.is_changed(self.numbering.of(question))
    }

    fn is_changed(&self, number: Noted) -> bool {
        self.changed.get(number.place() as usize).copied().unwrap_or(true)
    }

    /// A question of the last build in words: what changed.
    pub(super) fn words(&self, number: Noted) -> String {
        match self.numbering.meaning(number) {
            Meaning::Card(place) => {
                let asked = self.memo.cards.get(place as usize);
                let changed = asked.iter().find(|number| self.is_changed(**number));
                changed.map_or_else(
                    || format!("no card of {} is known", self.memo.articles.get(place as usize)),
                    |number| self.words(*number),
                )
            }
            Meaning::Article(facet, place) => facet.words(self.memo.articles.get(place as usize)),
            Meaning::Term(term) => {
                let (_, slug, _) = &self.memo.terms[term as usize];
                format!("the name of the term '{slug}' changed")
            }
            Meaning::Other(place) => self.memo.others[place as usize].question.words(),
        }
    }

    /// What changed of that which all pages are made with.
    pub(super) fn frame_words(&self, renderer: &Renderer) -> &'static str {
        let (then, now) = (&self.memo.frame, &renderer.frame);
        if then.program != now.program {
            "it was made by another version of Dateline"
        } else if then.settings != now.settings {
            "the settings changed, or the font of cards"
        } else {
            "where links of the settings lead changed"
        }
    }
}

/// From the numbers of the last build to those of this one.
pub(super) struct Renumbering<'a> {
    last: &'a LastBuild,
    questions: &'a Questions,
    /// Of the other questions those that were asked for: a question is named once, however many pages asked it.
    others: Vec<Option<Asked>>,
}

impl<'a> Renumbering<'a> {
    pub(super) fn new(last: &'a LastBuild, questions: &'a Questions) -> Self {
        Self { last, questions, others: vec![None; last.memo.others.len()] }
    }

    /// The number that a question has in this build; `None` where it cannot be asked any more.
    pub(super) fn of(&mut self, number: Noted) -> Option<Asked> {
        let ledger = &self.questions.ledger;
        Some(match self.last.numbering.meaning(number) {
            Meaning::Article(facet, place) => ledger.of_article(facet, self.last.articles[place as usize]?),
            Meaning::Card(place) => ledger.of_card(self.last.articles[place as usize]?),
            Meaning::Term(place) => ledger.of_term(self.last.terms[place as usize]?),
            Meaning::Other(place) => *self.others[place as usize].get_or_insert_with(|| {
                ledger.of_other(self.last.memo.others[place as usize].question.clone())
            }),
        })
    }
}

/// The digest of what a page is: its kind, which part of it, and what it is about.
pub(super) fn recipe(questions: &Questions, page: &Page) -> Answer {
    let site = &questions.site;
    let mut parts = Parts::default();
    parts.text(page.kind.name).number(page.part.into());
    let standing = |id: u32| &*site.standing[id as usize].document.source;
    match page.subject {
        Subject::Site => parts.number(0),
        Subject::Article(id) => parts.number(1).bytes(&questions.name_of(id)),
        Subject::Standing(id) => parts.number(2).text(standing(id)),
        Subject::Period(id) => {
            let span = site.calendar.period(id).span();
            parts.number(3).text(&span.address())
        }
        Subject::Taxonomy(place) => parts.number(4).number(place.into()),
        Subject::Term(taxonomy, term) => {
            parts.number(5).number(taxonomy.into()).text(&site.term(TermId { taxonomy, term }).slug)
        }
        Subject::Asset(id) => parts.number(6).text(&site.assets[id as usize].path),
        Subject::ArticleFile(id, file) => {
            parts.number(7).text(&site.article(id).document.bundle[file as usize])
        }
        Subject::StandingFile(id, file) => {
            parts.number(8).text(&site.standing[id as usize].document.bundle[file as usize])
        }
    };
    parts.digest()
}
