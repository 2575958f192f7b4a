//! Which of a site's tags a text mentions.

use super::fold::folded;
use super::scan::is_mark;
use std::collections::HashMap;

/// The most tags that are proposed.
const MOST: usize = 8;
/// A tag this short in capitals, such as `US` or `AI`, is a word of a text only in capitals.
const SHORT: usize = 3;

/// Those of `tags` that stand in a text as whole words, with the place of each among its words: the first mentioned first.
pub(super) fn mentioned<'a>(tags: &[&'a str], text: &str) -> Vec<(&'a str, usize)> {
    let printed: Vec<&str> = text.split(is_between).filter(|word| !word.is_empty()).collect();
    let words: Vec<String> = printed.iter().map(|word| folded(word)).collect();
    let mut places: HashMap<&str, Vec<usize>> = HashMap::new();
    for (place, word) in words.iter().enumerate() {
        places.entry(word).or_default().push(place);
    }
    let place_of = |tag: &str| {
        let parts: Vec<String> = tag.split(is_between).filter(|part| !part.is_empty()).map(folded).collect();
        let is_there =
            |place: usize| words[place..].starts_with(&parts) && (!is_acronym(tag) || printed[place] == tag);
        places.get(&**parts.first()?)?.iter().copied().find(|place| is_there(*place))
    };
    let mut found: Vec<(&str, usize)> = tags.iter().filter_map(|tag| Some((*tag, place_of(tag)?))).collect();
    found.sort_by_key(|(tag, place)| (*place, *tag));
    found.truncate(MOST);
    found
}

fn is_between(c: char) -> bool {
    !c.is_alphanumeric() && !is_mark(c)
}

fn is_acronym(tag: &str) -> bool {
    tag.chars().count() <= SHORT && !tag.chars().any(char::is_lowercase)
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
}
