//! Dateline makes a website of a folder of Markdown: a curated news digest.
//!
//! Data flows one way through a row of phases, and each hands the next a value of a named type:
//!
//! 1. [`source`] walks the site's folder: a [`source::SourceTree`] of paths, nothing read.
//! 2. [`article`] reads each Markdown file, in parallel, and checks its front matter against the settings that
//!    [`config`] read: [`article::Documents`]. The Markdown is not rendered yet.
//!    [`picture`] reads how large pictures are.
//! 3. [`site`] sorts and joins them, and resolves what they say of each other: a [`site::Site`], immutable.
//! 4. [`output`] plans every file there will be: an [`output::Plan`] of recipes.
//! 5. [`render`] turns any one page into bytes, by what it asks the site.
//! 6. [`publish`] renders them all and brings a directory to what they come to, or leaves it as it was.
//!
//! [`deploy`] commits such a directory to a branch that is published.
//! [`check`] renders them too, and reads where they lead. [`wire`] knows agency copy, and which stories run already.
//!
//! [`pipeline`] is steps 1 to 5 in a row, [`cli`] the commands that use it. [`diagnostic`]s are gathered on the
//! way, so that a run reports every problem and not the first.

pub mod article;
pub mod cache;
pub mod check;
pub mod cli;
pub mod config;
pub mod date;
pub mod deploy;
pub mod diagnostic;
pub mod output;
pub mod packed;
pub mod picture;
pub mod pipeline;
pub mod preview;
pub mod publish;
pub mod render;
pub mod site;
pub mod slug;
pub mod source;
pub mod stopwatch;
pub mod theme;
pub mod tree;
pub mod visible;
pub mod wire;
