//! Dateline.
pub mod config;
pub mod date;
pub mod diagnostic;
pub mod slug;
pub mod source;
pub mod tree;
