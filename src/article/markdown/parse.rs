//! Which extensions of CommonMark are read, and how a single line is read as one.

use pulldown_cmark::Options as Extensions;
use std::ops::Range;

/// The extensions for an article's text.
pub(super) fn blocks(smart: bool) -> Extensions {
    let blocks = Extensions::ENABLE_TABLES
        | Extensions::ENABLE_FOOTNOTES
        | Extensions::ENABLE_TASKLISTS
        | Extensions::ENABLE_HEADING_ATTRIBUTES
        | Extensions::ENABLE_GFM;
    blocks | inlines(smart)
}

/// The extensions for a line. Footnotes are not among them: there is no place for their text.
pub(super) fn inlines(smart: bool) -> Extensions {
    let mut inlines = Extensions::ENABLE_STRIKETHROUGH;
    inlines.set(Extensions::ENABLE_SMART_PUNCTUATION, smart);
    inlines
}

/// What keeps a line from beginning a list, a heading or a quote: the parser takes a no-break space for text
/// where blocks begin, and for white space where it looks for the ends of emphasis and quotation marks.
const LEAD: &str = "\u{a0}";

/// A text made one line, which the parser reads as one paragraph.
pub(super) struct Line {
    /// What to parse.
    pub(super) text: String,
    /// How many bytes were cut before it.
    cut: usize,
}

impl Line {
    pub(super) fn new(markdown: &str) -> Self {
        let trimmed = markdown.trim_start_matches(is_blank);
        let cut = markdown.len() - trimmed.len();
        let trimmed = trimmed.trim_end_matches(is_blank);
        let mut text = String::with_capacity(LEAD.len() + trimmed.len());
        text.push_str(LEAD);
        for (number, line) in trimmed.split(['\n', '\r']).enumerate() {
            text.push_str(if number == 0 { "" } else { " " });
            text.push_str(line);
        }
        Self { text, cut }
    }

    /// Where `span` of the parsed text is in the text that was given.
    pub(super) fn span(&self, span: &Range<usize>) -> Range<usize> {
        let given = |at: usize| (at + self.cut).saturating_sub(LEAD.len());
        given(span.start)..given(span.end)
    }

    /// What is inside of the paragraph that was rendered.
    pub(super) fn unwrap(mut html: String) -> String {
        html.truncate(html.strip_suffix("</p>\n").unwrap_or(&html).len());
        let lead = html.strip_prefix("<p>").unwrap_or(&html);
        let inner = lead.strip_prefix(LEAD).unwrap_or(lead).len();
        html.drain(..html.len() - inner);
        html
    }
}

/// Whether a line holds nothing that Markdown, HTML or typography could mean: most sentences do not.
pub(super) fn is_plain(line: &str) -> bool {
    let inert = |byte: u8| byte.is_ascii_alphanumeric() || byte >= 0x80 || b" ,;:()%/+?.".contains(&byte);
    line.bytes().all(inert) && !line.contains("..") && line.len() == line.trim().len()
}

fn is_blank(character: char) -> bool {
    character.is_ascii_whitespace()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_keeps_its_places() {
        let given = " \n a\r\nb é c\n";
        let line = Line::new(given);
        assert_eq!(line.text, "\u{a0}a  b é c");
        let at = line.text.find('é').unwrap();
        assert_eq!(&given[line.span(&(at..at + 2))], "é");
        assert_eq!(Line::new("").text, LEAD);
    }
}
