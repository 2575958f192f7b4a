//! Pictures drawn from SVG: the cards that are shown where an article is shared.
//!
//! A [`Pen`] knows its fonts and nothing of the machine's own, so that two machines draw alike. It is compiled in with
//! the feature `cards`; without it there is no pen, and the settings do not let anyone ask for one.

#[cfg(feature = "cards")]
mod fonts;
#[cfg(feature = "cards")]
mod pen;
mod wrap;

#[cfg(feature = "cards")]
pub(super) use self::pen::Pen;

/// A text set in lines.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub(super) struct Setting {
    /// The lines, from the top.
    pub(super) lines: Vec<String>,
    /// The size of the letters in pixels.
    pub(super) size: u32,
    /// The families to draw it with, as the attribute `font-family` has them.
    pub(super) font: String,
}

/// A drawn picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Drawing {
    /// A PNG file.
    pub(super) png: Vec<u8>,
    /// Whether some letter is in none of the fonts, and a box stands in its place.
    pub(super) lacks_letters: bool,
}

/// A box that text is set in.
#[derive(Debug, Clone)]
pub(super) struct Frame {
    /// Its width in pixels.
    pub(super) width: f32,
    /// Its height in pixels.
    pub(super) height: f32,
    /// The sizes to try, the largest first.
    pub(super) sizes: Vec<u32>,
    /// The distance of two lines, as a factor of the size.
    pub(super) leading: f32,
}

/// There is none without the feature `cards`.
#[cfg(not(feature = "cards"))]
#[derive(Debug)]
pub(super) enum Pen {}

#[cfg(not(feature = "cards"))]
impl Pen {
    pub(super) fn load(
        _: &std::path::Path,
        _: &crate::config::Images,
        _: &mut Vec<crate::diagnostic::Diagnostic>,
    ) -> Option<Self> {
        None
    }

    pub(super) fn set(&self, _: &str, _: &Frame) -> Setting {
        match *self {}
    }

    pub(super) fn key(&self, _: &[u8]) -> blake3::Hash {
        match *self {}
    }

    pub(super) fn draw(&self, _: &[u8]) -> Result<Drawing, String> {
        match *self {}
    }
}
