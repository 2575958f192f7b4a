//! From names to the segments of addresses.

use deunicode::deunicode;
use std::borrow::Cow;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The longest slug, in bytes. File systems stop at 255; the rest is room for endings and temporary names.
const LONGEST: usize = 100;

/// Which letters a slug made from a name may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Letters {
    /// Every script is spelled in ASCII: `Zürich` → `zurich`.
    #[default]
    Ascii,
    /// Letters of every script stay: `Zürich` → `zürich`.
    Unicode,
}

/// Makes a slug of a name: lower case, runs of anything but letters and digits become one `-`. Empty where the
/// name has neither. A long one is cut and told apart from others by a digest.
pub fn slugify(name: &str, letters: Letters) -> String {
    let name: Cow<'_, str> = match letters {
        _ if name.is_ascii() => name.into(),
        Letters::Ascii => deunicode(&name.nfc().collect::<String>()).into(),
        Letters::Unicode => name.nfc().collect::<String>().into(),
    };
    let mut slug = String::with_capacity(name.len());
    for character in name.chars().flat_map(char::to_lowercase) {
        if character.is_alphanumeric() || (is_combining_mark(character) && !slug.is_empty()) {
            slug.push(character);
        } else if !slug.is_empty() && !slug.ends_with('-') && character != '\'' && character != '’' {
            slug.push('-');
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    // Lower case of a composed letter may come in parts.
    shorten(if slug.is_ascii() { slug } else { slug.nfc().collect() })
}

/// A slug that someone chose: kept as it is, or `None` where it is not one segment of a path.
pub fn chosen(slug: &str) -> Option<String> {
    let slug: String = slug.trim().nfc().collect();
    let bad = |c: char| c.is_control() || matches!(c, '/' | '\\');
    (!slug.is_empty() && slug != "." && slug != ".." && !slug.contains(bad)).then(|| shorten(slug))
}

/// Whether two spellings are of one name.
pub fn is_one_name(one: &str, other: &str) -> bool {
    one == other || fold(one) == fold(other)
}

/// What two names of one term have in common: equal after NFC, case folding, and folding of space, `-` and `_`.
pub fn fold(name: &str) -> String {
    let folded = if name.is_ascii() {
        name.to_ascii_lowercase()
    } else {
        caseless::default_case_fold_str(&name.nfc().collect::<String>()).nfc().collect()
    };
    let parts =
        folded.split(|c: char| c.is_whitespace() || matches!(c, '-' | '_')).filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join(" ")
}

fn shorten(slug: String) -> String {
    if slug.len() <= LONGEST {
        return slug;
    }
    let digest = blake3::hash(slug.as_bytes()).to_hex();
    let mut end = LONGEST - 13;
    while !slug.is_char_boundary(end) {
        end -= 1;
    }
    format!("{}-{}", slug[..end].trim_end_matches('-'), &digest[..12])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_segments() {
        assert_eq!(slugify("Zürich, again: 3 %", Letters::Ascii), "zurich-again-3");
        assert_eq!(slugify("Zürich", Letters::Unicode), "zürich");
        assert_eq!(slugify("क्रिकेट", Letters::Unicode), "क्रिकेट");
        assert_eq!(slugify("It's  on__now", Letters::Ascii), "its-on-now");
        assert_eq!(slugify("../..", Letters::Ascii), "");
    }

    #[test]
    fn long_names_are_cut_and_stay_apart() {
        let (one, other) = ("ж".repeat(90) + "1", "ж".repeat(90) + "2");
        let (one, other) = (slugify(&one, Letters::Unicode), slugify(&other, Letters::Unicode));
        assert!(one.len() <= LONGEST && one != other, "{one}");
    }

    #[test]
    fn chosen_slugs_are_one_segment() {
        assert_eq!(chosen("C++"), Some("C++".to_owned()));
        for bad in ["", " ", ".", "..", "a/b", "a\\b", "a\nb"] {
            assert_eq!(chosen(bad), None, "{bad:?}");
        }
    }

    #[test]
    fn spellings_of_one_term_fold_together() {
        assert_eq!(fold("Climate_Change"), fold("climate  change"));
        assert_eq!(fold("STRASSE"), fold("straße"));
        assert_ne!(fold("C"), fold("C++"));
    }
}
