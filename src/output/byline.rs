//! Who wrote an article, and what was put right in it: asked by its page, feeds and structured data alike.

use super::context::{escaped, label};
use super::desk::{Addresses, Desk};
use crate::article::Article;
use crate::config::TermsFrom;
use crate::site::{ArticleId, TermId};

/// Who wrote the text: whom the article names, else the site's editor.
pub(super) fn by(desk: &dyn Desk, article: &Article) -> Vec<String> {
    let named: Vec<String> = article.details.by.iter().map(ToString::to_string).collect();
    if named.is_empty() { desk.config().editor.clone().into_iter().collect() } else { named }
}

/// The names of an article's tags as the site spells them.
pub(super) fn tags(desk: &dyn Desk, id: ArticleId) -> Vec<String> {
    match filed(desk, id, TermsFrom::Tags) {
        None => desk.article(id).article.tags.iter().map(ToString::to_string).collect(),
        Some(terms) => terms.into_iter().map(|term| desk.term(term).name.to_owned()).collect(),
    }
}

/// The name of an article's section as the site spells it.
pub(super) fn section(desk: &dyn Desk, id: ArticleId) -> Option<String> {
    let term = section_term(desk, id).map(|term| desk.term(term).name);
    term.or(desk.article(id).article.section.as_deref()).map(str::to_owned)
}

/// The term of an article's section; `None` where it has none, or sections are no taxonomy of the site.
pub(super) fn section_term(desk: &dyn Desk, id: ArticleId) -> Option<TermId> {
    filed(desk, id, TermsFrom::Section)?.first().copied()
}

/// The terms of an article in a taxonomy that the site has.
fn filed(desk: &dyn Desk, id: ArticleId, from: TermsFrom) -> Option<Vec<TermId>> {
    let place = desk.config().taxonomies.iter().position(|taxonomy| taxonomy.from == from)?;
    Some(desk.terms_of(id, place))
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
    let heading = escaped(&label(desk.config(), "corrections"));
    format!("<p><strong>{heading}</strong></p><ul>{}</ul>", items.collect::<String>())
}
