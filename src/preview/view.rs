//! What a visitor sees besides the page: the preview's own part, which stands behind the published bytes.
//!
//! The bytes of a page are never touched. What is added follows them, and browsers take it into the page's body; so no
//! template can lose it, and what is published is exactly what comes before it.

use super::lookup::{Found, Shown};
use super::panel::{self, Below, Gone, Panel};
use super::print::{self, Print};
use super::settings::Settings;
use super::stand::{Edition, Stand};
use crate::diagnostic::{Diagnostic, nearest_path};
use crate::output::Subject;
use crate::site::State;
use std::fmt::Write;

/// The folder of the preview's own addresses, from the host's root.
pub(super) const OWN: &str = "/__dateline/";

/// A page as one visitor sees it.
pub(super) struct View<'a> {
    pub stand: &'a Stand,
    pub settings: &'a Settings,
    pub edition: &'a Edition,
    /// The address that was asked for, from the host's root, decoded.
    pub path: &'a str,
    pub shown: &'a Shown,
}

/// How many pages are named that may be meant by an address where there is none.
const SUGGESTIONS: usize = 5;

impl View<'_> {
    /// Everything that follows the page's published bytes.
    pub(super) fn suffix(&self) -> String {
        let panel = format!("<template shadowrootmode=\"open\">{}</template>", self.panel());
        format!("\n{}\n<script src=\"{OWN}client.js\" defer></script>\n", self.element(&panel))
    }

    /// The preview's element: what its script must know of the page, a panel, and marks beside links.
    pub(super) fn element(&self, panel: &str) -> String {
        let source = self.source().unwrap_or_default();
        let body = self.print().and_then(|print| print.body_digest(source)).map(|digest| print::hex(&digest));
        let mut html = format!(
            "<dateline-preview data-edition=\"{}\" data-key=\"{}\" data-source=\"{}\" data-body=\"{}\"",
            self.edition_name(),
            print::hex(&self.shown.key),
            escaped(source),
            body.unwrap_or_default(),
        );
        if self.settings.follow {
            html += " data-follow";
        }
        if self.is_gone() {
            html += " data-gone";
        }
        let marks = self.print().map(|print| marks(print, &self.shown.bytes)).unwrap_or_default();
        let _ = write!(html, ">{panel}{marks}</dateline-preview>");
        html
    }

    /// The ribbon, the bar and the overlay.
    pub(super) fn panel(&self) -> String {
        let errors = &self.edition.errors();
        let source = self.source();
        let all = self.edition.all_problems();
        let own =
            self.print().zip(self.place()).map(|(print, place)| print.problems_of(place)).unwrap_or_default();
        let is_own = |problem: &&Diagnostic| {
            own.contains(problem) || (source.is_some() && problem.file.as_deref() == source)
        };
        let warnings: Vec<&Diagnostic> = all.iter().filter(|problem| !problem.is_error()).collect();
        let (warnings, elsewhere): (Vec<&Diagnostic>, Vec<&Diagnostic>) =
            warnings.into_iter().partition(is_own);
        let config = self.print().map(|print| &print.site().config);
        let editor =
            self.settings.editor.as_deref().or(config.and_then(|config| config.preview.editor.as_deref()));
        let known = self.print().zip(self.place()).and_then(|(print, place)| print.known(place));
        let is_document = source.is_some();
        let root = self.settings.root.to_string_lossy();
        panel::html(&Panel {
            source,
            state: self
                .print()
                .zip(self.place().filter(|_| is_document))
                .map(|(print, place)| print.state(place)),
            when: self.when(),
            words: known.filter(|_| is_document).map(|known| known.words),
            warnings: &warnings,
            elsewhere: elsewhere.len(),
            outputs: self
                .print()
                .zip(self.place())
                .map(|(print, place)| print.siblings(place))
                .unwrap_or_default(),
            errors,
            key: problems_key(errors),
            below: match self.shown.found {
                _ if self.print().is_none() => Below::NoSite,
                Found::Unmade(_) => Below::NoPage,
                Found::Page(_) | Found::Nothing => Below::LastGood,
            },
            gone: self.gone(),
            editor,
            root: &root,
            home: config.map_or("/", |config| config.base.path()),
        })
    }

    /// The edition's name: two servers never call theirs the same.
    pub(super) fn edition_name(&self) -> String {
        format!("{}.{}", self.stand.boot, self.edition.number)
    }

    fn print(&self) -> Option<&Print> {
        self.edition.print.as_ref().map(|(_, print)| &**print)
    }

    fn source(&self) -> Option<&str> {
        self.print()?.source(self.place()?)
    }

    /// The page's place in the plan.
    fn place(&self) -> Option<usize> {
        match self.shown.found {
            Found::Page(place) | Found::Unmade(place) => Some(place),
            Found::Nothing => None,
        }
    }

    fn is_gone(&self) -> bool {
        self.shown.found == Found::Nothing && self.print().is_some()
    }

    /// When a scheduled article is due, or when an expired one was over.
    fn when(&self) -> Option<String> {
        let print = self.print()?;
        let Subject::Article(id) = print.page(self.place()?).subject else { return None };
        let article = print.site().article(id);
        match print.state(self.place()?) {
            State::Scheduled => Some(article.date.precise()),
            State::Expired => article.expires.map(|expires| expires.precise()),
            State::Published | State::Draft => None,
        }
    }

    fn gone(&self) -> Option<Gone<'_>> {
        let print = self.print().filter(|_| self.is_gone())?;
        let base = &print.site().config.base;
        let address = base.address_at(self.path);
        let departed = address.as_deref().and_then(|address| self.stand.departed(address));
        let moved_to =
            departed.as_deref().and_then(|source| print.of_source(source)).map(|(_, now)| base.path_to(now));
        let site = print.site();
        let ids = (0..).take(site.articles.len());
        let near = address.and_then(|address| nearest_path(&address, ids.clone().map(|id| site.address(id))));
        let nearest = ids.clone().find(|id| near == Some(site.address(*id)));
        // The newest are the ones that an editor works on.
        let newest = ids.filter(|id| Some(*id) != nearest);
        let suggestions = nearest
            .into_iter()
            .chain(newest)
            .take(SUGGESTIONS)
            .map(|id| (site.article(id).document.title.to_string(), base.path_to(site.address(id))));
        Some(Gone { address: self.path, source: departed, moved_to, suggestions: suggestions.collect() })
    }
}

/// Marks beside the links of a page that lead to what readers would not see: an element of styles, or nothing. An
/// address in a page is percent-encoded, and so holds nothing that would end a string of CSS.
fn marks(print: &Print, page: &[u8]) -> String {
    if print.is_all_published() {
        return String::new();
    }
    let text = String::from_utf8_lossy(page);
    let links =
        text.split("href=\"").skip(1).filter_map(|rest| rest.split_once('"')).map(|(address, _)| address);
    let mut marked: Vec<(&str, State)> =
        links.filter_map(|address| Some((address, print.unpublished(address)?))).collect();
    marked.sort_unstable_by_key(|(address, _)| *address);
    marked.dedup();
    if marked.is_empty() {
        return String::new();
    }
    let rules = marked.iter().map(|(address, state)| {
        let name = state.name();
        format!("body a[href=\"{address}\"]:not(:has(img,picture,svg))::after{{content:\"{name}\"}}")
    });
    let selectors = marked
        .iter()
        .map(|(address, _)| format!("body a[href=\"{address}\"]:not(:has(img,picture,svg))::after"));
    format!(
        "<style>{}{{{MARK}}}{}</style>",
        selectors.collect::<Vec<_>>().join(","),
        rules.collect::<String>()
    )
}

/// How such a mark looks, whatever the page does.
const MARK: &str = "display:inline-block;margin-inline-start:.5em;padding:.1em .5em;border-radius:1em;\
    background:#8a5a00;color:#fff;font:600 11px/1.5 system-ui,sans-serif;letter-spacing:.02em;\
    text-transform:none;text-decoration:none;vertical-align:middle";

/// What tells one set of errors from another; empty for none. On how many pages each was found so far is no part of it.
fn problems_key(errors: &[Diagnostic]) -> String {
    if errors.is_empty() {
        return String::new();
    }
    let problems: Vec<Diagnostic> = errors.iter().map(Diagnostic::without_notes).collect();
    print::hex(&print::key(format!("{problems:?}").as_bytes()))
}

/// Text as HTML.
fn escaped(text: &str) -> String {
    let mut html = String::with_capacity(text.len() + 16);
    // Writing to memory does not fail.
    let _ = pulldown_cmark_escape::escape_html(&mut html, text);
    html
}
