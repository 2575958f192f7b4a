//! Articles that name each other.

use super::id::ArticleId;
use super::link::{Hidden, Link, Target, Targets};
use crate::article::Article;
use crate::diagnostic::{Diagnostic, Location, nearest};
use std::collections::HashMap;
use std::sync::Arc;

/// Resolves the `related` of every article: each a path to its file, or a slug.
pub(super) fn resolve(
    articles: &[Arc<Article>],
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

fn by_slug(articles: &[Arc<Article>]) -> HashMap<&str, Vec<ArticleId>> {
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
                if let Some(why) = targets.hidden_slug(name) {
                    return hidden(name, why);
                }
                // The slug of a broken article is not known; its file's name tells it as a rule.
                let is_broken = |source: &&str| targets.get(source) == Some(Target::Broken);
                let named = |source: &str| {
                    source.trim_end_matches("/index.md").trim_end_matches(".md").ends_with(name)
                };
                if targets.sources().filter(is_broken).any(named) {
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
    let source = match Link::parse(&article.document.source, name) {
        Link::Document { source, .. } => source,
        Link::Outside { .. } => {
            return Err(Diagnostic::error("leaves-site", format!("'{name}' leads out of the site's folder"))
                .help("paths count from this file, or with @/ from content/"));
        }
        _ => return Ok(None),
    };
    match targets.get(&source) {
        Some(Target::Article(id)) => Ok(Some(id)),
        Some(Target::Broken) => Ok(None),
        Some(Target::Hidden(why)) => hidden(&source, why),
        Some(Target::Standing(_)) => Err(Diagnostic::error("dead-link", format!("{source} is no article"))
            .help("'related' names articles; link to a page in the text")),
        None => Err(Diagnostic::error("dead-link", format!("there is no file {source}"))
            .help("paths count from this file, or with @/ from content/")),
    }
}

/// An article that is not shown: one that expired falls away in silence, since the clock alone must not break a
/// build.
fn hidden(name: &str, why: Hidden) -> Result<Option<ArticleId>, Diagnostic> {
    let why = match why {
        Hidden::Expired => return Ok(None),
        Hidden::Draft => "a draft",
        Hidden::Scheduled => "scheduled",
    };
    Err(Diagnostic::error("link-to-hidden", format!("{name} is {why}, and nobody would see it"))
        .help("publish it first, or take it out of 'related'"))
}

fn located(problem: Diagnostic, article: &Article, location: &Location) -> Diagnostic {
    problem.located(&article.document.source, location.clone())
}
