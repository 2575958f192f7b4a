//! The texts that articles were made from, as they came, so that a later story can be held against them.
//!
//! They are other people's words, and are never published: the folder is the generator's own, which git does not see either.
//! As the other records they are memory: without one, an article is compared by what it says itself.
//!
//! A copy goes by its article's slug: `storm.txt`. Where another article has that slug already, the day is added:
//! `storm-2021-11-25.txt`.

use super::disk;
use crate::source::CACHE;
use chrono::NaiveDate;
use std::fs;
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// The name of the folder in `.dateline/`.
const FOLDER: &str = "copy";

/// Keeps the copy of a new article's source, in the site in `root`, and tells where: below the root, with `/` between its parts.
/// `is_only` says that no other article has its slug. What is there already under the slug alone is left as it is; if it is
/// the same text, that is the copy. Under the slug and the day there can only be that of an article which is gone.
///
/// # Errors
/// It cannot be written.
pub fn keep(root: &Path, slug: &str, day: NaiveDate, is_only: bool, text: &str) -> io::Result<String> {
    let folder = root.join(CACHE).join(FOLDER);
    disk::create_cache(root)
        .and_then(|()| disk::create_folder(&folder))
        .map_err(disk::Failure::into_cause)?;
    let mut draft = NamedTempFile::new_in(&folder)?;
    draft.write_all(text.as_bytes())?;
    let told = |name: String| format!("{CACHE}/{FOLDER}/{name}");
    if is_only {
        let name = plain(slug);
        match draft.persist_noclobber(folder.join(&name)) {
            Ok(_) => return Ok(told(name)),
            Err(failed) if failed.error.kind() == ErrorKind::AlreadyExists => {
                if fs::read(folder.join(&name))? == text.as_bytes() {
                    return Ok(told(name));
                }
                draft = failed.file;
            }
            Err(failed) => return Err(failed.error),
        }
    }
    let name = dated(slug, day);
    draft.persist(folder.join(&name)).map_err(|failed| failed.error)?;
    Ok(told(name))
}

/// The copy that has an article's slug and day in its name.
pub fn of_day(root: &Path, slug: &str, day: NaiveDate) -> Option<String> {
    read(root, &dated(slug, day))
}

/// The copy that has a slug alone in its name. Of several articles of that slug it can be any one's that has no other.
pub fn of_slug(root: &Path, slug: &str) -> Option<String> {
    read(root, &plain(slug))
}

/// Whether there is a copy that has an article's slug and day in its name.
pub fn has_day(root: &Path, slug: &str, day: NaiveDate) -> bool {
    path(root, &dated(slug, day)).is_file()
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
        assert!(!are_there(root) && of_slug(root, "storm").is_none());
        let keep = |d, is_only, text| keep(root, "storm", day(d), is_only, text).unwrap();
        assert_eq!(keep(25, true, "first"), ".dateline/copy/storm.txt");
        assert_eq!(keep(25, true, "first"), ".dateline/copy/storm.txt");
        assert_eq!(keep(26, true, "second"), ".dateline/copy/storm-2021-11-26.txt");
        assert_eq!(keep(26, false, "third"), ".dateline/copy/storm-2021-11-26.txt");
        assert_eq!(of_slug(root, "storm").as_deref(), Some("first"));
        assert_eq!(of_day(root, "storm", day(26)).as_deref(), Some("third"));
        assert!(!has_day(root, "storm", day(25)) && has_day(root, "storm", day(26)));
        let left = fs::read_dir(root.join(CACHE).join(FOLDER)).unwrap().count();
        assert_eq!((left, are_there(root)), (2, true), "no draft stays");
        assert_eq!(fs::read_to_string(root.join(".dateline/.gitignore")).unwrap(), "*\n");
    }
}
