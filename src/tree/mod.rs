//! A document of keys and values in which every key and value knows its place in the file.
//!
//! Front matter (TOML or YAML) and `site.toml` are read into the same [`Table`]; [`Fields`] then takes the known
//! keys out of it one by one, and reports what is of the wrong type and what is left over.

mod fields;
mod node;
mod toml;
mod yaml;

pub use self::fields::{Fields, TextFile};
pub use self::node::{Entry, Node, Table, Value};
pub use self::toml::parse as parse_toml;
pub use self::yaml::parse as parse_yaml;
