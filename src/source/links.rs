//! Symbolic links that leave what is published together.

use super::tree::SourceTree;

/// The links among the files of a site which lead out of the repository it lies in, or where it lies in none, out of its
/// own folder: whoever has a copy of that has not what they lead to. What lies in a folder that such a link leads to
/// is part of it. Sorted.
pub fn links_out(tree: &SourceTree) -> Vec<&str> {
    let Ok(root) = tree.root.canonicalize() else { return Vec::new() };
    let top = root.ancestors().find(|folder| folder.join(".git").exists()).unwrap_or(&root);
    let mut found: Vec<&str> = Vec::new();
    for link in &tree.links {
        let is_within = |folder: &&str| link.strip_prefix(*folder).is_some_and(|rest| rest.starts_with('/'));
        let leaves = || root.join(&**link).canonicalize().is_ok_and(|real| !real.starts_with(top));
        if !found.iter().any(is_within) && leaves() {
            found.push(link);
        }
    }
    found
}
