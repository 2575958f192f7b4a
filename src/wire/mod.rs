//! Agency copy, and how it becomes an article: what a scraped story says of itself is read, and what is not the story
//! falls away.
//!
//! ```text
//!     bytes ──decode──▶ text ──copy──▶ paragraphs ──story──▶ Item ──draft──▶ an article's file
//!                                       dateline, headline, furniture, byline: evidence, each piece a Guess
//! ```
//!
//! Nothing is taken for certain. Each value is a [guess](item::Guess) with the line it was read from and how sure that
//! is, and whatever was left out is told of as well, so that an editor can undo both.
//!
//! Beside it lies what tells whether a story [runs already](covered): by the address of its source, or by its words.

pub mod agencies;
mod byline;
pub mod canonical;
pub mod copy;
pub mod covered;
pub mod dateline;
pub mod decode;
pub mod draft;
mod fold;
mod furniture;
pub mod item;
mod language;
pub mod markdown;
pub mod page;
mod places;
mod scan;
pub mod shingles;
pub mod story;
mod tags;
mod tracking;
mod when;
