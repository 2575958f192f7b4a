//! Problems as values: what is wrong, where, and what to do about it.
//!
//! Every phase gathers [`Diagnostic`]s instead of stopping at the first problem. A diagnostic owns all that is
//! needed to show it (the source line included), so it can outlive the text it speaks of, travel to a terminal,
//! a browser or a file, and be stored. How it is drawn is the business of whoever shows it.

use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt;
use std::ops::Range;

/// How much a problem weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Severity {
    /// The site cannot be published; the build fails with exit status 1.
    Error,
    /// The site is published; with `--strict` the build fails.
    Warning,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Error => "error",
            Self::Warning => "warning",
        })
    }
}

/// A place in a text file, with the line it points at.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Location {
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// The text of that line, without its line break; of a very long one no more than the part around `span`.
    pub text: String,
    /// The bytes of `text` that are meant; empty for a mere position.
    pub span: Range<usize>,
}

impl Location {
    /// The place of the byte range `range` in `text`. A range over several lines is cut at the end of its
    /// first; one beyond the text points behind its last character.
    pub fn in_text(text: &str, range: Range<usize>) -> Self {
        let start = floor_char_boundary(text, range.start);
        let line_start = text[..start].rfind('\n').map_or(0, |at| at + 1);
        let line_end = text[start..].find('\n').map_or(text.len(), |at| start + at);
        let line_text = text[line_start..line_end].trim_end_matches('\r');
        let begin = (start - line_start).min(line_text.len());
        let end = floor_char_boundary(line_text, range.end.max(range.start).saturating_sub(line_start));
        let line = text[..line_start].matches('\n').count() + 1;
        Self::in_line(line, line_text[..begin].chars().count() + 1, line_text, begin..end.max(begin))
    }

    /// The place at `line` and `column` (both from 1, in characters) of `text`, `length` characters long.
    pub fn at_line(text: &str, line: usize, column: usize, length: usize) -> Self {
        let line_text = text.lines().nth(line.saturating_sub(1)).unwrap_or_default();
        let byte = |column: usize| line_text.char_indices().nth(column).map_or(line_text.len(), |(at, _)| at);
        let begin = byte(column.saturating_sub(1));
        Self::in_line(line, column, line_text, begin..byte(column.saturating_sub(1) + length))
    }

    /// A line can be as long as its file, and can have a problem at every word: what is kept of it is bounded.
    fn in_line(line: usize, column: usize, text: &str, span: Range<usize>) -> Self {
        let first = floor_char_boundary(text, span.start.saturating_sub(KEPT));
        let last = floor_char_boundary(text, span.start.saturating_add(KEPT));
        Self {
            line,
            column,
            span: span.start - first..span.end.min(last) - first,
            text: text[first..last].to_owned(),
        }
    }
}

/// How much of a line is kept before and after the beginning of what is meant, in bytes: more than is ever shown.
const KEPT: usize = 512;

/// The most problems of one kind that are told of one file. A file that is wrong at every word is wrong once.
pub const MOST_IN_A_FILE: usize = 100;

/// One problem of a run.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Diagnostic {
    /// Error or warning.
    pub severity: Severity,
    /// A stable name for this kind of problem, such as `unknown-key`.
    pub code: Cow<'static, str>,
    /// One sentence without a full stop: what is wrong.
    pub message: String,
    /// The file concerned, relative to the site's root, with `/` between its parts.
    pub file: Option<String>,
    /// The place in that file, where there is one.
    pub location: Option<Location>,
    /// Further facts, such as the page that was being rendered.
    pub notes: Vec<String>,
    /// What to do about it.
    pub help: Option<String>,
}

impl Diagnostic {
    /// An error that concerns no file yet; see [`Diagnostic::in_file`] and [`Diagnostic::at`].
    pub fn error(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, code, message.into())
    }

    /// A warning; otherwise as [`Diagnostic::error`].
    pub fn warning(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, code, message.into())
    }

    fn new(severity: Severity, code: &'static str, message: String) -> Self {
        Self {
            severity,
            code: code.into(),
            message,
            file: None,
            location: None,
            notes: Vec::new(),
            help: None,
        }
    }

    /// Names the file, relative to the site's root.
    #[must_use]
    pub fn in_file(mut self, file: impl Into<String>) -> Self {
        self.file = Some(file.into());
        self
    }

    /// Names the file and the byte range of its `text`.
    #[must_use]
    pub fn at(self, file: &str, text: &str, range: Range<usize>) -> Self {
        self.located(file, Location::in_text(text, range))
    }

    /// Names the file and a place in it.
    #[must_use]
    pub fn located(mut self, file: &str, location: Location) -> Self {
        self.file = Some(file.to_owned());
        self.location = Some(location);
        self
    }

    /// Says what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Adds a fact.
    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    /// The problem itself, whichever pages it was seen on: what tells it from others.
    #[must_use]
    pub fn without_notes(&self) -> Self {
        Self { notes: Vec::new(), ..self.clone() }
    }

    fn is_same_but_for_notes(&self, other: &Self) -> bool {
        (self.severity, &self.code, &self.message, &self.file, &self.location, &self.help)
            == (other.severity, &other.code, &other.message, &other.file, &other.location, &other.help)
    }

    /// Whether it keeps the site from being published.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

/// Whether any of `diagnostics` is an error.
pub fn any_error(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(Diagnostic::is_error)
}

/// Puts diagnostics in the order they are shown in: by file, line and column, so that two runs print the same
/// whatever the order the work was done in.
pub fn sort(diagnostics: &mut [Diagnostic]) {
    diagnostics.sort_by(order);
}

fn order(a: &Diagnostic, b: &Diagnostic) -> Ordering {
    let place = |d: &Diagnostic| d.location.as_ref().map(|l| (l.line, l.column));
    (&a.file, place(a), &a.code, &a.message, &a.help).cmp(&(&b.file, place(b), &b.code, &b.message, &b.help))
}

/// Makes one report of those that differ only in their notes: a broken template is one problem, not one for every
/// page it renders. The notes of the first stay, with the count of the others. Sorted.
pub fn gather(mut diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    diagnostics.sort_by(|a, b| order(a, b).then_with(|| a.notes.cmp(&b.notes)));
    let mut gathered: Vec<Diagnostic> = Vec::with_capacity(diagnostics.len());
    let mut more = 0;
    for diagnostic in diagnostics {
        match gathered.last() {
            Some(last) if last.is_same_but_for_notes(&diagnostic) => {
                more += usize::from(last.notes != diagnostic.notes);
            }
            _ => {
                count_others(gathered.last_mut(), more);
                more = 0;
                gathered.push(diagnostic);
            }
        }
    }
    count_others(gathered.last_mut(), more);
    gathered
}

fn count_others(diagnostic: Option<&mut Diagnostic>, more: usize) {
    let pages = if more == 1 { "page" } else { "pages" };
    if let Some(diagnostic) = diagnostic.filter(|_| more > 0) {
        diagnostic.notes.push(format!("the same on {more} more {pages}"));
    }
}

/// The longest word that another is suggested for.
const LONGEST_WORD: usize = 200;

/// The nearest of `known` to a mistyped `word`, if one is near enough to suggest.
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = word.to_lowercase();
    let length = word.chars().count();
    // Nobody mistypes a word of that length, and comparing two of them takes seconds.
    if length > LONGEST_WORD {
        return None;
    }
    let measured = known.into_iter().filter_map(|candidate| {
        let own = candidate.chars().count();
        is_near(own.abs_diff(length), own).then_some(())?;
        let distance = strsim::damerau_levenshtein(&word, &candidate.to_lowercase());
        is_near(distance, own).then_some((distance, candidate))
    });
    measured.min().map(|(_, candidate)| candidate)
}

/// The nearest of `known` paths to a mistyped one: of the same name elsewhere, or of nearly the same name in the
/// same folder. Comparing it with every path of a large site would take longer than the build.
pub fn nearest_path<'a>(path: &str, known: impl Iterator<Item = &'a str> + Clone) -> Option<&'a str> {
    let (folder, name) = split_path(path);
    let same_name = known.clone().filter(|other| split_path(other).1 == name).min();
    same_name.or_else(|| {
        let siblings = known.filter(|other| split_path(other).0 == folder);
        let near = nearest(name, siblings.clone().map(|other| split_path(other).1))?;
        siblings.filter(|other| split_path(other).1 == near).min()
    })
}

/// The folder of a path and the name that people know its file by: without the ending and a date before it. An
/// `index.md` goes by the name of its folder.
fn split_path(path: &str) -> (&str, &str) {
    let path = path.trim_end_matches("/index.md").trim_end_matches('/');
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let name = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let date = name.bytes().take_while(|byte| byte.is_ascii_digit() || *byte == b'-').count();
    (folder, if date == "2021-11-25-".len() { &name[date..] } else { name })
}

/// Whether a word of `length` is meant by one that is `distance` slips away: one in three, and never all of it.
fn is_near(distance: usize, length: usize) -> bool {
    distance <= (length / 3).max(1) && distance < length
}

fn floor_char_boundary(text: &str, index: usize) -> usize {
    let mut index = index.min(text.len());
    while !text.is_char_boundary(index) {
        index -= 1;
    }
    index
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_is_located_in_characters() {
        let text = "one\nünë two\nthree";
        let at = text.find("two").unwrap();
        let location = Location::in_text(text, at..at + 3);
        assert_eq!((location.line, location.column), (2, 5));
        assert_eq!(&location.text[location.span], "two");
    }

    #[test]
    fn a_range_beyond_the_text_or_over_lines_is_cut() {
        assert_eq!(Location::in_text("ab", 9..12).column, 3);
        let over = Location::in_text("ab\r\ncd", 1..5);
        assert_eq!((over.line, over.text.as_str(), over.span), (1, "ab", 1..2));
        assert_eq!(Location::in_text("", 0..0).line, 1);
    }

    #[test]
    fn of_a_long_line_the_part_that_matters_is_kept() {
        let text = format!("{}HERE{}", "é".repeat(500_000), "x".repeat(500_000));
        let at = text.find("HERE").unwrap();
        let location = Location::in_text(&text, at..at + 4);
        assert_eq!((location.column, &location.text[location.span]), (500_001, "HERE"));
        assert!(location.text.len() <= 2 * KEPT);
        let whole = Location::in_text(&text, 0..text.len());
        assert_eq!(whole.span, 0..whole.text.len());
    }

    #[test]
    fn one_cause_is_one_report() {
        let problem =
            |page: &str| Diagnostic::error("template-error", "no").in_file("templates/a.html").note(page);
        let gathered =
            gather(vec![problem("/c/"), problem("/a/"), Diagnostic::error("other", "no"), problem("/b/")]);
        assert_eq!(gathered.len(), 2);
        assert_eq!(gathered[1].notes, ["/a/", "the same on 2 more pages"]);
    }

    #[test]
    fn a_near_word_is_suggested_and_a_far_one_is_not() {
        let keys = ["title", "date", "tags"];
        assert_eq!(nearest("tittle", keys), Some("title"));
        assert_eq!(nearest("Tags", keys), Some("tags"));
        assert_eq!(nearest("permalink", keys), None);
        assert_eq!(nearest("b", ["a"]), None);
    }

    #[test]
    fn a_near_path_has_the_same_name_or_the_same_folder() {
        let known = ["/2021/11/25/red-line/", "/about/", "/archive/"];
        assert_eq!(nearest_path("/2021/red-line/", known.into_iter()), Some("/2021/11/25/red-line/"));
        assert_eq!(nearest_path("/abuot/", known.into_iter()), Some("/about/"));
        assert_eq!(nearest_path("/2021/11/25/nothing/", known.into_iter()), None);
        let files = ["content/articles/2021/2021-11-24-dam-closes.md", "content/articles/x/index.md"];
        assert_eq!(nearest_path("content/articles/dam-closes.md", files.into_iter()), Some(files[0]));
        assert_eq!(nearest_path("content/x.md", files.into_iter()), Some(files[1]));
    }
}
