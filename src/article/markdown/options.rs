//! What rendering is told, and what it asks.

use crate::slug::Letters;
use std::ops::Range;

/// How a text is rendered.
#[derive(Clone, Copy)]
pub struct Options<'a> {
    /// Whether `"`, `'`, `--` and `...` become typographic. Their forms are those of English.
    pub smart: bool,
    /// The `rel` of links that lead away; none where it is empty.
    pub external_rel: &'a str,
    /// Which letters ids may have.
    pub letters: Letters,
    /// The text's own address, which links between it and its footnotes begin with: empty on its own page, whole
    /// where it is read elsewhere.
    pub here: &'a str,
    /// How wide a picture is shown, as the attribute `sizes` has it.
    pub sizes: &'a str,
    /// A word of the text's language by its key among the labels, as plain text: the title of an alert, what a check
    /// box says. It is asked only where one is needed.
    pub word: &'a dyn Fn(&str) -> String,
}

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Destination {
    /// Into the site: a finished address, percent-encoded.
    Internal(String),
    /// Away from it: the address as it is written, with [`Options::external_rel`].
    External,
    /// To the address as it is written.
    AsIs,
    /// Nowhere: a link's text stays.
    Unlinked,
}

/// Where a picture is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// In the site.
    Here(Picture),
    /// At the address as it is written.
    AsIs,
    /// Nowhere: its alternative text stays.
    Nowhere,
}

/// A picture of the site, as it is published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// Its finished address, percent-encoded: of a photograph, the largest rendition.
    pub src: String,
    /// The width and height of what is at `src`, in pixels, where they are known.
    pub size: Option<(u32, u32)>,
    /// The renditions to choose from, as the attribute `srcset` has them.
    pub srcset: Option<String>,
}

/// Whoever knows where links lead. A span is that of the whole link or picture, in bytes of the rendered text.
pub trait Links {
    /// Where the link to `href` leads.
    fn link(&mut self, href: &str, span: Range<usize>) -> Destination;

    /// Where the picture `src` is. `alt` is what it shows, in plain text; empty where nothing was said.
    fn image(&mut self, src: &str, alt: &str, span: Range<usize>) -> Place;
}
