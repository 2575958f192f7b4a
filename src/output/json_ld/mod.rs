//! Structured data by schema.org, as JSON-LD: one `@graph` a page.
//!
//! Search engines read each page alone. So every graph begins with the site and its publisher, written once for the
//! whole site (see [`Imprint`](super::imprint::Imprint)), then comes what the page is, then the way to it. The nodes
//! name each other by `@id`.

mod article;
mod breadcrumbs;
mod graph;
mod list;
mod publisher;
mod standing;

pub(super) use self::article::{Facts, article};
pub(super) use self::list::{archive, articles, list, terms};
pub(super) use self::publisher::publisher;
pub(super) use self::standing::standing;
