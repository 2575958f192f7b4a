//! One address, judged: whether it is one of this site, and whether it leads somewhere.

use super::findings::Finding;
use super::html::{Address, Role};
use crate::config::{BaseUrl, Check};
use crate::diagnostic::Diagnostic;
use crate::output::path_of;
use crate::render::{Presence, Renderer};
use percent_encoding::percent_decode_str;
use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use url::Url;

/// How many characters of an address a message names.
const LONGEST: usize = 300;

/// What an address on a page comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Verdict {
    /// There is nothing to say of it.
    Fine,
    /// There is.
    Wrong(Finding),
    /// It leads off the site, to this address.
    Outbound(String),
    /// It leads to a place in a page of the site: the page's place in the plan, and the id.
    Fragment(usize, String),
}

/// Where an address stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stand<'a> {
    /// The address that relative ones count from.
    pub(super) from: &'a Url,
    /// What it stands in.
    pub(super) medium: Medium,
}

/// What an address stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Medium {
    /// A page with an address of its own.
    Page,
    /// The page that is shown for every address that leads nowhere.
    NotFound,
    /// A style sheet.
    Style,
    /// A feed or sitemap, which is read elsewhere.
    Feed,
}

/// Judges the addresses of one site.
pub(super) struct Judge<'a> {
    renderer: &'a Renderer,
    base: &'a BaseUrl,
    home: Url,
    check: &'a Check,
    /// What is known of addresses that nothing is planned at: to find what may be meant takes long.
    absent: Mutex<HashMap<String, Result<Presence, Diagnostic>>>,
}

impl<'a> Judge<'a> {
    /// `None` where the site's own address is none that a browser would take.
    pub(super) fn new(renderer: &'a Renderer) -> Option<Self> {
        let config = &renderer.site().config;
        let home = Url::parse(&config.base.home()).ok()?;
        Some(Self { renderer, base: &config.base, home, check: &config.check, absent: Mutex::default() })
    }

    /// The whole address of a raw one from the site's home.
    pub(super) fn url_of(&self, address: &str) -> Url {
        Url::parse(&self.base.url_to(address)).unwrap_or_else(|_| self.home.clone())
    }

    /// Judges an address.
    pub(super) fn judge(&self, address: &Address, stand: Stand<'_>) -> Verdict {
        let written = address.written.trim();
        let is_whole = has_scheme(written) || written.starts_with("//");
        if written.is_empty() || (stand.medium == Medium::Feed && !is_whole && !written.starts_with('/')) {
            return Verdict::Fine;
        }
        if written.get(..11).is_some_and(|scheme| scheme.eq_ignore_ascii_case("javascript:")) {
            let problem = warning("javascript-link", written, "is a script, and leads nowhere without one");
            return wrong(problem.help("use a button, or an address that leads somewhere"), written);
        }
        if stand.medium == Medium::NotFound && !is_whole && !written.starts_with(['/', '#']) {
            let what = "counts from the address that was not found, which may be any";
            let help = format!("begin it with {}, or use link(to=…) in the template", self.base.path());
            return wrong(error("relative-in-404", written, what).help(help), written);
        }
        let Ok(url) = stand.from.join(written) else {
            return wrong(warning("bad-address", written, "is no address"), written);
        };
        if !matches!(url.scheme(), "http" | "https") || self.check.ignores(without_fragment(&url).as_str()) {
            return Verdict::Fine;
        }
        if self.is_own(&url) {
            return self.own(address.role, written, &url, stand, is_whole);
        }
        if address.role == Role::Canonical {
            let what = "is on another host, and the page says that it is its own address";
            let help = format!(
                "search engines then leave the page out; its address begins with {}, and page.url is the whole of it",
                self.base.home()
            );
            return wrong(warning("foreign-canonical", written, what).help(help), written);
        }
        outbound(address.role, &url)
    }

    /// Whether an address lies on the host of the site.
    fn is_own(&self, url: &Url) -> bool {
        let is_plain = url.scheme() == "http" && self.home.scheme() == "https" && url.port().is_none();
        url.host() == self.home.host()
            && (is_plain || url.port_or_known_default() == self.home.port_or_known_default())
    }

    /// Judges an address on the host of the site.
    fn own(&self, role: Role, written: &str, url: &Url, stand: Stand<'_>, is_whole: bool) -> Verdict {
        let path = percent_decode_str(url.path()).decode_utf8_lossy();
        let Some(address) = self.base.address_at(&path) else {
            return if self.base.address_at(&format!("{path}/")).is_some() {
                no_slash(written, self.base.path())
            } else if is_whole && role != Role::Canonical && !self.is_mislaid(&path) {
                // Another site may live on this host, beside this one, and one at its root.
                outbound(role, url)
            } else {
                self.skips_base(written, &path, url, stand)
            };
        };
        match self.presence(&address) {
            Ok(Presence::Published) if url.scheme() != self.home.scheme() => {
                let what = format!("leads to the site itself by {}", url.scheme());
                let help = format!("write {}", self.base.url_to(&address));
                wrong(warning("insecure-link", written, &what).help(help), written)
            }
            Ok(Presence::Published) => self.fragment(url, &address),
            Ok(Presence::Unknown) => Verdict::Fine,
            Ok(Presence::Expired) => {
                let problem = warning("link-to-expired", written, "leads to what has expired");
                wrong(problem.help("take the link out"), written)
            }
            // The server finds both.
            Err(_) if self.is_planned(&format!("{address}.html")) => Verdict::Fine,
            Err(_) if self.is_planned(&format!("{address}/")) => {
                no_slash(written, &self.base.path_to(&format!("{address}/")))
            }
            Err(problem) => {
                let what = "leads to nothing that is published";
                wrong(Diagnostic { help: problem.help, ..error(problem.code, written, what) }, written)
            }
        }
    }

    /// Whether an address beside the site would lead to a page of it with the base path before it.
    fn is_mislaid(&self, path: &str) -> bool {
        path != "/" && self.presence(path) == Ok(Presence::Published)
    }

    /// A place in a page of HTML; what a fragment means elsewhere is for others to know.
    fn fragment(&self, url: &Url, address: &str) -> Verdict {
        let fragment = percent_decode_str(url.fragment().unwrap_or_default()).decode_utf8_lossy();
        let path = path_of(address);
        // Behind ':~:' stand words to be found in the text.
        let names_place =
            !fragment.is_empty() && !fragment.eq_ignore_ascii_case("top") && !fragment.contains(":~:");
        match self.renderer.plan().place(&path) {
            Some(place) if names_place && path.ends_with(".html") => {
                Verdict::Fragment(place, fragment.into_owned())
            }
            _ => Verdict::Fine,
        }
    }

    fn skips_base(&self, written: &str, path: &str, url: &Url, stand: Stand<'_>) -> Verdict {
        let what = format!("leads out of the site, which lives at {}", self.base.path());
        let problem = error("skips-base-path", written, &what);
        let is_meant = self.presence(path) == Ok(Presence::Published);
        let meant = self.url_of(path);
        let problem = match stand.from.make_relative(&meant).filter(|_| stand.medium == Medium::Style) {
            Some(relative) if is_meant => {
                problem.help(format!("count from where the style sheet lies: {}", shortened(&relative)))
            }
            _ if is_meant => problem.help(format!(
                "write {}; a link in Markdown and link(to=…) in a template take '{path}' and put the base path before it",
                meant.path()
            )),
            _ => {
                let whole = shortened(url.as_str());
                problem.help(format!("what is no part of the site has a whole address, such as {whole}"))
            }
        };
        wrong(problem, written)
    }

    fn is_planned(&self, address: &str) -> bool {
        self.renderer.plan().find(&path_of(address)).is_some()
    }

    fn presence(&self, address: &str) -> Result<Presence, Diagnostic> {
        if self.is_planned(address) {
            return Ok(Presence::Published);
        }
        // A lock whose holder panicked guards a map: what is in it is whole.
        let lock = || self.absent.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = lock().get(address) {
            return known.clone();
        }
        let found = self.renderer.presence(address);
        lock().insert(address.to_owned(), found.clone());
        found
    }
}

/// The problem that a place in a page is not there.
pub(super) fn no_place(written: &str, fragment: &str) -> Finding {
    let problem = warning("dead-fragment", written, "leads to a place that its page does not have");
    Finding::new(problem.help(format!("no element of the page has id=\"{}\"", shortened(fragment))), written)
}

fn no_slash(written: &str, path: &str) -> Verdict {
    let problem =
        warning("missing-slash", written, "has no slash at its end, and reaches its page by a redirect");
    wrong(problem.help(format!("write {path}")), written)
}

fn error(code: &'static str, written: &str, what: &str) -> Diagnostic {
    Diagnostic::error(code, format!("'{}' {what}", shortened(written)))
}

fn warning(code: &'static str, written: &str, what: &str) -> Diagnostic {
    Diagnostic::warning(code, format!("'{}' {what}", shortened(written)))
}

/// An address as it is named in messages: no longer than any that is meant for people.
pub(super) fn shortened(written: &str) -> Cow<'_, str> {
    match written.char_indices().nth(LONGEST) {
        Some((end, _)) => Cow::Owned(format!("{}…", &written[..end])),
        None => Cow::Borrowed(written),
    }
}

fn outbound(role: Role, url: &Url) -> Verdict {
    if role == Role::Link { Verdict::Outbound(without_fragment(url).into()) } else { Verdict::Fine }
}

fn wrong(problem: Diagnostic, written: &str) -> Verdict {
    Verdict::Wrong(Finding::new(problem, written))
}

/// A server never sees what stands behind `#`.
pub(super) fn without_fragment(url: &Url) -> Url {
    let mut url = url.clone();
    url.set_fragment(None);
    url
}

fn has_scheme(written: &str) -> bool {
    let scheme =
        written.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || b"+.-".contains(byte)).count();
    scheme > 0 && written.as_bytes()[0].is_ascii_alphabetic() && written.as_bytes().get(scheme) == Some(&b':')
}
