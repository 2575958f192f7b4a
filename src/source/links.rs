//! Symbolic links that leave what is published together.

use super::folders::INPUTS;
use std::path::Path;
use walkdir::WalkDir;

/// The links below the folders that the site in `root` is made from which lead out of the repository it lies in, or
/// where it lies in none, out of `root`: whoever has a copy of that has not what they lead to. Sorted.
pub fn links_out(root: &Path) -> Vec<String> {
    let Ok(root) = root.canonicalize() else { return Vec::new() };
    let top = root.ancestors().find(|folder| folder.join(".git").exists()).unwrap_or(&root);
    let mut found = Vec::new();
    for folder in INPUTS {
        let mut entries = WalkDir::new(root.join(folder)).follow_links(true).into_iter();
        while let Some(entry) = entries.next() {
            // What cannot be walked is reported by whoever reads the site.
            let Ok(entry) = entry else { continue };
            let leaves = |path: &Path| path.canonicalize().is_ok_and(|real| !real.starts_with(top));
            if !entry.path_is_symlink() || !leaves(entry.path()) {
                continue;
            }
            let path = entry.path().strip_prefix(&root).unwrap_or(entry.path());
            found.push(path.to_string_lossy().replace('\\', "/"));
            if entry.file_type().is_dir() {
                entries.skip_current_dir();
            }
        }
    }
    found.sort();
    found
}
