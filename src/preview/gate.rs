//! Who may ask, and for what: requests are refused here before anything is looked up.
//!
//! A page of another site that a browser has open may try to read the preview: by a name of its own that it makes lead
//! to this machine (DNS rebinding), by requests from its own origin, or by embedding what is here. A path may try to
//! leave the site. Against the last there is a second wall: what is served is looked up in the plan of the site by its
//! address, and no path of a request ever becomes a path on disk.

use axum::http::header::{HOST, ORIGIN};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, StatusCode};
use percent_encoding::percent_decode_str;
use std::net::IpAddr;

/// Why a request is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Refusal {
    pub status: StatusCode,
    /// A sentence for whoever asked.
    pub why: String,
}

/// The decoded path of a request that may be answered, which asks for this machine or for one of `hosts`, in lower case.
///
/// # Errors
/// It is refused.
pub(super) fn admit(request: &Parts, hosts: &[String]) -> Result<String, Refusal> {
    if !matches!(request.method, Method::GET | Method::HEAD) {
        return refuse(StatusCode::METHOD_NOT_ALLOWED, "only GET and HEAD are answered here");
    }
    let host = host(request)?;
    if !is_ours(&host, hosts) {
        let name = crate::visible::line(name_of(&host)).into_owned();
        return refuse(
            StatusCode::FORBIDDEN,
            format!(
                "this preview is not to be asked for by the name '{name}'; --allow-host {name} allows it"
            ),
        );
    }
    check_origin(&request.headers, &host)?;
    path(request.uri.path())
}

fn refuse<T>(status: StatusCode, why: impl Into<String>) -> Result<T, Refusal> {
    Err(Refusal { status, why: why.into() })
}

/// The one host that a request names, with its port.
fn host(request: &Parts) -> Result<String, Refusal> {
    let mut named = request.headers.get_all(HOST).iter();
    let (first, second) = (named.next(), named.next());
    let host = first.and_then(|host| host.to_str().ok()).unwrap_or_default();
    if host.is_empty() || second.is_some() {
        return refuse(StatusCode::BAD_REQUEST, "a request names one host");
    }
    // `GET http://host/path` names it twice.
    if request.uri.authority().is_some_and(|authority| !authority.as_str().eq_ignore_ascii_case(host)) {
        return refuse(StatusCode::BAD_REQUEST, "a request names one host");
    }
    Ok(host.to_ascii_lowercase())
}

/// A host without its port.
fn name_of(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    }
}

/// Whether a host is this machine, whatever a name server says: a number cannot be made to lead elsewhere, and
/// localhost is resolved by browsers themselves.
fn is_ours(host: &str, hosts: &[String]) -> bool {
    let name = name_of(host);
    let number = name.strip_prefix('[').and_then(|name| name.strip_suffix(']')).unwrap_or(name);
    let is_number = number.parse::<IpAddr>().is_ok_and(|ip| ip.is_ipv4() || name.starts_with('['));
    is_number
        || name == "localhost"
        || name.ends_with(".localhost")
        || hosts.iter().any(|known| known == name)
}

/// Refuses what a page of another site asks for: by its `Origin` where there is one, else by what browsers say of the
/// sites concerned (Fetch Metadata). A person may follow a link from there to here, and an editor's program may show a
/// page in a frame: who shows it cannot read it.
fn check_origin(headers: &HeaderMap, host: &str) -> Result<(), Refusal> {
    let foreign = || refuse(StatusCode::FORBIDDEN, "pages of other sites may not read this preview");
    for origin in headers.get_all(ORIGIN) {
        let own = origin.to_str().ok().and_then(|origin| origin.strip_prefix("http://"));
        if !own.is_some_and(|own| own.eq_ignore_ascii_case(host)) {
            return foreign();
        }
    }
    let said = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or_default());
    match said("sec-fetch-site") {
        None | Some("same-origin" | "none") => Ok(()),
        Some(_)
            if said("sec-fetch-mode") == Some("navigate") && said("sec-fetch-dest").is_some_and(shows) =>
        {
            Ok(())
        }
        Some(_) => foreign(),
    }
}

fn shows(destination: &str) -> bool {
    matches!(destination, "document" | "iframe")
}

/// The path of a request, decoded once.
fn path(raw: &str) -> Result<String, Refusal> {
    let bad = |why: &str| refuse(StatusCode::BAD_REQUEST, why);
    let Ok(path) = percent_decode_str(raw).decode_utf8() else { return bad("the address is not UTF-8") };
    if !path.starts_with('/') {
        return bad("an address begins with '/'");
    }
    if path.contains(|c: char| c.is_control() || c == '\\') {
        return bad("the address has a character that no address of a site has");
    }
    if path.split('/').any(|part| matches!(part, "." | "..")) {
        return bad("the address leads up");
    }
    Ok(path.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::Request;

    fn admitted(target: &str, headers: &[(&str, &str)]) -> Result<String, u16> {
        let mut request = Request::get(target);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let parts = request.body(()).unwrap().into_parts().0;
        admit(&parts, &["desk.example".to_owned()]).map_err(|refusal| refusal.status.as_u16())
    }

    #[test]
    fn only_this_machine_is_asked() {
        for host in [
            "localhost",
            "LOCALHOST:4000",
            "a.localhost",
            "127.0.0.1:4000",
            "192.168.1.7",
            "[::1]:4000",
            "desk.example:1",
        ] {
            assert_eq!(admitted("/a%20b/", &[("host", host)]), Ok("/a b/".to_owned()), "{host}");
        }
        for host in [
            "evil.example",
            "localhost.evil.example",
            "127.0.0.1.evil.example",
            "0x7f.1",
            "2130706433",
            "desk.example.evil",
            "::1",
            "evil.example:4000",
            "localhost@evil.example",
            "desk.example:80:80",
        ] {
            assert_eq!(admitted("/", &[("host", host)]), Err(403), "{host}");
        }
        assert_eq!(admitted("/", &[]), Err(400));
        assert_eq!(admitted("/", &[("host", "localhost"), ("host", "evil.example")]), Err(400));
        assert_eq!(admitted("http://evil.example/", &[("host", "localhost")]), Err(400));
    }

    #[test]
    fn only_pages_from_here_ask() {
        let with = |more: &[(&str, &str)]| {
            let headers: Vec<_> = [("host", "localhost:4000")].iter().chain(more).copied().collect();
            admitted("/", &headers).err()
        };
        assert_eq!(with(&[("origin", "http://localhost:4000")]), None);
        assert_eq!(with(&[("sec-fetch-site", "same-origin")]), None);
        for origin in [
            "http://evil.example",
            "null",
            "http://localhost:3000",
            "https://localhost:4000",
            "http://localhost",
        ] {
            assert_eq!(with(&[("origin", origin)]), Some(403), "{origin}");
        }
        let from = |site, mode, dest| {
            with(&[("sec-fetch-site", site), ("sec-fetch-mode", mode), ("sec-fetch-dest", dest)])
        };
        assert_eq!(from("cross-site", "navigate", "document"), None);
        assert_eq!(from("cross-site", "navigate", "iframe"), None);
        assert_eq!(from("cross-site", "navigate", "object"), Some(403));
        assert_eq!(from("cross-site", "no-cors", "script"), Some(403));
        assert_eq!(from("same-site", "no-cors", "image"), Some(403));
    }

    #[test]
    fn no_path_leads_up() {
        let path = |target: &str| admitted(target, &[("host", "localhost")]);
        assert_eq!(path("/tags/%C3%A9/?x=/../"), Ok("/tags/é/".to_owned()));
        for target in [
            "/../a",
            "/a/../../b",
            "/%2e%2e/a",
            "/..%2fa",
            "/%2E./a",
            "/a%00",
            "/a%5c..%5cb",
            "/%ff",
            "/./a",
            "/a%0a",
        ] {
            assert_eq!(path(target), Err(400), "{target}");
        }
        // Decoded once: this is a name, and nothing has it.
        assert_eq!(path("/%252e%252e/a"), Ok("/%2e%2e/a".to_owned()));
    }
}
