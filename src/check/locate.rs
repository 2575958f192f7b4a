//! Where an address is written: in the file that a page is made from, in a template, in the settings.
//!
//! A page does not say where its parts come from. An address that stands in a source word for word was written there; one
//! that a template puts together from pieces is found nowhere, and its page is named instead. A page's own file comes
//! first. Templates and settings are looked through for the pages that are left.

use super::fault::Form;
use super::findings::Places;
use super::pass;
use crate::diagnostic::Diagnostic;
use crate::render::Renderer;
use crate::source::{self, SETTINGS, SourceTree};
use percent_encoding::percent_decode_str;
use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// Finds where addresses are written.
pub(super) struct Locator<'a> {
    renderer: &'a Renderer,
    tree: &'a SourceTree,
    /// The settings and the user's templates, read when they are first asked for.
    shared: OnceCell<Vec<(String, String)>>,
}

impl<'a> Locator<'a> {
    pub(super) fn new(renderer: &'a Renderer, tree: &'a SourceTree) -> Self {
        Self { renderer, tree, shared: OnceCell::new() }
    }

    /// A problem with an address, once for every file it is written in; else once, with the pages it is on.
    pub(super) fn locate(&self, problem: &Diagnostic, written: &str, places: &Places) -> Vec<Diagnostic> {
        let spellings = spellings(written);
        let form = Form::of(written);
        let mut located = Vec::new();
        let mut is_in: BTreeMap<&str, bool> = BTreeMap::new();
        let mut look_in = |file| {
            *is_in.entry(file).or_insert_with(|| {
                let Ok(text) = source::read_text(&self.tree.root, file) else { return false };
                let found = find(&text, &spellings, |span| !counts_from_home(&text, span, form));
                located.extend(found.map(|span| problem.clone().at(file, &text, span)));
                located.last().is_some_and(|last| last.file.as_deref() == Some(file))
            })
        };
        for file in places.files() {
            look_in(file);
        }
        let is_left = |page: &u32| !self.file_of(*page).is_some_and(&mut look_in);
        let left: Vec<u32> = places.pages().filter(is_left).collect();
        if !left.is_empty() || places.unnamed() > 0 {
            let notes = self.notes(&left, places.unnamed());
            located.extend(
                self.in_shared(problem, form, &spellings)
                    .map(|problem| Diagnostic { notes: notes.clone(), ..problem }),
            );
        }
        // It may be spelled there in a way that is not thought of here.
        if located.is_empty() { vec![self.on_pages(problem, places)] } else { located }
    }

    /// A problem of some pages, at the file that they are made from where that is one.
    pub(super) fn on_pages(&self, problem: &Diagnostic, places: &Places) -> Diagnostic {
        let pages: Vec<u32> = places.pages().collect();
        let notes = self.notes(&pages, places.unnamed());
        let mut files: BTreeSet<&str> = pages.iter().filter_map(|page| self.file_of(*page)).collect();
        files.extend(places.files());
        let problem = Diagnostic { notes, ..problem.clone() };
        match files.first().filter(|_| files.len() == 1) {
            Some(file) => problem.in_file(*file),
            None => problem,
        }
    }

    fn in_shared(
        &self,
        problem: &Diagnostic,
        form: Form,
        spellings: &[String],
    ) -> impl Iterator<Item = Diagnostic> {
        let shared = self.shared().iter();
        // An address of the settings is whole, or counts from the site's home and is checked by a build.
        let shared = shared.filter(move |(file, _)| file != SETTINGS || form == Form::Whole);
        shared.filter_map(move |(file, text)| {
            let span = find(text, spellings, |span| !is_argument(text, span, form))?;
            Some(problem.clone().at(file, text, span))
        })
    }

    fn file_of(&self, page: u32) -> Option<&'a str> {
        pass::file_of(self.renderer.site(), &self.renderer.plan().pages[page as usize])
    }

    /// Some pages and how many besides, as the notes of a problem.
    fn notes(&self, pages: &[u32], unnamed: usize) -> Vec<String> {
        let address = |page: &u32| self.renderer.plan().pages[*page as usize].address();
        let mut notes: Vec<String> =
            pages.first().map(|page| format!("on {}", address(page))).into_iter().collect();
        match pages.len().saturating_sub(1) + unnamed {
            0 => {}
            1 => notes.push("the same on 1 more page".to_owned()),
            more => notes.push(format!("the same on {more} more pages")),
        }
        notes
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

/// Whether an address that begins with `/` stands in front matter outside of HTML. There it counts from the site's home and
/// is right: what came out as it is was written elsewhere.
fn counts_from_home(text: &str, span: &Range<usize>, form: Form) -> bool {
    let fence = ["+++", "---"].into_iter().find(|fence| text.starts_with(fence));
    let end = fence.and_then(|fence| Some(fence.len() + text[fence.len()..].find(&format!("\n{fence}"))?));
    let before = text[..span.start].trim_end_matches(['"', '\'', '\\']);
    form == Form::Rooted
        && end.is_some_and(|end| span.start < end)
        && !["href=", "src="].iter().any(|attribute| before.ends_with(attribute))
}

/// Whether an address that begins with `/` is given to a function of templates, which counts it from the site's home.
fn is_argument(text: &str, span: &Range<usize>, form: Form) -> bool {
    let before = text[..span.start].trim_end_matches(['"', '\'', '`']).trim_end();
    let key = before.strip_suffix('=').map(str::trim_end);
    form == Form::Rooted
        && key.is_some_and(|before| {
            ["to", "path"]
                .iter()
                .any(|key| before.strip_suffix(key).is_some_and(|rest| rest.ends_with(['(', ',', ' '])))
        })
}

/// Where one of some spellings stands as a whole address: in quotes or behind `=` rather than anywhere, and rather where
/// it is `preferred` than elsewhere.
fn find(text: &str, spellings: &[String], preferred: impl Fn(&Range<usize>) -> bool) -> Option<Range<usize>> {
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
    places()
        .find(|span| is_quoted(span) && preferred(span))
        .or_else(|| places().find(|span| is_whole(span) && preferred(span)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found<'a>(text: &'a str, written: &str) -> Option<(usize, &'a str)> {
        find(text, &spellings(written), |_| true).map(|span| (span.start, &text[span]))
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

    #[test]
    fn an_address_that_counts_from_the_home_is_not_the_one_on_the_page() {
        let text = "+++\nrelated = [\"/a/\"]\n+++\n<a href=/a/>";
        let at = |written: &str| text.rfind(written).unwrap();
        let span = find(text, &spellings("/a/"), |span| !counts_from_home(text, span, Form::Rooted));
        assert_eq!(span.map(|span| span.start), Some(at("/a/")));
        let html = "+++\nsummary = \"<a href='/a/'>\"\n+++\n";
        assert!(find(html, &spellings("/a/"), |span| !counts_from_home(html, span, Form::Rooted)).is_some());
        let text = "{{ link(to=\"/a/\") }} {{ asset( path = '/a/' ) }} <a href=\"/b/\">";
        let found = |written| find(text, &spellings(written), |span| !is_argument(text, span, Form::Rooted));
        assert_eq!((found("/a/"), found("/b/").map(|span| &text[span])), (None, Some("/b/")));
    }
}
