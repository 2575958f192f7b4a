//! Diagnostics as they are shown, and the words a command ends with.

use super::args::{Global, MessageFormat};
use super::draw::{Look, draw};
use super::{lines, terminal};
use crate::diagnostic::{self, Diagnostic, Severity};
use crate::visible;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// How many problems of one kind are drawn with their source lines. Who has more sees no further than that.
const MOST_OF_A_KIND: usize = 100;

/// Shows every diagnostic, in the order of their places, and gives the exit status: 1 where one is an error, or
/// with `strict` a warning.
pub(super) fn show(global: &Global, diagnostics: &mut [Diagnostic], strict: bool) -> u8 {
    diagnostic::sort(diagnostics);
    let fails = |diagnostic: &&Diagnostic| diagnostic.is_error() || strict;
    let status = u8::from(diagnostics.iter().any(|diagnostic| fails(&diagnostic)));
    let shown: Vec<&Diagnostic> =
        diagnostics.iter().filter(|diagnostic| !global.quiet || fails(diagnostic)).collect();
    let on_github = std::env::var_os("GITHUB_ACTIONS").is_some_and(|value| value == "true");
    let mut out = String::new();
    let mut err = String::new();
    match global.message_format {
        MessageFormat::Json => {
            shown.iter().for_each(|diagnostic| out += &lines::json(diagnostic, &global.root));
        }
        MessageFormat::Short => {
            shown.iter().for_each(|diagnostic| err += &lines::short(diagnostic, &global.root));
        }
        MessageFormat::Human => err = human(&shown, &look(global)),
    }
    if on_github && global.message_format != MessageFormat::Json {
        let root = workspace_path(&global.root);
        shown.iter().for_each(|diagnostic| out += &lines::github(diagnostic, &root));
    }
    if !global.quiet && global.message_format != MessageFormat::Json {
        err += &count(&shown, strict);
    }
    if on_github {
        err = lines::defuse(&err);
    }
    terminal::err(&err);
    match terminal::out(&out) {
        Ok(()) => status,
        failed => terminal::status(failed),
    }
}

/// What a preview shows: `Showing 12 articles, 149 pages (18 ms)`.
pub(super) fn showing(articles: usize, pages: usize, time: Duration) -> String {
    format!("{}, {} in {}", number(articles, "article"), number(pages, "page"), duration(time))
}

/// What a build did.
#[derive(Debug, Clone)]
pub(super) struct Built<'a> {
    /// Articles that are published.
    pub articles: usize,
    /// Pages and other files of the site.
    pub pages: usize,
    /// Files that were new or other than before.
    pub written: usize,
    /// Files that were as they should be.
    pub unchanged: usize,
    /// Files that the site no longer has.
    pub removed: usize,
    /// How long it took.
    pub time: Duration,
    /// The folder built into.
    pub output: &'a Path,
}

/// Says what a build did: `Built 12 articles, 96 pages in 48 ms: 96 written, 0 unchanged, 0 removed → public`.
pub(super) fn built(global: &Global, built: &Built<'_>) {
    terminal::say(global, &built_line(built));
}

fn look(global: &Global) -> Look {
    let (color, width) = (terminal::has_color(), terminal::width());
    Look { root: global.root.clone(), codes: global.verbose, color, width }
}

fn human(diagnostics: &[&Diagnostic], look: &Look) -> String {
    let mut text = String::new();
    let mut of_kind: BTreeMap<&str, usize> = BTreeMap::new();
    for diagnostic in diagnostics {
        let seen = of_kind.entry(&*diagnostic.code).or_default();
        *seen += 1;
        if *seen <= MOST_OF_A_KIND {
            text += &draw(diagnostic, look);
            text += "\n\n";
        }
    }
    for (code, seen) in of_kind.into_iter().filter(|(_, seen)| *seen > MOST_OF_A_KIND) {
        let more = grouped(seen - MOST_OF_A_KIND);
        let _ = writeln!(text, "… and {more} more of '{code}'; --message-format short shows them all\n");
    }
    text
}

/// `3 errors, 1 warning`; empty where there are none, and for a lone problem of the command rather than of a file,
/// such as a folder that is not there.
fn count(diagnostics: &[&Diagnostic], strict: bool) -> String {
    if diagnostics.len() == 1 && diagnostics[0].file.is_none() && !strict {
        return String::new();
    }
    let of = |severity| diagnostics.iter().filter(|diagnostic| diagnostic.severity == severity).count();
    let (errors, warnings) = (of(Severity::Error), of(Severity::Warning));
    let why = if strict && errors == 0 { " (an error under --strict)" } else { "" };
    match (errors, warnings) {
        (0, 0) => String::new(),
        (0, _) => format!("{}{why}\n", number(warnings, "warning")),
        (_, 0) => format!("{}\n", number(errors, "error")),
        _ => format!("{}, {}\n", number(errors, "error"), number(warnings, "warning")),
    }
}

fn built_line(built: &Built<'_>) -> String {
    format!(
        "Built {}, {} in {}: {} written, {} unchanged, {} removed → {}\n",
        number(built.articles, "article"),
        number(built.pages, "page"),
        duration(built.time),
        grouped(built.written),
        grouped(built.unchanged),
        grouped(built.removed),
        visible::line(&built.output.to_string_lossy()),
    )
}

pub(super) fn number(count: usize, what: &str) -> String {
    format!("{} {what}{}", grouped(count), if count == 1 { "" } else { "s" })
}

/// `1,234,567`.
pub(super) fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// `48 ms`, `1.3 s` or `2 min 5 s`.
pub(super) fn duration(time: Duration) -> String {
    match time.as_secs() {
        0 => format!("{} ms", time.as_millis()),
        1..60 => format!("{:.1} s", (time.as_secs_f64() * 10.0).floor() / 10.0),
        seconds => format!("{} min {} s", seconds / 60, seconds % 60),
    }
}

/// The site's folder as it is named from the top of the repository, which is where GitHub counts from, wherever
/// in it a workflow's step runs.
fn workspace_path(root: &Path) -> PathBuf {
    let below = std::env::var_os("GITHUB_WORKSPACE").and_then(|workspace| {
        let workspace = Path::new(&workspace).canonicalize().ok()?;
        Some(root.canonicalize().ok()?.strip_prefix(workspace).ok()?.to_owned())
    });
    below.unwrap_or_else(|| if root == Path::new(".") { PathBuf::new() } else { root.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain() -> Look {
        Look { root: ".".into(), codes: false, color: false, width: None }
    }

    #[test]
    fn the_count_is_in_words() {
        let (error, warning) = (Diagnostic::error("a", "A"), Diagnostic::warning("b", "B"));
        assert_eq!(count(&[&error, &warning, &error], false), "2 errors, 1 warning\n");
        assert_eq!(count(&[&warning], false), "");
        assert_eq!(count(&[&warning.clone().in_file("a.md")], false), "1 warning\n");
        assert_eq!(count(&[&warning], true), "1 warning (an error under --strict)\n");
        assert_eq!(count(&[], true), "");
    }

    #[test]
    fn many_of_a_kind_are_cut_and_counted() {
        let (many, other) = (Diagnostic::error("dead-link", "x"), Diagnostic::error("other", "y"));
        let mut all = vec![&many; 1_412];
        all.push(&other);
        let text = human(&all, &plain());
        assert_eq!(text.matches("error: x").count(), 100);
        assert!(text.contains("error: y") && text.contains("and 1,312 more of 'dead-link'"), "{text}");
    }

    #[test]
    fn the_closing_line_of_a_build() {
        let built = Built {
            articles: 1,
            pages: 1_234_567,
            written: 96,
            unchanged: 1_000,
            removed: 0,
            time: Duration::from_millis(48),
            output: Path::new("public"),
        };
        let line =
            "Built 1 article, 1,234,567 pages in 48 ms: 96 written, 1,000 unchanged, 0 removed → public\n";
        assert_eq!(built_line(&built), line);
        assert_eq!(duration(Duration::from_millis(1_399)), "1.3 s");
        assert_eq!(duration(Duration::from_millis(59_999)), "59.9 s");
        assert_eq!(duration(Duration::from_secs(125)), "2 min 5 s");
    }
}
