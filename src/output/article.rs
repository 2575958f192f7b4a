//! An article's page.

use super::byline::by;
use super::card::{image, summary};
use super::context::{brief, extend, free, page, value};
use super::document;
use super::json_ld;
use super::page_context::PageContext;
use super::recipe::{Addresses, Desk, Finish, Kind, Made, Page, Planner, Subject};
use crate::article::{Article, markdown};
use crate::site::{ArticleId, Site};
use serde::Serialize;
use tera::{Context, Value};

pub(super) static KIND: Kind = Kind { name: "article", plan, make, yields: false, listed: true };

fn plan(site: &Site, planner: &mut Planner) {
    for (id, address) in (0..).zip(&site.addresses) {
        planner.add(address, Subject::Article(id), 0);
    }
}

fn make(page: &Page, desk: &dyn Desk) -> Made {
    let Subject::Article(id) = page.subject else { return Made::Failed };
    let site = desk.site();
    let article = site.article(id);
    let Some(html) = desk.content(&article.document, Addresses::Rooted) else { return Made::Failed };
    let (newer, older) = site.neighbours(id);
    let mut context = Context::new();
    context.insert_value("article", extend(desk.card(id), fields(desk, id, &html)));
    context.insert_value("content", Value::safe_string(&html.html));
    context.insert_value("toc", document::toc(&html.toc));
    context.insert_value("newer", newer.map(|id| brief(site, id)).into());
    context.insert_value("older", older.map(|id| brief(site, id)).into());
    context.insert_value(
        "related",
        site.related[id as usize].iter().map(|id| brief(site, *id)).collect::<Vec<_>>().into(),
    );
    let (name, named) = document::template(&article.document, "article.html");
    let page = page_context(page, desk, id, article);
    Made::Template { name, named, context, page, finish: Finish::Text }
}

fn page_context(this: &Page, desk: &dyn Desk, id: ArticleId, article: &Article) -> PageContext {
    let document = &article.document;
    PageContext {
        description: markdown::plain(document.summary.as_deref().unwrap_or(&article.derived_summary)),
        date: Some(article.date.day().to_string()),
        lang: document.language.tag().to_owned(),
        direction: document.language.direction(),
        json_ld: Some(json_ld::article(desk, id)),
        ..page(this, desk, "article", document.title.to_string())
    }
}

/// What an article's own page knows of it besides its card.
fn fields(desk: &dyn Desk, id: ArticleId, html: &markdown::Html) -> Vec<(&'static str, Value)> {
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
    let article = desk.site().article(id);
    let (document, details) = (&article.document, &article.details);
    let standfirst =
        document.summary.is_some().then(|| Value::safe_string(&summary(desk, id, Addresses::Rooted)));
    let corrections: Vec<Value> = details
        .corrections
        .iter()
        .map(|correction| {
            let text = Value::safe_string(&desk.inline(document, &correction.text, Addresses::Rooted));
            value(&Correction { date: correction.date.precise(), text })
        })
        .collect();
    let via = details.via.as_ref().map(|via| value(&Via { name: &via.name, url: via.url.as_deref() }));
    vec![
        // Asked for anew: a card is made once for all lists, and nobody reads what is wrong with it.
        ("image", image(desk, document).into()),
        ("standfirst", standfirst.into()),
        ("words", html.words.into()),
        ("minutes", html.words.div_ceil(WORDS_A_MINUTE).max(1).into()),
        ("id", details.id.as_deref().map(Value::from).into()),
        ("slug", document.slug.as_ref().into()),
        ("original_title", details.original_title.as_deref().map(Value::from).into()),
        ("by", by(desk, article).into()),
        ("via", via.into()),
        ("corrections", corrections.into()),
        ("expires", article.expires.map(|expires| expires.precise()).into()),
        ("extra", document.extra.as_deref().map_or_else(document::no_extra, free)),
    ]
}

/// How fast people read on a screen, roughly: the mean of Brysbaert's review of 2019 for English non-fiction is
/// 238 words a minute.
const WORDS_A_MINUTE: usize = 238;
