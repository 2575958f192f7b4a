//! Tera's errors as diagnostics.

use super::template_sources::{Sources, file_name};
use crate::diagnostic::{Diagnostic, Location};
use tera::{ErrorKind, ReportError};

/// What Tera found wrong. `name` is the template it was asked about.
pub(super) fn diagnose(error: &tera::Error, name: &str, sources: &Sources) -> Vec<Diagnostic> {
    match error.kind() {
        ErrorKind::SyntaxError(report) => vec![reported("template-syntax", report, name, sources)],
        ErrorKind::RenderingError(report) => vec![reported("template-error", report, name, sources)],
        ErrorKind::MissingParent { current, parent } => {
            let text = sources.get(current).unwrap_or_default();
            let at = text.find(parent.as_str()).unwrap_or_default();
            let problem =
                Diagnostic::error("unknown-template", format!("there is no template '{parent}' to extend"));
            vec![
                problem
                    .located(&file_name(current), Location::in_text(text, at..at + parent.len()))
                    .help("the built-in ones are called dateline/base.html and the like"),
            ]
        }
        ErrorKind::CircularExtend { tpl, inheritance_chain } => {
            let message = format!("'{tpl}' extends itself: {}", inheritance_chain.join(" → "));
            vec![Diagnostic::error("template-syntax", message).in_file(file_name(tpl))]
        }
        ErrorKind::CircularInclude { tpl, include_chain } => {
            let message = format!("'{tpl}' includes itself: {}", include_chain.join(" → "));
            vec![Diagnostic::error("template-syntax", message).in_file(file_name(tpl))]
        }
        ErrorKind::Msg(text) => several(text, sources),
        other => vec![Diagnostic::error("template-error", other.to_string()).in_file(file_name(name))],
    }
}

fn reported(code: &'static str, report: &ReportError, name: &str, sources: &Sources) -> Diagnostic {
    let template = if report.filename().is_empty() { name } else { report.filename() };
    let span = report.span();
    let length =
        if span.end_line == span.start_line { span.end_col.saturating_sub(span.start_col) } else { 1 };
    let text = sources.get(template).unwrap_or_default();
    let location = Location::at_line(text, span.start_line, span.start_col + 1, length.max(1));
    let (message, help) = split(report.message());
    let problem = Diagnostic::error(code, message).located(&file_name(template), location);
    match help {
        Some(help) => problem.help(help),
        None => problem,
    }
}

/// Tera says what is there behind what is not; the first is the message, the second the help. So do our own
/// functions, with a line break between.
fn split(message: &str) -> (String, Option<String>) {
    for mark in [" Available variables: ", " Available fields: "] {
        if let Some((message, names)) = message.split_once(mark) {
            return (message.trim_end_matches('.').to_owned(), Some(format!("there are {names}")));
        }
    }
    match message.split_once('\n') {
        Some((message, help)) => (message.to_owned(), Some(help.trim().to_owned())),
        None => (message.trim_end_matches('.').to_owned(), None),
    }
}

/// Checking references, Tera gives all reports as one text: `error: …`, then `--> file:line:column`.
fn several(text: &str, sources: &Sources) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for report in text.split("\n\n") {
        let mut lines = report.lines();
        let message = lines.next().unwrap_or_default().trim_start_matches("error: ").replace('`', "'");
        let place = lines.next().and_then(|line| line.trim_start().strip_prefix("--> "));
        let parts = place.and_then(|place| {
            let (rest, column) = place.rsplit_once(':')?;
            let (file, line) = rest.rsplit_once(':')?;
            Some((file, line.parse::<usize>().ok()?, column.parse::<usize>().ok()?))
        });
        let problem = Diagnostic::error("template-syntax", message);
        found.push(match parts {
            Some((name, line, column)) => {
                let width = lines.last().map_or(1, |marks| marks.matches('^').count());
                let text = sources.get(name).unwrap_or_default();
                problem.located(&file_name(name), Location::at_line(text, line, column, width))
            }
            None => problem,
        });
    }
    found
}
