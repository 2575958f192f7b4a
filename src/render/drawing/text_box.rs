//! What a studio is asked and answers: a text that has to fit somewhere, how it does, why something cannot be drawn.

/// A text and the room that there is for it.
#[derive(Debug, Clone)]
#[cfg_attr(not(feature = "cards"), expect(dead_code, reason = "without cards nobody measures"))]
pub(in crate::render) struct TextBox<'a> {
    /// The text, in one paragraph.
    pub(in crate::render) text: &'a str,
    /// How wide a line may be, in the units that sizes are in.
    pub(in crate::render) width: f64,
    /// The sizes of letters to choose from, the one that is liked best first.
    pub(in crate::render) sizes: Vec<f64>,
    /// How many lines there may be.
    pub(in crate::render) lines: usize,
    /// How high all lines together may be, and how far one is below the other as a factor of their size.
    pub(in crate::render) height: f64,
    /// See `height`.
    pub(in crate::render) leading: f64,
    /// The family to set it in: `serif`, `sans-serif`, or the name of one.
    pub(in crate::render) family: &'a str,
    /// Whether it is set in bold.
    pub(in crate::render) bold: bool,
    /// Whether its language runs from right to left.
    pub(in crate::render) rtl: bool,
}

impl TextBox<'_> {
    /// How many lines of a size there is room for: one at least.
    #[cfg(feature = "cards")]
    pub(super) fn most(&self, size: f64) -> usize {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is not below 1")]
        let fitting = (self.height / (size * self.leading)).floor().max(1.0) as usize;
        fitting.min(self.lines)
    }
}

/// A text, set.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::render) struct Fitted {
    /// Its lines.
    pub(in crate::render) lines: Vec<String>,
    /// The size of its letters.
    pub(in crate::render) size: f64,
    /// How wide the longest line is.
    pub(in crate::render) width: f64,
    /// The family it was measured in: the one that was asked for, or another that has all the letters.
    pub(in crate::render) family: String,
}

/// Why something cannot be drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::render) struct Fault {
    /// What is wrong with it, in a few words.
    pub(in crate::render) reason: String,
    /// In which line of the SVG, from 1.
    pub(in crate::render) line: Option<usize>,
}

impl From<String> for Fault {
    fn from(reason: String) -> Self {
        Self { reason, line: None }
    }
}
