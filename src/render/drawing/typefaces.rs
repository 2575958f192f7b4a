//! The fonts there are: the program's own, and the one that the site names.

use super::text_box::TextBox;
use harfrust::{FontRef, ShapeOptions, ShaperData, UnicodeBuffer};
use resvg::usvg::fontdb::{Database, Family, ID, Query, Source, Stretch, Style, Weight};
use skrifa::MetadataProvider;
use skrifa::instance::{LocationRef, Size};
use std::sync::Arc;

/// The bytes of a font, shared with the database.
type Bytes = Arc<dyn AsRef<[u8]> + Send + Sync>;

/// All fonts.
pub(super) struct Typefaces {
    pub(super) database: Arc<Database>,
    faces: Vec<Face>,
}

/// One font of one weight.
pub(super) struct Face {
    id: ID,
    family: String,
    bytes: Bytes,
    index: u32,
    shaper: ShaperData,
    units_per_em: i64,
}

/// The built-in fonts. DejaVu Sans has Latin, Greek, Cyrillic, Arabic, Hebrew and more; the serif is a face for headlines
/// and lacks the last three. The others that the crate has are not named here, so that they stay out of the program.
fn built_in() -> [&'static [u8]; 3] {
    [dejavu::serif_condensed::bold(), dejavu::sans::bold(), dejavu::sans::regular()]
}

/// The built-in families.
const SERIF: &str = "DejaVu Serif";
const SANS: &str = "DejaVu Sans";

impl Typefaces {
    /// The built-in fonts, and those of a file of the site's, which then are what `serif` and `sans-serif` mean. `None`
    /// where the file holds no font.
    pub(super) fn load(own: Option<Vec<u8>>) -> Option<Self> {
        let mut database = Database::new();
        let mut faces = Vec::new();
        let chosen = own.is_some();
        let own = own.map(|bytes| Arc::new(bytes) as Bytes);
        for bytes in own.into_iter().chain(built_in().map(|bytes| Arc::new(bytes) as Bytes)) {
            let ids = database.load_font_source(Source::Binary(bytes.clone()));
            faces.extend(ids.into_iter().filter_map(|id| Face::new(&database, id, bytes.clone())));
            if faces.is_empty() {
                return None;
            }
        }
        let first = faces.first()?.family.clone();
        database.set_serif_family(if chosen { &first } else { SERIF });
        database.set_sans_serif_family(if chosen { &first } else { SANS });
        Some(Self { database: Arc::new(database), faces })
    }

    /// The face that a text is set in: the one that was asked for if it has all the letters, else the first that has
    /// most of them. A line in two fonts would be measured wrongly, and looks like an accident.
    pub(super) fn choose(&self, wanted: &TextBox<'_>) -> Option<&Face> {
        let families = match wanted.family {
            "serif" => [Family::Serif, Family::Name(SERIF), Family::Name(SANS)],
            "sans-serif" => [Family::SansSerif, Family::Name(SANS), Family::Name(SERIF)],
            name => [Family::Name(name), Family::Serif, Family::Name(SANS)],
        };
        let candidates = families.iter().filter_map(|family| self.query(*family, wanted.bold));
        // The first of those that lack least.
        candidates.min_by_key(|face| face.lacks(wanted.text).count())
    }

    fn query(&self, family: Family<'_>, bold: bool) -> Option<&Face> {
        let weight = if bold { Weight::BOLD } else { Weight::NORMAL };
        let query = Query { families: &[family], weight, stretch: Stretch::Normal, style: Style::Normal };
        let id = self.database.query(&query)?;
        self.faces.iter().find(|face| face.id == id)
    }

    /// The font to take a letter from that a line's own font, the first of `used`, lacks: of the same weight if there is
    /// one.
    pub(super) fn fallback(&self, letter: char, used: &[ID]) -> Option<ID> {
        let weight = |id: ID| self.database.face(id).map_or(0, |face| face.weight.0);
        let own = used.first().map_or(0, |id| weight(*id));
        let others = self.faces.iter().filter(|face| !used.contains(&face.id) && face.has(letter));
        others.min_by_key(|face| weight(face.id).abs_diff(own)).map(|face| face.id)
    }

    /// Whether any font has a letter, or none is needed for it.
    pub(super) fn can_write(&self, letter: char) -> bool {
        is_invisible(letter) || self.faces.iter().any(|face| face.has(letter))
    }
}

impl Face {
    fn new(database: &Database, id: ID, bytes: Bytes) -> Option<Self> {
        let info = database.face(id)?;
        let font = FontRef::from_index((*bytes).as_ref(), info.index).ok()?;
        let shaper = ShaperData::new(&font);
        let units_per_em = i64::from(font.metrics(Size::unscaled(), LocationRef::default()).units_per_em);
        let family = info.families.first()?.0.clone();
        let index = info.index;
        (units_per_em > 0).then_some(Self { id, family, bytes, index, shaper, units_per_em })
    }

    /// The family's name.
    pub(super) fn family(&self) -> &str {
        &self.family
    }

    /// How many units there are to the size of a letter.
    pub(super) fn units_per_em(&self) -> i64 {
        self.units_per_em
    }

    /// How wide a text is, in units: letters joined and moved together as they are when it is drawn.
    pub(super) fn measure(&self, text: &str) -> i64 {
        let Some(font) = self.font() else { return 0 };
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(text);
        buffer.guess_segment_properties();
        let shaped = self.shaper.shaper(&font).build().shape(buffer, ShapeOptions::new());
        shaped.glyph_positions().iter().map(|glyph| i64::from(glyph.x_advance)).sum()
    }

    /// The letters of a text that it does not have.
    fn lacks(&self, text: &str) -> impl Iterator<Item = char> {
        let letters = self.font().map(|font| font.charmap());
        let has = move |letter: char| letters.as_ref().is_some_and(|letters| letters.map(letter).is_some());
        text.chars().filter(move |letter| !is_invisible(*letter) && !has(*letter))
    }

    fn has(&self, letter: char) -> bool {
        self.font().is_some_and(|font| font.charmap().map(letter).is_some())
    }

    fn font(&self) -> Option<FontRef<'_>> {
        FontRef::from_index((*self.bytes).as_ref(), self.index).ok()
    }
}

/// Whether nothing is to be seen of a letter: spaces, and what joins or turns the letters around it.
fn is_invisible(letter: char) -> bool {
    letter.is_whitespace()
        || letter.is_control()
        || matches!(letter,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{e0000}'..='\u{e0fff}')
}
