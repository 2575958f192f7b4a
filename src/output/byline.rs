//! Who wrote an article, and what was put right in it: asked by its page, feeds and structured data alike.

use super::context::{escaped, label};
use super::recipe::{Addresses, Desk};
use crate::article::Article;
use crate::config::TermsFrom;
use crate::site::ArticleId;

/// Who wrote the text: whom the article names, else the site's editor.
pub(super) fn by(desk: &dyn Desk, article: &Article) -> Vec<String> {
    let named: Vec<String> = article.details.by.iter().map(ToString::to_string).collect();
    if named.is_empty() { desk.site().config.editor.clone().into_iter().collect() } else { named }
}

/// The names of an article's tags as the site spells them.
pub(super) fn tags(desk: &dyn Desk, id: ArticleId) -> Vec<String> {
    let site = desk.site();
    let place = site.config.taxonomies.iter().position(|taxonomy| taxonomy.from == TermsFrom::Tags);
    match place {
        None => site.article(id).tags.iter().map(ToString::to_string).collect(),
        Some(place) => {
            let own =
                site.terms_of.get(id as usize).iter().filter(|term| usize::from(term.taxonomy) == place);
            own.map(|term| site.term(*term).name.to_string()).collect()
        }
    }
}

/// The name of an article's section as the site spells it.
pub(super) fn section(desk: &dyn Desk, id: ArticleId) -> Option<String> {
    let site = desk.site();
    let term = site.section(id).map(|term| &site.term(term).name);
    term.or(site.article(id).section.as_ref()).map(ToString::to_string)
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
    let heading = escaped(&label(&desk.site().config, "corrections"));
    format!("<p><strong>{heading}</strong></p><ul>{}</ul>", items.collect::<String>())
}
