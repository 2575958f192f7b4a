//! Diagnostics: each folder of `tests/errors/` is built, fails or warns, and says what `expected.txt` says.
//!
//! A case without a `site.toml` gets a minimal one; `arguments` holds more of the command line, one a line.
//! `BLESS=1 cargo test` writes `expected.txt` anew: read the change before you commit it.

mod common;

use common::{Site, blessing, cases, files, stderr, stdout};
use std::fs;

#[test]
fn every_error_is_said_as_expected() {
    let mut failed = Vec::new();
    for case in cases("tests/errors") {
        let name = case.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let site = Site::copy_of(&case);
        if !site.path().join("site.toml").exists() && !name.starts_with("no-site") {
            site.write("site.toml", "base_url = \"https://example.org/\"\ntitle = \"Test\"\n");
        }
        let before = files(&site.output());
        let arguments = fs::read_to_string(case.join("arguments")).unwrap_or_default();
        let output = site.build(&arguments.lines().collect::<Vec<_>>());
        let status = output.status.code().expect("it exits by itself");
        assert!(status <= 1, "{name}: exit status {status}\n{}", stderr(&output));
        if status == 1 {
            assert_eq!(files(&site.output()), before, "{name}: an error must leave the output as it was");
        }
        let mut said = format!("exit status {status}\n\n{}", without_times(&stderr(&output)));
        if !output.stdout.is_empty() {
            said += &format!("\non standard output:\n\n{}", stdout(&output));
        }
        let expected = case.join("expected.txt");
        if blessing() {
            fs::write(expected, said).expect("it can be written");
            continue;
        }
        let expected = fs::read_to_string(expected).unwrap_or_default();
        if said != expected {
            failed.push(format!("{name}: expected\n{expected}\nbut was told\n{said}"));
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n\n"));
}

/// The closing line of a build that only warns names how long it took.
fn without_times(text: &str) -> String {
    let keep = |line: &&str| !line.starts_with("Built ");
    text.lines().filter(keep).map(|line| format!("{line}\n")).collect()
}
