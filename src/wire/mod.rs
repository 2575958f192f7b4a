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

pub mod agencies;
mod byline;
pub mod copy;
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
pub mod story;
mod tags;
mod when;
