//! What is where in a site's folder.

/// The settings file, in the site's root.
pub const SETTINGS: &str = "site.toml";
/// The folder of articles, pages and editions.
pub const CONTENT: &str = "content";
/// The folder of templates.
pub const TEMPLATES: &str = "templates";
/// The folder of files that are published as they are.
pub const STATIC: &str = "static";
/// The folders that a site is made from.
pub const INPUTS: [&str; 3] = [CONTENT, TEMPLATES, STATIC];
/// The folder of the generator's own records.
pub const CACHE: &str = ".dateline";
