//! The fonts of a pen: those that the program carries, and one that the site may name.

use crate::config::Images;
use crate::diagnostic::Diagnostic;
use crate::source;
use resvg::usvg::fontdb::{Database, ID, Source};
use skrifa::instance::{LocationRef, Size};
use skrifa::{FontRef, MetadataProvider};
use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

/// In the order a letter is looked up in: DejaVu Sans has Arabic too. Each is some hundred kilobytes of the program.
const BUILT_IN: [fn() -> &'static [u8]; 3] =
    [dejavu::serif::bold, dejavu::serif::regular, dejavu::sans::bold];
const FAMILIES: &str = "DejaVu Serif, DejaVu Sans";

/// Fonts, in the order a letter is looked up in.
pub(super) struct Fonts {
    pub(super) database: Arc<Database>,
    /// The families, as the attribute `font-family` has them.
    pub(super) families: String,
    /// A digest of all of them.
    pub(super) digest: blake3::Hash,
    /// The widths of letters at size 1: a site uses few, and each is asked for at every break of a line.
    advances: Mutex<HashMap<char, f32>>,
}

impl Fonts {
    /// Loads the built-in fonts and the site's own. `None` where that is none, which is reported.
    pub(super) fn load(root: &Path, images: &Images, diagnostics: &mut Vec<Diagnostic>) -> Option<Self> {
        let mut database = Database::new();
        let mut hasher = blake3::Hasher::new();
        let mut families = FAMILIES.to_owned();
        if let Some((path, location)) = &images.font {
            let own =
                source::read(root, path).map_err(|problem| Diagnostic::error("bad-font", problem.message));
            let loaded = own.and_then(|bytes| {
                hasher.update(&bytes);
                let ids = database.load_font_source(Source::Binary(Arc::new(bytes)));
                let family = ids.first().and_then(|id| database.face(*id)?.families.first().cloned());
                family.ok_or_else(|| Diagnostic::error("bad-font", "this is no font"))
            });
            match loaded {
                Ok((family, _)) => families = format!("'{}', {families}", family.replace('\'', "")),
                Err(problem) => {
                    diagnostics.push(
                        Diagnostic { message: format!("{path}: {}", problem.message), ..problem }
                            .located(source::SETTINGS, location.clone())
                            .help("name a .ttf or .otf file below the site's folder"),
                    );
                    return None;
                }
            }
        }
        for font in BUILT_IN {
            hasher.update(font());
            database.load_font_source(Source::Binary(Arc::new(font())));
        }
        database.set_serif_family("DejaVu Serif");
        database.set_sans_serif_family("DejaVu Sans");
        Some(Self {
            database: Arc::new(database),
            families,
            digest: hasher.finalize(),
            advances: Mutex::default(),
        })
    }

    /// The width of a text at size 1: the sum of its letters' own widths, each in the first font that has it. Letters
    /// that join, as in Arabic, take less room than that.
    pub(super) fn width(&self, text: &str) -> f32 {
        // A lock whose holder panicked guards a cache: what is in it is whole.
        let mut advances = self.advances.lock().unwrap_or_else(PoisonError::into_inner);
        text.chars().map(|letter| *advances.entry(letter).or_insert_with(|| self.advance(letter))).sum()
    }

    fn advance(&self, letter: char) -> f32 {
        // What no font has is drawn as a box.
        const BOX: f32 = 0.6;
        self.database.faces().find_map(|face| self.advance_in(face.id, letter)).unwrap_or(BOX)
    }

    fn advance_in(&self, id: ID, letter: char) -> Option<f32> {
        self.database.with_face_data(id, |data, index| {
            let font = FontRef::from_index(data, index).ok()?;
            let glyph = font.charmap().map(letter)?;
            font.glyph_metrics(Size::new(1.0), LocationRef::default()).advance_width(glyph)
        })?
    }
}
