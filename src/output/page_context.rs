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

/// A step on the way from the front page to a page.
#[derive(Debug, Clone, Serialize)]
pub struct Crumb {
    /// What the page of this step is called.
    pub label: String,
    /// Its address from the host's root.
    pub url: String,
}

/// A `<meta>` element.
#[derive(Debug, Clone, Serialize)]
pub struct Meta {
    /// The attribute that holds the name: `property` or `name`.
    pub attribute: &'static str,
    /// The name, such as `og:title`.
    pub name: &'static str,
    /// What it says, plain text.
    pub content: String,
}

/// The picture of a page where it is shared.
#[derive(Debug, Clone, Serialize)]
pub struct SharedImage {
    /// Its address, absolute.
    pub url: String,
    /// Its width in pixels, where it is known.
    pub width: Option<u32>,
    /// Its height in pixels, where it is known.
    pub height: Option<u32>,
    /// What it shows, in words.
    pub alt: String,
    /// Its media type, where its address tells.
    #[serde(rename = "type")]
    pub media_type: Option<&'static str>,
    /// Whether it is the page's own and large enough to stand above the words; a logo stands beside them.
    #[serde(skip)]
    pub large: bool,
}

impl SharedImage {
    /// Width and height, where both are known.
    pub fn size(&self) -> Option<(u32, u32)> {
        self.width.zip(self.height)
    }
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
    /// The steps from the front page to this one, without either of them.
    pub breadcrumbs: Vec<Crumb>,
    /// Its picture where it is shared.
    pub image: Option<SharedImage>,
    /// What it says of itself to those who read no more than its head; filled in when all else is.
    pub meta: Vec<Meta>,
    /// Structured data: JSON that is safe inside a script element, or none.
    pub json_ld: Option<Value>,
}

/// What follows from the settings alone and every page has: made once for a site.
#[derive(Debug)]
pub struct Imprint {
    /// The nodes of the site and its publisher, for the graph of a page.
    pub(super) json_ld: String,
    /// The publisher's logo, for pages that have no picture of their own.
    pub(super) logo: Option<SharedImage>,
}
