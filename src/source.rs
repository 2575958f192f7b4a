//! The site's folder, read: what files there are, and their bytes when asked for.
//!
//! This is the only module that reads a user's files. It knows the folders of a site and what an editor's
//! program leaves lying about, and nothing of what is in a file.

use crate::diagnostic::Diagnostic;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use walkdir::{DirEntry, WalkDir};

/// A BLAKE3 digest of a file's bytes.
pub type Digest = [u8; 32];

/// The digest of some bytes.
pub fn digest(bytes: &[u8]) -> Digest {
    *blake3::hash(bytes).as_bytes()
}

/// A file of the site, found but not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFile {
    /// The path relative to the site's root, with `/` between its parts, as it is on disk.
    pub path: Box<str>,
    /// The size in bytes.
    pub size: u64,
}

/// Every input of a build: found, sorted by path, not read. A body is read when it is needed, and again when it
/// is needed again, so that memory does not grow with the site's text.
#[derive(Debug, Default)]
pub struct SourceTree {
    /// The site's folder.
    pub root: PathBuf,
    /// `content/**/*.md`.
    pub documents: Vec<SourceFile>,
    /// The other files under `content/`.
    pub attachments: Vec<SourceFile>,
    /// `templates/**`.
    pub templates: Vec<SourceFile>,
    /// `static/**`, hidden files included.
    pub statics: Vec<SourceFile>,
}

/// The settings file, in the site's root.
pub const SETTINGS: &str = "site.toml";
/// The folder of articles, pages and editions.
pub const CONTENT: &str = "content";
/// The folder of templates.
pub const TEMPLATES: &str = "templates";
/// The folder of files that are published as they are.
pub const STATIC: &str = "static";
/// The folder of the generator's own records.
pub const CACHE: &str = ".dateline";

impl SourceTree {
    /// Walks the site's folders. A folder that is not there is an empty one.
    ///
    /// What could not be walked, and names that are not UTF-8, are reported in `diagnostics` and left out.
    pub fn scan(root: &Path, diagnostics: &mut Vec<Diagnostic>) -> Self {
        let mut walk = |folder: &str| walk(root, folder, diagnostics);
        let (documents, attachments) = walk(CONTENT)
            .into_iter()
            .filter(|file| !is_hidden(&file.path))
            .partition(|file| file.path.ends_with(".md"));
        Self {
            root: root.to_owned(),
            documents,
            attachments,
            templates: walk(TEMPLATES).into_iter().filter(|file| !is_hidden(&file.path)).collect(),
            statics: walk(STATIC),
        }
    }

    /// Reads a file of the site.
    ///
    /// # Errors
    /// A diagnostic that names the file and the cause.
    pub fn read(&self, path: &str) -> Result<Vec<u8>, Diagnostic> {
        read(&self.root, path)
    }

    /// Reads a file of the site as UTF-8 text; a byte order mark at its start is dropped.
    ///
    /// # Errors
    /// A diagnostic that names the file, and where it is not UTF-8 the line.
    pub fn read_text(&self, path: &str) -> Result<String, Diagnostic> {
        read_text(&self.root, path)
    }
}

/// Reads the settings file of the site in `root`.
///
/// # Errors
/// There is none, and where one might be meant; or it cannot be read.
pub fn read_settings(root: &Path) -> Result<String, Diagnostic> {
    if exists(root, SETTINGS) {
        return read_text(root, SETTINGS);
    }
    let shown = if root.as_os_str() == "." { "this folder".into() } else { root.to_string_lossy() };
    let problem = Diagnostic::error("no-site", format!("there is no {SETTINGS} in {shown}"));
    let root = root.canonicalize().unwrap_or_default();
    let above = root.ancestors().skip(1).find(|folder| exists(folder, SETTINGS));
    Err(match above {
        Some(folder) => {
            problem.help(format!("there is one in {}: go there, or name it with -C", folder.display()))
        }
        None => problem.help("'dateline new DIR' makes a site; -C DIR names the folder of one"),
    })
}

/// Opens a file of the site to copy it, however large it is.
///
/// # Errors
/// It cannot be opened.
pub fn open(path: &Path) -> io::Result<fs::File> {
    fs::File::open(path)
}

/// Whether there is a file `path` below `root`.
pub fn exists(root: &Path, path: &str) -> bool {
    root.join(path).exists()
}

/// Reads the file `path` below `root`.
///
/// # Errors
/// A diagnostic that names the file and the cause.
pub fn read(root: &Path, path: &str) -> Result<Vec<u8>, Diagnostic> {
    fs::read(root.join(path)).map_err(|error| unreadable(path, &error))
}

/// The digest of the file `path` below `root`, however large it is.
///
/// # Errors
/// A diagnostic that names the file and the cause.
pub fn digest_of(root: &Path, path: &str) -> Result<Digest, Diagnostic> {
    let mut hasher = blake3::Hasher::new();
    let hashed = fs::File::open(root.join(path)).and_then(|file| hasher.update_reader(file).map(|_| ()));
    hashed.map_err(|error| unreadable(path, &error))?;
    Ok(*hasher.finalize().as_bytes())
}

/// Reads the file `path` below `root` as UTF-8 text; a byte order mark at its start is dropped.
///
/// # Errors
/// A diagnostic that names the file, and where it is not UTF-8 the line.
pub fn read_text(root: &Path, path: &str) -> Result<String, Diagnostic> {
    let mut text = String::from_utf8(read(root, path)?).map_err(|error| not_utf8(path, &error))?;
    if text.starts_with('\u{feff}') {
        text.drain(..'\u{feff}'.len_utf8());
    }
    Ok(text)
}

/// Whether some part of a path begins with a dot, or is what an editor's program leaves behind while it saves.
pub fn is_hidden(path: &str) -> bool {
    path.split('/').any(|part| part.starts_with('.') || is_editor_leftover(part))
}

/// Backup, swap and lock files of common editors: `x~`, `.x.swp`, `4913`, `#x#`, `.#x`, `x.bck`, `x.tmp`, and
/// what file managers write (`Thumbs.db`, `.DS_Store`).
pub fn is_editor_leftover(name: &str) -> bool {
    let swap =
        name.starts_with('.') && [".swp", ".swo", ".swx", ".swpx"].iter().any(|end| name.ends_with(end));
    let suffix = ["~", ".bck", ".bak", ".tmp", ".orig"].iter().any(|end| name.ends_with(end));
    let emacs = name.starts_with(".#") || (name.len() > 2 && name.starts_with('#') && name.ends_with('#'));
    swap || suffix || emacs || matches!(name, "4913" | "Thumbs.db" | ".DS_Store")
}

fn walk(root: &Path, folder: &str, diagnostics: &mut Vec<Diagnostic>) -> Vec<SourceFile> {
    let top = root.join(folder);
    let mut found = Vec::new();
    if !top.exists() {
        return found;
    }
    if !top.is_dir() {
        diagnostics.push(
            Diagnostic::error(
                "not-a-folder",
                format!("'{folder}' is a file, and a folder has that name here"),
            )
            .in_file(folder)
            .help("rename the file, or move it into a folder of that name"),
        );
        return found;
    }
    let keep = |entry: &DirEntry| entry.file_name().to_str().is_none_or(|name| !is_editor_leftover(name));
    for entry in WalkDir::new(&top).follow_links(true).into_iter().filter_entry(keep) {
        match entry {
            Ok(entry) if entry.file_type().is_dir() => {}
            Ok(entry) if !entry.file_type().is_file() => diagnostics.push(
                Diagnostic::error("not-a-file", "this is a device, a pipe or a socket, and no file")
                    .in_file(entry.path().strip_prefix(root).unwrap_or(entry.path()).to_string_lossy())
                    .help("move it out of the site's folder"),
            ),
            Ok(entry) => match relative(root, entry.path()) {
                Some(path) => match entry.metadata() {
                    Ok(metadata) => found.push(SourceFile { path: path.into(), size: metadata.len() }),
                    Err(error) => diagnostics.push(unwalkable(root, &error)),
                },
                None => diagnostics.push(
                    Diagnostic::error("name-not-utf8", "a file's name is not UTF-8 text")
                        .in_file(entry.path().strip_prefix(root).unwrap_or(entry.path()).to_string_lossy())
                        .help("rename the file"),
                ),
            },
            Err(error) => diagnostics.push(unwalkable(root, &error)),
        }
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

/// A path below `root` as text with `/`; `None` where it is not UTF-8.
fn relative(root: &Path, path: &Path) -> Option<String> {
    let parts: Option<Vec<&str>> =
        path.strip_prefix(root).ok()?.components().map(|part| part.as_os_str().to_str()).collect();
    Some(parts?.join("/"))
}

fn unwalkable(root: &Path, error: &walkdir::Error) -> Diagnostic {
    let path = error.path().and_then(|path| relative(root, path)).unwrap_or_default();
    if error.loop_ancestor().is_some() {
        return Diagnostic::error("link-loop", "this link leads back to a folder it lies in")
            .in_file(path)
            .help("remove the link");
    }
    if error.path().is_some_and(|path| path.is_symlink() && !path.exists()) {
        return Diagnostic::error("dead-symlink", "this link leads nowhere")
            .in_file(path)
            .help("remove the link, or put back the file it leads to");
    }
    match error.io_error() {
        Some(cause) => unreadable(&path, cause),
        None => Diagnostic::error("unreadable", error.to_string()).in_file(path),
    }
}

fn unreadable(path: &str, error: &io::Error) -> Diagnostic {
    let (message, help) = match error.kind() {
        io::ErrorKind::NotFound => {
            ("the file is not there".to_owned(), "was it moved while the site was built?")
        }
        io::ErrorKind::PermissionDenied => {
            ("no permission to read it".to_owned(), "let the user who builds the site read it")
        }
        io::ErrorKind::IsADirectory => {
            ("this is a folder, and a file is wanted".to_owned(), "rename the folder, or move it away")
        }
        _ => (format!("cannot be read: {error}"), "is the disk in order?"),
    };
    Diagnostic::error("unreadable", message).in_file(path).help(help)
}

fn not_utf8(path: &str, error: &std::string::FromUtf8Error) -> Diagnostic {
    let bytes = error.as_bytes();
    let at = error.utf8_error().valid_up_to();
    let line = bytes[..at].iter().filter(|byte| **byte == b'\n').count() + 1;
    let text = String::from_utf8_lossy(bytes);
    let bad = String::from_utf8_lossy(&bytes[..at]).len();
    Diagnostic::error("not-utf8", format!("line {line} is not UTF-8 text"))
        .at(path, &text, bad..bad + '\u{fffd}'.len_utf8())
        .help("save the file in the encoding UTF-8")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leftovers_of_editors_are_known() {
        for name in [".a.md.swp", "a.md~", "4913", "#a.md#", ".#a.md", "a.bck", "a.tmp"] {
            assert!(is_editor_leftover(name), "{name}");
        }
        for name in ["a.md", "4914", "#", "swp"] {
            assert!(!is_editor_leftover(name), "{name}");
        }
    }

    #[test]
    fn broken_text_names_its_line() {
        let error = String::from_utf8(b"one\ntwo \xff three\n".to_vec()).unwrap_err();
        let diagnostic = not_utf8("a.md", &error);
        let location = diagnostic.location.unwrap();
        assert_eq!((location.line, location.column), (2, 5));
    }
}
