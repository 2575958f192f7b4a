//! Pages that are pictures: drawn from the SVG that their template came to.

use super::desk::PageDesk;
use crate::diagnostic::Diagnostic;
use crate::output::{CARD_SIZE, Desk};
use crate::source::SETTINGS;

/// Draws the text that the template `file` came to for a page.
///
/// # Errors
/// It is no SVG.
pub(super) fn page(desk: &PageDesk<'_>, text: Vec<u8>, file: &str) -> Result<Vec<u8>, Diagnostic> {
    let questions = desk.questions();
    // Where in the SVG is a note: it differs from page to page, and one mistake in a template is one report.
    let failed = |reason: &str, line: Option<String>| {
        let message = format!("this cannot be drawn: {reason}");
        let problem = Diagnostic::error("bad-drawing", message).in_file(file);
        match line {
            Some(line) => problem.note(format!("the SVG has {line}")),
            None => problem,
        }
    };
    let svg = String::from_utf8(text).map_err(|error| failed(&error.to_string(), None))?;
    let unwritable = questions.studio.unwritable(&svg);
    if !unwritable.is_empty() {
        let problem =
            Diagnostic::warning("missing-letters", "the font of cards lacks letters that they show");
        desk.report(
            problem
                .in_file(SETTINGS)
                .note(format!("it has no {unwritable}, for the card of '{}'", desk.title()))
                .help("name one that has them: [images] font = \"fonts/My.ttf\""),
        );
    }
    let drawn = questions.studio.draw(&svg, CARD_SIZE, &questions.store);
    drawn.map_err(|fault| {
        let line = fault.line.and_then(|line| svg.lines().nth(line.checked_sub(1)?));
        let beginning = |line: &str| line.trim().chars().take(80).collect();
        failed(&fault.reason, line.map(beginning))
    })
}
