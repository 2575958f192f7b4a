//! Where an address is written: in the file that a page is made from, in a template, in the settings.
//!
//! A page does not say where its parts come from. An address that stands in a source word for word was written there; one
//! that a template puts together from pieces is found nowhere, and its page is named instead.

use super::findings::Places;
use crate::diagnostic::Diagnostic;
use crate::source::{self, SETTINGS, SourceTree};
use percent_encoding::percent_decode_str;
use std::cell::OnceCell;
use std::collections::BTreeSet;
use std::ops::Range;

/// In how many files an address is looked for. One that is on the pages of more comes from a template, as a rule.
const MOST_FILES: usize = 1000;

/// Finds where addresses are written.
pub(super) struct Locator<'a> {
    tree: &'a SourceTree,
    /// The settings and the user's templates, read when they are first asked for.
    shared: OnceCell<Vec<(String, String)>>,
}

impl<'a> Locator<'a> {
    pub(super) fn new(tree: &'a SourceTree) -> Self {
        Self { tree, shared: OnceCell::new() }
    }

    /// A problem with an address, once for every file it is written in; else once, with the pages it is on.
    pub(super) fn locate(&self, problem: &Diagnostic, written: &str, places: &Places) -> Vec<Diagnostic> {
        let spellings = spellings(written);
        let mut located = Vec::new();
        for (file, text) in self.shared() {
            if let Some(span) = find(text, &spellings) {
                let notes = places.notes();
                located.push(Diagnostic { notes, ..problem.clone() }.at(file, text, span));
            }
        }
        for file in places.files.iter().take(MOST_FILES) {
            let Ok(text) = source::read_text(&self.tree.root, file) else { continue };
            located.extend(find(&text, &spellings).map(|span| problem.clone().at(file, &text, span)));
        }
        if !located.is_empty() {
            return located;
        }
        let problem = Diagnostic { notes: places.notes(), ..problem.clone() };
        // It may be spelled there in a way that is not thought of here.
        match places.files.first().filter(|_| places.files.len() == 1) {
            Some(file) => vec![problem.in_file(&**file)],
            None => vec![problem],
        }
    }

    fn shared(&self) -> &[(String, String)] {
        self.shared.get_or_init(|| {
            let templates = self.tree.templates.iter().map(|file| &*file.path);
            let read = |path: &str| Some((path.to_owned(), self.tree.read_text(path).ok()?));
            std::iter::once(SETTINGS).chain(templates).filter_map(read).collect()
        })
    }
}

/// The ways an address can be written that comes out as it does.
fn spellings(written: &str) -> Vec<String> {
    let decoded = percent_decode_str(written).decode_utf8().map_or_else(|_| written.to_owned(), Into::into);
    let forms = [written.to_owned(), decoded];
    let escaped = forms.each_ref().map(|form| form.replace('&', "&amp;"));
    // The order is that of preference: as it is first.
    let mut seen = BTreeSet::new();
    forms.into_iter().chain(escaped).filter(|form| !form.is_empty() && seen.insert(form.clone())).collect()
}

/// Where one of some spellings stands as a whole address: in quotes or behind `=` rather than anywhere.
fn find(text: &str, spellings: &[String]) -> Option<Range<usize>> {
    let places = || {
        spellings.iter().flat_map(|spelling| {
            text.match_indices(spelling.as_str()).map(|(at, found)| at..at + found.len())
        })
    };
    let before = |span: &Range<usize>| text[..span.start].chars().next_back();
    let ends = |span: &Range<usize>| {
        text[span.end..]
            .chars()
            .next()
            .is_none_or(|next| !next.is_alphanumeric() && !"/%-_~?&=+#@:$;*.(".contains(next))
    };
    let is_quoted =
        |span: &Range<usize>| before(span).is_some_and(|last| "\"'=".contains(last)) && ends(span);
    let is_whole = |span: &Range<usize>| {
        before(span).is_none_or(|last| !last.is_alphanumeric() && !"/%-_.~".contains(last)) && ends(span)
    };
    places().find(is_quoted).or_else(|| places().find(is_whole))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found<'a>(text: &'a str, written: &str) -> Option<(usize, &'a str)> {
        find(text, &spellings(written)).map(|span| (span.start, &text[span]))
    }

    #[test]
    fn an_address_is_found_whole() {
        let text = "[x](/about/) <a href=\"/about/\">, /about/us/, (https://a.example/about/)";
        assert_eq!(found(text, "/about/"), Some((22, "/about/")));
        assert_eq!(
            found("see https://a.example/b and https://a.example/", "https://a.example/"),
            Some((28, "https://a.example/"))
        );
        assert_eq!(
            found("url = 'https://a.example/?a=1&amp;b=é'", "https://a.example/?a=1&b=%C3%A9")
                .map(|(at, _)| at),
            Some(7)
        );
        assert_eq!(found("https://a.example/bc", "https://a.example/b"), None);
    }
}
