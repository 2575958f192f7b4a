//! A built site, and the files by which GitHub is told how to publish it.

use super::address::Address;
use super::cname::{self, CNAME};
use super::scratch::unwritable;
use crate::diagnostic::Diagnostic;
use std::fs;
use std::path::Path;

/// The file that tells GitHub to publish the others as they are; without it, names that begin with `_` go missing.
const NO_JEKYLL: &str = ".nojekyll";

/// A site that was built to be published.
#[derive(Debug, Clone, Copy)]
pub struct Built<'a> {
    /// The folder it is in, which may be written to.
    pub folder: &'a Path,
    /// All of its files, from there.
    pub paths: &'a [&'a str],
    /// What is known of its address.
    pub address: &'a Address,
}

impl<'a> Built<'a> {
    /// Writes what GitHub is to be told, and gives all files of the site with that.
    pub(super) fn complete(&self) -> Result<Vec<&'a str>, Diagnostic> {
        let mut paths = self.paths.to_vec();
        if !paths.contains(&NO_JEKYLL) {
            self.add(NO_JEKYLL, "")?;
            paths.push(NO_JEKYLL);
        }
        if let Some(text) = cname::text(self.folder, &paths, self.address)? {
            self.add(CNAME, &text)?;
            paths.push(CNAME);
        }
        Ok(paths)
    }

    fn add(&self, name: &str, text: &str) -> Result<(), Diagnostic> {
        let path = self.folder.join(name);
        if path.is_dir() {
            let message =
                format!("the site has a folder '{name}', where a file tells GitHub how to publish it");
            return Err(Diagnostic::error("bad-output-path", message)
                .help(format!("take the folder {name} out of static/")));
        }
        fs::write(&path, text).map_err(|error| unwritable(&path, &error))
    }
}
