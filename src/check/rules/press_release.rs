//! What an interested party sent, and reads as if a newsroom had written it.

use super::item::{Finding, Item, Place};
use crate::article::{Kind, Source};
use crate::wire::agencies::Agencies;
use crate::wire::canonical::canonical;
use crate::wire::copy::paragraphs;
use crate::wire::story::{self, Known, PageHead};

/// In how many characters of a copy its head is.
const HEAD: usize = 4000;

/// A story whose source is a press-release wire, or whose copy says that it is one, and whose `kind` is another. Where a second
/// source is named that is none, somebody has looked into it.
pub(super) fn unmarked(item: &Item<'_>) -> Vec<Finding> {
    let [source, others @ ..] = &item.article.sources[..] else { return Vec::new() };
    if item.article.kind == Kind::PressRelease
        || others.iter().any(|other| wire_of(other, item.agencies).is_none())
    {
        return Vec::new();
    }
    let (message, place) = if let Some(wire) = wire_of(source, item.agencies) {
        let has_agencies = !source.agencies.is_empty();
        let place = Place::Within("source", 0, if has_agencies { "agencies" } else { "name" });
        (format!("'{wire}' carries press releases, and the article does not say that it is one"), place)
    } else if item.copy.is_some_and(|copy| says_so(copy, item.agencies)) {
        ("the source is a press release, and the article does not say so".to_owned(), Place::Key("title"))
    } else {
        return Vec::new();
    };
    vec![Finding::new(place, message, "say so: kind = \"press-release\"")]
}

/// The press-release wire that a source is or came by.
fn wire_of<'a>(source: &'a Source, agencies: &Agencies) -> Option<&'a str> {
    const HOSTS: [&str; 6] = [
        "prnewswire.com",
        "businesswire.com",
        "globenewswire.com",
        "accesswire.com",
        "einpresswire.com",
        "newsfilecorp.com",
    ];
    let mut names = source.agencies.iter().chain([&source.name]).map(AsRef::as_ref);
    let host = || {
        let address = canonical(source.url.as_deref()?)?;
        let own = address.split('/').nth(2)?;
        HOSTS.into_iter().find(|host| *host == own)
    };
    names.find(|name: &&str| agencies.carries_press_releases(name)).or_else(host)
}

/// Whether the head of a copy says that it is one, as an import reads it.
fn says_so(copy: &str, agencies: &Agencies) -> bool {
    let head: String = copy.chars().take(HEAD).collect();
    let known = Known { agencies, published: None, tags: Vec::new(), page: PageHead::default() };
    story::read(paragraphs(&head), &known).is_press_release
}
