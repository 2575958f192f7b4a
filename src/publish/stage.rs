//! Pages, rendered, become temporary files beside their places; those that stand already are left alone.
//!
//! Where the folder of a page is not there yet, it is the folder that is temporary, and in it the page has its own name:
//! so the 14,000 files of a first build take their places with the dozen folders that they lie in.

use super::bytes::{digest, digest_in_place, each_part, is_as_recorded, size};
use super::found::Found;
use super::layout::Layout;
use super::outline::{File, Folder};
use super::place::Place;
use super::problem;
use super::survey::Survey;
use crate::cache::disk::{self, Failure};
use crate::cache::{Journal, PageDigest, Record, Records, Stat, half};
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
    pub(super) layout: &'a Layout<'a>,
    survey: &'a Survey<'a>,
    /// Of each page the number of its file in the outline; `None` where no file can have its path.
    files: Vec<Option<usize>>,
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
    /// A stage for one build, told the numbers of the pages in the order of their paths.
    pub(super) fn new(
        place: &'a Place,
        survey: &'a Survey<'a>,
        layout: &'a Layout<'a>,
        order: &[u32],
    ) -> Self {
        let above = place.output.ancestors().take_while(|folder| !folder.exists()).count();
        let mut files = vec![None; order.len()];
        for (number, file) in order.iter().zip(&layout.outline.planned) {
            files[*number as usize] = *file;
        }
        Self { place, layout, survey, files, journal: Journal::new(above), halted: AtomicBool::new(false) }
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
        let mut levels: BTreeMap<usize, Vec<PathBuf>> = BTreeMap::new();
        for (Folder { path, depth, .. }, outermost) in
            self.layout.outline.folders.iter().zip(&self.layout.new_with)
        {
            if let Some(outermost) = *outermost {
                levels.entry(*depth).or_default().push(self.temporary_within(outermost, path));
            }
        }
        levels
            .values()
            .try_for_each(|level| level.par_iter().try_for_each(|folder| disk::create_folder(folder)))
    }

    /// The digest of the file in a page's place, where it is as Dateline wrote it.
    pub(super) fn standing(&self, number: usize, path: &str) -> Option<PageDigest> {
        let (there, record) = self.recorded(number)?;
        is_as_recorded(record, there, self.place, path).then_some(record.digest)
    }

    /// The size and time of the file in a page's place, and what was recorded of it.
    fn recorded(&self, number: usize) -> Option<(Stat, &'a Record)> {
        self.survey.recorded(self.files[number]?)
    }

    /// Takes one page: compares it with what is in its place, and writes it beside that where they differ.
    pub(super) fn page(&self, number: usize, path: &str, turnout: Turnout) -> (Outcome, Vec<Diagnostic>) {
        let rendered = match turnout {
            Turnout::Rendered(rendered) => rendered,
            Turnout::Stands(diagnostics) => {
                let outcome = match self.recorded(number) {
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
        let Some(file) = self.files[number] else { return Ok(Outcome::Failed) };
        let ours = self.layout.outline.files[file].record;
        let there = match self.survey.get(file) {
            None | Some(Found::Folder | Found::Closed) => return self.write(number, file, body),
            Some(Found::File(there)) => Some(there),
            Some(Found::Other(_)) => None,
        };
        // Sizes are compared first, so that a file which cannot be the same is not read for its digest.
        if let Some(there) = there
            && size(body)? == there.size
        {
            let digest = digest(body)?;
            let standing = digest_in_place(ours, there, self.place, path)?;
            if standing == digest && ours.is_some_and(|ours| ours.stat == there && ours.digest == digest) {
                return Ok(Outcome::Kept(Record { digest, stat: there }));
            }
            if standing == digest {
                return Ok(Outcome::Stands(Record { digest, stat: there }));
            }
        }
        if !self.may_overwrite(&self.layout.outline.files[file]) {
            self.halt();
            return Ok(Outcome::Foreign);
        }
        self.write(number, file, body)
    }

    fn write(&self, number: usize, file: usize, body: &Body) -> Result<Outcome, Failure> {
        if self.halted.load(Ordering::Relaxed) {
            return Ok(Outcome::Failed);
        }
        let temporary = self.temporary(number, &self.layout.outline.files[file]);
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

    /// Puts what was staged in its place: first each new folder with all that is in it, then, of the pages staged, those
    /// whose folders were there.
    pub(super) fn put_in_place(&self, staged: &[usize]) -> Result<(), Failure> {
        let Self { place, layout, .. } = self;
        let is_outermost = |folder: &usize| layout.new_with[*folder] == Some(*folder);
        (0..layout.new_with.len()).into_par_iter().filter(is_outermost).try_for_each(|folder| {
            let path = layout.outline.folders[folder].path;
            disk::move_folder(&self.temporary_folder(folder), &place.file(path), place.adopt)
        })?;
        let alone = |page: &&usize| {
            let file = &layout.outline.files[self.files[**page]?];
            layout.new_with[file.folder].is_none().then_some((**page, file))
        };
        staged.par_iter().filter_map(|page| alone(&page)).try_for_each(|(page, file)| {
            let put = if self.may_overwrite(file) { disk::rename } else { disk::rename_new };
            put(&self.temporary(page, file), &place.file(file.path))
        })
    }

    /// The paths at which strangers' files have come to stand since it was asked what is there: rendering takes a while. As
    /// long as nothing has taken its place, they are no worse than those that were seen.
    pub(super) fn newcomers(&self, staged: &[usize]) -> Vec<String> {
        let Self { place, layout, survey, .. } = self;
        let has_come =
            |found: Option<Found>, path: &str| found.is_none() && disk::is_named(&place.file(path));
        // Of what lies in a new folder that is still none, nothing can have come.
        let mut come = vec![false; layout.new_with.len()];
        let mut newcomers = Vec::new();
        for (number, Folder { path, .. }) in layout.outline.folders.iter().enumerate() {
            if layout.new_with[number] == Some(number) && has_come(survey.folder(number), path) {
                come[number] = place.file(path).is_dir();
                newcomers.extend((!come[number]).then(|| (*path).to_owned()));
            }
        }
        let newcomer = |page: &usize| {
            let number = self.files[*page]?;
            let file = &layout.outline.files[number];
            let is_looked_for = layout.new_with[file.folder].is_none_or(|folder| come[folder]);
            let is_foreign = is_looked_for && !self.may_overwrite(file);
            (is_foreign && has_come(survey.get(number), file.path)).then(|| file.path.to_owned())
        };
        newcomers.par_extend(staged.par_iter().filter_map(newcomer));
        newcomers
    }

    /// Whether a page may be put over a file that is in its place.
    fn may_overwrite(&self, file: &File<'_>) -> bool {
        file.record.is_some() || self.place.adopt
    }

    /// Where a page waits to take its place: beside that or, where its folder is new, within the new one.
    fn temporary(&self, number: usize, file: &File<'_>) -> PathBuf {
        match self.layout.new_with[file.folder] {
            Some(outermost) => self.temporary_within(outermost, file.path),
            None => self
                .place
                .file(self.layout.outline.folders[file.folder].path)
                .join(self.journal.temporary(number)),
        }
    }

    /// Where something waits that lies in a new folder, or is that folder.
    fn temporary_within(&self, outermost: usize, path: &str) -> PathBuf {
        let mut temporary = self.temporary_folder(outermost).into_os_string();
        temporary.push(&path[self.layout.outline.folders[outermost].path.len()..]);
        temporary.into()
    }

    /// Where a new folder waits to take its place: beside that.
    fn temporary_folder(&self, outermost: usize) -> PathBuf {
        let Folder { parent, .. } = self.layout.outline.folders[outermost];
        // The numbers of the pages come first.
        let name = self.journal.temporary(self.files.len() + outermost);
        self.place.file(self.layout.outline.folders[parent].path).join(name)
    }
}
