//! Diagnostics a line each: for scripts, for programs, and for GitHub.

use crate::diagnostic::{Diagnostic, Severity};
use crate::visible::{self, shown_path};
use serde::Serialize;
use std::fmt::Write;
use std::path::Path;

/// `path:line:column: error: message (help)`.
pub(super) fn short(diagnostic: &Diagnostic, root: &Path) -> String {
    let mut text = String::new();
    if let Some(file) = &diagnostic.file {
        text += &visible::line(&shown_path(root, file).to_string_lossy());
        if let Some(location) = &diagnostic.location {
            let _ = write!(text, ":{}:{}", location.line, location.column);
        }
        text += ": ";
    }
    let _ = write!(text, "{}: {}", diagnostic.severity, visible::line(&diagnostic.message));
    if let Some(help) = &diagnostic.help {
        let _ = write!(text, " ({})", visible::line(help));
    }
    text.push('\n');
    text
}

/// A JSON object. What is absent is `null`; `file` is the path from the current folder.
pub(super) fn json(diagnostic: &Diagnostic, root: &Path) -> String {
    #[derive(Serialize)]
    struct Line<'a> {
        severity: String,
        code: &'a str,
        message: &'a str,
        file: Option<String>,
        line: Option<usize>,
        column: Option<usize>,
        help: Option<&'a str>,
        notes: &'a [String],
    }
    let file = diagnostic.file.as_ref().map(|file| shown_path(root, file));
    let line = Line {
        severity: diagnostic.severity.to_string(),
        code: &diagnostic.code,
        message: &diagnostic.message,
        file: file.map(|file| file.to_string_lossy().into_owned()),
        line: diagnostic.location.as_ref().map(|location| location.line),
        column: diagnostic.location.as_ref().map(|location| location.column),
        help: diagnostic.help.as_deref(),
        notes: &diagnostic.notes,
    };
    // Strings and numbers alone cannot fail to be JSON.
    object(&serde_json::to_string(&line).unwrap_or_default())
}

/// A workflow command that puts the problem beside its line in GitHub's view of the change
/// (<https://docs.github.com/actions/reference/workflow-commands-for-github-actions>).
pub(super) fn github(diagnostic: &Diagnostic, root: &Path) -> String {
    let mut properties = Vec::new();
    if let Some(file) = &diagnostic.file {
        properties.push(format!("file={}", property(&root.join(file).to_string_lossy().replace('\\', "/"))));
    }
    if let Some(location) = &diagnostic.location {
        properties.push(format!("line={},col={}", location.line, location.column));
    }
    properties.push(format!("title={}", property(&diagnostic.code)));
    let command = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let mut message = visible::line(&diagnostic.message).into_owned();
    for remark in diagnostic.notes.iter().chain(&diagnostic.help) {
        message.push('\n');
        message += &visible::lines(remark);
    }
    format!("::{command} {}::{}\n", properties.join(","), data(&message))
}

/// Text in which a GitHub runner finds no command: it obeys `::…` at the start of a line that is printed and
/// `##[…]` anywhere in one, whoever wrote it.
pub(super) fn defuse(text: &str) -> String {
    let safe = text.split('\n').map(|line| {
        let indent = line.len() - line.trim_start().len();
        let colons = line[indent..].starts_with("::");
        if colons { format!("{}\\u{{3a}}{}", &line[..indent], &line[indent + 1..]) } else { line.to_owned() }
    });
    safe.collect::<Vec<_>>().join("\n").replace("##[", "##\\u{5b}")
}

/// A line of JSON in which what a terminal would obey, or not show, or a GitHub runner take for a command, is
/// escaped. All of it can only stand in strings, where an escape is the character itself.
pub(super) fn object(json: &str) -> String {
    let mut text = String::with_capacity(json.len() + 1);
    for character in json.chars() {
        if visible::is_hidden(character) {
            for unit in character.encode_utf16(&mut [0; 2]) {
                let _ = write!(text, "\\u{unit:04x}");
            }
        } else if character == '[' && text.ends_with("##") {
            text += "\\u005b";
        } else {
            text.push(character);
        }
    }
    text.push('\n');
    text
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn sample() -> Diagnostic {
        Diagnostic::error("unknown-key", "unknown key 'tittle'")
            .at("content/a.md", "+++\ntittle = 1\n", 4..10)
            .help("did you mean 'title'?")
    }

    #[test]
    fn short_is_one_line() {
        let line = "content/a.md:2:1: error: unknown key 'tittle' (did you mean 'title'?)\n";
        assert_eq!(short(&sample(), Path::new(".")), line);
        assert_eq!(short(&Diagnostic::warning("a", "b\nc"), Path::new(".")), "warning: b\\nc\n");
        let in_file = Diagnostic::error("a", "b").in_file("x\u{1b}.md");
        assert_eq!(short(&in_file, Path::new("s")), "s/x\\u{1b}.md: error: b\n");
    }

    #[test]
    fn json_has_every_key_and_null_for_what_is_absent() {
        let line = json(&sample(), Path::new("site"));
        let value: serde_json::Value = serde_json::from_str(&line).unwrap();
        assert_eq!(
            value,
            json!({"severity": "error", "code": "unknown-key", "message": "unknown key 'tittle'",
                "file": "site/content/a.md", "line": 2, "column": 1, "help": "did you mean 'title'?", "notes": []})
        );
        let bare = json(&Diagnostic::warning("a", "b"), Path::new("."));
        let value: serde_json::Value = serde_json::from_str(&bare).unwrap();
        assert!(value["file"].is_null() && value["line"].is_null() && value["help"].is_null());
    }

    #[test]
    fn json_is_one_line_of_harmless_characters_that_means_the_same() {
        let message = "a\nb\u{1b}\u{9b}\u{202e}\u{e0001}\"\\ ##[error]";
        let line = json(&Diagnostic::error("a", message), Path::new("."));
        assert!(!line.trim_end().contains(visible::is_hidden) && !line.contains("##["), "{line:?}");
        let value: serde_json::Value = serde_json::from_str(&line).unwrap();
        assert_eq!(value["message"], message);
    }

    #[test]
    fn github_lines_are_escaped_its_way() {
        let line = "::error file=site/content/a.md,line=2,col=1,title=unknown-key::unknown key 'tittle'%0Adid you mean 'title'?\n";
        assert_eq!(github(&sample(), Path::new("site")), line);
        let odd = Diagnostic::warning("a", "50 %\n::error::x").in_file("a,b:c%.md");
        let line = "::warning file=a%2Cb%3Ac%25.md,title=a::50 %25\\n::error::x\n";
        assert_eq!(github(&odd, Path::new("")), line);
    }

    #[test]
    fn a_file_gives_no_orders_to_a_runner() {
        let text = "error: x\n  ::stop-commands::t\n::add-mask::a\n1 | ##[group]a :: b";
        assert_eq!(
            defuse(text),
            "error: x\n  \\u{3a}:stop-commands::t\n\\u{3a}:add-mask::a\n1 | ##\\u{5b}group]a :: b"
        );
    }
}
