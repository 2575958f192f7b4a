//! What is given behind an option, read: each function takes the words and says what is wrong with them.

use crate::config::{self, BaseUrl};
use crate::date::Given;
use crate::deploy;
use chrono::Datelike;

/// Text for one line: runs of whitespace that hold a line break, a tab or the like become one space, and control
/// characters, which no site can show, go. A space set with care, such as a no-break space, stays.
pub(super) fn some_text(text: &str) -> Result<String, &'static str> {
    let breaks = |c: char| matches!(c, '\t'..='\r' | '\u{85}' | '\u{2028}' | '\u{2029}');
    let pieces = text.split(breaks).map(|piece| piece.replace(char::is_control, ""));
    let pieces: Vec<String> =
        pieces.map(|piece| piece.trim().to_owned()).filter(|piece| !piece.is_empty()).collect();
    if pieces.is_empty() { Err("it is empty") } else { Ok(pieces.join(" ")) }
}

pub(super) fn web_address(text: &str) -> Result<String, &'static str> {
    let text = text.trim();
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    let rest = rest.ok_or("an address begins with https:// or http://")?;
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    if host.is_empty() || text.contains(|c: char| c.is_whitespace() || c.is_control()) {
        return Err("it is not an address");
    }
    Ok(text.to_owned())
}

pub(super) fn slug(text: &str) -> Result<String, &'static str> {
    crate::slug::chosen(text).ok_or("a slug is one segment of an address, without '/'")
}

/// A time whose year has four digits: further off, there is no address for it and no TOML.
pub(super) fn time(text: &str) -> Result<Given, &'static str> {
    let wrong = "write 2021-11-25, 2021-11-25T10:30 or 2021-11-25T10:30:00+01:00";
    let given = Given::parse(text).ok_or(wrong)?;
    let year = match given {
        Given::Day(day) => day.year(),
        Given::Local(time) => time.year(),
        Given::Offset(time) => time.year(),
    };
    if (1..=9999).contains(&year) { Ok(given) } else { Err(wrong) }
}

pub(super) fn host_name(text: &str) -> Result<String, &'static str> {
    let is_host = config::is_host(text);
    is_host
        .then(|| text.to_ascii_lowercase())
        .ok_or("write a name without scheme and port, such as desk.example")
}

pub(super) fn editor_link(text: &str) -> Result<String, String> {
    config::editor_link(text).map_err(|(why, help)| format!("it {why}; {help}"))
}

/// An address that a site can have, as it was given.
pub(super) fn address(text: &str) -> Result<String, String> {
    BaseUrl::parse(text).map(|_| text.to_owned()).map_err(|fault| format!("it {fault}"))
}

/// A domain for pages that would be below github.io without one.
pub(super) fn domain(text: &str) -> Result<String, String> {
    let domain = deploy::domain(text)?;
    if deploy::is_pages_host(&domain) {
        return Err("leave --domain out: pages are below github.io without it".to_owned());
    }
    Ok(domain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_headline_is_one_line() {
        assert_eq!(some_text(" One\r\n  two\tthree \n").unwrap(), "One two three");
        assert_eq!(some_text("a\u{1b}[31m\u{0} b\u{9b}").unwrap(), "a[31m b");
        assert_eq!(some_text("\u{0}\n").unwrap_err(), "it is empty");
        assert_eq!(some_text("Qui\u{a0}?").unwrap(), "Qui\u{a0}?");
    }

    #[test]
    fn a_host_of_github_is_no_domain_of_ones_own() {
        assert_eq!(domain("Digest.example.org").unwrap(), "digest.example.org");
        assert!(domain("ada.github.io").unwrap_err().contains("leave --domain out"));
    }
}
