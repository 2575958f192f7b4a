//! The phases in a row: from a folder to a site that is ready to be rendered.
//!
//! Every command that needs a site begins here, and ends with [`Renderer::render`].

use crate::article::{self, Documents, Library};
use crate::config::{self, Config, Overrides};
use crate::date::Given;
use crate::diagnostic::Diagnostic;
use crate::output::{self, Plan};
use crate::picture::Pictures;
use crate::render::Renderer;
use crate::site::{Asset, Inputs, Origin, Site, Visibility};
use crate::source::{self, Digest, SETTINGS, STATIC, SourceTree};
use crate::stopwatch::{Phase, Stopwatch};
use crate::theme;
use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

/// What to make of a folder.
#[derive(Debug, Clone)]
pub struct Request {
    /// The site's folder.
    pub root: PathBuf,
    /// What the command line says in place of the settings.
    pub overrides: Overrides,
    /// Which items to show that a reader would not see.
    pub visibility: Visibility,
    /// The time of the build; a day or a local time is one in the site's zone.
    pub now: Given,
    /// What measures how long each phase takes, if it was started.
    pub stopwatch: Stopwatch,
}

/// What was read before, so that whoever prepares a site again reads only what changed. It belongs to one folder.
///
/// What is kept follows from the files' bytes and the settings, and never from the time or from what is shown. Whoever
/// sees that a file changed says so with [`Memory::forget`]; a run that begins with an empty memory reads everything.
#[derive(Debug, Default)]
pub struct Memory {
    settings: Option<String>,
    tree: Option<SourceTree>,
    library: Library,
    pictures: Pictures,
    digests: HashMap<Box<str>, Digest>,
}

impl Memory {
    /// Forgets what lies at and below some paths, relative to the site's root, so that it is read again.
    ///
    /// A file that is named is forgotten though its stamp be the same. The answer are the files that differ by theirs.
    pub fn forget<'a>(&mut self, paths: impl IntoIterator<Item = &'a str>) -> Vec<Box<str>> {
        let Some(tree) = &mut self.tree else { return Vec::new() };
        let paths: Vec<&str> = paths.into_iter().collect();
        let changed = tree.refresh(paths.iter().copied());
        for path in changed.iter().map(AsRef::as_ref).chain(paths) {
            self.library.forget(path);
            self.pictures.forget(path);
            self.digests.remove(path);
        }
        changed
    }

    /// Looks at every file of the site in `root` again, and forgets those that changed, which are the answer.
    pub fn forget_what_changed(&mut self, root: &Path) -> Vec<Box<str>> {
        self.look_again(root, &source::INPUTS)
    }

    /// Looks again at what is a link, or lies where one leads, and forgets what changed, which is the answer.
    pub fn forget_changed_links(&mut self, root: &Path) -> Vec<Box<str>> {
        let links = self.tree.as_ref().map(|tree| tree.links.clone()).unwrap_or_default();
        self.look_again(root, &links.iter().map(AsRef::as_ref).collect::<Vec<_>>())
    }

    fn look_again(&mut self, root: &Path, paths: &[&str]) -> Vec<Box<str>> {
        let mut changed = self.forget(paths.iter().copied());
        if source::read_settings(root).ok() != self.settings {
            changed.push(SETTINGS.into());
        }
        changed
    }

    /// Whether there are links among the files of the site in `root`.
    pub fn has_links(&self, root: &Path) -> bool {
        source::is_link(root, SETTINGS) || self.tree.as_ref().is_some_and(|tree| !tree.links.is_empty())
    }

    /// The files of the site, once it has been prepared.
    pub fn tree(&self) -> Option<&SourceTree> {
        self.tree.as_ref()
    }

    /// Whether a path is that of a file that a site is made from.
    pub fn has(&self, path: &str) -> bool {
        path == SETTINGS || self.tree.as_ref().is_some_and(|tree| tree.stamp(path).is_some())
    }

    /// Whether one of the files of the site in `root` is there and has no bytes: an editor may be about to write it.
    pub fn is_empty_file(&self, root: &Path, path: &str) -> bool {
        if path == SETTINGS {
            return source::read_settings(root).is_ok_and(|text| text.is_empty());
        }
        self.tree.as_ref().is_some_and(|tree| tree.stamp(path).is_some_and(|stamp| stamp.size == 0))
    }
}

/// Reads, joins and plans a site. Every problem found on the way is in `diagnostics`; where there are errors the
/// site can still be rendered, to find what is wrong in pages too, but must not be published.
///
/// `None` where there is nothing to go on from: no settings file, or one that cannot be read.
pub fn prepare(
    request: &Request,
    memory: &mut Memory,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Renderer> {
    let settings = source::read_settings(&request.root).map_err(|problem| diagnostics.push(problem)).ok();
    if memory.settings != settings {
        *memory = Memory { settings, tree: memory.tree.take(), ..Memory::default() };
    }
    let Memory { settings, tree, library, pictures, digests } = memory;
    let config = config::load(settings.as_ref()?, &request.overrides, diagnostics)?;
    let stopwatch = &request.stopwatch;
    let tree = tree.get_or_insert_with(|| {
        stopwatch.time(Phase::Walk, SourceTree::len, || SourceTree::scan(&request.root))
    });
    diagnostics.extend(tree.problems.iter().cloned());
    let documents = article::read_all(tree, &config, library, stopwatch, diagnostics);
    *pictures = read_pictures(tree, &documents, &config, pictures, diagnostics);
    let inputs = Inputs {
        assets: assets(tree, digests, diagnostics),
        pictures: pictures.clone(),
        visibility: request.visibility,
        now: request.now.resolve(config.timezone).0,
        config,
    };
    let count = |site: &Site| site.articles.len();
    let site = stopwatch.time(Phase::Join, count, || Site::build(inputs, documents, diagnostics));
    let count = |plan: &Plan| plan.pages.len();
    let plan = stopwatch.time(Phase::Plan, count, || output::plan(&site, diagnostics));
    let count = |_: &Renderer| tree.templates.len() + theme::templates().len();
    let read_from = format!("{:?}\n{}", request.overrides, settings.as_deref().unwrap_or_default());
    let read_from = source::digest(read_from.as_bytes());
    let prepare = || Renderer::new(tree, site, plan, read_from, stopwatch.clone(), diagnostics);
    Some(stopwatch.time(Phase::Load, count, prepare))
}

/// The pictures among the files that are published with a document or as they are.
fn read_pictures(
    tree: &SourceTree,
    documents: &Documents,
    config: &Config,
    known: &Pictures,
    diagnostics: &mut Vec<Diagnostic>,
) -> Pictures {
    let files = documents.bundled().chain(tree.statics.iter().map(|file| &*file.path));
    Pictures::read(&tree.root, files, &config.images.widths, known, diagnostics)
}

/// The files that are published as they are: the theme's own, under the user's.
fn assets(
    tree: &SourceTree,
    digests: &mut HashMap<Box<str>, Digest>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Asset> {
    let mut assets: BTreeMap<Box<str>, Asset> = BTreeMap::new();
    for (path, bytes) in theme::statics() {
        let digest = Asset::is_fingerprinted(path).then(|| source::digest(bytes));
        assets.insert(path.into(), Asset { path: path.into(), origin: Origin::BuiltIn(bytes), digest });
    }
    for file in &tree.statics {
        let path: Box<str> = file.path[STATIC.len() + 1..].into();
        let digest = if Asset::is_fingerprinted(&path) {
            match digest_of(tree, &file.path, digests) {
                Ok(digest) => Some(digest),
                Err(problem) => {
                    diagnostics.push(problem);
                    continue;
                }
            }
        } else {
            None
        };
        assets.insert(path.clone(), Asset { path, origin: Origin::File((*file.path).into()), digest });
    }
    assets.into_values().collect()
}

fn digest_of(
    tree: &SourceTree,
    path: &str,
    known: &mut HashMap<Box<str>, Digest>,
) -> Result<Digest, Diagnostic> {
    if let Some(digest) = known.get(path) {
        return Ok(*digest);
    }
    let digest = source::digest_of(&tree.root, path)?;
    known.insert(path.into(), digest);
    Ok(digest)
}
