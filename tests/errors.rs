//! Diagnostics: each folder of `tests/errors/` is built, fails or warns, and says what `expected.txt` says.
//!
//! A case without a `site.toml` gets a minimal one; `arguments` holds more of the command line, one a line.
//! `BLESS=1 cargo test` writes `expected.txt` anew: read the change before you commit it.

mod common;

use common::{Site, blessing, cases, files, stderr};
use std::fs;

#[test]
fn every_error_is_said_as_expected() {
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
        let said = format!("exit status {status}\n\n{}", without_times(&stderr(&output)));
        let expected = case.join("expected.txt");
        if blessing() {
            fs::write(expected, said).expect("it can be written");
            continue;
        }
        assert_eq!(said, fs::read_to_string(expected).unwrap_or_default(), "{name}");
    }
}

/// The closing line of a build that only warns names how long it took.
fn without_times(text: &str) -> String {
    let keep = |line: &&str| !line.starts_with("Built ");
    text.lines().filter(keep).map(|line| format!("{line}\n")).collect()
}
