//! What `dateline check --external` says of a site, and servers to ask.

use super::web::{Reply, Request};
use super::{NOW, Site, stderr, stdout};
use serde_json::Value;
use std::process::{Command, Output};

/// A problem: severity, code, `file:line`, message, help.
pub type Problem = (String, String, String, String, String);

pub fn command(site: &Site, arguments: &[&str]) -> Command {
    let mut all = vec!["check", "--external", "--now", NOW];
    all.extend(arguments);
    let mut command = site.command(&all);
    for variable in ["HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"] {
        command.env_remove(variable);
    }
    command
}

pub fn run(site: &Site, arguments: &[&str]) -> Output {
    command(site, arguments).output().expect("the binary runs")
}

pub fn problems(site: &Site, arguments: &[&str]) -> Vec<Problem> {
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

/// A site whose servers may take no longer than three seconds, and whose articles need name no source, no place and no summary.
pub fn site() -> Site {
    let site = Site::new();
    let settings = "base_url = \"https://x.example/digest/\"\ntitle = \"T\"\n[check]\ntimeout = 3\n\
        levels = { missing-source = \"off\", missing-summary = \"off\", missing-place = \"off\" }\n";
    site.write("site.toml", settings);
    site
}

/// The one problem with an address; none where there is none.
pub fn of<'a>(problems: &'a [Problem], url: &str) -> Option<&'a Problem> {
    let mut own = problems
        .iter()
        .filter(|problem| problem.3.strip_prefix(url).is_some_and(|rest| rest.starts_with(' ')));
    let first = own.next();
    assert!(own.next().is_none(), "{url} is reported twice: {problems:#?}");
    first
}

/// What a server answers, by the path.
pub fn answers(request: &Request, before: usize) -> Reply {
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
