//! Words for a shell, to be copied from a terminal.

use crate::visible;
use std::borrow::Cow;
use std::ffi::OsStr;
use std::fmt::Write;

/// A word that nothing in it can end. What a terminal would not show, or is no text, stands as a code in `$'…'`, which
/// bash, zsh and ksh read.
pub(super) fn quoted(word: impl AsRef<OsStr>) -> String {
    let word = word.as_ref();
    match word.to_str().filter(|text| !text.contains(visible::is_hidden)) {
        Some(text) => shlex::try_quote(text).map_or_else(|_| coded(word), Cow::into_owned),
        None => coded(word),
    }
}

/// The same for a path, which no command takes for an option.
pub(super) fn quoted_path(path: impl AsRef<OsStr>) -> String {
    let path = path.as_ref();
    if path.as_encoded_bytes().starts_with(b"-") {
        let mut below = OsStr::new("./").to_owned();
        below.push(path);
        return quoted(below);
    }
    quoted(path)
}

fn coded(word: &OsStr) -> String {
    let mut text = "$'".to_owned();
    for piece in word.as_encoded_bytes().utf8_chunks() {
        for character in piece.valid().chars() {
            match character {
                '\n' => text += "\\n",
                '\t' => text += "\\t",
                '\'' | '\\' => text.extend(['\\', character]),
                _ if visible::is_hidden(character) => {
                    codes(&mut text, character.encode_utf8(&mut [0; 4]).as_bytes());
                }
                _ => text.push(character),
            }
        }
        codes(&mut text, piece.invalid());
    }
    text + "'"
}

/// In octal, which has three digits whatever follows.
fn codes(text: &mut String, bytes: &[u8]) {
    for byte in bytes {
        let _ = write!(text, "\\{byte:03o}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_as_a_shell_reads_them() {
        for (word, shown) in [
            ("digest", "digest"),
            ("my digest", "'my digest'"),
            ("it's", "\"it's\""),
            ("~ada", "'~ada'"),
            ("new\nline", "$'new\\nline'"),
            ("it's\u{7}7\\", "$'it\\'s\\0077\\\\'"),
            ("a\u{202e}b", "$'a\\342\\200\\256b'"),
        ] {
            assert_eq!(quoted(word), shown);
            assert_eq!(quoted_path(word), shown);
        }
        for (path, shown) in
            [("-dash", "./-dash"), ("--", "./--"), ("-a b", "'./-a b'"), ("-\n", "$'./-\\n'")]
        {
            assert_eq!(quoted_path(path), shown);
        }
    }

    #[cfg(unix)]
    #[test]
    fn what_is_no_text_is_quoted_byte_for_byte() {
        use std::os::unix::ffi::OsStrExt;
        assert_eq!(quoted(OsStr::from_bytes(b"caf\xe9\x001")), "$'caf\\351\\0001'");
    }
}
