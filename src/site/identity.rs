//! What an article is to a feed reader, wherever it moves and whatever it is called.

use crate::article::Article;
use crate::config::{Config, encode_path};
use crate::diagnostic::Diagnostic;
use chrono::NaiveDate;
use foldhash::{HashMap, HashMapExt};
use std::sync::Arc;

/// The article's own `id`, else a tag URI (RFC 4151) of the day and the slug.
pub(super) fn of(config: &Config, article: &Article) -> String {
    match &article.details.id {
        Some(id) => id.to_string(),
        None => {
            let slug = encode_path(&article.document.slug);
            format!("tag:{},{}:{slug}", config.feeds.authority, article.date.day())
        }
    }
}

/// Reports articles that feed readers would take for one. They come newest first, so that those of one day, which
/// alone can share a tag URI, follow each other.
pub(super) fn check(articles: &[Arc<Article>], days: &[NaiveDate], diagnostics: &mut Vec<Diagnostic>) {
    let mut by_id: HashMap<&str, &Article> = HashMap::new();
    let (mut today, mut by_slug) = (None, HashMap::new());
    for (article, day) in articles.iter().zip(days) {
        if today.replace(day) != Some(day) {
            by_slug.clear();
        }
        let other = match &article.details.id {
            Some(id) => by_id.insert(id, article),
            None => by_slug.insert(&*article.document.slug, &**article),
        };
        let Some(other) = other else { continue };
        diagnostics.push(
            Diagnostic::warning("same-identity", "feed readers will take two articles for one")
                .in_file(article.document.source.to_string())
                .note(format!("the other is {}", other.document.source))
                .help("give one of them another slug, or a line such as id = \"a-name-of-its-own\""),
        );
    }
}
