//! What was found, put together: one problem is one report, on however many pages it shows.
//!
//! Pages are read in any order, on several threads, and what they come to is added here as they are. What is kept grows
//! with the number of different problems and addresses, and hardly with that of pages.

use super::fault::Fault;
use super::pass::Reading;
use crate::diagnostic::{Diagnostic, MOST_IN_A_FILE, Severity};
use std::collections::{BTreeMap, BTreeSet};

/// How many pages with one problem are remembered. One that is on more stands in a template, as a rule.
const MOST_PAGES: usize = 1000;

/// Where something stands: on which pages, and in which files.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Places {
    /// The first pages by their places in the plan, whatever the order they were added in.
    pages: BTreeSet<u32>,
    /// How many pages there are.
    count: usize,
    /// Files from the site's root in which it stands, whichever pages show it.
    files: BTreeSet<Box<str>>,
}

impl Places {
    /// Adds a page. It is added once.
    pub(super) fn add(&mut self, page: u32) {
        self.count += 1;
        if self.pages.len() < MOST_PAGES || self.pages.last().is_some_and(|last| page < *last) {
            self.pages.insert(page);
        }
        if self.pages.len() > MOST_PAGES {
            self.pages.pop_last();
        }
    }

    /// Adds pages that are none of those that were added.
    fn merge(&mut self, other: &Self) {
        other.pages.iter().for_each(|page| self.add(*page));
        self.count += other.unnamed();
    }

    /// Adds a file.
    pub(super) fn add_file(&mut self, file: &str) {
        if self.files.len() < MOST_PAGES {
            self.files.insert(file.into());
        }
    }

    /// The pages that are remembered.
    pub(super) fn pages(&self) -> impl Iterator<Item = u32> {
        self.pages.iter().copied()
    }

    /// How many pages there are besides those that are remembered.
    pub(super) fn unnamed(&self) -> usize {
        self.count - self.pages.len()
    }

    /// The files.
    pub(super) fn files(&self) -> impl Iterator<Item = &str> {
        self.files.iter().map(AsRef::as_ref)
    }
}

/// Links to places in one page: as each is written, its fragment, and where it stands.
type Fragments = BTreeMap<Box<str>, (Box<str>, Places)>;

/// Everything that was found on pages.
#[derive(Debug, Default)]
pub(super) struct Findings {
    /// What was found while pages were rendered.
    pub(super) diagnostics: Vec<Diagnostic>,
    /// Whether a page could not be rendered.
    pub(super) is_partial: bool,
    /// The addresses off the site.
    pub(super) outbound: AllOutbound,
    /// By code and by the address as it is written.
    faults: BTreeMap<&'static str, BTreeMap<Box<str>, (Fault, Places)>>,
    /// Links to places in other pages, by the page's place in the plan.
    fragments: BTreeMap<u32, Fragments>,
    /// How many addresses of a page are wrong besides those that are told of.
    more: BTreeMap<(Severity, usize), Places>,
}

impl Findings {
    /// Adds what a page comes to.
    pub(super) fn add(&mut self, page: u32, reading: Reading) {
        self.is_partial |= !reading.is_rendered;
        self.diagnostics.extend(reading.diagnostics);
        for (written, fault) in reading.faults {
            self.add_fault(page, &written, fault);
        }
        for (place, written, fragment) in reading.fragments {
            let of_place = self.fragments.entry(place).or_default();
            match of_place.get_mut(&written) {
                Some((_, places)) => places.add(page),
                None => {
                    let mut places = Places::default();
                    places.add(page);
                    of_place.insert(written, (fragment, places));
                }
            }
        }
        for (severity, count) in reading.more {
            self.more.entry((severity, count)).or_default().add(page);
        }
        for (url, written) in reading.outbound {
            self.outbound.entry(url).or_default().mentions.entry(written).or_default().add(page);
        }
    }

    fn add_fault(&mut self, page: u32, written: &str, fault: Fault) {
        let of_code = self.faults.entry(fault.code()).or_default();
        match of_code.get_mut(written) {
            Some((known, places)) => {
                // What to do about it may differ from page to page, and the first page is the one that is named.
                if places.pages().next().is_none_or(|first| page < first) {
                    *known = fault;
                }
                places.add(page);
            }
            None => {
                let mut places = Places::default();
                places.add(page);
                of_code.insert(written.into(), (fault, places));
            }
        }
    }

    /// Settles the links to places in other pages: `has` says whether the page at a place in the plan has an id. As of
    /// all else, no more is told of one page than there is to be read.
    pub(super) fn settle(&mut self, has: impl Fn(u32, &str) -> bool) {
        let mut by_page: BTreeMap<u32, usize> = BTreeMap::new();
        for (place, links) in std::mem::take(&mut self.fragments) {
            for (written, (fragment, places)) in links.into_iter().filter(|(_, (id, _))| !has(place, id)) {
                let count = by_page.entry(places.pages().next().unwrap_or_default()).or_default();
                *count += 1;
                if *count <= MOST_IN_A_FILE {
                    let fault = Fault::NoPlace(fragment.into());
                    let of_code = self.faults.entry(fault.code()).or_default();
                    match of_code.get_mut(&written) {
                        Some((_, known)) => known.merge(&places),
                        None => drop(of_code.insert(written, (fault, places))),
                    }
                }
            }
        }
        for (page, count) in by_page.into_iter().filter(|(_, count)| *count > MOST_IN_A_FILE) {
            self.more.entry((Severity::Warning, count - MOST_IN_A_FILE)).or_default().add(page);
        }
    }

    /// What is wrong with addresses, as each is written, and where it stands.
    pub(super) fn faults(&self) -> impl Iterator<Item = (&str, &Fault, &Places)> {
        let all = self.faults.values().flatten();
        all.map(|(written, (fault, places))| (&**written, fault, places))
    }

    /// How many addresses are wrong besides, and on which pages.
    pub(super) fn more(&self) -> impl Iterator<Item = (Diagnostic, &Places)> {
        self.more.iter().map(|((severity, count), places)| {
            let (is, what) = if *count == 1 { ("is", "address") } else { ("are", "addresses") };
            let message = format!("{count} more {what} on the page {is} wrong");
            let problem = match severity {
                Severity::Error => Diagnostic::error("more-addresses", message),
                Severity::Warning => Diagnostic::warning("more-addresses", message),
            };
            (problem.help("mend those that are named, and check again"), places)
        })
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_pages_are_remembered_whatever_the_order() {
        let mut places = Places::default();
        (0..3000).rev().for_each(|page| places.add(page));
        assert!(places.pages().eq(0..1000));
        assert_eq!(places.unnamed(), 2000);
    }
}
