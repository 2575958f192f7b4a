//! Files that are published as they are.

use crate::source::Digest;

/// A file of `static/`, the user's or the theme's.
#[derive(Debug, Clone)]
pub struct Asset {
    /// The output path.
    pub path: Box<str>,
    /// Where its bytes are.
    pub origin: Origin,
    /// The digest of a style sheet's or a script's bytes: they are published a second time under a name that
    /// changes with them.
    pub digest: Option<Digest>,
}

/// Where an asset's bytes are.
#[derive(Debug, Clone)]
pub enum Origin {
    /// In the site's folder, at this path from its root.
    File(Box<str>),
    /// In the program: the built-in theme.
    BuiltIn(&'static [u8]),
}

impl Asset {
    /// Whether files of this name are fingerprinted.
    pub fn is_fingerprinted(path: &str) -> bool {
        path.ends_with(".css") || path.ends_with(".js")
    }

    /// The output path that changes with the contents: `css/site.1a2b3c4d5e.css`.
    pub fn fingerprinted_path(&self) -> Option<String> {
        let digest = self.digest?;
        let (stem, ending) = self.path.rsplit_once('.')?;
        let hash: String = digest[..5].iter().map(|byte| format!("{byte:02x}")).collect();
        Some(format!("{stem}.{hash}.{ending}"))
    }
}
