//! `page` as templates see it.

use serde::Serialize;
use tera::Value;

/// A feed as templates see it.
#[derive(Debug, Clone, Serialize)]
pub struct FeedLink {
    /// `atom`, `rss` or `json`.
    pub format: &'static str,
    /// What it is a feed of.
    pub title: String,
    /// Its address from the host's root.
    pub url: String,
    /// Its media type.
    #[serde(rename = "type")]
    pub media_type: &'static str,
}

/// `page` as templates see it.
#[derive(Debug, Clone, Serialize)]
pub struct PageContext {
    /// What sort of page it is.
    pub kind: &'static str,
    /// Its title.
    pub title: String,
    /// One sentence about it, plain text; may be empty.
    pub description: String,
    /// Its canonical address, absolute.
    pub url: String,
    /// Its address from the host's root.
    pub path: String,
    /// The day of the edition, `2021-11-25`: of the newest article on the front page, of an article or a day its own;
    /// else none.
    pub date: Option<String>,
    /// The feeds to be found from it.
    pub feeds: Vec<FeedLink>,
    /// The language of its text, a BCP 47 tag.
    pub lang: String,
    /// `ltr` or `rtl`.
    pub direction: &'static str,
    /// Structured data: JSON that is safe inside a script element, or none.
    pub json_ld: Option<Value>,
}
