//! Articles that name each other.

use super::id::ArticleId;
use super::link::{Hidden, Link, Target, Targets};
use crate::article::Article;
use crate::diagnostic::{Diagnostic, Location, nearest};
use std::collections::HashMap;

/// Resolves the `related` of every article: each a path to its file, or a slug.
pub(super) fn resolve(
    articles: &[Article],
    targets: &Targets,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Box<[ArticleId]>> {
    // Few articles have any; the table of slugs is made when the first asks.
    let mut slugs: Option<HashMap<&str, Vec<ArticleId>>> = None;
    let mut related = Vec::with_capacity(articles.len());
    for article in articles {
        let mut own = Vec::new();
        for (name, location) in &article.details.related {
            let slugs = slugs.get_or_insert_with(|| by_slug(articles));
            match find(name, article, targets, slugs) {
                Ok(Some(id)) => own.push(id),
                Ok(None) => {}
                Err(problem) => diagnostics.push(located(problem, article, location)),
            }
        }
        related.push(own.into_boxed_slice());
    }
    related
}

fn by_slug(articles: &[Article]) -> HashMap<&str, Vec<ArticleId>> {
    let mut slugs: HashMap<&str, Vec<ArticleId>> = HashMap::with_capacity(articles.len());
    for (id, article) in (0..).zip(articles) {
        slugs.entry(article.document.slug.as_ref()).or_default().push(id);
    }
    slugs
}

/// The article meant; `None` where it is one that cannot be shown for a reason of its own.
fn find(
    name: &str,
    article: &Article,
    targets: &Targets,
    slugs: &HashMap<&str, Vec<ArticleId>>,
) -> Result<Option<ArticleId>, Diagnostic> {
    if !name.ends_with(".md") {
        return match slugs.get(name).map(Vec::as_slice) {
            Some([only]) => Ok(Some(*only)),
            Some(several) => Err(Diagnostic::error(
                "ambiguous-slug",
                format!("{} articles have the slug '{name}'", several.len()),
            )
            .help("write the path of the file, such as ./other.md or @/articles/2021/other.md")),
            None => {
                let unseen = targets.sources().any(|source| {
                    let stem = source.rsplit('/').next().and_then(|file| file.strip_suffix(".md"));
                    stem.is_some_and(|stem| stem.ends_with(name))
                        && !matches!(targets.get(source), Some(Target::Article(_)))
                });
                if unseen {
                    return Ok(None);
                }
                let problem = Diagnostic::error("dead-link", format!("no article has the slug '{name}'"));
                Err(match nearest(name, slugs.keys().copied()) {
                    Some(slug) => problem.help(format!("did you mean '{slug}'?")),
                    None => problem.help("write a slug, or the path of a file, such as ./other.md"),
                })
            }
        };
    }
    let Link::Document { source, .. } = Link::parse(&article.document.source, name) else { return Ok(None) };
    match targets.get(&source) {
        Some(Target::Article(id)) => Ok(Some(id)),
        Some(Target::Broken | Target::Hidden(Hidden::Expired)) => Ok(None),
        Some(Target::Hidden(why)) => {
            let why = if why == Hidden::Draft { "a draft" } else { "scheduled" };
            Err(Diagnostic::error("link-to-hidden", format!("{source} is {why}, and nobody would see it"))
                .help("publish it first, or take it out of 'related'"))
        }
        Some(Target::Standing(_)) => Err(Diagnostic::error("dead-link", format!("{source} is no article"))
            .help("'related' names articles; link to a page in the text")),
        None => Err(Diagnostic::error("dead-link", format!("there is no file {source}"))
            .help("paths count from this file, or with @/ from content/")),
    }
}

fn located(problem: Diagnostic, article: &Article, location: &Location) -> Diagnostic {
    problem.located(&article.document.source, location.clone())
}
