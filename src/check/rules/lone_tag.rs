//! A tag that is another one, mistyped.

use super::item::{Finding, Place};
use crate::article::Article;
use crate::slug;
use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// Of how many characters a tag must be. Among short ones one letter tells words apart: Iran and Iraq.
const SHORTEST: usize = 5;

/// A tag as it is used.
struct Tag<'a> {
    /// As it is written where it stands first.
    name: &'a str,
    /// How many articles have it.
    count: usize,
    /// The place of one of them.
    article: u32,
}

/// Tags that one article has alone, and that are one slip of the pen away from another: with each, the place of that article.
///
/// A slip is a letter too many, one too few, another one, or two that have changed places. One in the first letter, or in a
/// digit, is none: it is another word, and another year.
pub(super) fn look(articles: &[&Arc<Article>]) -> Vec<(u32, Finding)> {
    let mut tags: BTreeMap<String, Tag<'_>> = BTreeMap::new();
    for (article, own) in (0..).zip(articles) {
        for name in &own.tags {
            let tag = tags.entry(slug::fold(name)).or_insert(Tag { name, count: 0, article });
            tag.count += 1;
        }
    }
    let long: Vec<(&String, &Tag<'_>)> =
        tags.iter().filter(|(tag, _)| tag.chars().count() >= SHORTEST).collect();
    let near = neighbours(&long);
    let find = |(place, (tag, used)): (usize, &(&String, &Tag<'_>))| {
        if used.count > 1 {
            return None;
        }
        let others = deletions(tag).into_iter().flat_map(|form| near.get(&form).into_iter().flatten());
        let mut others: Vec<&(&String, &Tag<'_>)> = others
            .filter(|other| **other != place)
            .map(|other| &long[*other])
            .filter(|(other, of)| is_slip(tag, other) && (of.count > 1 || of.article != used.article))
            .collect();
        others.sort_by_key(|(other, of)| (Reverse(of.count), *other));
        let (_, meant) = others.first()?;
        // Of two that are used once each, the newer is told of.
        if meant.count == 1 && meant.article > used.article {
            return None;
        }
        let uses =
            if meant.count == 1 { "one article".to_owned() } else { format!("{} articles", meant.count) };
        let message = format!("no other article has the tag '{}', and {uses} '{}'", used.name, meant.name);
        let help = format!("did you mean '{}'?", meant.name);
        Some((used.article, Finding::new(Place::Key("tags"), message, help)))
    };
    long.iter().enumerate().filter_map(find).collect()
}

/// Tags by every form they have with one letter less: two that are one slip apart share a form. So not each has to be
/// compared with all.
fn neighbours(tags: &[(&String, &Tag<'_>)]) -> HashMap<String, Vec<usize>> {
    let mut near: HashMap<String, Vec<usize>> = HashMap::new();
    for (place, (tag, _)) in tags.iter().enumerate() {
        for form in deletions(tag) {
            near.entry(form).or_default().push(place);
        }
    }
    near
}

/// A tag itself, and without each of its letters but the first.
fn deletions(tag: &str) -> Vec<String> {
    let without = |(at, letter): (usize, char)| format!("{}{}", &tag[..at], &tag[at + letter.len_utf8()..]);
    let mut forms: Vec<String> = tag.char_indices().skip(1).map(without).collect();
    forms.push(tag.to_owned());
    forms.sort_unstable();
    forms.dedup();
    forms
}

fn is_slip(one: &str, other: &str) -> bool {
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    one.chars().next() == other.chars().next()
        && digits(one) == digits(other)
        && strsim::damerau_levenshtein(one, other) == 1
}
