//! `dateline serve` asked by those who mean ill: bytes over raw sockets, as no browser would send them, and what other
//! sites' pages could make a browser send.

mod common;

use common::http::{self, Answer};
use common::preview::{ONE, Preview, SOURCE, newsroom};
use std::io::{BufReader, Read, Write};
use std::net::Shutdown;

/// What no answer may hold: the site's settings, front matter as its author wrote it, what lies beside the site.
const SECRETS: [&str; 3] = ["base_url", "+++", "TOP SECRET"];

/// Sends bytes on a connection of their own and gives what comes back, which may be nothing. Where `is_all`, it is closed
/// for writing after them: what was no whole request is then not waited for.
fn raw(preview: &Preview<'_>, request: &[u8], is_all: bool) -> Vec<u8> {
    let mut stream = http::connect(preview.address()).expect("the server can be reached");
    // A server that has refused already may have closed its side.
    let _ = stream.write_all(request);
    if is_all {
        let _ = stream.shutdown(Shutdown::Write);
    }
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    answer
}

fn status(answer: &[u8]) -> Option<u16> {
    let line = String::from_utf8_lossy(answer.get(..12)?).into_owned();
    line.strip_prefix("HTTP/1.")?.get(2..)?.parse().ok()
}

/// A GET request for a target, with further headers.
fn get(preview: &Preview<'_>, target: &[u8], headers: &str) -> Vec<u8> {
    let head = format!(" HTTP/1.1\r\nHost: localhost:{}\r\nConnection: close\r\n{headers}\r\n", preview.port);
    [b"GET ", target, head.as_bytes()].concat()
}

fn assert_harmless(preview: &Preview<'_>, what: &str, answer: &[u8]) {
    let text = String::from_utf8_lossy(answer);
    for secret in SECRETS {
        assert!(!text.contains(secret), "{what} gave {secret}:\n{text}");
    }
    assert!(!text.to_ascii_lowercase().contains("access-control-allow"), "{what}:\n{text}");
    assert_ne!(status(answer), Some(500), "{what}:\n{text}");
    assert_eq!(preview.code(ONE), 200, "it goes on after {what}");
}

#[test]
fn no_path_leads_out_of_the_site() {
    let site = newsroom();
    site.write("secret.txt", "TOP SECRET");
    site.write("content/.hidden", "TOP SECRET");
    site.write("static/fine.txt", "fine");
    let preview = Preview::start(&site, &[]);
    let targets: [(&[u8], &[u16]); 38] = [
        (b"/../secret.txt", &[400]),
        (b"/../../../../../../etc/passwd", &[400]),
        (b"/%2e%2e/secret.txt", &[400]),
        (b"/%2E%2e/secret.txt", &[400]),
        (b"/.%2e/secret.txt", &[400]),
        (b"/css/..%2f..%2fsecret.txt", &[400]),
        (b"/css/%2e%2e%2f%2e%2e%2fsecret.txt", &[400]),
        (b"/%252e%252e/secret.txt", &[404]),
        (b"/..%5csecret.txt", &[400]),
        (b"/..\\secret.txt", &[400]),
        (b"/%c0%ae%c0%ae/secret.txt", &[400]),
        (b"/\xff\xfe", &[400, 404]),
        (b"/%ff", &[400]),
        (b"/fine.txt%00.html", &[400]),
        (b"/fine.txt%0d%0aSet-Cookie:%20a=b", &[400]),
        (b"/fine.txt::$DATA", &[404]),
        (b"/C:/secret.txt", &[404]),
        (b"/c%3a/secret.txt", &[404]),
        (b"//etc/passwd", &[404]),
        (b"///etc/passwd", &[404]),
        (b"//evil.example/..", &[400]),
        (b"/@fs/etc/passwd", &[404]),
        (b"/@fs/etc/passwd?raw", &[404]),
        (b"/@fs/etc/passwd?import&raw??", &[404]),
        (b"/@id/secret.txt", &[404]),
        (b"/secret.txt", &[404]),
        (b"/secret.txt?raw", &[404]),
        (b"/site.toml", &[404]),
        (b"/site.toml?import", &[404]),
        (b"/content/articles/one.md", &[404]),
        (b"/content/.hidden", &[404]),
        (b"/.git/config", &[404]),
        (b"/.dateline/", &[404]),
        (b"/.env", &[404]),
        (b"/__dateline/../secret.txt", &[400]),
        (b"/__dateline/%2e%2e/site.toml", &[400]),
        (b"/__dateline/nothing", &[404]),
        (b"*", &[400, 404]),
    ];
    for (target, expected) in targets {
        let shown = String::from_utf8_lossy(target).into_owned();
        let answer = raw(&preview, &get(&preview, target, ""), false);
        let status = status(&answer).unwrap_or_else(|| panic!("{shown}: no answer"));
        assert!(expected.contains(&status), "{shown}: {status}");
        assert!(!String::from_utf8_lossy(&answer).to_ascii_lowercase().contains("set-cookie"), "{shown}");
        assert_harmless(&preview, &shown, &answer);
    }
    // Nor does an address come back as anything but text.
    let answer = preview.get("/%3Cscript%3Ealert(1)%3C/script%3E/");
    assert_eq!(answer.status, 404);
    assert!(!answer.text().contains("<script>alert"), "{}", answer.text());
}

#[cfg(unix)]
#[test]
fn no_link_leads_out_of_the_site() {
    use std::os::unix::fs::symlink;
    let outside = common::Site::empty();
    outside.write("secret.txt", "TOP SECRET");
    let site = newsroom();
    site.write("static/fine.txt", "fine");
    let preview = Preview::start(&site, &[]);
    // In the place of a file that is planned, after the plan was made.
    std::fs::remove_file(site.path().join("static/fine.txt")).expect("it is there");
    symlink(outside.path().join("secret.txt"), site.path().join("static/fine.txt"))
        .expect("it can be linked");
    symlink(outside.path(), site.path().join("static/all")).expect("it can be linked");
    preview.until("the refusal", |preview| preview.code("/fine.txt") == 403);
    for path in ["/fine.txt", "/all/secret.txt", "/all/"] {
        let answer = preview.get(path);
        assert!(matches!(answer.status, 403 | 404 | 503), "{path}: {}", answer.status);
        assert!(!answer.text().contains("TOP SECRET"), "{path}");
    }
}

#[test]
fn nobody_but_its_own_pages_may_read_it() {
    let site = newsroom();
    let preview = Preview::start(&site, &[]);
    let own = format!("localhost:{}", preview.port);
    let evil_port = format!("evil.example:{}", preview.port);
    let long = "a".repeat(5_000);
    // DNS rebinding: a name of somebody else's that leads here.
    for host in [
        "evil.example",
        &evil_port,
        "localhost.evil.example",
        "evil-localhost",
        "user@localhost",
        &long,
        "",
        "localhost:80:80",
    ] {
        for path in ["/", "/__dateline/events", "/__dateline/status?path=/"] {
            let answer = preview.ask("GET", path, &[("Host", host)]);
            assert!(matches!(answer.status, 400 | 403), "{host} {path}: {}", answer.status);
        }
    }
    for headers in [
        "Origin: http://evil.example\r\n",
        "Origin: null\r\n",
        "Origin: https://localhost\r\n",
        "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: no-cors\r\nSec-Fetch-Dest: script\r\n",
        "Sec-Fetch-Site: same-site\r\nSec-Fetch-Mode: cors\r\nSec-Fetch-Dest: empty\r\n",
        "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: object\r\n",
        "Host: evil.example\r\n",
    ] {
        for path in ["/", ONE, "/__dateline/events", "/__dateline/client.js"] {
            let answer = raw(&preview, &get(&preview, path.as_bytes(), headers), false);
            assert!(matches!(status(&answer), Some(400 | 403)), "{headers} {path}: {:?}", status(&answer));
            assert_harmless(&preview, headers, &answer);
        }
    }
    for method in ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "BREW"] {
        let answer =
            preview.ask(method, ONE, &[("Content-Length", "0"), ("Access-Control-Request-Method", "GET")]);
        assert!(matches!(answer.status, 400 | 405), "{method}: {}", answer.status);
        assert_eq!(answer.header("access-control-allow-origin"), None);
    }
    let upgrade = [("Connection", "Upgrade"), ("Upgrade", "websocket"), ("Sec-WebSocket-Version", "13")];
    assert_ne!(preview.ask("GET", "/", &upgrade).status, 101);
    assert_eq!(preview.ask("GET", "/", &[("Host", &own), ("Origin", &format!("http://{own}"))]).status, 200);
}

#[test]
fn what_is_no_request_is_refused() {
    let site = newsroom();
    let preview = Preview::start(&site, &[]);
    let host = format!("Host: localhost:{}\r\n", preview.port);
    let whole = |text: String| text.into_bytes();
    let requests = [
        ("HTTP/0.9", whole("GET /\r\n".to_owned())),
        ("no host", whole("GET / HTTP/1.1\r\n\r\n".to_owned())),
        ("two hosts", whole(format!("GET / HTTP/1.1\r\n{host}Host: evil.example\r\n\r\n"))),
        ("a host twice", whole(format!("GET http://evil.example/ HTTP/1.1\r\n{host}\r\n"))),
        ("an authority", whole(format!("CONNECT evil.example:443 HTTP/1.1\r\n{host}\r\n"))),
        (
            "two lengths",
            whole(format!("GET / HTTP/1.1\r\n{host}Content-Length: 1\r\nContent-Length: 2\r\n\r\nab")),
        ),
        ("no length", whole(format!("GET / HTTP/1.1\r\n{host}Content-Length: -1\r\n\r\n"))),
        ("a header without a colon", whole(format!("GET / HTTP/1.1\r\n{host}what\r\n\r\n"))),
        ("another protocol", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03".to_vec()),
        ("nothing but zeros", vec![0; 4_096]),
        ("a long target", whole(format!("GET /{} HTTP/1.1\r\n{host}\r\n", "a".repeat(1 << 17)))),
        ("many headers", whole(format!("GET / HTTP/1.1\r\n{host}{}\r\n", "A: b\r\n".repeat(5_000)))),
    ];
    for (what, request) in requests {
        let answer = raw(&preview, &request, true);
        // To hang up is an answer too.
        assert!(
            status(&answer).is_none_or(|status| (400..500).contains(&status)),
            "{what}: {:?}",
            status(&answer)
        );
        assert_harmless(&preview, what, &answer);
    }
}

#[test]
fn conditions_and_ranges_are_taken_with_care() {
    let site = newsroom();
    site.write("static/data.bin", "0123456789");
    site.write("static/empty.bin", "");
    let preview = Preview::start(&site, &[]);
    let range = |value: &str| preview.ask("GET", "/data.bin", &[("Range", value)]);
    let is = |answer: &Answer, status: u16, body: &str| {
        assert_eq!((answer.status, answer.text().as_str()), (status, body));
    };
    is(&range("bytes=2-4"), 206, "234");
    is(&range("bytes=-3"), 206, "789");
    is(&range("bytes=8-99"), 206, "89");
    is(&range("bytes=-99"), 206, "0123456789");
    is(&range("bytes=5-2"), 200, "0123456789");
    for beyond in ["bytes=99-", "bytes=-0"] {
        assert_eq!(range(beyond).status, 416, "{beyond}");
    }
    for of_nothing in ["bytes=0-", "bytes=0-0", "bytes=-1"] {
        let answer = preview.ask("GET", "/empty.bin", &[("Range", of_nothing)]);
        assert_eq!((answer.status, answer.body.len()), (416, 0), "{of_nothing}");
    }
    let many = format!("bytes={}", vec!["0-"; 3_000].join(","));
    for odd in ["lines=1-2", "bytes=a-b", "bytes=18446744073709551616-", &many] {
        let answer = range(odd);
        assert!(matches!(answer.status, 200 | 400 | 416 | 431), "{odd:.40}: {}", answer.status);
        assert!(answer.body.len() < 1_000, "{odd:.40}");
    }
    let whole = preview.get(ONE);
    let head = preview.ask("HEAD", ONE, &[]);
    assert_eq!((head.status, head.body.len()), (200, 0));
    assert_eq!(head.header("content-length"), whole.header("content-length"));
    let tag = preview.get("/data.bin").header("etag").expect("it has one").to_owned();
    for known in [tag.clone(), "*".to_owned(), format!("\"x\", {tag}"), format!("W/{tag}")] {
        assert_eq!(preview.ask("GET", "/data.bin", &[("If-None-Match", &known)]).status, 304, "{known}");
    }
    assert_eq!(preview.ask("GET", "/data.bin", &[("If-None-Match", "\"x\"")]).status, 200);
}

#[test]
fn who_says_nothing_holds_up_nobody() {
    let site = newsroom();
    let preview = Preview::start(&site, &[]);
    let idle: Vec<_> =
        (0..200).map(|_| http::connect(preview.address()).expect("it can be reached")).collect();
    let mut half = http::connect(preview.address()).expect("it can be reached");
    half.write_all(b"GET / HTTP/1.1\r\nHost: local").expect("it can be written");
    let streams: Vec<_> = (0..20).map(|_| preview.listen()).collect();
    site.change(SOURCE, "The first text.", "A new text.");
    preview.until_shows(ONE, "A new text.");
    // Two requests at once on one connection are two answers.
    let mut both = http::connect(preview.address()).expect("it can be reached");
    let host = format!("Host: localhost:{}\r\n", preview.port);
    let request = format!(
        "HEAD {ONE} HTTP/1.1\r\n{host}\r\nHEAD /nowhere/ HTTP/1.1\r\n{host}Connection: close\r\n\r\n"
    );
    both.write_all(request.as_bytes()).expect("it can be written");
    let mut both = BufReader::new(both);
    let answers = [http::read(&mut both, true), http::read(&mut both, true)];
    assert_eq!(answers.map(|answer| answer.expect("there are two").status), [200, 404]);
    preview.signal("INT");
    let (ended, said) = preview.ended();
    assert_eq!(ended.code(), Some(0), "{said}");
    drop((idle, half, streams));
}
