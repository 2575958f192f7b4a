//! The built-in theme: the repository's own `templates/` and `static/`, carried in the program.

use include_dir::{Dir, include_dir};

static TEMPLATES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/templates");
static STATIC: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/static");

/// The templates: name and text.
pub fn templates() -> Vec<(&'static str, &'static str)> {
    files(&TEMPLATES)
        .into_iter()
        .filter_map(|(name, bytes)| Some((name, str::from_utf8(bytes).ok()?)))
        .collect()
}

/// The files that are published as they are: output path and bytes.
pub fn statics() -> Vec<(&'static str, &'static [u8])> {
    files(&STATIC)
}

/// Every file below `dir`, by path.
fn files(dir: &Dir<'static>) -> Vec<(&'static str, &'static [u8])> {
    let mut found: Vec<_> =
        dir.files().filter_map(|file| Some((file.path().to_str()?, file.contents()))).collect();
    found.extend(dir.dirs().flat_map(files));
    found.sort_unstable_by_key(|(path, _)| *path);
    found
}
