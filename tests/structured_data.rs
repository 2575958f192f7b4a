//! Structured data and the metadata of pages, read back and compared with the articles they come from.

mod common;

use common::html::Html;
use common::{Site, files, picture};
use serde_json::{Value, json};

const BASE: &str = "https://x.example/digest/";

/// A site in a sub-folder with a publisher and policies; `more` goes before the tables.
fn site(more: &str) -> Site {
    let site = Site::empty();
    site.write(
        "site.toml",
        format!(
            "base_url = \"{BASE}\"\ntitle = \"News & <views>\"\ndescription = \"What & why\"\n\
             language = \"en-GB\"\neditor = \"Ed\"\n{more}\n[images]\nwidths = []\n"
        ),
    );
    site
}

fn page(site: &Site, path: &str) -> Html {
    Html::parse(&site.read(&format!("public/{path}index.html")))
}

/// The names of the way to a page, and its addresses below the site's home.
fn way(page: &Html) -> Vec<(String, String)> {
    let list = page.node("BreadcrumbList");
    let steps = list["itemListElement"].as_array().expect("steps");
    for (position, step) in (1..).zip(steps) {
        assert_eq!((&step["@type"], &step["position"]), (&json!("ListItem"), &json!(position)));
    }
    let text = |value: &Value| value.as_str().expect("text").to_owned();
    let below = |url: String| url.strip_prefix(BASE).expect("it is absolute").to_owned();
    steps.iter().map(|step| (text(&step["name"]), below(text(&step["item"])))).collect()
}

fn names(way: &[(String, String)]) -> Vec<&str> {
    way.iter().map(|(name, _)| name.as_str()).collect()
}

const FULL: &str = r#"
updated = 2021-12-02T08:00:00Z
summary = "The *long* & short"
tags = ["R&D", "water"]
section = "World's desk"
place = "Zürich"
original_title = "Ils l'ont fait"
kind = "analysis"
by = ["Ana Gomes", "Press & Co"]
expires = 2031-12-31
corrections = [{ date = 2021-12-03, text = "It was *not* so" }]
image = { src = "/photo.jpg", alt = "A <dam>", caption = "The dam & the sea", credit = "B. Deputy" }

[[source]]
name = "Le Journal"
url = "https://j.example/?a=1&b=2"
author = "C. Autrice"
date = 2021-11-30T22:00:00Z
lang = "fr"
access = "paid"
agencies = ["AFP", "APS"]
dateline = "ALGER, 30 nov. 2021 (APS)"

[[source]]
url = "https://www.k.example/x"
author = "k.example"
access = "registration"
"#;

fn full() -> Site {
    let site = site("publisher = { name = \"Press & Co\", url = \"/about/\", logo = \"/logo.png\" }");
    site.write("static/photo.jpg", picture(1200, 800));
    site.write("static/logo.png", picture(1200, 800));
    site.write("content/pages/about.md", "+++\ntitle = \"About\"\n+++\nUs.\n");
    site.article("full.md", "2021-12-01T10:00:00+01:00", FULL, "Four words, no more.");
    site.article("other.md", "2021-11-30", "tags = [\"Water\"]\nsection = \"World's Desk\"", "x");
    site.article("third.md", "2021-11-29", "tags = [\"Water\"]\nsection = \"World's Desk\"", "x");
    site.built(&["--strict"]);
    site
}

#[test]
fn every_field_of_an_article_reaches_its_node() {
    let site = full();
    let page = page(&site, "2021/12/01/full/");
    let url = format!("{BASE}2021/12/01/full/");
    let mut node = page.node("NewsArticle");
    // The height of a picture is another's business, and may come to be known.
    for key in ["width", "height"] {
        node["image"].as_object_mut().expect("a picture").remove(key);
    }
    let expected = json!({
        "@type": "AnalysisNewsArticle",
        "@id": format!("{url}#article"),
        "url": url,
        "mainEntityOfPage": { "@type": "WebPage", "@id": url, "breadcrumb": { "@id": format!("{url}#breadcrumbs") } },
        "headline": "full",
        "alternativeHeadline": "Ils l'ont fait",
        "description": "The long & short",
        "datePublished": "2021-12-01T09:00:00Z",
        "dateModified": "2021-12-03",
        "expires": "2031-12-31",
        "dateline": "Zürich",
        "locationCreated": { "@type": "Place", "name": "Zürich" },
        // As most articles spell them, not as this one does.
        "articleSection": "World's Desk",
        "keywords": ["R&D", "Water"],
        "inLanguage": "en-GB",
        "wordCount": 4,
        "isAccessibleForFree": true,
        "author": [
            { "@type": "Person", "name": "Ana Gomes" },
            { "@type": "NewsMediaOrganization", "@id": format!("{BASE}#publisher"), "name": "Press & Co" },
        ],
        "publisher": { "@type": "NewsMediaOrganization", "@id": format!("{BASE}#publisher"), "name": "Press & Co" },
        "isPartOf": { "@id": format!("{BASE}#website") },
        "image": {
            "@type": "ImageObject",
            "url": format!("{BASE}photo.jpg"),
            "caption": "The dam & the sea",
            "creditText": "B. Deputy",
        },
        "isBasedOn": {
            "@type": "CreativeWork",
            "name": "Ils l'ont fait",
            "url": "https://j.example/?a=1&b=2",
            "author": { "@type": "Person", "name": "C. Autrice" },
            "publisher": { "@type": "Organization", "name": "Le Journal" },
            "sourceOrganization": { "@type": "Organization", "name": "APS" },
            "creditText": "APS via Le Journal",
            "datePublished": "2021-11-30T22:00:00Z",
            "inLanguage": "fr",
            "isAccessibleForFree": false,
        },
        "citation": [{
            "@type": "CreativeWork",
            "url": "https://www.k.example/x",
            "author": { "@type": "Organization", "name": "k.example" },
            "publisher": { "@type": "Organization", "name": "k.example" },
            "creditText": "k.example",
            "isAccessibleForFree": false,
        }],
        "correction": [{ "@type": "CorrectionComment", "datePublished": "2021-12-03", "text": "It was not so" }],
    });
    assert_eq!(node, expected, "{node:#}");
}

#[test]
fn the_head_of_an_article_says_what_the_article_says() {
    let site = full();
    let page = page(&site, "2021/12/01/full/");
    let of = |prefix: &str| -> Vec<(&str, &str)> {
        let own = page.metas.iter().filter(|(attribute, name, _)| {
            let attributes = if name.starts_with("twitter:") { "name" } else { "property" };
            name.starts_with(prefix) && *attribute == attributes
        });
        let own = own.filter(|(_, name, _)| !name.ends_with(":width") && !name.ends_with(":height"));
        own.map(|(_, name, content)| (name.as_str(), content.as_str())).collect()
    };
    let (url, photo) = (format!("{BASE}2021/12/01/full/"), format!("{BASE}photo.jpg"));
    assert_eq!(
        of("og:"),
        [
            ("og:type", "article"),
            ("og:site_name", "News & <views>"),
            ("og:title", "full"),
            ("og:url", &url),
            ("og:description", "The long & short"),
            ("og:locale", "en_GB"),
            ("og:image", &photo),
            ("og:image:type", "image/jpeg"),
            ("og:image:alt", "A <dam>"),
        ]
    );
    assert_eq!(
        of("article:"),
        [
            ("article:published_time", "2021-12-01T09:00:00Z"),
            ("article:modified_time", "2021-12-03"),
            ("article:section", "World's Desk"),
            ("article:tag", "R&D"),
            ("article:tag", "Water"),
        ]
    );
    assert_eq!(of("twitter:"), [("twitter:card", "summary_large_image"), ("twitter:image:alt", "A <dam>")]);
}

#[test]
fn pages_without_a_picture_of_their_own_show_the_logo() {
    let site = full();
    for path in ["", "2021/11/30/other/", "tags/water/", "archive/", "about/"] {
        let page = page(&site, path);
        assert_eq!(page.meta("og:image"), [format!("{BASE}logo.png")], "{path}");
        assert_eq!(page.meta("og:image:alt"), ["Press & Co"], "{path}");
        assert_eq!(page.meta("twitter:card"), ["summary"], "{path}");
        assert_eq!(page.meta("og:type"), [if path.contains("other") { "article" } else { "website" }]);
    }
    let other = page(&site, "2021/11/30/other/").node("NewsArticle");
    assert!(other.get("image").is_none(), "a logo is no picture of an article: {other}");
    let organization = page(&site, "").node("NewsMediaOrganization");
    assert_eq!(organization["logo"], json!({ "@type": "ImageObject", "url": format!("{BASE}logo.png") }));
}

/// Readers of Open Graph cannot show SVG; search engines can.
#[test]
fn a_drawing_is_not_shared() {
    let site = site("publisher = { name = \"P\", logo = \"/logo.svg\" }");
    site.write("static/logo.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
    site.article("a.md", "2021-12-01", "image = { src = \"/logo.svg\", alt = \"A map\" }", "x");
    site.built(&[]);
    let page = page(&site, "2021/12/01/a/");
    assert_eq!(page.meta("og:image"), Vec::<&str>::new());
    assert_eq!(page.meta("twitter:card"), ["summary"]);
    assert_eq!(page.node("NewsArticle")["image"]["url"], format!("{BASE}logo.svg"));
    assert_eq!(page.node("NewsMediaOrganization")["logo"]["url"], format!("{BASE}logo.svg"));
}

#[test]
fn what_an_article_does_not_say_is_left_out() {
    let site = Site::new();
    site.article("bare.md", "2021-12-01", "", "");
    site.built(&["--strict"]);
    for (path, bytes) in files(&site.output()).iter().filter(|(path, _)| path.ends_with(".html")) {
        let page = Html::parse(std::str::from_utf8(bytes).expect("UTF-8"));
        for (_, name, content) in &page.metas {
            assert!(!content.trim().is_empty(), "{path}: {name} is empty");
        }
        for data in &page.json_ld {
            assert_no_hollow(&serde_json::from_str(data).expect("JSON"), path);
        }
    }
    let page = page(&site, "2021/12/01/bare/");
    let url = "https://example.org/2021/12/01/bare/";
    let publisher =
        json!({ "@type": "NewsMediaOrganization", "@id": "https://example.org/#publisher", "name": "Test" });
    assert_eq!(
        page.node("NewsArticle"),
        json!({
            "@type": "NewsArticle",
            "@id": format!("{url}#article"),
            "url": url,
            "mainEntityOfPage":
                { "@type": "WebPage", "@id": url, "breadcrumb": { "@id": format!("{url}#breadcrumbs") } },
            "headline": "bare",
            "datePublished": "2021-12-01",
            "dateModified": "2021-12-01",
            "inLanguage": "en",
            "wordCount": 0,
            "isAccessibleForFree": true,
            "author": [publisher],
            "publisher": publisher,
            "isPartOf": { "@id": "https://example.org/#website" },
        })
    );
    let said: Vec<&str> = page.metas.iter().map(|(_, name, _)| name.as_str()).collect();
    assert_eq!(
        said,
        [
            "viewport",
            "og:type",
            "og:site_name",
            "og:title",
            "og:url",
            "article:published_time",
            "twitter:card"
        ]
    );
    assert_eq!(
        page.node("NewsMediaOrganization"),
        json!({
            "@type": "NewsMediaOrganization",
            "@id": "https://example.org/#publisher",
            "name": "Test",
            "url": "https://example.org/",
        })
    );
    let lost = Html::parse(&site.read("public/404.html"));
    assert!(lost.json_ld.is_empty() && lost.metas.iter().all(|(attribute, _, _)| *attribute == "name"));
}

/// No null, no empty text, list or table.
fn assert_no_hollow(value: &Value, path: &str) {
    match value {
        Value::Null => panic!("{path}: null"),
        Value::String(text) => assert!(!text.is_empty(), "{path}: an empty text"),
        Value::Array(items) => {
            assert!(!items.is_empty(), "{path}: an empty list");
            items.iter().for_each(|item| assert_no_hollow(item, path));
        }
        Value::Object(map) => {
            assert!(!map.is_empty(), "{path}: an empty table");
            map.values().for_each(|item| assert_no_hollow(item, path));
        }
        _ => {}
    }
}

#[test]
fn no_headline_gets_out_of_its_script() {
    let titles = [
        "</script><script>alert(1)</script>",
        "<!--<script>",
        "]]> &amp; &lt;/script> \\u003c \\ \"quoted\" 'single' /",
        "a\u{2028}b\u{2029}c\u{feff}d\u{202e}e",
        "👩‍👩‍👧 é خبریں {{ page.title }} {% raw %}",
    ];
    let site = site("");
    for (number, title) in titles.iter().enumerate() {
        let title = toml::Value::from(*title);
        site.write(
            &format!("content/articles/a{number}.md"),
            format!(
                "+++\ntitle = {title}\ndate = 2021-12-0{}\ntags = [{title}]\nplace = {title}\n\
                 original_title = {title}\nsource = {{ name = {title} }}\nby = {title}\n[extra]\n+++\nx\n",
                number + 1
            ),
        );
    }
    site.built(&["--scheduled"]);
    for (number, title) in titles.iter().enumerate() {
        let path = format!("2021/12/0{}/a{number}/", number + 1);
        let html = site.read(&format!("public/{path}index.html"));
        let (_, script) = html.split_once("ld+json\">").expect("there is structured data");
        let (script, _) = script.split_once("</script>").expect("the script ends");
        assert!(!script.contains(['<', '>', '&', '\u{2028}', '\u{2029}']), "{script}");
        let page = page(&site, &path);
        let node = page.node("NewsArticle");
        for key in ["headline", "alternativeHeadline", "dateline"] {
            assert_eq!(node[key], *title, "{key}");
        }
        assert_eq!(node["keywords"], json!([title]));
        assert_eq!(node["isBasedOn"]["publisher"]["name"], *title);
        assert_eq!((page.meta("og:title"), page.meta("article:tag")), (vec![*title], vec![*title]));
        let list = self::page(&site, "").node("CollectionPage");
        let items = list["mainEntity"]["itemListElement"].as_array().expect("items");
        assert!(items.iter().any(|item| item["name"] == *title));
    }
}

#[test]
fn each_kind_has_its_type() {
    let kinds = [
        ("news", "NewsArticle"),
        ("brief", "NewsArticle"),
        ("press-release", "NewsArticle"),
        ("analysis", "AnalysisNewsArticle"),
        ("opinion", "OpinionNewsArticle"),
        ("background", "BackgroundNewsArticle"),
    ];
    let site = site("");
    for (kind, _) in kinds {
        site.article(&format!("{kind}.md"), "2021-12-01", &format!("kind = \"{kind}\""), "x");
    }
    site.built(&[]);
    for (kind, expected) in kinds {
        assert_eq!(page(&site, &format!("2021/12/01/{kind}/")).node("NewsArticle")["@type"], expected);
    }
}

#[test]
fn the_dateline_is_the_sources_where_the_article_names_no_place() {
    let site = site("");
    site.article("a.md", "2021-12-01", "source = { name = \"X\", dateline = \"BONN (X)\" }", "x");
    site.built(&[]);
    let node = page(&site, "2021/12/01/a/").node("NewsArticle");
    assert_eq!(node["dateline"], "BONN (X)");
    assert!(node.get("locationCreated").is_none(), "where the source stood is not where we wrote");
}

#[test]
fn the_way_to_every_page_is_told() {
    let site = site("");
    site.article("in.md", "2021-12-01", "section = \"World\"\ntags = [\"Water\"]", "x");
    site.article("out.md", "2021-12-01", "", "x");
    site.write("content/pages/desk/index.md", "+++\ntitle = \"Desk\"\n+++\n");
    site.write("content/pages/desk/empty/rules.md", "+++\ntitle = \"Rules\"\n+++\n");
    site.built(&[]);
    let of = |path: &str| way(&page(&site, path));
    assert_eq!(names(&of("2021/12/01/in/")), ["Home", "World", "in"]);
    assert_eq!(names(&of("2021/12/01/out/")), ["Home", "2021", "December 2021", "1 December 2021", "out"]);
    assert_eq!(names(&of("2021/12/01/")), ["Home", "2021", "December 2021", "1 December 2021"]);
    assert_eq!(names(&of("2021/12/")), ["Home", "2021", "December 2021"]);
    assert_eq!(names(&of("2021/")), ["Home", "2021"]);
    assert_eq!(names(&of("archive/")), ["Home", "Archive"]);
    assert_eq!(names(&of("tags/water/")), ["Home", "Tags", "Water"]);
    assert_eq!(names(&of("tags/")), ["Home", "Tags"]);
    assert_eq!(names(&of("desk/empty/rules/")), ["Home", "Desk", "Rules"]);
    let addresses: Vec<String> = of("2021/12/01/").into_iter().map(|(_, address)| address).collect();
    assert_eq!(addresses, ["", "2021/", "2021/12/", "2021/12/01/"]);
    let home = page(&site, "");
    assert!(home.graph().iter().all(|node| node["@type"] != "BreadcrumbList"), "the front page is the start");

    let settings = site.read("site.toml");
    site.write("site.toml", format!("{settings}[dates]\nmonths = false\n[taxonomies]\nsections = false\n"));
    site.built(&[]);
    assert_eq!(names(&way(&page(&site, "2021/12/01/in/"))), ["Home", "2021", "1 December 2021", "in"]);
    assert_eq!(page(&site, "2021/12/01/in/").node("NewsArticle")["articleSection"], "World");
}

/// Templates print the same way, from the host's root, and what else they are given of a page's head.
#[test]
fn templates_see_the_way_and_the_picture() {
    let site = full();
    site.write(
        "templates/article.html",
        "{% extends \"dateline/article.html\" %}{% block head %}<i>{% for step in page.breadcrumbs %}{{ step.label }}={{ step.url }};{% endfor %}\
         {{ page.image.url }} {{ page.image.alt }} {{ page.image.type }} {{ page.meta[0].attribute }}</i>{% endblock head %}",
    );
    site.built(&[]);
    let html = site.read("public/2021/12/01/full/index.html");
    let (_, head) = html.split_once("<i>").expect("it is there");
    let expected = format!(
        "World&#39;s Desk=/digest/sections/worlds-desk/;{BASE}photo.jpg A &lt;dam&gt; image/jpeg property</i>"
    );
    let head = head.replace("&#x27;", "&#39;");
    assert!(head.starts_with(&expected), "{}", head.lines().next().unwrap_or_default());
}

#[test]
fn a_list_names_what_it_shows() {
    let site = site("[paginate]\nper_page = 2\nhome = 2\n[dates]\nyears = false");
    for number in 1..=5 {
        let more = format!("tags = [\"Water\", \"t{number}\"]\npriority = {number}");
        site.article(&format!("a{number}.md"), "2021-12-01", &more, "x");
    }
    site.built(&[]);
    let list = |path: &str| {
        let page = page(&site, path);
        let node = page.node("CollectionPage");
        assert_eq!(node["url"], format!("{BASE}{path}"));
        assert_eq!(node["isPartOf"]["@id"], page.node("WebSite")["@id"]);
        assert_eq!(page.node("WebSite")["publisher"]["@id"], page.node("NewsMediaOrganization")["@id"]);
        let list = node["mainEntity"].clone();
        assert_eq!(list["@type"], "ItemList");
        let items = list["itemListElement"].as_array().expect("items").clone();
        let item = |item: Value| {
            let url = item["url"].as_str().expect("an address").strip_prefix(BASE).expect("absolute");
            (item["position"].as_u64().expect("a number"), item["name"].clone(), url.to_owned())
        };
        (list["numberOfItems"].clone(), items.into_iter().map(item).collect::<Vec<_>>())
    };
    let article = |position: u64, number: u64| {
        (position, json!(format!("a{number}")), format!("2021/12/01/a{number}/"))
    };
    for path in ["tags/water/", "2021/12/", "2021/12/01/"] {
        assert_eq!(list(path), (json!(5), vec![article(1, 1), article(2, 2)]), "{path}");
        let second = format!("{path}page/2/");
        assert_eq!(list(&second), (json!(5), vec![article(3, 3), article(4, 4)]), "{second}");
        let last = format!("{path}page/3/");
        assert_eq!(list(&last), (json!(5), vec![article(5, 5)]), "{last}");
    }
    assert_eq!(list(""), (json!(3), vec![article(1, 1), article(2, 2), article(3, 3)]));
    let (total, terms) = list("tags/");
    assert_eq!((total, terms.len()), (json!(6), 6));
    assert_eq!(terms[5], (6, json!("Water"), "tags/water/".to_owned()));
    assert_eq!(list("archive/"), (json!(1), vec![(1, json!("December 2021"), "2021/12/".to_owned())]));
}

#[test]
fn policies_are_properties_of_the_publisher() {
    let site = site(
        "policies = { corrections = \"/rules/#c\", Ethics = \"@/pages/rules.md\", ownership = \"https://o.example/\", \
         fact-checking = \"/rules/\", verification = \"/archive/\", privacy = \"/tags/\", robots = \"/sections/\", \
         reuse = \"/archive/\" }",
    );
    site.write("content/pages/rules.md", "+++\ntitle = \"Rules\"\n+++\n## C {#c}\n");
    site.article("a.md", "2021-12-01", "section = \"World\"\ntags = \"t\"", "x");
    site.built(&["--strict"]);
    let rules = format!("{BASE}rules/");
    for path in ["", "2021/12/01/a/", "tags/t/", "rules/"] {
        assert_eq!(
            page(&site, path).node("NewsMediaOrganization"),
            json!({
                "@type": "NewsMediaOrganization",
                "@id": format!("{BASE}#publisher"),
                "name": "News & <views>",
                "url": BASE,
                "correctionsPolicy": format!("{rules}#c"),
                "ethicsPolicy": rules,
                "ownershipFundingInfo": "https://o.example/",
                "verificationFactCheckingPolicy": rules,
                "publishingPrinciples": format!("{BASE}sections/"),
            }),
            "{path}"
        );
    }
    let settings = site.read("site.toml").replace("reuse =", "principles =");
    site.write("site.toml", settings);
    site.built(&["--strict"]);
    let publisher = page(&site, "").node("NewsMediaOrganization");
    assert_eq!(publisher["publishingPrinciples"], format!("{BASE}archive/"), "the one that is called so");
}

#[test]
fn standing_pages_are_web_pages() {
    let site = site("");
    site.write("static/us.jpg", picture(1200, 800));
    site.write(
        "content/pages/about.md",
        "+++\ntitle = \"About\"\nsummary = \"Who *we* are\"\nupdated = 2021-11-25\nlang = \"fr\"\n\
         image = { src = \"/us.jpg\", alt = \"Us\" }\n+++\n",
    );
    site.write("content/pages/rules.md", "+++\ntitle = \"Rules\"\n+++\n");
    site.built(&[]);
    let about = page(&site, "about/");
    let url = format!("{BASE}about/");
    let mut node = about.node("Page");
    for key in ["width", "height"] {
        node["primaryImageOfPage"].as_object_mut().expect("a picture").remove(key);
    }
    assert_eq!(
        node,
        json!({
            "@type": "AboutPage",
            "@id": url,
            "url": url,
            "name": "About",
            "description": "Who we are",
            "inLanguage": "fr",
            "dateModified": "2021-11-25",
            "isPartOf": { "@id": format!("{BASE}#website") },
            "breadcrumb": { "@id": format!("{url}#breadcrumbs") },
            "primaryImageOfPage": { "@type": "ImageObject", "url": format!("{BASE}us.jpg") },
        })
    );
    assert_eq!(about.meta("og:image"), [format!("{BASE}us.jpg")]);
    assert_eq!(about.meta("og:locale"), Vec::<&str>::new(), "French of no country");
    assert_eq!(page(&site, "rules/").node("Page")["@type"], "WebPage");
}

#[cfg(feature = "cards")]
#[test]
fn a_card_is_shared_where_there_is_one() {
    let site = site("");
    let settings = site.read("site.toml");
    site.write("site.toml", format!("{settings}cards = true\n"));
    site.article("a.md", "2021-12-01", "image = { src = \"https://y.example/p.png\", alt = \"P\" }", "x");
    site.built(&["--strict"]);
    let page = page(&site, "2021/12/01/a/");
    assert_eq!(page.meta("og:image"), [format!("{BASE}2021/12/01/a/card.png")]);
    assert_eq!((page.meta("og:image:width"), page.meta("og:image:height")), (vec!["1200"], vec!["630"]));
    assert_eq!((page.meta("og:image:alt"), page.meta("og:image:type")), (vec!["a"], vec!["image/png"]));
    assert_eq!(page.meta("twitter:card"), ["summary_large_image"]);
    let image = &page.node("NewsArticle")["image"];
    assert_eq!(image["url"], "https://y.example/p.png", "search engines want the picture itself");
}

/// What is wrong with a picture is said once, however many places show it.
#[test]
fn a_missing_picture_is_reported_once() {
    let site = site("");
    let picture = "image = { src = \"/no.jpg\", alt = \"x\" }";
    site.article("a.md", "2021-12-01", picture, "x");
    site.write("content/pages/about.md", format!("+++\ntitle = \"About\"\n{picture}\n+++\n"));
    let said = common::stderr(&site.build(&["--message-format", "short"]));
    for file in ["content/articles/a.md", "content/pages/about.md"] {
        assert_eq!(said.matches(file).count(), 1, "{said}");
    }
}

/// Every address in structured data and metadata is whole, and has the base path where it is the site's own.
#[test]
fn every_address_is_whole() {
    let site = full();
    for (path, bytes) in files(&site.output()).iter().filter(|(path, _)| path.ends_with(".html")) {
        let page = Html::parse(std::str::from_utf8(bytes).expect("UTF-8"));
        for data in &page.json_ld {
            let data: Value = serde_json::from_str(data).expect("JSON");
            each_text(&data, &mut |key, text| {
                let address = ["@id", "url", "item", "logo"].contains(&key);
                let ours = text.starts_with(BASE) || text.contains("://j.example") || text.contains("www.k.");
                assert!(!address || ours, "{path}: {key}: {text}");
                assert!(address || key == "@context" || !text.contains("://"), "{path}: {key}: {text}");
            });
        }
        for name in ["og:url", "og:image"] {
            assert!(page.meta(name).iter().all(|address| address.starts_with(BASE)), "{path}: {name}");
        }
    }
}

fn each_text(value: &Value, seen: &mut impl FnMut(&str, &str)) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| each_text(item, seen)),
        Value::Object(map) => map.iter().for_each(|(key, value)| match value {
            Value::String(text) => seen(key, text),
            value => each_text(value, seen),
        }),
        _ => {}
    }
}
