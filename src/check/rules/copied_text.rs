//! Sentences that are the source's.

use super::item::{Finding, Item, Place};
use crate::wire::shingles::{Word, words};
use std::collections::HashSet;

/// How many words in a row may be the source's outside of a block quote: a long sentence.
const LONGEST: usize = 40;

/// More words in a row than that, of the text or the summary, which stand in the copy that was kept of the source.
pub(super) fn copied(item: &Item<'_>) -> Vec<Finding> {
    let Some(copy) = item.copy else { return Vec::new() };
    let theirs: Vec<u64> = words(copy).into_iter().map(|word| word.hash).collect();
    let runs: HashSet<&[u64]> = theirs.windows(LONGEST + 1).collect();
    let of_text = unquoted(item).into_iter().flat_map(|own| {
        let place = |first: &Word, last: &Word| {
            Place::Text(item.prose.origin(first.span.start)..item.prose.origin(last.span.end - 1) + 1)
        };
        found(&own, &runs, place)
    });
    let summary = words(item.article.document.summary.as_deref().unwrap_or_default());
    let of_summary = found(&summary, &runs, |_, _| Place::Key("summary"));
    of_summary.into_iter().chain(of_text).collect()
}

/// The words of the text in the pieces that lie between its block quotes.
fn unquoted(item: &Item<'_>) -> Vec<Vec<Word>> {
    let is_quoted = |word: &Word| {
        let quotes = &item.prose.quotes;
        let next = quotes.partition_point(|quote| quote.end <= word.span.start);
        quotes.get(next).is_some_and(|quote| quote.start <= word.span.start)
    };
    let words = words(&item.prose.text);
    words.split(is_quoted).filter(|piece| piece.len() > LONGEST).map(<[Word]>::to_vec).collect()
}

fn found(own: &[Word], theirs: &HashSet<&[u64]>, place: impl Fn(&Word, &Word) -> Place) -> Vec<Finding> {
    let hashes: Vec<u64> = own.iter().map(|word| word.hash).collect();
    let is_copied: Vec<bool> = hashes.windows(LONGEST + 1).map(|run| theirs.contains(run)).collect();
    let mut found = Vec::new();
    let mut at = 0;
    for group in is_copied.chunk_by(|one, next| one == next) {
        if group[0] {
            let (first, last) = (&own[at], &own[at + group.len() - 1 + LONGEST]);
            let message = format!("{} words in a row are the source's", group.len() + LONGEST);
            let help = "say it in words of your own, or make it a block quote with '> '";
            found.push(Finding::new(place(first, last), message, help));
        }
        at += group.len();
    }
    found
}
