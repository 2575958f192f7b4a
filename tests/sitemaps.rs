//! Sitemaps against the pages there are, and against the limits of their protocols.

mod common;

use common::xml::Element;
use common::{Site, files};
use dateline::config::Overrides;
use dateline::date::Given;
use dateline::pipeline::{self, Request};
use dateline::render::{Body, Renderer};
use dateline::site::Visibility;
use dateline::stopwatch::Stopwatch;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

const BASE: &str = "https://example.org/";

#[test]
fn the_sitemap_lists_every_page_for_readers_and_no_other() {
    let site = Site::sample();
    site.write("content/pages/é è.md", "+++\ntitle = \"É\"\naliases = [\"/old/\", \"/older.html\"]\n+++\n");
    site.article(
        "a & b's.md",
        "2021-11-30",
        "tags = [\"R&D\"]\naliases = [\"/was/\"]\nslug = \"a & b's\"",
        "x",
    );
    site.write("static/mine.html", "<p>Not a page of the site's making</p>");
    site.built(&["--base-url", BASE]);
    let (mut pages, mut redirects, mut others) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    for (path, bytes) in files(&site.output()).into_iter().filter(|(path, _)| path.ends_with(".html")) {
        let text = String::from_utf8(bytes).expect("a page is UTF-8");
        // A page names its own address; a redirect names another's, and the 404 page and a stranger none.
        let canonical =
            text.split("<link rel=\"canonical\" href=\"").nth(1).and_then(|rest| rest.split('"').next());
        match canonical {
            Some(address) if !text.contains("noindex") => pages.insert(address.replace("&#39;", "%27")),
            _ if text.contains("http-equiv=\"refresh\"") => redirects.insert(path),
            _ => others.insert(path),
        };
    }
    assert_eq!(others, BTreeSet::from(["404.html", "mine.html"].map(String::from)));
    for old in ["old/index.html", "older.html", "was/index.html"] {
        assert!(redirects.contains(old), "{old}: {redirects:?}");
    }
    let listed = addresses(&Element::parse(&site.read("public/sitemap.xml")));
    assert_eq!(listed.len(), pages.len(), "an address stands twice");
    assert_eq!(BTreeSet::from_iter(listed), pages);
    assert!(site.read("public/robots.txt").contains("Sitemap: https://example.org/sitemap.xml"));
}

#[test]
fn the_date_of_a_page_is_that_of_its_latest_change() {
    let site = Site::new();
    site.write("content/pages/about.md", "+++\ntitle = \"About\"\nupdated = 2021-11-01\n+++\n");
    site.write("content/pages/undated.md", "+++\ntitle = \"Undated\"\n+++\n");
    let tags = |more: &str| format!("tags = [\"T\"]\n{more}");
    site.article("old.md", "2020-01-02", &tags("updated = 2021-11-20T10:00:00+02:00"), "x");
    site.article("bare.md", "2021-11-10", &tags(""), "x");
    let corrected =
        "corrections = [{ date = 2021-11-12, text = \"a\" }, { date = 2021-11-11, text = \"b\" }]";
    site.article("corrected.md", "2021-11-10T12:00:00Z", corrected, "x");
    site.built(&[]);
    let map = Element::parse(&site.read("public/sitemap.xml"));
    let dates: BTreeMap<&str, Option<&str>> = map
        .all("url")
        .map(|url| {
            (&url.text_of("loc")[BASE.len()..], url.all("lastmod").next().map(|date| date.text.as_str()))
        })
        .collect();
    let latest = Some("2021-11-20T08:00:00Z");
    let expected = [
        ("", latest),
        ("2020/", latest),
        ("2020/01/", latest),
        ("2020/01/02/", latest),
        ("2020/01/02/old/", latest),
        ("2021/", Some("2021-11-12")),
        ("2021/11/", Some("2021-11-12")),
        ("2021/11/10/", Some("2021-11-12")),
        ("2021/11/10/bare/", Some("2021-11-10")),
        ("2021/11/10/corrected/", Some("2021-11-12")),
        ("about/", Some("2021-11-01")),
        ("archive/", latest),
        ("tags/", latest),
        ("tags/t/", latest),
        ("undated/", None),
    ];
    for (address, date) in expected {
        assert_eq!(dates.get(address), Some(&date), "/{address}");
    }
    let known: BTreeSet<&str> = expected.iter().map(|(address, _)| *address).collect();
    let empty: Vec<&str> = dates.keys().copied().filter(|address| !known.contains(address)).collect();
    assert_eq!(empty, ["sections/", "sources/", "threads/"], "the lists that have no terms");
}

/// A site of more pages than one sitemap may list, prepared by the program's own phases: terms are pages that cost
/// little. Only the sitemaps are rendered, as a preview would.
#[test]
fn beyond_fifty_thousand_addresses_there_is_an_index() {
    // Besides its terms and its articles the site has three pages: the front page, the archive, the list of tags.
    for (terms, pages, parts) in [(49_797_usize, 50_000, 0), (49_798, 50_001, 2)] {
        let site = Site::empty();
        site.write("site.toml", LEAN);
        let mut text = String::new();
        for article in 0..terms.div_ceil(250) {
            text.clear();
            let _ =
                write!(text, "+++\ntitle = \"{article}\"\ndate = 2021-11-{:02}\ntags = [", article % 28 + 1);
            for term in (article * 250..terms).take(250) {
                let _ = write!(text, "\"{term}\", ");
            }
            text.push_str("]\n+++\n");
            site.write(&format!("content/articles/a{article}.md"), &text);
        }
        let renderer = prepare(&site, common::NOW);
        let listed = renderer.plan().pages.iter().filter(|page| page.kind.listed).count();
        assert_eq!(listed, pages);
        let first = Element::parse(&render(&renderer, "sitemap.xml").expect("there is one"));
        let found = if parts == 0 {
            assert_eq!(first.name, "urlset");
            assert_eq!(render(&renderer, "sitemap-1.xml"), None);
            addresses(&first)
        } else {
            assert_eq!(first.name, "sitemapindex");
            let files: Vec<&str> = first.all("sitemap").map(|part| part.text_of("loc")).collect();
            assert_eq!(files, [format!("{BASE}sitemap-1.xml"), format!("{BASE}sitemap-2.xml")]);
            assert!(first.all("sitemap").all(|part| part.text_of("lastmod") == "2021-11-28"));
            let parts = files.iter().map(|file| {
                let part = Element::parse(&render(&renderer, &file[BASE.len()..]).expect("it is planned"));
                assert_eq!(part.name, "urlset");
                addresses(&part)
            });
            let parts: Vec<Vec<String>> = parts.collect();
            assert!(parts.iter().all(|part| (1..=50_000).contains(&part.len())));
            assert_eq!(render(&renderer, "sitemap-3.xml"), None);
            parts.concat()
        };
        let found: BTreeSet<String> = found.into_iter().collect();
        let planned = renderer.plan().pages.iter().filter(|page| page.kind.listed);
        let planned: BTreeSet<String> =
            planned.map(|page| format!("{}{}", BASE.trim_end_matches('/'), page.address())).collect();
        assert_eq!((found.len(), found == planned), (listed, true));
    }
}

#[test]
fn a_news_sitemap_has_a_thousand_items_at_most_and_the_newest() {
    let site = Site::empty();
    site.write("site.toml", LEAN);
    for number in 0..1_010 {
        let date = format!("2021-12-03T{:02}:{:02}:00Z", number / 60, number % 60);
        site.article(&format!("n{number}.md"), &date, "", "");
    }
    let renderer = prepare(&site, common::NOW);
    let found = addresses(&Element::parse(&render(&renderer, "news-sitemap.xml").expect("there is one")));
    let expected: Vec<String> =
        (10..1_010).rev().map(|number| format!("{BASE}2021/12/03/n{number}/")).collect();
    assert_eq!(found, expected);
}

#[test]
fn the_window_of_the_news_sitemap_is_two_days() {
    let site = Site::new();
    site.article("exact.md", "2021-12-01T20:00:00Z", "", "x");
    site.article("older.md", "2021-12-01T19:59:59Z", "", "x");
    site.article("bare.md", "2021-12-01", "", "x");
    site.article("bare-older.md", "2021-11-30", "", "x");
    let front = "title = '1 < 2 & \"3\" ]]>'\ndate = 2021-12-03T20:00:00Z\nlang = \"zh-Hant\"";
    site.write("content/articles/new.md", format!("+++\n{front}\n+++\n"));
    site.article("draft.md", "2021-12-03", "draft = true", "x");
    site.article("scheduled.md", "2021-12-03T20:00:01Z", "", "x");
    site.article("expired.md", "2021-12-03", "expires = 2021-12-03T19:00:00Z", "x");
    let names = |site: &Site| -> Vec<String> {
        let map = Element::parse(&site.read("public/news-sitemap.xml"));
        let name = |address: &String| {
            address.trim_end_matches('/').rsplit('/').next().unwrap_or_default().to_owned()
        };
        addresses(&map).iter().map(name).collect()
    };
    site.built(&[]);
    assert_eq!(names(&site), ["new", "exact", "bare"]);
    let map = Element::parse(&site.read("public/news-sitemap.xml"));
    let items: Vec<&Element> = map.walk().into_iter().filter(|element| element.name == "news:news").collect();
    let dates: Vec<&str> = items.iter().map(|item| item.text_of("news:publication_date")).collect();
    assert_eq!(dates, ["2021-12-03T20:00:00Z", "2021-12-01T20:00:00Z", "2021-12-01"]);
    let publication = items[0].all("news:publication").next().expect("it names the paper");
    assert_eq!((publication.text_of("news:name"), publication.text_of("news:language")), ("Test", "zh-tw"));
    assert_eq!(items[0].text_of("news:title"), "1 < 2 & \"3\" ]]>");
    // Who asks to see what is not published yet must not announce it.
    site.built(&["--drafts", "--scheduled", "--expired"]);
    assert_eq!(names(&site), ["new", "exact", "bare"]);
    assert!(
        addresses(&Element::parse(&site.read("public/sitemap.xml"))).iter().any(|at| at.contains("/draft/"))
    );

    let build = |now: &str| assert!(site.run(&["build", "--now", now]).status.success());
    build("2021-12-03T20:00:01Z");
    assert_eq!(names(&site), ["scheduled", "new", "bare"]);
    build("2021-12-05T20:00:01Z");
    assert_eq!(names(&site), ["scheduled"]);
    build("2021-12-05T20:00:02Z");
    assert!(!files(&site.output()).contains_key("news-sitemap.xml"), "empty, it is left out");
    assert!(!site.read("public/robots.txt").contains("news-sitemap"));
    site.write("site.toml", format!("{}[sitemap]\nnews = false\n", site.read("site.toml")));
    site.built(&[]);
    assert!(!files(&site.output()).contains_key("news-sitemap.xml"), "switched off, it is left out");
}

/// A site whose pages are its articles and the terms of one taxonomy.
const LEAN: &str = "base_url = \"https://example.org/\"\ntitle = \"Lean\"\n\
    [dates]\nyears = false\nmonths = false\ndays = false\n\
    [taxonomies]\ntags = { feed = false }\nsources = false\nsections = false\nthreads = false\n";

fn prepare(site: &Site, now: &str) -> Renderer {
    let request = Request {
        root: site.path().to_owned(),
        overrides: Overrides::default(),
        visibility: Visibility::default(),
        now: Given::parse(now).expect("a time"),
        stopwatch: Stopwatch::default(),
    };
    let mut problems = Vec::new();
    let renderer =
        pipeline::prepare(&request, &mut pipeline::Memory::default(), &mut problems).expect("a site");
    assert_eq!(problems, []);
    renderer
}

/// The bytes of one planned file; `None` where it is not planned.
fn render(renderer: &Renderer, path: &str) -> Option<String> {
    match renderer.render(renderer.plan().find(path)?).body {
        Some(Body::Bytes(bytes)) => Some(String::from_utf8(bytes).expect("it is UTF-8")),
        other => panic!("{path} came to {other:?}"),
    }
}

fn addresses(map: &Element) -> Vec<String> {
    map.all("url").map(|url| url.text_of("loc").to_owned()).collect()
}
