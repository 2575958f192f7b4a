//! What a page says of its story as linked data: JSON-LD in the terms of schema.org, alone or one node of a graph, as plugins of
//! WordPress write it.

use super::super::story::PageHead;
use super::super::when;
use dom_query::Document;
use serde_json::Value;
use std::collections::HashMap;

/// The most people that are named as authors.
const MOST_NAMES: usize = 20;

/// What the page says. Where it says nothing of a story, nothing is given.
pub(super) fn head(document: &Document) -> PageHead {
    let scripts = document.select("script[type='application/ld+json' i]");
    let data: Vec<Value> =
        scripts.nodes().iter().filter_map(|script| serde_json::from_str(&script.text()).ok()).collect();
    let nodes: Vec<&Value> = data.iter().flat_map(nodes).collect();
    let Some(story) = nodes.iter().find(|node| is_story(node)) else { return PageHead::default() };
    let by_id: HashMap<&str, &str> =
        nodes.iter().filter_map(|node| Some((node["@id"].as_str()?, node["name"].as_str()?))).collect();
    let text = |key: &str| story[key].as_str().map(str::to_owned);
    PageHead {
        title: None,
        heading: text("headline"),
        summary: text("description"),
        author: names(&story["author"], &by_id),
        published: text("datePublished").as_deref().and_then(when::of_timestamp),
        outlet: names(&story["publisher"], &by_id),
        url: text("url").or_else(|| text("mainEntityOfPage")),
    }
}

/// The nodes of a document: itself, those of a list, or those of its graph.
fn nodes(data: &Value) -> Vec<&Value> {
    match data {
        Value::Array(all) => all.iter().flat_map(nodes).collect(),
        _ => std::iter::once(data).chain(data["@graph"].as_array().into_iter().flatten()).collect(),
    }
}

/// `Article`, `NewsArticle`, `ReportageNewsArticle` and the like.
fn is_story(node: &Value) -> bool {
    let is_one = |kind: &Value| {
        kind.as_str()
            .is_some_and(|kind| kind.ends_with("Article") || matches!(kind, "BlogPosting" | "Report"))
    };
    match &node["@type"] {
        Value::Array(kinds) => kinds.iter().any(is_one),
        kind => is_one(kind),
    }
}

/// The names of people or organisations: given as texts, with nodes of their own, or by the identifiers of such.
fn names<'a>(value: &'a Value, by_id: &HashMap<&str, &'a str>) -> Option<String> {
    let name = |node: &'a Value| {
        let of_other = || by_id.get(node["@id"].as_str()?).copied();
        node.as_str().or_else(|| node["name"].as_str()).or_else(of_other)
    };
    let names: Vec<&str> = match value {
        Value::Array(all) => all.iter().filter_map(name).take(MOST_NAMES).collect(),
        one => name(one).into_iter().collect(),
    };
    Some(names.join(", ")).filter(|names| !names.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::NaiveDate;

    fn read(json: &str) -> PageHead {
        head(&Document::from(format!("<script type='application/ld+json'>{json}</script>")))
    }

    #[test]
    fn a_story_is_found_in_a_graph() {
        let graph = r##"{"@context": "https://schema.org", "@graph": [
            {"@type": "WebSite", "@id": "#site", "name": "The Paper"},
            {"@type": ["Article", "NewsArticle"], "headline": "The dam reopens", "datePublished": "2021-11-25T10:00:00+00:00",
             "author": [{"@id": "#ada"}, {"name": "Bo Li"}], "publisher": {"@id": "#site"}, "url": "https://a.example/dam"},
            {"@type": "Person", "@id": "#ada", "name": "Ada Byron"}]}"##;
        let head = read(graph);
        assert_eq!(head.heading.as_deref(), Some("The dam reopens"));
        assert_eq!(head.author.as_deref(), Some("Ada Byron, Bo Li"));
        assert_eq!(head.outlet.as_deref(), Some("The Paper"));
        assert_eq!(head.published, NaiveDate::from_ymd_opt(2021, 11, 25));
        assert_eq!(head.url.as_deref(), Some("https://a.example/dam"));
    }

    #[test]
    fn what_is_no_story_says_nothing() {
        for json in
            ["", "{", "[]", "null", "3", r#"{"@type": "WebSite", "name": "The Paper"}"#, r#"{"@graph": {}}"#]
        {
            assert_eq!(read(json), PageHead::default(), "{json}");
        }
        assert_eq!(
            read(r#"[{"@type": "NewsArticle", "author": "Ada Byron"}]"#).author.as_deref(),
            Some("Ada Byron")
        );
    }
}
