//! What is known of a story before its copy is read.

use super::super::agencies::Agencies;
use chrono::NaiveDate;

/// What is known of a story besides its copy.
#[derive(Debug, Clone)]
pub struct Known<'a> {
    /// Who signs datelines.
    pub agencies: &'a Agencies,
    /// When it was published, where somebody said so.
    pub published: Option<NaiveDate>,
    /// The site's tags.
    pub tags: Vec<&'a str>,
    /// What the head of a web page says of it.
    pub page: PageHead,
}

/// What the head of a web page says of the story on it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PageHead {
    /// The headline.
    pub title: Option<String>,
    /// The headline that stands above the story, which may be a longer or a shorter one.
    pub heading: Option<String>,
    /// The standfirst.
    pub summary: Option<String>,
    /// Who wrote it.
    pub author: Option<String>,
    /// When it was published.
    pub published: Option<NaiveDate>,
    /// The name of the outlet.
    pub outlet: Option<String>,
    /// The story's address.
    pub url: Option<String>,
}
