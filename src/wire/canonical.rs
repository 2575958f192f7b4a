//! One address for one story, however it was come by.
//!
//! A story is copied from a phone, from a search engine's copy of it, from a newsletter. What these add is taken off, so that
//! two addresses can be compared. What comes out is made to be compared, not to be followed: a server may know the one and
//! not the other.

use super::tracking::is_tracking;
use percent_encoding::percent_decode_str;
use std::borrow::Cow;
use std::net::Ipv4Addr;
use url::{Host, Url};

/// Labels of a host that say for which screen a page is made.
const SCREENS: [&str; 6] = ["www", "m", "mobile", "amp", "touch", "wap"];

/// Second labels under the top-level domains of countries below which names are registered, such as `co.uk`. The whole
/// [list](https://publicsuffix.org/) has ten thousand entries; these are the ones at which newspapers are.
const SECOND: [&str; 18] = [
    "ac", "co", "com", "edu", "gob", "gouv", "gov", "govt", "id", "ltd", "ne", "net", "nom", "or", "org",
    "plc", "sch", "web",
];

/// Hosts whose names belong to their users: in `m.github.io`, `m` is somebody.
const SHARED: [&str; 18] = [
    "blogspot.com",
    "ghost.io",
    "github.io",
    "gitlab.io",
    "herokuapp.com",
    "livejournal.com",
    "medium.com",
    "neocities.org",
    "netlify.app",
    "pages.dev",
    "substack.com",
    "tumblr.com",
    "typepad.com",
    "vercel.app",
    "web.app",
    "weebly.com",
    "wixsite.com",
    "wordpress.com",
];

/// Names of a folder's own page.
const INDEXES: [&str; 3] = ["index.html", "index.htm", "index.php"];

/// The address of a story as it is compared: `https://example.org/2021/11/25/story` of
/// `http://m.example.org/amp/2021/11/25/story/?utm_source=x#:~:text=y`. `None` of what is no address on the web.
///
/// `http` is `https`; `www.`, `m.`, `amp.` and the like go from the front of the host, as do default ports, users and
/// passwords; of the path `/amp` goes, an `index.html` and a slash at the end; of the parameters those that track and those
/// that ask for another form. The other parameters are sorted; a fragment stays, since some sites tell their pages apart
/// by it, but for what a browser is to mark (`#:~:text=`). A copy of a page that a search engine keeps is that page.
pub fn canonical(url: &str) -> Option<String> {
    let given = parse(url)?;
    let url = original(&given).unwrap_or(given);
    let mut canonical = format!("https://{}", host(&url)?);
    if let Some(port) = url.port().filter(|port| !matches!(port, 80 | 443)) {
        canonical += &format!(":{port}");
    }
    canonical += &path(&url);
    let mut pairs: Vec<&str> = pairs(url.query().unwrap_or_default()).filter(|pair| !is_form(pair)).collect();
    pairs.sort_by(|one, other| name(one).cmp(&name(other)));
    if !pairs.is_empty() {
        canonical += &format!("?{}", pairs.join("&"));
    }
    if let Some(fragment) = fragment(&url) {
        canonical += &format!("#{fragment}");
    }
    Some(canonical)
}

/// Whether an address, made [canonical], is that of a site's front page, where no one story is.
pub fn is_front_page(canonical: &str) -> bool {
    canonical.strip_prefix("https://").is_some_and(|rest| !rest.contains(['/', '?', '#']))
}

/// The names of the parameters of an address that only track, in the order they are written.
pub fn tracking(url: &str) -> Vec<String> {
    let (rest, fragment) = url.split_once('#').unwrap_or((url, ""));
    let query = rest.split_once('?').map_or("", |(_, query)| query);
    let marks = if only_tracks(fragment) { fragment } else { "" };
    let names = pairs(query).chain(pairs(marks)).map(name);
    names.filter(|name| is_tracking(name)).map(Cow::into_owned).collect()
}

/// The address without the parameters that only track, and otherwise as it is written.
pub fn untracked(url: &str) -> String {
    let (rest, fragment) = url.split_once('#').map_or((url, None), |(rest, fragment)| (rest, Some(fragment)));
    let (page, query) = rest.split_once('?').unwrap_or((rest, ""));
    let kept: Vec<&str> = pairs(query).filter(|pair| !is_tracking(&name(pair))).collect();
    let query = if kept.is_empty() { String::new() } else { format!("?{}", kept.join("&")) };
    let fragment = fragment.filter(|fragment| !only_tracks(fragment)).map(|fragment| format!("#{fragment}"));
    format!("{page}{query}{}", fragment.unwrap_or_default())
}

fn parse(url: &str) -> Option<Url> {
    let url = Url::parse(url.trim()).ok()?;
    (matches!(url.scheme(), "http" | "https") && url.has_host()).then_some(url)
}

/// The page that an address of a search engine's store of AMP pages shows: `https://www.google.com/amp/s/a.example/b` and
/// `https://a-example.cdn.ampproject.org/c/s/a.example/b` are `https://a.example/b`.
fn original(url: &Url) -> Option<Url> {
    let host = url.host_str()?;
    let rest = if host.ends_with(".cdn.ampproject.org") {
        ["/c/", "/v/", "/i/", "/wp/"].iter().find_map(|kind| url.path().strip_prefix(kind))
    } else if host.strip_prefix("www.").unwrap_or(host).starts_with("google.") {
        url.path().strip_prefix("/amp/")
    } else {
        None
    }?;
    let rest = rest.strip_prefix("s/").unwrap_or(rest);
    let query = url.query().map(|query| format!("?{query}")).unwrap_or_default();
    parse(&format!("https://{rest}{query}"))
        .filter(|page| page.host_str().is_some_and(|host| host.contains('.')))
}

fn host(url: &Url) -> Option<String> {
    let Host::Domain(domain) = url.host()? else { return url.host_str().map(str::to_owned) };
    let domain = domain.trim_end_matches('.').to_ascii_lowercase();
    if domain.parse::<Ipv4Addr>().is_ok() {
        return Some(domain);
    }
    let mut rest = domain.as_str();
    while let Some((first, behind)) = rest.split_once('.') {
        if SCREENS.contains(&first) && is_registrable(behind) {
            rest = behind;
            continue;
        }
        // `en.m.wikipedia.org`.
        return Some(match behind.split_once('.') {
            Some(("m" | "mobile" | "amp", last)) if is_registrable(last) => format!("{first}.{last}"),
            _ => rest.to_owned(),
        });
    }
    Some(rest.to_owned())
}

/// Whether a host can be somebody's, and is not the ending that everybody's names have.
fn is_registrable(host: &str) -> bool {
    if SHARED.contains(&host) {
        return false;
    }
    match host.split_once('.') {
        None => false,
        Some((second, top)) => top.contains('.') || top.len() != 2 || !SECOND.contains(&second),
    }
}

/// The path without what asks for another form of the page. Nothing at all is left of `/`.
fn path(url: &Url) -> String {
    let segments: Vec<String> = url.path_segments().into_iter().flatten().map(normal).collect();
    let mut segments: Vec<&str> = segments.iter().map(String::as_str).collect();
    while segments.last().is_some_and(|last| last.is_empty()) {
        segments.pop();
    }
    if segments.len() > 1 && segments[0] == "amp" {
        segments.remove(0);
    }
    let is_end = |last: &&str| INDEXES.contains(last) || matches!(*last, "amp" | "amp.html" | "amp.htm");
    while segments.len() > 1 && segments.last().is_some_and(is_end) {
        segments.pop();
    }
    if segments.len() == 1 && INDEXES.contains(&segments[0]) {
        segments.pop();
    }
    // `/story.amp` and `/story.amp.html`.
    let last = segments.pop().map(|last| match last.strip_suffix(".amp") {
        Some(name) if !name.is_empty() => name.to_owned(),
        _ => last.replace(".amp.htm", ".htm"),
    });
    let all = segments.into_iter().map(str::to_owned).chain(last);
    all.map(|segment| format!("/{segment}")).collect()
}

/// A segment of a path in the one way to write it: what needs no encoding has none, and the rest in capitals.
fn normal(segment: &str) -> String {
    let mut normal = String::with_capacity(segment.len());
    let mut rest = segment;
    while let Some(at) = rest.find('%') {
        normal += &rest[..at];
        let Some(code) = rest.get(at..at + 3).filter(|code| code[1..].bytes().all(|b| b.is_ascii_hexdigit()))
        else {
            normal.push('%');
            rest = &rest[at + 1..];
            continue;
        };
        match percent_decode_str(code).next() {
            Some(byte) if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) => normal.push(byte.into()),
            _ => normal += &code.to_ascii_uppercase(),
        }
        rest = &rest[at + 3..];
    }
    normal + rest
}

/// The fragment without what a browser is to mark, and without one that only tracks.
fn fragment(url: &Url) -> Option<&str> {
    let fragment = url.fragment()?;
    let fragment = fragment.split_once(":~:").map_or(fragment, |(place, _)| place);
    (!fragment.is_empty() && !only_tracks(fragment)).then_some(fragment)
}

/// Whether a fragment is a list of parameters that only track, as in `#xtor=RSS-1`.
fn only_tracks(fragment: &str) -> bool {
    fragment.contains('=') && pairs(fragment).all(|pair| is_tracking(&name(pair)))
}

fn pairs(query: &str) -> impl Iterator<Item = &str> {
    query.split('&').filter(|pair| !pair.is_empty() && *pair != "=")
}

fn name(pair: &str) -> Cow<'_, str> {
    let name = pair.split_once('=').map_or(pair, |(name, _)| name);
    percent_decode_str(name.strip_prefix("amp;").unwrap_or(name)).decode_utf8_lossy()
}

/// Whether a parameter does not say which page it is: it tracks, or asks for the form of it.
fn is_form(pair: &str) -> bool {
    let value = pair.split_once('=').map_or("", |(_, value)| value);
    let is_on = matches!(value, "" | "1" | "true" | "amp" | "yes");
    match name(pair).to_ascii_lowercase().as_str() {
        "amp" | "isamp" | "_amp" | "amphtml" => is_on,
        "outputtype" | "output" | "view" => value.eq_ignore_ascii_case("amp"),
        "m" => matches!(value, "0" | "1"),
        name => is_tracking(name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_one_story_are_one() {
        let cases = [
            // Scheme, host, port, user.
            ("http://Example.ORG/Story", "https://example.org/Story"),
            ("https://example.org:443/a", "https://example.org/a"),
            ("http://example.org:80/a", "https://example.org/a"),
            ("https://example.org:8080/a", "https://example.org:8080/a"),
            ("https://me:secret@example.org/a", "https://example.org/a"),
            ("https://example.org./a", "https://example.org/a"),
            ("https://bücher.example/a", "https://xn--bcher-kva.example/a"),
            // Screens.
            ("https://www.example.org/a", "https://example.org/a"),
            ("https://m.example.org/a", "https://example.org/a"),
            ("https://www.m.example.org/a", "https://example.org/a"),
            ("https://amp.theguardian.com/a", "https://theguardian.com/a"),
            ("https://mobile.reuters.com/a", "https://reuters.com/a"),
            ("https://en.m.wikipedia.org/wiki/Apia", "https://en.wikipedia.org/wiki/Apia"),
            ("https://www.bbc.co.uk/a", "https://bbc.co.uk/a"),
            // Where the label is the name.
            ("https://m.com/a", "https://m.com/a"),
            ("https://mobile.de/a", "https://mobile.de/a"),
            ("https://amp.co.uk/a", "https://amp.co.uk/a"),
            ("https://www.mobile.co.uk/a", "https://mobile.co.uk/a"),
            ("https://m.github.io/a", "https://m.github.io/a"),
            ("https://m/a", "https://m/a"),
            ("http://127.0.0.1/a", "https://127.0.0.1/a"),
            ("http://[::1]/a", "https://[::1]/a"),
            // Paths.
            ("https://example.org/a/", "https://example.org/a"),
            ("https://example.org/a//", "https://example.org/a"),
            ("https://example.org", "https://example.org"),
            ("https://example.org/", "https://example.org"),
            ("https://example.org/index.html", "https://example.org"),
            ("https://example.org/a/index.html", "https://example.org/a"),
            ("https://example.org/amp/a/b", "https://example.org/a/b"),
            ("https://example.org/a/b/amp/", "https://example.org/a/b"),
            ("https://example.org/a/b/amp", "https://example.org/a/b"),
            ("https://example.org/a.amp", "https://example.org/a"),
            ("https://example.org/a.amp.html", "https://example.org/a.html"),
            ("https://example.org/amp", "https://example.org/amp"),
            ("https://example.org/a/amplifier", "https://example.org/a/amplifier"),
            ("https://example.org/%7ea/%c3%a9", "https://example.org/~a/%C3%A9"),
            ("https://example.org/é/100%", "https://example.org/%C3%A9/100%"),
            // Parameters.
            ("https://example.org/a?utm_source=x&utm_medium=y", "https://example.org/a"),
            ("https://example.org/a?id=7&fbclid=z", "https://example.org/a?id=7"),
            ("https://example.org/a?b=2&a=1&a=0", "https://example.org/a?a=1&a=0&b=2"),
            ("https://example.org/a?CMP=share&amp;gclid=1", "https://example.org/a"),
            ("https://example.org/a?amp=1", "https://example.org/a"),
            ("https://example.org/a?amp", "https://example.org/a"),
            ("https://example.org/a?outputType=amp", "https://example.org/a"),
            ("https://example.org/a?amp=7", "https://example.org/a?amp=7"),
            ("https://example.org/a?", "https://example.org/a"),
            ("https://example.org/?p=12", "https://example.org?p=12"),
            // Fragments.
            ("https://example.org/a#b", "https://example.org/a#b"),
            ("https://example.org/a#", "https://example.org/a"),
            ("https://example.org/a#:~:text=so%20he%20said", "https://example.org/a"),
            ("https://example.org/a#b:~:text=x", "https://example.org/a#b"),
            ("https://example.org/a#xtor=RSS-1", "https://example.org/a"),
            ("https://example.org/#!/story/1", "https://example.org#!/story/1"),
            // Copies.
            ("https://www.google.com/amp/s/www.example.org/a/amp/", "https://example.org/a"),
            (
                "https://www-example-org.cdn.ampproject.org/c/s/www.example.org/a?x=1",
                "https://example.org/a?x=1",
            ),
            ("https://www.google.com/amp/story", "https://google.com/story"),
        ];
        for (given, expected) in cases {
            let found = canonical(given);
            assert_eq!(found.as_deref(), Some(expected), "{given}");
            assert_eq!(canonical(expected).as_deref(), Some(expected), "once more: {expected}");
        }
        for nothing in ["", "example.org/a", "mailto:a@example.org", "ftp://example.org/a", "https://", "/a"]
        {
            assert_eq!(canonical(nothing), None, "{nothing}");
        }
    }

    #[test]
    fn a_front_page_is_no_story() {
        for (url, is) in [
            ("http://www.example.org/", true),
            ("https://example.org/?p=1", false),
            ("https://a.example/b", false),
        ] {
            assert_eq!(canonical(url).as_deref().is_some_and(is_front_page), is, "{url}");
        }
    }

    #[test]
    fn what_tracks_is_named_and_taken_off_and_nothing_else_changes() {
        let cases: [(&str, &[&str], &str); 6] = [
            ("https://a.example/b?utm_source=x&id=%7e1#c", &["utm_source"], "https://a.example/b?id=%7e1#c"),
            ("https://a.example/b/?fbclid=1&gclid=2", &["fbclid", "gclid"], "https://a.example/b/"),
            ("https://a.example/b#xtor=RSS-1", &["xtor"], "https://a.example/b"),
            ("https://a.example/b#at=1", &[], "https://a.example/b#at=1"),
            ("http://www.a.example/b?id=1", &[], "http://www.a.example/b?id=1"),
            ("../b?utm_source=x", &["utm_source"], "../b"),
        ];
        for (url, names, rest) in cases {
            assert_eq!(
                (tracking(url), untracked(url).as_str()),
                (names.iter().map(|n| (*n).to_owned()).collect(), rest)
            );
        }
    }
}
