//! `dateline check` on what nobody would write: it ends, says no more than there is to say, and gives no orders to a
//! terminal.

mod common;

use common::{NOW, Site, stderr, stdout};
use std::process::Output;

const BASE: &str = "https://x.example/digest/";

fn check(site: &Site, arguments: &[&str]) -> Output {
    let mut all = vec!["check", "--now", NOW, "--base-url", BASE];
    all.extend(arguments);
    let output = site.run(&all);
    assert!(matches!(output.status.code(), Some(0 | 1)), "{:?} {}", output.status, stderr(&output));
    assert!(!stderr(&output).contains("panicked"), "{}", stderr(&output));
    output
}

#[test]
fn broken_html_css_and_data_are_read_as_far_as_they_go() {
    let site = Site::new();
    let pieces: [&[u8]; 12] = [
        b"<a href=\"/x/",
        b"<a href='\0\x1b[31m\xc3\x28'>",
        b"<img srcset=',,, ,/a 1x,,/b'><img srcset=','>",
        b"<style>@import url(</style><p style='a:url('>",
        b"<p style='background:url(\\ffffffff \\110000 \\d800 x)'>",
        b"<script type='application/ld+json'>{\"a\": [[[[\"https://x.example/no\"</script>",
        b"<meta http-equiv=refresh content=';url='><meta http-equiv=refresh content='0;\xe2\x82\xac'>",
        b"<base href='::'><base href='//'><a href='?'></a><a href='#%ff'></a>",
        b"<a href='http://[::'></a><a href='https://x.example:99999/'></a><a href='https:///digest'></a>",
        b"<a href='/digest/%ff%fe/'></a><a href='/digest/%2e%2e/%2e%2e/x'></a><a href='\\\\x.example\\digest'></a>",
        b"<!--<a href=/y>--><![CDATA[<a href=/z>]]><svg><a xlink:href='/w'/></svg>",
        b"</a></p><p/><p a a=1 A=2 href=/q><plaintext><a href=/r>",
    ];
    for (number, piece) in pieces.iter().enumerate() {
        site.write(&format!("static/{number}.html"), piece);
    }
    site.write("static/all.html", pieces.concat());
    site.write("static/a.css", b"\xff\xfe@import 'x\nurl(\"\\");
    let output = check(&site, &[]);
    assert!(!stderr(&output).contains(['\0', '\u{1b}']), "{:?}", stderr(&output));
}

#[test]
fn a_page_that_is_wrong_everywhere_is_told_of_within_bounds() {
    let site = Site::new();
    let links: String = (0..5_000).map(|number| format!("<a href=\"/no/{number}/\">x</a>\n")).collect();
    site.write("static/many.html", links);
    site.write("static/long.html", format!("<a href=\"/{}/\">x</a>", "x".repeat(3_000_000)));
    let output = check(&site, &["--message-format", "json"]);
    let lines = stdout(&output);
    assert_eq!(lines.lines().count(), 102, "a hundred, how many more, and the long one");
    assert!(lines.len() < 100_000, "{} bytes are said", lines.len());
}

#[test]
fn what_a_site_says_gives_no_orders() {
    let site = Site::new();
    site.article(
        "a.md",
        "2021-11-25",
        "summary = \"S\"\nplace = \"P\"\nsource = { name = \"S\" }",
        "<a href=\"/x\u{1b}[31m::error::y/\">a</a> <a href=\"/\u{202e}z/##[group]\">b</a>",
    );
    let mut command = site.command(&["check", "--now", NOW, "--base-url", BASE]);
    let output = command.env("GITHUB_ACTIONS", "true").output().expect("it runs");
    assert_eq!(output.status.code(), Some(1));
    for text in [stdout(&output), stderr(&output)] {
        assert!(!text.contains(['\u{1b}', '\u{202e}']), "{text:?}");
        assert!(text.lines().all(|line| !line.starts_with("::") || line.starts_with("::error ")), "{text}");
    }
}
