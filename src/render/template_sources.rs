//! The texts of templates and what they are called.

use crate::source::TEMPLATES;
use std::collections::BTreeMap;

/// What built-in templates are called by: `dateline/base.html`. A name without it means the user's template,
/// and where there is none the built-in one.
pub(super) const PREFIX: &str = "dateline/";

/// The text of every template by name, for showing where an error is.
#[derive(Debug, Default)]
pub(super) struct Sources {
    texts: BTreeMap<String, String>,
}

impl Sources {
    pub(super) fn add(&mut self, name: String, text: String) {
        self.texts.insert(name, text);
    }

    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.texts.get(name).map(String::as_str)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, &str)> + Clone {
        self.texts.iter().map(|(name, text)| (name.as_str(), text.as_str()))
    }
}

/// What a template is called in a message: its file, or that it is built in.
pub(super) fn file_name(name: &str) -> String {
    match name.strip_prefix(PREFIX) {
        Some(name) => format!("the built-in {name}"),
        None => format!("{TEMPLATES}/{name}"),
    }
}
