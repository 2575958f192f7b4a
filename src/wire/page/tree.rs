//! A page as a tree, and what its elements say of the story.

use dom_query::{Document, NodeId};
use html5ever::tendril::TendrilSink;
use html5ever::tree_builder::TreeBuilderOpts;
use html5ever::{ParseOpts, parse_document};
use std::collections::HashMap;
use url::Url;

/// How deep elements may lie in each other. Browsers end at 512; what lies deeper is an attack or an accident.
const DEEPEST: usize = 512;
/// The most nodes of a page, texts and comments among them.
const MOST_NODES: usize = 500_000;
/// After how many bytes it is looked how many there are. Some pages make many of few bytes: what is not closed is opened again.
const PIECE: usize = 4 * 1024;
/// After how many more nodes it is looked how deep they lie; after an eighth more, once there are many.
const STEP: usize = 1_000;
/// In how many bytes a browser notes from where it saved a page.
const HEAD: usize = 1024;
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

/// Makes spaces of the ends of lines in headlines: their words are glued together else.
pub(super) fn part_lines(document: &Document) {
    document.select("h1 br, h2 br").replace_with_html(" ");
}

/// Takes out what is none of the story: boxes of other stories, which are named so or stand aside and whose text is links for the most
/// part; and what has little text, such as captions, forms for newsletters and notes on cookies.
pub(super) fn take_boxes(document: &Document) {
    const OF_LINKS: &str = "aside, [class*=related i], [class*=recommend i], [class*=read-more i], [class*=also-read i], \
                            [class*=tags i]";
    const SMALL: &str = "figcaption, form, [class*=caption i], [class*=newsletter i], [class*=signup i], [class*=sign-up i], \
                         [data-component=newsletter], [name=EmailSignup], [class*=cookie i], [id*=cookie i], [class*=consent i], [class*=more-on i]";
    const LONGEST: usize = 400;
    // What these are named after is said of the page.
    const WHOLE: [&str; 4] = ["html", "body", "main", "article"];
    let lengths = lengths(document);
    let take = |boxes: &str, is_one: &dyn Fn(&Length) -> bool| {
        for node in document.select(boxes).nodes() {
            let is_whole = WHOLE.iter().any(|name| node.has_name(name));
            if !is_whole && lengths.get(&node.id).is_some_and(is_one) {
                node.remove_from_parent();
            }
        }
    };
    take(SMALL, &|length| length.all <= LONGEST);
    take(OF_LINKS, &|length| length.linked * 2 > length.all);
}

/// Takes out the standfirst, where one element is named so, and gives its text.
pub(super) fn take_standfirst(document: &Document) -> Option<String> {
    const NAMES: &str =
        "[class*=standfirst i], [data-gu-name=standfirst], [class*=subtitle i], [class*=article__subhead i]";
    let named = document.select(NAMES);
    let [standfirst] = named.nodes() else { return None };
    let text = standfirst.formatted_text().to_string();
    let is_one = (1..=LONGEST_HEADING).contains(&text.trim().chars().count());
    is_one.then(|| standfirst.remove_from_parent());
    is_one.then_some(text)
}

/// When the page was published, as the first time on it that a program can read says.
pub(super) fn time(document: &Document) -> Option<String> {
    let times = ["article time[datetime]", "main time[datetime]", "time[datetime]"];
    let time = times.iter().find_map(|time| document.select_single(time).attr("datetime"))?;
    Some(time.to_string())
}

/// How long a text is in bytes, its spaces left out, and how much of it is links.
#[derive(Debug, Clone, Copy, Default)]
struct Length {
    all: usize,
    linked: usize,
}

/// The lengths of all elements, each text being looked at once: boxes may lie in each other.
fn lengths(document: &Document) -> HashMap<NodeId, Length> {
    let mut lengths: HashMap<NodeId, Length> = HashMap::new();
    let mut open = vec![(document.root(), false)];
    while let Some((node, is_done)) = open.pop() {
        if !is_done {
            open.push((node, true));
            open.extend(node.children_it(false).map(|below| (below, false)));
            continue;
        }
        let mut length = lengths.get(&node.id).copied().unwrap_or_default();
        if node.is_text() {
            length.all = node.text().split_whitespace().map(str::len).sum();
        } else if node.has_name("a") {
            length.linked = length.all;
        }
        lengths.insert(node.id, length);
        if let Some(parent) = node.parent() {
            let of_parent = lengths.entry(parent.id).or_default();
            of_parent.all += length.all;
            of_parent.linked += length.linked;
        }
    }
    lengths
}

/// The addresses that a page gives as its own, and the one that a browser noted when it saved it, the best first.
pub(super) fn addresses(document: &Document, html: &str) -> Vec<String> {
    let of = |selector: &str, attribute: &str| document.select_single(selector).attr(attribute);
    let saved = saved_from(html).and_then(|address| Url::parse(address).ok());
    let base =
        of("base[href]", "href").and_then(|base| Url::parse(base.trim()).ok()).or_else(|| saved.clone());
    let whole = |address: &str| match &base {
        Some(base) => base.join(address.trim()).ok(),
        None => Url::parse(address.trim()).ok(),
    };
    let canonical = of("link[rel=canonical i][href]", "href").and_then(|address| whole(&address));
    let shared = of("meta[property='og:url'][content]", "content").and_then(|address| whole(&address));
    let is_web = |url: &Url| matches!(url.scheme(), "http" | "https");
    [canonical, shared, saved].into_iter().flatten().filter(is_web).map(String::from).collect()
}

/// `<!-- saved from url=(0023)https://a.example/story -->`, as browsers write it.
fn saved_from(html: &str) -> Option<&str> {
    const LABEL: &str = "<!-- saved from url=(";
    let (_, rest) = html.get(..html.len().min(HEAD)).unwrap_or(html).split_once(LABEL)?;
    let (_, address) = rest.split_once(')')?;
    address.split_whitespace().next()
}

/// The only heading of the first rank; where there is none, those of the second.
pub(super) fn headings(document: &Document) -> Vec<String> {
    const MOST: usize = 20;
    let text = |rank: &str| -> Vec<String> {
        let headings = document.select(rank);
        let texts = headings.nodes().iter().take(MOST).map(|heading| heading.formatted_text().to_string());
        texts.collect()
    };
    let mut headings = text("h1");
    match headings.len() {
        0 => headings = text("h2"),
        1 => {}
        _ => headings.clear(),
    }
    headings.retain(|text| text.chars().count() <= LONGEST_HEADING);
    headings
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(html: &str) -> (Option<String>, Option<String>) {
        let document = parse(html).unwrap();
        part_lines(&document);
        (addresses(&document, html).into_iter().next(), headings(&document).pop())
    }

    #[test]
    fn a_page_tells_its_address_and_its_only_heading() {
        let (address, heading) = told(
            "<meta property=og:url content=https://a.b/2><link rel=Canonical href=https://a.b/1><h1>Dam <b>open</b></h1><p>x",
        );
        assert_eq!((address.as_deref(), heading.as_deref()), (Some("https://a.b/1"), Some("Dam open")));
        let (address, heading) = told("<meta property=og:url content=https://a.b/2><h1>One</h1><h1>Two</h1>");
        assert_eq!((address.as_deref(), heading), (Some("https://a.b/2"), None));
        let (address, heading) = told("<svg><h1>Dam<br>open</h1><link rel=canonical href=https://a.b/x>");
        assert_eq!((address.as_deref(), heading.as_deref()), (Some("https://a.b/x"), Some("Dam open")));
        for (html, address) in [
            ("<base href=https://a.b/x/><link rel=canonical href=/3>", Some("https://a.b/3")),
            ("<!-- saved from url=(0013)https://a.b/5 --><html>", Some("https://a.b/5")),
            ("<!-- saved from url=(0013)https://a.b/5 --><link rel=canonical href=6>", Some("https://a.b/6")),
            ("<link rel=canonical href=/7>", None),
            ("<link rel=canonical href=file:///etc/passwd>", None),
        ] {
            assert_eq!(told(html).0.as_deref(), address, "{html}");
        }
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
