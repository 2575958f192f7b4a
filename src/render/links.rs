//! The links and pictures of one document, resolved and checked as its Markdown is rendered.

use super::question::Question;
use super::questions::{Found, Questions, Unlinked};
use crate::article::Document;
use crate::article::markdown::{Destination, Links, Picture, Place};
use crate::config::encode_path;
use crate::diagnostic::{Diagnostic, MOST_IN_A_FILE, nearest, nearest_path};
use crate::output::Addresses;
use crate::site::{Hidden, Link, Target};
use crate::source;
use percent_encoding::percent_decode_str;
use std::ops::Range;

/// Resolves the links of a document.
pub(super) struct DocumentLinks<'a> {
    questions: &'a Questions,
    document: &'a Document,
    addresses: Addresses,
    /// The whole file, where the Markdown is its body; for inline Markdown of front matter, see [`Self::place_in`].
    text: Option<&'a str>,
    /// Links to places in the document itself, to be checked when it is rendered.
    fragments: Vec<(String, Range<usize>)>,
    /// What was found, and where in the Markdown.
    diagnostics: Vec<(Diagnostic, Range<usize>)>,
}

impl<'a> DocumentLinks<'a> {
    pub(super) fn new(
        questions: &'a Questions,
        document: &'a Document,
        addresses: Addresses,
        text: Option<&'a str>,
    ) -> Self {
        Self { questions, document, addresses, text, fragments: Vec::new(), diagnostics: Vec::new() }
    }

    pub(super) fn into_diagnostics(self) -> Vec<Diagnostic> {
        self.diagnostics.into_iter().map(|(problem, _)| problem).collect()
    }

    /// What was found in `inline` Markdown of front matter, at its place in the whole file `text`; where it is
    /// written otherwise there, with escapes or over several lines, the file alone is named.
    pub(super) fn place_in(self, text: &str, inline: &str) -> Vec<Diagnostic> {
        let front_matter = text.get(..self.document.body).unwrap_or_default();
        let Some(start) = front_matter.find(inline) else { return self.into_diagnostics() };
        let file = &self.document.source;
        let place = |(problem, span): (Diagnostic, Range<usize>)| {
            problem.at(file, text, start + span.start..start + span.end)
        };
        self.diagnostics.into_iter().map(place).collect()
    }

    pub(super) fn is_sound(&self) -> bool {
        self.diagnostics.is_empty()
    }

    /// Checks the links that lead into the document itself against its HTML.
    pub(super) fn check_fragments(&mut self, html: &str) {
        for (fragment, span) in std::mem::take(&mut self.fragments) {
            let id = percent_decode_str(&fragment).decode_utf8_lossy().into_owned();
            // An id stands in HTML as text does, and in raw HTML as its author wrote it.
            let written =
                id.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;");
            let sets =
                |id: &str| ['"', '\''].iter().any(|quote| html.contains(&format!(" id={quote}{id}{quote}")));
            let there = sets(&id) || sets(&written);
            if !there && !id.is_empty() && id != "top" {
                let problem = Diagnostic::error("dead-link", format!("this text has no heading '#{id}'"));
                let ids = html.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next());
                let problem = match nearest(&id, ids) {
                    Some(near) => problem.help(format!("did you mean '#{near}'?")),
                    None => problem.help("a heading gets an id of your own with {#id} behind it"),
                };
                self.report(problem, span);
            }
        }
    }

    /// A picture of the site or on another host.
    pub(super) fn picture(&self, src: &str) -> Result<Result<Picture, Unlinked>, Diagnostic> {
        // Front matter names files as they are on disk, where '#' and '%' are letters like others.
        let folder = self.document.source.rsplit_once('/').map_or("", |(folder, _)| folder);
        let literal = format!("{folder}/{src}");
        if self.document.bundle.iter().any(|file| **file == *literal) {
            return self.file(&literal).map(|found| found.map(|path| self.shown(&path, "")));
        }
        let found = match Link::parse(&self.document.source, src) {
            Link::External | Link::Other => {
                return Ok(Ok(Picture { src: src.to_owned(), size: None, srcset: None }));
            }
            Link::Address { path, suffix } => self.questions.planned(&path).map(|found| (found, suffix)),
            Link::File { source, suffix } => self.file(&source).map(|found| (found, suffix)),
            Link::Outside { beyond } => return Err(self.questions.outside(src, beyond)),
            Link::Fragment(_) | Link::Document { .. } => {
                Err(Diagnostic::error("missing-image", format!("'{src}' is no picture")))
            }
        };
        let (found, suffix) =
            found.map_err(|problem| Diagnostic { code: "missing-image".into(), ..problem })?;
        Ok(found.map(|path| self.shown(&path, suffix)))
    }

    fn shown(&self, path: &str, suffix: &str) -> Picture {
        self.questions.picture(path, suffix, self.addresses)
    }

    /// The raw output path of a file beside the document.
    fn file(&self, path: &str) -> Found {
        let site = &self.questions.site;
        let document = self.document;
        self.questions.ledger.other(|| Question::Beside(path.into()));
        if let Some(output) = site.bundle_file(path) {
            return Ok(Ok(output));
        }
        match site.bundle_owner(path) {
            Some(Target::Broken) => return Ok(Err(Unlinked::Broken)),
            Some(Target::Hidden(Hidden::Expired)) => return Ok(Err(Unlinked::Expired)),
            _ => {}
        }
        let problem = Diagnostic::error("dead-link", format!("there is no file {path}"));
        let index = format!("{}/index.md", path.trim_end_matches('/'));
        if site.targets.get(&index).is_some() {
            let from_content = index.strip_prefix("content/").unwrap_or(&index);
            let problem = Diagnostic { message: format!("{path} is a folder"), ..problem };
            return Err(problem.help(format!("link to the file in it: '@/{from_content}'")));
        }
        if source::exists(&self.questions.root, path) {
            return Err(Diagnostic { message: format!("{path} is not published"), ..problem }
                .help("give the article a folder of its own, as index.md beside the file, or move the file to static/"));
        }
        Err(match nearest_path(path, document.bundle.iter().map(AsRef::as_ref)) {
            Some(near) => {
                let near = near.rsplit('/').next().unwrap_or(near);
                problem.help(format!("did you mean '{near}'?"))
            }
            None if document.source.ends_with("/index.md") => {
                problem.help("put it beside this file, or in static/")
            }
            None => {
                problem.help("files of static/ have an address that begins with '/', such as /images/map.svg")
            }
        })
    }

    /// An address from the host's root, as the place it is printed in needs it.
    fn whole(&self, rooted: String) -> String {
        match self.addresses {
            Addresses::Rooted => rooted,
            Addresses::Absolute => format!("{}{rooted}", self.questions.site.config.base.origin()),
        }
    }

    fn report(&mut self, problem: Diagnostic, span: Range<usize>) {
        if self.diagnostics.len() >= MOST_IN_A_FILE {
            return;
        }
        let file = &self.document.source;
        let body = self.document.body;
        let problem = match self.text {
            Some(text) => problem.at(file, text, span.start + body..span.end + body),
            None => problem.in_file(file.to_string()),
        };
        self.diagnostics.push((problem, span));
    }

    fn resolve(&mut self, href: &str, span: &Range<usize>) -> Result<Destination, Diagnostic> {
        match Link::parse(&self.document.source, href) {
            Link::External => Ok(Destination::External),
            Link::Other => Ok(Destination::AsIs),
            Link::Outside { beyond } => Err(self.questions.outside(href, beyond)),
            // A summary is shown in lists too, where '#x' would lead into the list.
            Link::Fragment(fragment) if self.text.is_none() || self.addresses == Addresses::Absolute => {
                let own = self.document.source.clone();
                let fragment = percent_decode_str(fragment).decode_utf8_lossy();
                let checked = self.text.is_none().then_some(fragment.as_ref());
                let found = self.questions.document(&own, checked)?;
                let unchecked =
                    if checked.is_some() { String::new() } else { format!("#{}", encode_path(&fragment)) };
                Ok(self.lead(found.map(|address| format!("{address}{unchecked}")), &own, span))
            }
            Link::Fragment(fragment) => {
                self.fragments.push((fragment.to_owned(), span.clone()));
                Ok(Destination::AsIs)
            }
            Link::Address { path, suffix } => {
                let found = self.questions.planned(&path)?;
                let found =
                    found.map(|path| format!("{}{suffix}", self.questions.site.config.base.path_to(&path)));
                Ok(self.lead(found, &path, span))
            }
            Link::File { .. } if href.trim().is_empty() || href.trim().starts_with('?') => {
                Err(Diagnostic::error("dead-link", "the link leads nowhere")
                    .help("write an address between the brackets"))
            }
            Link::File { source, suffix } => {
                let base = &self.questions.site.config.base;
                let found = self.file(&source)?.map(|path| format!("{}{suffix}", base.path_to(&path)));
                Ok(self.lead(found, &source, span))
            }
            Link::Document { source, fragment } => {
                let found = self.questions.document(&source, fragment.as_deref())?;
                Ok(self.lead(found, &source, span))
            }
        }
    }

    /// To an address from the host's root, or knowingly nowhere.
    fn lead(&mut self, found: Result<String, Unlinked>, target: &str, span: &Range<usize>) -> Destination {
        match found {
            Ok(address) => Destination::Internal(self.whole(address)),
            Err(why) => {
                self.leave_out(why, target, span);
                Destination::Unlinked
            }
        }
    }

    /// Says why a link or a picture is left out, where that is not said elsewhere.
    fn leave_out(&mut self, why: Unlinked, target: &str, span: &Range<usize>) {
        if why == Unlinked::Expired {
            let message = format!("{target} has expired; the text stays unlinked");
            let problem = Diagnostic::warning("link-to-expired", message).help("take the link out");
            self.report(problem, span.clone());
        }
    }
}

impl Links for DocumentLinks<'_> {
    fn link(&mut self, href: &str, span: Range<usize>) -> Destination {
        self.resolve(href, &span).unwrap_or_else(|problem| {
            self.report(problem, span);
            Destination::Unlinked
        })
    }

    fn image(&mut self, src: &str, alt: &str, span: Range<usize>) -> Place {
        if alt.trim().is_empty() {
            let problem = Diagnostic::warning(
                "missing-alt",
                format!("the picture '{src}' has no text for those who cannot see it"),
            );
            self.report(problem.help("say what it shows: ![what it shows](picture.jpg)"), span.clone());
        }
        if matches!(Link::parse(&self.document.source, src), Link::External | Link::Other) {
            return Place::AsIs;
        }
        match self.picture(src) {
            Ok(Ok(picture)) => Place::Here(picture),
            Ok(Err(why)) => {
                self.leave_out(why, src, &span);
                Place::Nowhere
            }
            Err(problem) => {
                self.report(problem, span);
                Place::Nowhere
            }
        }
    }
}
