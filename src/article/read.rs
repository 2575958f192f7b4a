//! From the files under `content/` to articles and standing pages, one file each, in parallel.

use super::front_matter::{self, Given};
use super::library::{Kept, Library, Read};
use super::model::{Article, Standing};
use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::source::{CONTENT, SourceTree};
use crate::stopwatch::{Phase, Stopwatch};
use crate::tree::TextFile;
use rayon::prelude::*;
use std::collections::HashMap;
use std::sync::Arc;

/// What the files under `content/` came to, in the order of their paths.
#[derive(Debug, Default)]
pub struct Documents {
    /// The articles.
    pub articles: Vec<Arc<Article>>,
    /// The standing pages.
    pub standing: Vec<Arc<Standing>>,
    /// Files that an error kept out: a link to one of them is not dead.
    pub broken: Vec<Arc<str>>,
}

impl Documents {
    /// The files beside the documents, from the site's root.
    pub fn bundled(&self) -> impl Iterator<Item = &str> {
        let articles = self.articles.iter().map(|article| &article.document);
        let standing = self.standing.iter().map(|standing| &standing.document);
        articles.chain(standing).flat_map(|document| &document.bundle).map(AsRef::as_ref)
    }
}

/// Reads every document of the tree, or takes it from the library where it was read before. A file in error is
/// reported, and left out of the rest.
pub fn read_all(
    tree: &SourceTree,
    config: &Config,
    library: &mut Library,
    stopwatch: &Stopwatch,
    diagnostics: &mut Vec<Diagnostic>,
) -> Documents {
    let bundles = Bundles::new(tree, diagnostics);
    library.align(&tree.documents);
    library.kept.par_iter_mut().for_each(|(path, kept)| {
        if !kept.as_ref().is_some_and(|kept| kept.is_with(bundles.of(path))) {
            *kept = Some(read(tree, path, &bundles, config, stopwatch));
        }
    });
    let mut documents = Documents::default();
    for (path, kept) in &library.kept {
        let Some(kept) = kept else { continue };
        diagnostics.extend(kept.problems.iter().cloned());
        match &kept.read {
            Read::Article(article) => documents.articles.push(article.clone()),
            Read::Standing(standing) => documents.standing.push(standing.clone()),
            Read::Broken => documents.broken.push(path.clone()),
        }
    }
    documents
}

/// Reads the text of an article that has no file yet, or one that nobody is to touch. `path` is where it would lie, from the site's root.
pub fn read_article(
    path: &str,
    text: &str,
    config: &Config,
    problems: &mut Vec<Diagnostic>,
) -> Option<Arc<Article>> {
    match parse(path, text, &Bundles { files: HashMap::new() }, config, problems)? {
        Read::Article(article) => Some(article),
        _ => None,
    }
}

/// Where a document lies, as its path tells.
enum Place<'a> {
    Article { name: &'a str },
    Standing { folder: &'a str, name: &'a str },
}

fn read(tree: &SourceTree, path: &str, bundles: &Bundles, config: &Config, stopwatch: &Stopwatch) -> Kept {
    let mut problems = Vec::new();
    let document = match stopwatch.time(Phase::Read, |_| 1, || tree.read_text(path)) {
        Ok(text) => {
            stopwatch.time(Phase::Parse, |_| 1, || parse(path, &text, bundles, config, &mut problems))
        }
        Err(problem) => {
            problems.push(problem);
            None
        }
    };
    Kept { read: document.unwrap_or(Read::Broken), problems, is_in_place: false }
}

fn parse(
    path: &str,
    text: &str,
    bundles: &Bundles,
    config: &Config,
    problems: &mut Vec<Diagnostic>,
) -> Option<Read> {
    let mut keep = |problem: Diagnostic| problems.push(problem);
    let place = place(path).map_err(&mut keep).ok()?;
    let fence = front_matter::find(path, text).map_err(&mut keep).ok()?;
    let table = match front_matter::parse(path, text, &fence) {
        Ok(table) => table,
        Err(errors) => {
            problems.extend(errors);
            return None;
        }
    };
    let (Place::Article { name } | Place::Standing { name, .. }) = place;
    let given = Given {
        file: TextFile { path, text },
        body: fence.body,
        name,
        bundle: bundles.of(path).unwrap_or_default().to_vec(),
    };
    match place {
        Place::Article { .. } => front_matter::article(given, table, config, problems)
            .map(|article| Read::Article(Arc::new(article))),
        Place::Standing { folder, .. } => {
            let parts: Vec<String> =
                folder.split('/').filter(|part| !part.is_empty()).map(|part| config.slug(part)).collect();
            front_matter::standing(given, &parts.join("/"), table, config, problems)
                .map(|standing| Read::Standing(Arc::new(standing)))
        }
    }
}

fn place(path: &str) -> Result<Place<'_>, Diagnostic> {
    let inner = path.strip_prefix(CONTENT).unwrap_or(path).trim_start_matches('/');
    let (top, rest) = inner.split_once('/').unwrap_or(("", inner));
    let (folder, file) = rest.rsplit_once('/').unwrap_or(("", rest));
    let stem = file.strip_suffix(".md").unwrap_or(file);
    // An index.md is named by the folder it lies in, and lies where that folder does.
    let (folder, name) = match (stem, folder.rsplit_once('/')) {
        ("index", Some((outer, name))) => (outer, name),
        ("index", None) => ("", folder),
        _ => (folder, stem),
    };
    match top {
        "articles" | "pages" if name.is_empty() => {
            Err(Diagnostic::error("stray-file", "an index.md needs a folder of its own here")
                .in_file(path)
                .help(format!(
                    "move it to {CONTENT}/{top}/its-name/index.md; the front page is templates/home.html"
                )))
        }
        "articles" => Ok(Place::Article { name }),
        "pages" => Ok(Place::Standing { folder, name }),
        "editions" => Err(Diagnostic::error("stray-file", "editions are not published by this version")
            .in_file(path)
            .help(format!("move it out of {CONTENT}/, or to {CONTENT}/pages/ to publish it as a page"))),
        _ => Err(Diagnostic::error("stray-file", "this file is in no place that is published")
            .in_file(path)
            .help(format!(
                "an article belongs under {CONTENT}/articles/, a standing page under {CONTENT}/pages/"
            ))),
    }
}

/// The folders that have an `index.md`, each with the files that are published beside it.
struct Bundles {
    files: HashMap<Box<str>, Vec<Box<str>>>,
}

impl Bundles {
    fn new(tree: &SourceTree, diagnostics: &mut Vec<Diagnostic>) -> Self {
        let mut files: HashMap<Box<str>, Vec<Box<str>>> = tree
            .documents
            .iter()
            .filter_map(|file| Some((file.path.strip_suffix("/index.md")?.into(), Vec::new())))
            .collect();
        for attachment in &tree.attachments {
            let mut folder = attachment.path.as_ref();
            let owner = loop {
                match folder.rsplit_once('/') {
                    Some((outer, _)) if files.contains_key(outer) => break Some(outer),
                    Some((outer, _)) => folder = outer,
                    None => break None,
                }
            };
            match owner.and_then(|owner| files.get_mut(owner)) {
                Some(bundle) => bundle.push((*attachment.path).into()),
                None => diagnostics.push(unpublished(&attachment.path)),
            }
        }
        Self { files }
    }

    /// The files published beside a document; `None` where it is no `index.md`, which alone can have any.
    fn of(&self, document: &str) -> Option<&[Box<str>]> {
        self.files.get(document.strip_suffix("/index.md")?).map(Vec::as_slice)
    }
}

fn unpublished(path: &str) -> Diagnostic {
    let ending = path.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default();
    let (message, help) = if matches!(ending.as_str(), "md" | "markdown" | "mdown" | "mkd") {
        ("this file is not published: its name does not end in .md", "rename it so that it does")
    } else {
        (
            "this file is not published: no index.md is beside it",
            "give the article a folder of its own, as index.md beside the file, or move the file to static/",
        )
    };
    Diagnostic::warning("unpublished-file", message).in_file(path).help(help)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_follow_from_paths() {
        let named = |path| match place(path) {
            Ok(Place::Article { name }) => format!("article {name}"),
            Ok(Place::Standing { folder, name }) => format!("page {folder} {name}"),
            Err(problem) => problem.code.into_owned(),
        };
        assert_eq!(named("content/articles/2021/11/x.md"), "article x");
        assert_eq!(named("content/articles/2021/x/index.md"), "article x");
        assert_eq!(named("content/articles/x/index.md"), "article x");
        assert_eq!(named("content/pages/about.md"), "page  about");
        assert_eq!(named("content/pages/a/b/index.md"), "page a b");
        for stray in
            ["content/x.md", "content/articles/index.md", "content/news/x.md", "content/editions/1.md"]
        {
            assert_eq!(named(stray), "stray-file", "{stray}");
        }
    }
}
