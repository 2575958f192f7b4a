//! The phases in a row: from a folder to a site that is ready to be rendered.
//!
//! Every command that needs a site begins here, and ends with [`Renderer::render`].

use crate::article::{self, Documents};
use crate::config::{self, Config, Overrides};
use crate::date::Given;
use crate::diagnostic::Diagnostic;
use crate::output;
use crate::picture::Pictures;
use crate::render::Renderer;
use crate::site::{Asset, Inputs, Origin, Site, Visibility};
use crate::source::{self, STATIC, SourceTree};
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
}

/// Reads, joins and plans a site. Every problem found on the way is in `diagnostics`; where there are errors the
/// site can still be rendered, to find what is wrong in pages too, but must not be published.
///
/// `None` where there is nothing to go on from: no settings file, or one that cannot be read.
pub fn prepare(request: &Request, diagnostics: &mut Vec<Diagnostic>) -> Option<Renderer> {
    let settings = source::read_settings(&request.root).map_err(|problem| diagnostics.push(problem)).ok()?;
    let config = config::load(&settings, &request.overrides, diagnostics)?;
    let tree = SourceTree::scan(&request.root, diagnostics);
    let documents = article::read_all(&tree, &config, diagnostics);
    let inputs = Inputs {
        assets: assets(&tree, diagnostics),
        pictures: pictures(&tree, &documents, &config, diagnostics),
        visibility: request.visibility,
        now: request.now.resolve(config.timezone).0,
        config,
    };
    let site = Site::build(inputs, documents, diagnostics);
    let plan = output::plan(&site, diagnostics);
    Some(Renderer::new(&tree, site, plan, diagnostics))
}

/// The pictures among the files that are published with a document or as they are.
fn pictures(
    tree: &SourceTree,
    documents: &Documents,
    config: &Config,
    diagnostics: &mut Vec<Diagnostic>,
) -> Pictures {
    let files = documents.bundled().chain(tree.statics.iter().map(|file| &*file.path));
    Pictures::read(&tree.root, files, &config.images.widths, diagnostics)
}

/// The files that are published as they are: the theme's own, under the user's.
fn assets(tree: &SourceTree, diagnostics: &mut Vec<Diagnostic>) -> Vec<Asset> {
    let mut assets: BTreeMap<Box<str>, Asset> = BTreeMap::new();
    for (path, bytes) in theme::statics() {
        let digest = Asset::is_fingerprinted(path).then(|| source::digest(bytes));
        assets.insert(path.into(), Asset { path: path.into(), origin: Origin::BuiltIn(bytes), digest });
    }
    for file in &tree.statics {
        let path: Box<str> = file.path[STATIC.len() + 1..].into();
        let digest = if Asset::is_fingerprinted(&path) {
            match tree.read(&file.path) {
                Ok(bytes) => Some(source::digest(&bytes)),
                Err(problem) => {
                    diagnostics.push(problem);
                    continue;
                }
            }
        } else {
            None
        };
        assets.insert(path.clone(), Asset { path, origin: Origin::File(file.path.clone()), digest });
    }
    assets.into_values().collect()
}
