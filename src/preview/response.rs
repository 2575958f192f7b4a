//! What is sent, as HTTP has it: media types, entity tags, ranges.

use super::print;
use crate::source::OpenFile;
use axum::body::{Body, Bytes};
use axum::http::header::{
    ACCEPT_RANGES, ALLOW, CACHE_CONTROL, CONTENT_LENGTH, CONTENT_RANGE, CONTENT_TYPE, ETAG, IF_NONE_MATCH,
    IF_RANGE, LOCATION, RANGE,
};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, Response, StatusCode};
use futures_util::stream;
use http_range_header::{EndPosition, RangeUnsatisfiableError, StartPosition};
use std::io::{self, Read, Seek, SeekFrom};
use std::ops::RangeInclusive;
use std::path::Path;

/// What there is at an address.
pub(super) struct Content {
    pub status: StatusCode,
    pub media_type: String,
    pub data: Data,
}

/// Bytes, or a file however large.
pub(super) enum Data {
    Bytes(Bytes),
    File(OpenFile),
}

/// How much of a file is read at once.
const PART: usize = 64 * 1024;

/// HTML, as all pages are.
pub(super) const HTML: &str = "text/html; charset=utf-8";

/// The media type of an output file, by its name.
pub(super) fn media_type(path: &str) -> String {
    let guess = mime_guess::from_path(Path::new(path)).first_or_octet_stream();
    let essence = guess.essence_str();
    let is_text =
        essence.starts_with("text/") || matches!(essence, "application/javascript" | "application/xml");
    if is_text { format!("{essence}; charset=utf-8") } else { essence.to_owned() }
}

/// Answers a request with some content: all of it, a part, or that it has not changed.
pub(super) fn send(request: &Parts, content: Content) -> Response<Body> {
    let Content { status, media_type, mut data } = content;
    let Ok((length, tag)) = measure(&mut data) else {
        return plain(StatusCode::NOT_FOUND, "the file cannot be read");
    };
    let mut response = Response::new(Body::empty());
    let headers = response.headers_mut();
    set(headers, ETAG, &tag);
    guard(headers);
    if status == StatusCode::OK && is_known(&request.headers, &tag) {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        return response;
    }
    set(headers, CONTENT_TYPE, &media_type);
    set(headers, ACCEPT_RANGES, "bytes");
    let range = match range(request, status, length, &tag) {
        Wanted::All => None,
        Wanted::Part(part) => Some(part),
        Wanted::Beyond => {
            set(headers, CONTENT_RANGE, &format!("bytes */{length}"));
            *response.status_mut() = StatusCode::RANGE_NOT_SATISFIABLE;
            return response;
        }
    };
    let (start, size) = match &range {
        Some(part) => {
            set(headers, CONTENT_RANGE, &format!("bytes {}-{}/{length}", part.start(), part.end()));
            (*part.start(), part.end() - part.start() + 1)
        }
        None => (0, length),
    };
    set(headers, CONTENT_LENGTH, &size.to_string());
    *response.status_mut() = if range.is_some() { StatusCode::PARTIAL_CONTENT } else { status };
    if request.method != Method::HEAD {
        *response.body_mut() = body(data, start, size);
    }
    response
}

/// A sentence, as plain text.
pub(super) fn plain(status: StatusCode, text: &str) -> Response<Body> {
    let mut response = Response::new(Body::from(format!("{text}\n")));
    *response.status_mut() = status;
    set(response.headers_mut(), CONTENT_TYPE, "text/plain; charset=utf-8");
    if status == StatusCode::METHOD_NOT_ALLOWED {
        set(response.headers_mut(), ALLOW, "GET, HEAD");
    }
    guard(response.headers_mut());
    response
}

/// Sends a browser elsewhere on this host. Not for ever: the site may change.
pub(super) fn redirect(to: &str) -> Response<Body> {
    let mut response = plain(StatusCode::TEMPORARY_REDIRECT, to);
    set(response.headers_mut(), LOCATION, to);
    response
}

/// Nothing is kept without asking again, nothing is guessed, and nothing is read by pages of other sites.
fn guard(headers: &mut HeaderMap) {
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    headers.insert("x-content-type-options", HeaderValue::from_static("nosniff"));
    headers.insert("cross-origin-resource-policy", HeaderValue::from_static("same-origin"));
}

/// What no header can hold is left out.
fn set(headers: &mut HeaderMap, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.insert(name, value);
    }
}

/// The length of some data, and its entity tag: of bytes their digest, of a file its size and time.
fn measure(data: &mut Data) -> io::Result<(u64, String)> {
    let (length, key) = match data {
        Data::Bytes(bytes) => (bytes.len() as u64, print::key(bytes)),
        Data::File(file) => {
            let about = file.metadata()?;
            (about.len(), print::key(format!("{} {:?}", about.len(), about.modified().ok()).as_bytes()))
        }
    };
    Ok((length, format!("\"{}\"", print::hex(&key))))
}

fn is_known(headers: &HeaderMap, tag: &str) -> bool {
    let given = headers.get_all(IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    given
        .flat_map(|value| value.split(','))
        .map(|one| one.trim().trim_start_matches("W/"))
        .any(|one| one == tag || one == "*")
}

enum Wanted {
    All,
    Part(RangeInclusive<u64>),
    Beyond,
}

/// The part that a request wants. One that wants several gets all, which HTTP allows.
fn range(request: &Parts, status: StatusCode, length: u64, tag: &str) -> Wanted {
    let header = |name| request.headers.get(name).and_then(|value| value.to_str().ok());
    let Some(wanted) = header(RANGE).filter(|_| request.method == Method::GET && status == StatusCode::OK)
    else {
        return Wanted::All;
    };
    if header(IF_RANGE).is_some_and(|known| known != tag) {
        return Wanted::All;
    }
    let one = match http_range_header::parse_range_header(wanted) {
        Ok(parsed) if parsed.ranges.len() == 1 => parsed.ranges[0],
        Err(RangeUnsatisfiableError::ZeroSuffix) => return Wanted::Beyond,
        _ => return Wanted::All,
    };
    let Some(last) = length.checked_sub(1) else { return Wanted::Beyond };
    let start = match one.start {
        StartPosition::Index(start) => start,
        StartPosition::FromLast(size) => length.saturating_sub(size),
    };
    match one.end {
        EndPosition::Index(end) if end < start => Wanted::All,
        _ if start > last => Wanted::Beyond,
        EndPosition::Index(end) => Wanted::Part(start..=end.min(last)),
        EndPosition::LastByte => Wanted::Part(start..=last),
    }
}

/// `size` bytes of some data, from `start` on.
fn body(data: Data, start: u64, size: u64) -> Body {
    match data {
        Data::Bytes(bytes) => {
            let (from, to) = (start as usize, (start + size) as usize);
            Body::from(bytes.slice(from..to))
        }
        Data::File(file) => Body::from_stream(stream::unfold((file, start, size), next_part)),
    }
}

/// The next part of a file, read where waiting for a disk holds up nobody.
async fn next_part(
    (mut file, at, left): (OpenFile, u64, u64),
) -> Option<(io::Result<Bytes>, (OpenFile, u64, u64))> {
    if left == 0 {
        return None;
    }
    let read = tokio::task::spawn_blocking(move || {
        let mut part = vec![0; PART.min(usize::try_from(left).unwrap_or(PART))];
        let read = file.seek(SeekFrom::Start(at)).and_then(|_| file.read(&mut part)).and_then(|count| {
            part.truncate(count);
            // It has become shorter since its length was sent.
            if count == 0 { Err(io::ErrorKind::UnexpectedEof.into()) } else { Ok(part) }
        });
        (read, file)
    });
    match read.await {
        Ok((Ok(part), file)) => {
            let count = part.len() as u64;
            Some((Ok(part.into()), (file, at + count, left - count)))
        }
        Ok((Err(error), file)) => Some((Err(error), (file, at, 0))),
        Err(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::Request;

    fn asked(headers: &[(&str, &str)]) -> Response<Body> {
        let mut request = Request::get("/");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let content = Content {
            status: StatusCode::OK,
            media_type: HTML.to_owned(),
            data: Data::Bytes(Bytes::from_static(b"0123456789")),
        };
        send(&request.body(()).unwrap().into_parts().0, content)
    }

    fn header(response: &Response<Body>, name: HeaderName) -> String {
        response.headers().get(name).map(|value| value.to_str().unwrap().to_owned()).unwrap_or_default()
    }

    #[test]
    fn a_tag_that_is_known_is_enough() {
        let tag = header(&asked(&[]), ETAG);
        assert_eq!(asked(&[("if-none-match", &tag)]).status(), 304);
        assert_eq!(asked(&[("if-none-match", &format!("\"a\", W/{tag}"))]).status(), 304);
        assert_eq!(asked(&[("if-none-match", "\"a\"")]).status(), 200);
    }

    #[test]
    fn a_part_is_sent_where_it_is_wanted() {
        let part = |range: &str| {
            let response = asked(&[("range", range)]);
            (response.status().as_u16(), header(&response, CONTENT_RANGE), header(&response, CONTENT_LENGTH))
        };
        let of = |status, range: &str, length: &str| (status, range.to_owned(), length.to_owned());
        assert_eq!(part("bytes=2-4"), of(206, "bytes 2-4/10", "3"));
        assert_eq!(part("bytes=8-"), of(206, "bytes 8-9/10", "2"));
        assert_eq!(part("bytes=-3"), of(206, "bytes 7-9/10", "3"));
        assert_eq!(part("bytes=0-99"), of(206, "bytes 0-9/10", "10"));
        assert_eq!(part("bytes=-99"), of(206, "bytes 0-9/10", "10"));
        assert_eq!(part("bytes=10-"), of(416, "bytes */10", ""));
        assert_eq!(part("bytes=-0"), of(416, "bytes */10", ""));
        assert_eq!(part("bytes=5-2"), of(200, "", "10"));
        assert_eq!(part("bytes=0-1,4-5"), of(200, "", "10"));
        assert_eq!(part("pages=1-2"), of(200, "", "10"));
        assert_eq!(asked(&[("range", "bytes=0-1"), ("if-range", "\"other\"")]).status(), 200);
    }

    #[test]
    fn media_types_follow_from_names() {
        for (path, expected) in [
            ("index.html", HTML),
            ("css/site.css", "text/css; charset=utf-8"),
            ("a.js", "text/javascript; charset=utf-8"),
            ("atom.xml", "text/xml; charset=utf-8"),
            ("feed.json", "application/json"),
            ("a.jpg", "image/jpeg"),
            ("a.webp", "image/webp"),
            ("a.avif", "image/avif"),
            ("a.svg", "image/svg+xml"),
            ("a.woff2", "font/woff2"),
            ("robots.txt", "text/plain; charset=utf-8"),
            ("site.webmanifest", "application/manifest+json"),
            ("CNAME", "application/octet-stream"),
        ] {
            assert_eq!(media_type(path), expected, "{path}");
        }
    }
}
