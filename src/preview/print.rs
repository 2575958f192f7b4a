//! A site in print: its pages are rendered when they are asked for, and what was found in them is kept.
//!
//! Of a page that was rendered its key is kept, a digest of its bytes, and its problems; its bytes are not. All follows
//! from the site, so nothing here is ever out of date: another site is another print.

use crate::diagnostic::{Diagnostic, any_error};
use crate::output::{Page, Plan, Subject, address_of};
use crate::render::{Body, CHANGED_MEANWHILE, Renderer};
use crate::site::{ArticleId, Site, State, Target};
use crate::source::{OpenFile, Stamp};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

/// The first half of a digest of a page's bytes.
pub(super) type Key = [u8; 16];

/// A site, its plan, and what is known of its pages.
pub(super) struct Print {
    renderer: Renderer,
    /// By the pages' places in the plan.
    known: Vec<OnceLock<Known>>,
    found: Mutex<Found>,
    /// What readers would not see, by its address from the host's root.
    unpublished: HashMap<String, State>,
}

/// What is wrong in the pages that have been rendered.
#[derive(Default)]
struct Found {
    /// By the pages' places in the plan.
    pages: BTreeMap<usize, Vec<Diagnostic>>,
    /// The errors among them, each once.
    errors: HashSet<Diagnostic>,
    /// How many of the pages have errors.
    failed: usize,
    /// How many have warnings alone.
    warned: usize,
}

/// What is known of a page that has been rendered.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Known {
    /// `None` where it has no bytes of its own: a file that is copied, or a page that failed.
    pub key: Option<Key>,
    /// How many words of Markdown it shows.
    pub words: usize,
}

/// What rendering a page came to.
pub(super) enum Outcome {
    /// It is whole.
    Whole(Body),
    /// It cannot be rendered; its problems say why.
    Failed,
    /// A file it is made from is no longer what the site was read from. Nothing is kept of that.
    Outdated,
}

impl Print {
    pub(super) fn new(renderer: Renderer) -> Self {
        let site = renderer.site();
        let hidden = (0..).zip(&site.states).filter(|(_, state)| **state != State::Published);
        let articles = hidden.map(|(id, state)| (site.address(id), *state));
        let standing = site.standing.iter().filter(|page| page.document.draft);
        let standing = standing.map(|page| (page.address.as_ref(), State::Draft));
        let base = &site.config.base;
        let unpublished =
            articles.chain(standing).map(|(address, state)| (base.path_to(address), state)).collect();
        let known = std::iter::repeat_with(OnceLock::new).take(renderer.plan().pages.len()).collect();
        Self { renderer, known, found: Mutex::default(), unpublished }
    }

    pub(super) fn site(&self) -> &Site {
        self.renderer.site()
    }

    pub(super) fn plan(&self) -> &Plan {
        self.renderer.plan()
    }

    /// The page at a place of the plan.
    pub(super) fn page(&self, place: usize) -> &Page {
        &self.plan().pages[place]
    }

    /// Whether the file of a page that is a copy is still as it was when the site was read.
    pub(super) fn is_of(&self, place: usize, file: &OpenFile) -> bool {
        let now = Stamp::of_open(file).ok();
        now.is_some() && now == self.renderer.stamp(self.page(place))
    }

    /// Renders a page.
    pub(super) fn render(&self, place: usize) -> Outcome {
        let rendered = self.renderer.render(self.page(place));
        if rendered.diagnostics.iter().any(|problem| problem.code == CHANGED_MEANWHILE) {
            return Outcome::Outdated;
        }
        let key = match &rendered.body {
            Some(Body::Bytes(bytes)) => Some(key(bytes)),
            Some(Body::Static(bytes)) => Some(key(bytes)),
            Some(Body::File(_)) | None => None,
        };
        let is_first = self.known[place].set(Known { key, words: rendered.words }).is_ok();
        if is_first && !rendered.diagnostics.is_empty() {
            self.found().add(place, rendered.diagnostics);
        }
        rendered.body.map_or(Outcome::Failed, Outcome::Whole)
    }

    /// What is known of a page without rendering it.
    pub(super) fn known(&self, place: usize) -> Option<Known> {
        self.known[place].get().copied()
    }

    /// Whether a page has been rendered.
    pub(super) fn is_known(&self, place: usize) -> bool {
        self.known[place].get().is_some()
    }

    /// The problems found in a page so far.
    pub(super) fn problems_of(&self, place: usize) -> Vec<Diagnostic> {
        self.found().pages.get(&place).cloned().unwrap_or_default()
    }

    /// The problems found in pages so far.
    pub(super) fn problems(&self) -> Vec<Diagnostic> {
        self.found().pages.values().flatten().cloned().collect()
    }

    /// The output paths of pages that problems were found in.
    pub(super) fn troubled(&self) -> Vec<Box<str>> {
        self.found().pages.keys().map(|place| self.page(*place).path.clone()).collect()
    }

    /// The source file of a page's article or standing page.
    pub(super) fn source(&self, place: usize) -> Option<&str> {
        let site = self.site();
        match self.page(place).subject {
            Subject::Article(id) => Some(&site.article(id).document.source),
            Subject::Standing(id) => Some(&site.standing[id as usize].document.source),
            _ => None,
        }
    }

    /// The digest of a document's Markdown.
    pub(super) fn body_digest(&self, source: &str) -> Option<Key> {
        let site = self.site();
        let document = match site.targets.get(source)? {
            Target::Article(id) => &site.article(id).document,
            Target::Standing(id) => &site.standing[id as usize].document,
            Target::Hidden(_) | Target::Broken => return None,
        };
        document.body_digest().first_chunk().copied()
    }

    /// The article whose Markdown has a digest, where it is the only one.
    pub(super) fn with_body(&self, digest: &Key) -> Option<ArticleId> {
        let has = |article: &crate::article::Article| article.document.body_digest().starts_with(digest);
        let mut found = (0..).zip(&self.site().articles).filter(|(_, article)| has(article));
        let (id, _) = found.next()?;
        found.next().is_none().then_some(id)
    }

    /// The page of a source file: its place, and its address from the site's home, raw.
    pub(super) fn of_source(&self, source: &str) -> Option<(usize, &str)> {
        let site = self.site();
        let address = match site.targets.get(source)? {
            Target::Article(id) => site.address(id),
            Target::Standing(id) => &site.standing[id as usize].address,
            Target::Hidden(_) | Target::Broken => return None,
        };
        Some((self.plan().place(&crate::output::path_of(address))?, address))
    }

    /// The address of a page, from the host's root.
    pub(super) fn path_to(&self, place: usize) -> String {
        self.site().config.base.path_to(&address_of(&self.page(place).path))
    }

    /// Why readers would not see a page, where they would not.
    pub(super) fn state(&self, place: usize) -> State {
        let site = self.site();
        match self.page(place).subject {
            Subject::Article(id) => site.states[id as usize],
            Subject::Standing(id) if site.standing[id as usize].document.draft => State::Draft,
            _ => State::Published,
        }
    }

    /// What readers would not see at an address from the host's root, as pages spell it.
    pub(super) fn unpublished(&self, address: &str) -> Option<State> {
        self.unpublished.get(address).copied()
    }

    /// Whether all of the site is what readers would see.
    pub(super) fn is_all_published(&self) -> bool {
        self.unpublished.is_empty()
    }

    /// The other outputs of what a page is about: a name for each, and the address from the host's root.
    pub(super) fn siblings(&self, place: usize) -> Vec<(String, String)> {
        let own = self.page(place);
        let is_same = |page: &&Page| match (own.subject, page.subject) {
            (Subject::Article(own), Subject::ArticleFile(of, _)) => own == of,
            (Subject::Standing(own), Subject::StandingFile(of, _)) => own == of,
            (own, other) => own == other,
        };
        let others = self.plan().pages.iter().filter(is_same).filter(|page| page.path != own.path);
        let base = &self.site().config.base;
        others.map(|page| (label(page), base.path_to(&address_of(&page.path)))).take(MOST_SIBLINGS).collect()
    }

    fn found(&self) -> MutexGuard<'_, Found> {
        // A lock whose holder panicked guards what was found: it is whole.
        self.found.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Of how many pages problems are kept, those with errors and those with warnings alone counted apart. A template that
/// fails, fails on every page, and says the same on each.
const MOST_TROUBLED: usize = 1000;

impl Found {
    /// Keeps what was found in a page. An error unlike all others is always kept.
    fn add(&mut self, place: usize, problems: Vec<Diagnostic>) {
        let mut is_new = false;
        for error in problems.iter().filter(|problem| problem.is_error()) {
            is_new |= self.errors.insert(error.without_notes());
        }
        let kept = if any_error(&problems) { &mut self.failed } else { &mut self.warned };
        if is_new || *kept < MOST_TROUBLED {
            *kept += 1;
            self.pages.insert(place, problems);
        }
    }
}

/// How many other outputs of a subject are named: the front page has one for each later page of its list.
const MOST_SIBLINGS: usize = 12;

/// The first half of a digest.
pub(super) fn key(bytes: &[u8]) -> Key {
    let digest = crate::source::digest(bytes);
    digest.first_chunk().copied().unwrap_or_default()
}

/// What an output is called beside others of its subject: `redirect from /old/`, `atom.xml`, `photo.jpg`.
fn label(page: &Page) -> String {
    let address = address_of(&page.path);
    if page.kind.name == "redirect" {
        return format!("redirect from {address}");
    }
    let mut parts = address.rsplit('/').filter(|part| !part.is_empty());
    let last = parts.next().unwrap_or("front page");
    if address.ends_with('/') {
        parts.next().map_or_else(|| last.to_owned(), |above| format!("{above}/{last}"))
    } else {
        last.to_owned()
    }
}

/// A key as it is sent.
pub(super) fn hex(key: &Key) -> String {
    key.iter().fold(String::with_capacity(2 * key.len()), |mut text, byte| {
        text.push(char::from_digit(u32::from(byte >> 4), 16).unwrap_or_default());
        text.push(char::from_digit(u32::from(byte & 15), 16).unwrap_or_default());
        text
    })
}

/// A key that was sent, where it is one.
pub(super) fn unhex(text: &str) -> Option<Key> {
    let mut key = Key::default();
    if text.len() != 2 * key.len() || !text.is_ascii() {
        return None;
    }
    for (byte, digits) in key.iter_mut().zip(text.as_bytes().chunks_exact(2)) {
        *byte = u8::from_str_radix(str::from_utf8(digits).ok()?, 16).ok()?;
    }
    Some(key)
}
