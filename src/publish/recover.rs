//! Cleaning up after a build that did not come to its end, be it by an error or by a kill.
//!
//! The journal tells where to look, and every step can be done twice, so that this may be stopped at any moment
//! too. Afterwards the output holds whole files only, each old or new, and the manifest knows every one of them
//! that Dateline wrote; from there the next build goes on as from any other state.

use super::found::Found;
use super::listing::Listing;
use crate::cache::disk::{self, Failure};
use crate::cache::{Journal, Records};
use std::path::Path;

/// Cleans up `output` if its records tell of a build that was stopped.
pub(super) fn recover(records: &Records, output: &Path) -> Result<(), Failure> {
    let (journal, pending) = (records.journal(), records.pending());
    if journal.is_none() && pending.is_none() {
        return Ok(());
    }
    let listing = Listing::of(output)?;
    if let Some(journal) = &journal {
        remove_temporaries(journal, &listing, output)?;
        remove_above(journal, output);
    }
    if let Some(pending) = pending {
        records.keep(&records.manifest().merged(&pending, |path| listing.file(path)))?;
        records.withdraw()?;
    }
    // The journal goes last: as long as it is there, all of this is done again.
    records.end()
}

fn remove_temporaries(journal: &Journal, listing: &Listing, output: &Path) -> Result<(), Failure> {
    let temporary = listing.iter().filter(|(path, _)| path.split('/').any(|name| journal.is_temporary(name)));
    let (folders, files): (Vec<_>, Vec<_>) = temporary.partition(|(_, found)| *found == Found::Folder);
    files.into_iter().try_for_each(|(path, _)| disk::remove_file(&output.join(path)))?;
    // Backwards, so that every folder comes before the one it lies in.
    for (folder, _) in folders.into_iter().rev() {
        disk::remove_empty_folder(&output.join(folder));
    }
    Ok(())
}

/// Removes the output itself and the folders above it, where the build made them and nothing has come to lie in them.
fn remove_above(journal: &Journal, output: &Path) {
    for folder in output.ancestors().take(journal.above) {
        if !disk::remove_empty_folder(folder) {
            break;
        }
    }
}
