//! The bytes of files, when they are asked for.

use super::folders::{INPUTS, SETTINGS};
use crate::diagnostic::Diagnostic;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// Reads the settings file of the site in `root`.
///
/// # Errors
/// There is none, and where one might be meant; or it cannot be read.
pub fn read_settings(root: &Path) -> Result<String, Diagnostic> {
    if exists(root, SETTINGS) {
        return if is_pipe(&root.join(SETTINGS)) {
            Err(not_a_file(SETTINGS))
        } else {
            read_text(root, SETTINGS)
        };
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

/// A file that is open for reading.
pub type OpenFile = fs::File;

/// Opens a file of the site in `root` for whoever asks over a network: what a link leads to outside the site's folder, and
/// outside the folders of its inputs where they lie elsewhere, is not handed out.
///
/// # Errors
/// It cannot be opened, or with `PermissionDenied` it lies outside.
pub fn open_inside(root: &Path, path: &Path) -> io::Result<OpenFile> {
    let real = path.canonicalize()?;
    let mut folders = INPUTS.iter().map(|folder| root.join(folder)).chain([root.to_owned()]);
    if folders.any(|folder| folder.canonicalize().is_ok_and(|folder| real.starts_with(folder))) {
        return if is_pipe(&real) { Err(io::ErrorKind::NotFound.into()) } else { fs::File::open(real) };
    }
    Err(io::Error::new(io::ErrorKind::PermissionDenied, "a link leads out of the site's folder"))
}

/// Whether there is something that is neither a file nor a folder: whoever opens a pipe waits until somebody writes into it.
fn is_pipe(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|about| !about.is_file() && !about.is_dir())
}

/// What is said of such a thing.
pub(super) fn not_a_file(path: &str) -> Diagnostic {
    Diagnostic::error("not-a-file", "this is a device, a pipe or a socket, and no file")
        .in_file(path)
        .help("move it out of the site's folder")
}

/// What an open file holds.
///
/// # Errors
/// It cannot be read.
pub fn read_open(mut file: &OpenFile) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The whole path of a folder or file, without links.
///
/// # Errors
/// It is not there, or may not be seen.
pub fn resolve(path: &Path) -> io::Result<PathBuf> {
    path.canonicalize()
}

/// Whether there is a file `path` below `root`.
pub fn exists(root: &Path, path: &str) -> bool {
    root.join(path).exists()
}

/// Whether the file or folder `path` below `root` is a link.
pub fn is_link(root: &Path, path: &str) -> bool {
    root.join(path).is_symlink()
}

/// Reads the file `path` below `root`.
///
/// # Errors
/// A diagnostic that names the file and the cause.
pub fn read(root: &Path, path: &str) -> Result<Vec<u8>, Diagnostic> {
    fs::read(root.join(path)).map_err(|error| unreadable(path, &error))
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

/// The code of the problem that a file cannot be read for a reason that may pass by itself.
pub const UNREADABLE_NOW: &str = "unreadable-now";

pub(super) fn unreadable(path: &str, error: &io::Error) -> Diagnostic {
    // ENFILE and EMFILE.
    let is_full = cfg!(unix) && matches!(error.raw_os_error(), Some(23 | 24));
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
        _ if is_full => (
            "cannot be read: too many files are open".to_owned(),
            "close programs, or tabs that show a preview; 'ulimit -n' raises how many may be open",
        ),
        _ => (format!("cannot be read: {error}"), "is the disk in order?"),
    };
    let passes = is_full
        || matches!(
            error.kind(),
            io::ErrorKind::Interrupted
                | io::ErrorKind::OutOfMemory
                | io::ErrorKind::ResourceBusy
                | io::ErrorKind::StaleNetworkFileHandle
                | io::ErrorKind::TimedOut
                | io::ErrorKind::WouldBlock
        );
    Diagnostic::error(if passes { UNREADABLE_NOW } else { "unreadable" }, message).in_file(path).help(help)
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
    fn broken_text_names_its_line() {
        let error = String::from_utf8(b"one\ntwo \xff three\n".to_vec()).unwrap_err();
        let diagnostic = not_utf8("a.md", &error);
        let location = diagnostic.location.unwrap();
        assert_eq!((location.line, location.column), (2, 5));
    }
}
