//! Who wrote an article, and what was put right in it: asked by its page, feeds and structured data alike.

use super::context::label;
use super::kind::{Addresses, Desk};
use crate::article::Article;

/// Who wrote the text: whom the article names, else the site's editor.
pub(super) fn by(desk: &dyn Desk, article: &Article) -> Vec<String> {
    let named: Vec<String> = article.details.by.iter().map(ToString::to_string).collect();
    if named.is_empty() { desk.site().config.editor.clone().into_iter().collect() } else { named }
}

/// The corrections of an article as HTML, for feeds; empty where there are none.
pub(super) fn corrections_html(desk: &dyn Desk, article: &Article) -> String {
    if article.details.corrections.is_empty() {
        return String::new();
    }
    let items = article.details.corrections.iter().map(|correction| {
        let text = desk.inline(&article.document, &correction.text, Addresses::Absolute);
        format!("<li>{}: {text}</li>", correction.date.day())
    });
    let heading = label(&desk.site().config, "corrections");
    format!("<p><strong>{heading}</strong></p><ul>{}</ul>", items.collect::<String>())
}
