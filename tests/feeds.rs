//! Feeds, read back with a parser that is not ours and compared with the articles they come from.

mod common;

use common::html::Html;
use common::xml::Element;
use common::{Site, files};
use feed_rs::model::{Entry, Feed};
use std::collections::BTreeSet;

const FORMATS: [&str; 3] = ["atom.xml", "rss.xml", "feed.json"];

/// What an article has to come to in a feed.
struct Expected {
    title: &'static str,
    /// The rest of its front matter, as TOML.
    more: &'static str,
    /// Its file, below `content/articles/`, and so its slug.
    file: &'static str,
    date: &'static str,
    published: &'static str,
    updated: &'static str,
    summary: &'static str,
    authors: &'static [&'static str],
    categories: &'static [&'static str],
    source: Option<&'static str>,
}

/// Newest first.
const NASTY: [Expected; 4] = [
    Expected {
        title: "1 < 2 && \"3\" > '2' ]]> &amp; <script>alert(1)</script>",
        more: "tags = [\"a <b>\", \"R&D\"]\nsection = \"World & more\"\nby = [\"A & B\", \"C <c@d.e>\"]\n\
               summary = \"One & *two* < [three](/archive/) ]]>\"\n\
               source = { name = \"P & Q\", url = \"https://p.example/?a=1&b=2\" }\n\
               via = { name = \"V\", url = \"https://v.example/\" }\n\
               corrections = [{ date = 2021-12-02, text = \"It was *not* & [so](two.md)\" }]",
        file: "one.md",
        date: "2021-12-01T10:00:00+01:00",
        published: "2021-12-01T09:00:00+00:00",
        updated: "2021-12-02T00:00:00+00:00",
        summary: "One & two < three ]]>",
        authors: &["A & B", "C <c@d.e>"],
        categories: &["World & more", "a <b>", "R&D"],
        source: Some("https://p.example/?a=1&b=2"),
    },
    Expected {
        title: "👩‍👩‍👧 – “quoted” ‘so’ … é",
        more: "updated = 2021-12-03T08:00:00Z",
        file: "two.md",
        date: "2021-11-30",
        published: "2021-11-30T00:00:00+00:00",
        updated: "2021-12-03T08:00:00+00:00",
        summary: "Body of two, & more.",
        authors: &["Ed & Co"],
        categories: &[],
        source: None,
    },
    Expected {
        title: "خبریں: \u{202e}پاکستان\u{202c} ہے",
        more: "lang = \"ur\"\nsource = { name = \"Dawn\" }",
        file: "three.md",
        date: "2021-11-29T23:59:59Z",
        published: "2021-11-29T23:59:59+00:00",
        updated: "2021-11-29T23:59:59+00:00",
        summary: "Body of three, & more.",
        authors: &["Ed & Co"],
        categories: &[],
        source: None,
    },
    Expected {
        title: "a\u{a0}b\u{2028}cd\u{200b}e\u{ad}",
        more: "id = \"urn:x:<4>&\"",
        file: "four.md",
        date: "2021-11-28T00:00:00Z",
        published: "2021-11-28T00:00:00+00:00",
        updated: "2021-11-28T00:00:00+00:00",
        summary: "Body of four, & more.",
        authors: &["Ed & Co"],
        categories: &[],
        source: None,
    },
];

fn nasty(more_settings: &str) -> Site {
    let site = Site::empty();
    site.write(
        "site.toml",
        format!(
            "base_url = \"https://x.example/digest/\"\ntitle = \"News & <views> ]]>\"\n\
             description = \"A & <b>\"\neditor = \"Ed & Co\"\n{more_settings}"
        ),
    );
    for article in NASTY {
        let title = toml::Value::from(article.title);
        let name = article.file.trim_end_matches(".md");
        let body = format!(
            "Body of {name}, & more.\n\n## Head\n\n[rel](two.md) [home](/) [here](#head) [out](https://o.example/?a&b) \
             ![pic](/favicon.svg)[^1]\n\n[^1]: Note ]]> & [x](three.md).\n\n<div data-x=\"]]>\">raw <b>HTML</b> &copy;</div>\n"
        );
        site.write(
            &format!("content/articles/{}", article.file),
            format!("+++\ntitle = {title}\ndate = {}\n{}\n+++\n{body}", article.date, article.more),
        );
    }
    site
}

fn read(site: &Site, path: &str) -> Feed {
    let bytes = std::fs::read(site.output().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"));
    if path.ends_with(".xml") {
        Element::parse(std::str::from_utf8(&bytes).expect("a feed is UTF-8"));
    }
    let parser = feed_rs::parser::Builder::new().sanitize_content(false).build();
    parser.parse(&*bytes).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn title(entry: &Entry) -> &str {
    &entry.title.as_ref().expect("an entry has a title").content
}

fn content(entry: &Entry) -> &str {
    entry.content.as_ref().and_then(|content| content.body.as_deref()).expect("an entry has content")
}

fn ids(feed: &Feed) -> Vec<&str> {
    feed.entries.iter().map(|entry| entry.id.as_str()).collect()
}

/// Readers take text for text: what HTML says counts, not how it spells it.
fn words(html: &str) -> String {
    Html::parse(html).text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn rel<'a>(entry: &'a Entry, rel: &str) -> Vec<&'a str> {
    let links = entry.links.iter().filter(|link| link.rel.as_deref() == Some(rel));
    links.map(|link| link.href.as_str()).collect()
}

#[test]
fn every_field_comes_back_as_it_was_written() {
    let site = nasty("");
    site.built(&[]);
    for format in FORMATS {
        let feed = read(&site, format);
        assert_eq!(feed.title.as_ref().unwrap().content, "News & <views> ]]>", "{format}");
        assert_eq!(feed.description.as_ref().unwrap().content, "A & <b>", "{format}");
        assert_eq!(feed.entries.len(), NASTY.len(), "{format}");
        for (entry, expected) in feed.entries.iter().zip(NASTY) {
            let what = format!("{format}: {}", expected.file);
            assert_eq!(title(entry), expected.title, "{what}");
            assert_eq!(entry.published.unwrap().to_rfc3339(), expected.published, "{what}");
            if format != "rss.xml" {
                assert_eq!(entry.updated.unwrap().to_rfc3339(), expected.updated, "{what}");
            }
            let authors: BTreeSet<&str> =
                entry.authors.iter().filter_map(|author| author.name.as_deref()).collect();
            assert_eq!(authors, expected.authors.iter().copied().collect(), "{what}");
            let categories: Vec<&str> = entry.categories.iter().map(|name| name.term.as_str()).collect();
            assert_eq!(categories, expected.categories, "{what}");
            let slug = expected.file.trim_end_matches(".md");
            let day = expected.date[..10].replace('-', "/");
            let address = format!("https://x.example/digest/{day}/{slug}/");
            assert!(entry.links.iter().any(|link| link.href == address), "{what}: {:?}", entry.links);
            let own_id = format!("tag:x.example,{}:{slug}", &expected.date[..10]);
            assert_eq!(entry.id, if slug == "four" { "urn:x:<4>&" } else { &own_id }, "{what}");
            let summary = &entry.summary.as_ref().expect("a summary").content;
            // JSON Feed's summary is plain text, that of the others HTML.
            let summary = if format == "feed.json" { summary.clone() } else { words(summary) };
            assert_eq!(summary, expected.summary, "{what}");
        }
    }
}

/// One spelling of a term: pages, feeds and structured data name a section and a tag as the site does.
#[test]
fn categories_are_spelled_as_the_site_spells_them() {
    let site = Site::new();
    for (name, section, tag) in [("a", "WORLD", "R&D"), ("b", "World", "r&d"), ("c", "World", "R&D")] {
        site.article(
            &format!("{name}.md"),
            "2021-12-01",
            &format!("section = \"{section}\"\ntags = [\"{tag}\"]"),
            "x",
        );
    }
    site.built(&[]);
    for format in FORMATS {
        for entry in read(&site, format).entries {
            let categories: Vec<&str> = entry.categories.iter().map(|name| name.term.as_str()).collect();
            assert_eq!(categories, ["World", "R&D"], "{format}");
        }
    }
}

#[test]
fn sources_are_credited() {
    let site = nasty("");
    site.built(&[]);
    let atom = read(&site, "atom.xml");
    for (entry, expected) in atom.entries.iter().zip(NASTY) {
        assert_eq!(rel(entry, "via"), Vec::from_iter(expected.source), "{}", expected.file);
    }
    let rss = Element::parse(&site.read("public/rss.xml"));
    let item = rss.walk().into_iter().find(|element| element.name == "item").expect("an item");
    let source = item.all("source").next().expect("a source");
    assert_eq!((source.text.as_str(), source.attribute("url")), ("P & Q", NASTY[0].source));
    let json: serde_json::Value = serde_json::from_str(&site.read("public/feed.json")).expect("it is JSON");
    assert_eq!(json["items"][0]["external_url"].as_str(), NASTY[0].source);
    assert_eq!(json["items"][0]["url"], "https://x.example/digest/2021/12/01/one/");
}

#[test]
fn content_is_whole_and_its_links_are_too() {
    let site = nasty("");
    site.built(&[]);
    for format in FORMATS {
        let feed = read(&site, format);
        for (entry, expected) in feed.entries.iter().zip(NASTY) {
            let html = content(entry);
            let what = format!("{format}: {}: {html}", expected.file);
            assert!(html.contains("<div data-x=\"]]>\">raw <b>HTML</b> &copy;</div>"), "{what}");
            assert!(words(html).contains("Note ]]> & x."), "{what}");
            let page = Html::parse(html);
            let own = format!(
                "https://x.example/digest/{}/{}/",
                expected.date[..10].replace('-', "/"),
                expected.file.trim_end_matches(".md")
            );
            let found: Vec<&str> = page.addresses.iter().map(|(_, address)| address.as_str()).collect();
            let (head, note, back) = (format!("{own}#head"), format!("{own}#fn-1"), format!("{own}#fnref-1"));
            let mut all = vec![
                "https://x.example/digest/2021/11/30/two/",
                "https://x.example/digest/",
                &head,
                "https://o.example/?a&b",
                "https://x.example/digest/favicon.svg",
                &note,
            ];
            // Raw HTML stands before the footnotes, and has no link of its own here.
            all.extend(["https://x.example/digest/2021/11/29/three/", &back]);
            if expected.file == "one.md" {
                all.push("https://x.example/digest/2021/11/30/two/");
            }
            assert_eq!(found, all, "{what}");
        }
    }
}

#[test]
fn a_correction_reaches_the_page_its_data_and_every_feed() {
    let site = nasty("[feeds]\nper_term = [\"atom\", \"rss\", \"json\"]\n");
    site.built(&[]);
    let text = "It was not & so";
    let page = Html::parse(&site.read("public/2021/12/01/one/index.html"));
    assert!(page.text.contains(text), "{}", page.text);
    let data = page.node("NewsArticle");
    assert_eq!(data["correction"][0]["text"], text);
    assert_eq!(data["correction"][0]["datePublished"], "2021-12-02");
    for format in FORMATS {
        let feed = read(&site, format);
        assert!(words(content(&feed.entries[0])).contains(text), "{format}");
        // A term's feed has summaries alone, and the correction with them.
        let feed = read(&site, &format!("tags/r-d/{format}"));
        let entry = &feed.entries[0];
        let shown = match format {
            "feed.json" => content(entry).to_owned(),
            _ => entry.summary.as_ref().expect("a summary").content.clone(),
        };
        assert!(words(&shown).contains(text), "{format}: {shown}");
    }
}

#[test]
fn the_feeds_of_terms_carry_summaries() {
    let site = nasty("[feeds]\nper_term = [\"atom\", \"rss\", \"json\"]\n");
    site.built(&[]);
    for format in FORMATS {
        let feed = read(&site, &format!("tags/r-d/{format}"));
        assert_eq!(feed.title.as_ref().unwrap().content, "R&D · News & <views> ]]>");
        assert_eq!(ids(&feed), ["tag:x.example,2021-12-01:one"], "{format}");
        assert!(!site.read(&format!("public/tags/r-d/{format}")).contains("Body of one"), "{format}");
        assert!(site.read(&format!("public/{format}")).contains("Body of one"), "{format}");
    }
    let site = nasty("");
    site.built(&[]);
    let files = files(&site.output());
    assert!(files.contains_key("tags/r-d/atom.xml") && !files.contains_key("tags/r-d/rss.xml"));
}

#[test]
fn an_identity_survives_a_new_title_and_with_an_id_a_move() {
    let site = nasty("");
    site.built(&[]);
    let before = FORMATS.map(|format| read(&site, format));
    for article in NASTY {
        let path = format!("content/articles/{}", article.file);
        let text = site.read(&path);
        let (_, rest) = text.split_once("\ndate").expect("it has a date");
        site.write(&path, format!("+++\ntitle = \"Another\"\ndate{rest}"));
    }
    site.built(&[]);
    for (format, before) in FORMATS.into_iter().zip(&before) {
        let after = read(&site, format);
        assert_eq!(ids(&after), ids(before), "{format}");
        assert!(after.entries.iter().all(|entry| title(entry) == "Another"), "{format}");
    }
    let text = site.read("content/articles/four.md").replace("2021-11-28T00", "2021-11-27T00");
    let text = text.replace("(two.md)", "(../two.md)").replace("(three.md)", "(../three.md)");
    std::fs::remove_file(site.path().join("content/articles/four.md")).expect("it is there");
    site.write("content/articles/elsewhere/five.md", text);
    site.built(&[]);
    for (format, before) in FORMATS.into_iter().zip(&before) {
        let after = read(&site, format);
        assert_eq!(ids(&after), ids(before), "{format}");
        assert!(
            after.entries[3].links.iter().any(|link| link.href.ends_with("/2021/11/27/five/")),
            "{format}"
        );
    }
}

#[test]
fn settings_of_feeds_are_heeded() {
    let site =
        nasty("[feeds]\nlimit = 2\ncontent = \"summary\"\nauthority = \"y.example\"\nlink = \"source\"\n");
    site.built(&[]);
    for format in FORMATS {
        let feed = read(&site, format);
        assert_eq!(ids(&feed), ["tag:y.example,2021-12-01:one", "tag:y.example,2021-11-30:two"], "{format}");
        assert!(!site.read(&format!("public/{format}")).contains("<h2"), "{format}");
    }
    let atom = read(&site, "atom.xml");
    assert_eq!(rel(&atom.entries[0], "alternate"), [NASTY[0].source.unwrap()]);
    assert_eq!(rel(&atom.entries[1], "alternate"), ["https://x.example/digest/2021/11/30/two/"]);
    let site = nasty("[feeds]\nformats = [\"json\"]\nper_term = []\n");
    site.built(&[]);
    let feeds: Vec<String> = files(&site.output())
        .into_keys()
        .filter(|path| FORMATS.iter().any(|format| path.ends_with(format)))
        .collect();
    assert_eq!(feeds, ["feed.json"]);
}

#[test]
fn what_is_not_shown_is_in_no_feed_and_does_not_date_it() {
    let site = nasty("");
    site.article("draft.md", "2021-12-03", "draft = true\ntags = [\"R&D\"]", "x");
    site.article("scheduled.md", "2021-12-04", "tags = [\"R&D\"]", "x");
    site.article("expired.md", "2021-12-03", "expires = 2021-12-03T10:00:00Z\ntags = [\"R&D\"]", "x");
    site.built(&[]);
    for path in FORMATS.into_iter().chain(["tags/r-d/atom.xml"]) {
        let feed = read(&site, path);
        let hidden = |entry: &&Entry| ["draft", "scheduled", "expired"].contains(&title(entry));
        assert_eq!(feed.entries.iter().filter(hidden).count(), 0, "{path}");
    }
    assert_eq!(read(&site, "atom.xml").updated.unwrap().to_rfc3339(), "2021-12-03T08:00:00+00:00");
    site.built(&["--drafts", "--scheduled", "--expired"]);
    assert_eq!(read(&site, "atom.xml").entries.len(), NASTY.len() + 3);
}

#[test]
fn the_sample_site_reads_the_same_in_all_formats() {
    let site = Site::sample();
    site.built(&[]);
    let [atom, rss, json] = FORMATS.map(|format| read(&site, format));
    assert!(atom.entries.len() > 5, "the sample has some articles to show");
    for other in [&rss, &json] {
        assert_eq!(ids(&atom), ids(other));
        for (one, other) in atom.entries.iter().zip(&other.entries) {
            assert_eq!((title(one), content(one).trim()), (title(other), content(other).trim()));
            assert_eq!(one.published, other.published);
        }
    }
    let sourced = atom.entries.iter().filter(|entry| !rel(entry, "via").is_empty());
    assert!(sourced.count() > atom.entries.len() / 2, "most have a source that is on the web");
    for entry in &atom.entries {
        let address =
            rel(entry, "alternate")[0].strip_prefix("https://example.github.io/dateline/").expect("ours");
        let page = Html::parse(&site.read(&format!("public/{address}index.html")));
        assert!(page.text.contains(title(entry)), "{address}");
        let beginning: String = words(content(entry)).chars().take(60).collect();
        // Word for word, the page has what the feed says.
        assert!(words(&page.text).contains(&beginning), "{address}");
        assert!(entry.updated >= entry.published && atom.updated >= entry.updated);
    }
}

#[test]
fn the_feeds_of_an_empty_site_are_valid() {
    let site = Site::new();
    site.built(&[]);
    for format in FORMATS {
        let feed = read(&site, format);
        assert_eq!(feed.title.as_ref().unwrap().content, "Test", "{format}");
        assert!(feed.entries.is_empty(), "{format}");
    }
    let atom = Element::parse(&site.read("public/atom.xml"));
    assert_eq!((atom.text_of("id"), atom.text_of("title")), ("https://example.org/", "Test"));
    assert_eq!(atom.text_of("updated"), "1970-01-01T00:00:00+00:00", "Atom wants one");
    let json: serde_json::Value = serde_json::from_str(&site.read("public/feed.json")).expect("it is JSON");
    assert_eq!(json["items"], serde_json::json!([]));
}
