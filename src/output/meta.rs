//! What a page says of itself in `<meta>`: Open Graph (ogp.me), which services read when a page is shared, and what
//! X wants besides. It falls back to Open Graph's title, description and picture.

use super::byline::{section, tags};
use super::desk::Desk;
use super::page_context::{Meta, PageContext};
use super::subject::Subject;
use crate::site::ArticleId;

/// The metadata of a page about `subject`; none for the page of dead addresses, which nobody shares.
pub(super) fn meta(desk: &dyn Desk, subject: Subject, page: &PageContext) -> Vec<Meta> {
    if page.kind == "not_found" {
        return Vec::new();
    }
    let config = desk.config();
    let article = match subject {
        Subject::Article(id) => Some(id),
        _ => None,
    };
    let mut meta = Gathered(Vec::with_capacity(20));
    meta.property("og:type", if article.is_some() { "article" } else { "website" });
    meta.property("og:site_name", &config.title);
    meta.property("og:title", if page.title.is_empty() { &config.title } else { &page.title });
    meta.property("og:url", &page.url);
    if !page.description.is_empty() {
        meta.property("og:description", &page.description);
    }
    if let Some(locale) = locale(&page.lang) {
        meta.property("og:locale", locale);
    }
    if let Some(image) = &page.image {
        meta.property("og:image", &image.url);
        if let Some((width, height)) = image.size() {
            meta.property("og:image:width", width.to_string());
            meta.property("og:image:height", height.to_string());
        }
        if let Some(media_type) = image.media_type {
            meta.property("og:image:type", media_type);
        }
        if !image.alt.is_empty() {
            meta.property("og:image:alt", &image.alt);
        }
    }
    if let Some(id) = article {
        of_article(desk, id, &mut meta);
    }
    let large = page.image.as_ref().is_some_and(|image| image.large);
    meta.name("twitter:card", if large { "summary_large_image" } else { "summary" });
    if let Some(image) = page.image.as_ref().filter(|image| !image.alt.is_empty()) {
        meta.name("twitter:image:alt", &image.alt);
    }
    meta.0
}

/// `article:author` and `article:publisher` are left out: they are addresses of profiles, and names are all we have.
fn of_article(desk: &dyn Desk, id: ArticleId, meta: &mut Gathered) {
    let article = desk.article(id).article;
    meta.property("article:published_time", article.date.precise());
    let modified = Some(article.effective_date()).filter(|changed| changed.is_after(&article.date));
    if let Some(modified) = modified {
        meta.property("article:modified_time", modified.precise());
    }
    if let Some(section) = section(desk, id) {
        meta.property("article:section", section);
    }
    for tag in tags(desk, id) {
        meta.property("article:tag", tag);
    }
}

struct Gathered(Vec<Meta>);

impl Gathered {
    fn property(&mut self, name: &'static str, content: impl Into<String>) {
        self.0.push(Meta { attribute: "property", name, content: content.into() });
    }

    fn name(&mut self, name: &'static str, content: impl Into<String>) {
        self.0.push(Meta { attribute: "name", name, content: content.into() });
    }
}

/// `en_GB`: Open Graph wants the territory, which not every language tag has.
fn locale(tag: &str) -> Option<String> {
    let mut parts = tag.split('-');
    let language = parts.next()?.to_ascii_lowercase();
    // What follows a single letter is an extension or private.
    let region = parts
        .take_while(|part| part.len() > 1)
        .find(|part| part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_alphabetic()))?;
    Some(format!("{language}_{}", region.to_ascii_uppercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_locale_needs_a_region() {
        let cases = [
            ("en", None),
            ("en-gb", Some("en_GB")),
            ("zh-Hant-TW", Some("zh_TW")),
            ("es-419", None),
            ("de-x-at", None),
        ];
        for (tag, expected) in cases {
            assert_eq!(locale(tag).as_deref(), expected, "{tag}");
        }
    }
}
