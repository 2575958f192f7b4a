//! What a file is, whatever its name says.

use super::problem::Problem;

/// The formats of pictures made of pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    Jpeg,
    Png,
    Webp,
    Gif,
}

/// What a file's first bytes tell it is, whatever its name says: browsers look there too.
pub(super) fn format(start: &[u8]) -> Result<Format, Problem> {
    let webp = start.starts_with(b"RIFF") && start.get(8..12) == Some(b"WEBP");
    let brand = if start.get(4..8) == Some(b"ftyp") { start.get(8..12) } else { None };
    match start {
        [0xff, 0xd8, 0xff, ..] => Ok(Format::Jpeg),
        [0x89, b'P', b'N', b'G', ..] => Ok(Format::Png),
        [b'G', b'I', b'F', b'8', ..] => Ok(Format::Gif),
        _ if webp => Ok(Format::Webp),
        [] => Err(Problem::broken("the file is empty")),
        _ => match brand {
            Some(b"avif" | b"avis") => Err(Problem::OtherFormat("an AVIF picture")),
            Some(b"heic" | b"heix" | b"heim" | b"heis" | b"hevc" | b"mif1" | b"msf1") => {
                Err(Problem::OtherFormat("a HEIC picture"))
            }
            Some(_) => Err(Problem::OtherFormat("a film")),
            None => Err(Problem::OtherFormat("no picture")),
        },
    }
}
