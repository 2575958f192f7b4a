//! What was read from a piece of copy, and how each part of it came to be known.

use chrono::NaiveDate;

/// A story as its copy tells it. What the copy does not tell, or not surely enough, is absent; such guesses are in
/// [`guesses`](Self::guesses) all the same.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Item {
    /// The headline, without what agencies put before it.
    pub title: Option<String>,
    /// The standfirst.
    pub summary: Option<String>,
    /// The dateline's place, as it is written in a text.
    pub place: Option<String>,
    /// The dateline as it is printed.
    pub dateline: Option<String>,
    /// The day that the copy gives: that of its dateline, else that of its publication.
    pub date: Option<NaiveDate>,
    /// Who carried it, from who printed it to who wrote it.
    pub agencies: Vec<String>,
    /// Who wrote it.
    pub author: Option<String>,
    /// Whether it is somebody's own word.
    pub is_press_release: bool,
    /// The language, as a tag of BCP 47.
    pub lang: Option<&'static str>,
    /// Those of the site's tags that it mentions.
    pub tags: Vec<String>,
    /// Its paragraphs, plain text.
    pub body: Vec<String>,
    /// Where all this comes from.
    pub guesses: Vec<Guess>,
    /// What is none of the story.
    pub cut: Vec<Cut>,
}

/// One value that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guess {
    /// Which field of the item it is for, by its name in JSON.
    pub field: &'static str,
    /// The value.
    pub value: String,
    /// The line it was read from, from 1; 0 where that is no line: the head of a web page, the whole text.
    pub line: usize,
    /// What it was read from.
    pub text: String,
    /// How sure it is, from 0 to 100.
    pub confidence: u8,
}

/// From how sure on a guess becomes a value.
pub const SURE: u8 = 50;

impl Guess {
    /// Whether it is sure enough to be a value.
    pub fn is_sure(&self) -> bool {
        self.confidence >= SURE
    }
}

/// A line that was left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cut {
    /// The line, from 1; 0 as for [`Guess`].
    pub line: usize,
    /// What it says.
    pub text: String,
    /// Why it is none of the story.
    pub why: &'static str,
}
