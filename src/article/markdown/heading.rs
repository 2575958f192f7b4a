//! The ids of headings, and the table of contents.

use crate::slug::{Letters, slugify};
use std::collections::HashMap;

/// A heading of a rendered text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Heading {
    /// 1 (the highest) to 6.
    pub level: u8,
    /// What a link to it names after `#`; raw, not percent-encoded.
    pub id: String,
    /// Its plain text.
    pub title: String,
    /// The headings of lower levels up to the next of this one.
    pub children: Vec<Heading>,
}

/// A heading while the text is read.
#[derive(Debug, Default)]
pub(super) struct Draft {
    /// 1 to 6.
    pub(super) level: u8,
    /// The id its author chose, or an empty one until [`assign`].
    pub(super) id: String,
    /// Its plain text.
    pub(super) title: String,
    /// Whether it is one of the text's own and not of a quote or a list.
    pub(super) listed: bool,
}

/// The ids of a page so far: each with the number that the next one like it gets.
#[derive(Debug, Default)]
pub(super) struct Ids(HashMap<String, usize>);

impl Ids {
    /// Takes an id: `wanted`, or the first of `wanted-2`, `wanted-3` … that is free.
    pub(super) fn take(&mut self, wanted: String) -> String {
        let Some(next) = self.0.get(&wanted) else {
            self.0.insert(wanted.clone(), 2);
            return wanted;
        };
        let mut number = *next;
        let mut free = format!("{wanted}-{number}");
        while self.0.contains_key(&free) {
            number += 1;
            free = format!("{wanted}-{number}");
        }
        self.0.insert(wanted, number + 1);
        self.0.insert(free.clone(), 2);
        free
    }
}

/// Gives every heading its id. The chosen ones come first, so that none of them has to give way to a heading
/// that merely reads the same.
pub(super) fn assign(headings: &mut [Draft], ids: &mut Ids, letters: Letters) {
    for heading in headings.iter_mut().filter(|heading| !heading.id.is_empty()) {
        heading.id = ids.take(std::mem::take(&mut heading.id));
    }
    for heading in headings.iter_mut().filter(|heading| heading.id.is_empty()) {
        let slug = slugify(&heading.title, letters);
        heading.id = ids.take(if slug.is_empty() { "section".to_owned() } else { slug });
    }
}

/// The table of contents: every heading below the last one of a higher level.
pub(super) fn contents(headings: Vec<Draft>) -> Vec<Heading> {
    let mut top = Vec::new();
    let mut open: Vec<Heading> = Vec::new();
    for Draft { level, id, title, .. } in headings.into_iter().filter(|heading| heading.listed) {
        close(&mut open, &mut top, level);
        open.push(Heading { level, id, title, children: Vec::new() });
    }
    close(&mut open, &mut top, 0);
    top
}

/// Closes the open headings that are not above `level`.
fn close(open: &mut Vec<Heading>, top: &mut Vec<Heading>, level: u8) {
    while let Some(done) = open.pop_if(|heading| heading.level >= level) {
        open.last_mut().map_or(&mut *top, |parent| &mut parent.children).push(done);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(level: u8, id: &str, title: &str) -> Draft {
        Draft { level, id: id.to_owned(), title: title.to_owned(), listed: true }
    }

    #[test]
    fn ids_are_unique_and_chosen_ones_stay() {
        let mut headings = [
            draft(2, "", "The end"),
            draft(2, "", "The end"),
            draft(2, "", "The end!"),
            draft(2, "the-end-2", "Later"),
            draft(2, "", "…"),
            draft(2, "", "Section"),
            draft(2, "the-end-2", "Twice"),
        ];
        assign(&mut headings, &mut Ids::default(), Letters::Unicode);
        let ids: Vec<&str> = headings.iter().map(|heading| heading.id.as_str()).collect();
        let expected =
            ["the-end", "the-end-3", "the-end-4", "the-end-2", "section", "section-2", "the-end-2-2"];
        assert_eq!(ids, expected);
    }

    #[test]
    fn contents_follow_the_levels() {
        let headings = [(3, "a"), (2, "b"), (4, "c"), (3, "d"), (2, "e")];
        let toc = contents(headings.map(|(level, title)| draft(level, title, title)).into());
        let names = |headings: &[Heading]| headings.iter().map(|h| h.title.clone()).collect::<String>();
        assert_eq!(names(&toc), "abe");
        assert_eq!(names(&toc[1].children), "cd");
    }
}
