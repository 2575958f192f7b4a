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
    /// The title of an alert in the text's language: given `note`, `tip`, `important`, `warning` or `caution`,
    /// a plain text. It is asked only where there is an alert.
    pub alert_title: &'a dyn Fn(&str) -> String,
}

/// Where a link or a picture leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Destination {
    /// Into the site: a finished address, percent-encoded.
    Internal(String),
    /// Away from it: the address as it is written, with [`Options::external_rel`].
    External,
    /// To the address as it is written.
    AsIs,
    /// Nowhere: a link's text stays, and a picture's alternative text.
    Unlinked,
}

/// Whoever knows where links lead. A span is that of the whole link or picture, in bytes of the rendered text.
pub trait Links {
    /// Where the link to `href` leads.
    fn link(&mut self, href: &str, span: Range<usize>) -> Destination;

    /// Where the picture `src` is. `alt` is what it shows, in plain text; empty where nothing was said.
    fn image(&mut self, src: &str, alt: &str, span: Range<usize>) -> Destination;
}
