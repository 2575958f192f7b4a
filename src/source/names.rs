//! Names of files that are no input: hidden ones, and what editors leave lying about.

/// Whether some part of a path begins with a dot, or is what an editor's program leaves behind while it saves.
pub fn is_hidden(path: &str) -> bool {
    path.split('/').any(|part| part.starts_with('.') || is_editor_leftover(part))
}

/// Backup, swap and lock files of common editors: `x~`, `.x.swp`, `4913`, `#x#`, `.#x`, `x.bck`, `x.tmp`,
/// `x___jb_tmp___`, and what file managers write (`Thumbs.db`, `.DS_Store`).
pub fn is_editor_leftover(name: &str) -> bool {
    let swap =
        name.starts_with('.') && [".swp", ".swo", ".swx", ".swpx"].iter().any(|end| name.ends_with(end));
    let suffix = ["~", ".bck", ".bak", ".tmp", ".orig"].iter().any(|end| name.ends_with(end));
    let emacs = name.starts_with(".#") || (name.len() > 2 && name.starts_with('#') && name.ends_with('#'));
    let jetbrains = name.ends_with("___jb_tmp___") || name.ends_with("___jb_old___");
    swap || suffix || emacs || jetbrains || matches!(name, "4913" | "Thumbs.db" | ".DS_Store")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leftovers_of_editors_are_known() {
        for name in [".a.md.swp", "a.md~", "4913", "#a.md#", ".#a.md", "a.bck", "a.tmp", "a.md___jb_tmp___"] {
            assert!(is_editor_leftover(name), "{name}");
        }
        for name in ["a.md", "4914", "#", "swp"] {
            assert!(!is_editor_leftover(name), "{name}");
        }
    }
}
