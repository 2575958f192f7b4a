//! The texts that articles were made from, as they came, so that a later story can be held against them.
//!
//! They are other people's words, and are never published: the folder is the generator's own, which git does not see either.
//! As the other records they are memory: without one, an article is compared by what it says itself.
//!
//! A copy goes by its article's slug. Where an article of another day has that slug already, the day is added: `storm.txt`,
//! then `storm-2021-11-25.txt`.

use super::disk;
use crate::source::CACHE;
use chrono::NaiveDate;
use std::fs;
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// The name of the folder in `.dateline/`.
const FOLDER: &str = "copy";

/// Keeps the copy of an article's source, in the site in `root`, and tells where: below the root, with `/` between its
/// parts. What is there already under that name is left as it is; if it is the same text, that is the copy.
///
/// # Errors
/// It cannot be written; or, with [`ErrorKind::AlreadyExists`], both of its names are taken by other texts.
pub fn keep(root: &Path, slug: &str, day: NaiveDate, text: &str) -> io::Result<String> {
    let folder = root.join(CACHE).join(FOLDER);
    disk::create_cache(root)
        .and_then(|()| disk::create_folder(&folder))
        .map_err(disk::Failure::into_cause)?;
    let mut draft = NamedTempFile::new_in(&folder)?;
    draft.write_all(text.as_bytes())?;
    for name in [plain(slug), dated(slug, day)] {
        match draft.persist_noclobber(folder.join(&name)) {
            Ok(_) => return Ok(format!("{CACHE}/{FOLDER}/{name}")),
            Err(failed) if failed.error.kind() == ErrorKind::AlreadyExists => {
                if fs::read(folder.join(&name))? == text.as_bytes() {
                    return Ok(format!("{CACHE}/{FOLDER}/{name}"));
                }
                draft = failed.file;
            }
            Err(failed) => return Err(failed.error),
        }
    }
    Err(io::Error::new(ErrorKind::AlreadyExists, "another text was kept for an article of this name and day"))
}

/// The copy of an article's source: the one that has the day in its name, else the one that has not.
pub fn of(root: &Path, slug: &str, day: NaiveDate) -> Option<String> {
    of_day(root, slug, day).or_else(|| read(root, &plain(slug)))
}

/// The copy that has the day in its name. It is all that can be an article's whose slug an earlier one has.
pub fn of_day(root: &Path, slug: &str, day: NaiveDate) -> Option<String> {
    read(root, &dated(slug, day))
}

/// Whether the site in `root` has kept any.
pub fn are_there(root: &Path) -> bool {
    root.join(CACHE).join(FOLDER).is_dir()
}

fn read(root: &Path, name: &str) -> Option<String> {
    let bytes = fs::read(path(root, name)).ok()?;
    Some(String::from_utf8_lossy(&bytes).into_owned())
}

fn path(root: &Path, name: &str) -> PathBuf {
    root.join(CACHE).join(FOLDER).join(name)
}

fn plain(slug: &str) -> String {
    format!("{slug}.txt")
}

fn dated(slug: &str, day: NaiveDate) -> String {
    format!("{slug}-{day}.txt")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_articles_of_one_slug_have_their_own_copies() {
        let site = tempfile::tempdir().unwrap();
        let root = site.path();
        let day = |day| NaiveDate::from_ymd_opt(2021, 11, day).unwrap();
        assert!(!are_there(root) && of(root, "storm", day(25)).is_none());
        let keep = |d, text| keep(root, "storm", day(d), text);
        assert_eq!(keep(25, "first").unwrap(), ".dateline/copy/storm.txt");
        assert_eq!(keep(25, "first").unwrap(), ".dateline/copy/storm.txt");
        assert_eq!(keep(26, "second").unwrap(), ".dateline/copy/storm-2021-11-26.txt");
        assert_eq!(keep(26, "second").unwrap(), ".dateline/copy/storm-2021-11-26.txt");
        assert_eq!(keep(26, "third").unwrap_err().kind(), ErrorKind::AlreadyExists);
        assert_eq!(of(root, "storm", day(25)).as_deref(), Some("first"));
        assert_eq!(of(root, "storm", day(26)).as_deref(), Some("second"));
        assert_eq!(of_day(root, "storm", day(25)), None);
        let left = fs::read_dir(root.join(CACHE).join(FOLDER)).unwrap().count();
        assert_eq!((left, are_there(root)), (2, true), "no draft stays");
        assert_eq!(fs::read_to_string(root.join(".dateline/.gitignore")).unwrap(), "*\n");
    }
}
