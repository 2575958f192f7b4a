//! Structured data by schema.org.

use super::byline::{by, tags};
use super::recipe::Desk;
use crate::article::{Kind, markdown};
use crate::site::ArticleId;
use serde_json::{Value, json};

/// An article as a `NewsArticle` or the subtype of its kind: JSON that cannot end the script element it is in.
pub(super) fn article(desk: &dyn Desk, id: ArticleId) -> tera::Value {
    let site = desk.site();
    let (config, article) = (&site.config, site.article(id));
    let document = &article.document;
    let kind = match article.kind {
        Kind::News | Kind::Brief | Kind::PressRelease => "NewsArticle",
        Kind::Analysis => "AnalysisNewsArticle",
        Kind::Opinion => "OpinionNewsArticle",
        Kind::Background => "BackgroundNewsArticle",
    };
    let mut data = json!({
        "@context": "https://schema.org",
        "@type": kind,
        "headline": document.title,
        "datePublished": article.date.precise(),
        "dateModified": article.effective_date().precise(),
        "inLanguage": document.language.tag(),
        "mainEntityOfPage": config.base.url_to(site.address(id)),
        "description": document.summary.as_deref().map_or_else(|| article.derived_summary.to_string(), markdown::plain),
    });
    let authors: Vec<Value> =
        by(desk, article).iter().map(|name| json!({ "@type": "Person", "name": name })).collect();
    let citations: Vec<&str> = article.sources.iter().filter_map(|source| source.url.as_deref()).collect();
    let corrections = article.details.corrections.iter().map(|correction| {
        json!({
            "@type": "CorrectionComment",
            "datePublished": correction.date.precise(),
            "text": markdown::plain(&correction.text),
        })
    });
    let corrections: Vec<Value> = corrections.collect();
    let optional = [
        ("author", (!authors.is_empty()).then(|| json!(authors))),
        ("correction", (!corrections.is_empty()).then(|| json!(corrections))),
        ("isBasedOn", (!citations.is_empty()).then(|| json!(citations))),
        ("dateline", article.place.as_ref().map(|place| json!(place))),
        ("articleSection", article.section.as_ref().map(|section| json!(section))),
        ("keywords", (!article.tags.is_empty()).then(|| json!(tags(desk, id)))),
        (
            "publisher",
            config
                .publisher
                .as_ref()
                .map(|publisher| json!({ "@type": "Organization", "name": publisher.name })),
        ),
    ];
    for (key, value) in optional {
        if let Some(value) = value {
            data[key] = value;
        }
    }
    tera::Value::safe_string(&escape(&data))
}

/// JSON in which no `<`, `>` or `&` is left to mean something to an HTML parser.
fn escape(data: &Value) -> String {
    data.to_string().replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_script_cannot_be_ended_from_within() {
        let text = escape(&json!({ "headline": "</script><script>alert(1)" }));
        assert!(!text.contains('<'));
        assert_eq!(serde_json::from_str::<Value>(&text).unwrap()["headline"], "</script><script>alert(1)");
    }
}
