//! Near-duplicate text: which share of one text stands in another.
//!
//! A text is taken for the set of its *shingles*, all runs of five of its words. The share of one text's shingles that another
//! has too is its *containment* in that; it tells a shortened or a lengthened copy, which resemblance, the share of both, does
//! not. Both terms are those of A. Broder, "On the resemblance and containment of documents" (1997). Five words are what is
//! used to find reprints among newspapers: fewer are common phrases, and of more too few outlive a light edit.
//!
//! To find the texts worth comparing among very many, only a fixed share of shingles is kept: those whose hashes lie below a
//! threshold. Such a *sketch* grows with its text, so that containment can be estimated for texts of unequal length, which
//! a MinHash of fixed size cannot. Broder has it as the sketch modulo *m*; it is used today by sourmash, as FracMinHash or
//! scaled MinHash: L. Irber and others, "Lightweight compositional analysis of metagenomes with FracMinHash and minimum
//! metagenome covers" (2022, doi:10.1101/2022.01.11.475838). What a sketch finds is then compared word for word.

use crate::article::markdown::stands_alone;
use foldhash::fast::FixedState;
use std::hash::BuildHasher;
use std::ops::Range;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// How many words a shingle has.
pub const SHINGLE: usize = 5;
/// Texts of fewer words are no evidence: two reports of a result, or of a rate, are bound to say the same.
pub const FEWEST_WORDS: usize = 25;
/// Of hashes, of which 32 bits are looked at, those below this are kept: one in eight.
const THRESHOLD: u32 = u32::MAX / 8 + 1;
/// Of texts with fewer shingles all are kept, or of some hardly any would be.
const SHORT: usize = 128;

/// The same in every run, so that every run finds the same.
pub(super) const STATE: FixedState = FixedState::with_seed(0);

/// A word of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// A hash of it as it is compared: without case, and in one Unicode form.
    pub hash: u64,
    /// Where it stands, in bytes.
    pub span: Range<usize>,
}

/// The words of a text: runs of letters and digits, whatever stands between them. Where a script sets no spaces, every
/// character is one.
pub fn words(text: &str) -> Vec<Word> {
    let bytes = text.as_bytes();
    let mut words = Vec::with_capacity(text.len() / 5);
    let mut folded = Vec::new();
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        if byte.is_ascii() && !byte.is_ascii_alphanumeric() {
            at += 1;
            continue;
        }
        // Most words of most texts are ASCII, and are folded without a look at what Unicode says of them.
        let letters = bytes[at..].iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
        let mut span = at..at + letters;
        if bytes.get(span.end).is_none_or(u8::is_ascii) {
            folded.clear();
            folded.extend(bytes[span.clone()].iter().map(u8::to_ascii_lowercase));
            words.push(Word { hash: STATE.hash_one(&*folded), span: span.clone() });
        } else {
            span.end = at + length(&text[at..]);
            if span.is_empty() {
                span.end = at + text[at..].chars().next().map_or(1, char::len_utf8);
            } else {
                let composed: String = text[span.clone()].nfkc().collect();
                let folded: String = caseless::default_case_fold_str(&composed).nfkc().collect();
                words.push(Word { hash: STATE.hash_one(folded.as_bytes()), span: span.clone() });
            }
        }
        at = span.end;
    }
    words
}

/// How long the word is that a text begins with, in bytes; zero where it begins with none.
fn length(text: &str) -> usize {
    let mut length = 0;
    for character in text.chars() {
        let alone = stands_alone(character);
        if alone && length == 0 {
            return character.len_utf8();
        }
        let inside = character.is_alphanumeric() || (length > 0 && is_combining_mark(character));
        if alone || !inside {
            break;
        }
        length += character.len_utf8();
    }
    length
}

/// The hashes of a text's shingles in their order; none of a text that is too short to be evidence.
pub fn shingles(text: &str) -> Vec<u64> {
    let words: Vec<u64> = words(text).into_iter().map(|word| word.hash).collect();
    if words.len() < FEWEST_WORDS {
        return Vec::new();
    }
    words.windows(SHINGLE).map(|shingle| STATE.hash_one(shingle)).collect()
}

/// The part of a shingle's hash that sketches are made of.
pub(super) fn key(shingle: u64) -> u32 {
    (shingle >> 32) as u32
}

/// Whether sketches of texts of any length have a shingle of this key.
pub(super) fn is_sampled(key: u32) -> bool {
    key < THRESHOLD
}

/// What is kept of a text to be compared with others: some hundred bytes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sketch {
    /// The keys of shingles, sorted.
    pub(super) keys: Box<[u32]>,
    /// Whether they are those of all shingles, and not of a sample.
    pub(super) is_whole: bool,
}

impl Sketch {
    /// The sketch of a text; empty where that is too short to be evidence.
    pub fn of(text: &str) -> Self {
        let shingles = shingles(text);
        let is_whole = shingles.len() < SHORT;
        let mut keys: Vec<u32> =
            shingles.into_iter().map(key).filter(|key| is_whole || is_sampled(*key)).collect();
        keys.sort_unstable();
        keys.dedup();
        Self { keys: keys.into(), is_whole }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hashes(text: &str) -> Vec<u64> {
        words(text).into_iter().map(|word| word.hash).collect()
    }

    #[test]
    fn words_are_told_apart_by_their_letters_alone() {
        let text = "“China’s” Café—STRASSE, 3.5 %";
        let spans: Vec<&str> = words(text).into_iter().map(|word| &text[word.span]).collect();
        assert_eq!(spans, ["China", "s", "Café", "STRASSE", "3", "5"]);
        assert_eq!(hashes(text), hashes("china's CAFE\u{301} 'straße' 3,5"));
        assert_ne!(hashes("cafe"), hashes("café"));
        assert_eq!(words("").len() + words(" — ").len(), 0);
        assert_eq!(words("東京で、会議").len(), 5);
        assert_eq!(words("بیجنگ میں").len(), 2);
    }

    #[test]
    fn a_short_text_has_no_shingles_and_a_long_one_a_sample() {
        let text = |count: usize| (0..count).map(|number| format!("w{number} ")).collect::<String>();
        assert_eq!(Sketch::of(&text(FEWEST_WORDS - 1)), Sketch { keys: Box::default(), is_whole: true });
        let short = Sketch::of(&text(FEWEST_WORDS));
        assert!(short.is_whole && short.keys.len() == FEWEST_WORDS - SHINGLE + 1);
        let long = Sketch::of(&text(8000));
        assert!(!long.is_whole && (800..1200).contains(&long.keys.len()), "{}", long.keys.len());
        assert!(long.keys.is_sorted() && long.keys.iter().all(|key| is_sampled(*key)));
    }
}
