//! Dateline.
pub mod article;
pub mod config;
pub mod date;
pub mod diagnostic;
pub mod output;
pub mod pipeline;
pub mod render;
pub mod site;
pub mod slug;
pub mod source;
pub mod theme;
pub mod tree;
