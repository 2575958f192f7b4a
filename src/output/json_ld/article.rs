//! Articles.

use super::breadcrumbs::breadcrumbs;
use super::graph::{Graph, ImageObject, Named, Reference, breadcrumbs_id, website_id};
use super::publisher::{ORGANIZATION, publisher_id};
use crate::article::{Access, Article, Kind, Source, markdown};
use crate::config::Config;
use crate::output::byline::{by, section, tags};
use crate::output::context::label;
use crate::output::desk::{Desk, Item, Picture};
use crate::output::page_context::PageContext;
use crate::site::ArticleId;
use serde::Serialize;

/// What of an article is known only when its page is made.
pub(in crate::output) struct Facts<'a> {
    /// How many words its text has.
    pub(in crate::output) words: usize,
    /// Its own picture.
    pub(in crate::output) picture: Option<&'a Picture>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct NewsArticle<'a> {
    #[serde(rename = "@type")]
    of_type: &'static str,
    #[serde(rename = "@id")]
    id: String,
    url: &'a str,
    main_entity_of_page: Document<'a>,
    headline: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    alternative_headline: Option<&'a str>,
    #[serde(skip_serializing_if = "str::is_empty")]
    description: &'a str,
    date_published: String,
    date_modified: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    expires: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    dateline: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    location_created: Option<Named<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    article_section: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    keywords: Vec<String>,
    in_language: &'a str,
    word_count: usize,
    is_accessible_for_free: bool,
    author: Vec<Named<'a>>,
    publisher: Named<'a>,
    is_part_of: Reference,
    #[serde(skip_serializing_if = "Option::is_none")]
    image: Option<ImageObject<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    is_based_on: Option<Work<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    citation: Vec<Work<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    correction: Vec<CorrectionComment>,
}

/// The page as a document, which the article is the matter of.
#[derive(Serialize)]
struct Document<'a> {
    #[serde(rename = "@type")]
    of_type: &'static str,
    #[serde(rename = "@id")]
    id: &'a str,
    breadcrumb: Reference,
}

/// A source. It may be an agency's report, a press release, a study: that it was created is all that is certain.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Work<'a> {
    #[serde(rename = "@type")]
    of_type: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    author: Option<Named<'a>>,
    publisher: Named<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    source_organization: Option<Named<'a>>,
    credit_text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_published: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    in_language: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    is_accessible_for_free: Option<bool>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct CorrectionComment {
    #[serde(rename = "@type")]
    of_type: &'static str,
    date_published: String,
    text: String,
}

/// An article as a `NewsArticle` or the subtype of its kind.
pub(in crate::output) fn article(
    desk: &dyn Desk,
    id: ArticleId,
    item: &Item<'_>,
    page: &PageContext,
    facts: &Facts<'_>,
) -> tera::Value {
    let (config, article) = (desk.config(), item.article);
    let (document, details) = (&article.document, &article.details);
    let site_home = config.base.home();
    let by = by(desk, article);
    let mut sources = article.sources.iter();
    let principal = sources.next();
    let of_page = breadcrumbs_id(&page.url);
    let mut graph = Graph::of_page(desk);
    graph.add(&NewsArticle {
        of_type: of_kind(article.kind),
        id: format!("{}#article", page.url),
        url: &page.url,
        main_entity_of_page: Document {
            of_type: "WebPage",
            id: &page.url,
            breadcrumb: Reference { id: of_page },
        },
        headline: &document.title,
        alternative_headline: details.original_title.as_deref(),
        description: &page.description,
        date_published: article.date.precise(),
        date_modified: article.effective_date().precise(),
        expires: article.expires.map(|expires| expires.precise()),
        dateline: article.place.as_deref().or_else(|| principal?.dateline.as_deref()),
        location_created: article.place.as_deref().map(|place| Named::new("Place", place)),
        article_section: section(desk, id),
        keywords: tags(desk, id),
        in_language: document.language.tag(),
        word_count: facts.words,
        is_accessible_for_free: true,
        author: authors(desk, &by, &site_home),
        publisher: publisher(desk, &site_home),
        is_part_of: Reference { id: website_id(&site_home) },
        image: image(desk, article, page, facts),
        is_based_on: principal
            .map(|source| Work { name: details.original_title.as_deref(), ..work(source, config) }),
        citation: sources.map(|source| work(source, desk.config())).collect(),
        correction: corrections(article),
    });
    graph.add(&breadcrumbs(desk, page));
    graph.finish()
}

fn of_kind(kind: Kind) -> &'static str {
    match kind {
        // For a few lines and for what an interested party sent, schema.org has no type of their own.
        Kind::News | Kind::Brief | Kind::PressRelease => "NewsArticle",
        Kind::Analysis => "AnalysisNewsArticle",
        Kind::Opinion => "OpinionNewsArticle",
        Kind::Background => "BackgroundNewsArticle",
    }
}

/// Who wrote our text. Names are those of people, but for the publisher's and the site's own; where nobody is named,
/// the publisher answers for the article.
fn authors<'a>(desk: &'a dyn Desk, by: &'a [String], home: &str) -> Vec<Named<'a>> {
    if by.is_empty() {
        return vec![publisher(desk, home)];
    }
    let (own, title) = (publisher(desk, home).name, &desk.config().title);
    let author = |name: &'a String| {
        if name == own || name == title { publisher(desk, home) } else { Named::new("Person", name) }
    };
    by.iter().map(author).collect()
}

/// The publisher by name; the rest is in the graph, under the same `@id`.
fn publisher<'a>(desk: &'a dyn Desk, home: &str) -> Named<'a> {
    let config = desk.config();
    let name = config.publisher.as_ref().map_or(&config.title, |publisher| &publisher.name);
    Named { of_type: ORGANIZATION, id: Some(publisher_id(home)), name }
}

/// The article's own picture, else the card that is drawn for it. The logo is no picture of the article.
fn image<'a>(
    desk: &dyn Desk,
    article: &'a Article,
    page: &PageContext,
    facts: &Facts<'_>,
) -> Option<ImageObject<'a>> {
    let own = facts.picture.zip(article.document.image.as_deref()).and_then(|(picture, image)| {
        let url = desk.config().base.absolute(&picture.src);
        let object = ImageObject::new(url, picture.size);
        let named =
            ImageObject { caption: image.caption.as_deref(), credit_text: image.credit.as_deref(), ..object };
        named.can_be_fetched().then_some(named)
    });
    let drawn = || page.image.as_ref().filter(|image| image.large);
    own.or_else(|| drawn().map(|image| ImageObject::new(image.url.clone(), image.size())))
}

fn work<'a>(source: &'a Source, config: &Config) -> Work<'a> {
    let outlet = &*source.name;
    let is_organization =
        |name: &str| name == outlet || source.agencies.iter().any(|agency| **agency == *name);
    let author = |name| {
        let of_type = if is_organization(name) { "Organization" } else { "Person" };
        Named::new(of_type, name)
    };
    Work {
        of_type: "CreativeWork",
        name: None,
        url: source.url.as_deref(),
        author: source.author.as_deref().map(author),
        publisher: Named::new("Organization", outlet),
        source_organization: source.agency().map(|agency| Named::new("Organization", agency)),
        credit_text: credit(source, config),
        date_published: source.date.map(|date| date.precise()),
        in_language: source.lang.as_deref(),
        // To search engines, what wants a registration is not free either.
        is_accessible_for_free: source.url.is_some().then_some(source.access == Access::Free),
    }
}

/// Who is to be credited for a source, as the page says it: `Sputnik via Pakistan Point News`.
fn credit(source: &Source, config: &Config) -> String {
    let Some(agency) = source.agency() else { return source.name.to_string() };
    let words = label(config, "source_via");
    let parts: Vec<String> =
        words.split("{agency}").map(|part| part.replace("{outlet}", &source.name)).collect();
    parts.join(agency)
}

fn corrections(article: &Article) -> Vec<CorrectionComment> {
    let corrections = article.details.corrections.iter();
    let comment = corrections.map(|correction| CorrectionComment {
        of_type: "CorrectionComment",
        date_published: correction.date.precise(),
        text: markdown::plain(&correction.text),
    });
    comment.collect()
}
