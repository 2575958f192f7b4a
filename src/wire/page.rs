//! A web page that was saved, as the text of its story and what its head says of it.

use super::copy::{self, Paragraph};
use super::story::PageHead;
use super::when;
use chrono::NaiveDate;
use dom_smoothie::{Config, Readability, TextMode};
use html5gum::{Token, Tokenizer};
use std::thread;

/// How deep elements may lie in each other. Browsers end at 512; what lies deeper is an attack or an accident.
const DEEPEST: usize = 512;
/// Parsing walks down a page by calling itself: a level takes less than 16 KiB.
const STACK: usize = 64 * 1024 * 1024;
/// The most elements of a page.
const MOST_ELEMENTS: usize = 200_000;

/// Why a page has no story.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoStory {
    /// Its elements lie too deep in each other, or are too many.
    TooComplex,
    /// There is no text in it that could be one.
    NoText,
}

/// Whether a text is a web page.
pub fn is_page(text: &str) -> bool {
    let start: String = text.trim_start_matches(['\u{feff}', ' ', '\n', '\t']).chars().take(2000).collect();
    let start = start.to_ascii_lowercase();
    let begins = ["<!doctype html", "<html", "<head", "<body", "<article", "<!--", "<?xml"]
        .iter()
        .any(|begin| start.starts_with(begin));
    begins
        && (start.contains("<html")
            || start.contains("<body")
            || start.contains("<article")
            || start.contains("<head"))
}

/// The story of a page: its text alone, so that no script or style of the page is left.
///
/// # Errors
/// There is none to be found.
pub fn read(html: &str) -> Result<(Vec<Paragraph>, PageHead), NoStory> {
    let tags = Tags::of(html);
    if tags.deepest > DEEPEST {
        return Err(NoStory::TooComplex);
    }
    let extract = || {
        let config = Config {
            text_mode: TextMode::Formatted,
            max_elements_to_parse: MOST_ELEMENTS,
            ..Config::default()
        };
        Readability::new(html, None, Some(config)).ok()?.parse().ok().map(|article| {
            let text = article.text_content.to_string();
            let given =
                |text: Option<String>| text.map(|text| copy::cleaned(&text)).filter(|text| !text.is_empty());
            let head = PageHead {
                title: given(Some(article.title)),
                summary: given(article.excerpt),
                author: given(article.byline).map(without_by),
                published: article.published_time.as_deref().and_then(day),
                outlet: given(article.site_name),
                heading: tags.heading.as_deref().map(copy::cleaned).filter(|text| !text.is_empty()),
                url: tags
                    .address
                    .clone()
                    .or(article.url)
                    .filter(|url| url.starts_with("http://") || url.starts_with("https://")),
            };
            (text, head)
        })
    };
    // A thread of its own has the stack for it, and what a library cannot take ends there.
    let found = thread::scope(|scope| {
        let thread = thread::Builder::new().stack_size(STACK).spawn_scoped(scope, extract);
        thread.ok().and_then(|thread| thread.join().ok()).flatten()
    });
    let (text, mut head) = found.ok_or(NoStory::NoText)?;
    let paragraphs = copy::paragraphs(&text);
    if paragraphs.is_empty() {
        return Err(NoStory::NoText);
    }
    // Without a description, a page's first paragraph is given out as one.
    head.summary = head.summary.filter(|summary| {
        !paragraphs.iter().any(|paragraph| paragraph.text.starts_with(summary.trim_end_matches('…')))
    });
    head.title = head.title.map(|title| without_outlet(&title, head.outlet.as_deref()));
    Ok((paragraphs, head))
}

/// A headline without the name of the outlet after it, as it stands in the titles of pages.
fn without_outlet(title: &str, outlet: Option<&str>) -> String {
    let ends = [" | ", " - ", " – ", " — "];
    let parts = ends.iter().filter_map(|between| title.rsplit_once(between));
    let without = parts
        .filter(|(_, end)| outlet.is_some_and(|outlet| outlet.eq_ignore_ascii_case(end.trim())))
        .map(|(rest, _)| rest);
    without.min_by_key(|rest| rest.len()).unwrap_or(title).trim().to_owned()
}

fn without_by(author: String) -> String {
    match author.get(..3) {
        Some(by) if by.eq_ignore_ascii_case("by ") => author[3..].trim().to_owned(),
        _ => author,
    }
}

/// The day of a time as pages give it: RFC 3339 as a rule. The day is that of the zone it is given in.
fn day(time: &str) -> Option<NaiveDate> {
    let (day, _) = when::leading(time.trim().split('T').next()?)?;
    day.resolve(None)
}

/// What the tags of a page tell, before it is parsed.
#[derive(Debug, Default)]
struct Tags {
    /// How deep elements lie in each other at most. Those that need no end tag do not count, nor does what is drawn or set as a
    /// formula: only there does a slash close an element.
    deepest: usize,
    /// The address that the page gives as its own.
    address: Option<String>,
    /// The only heading of the first rank.
    heading: Option<String>,
}

impl Tags {
    fn of(html: &str) -> Self {
        const WITHOUT_END: [&[u8]; 24] = [
            b"area", b"base", b"br", b"col", b"embed", b"hr", b"img", b"input", b"link", b"meta", b"source",
            b"track", b"wbr", b"p", b"li", b"dt", b"dd", b"option", b"tr", b"td", b"th", b"html", b"head",
            b"body",
        ];
        const OTHER: [&[u8]; 2] = [b"svg", b"math"];
        let mut tags = Self::default();
        let (mut shared, mut headings, mut is_heading) = (None, Vec::new(), false);
        let (mut depth, mut other) = (0_usize, 0_usize);
        for Ok(token) in Tokenizer::new(html) {
            match token {
                Token::StartTag(tag) if OTHER.contains(&tag.name.as_slice()) => {
                    other += usize::from(!tag.self_closing)
                }
                Token::EndTag(tag) if OTHER.contains(&tag.name.as_slice()) => other = other.saturating_sub(1),
                _ if other > 0 => {}
                Token::StartTag(tag) => {
                    depth += usize::from(!WITHOUT_END.contains(&tag.name.as_slice()));
                    let value = |name: &[u8]| {
                        let found = tag.attributes.iter().find(|(key, _)| key.as_slice() == name);
                        found.map(|(_, value)| String::from_utf8_lossy(value.as_slice()).trim().to_owned())
                    };
                    match tag.name.as_slice() {
                        b"link" if value(b"rel").is_some_and(|rel| rel.eq_ignore_ascii_case("canonical")) => {
                            tags.address = tags.address.or_else(|| value(b"href"));
                        }
                        b"meta" if value(b"property").is_some_and(|property| property == "og:url") => {
                            shared = shared.or_else(|| value(b"content"));
                        }
                        b"h1" => {
                            headings.push(String::new());
                            is_heading = true;
                        }
                        _ => {}
                    }
                }
                Token::EndTag(tag) => {
                    depth = depth.saturating_sub(usize::from(!WITHOUT_END.contains(&tag.name.as_slice())));
                    is_heading &= tag.name.as_slice() != b"h1";
                }
                Token::String(text) if is_heading => {
                    headings
                        .last_mut()
                        .into_iter()
                        .for_each(|heading| heading.push_str(&String::from_utf8_lossy(&text)));
                }
                _ => {}
            }
            tags.deepest = tags.deepest.max(depth);
        }
        tags.address = tags.address.or(shared);
        tags.heading = headings.pop().filter(|_| headings.is_empty());
        tags
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(body: &str) -> String {
        format!(
            "<!DOCTYPE html><html lang=en><head><title>The dam reopens | The Paper</title><meta property=og:site_name content='The Paper'>\
             <meta name=author content='By Ada Byron'><meta property=article:published_time content='2021-11-25T23:30:00+05:00'>\
             <script>alert(1)</script></head><body><nav>Home World</nav><article><h1>The dam reopens</h1>{body}</article></body></html>"
        )
    }

    fn story() -> String {
        let text = "The ministry said on Thursday that the dam would open again in the spring, after a long winter in which nothing moved at all, and more.";
        format!(
            "<p>BEIJING (Sputnik) — {text}</p><p>{text}</p><script>steal()</script><p>{text}</p><p>{text}</p>"
        )
    }

    #[test]
    fn a_page_is_its_story() {
        let (paragraphs, head) = read(&page(&story())).unwrap();
        assert_eq!(head.title.as_deref(), Some("The dam reopens"));
        assert_eq!(head.outlet.as_deref(), Some("The Paper"));
        assert_eq!(head.author.as_deref(), Some("Ada Byron"));
        assert_eq!(head.published, NaiveDate::from_ymd_opt(2021, 11, 25));
        let text: Vec<&str> = paragraphs.iter().map(|paragraph| &*paragraph.text).collect();
        assert!(text.iter().any(|text| text.starts_with("BEIJING (Sputnik) — The ministry")), "{text:?}");
        assert!(
            !text
                .iter()
                .any(|text| text.contains("steal") || text.contains("alert") || text.contains("Home World")),
            "{text:?}"
        );
    }

    #[test]
    fn tags_tell_the_address_and_the_only_heading() {
        let tags = Tags::of(
            "<meta property=og:url content=https://a.b/2><link rel=Canonical href=https://a.b/1><h1>Dam <b>open</b></h1><p>x",
        );
        assert_eq!(tags.address.as_deref(), Some("https://a.b/1"));
        assert_eq!(tags.heading.as_deref(), Some("Dam open"));
        let tags = Tags::of("<meta property=og:url content=https://a.b/2><h1>One</h1><h1>Two</h1>");
        assert_eq!((tags.address.as_deref(), tags.heading), (Some("https://a.b/2"), None));
    }

    #[test]
    fn pages_are_told_from_texts() {
        assert!(is_page(&page("")) && is_page("\n <html><body>x") && is_page("<!-- saved --><html>"));
        assert!(!is_page("The <html> element") && !is_page("<b>bold</b> text") && !is_page(""));
    }

    #[test]
    fn what_is_no_story_is_an_error() {
        assert_eq!(read(&page(&"<div>".repeat(100_000))), Err(NoStory::TooComplex));
        assert_eq!(read(&page(&"<div/>".repeat(100_000))), Err(NoStory::TooComplex));
        assert_eq!(Tags::of(&format!("<p><svg>{}</svg>", "<path/>".repeat(1000))).deepest, 0);
        assert_eq!(read("<html><body></body></html>"), Err(NoStory::NoText));
    }
}
