//! Headlines: whole, the digest's own, in small letters and short.

use super::item::{Finding, Item, Place};
use crate::wire::shingles::words;

/// How many characters a headline may have. Search engines and readers of feeds cut there.
const LONGEST: usize = 110;
/// How many letters a headline must have before it can be said to shout.
const FEWEST_LETTERS: usize = 10;

/// One that ends in an ellipsis, as those do that come from a list of headlines.
pub(super) fn cut(item: &Item<'_>) -> Vec<Finding> {
    let title = item.article.document.title.trim_end_matches(['"', '\'', '”', '’', '»', ' ', ']', ')']);
    let is_cut = title.ends_with('…') || title.ends_with("...");
    found(is_cut, "the headline is cut off".to_owned(), "write it to its end")
}

/// One that is the source's own, but for case and punctuation.
pub(super) fn copied(item: &Item<'_>) -> Vec<Finding> {
    let hashes = |text: &str| words(text).into_iter().map(|word| word.hash).collect::<Vec<_>>();
    let original = item.article.details.original_title.as_deref();
    let is_copied = original.is_some_and(|title| hashes(title) == hashes(&item.article.document.title));
    let message = "the headline is the source's, word for word".to_owned();
    found(is_copied, message, "write one of your own; the source's stands in original_title")
}

/// One in capitals, but for a word or two. Names of organizations are in capitals, too, but hardly two thirds of a headline.
pub(super) fn shouting(item: &Item<'_>) -> Vec<Finding> {
    let title = &item.article.document.title;
    let count = |is: fn(char) -> bool| title.chars().filter(|c| is(*c)).count();
    let (capitals, small) = (count(char::is_uppercase), count(char::is_lowercase));
    let is_shouting = capitals + small >= FEWEST_LETTERS && capitals > 2 * small && title.contains(' ');
    found(is_shouting, "the headline is in capitals".to_owned(), "write it as a sentence is written")
}

/// One that is cut wherever others show it.
pub(super) fn long(item: &Item<'_>) -> Vec<Finding> {
    let length = item.article.document.title.chars().count();
    let message = format!("the headline has {length} characters, and search engines cut it after {LONGEST}");
    found(length > LONGEST, message, "make it shorter; what it says besides fits in the summary")
}

fn found(is_wrong: bool, message: String, help: &str) -> Vec<Finding> {
    is_wrong.then(|| Finding::new(Place::Key("title"), message, help)).into_iter().collect()
}
