//! A story that runs already.

use super::item::{Finding, Place};
use crate::check::stories::Stories;
use crate::site::Site;
use crate::wire::covered::{Covered, How, Repeat};
use std::collections::HashMap;

/// The articles that repeat an older one, by their places among the stories.
pub(super) fn look(stories: &Stories<'_>, covered: &Covered, site: &Site) -> Vec<(u32, Finding)> {
    let repeats = covered.repeats(|place| stories.texts(place));
    if repeats.is_empty() {
        return Vec::new();
    }
    let files = site.articles.iter().map(|article| &*article.document.source);
    let addresses: HashMap<&str, &str> = files.zip(site.addresses.iter().map(AsRef::as_ref)).collect();
    let name = |place: u32| {
        let document = &stories.articles()[place as usize].document;
        let address = addresses.get(&*document.source).copied();
        (document, address)
    };
    let say = |(newer, repeat): (u32, Repeat)| {
        let (document, address) = name(newer);
        let (slug, file) = (&*document.slug, &*document.source);
        if site.config.check.allows_repeat(slug, file, address.unwrap_or_default()) {
            return None;
        }
        let (older, at) = name(repeat.article);
        let at = at.map_or_else(|| older.source.to_string(), |at| at.trim_matches('/').to_owned());
        let message = format!("runs already as {at} ({})", repeat.how.words());
        let own = address.unwrap_or(file);
        let help = format!(
            "take one of them out (the other is {}); or, under [check] in site.toml: repeats_allowed = [\"{own}\"]",
            older.source
        );
        let place = match repeat.how {
            How::Address => Place::Within("source", 0, "url"),
            How::Wire(_) | How::Text(_) => Place::Key("title"),
        };
        Some((newer, Finding::new(place, message, help)))
    };
    repeats.into_iter().filter_map(say).collect()
}
