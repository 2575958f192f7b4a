//! The news sitemap: what was published in the last two days, for search engines that list news. The protocol
//! wants it left out when empty, and allows 1,000 items.

use super::desk::{Desk, Item};
use super::recipe::{Kind, Made, Page, Planner};
use super::subject::Subject;
use super::xml;
use crate::site::Site;

pub(super) static KIND: Kind = Kind { name: "news_sitemap", plan, make, yields: false, listed: false };

/// The most items, by the protocol.
const MOST: usize = 1_000;

fn plan(site: &Site, planner: &mut Planner) {
    if site.config.news_sitemap && !site.recent.is_empty() {
        planner.add("/news-sitemap.xml", Subject::Site, 0);
    }
}

fn make(_: &Page, desk: &dyn Desk) -> Made {
    let config = desk.config();
    let publication = &config.title;
    let namespaces = [("news", "http://www.google.com/schemas/sitemap-news/0.9")];
    let written = xml::document("urlset", &namespaces, |writer| {
        desk.recent().iter().take(MOST).try_for_each(|id| {
            let Item { article, address, .. } = desk.article(*id);
            xml::element(writer, "url", |writer| {
                xml::text(writer, "loc", &config.base.url_to(address))?;
                xml::element(writer, "news:news", |writer| {
                    xml::element(writer, "news:publication", |writer| {
                        xml::text(writer, "news:name", publication)?;
                        xml::text(writer, "news:language", &language(article.document.language.tag()))
                    })?;
                    xml::text(writer, "news:publication_date", &article.date.precise())?;
                    xml::text(writer, "news:title", &article.document.title)
                })
            })
        })
    });
    written.map_or(Made::Failed, Made::Bytes)
}

/// The protocol wants ISO 639 codes, and for Chinese its two scripts.
fn language(tag: &str) -> String {
    let primary = tag.split('-').next().unwrap_or(tag).to_ascii_lowercase();
    match primary.as_str() {
        "zh" if tag.contains("TW") || tag.contains("Hant") => "zh-tw".to_owned(),
        "zh" => "zh-cn".to_owned(),
        _ => primary,
    }
}
