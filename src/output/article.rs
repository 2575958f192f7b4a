//! An article's page.

use super::byline::by;
use super::card::summary;
use super::context::{brief, extend, free, value};
use super::desk::{Addresses, Desk, Item};
use super::document;
use super::frame::{is_structured, page};
use super::json_ld;
use super::page_context::PageContext;
use super::recipe::{Kind, Made, Page, Planner};
use super::sharing;
use super::subject::Subject;
use crate::article::{Article, markdown};
use crate::site::{ArticleId, Site};
use rayon::prelude::*;
use serde::Serialize;
use tera::{Context, Value};

pub(super) static KIND: Kind = Kind { name: "article", plan, make, yields: false, listed: true };

fn plan(site: &Site, planner: &mut Planner) {
    let articles = site.addresses.par_iter().enumerate();
    planner.add_all(articles.map(|(id, address)| (&**address, Subject::Article(id as ArticleId))));
}

fn make(page: &Page, desk: &dyn Desk) -> Made {
    let Subject::Article(id) = page.subject else { return Made::Failed };
    let item = desk.article(id);
    let document = &item.article.document;
    let Some(html) = desk.content(document, Addresses::Rooted) else { return Made::Failed };
    let (name, named) = document::template(document, "article.html");
    let reads = |variable: &str| desk.reads(&name, variable);
    let mut context = Context::new();
    let has_own_fields = OWN_FIELDS.iter().any(|field| desk.reads_field(&name, "article", field));
    let card = desk.card(id);
    let article = if has_own_fields {
        extend(card, fields(desk, &item, &html))
    } else {
        proofread(desk, item.article);
        card
    };
    context.insert_value("article", article);
    context.insert_value("content", Value::safe_string(&html.html));
    if reads("toc") {
        context.insert_value("toc", document::toc(&html.toc));
    }
    if reads("newer") || reads("older") {
        let (newer, older) = desk.neighbours(id);
        context.insert_value("newer", newer.map(|id| brief(desk, id)).into());
        context.insert_value("older", older.map(|id| brief(desk, id)).into());
    }
    if reads("related") {
        let related = desk.related(id).iter().map(|id| brief(desk, *id));
        context.insert_value("related", related.collect::<Vec<_>>().into());
    }
    let page = page_context(page, desk, &name, id, &item, html.words);
    Made::Template { name, named, context, page }
}

fn page_context(
    this: &Page,
    desk: &dyn Desk,
    template: &str,
    id: ArticleId,
    item: &Item<'_>,
    words: usize,
) -> PageContext {
    let article = item.article;
    let document = &article.document;
    // Asked for anew: the card has it too, but is made once for all lists, and nobody reads what is wrong with it.
    let picture =
        document.image.as_deref().and_then(|image| desk.picture(document, &image.src, &image.location));
    let is_described =
        ["description", "json_ld", "meta"].iter().any(|it| desk.reads_field(template, "page", it));
    let summary = document.summary.as_deref().unwrap_or(&article.derived_summary);
    let mut page = PageContext {
        description: if is_described { markdown::plain(summary) } else { String::new() },
        date: Some(article.date.day().to_string()),
        lang: document.language.tag().to_owned(),
        direction: document.language.direction(),
        image: sharing::of_article(desk, document, item.address, picture.as_ref()),
        ..page(this, desk, template, "article", document.title.to_string())
    };
    if is_structured(desk, template) {
        let facts = json_ld::Facts { words, picture: picture.as_ref() };
        page.json_ld = Some(json_ld::article(desk, id, item, &page, &facts));
    }
    page
}

/// Looks for what is wrong in the front matter's Markdown where no template shows it: lists pass over it in silence.
fn proofread(desk: &dyn Desk, article: &Article) {
    let corrections = article.details.corrections.iter().map(|correction| &correction.text);
    // Only links and pictures can be wrong.
    let texts = article.document.summary.iter().chain(corrections);
    for text in texts.filter(|text| text.contains(['[', '<'])) {
        desk.inline(&article.document, text, Addresses::Rooted);
    }
}

/// The fields that an article has on its own page alone, in the order of their values in [`fields`].
const OWN_FIELDS: [&str; 11] = [
    "standfirst",
    "words",
    "minutes",
    "id",
    "slug",
    "original_title",
    "by",
    "via",
    "corrections",
    "expires",
    "extra",
];

/// What an article's own page knows of it besides its card.
fn fields(
    desk: &dyn Desk,
    item: &Item<'_>,
    html: &markdown::Html,
) -> impl Iterator<Item = (&'static str, Value)> {
    #[derive(Serialize)]
    struct Via<'a> {
        name: &'a str,
        url: Option<&'a str>,
    }
    #[derive(Serialize)]
    struct Correction {
        date: String,
        text: Value,
    }
    let article = item.article;
    let (document, details) = (&article.document, &article.details);
    let standfirst =
        document.summary.is_some().then(|| Value::safe_string(&summary(desk, article, Addresses::Rooted)));
    let corrections: Vec<Value> = details
        .corrections
        .iter()
        .map(|correction| {
            let text = Value::safe_string(&desk.inline(document, &correction.text, Addresses::Rooted));
            value(&Correction { date: correction.date.precise(), text })
        })
        .collect();
    let via = details.via.as_ref().map(|via| value(&Via { name: &via.name, url: via.url.as_deref() }));
    let values = [
        standfirst.into(),
        html.words.into(),
        html.words.div_ceil(WORDS_A_MINUTE).max(1).into(),
        details.id.as_deref().map(Value::from).into(),
        document.slug.as_ref().into(),
        details.original_title.as_deref().map(Value::from).into(),
        by(desk, article).into(),
        via.into(),
        corrections.into(),
        article.expires.map(|expires| expires.precise()).into(),
        document.extra.as_deref().map_or_else(document::no_extra, free),
    ];
    std::iter::zip(OWN_FIELDS, values)
}

/// How fast people read on a screen, roughly: the mean of Brysbaert's review of 2019 for English non-fiction is
/// 238 words a minute.
const WORDS_A_MINUTE: usize = 238;
