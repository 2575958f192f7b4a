//! What a pen is given, and what it gives.

/// A text set in lines.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub(in crate::render) struct Setting {
    /// The lines, from the top.
    pub(in crate::render) lines: Vec<String>,
    /// The size of the letters in pixels.
    pub(in crate::render) size: u32,
    /// The families to draw it with, as the attribute `font-family` has them.
    pub(in crate::render) font: String,
}

/// A drawn picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::render) struct Drawing {
    /// A PNG file.
    pub(in crate::render) png: Vec<u8>,
    /// Whether some letter is in none of the fonts, and a box stands in its place.
    pub(in crate::render) lacks_letters: bool,
}

/// A box that text is set in.
#[derive(Debug, Clone)]
#[cfg_attr(not(feature = "cards"), expect(dead_code, reason = "only a pen sets text in it"))]
pub(in crate::render) struct Frame {
    /// Its width in pixels.
    pub(in crate::render) width: f32,
    /// Its height in pixels.
    pub(in crate::render) height: f32,
    /// The sizes to try, the largest first.
    pub(in crate::render) sizes: Vec<u32>,
    /// The distance of two lines, as a factor of the size.
    pub(in crate::render) leading: f32,
}
