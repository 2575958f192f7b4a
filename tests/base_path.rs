//! A site below a path: whatever the output, every address of the site has the base path, or counts from where it stands.

mod common;

use common::html::Html;
use common::{Site, files, stderr};
use serde_json::Value;
use std::collections::BTreeMap;
use url::Url;

const HOST: &str = "https://x.example/";
const BASE: &str = "https://x.example/digest/";

/// A site with every kind of output that has addresses in it.
fn site() -> Site {
    let site = Site::empty();
    let settings = "base_url = \"https://x.example/digest/\"\ntitle = \"Digest\"\nmenu = [{ label = \"About\", to = \"/about/\" }]\n\
        policies = { corrections = \"@/pages/about.md\" }\npublisher = { name = \"P\", url = \"/about/\", logo = \"/images/logo.svg\" }\n\
        [theme]\nlogo = \"/images/logo.svg\"\n[images]\nwidths = [60]\n[paginate]\nper_page = 1\nhome = 1\n\
        [feeds]\nper_term = [\"atom\", \"rss\", \"json\"]\n";
    site.write("site.toml", settings);
    site.write("static/images/logo.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
    site.write("static/css/own.css", "@import \"more.css\";\nbody { background: url(../images/logo.svg) }\n");
    site.write("static/css/more.css", "i { background: url('../images/logo.svg#a') }\n");
    site.write(
        "templates/base.html",
        "{% extends \"dateline/base.html\" %}\n{% block head %}{{ super() }}\
         <link rel=\"stylesheet\" href=\"{{ asset(path=\"/css/own.css\") }}\">{% endblock %}\n",
    );
    for number in 1..=2 {
        let front = format!(
            "tags = [\"Water\"]\nsection = \"World\"\nthread = \"Dam\"\naliases = [\"/old/{number}/\", \"/older/{number}.html\"]\n\
             place = \"Oslo\"\n\
             source = {{ name = \"Reuters\", url = \"https://y.example/{number}\" }}\n\
             image = {{ src = \"photo.jpg\", alt = \"A dam\", credit = \"C\" }}\nsummary = \"See [about](/about/)\""
        );
        let body = "![A dam](photo.jpg) [tag](/tags/water/) [page](@/pages/about.md) [up](#text)\n\n## Text\n\nText.[^1]\n\n[^1]: Note.";
        site.article(&format!("a{number}/index.md"), &format!("2021-12-0{number}"), &front, body);
        site.write(&format!("content/articles/a{number}/photo.jpg"), common::picture(120, 80));
    }
    site.write("content/pages/about.md", "+++\ntitle = \"About\"\naliases = [\"/who/\"]\n+++\n[Home](/)\n");
    site
}

#[test]
fn every_output_has_the_base_path() {
    let site = site();
    site.built(&["--strict"]);
    let files = files(&site.output());
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for (path, bytes) in &files {
        let Ok(text) = std::str::from_utf8(bytes) else { continue };
        // However it got there, and into whatever: the host is named with the path alone.
        for (at, _) in text.match_indices(HOST) {
            assert!(
                text[at..].starts_with(BASE),
                "{path}: {}",
                text[at..].chars().take(80).collect::<String>()
            );
        }
        match path.rsplit_once('.').map_or("", |(_, ending)| ending) {
            "html" => page(path, text, &mut seen),
            "css" => {
                let own = Url::parse(BASE).and_then(|base| base.join(path)).expect("an address");
                for address in css(text) {
                    let url = own.join(&address).expect("an address");
                    let file = url.as_str().split('#').next().and_then(|url| url.strip_prefix(BASE));
                    assert!(file.is_some_and(|file| files.contains_key(file)), "{path}: {address}");
                    *seen.entry("css").or_default() += 1;
                }
            }
            "xml" | "json" | "txt" => {
                assert!(text.contains(BASE), "{path} names no address");
                for rooted in ["=\"/", "='/", "=&quot;/", "=\\\"/", "&quot;/"] {
                    assert!(!text.contains(rooted), "{path} has an address without a host");
                }
                let kind = if path.contains("sitemap") {
                    "sitemap"
                } else {
                    path.rsplit('/').next().unwrap_or_default()
                };
                *seen.entry(kind).or_default() += 1;
            }
            _ => {}
        }
    }
    let kinds = [
        "404",
        "atom.xml",
        "css",
        "feed.json",
        "graph",
        "meta",
        "page",
        "redirect",
        "robots.txt",
        "rss.xml",
        "sitemap",
    ];
    assert_eq!(seen.keys().copied().collect::<Vec<_>>(), kinds);
    assert!(seen["redirect"] == 5 && seen["css"] >= 5 && seen["sitemap"] == 2, "{seen:?}");

    let checked = site.run(&["check", "--strict", "--now", common::NOW]);
    assert!(checked.status.success(), "{}", stderr(&checked));
}

/// A page of HTML: the addresses it leads to, what it tells machines, and where it sends readers on.
fn page(path: &str, text: &str, seen: &mut BTreeMap<&str, usize>) {
    let html = Html::parse(text);
    for (element, address) in &html.addresses {
        let is_elsewhere =
            ["https://y.example/", "https://schema.org", "#"].iter().any(|start| address.starts_with(start));
        let has_path = address.starts_with("/digest/") || address.starts_with(BASE);
        assert!(is_elsewhere || has_path, "{path}: <{element}> {address}");
        if element == "meta refresh" {
            *seen.entry("redirect").or_default() += 1;
        }
    }
    *seen.entry(if path == "404.html" { "404" } else { "page" }).or_default() += 1;
    if text.contains("http-equiv=\"refresh\"") {
        return;
    }
    let addresses: Vec<&str> = ["og:url", "og:image"].iter().flat_map(|name| html.meta(name)).collect();
    assert!(
        path == "404.html" || addresses.iter().any(|address| address.starts_with(BASE)),
        "{path}: {addresses:?}"
    );
    assert!(addresses.iter().all(|address| address.starts_with(BASE)), "{path}: {addresses:?}");
    *seen.entry("meta").or_default() += addresses.len();
    // A page that stands for any address says of itself nothing.
    for node in if path == "404.html" { Vec::new() } else { html.graph() } {
        for address in addresses_in(&node) {
            assert!(
                address.starts_with(BASE) || address.starts_with("https://y.example/"),
                "{path}: {address}"
            );
            *seen.entry("graph").or_default() += 1;
        }
    }
}

/// The texts of structured data that stand where addresses do.
fn addresses_in(value: &Value) -> Vec<String> {
    match value {
        Value::Array(items) => items.iter().flat_map(addresses_in).collect(),
        Value::Object(map) => map
            .iter()
            .flat_map(|(key, value)| match value.as_str() {
                Some(text) if matches!(key.as_str(), "@id" | "url" | "contentUrl" | "item" | "isBasedOn") => {
                    vec![text.to_owned()]
                }
                _ => addresses_in(value),
            })
            .collect(),
        _ => Vec::new(),
    }
}

fn css(text: &str) -> Vec<String> {
    let inner =
        |rest: &str| rest.trim_start_matches(['"', '\'']).split(['"', '\'', ')']).next().map(str::to_owned);
    let imports = text.split("@import ").skip(1).filter_map(inner);
    text.split("url(")
        .skip(1)
        .filter_map(inner)
        .chain(imports)
        .filter(|address| !address.starts_with("data:"))
        .collect()
}
