//! One address, judged: whether it is one of this site, and whether it leads somewhere.

use super::fault::{Fault, Form, Meant};
use super::html::Role;
use crate::config::{BaseUrl, Check};
use crate::output::path_of;
use crate::render::{Presence, Renderer};
use percent_encoding::percent_decode_str;
use url::Url;

/// What an address on a page comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Verdict {
    /// There is nothing to say of it.
    Fine,
    /// There is.
    Wrong(Fault),
    /// It leads off the site, to this address.
    Outbound(String),
    /// It leads to a place in a page of the site: the page's place in the plan, and the fragment as an address has it.
    Place(u32, String),
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

/// Where the addresses of one page stand.
#[derive(Debug)]
pub(super) struct Context {
    /// What relative addresses count from.
    from: Url,
    /// Whether that is the same wherever the page is shown.
    is_fixed: bool,
    medium: Medium,
}

impl Context {
    /// Where the addresses of a page stand that has an address of its own, and may have a `<base href>`.
    pub(super) fn new(own: Url, base: Option<&str>, medium: Medium) -> Self {
        let base = base.map(str::trim).and_then(|base| Some((own.join(base).ok()?, Form::of(base))));
        match base {
            Some((from, form)) => Self { from, is_fixed: form != Form::Relative, medium },
            None => Self { from: own, is_fixed: false, medium },
        }
    }
}

/// Judges the addresses of one site.
pub(super) struct Judge<'a> {
    renderer: &'a Renderer,
    base: &'a BaseUrl,
    home: Url,
    check: &'a Check,
}

impl<'a> Judge<'a> {
    /// `None` where the site's own address is none that a browser would take.
    pub(super) fn new(renderer: &'a Renderer) -> Option<Self> {
        let config = &renderer.site().config;
        let home = Url::parse(&config.base.home()).ok()?;
        Some(Self { renderer, base: &config.base, home, check: &config.check })
    }

    /// The whole address of a raw one from the site's home.
    pub(super) fn url_of(&self, address: &str) -> Url {
        Url::parse(&self.base.url_to(address)).unwrap_or_else(|_| self.home.clone())
    }

    /// Judges an address as it is written, without space around it.
    pub(super) fn judge(&self, written: &str, role: Role, context: &Context) -> Verdict {
        let form = Form::of(written);
        if written.is_empty() || (context.medium == Medium::Feed && form == Form::Relative) {
            return Verdict::Fine;
        }
        let Ok(url) = context.from.join(written) else { return Verdict::Wrong(Fault::Malformed) };
        if self.check.ignores(without_fragment(&url).as_str()) {
            return Verdict::Fine;
        }
        match url.scheme() {
            "http" | "https" => {}
            "javascript" => return Verdict::Wrong(Fault::Script),
            _ => return Verdict::Fine,
        }
        let is_adrift = context.medium == Medium::NotFound && !context.is_fixed;
        if is_adrift && form == Form::Relative && !written.starts_with('#') {
            return Verdict::Wrong(Fault::RelativeInNotFound);
        }
        if self.is_own(&url) {
            return self.own(role, form, &url, context);
        }
        if role == Role::Canonical {
            return Verdict::Wrong(Fault::ForeignCanonical);
        }
        outbound(role, &url)
    }

    /// Whether an address lies on the host of the site.
    fn is_own(&self, url: &Url) -> bool {
        let is_plain = url.scheme() == "http" && self.home.scheme() == "https" && url.port().is_none();
        url.host() == self.home.host()
            && (is_plain || url.port_or_known_default() == self.home.port_or_known_default())
    }

    /// Judges an address on the host of the site.
    fn own(&self, role: Role, form: Form, url: &Url, context: &Context) -> Verdict {
        let path = percent_decode_str(url.path()).decode_utf8_lossy();
        let Some(address) = self.base.address_at(&path) else {
            return if self.base.address_at(&format!("{path}/")).is_some() {
                Verdict::Wrong(Fault::NoSlash(self.base.path().to_owned()))
            } else if form == Form::Whole
                && role != Role::Canonical
                && (path == "/" || !self.is_planned(&path))
            {
                // Another site may live on this host, beside this one, and one at its root.
                outbound(role, url)
            } else {
                Verdict::Wrong(Fault::SkipsBase(self.meant(&path, url, context)))
            };
        };
        match self.renderer.presence(&address) {
            Some(Presence::Published) if url.scheme() != self.home.scheme() => {
                Verdict::Wrong(Fault::Insecure(address))
            }
            Some(Presence::Published) => self.place(url, &address),
            Some(Presence::Unknown) => Verdict::Fine,
            Some(Presence::Expired) => Verdict::Wrong(Fault::Expired),
            // The server finds both.
            None if self.is_planned(&format!("{address}.html")) => Verdict::Fine,
            None if self.is_planned(&format!("{address}/")) => {
                Verdict::Wrong(Fault::NoSlash(self.base.path_to(&format!("{address}/"))))
            }
            None if form == Form::Whole && role != Role::Canonical && self.is_beside(&address) => {
                outbound(role, url)
            }
            None => Verdict::Wrong(Fault::Dead { address, form }),
        }
    }

    /// Whether an address at which nothing is may be one of another site. Where this one lives at the root of its host,
    /// others may live in folders that it has not, as the projects of a user of GitHub do.
    fn is_beside(&self, address: &str) -> bool {
        let (folder, is_folder) = match address[1..].split_once('/') {
            Some((folder, _)) => (folder, true),
            None => (&address[1..], !address.contains('.')),
        };
        self.base.path() == "/" && is_folder && !self.renderer.plan().has_in(&format!("{folder}/"))
    }

    /// A place in a page of HTML; what a fragment means elsewhere is for others to know.
    fn place(&self, url: &Url, address: &str) -> Verdict {
        let fragment = url.fragment().unwrap_or_default();
        let path = path_of(address);
        // Behind ':~:' stand words to be found in the text.
        let names_place =
            !fragment.is_empty() && !fragment.eq_ignore_ascii_case("top") && !fragment.contains(":~:");
        match self.renderer.plan().place(&path).and_then(|place| u32::try_from(place).ok()) {
            Some(place) if names_place && path.ends_with(".html") => {
                Verdict::Place(place, fragment.to_owned())
            }
            _ => Verdict::Fine,
        }
    }

    /// What may be meant by an address that leads out of the site.
    fn meant(&self, path: &str, url: &Url, context: &Context) -> Meant {
        if !self.is_planned(path) {
            return Meant::Beside(url.as_str().to_owned());
        }
        let relative = context.from.make_relative(&self.url_of(path));
        match relative.filter(|_| context.medium == Medium::Style) {
            Some(relative) => Meant::FromStyle(relative),
            None => Meant::Page(path.to_owned()),
        }
    }

    fn is_planned(&self, address: &str) -> bool {
        self.renderer.plan().find(&path_of(address)).is_some()
    }
}

fn outbound(role: Role, url: &Url) -> Verdict {
    if role == Role::Link { Verdict::Outbound(asked(url).into()) } else { Verdict::Fine }
}

/// An address as its server is asked for it: without who asks, which is nobody's business but the link's author's, and
/// without a fragment.
pub(super) fn asked(url: &Url) -> Url {
    let mut url = without_fragment(url);
    // They fail for addresses that can have neither.
    let _ = url.set_username("");
    let _ = url.set_password(None);
    url
}

/// A server never sees what stands behind `#`.
pub(super) fn without_fragment(url: &Url) -> Url {
    let mut url = url.clone();
    url.set_fragment(None);
    url
}
