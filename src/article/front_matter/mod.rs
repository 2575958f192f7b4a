//! Front matter: finding it in a file, and walking its tree into an article or a standing page.

mod article;
mod parts;

pub use self::article::{Given, article, standing};

use crate::diagnostic::Diagnostic;
use crate::tree::{self, Table};
use std::ops::Range;

/// The three parts of a file: which language its front matter is in, where that stands, where the Markdown begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fence {
    /// The language between the fences.
    pub format: Format,
    /// The bytes between the fences.
    pub inner: Range<usize>,
    /// The first byte of the Markdown.
    pub body: usize,
}

/// The language of front matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Between `+++` lines.
    Toml,
    /// Between `---` lines.
    Yaml,
}

/// Finds the front matter at the start of a file.
///
/// # Errors
/// There is none, or its second fence is missing.
pub fn find(file: &str, text: &str) -> Result<Fence, Diagnostic> {
    let first = text.lines().next().unwrap_or_default();
    let (format, mark) = match first.trim_end() {
        "+++" => (Format::Toml, "+++"),
        "---" => (Format::Yaml, "---"),
        _ => {
            return Err(Diagnostic::error("no-front-matter", "the file does not begin with front matter")
                .at(file, text, 0..first.len())
                .help(
                    "begin the file with a line '+++', then title = \"…\" and date = …, then another '+++'",
                ));
        }
    };
    let start = text.find('\n').map_or(text.len(), |at| at + 1);
    let mut at = start;
    for line in text[start..].split_inclusive('\n') {
        if line.trim_end() == mark {
            return Ok(Fence { format, inner: start..at, body: at + line.len() });
        }
        at += line.len();
    }
    Err(Diagnostic::error("no-front-matter", "the front matter has no end")
        .at(file, text, 0..first.len())
        .help(format!("end it with a line '{mark}'")))
}

/// Reads the front matter that `fence` found.
///
/// # Errors
/// Every syntax error.
pub fn parse(file: &str, text: &str, fence: &Fence) -> Result<Table, Vec<Diagnostic>> {
    match fence.format {
        Format::Toml => tree::parse_toml(file, text, fence.inner.clone()),
        Format::Yaml => tree::parse_yaml(file, text, fence.inner.clone()),
    }
}

/// The keys of a file's front matter, each with its place; `None` where it cannot be read.
pub fn keys(file: &str, text: &str) -> Option<Table> {
    parse(file, text, &find(file, text).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_fences_are_found() {
        let fence = find("a.md", "+++\ntitle = \"x\"\n+++\nBody\n").unwrap();
        assert_eq!((fence.format, fence.inner, fence.body), (Format::Toml, 4..16, 20));
        let fence = find("a.md", "---\r\ntitle: x\r\n---\r\nBody").unwrap();
        assert_eq!((fence.format, fence.body), (Format::Yaml, 20));
        assert_eq!(find("a.md", "+++\n+++").unwrap().body, 7);
    }

    #[test]
    fn missing_fences_are_said() {
        assert!(find("a.md", "Just text").is_err());
        assert!(find("a.md", "+++\ntitle = 1\n").unwrap_err().message.contains("no end"));
        assert!(find("a.md", "").is_err());
    }
}
