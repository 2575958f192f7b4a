//! `build --timings`: how long each phase took, and which pages and templates took longest.

use super::args::{Global, MessageFormat};
use super::report::number;
use super::{lines, terminal};
use crate::stopwatch::{Phase, Stopwatch};
use crate::visible;
use serde_json::json;
use std::fmt::Write;
use std::time::Duration;

/// Shows what was measured of a build that took `total`; nothing where nothing was. On standard output, where whoever
/// asks for figures can take them on.
pub(super) fn show(global: &Global, stopwatch: &Stopwatch, total: Duration) {
    if stopwatch.phases().is_empty() {
        return;
    }
    let text = match global.message_format {
        MessageFormat::Json => lines::object(&object(stopwatch, total).to_string()),
        _ => table(stopwatch, total),
    };
    terminal::status(terminal::out(&text));
}

fn table(stopwatch: &Stopwatch, total: Duration) -> String {
    let mut text = String::from("\nPhase          Time   Of what\n");
    let phases = stopwatch.phases();
    for (phase, took, count) in &phases {
        let mark = if phase.is_shared() { '*' } else { ' ' };
        let (name, took) = (phase.name(), milliseconds(*took));
        let _ = writeln!(text, "{name:8} {took:>10}{mark}  {}", number(*count, phase.unit()));
    }
    let _ = writeln!(text, "{:8} {:>10}", "total", milliseconds(total));
    if phases.iter().any(|(phase, ..)| phase.is_shared()) {
        text += "* of all threads together\n";
    }
    let pages = stopwatch.slowest_pages();
    if !pages.is_empty() {
        text += "\nThe slowest pages\n";
        for (took, path) in pages {
            let _ = writeln!(text, "{:>19}   {}", milliseconds(took), visible::line(&path));
        }
    }
    let templates = stopwatch.slowest_templates();
    if !templates.is_empty() {
        text += "\nThe slowest templates, of all threads together\n";
        for (took, name, uses) in templates {
            let (name, pages) = (visible::line(&name).into_owned(), number(uses, "page"));
            let _ = writeln!(text, "{:>19}   {name}, {pages}", milliseconds(took));
        }
    }
    text
}

/// `1,234.5 ms`: all in one unit, so that a glance compares them.
fn milliseconds(time: Duration) -> String {
    let tenths = usize::try_from(time.as_micros() / 100).unwrap_or(usize::MAX);
    format!("{}.{} ms", super::report::grouped(tenths / 10), tenths % 10)
}

/// Times in seconds.
fn object(stopwatch: &Stopwatch, total: Duration) -> serde_json::Value {
    let phase = |(phase, took, count): (Phase, Duration, usize)| {
        json!({
            "phase": phase.name(),
            "seconds": took.as_secs_f64(),
            "count": count,
            "all_threads": phase.is_shared(),
        })
    };
    let page = |(took, path): (Duration, String)| json!({ "path": path, "seconds": took.as_secs_f64() });
    let template = |(took, name, uses): (Duration, String, usize)| json!({ "template": name, "seconds": took.as_secs_f64(), "count": uses });
    json!({ "timings": {
        "seconds": total.as_secs_f64(),
        "phases": stopwatch.phases().into_iter().map(phase).collect::<Vec<_>>(),
        "pages": stopwatch.slowest_pages().into_iter().map(page).collect::<Vec<_>>(),
        "templates": stopwatch.slowest_templates().into_iter().map(template).collect::<Vec<_>>(),
    } })
}
