//! What a link in a document leads to: a source file's page, an address of the site, or elsewhere.

use super::id::{ArticleId, StandingId};
use crate::article::{Article, Standing};
use crate::source::CONTENT;
use foldhash::{HashMap, HashMapExt};
use percent_encoding::percent_decode_str;
use std::sync::Arc;

/// Why a document is not shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hidden {
    /// It is a draft.
    Draft,
    /// Its date is still to come.
    Scheduled,
    /// Its time is over.
    Expired,
}

/// What a source file came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// An article.
    Article(ArticleId),
    /// A standing page.
    Standing(StandingId),
    /// A document that is not shown.
    Hidden(Hidden),
    /// A document with an error of its own, which is reported there.
    Broken,
}

/// What every source file came to.
#[derive(Debug, Default)]
pub struct Targets {
    by_source: HashMap<Arc<str>, Target>,
    hidden_slugs: HashMap<Box<str>, Hidden>,
    any_broken: bool,
}

impl Targets {
    pub(super) fn new(
        articles: &[Arc<Article>],
        standing: &[Arc<Standing>],
        hidden: &[(Arc<Article>, Hidden)],
        hidden_standing: &[Arc<Standing>],
        broken: &[Arc<str>],
    ) -> Self {
        let mut by_source = HashMap::with_capacity(articles.len() + standing.len());
        by_source.extend((0..).zip(articles).map(|(id, a)| (a.document.source.clone(), Target::Article(id))));
        by_source
            .extend((0..).zip(standing).map(|(id, s)| (s.document.source.clone(), Target::Standing(id))));
        by_source.extend(
            hidden.iter().map(|(article, why)| (article.document.source.clone(), Target::Hidden(*why))),
        );
        by_source.extend(
            hidden_standing.iter().map(|page| (page.document.source.clone(), Target::Hidden(Hidden::Draft))),
        );
        let hidden_slugs =
            hidden.iter().map(|(article, why)| (article.document.slug.clone(), *why)).collect();
        let any_broken = !broken.is_empty();
        by_source.extend(broken.iter().map(|source| (source.clone(), Target::Broken)));
        Self { by_source, hidden_slugs, any_broken }
    }

    /// Why the article of a slug is not shown, where it is not.
    pub fn hidden_slug(&self, slug: &str) -> Option<Hidden> {
        self.hidden_slugs.get(slug).copied()
    }

    /// What a source file came to; `None` where there is no such file.
    pub fn get(&self, source: &str) -> Option<Target> {
        self.by_source.get(source).copied()
    }

    /// Whether some document could not be read. Its address is not known then, so an address that nothing is
    /// planned at may be its own.
    pub fn any_broken(&self) -> bool {
        self.any_broken
    }

    /// Every source file, in no order.
    pub fn sources(&self) -> impl Iterator<Item = &str> + Clone {
        self.by_source.keys().map(AsRef::as_ref)
    }
}

/// A link as it is written, taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Link<'a> {
    /// A place in the same document.
    Fragment(&'a str),
    /// Another Markdown file, from the site's root, and a heading in it.
    Document {
        /// `content/articles/x.md`.
        source: String,
        /// The heading, decoded.
        fragment: Option<String>,
    },
    /// An address from the site's home: its raw path, and what follows it (`?…`, `#…`) as written.
    Address {
        /// `/tags/é/`.
        path: String,
        /// `#top`.
        suffix: &'a str,
    },
    /// A file beside the document, from the site's root.
    File {
        /// `content/articles/x/photo.jpg`.
        source: String,
        /// What follows it.
        suffix: &'a str,
    },
    /// An address or a path that climbs above the site's home, or above its folder.
    Outside {
        /// What it comes to, counted from the host's root: `/other/`; of a path of a file, nothing.
        beyond: Option<String>,
    },
    /// Another host.
    External,
    /// Something that is no address of a page: `mailto:` and the like.
    Other,
}

/// The scheme that an address begins with, such as `https`. One letter is a drive, and none.
pub fn scheme(address: &str) -> Option<&str> {
    let letters = |byte: &u8| byte.is_ascii_alphanumeric() || b"+.-".contains(byte);
    let length = address.bytes().take_while(letters).count();
    (length > 1 && address.as_bytes().get(length) == Some(&b':')).then(|| &address[..length])
}

impl<'a> Link<'a> {
    /// Takes apart a link that stands in the document `from`.
    pub fn parse(from: &str, href: &'a str) -> Self {
        let href = href.trim();
        if let Some(fragment) = href.strip_prefix('#') {
            return Self::Fragment(fragment);
        }
        if href.starts_with("//") {
            return Self::External;
        }
        if let Some(scheme) = scheme(href) {
            let web = scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https");
            return if web { Self::External } else { Self::Other };
        }
        let end = href.find(['?', '#']).unwrap_or(href.len());
        let (path, suffix) = href.split_at(end);
        let path = percent_decode_str(path).decode_utf8_lossy();
        if let Some(path) = path.strip_prefix('/') {
            let (address, is_inside) = normalise("", path);
            let slash = if path.ends_with('/') && !address.is_empty() { "/" } else { "" };
            let path = format!("/{address}{slash}");
            return if is_inside {
                Self::Address { path, suffix }
            } else {
                Self::Outside { beyond: Some(path) }
            };
        }
        let (source, is_inside) = match path.strip_prefix("@/") {
            Some(path) => normalise(CONTENT, path),
            None => normalise(from.rsplit_once('/').map_or("", |(folder, _)| folder), &path),
        };
        if !is_inside {
            return Self::Outside { beyond: None };
        }
        if path.ends_with(".md") {
            let fragment =
                suffix.split_once('#').map(|(_, fragment)| fragment).filter(|fragment| !fragment.is_empty());
            let fragment =
                fragment.map(|fragment| percent_decode_str(fragment).decode_utf8_lossy().into_owned());
            return Self::Document { source, fragment };
        }
        Self::File { source, suffix }
    }
}

/// The output path of a file in a document's bundle.
pub(super) fn bundle_path(document: &str, address: &str, file: &str) -> String {
    let folder = document.rsplit_once('/').map_or("", |(folder, _)| folder);
    let name = file.strip_prefix(folder).unwrap_or(file).trim_start_matches('/');
    let address = address.strip_suffix(".html").unwrap_or(address).trim_matches('/');
    if address.is_empty() { name.to_owned() } else { format!("{address}/{name}") }
}

/// Joins a folder and a relative path, resolving `.` and `..`, and says whether it stays below the root all the way;
/// what climbs out goes on from the root.
fn normalise(folder: &str, path: &str) -> (String, bool) {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    let mut is_inside = true;
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => is_inside &= parts.pop().is_some(),
            _ => parts.push(part),
        }
    }
    (parts.join("/"), is_inside)
}

#[cfg(test)]
mod tests {
    use super::*;

    const FROM: &str = "content/articles/2021/x.md";

    #[test]
    fn links_are_taken_apart() {
        let document = |source: &str, fragment: Option<&str>| Link::Document {
            source: source.to_owned(),
            fragment: fragment.map(str::to_owned),
        };
        assert_eq!(Link::parse(FROM, "./y.md"), document("content/articles/2021/y.md", None));
        assert_eq!(Link::parse(FROM, "../z/y.md#a%20b"), document("content/articles/z/y.md", Some("a b")));
        assert_eq!(Link::parse(FROM, "@/pages/about.md"), document("content/pages/about.md", None));
        assert_eq!(Link::parse(FROM, "#x"), Link::Fragment("x"));
        assert_eq!(Link::parse(FROM, "https://a/b"), Link::External);
        assert_eq!(Link::parse(FROM, "//a/b"), Link::External);
        assert_eq!(Link::parse(FROM, "mailto:a@b"), Link::Other);
        assert_eq!(
            Link::parse(FROM, "/tags/%C3%A9/?q#f"),
            Link::Address { path: "/tags/é/".into(), suffix: "?q#f" }
        );
        assert_eq!(Link::parse(FROM, "/a/../b"), Link::Address { path: "/b".into(), suffix: "" });
        for (href, beyond) in [
            ("/../other/", Some("/other/")),
            ("/a/%2e%2e/../b", Some("/b")),
            ("../../../../x.md", None),
            ("@/../../x/", None),
        ] {
            assert_eq!(
                Link::parse(FROM, href),
                Link::Outside { beyond: beyond.map(str::to_owned) },
                "{href}"
            );
        }
        assert_eq!(
            Link::parse(FROM, "p.jpg"),
            Link::File { source: "content/articles/2021/p.jpg".into(), suffix: "" }
        );
    }

    #[test]
    fn bundle_files_lie_beside_their_page() {
        let path =
            |address| bundle_path("content/articles/x/index.md", address, "content/articles/x/img/a.jpg");
        assert_eq!(path("/2021/x/"), "2021/x/img/a.jpg");
        assert_eq!(path("/2021/x.html"), "2021/x/img/a.jpg");
    }
}
