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
    let numbers = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let part = |text: &str, size| text.len() == size && text.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let is_cocoa = |text: &str| text.split_once('-').is_some_and(|(one, two)| part(one, 8) && part(two, 6));
    name.rsplit_once(".tmp.").is_some_and(|(_, rest)| numbers(rest))
        || name.rsplit_once(".sb-").is_some_and(|(_, rest)| is_cocoa(rest))
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
