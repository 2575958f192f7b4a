//! Tera's errors as diagnostics.

use super::template_sources::{PREFIX, Sources, file_name};
use crate::diagnostic::{Diagnostic, Location, nearest, nearest_path};
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
        ErrorKind::Msg(text) => several(text, name, sources),
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
            let message = plain(message);
            let near = quoted(&message).and_then(|name| nearest(name, names.split(", ")));
            let help = near.map_or_else(|| format!("there are {names}"), did_you_mean);
            return (message, Some(help));
        }
    }
    match message.split_once('\n') {
        Some((message, help)) => (message.to_owned(), Some(help.trim().to_owned())),
        None if message.contains("render a variable that is undefined") => {
            let help = "where it may be absent, say what to show instead: {{ … or \"\" }}";
            ("there is nothing to show here".to_owned(), Some(help.to_owned()))
        }
        None => (plain(message), None),
    }
}

/// A message of Tera's as the others are: in lower case, without a full stop, names between simple quotes.
fn plain(message: &str) -> String {
    let message = message.trim_end_matches('.').replace('`', "'");
    let mut letters = message.chars();
    // Our own functions may begin with the text of a file, and that is quoted.
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}

/// The first name between quotes.
fn quoted(message: &str) -> Option<&str> {
    message.split('\'').nth(1)
}

fn did_you_mean(name: &str) -> String {
    format!("did you mean '{name}'?")
}

/// The functions of templates: our own, then Tera's.
const FUNCTIONS: [&str; 7] = ["asset", "link", "articles", "terms", "fit_text", "range", "throw"];

/// The filters of templates: our own, then Tera's.
#[rustfmt::skip]
const FILTERS: [&str; 43] = [
    "date", "markdown", "slugify", "group_by", "json_encode", "urlencode", "slug",
    "safe", "default", "upper", "lower", "wordcount", "escape", "escape_html", "escape_xml", "newlines_to_br",
    "pluralize", "trim", "trim_start", "trim_end", "replace", "capitalize", "title", "truncate", "indent", "str",
    "int", "float", "length", "reverse", "split", "abs", "round", "first", "last", "nth", "join", "sort", "unique",
    "get", "values", "keys", "pairs",
];

/// What may have been meant by a name that nobody knows.
fn meant(message: &str, sources: &Sources) -> Option<String> {
    let name = quoted(message)?;
    let near = if message.starts_with("unknown filter") {
        nearest(name, FILTERS)
    } else if message.starts_with("unknown function") {
        let all = || format!("the functions are {}", FUNCTIONS.join(", "));
        return Some(nearest(name, FUNCTIONS).map_or_else(all, did_you_mean));
    } else if message.starts_with("unknown component") {
        nearest(name, sources.iter().flat_map(|(_, text)| components(text)))
    } else if message.starts_with("unknown template") {
        nearest_path(name, sources.iter().map(|(name, _)| name.strip_prefix(PREFIX).unwrap_or(name)))
    } else {
        None
    };
    near.map(did_you_mean)
}

/// The components that a template defines.
fn components(text: &str) -> impl Iterator<Item = &str> {
    let name = |rest: &'_ str| rest.find('(').unwrap_or_default();
    text.split("{% component ").skip(1).map(move |rest| &rest[..name(rest)])
}

/// Checking references, Tera gives all reports as one text: `error: …`, then `--> file:line:column`. Rendering, it
/// gives some without a place, and the template it was asked about is all that is known.
fn several(text: &str, name: &str, sources: &Sources) -> Vec<Diagnostic> {
    let code = if name.is_empty() { "template-syntax" } else { "template-error" };
    let mut found = Vec::new();
    for report in text.split("\n\n") {
        let mut lines = report.lines();
        let message = plain(lines.next().unwrap_or_default().trim_start_matches("error: "));
        let place = lines.next().and_then(|line| line.trim_start().strip_prefix("--> "));
        let parts = place.and_then(|place| {
            let (rest, column) = place.rsplit_once(':')?;
            let (file, line) = rest.rsplit_once(':')?;
            Some((file, line.parse::<usize>().ok()?, column.parse::<usize>().ok()?))
        });
        let help = meant(&message, sources);
        let problem = Diagnostic { help, ..Diagnostic::error(code, message) };
        found.push(match parts {
            Some((name, line, column)) => {
                let width = lines.last().map_or(1, |marks| marks.matches('^').count());
                let text = sources.get(name).unwrap_or_default();
                problem.located(&file_name(name), Location::at_line(text, line, column, width))
            }
            None if name.is_empty() => problem,
            None => problem.in_file(file_name(name)),
        });
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_filters_that_are_suggested_are_there() {
        let mut tera = tera::Tera::default();
        let missing = |name: &&str| tera.add_raw_template("a", &format!("{{{{ 1 | {name} }}}}")).is_err();
        let own = ["date", "markdown", "slugify", "json_encode", "urlencode", "slug"];
        assert_eq!(FILTERS.into_iter().filter(missing).collect::<Vec<_>>(), own);
    }

    #[test]
    fn messages_are_split_and_say_what_was_meant() {
        let undefined = "Variable `artcle` is not defined. Available variables: article, page";
        let said = (String::from("variable 'artcle' is not defined"), Some("did you mean 'article'?".into()));
        assert_eq!(split(undefined), said);
        assert_eq!(split("no\nhelp"), ("no".into(), Some("help".into())));
        let mut sources = Sources::default();
        sources.add("a.html".into(), "{% component card(card) %}{% endcomponent %}".into());
        assert_eq!(meant("unknown component 'crad'", &sources).as_deref(), Some("did you mean 'card'?"));
    }
}
