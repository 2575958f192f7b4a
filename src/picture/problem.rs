//! What can be wrong with a picture.

use crate::diagnostic::{Diagnostic, Severity};
use std::fmt::Display;

/// The most pixels that are decoded: more than any camera for news has, and less than half a gigabyte of memory.
pub(super) const MOST_PIXELS: u64 = 120_000_000;

/// Why a picture cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Problem {
    /// It is of another format than its name says, and of none that is read.
    OtherFormat(&'static str),
    /// It is not what it should be.
    Broken(String),
    /// It has more than [`MOST_PIXELS`].
    TooLarge(u32, u32),
    /// It cannot be encoded.
    NotMade(String),
}

impl Problem {
    /// A file that a decoder gave up on.
    pub(super) fn broken(cause: impl Display) -> Self {
        Self::Broken(cause.to_string())
    }

    /// What a user is told of it.
    pub(super) fn diagnostic(&self, severity: Severity, file: &str) -> Diagnostic {
        let again = "save it again with an image editor, as JPEG, PNG or WebP";
        let (message, help) = match self {
            Self::OtherFormat(format) => {
                (format!("the file is {format}, whatever its name says"), "save it as JPEG, PNG or WebP")
            }
            Self::Broken(cause) => (format!("the picture cannot be read: {cause}"), again),
            Self::TooLarge(width, height) => (
                format!(
                    "the picture is {width} by {height} pixels, and more than {} million are not read",
                    MOST_PIXELS / 1_000_000
                ),
                "make it smaller, or take it out",
            ),
            Self::NotMade(cause) => (format!("no smaller picture could be made of it: {cause}"), again),
        };
        Diagnostic { severity, ..Diagnostic::error("broken-image", message) }.in_file(file).help(help)
    }
}

/// Hands back a size that is small enough to be decoded.
pub(super) fn check_size((width, height): (u32, u32)) -> Result<(u32, u32), Problem> {
    if u64::from(width) * u64::from(height) > MOST_PIXELS {
        return Err(Problem::TooLarge(width, height));
    }
    Ok((width, height))
}
