//! What `dateline check` says of a site, taken apart.

use super::{NOW, Site, stderr, stdout};
use serde_json::Value;
use std::process::Output;

/// Where the sites are checked for.
pub const BASE: &str = "https://x.example/digest/";

pub fn check(site: &Site, arguments: &[&str]) -> Output {
    let mut all = vec!["check", "--now", NOW];
    if !arguments.contains(&"--base-url") {
        all.extend(["--base-url", BASE]);
    }
    all.extend(arguments);
    site.run(&all)
}

/// What a check rightly says of every article that is a headline and a text, as those of most tests are.
const BARE: [&str; 3] = ["missing-source", "missing-summary", "missing-place"];

/// Every problem: severity, code, `file:line:column` (as far as there is one), message, notes. That an article names no
/// source, no place and no summary is passed over.
pub fn problems(site: &Site, arguments: &[&str]) -> Vec<[String; 5]> {
    let mut all = vec!["--message-format", "json"];
    all.extend(arguments);
    let output = check(site, &all);
    let lines = stdout(&output);
    let problems: Vec<_> =
        lines.lines().map(problem).filter(|problem| !BARE.contains(&&*problem[1])).collect();
    let fails = problems.iter().any(|problem| problem[0] == "error");
    assert_eq!(output.status.code(), Some(i32::from(fails)), "{}", stderr(&output));
    problems
}

pub fn problem(line: &str) -> [String; 5] {
    let value: Value = serde_json::from_str(line).expect("a line is an object");
    let text = |key: &str| value[key].as_str().unwrap_or_default().to_owned();
    let place = match value["line"].as_u64() {
        Some(line) => format!("{}:{line}:{}", text("file"), value["column"]),
        None => text("file"),
    };
    let notes: Vec<&str> =
        value["notes"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    [text("severity"), text("code"), place, text("message"), notes.join("; ")]
}

/// The problems as `severity code file:line text`; the text is what stands at the column, to its end in quotes or brackets.
pub fn places(site: &Site, arguments: &[&str]) -> Vec<String> {
    let own = problems(site, arguments).into_iter();
    own.map(|[severity, code, place, ..]| format!("{severity} {code} {}", shown(site, &place))).collect()
}

pub fn shown(site: &Site, place: &str) -> String {
    let mut parts = place.split(':');
    let (Some(file), Some(line), Some(column)) = (parts.next(), parts.next(), parts.next()) else {
        return place.to_owned();
    };
    let number = |text: &str| text.parse::<usize>().expect("a number");
    let text = site.read(file);
    let text: String =
        text.lines().nth(number(line) - 1).expect("that line").chars().skip(number(column) - 1).collect();
    let text = text.split(['"', '\'', ')', '>', ',']).next().unwrap_or_default();
    format!("{file}:{line} {text}")
}
