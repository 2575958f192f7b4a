//! Copy as it comes in: a file or standard input, text or a web page.

use crate::diagnostic::Diagnostic;
use crate::wire::copy::{self, Paragraph};
use crate::wire::decode::{self, LARGEST, Undecodable};
use crate::wire::page::{self, NoStory};
use crate::wire::story::PageHead;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

/// Where copy comes from.
#[derive(Debug, Clone, Copy)]
pub(super) enum Input<'a> {
    Standard,
    File(&'a Path),
}

/// Copy that was read.
#[derive(Debug)]
pub(super) struct Copy {
    /// All of its text.
    pub(super) text: String,
    pub(super) paragraphs: Vec<Paragraph>,
    /// What the head of a web page says of it.
    pub(super) head: PageHead,
}

impl<'a> From<&'a std::path::PathBuf> for Input<'a> {
    fn from(path: &'a std::path::PathBuf) -> Self {
        if path.as_os_str() == "-" { Self::Standard } else { Self::File(path) }
    }
}

impl Input<'_> {
    /// What it is called in messages.
    pub(super) fn name(self) -> String {
        match self {
            Self::Standard => "standard input".to_owned(),
            Self::File(path) => path.display().to_string(),
        }
    }

    /// Reads it.
    ///
    /// # Errors
    /// It cannot be read, or is no story.
    pub(super) fn read(self) -> Result<Copy, Diagnostic> {
        let bytes = self.bytes().map_err(|error| {
            let problem = Diagnostic::error("unreadable", format!("cannot be read: {error}"));
            if error.kind() == io::ErrorKind::IsADirectory {
                problem.help("name the files in it")
            } else {
                problem
            }
        })?;
        let text = decode::decode(&bytes).map_err(undecodable)?;
        let is_html = matches!(self, Self::File(path) if path.extension().is_some_and(|end| end == "html" || end == "htm"));
        if is_html || page::is_page(&text) {
            let (mut paragraphs, head) = page::read(&text).map_err(no_story)?;
            let text = paragraphs.iter().map(|paragraph| &*paragraph.text).collect::<Vec<_>>().join("\n\n");
            // Its lines are those of the copy that is kept.
            (0..).zip(&mut paragraphs).for_each(|(place, paragraph)| paragraph.line = 2 * place + 1);
            return Ok(Copy { text, paragraphs, head });
        }
        let paragraphs = copy::paragraphs(&text);
        if paragraphs.is_empty() {
            return Err(undecodable(Undecodable::Empty));
        }
        Ok(Copy { text, paragraphs, head: PageHead::default() })
    }

    /// Its bytes; of more than are allowed, one more than that.
    fn bytes(self) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        let most = LARGEST as u64 + 1;
        match self {
            Self::Standard => io::stdin().lock().take(most).read_to_end(&mut bytes)?,
            Self::File(path) if path.is_dir() => {
                return Err(io::Error::new(io::ErrorKind::IsADirectory, "it is a folder"));
            }
            Self::File(path) => File::open(path)?.take(most).read_to_end(&mut bytes)?,
        };
        Ok(bytes)
    }
}

fn undecodable(why: Undecodable) -> Diagnostic {
    match why {
        Undecodable::Empty => Diagnostic::error("empty-copy", "there is no text in it"),
        Undecodable::TooLarge => {
            let message = format!("it has more than {} MiB, and no story has", LARGEST / 1024 / 1024);
            Diagnostic::error("large-copy", message).help("cut it into one file a story")
        }
        Undecodable::Other(kind) => Diagnostic::error("no-text", format!("it is {kind}, and no text"))
            .help("save it as plain text or as a web page"),
    }
}

fn no_story(why: NoStory) -> Diagnostic {
    let problem = match why {
        NoStory::TooComplex => {
            Diagnostic::error("no-story", "its elements are too many, or too deep in each other")
        }
        NoStory::NoText => Diagnostic::error("no-story", "there is no story to be found on the page"),
    };
    problem.help("copy the story's text into a file, and import that")
}
