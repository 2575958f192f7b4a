//! The last phase: staged pages take their places, what is no longer planned goes, the manifest is renamed.
//!
//! Between the first and the last step here the output is half old and half new. The pending manifest says which
//! file would be which, so that a build which is stopped in between loses track of none.

use super::layout::{Gone, Layout, parents};
use super::place::Place;
use super::stage::Stage;
use crate::cache::disk::{self, Failure};
use crate::cache::{Manifest, Records, Stat};
use rayon::prelude::*;
use std::fs;

/// Brings the output to `manifest`, if it is not there yet, with the pages `staged`. How many files were removed.
///
/// What is no longer planned goes only after the new pages have come, so that in between no link leads nowhere;
/// but for what stands where a new page or its folder belongs.
pub(super) fn commit(
    stage: &Stage<'_>,
    records: &Records,
    known: &Manifest,
    staged: &[usize],
    manifest: Option<Manifest>,
) -> Result<usize, Vec<Failure>> {
    let Stage { place, layout, .. } = stage;
    let one = |failure| vec![failure];
    let Some(manifest) = manifest else {
        records.end().map_err(one)?;
        return Ok(0);
    };
    records.announce(&manifest).map_err(one)?;
    let (made_room, failures) = remove(place, layout, &layout.first);
    if !failures.is_empty() {
        return Err(failures);
    }
    stage.put_in_place(staged).map_err(one)?;
    let (removed, failures) = remove(place, layout, &layout.last);
    if !failures.is_empty() {
        // What could not be removed is still Dateline's, and the next build tries again.
        let still =
            layout.last.iter().filter_map(|Gone { path, .. }| Some((path.as_str(), *known.get(path)?)));
        let manifest = manifest.with(still);
        records.announce(&manifest).and_then(|()| records.settle()).map_err(one)?;
        return Err(failures);
    }
    records.settle().and_then(|()| records.end()).map_err(one)?;
    Ok(made_room + removed)
}

/// Removes files, and the folders that they leave empty. How many files went, and which did not.
fn remove(place: &Place, layout: &Layout<'_>, gone: &[Gone]) -> (usize, Vec<Failure>) {
    let one = |gone: &Gone| {
        let path = place.file(&gone.path);
        // Looked at once more: rendering takes a while, and on a file system that does not tell `A` from `a` a
        // new page may have taken this very place.
        let is_there =
            fs::symlink_metadata(&path).is_ok_and(|metadata| gone.there == Some(Stat::of(&metadata)));
        if is_there { disk::remove_file(&path).map(|()| 1) } else { Ok(0) }
    };
    let removed: Vec<Result<usize, Failure>> = gone.par_iter().map(one).collect();
    let mut folders: Vec<&str> = parents(gone.iter().map(|gone| gone.path.as_str())).into_iter().collect();
    folders.retain(|folder| !layout.outline.is_needed(folder));
    // Backwards, so that every folder comes before the one it lies in.
    folders.sort_unstable();
    for folder in folders.iter().rev() {
        disk::remove_empty_folder(&place.file(folder));
    }
    let (mut count, mut failures) = (0, Vec::new());
    for result in removed {
        match result {
            Ok(one) => count += one,
            Err(failure) => failures.push(failure),
        }
    }
    (count, failures)
}
