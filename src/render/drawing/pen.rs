//! SVG → PNG.

use super::fonts::Fonts;
use super::model::{Drawing, Frame, Setting};
use super::wrap::wrap;
use crate::config::Images;
use crate::diagnostic::Diagnostic;
use crate::output::CARD_SIZE;
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{FallbackSelectionFn, FontResolver, Group, ImageHrefResolver, Node, Options, Tree};
use std::path::Path;

/// What draws, for the keys of drawings that are kept: raised where the same SVG would come out otherwise.
const VERSION: &str = "card 1, resvg 0.49";

/// Draws cards.
pub(in crate::render) struct Pen {
    fonts: Fonts,
}

impl Pen {
    /// A pen where the settings ask for cards. A font that is none is reported.
    pub(in crate::render) fn load(
        root: &Path,
        images: &Images,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<Self> {
        if !images.cards {
            return None;
        }
        Fonts::load(root, images, diagnostics).map(|fonts| Self { fonts })
    }

    /// Sets a text in the largest size that fits a frame.
    pub(in crate::render) fn set(&self, text: &str, frame: &Frame) -> Setting {
        let (lines, size) = wrap(text, frame, |text| self.fonts.width(text));
        Setting { lines, size, font: self.fonts.families.clone() }
    }

    /// What a drawing follows from.
    pub(in crate::render) fn key(&self, svg: &[u8]) -> blake3::Hash {
        let mut hasher = blake3::Hasher::new();
        hasher.update(VERSION.as_bytes()).update(self.fonts.digest.as_bytes()).update(svg);
        hasher.finalize()
    }

    /// Draws a card.
    ///
    /// # Errors
    /// It is no SVG, or not of a card's size.
    pub(in crate::render) fn draw(&self, svg: &[u8]) -> Result<Drawing, String> {
        let options = Options {
            fontdb: self.fonts.database.clone(),
            font_family: "DejaVu Serif".to_owned(),
            font_resolver: FontResolver {
                select_font: FontResolver::default_font_selector(),
                select_fallback: fallback(),
            },
            // A template draws with what it has: files and other hosts are out of its reach.
            image_href_resolver: ImageHrefResolver {
                resolve_data: Box::new(|_, _, _| None),
                resolve_string: Box::new(|_, _| None),
            },
            ..Options::default()
        };
        let tree = Tree::from_data(svg, &options).map_err(|error| error.to_string())?;
        let size = tree.size().to_int_size();
        let (width, height) = CARD_SIZE;
        if (size.width(), size.height()) != (width, height) {
            return Err(format!(
                "it is {} by {} pixels, not {width} by {height}",
                size.width(),
                size.height()
            ));
        }
        let mut pixmap = Pixmap::new(width, height).ok_or("there is no memory for it")?;
        resvg::render(&tree, Transform::identity(), &mut pixmap.as_mut());
        let png = pixmap.encode_png().map_err(|error| error.to_string())?;
        Ok(Drawing { png, lacks_letters: lacks_letters(tree.root()) })
    }
}

/// Where no font has a letter, one that has others of its script: or else the whole line would be boxes.
fn fallback() -> FallbackSelectionFn<'static> {
    let that_has = FontResolver::default_fallback_selector();
    Box::new(move |letter, used, fonts| {
        let relative = matches!(letter, '\u{600}'..='\u{6ff}').then_some('\u{627}');
        that_has(letter, used, fonts).or_else(|| that_has(relative?, used, fonts))
    })
}

/// Whether a glyph is that of no letter.
fn lacks_letters(group: &Group) -> bool {
    group.children().iter().any(|node| match node {
        Node::Group(group) => lacks_letters(group),
        Node::Text(text) => {
            text.layouted().iter().flat_map(|span| &span.positioned_glyphs).any(|glyph| glyph.id.0 == 0)
        }
        _ => false,
    })
}
