//! The phases in a row: from a folder to a site that is ready to be rendered.
//!
//! Every command that needs a site begins here, and ends with [`Renderer::render`].

mod memory;

pub use self::memory::Memory;

use crate::article::{self, Documents};
use crate::config::{self, Config, Overrides};
use crate::date::Given;
use crate::diagnostic::Diagnostic;
use crate::output::{self, Plan};
use crate::picture::Pictures;
use crate::render::Renderer;
use crate::site::{Asset, Inputs, Origin, Site, Visibility};
use crate::source::{self, Digests, STATIC, SourceTree};
use crate::stopwatch::{Phase, Stopwatch};
use crate::theme;
use std::collections::BTreeMap;
use std::path::PathBuf;

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

/// Reads, joins and plans a site. Every problem found on the way is in `diagnostics`; where there are errors the
/// site can still be rendered, to find what is wrong in pages too, but must not be published.
///
/// `None` where there is nothing to go on from: no settings file, or one that cannot be read.
pub fn prepare(
    request: &Request,
    memory: &mut Memory,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Renderer> {
    let settings = source::read_settings(&request.root).map_err(|problem| diagnostics.push(problem)).ok()?;
    let config = config::load(&settings, &request.overrides, diagnostics);
    let stopwatch = &request.stopwatch;
    let read_from = memory.open(&request.root, settings, &request.overrides, stopwatch);
    let config = config?;
    let Memory { tree, library, pictures, digests, .. } = memory;
    let tree = tree.as_ref()?;
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
    let prepare = || Renderer::new(tree, site, plan, read_from, digests, diagnostics);
    Some(stopwatch.time(Phase::Load, count, prepare).measured(stopwatch.clone()))
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
fn assets(tree: &SourceTree, digests: &Digests, diagnostics: &mut Vec<Diagnostic>) -> Vec<Asset> {
    let mut assets: BTreeMap<Box<str>, Asset> = BTreeMap::new();
    for (path, bytes) in theme::statics() {
        let digest = Asset::is_fingerprinted(path).then(|| source::digest(bytes));
        assets.insert(path.into(), Asset { path: path.into(), origin: Origin::BuiltIn(bytes), digest });
    }
    for file in &tree.statics {
        let path: Box<str> = file.path[STATIC.len() + 1..].into();
        let digest = if Asset::is_fingerprinted(&path) {
            match digests.of(&tree.root, &file.path) {
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
