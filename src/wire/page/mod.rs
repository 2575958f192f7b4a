//! A web page that was saved, as the text of its story and what its head says of it.

mod linked;
mod tree;

use super::byline;
use super::canonical::{canonical, is_front_page};
use super::copy::{self, Paragraph};
use super::fold::folded;
use super::furniture;
use super::story::PageHead;
use super::when;
use dom_smoothie::{Config, Readability, TextMode};
use std::thread;

/// Parts of the work may walk down a page by calling themselves: a level takes less than 16 KiB.
const STACK: usize = 64 * 1024 * 1024;

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
    start.starts_with("<!doctype html")
        || begins
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
    // A thread of its own has the stack for it, and what a library cannot take ends there.
    let (text, mut head) = thread::scope(|scope| {
        let thread = thread::Builder::new().stack_size(STACK).spawn_scoped(scope, || extract(html));
        thread.ok().and_then(|thread| thread.join().ok()).unwrap_or(Err(NoStory::NoText))
    })?;
    let paragraphs = copy::paragraphs(&text);
    if paragraphs.is_empty() {
        return Err(NoStory::NoText);
    }
    head.summary = head.summary.filter(|summary| !is_of_text(summary, &paragraphs));
    head.title = head.title.as_deref().map(|title| without_outlet(title, &head));
    Ok((paragraphs, head))
}

/// Whether a description is the beginning of the text, perhaps with rubrics before it: without a description of its own, that is what a
/// page gives out as one.
fn is_of_text(description: &str, paragraphs: &[Paragraph]) -> bool {
    const SHORTEST: usize = 30;
    let whole = description.trim_end_matches(['…', '.', ' ']);
    let gist = whole.rsplit(": ").next().filter(|gist| gist.len() >= SHORTEST).unwrap_or(whole);
    paragraphs.iter().any(|paragraph| paragraph.text.starts_with(whole) || paragraph.text.contains(gist))
}

/// The text of the story, and what the page says of it.
fn extract(html: &str) -> Result<(String, PageHead), NoStory> {
    let document = tree::parse(html).ok_or(NoStory::TooComplex)?;
    tree::part_lines(&document);
    tree::take_boxes(&document);
    let (addresses, headings) = (tree::addresses(&document, html), tree::headings(&document));
    let (linked, time) = (linked::head(&document), tree::time(&document));
    let standfirst = tree::take_standfirst(&document);
    let config = Config { text_mode: TextMode::Formatted, ..Config::default() };
    let article = Readability::with_document(document, None, Some(config))
        .and_then(|mut readability| readability.parse())
        .map_err(|_| NoStory::NoText)?;
    let given = |text: Option<String>| text.map(|text| copy::cleaned(&text)).filter(|text| !text.is_empty());
    // Some give that of their front page for all of their pages.
    let is_story = |url: &String| canonical(url).is_some_and(|url| !is_front_page(&url));
    let title = given(Some(article.title));
    let is_only = headings.len() == 1;
    let begins_title =
        |heading: &String| title.as_deref().is_some_and(|title| folded(title).starts_with(&folded(heading)));
    let mut headings = headings.into_iter().filter_map(|heading| given(Some(heading)));
    let heading = headings.find(|heading| is_only || begins_title(heading));
    let byline = given(article.byline).or_else(|| given(linked.author));
    let head = PageHead {
        summary: given(standfirst).or_else(|| given(article.excerpt)).or_else(|| given(linked.summary)),
        author: byline.as_deref().and_then(byline::author),
        published: article
            .published_time
            .as_deref()
            .and_then(when::of_timestamp)
            .or(linked.published)
            .or_else(|| byline.as_deref().and_then(furniture::day_in)?.resolve(None))
            .or_else(|| time.as_deref().and_then(when::of_timestamp)),
        outlet: given(article.site_name).or_else(|| given(linked.outlet)),
        heading: heading.or_else(|| given(linked.heading)),
        title,
        url: addresses.into_iter().chain(article.url).chain(linked.url).find(is_story),
    };
    Ok((article.text_content.to_string(), head))
}

/// Whether a heading is the headline in other words: half of its words stand in the title.
fn is_alike(heading: &str, title: &str) -> bool {
    const FEWEST: usize = 3;
    let (heading, title) = (folded(heading), folded(title));
    let words: Vec<&str> = heading.split(' ').collect();
    let shared = words.iter().filter(|word| title.split(' ').any(|other| other == **word)).count();
    words.len() >= FEWEST && shared * 2 >= words.len()
}

/// The headline on the page, or its title without the name of the outlet after it, as it stands in the titles of pages.
fn without_outlet(title: &str, head: &PageHead) -> String {
    if let Some(heading) = head.heading.as_deref().filter(|heading| is_alike(heading, title)) {
        return heading.to_owned();
    }
    let ends = [" | ", " - ", " – ", " — "];
    let parts = ends.iter().filter_map(|between| title.rsplit_once(between));
    let is_outlet = |end: &str| head.outlet.as_deref().is_some_and(|outlet| outlet.eq_ignore_ascii_case(end));
    let is_heading =
        |rest: &str| head.heading.as_deref().is_some_and(|heading| folded(heading) == folded(rest));
    let without = parts.filter(|(rest, end)| is_outlet(end.trim()) || is_heading(rest)).map(|(rest, _)| rest);
    without.min_by_key(|rest| rest.len()).unwrap_or(title).trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::NaiveDate;

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
    fn a_description_that_is_the_text_is_no_summary() {
        for (description, is_kept) in [
            ("India News: BEIJING: The ministry said on Thursday that the dam would open again", false),
            ("BEIJING (Sputnik) — The ministry said…", false),
            ("The dam was shut for a winter", true),
        ] {
            let page = page(&story())
                .replace("<script>", &format!("<meta name=description content='{description}'><script>"));
            assert_eq!(read(&page).unwrap().1.summary.is_some(), is_kept, "{description}");
        }
    }

    #[test]
    fn boxes_of_other_stories_fall_away() {
        let links =
            "<ul><li><a href=/a>Rice will be sold next week</a><li><a href=/b>Oil falls again</a></ul>";
        let story = story();
        for (open, close) in
            [("<div class=related-stories><h4>Related</h4>", "</div>"), ("<aside>", "</aside>")]
        {
            let (paragraphs, _) = read(&page(&format!("{story}{open}{links}{close}{story}"))).unwrap();
            assert!(!paragraphs.iter().any(|paragraph| paragraph.text.contains("Rice")), "{paragraphs:?}");
        }
        let form = "<section class='newsletter-signup'><h3>Sign up for more</h3><p>The day's rice in your inbox.</p><input></section>";
        let (paragraphs, _) = read(&page(&format!("{story}{form}{story}"))).unwrap();
        assert!(!paragraphs.iter().any(|paragraph| paragraph.text.contains("inbox")), "{paragraphs:?}");
        let brief = "<html><body class=no-cookies><h1>Dam</h1><article class=has-caption><h3 class=subhead>Spring</h3><p>The dam will open again in the spring, the ministry said on Thursday, after a winter in which nothing moved.</p></article>";
        let (paragraphs, _) = read(brief).unwrap();
        assert!(paragraphs.iter().any(|paragraph| paragraph.text.starts_with("The dam")), "{paragraphs:?}");
        let (paragraphs, _) = read(&page(&format!("<div class=unrelated>{story}</div>"))).unwrap();
        assert!(paragraphs.iter().any(|paragraph| paragraph.text.contains("Sputnik")), "{paragraphs:?}");
    }

    #[test]
    fn the_headline_on_the_page_is_the_storys() {
        for (title, heading) in [
            ("Dam Q3 | Wire", "<h1>Dam Reports Q3</h1>"),
            ("Dam Reports Q3 - Pakistan - DAWN.COM", "<h2>Dam Reports Q3</h2><h2>More</h2>"),
        ] {
            let page = format!(
                "<html><head><title>{title}</title></head><body><article>{heading}{}</article>",
                story()
            );
            assert_eq!(read(&page).unwrap().1.title.as_deref(), Some("Dam Reports Q3"), "{title}");
        }
    }

    #[test]
    fn a_page_tells_its_day_author_and_standfirst_in_its_body_too() {
        let page = format!(
            "<html><head><title>The dam opens</title></head><body><article><h1>The dam opens</h1><p class=standfirst>It was shut for a winter.</p>\
             <div class=byline>Ada Byron | Updated: May 12, 2025, 09:10 IST</div><figure><img><figcaption>The dam at night</figcaption></figure>{}</article>",
            story()
        );
        let (paragraphs, head) = read(&page).unwrap();
        assert_eq!(
            (head.author.as_deref(), head.summary.as_deref()),
            (Some("Ada Byron"), Some("It was shut for a winter."))
        );
        assert_eq!(head.published, NaiveDate::from_ymd_opt(2025, 5, 12));
        assert!(
            !paragraphs
                .iter()
                .any(|paragraph| paragraph.text.contains("at night") || paragraph.text.contains("a winter."))
        );
        let page = page
            .replace(
                "<div class=byline>",
                "<time datetime=2025-05-11T10:00:00Z>3 weeks ago</time><div class=byline>",
            )
            .replace("Updated: May 12, 2025, 09:10 IST", "");
        assert_eq!(read(&page).unwrap().1.published, NaiveDate::from_ymd_opt(2025, 5, 11));
    }

    #[test]
    fn a_headline_on_two_lines_keeps_its_words_apart() {
        for title in ["The Paper", "The old dam reopens | The Paper"] {
            let page = format!(
                "<html><head><title>{title}</title></head><body><article><h1>The old dam<br>reopens</h1>{}</article>",
                story()
            );
            let (_, head) = read(&page).unwrap();
            assert_eq!(head.heading.as_deref(), Some("The old dam reopens"));
            assert_ne!(head.title.as_deref(), Some("The old damreopens"), "{title}");
        }
    }

    #[test]
    fn the_address_of_a_front_page_is_no_storys() {
        let page = format!(
            "<!doctype html><link rel=canonical href=https://a.b/?utm_source=x><meta property=og:url content=https://a.b/4>\
             <meta property=article:published_time content='Thu, 25 Nov 2021 10:00:00 GMT'><article>{}</article>",
            story()
        );
        assert!(is_page(&page));
        let (_, head) = read(&page).unwrap();
        assert_eq!(head.url.as_deref(), Some("https://a.b/4"));
        assert_eq!(head.published, NaiveDate::from_ymd_opt(2021, 11, 25));
    }

    #[test]
    fn pages_are_told_from_texts() {
        assert!(is_page(&page("")) && is_page("\n <html><body>x") && is_page("<!-- saved --><html>"));
        assert!(!is_page("The <html> element") && !is_page("<b>bold</b> text") && !is_page(""));
    }

    #[test]
    fn what_is_no_story_is_an_error() {
        assert_eq!(read(&page(&"<div>".repeat(100_000))), Err(NoStory::TooComplex));
        assert_eq!(read("<html><body></body></html>"), Err(NoStory::NoText));
    }
}
