//! Names of files that are no input: hidden ones, and what editors leave lying about.

/// Whether some part of a path begins with a dot, or is what an editor's program leaves behind while it saves.
pub fn is_hidden(path: &str) -> bool {
    path.split('/').any(|part| part.starts_with('.') || is_editor_leftover(part))
}

/// Backup, swap and lock files of common editors: `x~`, `.x.swp`, `4913`, `#x#`, `.#x`, `x.bck`, `x.tmp`,
/// `x___jb_tmp___`, `x.tmp.12.34`, `x.crswap`, `x.sb-1a2b3c4d-abc123`, `.goutputstream-X`, and what file managers write
/// (`Thumbs.db`, `.DS_Store`).
pub fn is_editor_leftover(name: &str) -> bool {
    let swap = name.starts_with('.')
        && [".swp", ".swo", ".swx", ".swpx", ".kate-swp"].iter().any(|end| name.ends_with(end));
    let suffix = ["~", ".bck", ".bak", ".tmp", ".orig", ".crswap"].iter().any(|end| name.ends_with(end));
    let emacs = name.starts_with(".#") || (name.len() > 2 && name.starts_with('#') && name.ends_with('#'));
    let jetbrains = name.ends_with("___jb_tmp___") || name.ends_with("___jb_old___");
    let gnome = name.starts_with(".goutputstream-");
    swap || suffix
        || emacs
        || jetbrains
        || gnome
        || is_numbered(name)
        || matches!(name, "4913" | "Thumbs.db" | ".DS_Store")
}

/// What programs write first and then rename, with a number of their own at the end.
fn is_numbered(name: &str) -> bool {
    let named = name.trim_end_matches(|character: char| character.is_ascii_digit() || character == '.');
    let is_temporary = named.ends_with(".tmp") && name[named.len()..].starts_with('.');
    is_temporary || is_of_cocoa(name)
}

/// Whether a name ends as in `x.sb-1a2b3c4d-abc123`.
fn is_of_cocoa(name: &str) -> bool {
    let is_part = |part: &[u8]| part.iter().all(u8::is_ascii_alphanumeric);
    match name.as_bytes().last_chunk::<19>() {
        Some([b'.', b's', b'b', b'-', number @ ..]) => {
            number[8] == b'-' && is_part(&number[..8]) && is_part(&number[9..])
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leftovers_of_editors_are_known() {
        for name in [
            ".a.md.swp",
            "a.md~",
            "4913",
            "#a.md#",
            ".#a.md",
            "a.bck",
            "a.tmp",
            "a.md___jb_tmp___",
            "a.md.tmp.12.34",
            "a.md.sb-1a2b3c4d-aBc123",
            "a.md.crswap",
            ".goutputstream-A1",
            ".a.css.kate-swp",
        ] {
            assert!(is_editor_leftover(name), "{name}");
        }
        for name in ["a.md", "4914", "#", "swp", "a.tmp.md", "a.sb-1.md", "a.sb-1a2b3c4d"] {
            assert!(!is_editor_leftover(name), "{name}");
        }
    }
}
