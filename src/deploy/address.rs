//! Whether the address that a site is built for is one that the remote's pages can have.

use super::domain::domain;
use super::github::{GitHubRepository, is_pages_host};
use crate::config::BaseUrl;
use crate::diagnostic::Diagnostic;

/// Hosts that stand for nobody's: what a site is built for until someone says where it will be.
const NOBODYS: [&str; 3] = ["example.org", "example.com", "example.net"];

/// What is known of a site's address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// The address itself.
    pub home: String,
    /// The domain for the file `CNAME`, where the site has one of its own.
    pub domain: Option<String>,
    /// Whether the remote is known to serve its pages there, once it is told to.
    pub is_sure: bool,
}

/// Finds out whether pages pushed to `github` can be at `base_url`. Where the remote is no repository on GitHub, nobody
/// can know, and any address is as good.
///
/// # Errors
/// They cannot, and what to do about it.
pub(super) fn fit(base_url: &BaseUrl, github: Option<&GitHubRepository>) -> Result<Address, Diagnostic> {
    let own = own_domain(base_url);
    let Some(github) = github else {
        return Ok(Address { home: base_url.home(), domain: own, is_sure: false });
    };
    let home = github.base_url();
    let sure = |domain| Ok(Address { home: base_url.home(), domain, is_sure: true });
    if base_url.home().eq_ignore_ascii_case(&home) {
        return sure(None);
    }
    let host = base_url.host();
    // Private pages of organizations are at a host that GitHub makes up.
    if host.ends_with(".pages.github.io") {
        return sure(None);
    }
    let is_at_root = base_url.path() == "/";
    if own.is_some() && is_at_root {
        return sure(own);
    }
    // A user's pages may have a domain; then projects are below it, and name none themselves.
    let below_users_domain =
        !github.is_users_page() && base_url.path().eq_ignore_ascii_case(&format!("/{}/", github.name));
    if below_users_domain && !is_pages_host(host) && !is_nobodys(host) && domain(host).is_ok() {
        return sure(None);
    }
    Err(misfit(base_url, github, &home))
}

fn misfit(base_url: &BaseUrl, github: &GitHubRepository, home: &str) -> Diagnostic {
    let message = format!("the site is built for {}, where no pages of {github} can be", base_url.home());
    let problem = Diagnostic::error("other-address", message);
    let host = base_url.host();
    let problem = if is_nobodys(host) {
        problem.note(format!("{host} stands for the address that a site does not have yet"))
    } else if is_pages_host(host) {
        problem.note(format!("its pages are at {home}, unless they have a domain of their own"))
    } else {
        problem.note("a domain of its own has the pages at its root, without a path behind it")
    };
    problem.help(format!("set base_url = \"{home}\" in site.toml, or give --base-url {home}"))
}

/// The domain that a site is at the root of, and that its repository has to be told of.
fn own_domain(base_url: &BaseUrl) -> Option<String> {
    let host = base_url.host();
    let has_port =
        base_url.origin() != format!("https://{host}") && base_url.origin() != format!("http://{host}");
    let own = base_url.path() == "/" && !has_port && !is_pages_host(host) && !is_nobodys(host);
    own.then(|| domain(host).ok()).flatten()
}

fn is_nobodys(host: &str) -> bool {
    NOBODYS.contains(&host)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fits(base_url: &str, repository: Option<&str>) -> Result<(Option<String>, bool), String> {
        let repository = repository.map(|text| GitHubRepository::parse(text).unwrap());
        fit(&BaseUrl::parse(base_url).unwrap(), repository.as_ref())
            .map(|address| (address.domain, address.is_sure))
            .map_err(|problem| format!("{problem:?}"))
    }

    #[test]
    fn an_address_fits_a_repository_on_github_or_not() {
        let (project, users) = (Some("Ada/Digest"), Some("ada/ada.github.io"));
        let own = Some("digest.example.org".to_owned());
        for (base_url, repository, domain) in [
            ("https://ada.github.io/Digest/", project, None),
            ("https://ADA.github.io/digest", project, None),
            ("https://ada.github.io/", users, None),
            ("https://digest.example.org/", project, own.clone()),
            ("http://digest.example.org/", users, own.clone()),
            ("https://ada.example.org/Digest/", project, None),
            ("https://fluffy-dog-1.pages.github.io/", project, None),
        ] {
            assert_eq!(fits(base_url, repository), Ok((domain, true)), "{base_url}");
        }
        for (base_url, repository, said) in [
            ("https://ada.github.io/", project, "https://ada.github.io/Digest/"),
            ("http://ada.github.io/Digest/", project, "https://ada.github.io/Digest/"),
            ("https://bob.github.io/Digest/", project, "https://ada.github.io/Digest/"),
            ("https://ada.github.io/digest/", users, "https://ada.github.io/"),
            ("https://example.org/", project, "does not have yet"),
            ("https://example.org/digest/", project, "does not have yet"),
            ("https://digest.example.org/news/", project, "at its root"),
            ("https://digest.example.org/digest/", users, "at its root"),
            ("https://digest.example.org:8080/", project, "at its root"),
            ("http://localhost:4000/", project, "at its root"),
        ] {
            let problem = fits(base_url, repository).unwrap_err();
            assert!(problem.contains(said), "{base_url}: {problem}");
        }
    }

    #[test]
    fn where_the_remote_is_unknown_any_address_will_do() {
        assert_eq!(fits("https://ada.github.io/digest/", None), Ok((None, false)));
        assert_eq!(fits("https://example.org/", None), Ok((None, false)));
        assert_eq!(fits("http://10.0.0.1/", None), Ok((None, false)));
        assert_eq!(fits("https://example.org:8080/", None), Ok((None, false)));
        assert_eq!(fits("https://d.example.org/", None), Ok((Some("d.example.org".to_owned()), false)));
    }
}
