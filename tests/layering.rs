//! The architecture, held by a test: imports point one way, every file says what it is, and none outgrows its room.

use std::fs;
use std::path::{Path, PathBuf};

/// The layers from the top; a module may import what stands below it.
const LAYERS: [&str; 23] = [
    "cli",
    "preview",
    "deploy",
    "check",
    "wire",
    "publish",
    "pipeline",
    "render",
    "output",
    "site",
    "article",
    "config",
    "cache",
    "theme",
    "tree",
    "picture",
    "source",
    "slug",
    "date",
    "diagnostic",
    "visible",
    "stopwatch",
    "packed",
];

/// Lines a file may have. A file that reaches it wants to be two.
const LONGEST: usize = 420;

#[test]
fn imports_point_one_way() {
    for (path, text) in sources() {
        let Some(own) = layer_of(&path) else { continue };
        for (number, line) in code(&text) {
            for part in line.split("crate::").skip(1) {
                let name: String =
                    part.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
                let other = LAYERS.iter().position(|layer| *layer == name);
                let other =
                    other.unwrap_or_else(|| panic!("{}:{number}: '{name}' is no layer", path.display()));
                assert!(own <= other, "{}:{number}: {} may not import {name}", path.display(), LAYERS[own]);
            }
        }
    }
}

#[test]
fn a_child_never_imports_its_parents_mod() {
    for (path, text) in sources() {
        let module = path.file_name().is_some_and(|name| name == "mod.rs");
        let parent = path.parent().unwrap_or(Path::new(""));
        let depth = parent.components().count();
        if module || depth == 0 {
            continue;
        }
        let own: Vec<String> =
            parent.components().map(|part| part.as_os_str().to_string_lossy().into_owned()).collect();
        let from_parent = format!("crate::{}::", own.join("::"));
        for (number, line) in code(&text) {
            for prefix in ["super::", from_parent.as_str()] {
                let Some((before, rest)) = line.split_once(prefix) else { continue };
                if before.contains("pub(") {
                    continue;
                }
                let first: String =
                    rest.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
                let folder = Path::new("src").join(parent);
                let sibling = folder.join(format!("{first}.rs")).exists() || folder.join(&first).is_dir();
                let own_tests = line.contains("use super::*");
                assert!(
                    sibling || own_tests || first == "super",
                    "{}:{number}: imports its parent's mod.rs: {line}",
                    path.display()
                );
            }
        }
    }
}

#[test]
fn kinds_of_output_never_import_each_other() {
    let kinds: Vec<String> = sources()
        .into_iter()
        .filter(|(path, text)| path.starts_with("output") && text.contains("static KIND: Kind"))
        .map(|(path, _)| {
            path.with_extension("")
                .to_string_lossy()
                .trim_end_matches("/mod")
                .trim_start_matches("output/")
                .to_owned()
        })
        .collect();
    assert!(kinds.len() > 10, "{kinds:?}");
    for (path, text) in sources() {
        if !path.starts_with("output") || path == Path::new("output/mod.rs") {
            continue;
        }
        for (number, line) in code(&text) {
            for kind in &kinds {
                let imports =
                    line.contains(&format!("super::{kind}::")) || line.contains(&format!("output::{kind}::"));
                assert!(!imports, "{}:{number}: imports the kind {kind}", path.display());
            }
        }
    }
}

#[test]
fn files_are_touched_in_few_places() {
    let readers = ["source", "cache", "publish", "cli", "deploy"];
    for (path, text) in sources() {
        if readers.iter().any(|reader| path.starts_with(reader)) {
            continue;
        }
        for (number, line) in code(&text) {
            assert!(
                !line.contains("std::fs") && !line.contains("fs::"),
                "{}:{number}: touches files",
                path.display()
            );
        }
    }
}

#[test]
fn the_network_is_reached_in_few_places() {
    let reachers = ["preview", "check"];
    let words = ["ureq::", "axum::", "tokio::net", "TcpStream", "TcpListener", "UdpSocket"];
    for (path, text) in sources() {
        if reachers.iter().any(|reacher| path.starts_with(reacher)) {
            continue;
        }
        for (number, line) in code(&text) {
            let reaches = words.iter().any(|word| line.contains(word));
            assert!(!reaches, "{}:{number}: reaches for the network", path.display());
        }
    }
}

#[test]
fn the_clock_is_asked_in_cli_alone() {
    for (path, text) in sources().into_iter().filter(|(path, _)| !path.starts_with("cli")) {
        for (number, line) in code(&text) {
            let asks = ["Utc::now", "Local::now", "SystemTime::now"].iter().any(|call| line.contains(call));
            assert!(!asks, "{}:{number}: asks the clock", path.display());
        }
    }
}

#[test]
fn every_file_has_a_header_and_none_is_long() {
    for (path, text) in files() {
        assert!(text.starts_with("//! "), "{} does not begin with //!", path.display());
    }
    for (path, text) in sources() {
        let lines = text.lines().count();
        assert!(lines <= LONGEST, "{} has {lines} lines", path.display());
    }
}

/// Every source file below `src/`, by its path from there, but for tests: those of a module stand beside it and reach
/// into it.
fn sources() -> Vec<(PathBuf, String)> {
    let mut found = files();
    found.retain(|(path, _)| {
        !path.components().any(|part| part.as_os_str() == "tests" || part.as_os_str() == "tests.rs")
    });
    found
}

/// Every file of Rust below `src/`, by its path from there.
fn files() -> Vec<(PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut open = vec![root.clone()];
    let mut found = Vec::new();
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).expect("it can be read") {
            let path = entry.expect("it can be read").path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let text = fs::read_to_string(&path).expect("it can be read");
                found.push((path.strip_prefix(&root).expect("it lies below").to_owned(), text));
            }
        }
    }
    found.sort();
    assert!(found.len() > 40);
    found
}

/// The place of a file's layer in [`LAYERS`]; `main.rs` and `lib.rs` stand above them all.
fn layer_of(path: &Path) -> Option<usize> {
    let first = path.components().next()?.as_os_str().to_string_lossy().trim_end_matches(".rs").to_owned();
    if matches!(first.as_str(), "main" | "lib") {
        return None;
    }
    let place = LAYERS.iter().position(|layer| *layer == first);
    Some(place.unwrap_or_else(|| panic!("{} is in no layer", path.display())))
}

/// The lines that are code, with their numbers.
fn code(text: &str) -> Vec<(usize, &str)> {
    (1..).zip(text.lines()).filter(|(_, line)| !line.trim_start().starts_with("//")).collect()
}
