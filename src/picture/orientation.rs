//! Which way up a picture is: cameras store pixels as the sensor lies, and say in a note how to turn them.

/// A turn by quarters and a mirroring, as Exif counts them, 1 to 8; 1 leaves the picture as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Orientation(u8);

impl Orientation {
    /// As it is stored.
    pub(super) const UPRIGHT: Self = Self(1);

    /// What an Exif note says. One that cannot be read says nothing: a picture is not broken by its notes.
    pub(super) fn of_exif(exif: Option<&[u8]>) -> Self {
        let exif = exif.map(|exif| exif.strip_prefix(b"Exif\0\0").unwrap_or(exif));
        exif.and_then(read).filter(|turn| (1..=8).contains(turn)).map_or(Self::UPRIGHT, Self)
    }

    /// A width and a height after the turn, or before it: turning is its own way back here.
    pub(super) fn size(self, (width, height): (u32, u32)) -> (u32, u32) {
        if self.0 >= 5 { (height, width) } else { (width, height) }
    }

    /// Turns pixels of four bytes; `stored` is their width and height as they lie in `pixels`.
    pub(super) fn turn(self, pixels: Vec<u8>, stored: (u32, u32)) -> Vec<u8> {
        if self == Self::UPRIGHT {
            return pixels;
        }
        let (width, height) = (stored.0 as usize, stored.1 as usize);
        let (across, down) = (self.size(stored).0 as usize, self.size(stored).1 as usize);
        let mut turned = Vec::with_capacity(pixels.len());
        for y in 0..down {
            for x in 0..across {
                let (column, row) = match self.0 {
                    2 => (width - 1 - x, y),
                    3 => (width - 1 - x, height - 1 - y),
                    4 => (x, height - 1 - y),
                    5 => (y, x),
                    6 => (y, height - 1 - x),
                    7 => (width - 1 - y, height - 1 - x),
                    8 => (width - 1 - y, x),
                    _ => (x, y),
                };
                let at = (row * width + column) * 4;
                turned.extend_from_slice(&pixels[at..at + 4]);
            }
        }
        turned
    }
}

const ORIENTATION: u16 = 0x0112;
const SHORT: u16 = 3;
/// Bytes of an entry of a TIFF directory.
const ENTRY: usize = 12;

/// The orientation in a note, which is a TIFF file: byte order, the place of the first directory, and there
/// entries of tag, type, count and value.
fn read(tiff: &[u8]) -> Option<u8> {
    let big = match tiff.get(..4)? {
        b"MM\0*" => true,
        b"II*\0" => false,
        _ => return None,
    };
    let number = |at: usize| {
        let bytes = tiff.get(at..at.checked_add(2)?)?.try_into().ok()?;
        Some(if big { u16::from_be_bytes(bytes) } else { u16::from_le_bytes(bytes) })
    };
    let place: [u8; 4] = tiff.get(4..8)?.try_into().ok()?;
    let directory = if big { u32::from_be_bytes(place) } else { u32::from_le_bytes(place) } as usize;
    let entries = usize::from(number(directory)?);
    let mut places = (0..entries).map(|entry| directory.saturating_add(2 + entry * ENTRY));
    let entry = places.find(|at| number(*at) == Some(ORIENTATION))?;
    (number(entry + 2)? == SHORT).then_some(())?;
    u8::try_from(number(entry + 8)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn little(orientation: u8) -> Vec<u8> {
        let mut tiff = b"II*\0\x08\0\0\0\x02\0".to_vec();
        tiff.extend(*b"\x0f\x01\x02\0\x01\0\0\0\0\0\0\0");
        tiff.extend([0x12, 1, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0]);
        tiff
    }

    #[test]
    fn the_note_is_read_in_either_byte_order() {
        let big = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0";
        assert_eq!(Orientation::of_exif(Some(big)), Orientation(6));
        assert_eq!(Orientation::of_exif(Some(&little(8))), Orientation(8));
        assert_eq!(Orientation::of_exif(Some(&little(9))), Orientation::UPRIGHT);
        assert_eq!(Orientation::of_exif(None), Orientation::UPRIGHT);
    }

    #[test]
    fn a_note_that_is_cut_says_nothing() {
        let whole = little(6);
        for end in 0..whole.len() - 3 {
            assert_eq!(Orientation::of_exif(Some(&whole[..end])), Orientation::UPRIGHT, "{end}");
        }
        let far = b"MM\0*\xff\xff\xff\xff\0\x01";
        assert_eq!(Orientation::of_exif(Some(far)), Orientation::UPRIGHT);
    }

    #[test]
    fn pixels_are_turned_as_exif_says() {
        // As stored: 1 2 3 over 4 5 6.
        let turned = |orientation| -> Vec<u8> {
            let pixels = [1, 2, 3, 4, 5, 6].into_iter().flat_map(|pixel| [pixel; 4]).collect();
            let turned = Orientation(orientation).turn(pixels, (3, 2));
            assert!(turned.as_chunks::<4>().0.iter().all(|pixel| *pixel == [pixel[0]; 4]));
            turned.into_iter().step_by(4).collect()
        };
        assert_eq!(turned(1), [1, 2, 3, 4, 5, 6]);
        assert_eq!(turned(2), [3, 2, 1, 6, 5, 4]);
        assert_eq!(turned(3), [6, 5, 4, 3, 2, 1]);
        assert_eq!(turned(4), [4, 5, 6, 1, 2, 3]);
        assert_eq!(turned(5), [1, 4, 2, 5, 3, 6]);
        assert_eq!(turned(6), [4, 1, 5, 2, 6, 3]);
        assert_eq!(turned(7), [6, 3, 5, 2, 4, 1]);
        assert_eq!(turned(8), [3, 6, 2, 5, 1, 4]);
        assert_eq!(Orientation(6).size((3, 2)), (2, 3));
    }
}
