//! Where drawings are made.

use super::lines::Pieces;
use super::paint::paint;
use super::text_box::{Fault, Fitted, TextBox};
use super::typefaces::Typefaces;
use crate::cache::Store;
use crate::config::Images;
use crate::diagnostic::Diagnostic;
use crate::source::{self, Digest, SETTINGS, SourceTree};
use std::collections::BTreeSet;
use std::sync::OnceLock;

/// What draws, and the fonts it was built with: part of what a kept drawing is known by. A test says when it is out of
/// date.
const DRAWN_BY: [&str; 6] = [
    "dateline cards 1",
    "dejavu 2.37.0",
    "harfrust 0.12.0",
    "png 0.18.1",
    "resvg 0.49.0",
    "tiny-skia 0.12.0",
];

/// Measures and draws, with the fonts of one site.
pub(in crate::render) struct Studio {
    /// The built-in fonts are unpacked when somebody asks for them.
    faces: OnceLock<Typefaces>,
    /// The digest of the site's own font.
    font: Digest,
}

impl Studio {
    /// Gets the fonts ready. One of the site's own that cannot be used is reported, and the built-in ones do, so that the
    /// rest of the site can be looked at.
    pub(in crate::render) fn open(
        tree: &SourceTree,
        images: &Images,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Self {
        let mut studio = Self { faces: OnceLock::new(), font: Digest::default() };
        if let Some((path, location)) = images.font.as_ref().filter(|_| images.cards) {
            match own(tree, path) {
                Ok((faces, digest)) => {
                    studio.faces = faces.into();
                    studio.font = digest;
                }
                Err(problem) => diagnostics.push(problem.located(SETTINGS, location.clone())),
            }
        }
        studio
    }

    /// The digest of the site's own font, as it was read; without one, that of nothing.
    pub(in crate::render) fn font(&self) -> Digest {
        self.font
    }

    /// Sets a text in lines: in the first size that it fits in as a whole, else in the last, broken and cut.
    ///
    /// # Errors
    /// Never, with fonts.
    pub(in crate::render) fn fit(&self, wanted: &TextBox<'_>) -> Result<Fitted, String> {
        let text: Vec<&str> = wanted.text.split_whitespace().collect();
        let text: String = text.join(" ").chars().take(LONGEST).collect();
        let face = self.faces().choose(wanted).ok_or("there is no font")?;
        let measure = |text: &str| face.measure(text);
        let pieces = Pieces::of(&text, &measure);
        #[expect(clippy::cast_precision_loss, reason = "an em is some thousand units")]
        let units = face.units_per_em() as f64;
        #[expect(clippy::cast_possible_truncation, reason = "a room that large is as good as endless")]
        let room = |size: f64| (wanted.width / size * units) as i64;
        let sizes = wanted.sizes.iter().copied();
        let whole = sizes.clone().find_map(|size| Some((pieces.set(room(size), wanted.most(size))?, size)));
        let last = sizes.last().unwrap_or(16.0);
        let (lines, size) = whole.unwrap_or_else(|| (pieces.force(room(last), wanted.most(last)), last));
        let longest = lines.iter().map(|line| measure(line)).max().unwrap_or_default();
        #[expect(clippy::cast_precision_loss, reason = "a line is some million units at most")]
        let width = longest as f64 * size / units;
        let lines = lines.into_iter().map(|line| if wanted.rtl { isolated(&line) } else { line }).collect();
        Ok(Fitted { lines, size, width, family: face.family().to_owned() })
    }

    /// The letters of a text that no font has.
    pub(in crate::render) fn unwritable(&self, text: &str) -> String {
        let letters: BTreeSet<char> = text.chars().filter(|letter| !letter.is_ascii()).collect();
        letters.into_iter().filter(|letter| !self.faces().can_write(*letter)).collect()
    }

    /// Draws an SVG as a PNG of so many pixels, or finds it drawn.
    ///
    /// # Errors
    /// It is no SVG: what the parser has to say.
    pub(in crate::render) fn draw(
        &self,
        svg: &str,
        size: (u32, u32),
        store: &Store,
    ) -> Result<Vec<u8>, Fault> {
        let mut hasher = blake3::Hasher::new();
        DRAWN_BY.iter().for_each(|part| {
            hasher.update(part.as_bytes()).update(b"\n");
        });
        hasher.update(&self.font).update(&size.0.to_le_bytes()).update(&size.1.to_le_bytes());
        hasher.update(svg.as_bytes());
        store.obtain(&hasher.finalize(), || paint(svg, size, self.faces()))
    }

    fn faces(&self) -> &Typefaces {
        self.faces.get_or_init(|| Typefaces::load(None).expect("the built-in fonts are fonts, says a test"))
    }
}

/// No text is set that is longer: it would be cut in any case, and measuring takes time.
const LONGEST: usize = 2_000;

/// The library knows no direction but left to right for a line as a whole; these marks turn what stands between them.
fn isolated(line: &str) -> String {
    format!("\u{2067}{line}\u{2069}")
}

fn own(tree: &SourceTree, path: &str) -> Result<(Typefaces, Digest), Diagnostic> {
    if !source::exists(&tree.root, path) {
        let message = format!("there is no file {path}");
        return Err(Diagnostic::error("missing-font", message).help("the path counts from the site's folder"));
    }
    let bytes = tree
        .read(path)
        .map_err(|problem| Diagnostic { message: format!("{}: {}", path, problem.message), ..problem })?;
    let digest = source::digest(&bytes);
    let faces = Typefaces::load(Some(bytes)).ok_or_else(|| {
        Diagnostic::error("bad-font", format!("{path} is no font that can be used"))
            .help("name a TrueType or OpenType font: a file that ends in .ttf, .otf, .ttc or .otc")
    })?;
    Ok((faces, digest))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn studio() -> Studio {
        Studio { faces: OnceLock::new(), font: Digest::default() }
    }

    fn headline(text: &str) -> Fitted {
        let sizes = vec![80.0, 60.0, 40.0];
        let text = TextBox {
            text,
            width: 1000.0,
            sizes,
            lines: 4,
            height: f64::INFINITY,
            leading: 1.0,
            family: "serif",
            bold: true,
            rtl: false,
        };
        studio().fit(&text).unwrap()
    }

    #[test]
    fn a_kept_drawing_is_known_by_what_drew_it() {
        let lock = include_str!("../../../Cargo.lock");
        for part in &DRAWN_BY[1..] {
            let (name, version) = part.split_once(' ').unwrap();
            let entry = format!("name = \"{name}\"\nversion = \"{version}\"\n");
            assert!(lock.contains(&entry), "{name} is no longer {version}: change it in DRAWN_BY");
        }
    }

    #[test]
    fn a_longer_headline_is_set_in_smaller_letters() {
        let sizes: Vec<f64> =
            [3, 20, 30, 200].iter().map(|words| headline(&"word ".repeat(*words)).size).collect();
        assert_eq!(sizes, [80.0, 60.0, 40.0, 40.0]);
        let long = headline(&"word ".repeat(200));
        assert!(long.lines.len() == 4 && long.lines[3].ends_with('…') && long.width <= 1000.0, "{long:?}");
    }

    #[test]
    fn a_text_is_set_in_a_family_that_has_its_letters() {
        let families = ["Ein Bär", "Ο καιρός", "Буря", "عاصفة", "سمندری طوفان", "日本", "Ein عاصفة"];
        let families = families.map(|text| headline(text).family);
        let (serif, sans) = ("DejaVu Serif", "DejaVu Sans");
        assert_eq!(families, [serif, serif, serif, sans, sans, serif, sans]);
        assert_eq!(studio().unwritable("“Ü” \u{2067}عاصفة\u{200d} 日本 🥕 <&>"), "日本🥕");
    }

    #[test]
    fn joined_letters_are_measured_as_they_are_drawn() {
        let alone: f64 = ["ع", "ا", "ص", "ف", "ة"].iter().map(|letter| headline(letter).width).sum();
        assert!(headline("عاصفة").width < alone * 0.95);
    }
}
