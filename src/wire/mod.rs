//! Agency copy, and whether a story runs already.

pub mod canonical;
pub mod covered;
pub mod shingles;
mod tracking;
