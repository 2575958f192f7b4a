//! Text as front matter holds it.

use toml_writer::{ToTomlValue, TomlStringBuilder};

/// Text as a TOML string on one line, in double quotes whatever it holds: the form an editor knows how to change.
pub fn quoted(text: &str) -> String {
    TomlStringBuilder::new(text).as_basic().to_toml_value()
}
