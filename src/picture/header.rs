//! What the first bytes of a picture say.

use super::decode;
use super::format::{Format, format};
use super::orientation::Orientation;
use super::problem::Problem;
use super::svg;
use std::io::{BufRead, Read, Seek};

/// A picture, its pixels unread.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Header {
    /// The width and height in pixels as it is shown, that is, turned.
    pub(super) size: (u32, u32),
    /// Whether smaller ones can be made of it: it is of a format that is decoded, and does not move.
    pub(super) still: bool,
}

/// How much of a drawing is read: its root stands near its beginning.
const START: u64 = 64 * 1024;

/// Reads what a picture says of itself. The answer is none for a drawing without a size.
pub(super) fn read(name: &str, mut file: impl BufRead + Seek) -> Result<Option<Header>, Problem> {
    if has_ending(name, "svg") {
        let mut text = Vec::new();
        file.take(START).read_to_end(&mut text).map_err(Problem::broken)?;
        return Ok(svg::size(&text).map(|size| Header { size, still: false }));
    }
    let mut start = Vec::new();
    file.by_ref().take(16).read_to_end(&mut start).map_err(Problem::broken)?;
    file.rewind().map_err(Problem::broken)?;
    let turned =
        |stored, exif: Option<&[u8]>, still| Header { size: Orientation::of_exif(exif).size(stored), still };
    let header = match format(&start)? {
        Format::Jpeg => {
            let mut decoder = decode::jpeg(file);
            decoder.decode_headers().map_err(Problem::broken)?;
            turned(decode::jpeg_size(&decoder)?, decoder.exif().map(Vec::as_slice), true)
        }
        Format::Png => {
            let reader = decode::png(file)?;
            let info = reader.info();
            turned(info.size(), info.exif_metadata.as_deref(), info.animation_control.is_none())
        }
        Format::Webp => {
            let mut decoder = decode::webp(file)?;
            let exif = decoder.exif_metadata().ok().flatten();
            turned(decoder.dimensions(), exif.as_deref(), !decoder.is_animated())
        }
        Format::Gif => Header { size: gif(&start)?, still: false },
    };
    if header.size.0 == 0 || header.size.1 == 0 {
        return Err(Problem::broken("it has no pixels"));
    }
    Ok(Some(header))
}

/// Whether a file's name ends in `.ending`, in letters of any size.
pub(super) fn has_ending(name: &str, ending: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, own)| own.eq_ignore_ascii_case(ending))
}

fn gif(start: &[u8]) -> Result<(u32, u32), Problem> {
    let [width, wide, height, high] = start
        .get(6..10)
        .and_then(|bytes| bytes.try_into().ok())
        .ok_or_else(|| Problem::broken("it is cut off"))?;
    Ok((u16::from_le_bytes([width, wide]).into(), u16::from_le_bytes([height, high]).into()))
}
