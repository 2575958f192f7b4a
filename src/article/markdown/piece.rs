//! HTML with gaps: what is known only when the whole text is read, and how it is put together then.

use super::heading::{Draft, Ids};
use super::options::Options;
use super::text::{escape, escape_url};
use crate::slug::{Letters, slugify};
use std::collections::HashMap;
use std::fmt::Write;

/// HTML while it is written: the text itself, or one of its footnotes.
#[derive(Debug, Default)]
pub(super) struct Piece {
    /// What is written.
    pub(super) html: String,
    /// Where something is missing, in bytes, in order.
    gaps: Vec<(usize, Gap)>,
}

/// What is missing.
#[derive(Debug, Clone, Copy)]
pub(super) enum Gap {
    /// The id of a heading, by its place among the headings.
    HeadingId(usize),
    /// The number of a footnote, by its place among [`Notes`].
    Reference(usize),
}

impl Piece {
    /// A piece with room for `capacity` bytes.
    pub(super) fn with_capacity(capacity: usize) -> Self {
        Self { html: String::with_capacity(capacity), gaps: Vec::new() }
    }

    /// Leaves a gap at the end of what is written.
    pub(super) fn leave(&mut self, gap: Gap) {
        self.gaps.push((self.html.len(), gap));
    }
}

/// The footnotes of a text, in the order they are met, and what is written of them.
#[derive(Debug, Default)]
pub(super) struct Notes {
    places: HashMap<String, usize>,
    notes: Vec<Note>,
    texts: Vec<Option<Piece>>,
}

#[derive(Debug, Default)]
struct Note {
    label: String,
    /// From 1; 0 where nothing refers to it.
    number: usize,
    id: String,
    /// The ids of the references to it.
    references: Vec<String>,
    /// How many of these are written.
    written: usize,
}

impl Notes {
    /// The place of a footnote. Labels are compared as the parser does, by their case folding.
    pub(super) fn place(&mut self, label: &str) -> usize {
        let place = *self.places.entry(caseless::default_case_fold_str(label)).or_insert(self.notes.len());
        if place == self.notes.len() {
            self.notes.push(Note { label: label.to_owned(), ..Note::default() });
            self.texts.push(None);
        }
        place
    }

    /// Sets a footnote's text. The first text of a label counts.
    pub(super) fn define(&mut self, place: usize, text: Piece) {
        if let Some(slot) = self.texts.get_mut(place) {
            slot.get_or_insert(text);
        }
    }

    /// Numbers the footnotes that something refers to, the text first and then the footnotes as they are
    /// numbered, and gives out ids. The answer is their places by number.
    fn number(&mut self, page: &Piece, ids: &mut Ids, letters: Letters) -> Vec<usize> {
        let mut order = Vec::new();
        let mut read = 0;
        let mut piece = Some(page);
        loop {
            for (_, gap) in piece.map_or(&[][..], |piece| &piece.gaps) {
                if let Gap::Reference(place) = *gap
                    && self.texts[place].is_some()
                {
                    let note = &mut self.notes[place];
                    if note.number == 0 {
                        order.push(place);
                        note.number = order.len();
                        note.id = ids.take(format!("fn-{}", note.name(letters)));
                    }
                    note.references.push(ids.take(format!("fnref-{}", note.name(letters))));
                }
            }
            let Some(place) = order.get(read) else { return order };
            piece = self.texts[*place].as_ref();
            read += 1;
        }
    }
}

impl Note {
    /// What its ids are made of.
    fn name(&self, letters: Letters) -> String {
        let slug = slugify(&self.label, letters);
        if slug.is_empty() { self.number.to_string() } else { slug }
    }
}

/// Fills the gaps of `page`, whose headings have their ids, and puts the footnotes behind it.
pub(super) fn assemble(
    page: Piece,
    headings: &[Draft],
    mut notes: Notes,
    ids: &mut Ids,
    options: &Options,
) -> String {
    if page.gaps.is_empty() {
        return page.html;
    }
    let order = notes.number(&page, ids, options.letters);
    let rest: usize =
        order.iter().filter_map(|place| notes.texts[*place].as_ref()).map(|text| text.html.len()).sum();
    let mut html = String::with_capacity(page.html.len() + rest + 64 * (page.gaps.len() + 3 * order.len()));
    fill(&mut html, &page, headings, &mut notes.notes, options.here);
    if order.is_empty() {
        return html;
    }
    html.push_str("<section class=\"footnotes\" role=\"doc-endnotes\">\n<ol>\n");
    for place in order {
        html.push_str("<li id=\"");
        escape(&mut html, &notes.notes[place].id);
        html.push_str("\">\n");
        if let Some(text) = &notes.texts[place] {
            fill(&mut html, text, headings, &mut notes.notes, options.here);
        }
        link_back(&mut html, &notes.notes[place], options.here);
        html.push_str("</li>\n");
    }
    html.push_str("</ol>\n</section>\n");
    html
}

/// Writes a piece and what is missing in it.
fn fill(html: &mut String, piece: &Piece, headings: &[Draft], notes: &mut [Note], here: &str) {
    let mut from = 0;
    for (at, gap) in &piece.gaps {
        html.push_str(&piece.html[from..*at]);
        from = *at;
        match *gap {
            Gap::HeadingId(place) => escape(html, &headings[place].id),
            Gap::Reference(place) => refer(html, &mut notes[place], here),
        }
    }
    html.push_str(&piece.html[from..]);
}

/// Writes a footnote's number where it is referred to.
fn refer(html: &mut String, note: &mut Note, here: &str) {
    let Some(id) = note.references.get(note.written) else {
        // The parser found a text for this label and we did not: it stays what its author typed.
        html.push_str("[^");
        escape(html, &note.label);
        html.push(']');
        return;
    };
    note.written += 1;
    html.push_str("<sup><a href=\"");
    lead_to(html, here, &note.id);
    html.push_str("\" id=\"");
    escape(html, id);
    html.push_str("\" role=\"doc-noteref\">");
    let _ = write!(html, "{}</a></sup>", note.number);
}

/// Writes the address of a place in the text.
fn lead_to(html: &mut String, here: &str, id: &str) {
    escape(html, here);
    html.push('#');
    escape_url(html, id);
}

/// Writes the ways back from a footnote to where it is referred to, at the end of its last paragraph.
fn link_back(html: &mut String, note: &Note, here: &str) {
    let paragraph = html.ends_with("</p>\n");
    if paragraph {
        html.truncate(html.len() - "</p>\n".len());
    }
    for (index, id) in note.references.iter().enumerate() {
        html.push_str(if index == 0 && !paragraph { "<a href=\"" } else { " <a href=\"" });
        lead_to(html, here, id);
        // The sign's plain form is asked for, lest it be drawn as an emoji.
        html.push_str("\" role=\"doc-backlink\">\u{21a9}\u{fe0e}");
        if index > 0 {
            let _ = write!(html, "<sup>{}</sup>", index + 1);
        }
        html.push_str("</a>");
    }
    html.push_str(if paragraph { "</p>\n" } else { "\n" });
}
