//! The crate as it is published: it carries the program and the theme built into it, and nothing of the sample, the tests
//! or the documentation.

mod common;

use common::{files, repository, stderr, stdout};
use std::collections::BTreeSet;
use std::process::Command;

/// Files that cargo writes or always takes, and those that readers and lawyers look for.
const PAPERS: [&str; 8] = [
    ".cargo_vcs_info.json",
    "CHANGELOG.md",
    "Cargo.lock",
    "Cargo.toml",
    "Cargo.toml.orig",
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "README.md",
];

#[test]
fn the_package_is_the_program_and_its_theme() {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    let output = cargo
        .args(["package", "--list", "--allow-dirty", "--offline"])
        .current_dir(repository(""))
        .output()
        .expect("cargo is there");
    assert!(output.status.success(), "{}", stderr(&output));
    assert!(!stderr(&output).contains("warning"), "{}", stderr(&output));
    let packed: BTreeSet<String> = stdout(&output).lines().map(|line| line.replace('\\', "/")).collect();

    let is_test = |path: &str| path.ends_with("/tests.rs") || path.contains("/tests/");
    let mut expected: BTreeSet<String> = PAPERS.map(str::to_owned).into();
    expected.insert("build.rs".to_owned());
    for folder in ["src", "templates", "static"] {
        let paths = files(&repository(folder)).into_keys().map(|path| format!("{folder}/{path}"));
        expected.extend(paths.filter(|path| !is_test(path)));
    }
    // Where git is not used, cargo has nothing to say of it.
    if !packed.contains(".cargo_vcs_info.json") {
        expected.remove(".cargo_vcs_info.json");
    }
    let strange: Vec<_> = packed.difference(&expected).collect();
    let missing: Vec<_> = expected.difference(&packed).collect();
    assert!(strange.is_empty() && missing.is_empty(), "too much: {strange:?}, too little: {missing:?}");
    assert!(packed.contains("templates/base.html") && packed.contains("static/css/site.css"));
}
