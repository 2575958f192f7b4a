//! What changed in a site's folder since somebody looked.

use crate::pipeline::Memory;
use crate::source::{CONTENT, INPUTS, SETTINGS, is_editor_leftover};
use std::collections::BTreeSet;
use std::path::Path;

/// Files and folders that may have changed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Changes {
    /// Their paths from the site's root, with `/` between the parts.
    pub paths: BTreeSet<String>,
    /// Where more may have changed, since whoever watches is not told all.
    pub look: Look,
}

/// Where to look for changes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Look {
    #[default]
    Nowhere,
    /// At links, and at what they lead to.
    AtLinks,
    Everywhere,
}

impl Changes {
    /// Adds a path that was seen to change, where it is one that a site is made from. Whether it was is the answer.
    pub(super) fn add(&mut self, root: &Path, path: &Path) -> bool {
        let Some(path) = input(root, path) else { return false };
        self.paths.insert(path);
        true
    }
}

/// Files that did change from one edition to the next.
#[derive(Debug, Clone, Default)]
pub(super) struct Changed {
    /// Their paths from the site's root.
    pub paths: BTreeSet<String>,
}

impl Changed {
    /// Has the memory forget what changed, and adds it. Whether there was anything is the answer: a file that an editor's
    /// program made and took away again was none.
    pub(super) fn add(&mut self, memory: &mut Memory, root: &Path, changes: Changes) -> bool {
        let mut found = memory.forget(changes.paths.iter().map(String::as_str));
        match changes.look {
            Look::Nowhere => {}
            Look::AtLinks => found.extend(memory.forget_changed_links(root)),
            Look::Everywhere => found.extend(memory.forget_what_changed(root)),
        }
        let told = changes.paths.into_iter().filter(|path| memory.has(path));
        let files: Vec<String> = told.chain(found.into_iter().map(String::from)).collect();
        let any = !files.is_empty();
        self.paths.extend(files);
        any
    }

    /// The files of articles and standing pages among them.
    pub(super) fn documents(&self) -> impl Iterator<Item = &String> {
        self.paths.iter().filter(|path| path.starts_with(CONTENT) && path.ends_with(".md"))
    }
}

/// A path from the site's root, where a site may be made from what is there: the settings, or what lies in one of the
/// three folders and was not left there by an editor's program. For a name that is not UTF-8 its folder stands.
fn input(root: &Path, path: &Path) -> Option<String> {
    let parts = path.strip_prefix(root).ok()?.components();
    let parts: Vec<&str> = parts.map_while(|part| part.as_os_str().to_str()).collect();
    let first = parts.first()?;
    let counts = (*first == SETTINGS && parts.len() == 1) || INPUTS.contains(first);
    (counts && !parts.iter().any(|part| is_editor_leftover(part))).then(|| parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_inputs_count() {
        let mut changes = Changes::default();
        let mut add = |path: &str| changes.add(Path::new("/site"), &Path::new("/site").join(path));
        for path in
            ["site.toml", "content", "content/articles/é ü.md", "templates/a.html", "static/.well-known/x"]
        {
            assert!(add(path), "{path}");
        }
        for path in [
            "public/index.html",
            ".dateline/x",
            ".git/index",
            "node_modules/a.js",
            "site.toml~",
            "4913",
            "content/articles/.x.md.swp",
            "content/articles/x.md~",
            "static/#a#",
            "contents/a.md",
        ] {
            assert!(!add(path), "{path}");
        }
        assert!(!changes.add(Path::new("/site"), Path::new("/elsewhere/site.toml")));
        assert_eq!(changes.paths.len(), 5);
    }
}
