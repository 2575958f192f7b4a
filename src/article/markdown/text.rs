//! Plain text out of Markdown, its words, and text into HTML.

use super::parse;
use pulldown_cmark::{BrokenLink, Event, Parser, Tag, TagEnd};
use std::cell::Cell;
use unicode_segmentation::UnicodeSegmentation;

/// The longest [`first_paragraph`], in graphemes, the ellipsis included.
const LONGEST: usize = 300;

/// How much of a text is read for its first paragraph before all of it is, in bytes.
const STEPS: [usize; 3] = [0, 1024, 8192];

/// A line of Markdown as plain text, runs of white space collapsed. Pictures give their alternative text.
pub fn plain(markdown: &str) -> String {
    if !markdown.contains(['\\', '`', '*', '_', '[', '<', '&', '~']) {
        return tidy(markdown.to_owned());
    }
    let line = parse::Line::new(markdown);
    let mut text = String::with_capacity(line.text.len());
    for event in Parser::new_ext(&line.text, parse::inlines(false)) {
        push(&mut text, &event);
    }
    tidy(parse::Line::unwrap(text))
}

/// The first paragraph with text, as plain text, cut at a word to at most 300 graphemes. Where there is none
/// outside of quotes and lists, the first in one of them; where there is none at all, nothing.
///
/// It reads no more of the text than it must: what follows a blank line cannot change a paragraph before it,
/// unless that has a footnote or a link that is defined elsewhere.
pub fn first_paragraph(markdown: &str) -> String {
    let mut end = 0;
    for step in STEPS {
        end = match blank_line(markdown, end.max(step)) {
            Some(blank) => blank,
            None => break,
        };
        match find(&markdown[..end]) {
            Found::Paragraph(text, true) => return shorten(text),
            Found::Paragraph(_, false) => break,
            Found::Other(_) => {}
        }
    }
    let (Found::Paragraph(text, _) | Found::Other(text)) = find(markdown);
    shorten(text)
}

/// The plain text of one event, appended to `text`.
pub(super) fn push(text: &mut String, event: &Event) {
    match event {
        Event::Text(more) | Event::Code(more) => text.push_str(more),
        Event::SoftBreak | Event::HardBreak | Event::End(TagEnd::Paragraph) => text.push(' '),
        Event::InlineHtml(html) if html.starts_with("<br") => text.push(' '),
        _ => {}
    }
}

/// Collapses runs of white space to a space, and makes characters visible that HTML and XML forbid.
pub(super) fn tidy(text: String) -> String {
    let text = printable(text);
    let bytes = text.as_bytes();
    let blank = |byte: &u8| byte.is_ascii_whitespace();
    let run = |(one, next): (&u8, &u8)| blank(one) & ((*one != b' ') | blank(next));
    let ends = bytes.first().is_some_and(blank) || bytes.last().is_some_and(blank);
    if ends || bytes.iter().zip(bytes.iter().skip(1)).fold(false, |found, pair| found | run(pair)) {
        return text.split_ascii_whitespace().collect::<Vec<_>>().join(" ");
    }
    text
}

/// Puts U+FFFD for control characters, as CommonMark does for U+0000: a feed with one would not be XML.
pub(super) fn printable(text: String) -> String {
    let control = |byte: u8| byte < b' ' && !matches!(byte, b'\t' | b'\n' | b'\r');
    // Without a way out the loop is one over vectors: it is run over every text.
    if text.bytes().fold(false, |found, byte| found | control(byte)) {
        return text.replace(|c: char| u8::try_from(c).is_ok_and(control), "\u{fffd}");
    }
    text
}

/// Appends text to HTML, fit for attributes too.
pub(super) fn escape(html: &mut String, text: &str) {
    // Appending to a string cannot fail.
    let _ = pulldown_cmark_escape::escape_html(html, text);
}

/// Appends text to HTML between tags.
pub(super) fn escape_body(html: &mut String, text: &str) {
    // Few texts have anything to escape, and to look at all of one is faster than to look for the first.
    if text.bytes().fold(false, |found, byte| found | matches!(byte, b'<' | b'>' | b'&')) {
        let _ = pulldown_cmark_escape::escape_html_body_text(html, text);
    } else {
        html.push_str(text);
    }
}

/// Appends an address to HTML; what is not allowed in an address is percent-encoded.
pub(super) fn escape_url(html: &mut String, url: &str) {
    let _ = pulldown_cmark_escape::escape_href(html, url);
}

/// Counts words over the parts of a text.
#[derive(Debug, Default)]
pub(super) struct Words {
    /// How many there are so far.
    pub(super) count: usize,
    /// Whether the last part ended inside of one.
    inside: bool,
}

impl Words {
    /// Ends a word.
    pub(super) fn gap(&mut self) {
        self.inside = false;
    }

    /// Counts the words of `text`, of which the first may continue the last one.
    pub(super) fn read(&mut self, text: &str) {
        if text.is_ascii() {
            self.read_ascii(text.as_bytes());
            return;
        }
        for character in text.chars() {
            let alone = stands_alone(character);
            let inside = !alone && !separates(character);
            self.count += usize::from(alone || (inside && !self.inside));
            self.inside = inside;
        }
    }

    /// The same for ASCII, which most of most texts is: in steps that fit a loop over vectors of bytes.
    fn read_ascii(&mut self, text: &[u8]) {
        let (Some(first), Some(last)) = (text.first(), text.last()) else { return };
        self.count += usize::from(!self.inside && *first > b' ');
        for (before, at) in text.chunks(STEP).zip(text[1..].chunks(STEP)) {
            let starts = before.iter().zip(at).map(|(before, at)| u8::from((*before <= b' ') & (*at > b' ')));
            self.count += usize::from(starts.sum::<u8>());
        }
        self.inside = *last > b' ';
    }
}

/// How many bytes are counted in a byte.
const STEP: usize = 128;

/// Whether a character is a word by itself: those of the scripts that are written without spaces.
pub fn stands_alone(character: char) -> bool {
    matches!(character, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// Whether a character stands between words: white space, and the punctuation of those scripts.
fn separates(character: char) -> bool {
    character.is_whitespace()
        || matches!(character, '\u{3000}'..='\u{303f}' | '\u{ff01}'..='\u{ff0f}' | '\u{ff1a}'..='\u{ff20}')
}

/// Where the first blank line from `from` on begins.
fn blank_line(markdown: &str, from: usize) -> Option<usize> {
    let from = (from..markdown.len()).find(|at| markdown.is_char_boundary(*at))?;
    let blank = |at: &usize| markdown[at + 1..].starts_with('\n') || markdown[at + 1..].starts_with("\r\n");
    markdown[from..].match_indices('\n').map(|(at, _)| from + at).find(blank).map(|at| at + 1)
}

/// What was found of a first paragraph.
enum Found {
    /// One of the text's own, and whether it stays the same whatever follows it.
    Paragraph(String, bool),
    /// The first text in a quote or a list; empty where there is none.
    Other(String),
}

/// Finds the first paragraph with text.
fn find(markdown: &str) -> Found {
    let undefined = Cell::new(false);
    let broken = |_: BrokenLink| {
        undefined.set(true);
        None
    };
    let parser = Parser::new_with_broken_link_callback(markdown, parse::blocks(false), Some(broken));
    let (mut containers, mut silent) = (0_usize, 0_usize);
    let (mut text, mut other) = (String::with_capacity(markdown.len().min(1024)), String::new());
    for (event, span) in parser.into_offset_iter() {
        match role(&event) {
            Role::Inline if silent == 0 => push(&mut text, &event),
            Role::Inline => {}
            Role::Silent => silent += 1,
            Role::SilentEnd => silent = silent.saturating_sub(1),
            Role::Block if text.trim().is_empty() => text.clear(),
            Role::Block if containers == 0 && event == Event::End(TagEnd::Paragraph) => {
                let open = undefined.get() || markdown[span].contains("[^");
                return Found::Paragraph(text, !open);
            }
            Role::Block if other.is_empty() => other = std::mem::take(&mut text),
            Role::Block => text.clear(),
        }
        match event {
            Event::Start(Tag::BlockQuote(_) | Tag::List(_)) => containers += 1,
            Event::End(TagEnd::BlockQuote(_) | TagEnd::List(_)) => containers = containers.saturating_sub(1),
            _ => {}
        }
    }
    Found::Other(other)
}

/// What an event is to someone who looks for a paragraph.
enum Role {
    /// Part of a paragraph.
    Inline,
    /// The beginning of what has text that is not wanted.
    Silent,
    /// Its end.
    SilentEnd,
    /// Where a paragraph ends or begins.
    Block,
}

fn role(event: &Event) -> Role {
    match event {
        Event::Start(
            Tag::Image { .. }
            | Tag::Heading { .. }
            | Tag::CodeBlock(_)
            | Tag::HtmlBlock
            | Tag::Table(_)
            | Tag::FootnoteDefinition(_),
        ) => Role::Silent,
        Event::End(
            TagEnd::Image
            | TagEnd::Heading(_)
            | TagEnd::CodeBlock
            | TagEnd::HtmlBlock
            | TagEnd::Table
            | TagEnd::FootnoteDefinition,
        ) => Role::SilentEnd,
        Event::Start(Tag::BlockQuote(_) | Tag::List(_) | Tag::Item | Tag::Paragraph)
        | Event::End(TagEnd::BlockQuote(_) | TagEnd::List(_) | TagEnd::Item | TagEnd::Paragraph)
        | Event::Rule => Role::Block,
        _ => Role::Inline,
    }
}

/// Cuts a text at a word, so that with the ellipsis it has no more graphemes than [`LONGEST`].
fn shorten(text: String) -> String {
    let text = tidy(text);
    let Some(end) = grapheme(&text, LONGEST - 1).filter(|_| grapheme(&text, LONGEST).is_some()) else {
        return text;
    };
    let kept = &text[..end];
    // Where words have no spaces between them, the last space may be far away: then it is cut where it is full.
    let word = if text[end..].starts_with(' ') { end } else { kept.rfind(' ').unwrap_or(0) };
    let kept = if word > end / 2 { &kept[..word] } else { kept };
    format!("{}…", kept.trim_end_matches([' ', ',', ';', ':', '–', '—', '-', '(', '.']))
}

/// Where the grapheme number `index` (from 0) of `text` begins, if it has so many.
fn grapheme(text: &str, index: usize) -> Option<usize> {
    // The next character belongs to the grapheme if it is a combining one, hence one byte more.
    match text.as_bytes().get(..index + 2) {
        Some(start) if start.is_ascii() => Some(index),
        None if text.len() <= index => None,
        _ => text.grapheme_indices(true).nth(index).map(|(at, _)| at),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_gives_its_text() {
        for (markdown, text) in [
            ("", ""),
            ("  A  b\n c ", "A b c"),
            ("A *b* **c** `d` [e](f) ~~g~~ <b>h</b> &amp; \\* i", "A b c d e g h & * i"),
            ("1. FC Köln", "1. FC Köln"),
            ("# 1 *of* 2", "# 1 of 2"),
            ("![a *b*](c.png) d", "a b d"),
            ("a<br>b\nc\0", "a b c\u{fffd}"),
            ("a_b_c [sic]", "a_b_c [sic]"),
            ("no\u{a0}break", "no\u{a0}break"),
        ] {
            assert_eq!(plain(markdown), text, "{markdown:?}");
        }
    }

    #[test]
    fn the_first_paragraph_is_found() {
        for (markdown, text) in [
            ("", ""),
            ("# A\n\n![b](c.png)\n\n***\n\n> d\n\n- e\n\nf *g*\nh\n\ni\n", "f g h"),
            ("# A\n\n> b\n> c\n\n- d\n", "b c"),
            ("# A\n\n- d\n  - e\n\n> b\n", "d"),
            ("# A\n\n```\ncode\n```\n\n| a |\n|---|\n| b |\n", ""),
            ("<div>\nhtml\n</div>\n\ntext", "text"),
            ("Setext\n======\n\ntext", "text"),
            ("a\r\nb\r\n\r\nc\r\n", "a b"),
            ("a [b] [c][d] e\n\nf\n\n[b]: /b\n", "a b [c][d] e"),
            ("a[^1]\n\n[^1]: b\n", "a"),
            ("[^1]: b\n\na[^1]\n", "a"),
            ("a [sic] b\n\nc", "a [sic] b"),
            ("![pic](a.png) text <b>c</b>", "text c"),
            ("> [!NOTE]\n> a\n", "a"),
            ("```\n\na\n\nb\n", ""),
        ] {
            assert_eq!(first_paragraph(markdown), text, "{markdown:?}");
        }
    }

    #[test]
    fn a_long_paragraph_is_cut_at_a_word() {
        let words = "word, ".repeat(100);
        let cut = first_paragraph(&words);
        assert!(cut.ends_with("word…"), "{cut}");
        assert!((290..=300).contains(&cut.graphemes(true).count()));
        assert_eq!(first_paragraph(&"字".repeat(301)), "字".repeat(299) + "…");
        assert_eq!(first_paragraph(&"字".repeat(300)), "字".repeat(300));
        assert_eq!(first_paragraph(&"e\u{301}".repeat(301)), "e\u{301}".repeat(299) + "…");
        for (length, whole) in [(300, true), (301, false)] {
            assert_eq!(first_paragraph(&"a".repeat(length)).ends_with('a'), whole);
        }
        assert_eq!(first_paragraph(&("a".repeat(299) + "e\u{301}")).graphemes(true).count(), 300);
    }

    #[test]
    fn a_prefix_answers_as_the_whole_does() {
        let text = "# A\n\n> b\n\n".repeat(200) + "At last.\n\nMore.\n";
        assert_eq!(first_paragraph(&text), "At last.");
        assert_eq!(first_paragraph(&("- é\n\n".repeat(2000) + "# x\n")), "é");
    }

    #[test]
    fn words_are_counted_in_every_script() {
        for (parts, expected) in [
            (&["one two", " three"][..], 3),
            (&["o", "ne", " "], 1),
            (&["  "], 0),
            (&["Größe – 10\u{a0}%"], 4),
            (&["日本語。ABC"], 4),
            (&["한국어 단어"], 2),
        ] {
            let mut words = Words::default();
            for part in parts {
                words.read(part);
            }
            assert_eq!(words.count, expected, "{parts:?}");
        }
    }

    #[test]
    fn white_space_collapses() {
        for (text, tidied) in
            [("", ""), ("a b", "a b"), (" a", "a"), ("a\tb", "a b"), ("a  b", "a b"), ("a\n", "a")]
        {
            assert_eq!(tidy(text.to_owned()), tidied, "{text:?}");
        }
    }
}
