//! What can be wrong with an address, and how that is said.

use crate::config::BaseUrl;
use crate::diagnostic::{Diagnostic, Severity};
use crate::site::scheme;
use std::borrow::Cow;

/// How many characters of an address a message names.
const LONGEST: usize = 300;

/// What is wrong with an address, with what it takes to say what to do about it.
///
/// What is found on one page has its words only once it is known on which others it is: most of what is wrong stands in
/// a template, and is found as often as that has pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Fault {
    /// It is a script.
    Script,
    /// It counts from an address that may be any.
    RelativeInNotFound,
    /// It cannot be read as an address.
    Malformed,
    /// The page says that it lies on another host.
    ForeignCanonical,
    /// It leads to the site, but not by https: to this raw address from the home.
    Insecure(String),
    /// It leads to what has expired.
    Expired,
    /// It reaches a page by a redirect, which lies at this path from the host's root.
    NoSlash(String),
    /// Nothing is published at this raw address from the site's home.
    Dead {
        /// The address that it comes to.
        address: String,
        /// How it is written.
        form: Form,
    },
    /// It leads out of the site.
    SkipsBase(Meant),
    /// Its page has no place of this name.
    NoPlace(String),
}

/// How an address is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// With its host.
    Whole,
    /// From the host's root.
    Rooted,
    /// From where it stands.
    Relative,
}

/// What an address that leads out of the site may be meant to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Meant {
    /// A page of the site, which has this path counted from the style sheet.
    FromStyle(String),
    /// A page of the site at this raw address from its home.
    Page(String),
    /// This, on the same host beside the site.
    Beside(String),
}

impl Form {
    /// How an address is written, whatever it leads to.
    pub(super) fn of(written: &str) -> Self {
        match written {
            _ if scheme(written).is_some() || written.starts_with("//") => Self::Whole,
            _ if written.starts_with('/') => Self::Rooted,
            _ => Self::Relative,
        }
    }
}

impl Fault {
    /// The stable name of this kind of problem.
    pub(super) fn code(&self) -> &'static str {
        match self {
            Self::Script => "javascript-link",
            Self::RelativeInNotFound => "relative-in-404",
            Self::Malformed => "bad-address",
            Self::ForeignCanonical => "foreign-canonical",
            Self::Insecure(_) => "insecure-link",
            Self::Expired => "link-to-expired",
            Self::NoSlash(_) => "missing-slash",
            Self::Dead { .. } => "dead-link",
            Self::SkipsBase(_) => "skips-base-path",
            Self::NoPlace(_) => "dead-fragment",
        }
    }

    pub(super) fn severity(&self) -> Severity {
        match self {
            Self::RelativeInNotFound | Self::Dead { .. } | Self::SkipsBase(_) => Severity::Error,
            _ => Severity::Warning,
        }
    }

    /// The problem with an address of a site at `base`. `near` finds an address of the site that may be meant by one at
    /// which nothing is.
    pub(super) fn problem(
        &self,
        written: &str,
        base: &BaseUrl,
        near: impl FnOnce(&str) -> Option<String>,
    ) -> Diagnostic {
        let message = format!("'{}' {}", shortened(written), self.what(base));
        let problem = match self.severity() {
            Severity::Error => Diagnostic::error(self.code(), message),
            Severity::Warning => Diagnostic::warning(self.code(), message),
        };
        match self.help(base, near) {
            Some(help) => problem.help(help),
            None => problem,
        }
    }

    fn what(&self, base: &BaseUrl) -> Cow<'static, str> {
        Cow::Borrowed(match self {
            Self::Script => "is a script, and leads nowhere without one",
            Self::RelativeInNotFound => "counts from the address that was not found, which may be any",
            Self::Malformed => "is no address",
            Self::ForeignCanonical => "is on another host, and the page says that it is its own address",
            Self::Insecure(_) => "leads to the site itself by http",
            Self::Expired => "leads to what has expired",
            Self::NoSlash(_) => "has no slash at its end, and reaches its page by a redirect",
            Self::Dead { .. } => "leads to nothing that is published",
            Self::SkipsBase(_) => {
                return Cow::Owned(format!("leads out of the site, which lives at {}", base.path()));
            }
            Self::NoPlace(_) => "leads to a place that its page does not have",
        })
    }

    fn help(&self, base: &BaseUrl, near: impl FnOnce(&str) -> Option<String>) -> Option<String> {
        Some(match self {
            Self::Script => "use a button, or an address that leads somewhere".to_owned(),
            Self::RelativeInNotFound => {
                format!("begin it with {}, or use link(to=…) in the template", base.path())
            }
            Self::Malformed => return None,
            Self::ForeignCanonical => format!(
                "search engines then leave the page out; its address begins with {}, and page.url is the whole of it",
                base.home()
            ),
            Self::Insecure(address) => format!("write {}", base.url_to(address)),
            Self::Expired => "take the link out".to_owned(),
            Self::NoSlash(path) => format!("write {path}"),
            Self::Dead { address, form } => dead(address, *form, base, near(address)),
            Self::SkipsBase(Meant::FromStyle(relative)) => {
                format!("count from where the style sheet lies: {}", shortened(relative))
            }
            Self::SkipsBase(Meant::Page(address)) => format!(
                "write {}; a link in Markdown and link(to=…) in a template take '{address}' and put the base path before it",
                base.path_to(address)
            ),
            Self::SkipsBase(Meant::Beside(whole)) => {
                format!("what is no part of the site has a whole address, such as {}", shortened(whole))
            }
            Self::NoPlace(fragment) => format!("no element of the page has id=\"{}\"", shortened(fragment)),
        })
    }
}

/// What to do about an address that nothing is at. It is written as it stands on a page: with the base path, which links
/// in Markdown do without.
fn dead(address: &str, form: Form, base: &BaseUrl, near: Option<String>) -> String {
    match (near, form) {
        (Some(near), Form::Whole) => format!("did you mean {}?", base.url_to(&near)),
        (Some(near), _) => format!("did you mean '{}'?", base.path_to(&near)),
        (None, Form::Relative) => {
            format!("it counts from where it stands, and comes to {}", shortened(&base.path_to(address)))
        }
        (None, _) => "publish something there, or take it out".to_owned(),
    }
}

/// An address as it is named in messages: without a password, and no longer than any that is meant for people.
pub(super) fn shortened(written: &str) -> Cow<'_, str> {
    let shown = without_user(written);
    match shown.char_indices().nth(LONGEST) {
        Some((end, _)) => Cow::Owned(format!("{}…", &shown[..end])),
        None => shown,
    }
}

/// An address without the user and password before its host.
fn without_user(written: &str) -> Cow<'_, str> {
    let Some((scheme, rest)) = written.split_once("//") else { return Cow::Borrowed(written) };
    let host = &rest[..rest.find(['/', '?', '#']).unwrap_or(rest.len())];
    match host.rfind('@').filter(|_| scheme.is_empty() || scheme.ends_with(':')) {
        Some(at) => Cow::Owned(format!("{scheme}//{}", &rest[at + 1..])),
        None => Cow::Borrowed(written),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_named_without_its_password() {
        assert_eq!(shortened("https://me:secret@a.example/b@c"), "https://a.example/b@c");
        assert_eq!(shortened("//me@a.example"), "//a.example");
        for plain in ["https://a.example/@b", "/a//b@c", "mailto:a@b.example", "https://a.example?b@c"] {
            assert_eq!(shortened(plain), plain);
        }
    }
}
