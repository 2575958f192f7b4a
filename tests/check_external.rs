//! `dateline check --external`: servers that answer well, elsewhere, not any more, not at once, not to programs, or not at
//! all, and what is said of each, at the line where it is linked.

mod common;

use common::http::PATIENCE;
use common::web::{Reply, Request, Web};
use common::{NOW, Site, stderr, stdout};
use serde_json::Value;
use std::collections::BTreeSet;
use std::process::{Command, Output};
use std::sync::{Arc, Condvar, Mutex};

/// A problem: severity, code, `file:line`, message, help.
type Problem = (String, String, String, String, String);

fn command(site: &Site, arguments: &[&str]) -> Command {
    let mut all = vec!["check", "--external", "--now", NOW];
    all.extend(arguments);
    let mut command = site.command(&all);
    for variable in ["HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"] {
        command.env_remove(variable);
    }
    command
}

fn run(site: &Site, arguments: &[&str]) -> Output {
    command(site, arguments).output().expect("the binary runs")
}

fn problems(site: &Site, arguments: &[&str]) -> Vec<Problem> {
    let mut all = vec!["--message-format", "json"];
    all.extend(arguments);
    let output = run(site, &all);
    let problem = |line: &str| {
        let value: Value = serde_json::from_str(line).expect("a line is an object");
        let text = |key: &str| value[key].as_str().unwrap_or_default().to_owned();
        let place = match value["line"].as_u64() {
            Some(line) => format!("{}:{line}", text("file")),
            None => text("file"),
        };
        (text("severity"), text("code"), place, text("message"), text("help"))
    };
    let problems: Vec<Problem> = stdout(&output).lines().map(problem).collect();
    let fails = problems.iter().any(|problem| problem.0 == "error");
    assert_eq!(output.status.code(), Some(i32::from(fails)), "{}", stderr(&output));
    problems
}

/// A site whose servers may take no longer than three seconds.
fn site() -> Site {
    let site = Site::new();
    let settings = "base_url = \"https://x.example/digest/\"\ntitle = \"T\"\n[check]\ntimeout = 3\n";
    site.write("site.toml", settings);
    site
}

/// The one problem with an address; none where there is none.
fn of<'a>(problems: &'a [Problem], url: &str) -> Option<&'a Problem> {
    let mut own = problems
        .iter()
        .filter(|problem| problem.3.strip_prefix(url).is_some_and(|rest| rest.starts_with(' ')));
    let first = own.next();
    assert!(own.next().is_none(), "{url} is reported twice: {problems:#?}");
    first
}

fn answers(request: &Request, before: usize) -> Reply {
    match request.path.split('?').next().unwrap_or_default() {
        "/moved" | "/news/story" => Reply::redirect(301, "/ok"),
        "/moved-twice" => Reply::redirect(308, "/moved"),
        "/moved-then-not" => Reply::redirect(301, "/for-now"),
        "/moved-home" => Reply::redirect(301, "/"),
        "/for-now" => Reply::redirect(302, "/ok#part"),
        "/gone" => Reply::status(404),
        "/gone-for-good" => Reply::status(410),
        "/moved-gone" => Reply::redirect(301, "/gone"),
        "/head-405" | "/head-404" | "/head-500" if request.method == "HEAD" => {
            Reply::status(request.path[6..].parse().expect("a status"))
        }
        "/huge" if request.method == "HEAD" => Reply::status(501),
        "/huge" => Reply::Endless,
        "/busy" if before == 0 => Reply::Status(429, vec![("Retry-After", "1".to_owned())]),
        "/fails-once" if before == 0 => Reply::status(503),
        "/fails" => Reply::status(500),
        "/slow" => Reply::Silence,
        "/reset" => Reply::Reset,
        "/reset-once" if before == 0 => Reply::Reset,
        "/circle" => Reply::redirect(302, "/circle/2"),
        "/circle/2" => Reply::redirect(302, "/circle"),
        "/nowhere" => Reply::redirect(302, "ftp://a.example/"),
        "/forbidden" => Reply::status(403),
        "/wall" => Reply::status(999),
        path if path.starts_with("/on/") => Reply::redirect(302, format!("{path}/on/")),
        _ => Reply::status(200),
    }
}

#[test]
fn every_answer_is_told_apart() {
    let web = Web::serve(answers);
    let paths = [
        "/ok",
        "/moved",
        "/moved-twice",
        "/moved-then-not",
        "/moved-home",
        "/for-now",
        "/gone",
        "/gone-for-good",
        "/moved-gone",
        "/head-405",
        "/head-404",
        "/head-500",
        "/huge",
        "/busy",
        "/fails-once",
        "/fails",
        "/slow",
        "/reset",
        "/reset-once",
        "/circle",
        "/nowhere",
        "/forbidden",
        "/wall",
        "/on/",
    ];
    let site = site();
    let body: String = paths.iter().map(|path| format!("[x]({}#part)\n", web.url(path))).collect();
    site.article("a.md", "2021-11-25", "", &body);
    let found = problems(&site, &["--private"]);
    let said =
        |path: &str| of(&found, &web.url(path)).map(|(severity, code, ..)| format!("{severity} {code}"));

    for good in [
        "/ok",
        "/for-now",
        "/head-405",
        "/head-404",
        "/head-500",
        "/huge",
        "/busy",
        "/fails-once",
        "/reset-once",
    ] {
        assert_eq!(said(good), None, "{good}");
    }
    for moved in ["/moved", "/moved-twice", "/moved-then-not", "/moved-home"] {
        assert_eq!(said(moved).as_deref(), Some("warning link-moved"), "{moved}");
    }
    for gone in ["/gone", "/gone-for-good", "/moved-gone"] {
        assert_eq!(said(gone).as_deref(), Some("error link-gone"), "{gone}");
    }
    for unreachable in ["/fails", "/slow", "/reset", "/circle", "/nowhere", "/on/"] {
        assert_eq!(said(unreachable).as_deref(), Some("warning link-unreachable"), "{unreachable}");
    }
    for refused in ["/forbidden", "/wall"] {
        assert_eq!(said(refused).as_deref(), Some("warning link-refused"), "{refused}");
    }
    assert_eq!(found.len(), 15, "{found:#?}");

    let tells = |path: &str, part: &str| {
        let (_, _, place, message, help) = of(&found, &web.url(path)).expect("it is told");
        let line = 7 + paths.iter().position(|own| *own == path).expect("it is linked");
        assert_eq!(*place, format!("content/articles/a.md:{line}"), "{path}");
        assert!(format!("{message} {help}").contains(part), "{message} {help}");
    };
    tells("/moved", &format!("write {}", web.url("/ok")));
    tells("/moved-twice", &format!("write {}", web.url("/ok")));
    tells("/moved-then-not", &format!("write {}", web.url("/for-now")));
    tells("/moved-home", "a front page now");
    tells("/gone", "is gone (404)");
    tells("/gone-for-good", "is gone (410)");
    tells("/slow", "no answer within 3 s");
    tells("/reset", "its server broke off");
    tells("/fails", "its server fails (500)");
    tells("/circle", "leads in a circle");
    tells("/on/", "leads on and on");
    tells("/nowhere", "what is no address");
    tells("/wall", "(999)");

    assert_eq!(web.asked("/ok")[0], "HEAD");
    assert_eq!(web.asked("/head-405"), ["HEAD", "GET"]);
    assert_eq!(web.asked("/busy"), ["HEAD", "HEAD"]);
    assert_eq!(web.asked("/slow"), ["HEAD", "GET"]);
    assert_eq!(web.asked("/reset"), ["HEAD", "GET", "GET", "GET"]);
    assert_eq!(web.asked("/huge"), ["HEAD", "GET"]);
    assert!(web.taken() < 32 << 20, "{} bytes of a huge body were taken", web.taken());
    assert_eq!(web.most_at_once(), 1, "a host is asked one thing at a time");
    for Request { head, path, .. } in web.requests() {
        let agent =
            format!("dateline/{} (link check; +https://x.example/digest/)", env!("CARGO_PKG_VERSION"));
        assert!(head.to_ascii_lowercase().contains(&format!("user-agent: {agent}")), "{head}");
        assert!(!path.contains('#'));
    }
}

#[test]
fn a_link_is_told_of_wherever_it_is_written() {
    let web = Web::serve(answers);
    let site = site();
    let gone = web.url("/gone");
    let settings = site.read("site.toml");
    let menu = format!("menu = [{{ label = \"M\", to = \"{gone}?menu\" }}]\n[check]");
    site.write("site.toml", settings.replace("[check]", &menu));
    let front = format!(
        "source = {{ name = \"S\", url = \"{gone}?source\" }}\nvia = {{ name = \"V\", url = \"{gone}?via\" }}"
    );
    let body =
        format!("[a]({gone}?a&b) <a href='{gone}?raw&amp;c'>b</a>\n\n![p]({gone}?picture) <{gone}?auto>");
    site.article("a.md", "2021-11-25", &front, &body);
    site.article("b.md", "2021-11-25", "", &format!("[a]({gone}?a&b)"));
    site.write("content/pages/about.md", format!("+++\ntitle = \"About\"\n+++\n\n[x]({gone}?about)\n"));
    let page = format!(
        "{{% extends \"dateline/archive.html\" %}}\n{{% block main %}}\n<a href=\"{gone}?template\">x</a>{{% endblock %}}"
    );
    site.write("templates/archive.html", page);
    let found = problems(&site, &["--private"]);
    let mut places: Vec<String> = found
        .iter()
        .map(|(_, code, place, message, _)| {
            assert_eq!(code, "link-gone");
            let query =
                message.split_once('?').and_then(|(_, rest)| rest.split_once(' ')).expect("an address").0;
            format!("{query} {place}")
        })
        .collect();
    places.sort();
    let expected = [
        "a&b content/articles/a.md:8",
        "a&b content/articles/b.md:7",
        "about content/pages/about.md:5",
        "auto content/articles/a.md:10",
        "menu site.toml:3",
        "picture content/articles/a.md:10",
        "raw&c content/articles/a.md:8",
        "source content/articles/a.md:4",
        "template templates/archive.html:3",
        "via content/articles/a.md:5",
    ];
    assert_eq!(places, expected);
    let asked = web.requests().len();
    assert_eq!(asked, 9 * 2, "every address once, by HEAD and by GET");

    let output = command(&site, &["--private"]).env("GITHUB_ACTIONS", "true").output().expect("it runs");
    let said = stdout(&output);
    let line = format!(
        "::error file=content/articles/a.md,line=4,col=31,title=link-gone::{gone}?source is gone (404)"
    );
    assert!(said.contains(&line), "{said}");
}

#[test]
fn a_good_answer_is_kept_and_another_is_not() {
    let web = Web::serve(answers);
    let site = site();
    let body = format!("[a]({}) [b]({}) [c]({})", web.url("/ok"), web.url("/moved"), web.url("/forbidden"));
    site.article("a.md", "2021-11-25", "", &body);
    let output = run(&site, &["--private"]);
    assert!(output.status.success(), "{}", stderr(&output));
    assert!(
        stderr(&output).ends_with("Asked 3 links: 1 good, 1 moved, 0 gone, 0 unreachable, 1 refused\n"),
        "{}",
        stderr(&output)
    );
    assert_eq!(web.asked("/ok").len(), 2, "once itself, and once where another leads to");
    let output = run(&site, &["--private", "--strict"]);
    assert_eq!(output.status.code(), Some(1));
    let line =
        "Asked 2 links: 0 good, 1 moved, 0 gone, 0 unreachable, 1 refused; 1 more answered within a day\n";
    assert!(stderr(&output).ends_with(line), "{}", stderr(&output));
    assert_eq!((web.asked("/ok").len(), web.asked("/moved").len()), (3, 2));
    assert!(!site.output().exists());
}

#[test]
fn what_is_ignored_and_what_is_private_is_not_asked() {
    let web = Web::serve(answers);
    let site = site();
    let body = format!("[a]({}) [b]({}) [c](http://localhost:1/)", web.url("/gone?1"), web.url("/gone"));
    site.article("a.md", "2021-11-25", "", &body);
    let settings = site.read("site.toml");
    site.write("site.toml", format!("{settings}ignore = [\"*/gone?1\"]\n"));
    let found = problems(&site, &[]);
    let codes: Vec<&str> = found.iter().map(|problem| problem.1.as_str()).collect();
    assert_eq!(codes, ["link-private", "link-private"], "{found:#?}");
    assert_eq!(web.requests(), []);
    assert_eq!(problems(&site, &["--private"]).iter().filter(|problem| problem.1 == "link-gone").count(), 1);
    assert_eq!(web.asked("/gone?1"), Vec::<String>::new());
    let usage = site.run(&["check", "--private"]);
    assert_eq!(usage.status.code(), Some(2), "it says nothing without --external");
}

#[test]
fn a_name_of_this_machine_is_not_asked() {
    let web = Web::serve(answers);
    let site = site();
    site.article(
        "a.md",
        "2021-11-25",
        "",
        &format!("[a](http://x.localhost:{}/ok)", web.url("").rsplit(':').next().expect("a port")),
    );
    let found = problems(&site, &[]);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].1, "link-private");
    assert_eq!(web.requests(), []);
}

#[test]
fn a_host_that_asks_for_a_long_pause_is_left_alone() {
    let web = Web::serve(|_, _| Reply::Status(429, vec![("Retry-After", "3600".to_owned())]));
    let site = site();
    let body: String = (0..5).map(|number| format!("[x]({})\n", web.url(&format!("/{number}")))).collect();
    site.article("a.md", "2021-11-25", "", &body);
    let found = problems(&site, &["--private"]);
    assert_eq!(found.len(), 5);
    let asks = |problem: &Problem| {
        problem.1 == "link-unreachable" && problem.3.contains("to be left alone for a while (429)")
    };
    assert!(found.iter().all(asks), "{found:#?}");
    assert_eq!(web.requests().len(), 1);
}

#[test]
fn a_host_that_is_down_is_not_asked_for_ever() {
    let web = Web::serve(|_, _| Reply::Reset);
    let site = site();
    let body: String = (0..9).map(|number| format!("[x]({})\n", web.url(&format!("/{number}")))).collect();
    site.article("a.md", "2021-11-25", "", &body);
    let found = problems(&site, &["--private"]);
    assert_eq!(found.len(), 9, "{found:#?}");
    assert_eq!(web.requests().len(), 3 * 4, "three addresses, with a GET and two more tries");
}

/// Each of two servers answers only once the other has been asked, too.
#[test]
fn a_slow_host_holds_up_no_other() {
    let asked = Arc::new((Mutex::new(BTreeSet::new()), Condvar::new()));
    let serve = |name: &'static str| {
        let asked = asked.clone();
        Web::serve(move |_, _| {
            let (names, changed) = &*asked;
            let mut names = names.lock().expect("nobody panicked");
            names.insert(name);
            changed.notify_all();
            let both = changed.wait_timeout_while(names, PATIENCE, |names| names.len() < 2);
            Reply::status(if both.expect("nobody panicked").1.timed_out() { 404 } else { 200 })
        })
    };
    let (one, other) = (serve("one"), serve("other"));
    let site = site();
    site.article("a.md", "2021-11-25", "", &format!("[x]({}) [y]({})", one.url("/"), other.url("/")));
    assert_eq!(problems(&site, &["--private"]), []);
    assert_eq!((one.requests().len(), other.requests().len()), (1, 1));
}

#[test]
fn a_machine_that_is_offline_is_told_so_once() {
    let site = site();
    // Ports that nobody listens on: they were free a moment ago.
    let ports = [(); 3].map(|()| {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port is free");
        listener.local_addr().expect("it has an address").port()
    });
    let body: String = ports.iter().map(|port| format!("[x](http://127.0.0.1:{port}/)\n")).collect();
    site.article("a.md", "2021-11-25", "", &body);
    let found = problems(&site, &["--private"]);
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!(found[0].1, "offline");
    assert_eq!(found[0].3, "none of 3 links could be reached: this machine may be offline");
}

#[test]
fn without_the_option_nobody_is_asked() {
    let web = Web::serve(answers);
    let site = site();
    site.article("a.md", "2021-11-25", "", &format!("[a]({})", web.url("/gone")));
    let output = site.run(&["check", "--now", NOW]);
    assert!(output.status.success(), "{}", stderr(&output));
    assert_eq!(web.requests(), []);
}
