//! One page, rendered and read.

use super::address::{Context, Judge, Medium, Verdict};
use super::fault::Fault;
use super::html::Found;
use super::{css, data, html};
use crate::diagnostic::{Diagnostic, MOST_IN_A_FILE, Severity};
use crate::output::{self, Page, Subject};
use crate::render::{Body, Renderer};
use crate::site::Site;
use crate::source;
use percent_encoding::percent_decode_str;
use std::borrow::Cow;
use std::collections::{BTreeMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io;

/// What a page comes to: nothing of its text.
#[derive(Debug, Default)]
pub(super) struct Reading {
    /// Whether it could be rendered.
    pub(super) is_rendered: bool,
    /// How large it is, in bytes, where that is known.
    pub(super) size: Option<u64>,
    /// What a fragment can name, where it is a page of HTML that could be read.
    pub(super) ids: Option<Ids>,
    /// What was found while it was rendered.
    pub(super) diagnostics: Vec<Diagnostic>,
    /// What is wrong with addresses, each as it is written.
    pub(super) faults: Vec<(Box<str>, Fault)>,
    /// How many addresses are wrong besides.
    pub(super) more: BTreeMap<Severity, usize>,
    /// Addresses off the site, and how each is written.
    pub(super) outbound: Vec<(String, Box<str>)>,
    /// Links to places in other pages of the site: the page's place in the plan, how each is written, and its fragment.
    pub(super) fragments: Vec<(u32, Box<str>, Box<str>)>,
}

/// Digests of the ids of a page, sorted; the ids themselves would be most of what is kept of a site.
#[derive(Debug, Default)]
pub(super) struct Ids(Box<[u64]>);

impl Ids {
    fn of(ids: &[String]) -> Self {
        let mut digests: Vec<u64> = ids.iter().map(|id| digest(id)).collect();
        digests.sort_unstable();
        digests.dedup();
        Self(digests.into())
    }

    /// Whether a fragment names one of them: as it is, or else decoded, which is the order of browsers.
    pub(super) fn has(&self, fragment: &str) -> bool {
        let has = |id: &str| self.0.binary_search(&digest(id)).is_ok();
        has(fragment) || has(&percent_decode_str(fragment).decode_utf8_lossy())
    }
}

fn digest(id: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    id.hash(&mut hasher);
    hasher.finish()
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

/// Renders the page at a place in the plan and reads it. Without a judge nothing is said of its addresses; those off the
/// site are kept where `outbound` says so.
pub(super) fn read(renderer: &Renderer, judge: Option<&Judge<'_>>, place: u32, outbound: bool) -> Reading {
    let page = &renderer.plan().pages[place as usize];
    let rendered = renderer.render(page);
    let is_rendered = rendered.body.is_some();
    let mut reading = Reading { is_rendered, diagnostics: rendered.diagnostics, ..Reading::default() };
    let Some(body) = rendered.body else { return reading };
    let (Some(medium), Some(judge)) = (medium(page), judge) else {
        match size(&body) {
            Ok(size) => reading.size = Some(size),
            Err(cause) => reading.diagnostics.push(unreadable(renderer.site(), page, &cause)),
        }
        return reading;
    };
    match bytes(&body) {
        Ok(bytes) => {
            reading.size = Some(bytes.len() as u64);
            let found = find(&String::from_utf8_lossy(&bytes), medium, &page.path);
            judge_all(&mut reading, judge, place, page, medium, &found);
            if !outbound {
                reading.outbound = Vec::new();
            }
        }
        Err(cause) => reading.diagnostics.push(unreadable(renderer.site(), page, &cause)),
    }
    reading
}

/// What a page is read as; `None` where it has no addresses.
fn medium(page: &Page) -> Option<Medium> {
    match page.path.rsplit_once('.')?.1 {
        "html" | "htm" if &*page.path == "404.html" => Some(Medium::NotFound),
        "html" | "htm" => Some(Medium::Page),
        "css" => Some(Medium::Style),
        "xml" | "json" if matches!(page.kind.name, "feed" | "sitemap" | "news_sitemap") => Some(Medium::Feed),
        _ => None,
    }
}

fn find(text: &str, medium: Medium, path: &str) -> Found {
    match medium {
        Medium::Page | Medium::NotFound => html::read(text),
        Medium::Feed if path.ends_with(".xml") => data::read_xml(text),
        Medium::Feed => data::read_json(text),
        Medium::Style => {
            let mut found = Found::default();
            css::read(text, &mut found);
            found
        }
    }
}

fn judge_all(
    reading: &mut Reading,
    judge: &Judge<'_>,
    place: u32,
    page: &Page,
    medium: Medium,
    found: &Found,
) {
    let own = judge.url_of(&page.address());
    let context = Context::new(own, found.base.as_deref(), medium);
    let ids = Ids::of(&found.ids);
    let (mut seen, mut wrong, mut kept) = (HashSet::new(), HashSet::new(), BTreeMap::new());
    for address in &found.addresses {
        let written = address.written.trim();
        if !seen.insert((written, address.role)) {
            continue;
        }
        let fault = match judge.judge(written, address.role, &context) {
            Verdict::Fine => continue,
            Verdict::Outbound(url) => {
                reading.outbound.push((url, written.into()));
                continue;
            }
            Verdict::Place(page, fragment) if page != place => {
                reading.fragments.push((page, written.into(), fragment.into()));
                continue;
            }
            Verdict::Place(_, fragment) if ids.has(&fragment) => continue,
            Verdict::Place(_, fragment) => Fault::NoPlace(fragment),
            Verdict::Wrong(fault) => fault,
        };
        if !wrong.insert((written, fault.code())) {
            continue;
        }
        // A page that is wrong at every link is wrong once; but a hundred trifles do not hide what matters.
        let kept: &mut usize = kept.entry(fault.severity()).or_default();
        *kept += 1;
        if *kept <= MOST_IN_A_FILE {
            reading.faults.push((written.into(), fault));
        } else {
            *reading.more.entry(fault.severity()).or_default() += 1;
        }
    }
    if matches!(medium, Medium::Page | Medium::NotFound) {
        reading.ids = Some(ids);
    }
}

fn size(body: &Body) -> io::Result<u64> {
    match body {
        Body::Bytes(bytes) => Ok(bytes.len() as u64),
        Body::Static(bytes) => Ok(bytes.len() as u64),
        Body::File(path) => Ok(source::open(path)?.metadata()?.len()),
    }
}

fn bytes(body: &Body) -> io::Result<Cow<'_, [u8]>> {
    match body {
        Body::Bytes(bytes) => Ok(Cow::Borrowed(bytes)),
        Body::Static(bytes) => Ok(Cow::Borrowed(bytes)),
        Body::File(path) => Ok(Cow::Owned(source::read_open(&source::open(path)?)?)),
    }
}

fn unreadable(site: &Site, page: &Page, cause: &io::Error) -> Diagnostic {
    let problem = Diagnostic::error("unreadable", format!("it cannot be read: {cause}"));
    problem.in_file(output::published_file(site, page.subject).unwrap_or(&page.path))
}
