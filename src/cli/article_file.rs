//! The file of a new article: what it is called, and that a build will take it.
//!
//! It is `content/articles/YYYY/MM/YYYY-MM-DD-slug.md`: the date keeps a month's files in order, and lets a headline come back on
//! another day.

use super::making::Making;
use crate::article::{self, Library};
use crate::config::{self, Config, Overrides};
use crate::diagnostic::{Diagnostic, any_error};
use crate::source::{self, SourceTree};
use crate::stopwatch::Stopwatch;
use chrono::NaiveDate;
use std::io;
use std::path::Path;

/// The path of an article's file, from the site's folder.
pub(super) fn article_path(day: NaiveDate, slug: &str) -> String {
    format!("content/articles/{}/{day}-{slug}.md", day.format("%Y/%m"))
}

/// The path for an article of that day, which must be free: as a file, and as a folder with its pictures.
pub(super) fn free_path(root: &Path, slug: &str, title: &str, day: NaiveDate) -> Result<String, Diagnostic> {
    if slug.is_empty() {
        let message = format!("the headline '{title}' has no letters to name a file after");
        return Err(
            Diagnostic::error("empty-slug", message).help("name it yourself, such as --slug first-item")
        );
    }
    let taken = |slug: &str| {
        let file = article_path(day, slug);
        let bundle = format!("{}/index.md", file.trim_end_matches(".md"));
        [file, bundle].into_iter().find(|path| root.join(path).symlink_metadata().is_ok())
    };
    match taken(slug) {
        None => Ok(article_path(day, slug)),
        Some(file) => {
            let free = (2..1_000).map(|n| format!("{slug}-{n}")).find(|slug| taken(slug).is_none());
            let name = free.unwrap_or_else(|| "another-name".to_owned());
            Err(Diagnostic::error("exists", "there is an article of that name and day already")
                .in_file(file)
                .help(format!("change that one, or name this one: --slug {name}")))
        }
    }
}

/// Makes the file and reads it back as a build would, so that none is left that a build would refuse. What a
/// build would only warn of comes back.
pub(super) fn write(
    root: &Path,
    path: &str,
    text: &str,
    title: &str,
    config: &Config,
) -> Result<Vec<Diagnostic>, Vec<Diagnostic>> {
    let mut making = Making::default();
    making.file(&root.join(path), text).map_err(|error| {
        one(match error.kind() {
            io::ErrorKind::AlreadyExists => {
                Diagnostic::error("exists", "another run made this file just now").in_file(path)
            }
            _ => Diagnostic::error("unwritable", format!("cannot be made: {error}")).in_file(path),
        })
    })?;
    let mut tree = SourceTree::unwalked(root);
    tree.refresh([path]);
    let mut problems = Vec::new();
    let read =
        article::read_all(&tree, config, &mut Library::default(), &Stopwatch::default(), &mut problems);
    if any_error(&problems) {
        return Err(problems);
    }
    let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    if read.articles.first().is_none_or(|article| words(&article.document.title) != words(title)) {
        return Err(one(Diagnostic::error("bad-title", format!("the headline '{title}' cannot be written"))));
    }
    making.keep();
    Ok(problems)
}

/// One problem as all there are.
pub(super) fn one(problem: Diagnostic) -> Vec<Diagnostic> {
    vec![problem]
}

/// The settings of the site in a folder.
///
/// # Errors
/// What is wrong with them.
pub(super) fn load(root: &Path) -> Result<Config, Vec<Diagnostic>> {
    let mut problems = Vec::new();
    let config =
        config::load(&source::read_settings(root).map_err(one)?, &Overrides::default(), &mut problems);
    config.filter(|_| !any_error(&problems)).ok_or(problems)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_article_lies_under_its_day() {
        let root = tempfile::tempdir().unwrap();
        let settings = "base_url = 'https://a.b/'\ntitle = 'A'";
        let config = config::load(settings, &Overrides::default(), &mut Vec::new()).unwrap();
        let day = NaiveDate::from_ymd_opt(2021, 11, 25).unwrap();
        let file =
            |path: &str| write(root.path(), path, "+++\ntitle = 'A'\ndate = 2021-11-25\n+++", "A", &config);
        let path = |title: &str, slug: Option<&str>| {
            let slug = slug.map_or_else(|| config.slug(title), str::to_owned);
            free_path(root.path(), &slug, title, day)
        };
        let expected = "content/articles/2021/11/2021-11-25-zurich-votes.md";
        assert_eq!(path("Zürich votes!", None).unwrap(), expected);
        assert_eq!(path("A", Some("C++")).unwrap(), "content/articles/2021/11/2021-11-25-C++.md");
        assert_eq!(path("?!", None).unwrap_err().code, "empty-slug");
        file(expected).unwrap();
        assert_eq!(file(expected).unwrap_err()[0].code, "exists");
        let clash = path("Zürich: votes", None).unwrap_err();
        assert_eq!((&*clash.code, clash.file.as_deref()), ("exists", Some(expected)));
        assert!(clash.help.unwrap().ends_with("--slug zurich-votes-2"));
        file("content/articles/2021/11/2021-11-25-b/index.md").unwrap();
        assert_eq!(path("B", None).unwrap_err().code, "exists");
    }
}
