//! The output directory: where it really is, and whether a directory may be one.

use crate::cache::disk::{self, Failure};
use crate::diagnostic::Diagnostic;
use crate::source::{CACHE, CONTENT, STATIC, TEMPLATES};
use std::env;
use std::io;
use std::path::{Component, Path, PathBuf};

/// Where a site is written to.
#[derive(Debug, Clone)]
pub struct Target {
    /// The site's root.
    pub root: PathBuf,
    /// The output directory; it need not exist. A relative path is taken from the current directory.
    pub output: PathBuf,
    /// The folder in whose `.dateline/` is remembered what was written there: the site's root, but for an output that
    /// nobody will come back to.
    pub records: PathBuf,
    /// Whether files that Dateline did not write may be overwritten where the site needs their paths.
    pub adopt: bool,
    /// Whether files that Dateline wrote are read, instead of taken for what they were by their sizes and times.
    pub verify: bool,
    /// Whether a warning is enough to leave the output as it was.
    pub strict: bool,
}

/// The folders of a site that hold what cannot be made again.
const GUARDED: [&str; 5] = [CONTENT, TEMPLATES, STATIC, ".git", CACHE];

/// An output directory that may be one.
#[derive(Debug)]
pub(super) struct Place {
    /// The site's root, canonical.
    pub(super) root: PathBuf,
    /// The output directory, canonical; it may not be there yet.
    pub(super) output: PathBuf,
    /// The folder with the records of it, canonical.
    pub(super) records: PathBuf,
    /// Whether files of strangers may be overwritten.
    pub(super) adopt: bool,
    /// Whether files are read instead of taken for what they were.
    pub(super) verify: bool,
}

impl Place {
    /// Finds the directory of a target, or says why it is refused.
    pub(super) fn find(target: &Target) -> Result<Self, Diagnostic> {
        let unreadable =
            |path: &Path, cause: io::Error| Failure::reading(path, cause).diagnostic(&target.root);
        let root = target.root.canonicalize().map_err(|cause| unreadable(&target.root, cause))?;
        let output = resolved(&target.output).map_err(|cause| unreadable(&target.output, cause))?;
        match refusal(&root, &output) {
            None => {
                let records = target.records.canonicalize();
                let records = records.map_err(|cause| unreadable(&target.records, cause))?;
                Ok(Self { root, output, records, adopt: target.adopt, verify: target.verify })
            }
            Some(why) => {
                let name = target.output.display();
                let problem = Diagnostic::error(
                    "refused-output",
                    format!("'{name}' cannot be the output directory: {why}"),
                );
                Err(problem.help("choose a directory of its own, such as 'public' in the site's folder"))
            }
        }
    }

    /// An output file on disk.
    pub(super) fn file(&self, path: &str) -> PathBuf {
        self.output.join(path)
    }

    /// An output file as it is shown.
    pub(super) fn shown(&self, path: &str) -> String {
        disk::shown(&self.root, &self.file(path))
    }
}

fn refusal(root: &Path, output: &Path) -> Option<String> {
    if root.starts_with(output) {
        return Some("the site itself lies in it".to_owned());
    }
    for folder in GUARDED {
        let inside = root.join(folder);
        // Where such a folder is a link, both the link and what it leads to are guarded.
        let real = inside.canonicalize().unwrap_or_else(|_| inside.clone());
        if output.starts_with(&inside) || output.starts_with(&real) {
            return Some(format!("it lies in the site's '{folder}'"));
        }
        if real.starts_with(output) {
            return Some(format!("the site's '{folder}' lies in it"));
        }
    }
    (output.exists() && !output.is_dir()).then(|| "it is a file".to_owned())
}

/// A path without links, `.` and `..`, of which only the beginning need be there.
fn resolved(path: &Path) -> io::Result<PathBuf> {
    let mut resolved = PathBuf::new();
    for part in env::current_dir()?.join(path).components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                resolved.pop();
            }
            part => {
                resolved.push(part);
                // At every step, so that a `..` behind a link leaves the folder the link leads to.
                if let Ok(real) = resolved.canonicalize() {
                    resolved = real;
                }
            }
        }
    }
    Ok(resolved)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn target(root: &Path, output: PathBuf) -> Target {
        Target {
            root: root.to_owned(),
            output,
            records: root.to_owned(),
            adopt: false,
            verify: false,
            strict: false,
        }
    }

    fn why(root: &Path, output: impl AsRef<Path>) -> Option<String> {
        let target = target(root, root.join(output));
        Place::find(&target).err().map(|problem| {
            assert_eq!(problem.code, "refused-output");
            assert!(problem.help.is_some());
            problem.message
        })
    }

    #[test]
    fn what_cannot_be_made_again_is_no_output() {
        let parent = tempfile::tempdir().unwrap();
        let site = parent.path().join("site");
        for folder in ["content/articles", "static", ".git", "public"] {
            fs::create_dir_all(site.join(folder)).unwrap();
        }
        fs::write(site.join("site.toml"), "").unwrap();
        let refused = [
            "",
            ".",
            "..",
            "../..",
            "/",
            "content",
            "content/articles",
            "content/new",
            "static",
            "static/a/b",
            ".git",
            "templates",
            "templates/x",
            ".dateline",
            ".dateline/out",
            "public/../content",
            "nowhere/../content",
            "public/../..",
            "site.toml",
            "../site",
        ];
        for output in refused {
            assert!(why(&site, output).is_some(), "'{output}' was not refused");
        }
        for output in
            ["public", "new", "new/deep", "../elsewhere", "contents", "public/content", "../site-public"]
        {
            assert_eq!(why(&site, output), None);
        }
    }

    #[cfg(unix)]
    #[test]
    fn links_are_seen_through() {
        use std::os::unix::fs::symlink;
        let parent = tempfile::tempdir().unwrap();
        let site = parent.path().join("site");
        for folder in ["site/public", "texts/content", "other/deep"] {
            fs::create_dir_all(parent.path().join(folder)).unwrap();
        }
        symlink(parent.path().join("texts/content"), site.join("content")).unwrap();
        symlink(&site, parent.path().join("alias")).unwrap();
        symlink(parent.path().join("other/deep"), site.join("out")).unwrap();
        for output in [
            "content/new",
            "../texts",
            "../texts/content",
            "../alias",
            "../alias/content",
            "../alias/static/x",
        ] {
            assert!(why(&site, output).is_some(), "'{output}' was not refused");
        }
        let target = target(&site, site.join("out/../new"));
        let other = parent.path().join("other").canonicalize().unwrap();
        assert_eq!(Place::find(&target).unwrap().output, other.join("new"));
        assert_eq!(why(&site, "out"), None);
    }
}
