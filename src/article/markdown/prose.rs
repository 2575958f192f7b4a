//! A text as it is read, without its marks, and where in the file each piece of it stands.

use super::parse;
use super::text::push;
use pulldown_cmark::{Event, Parser, Tag, TagEnd};
use std::ops::Range;

/// A text as plain text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Prose {
    /// The words, with a line break behind each block. Code and footnotes are among them, what pictures show and HTML are not.
    pub text: String,
    /// Where links lead, as it is written, and where they stand in the Markdown.
    pub links: Vec<(String, Range<usize>)>,
    /// Parts of `text` that stand in block quotes, in their order.
    pub quotes: Vec<Range<usize>>,
    /// Where pieces begin in `text` and in the Markdown, in the order of `text`.
    pieces: Vec<(usize, usize)>,
}

impl Prose {
    /// Where in the Markdown a place of the text is.
    pub fn origin(&self, at: usize) -> usize {
        let piece = self.pieces.partition_point(|(begin, _)| *begin <= at);
        self.pieces[..piece].last().map_or(0, |(begin, origin)| origin + (at - begin))
    }
}

/// Reads a text.
pub fn prose(markdown: &str) -> Prose {
    let mut prose = Prose { text: String::with_capacity(markdown.len()), ..Prose::default() };
    let (mut pictures, mut quotes, mut quoted_from) = (0_usize, 0_usize, 0);
    for (event, span) in Parser::new_ext(markdown, parse::blocks(false)).into_offset_iter() {
        match &event {
            Event::Start(Tag::Image { .. }) => pictures += 1,
            Event::End(TagEnd::Image) => pictures = pictures.saturating_sub(1),
            Event::Start(Tag::Link { dest_url, .. }) => prose.links.push((dest_url.to_string(), span)),
            Event::Start(Tag::BlockQuote(_)) => {
                if quotes == 0 {
                    quoted_from = prose.text.len();
                }
                quotes += 1;
            }
            Event::End(TagEnd::BlockQuote(_)) => {
                quotes = quotes.saturating_sub(1);
                if quotes == 0 {
                    prose.quotes.push(quoted_from..prose.text.len());
                }
            }
            Event::End(
                TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::Item | TagEnd::TableCell | TagEnd::CodeBlock,
            ) => prose.text.push('\n'),
            Event::Text(text) | Event::Code(text) if pictures == 0 => {
                // Code in a line begins behind its mark.
                let is_marked = matches!(event, Event::Code(_));
                let mark = if is_marked { markdown[span.clone()].find(&**text).unwrap_or(0) } else { 0 };
                prose.pieces.push((prose.text.len(), span.start + mark));
                prose.text.push_str(text);
            }
            _ if pictures == 0 => push(&mut prose.text, &event),
            _ => {}
        }
    }
    prose
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_keep_their_places_and_quotes_are_marked() {
        let markdown = "# Head\n\nOne *two* [three](https://a.example/ \"t\") `four`<br>five &amp; six.[^1]\n\n\
            > Said\n> > deep\n\n![alt](p.jpg) <span>seven</span>\n\n- item\n\n| a | b |\n|---|---|\n| c | d |\n\n[^1]: Note.\n";
        let prose = prose(markdown);
        assert_eq!(
            prose.text,
            "Head\nOne two three four five & six.\nSaid\ndeep\n seven\nitem\na\nb\nc\nd\nNote.\n"
        );
        for word in ["Head", "two", "three", "four", "five", "six", "deep", "seven", "item", "d\n", "Note"] {
            let at = prose.text.find(word).unwrap();
            assert!(markdown[prose.origin(at)..].starts_with(word.trim()), "{word}");
        }
        assert_eq!(
            prose.quotes.iter().map(|quote| &prose.text[quote.clone()]).collect::<Vec<_>>(),
            ["Said\ndeep\n"]
        );
        let (to, span) = &prose.links[0];
        assert_eq!(
            (to.as_str(), &markdown[span.clone()]),
            ("https://a.example/", "[three](https://a.example/ \"t\")")
        );
    }
}
