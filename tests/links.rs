//! No link leads nowhere: whole sites are built, at the root of a host and in a sub-folder, and every address that
//! their pages, feeds, sitemaps and structured data print is followed to a file, and to an id in it.

mod common;

use common::html::Html;
use common::xml::Element;
use common::{Site, files, stderr};
use percent_encoding::percent_decode_str;
use std::collections::{BTreeMap, BTreeSet};
use url::Url;

const HOST: &str = "https://x.example";
const BASES: [&str; 2] = ["https://x.example/", "https://x.example/digest/"];

#[test]
fn every_link_of_the_sample_site_leads_somewhere() {
    for base in BASES {
        let site = Site::sample();
        site.built(&["--strict", "--base-url", base]);
        assert_eq!(faults(&site, base), Vec::<String>::new(), "under {base}");
    }
}

#[test]
fn every_link_of_a_new_site_leads_somewhere() {
    for base in BASES {
        let site = Site::empty();
        assert!(site.run(&["new", "."]).status.success());
        for arguments in [vec![], vec!["--drafts"]] {
            let mut all = vec!["build", "--strict", "--base-url", base];
            all.extend(arguments);
            let output = site.run(&all);
            assert!(output.status.success(), "{}", stderr(&output));
            assert_eq!(faults(&site, base), Vec::<String>::new(), "{all:?}");
        }
    }
}

#[test]
fn every_link_of_a_site_with_all_there_is_leads_somewhere() {
    for base in BASES {
        let site = rich();
        site.built(&["--base-url", base]);
        assert_eq!(faults(&site, base), Vec::<String>::new(), "under {base}");
        let files = files(&site.output());
        assert!(files.contains_key("tags/c-100/atom.xml"), "{:?}", files.keys());
        assert!(files.contains_key("2021/11/page/2/index.html"), "{:?}", files.keys());
        assert!(files.contains_key("schlagwörter/übung/feed.json"), "{:?}", files.keys());
    }
}

/// A walk that finds nothing proves little unless it would find something.
#[test]
fn the_walk_finds_what_is_wrong() {
    let site = Site::new();
    site.write(
        "templates/404.html",
        "<p id=a></p><p id=a></p><a href='/x/'></a><a href='/digest/#no'></a><img srcset='/digest/a.png 2x'>\
         <a href='https://x.example/digest'></a><a href='https://y.example/'></a><a href='/digest/#top'></a>",
    );
    site.built(&["--base-url", BASES[1]]);
    let found = faults(&site, BASES[1]);
    for (number, fault) in [
        "two elements with the id 'a'",
        "skips the base path",
        "no id 'no'",
        "no file",
        "skips the base path",
    ]
    .into_iter()
    .enumerate()
    {
        assert!(found.get(number).is_some_and(|found| found.contains(fault)), "{fault}: {found:#?}");
    }
    assert_eq!(found.len(), 5, "{found:#?}");
}

/// A site with every sort of address: several pages of a list, slugs in other scripts and with signs in them,
/// bundles, aliases, footnotes, headings of one name, standing pages in folders, corrections, all feeds.
fn rich() -> Site {
    let site = Site::empty();
    site.write(
        "site.toml",
        r##"
base_url = "https://example.org/"
title = "Links & <more>"
policies = { corrections = "/about/corrections/", ethics = "@/pages/about/index.md#ethics" }
menu = [
    { label = "About", to = "@/pages/about/index.md" },
    { label = "Ümlaut", to = "/schlagwörter/" },
    { label = "Elsewhere", to = "https://y.example/" },
]
publisher = { name = "P", url = "/about/", logo = "/logo & co.svg" }
[permalinks]
slugs = "unicode"
[paginate]
per_page = 2
home = 2
[feeds]
per_term = ["atom", "rss", "json"]
[taxonomies]
regions = { path = "schlagwörter", label = "Schlagwörter" }
[slugs]
"C% & 100?#" = "c-100"
"50%" = "50% & 'more'"
"##,
    );
    site.write("static/logo & co.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
    site.write("static/x.js", "1");
    site.write("content/articles/photo/index.md", "+++\ntitle = \"Photo\"\ndate = 2021-11-20\nimage = { src = \"a%20b%231.png\", alt = \"x\" }\n+++\n![x](<a b#1.png>) ![y](<img/ü.png>) [file](<a b#1.png>)\n".replace("(<a b#1.png>)", "(a%20b%231.png)"));
    site.write("content/articles/photo/a b#1.png", "png");
    site.write("content/articles/photo/img/ü.png", "png");
    site.write(
        "content/pages/about/index.md",
        "+++\ntitle = \"About\"\naliases = [\"/über uns/\", \"/old.html\"]\n+++\n## Ethics\n\n[down](#ethics) [up](/)\n",
    );
    site.write(
        "content/pages/about/corrections.md",
        "+++\ntitle = \"Corrections\"\n+++\n[x](index.md#ethics)\n",
    );
    for number in 0..9 {
        let extra = format!(
            "tags = [\"C% & 100?#\", \"50%\", \"中文\", \"t{number}\"]\nregions = [\"Übung\"]\n\
             section = \"World's desk\"\nthread = \"A thread\"\npriority = {}\n\
             source = {{ name = \"The “Paper”\", url = \"https://y.example/?a=1&b={number}\" }}\n\
             via = {{ name = \"V\", url = \"https://y.example/v\" }}\n\
             related = [\"photo/index.md\"]\n\
             aliases = [\"/alt/{number}/\", \"/ält/ä {number}.html\"]\n\
             summary = \"See [the photo](photo/index.md) and [us](/about/#ethics)\"\n\
             corrections = [{{ date = 2021-11-30, text = \"It was [this](photo/index.md)\" }}]",
            number + 1
        );
        let body = "## Same\n\n## Same\n\n### Ünïcode & `code`\n\nA[^1] B[^n] C[^1]\n\n[^1]: One\n\n[^n]: Two [x](#same-2)\n\n\
                    [a](/tags/中文/) [b](/about/#ethics) [c](#same) [d](/tags/%E4%B8%AD%E6%96%87/) [e](photo/index.md)\n\n\
                    [f](/atom.xml) [g](/archive/) [h](/alt/3/) [i](https://y.example/x) [j](mailto:a@b.c) [k](/2021/11/)\n";
        site.article(
            &format!("änd {number}.md"),
            &format!("2021-{:02}-{:02}", 10 + number % 3, 10 + number),
            &extra,
            body,
        );
    }
    site
}

/// Everything that is wrong with the addresses of a built site.
fn faults(site: &Site, base: &str) -> Vec<String> {
    let output = Output { files: files(&site.output()), base: Url::parse(base).expect("an address") };
    let mut faults = Vec::new();
    let mut seen = 0;
    for (path, bytes) in &output.files {
        let text = || std::str::from_utf8(bytes).expect("it is UTF-8");
        let own = output.address_of(path);
        let (ids, found) = match path.rsplit('.').next() {
            Some("html") => in_html(text()),
            Some("xml") => (Vec::new(), in_xml(text())),
            Some("json") => (Vec::new(), in_json(text())),
            _ if path == "robots.txt" => (Vec::new(), in_robots(text())),
            _ => continue,
        };
        let mut once = BTreeSet::new();
        faults.extend(
            ids.iter()
                .filter(|id| !once.insert(*id))
                .map(|id| format!("{path}: two elements with the id '{id}'")),
        );
        seen += found.len();
        for (place, address) in found {
            if let Err(fault) = output.follow(&own, &address) {
                faults.push(format!("{path}: <{place}> {address}: {fault}"));
            }
            // A page that stands for any address has none of its own to count from.
            if path == "404.html" && !address.starts_with(['/', '#']) && !address.contains("://") {
                faults.push(format!("{path}: <{place}> {address}: is relative"));
            }
        }
    }
    assert!(seen > 20, "only {seen} addresses were found");
    faults
}

struct Output {
    files: BTreeMap<String, Vec<u8>>,
    base: Url,
}

impl Output {
    /// Where a file of the output is found.
    fn address_of(&self, path: &str) -> Url {
        let address = path.strip_suffix("index.html").unwrap_or(path);
        let mut url = self.base.clone();
        url.set_path(&format!("{}{address}", self.base.path()));
        url
    }

    /// Follows an address that a page prints.
    fn follow(&self, from: &Url, address: &str) -> Result<(), String> {
        let url = from.join(address).map_err(|error| format!("is no address: {error}"))?;
        if !matches!(url.scheme(), "http" | "https") || url.origin().ascii_serialization() != HOST {
            return Ok(());
        }
        let path = url.path().strip_prefix(self.base.path()).ok_or("skips the base path")?;
        let path = percent_decode_str(path).decode_utf8().map_err(|_| "is not UTF-8")?;
        let file =
            if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.into() };
        let bytes = self.files.get(&file).ok_or_else(|| format!("no file {file}"))?;
        let fragment = url.fragment().unwrap_or_default();
        let fragment = percent_decode_str(fragment).decode_utf8().map_err(|_| "is not UTF-8")?;
        if fragment.is_empty() || fragment == "top" {
            return Ok(());
        }
        let page = Html::parse(std::str::from_utf8(bytes).map_err(|_| "is not UTF-8")?);
        if page.ids.contains(&fragment.to_string()) {
            Ok(())
        } else {
            Err(format!("no id '{fragment}' in {file}"))
        }
    }
}

type Addresses = Vec<(String, String)>;

fn in_html(text: &str) -> (Vec<String>, Addresses) {
    let page = Html::parse(text);
    let mut addresses = page.addresses;
    for data in page.json_ld {
        let data = serde_json::from_str(&data).expect("structured data is JSON");
        in_value(&data, &mut addresses);
    }
    (page.ids, addresses)
}

/// What a feed or sitemap leads to: addresses in attributes, text that is an address, and links in HTML.
fn in_xml(text: &str) -> Addresses {
    let mut addresses = Vec::new();
    let document = Element::parse(text);
    for element in document.walk() {
        for key in ["href", "url", "xml:base"] {
            let address = element.attribute(key).map(str::to_owned);
            addresses.extend(address.map(|address| (format!("{} {key}", element.name), address)));
        }
        in_words(&element.text, &mut addresses);
    }
    addresses
}

fn in_json(text: &str) -> Addresses {
    let mut addresses = Vec::new();
    in_value(&serde_json::from_str(text).expect("it is JSON"), &mut addresses);
    addresses
}

fn in_robots(text: &str) -> Addresses {
    let sitemaps = text.lines().filter_map(|line| line.strip_prefix("Sitemap: "));
    sitemaps.map(|address| ("Sitemap".to_owned(), address.to_owned())).collect()
}

fn in_value(value: &serde_json::Value, addresses: &mut Addresses) {
    match value {
        serde_json::Value::String(text) => in_words(text, addresses),
        serde_json::Value::Array(items) => items.iter().for_each(|item| in_value(item, addresses)),
        // What a node is called by is the address of its page, and a name that is no place in it.
        serde_json::Value::Object(map) => map.iter().for_each(|(key, value)| match value.as_str() {
            Some(id) if key == "@id" => in_words(id.split('#').next().unwrap_or_default(), addresses),
            _ => in_value(value, addresses),
        }),
        _ => {}
    }
}

/// A text that is an address, or HTML with links in it. Away from the site, a link must be a whole address.
fn in_words(words: &str, addresses: &mut Addresses) {
    if words.starts_with("https://") && !words.contains(char::is_whitespace) {
        addresses.push(("text".to_owned(), words.to_owned()));
    } else if words.contains('<') {
        for (place, address) in Html::parse(words).addresses {
            assert!(address.contains(':'), "a feed has the relative address {address}");
            addresses.push((place, address));
        }
    }
}

/// Time alone breaks no link: not to a news sitemap that has run empty, and not to a file beside what expired.
#[test]
fn what_time_takes_away_is_no_dead_link() {
    let site = Site::new();
    site.article("vote/index.md", "2021-11-25", "expires = 2021-12-05", "The vote.");
    site.write("content/articles/vote/hall.jpg", b"GIF89a\x01\0\x01\0");
    let links = "[news](/news-sitemap.xml), [hall](/2021/11/25/vote/hall.jpg), [the file](vote/hall.jpg) and a \
                 picture: ![the hall](vote/hall.jpg)";
    let picture = "image = { src = \"vote/hall.jpg\", alt = \"The hall\" }";
    site.article("day.md", "2021-12-03", picture, links);
    site.built(&["--strict"]);
    assert!(
        site.read("public/2021/12/03/day/index.html").contains("href=\"/2021/11/25/vote/hall.jpg\">the file")
    );
    let later = site.run(&["build", "--now", "2021-12-20T00:00:00Z"]);
    assert!(later.status.success(), "{}", stderr(&later));
    for path in ["2021/12/03/day/index.html", "atom.xml", "rss.xml", "feed.json"] {
        assert!(!site.read(&format!("public/{path}")).contains("hall.jpg"), "{path}");
    }
}
