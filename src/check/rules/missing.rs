//! What an article ought to say of itself, and does not.

use super::item::{Finding, Item, Place};
use crate::article::Kind;

/// News without a source. What someone thinks, or what the desk explains, may have none.
pub(super) fn source(item: &Item<'_>) -> Vec<Finding> {
    let is_missing = is_news(item) && item.article.sources.is_empty();
    let help = "say where the story comes from: source = { name = \"…\", url = \"…\" }";
    found(is_missing, "no source is named", help)
}

/// No summary: the first paragraph stands in for it, but only on cards and in feeds.
pub(super) fn summary(item: &Item<'_>) -> Vec<Finding> {
    let help = "say in a sentence or two what happened: summary = \"…\"";
    found(item.article.document.summary.is_none(), "there is no summary", help)
}

/// News that is told from nowhere.
pub(super) fn place(item: &Item<'_>) -> Vec<Finding> {
    let is_missing = is_news(item) && item.article.place.is_none();
    found(is_missing, "no place is named", "say where the story is told from: place = \"…\"")
}

/// A picture of which nobody is said to have made it.
pub(super) fn credit(item: &Item<'_>) -> Vec<Finding> {
    let image = item.article.document.image.as_deref().filter(|image| image.credit.is_none());
    let say = |_| {
        let help = "say who made it: credit = \"…\" beside its src";
        Finding::new(Place::Within("image", 0, "src"), "the picture has no credit", help)
    };
    image.map(say).into_iter().collect()
}

fn is_news(item: &Item<'_>) -> bool {
    matches!(item.article.kind, Kind::News | Kind::Brief | Kind::PressRelease)
}

fn found(is_missing: bool, message: &str, help: &str) -> Vec<Finding> {
    is_missing.then(|| Finding::new(Place::Key("title"), message, help)).into_iter().collect()
}
