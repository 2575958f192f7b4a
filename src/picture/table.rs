//! Every picture of a site by its file: its size, and the widths it is offered in.

use super::header::{self, has_ending};
use super::problem::Problem;
use super::rendition::{LONGEST_SIDE, height_at};
use crate::diagnostic::{Diagnostic, Severity};
use crate::source;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::io::BufReader;
use std::path::Path;

/// A picture whose size is known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Picture {
    /// The width and height in pixels as it is shown; a drawing's are those it gives itself.
    pub size: (u32, u32),
    /// The widths in pixels of its renditions, ascending; empty where it is published only as it is.
    pub widths: Box<[u32]>,
}

impl Picture {
    /// The size of the rendition of a width.
    pub fn size_at(&self, width: u32) -> (u32, u32) {
        (width, height_at(self.size, width))
    }
}

/// The pictures of a site, by their files from its root.
#[derive(Debug, Clone, Default)]
pub struct Pictures {
    by_file: HashMap<Box<str>, Picture>,
}

impl Pictures {
    /// Reads the beginning of every picture among the `files`, which are named from the site's root, and takes those
    /// that are `known` from there. One that cannot be read is a warning.
    pub fn read<'a>(
        root: &Path,
        files: impl Iterator<Item = &'a str>,
        widths: &[u32],
        known: &Self,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Self {
        let files: Vec<&str> = files.filter(|file| is_picture(file)).collect();
        let one =
            |file: &&str| known.get(file).map_or_else(|| read(root, file, widths), |it| Ok(Some(it.clone())));
        let read: Vec<_> = files.par_iter().map(|file| (*file, one(file))).collect();
        let mut by_file = HashMap::with_capacity(read.len());
        for (file, picture) in read {
            match picture {
                Ok(Some(picture)) => {
                    by_file.insert(file.into(), picture);
                }
                Ok(None) => {}
                Err(problem) => diagnostics.push(problem.diagnostic(Severity::Warning, file)),
            }
        }
        Self { by_file }
    }

    /// Adds a picture that is known from elsewhere.
    pub fn add(&mut self, file: &str, picture: Picture) {
        self.by_file.insert(file.into(), picture);
    }

    /// Forgets a file, so that it is read again.
    pub fn forget(&mut self, file: &str) {
        self.by_file.remove(file);
    }

    /// The picture in a file, where it is one and its size is known.
    pub fn get(&self, file: &str) -> Option<&Picture> {
        self.by_file.get(file)
    }
}

/// The output path of a rendition, beside that of the picture it is made of. The whole name of the picture stays in
/// it, so that `a.jpg` and `a.png` can lie side by side.
pub fn rendition_path(picture: &str, width: u32) -> String {
    format!("{picture}.{width}.webp")
}

fn is_picture(path: &str) -> bool {
    ["jpg", "jpeg", "png", "webp", "gif", "svg"].iter().any(|ending| has_ending(path, ending))
}

fn read(root: &Path, path: &str, widths: &[u32]) -> Result<Option<Picture>, Problem> {
    let file = source::open(&root.join(path)).map_err(Problem::broken)?;
    let weight = file.metadata().map_err(Problem::broken)?.len();
    let Some(header) = header::read(path, BufReader::new(file))? else { return Ok(None) };
    let widths = if header.still { offered(header.size, weight, widths) } else { Box::default() };
    Ok(Some(Picture { size: header.size, widths }))
}

/// Up to how many bytes a picture that is no wider than the narrowest rendition is published as it is.
const LIGHT: u64 = 100_000;

/// The widths to make of a picture of some `size` in pixels and `weight` in bytes: those of the settings that are
/// smaller than it, and its own or the largest of them, so that even the largest is fit to be shown.
fn offered(size: (u32, u32), weight: u64, widths: &[u32]) -> Box<[u32]> {
    let (Some(narrowest), Some(widest)) = (widths.first(), widths.last()) else { return Box::default() };
    if size.0 <= *narrowest && weight < LIGHT {
        return Box::default();
    }
    let own = size.0.min(*widest);
    let smaller = widths.iter().copied().filter(|width| *width < own);
    smaller
        .chain([own])
        .filter(|width| *width <= LONGEST_SIDE && height_at(size, *width) <= LONGEST_SIDE)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const WIDTHS: [u32; 3] = [480, 960, 1600];

    #[test]
    fn a_picture_is_offered_up_to_its_own_width() {
        let light = |width, height| offered((width, height), 50_000, &WIDTHS).to_vec();
        assert_eq!(light(4000, 3000), [480, 960, 1600]);
        assert_eq!(light(1600, 900), [480, 960, 1600]);
        assert_eq!(light(1200, 900), [480, 960, 1200]);
        assert_eq!(light(481, 900), [480, 481]);
        assert!(light(480, 900).is_empty());
        assert_eq!(offered((480, 900), 5_000_000, &WIDTHS).to_vec(), [480]);
        assert!(offered((4000, 3000), 5_000_000, &[]).is_empty());
    }

    #[test]
    fn what_webp_has_no_room_for_is_not_made() {
        assert_eq!(offered((1000, 30_000), 50_000, &WIDTHS).to_vec(), [480]);
        assert!(offered((1000, 60_000), 50_000, &WIDTHS).is_empty());
    }
}
