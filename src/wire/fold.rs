//! Texts as they are compared: without what printers change.

use deunicode::deunicode;

/// A word in small letters, without the marks of its letters.
pub(super) fn plain(word: &str) -> String {
    if word.is_ascii() { word.to_ascii_lowercase() } else { deunicode(&word.to_lowercase()).to_lowercase() }
}

/// The words of a text in small letters, without punctuation, quotes and spaces: two headlines that are equal so are one. The
/// marks of letters stay.
pub(super) fn folded(text: &str) -> String {
    let mut words = String::with_capacity(text.len());
    for word in text.split(|c: char| !c.is_alphanumeric() && !super::scan::is_mark(c)) {
        let word = word.trim();
        if !word.is_empty() {
            if !words.is_empty() {
                words.push(' ');
            }
            // Most words are, and need no look at a table.
            if word.is_ascii() {
                words.extend(word.chars().map(|c| c.to_ascii_lowercase()));
            } else {
                words += &caseless::default_case_fold_str(word);
            }
        }
    }
    words
}

/// Whether two names have the same letters and digits, whatever stands between them.
pub(super) fn has_same_letters(one: &str, other: &str) -> bool {
    let letters = |name: &str| folded(name).replace(' ', "");
    letters(one) == letters(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_quotes_punctuation_and_spaces_do_not_count() {
        let one = folded("China Rules Out  Compromises On “Taiwan” With US - Defense Ministry");
        assert_eq!(one, folded("china rules out compromises on 'Taiwan' with US – defense ministry."));
        assert_ne!(folded("A B"), folded("AB"));
        assert_eq!(plain("MÄRZ"), "marz");
        assert!(has_same_letters("RIA Novosti", "RIA-NOVOSTI") && !has_same_letters("AP", "APA"));
    }
}
