//! The events of a parser, written as HTML.

use super::heading::{self, Draft, Ids};
use super::options::{Destination, Links, Options, Picture, Place};
use super::piece::{self, Gap, Notes, Piece};
use super::text::{self, Words, escape, escape_body, escape_url};
use pulldown_cmark::{
    Alignment, BlockQuoteKind, CodeBlockKind, CowStr, Event, HeadingLevel, LinkType, Tag, TagEnd,
};
use std::fmt::Write;
use std::mem;
use std::ops::Range;

/// What is written when all is read.
pub(super) struct Finished {
    pub(super) html: String,
    pub(super) headings: Vec<Draft>,
    pub(super) words: usize,
}

/// Writes HTML event by event.
pub(super) struct Writer<'t, 'o> {
    options: &'o Options<'o>,
    links: &'o mut dyn Links,
    /// What is being written: the text, or the footnote that is open.
    page: Piece,
    /// What is written around the open footnotes, and their places.
    around: Vec<(Piece, usize)>,
    notes: Notes,
    headings: Vec<Draft>,
    in_heading: bool,
    /// How many quotes and lists are open.
    containers: usize,
    words: Words,
    /// The open links, and whether each has a tag: in Markdown they can nest (`[a <me@b.org>](c)`), in HTML not.
    linked: Vec<bool>,
    picture: Option<Described<'t>>,
    alignments: Vec<Alignment>,
    cell: usize,
    in_table_head: bool,
}

/// The open picture: its alternative text is read before it is written.
struct Described<'t> {
    src: CowStr<'t>,
    title: CowStr<'t>,
    alt: String,
    span: Range<usize>,
    /// How many tags are open inside of it.
    depth: usize,
}

impl<'t, 'o> Writer<'t, 'o> {
    /// A writer for a text of `length` bytes.
    pub(super) fn new(options: &'o Options<'o>, links: &'o mut dyn Links, length: usize) -> Self {
        Self {
            options,
            links,
            page: Piece::with_capacity(length + length / 4 + 64),
            around: Vec::new(),
            notes: Notes::default(),
            headings: Vec::new(),
            in_heading: false,
            containers: 0,
            words: Words::default(),
            linked: Vec::new(),
            picture: None,
            alignments: Vec::new(),
            cell: 0,
            in_table_head: false,
        }
    }

    /// Writes an event; `span` is its place in the text.
    pub(super) fn event(&mut self, event: Event<'t>, span: Range<usize>) {
        if self.picture.is_some() {
            self.describe(&event);
            return;
        }
        match event {
            Event::Start(tag) => self.start(tag, span),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => self.text(&text),
            Event::Code(code) => {
                self.push("<code>");
                self.text(&code);
                self.push("</code>");
            }
            Event::Html(html) | Event::InlineHtml(html) => self.push(&html),
            Event::SoftBreak => self.line_break("\n"),
            Event::HardBreak => self.line_break("<br>\n"),
            Event::Rule => self.block("<hr>\n"),
            Event::FootnoteReference(label) => {
                let place = self.notes.place(&label);
                self.page.leave(Gap::Reference(place));
            }
            Event::TaskListMarker(done) => self.task(done),
            Event::InlineMath(text) | Event::DisplayMath(text) => self.text(&text),
        }
    }

    /// Fills what was left open.
    pub(super) fn finish(mut self) -> Finished {
        let letters = self.options.letters;
        let mut ids = Ids::default();
        for heading in &mut self.headings {
            heading.title = text::tidy(mem::take(&mut heading.title));
        }
        heading::assign(&mut self.headings, &mut ids, letters);
        let html = piece::assemble(self.page, &self.headings, self.notes, &mut ids, self.options);
        Finished { html: text::printable(html), headings: self.headings, words: self.words.count }
    }

    fn start(&mut self, tag: Tag<'t>, span: Range<usize>) {
        match tag {
            Tag::Paragraph => self.block("<p>"),
            Tag::Heading { level, id, classes, attrs } => self.heading(level, id, &classes, &attrs),
            Tag::BlockQuote(kind) => self.quote(kind),
            Tag::CodeBlock(CodeBlockKind::Fenced(info)) => self.code(&info),
            Tag::CodeBlock(CodeBlockKind::Indented) => self.code(""),
            Tag::List(first) => {
                self.containers += 1;
                match first {
                    None => self.block("<ul>\n"),
                    Some(1) => self.block("<ol>\n"),
                    Some(first) => {
                        self.block("<ol start=\"");
                        let _ = writeln!(self.page.html, "{first}\">");
                    }
                }
            }
            Tag::Item => self.block("<li>"),
            Tag::FootnoteDefinition(label) => {
                let place = self.notes.place(&label);
                self.around.push((mem::take(&mut self.page), place));
            }
            Tag::Table(alignments) => {
                self.alignments = alignments;
                self.block("<div class=\"table\" tabindex=\"0\">\n<table>\n");
            }
            Tag::TableHead => {
                self.in_table_head = true;
                self.cell = 0;
                self.push("<thead>\n<tr>");
            }
            Tag::TableRow => {
                self.cell = 0;
                self.push("<tr>");
            }
            Tag::TableCell => self.cell(),
            Tag::Emphasis => self.push("<em>"),
            Tag::Strong => self.push("<strong>"),
            Tag::Strikethrough => self.push("<del>"),
            Tag::Link { link_type, dest_url, title, .. } => self.link(link_type, &dest_url, &title, span),
            Tag::Image { dest_url, title, .. } => {
                self.picture = Some(Described { src: dest_url, title, alt: String::new(), span, depth: 0 });
            }
            // What is left is HTML, which stands for itself, and extensions that are not read.
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph => self.push("</p>\n"),
            TagEnd::Heading(level) => {
                self.in_heading = false;
                self.push(
                    ["</h1>\n", "</h2>\n", "</h3>\n", "</h4>\n", "</h5>\n", "</h6>\n"][level as usize - 1],
                );
            }
            TagEnd::BlockQuote(kind) => {
                self.containers = self.containers.saturating_sub(1);
                self.block(if kind.is_some() { "</div>\n" } else { "</blockquote>\n" });
            }
            TagEnd::CodeBlock => self.push("</code></pre>\n"),
            TagEnd::List(ordered) => {
                self.containers = self.containers.saturating_sub(1);
                self.push(if ordered { "</ol>\n" } else { "</ul>\n" });
            }
            TagEnd::Item => self.push("</li>\n"),
            TagEnd::FootnoteDefinition => {
                if let Some((around, place)) = self.around.pop() {
                    self.notes.define(place, mem::replace(&mut self.page, around));
                }
            }
            TagEnd::Table => self.push("</tbody>\n</table>\n</div>\n"),
            TagEnd::TableHead => {
                self.in_table_head = false;
                self.push("</tr>\n</thead>\n<tbody>\n");
            }
            TagEnd::TableRow => self.push("</tr>\n"),
            TagEnd::TableCell => {
                self.cell += 1;
                self.push(if self.in_table_head { "</th>" } else { "</td>" });
            }
            TagEnd::Emphasis => self.push("</em>"),
            TagEnd::Strong => self.push("</strong>"),
            TagEnd::Strikethrough => self.push("</del>"),
            TagEnd::Link if self.linked.pop() == Some(true) => self.push("</a>"),
            _ => {}
        }
    }

    fn push(&mut self, html: &str) {
        self.page.html.push_str(html);
    }

    /// Begins a line, and ends a word.
    fn block(&mut self, html: &str) {
        self.words.gap();
        if !self.page.html.is_empty() && !self.page.html.ends_with('\n') {
            self.page.html.push('\n');
        }
        self.push(html);
    }

    fn text(&mut self, text: &str) {
        self.words.read(text);
        self.title(text);
        escape_body(&mut self.page.html, text);
    }

    fn line_break(&mut self, html: &str) {
        self.words.gap();
        self.title(" ");
        self.push(html);
    }

    /// Adds to the title of the heading that is open, if one is.
    fn title(&mut self, text: &str) {
        if self.in_heading
            && let Some(heading) = self.headings.last_mut()
        {
            heading.title.push_str(text);
        }
    }

    fn heading(
        &mut self,
        level: HeadingLevel,
        id: Option<CowStr>,
        classes: &[CowStr],
        attributes: &[(CowStr, Option<CowStr>)],
    ) {
        let level = level as u8;
        self.block(["<h1", "<h2", "<h3", "<h4", "<h5", "<h6"][usize::from(level) - 1]);
        if self.around.is_empty() {
            self.push(" id=\"");
            self.page.leave(Gap::HeadingId(self.headings.len()));
            self.push("\"");
            let id = id.map(CowStr::into_string).unwrap_or_default();
            self.headings.push(Draft { level, id, title: String::new(), listed: self.containers == 0 });
            self.in_heading = true;
        }
        for (index, class) in classes.iter().enumerate() {
            self.push(if index == 0 { " class=\"" } else { " " });
            escape(&mut self.page.html, class);
        }
        self.push(if classes.is_empty() { "" } else { "\"" });
        // A second `id` or `class` would be invalid, and they have forms of their own: `#` and `.`.
        let own = |name: &str| ["id", "class"].iter().any(|own| own.eq_ignore_ascii_case(name));
        for (name, value) in attributes.iter().filter(|(name, _)| !own(name)) {
            self.push(" ");
            escape(&mut self.page.html, name);
            self.push("=\"");
            escape(&mut self.page.html, value.as_deref().unwrap_or_default());
            self.push("\"");
        }
        self.push(">");
    }

    fn quote(&mut self, kind: Option<BlockQuoteKind>) {
        self.containers += 1;
        let kind = match kind {
            None => return self.block("<blockquote>\n"),
            Some(BlockQuoteKind::Note) => "note",
            Some(BlockQuoteKind::Tip) => "tip",
            Some(BlockQuoteKind::Important) => "important",
            Some(BlockQuoteKind::Warning) => "warning",
            Some(BlockQuoteKind::Caution) => "caution",
        };
        self.block("<div class=\"alert alert-");
        self.push(kind);
        self.push("\" role=\"note\">\n<p class=\"alert-title\">");
        escape_body(&mut self.page.html, &(self.options.word)(&format!("alert_{kind}")));
        self.push("</p>\n");
    }

    fn task(&mut self, done: bool) {
        self.push("<input type=\"checkbox\" disabled");
        self.push(if done { " checked aria-label=\"" } else { " aria-label=\"" });
        escape(&mut self.page.html, &(self.options.word)(if done { "task_done" } else { "task_open" }));
        self.push("\"> ");
    }

    fn code(&mut self, info: &str) {
        // A long line scrolls, so that it must be within reach of a keyboard.
        self.block("<pre tabindex=\"0\"><code");
        if let Some(language) = info.split_ascii_whitespace().next() {
            self.push(" class=\"language-");
            escape(&mut self.page.html, language);
            self.push("\"");
        }
        self.push(">");
    }

    fn cell(&mut self) {
        self.words.gap();
        self.push(if self.in_table_head { "<th" } else { "<td" });
        self.push(match self.alignments.get(self.cell) {
            Some(Alignment::Left) => " style=\"text-align: left\">",
            Some(Alignment::Center) => " style=\"text-align: center\">",
            Some(Alignment::Right) => " style=\"text-align: right\">",
            Some(Alignment::None) | None => ">",
        });
    }

    fn link(&mut self, kind: LinkType, href: &str, title: &str, span: Range<usize>) {
        let email = kind == LinkType::Email;
        let destination = if email { Destination::AsIs } else { self.links.link(href, span) };
        let written = destination != Destination::Unlinked && !self.linked.contains(&true);
        self.linked.push(written);
        if !written {
            return;
        }
        let html = &mut self.page.html;
        match &destination {
            Destination::Internal(address) => {
                html.push_str("<a href=\"");
                escape(html, address);
            }
            Destination::External | Destination::AsIs | Destination::Unlinked => {
                html.push_str(if email { "<a href=\"mailto:" } else { "<a href=\"" });
                escape_url(html, href);
            }
        }
        if destination == Destination::External {
            attribute(html, "\" rel=\"", self.options.external_rel);
        }
        attribute(html, "\" title=\"", title);
        html.push_str("\">");
    }

    /// Reads a part of a picture's alternative text; at the picture's end, writes the picture.
    fn describe(&mut self, event: &Event) {
        let Some(picture) = &mut self.picture else { return };
        match event {
            Event::Start(_) => picture.depth += 1,
            Event::End(_) if picture.depth > 0 => picture.depth -= 1,
            Event::End(_) => {
                if let Some(picture) = self.picture.take() {
                    self.picture(&picture);
                }
            }
            event => text::push(&mut picture.alt, event),
        }
    }

    fn picture(&mut self, described: &Described) {
        self.title(&described.alt);
        let place = self.links.image(&described.src, &described.alt, described.span.clone());
        let html = &mut self.page.html;
        match &place {
            Place::Nowhere => return escape_body(html, &described.alt),
            Place::Here(picture) => {
                html.push_str("<img src=\"");
                escape(html, &picture.src);
            }
            Place::AsIs => {
                html.push_str("<img src=\"");
                escape_url(html, &described.src);
            }
        }
        html.push_str("\" alt=\"");
        escape(html, &described.alt);
        attribute(html, "\" title=\"", &described.title);
        if let Place::Here(picture) = &place {
            measure(html, picture, self.options.sizes);
        }
        html.push_str("\" loading=\"lazy\" decoding=\"async\">");
    }
}

/// Writes how large a picture is, so that the page keeps room for it, and what else there is to choose from. An
/// attribute is open before it and after it.
fn measure(html: &mut String, picture: &Picture, sizes: &str) {
    if let Some((width, height)) = picture.size {
        let _ = write!(html, "\" width=\"{width}\" height=\"{height}");
    }
    if let Some(srcset) = &picture.srcset {
        attribute(html, "\" srcset=\"", srcset);
        attribute(html, "\" sizes=\"", sizes);
    }
}

/// Closes an attribute and opens another with its value, unless that is empty.
fn attribute(html: &mut String, name: &str, value: &str) {
    if !value.is_empty() {
        html.push_str(name);
        escape(html, value);
    }
}
