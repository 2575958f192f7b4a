//! A page as a tree, and what its elements say of the story.

use dom_query::Document;
use html5ever::tendril::TendrilSink;
use html5ever::tree_builder::TreeBuilderOpts;
use html5ever::{ParseOpts, parse_document};

/// How deep elements may lie in each other. Browsers end at 512; what lies deeper is an attack or an accident.
const DEEPEST: usize = 512;
/// The most nodes of a page, texts and comments among them.
const MOST_NODES: usize = 500_000;
/// After how many bytes it is looked how many there are. Some pages make many of few bytes: what is not closed is opened again.
const PIECE: usize = 4 * 1024;
/// After how many more nodes it is looked how deep they lie; after an eighth more, once there are many.
const STEP: usize = 1_000;
/// The longest heading, in characters: one that is not closed holds all that comes after it.
const LONGEST_HEADING: usize = 300;

/// Parses a page; `None` where its elements lie too deep in each other, or are too many. Each element costs the parser a look
/// at those it lies in, so what is too much is found while it is parsed.
pub(super) fn parse(html: &str) -> Option<Document> {
    let tree_builder = TreeBuilderOpts { scripting_enabled: false, ..TreeBuilderOpts::default() };
    let mut parser = parse_document(Document::default(), ParseOpts { tree_builder, ..ParseOpts::default() });
    let (mut rest, mut looked_at) = (html, 0);
    while !rest.is_empty() {
        let end = (PIECE..rest.len()).find(|at| rest.is_char_boundary(*at)).unwrap_or(rest.len());
        let (piece, after) = rest.split_at(end);
        parser.process(piece.into());
        rest = after;
        let document = &parser.tokenizer.sink.sink;
        let nodes = document.tree.len();
        if nodes > MOST_NODES {
            return None;
        }
        if nodes > looked_at + STEP.max(looked_at / 8) {
            looked_at = nodes;
            is_flat(document).then_some(())?;
        }
    }
    let document = parser.finish();
    is_flat(&document).then_some(document)
}

/// Whether nothing lies deeper than it may, templates and what they hold counted alike.
fn is_flat(document: &Document) -> bool {
    let mut open = vec![(document.root(), 0)];
    while let Some((node, depth)) = open.pop() {
        if depth > DEEPEST {
            return false;
        }
        let held = node.query(|node| node.as_element()?.template_contents).flatten();
        let held = held.and_then(|held| document.tree.get(&held));
        open.extend(node.children_it(false).chain(held).map(|below| (below, depth + 1)));
    }
    true
}

/// The address that a page gives as its own.
pub(super) fn address(document: &Document) -> Option<String> {
    let of = |selector: &str, attribute: &str| {
        let value = document.select_single(selector).attr(attribute)?;
        Some(value.trim().to_owned()).filter(|value| !value.is_empty())
    };
    of("link[rel=canonical i][href]", "href").or_else(|| of("meta[property='og:url'][content]", "content"))
}

/// The only heading of the first rank.
pub(super) fn heading(document: &Document) -> Option<String> {
    let headings = document.select("h1");
    let [heading] = headings.nodes() else { return None };
    Some(heading.formatted_text().to_string()).filter(|text| text.chars().count() <= LONGEST_HEADING)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(html: &str) -> (Option<String>, Option<String>) {
        let document = parse(html).unwrap();
        (address(&document), heading(&document))
    }

    #[test]
    fn a_page_tells_its_address_and_its_only_heading() {
        let (address, heading) = told(
            "<meta property=og:url content=https://a.b/2><link rel=Canonical href=https://a.b/1><h1>Dam <b>open</b></h1><p>x",
        );
        assert_eq!((address.as_deref(), heading.as_deref()), (Some("https://a.b/1"), Some("Dam open")));
        let (address, heading) = told("<meta property=og:url content=https://a.b/2><h1>One</h1><h1>Two</h1>");
        assert_eq!((address.as_deref(), heading), (Some("https://a.b/2"), None));
        let (address, heading) = told("<svg><h1>Dam<br>open</h1><link rel=canonical href=/x>");
        assert_eq!((address.as_deref(), heading.as_deref()), (Some("/x"), Some("Dam\nopen")));
        assert_eq!(told(&format!("<h1>Dam open<p>{}", "It rained. ".repeat(100))).1, None);
    }

    #[test]
    fn what_is_too_much_is_not_parsed_to_its_end() {
        for html in [
            "<div>".repeat(100_000),
            "<div/>".repeat(100_000),
            "<div></x>".repeat(100_000),
            format!("<svg>{}", "<div>".repeat(100_000)),
            format!("<svg><title>{}", "<b/>".repeat(100_000)),
            format!("<template>{}", "<div>".repeat(100_000)),
            "<table><tr><td>".repeat(50_000),
            // Each of these is opened again by the paragraph after it.
            (0..2_000).map(|n| format!("<p><b id={n}>")).collect(),
            "<i>".repeat(2 * MOST_NODES),
        ] {
            assert!(parse(&html).is_none(), "{}…", &html[..30]);
        }
        for html in [
            format!("<p><svg>{}</svg>", "<path/>".repeat(5_000)),
            format!("<svg>{}", "<path/>".repeat(5_000)),
            "<p>One<li>Two<br>".repeat(5_000),
            "é".repeat(PIECE),
        ] {
            assert!(parse(&html).is_some(), "{} bytes", html.len());
        }
    }
}
