//! Names on GitHub, and the address that pages have there.

/// A repository on GitHub: `USER/REPO`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GitHubRepository {
    /// A user, or an organization.
    pub user: String,
    /// The repository's own name.
    pub name: String,
}

/// Where the workflow is that publishes a site on GitHub, from the top of its repository.
pub const WORKFLOW: &str = ".github/workflows/pages.yml";

/// The longest names that GitHub takes.
const LONGEST_USER: usize = 39;
const LONGEST_NAME: usize = 100;

/// The names that GitHub's repositories are asked for by; the last is for networks that let only port 443 through.
const HOSTS: [&str; 3] = ["github.com", "www.github.com", "ssh.github.com"];

impl GitHubRepository {
    /// Reads `USER/REPO`, by the rules that GitHub has for both.
    ///
    /// # Errors
    /// What is wrong with it, and what to write instead.
    pub fn parse(text: &str) -> Result<Self, String> {
        let text = text.trim();
        if let Some(short) = without_host(text) {
            return Err(format!("write {short}, without the host"));
        }
        let wrong = "write USER/REPO, such as ada/digest";
        let (user, name) = text.split_once('/').ok_or(wrong)?;
        if user.is_empty() || name.is_empty() || name.contains('/') {
            return Err(wrong.to_owned());
        }
        if !is_user(user) {
            return Err(format!(
                "'{user}' is no user's name: it has up to {LONGEST_USER} letters, digits and single hyphens, \
                 none of them at its ends"
            ));
        }
        if let Some(short) = name.strip_suffix(".git") {
            return Err(format!("write {user}/{short}, without .git"));
        }
        if !is_name(name) {
            return Err(format!(
                "'{name}' is no repository's name: it has up to {LONGEST_NAME} letters, digits, '.', '-' and '_', \
                 and does not end in .wiki"
            ));
        }
        let repository = Self { user: user.to_owned(), name: name.to_owned() };
        if is_pages_host(name) && !repository.is_users_page() {
            return Err(format!("a page of its own has its user's name: write {user}/{user}.github.io"));
        }
        Ok(repository)
    }

    /// The repository on GitHub that git's address of a remote names, if it does.
    pub fn of_remote(address: &str) -> Option<Self> {
        Self::parse(without_host(address)?).ok()
    }

    /// Where its pages are, a domain of their own aside: `https://user.github.io/REPO/`, or the host's root for
    /// the repository that is named after it.
    pub fn base_url(&self) -> String {
        let host = self.host();
        if self.is_users_page() {
            format!("https://{host}/")
        } else {
            format!("https://{host}/{}/", self.name)
        }
    }

    /// `user.github.io`. Hosts are lower-case, whatever the user's name is.
    pub fn host(&self) -> String {
        format!("{}.github.io", self.user.to_ascii_lowercase())
    }

    /// Whether it is that repository: names differ in more than case.
    pub fn is(&self, other: &Self) -> bool {
        self.user.eq_ignore_ascii_case(&other.user) && self.name.eq_ignore_ascii_case(&other.name)
    }

    /// Whether its pages are at the root of `user.github.io`.
    pub fn is_users_page(&self) -> bool {
        self.name.eq_ignore_ascii_case(&self.host())
    }
}

impl std::fmt::Display for GitHubRepository {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}", self.user, self.name)
    }
}

/// `USER/REPO` of a repository's address on GitHub, as browsers and git write it.
fn without_host(address: &str) -> Option<&str> {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    // A name before the host may have a password behind it, with a colon between them.
    let rest = match rest.split('/').next().and_then(|host| host.rfind('@')) {
        Some(at) => &rest[at + 1..],
        None => rest,
    };
    let (host, rest) = rest.split_at(rest.find(['/', ':'])?);
    if !HOSTS.iter().any(|known| host.eq_ignore_ascii_case(known)) {
        return None;
    }
    // Behind a host stands a path, with git's colon or without, or first a port.
    let path = rest.get(1..)?;
    let path = match path.split_once('/') {
        Some((port, path)) if rest.starts_with(':') && port.bytes().all(|byte| byte.is_ascii_digit()) => path,
        _ => path,
    };
    let path = path.trim_start_matches('/').trim_end_matches('/');
    Some(path.strip_suffix(".git").unwrap_or(path))
}

/// Whether a host is one of those that GitHub has for pages.
pub fn is_pages_host(host: &str) -> bool {
    host.to_ascii_lowercase()
        .strip_suffix("github.io")
        .is_some_and(|rest| rest.ends_with('.') || rest.is_empty())
}

fn is_user(user: &str) -> bool {
    (1..=LONGEST_USER).contains(&user.len())
        && user.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        && !user.starts_with('-')
        && !user.ends_with('-')
        && !user.contains("--")
}

fn is_name(name: &str) -> bool {
    (1..=LONGEST_NAME).contains(&name.len())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-_".contains(&byte))
        && !matches!(name, "." | "..")
        && !name.to_ascii_lowercase().ends_with(".wiki")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::BaseUrl;

    fn base_url(text: &str) -> String {
        GitHubRepository::parse(text).unwrap().base_url()
    }

    #[test]
    fn pages_have_an_address_by_the_names() {
        assert_eq!(base_url("ada/digest"), "https://ada.github.io/digest/");
        assert_eq!(base_url("Ada-L/The_Digest.2"), "https://ada-l.github.io/The_Digest.2/");
        assert_eq!(base_url("ada/ada.github.io"), "https://ada.github.io/");
        assert_eq!(base_url("Ada/ADA.GitHub.io"), "https://ada.github.io/");
        for text in ["ada/digest", "a/-", "a/_._", "0/0"] {
            let address = base_url(text);
            assert_eq!(BaseUrl::parse(&address).unwrap().home(), address);
        }
    }

    #[test]
    fn what_github_has_no_room_for_is_refused_with_what_to_write() {
        let (user, name) = ("a".repeat(40), "a".repeat(101));
        for (wrong, help) in [
            ("digest", "USER/REPO"),
            ("/digest", "USER/REPO"),
            ("ada/", "USER/REPO"),
            ("ada/digest/x", "USER/REPO"),
            ("", "USER/REPO"),
            ("https://github.com/ada/digest.git", "write ada/digest,"),
            ("git@github.com:ada/digest.git", "write ada/digest,"),
            ("github.com/ada/digest/", "write ada/digest,"),
            ("ada/digest.git", "write ada/digest,"),
            ("-ada/digest", "'-ada'"),
            ("ada-/digest", "'ada-'"),
            ("a--da/digest", "single hyphens"),
            ("a_b/digest", "'a_b'"),
            ("ada/di gest", "'di gest'"),
            ("ada/é", "'é'"),
            ("ada/..", "'..'"),
            ("ada/x.wiki", ".wiki"),
            ("ada/bob.github.io", "write ada/ada.github.io"),
            (&format!("{user}/x"), "39"),
            (&format!("ada/{name}"), "100"),
            ("ada/$(x)", "'$(x)'"),
        ] {
            let said = GitHubRepository::parse(wrong).unwrap_err();
            assert!(said.contains(help), "{wrong}: {said}");
        }
    }

    #[test]
    fn a_remote_is_known_in_every_spelling() {
        for address in [
            "https://github.com/ada/digest",
            "https://github.com/ada/digest.git/",
            "https://www.github.com/ada/digest",
            "https://ada@GitHub.com/ada/digest.git",
            "https://x-access-token:a:b@github.com/ada/digest.git",
            "http://github.com:80/ada/digest",
            "git://github.com/ada/digest.git",
            "git@github.com:ada/digest.git",
            "git@github.com:/ada/digest.git",
            "github.com:ada/digest",
            "ssh://git@github.com/ada/digest.git",
            "ssh://git@github.com:22/ada/digest.git",
            "ssh://git@ssh.github.com:443/ada/digest.git",
        ] {
            let repository = GitHubRepository::of_remote(address).map(|known| known.to_string());
            assert_eq!(repository.as_deref(), Some("ada/digest"), "{address}");
        }
        for address in [
            "",
            "origin",
            "/srv/github.com/ada/digest.git",
            "../digest.git",
            "C:/digest.git",
            "https://gitlab.com/ada/digest.git",
            "https://github.com.example.org/ada/digest",
            "https://example.org/github.com/ada/digest",
            "https://example.org/@github.com/ada/digest",
            "https://github.com/ada",
            "git@github-work:ada/digest.git",
        ] {
            assert_eq!(GitHubRepository::of_remote(address), None, "{address}");
        }
    }
}
