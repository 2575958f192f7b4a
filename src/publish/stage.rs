//! Pages, rendered, become temporary files beside their places; those that stand already are left alone.

use super::bytes::{digest, digest_of_file, each_part, size};
use super::layout::{Layout, parent};
use super::place::Place;
use super::problem;
use super::survey::{Found, Survey};
use crate::cache::disk::{self, Failure};
use crate::cache::{Journal, Manifest, PageDigest, Record, Records, half};
use crate::diagnostic::{Diagnostic, any_error};
use crate::render::{Body, Rendered, Turnout};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

/// What is compared with a rendered page, and where its bytes go.
#[derive(Debug)]
pub(super) struct Stage<'a> {
    pub(super) place: &'a Place,
    pub(super) known: &'a Manifest,
    pub(super) layout: &'a Layout<'a>,
    survey: &'a Survey<'a>,
    journal: Journal,
    /// Something is wrong: from now on nothing is written, but pages are still looked at for what else is.
    halted: AtomicBool,
}

/// What became of one page.
#[derive(Debug, Clone, Copy)]
pub(super) enum Outcome {
    /// The file in its place is as it was recorded, and stays.
    Kept(Record),
    /// The file in its place has the same bytes.
    Stands(Record),
    /// A temporary file waits to take its place.
    Staged(Record),
    /// A stranger's file is in its place.
    Foreign,
    /// It could not be rendered or written, or something else could not.
    Failed,
}

impl<'a> Stage<'a> {
    /// A stage for one build.
    pub(super) fn new(
        place: &'a Place,
        known: &'a Manifest,
        survey: &'a Survey<'a>,
        layout: &'a Layout<'a>,
    ) -> Self {
        let folders = layout.folders.iter().chain(&layout.later).map(|folder| (*folder).to_owned()).collect();
        let above = place.output.ancestors().take_while(|folder| !folder.exists()).count();
        let journal = Journal::new(folders, above);
        Self { place, known, survey, layout, journal, halted: AtomicBool::new(false) }
    }

    /// Writes nothing from now on.
    pub(super) fn halt(&self) {
        self.halted.store(true, Ordering::Relaxed);
    }

    /// Writes the journal and makes the folders. Each is made once, here, so that no page has to look for its own.
    pub(super) fn begin(&self, records: &Records) -> Result<(), Failure> {
        let made = records.begin(&self.journal).and_then(|()| self.make_folders());
        if made.is_err() {
            self.halt();
        }
        made
    }

    fn make_folders(&self) -> Result<(), Failure> {
        let above: Vec<&Path> = self.place.output.ancestors().take(self.journal.above).collect();
        above.into_iter().rev().try_for_each(disk::create_folder)?;
        let mut levels: BTreeMap<usize, Vec<&str>> = BTreeMap::new();
        for folder in &self.layout.folders {
            levels.entry(folder.matches('/').count()).or_default().push(folder);
        }
        let make = |folder: &&str| disk::create_folder(&self.place.file(folder));
        levels.values().try_for_each(|level| level.par_iter().try_for_each(make))
    }

    /// The digest of the file in a page's place, where it is as Dateline wrote it.
    pub(super) fn standing(&self, path: &str) -> Option<PageDigest> {
        let (there, record) = self.survey.recorded(path)?;
        // One with another time was put back by somebody, such as a cache between machines: then its bytes tell.
        let stands = record.stands(there) && !self.place.verify
            || record.stat.size == there.size
                && digest_of_file(&self.place.file(path)).is_ok_and(|digest| digest == record.digest);
        stands.then_some(record.digest)
    }

    /// Takes one page: compares it with what is in its place, and writes it beside that where they differ.
    pub(super) fn page(&self, number: usize, path: &str, turnout: Turnout) -> (Outcome, Vec<Diagnostic>) {
        let rendered = match turnout {
            Turnout::Rendered(rendered) => rendered,
            Turnout::Stands(diagnostics) => {
                let outcome = match self.survey.recorded(path) {
                    Some((there, record)) if record.stands(there) => Outcome::Kept(*record),
                    Some((there, record)) => Outcome::Stands(Record { digest: record.digest, stat: there }),
                    None => {
                        self.halt();
                        return (Outcome::Failed, vec![problem::not_rendered(path)]);
                    }
                };
                return (outcome, diagnostics);
            }
        };
        let Rendered { body, mut diagnostics, .. } = rendered;
        if body.is_none() && !any_error(&diagnostics) {
            diagnostics.push(problem::not_rendered(path));
        }
        if any_error(&diagnostics) {
            self.halt();
        }
        let Some(body) = body else { return (Outcome::Failed, diagnostics) };
        match self.compare(number, path, &body) {
            Ok(outcome) => (outcome, diagnostics),
            Err(failure) => {
                self.halt();
                diagnostics.push(failure.diagnostic(&self.place.root));
                (Outcome::Failed, diagnostics)
            }
        }
    }

    fn compare(&self, number: usize, path: &str, body: &Body) -> Result<Outcome, Failure> {
        let ours = self.known.get(path);
        let there = match self.survey.get(path) {
            None | Some(Found::Folder | Found::Closed) => return self.write(number, path, body),
            Some(Found::File(there)) => Some(there),
            Some(Found::Other(_)) => None,
        };
        // Sizes are compared first, so that a file which cannot be the same is not read for its digest.
        if let Some(there) = there
            && size(body)? == there.size
        {
            let digest = digest(body)?;
            let standing = match ours {
                Some(record) if record.stands(there) && !self.place.verify => record.digest,
                _ => digest_of_file(&self.place.file(path))?,
            };
            if standing == digest && ours.is_some_and(|ours| ours.stat == there && ours.digest == digest) {
                return Ok(Outcome::Kept(Record { digest, stat: there }));
            }
            if standing == digest {
                return Ok(Outcome::Stands(Record { digest, stat: there }));
            }
        }
        if ours.is_none() && !self.place.adopt {
            self.halt();
            return Ok(Outcome::Foreign);
        }
        self.write(number, path, body)
    }

    fn write(&self, number: usize, path: &str, body: &Body) -> Result<Outcome, Failure> {
        if self.halted.load(Ordering::Relaxed) {
            return Ok(Outcome::Failed);
        }
        let temporary = self.temporary(number, path);
        let mut file = disk::create_file(&temporary)?;
        let mut hasher = blake3::Hasher::new();
        each_part(body, |part| {
            hasher.update(part);
            disk::write(&mut file, &temporary, part)
        })?;
        // Asked of the open file, which costs nothing; a rename leaves size and time as they are.
        let stat = disk::stat(&file, &temporary)?;
        Ok(Outcome::Staged(Record { digest: half(&hasher.finalize()), stat }))
    }

    /// Puts a staged page in its place.
    pub(super) fn put_in_place(&self, number: usize, path: &str) -> Result<(), Failure> {
        disk::rename(&self.temporary(number, path), &self.place.file(path))
    }

    /// A page's temporary file: in the folder it will lie in or, where that cannot be made yet, in the nearest
    /// one above that is there.
    fn temporary(&self, number: usize, path: &str) -> PathBuf {
        let mut folder = parent(path);
        while let Some(inner) = folder.filter(|folder| self.layout.later.contains(folder)) {
            folder = parent(inner);
        }
        let name = self.journal.temporary(number);
        match folder {
            Some(folder) => self.place.file(folder).join(name),
            None => self.place.file(&name),
        }
    }
}
