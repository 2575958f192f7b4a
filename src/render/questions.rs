//! What a page may learn of the rest of the site.
//!
//! Every answer is a function of the site, the plan and the files they name. Templates and Markdown have no other
//! way to ask, and output kinds ask here too, through their desk. Whoever asks from elsewhere (the preview, a check) is
//! not making a page, and leaves no trace in the [`Ledger`].

use super::answers::Answer;
use super::cards::Cards;
use super::drawing::Studio;
use super::ledger::{Ledger, recording};
use super::question::Question;
use crate::article::{Document, markdown};
use crate::cache::Store;
use crate::config::{Language, encode_path};
use crate::diagnostic::{Diagnostic, nearest, nearest_path};
use crate::output::{self, Desk, Imprint, Plan, TermList};
use crate::site::{ArticleId, Hidden, Link, Provenance, Site, Target, TermId};
use crate::source::{self, Digests, SETTINGS};
use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use tera::Value;

/// The headings of how many documents are remembered.
const HEADINGS: usize = 1024;

/// The code of the problem that a file is no longer what it was when the site was read: it says nothing of the site.
pub const CHANGED_MEANWHILE: &str = "changed-meanwhile";

pub(super) fn changed_meanwhile(file: &str) -> Diagnostic {
    Diagnostic::error(CHANGED_MEANWHILE, "the file was changed while the site was built")
        .in_file(file)
        .help("build again")
}

/// The site, ready to answer.
pub(super) struct Questions {
    pub(super) root: PathBuf,
    pub(super) site: Site,
    pub(super) plan: Plan,
    /// The numbers of what is asked.
    pub(super) ledger: Ledger,
    pub(super) cards: Cards,
    terms: Vec<Vec<OnceLock<Value>>>,
    /// Where the stories of each term come from: for that all its articles are looked at, and it has many pages.
    pub(super) provenances: Vec<Vec<OnceLock<Provenance>>>,
    imprint: OnceLock<Imprint>,
    headings: Mutex<HashMap<Arc<str>, Arc<Headings>>>,
    /// What draws cards, where there are any.
    pub(super) studio: Studio,
    /// What is dear to make, kept from one run to the next.
    pub(super) store: Store,
    /// The digests of files.
    pub(super) digests: Arc<Digests>,
    /// How wide a picture in a text is shown.
    picture_sizes: String,
    /// What stands for each article in answers, once many are wanted: see [`Questions::name_of`].
    pub(super) names: OnceLock<Vec<Answer>>,
    /// Fingerprinted addresses by plain output path.
    pub(super) fingerprints: HashMap<Box<str>, String>,
}

/// The places in a document that a link can lead to.
#[derive(Debug)]
pub(super) struct Headings {
    ids: Vec<String>,
    /// The text, where it has HTML of its own that may set ids.
    raw: Option<String>,
}

/// A target that is there, but is not linked: the reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unlinked {
    /// It has an error of its own, which is reported there.
    Broken,
    /// Its time is over: a warning, since the clock alone must not break a build.
    Expired,
}

/// Where a link leads: to an address, or knowingly nowhere.
pub(super) type Found = Result<Result<String, Unlinked>, Diagnostic>;

impl Questions {
    pub(super) fn new(root: PathBuf, site: Site, plan: Plan, studio: Studio, digests: Arc<Digests>) -> Self {
        let fingerprinted =
            |asset: &crate::site::Asset| Some((asset.path.clone(), asset.fingerprinted_path()?));
        Self {
            ledger: Ledger::new(&site),
            cards: Cards::of(site.articles.len()),
            terms: site.taxonomies.iter().map(|terms| vec![OnceLock::new(); terms.terms.len()]).collect(),
            provenances: site
                .taxonomies
                .iter()
                .map(|terms| vec![OnceLock::new(); terms.terms.len()])
                .collect(),
            imprint: OnceLock::new(),
            picture_sizes: site.config.theme.picture_sizes(),
            headings: Mutex::default(),
            store: Store::new(&root),
            digests,
            names: OnceLock::new(),
            fingerprints: site.assets.iter().filter_map(fingerprinted).collect(),
            studio,
            root,
            site,
            plan,
        }
    }

    /// An article as lists show it; `make` makes one.
    pub(super) fn card(&self, id: ArticleId, make: impl FnOnce() -> Value) -> Value {
        self.ledger.card(id);
        self.cards.get(id, make)
    }

    /// A term as `{name, url}`.
    pub(super) fn term(&self, id: TermId) -> Value {
        self.ledger.term(id);
        let name = self.term_name(id);
        self.terms[usize::from(id.taxonomy)][id.term as usize]
            .get_or_init(|| output::term(&self.site.config, id.taxonomy, name))
            .clone()
    }

    /// What every page tells machines of the site. A link of the settings that leads nowhere is reported elsewhere,
    /// once.
    pub(super) fn imprint(&self) -> &Imprint {
        let address = |to: &str| self.address(SETTINGS, to).ok().and_then(Result::ok);
        // What it asks is compared for all pages at once, and is no business of the page that happens to be the first.
        self.imprint.get_or_init(|| recording(|| output::imprint(&self.site.config, address)).0)
    }

    /// The address from the host's root of a link that stands in the file `from`: an address from the site's
    /// home, a document, a file of a bundle; one on another host is handed back as it is.
    pub(super) fn address(&self, from: &str, to: &str) -> Found {
        match Link::parse(from, to) {
            Link::External | Link::Other | Link::Fragment(_) => Ok(Ok(to.to_owned())),
            Link::Address { path, suffix } => Ok(self
                .planned(&path)?
                .map(|path| format!("{}{suffix}", self.site.config.base.path_to(&path)))),
            Link::Document { source, fragment } => self.document(&source, fragment.as_deref()),
            Link::Outside { beyond } => Err(self.outside(to, beyond)),
            Link::File { source, .. } => Err(Diagnostic::error("dead-link", format!("'{to}' leads nowhere"))
                .help(format!(
                    "write an address from the site's home, such as /{}{}",
                    source.trim_matches('/'),
                    if source.contains('.') { "" } else { "/" }
                ))),
        }
    }

    /// The problem that a link climbs out of the site: above its home, or above its folder.
    pub(super) fn outside(&self, written: &str, beyond: Option<String>) -> Diagnostic {
        let base = &self.site.config.base;
        let problem =
            |what: &str| Diagnostic::error("leaves-site", format!("'{written}' leads out of {what}"));
        match beyond {
            Some(beyond) => problem("the site").help(format!(
                "an address that begins with '/' counts from the site's home; what is no part of the site has a whole \
                 address, such as {}{}",
                base.origin(),
                encode_path(&beyond)
            )),
            None => problem("the site's folder")
                .help("paths count from this file, or with @/ from content/; files of static/ have an address"),
        }
    }

    /// The raw address from the site's home, if something is planned there.
    pub(super) fn planned(&self, address: &str) -> Found {
        if let Some(found) = self.presence(address) {
            return Ok(found.map(|()| address.to_owned()));
        }
        let problem = Diagnostic::error("dead-link", format!("nothing is published at {address}"));
        if !address.ends_with('/') && self.plan.find(&format!("{}/index.html", &address[1..])).is_some() {
            return Err(problem.help(format!("did you mean '{address}/'?")));
        }
        Err(match self.near(address) {
            Some(near) => problem.help(format!("did you mean '{near}'?")),
            None => problem.help("an address that begins with '/' counts from the site's home"),
        })
    }

    /// Whether something is planned at a raw address from the site's home, or is knowingly not; `None` where nothing is.
    pub(super) fn presence(&self, address: &str) -> Option<Result<(), Unlinked>> {
        self.ledger.other(|| Question::Present(address.into()));
        self.presence_of(address)
    }

    /// The raw address from the site's home that may be meant by one at which nothing is.
    pub(super) fn near(&self, address: &str) -> Option<String> {
        let addresses =
            self.plan.pages.iter().map(|page| page.path.strip_suffix("index.html").unwrap_or(&page.path));
        nearest_path(address.trim_start_matches('/'), addresses).map(|near| format!("/{near}"))
    }

    /// The address from the host's root of a document and a heading in it.
    pub(super) fn document(&self, source: &str, fragment: Option<&str>) -> Found {
        self.ledger.other(|| Question::Document(source.into()));
        let (document, address) = match self.site.targets.get(source) {
            Some(Target::Article(id)) => (&self.site.article(id).document, self.site.address(id)),
            Some(Target::Standing(id)) => {
                let standing = &self.site.standing[id as usize];
                (&standing.document, standing.address.as_ref())
            }
            Some(Target::Broken) => return Ok(Err(Unlinked::Broken)),
            Some(Target::Hidden(Hidden::Expired)) => return Ok(Err(Unlinked::Expired)),
            Some(Target::Hidden(why)) => {
                let why = if why == Hidden::Draft { "a draft" } else { "scheduled" };
                return Err(Diagnostic::error(
                    "link-to-hidden",
                    format!("{source} is {why}, and readers will not find it"),
                )
                .help("publish it first, or take the link out"));
            }
            None => return Err(self.no_such_document(source)),
        };
        let url = self.site.config.base.path_to(address);
        let Some(fragment) = fragment else { return Ok(Ok(url)) };
        self.ledger.other(|| Question::Heading(source.into(), fragment.into()));
        let headings = self.headings(document)?;
        if headings.has(fragment) {
            return Ok(Ok(format!("{url}#{}", encode_path(fragment))));
        }
        let problem = Diagnostic::error("dead-link", format!("{source} has no heading '#{fragment}'"));
        Err(match nearest(fragment, headings.ids.iter().map(String::as_str)) {
            Some(near) => problem.help(format!("did you mean '#{near}'?")),
            None if headings.ids.is_empty() => problem.help("it has no headings"),
            None => problem.help(format!("its headings are #{}", headings.ids.join(", #"))),
        })
    }

    fn no_such_document(&self, source: &str) -> Diagnostic {
        let problem = Diagnostic::error("dead-link", format!("there is no file {source}"));
        match nearest_path(source, self.site.targets.sources()) {
            Some(near) => {
                let near = near.strip_prefix("content/").unwrap_or(near);
                problem.help(format!("did you mean '@/{near}'?"))
            }
            None => problem.help("paths count from this file, or with @/ from content/"),
        }
    }

    /// A document's whole text, as it was when its front matter was read.
    pub(super) fn text(&self, document: &Document) -> Result<String, Diagnostic> {
        // It could be read then, so it has changed since if it cannot be now.
        let text = source::read_text(&self.root, &document.source)
            .map_err(|problem| Diagnostic { code: CHANGED_MEANWHILE.into(), ..problem })?;
        if document.is_of(&text) { Ok(text) } else { Err(changed_meanwhile(&document.source)) }
    }

    pub(super) fn headings(&self, document: &Document) -> Result<Arc<Headings>, Diagnostic> {
        if let Some(known) = lock(&self.headings).get(&document.source) {
            return Ok(known.clone());
        }
        let text = self.text(document)?;
        let body = text.get(document.body..).unwrap_or_default();
        let found = self.with_options(&document.language, |options| markdown::heading_ids(body, options));
        let raw = body.contains("id=").then(|| body.to_owned());
        let headings = Arc::new(Headings { ids: found, raw });
        let mut known = lock(&self.headings);
        if known.len() >= HEADINGS {
            known.clear();
        }
        known.insert(document.source.clone(), headings.clone());
        Ok(headings)
    }

    /// How a text in a language is rendered.
    pub(super) fn with_options<T>(
        &self,
        language: &Language,
        use_them: impl FnOnce(&markdown::Options<'_>) -> T,
    ) -> T {
        let config = &self.site.config;
        // The words of the text's own language, not the site's.
        let labels = OnceLock::new();
        let word = |key: &str| {
            let labels = labels.get_or_init(|| {
                if *language == *config.language { config.labels.clone() } else { language.labels() }
            });
            labels.get(key).cloned().unwrap_or_else(|| key.to_owned())
        };
        use_them(&markdown::Options {
            smart: config.markdown.smart && language.is_english(),
            external_rel: &config.markdown.external_rel,
            letters: config.permalinks.letters,
            here: "",
            sizes: &self.picture_sizes,
            word: &word,
        })
    }

    /// The address of a file of `static/`: the one that changes with its contents, where there is one.
    pub(super) fn asset(&self, path: &str) -> Result<String, Diagnostic> {
        let path = path.trim_start_matches('/');
        self.ledger.other(|| Question::Asset(path.into()));
        if let Some(address) = self.asset_address(path) {
            return Ok(address);
        }
        let problem = Diagnostic::error("dead-link", format!("there is no file static/{path}"));
        Err(match nearest_path(path, self.site.assets.iter().map(|asset| asset.path.as_ref())) {
            Some(near) => problem.help(format!("did you mean '/{near}'?")),
            None => problem,
        })
    }

    /// The newest articles that are filed under all of `terms` (taxonomy and name).
    pub(super) fn articles(
        &self,
        terms: &[(String, String)],
        limit: usize,
    ) -> Result<Vec<ArticleId>, Diagnostic> {
        self.ledger.other(|| Question::Articles(terms.to_vec(), limit as u64));
        self.find_articles(terms, limit)
    }

    /// The place of a taxonomy.
    pub(super) fn taxonomy(&self, name: &str) -> Result<u16, Diagnostic> {
        let config = &self.site.config;
        if let Some((place, _)) = config.taxonomy(name) {
            return Ok(u16::try_from(place).unwrap_or_default());
        }
        let problem = Diagnostic::error("unknown-taxonomy", format!("there is no taxonomy '{name}'"));
        let names = || config.taxonomies.iter().map(|taxonomy| taxonomy.name.as_str());
        Err(match nearest(name, names()) {
            Some(near) => problem.help(format!("did you mean '{near}'?")),
            None => problem.help(format!("the taxonomies are {}", names().collect::<Vec<_>>().join(", "))),
        })
    }

    /// The terms of a taxonomy by slug; with a `limit`, the commonest of them.
    pub(super) fn terms(&self, taxonomy: u16, limit: usize) -> TermList<'_> {
        self.ledger.other(|| Question::Terms(taxonomy, limit as u64));
        self.term_list(taxonomy, limit)
    }

    /// The cards of some articles, for a template function: problems in them are reported by their own pages.
    pub(super) fn cards(&self, ids: &[ArticleId], desk: &dyn Desk) -> Vec<Value> {
        ids.iter().map(|id| desk.card(*id)).collect()
    }
}

impl Headings {
    pub(super) fn has(&self, id: &str) -> bool {
        let sets_id =
            |text: &String| text.contains(&format!("id=\"{id}\"")) || text.contains(&format!("id='{id}'"));
        self.ids.iter().any(|known| known == id) || self.raw.as_ref().is_some_and(sets_id)
    }
}

/// A lock whose holder panicked guards a cache: what is in it is whole.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
