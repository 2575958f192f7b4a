//! Where the site lives, and how an address on it is spelled.

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

/// What is escaped in the path of an address: everything that RFC 3986 does not allow there as it is, and the
/// characters that would end the path or the attribute it is printed in.
const PATH: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'&')
    .add(b'\'')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// Percent-encodes a raw path, leaving its slashes.
pub fn encode_path(path: &str) -> String {
    utf8_percent_encode(path, PATH).to_string()
}

/// The address of a site's home, taken apart. Paths given to its methods are raw (not percent-encoded), begin
/// with `/`, and count from the site's home.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BaseUrl {
    origin: String,
    path: String,
}

impl BaseUrl {
    /// Takes an address such as `https://user.github.io/digest/` apart; a missing last slash is added.
    ///
    /// # Errors
    /// What is wrong with it, as the end of a sentence.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        let text = text.trim();
        let (scheme, rest) = text.split_once("://").ok_or("must begin with https://")?;
        if !matches!(scheme, "http" | "https") {
            return Err("must begin with https:// or http://");
        }
        if rest.contains(['?', '#']) {
            return Err("has no place for '?' or '#'");
        }
        let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
        let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':' | '[' | ']');
        if host.is_empty() || !host.chars().all(allowed) {
            return Err("must name a host, such as https://example.org/");
        }
        let path = path.trim_matches('/');
        if path.split('/').any(|part| part == "." || part == ".." || (part.is_empty() && !path.is_empty())) {
            return Err("must have a plain path");
        }
        let decoded =
            percent_encoding::percent_decode_str(path).decode_utf8().map_err(|_| "must be UTF-8")?;
        let path = if path.is_empty() { "/".to_owned() } else { format!("/{}/", encode_path(&decoded)) };
        Ok(Self { origin: format!("{scheme}://{}", host.to_ascii_lowercase()), path })
    }

    /// `https://user.github.io`.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// `user.github.io`, without a port.
    pub fn host(&self) -> &str {
        let host = self.origin.split_once("://").map_or("", |(_, host)| host);
        host.rsplit_once(':').map_or(host, |(name, port)| if port.ends_with(']') { host } else { name })
    }

    /// `/digest/`: the path of the site's home, percent-encoded, with a slash at both ends.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// `https://user.github.io/digest/`.
    pub fn home(&self) -> String {
        format!("{}{}", self.origin, self.path)
    }

    /// The address from the host's root of a raw path from the site's home: `/tags/é/` → `/digest/tags/%C3%A9/`.
    pub fn path_to(&self, path: &str) -> String {
        let mut address = String::with_capacity(self.path.len() + path.len() + 8);
        address.push_str(&self.path);
        address.extend(utf8_percent_encode(path.trim_start_matches('/'), PATH));
        address
    }

    /// The absolute address of a raw path from the site's home.
    pub fn url_to(&self, path: &str) -> String {
        let mut address = String::with_capacity(self.origin.len() + self.path.len() + path.len() + 8);
        address.push_str(&self.origin);
        address.push_str(&self.path);
        address.extend(utf8_percent_encode(path.trim_start_matches('/'), PATH));
        address
    }

    /// The raw path from the site's home of a raw address from the host's root: `/digest/tags/é/` → `/tags/é/`; `None`
    /// where that is not below the home. The inverse of [`BaseUrl::path_to`].
    pub fn address_at(&self, path: &str) -> Option<String> {
        let home = percent_encoding::percent_decode_str(&self.path).decode_utf8_lossy();
        Some(format!("/{}", path.strip_prefix(&*home)?))
    }

    /// The absolute address of one that is from the host's root, base path included; one on another host stays.
    pub fn absolute(&self, address: &str) -> String {
        match address.strip_prefix('/') {
            Some(rest) if rest.starts_with('/') => {
                let scheme = self.origin.split_once("://").map_or("https", |(scheme, _)| scheme);
                format!("{scheme}:{address}")
            }
            Some(_) => format!("{}{address}", self.origin),
            None => address.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_have_the_base_path_and_are_encoded() {
        let base = BaseUrl::parse("https://User.github.io/digest").unwrap();
        assert_eq!(base.home(), "https://user.github.io/digest/");
        assert_eq!(base.path_to("/tags/é b/"), "/digest/tags/%C3%A9%20b/");
        assert_eq!(base.url_to("/"), "https://user.github.io/digest/");
        assert_eq!(base.address_at("/digest/tags/é/").as_deref(), Some("/tags/é/"));
        assert_eq!((base.address_at("/digest"), base.address_at("/digests/")), (None, None));
        assert_eq!(base.host(), "user.github.io");
        assert_eq!(base.absolute("/digest/a/"), "https://user.github.io/digest/a/");
        assert_eq!(base.absolute("//b.org/a/"), "https://b.org/a/");
        assert_eq!(base.absolute("http://b.org/"), "http://b.org/");
    }

    #[test]
    fn a_root_site_has_a_plain_path() {
        let base = BaseUrl::parse("http://localhost:4000").unwrap();
        assert_eq!((base.path(), base.host()), ("/", "localhost"));
        assert_eq!(base.path_to("/a/"), "/a/");
    }

    #[test]
    fn what_is_no_address_is_refused() {
        for wrong in [
            "example.org",
            "ftp://a/",
            "https://",
            "https:///x",
            "https://a/?b",
            "https://a/../b",
            "https://a b/",
        ] {
            assert!(BaseUrl::parse(wrong).is_err(), "{wrong}");
        }
    }
}
