//! What there is at an address of the site: the same answer for whoever asks for the page, and for a tab that shows it.

use super::print::{self, Key, Print};
use super::response::{Content, Data, HTML, media_type};
use super::settings::Settings;
use super::stand::{Copy, Edition, Stand};
use crate::output::path_of;
use crate::source;
use axum::body::Bytes;
use axum::http::StatusCode;
use std::io::{self, ErrorKind};
use std::path::Path;

/// A file up to this size is read before it is sent; one of HTML becomes a page that follows along.
const LARGEST_PAGE: u64 = 8 << 20;

/// What becomes of a request for an address.
pub(super) enum Answer {
    Page(Shown),
    /// Anything that is no page.
    File(Content),
    /// It is at another address, from the host's root.
    Redirect(String),
    /// Another edition is on its way, which will have it.
    Later,
    Refused(StatusCode, &'static str),
}

/// A page that is shown, in HTML.
#[derive(Default)]
pub(super) struct Shown {
    pub status: StatusCode,
    pub bytes: Bytes,
    /// The key of what would be published.
    pub key: Key,
    pub found: Found,
}

/// What a visitor finds at an address.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Found {
    /// The page at this place in the plan.
    Page(usize),
    /// A sentence instead of that page, for it has errors and no last good copy.
    Unmade(usize),
    /// Nothing is published there.
    #[default]
    Nothing,
}

/// Whoever looks something up in an edition.
pub(super) struct LookUp<'a> {
    pub stand: &'a Stand,
    pub settings: &'a Settings,
    pub edition: &'a Edition,
    /// Whether a page whose file has changed since is left to the next edition.
    pub patient: bool,
}

impl LookUp<'_> {
    /// Finds what is published at an address from the host's root, which is decoded.
    pub(super) fn at(&self, path: &str) -> Answer {
        let Some((_, print)) = &self.edition.print else {
            // There is no site without an error yet: every address shows what is wrong.
            return bare(
                Found::Nothing,
                StatusCode::SERVICE_UNAVAILABLE,
                "The site cannot be shown until the errors are mended",
            );
        };
        let base = &print.site().config.base;
        let Some(address) = base.address_at(path) else {
            let home =
                path == "/" || base.address_at(&format!("{path}/")).is_some_and(|address| address == "/");
            return if home { Answer::Redirect(base.path().to_owned()) } else { self.not_found(print) };
        };
        if let Some(place) = print.plan().place(&path_of(&address)) {
            return self.planned(place, StatusCode::OK, Found::Page(place));
        }
        let folder = format!("{address}/");
        if !address.ends_with('/') && print.plan().find(&path_of(&folder)).is_some() {
            return Answer::Redirect(base.path_to(&folder));
        }
        self.not_found(print)
    }

    /// The site's own page for what is not there. What is shown beside it is about the address that was asked for, and not
    /// about that page.
    fn not_found(&self, print: &Print) -> Answer {
        match print.plan().place("404.html") {
            Some(place) => {
                Self { patient: false, ..*self }.planned(place, StatusCode::NOT_FOUND, Found::Nothing)
            }
            None => bare(Found::Nothing, StatusCode::NOT_FOUND, "Nothing is published here"),
        }
    }

    /// The page at a place of the plan.
    fn planned(&self, place: usize, status: StatusCode, found: Found) -> Answer {
        let Some(print) = &self.edition.print else { return Answer::Later };
        let path = &print.1.page(place).path;
        let media_type = media_type(path);
        let sent = |bytes: Bytes, key: Option<Key>| {
            if media_type == HTML {
                let key = key.unwrap_or_else(|| print::key(&bytes));
                Answer::Page(Shown { status, bytes, key, found })
            } else {
                Answer::File(Content { status, media_type: media_type.clone(), data: Data::Bytes(bytes) })
            }
        };
        match self.stand.copy(print, place) {
            Copy::Bytes(bytes, key) | Copy::Old(bytes, key) => sent(bytes, Some(key)),
            Copy::Outdated if self.may_come() => Answer::Later,
            Copy::Outdated | Copy::None => match self.stand.last_copy(path) {
                Some((bytes, key)) => sent(bytes, Some(key)),
                None if media_type == HTML => {
                    let found = if found == Found::Nothing { found } else { Found::Unmade(place) };
                    let why = "This page cannot be shown until the errors are mended";
                    bare(found, StatusCode::SERVICE_UNAVAILABLE, why)
                }
                None => Answer::Refused(
                    StatusCode::SERVICE_UNAVAILABLE,
                    "this file cannot be made until the errors are mended",
                ),
            },
            Copy::File(file) => match self.open(&print.1, place, &file) {
                Ok(Some(Data::Bytes(bytes))) => sent(bytes, None),
                Ok(Some(data)) => Answer::File(Content { status, media_type, data }),
                Ok(None) => Answer::Later,
                Err(ErrorKind::PermissionDenied) => Answer::Refused(
                    StatusCode::FORBIDDEN,
                    "the file may not be read, or a link leads out of the site's folder, which the preview does not follow",
                ),
                Err(_) if self.may_come() => Answer::Later,
                Err(_) => Answer::Refused(StatusCode::NOT_FOUND, "the file is no longer there"),
            },
        }
    }

    /// Whether what is out of date may be had of an edition to come: where there are errors, that may take long.
    fn may_come(&self) -> bool {
        self.patient && (self.edition.errors().is_empty() || self.stand.traffic.is_changing())
    }

    /// A file that is copied: its bytes, so that they are of one moment, unless it is large. `None` where it is no longer
    /// what the site was read from, as it may be in the midst of being written, and may come.
    fn open(&self, print: &Print, place: usize, file: &Path) -> Result<Option<Data>, ErrorKind> {
        let read = || {
            let opened = source::open_inside(&self.settings.root, file)?;
            let is_large = opened.metadata()?.len() > LARGEST_PAGE;
            let bytes = if is_large { None } else { Some(source::read_open(&opened)?) };
            // Asked when it has been read: it may be emptied at any moment.
            let is_whole = print.is_of(place, &opened);
            Ok((is_whole, bytes.map_or(Data::File(opened), |bytes| Data::Bytes(bytes.into()))))
        };
        let (is_whole, data) = read().map_err(|error: io::Error| error.kind())?;
        Ok(if !is_whole && self.may_come() { None } else { Some(data) })
    }
}

/// A page of one sentence, under the overlay.
fn bare(found: Found, status: StatusCode, sentence: &str) -> Answer {
    let page = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>{sentence}</title>\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n\
         <style>:root{{color-scheme:light dark}}body{{font:16px/1.5 system-ui,sans-serif;max-width:36em;\
         margin:20vh auto;padding:0 1em}}</style>\n</head>\n<body>\n<p>{sentence}.</p>\n</body>\n</html>\n"
    );
    let bytes = Bytes::from(page);
    Answer::Page(Shown { status, key: print::key(&bytes), bytes, found })
}
