//! Everything that rendering a page of one site takes.

use super::answers::{Answer, Parts, of_text};
use super::desk::PageDesk;
use super::drawing::Studio;
use super::drawn;
use super::memo::Frame;
use super::question::Question;
use super::questions::{Questions, Unlinked};
use super::templates::Templates;
use crate::cache::PROGRAM;
use crate::diagnostic::{Diagnostic, Location, nearest_path};
use crate::output::{self, Desk, Made, Page, Plan};
use crate::site::Site;
use crate::source::{Digest, Digests, SETTINGS, SourceFile, SourceTree, Stamp};
use crate::stopwatch::Stopwatch;
use std::path::PathBuf;
use std::sync::Arc;
use tera::{Context, Value};

/// What one page comes to.
#[derive(Debug, Clone)]
pub enum Body {
    /// Bytes made for it.
    Bytes(Vec<u8>),
    /// Bytes that are part of the program.
    Static(&'static [u8]),
    /// A file that is copied as it is, however large.
    File(PathBuf),
}

/// A page, rendered.
#[derive(Debug, Clone)]
pub struct Rendered {
    /// What it comes to. `None` where it could not be rendered; `diagnostics` then holds an error, unless the
    /// cause is reported once for all pages.
    pub body: Option<Body>,
    /// What was found while it was rendered.
    pub diagnostics: Vec<Diagnostic>,
    /// How many words of Markdown it shows.
    pub words: usize,
}

/// What is at an address of the site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presence {
    /// A page or another file.
    Published,
    /// Nothing any more: it was of what has expired.
    Expired,
    /// That is not known, since a document that may stand there has an error of its own.
    Unknown,
}

/// Everything that rendering a page of one site takes.
pub struct Renderer {
    pub(super) questions: Arc<Questions>,
    /// `None` where a template is broken, which is reported once. Pages are made all the same, so that what is
    /// wrong in articles is found in the same run.
    templates: Option<Templates>,
    site_context: Value,
    /// What all pages are made with, as digests.
    pub(super) frame: Frame,
    /// What may be copied, by its path.
    files: Vec<SourceFile>,
    stopwatch: Stopwatch,
}

impl Renderer {
    /// Prepares to render the pages of `plan`. `settings` is a digest of what the site's settings were read from, and `digests` are those of files.
    /// Templates that are broken, and links of the settings that lead nowhere, are reported.
    pub fn new(
        tree: &SourceTree,
        site: Site,
        plan: Plan,
        settings: Digest,
        digests: &Arc<Digests>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Self {
        let studio = Studio::open(tree, &site.config.images, diagnostics);
        let questions = Arc::new(Questions::new(tree.root.clone(), site, plan, studio, digests.clone()));
        let templates = Templates::load(tree, &questions, diagnostics);
        let site_context = site_context(&questions, diagnostics);
        let frame = frame(&questions, &settings, &site_context);
        let files = tree.attachments.iter().chain(&tree.statics).cloned().collect();
        Self { questions, templates, site_context, frame, files, stopwatch: Stopwatch::default() }
    }

    /// The same, and how long pages take is measured.
    pub fn measured(self, stopwatch: Stopwatch) -> Self {
        Self { stopwatch, ..self }
    }

    /// What is answered to a question; `None` where what it is about is no longer there.
    pub(super) fn answer(&self, question: &Question) -> Option<Answer> {
        match question {
            Question::Template(name) => Some(self.templates.as_ref()?.reach(name).digest),
            other => self.questions.answer(other),
        }
    }

    /// The site.
    pub fn site(&self) -> &Site {
        &self.questions.site
    }

    /// Everything that is to be rendered.
    pub fn plan(&self) -> &Plan {
        &self.questions.plan
    }

    /// What measures how long pages take.
    pub fn stopwatch(&self) -> &Stopwatch {
        &self.stopwatch
    }

    /// The stamp that a page's file had when the site was read, where the page is a copy of one.
    pub fn stamp(&self, page: &Page) -> Option<Stamp> {
        let path = output::published_file(self.site(), page.subject)?;
        let place = self.files.binary_search_by(|file| (*file.path).cmp(path)).ok()?;
        Some(self.files[place].stamp)
    }

    /// What is at a raw address from the site's home; `None` where nothing is, nor was.
    pub fn presence(&self, address: &str) -> Option<Presence> {
        Some(match self.questions.presence(address)? {
            Ok(()) => Presence::Published,
            Err(Unlinked::Expired) => Presence::Expired,
            Err(Unlinked::Broken) => Presence::Unknown,
        })
    }

    /// The raw address from the site's home that may be meant by one at which nothing is. It takes as long as there are
    /// pages.
    pub fn near(&self, address: &str) -> Option<String> {
        self.questions.near(address)
    }

    /// Removes what no page asked for from the store of what is dear to make, where that has grown large. It is for
    /// the end of a run.
    pub fn trim_store(&self) {
        self.questions.store.trim();
    }

    /// Renders a page.
    pub fn render(&self, page: &Page) -> Rendered {
        let desk = PageDesk::new(&self.questions, self.templates.as_ref(), page);
        let body = match output::make(page, &desk) {
            Made::Bytes(bytes) => Some(Body::Bytes(bytes)),
            Made::Static(bytes) => Some(Body::Static(bytes)),
            Made::File(path) => Some(Body::File(self.questions.root.join(&*path))),
            Made::Rendition { file, width } => {
                let made = self.questions.rendition(&file, width);
                made.map_err(|problem| desk.report(problem)).ok().map(Body::Bytes)
            }
            Made::Failed => None,
            Made::Template { name, named, mut context, page: about } => {
                context.insert_value("site", self.site_context.clone());
                context.insert_value("page", Value::from_serializable(&about));
                self.fill(page, &desk, &name, named, &context).map(Body::Bytes)
            }
            Made::Drawing { name, mut context } => {
                context.insert_value("site", self.site_context.clone());
                self.draw(page, &desk, name, &context).map(Body::Bytes)
            }
        };
        Rendered { body, words: desk.words(), diagnostics: desk.into_diagnostics() }
    }

    /// Renders a page's template. `None` where that fails, which is reported.
    fn fill(
        &self,
        page: &Page,
        desk: &PageDesk<'_>,
        name: &str,
        named: Option<(String, Location)>,
        context: &Context,
    ) -> Option<Vec<u8>> {
        let templates = self.templates.as_ref()?;
        self.questions.ledger.other(|| Question::Template(name.into()));
        if let Some((file, location)) = named.filter(|_| !templates.has(name)) {
            desk.report(unknown_template(templates, name, &file, location));
            return None;
        }
        let rendered = self.stopwatch.template(name, || templates.render(name, context, desk.language()));
        rendered.map_err(|problem| desk.report(note_page(problem, page))).ok()
    }

    /// Renders a template of SVG and draws it. `None` where that fails, which is reported.
    fn draw(&self, page: &Page, desk: &PageDesk<'_>, name: &str, context: &Context) -> Option<Vec<u8>> {
        let svg = self.fill(page, desk, name, None, context)?;
        let drawn = drawn::page(desk, svg, &self.templates.as_ref()?.file(name));
        drawn.map_err(|problem| desk.report(note_page(problem, page))).ok()
    }
}

/// What all pages are made with.
fn frame(questions: &Questions, settings: &Digest, site_context: &Value) -> Frame {
    let mut of_settings = Parts::default();
    of_settings.bytes(settings);
    of_settings.bytes(&questions.studio.font());
    let imprint = questions.imprint();
    let mut of_site = Parts::default();
    // Values of our own serialize.
    of_site.bytes(&serde_json::to_vec(site_context).unwrap_or_default());
    of_site.text(&format!("{imprint:?}"));
    Frame { program: of_text(PROGRAM), settings: of_settings.digest(), site: of_site.digest() }
}

fn note_page(problem: Diagnostic, page: &Page) -> Diagnostic {
    problem.note(format!("while rendering {}", page.address()))
}

fn unknown_template(templates: &Templates, name: &str, file: &str, location: Location) -> Diagnostic {
    let problem = Diagnostic::error("unknown-template", format!("there is no template '{name}'"))
        .located(file, location);
    match nearest_path(name, templates.names()) {
        Some(near) => problem.help(format!("did you mean '{near}'?")),
        None => problem.help(format!("write templates/{name}, or take the line out to use the usual one")),
    }
}

/// `site` for templates. A link of the settings that leads nowhere is reported; one to what has expired is left
/// out with a warning.
fn site_context(questions: &Questions, diagnostics: &mut Vec<Diagnostic>) -> Value {
    let config = &questions.site.config;
    let find = |to: &str| questions.address(SETTINGS, to);
    for link in config.menu.iter().chain(&config.policies).chain(&config.theme.logo) {
        let problem = match find(&link.to) {
            Err(problem) => problem,
            Ok(Err(Unlinked::Expired)) => {
                Diagnostic::warning("link-to-expired", format!("{} has expired and is left out", link.to))
                    .help("take it out of the settings")
            }
            Ok(_) => continue,
        };
        diagnostics.push(problem.located(SETTINGS, link.location.clone()));
    }
    let publisher = config.publisher.iter().flat_map(|publisher| [&publisher.url, &publisher.logo]).flatten();
    diagnostics
        .extend(publisher.filter_map(|path| find(path).err()).map(|problem| problem.in_file(SETTINGS)));
    output::site(config, |to| find(to).ok().and_then(Result::ok))
}
