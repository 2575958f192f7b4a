//! The desk at which one page is made.

use super::links::DocumentLinks;
use super::questions::{Questions, Unlinked};
use crate::article::{Document, markdown};
use crate::config::Language;
use crate::diagnostic::{Diagnostic, Location};
use crate::output::{self, Addresses, Desk, Imprint, Page, Picture, Plan, Subject};
use crate::site::{ArticleId, Site, Target, TermId};
use std::cell::{Cell, RefCell};
use tera::Value;

/// Answers what a page asks, and gathers what is wrong with it.
pub(super) struct PageDesk<'a> {
    questions: &'a Questions,
    /// `None` for a card: lists show many articles, and each article's own page reports what is wrong with it.
    page: Option<&'a Page>,
    diagnostics: RefCell<Vec<Diagnostic>>,
    words: Cell<usize>,
}

impl<'a> PageDesk<'a> {
    pub(super) fn new(questions: &'a Questions, page: &'a Page) -> Self {
        Self { questions, page: Some(page), diagnostics: RefCell::default(), words: Cell::default() }
    }

    /// A desk whose findings nobody reads.
    pub(super) fn silent(questions: &'a Questions) -> Self {
        Self { questions, page: None, diagnostics: RefCell::default(), words: Cell::default() }
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
            Some(Subject::Article(id)) => &self.questions.site.article(id).document.title,
            _ => "",
        }
    }

    /// The language that dates on the page are in: the document's own on its page, else the site's.
    pub(super) fn language(&self) -> &'a Language {
        let site = &self.questions.site;
        match self.page.map(|page| page.subject) {
            Some(Subject::Article(id)) => &site.article(id).document.language,
            Some(Subject::Standing(id)) => &site.standing[id as usize].document.language,
            _ => &site.config.language,
        }
    }

    /// A document's own address, whole; empty where it has none.
    fn absolute(&self, document: &Document) -> String {
        let site = &self.questions.site;
        let address = match site.targets.get(&document.source) {
            Some(Target::Article(id)) => site.address(id),
            Some(Target::Standing(id)) => site.standing[id as usize].address.as_ref(),
            _ => return String::new(),
        };
        site.config.base.url_to(address)
    }
}

impl Desk for PageDesk<'_> {
    fn site(&self) -> &Site {
        &self.questions.site
    }

    fn plan(&self) -> &Plan {
        &self.questions.plan
    }

    fn card(&self, id: ArticleId) -> Value {
        self.questions.card(id, || output::card(&PageDesk::silent(self.questions), id))
    }

    fn term(&self, id: TermId) -> Value {
        self.questions.term(id)
    }

    fn imprint(&self) -> &Imprint {
        self.questions.imprint()
    }

    fn content(&self, document: &Document, addresses: Addresses) -> Option<markdown::Html> {
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
