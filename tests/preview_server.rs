//! `dateline serve` as a server: where it listens, to whom, at which addresses, and how it ends.

mod common;

use common::preview::{ONE, Preview, free_port, has_ipv6, newsroom};
use common::{Site, stderr};
use std::net::{Ipv4Addr, Ipv6Addr, TcpListener};

#[test]
fn row_14_the_path_of_the_base_url_is_served() {
    let site = newsroom();
    site.change("site.toml", "https://example.org/", "https://example.org/the/digest/");
    let preview = Preview::start(&site, &[]);
    assert_eq!(preview.home, "/the/digest/");
    for address in ["/", "/the/digest"] {
        let answer = preview.get(address);
        assert_eq!((answer.status, answer.header("location")), (307, Some("/the/digest/")), "{address}");
    }
    assert_eq!(preview.get("/?q=1").header("location"), Some("/the/digest/?q=1"));
    let answer = preview.get("/the/digest/2021/11/25/one?q=1");
    assert_eq!((answer.status, answer.header("location")), (307, Some("/the/digest/2021/11/25/one/?q=1")));
    assert!(preview.shows("/the/digest/", "/the/digest/2021/11/25/one/"));
    for address in [ONE, "/index.html", "/the/", "/the/digestion/", "/the/digest/digest/"] {
        assert_eq!(preview.code(address), 404, "{address}");
    }
    preview.until_as_built(&[]);
    // The address on the command line goes first.
    drop(preview);
    let preview = Preview::start(&site, &["--base-url", "http://localhost:8000/"]);
    assert_eq!(preview.home, "/");
    assert!(preview.shows("/", "href=\"/2021/11/25/one/\""));
}

#[test]
fn row_16_a_port_that_is_taken() {
    let site = newsroom();
    let settings = site.read("site.toml");
    let wanted = free_port();
    let hosts = [
        Some((Ipv4Addr::LOCALHOST, wanted).into()),
        has_ipv6().then(|| (Ipv6Addr::LOCALHOST, wanted).into()),
    ];
    for address in hosts.into_iter().flatten() {
        let address: std::net::SocketAddr = address;
        let taken = TcpListener::bind(address).expect("it is free");
        // Asked for by name it is an error.
        let output = site.run(&["serve", "--port", &wanted.to_string()]);
        let said = stderr(&output);
        assert_eq!(output.status.code(), Some(1), "{said}");
        assert!(
            said.contains(&format!("error: port {wanted} is taken")) && said.contains("--port"),
            "{said}"
        );
        // The site's own is where the search begins.
        site.write("site.toml", format!("{settings}[preview]\nport = {wanted}\n"));
        let preview = Preview::run(&site, site.command(&["serve", "--now", common::NOW])).ready();
        assert!(preview.port > wanted, "{}", preview.said());
        let says = format!("Port {wanted} is taken, so it is {}\n", preview.port);
        assert!(preview.said().contains(&says), "{}", preview.said());
        assert_eq!(preview.code("/"), 200);
        drop((preview, taken));
        let preview = Preview::run(&site, site.command(&["serve", "--now", common::NOW])).ready();
        assert_eq!(preview.port, wanted);
        assert!(!preview.said().contains("is taken"), "{}", preview.said());
    }
}

#[test]
fn row_32_a_preview_for_others() {
    let site = newsroom();
    let preview = Preview::start(&site, &["--host", "0.0.0.0", "--allow-host", "Desk.example"]);
    let said = preview.said();
    assert!(said.contains("warning") && said.contains("others can read this preview"), "{said}");
    let port = preview.port;
    let asked = |host: &str| preview.ask("GET", "/", &[("Host", host)]).status;
    for host in ["localhost", "127.0.0.1", "192.168.1.7", "10.0.0.1", "[::1]", "desk.example", "DESK.example"]
    {
        assert_eq!(asked(host), 200, "{host}");
        assert_eq!(asked(&format!("{host}:{port}")), 200, "{host}");
    }
    for host in [
        "evil.example",
        "sub.desk.example",
        "localhost.evil.example",
        "192.168.1.7.evil.example",
        "2130706433",
    ] {
        let answer = preview.ask("GET", "/", &[("Host", host)]);
        assert_eq!(answer.status, 403, "{host}");
        assert!(answer.text().contains("--allow-host"), "{}", answer.text());
        assert_eq!(asked(&format!("{host}:{port}")), 403, "{host}");
    }
    drop(preview);
    // Names may stand in the settings. Who did not ask for it is heard by this machine alone.
    let settings = site.read("site.toml");
    site.write("site.toml", format!("{settings}[preview]\nallow_hosts = [\"desk.example\"]\n"));
    let preview = Preview::start(&site, &[]);
    assert_eq!(preview.ask("GET", "/", &[("Host", "desk.example")]).status, 200);
    assert!(!preview.said().contains("others can read"), "{}", preview.said());
}

#[test]
fn it_ends_at_once_when_it_is_told() {
    let site = newsroom();
    for signal in ["INT", "TERM", "HUP"] {
        // With a stream of events that is open, and a page that is being made.
        let preview = Preview::start(&site, &[]);
        preview.signal(signal);
        let (status, said) = preview.ended();
        assert_eq!(status.code(), Some(0), "{signal}: {said}");
    }
}

#[test]
fn it_needs_a_site() {
    let site = Site::empty();
    let output = site.run(&["serve", "--port", "0"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains("site.toml"), "{}", stderr(&output));
}
