//! What was found, put together: one problem is one report, on however many pages it shows.

use crate::diagnostic::Diagnostic;
use std::collections::{BTreeMap, BTreeSet};

/// A problem with an address, which has no place yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Finding {
    /// What is wrong. Its message says the same on every page; its help may be the first page's.
    pub(super) problem: Diagnostic,
    /// The address as it is written.
    pub(super) written: Box<str>,
}

impl Finding {
    pub(super) fn new(problem: Diagnostic, written: &str) -> Self {
        Self { problem, written: written.into() }
    }
}

/// Where something stands: on which pages, and in which files that are published as pages.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Places {
    /// The files, from the site's root.
    pub(super) files: BTreeSet<Box<str>>,
    /// The address of the first page, from the site's home.
    pub(super) first: Option<String>,
    /// How many pages there are besides.
    pub(super) more: usize,
}

impl Places {
    /// Adds a page, and the file it is made from where it is made from one.
    pub(super) fn add(&mut self, page: &str, file: Option<&str>) {
        match self.first {
            Some(_) => self.more += 1,
            None => self.first = Some(page.to_owned()),
        }
        self.files.extend(file.map(Into::into));
    }

    /// Adds a file alone: the address stands there, whichever pages show it.
    pub(super) fn add_file(&mut self, file: &str) {
        self.files.insert(file.into());
    }

    /// The pages, as the notes of a problem.
    pub(super) fn notes(&self) -> Vec<String> {
        let mut notes: Vec<String> = self.first.iter().map(|page| format!("on {page}")).collect();
        if self.more > 0 {
            notes.push(format!(
                "the same on {} more {}",
                self.more,
                if self.more == 1 { "page" } else { "pages" }
            ));
        }
        notes
    }
}

/// Everything that is wrong with addresses.
#[derive(Debug, Default)]
pub(super) struct Findings {
    by_message: BTreeMap<(&'static str, String), (Finding, Places)>,
}

impl Findings {
    /// Adds what was found on a page.
    pub(super) fn add(&mut self, finding: Finding, page: &str, file: Option<&str>) {
        let key = (finding.problem.code, finding.problem.message.clone());
        self.by_message.entry(key).or_insert_with(|| (finding, Places::default())).1.add(page, file);
    }

    pub(super) fn into_values(self) -> impl Iterator<Item = (Finding, Places)> {
        self.by_message.into_values()
    }
}

/// An address off the site.
#[derive(Debug, Clone, Default)]
pub struct Outbound {
    /// As it is written, with where; spellings of one address may differ.
    pub(super) mentions: BTreeMap<Box<str>, Places>,
}

/// The addresses off the site, without their fragments.
pub type AllOutbound = BTreeMap<String, Outbound>;
