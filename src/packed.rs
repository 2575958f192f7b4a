//! Many short texts, or lists, each kind in one piece: what a vector of them would hold, without an allocation for each. Those
//! of a site with 100,000 articles are read from disk in some milliseconds.

use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;

/// Texts, one behind the other.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "UncheckedTexts")]
pub struct Texts {
    text: String,
    /// Where each ends.
    ends: Vec<usize>,
}

/// Lists, one behind the other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "UncheckedLists<T>")]
pub struct Lists<T> {
    items: Vec<T>,
    /// Where each ends.
    ends: Vec<usize>,
}

/// Many blocks of bytes, all of one length. They are written as they lie in memory, and not byte by byte.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Blocks<const N: usize>(pub Vec<[u8; N]>);

impl Texts {
    /// Adds a text behind all others.
    pub fn push(&mut self, text: &str) {
        self.text.push_str(text);
        self.ends.push(self.text.len());
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The text at a place.
    pub fn get(&self, place: usize) -> &str {
        &self.text[start(&self.ends, place)..self.ends[place]]
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|place| self.get(place))
    }

    /// The place of the first that is not before some other text, where they are sorted.
    pub fn first_from(&self, text: &str) -> usize {
        let (mut from, mut to) = (0, self.len());
        while from < to {
            let middle = from.midpoint(to);
            if self.get(middle) < text { from = middle + 1 } else { to = middle }
        }
        from
    }
}

impl<'a> FromIterator<&'a str> for Texts {
    fn from_iter<I: IntoIterator<Item = &'a str>>(texts: I) -> Self {
        let mut all = Self::default();
        texts.into_iter().for_each(|text| all.push(text));
        all
    }
}

impl<T> Lists<T> {
    /// None yet, with room for as many as that.
    pub fn with_capacity(lists: usize) -> Self {
        Self { items: Vec::with_capacity(lists), ends: Vec::with_capacity(lists) }
    }

    /// Adds a list behind all others.
    pub fn push(&mut self, items: impl IntoIterator<Item = T>) {
        self.items.extend(items);
        self.ends.push(self.items.len());
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The list at a place.
    pub fn get(&self, place: usize) -> &[T] {
        &self.items[start(&self.ends, place)..self.ends[place]]
    }

    /// What is in all of them.
    pub fn items(&self) -> &[T] {
        &self.items
    }

    /// What is in all of them.
    pub fn items_mut(&mut self) -> impl Iterator<Item = &mut T> {
        self.items.iter_mut()
    }
}

impl<const N: usize> Serialize for Blocks<N> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(self.0.as_flattened())
    }
}

impl<'de, const N: usize> Deserialize<'de> for Blocks<N> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Bytes<const N: usize>;
        impl<const N: usize> Visitor<'_> for Bytes<N> {
            type Value = Blocks<N>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "blocks of {N} bytes")
            }

            fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<Self::Value, E> {
                match bytes.as_chunks() {
                    (blocks, []) => Ok(Blocks(blocks.to_vec())),
                    _ => Err(E::invalid_length(bytes.len(), &self)),
                }
            }
        }
        deserializer.deserialize_bytes(Bytes)
    }
}

impl<T> Default for Lists<T> {
    fn default() -> Self {
        Self::with_capacity(0)
    }
}

/// Where the piece at a place starts: where the one before it ends.
fn start(ends: &[usize], place: usize) -> usize {
    place.checked_sub(1).map_or(0, |before| ends[before])
}

/// Texts as they come from a file.
#[derive(Deserialize)]
struct UncheckedTexts {
    text: String,
    ends: Vec<usize>,
}

/// Lists as they come from a file.
#[derive(Deserialize)]
struct UncheckedLists<T> {
    items: Vec<T>,
    ends: Vec<usize>,
}

/// Why texts or lists from a file are none.
const UNSOUND: &str = "the ends do not fit what they are the ends of";

impl TryFrom<UncheckedTexts> for Texts {
    type Error = &'static str;

    fn try_from(UncheckedTexts { text, ends }: UncheckedTexts) -> Result<Self, Self::Error> {
        let are_whole = fit(&ends, text.len()) && ends.iter().all(|end| text.is_char_boundary(*end));
        are_whole.then_some(Self { text, ends }).ok_or(UNSOUND)
    }
}

impl<T> TryFrom<UncheckedLists<T>> for Lists<T> {
    type Error = &'static str;

    fn try_from(UncheckedLists { items, ends }: UncheckedLists<T>) -> Result<Self, Self::Error> {
        fit(&ends, items.len()).then_some(Self { items, ends }).ok_or(UNSOUND)
    }
}

/// Whether so much is shared out among these ends, and nothing is left.
fn fit(ends: &[usize], length: usize) -> bool {
    ends.is_sorted() && ends.last().copied().unwrap_or_default() == length
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_found_again_by_place_and_by_order() {
        let texts: Texts = ["", "a", "ab", "é"].into_iter().collect();
        assert_eq!(texts.iter().collect::<Vec<_>>(), ["", "a", "ab", "é"]);
        let places = ["", "a", "aa", "ab", "z", "é", "ê"].map(|text| texts.first_from(text));
        assert_eq!(places, [0, 1, 2, 2, 3, 3, 4]);
        let bytes = postcard::to_allocvec(&texts).unwrap();
        assert_eq!(postcard::from_bytes::<Texts>(&bytes), Ok(texts));
    }

    #[test]
    fn lists_are_found_again() {
        let mut lists = Lists::default();
        for list in [&[1, 2][..], &[], &[3]] {
            lists.push(list.iter().copied());
        }
        assert_eq!([lists.get(0), lists.get(1), lists.get(2)], [&[1, 2][..], &[], &[3]]);
        let bytes = postcard::to_allocvec(&lists).unwrap();
        assert_eq!(postcard::from_bytes::<Lists<u8>>(&bytes), Ok(lists));
    }

    #[test]
    fn blocks_are_found_again_and_only_whole_ones() {
        let blocks = Blocks(vec![[1, 2, 3], [4, 5, 6]]);
        let bytes = postcard::to_allocvec(&blocks).unwrap();
        assert_eq!(bytes, [6, 1, 2, 3, 4, 5, 6]);
        assert_eq!(postcard::from_bytes::<Blocks<3>>(&bytes), Ok(blocks));
        assert!(postcard::from_bytes::<Blocks<3>>(&[2, 1, 2]).is_err());
    }

    #[test]
    fn what_does_not_fit_together_is_not_taken() {
        let texts =
            |ends: &[usize]| postcard::from_bytes::<Texts>(&postcard::to_allocvec(&("é", ends)).unwrap());
        assert!(texts(&[0, 2]).is_ok());
        for ends in [&[][..], &[1, 2], &[0], &[3], &[2, 0], &[2, 0, 2]] {
            assert!(texts(ends).is_err(), "{ends:?}");
        }
        let lists = |ends: &[usize]| {
            postcard::from_bytes::<Lists<u8>>(&postcard::to_allocvec(&(&[7_u8, 8][..], ends)).unwrap())
        };
        assert!(lists(&[1, 1, 2]).is_ok() && lists(&[]).is_err() && lists(&[1]).is_err());
    }
}
