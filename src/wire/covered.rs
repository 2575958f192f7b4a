//! Whether a story runs already: by the address of its source, or by its words.
//!
//! Every article has an address that its story comes from, and up to two texts: its own, and the copy that was kept of its
//! source. Two articles repeat each other where the addresses of their principal sources come to one, or where half of one
//! text stands in one of the other's. Where a digest puts everything in words of its own, only the copies can tell that.
//!
//! Nothing here reads files: whoever asks hands texts in, and again for the few that are compared word for word. How texts
//! are compared, and where that comes from, stands in [`shingles`](super::shingles).

use super::canonical::{canonical, is_front_page};
use super::shingles::{FEWEST_WORDS, SHINGLE, STATE, Sketch, is_sampled, key, shingles};
use rayon::prelude::*;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::hash::BuildHasher;

/// From which containment on one text repeats another.
const REPEAT: f64 = 0.5;
/// From which estimate on two texts are compared: a sketch of a few dozen may be wrong by so much.
const WORTH: f64 = 0.25;
/// What more texts than this have in common is boilerplate: how to subscribe, who contributed, what a company is.
const MANY: usize = 16;

/// How many stories are read at a time.
const RUN: usize = 4096;

/// The words of an article.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Texts {
    /// Its own, as plain text.
    pub own: String,
    /// Those of the source, where a copy was kept.
    pub source: Option<String>,
}

/// What is remembered of an article, or of a story that may become one, to tell whether it is another's.
#[derive(Debug, Clone, Default)]
pub struct Story {
    /// Digests of canonical addresses; the first is the principal source's, if that has any.
    addresses: Box<[u64]>,
    has_principal: bool,
    sketches: Vec<Sketch>,
}

impl Story {
    /// A story by the address of its principal source, those of others it draws on, and its texts.
    pub fn new<'a>(
        principal: Option<&str>,
        others: impl IntoIterator<Item = &'a str>,
        texts: &Texts,
    ) -> Self {
        let digest = |url: &str| {
            let address = canonical(url).filter(|address| !is_front_page(address))?;
            Some(STATE.hash_one(address.as_bytes()))
        };
        let principal = principal.and_then(digest);
        let addresses = principal.into_iter().chain(others.into_iter().filter_map(digest)).collect();
        let all = std::iter::once(texts.own.as_str()).chain(texts.source.as_deref());
        let sketches = all.map(Sketch::of).filter(|sketch| !sketch.keys.is_empty()).collect();
        Self { addresses, has_principal: principal.is_some(), sketches }
    }
}

/// How one story is another's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// It comes from the same address.
    Address,
    /// So many per cent of one source's text stand in the other's.
    Wire(u8),
    /// So many per cent of one text stand in the other, of which one at least is an article's own.
    Text(u8),
}

impl How {
    /// In words, to stand in brackets.
    pub fn words(self) -> String {
        match self {
            Self::Address => "the same source address".to_owned(),
            Self::Wire(percent) => format!("{percent} % the same wire story"),
            Self::Text(percent) => format!("{percent} % the same text"),
        }
    }

    /// By which the better of two is told: an address is certain, and of two items that quote one dispatch, that says more than
    /// what they quote.
    fn weight(self) -> (u8, u8) {
        match self {
            Self::Address => (2, 0),
            Self::Wire(percent) => (1, percent),
            Self::Text(percent) => (0, percent),
        }
    }
}

/// An article that has a story already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Repeat {
    /// Its place among the stories that [`Covered::new`] was given.
    pub article: u32,
    /// How it is known.
    pub how: How,
}

/// A text of the index.
#[derive(Debug)]
struct Entry {
    /// The article it belongs to.
    article: u32,
    is_whole: bool,
    /// How many keys it has besides boilerplate, and how many of them sketches of all lengths have.
    keys: u32,
    sampled: u32,
}

/// Every article by its addresses and its texts.
#[derive(Debug, Default)]
pub struct Covered {
    /// Digests of addresses, the articles, and whether it is their principal source's. Sorted.
    addresses: Vec<(u64, u32, bool)>,
    /// Keys of shingles, and the texts that have them. Sorted.
    keys: Vec<(u32, u32)>,
    texts: Vec<Entry>,
    boilerplate: HashSet<u32>,
}

impl Covered {
    /// The index of so many stories, which are numbered in the order in which they ran. `story` gives one of them, and is called
    /// from several threads.
    pub fn new(count: u32, story: impl Fn(u32) -> Story + Sync) -> Self {
        let mut covered = Self::default();
        // A run at a time: the sketches of a large site are as large as its index.
        for first in (0..count).step_by(RUN) {
            let run = first..count.min(first.saturating_add(RUN as u32));
            let stories: Vec<Story> = run.clone().into_par_iter().map(&story).collect();
            if first == 0 {
                let keys: usize =
                    stories.iter().flat_map(|story| &story.sketches).map(|s| s.keys.len()).sum();
                covered.keys.reserve(keys * count as usize / run.len() / 16 * 17);
            }
            run.zip(stories).for_each(|(article, story)| covered.add(article, story));
        }
        covered.addresses.sort_unstable();
        covered.keys.par_sort_unstable();
        covered.set_boilerplate_aside();
        covered
    }

    fn add(&mut self, article: u32, story: Story) {
        for (place, address) in story.addresses.iter().enumerate() {
            self.addresses.push((*address, article, place == 0 && story.has_principal));
        }
        for sketch in story.sketches {
            let text = self.texts.len() as u32;
            self.keys.extend(sketch.keys.iter().map(|key| (*key, text)));
            self.texts.push(Entry::new(article, &sketch));
        }
    }

    fn set_boilerplate_aside(&mut self) {
        for group in self.keys.chunk_by(|one, next| one.0 == next.0).filter(|group| group.len() > MANY) {
            self.boilerplate.insert(group[0].0);
            for (key, text) in group {
                self.texts[*text as usize].lose(*key);
            }
        }
        let Self { keys, boilerplate, .. } = self;
        if !boilerplate.is_empty() {
            keys.retain(|(key, _)| !boilerplate.contains(key));
        }
    }

    /// The articles that have a story already, the surest first. `own` are the story's texts, of which the one from an agency
    /// is the `source`; `texts` gives those of the article at a place, or nothing where it cannot be read.
    pub fn ask(&self, story: &Story, own: &Texts, texts: impl Fn(u32) -> Option<Texts>) -> Vec<Repeat> {
        let mut found: BTreeMap<u32, How> = BTreeMap::new();
        for sketch in &story.sketches {
            let asked = Entry::of_new(sketch, &self.boilerplate);
            let mut shared: HashMap<u32, u32> = HashMap::new();
            for key in &sketch.keys {
                let first = self.keys.partition_point(|(other, _)| other < key);
                for (_, text) in self.keys[first..].iter().take_while(|(other, _)| other == key) {
                    *shared.entry(*text).or_default() += 1;
                }
            }
            for (text, shared) in shared {
                let text = &self.texts[text as usize];
                if asked.is_worth_comparing(text, shared) && !found.contains_key(&text.article) {
                    let how = texts(text.article).and_then(|texts| self.compare(own, &texts));
                    found.extend(how.map(|how| (text.article, how)));
                }
            }
        }
        for address in &story.addresses {
            let first = self.addresses.partition_point(|(other, ..)| other < address);
            let same = self.addresses[first..].iter().take_while(|(other, ..)| other == address);
            found.extend(same.map(|(_, article, _)| (*article, How::Address)));
        }
        let mut found: Vec<Repeat> =
            found.into_iter().map(|(article, how)| Repeat { article, how }).collect();
        found.sort_by_key(|repeat| std::cmp::Reverse(repeat.how.weight()));
        found
    }

    /// The articles that repeat one that ran before, each with that which it repeats most surely. `texts` is as for
    /// [`Covered::ask`], and is called from several threads.
    pub fn repeats(&self, texts: impl Fn(u32) -> Option<Texts> + Sync) -> Vec<(u32, Repeat)> {
        let mut found: BTreeMap<u32, Repeat> = BTreeMap::new();
        let principal: Vec<(u64, u32)> = self
            .addresses
            .iter()
            .filter(|(.., is_principal)| *is_principal)
            .map(|(a, b, _)| (*a, *b))
            .collect();
        for group in principal.chunk_by(|one, next| one.0 == next.0) {
            let first = Repeat { article: group[0].1, how: How::Address };
            found.extend(group[1..].iter().map(|(_, article)| (*article, first)));
        }
        let candidates = self.candidates();
        let compare = |(older, newer): &(u32, u32)| {
            let how = self.compare(&texts(*older)?, &texts(*newer)?)?;
            Some((*newer, Repeat { article: *older, how }))
        };
        let compared: Vec<(u32, Repeat)> = candidates.par_iter().filter_map(compare).collect();
        for (newer, repeat) in compared {
            let known = found.entry(newer).or_insert(repeat);
            if repeat.how.weight() > known.how.weight() {
                *known = repeat;
            }
        }
        found.into_iter().collect()
    }

    /// Pairs of articles, the older first, of which two texts may repeat each other.
    fn candidates(&self) -> Vec<(u32, u32)> {
        let mut pairs: Vec<(u32, u32)> = Vec::new();
        for group in self.keys.chunk_by(|one, next| one.0 == next.0).filter(|group| group.len() > 1) {
            for (place, (_, one)) in group.iter().enumerate() {
                pairs.extend(group[place + 1..].iter().map(|(_, other)| (*one, *other)));
            }
        }
        pairs.par_sort_unstable();
        let same = pairs.chunk_by(|one, next| one == next);
        let worth = same.filter_map(|same| {
            let (one, other) = (&self.texts[same[0].0 as usize], &self.texts[same[0].1 as usize]);
            let is_worth = one.article != other.article && one.is_worth_comparing(other, same.len() as u32);
            is_worth.then_some((one.article, other.article))
        });
        let mut worth: Vec<(u32, u32)> = worth.collect();
        worth.sort_unstable();
        worth.dedup();
        worth
    }

    /// Compares the texts of two articles word for word.
    fn compare(&self, one: &Texts, other: &Texts) -> Option<How> {
        let sets = |texts: &Texts| {
            let source = texts.source.as_deref().map(|text| self.counted(text));
            [Some(self.counted(&texts.own)), source]
        };
        let (one, other) = (sets(one), sets(other));
        let mut best: Option<How> = None;
        for (a, one) in one.iter().enumerate() {
            for (b, other) in other.iter().enumerate() {
                let (Some(one), Some(other)) = (one, other) else { continue };
                let Some(percent) = containment(one, other) else { continue };
                let how = if a + b == 2 { How::Wire(percent) } else { How::Text(percent) };
                if best.is_none_or(|best| how.weight() > best.weight()) {
                    best = Some(how);
                }
            }
        }
        best
    }

    /// The shingles of a text without those of boilerplate. Which these are is known of a sample: what lies between two of
    /// them is boilerplate, too.
    fn counted(&self, text: &str) -> HashSet<u64> {
        let shingles = shingles(text);
        if self.boilerplate.is_empty() {
            return shingles.into_iter().collect();
        }
        let known = |shingle: &u64| {
            let is_boilerplate = self.boilerplate.contains(&key(*shingle));
            (is_boilerplate || is_sampled(key(*shingle))).then_some(is_boilerplate)
        };
        let fill = |last: &mut Option<bool>, shingle: &u64| {
            *last = known(shingle).or(*last);
            Some(*last)
        };
        let before: Vec<Option<bool>> = shingles.iter().scan(None, fill).collect();
        let mut after: Vec<Option<bool>> = shingles.iter().rev().scan(None, fill).collect();
        after.reverse();
        let is_boilerplate = |place: usize| {
            let sides = [before[place], after[place]];
            sides.contains(&Some(true)) && !sides.contains(&Some(false))
        };
        let own = shingles.iter().enumerate().filter(|(place, _)| !is_boilerplate(*place));
        own.map(|(_, shingle)| *shingle).collect()
    }
}

impl Entry {
    fn new(article: u32, sketch: &Sketch) -> Self {
        let sampled = sketch.keys.iter().filter(|key| is_sampled(**key)).count() as u32;
        Self { article, is_whole: sketch.is_whole, keys: sketch.keys.len() as u32, sampled }
    }

    /// A text that is not in the index.
    fn of_new(sketch: &Sketch, boilerplate: &HashSet<u32>) -> Self {
        let mut entry = Self::new(u32::MAX, sketch);
        sketch.keys.iter().filter(|key| boilerplate.contains(key)).for_each(|key| entry.lose(*key));
        entry
    }

    fn lose(&mut self, key: u32) {
        self.keys -= 1;
        self.sampled -= u32::from(is_sampled(key));
    }

    /// Whether the containment of the shorter of two texts, which share so many keys, may be that of a repeat.
    fn is_worth_comparing(&self, other: &Self, shared: u32) -> bool {
        let of = if self.is_whole && other.is_whole {
            self.keys.min(other.keys)
        } else {
            self.sampled.min(other.sampled)
        };
        of > 0 && f64::from(shared) >= WORTH * f64::from(of)
    }
}

/// The containment of the smaller of two sets in the larger, in per cent rounded down, where it is a repeat's.
fn containment(one: &HashSet<u64>, other: &HashSet<u64>) -> Option<u8> {
    let (small, large) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    let shared = small.iter().filter(|shingle| large.contains(shingle)).count();
    // Without its boilerplate a text may be too short to be evidence.
    let is_evidence = small.len() > FEWEST_WORDS - SHINGLE;
    let is_repeat = is_evidence && shared as f64 >= REPEAT * small.len() as f64;
    is_repeat.then(|| u8::try_from(shared * 100 / small.len()).unwrap_or(100))
}

#[cfg(test)]
mod tests;
