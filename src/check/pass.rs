//! One page, rendered and read.

use super::address::{Judge, Medium, Stand, Verdict};
use super::findings::Finding;
use super::html::Found;
use super::{css, data, html};
use crate::diagnostic::{Diagnostic, MOST_IN_A_FILE};
use crate::output::{self, Page, Subject};
use crate::render::{Body, Renderer};
use crate::site::Site;
use crate::source;
use std::borrow::Cow;
use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};

/// What is kept of a page that was read: nothing of its text.
#[derive(Debug, Default)]
pub(super) struct Reading {
    /// How large it is, in bytes.
    pub(super) size: u64,
    /// What was found while it was rendered.
    pub(super) diagnostics: Vec<Diagnostic>,
    /// What is wrong with addresses.
    pub(super) findings: Vec<Finding>,
    /// Addresses off the site, and how each is written.
    pub(super) outbound: Vec<(String, Box<str>)>,
    /// Links to places in pages of the site: how each is written, the page's place in the plan, and the id.
    pub(super) fragments: Vec<(Box<str>, usize, Box<str>)>,
    /// Digests of the ids that a fragment can name; the ids themselves would be most of what is kept.
    ids: HashSet<u64>,
}

impl Reading {
    /// Whether a page of HTML has an id; of what could not be read it is not said that it has not.
    pub(super) fn has(&self, id: &str) -> bool {
        self.size == 0 || self.ids.contains(&digest(id))
    }
}

/// The file that a page shows or publishes, from the site's root, where it is one.
pub(super) fn file_of<'a>(site: &'a Site, page: &Page) -> Option<&'a str> {
    match page.subject {
        Subject::Article(id) if page.kind.name == "article" => Some(&site.article(id).document.source),
        Subject::Standing(id) if page.kind.name == "standing" => {
            Some(&site.standing[id as usize].document.source)
        }
        _ => output::published_file(site, page.subject),
    }
}

/// Renders a page and reads it. Without a judge nothing is said of its addresses.
pub(super) fn read(renderer: &Renderer, judge: Option<&Judge<'_>>, page: &Page) -> Reading {
    let rendered = renderer.render(page);
    let mut reading = Reading { diagnostics: rendered.diagnostics, ..Reading::default() };
    let Some(body) = rendered.body else { return reading };
    match size(&body) {
        Ok(size) => reading.size = size,
        Err(cause) => reading.diagnostics.push(unreadable(renderer.site(), page, &cause)),
    }
    let ending = page.path.rsplit_once('.').map_or("", |(_, ending)| ending);
    let medium = match ending {
        "html" | "htm" if &*page.path == "404.html" => Medium::NotFound,
        "html" | "htm" => Medium::Page,
        "css" => Medium::Style,
        "xml" | "json" if matches!(page.kind.name, "feed" | "sitemap" | "news_sitemap") => Medium::Feed,
        _ => return reading,
    };
    let (Ok(bytes), Some(judge)) = (bytes(&body), judge) else { return reading };
    let text = String::from_utf8_lossy(&bytes);
    let found = match medium {
        Medium::Page | Medium::NotFound => html::read(&text),
        Medium::Feed if ending == "xml" => data::read_xml(&text),
        Medium::Feed => data::read_json(&text),
        Medium::Style => {
            let mut found = Found::default();
            css::read(&text, &mut found);
            found
        }
    };
    judge_all(&mut reading, judge, page, medium, found);
    reading
}

fn judge_all(reading: &mut Reading, judge: &Judge<'_>, page: &Page, medium: Medium, found: Found) {
    let own = judge.url_of(&page.address());
    let from = found.base.and_then(|base| own.join(base.trim()).ok()).unwrap_or(own);
    reading.ids = found.ids.iter().map(|id| digest(id)).collect();
    let mut seen = HashSet::new();
    for address in &found.addresses {
        let written = address.written.as_str();
        if !seen.insert((written, address.role)) {
            continue;
        }
        // A page that is wrong at every link is wrong once.
        if reading.findings.len() >= MOST_IN_A_FILE {
            return;
        }
        match judge.judge(address, Stand { from: &from, medium }) {
            Verdict::Fine => {}
            Verdict::Wrong(finding) => reading.findings.push(finding),
            Verdict::Outbound(url) => reading.outbound.push((url, written.into())),
            Verdict::Fragment(place, id) => reading.fragments.push((written.into(), place, id.into())),
        }
    }
}

fn digest(id: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    id.hash(&mut hasher);
    hasher.finish()
}

fn size(body: &Body) -> std::io::Result<u64> {
    match body {
        Body::Bytes(bytes) => Ok(bytes.len() as u64),
        Body::Static(bytes) => Ok(bytes.len() as u64),
        Body::File(path) => Ok(source::open(path)?.metadata()?.len()),
    }
}

fn bytes(body: &Body) -> std::io::Result<Cow<'_, [u8]>> {
    match body {
        Body::Bytes(bytes) => Ok(Cow::Borrowed(bytes)),
        Body::Static(bytes) => Ok(Cow::Borrowed(bytes)),
        Body::File(path) => Ok(Cow::Owned(source::read_open(&source::open(path)?)?)),
    }
}

fn unreadable(site: &Site, page: &Page, cause: &std::io::Error) -> Diagnostic {
    let problem = Diagnostic::error("unreadable", format!("it cannot be read: {cause}"));
    problem.in_file(output::published_file(site, page.subject).unwrap_or(&page.path))
}
