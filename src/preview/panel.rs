//! What the preview adds to a page.
use crate::diagnostic::Diagnostic;
use crate::site::State;
pub(super) struct Panel<'a> {
    pub source: Option<&'a str>,
    pub state: Option<State>,
    pub when: Option<String>,
    pub words: Option<usize>,
    pub warnings: &'a [&'a Diagnostic],
    pub elsewhere: usize,
    pub outputs: Vec<(String, String)>,
    pub errors: &'a [Diagnostic],
    pub waiting: bool,
    pub gone: Option<Gone<'a>>,
    pub editor: Option<&'a str>,
    pub root: &'a str,
    pub home: &'a str,
}
pub(super) struct Gone<'a> {
    pub address: &'a str,
    pub source: Option<String>,
    pub moved_to: Option<String>,
    pub suggestions: Vec<(String, String)>,
}
pub(super) fn html(panel: &Panel<'_>) -> String {
    format!("<p>{} errors</p>", panel.errors.len())
}
