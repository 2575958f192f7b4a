//! A file's bytes as pixels.

use super::format::{Format, format};
use super::orientation::Orientation;
use super::problem::{MOST_PIXELS, Problem, check_size};
use image_webp::WebPDecoder;
use png::Transformations;
use std::io::{BufRead, Cursor, Seek};
use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZByteReaderTrait;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

/// A picture, as it is stored: not turned yet.
pub(super) struct Pixels {
    /// Row by row: red, green, blue and how opaque it is, a byte each.
    pub(super) bytes: Vec<u8>,
    /// The width and height.
    pub(super) size: (u32, u32),
    /// Whether nothing shines through any of it.
    pub(super) opaque: bool,
    /// How it is to be turned.
    pub(super) orientation: Orientation,
}

/// Decodes a picture of any format that is read.
pub(super) fn pixels(file: &[u8]) -> Result<Pixels, Problem> {
    match format(file)? {
        Format::Jpeg => of_jpeg(file),
        Format::Png => of_png(file),
        Format::Webp => of_webp(file),
        Format::Gif => Err(Problem::OtherFormat("a GIF picture")),
    }
}

/// A decoder that refuses no size: what is too large is refused with the size in the message.
pub(super) fn jpeg<T: ZByteReaderTrait>(file: T) -> JpegDecoder<T> {
    let most = usize::from(u16::MAX);
    JpegDecoder::new_with_options(file, DecoderOptions::default().set_max_width(most).set_max_height(most))
}

pub(super) fn jpeg_size<T: ZByteReaderTrait>(decoder: &JpegDecoder<T>) -> Result<(u32, u32), Problem> {
    let size = decoder
        .dimensions()
        .and_then(|(width, height)| Some((u32::try_from(width).ok()?, u32::try_from(height).ok()?)));
    size.ok_or_else(|| Problem::broken("it has no size"))
}

fn of_jpeg(file: &[u8]) -> Result<Pixels, Problem> {
    let mut decoder = jpeg(Cursor::new(file));
    decoder.decode_headers().map_err(Problem::broken)?;
    let size = check_size(jpeg_size(&decoder)?)?;
    // Grey comes as it is, all else, that of printing presses included, as red, green and blue.
    let wanted = match decoder.input_colorspace() {
        Some(ColorSpace::Luma) => ColorSpace::Luma,
        _ => ColorSpace::RGB,
    };
    let options = decoder.options().jpeg_set_out_colorspace(wanted);
    decoder.set_options(options);
    // The decoder makes the best of a file that is cut off, and leaves the rest grey.
    if !has_end(file) {
        return Err(Problem::broken("it is cut off"));
    }
    let bytes = decoder.decode().map_err(Problem::broken)?;
    let orientation = Orientation::of_exif(decoder.exif().map(Vec::as_slice));
    let channels = if wanted == ColorSpace::Luma { 1 } else { 3 };
    assemble(bytes, size, channels, orientation)
}

/// Whether the pixels of a JPEG file come to their end. What lies before them, where a thumbnail may have an end of its
/// own, is passed over segment by segment; what is appended behind them does not matter.
fn has_end(file: &[u8]) -> bool {
    let mut at = 2;
    while let Some([0xff, kind]) = file.get(at..at + 2) {
        match kind {
            0xda => return file[at..].windows(2).any(|pair| pair == [0xff, 0xd9]),
            // A marker may be filled up with more of its first byte.
            0xff => at += 1,
            _ => {
                let Some([high, low]) = file.get(at + 2..at + 4) else { return false };
                at += 2 + usize::from(u16::from_be_bytes([*high, *low]));
            }
        }
    }
    // Something else stands between the segments; the decoder knows what to do with it.
    true
}

pub(super) fn png<R: BufRead + Seek>(file: R) -> Result<png::Reader<R>, Problem> {
    let mut decoder = png::Decoder::new(file);
    // Palettes and deep colours become 8 bits a channel.
    decoder.set_transformations(Transformations::normalize_to_color8());
    decoder.read_info().map_err(Problem::broken)
}

fn of_png(file: &[u8]) -> Result<Pixels, Problem> {
    let mut reader = png(Cursor::new(file))?;
    let size = check_size(reader.info().size())?;
    let length = reader.output_buffer_size().ok_or(Problem::TooLarge(size.0, size.1))?;
    let mut bytes = vec![0; length];
    reader.next_frame(&mut bytes).map_err(Problem::broken)?;
    let channels = reader.output_color_type().0.samples();
    let orientation = Orientation::of_exif(reader.info().exif_metadata.as_deref());
    assemble(bytes, size, channels, orientation)
}

pub(super) fn webp<R: BufRead + Seek>(file: R) -> Result<WebPDecoder<R>, Problem> {
    let mut decoder = WebPDecoder::new(file).map_err(Problem::broken)?;
    decoder.set_memory_limit(usize::try_from(MOST_PIXELS).unwrap_or(usize::MAX).saturating_mul(4));
    Ok(decoder)
}

fn of_webp(file: &[u8]) -> Result<Pixels, Problem> {
    let mut decoder = webp(Cursor::new(file))?;
    let size = check_size(decoder.dimensions())?;
    let exif = decoder.exif_metadata().ok().flatten();
    let length = decoder.output_buffer_size().ok_or(Problem::TooLarge(size.0, size.1))?;
    let mut bytes = vec![0; length];
    decoder.read_image(&mut bytes).map_err(Problem::broken)?;
    let channels = if decoder.has_alpha() { 4 } else { 3 };
    assemble(bytes, size, channels, Orientation::of_exif(exif.as_deref()))
}

/// Makes four channels of one, two or three: resizing knows no other pixels, as code for each kind of them is large.
fn assemble(
    bytes: Vec<u8>,
    size: (u32, u32),
    channels: usize,
    orientation: Orientation,
) -> Result<Pixels, Problem> {
    if bytes.len() != size.0 as usize * size.1 as usize * channels {
        return Err(Problem::broken("it has more or fewer pixels than it says"));
    }
    let bytes = match channels {
        1 => bytes.iter().flat_map(|grey| [*grey, *grey, *grey, u8::MAX]).collect(),
        2 => bytes.chunks_exact(2).flat_map(|pair| [pair[0], pair[0], pair[0], pair[1]]).collect(),
        3 => bytes.chunks_exact(3).flat_map(|rgb| [rgb[0], rgb[1], rgb[2], u8::MAX]).collect(),
        _ => bytes,
    };
    Ok(Pixels { bytes, size, opaque: channels % 2 == 1, orientation })
}

#[cfg(test)]
mod tests {
    use super::*;
    use jpeg_encoder::{ColorType, Encoder};

    /// The pixel in the middle of each half of a picture whose halves differ.
    fn halves(file: &[u8]) -> [[u8; 4]; 2] {
        let pixels = pixels(file).unwrap();
        let (width, height) = (pixels.size.0 as usize, pixels.size.1 as usize);
        let (rows, _) = pixels.bytes.as_chunks::<4>();
        [width / 4, width * 3 / 4].map(|x| rows[height / 2 * width + x])
    }

    #[test]
    fn colours_and_greys_of_a_jpeg_come_through() {
        let near = |found: [u8; 4], wanted: [u8; 4]| {
            found.iter().zip(wanted).all(|(one, other)| one.abs_diff(other) <= 4)
        };
        let size = 32;
        let half = |at: usize| at % size < size / 2;
        for (kind, left, right, expected) in [
            (ColorType::Rgb, vec![250, 10, 20], vec![10, 30, 240], [[250, 10, 20, 255], [10, 30, 240, 255]]),
            (ColorType::Luma, vec![200], vec![40], [[200, 200, 200, 255], [40, 40, 40, 255]]),
        ] {
            let pixels: Vec<u8> =
                (0..size * size).flat_map(|at| if half(at) { left.clone() } else { right.clone() }).collect();
            let mut file = Vec::new();
            Encoder::new(&mut file, 95).encode(&pixels, size as u16, size as u16, kind).unwrap();
            let found = halves(&file);
            assert!(near(found[0], expected[0]) && near(found[1], expected[1]), "{kind:?}: {found:?}");
        }
    }

    #[test]
    fn few_channels_become_four() {
        let four = |bytes: &[u8], channels| {
            let pixels = assemble(bytes.to_vec(), (1, 1), channels, Orientation::UPRIGHT).unwrap();
            (pixels.bytes, pixels.opaque)
        };
        assert_eq!(four(&[7], 1), (vec![7, 7, 7, 255], true));
        assert_eq!(four(&[7, 9], 2), (vec![7, 7, 7, 9], false));
        assert_eq!(four(&[1, 2, 3], 3), (vec![1, 2, 3, 255], true));
        assert_eq!(four(&[1, 2, 3, 4], 4), (vec![1, 2, 3, 4], false));
        assert!(assemble(vec![1, 2], (1, 1), 3, Orientation::UPRIGHT).is_err());
    }
}
