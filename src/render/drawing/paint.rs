//! From an SVG to a PNG.

use super::text_box::Fault;
use super::typefaces::Typefaces;
use png::{BitDepth, ColorType, DeflateCompression, Encoder, Filter};
use resvg::tiny_skia::{Pixmap, PremultipliedColorU8, Transform};
use resvg::usvg::{FontResolver, ImageHrefResolver, Options, Tree};

/// Draws an SVG that is so many pixels large.
///
/// # Errors
/// It is no SVG, or of another size.
pub(super) fn paint(svg: &str, (width, height): (u32, u32), faces: &Typefaces) -> Result<Vec<u8>, Fault> {
    let options = Options {
        font_family: "serif".to_owned(),
        // What text an SVG has in it comes from many hands: it opens no file, wherever it says one is.
        image_href_resolver: ImageHrefResolver {
            resolve_data: Box::new(|_, _, _| None),
            resolve_string: Box::new(|_, _| None),
        },
        font_resolver: FontResolver {
            select_font: FontResolver::default_font_selector(),
            select_fallback: Box::new(|letter, used, _| faces.fallback(letter, used)),
        },
        fontdb: faces.database.clone(),
        ..Options::default()
    };
    let tree = Tree::from_str(svg, &options).map_err(fault)?;
    let own = tree.size().to_int_size();
    if (own.width(), own.height()) != (width, height) {
        // Pages say how large it is, and they say it without looking.
        let reason = format!("it is {} by {} pixels, not {width} by {height}", own.width(), own.height());
        return Err(reason.into());
    }
    let mut pixmap = Pixmap::new(width, height).ok_or_else(|| "it has no size".to_owned())?;
    resvg::render(&tree, Transform::identity(), &mut pixmap.as_mut());
    Ok(encode(&pixmap).map_err(|error| error.to_string())?)
}

/// What the parser has to say, and where.
fn fault(error: resvg::usvg::Error) -> Fault {
    let resvg::usvg::Error::ParsingFailed(error) = error else { return error.to_string().into() };
    let place = error.pos();
    let reason = error.to_string().replace(&format!(" at {place}"), "");
    Fault { reason, line: usize::try_from(place.row).ok() }
}

/// How hard to press. Of a hundred cards, on one core: 1.1 ms and 37 kB each at 1, 3.2 ms and 23 kB at 5, 15 ms and 22 kB
/// at 9.
const EFFORT: u8 = 5;

/// A flat picture has few colours, and a table of them makes a smaller file.
fn encode(pixmap: &Pixmap) -> Result<Vec<u8>, png::EncodingError> {
    let mut bytes = Vec::with_capacity(32 * 1024);
    let mut encoder = Encoder::new(&mut bytes, pixmap.width(), pixmap.height());
    encoder.set_depth(BitDepth::Eight);
    encoder.set_deflate_compression(DeflateCompression::Level(EFFORT));
    let data = if let Some((table, places)) = indexed(pixmap) {
        encoder.set_color(ColorType::Indexed);
        encoder.set_palette(table);
        encoder.set_filter(Filter::NoFilter);
        places
    } else {
        encoder.set_filter(Filter::Adaptive);
        let opaque = pixmap.pixels().iter().copied().all(|pixel| pixel.is_opaque());
        encoder.set_color(if opaque { ColorType::Rgb } else { ColorType::Rgba });
        let pixels = pixmap.pixels().iter().map(PremultipliedColorU8::demultiply);
        let kept = if opaque { 3 } else { 4 };
        pixels
            .flat_map(|pixel| {
                [pixel.red(), pixel.green(), pixel.blue(), pixel.alpha()].into_iter().take(kept)
            })
            .collect()
    };
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&data)?;
    writer.finish()?;
    Ok(bytes)
}

/// The colours of a picture, one after the other, and the place of each pixel's among them: if a table can hold them, and
/// nothing shines through.
fn indexed(pixmap: &Pixmap) -> Option<(Vec<u8>, Vec<u8>)> {
    let mut known: Vec<([u8; 3], u8)> = Vec::with_capacity(256);
    let mut table = Vec::with_capacity(256 * 3);
    let mut places = Vec::with_capacity(pixmap.pixels().len());
    let mut last = None;
    for pixel in pixmap.pixels().iter().copied() {
        let place = match last {
            // Most pixels are as the one before.
            Some((colour, place)) if colour == pixel => place,
            _ if !pixel.is_opaque() => return None,
            _ => {
                let colour = [pixel.red(), pixel.green(), pixel.blue()];
                match known.binary_search_by_key(&colour, |(colour, _)| *colour) {
                    Ok(at) => known[at].1,
                    Err(at) => {
                        let place = u8::try_from(known.len()).ok()?;
                        known.insert(at, (colour, place));
                        table.extend(colour);
                        place
                    }
                }
            }
        };
        last = Some((pixel, place));
        places.push(place);
    }
    Some((table, places))
}
