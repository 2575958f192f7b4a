//! Bytes as text, whatever wrote them.

use encoding_rs::{Encoding, REPLACEMENT, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// The most bytes of a piece of copy. No story has as many; a saved page may, with all that is in it.
pub const LARGEST: usize = 16 * 1024 * 1024;

/// Why bytes are no copy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Undecodable {
    /// There is nothing in them that can be seen.
    Empty,
    /// They are more than [`LARGEST`].
    TooLarge,
    /// They are no text, but this.
    Other(&'static str),
}

/// The text of some bytes: UTF-8; UTF-16, with a mark of byte order or as its zeros show; the encoding that a web page declares, if it
/// is no UTF-8; else Windows-1252, for single bytes of an otherwise good UTF-8 too. Lines end in `\n`.
///
/// # Errors
/// They are no text.
pub fn decode(bytes: &[u8]) -> Result<String, Undecodable> {
    if bytes.len() > LARGEST {
        return Err(Undecodable::TooLarge);
    }
    if let Some((_, kind)) = KINDS.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Err(Undecodable::Other(kind));
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let marked = Encoding::for_bom(bytes).map(|(encoding, _)| encoding);
    let text = match marked.or_else(|| without_mark(bytes)).or_else(|| declared(bytes)) {
        Some(encoding) => encoding.decode(bytes).0.into_owned(),
        None => mixed(bytes),
    };
    if is_binary(&text) {
        return Err(Undecodable::Other("binary data"));
    }
    let text =
        text.replace("\r\n", "\n").replace(['\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}'], "\n");
    if text.chars().all(|c| c.is_whitespace() || c.is_control() || c == '\u{feff}') {
        return Err(Undecodable::Empty);
    }
    Ok(text)
}

/// What files begin with that are often taken for text, and what they are.
const KINDS: [(&[u8], &str); 8] = [
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a ZIP file, as those of Word and OpenOffice are"),
    (b"\xd0\xcf\x11\xe0", "a file of Microsoft Office"),
    (b"{\\rtf", "an RTF file"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x1f\x8b", "a compressed file"),
];

/// UTF-16 whose letters are mostly those of Latin has a zero in every other place.
fn without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let start = &bytes[..bytes.len().min(4096) / 2 * 2];
    let zeros = |offset: usize| start.iter().skip(offset).step_by(2).filter(|byte| **byte == 0).count();
    let (first, second, all) = (zeros(0), zeros(1), start.len() / 2);
    match () {
        () if all < 4 => None,
        () if second * 10 > all * 6 && first * 10 < all => Some(UTF_16LE),
        () if first * 10 > all * 6 && second * 10 < all => Some(UTF_16BE),
        () => None,
    }
}

/// What a web page says that it is written in, where it is not the UTF-8 that nearly all are whatever they say.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    if std::str::from_utf8(bytes).is_ok() {
        return None;
    }
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(4096)]).to_ascii_lowercase();
    let head = head.find("<meta").map(|at| &head[at..])?;
    let label = head.split_once("charset=")?.1.trim_start_matches(['"', '\'', ' ']);
    let label = label.split(['"', '\'', ' ', '>', ';', '/']).next()?;
    // What can read these words is none of the two bytes a letter that it may say.
    let encoding = Encoding::for_label(label.as_bytes())?;
    (encoding.is_ascii_compatible() && encoding != UTF_8 && encoding != REPLACEMENT).then_some(encoding)
}

fn mixed(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        text += chunk.valid();
        text += &WINDOWS_1252.decode_without_bom_handling(chunk.invalid()).0;
    }
    text
}

/// Text has few characters that control a terminal: none but ends of lines and tabs, as a rule.
fn is_binary(text: &str) -> bool {
    let controls =
        text.chars().filter(|c| (c.is_control() && !c.is_whitespace()) || *c == '\u{fffd}').count();
    controls * 50 > text.chars().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_encoding_is_read() {
        let utf_16 = |text: &str, little: bool| {
            text.encode_utf16()
                .flat_map(|unit| if little { unit.to_le_bytes() } else { unit.to_be_bytes() })
                .collect::<Vec<u8>>()
        };
        let text = "Zürich — “one”\nThe dam";
        assert_eq!(decode(text.as_bytes()).as_deref(), Ok(text));
        assert_eq!(decode(&[b"\xef\xbb\xbf", text.as_bytes()].concat()).as_deref(), Ok(text));
        assert_eq!(decode(&utf_16(&format!("\u{feff}{text}"), true)).as_deref(), Ok(text));
        assert_eq!(decode(&utf_16(&format!("\u{feff}{text}"), false)).as_deref(), Ok(text));
        assert_eq!(decode(&utf_16(text, true)).as_deref(), Ok(text));
        assert_eq!(decode(&utf_16(text, false)).as_deref(), Ok(text));
        assert_eq!(decode(b"Z\xfcrich \x97 \x93one\x94\r\nThe dam").as_deref(), Ok(text));
        assert_eq!(decode(b"\xef\xbb\xbfZ\xfcrich \x97 \x93one\x94\nThe dam").as_deref(), Ok(text));
        assert_eq!(
            decode("Zürich — ".bytes().chain(*b"\x93one\x94\nThe dam").collect::<Vec<_>>().as_slice())
                .as_deref(),
            Ok(text)
        );
    }

    #[test]
    fn a_page_may_say_what_it_is_written_in() {
        let page = b"<html><head><meta http-equiv=content-type content=\"text/html; charset=windows-1251\"></head>\xcc\xee\xf1\xea\xe2\xe0";
        assert!(decode(page).unwrap().ends_with("Москва"));
        for label in ["utf-16", "replacement", "iso-2022-kr"] {
            let page = [b"<html><head><meta charset=", label.as_bytes(), b"></head>Z\xfcrich"].concat();
            assert!(decode(&page).unwrap().ends_with("Zürich"), "{label}");
        }
        let lying = "<html><head><meta charset=\"iso-8859-1\"></head>Москва";
        assert!(decode(lying.as_bytes()).unwrap().ends_with("Москва"));
    }

    #[test]
    fn what_is_no_text_is_named() {
        assert_eq!(decode(b""), Err(Undecodable::Empty));
        assert_eq!(decode(b" \r\n\t\xef\xbb\xbf"), Err(Undecodable::Empty));
        assert_eq!(decode(b"%PDF-1.7"), Err(Undecodable::Other("a PDF file")));
        assert_eq!(decode(&[0, 1, 2, 3, 200, 1, 0, 7]), Err(Undecodable::Other("binary data")));
        assert_eq!(decode(&vec![b'a'; LARGEST + 1]), Err(Undecodable::TooLarge));
    }
}
