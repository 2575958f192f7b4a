//! A picture made smaller: decoded, resized, turned upright and encoded as WebP.
//!
//! Only pixels come through. What a camera notes beside them, the place where it stood included, stays behind; so does a
//! colour profile, and with it colours are taken for sRGB.

use super::decode::{self, Pixels};
use super::problem::Problem;
use crate::diagnostic::{Diagnostic, Severity};
use fast_image_resize::images::{TypedImage, TypedImageRef};
use fast_image_resize::pixels::U8x4;
use fast_image_resize::{FilterType, ResizeAlg, ResizeOptions, Resizer};
use webp::{Encoder, PixelLayout};

/// Names what makes renditions. It is part of the key under which one is kept, so that what another version made is not
/// taken for ours: the first number is raised when other bytes come of the same picture.
pub const MAKER: &str =
    "rendition 1, fast_image_resize 6.1.0, image-webp 0.2.4, libwebp-sys 0.9.6, png 0.18.1, zune-jpeg 0.5.15";

/// The longest side that WebP has room for, in pixels.
pub(super) const LONGEST_SIDE: u32 = 16_383;

/// Makes a rendition `width` pixels wide, as high as its proportions ask, at a quality from 1 to 100.
///
/// # Errors
/// `broken-image`, which names `name`: the file is no picture, cannot be decoded, or has too many pixels.
pub fn rendition(name: &str, file: &[u8], width: u32, quality: u8) -> Result<Vec<u8>, Diagnostic> {
    make(file, width, quality).map_err(|problem| problem.diagnostic(Severity::Error, name))
}

fn make(file: &[u8], width: u32, quality: u8) -> Result<Vec<u8>, Problem> {
    let pixels = decode::pixels(file)?;
    let (opaque, orientation) = (pixels.opaque, pixels.orientation);
    let shown = orientation.size(pixels.size);
    let size = (width, height_at(shown, width));
    // Resized before it is turned, since there is less to turn then.
    let stored = orientation.size(size);
    let mut upright = orientation.turn(resize(pixels, stored)?, stored);
    if opaque {
        upright = upright.chunks_exact(4).flat_map(|pixel| [pixel[0], pixel[1], pixel[2]]).collect();
    }
    let layout = if opaque { PixelLayout::Rgb } else { PixelLayout::Rgba };
    let encoded = Encoder::new(&upright, layout, size.0, size.1).encode_simple(false, f32::from(quality));
    encoded.map(|bytes| bytes.to_vec()).map_err(|error| Problem::NotMade(format!("{error:?}")))
}

/// The height of a picture of the size `shown` at another width: at least one pixel.
pub(super) fn height_at((width, height): (u32, u32), at: u32) -> u32 {
    let (width, height, at) = (u64::from(width.max(1)), u64::from(height), u64::from(at));
    u32::try_from((height * at + width / 2) / width).unwrap_or(u32::MAX).max(1)
}

fn resize(pixels: Pixels, size: (u32, u32)) -> Result<Vec<u8>, Problem> {
    if pixels.size == size {
        return Ok(pixels.bytes);
    }
    let failed = |error: &dyn std::fmt::Display| Problem::NotMade(error.to_string());
    let mut bytes = vec![0; size.0 as usize * size.1 as usize * size_of::<U8x4>()];
    let (width, height) = pixels.size;
    // Of one type of pixels: the function for any type would bring the code for all of them.
    let whole: TypedImageRef<U8x4> =
        TypedImageRef::from_buffer(width, height, &pixels.bytes).map_err(|error| failed(&error))?;
    let mut smaller: TypedImage<U8x4> =
        TypedImage::from_buffer(size.0, size.1, &mut bytes).map_err(|error| failed(&error))?;
    let filter = ResizeOptions::new()
        .resize_alg(ResizeAlg::Convolution(FilterType::Lanczos3))
        .use_alpha(!pixels.opaque);
    Resizer::new().resize_typed(&whole, &mut smaller, &filter).map_err(|error| failed(&error))?;
    drop(smaller);
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kept_rendition_is_known_by_what_made_it() {
        let lock = include_str!("../../Cargo.lock");
        for part in MAKER.split(", ").skip(1) {
            let (name, version) = part.split_once(' ').unwrap();
            let entry = format!("name = \"{name}\"\nversion = \"{version}\"\n");
            assert!(lock.contains(&entry), "{name} is no longer {version}: change it in MAKER");
        }
    }

    #[test]
    fn proportions_are_kept() {
        assert_eq!(height_at((4000, 3000), 480), 360);
        assert_eq!(height_at((3, 2), 2), 1);
        assert_eq!(height_at((10_000, 1), 480), 1);
        assert_eq!(height_at((u32::MAX, u32::MAX), 480), 480);
    }
}
