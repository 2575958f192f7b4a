//! Articles as lists show them: made once or twice, however many lists show one.

use super::ledger::{is_recording, recording};
use super::numbering::Asked;
use crate::site::ArticleId;
use foldhash::HashMap;
use rayon::prelude::*;
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};
use tera::Value;

/// How many cards of some three kilobytes are remembered at least. Of a larger site it is a quarter of its articles, so far
/// back most lists of a tag reach, up to eight times this.
const ROOM: usize = 4096;
/// How many cards share a lock.
const SHARDS: usize = 16;

/// The cards of a site's articles.
#[derive(Debug)]
pub(super) struct Cards {
    shards: Vec<Mutex<Shard>>,
    /// How many cards a shard remembers.
    room: usize,
    /// What the card of each article asked, once it was made.
    asked: Vec<OnceLock<Box<[Asked]>>>,
}

/// Cards that were made, in two generations: what is asked for stays with the young, and the old go when the young have
/// taken half the room.
#[derive(Debug, Default)]
struct Shard {
    young: HashMap<ArticleId, Value>,
    old: HashMap<ArticleId, Value>,
}

impl Cards {
    /// Those of so many articles, none made yet.
    pub(super) fn of(articles: usize) -> Self {
        Self {
            shards: (0..SHARDS).map(|_| Mutex::default()).collect(),
            room: (articles / 4).clamp(ROOM, 8 * ROOM) / SHARDS,
            asked: vec![OnceLock::new(); articles],
        }
    }

    /// The card of an article, remembered for the next list; `make` makes one. What that asks is noted where somebody wants
    /// to know what a page asked, who then is not given a card of which that is not known.
    pub(super) fn get(&self, id: ArticleId, make: impl FnOnce() -> Value) -> Value {
        let shard = &self.shards[id as usize % SHARDS];
        let is_recording = is_recording();
        if (!is_recording || self.asked[id as usize].get().is_some())
            && let Some(card) = lock(shard).get(id, self.room)
        {
            return card;
        }
        let card = if is_recording {
            let (card, asked) = recording(make);
            // Another thread may have been quicker, with the same.
            self.note_asked(id, asked.into());
            card
        } else {
            make()
        };
        lock(shard).insert(id, card.clone(), self.room);
        card
    }

    /// Notes what the card of an article asks. Where it was made in this build, that is known, and is the same.
    pub(super) fn note_asked(&self, id: ArticleId, asked: Box<[Asked]>) {
        let _ = self.asked[id as usize].set(asked);
    }

    /// What the card of each article asked; nothing where none was made.
    pub(super) fn asked(&self) -> impl Iterator<Item = &[Asked]> {
        self.asked.iter().map(|asked| asked.get().map_or(&[][..], |asked| asked))
    }

    /// Forgets all cards: no more pages are made.
    pub(super) fn forget(&self) {
        self.shards.par_iter().for_each(|shard| *lock(shard) = Shard::default());
    }
}

impl Shard {
    fn get(&mut self, id: ArticleId, room: usize) -> Option<Value> {
        if let Some(card) = self.young.get(&id) {
            return Some(card.clone());
        }
        let card = self.old.remove(&id)?;
        self.insert(id, card.clone(), room);
        Some(card)
    }

    fn insert(&mut self, id: ArticleId, card: Value, room: usize) {
        if self.young.len() >= room / 2 {
            self.old = std::mem::take(&mut self.young);
        }
        self.young.insert(id, card);
    }
}

/// A lock whose holder panicked guards a cache: what is in it is whole.
fn lock(shard: &Mutex<Shard>) -> MutexGuard<'_, Shard> {
    shard.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::super::ledger::note;
    use super::super::numbering::Number;
    use super::*;

    #[test]
    fn a_card_that_is_asked_for_stays_and_the_others_go() {
        let cards = Cards::of(100_000);
        let room = 25_000 / SHARDS;
        let made = |id: ArticleId| {
            let mut is_made = false;
            cards.get(id, || {
                is_made = true;
                Value::from(id)
            });
            is_made
        };
        // All in one shard.
        let id = |number: usize| (number * SHARDS) as ArticleId;
        for number in 0..2 * room {
            made(id(number));
            assert!(!made(id(number)) && !made(id(0)), "{number}");
        }
        assert!(made(id(1)), "more cards are remembered than there is room for");
        cards.forget();
        assert!(made(id(0)));
    }

    #[test]
    fn what_a_card_asked_is_known_once_it_was_made_for_a_page() {
        let cards = Cards::of(3);
        let get = || {
            cards.get(1, || {
                note(Asked::at(7));
                Value::from(1)
            })
        };
        get();
        assert_eq!(cards.asked().collect::<Vec<_>>(), [&[][..] as &[Asked]; 3], "nobody wanted to know");
        recording(get);
        cards.note_asked(1, [Asked::at(8)].into());
        cards.note_asked(2, [Asked::at(9)].into());
        assert_eq!(cards.asked().collect::<Vec<_>>(), [&[][..], &[Asked::at(7)], &[Asked::at(9)]]);
    }
}
