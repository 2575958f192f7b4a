//! The desk at which one page is made.

use super::ledger::{Ledger, is_recording};
use super::links::DocumentLinks;
use super::question::{Facet, Question};
use super::questions::{Questions, Unlinked};
use super::reach::Reached;
use super::templates::Templates;
use crate::article::{Document, Standing, markdown};
use crate::config::{Config, Language};
use crate::diagnostic::{Diagnostic, Location};
use crate::output::{
    self, Addresses, Desk, Headline, Imprint, Item, Mapped, Page, Picture, Subject, TermList, TermName,
    mapped, published_origin,
};
use crate::site::{
    ArticleId, List, Origin, Overview, PeriodKind, Provenance, Site, Span, StandingId, Target, TermId,
};
use std::cell::{Cell, RefCell};
use std::ops::Range;
use std::sync::Arc;
use tera::Value;

/// Answers what a page asks, and gathers what is wrong with it.
pub(super) struct PageDesk<'a> {
    questions: &'a Questions,
    templates: Option<&'a Templates>,
    /// What the page's template can come to, once somebody asked.
    reach: RefCell<Option<(Box<str>, Arc<Reached>)>>,
    /// `None` for a card: lists show many articles, and each article's own page reports what is wrong with it.
    page: Option<&'a Page>,
    diagnostics: RefCell<Vec<Diagnostic>>,
    words: Cell<usize>,
}

impl<'a> PageDesk<'a> {
    pub(super) fn new(questions: &'a Questions, templates: Option<&'a Templates>, page: &'a Page) -> Self {
        Self { templates, page: Some(page), ..Self::silent(questions) }
    }

    /// A desk whose findings nobody reads.
    pub(super) fn silent(questions: &'a Questions) -> Self {
        Self {
            questions,
            templates: None,
            reach: RefCell::default(),
            page: None,
            diagnostics: RefCell::default(),
            words: Cell::default(),
        }
    }

    pub(super) fn questions(&self) -> &'a Questions {
        self.questions
    }

    pub(super) fn into_diagnostics(self) -> Vec<Diagnostic> {
        self.diagnostics.into_inner()
    }

    /// How many words of Markdown were rendered.
    pub(super) fn words(&self) -> usize {
        self.words.get()
    }

    /// The title of the article that the page is about, for messages.
    pub(super) fn title(&self) -> &'a str {
        match self.page.map(|page| page.subject) {
            Some(Subject::Article(id)) => {
                self.ledger().article(Facet::Item, id);
                &self.questions.site.article(id).document.title
            }
            _ => "",
        }
    }

    /// The language that dates on the page are in: the document's own on its page, else the site's.
    pub(super) fn language(&self) -> &'a Language {
        let site = &self.questions.site;
        match self.page.map(|page| page.subject) {
            Some(Subject::Article(id)) => {
                self.ledger().article(Facet::Item, id);
                &site.article(id).document.language
            }
            Some(Subject::Standing(id)) => {
                let document = &site.standing[id as usize].document;
                self.ledger().other(|| Question::Standing((*document.source).into()));
                &document.language
            }
            _ => &site.config.language,
        }
    }

    /// What a template mentions; nothing where that is not known.
    fn reach(&self, template: &str) -> Option<Arc<Reached>> {
        let templates = self.templates?;
        if let Some((_, known)) = self.reach.borrow().as_ref().filter(|(name, _)| **name == *template) {
            return Some(known.clone());
        }
        self.ledger().other(|| Question::Template(template.into()));
        let reach = templates.reach(template);
        *self.reach.borrow_mut() = Some((template.into(), reach.clone()));
        Some(reach)
    }

    fn site(&self) -> &'a Site {
        &self.questions.site
    }

    fn ledger(&self) -> &'a Ledger {
        &self.questions.ledger
    }

    /// Notes that the Markdown of a document is asked for.
    fn note_text(&self, document: &Document) {
        match self.site().targets.get(&document.source) {
            Some(Target::Article(id)) => self.ledger().article(Facet::Text, id),
            _ => self.ledger().other(|| Question::StandingText((*document.source).into())),
        }
    }

    /// A document's own address, whole; empty where it has none.
    fn absolute(&self, document: &Document) -> String {
        let site = &self.questions.site;
        self.ledger().other(|| Question::Document((*document.source).into()));
        let address = match site.targets.get(&document.source) {
            Some(Target::Article(id)) => site.address(id),
            Some(Target::Standing(id)) => site.standing[id as usize].address.as_ref(),
            _ => return String::new(),
        };
        site.config.base.url_to(address)
    }
}

impl Desk for PageDesk<'_> {
    fn config(&self) -> &Config {
        &self.questions.site.config
    }

    fn reads(&self, template: &str, variable: &str) -> bool {
        self.reach(template).is_none_or(|reach| reach.mentions.has(variable))
    }

    fn reads_field(&self, template: &str, variable: &str, field: &str) -> bool {
        self.reach(template).is_none_or(|reach| reach.mentions.has_field(variable, field))
    }

    fn imprint(&self) -> &Imprint {
        self.questions.imprint()
    }

    fn article(&self, id: ArticleId) -> Item<'_> {
        self.ledger().article(Facet::Item, id);
        let site = self.site();
        Item { article: site.article(id), address: site.address(id), state: site.states[id as usize] }
    }

    fn headline(&self, id: ArticleId) -> Headline<'_> {
        self.ledger().article(Facet::Headline, id);
        self.questions.headline(id)
    }

    fn card(&self, id: ArticleId) -> Value {
        self.questions.card(id, || output::card(&PageDesk::silent(self.questions), id))
    }

    fn neighbours(&self, id: ArticleId) -> (Option<ArticleId>, Option<ArticleId>) {
        self.ledger().article(Facet::Neighbours, id);
        self.site().neighbours(id)
    }

    fn related(&self, id: ArticleId) -> &[ArticleId] {
        self.ledger().article(Facet::Related, id);
        &self.site().related[id as usize]
    }

    fn identity(&self, id: ArticleId) -> String {
        self.ledger().article(Facet::Item, id);
        self.site().identity(id)
    }

    fn count(&self, list: List) -> usize {
        self.ledger().other(|| Question::Count(self.questions.list_name(list)));
        self.site().count(list)
    }

    fn provenance(&self, id: TermId) -> Provenance {
        self.ledger().other(|| Question::Provenance(id.taxonomy, self.site().term(id).slug.clone()));
        self.questions.provenance(id)
    }

    fn listed(&self, list: List, places: Range<usize>) -> Vec<ArticleId> {
        self.ledger().other(|| {
            let place = |place: usize| u32::try_from(place).unwrap_or(u32::MAX);
            Question::Listed(self.questions.list_name(list), place(places.start), place(places.end))
        });
        self.site().listed(list, places)
    }

    fn lead(&self) -> Option<ArticleId> {
        self.ledger().other(|| Question::Lead);
        self.site().lead()
    }

    fn recent(&self) -> &[ArticleId] {
        self.ledger().other(|| Question::Recent);
        &self.site().recent
    }

    fn terms_of(&self, id: ArticleId, taxonomy: usize) -> Vec<TermId> {
        self.ledger().article(Facet::Item, id);
        let terms = self.site().terms_of.get(id as usize).iter();
        terms.filter(|term| usize::from(term.taxonomy) == taxonomy).copied().collect()
    }

    fn term(&self, id: TermId) -> TermName<'_> {
        self.ledger().term(id);
        self.questions.term_name(id)
    }

    fn term_link(&self, id: TermId) -> Value {
        self.questions.term(id)
    }

    fn terms(&self, taxonomy: u16, limit: usize) -> TermList<'_> {
        self.questions.terms(taxonomy, limit)
    }

    fn period(&self, id: u32) -> Overview {
        let calendar = &self.site().calendar;
        self.ledger().other(|| Question::Period(calendar.period(id).span().address().into()));
        calendar.overview(id)
    }

    fn period_at(&self, span: Span) -> Option<Overview> {
        self.ledger().other(|| Question::Period(span.address().into()));
        let calendar = &self.site().calendar;
        calendar.place(span).map(|id| calendar.overview(id))
    }

    fn periods(&self, kind: PeriodKind) -> Vec<Overview> {
        self.ledger().other(|| Question::Periods(kind as u8));
        let calendar = &self.site().calendar;
        calendar.of(kind).map(|id| calendar.overview(id)).collect()
    }

    fn standing(&self, id: StandingId) -> &Standing {
        let standing = &self.site().standing[id as usize];
        self.ledger().other(|| Question::Standing((*standing.document.source).into()));
        standing
    }

    fn standing_title(&self, address: &str) -> Option<&str> {
        self.ledger().other(|| Question::StandingTitle(address.into()));
        self.questions.title_at(address)
    }

    fn file(&self, subject: Subject) -> Option<Origin> {
        if let Some(page) = self.page {
            self.ledger().other(|| Question::Origin(page.path.clone()));
        }
        let origin = published_origin(self.site(), subject)?;
        if let Origin::File(file) = &origin {
            self.ledger().other(|| Question::File(file.clone()));
            // In a build it is known before the file is copied: one that changes meanwhile is another one for the next
            // build. That it cannot be read is found by whoever copies it.
            if is_recording() {
                let _ = self.questions.digests.of(&self.questions.root, file);
            }
        }
        Some(origin)
    }

    fn is_planned(&self, path: &str) -> bool {
        self.ledger().other(|| Question::Planned(path.into()));
        self.questions.plan.find(path).is_some()
    }

    fn mapped(&self) -> Vec<Mapped<'_>> {
        self.ledger().other(|| Question::Mapped);
        mapped(self.site(), &self.questions.plan)
    }

    fn content(&self, document: &Document, addresses: Addresses) -> Option<markdown::Html> {
        self.note_text(document);
        let text = self.questions.text(document).map_err(|problem| self.report(problem)).ok()?;
        let mut links = DocumentLinks::new(self.questions, document, addresses, Some(&text));
        let here = match addresses {
            Addresses::Rooted => String::new(),
            Addresses::Absolute => self.absolute(document),
        };
        let html = self.questions.with_options(&document.language, |options| {
            let options = markdown::Options { here: &here, ..*options };
            markdown::render(&text[document.body..], &options, &mut links)
        });
        self.words.set(self.words.get() + html.words);
        links.check_fragments(&html.html);
        self.diagnostics.borrow_mut().extend(links.into_diagnostics());
        Some(html)
    }

    fn inline(&self, document: &Document, text: &str, addresses: Addresses) -> String {
        let mut links = DocumentLinks::new(self.questions, document, addresses, None);
        let html = self
            .questions
            .with_options(&document.language, |options| markdown::inline(text, options, &mut links));
        if !links.is_sound() {
            let problems = match self.questions.text(document) {
                Ok(whole) => links.place_in(&whole, text),
                Err(_) => links.into_diagnostics(),
            };
            self.diagnostics.borrow_mut().extend(problems);
        }
        html
    }

    fn picture(&self, document: &Document, src: &str, location: &Location) -> Option<Picture> {
        let links = DocumentLinks::new(self.questions, document, Addresses::Rooted, None);
        let problem = match links.picture(src) {
            Ok(Ok(picture)) => return Some(picture),
            Ok(Err(Unlinked::Broken)) => return None,
            Ok(Err(Unlinked::Expired)) => {
                Diagnostic::warning("link-to-expired", format!("{src} has expired and is not shown"))
                    .help("take it out, or put a copy beside this file")
            }
            Err(problem) => problem,
        };
        self.report(problem.located(&document.source, location.clone()));
        None
    }

    fn report(&self, diagnostic: Diagnostic) {
        self.diagnostics.borrow_mut().push(diagnostic);
    }
}
