//! One diagnostic drawn for a person: the source line, a caret under what is meant, notes and help.

use crate::diagnostic::{Diagnostic, Location, Severity};
use crate::visible::{self, shown_path};
use annotate_snippets::renderer::DEFAULT_LINE_NUM_STYLE;
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use std::borrow::Cow;
use std::path::PathBuf;

/// What the drawing depends on besides the diagnostic.
#[derive(Debug, Clone)]
pub(super) struct Look {
    /// The site's folder as it was named.
    pub root: PathBuf,
    /// Whether the code of each problem is shown.
    pub codes: bool,
    /// Whether there are colours.
    pub color: bool,
    /// The columns of the terminal; lines are not broken where there is none.
    pub width: Option<usize>,
}

/// Draws a diagnostic, without a line break at its end.
pub(super) fn draw(diagnostic: &Diagnostic, look: &Look) -> String {
    let renderer =
        if look.color { Renderer::styled() } else { Renderer::plain() }.term_width(look.width.unwrap_or(140));
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level.clone().primary_title(wrap(visible::line(&diagnostic.message), look.width));
    let title = Group::with_title(if look.codes { title.id(&*diagnostic.code) } else { title });
    let file = diagnostic.file.as_deref().map(|file| shown_path(&look.root, file));
    let file = file.as_ref().map(|file| file.to_string_lossy());
    let path = file.as_ref().map(|file| visible::line(file));
    let mut parts = vec![renderer.render(&[title])];
    parts.extend(path.map(|path| place(&path, diagnostic.location.as_ref(), look.color)));
    if let Some(location) = &diagnostic.location {
        let messages = remarks(diagnostic, look.width).map(|(level, text)| level.message(text));
        let body = Group::with_level(level).element(snippet(location)).elements(messages);
        parts.push(renderer.render(&[body]));
    } else {
        let groups = remarks(diagnostic, look.width)
            .map(|(level, text)| Group::with_title(level.secondary_title(text)));
        parts.extend(groups.map(|group| renderer.render(&[group])));
    }
    parts.join("\n")
}

/// ` --> path:line:column`, where the line numbers end. annotate-snippets would count the column in the
/// excerpt, not in the file.
fn place(path: &str, location: Option<&Location>, color: bool) -> String {
    let style = if color { DEFAULT_LINE_NUM_STYLE } else { annotate_snippets::renderer::Style::new() };
    let Some(Location { line, column, .. }) = location else { return format!(" {style}-->{style:#} {path}") };
    let indent = " ".repeat(line.to_string().len());
    format!("{indent}{style}-->{style:#} {path}:{line}:{column}")
}

fn snippet<'a>(location: &Location) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
    let (text, span) = visible::excerpt(&location.text, location.span.clone());
    Snippet::source(text).line_start(location.line).annotation(AnnotationKind::Primary.span(span))
}

fn remarks(
    diagnostic: &Diagnostic,
    width: Option<usize>,
) -> impl Iterator<Item = (Level<'static>, Cow<'_, str>)> {
    let notes = diagnostic.notes.iter().map(|note| (Level::NOTE, note));
    let remarks = notes.chain(diagnostic.help.iter().map(|help| (Level::HELP, help)));
    remarks.map(move |(level, text)| (level, wrap(visible::lines(text), width)))
}

/// Breaks text at spaces so that it fits beside its label; a word that is longer than a line is left whole, since
/// it may be an address to click.
fn wrap(text: Cow<'_, str>, width: Option<usize>) -> Cow<'_, str> {
    let Some(room) = width.map(|width| width.saturating_sub(15).max(20)) else { return text };
    if text.lines().all(|line| line.chars().count() <= room) {
        return text;
    }
    let mut wrapped = String::with_capacity(text.len() + 8);
    for (at, line) in text.split('\n').enumerate() {
        if at > 0 {
            wrapped.push('\n');
        }
        let mut column = 0;
        for word in line.split(' ') {
            let length = word.chars().count();
            if column > 0 {
                let fits = column + 1 + length <= room;
                wrapped.push(if fits { ' ' } else { '\n' });
                column = if fits { column + 1 } else { 0 };
            }
            wrapped += word;
            column += length;
        }
    }
    Cow::Owned(wrapped)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn look() -> Look {
        Look { root: "site".into(), codes: false, color: false, width: Some(80) }
    }

    fn drawn(diagnostic: &Diagnostic) -> String {
        draw(diagnostic, &look())
    }

    #[test]
    fn the_line_the_caret_and_the_help_are_drawn() {
        let text = "+++\ntittle = \"A\"\n";
        let diagnostic = Diagnostic::error("unknown-key", "unknown key 'tittle'")
            .at("content/a.md", text, 4..10)
            .note("keys are lower case")
            .help("did you mean 'title'?");
        let expected = "\
error: unknown key 'tittle'
 --> site/content/a.md:2:1
  |
2 | tittle = \"A\"
  | ^^^^^^
  |
  = note: keys are lower case
  = help: did you mean 'title'?";
        assert_eq!(drawn(&diagnostic), expected);
        let coded = draw(&diagnostic, &Look { codes: true, ..look() });
        assert!(coded.starts_with("error[unknown-key]: unknown key"), "{coded}");
    }

    #[test]
    fn a_problem_without_a_place_has_none() {
        let nowhere = Diagnostic::warning("a", "something is odd").help("look");
        assert_eq!(drawn(&nowhere), "warning: something is odd\nhelp: look");
        let in_file = Diagnostic::error("a", "cannot be read").in_file("content/a.md").note("b\nc");
        assert_eq!(drawn(&in_file), "error: cannot be read\n --> site/content/a.md\nnote: b\n      c");
    }

    #[test]
    fn nothing_from_a_file_reaches_the_terminal_raw() {
        let text = "a = \u{1b}[31m\u{202e}x";
        let evil = "\u{1b}]0;owned\u{7}\u{9b}2J\r\u{202e}";
        let diagnostic = Diagnostic::error("a", evil).at(evil, text, 4..text.len()).note(evil).help(evil);
        let text = drawn(&diagnostic);
        assert!(!text.contains(|c: char| visible::is_hidden(c) && c != '\n'), "{text:?}");
        let colored = draw(&diagnostic, &Look { color: true, ..look() });
        assert!(!colored.contains(['\u{7}', '\u{9b}', '\r', '\u{202e}']), "{colored:?}");
        assert!(!colored.contains("\u{1b}]"), "{colored:?}");
    }

    #[test]
    fn a_long_line_is_cut_and_its_column_is_still_that_of_the_file() {
        let text = "x".repeat(500_000) + "HERE" + &"y".repeat(500_000);
        let drawn = drawn(&Diagnostic::error("a", "b").at("a.md", &text, 500_000..500_004));
        assert!(drawn.contains("site/a.md:1:500001"), "{drawn}");
        assert!(drawn.contains("HERE") && drawn.lines().all(|line| line.chars().count() <= 90), "{drawn}");
    }

    #[test]
    fn long_remarks_are_broken_on_a_terminal_alone() {
        let long = Diagnostic::error("a", "b").at("a.md", "c", 0..1).help("some words ".repeat(20).trim());
        let text = drawn(&long);
        assert!(
            text.lines().all(|line| line.len() <= 80) && text.contains("\n          some words"),
            "{text}"
        );
        let piped = draw(&long, &Look { width: None, ..look() });
        assert_eq!(piped.lines().count(), 7, "{piped}");
        let address = format!("see https://{}", "x".repeat(200));
        assert_eq!(wrap(address.as_str().into(), Some(80)), address.replace("see ", "see\n"));
    }

    #[test]
    fn no_place_however_odd_makes_it_panic() {
        let places = [(0..0, ""), (3..3, "é"), (1..9, "é"), (0..400, "\t\t\u{0}\n\u{1}x"), (7..7, "日本語")];
        for (span, text) in places {
            let location = Location { line: 1_000_000, column: 0, text: text.to_owned(), span };
            drawn(&Diagnostic::error("a", "b").located("a.md", location));
        }
    }
}
