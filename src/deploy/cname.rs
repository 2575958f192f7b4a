//! The file `CNAME`, which tells GitHub the domain of a site that is published from a branch.

use super::address::Address;
use crate::diagnostic::Diagnostic;
use std::fs;
use std::path::Path;

/// Its name.
pub(super) const CNAME: &str = "CNAME";

/// The text to write into it; none where the site in `folder`, with the files `paths`, has or needs no other.
///
/// # Errors
/// The site has one itself that names another domain than the one it is built for.
pub(super) fn text(folder: &Path, paths: &[&str], address: &Address) -> Result<Option<String>, Diagnostic> {
    if paths.contains(&CNAME) {
        return agrees(folder, address).map(|()| None);
    }
    Ok(address.domain.as_ref().map(|domain| format!("{domain}\n")))
}

fn agrees(folder: &Path, address: &Address) -> Result<(), Diagnostic> {
    let text = fs::read_to_string(folder.join(CNAME)).unwrap_or_default();
    let named = text.trim().to_ascii_lowercase();
    if !address.is_sure && address.domain.is_none() || address.domain.as_ref() == Some(&named) {
        return Ok(());
    }
    let message = format!("the site is built for {}, and its own file CNAME names '{named}'", address.home);
    Err(Diagnostic::error("other-address", message).help(
        "set base_url in site.toml to the address that is meant, and remove static/CNAME: deploy writes it",
    ))
}
