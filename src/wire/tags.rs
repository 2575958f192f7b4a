//! Which of a site's tags a text mentions.

use super::fold::folded;
use super::scan::is_mark;
use std::collections::HashMap;
use std::ops::Range;

/// The most tags that are proposed.
const MOST: usize = 8;
/// A tag of so few letters in capitals, such as `US` or `R&D`, is in a text only as it is written.
const SHORT: usize = 3;

/// Those of `tags` that stand in a text as whole words, with where each does, in bytes: the first mentioned first.
pub(super) fn mentioned<'a>(tags: &[&'a str], text: &str) -> Vec<(&'a str, usize)> {
    let printed = words(text);
    let texts: Vec<String> = printed.iter().map(|span| folded(&text[span.clone()])).collect();
    let mut places: HashMap<&str, Vec<usize>> = HashMap::new();
    for (place, word) in texts.iter().enumerate() {
        places.entry(word).or_default().push(place);
    }
    let place_of = |tag: &str| {
        let tag = tag.trim_matches(is_between);
        let parts: Vec<String> = words(tag).into_iter().map(|span| folded(&tag[span])).collect();
        let is_there = |place: usize| {
            texts[place..].starts_with(&parts)
                && (!is_acronym(tag)
                    || text[printed[place].start..printed[place + parts.len() - 1].end] == *tag)
        };
        let place = places.get(&**parts.first()?)?.iter().copied().find(|place| is_there(*place))?;
        Some(printed[place].start)
    };
    let mut found: Vec<(&str, usize)> = tags.iter().filter_map(|tag| Some((*tag, place_of(tag)?))).collect();
    found.sort_by_key(|(tag, place)| (*place, *tag));
    found.truncate(MOST);
    found
}

/// Where the words of a text stand.
fn words(text: &str) -> Vec<Range<usize>> {
    let mut at = 0;
    let mut words = Vec::new();
    for word in text.split_inclusive(is_between) {
        let end = at + word.trim_end_matches(is_between).len();
        if end > at {
            words.push(at..end);
        }
        at += word.len();
    }
    words
}

fn is_between(c: char) -> bool {
    !c.is_alphanumeric() && !is_mark(c)
}

fn is_acronym(tag: &str) -> bool {
    tag.chars().filter(|c| c.is_alphanumeric()).count() <= SHORT && !tag.chars().any(char::is_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_whole_words() {
        let tags = ["Water", "Hong Kong", "US", "aid", "Dam"];
        let found = |text: &str| mentioned(&tags, text).into_iter().map(|(tag, _)| tag).collect::<Vec<_>>();
        assert_eq!(
            found("The damned in Hong  Kong ask us for WATER and the US for aid"),
            ["Hong Kong", "Water", "US", "aid"]
        );
        assert_eq!(found("Tell us: Hong, Kongo"), [""; 0]);
        assert_eq!(found(""), [""; 0]);
    }

    #[test]
    fn tags_may_have_signs_in_them() {
        let tags = ["R&D", "Q&A", "U.S.", "C++", "Hong Kong"];
        let found = |text: &str| mentioned(&tags, text);
        assert_eq!(found("More R&D in Hong-Kong"), [("R&D", 5), ("Hong Kong", 12)]);
        assert_eq!(found("The U.S. said"), [("U.S.", 4)]);
        assert_eq!(found("R D, Q. A. Smith, us, u s"), []);
    }
}
