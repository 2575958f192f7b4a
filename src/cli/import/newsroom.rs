//! The site that stories are imported into, as far as they have to do with it.

use crate::cache::copies;
use crate::check::stories::Stories;
use crate::cli::article_file::{load, one};
use crate::cli::clock;
use crate::config::{self, Config, Overrides, TermsFrom};
use crate::diagnostic::Diagnostic;
use crate::pipeline::{self, Memory, Request};
use crate::site::Visibility;
use crate::source::SETTINGS;
use crate::stopwatch::Stopwatch;
use crate::wire::agencies::Agencies;
use crate::wire::covered::{Covered, Repeat, Story, Texts};
use chrono::NaiveDate;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A site, its tags, and what it runs already.
pub(super) struct Newsroom {
    root: PathBuf,
    pub(super) config: Config,
    pub(super) agencies: Agencies,
    /// The tags, each in its commonest spelling; none where tags have no pages.
    tags: Vec<String>,
    memory: Memory,
    covered: Covered,
    /// The address of each article by its file.
    addresses: HashMap<Arc<str>, Box<str>>,
    /// What was imported in this run.
    new: Vec<New>,
    /// Indexes of that: each of as many stories as it says, from the first on. Two of a size become one, so that a long run costs
    /// little more for each story than a short one.
    indexes: Vec<(u32, Covered)>,
}

/// A story that was imported.
struct New {
    file: String,
    story: Story,
    texts: Texts,
}

impl Newsroom {
    /// Reads the site in a folder. Where nothing is to be made there need be none. What is wrong with its articles holds up no
    /// import, and is for a build to tell.
    ///
    /// # Errors
    /// What is wrong with its settings.
    pub(super) fn open(root: &Path, may_be_none: bool) -> Result<Self, Vec<Diagnostic>> {
        let is_none = may_be_none && !root.join(SETTINGS).exists();
        let config = if is_none { nowhere() } else { load(root)? };
        let mut memory = Memory::of_earlier_runs();
        let request = Request {
            root: root.to_owned(),
            overrides: Overrides::default(),
            visibility: Visibility { drafts: true, scheduled: true, expired: true },
            now: clock::now(None).map_err(one)?,
            stopwatch: Stopwatch::default(),
        };
        let renderer = pipeline::prepare(&request, &mut memory, &mut Vec::new()).filter(|_| !is_none);
        let mut newsroom = Self {
            root: root.to_owned(),
            agencies: Agencies::with(&config.wire.agencies),
            config,
            tags: Vec::new(),
            covered: Covered::default(),
            addresses: HashMap::new(),
            memory,
            new: Vec::new(),
            indexes: Vec::new(),
        };
        if let Some(renderer) = renderer {
            let site = renderer.site();
            let taxonomies = site.config.taxonomies.iter().zip(&site.taxonomies);
            let tags = taxonomies.filter(|(taxonomy, _)| taxonomy.from == TermsFrom::Tags);
            newsroom.tags =
                tags.flat_map(|(_, terms)| &terms.terms).map(|term| term.name.to_string()).collect();
            let files = site.articles.iter().map(|article| article.document.source.clone());
            newsroom.addresses = files.zip(site.addresses.iter().cloned()).collect();
            newsroom.covered = newsroom.stories().map(|stories| stories.index()).unwrap_or_default();
        }
        Ok(newsroom)
    }

    fn stories(&self) -> Option<Stories<'_>> {
        self.memory.tree().map(|tree| Stories::new(tree, self.memory.articles()))
    }

    pub(super) fn tags(&self) -> Vec<&str> {
        self.tags.iter().map(String::as_str).collect()
    }

    /// Where the site runs a story already: its address, or its file where it has none yet, and how that is known.
    pub(super) fn covered(&self, copy: &str, url: Option<&str>) -> Option<String> {
        let (story, texts) = story(copy, url);
        let stories = self.stories()?;
        let known = self.covered.ask(&story, &texts, |place| stories.texts(place)).into_iter().next();
        if let Some(Repeat { article, how }) = known {
            let file = &stories.articles()[article as usize].document.source;
            let at = self.addresses.get(file).map_or(&**file, |address| address.trim_matches('/'));
            return Some(format!("{at} ({})", how.words()));
        }
        let mut first = 0;
        for (count, index) in &self.indexes {
            let of_this_run =
                |place: u32| self.new.get((first + place) as usize).map(|new| new.texts.clone());
            if let Some(repeat) = index.ask(&story, &texts, of_this_run).into_iter().next() {
                let file = &self.new[(first + repeat.article) as usize].file;
                return Some(format!("{file} ({})", repeat.how.words()));
            }
            first += count;
        }
        None
    }

    /// Adds a story that was imported, so that it is known when the next is the same.
    pub(super) fn add(&mut self, file: &str, copy: &str, url: Option<&str>) {
        let (story, texts) = story(copy, url);
        self.new.push(New { file: file.to_owned(), story, texts });
        let mut count = 1;
        while self.indexes.last().is_some_and(|(last, _)| *last <= count) {
            count += self.indexes.pop().map_or(0, |(last, _)| last);
        }
        let first = self.new.len() - count as usize;
        let index = Covered::new(count, |place| self.new[first + place as usize].story.clone());
        self.indexes.push((count, index));
    }

    /// Keeps the copy of a story, so that others can be compared with it, and what becomes of it.
    ///
    /// # Errors
    /// It cannot be written.
    pub(super) fn keep_copy(&self, slug: &str, date: NaiveDate, text: &str) -> Result<(), Diagnostic> {
        let is_only = !self.memory.articles().any(|article| &*article.document.slug == slug);
        copies::keep(&self.root, slug, date, is_only, text).map(|_| ()).map_err(|error| {
            let message = format!("the copy cannot be kept in .dateline/copy: {error}");
            Diagnostic::warning("unkept-copy", message)
                .help("the article is there, and is compared by its own words")
        })
    }
}

/// A story as it is compared with others: by its copy.
fn story(copy: &str, url: Option<&str>) -> (Story, Texts) {
    let texts = Texts { own: String::new(), source: Some(copy.to_owned()) };
    (Story::new(url, [], &texts), texts)
}

/// The settings where there is no site.
fn nowhere() -> Config {
    let text = "base_url = 'https://example.org/'\ntitle = 'None'";
    config::load(text, &Overrides::default(), &mut Vec::new()).expect("these settings are sound")
}
