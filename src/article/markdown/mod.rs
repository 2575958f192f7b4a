//! Markdown as HTML and as plain text.
//!
//! A text is parsed once and written as its events come. What is known only at its end (the ids of headings, the
//! numbers of footnotes) is left as a gap in the HTML and filled in then. Nothing here knows the site: where a
//! link leads is asked of a [`Links`], and the words that rendering adds are asked of [`Options`].

mod heading;
mod options;
mod parse;
mod piece;
mod prose;
mod text;
mod writer;

pub use self::heading::Heading;
pub use self::options::{Destination, Links, Options, Picture, Place};
pub use self::prose::{Prose, prose};
pub use self::text::{first_paragraph, plain, stands_alone};

use self::writer::{Finished, Writer};
use pulldown_cmark::Parser;
use std::ops::Range;

/// A rendered text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Html {
    /// The text as HTML: blocks, each on lines of its own.
    pub html: String,
    /// The headings outside of quotes, lists and footnotes, by their levels.
    pub toc: Vec<Heading>,
    /// How many words it has, code and footnotes included. Where a script sets no spaces (Han, kana), every
    /// character is one.
    pub words: usize,
}

/// Renders a text.
///
/// `links` is asked for every link and picture in the order they are written, also for those in footnotes that
/// nothing refers to and that are left out. An address in `<me@example.org>` is not asked for.
pub fn render(markdown: &str, options: &Options, links: &mut dyn Links) -> Html {
    let Finished { html, headings, words } = blocks(markdown, options, links);
    Html { html, toc: heading::contents(headings), words }
}

/// Renders a text that is no more than a line: emphasis, code, links, pictures and inline HTML, and no `<p>`.
/// What would begin a block elsewhere (`1. FC Köln`, `# 1`) is text here; a line break is a space.
pub fn inline(markdown: &str, options: &Options, links: &mut dyn Links) -> String {
    if parse::is_plain(markdown) {
        return markdown.to_owned();
    }
    let line = parse::Line::new(markdown);
    let mut writer = Writer::new(options, links, line.text.len());
    for (event, span) in Parser::new_ext(&line.text, parse::inlines(options.smart)).into_offset_iter() {
        writer.event(event, line.span(&span));
    }
    parse::Line::unwrap(writer.finish().html)
}

/// The ids that [`render`] gives to the headings of a text, in their order. Those in footnotes get none.
pub fn heading_ids(markdown: &str, options: &Options) -> Vec<String> {
    blocks(markdown, options, &mut NoLinks).headings.into_iter().map(|heading| heading.id).collect()
}

fn blocks(markdown: &str, options: &Options, links: &mut dyn Links) -> Finished {
    let mut writer = Writer::new(options, links, markdown.len());
    for (event, span) in Parser::new_ext(markdown, parse::blocks(options.smart)).into_offset_iter() {
        writer.event(event, span);
    }
    writer.finish()
}

/// For a rendering of which only the headings are wanted.
struct NoLinks;

impl Links for NoLinks {
    fn link(&mut self, _href: &str, _span: Range<usize>) -> Destination {
        Destination::AsIs
    }

    fn image(&mut self, _src: &str, _alt: &str, _span: Range<usize>) -> Place {
        Place::AsIs
    }
}

#[cfg(test)]
mod tests;
