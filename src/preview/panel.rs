//! What the preview adds to a page: bar, ribbon, overlay of errors, note where a page is gone. Plain data in, HTML out.
//!
//! All of it stands in a shadow root, so no style of the page reaches it. Everything that comes from a file or an
//! address goes through [`text`] or [`attribute`].

use crate::config;
use crate::diagnostic::{Diagnostic, Location};
use crate::site::State;
use crate::visible;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use std::fmt::Write;

/// What there is to say of one page.
#[derive(Debug, Default)]
pub(super) struct Panel<'a> {
    /// The file the page is made from, from the site's root.
    pub source: Option<&'a str>,
    /// Whether readers see it, where it is an article or a standing page.
    pub state: Option<State>,
    /// When a scheduled one will be published, or an expired one was over.
    pub when: Option<String>,
    /// The words of its text.
    pub words: Option<usize>,
    /// Warnings of this page.
    pub warnings: &'a [&'a Diagnostic],
    /// How many warnings other pages have.
    pub elsewhere: usize,
    /// What else is made of the same source: a label and an address each.
    pub outputs: Vec<(String, String)>,
    /// All errors of the site, gathered.
    pub errors: &'a [Diagnostic],
    /// What tells them from others; empty where there are none.
    pub key: String,
    /// What is shown below the errors.
    pub below: Below,
    /// Nothing is published at this address.
    pub gone: Option<Gone<'a>>,
    /// The address that opens a file in an editor, with `{path}`, `{line}` and `{column}` in it.
    pub editor: Option<&'a str>,
    /// The absolute path of the site's folder.
    pub root: &'a str,
    /// The address of the site's front page.
    pub home: &'a str,
}

/// What is shown below an overlay of errors.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Below {
    /// The page as it was before.
    #[default]
    LastGood,
    /// The rest of the site could be shown; this page has had errors for as long as the preview runs.
    NoPage,
    /// There has been no site without errors yet.
    NoSite,
}

/// What is known of an address where nothing is published.
#[derive(Debug, Default)]
pub(super) struct Gone<'a> {
    /// The address, from the host's root.
    pub address: &'a str,
    /// The file that the page was made from, while there was one.
    pub source: Option<String>,
    /// The address that the same article has now.
    pub moved_to: Option<String>,
    /// Pages that may be meant: a title and an address each.
    pub suggestions: Vec<(String, String)>,
}

/// How many problems are shown; the rest is counted.
const SHOWN: usize = 100;

/// What stands in the shadow root of `dateline-preview`.
///
/// The attribute `hidden` keeps the panel from being seen before its style sheet is there, which overrules it.
pub(super) fn html(panel: &Panel<'_>) -> String {
    let mut out = String::with_capacity(2_048);
    out += "<link rel=\"stylesheet\" href=\"/__dateline/client.css\">\n<div class=\"panel\" hidden";
    attribute(&mut out, "data-problems", &panel.key);
    out += ">\n";
    ribbon(&mut out, panel);
    out += "<div class=\"dock\"><div class=\"stack\" dir=\"ltr\" lang=\"en\">\n";
    if let Some(gone) = &panel.gone {
        note(&mut out, gone, panel);
    }
    bar(&mut out, panel);
    out += "</div></div>\n";
    if !panel.errors.is_empty() {
        overlay(&mut out, panel);
    }
    out += "<p class=\"said\" role=\"status\" lang=\"en\"></p>\n</div>\n";
    out
}

fn ribbon(out: &mut String, panel: &Panel<'_>) {
    let Some(state) = panel.state else { return };
    let when = panel.when.as_deref();
    let says = match (state, when) {
        (State::Published, _) => return,
        (State::Draft, _) => "Readers do not see this page.".to_owned(),
        (State::Scheduled, Some(when)) => format!("Readers will see this page from {when}."),
        (State::Scheduled, None) => "Readers do not see this page yet.".to_owned(),
        (State::Expired, Some(when)) => format!("Readers do not see this page any more, since {when}."),
        (State::Expired, None) => "Readers do not see this page any more.".to_owned(),
    };
    let (name, class) = (state_name(state), state.name());
    let _ = write!(
        out,
        "<div class=\"ribbon {class}\" role=\"note\" dir=\"ltr\" lang=\"en\"><p><strong>{name}</strong> "
    );
    text(out, &says);
    *out += "</p></div>\n";
}

fn bar(out: &mut String, panel: &Panel<'_>) {
    let health = match (panel.errors.len(), panel.warnings.len()) {
        (0, 0) => "well",
        (0, _) => "warning",
        _ => "error",
    };
    let _ = writeln!(
        out,
        "<section class=\"bar\" aria-label=\"Preview\"><button type=\"button\" class=\"health {health}\" \
         aria-label=\"Hide or show this bar\" data-bar></button>"
    );
    match panel.source {
        Some(source) => place(out, panel, source, None, "path"),
        None if panel.gone.is_some() => *out += "<span class=\"path\">no page</span>",
        None => *out += "<span class=\"path\">made from several files</span>",
    }
    if let Some(state) = panel.state {
        let _ = write!(out, "\n<span class=\"state {}\">{}</span>", state.name(), state_name(state));
    }
    if let Some(words) = panel.words {
        let _ = write!(out, "\n<span class=\"words\">{}</span>", count(words, "word"));
    }
    if !panel.errors.is_empty() {
        let errors = count(panel.errors.len(), "error");
        let _ = write!(out, "\n<button type=\"button\" class=\"errors\" data-reopen>{errors}</button>");
    }
    warnings(out, panel);
    for (label, address) in &panel.outputs {
        *out += "\n<a class=\"output\"";
        attribute(out, "href", address);
        *out += ">";
        text(out, label);
        *out += "</a>";
    }
    *out += "\n<span class=\"hint\"><kbd>d</kbd> hides this bar</span>\n</section>\n";
}

fn warnings(out: &mut String, panel: &Panel<'_>) {
    let elsewhere = panel.elsewhere;
    if !panel.warnings.is_empty() {
        let warnings = count(panel.warnings.len(), "warning");
        let _ =
            write!(out, "\n<details class=\"warnings\"><summary>{warnings}</summary><div class=\"sheet\">");
        problems(out, panel, panel.warnings.iter().copied());
        *out += "</div></details>";
    }
    if elsewhere > 0 {
        let warnings =
            if panel.warnings.is_empty() { count(elsewhere, "warning") } else { elsewhere.to_string() };
        let _ = write!(out, "\n<span class=\"elsewhere\">{warnings} elsewhere</span>");
    }
}

fn note(out: &mut String, gone: &Gone<'_>, panel: &Panel<'_>) {
    *out += "<section class=\"gone\" aria-labelledby=\"gone\">\n<h2 id=\"gone\">Nothing is published here</h2>\n<p><code>";
    text(out, gone.address);
    *out += "</code></p>\n";
    if let Some(source) = &gone.source {
        *out += "<p>It was made from <code>";
        text(out, source);
        *out += "</code>.</p>\n";
    }
    if let Some(address) = &gone.moved_to {
        *out += "<p>The article has moved to ";
        link(out, address, address);
        *out += ".</p>\n";
    }
    if !gone.suggestions.is_empty() {
        *out += "<p>Perhaps you want one of these.</p>\n<ul>\n";
        for (title, address) in &gone.suggestions {
            *out += "<li>";
            link(out, title, address);
            *out += "</li>\n";
        }
        *out += "</ul>\n";
    }
    *out += "<p>";
    link(out, "To the front page", panel.home);
    *out += "</p>\n</section>\n";
}

fn overlay(out: &mut String, panel: &Panel<'_>) {
    let says = match panel.below {
        Below::LastGood => "Until this is mended, the site is shown as it was before.",
        Below::NoPage => "There is no page to show here until this is mended.",
        Below::NoSite => "There is no site to show until this is mended.",
    };
    let _ = write!(
        out,
        "<div class=\"overlay\" role=\"alertdialog\" aria-labelledby=\"problems\" aria-describedby=\"outcome\" \
         tabindex=\"-1\" dir=\"ltr\" lang=\"en\"><div class=\"report\">\n<div class=\"top\"><h2 id=\"problems\">{}</h2>\n\
         <p id=\"outcome\">{says}</p>\n<button type=\"button\" data-dismiss>Close <kbd>Esc</kbd></button></div>\n",
        count(panel.errors.len(), "error")
    );
    problems(out, panel, panel.errors.iter());
    *out += "</div></div>\n";
}

fn problems<'a>(out: &mut String, panel: &Panel<'_>, all: impl ExactSizeIterator<Item = &'a Diagnostic>) {
    let rest = all.len().saturating_sub(SHOWN);
    *out += "<ol>\n";
    all.take(SHOWN).for_each(|diagnostic| problem(out, panel, diagnostic));
    *out += "</ol>\n";
    if rest > 0 {
        let _ = writeln!(out, "<p class=\"rest\">… and {rest} more</p>");
    }
}

fn problem(out: &mut String, panel: &Panel<'_>, diagnostic: &Diagnostic) {
    let _ = write!(out, "<li class=\"{}\"><p class=\"message\"><bdi>", diagnostic.severity);
    text(out, &diagnostic.message);
    *out += "</bdi></p>\n";
    let location = diagnostic.location.as_ref();
    if let Some(file) = &diagnostic.file {
        place(out, panel, file, location, "place");
    }
    if let Some(location) = location {
        source_line(out, location);
    }
    for (class, remark) in diagnostic
        .notes
        .iter()
        .map(|note| ("note", note))
        .chain(diagnostic.help.iter().map(|help| ("help", help)))
    {
        let _ = write!(out, "<p class=\"{class}\"><b>{class}</b> <bdi>");
        text(out, remark);
        *out += "</bdi></p>\n";
    }
    *out += "</li>\n";
}

/// The line with what is meant in a `<mark>`; an empty one is a caret between two characters.
fn source_line(out: &mut String, location: &Location) {
    let (shown, span) = visible::excerpt(&location.text, location.span.clone());
    let _ = write!(
        out,
        "<pre class=\"source\"><span class=\"number\">{}</span><code dir=\"auto\">",
        location.line
    );
    escape(out, &shown[..span.start]);
    *out += "<mark>";
    escape(out, &shown[span.clone()]);
    *out += "</mark>";
    escape(out, &shown[span.end..]);
    *out += "</code></pre>\n";
}

/// A file, or a place in it, that a click opens in the editor or copies.
fn place(out: &mut String, panel: &Panel<'_>, file: &str, location: Option<&Location>, class: &str) {
    let at = location.map_or_else(String::new, |location| format!(":{}:{}", location.line, location.column));
    // Whoever pastes it into a terminal wants no line break in it.
    let shown = format!("{}{at}", visible::line(file));
    let opens = panel.editor.and_then(|pattern| editor_address(pattern, panel.root, file, location));
    let tag = if opens.is_some() { "a" } else { "button" };
    let _ = write!(out, "<{tag} class=\"{class}\" ");
    match &opens {
        Some(address) => {
            attribute(out, "href", address);
            *out += " title=\"Open in the editor\"";
        }
        None => {
            *out += "type=\"button\"";
            attribute(out, "data-copy", &shown);
            *out += " title=\"Copy\"";
        }
    }
    let (folder, name) =
        shown.rsplit_once('/').map_or(("", shown.as_str()), |(folder, _)| shown.split_at(folder.len() + 1));
    *out += "><bdi class=\"folder\">";
    escape(out, folder);
    *out += "</bdi><bdi class=\"name\">";
    escape(out, name);
    let _ = writeln!(out, "</bdi></{tag}>");
}

/// What stays as it is in a path within an address.
const PATH: &AsciiSet = &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// The address that opens a file; none where the pattern is not one that leads to an editor.
fn editor_address(pattern: &str, root: &str, file: &str, location: Option<&Location>) -> Option<String> {
    let pattern = config::editor_link(pattern).ok()?;
    let root = root.replace('\\', "/");
    // A path that begins with a drive.
    let (drive, folder) = match root.split_once(':') {
        Some((drive, folder)) if drive.len() == 1 => (format!("/{drive}:"), folder),
        _ => (String::new(), root.as_str()),
    };
    let path = format!("{}/{file}", folder.trim_end_matches('/'));
    let (line, column) = location.map_or((1, 1), |location| (location.line, location.column));
    let address = pattern
        .replace("{line}", &line.to_string())
        .replace("{column}", &column.max(1).to_string())
        .replace("{path}", &format!("{drive}{}", utf8_percent_encode(&path, PATH)));
    Some(address)
}

fn link(out: &mut String, label: &str, address: &str) {
    *out += "<a";
    attribute(out, "href", address);
    *out += "><bdi>";
    text(out, label);
    *out += "</bdi></a>";
}

fn state_name(state: State) -> &'static str {
    match state {
        State::Published => "Published",
        State::Draft => "Draft",
        State::Scheduled => "Scheduled",
        State::Expired => "Expired",
    }
}

/// `1 error`, `2 errors`.
fn count(number: usize, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}

/// Text from outside, with what hides in it shown.
fn text(out: &mut String, text: &str) {
    escape(out, &visible::lines(text));
}

fn attribute(out: &mut String, name: &str, value: &str) {
    let _ = write!(out, " {name}=\"");
    escape(out, value);
    *out += "\"";
}

fn escape(out: &mut String, text: &str) {
    // Writing to memory does not fail.
    let _ = pulldown_cmark_escape::escape_html(out, text);
}

#[cfg(test)]
mod tests;
