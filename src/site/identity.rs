//! What an article is to a feed reader, wherever it moves and whatever it is called.

use crate::article::Article;
use crate::config::{Config, encode_path};
use crate::diagnostic::Diagnostic;
use std::collections::HashMap;
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

/// Reports articles that feed readers would take for one.
pub(super) fn check(articles: &[Arc<Article>], diagnostics: &mut Vec<Diagnostic>) {
    let mut known = HashMap::with_capacity(articles.len());
    for article in articles {
        let id = article.details.id.as_deref();
        let day = id.is_none().then(|| article.date.day());
        let Some(other) = known.insert((day, id.unwrap_or(&article.document.slug)), article) else {
            continue;
        };
        diagnostics.push(
            Diagnostic::warning("same-identity", "feed readers will take two articles for one")
                .in_file(article.document.source.to_string())
                .note(format!("the other is {}", other.document.source))
                .help("give one of them another slug, or a line such as id = \"a-name-of-its-own\""),
        );
    }
}
