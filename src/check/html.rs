//! What a page of HTML leads to and loads from, and the ids that a link can lead to in it.

use super::{css, data, tokens};
use html5gum::{StartTag, Token};

/// What is read out of a file: of HTML, of a style sheet, of a feed.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// Every address, as it is written, in order.
    pub(super) addresses: Vec<Address>,
    /// What a fragment can name.
    pub(super) ids: Vec<String>,
    /// What relative addresses count from, where the page says so itself.
    pub(super) base: Option<String>,
}

/// An address, as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Address {
    /// The text, references to characters resolved.
    pub(super) written: String,
    /// What it is there for.
    pub(super) role: Role,
}

/// What an address is there for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Role {
    /// A reader follows it, or the page loads it.
    Link,
    /// It says where the page itself is: `rel="canonical"`, `og:url`.
    Canonical,
    /// It says something of this site to machines. Of what lies elsewhere it is a name rather than a link.
    Statement,
}

impl Found {
    /// Adds an address.
    pub(super) fn add(&mut self, written: impl Into<String>, role: Role) {
        self.addresses.push(Address { written: written.into(), role });
    }
}

/// The attributes that hold one address, whatever the element.
const ADDRESSES: [&str; 9] =
    ["href", "src", "poster", "data", "cite", "xlink:href", "background", "longdesc", "manifest"];
/// Those that hold several, each with a width or a density.
const SETS: [&str; 2] = ["srcset", "imagesrcset"];
/// Those that send something rather than lead somewhere.
const ACTIONS: [&str; 2] = ["action", "formaction"];
/// The properties of `meta` that hold an address and are no canonical one.
const PROPERTIES: [&str; 11] = [
    "og:image",
    "og:image:url",
    "og:image:secure_url",
    "og:video",
    "og:video:url",
    "og:video:secure_url",
    "og:audio",
    "og:audio:url",
    "og:audio:secure_url",
    "twitter:image",
    "twitter:player",
];

/// How deep pages in `srcdoc` are read into each other. Nobody writes one within one.
const DEEPEST: usize = 2;

/// Reads a page, or a piece of one.
pub(super) fn read(html: &str) -> Found {
    read_within(html, 0)
}

/// Reads a page that stands in so many others.
fn read_within(html: &str, depth: usize) -> Found {
    let mut found = Found::default();
    let mut raw = Raw::None;
    tokens::each(html, |token, is_foreign| match token {
        Token::StartTag(tag) => {
            element(tag, &mut found);
            if let Some(inner) = attribute(tag, "srcdoc").filter(|_| depth < DEEPEST) {
                // A fragment alone leads to a place in the inner page.
                let addresses = read_within(&inner, depth + 1).addresses.into_iter();
                found.addresses.extend(addresses.filter(|address| !address.written.starts_with('#')));
            }
            raw = if is_foreign && tag.self_closing { Raw::None } else { Raw::of(tag) };
        }
        Token::EndTag(_) => raw = Raw::None,
        Token::String(string) => match raw {
            Raw::Style => css::read(&text(&string.value), &mut found),
            Raw::Data => data::read_json_ld(&text(&string.value), &mut found),
            Raw::None => {}
        },
        _ => {}
    });
    found
}

/// The text of which element is being read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Raw {
    None,
    Style,
    /// Structured data.
    Data,
}

impl Raw {
    fn of(tag: &StartTag<()>) -> Self {
        match &**tag.name {
            b"style" => Self::Style,
            b"script" if attribute(tag, "type").is_some_and(|kind| kind == "application/ld+json") => {
                Self::Data
            }
            _ => Self::None,
        }
    }
}

fn element(tag: &StartTag<()>, found: &mut Found) {
    let name = text(&tag.name);
    found.ids.extend(attribute(tag, "id"));
    match name.as_str() {
        "a" => found.ids.extend(attribute(tag, "name")),
        "base" => {
            if found.base.is_none() {
                found.base = attribute(tag, "href");
            }
            return;
        }
        "link" => return link(tag, found),
        "meta" => return meta(tag, found),
        _ => {}
    }
    for key in ADDRESSES {
        if let Some(address) = attribute(tag, key) {
            found.add(address, Role::Link);
        }
    }
    for key in ACTIONS {
        if let Some(address) = attribute(tag, key) {
            found.add(address, Role::Statement);
        }
    }
    for address in attribute(tag, "ping").iter().flat_map(|list| list.split_ascii_whitespace()) {
        found.add(address, Role::Statement);
    }
    shared(tag, found);
}

/// What any element may have.
fn shared(tag: &StartTag<()>, found: &mut Found) {
    for key in SETS {
        for address in attribute(tag, key).iter().flat_map(|set| candidates(set)) {
            found.add(address, Role::Link);
        }
    }
    if let Some(style) = attribute(tag, "style") {
        css::read(&style, found);
    }
}

fn link(tag: &StartTag<()>, found: &mut Found) {
    let rel = attribute(tag, "rel").unwrap_or_default().to_ascii_lowercase();
    let mut rels = rel.split_ascii_whitespace();
    // These name a host that something may be loaded from, and no file of it.
    if rels.clone().any(|rel| matches!(rel, "preconnect" | "dns-prefetch")) {
        return;
    }
    let role = match rels.find(|rel| matches!(*rel, "canonical" | "hub" | "pingback" | "webmention")) {
        Some("canonical") => Role::Canonical,
        // These are for programs that have something to say.
        Some(_) => Role::Statement,
        None => Role::Link,
    };
    if let Some(address) = attribute(tag, "href") {
        found.add(address, role);
    }
    shared(tag, found);
}

fn meta(tag: &StartTag<()>, found: &mut Found) {
    let Some(content) = attribute(tag, "content") else { return };
    if attribute(tag, "http-equiv").is_some_and(|what| what.eq_ignore_ascii_case("refresh")) {
        found.addresses.extend(refresh(&content).map(|written| Address { written, role: Role::Link }));
    }
    let Some(property) = attribute(tag, "property").or_else(|| attribute(tag, "name")) else { return };
    if property == "og:url" {
        found.add(content, Role::Canonical);
    } else if PROPERTIES.contains(&property.as_str()) {
        found.add(content, Role::Link);
    }
}

/// The address in `5; url='/x/'`.
fn refresh(content: &str) -> Option<String> {
    let (_, rest) = content.split_once([';', ','])?;
    let rest = rest.trim_start();
    let address = match rest.get(..3) {
        Some(key) if key.eq_ignore_ascii_case("url") => rest[3..].trim_start().strip_prefix('=')?,
        _ => rest,
    };
    let address = address.trim().trim_matches(['"', '\'']);
    (!address.is_empty()).then(|| address.to_owned())
}

/// The addresses of a `srcset`: each stands before white space, and a comma ends what follows it. A comma within an
/// address, as in `data:` ones, does not.
fn candidates(set: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = set;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == ',');
        if rest.is_empty() {
            return found;
        }
        let end = rest.find(|c: char| c.is_ascii_whitespace()).unwrap_or(rest.len());
        let (address, after) = rest.split_at(end);
        let alone = address.trim_end_matches(',');
        found.push(alone);
        rest = if alone.len() < address.len() {
            after
        } else {
            after.split_once(',').map_or("", |(_, next)| next)
        };
    }
}

fn attribute(tag: &StartTag<()>, name: &str) -> Option<String> {
    tag.attributes.get(name.as_bytes()).map(|value| text(&value.value))
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn links(html: &str) -> Vec<String> {
        let links = read(html).addresses.into_iter().filter(|address| address.role == Role::Link);
        links.map(|address| address.written).collect()
    }

    #[test]
    fn addresses_are_found_where_html_has_them() {
        let html = "<a href='/a?b=1&amp;c=2'>x</a><img src=/b.png srcset='/c.png 1x, /d,e.png 2x,/f.png'>\
            <video poster=/g.jpg><meta http-equiv=refresh content='0; URL=/h/'><link rel=stylesheet href=/i.css>\
            <p style='background: url(/j.png)'><style>p { background: url(\"/k.png\") }</style>\
            <meta property=og:image content=/l.png><svg><use xlink:href=#m></svg><object data=/n></object>";
        let expected = [
            "/a?b=1&c=2",
            "/b.png",
            "/c.png",
            "/d,e.png",
            "/f.png",
            "/g.jpg",
            "/h/",
            "/i.css",
            "/j.png",
            "/k.png",
            "/l.png",
            "#m",
            "/n",
        ];
        assert_eq!(links(html), expected);
    }

    #[test]
    fn addresses_are_found_where_they_are_rare() {
        let html = "<svg><style/></svg><a href=/a></a><noscript><img src=/b></noscript><img longdesc=/c>\
            <iframe srcdoc='<a href=/d></a><a href=#e></a>'></iframe><html manifest=/f>\
            <meta property=og:video:secure_url content=/g><svg><style>p { background: url(/h) }</style></svg>";
        assert_eq!(links(html), ["/a", "/b", "/c", "/d", "/f", "/g", "/h"]);
        let ping: Vec<_> =
            read("<a ping='/a /b'>").addresses.into_iter().map(|address| address.written).collect();
        assert_eq!(ping, ["/a", "/b"]);
    }

    #[test]
    fn what_is_no_link_is_none() {
        let html = "<!-- <a href=/a> --><script>'<a href=/b>'</script><textarea><a href=/c></textarea>\
            <link rel='dns-prefetch' href=//d.example><p data-href=/e>&lt;a href=/f>";
        assert_eq!(links(html), Vec::<String>::new());
    }

    #[test]
    fn a_page_says_where_it_is_and_what_is_in_it() {
        let found = read(
            "<base href='/x/'><link rel='canonical me' href=/a><meta property=og:url content=/b><i id=c><a name=d>\
             <form action=/e>",
        );
        let roles: Vec<_> =
            found.addresses.iter().map(|address| (address.written.as_str(), address.role)).collect();
        assert_eq!(roles, [("/a", Role::Canonical), ("/b", Role::Canonical), ("/e", Role::Statement)]);
        assert_eq!((found.ids, found.base.as_deref()), (vec!["c".to_owned(), "d".to_owned()], Some("/x/")));
    }
}
