//! A page as a tree, and what its elements say of the story.

use dom_query::{Document, NodeRef};
use html5ever::tendril::TendrilSink;
use html5ever::tree_builder::TreeBuilderOpts;
use html5ever::{ParseOpts, parse_document};

/// How deep elements may lie in each other. Browsers end at 512; what lies deeper is an attack or an accident.
const DEEPEST: usize = 512;
/// The most nodes of a page, texts and comments among them.
const MOST_NODES: usize = 500_000;
/// After how many bytes it is looked whether a page is still one to be read.
const PIECE: usize = 16 * 1024;
/// The longest heading, in characters: one that is not closed holds all that comes after it.
const LONGEST_HEADING: usize = 300;

/// Parses a page; `None` where its elements lie too deep in each other, or are too many. Each element costs the parser a look
/// at those it lies in, and some pages make many of few bytes, so what is too much is found while it is parsed.
pub(super) fn parse(html: &str) -> Option<Document> {
    let tree_builder = TreeBuilderOpts { scripting_enabled: false, ..TreeBuilderOpts::default() };
    let mut parser = parse_document(Document::default(), ParseOpts { tree_builder, ..ParseOpts::default() });
    let mut rest = html;
    while !rest.is_empty() {
        let end = (PIECE..rest.len()).find(|at| rest.is_char_boundary(*at)).unwrap_or(rest.len());
        let (piece, after) = rest.split_at(end);
        parser.process(piece.into());
        rest = after;
        let document = &parser.tokenizer.sink.sink;
        if document.tree.len() > MOST_NODES || depth_of_last(document) > DEEPEST {
            return None;
        }
    }
    let document = parser.finish();
    (deepest(&document) <= DEEPEST).then_some(document)
}

/// How deep that lies which stands last in a page.
fn depth_of_last(document: &Document) -> usize {
    std::iter::successors(Some(document.root()), NodeRef::last_child).take(DEEPEST + 2).count()
}

/// How deep anything lies.
fn deepest(document: &Document) -> usize {
    let (mut deepest, mut open) = (0, vec![(document.root(), 0)]);
    while let Some((node, depth)) = open.pop() {
        deepest = deepest.max(depth);
        open.extend(node.children_it(false).map(|child| (child, depth + 1)));
    }
    deepest
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
            assert!(parse(&html).is_some(), "{}…", &html[..3]);
        }
    }
}
