//! Golden sites: each folder of `tests/sites/` is built, and its output compared with `expected/` file by file.
//!
//! A case holds `site.toml`, `content/`, `templates/`, `static/`, and where it needs them `arguments` (one a
//! line). The built-in theme's own style sheet and icon are left out of the comparison. `BLESS=1 cargo test`
//! writes `expected/` anew: read the change before you commit it.

mod common;

use common::{Site, blessing, cases, files, repository, stderr};
use std::fs;

#[test]
fn every_site_builds_to_what_is_expected() {
    for case in cases("tests/sites") {
        let name = case.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let site = Site::copy_of(&case);
        fs::remove_dir_all(site.path().join("expected")).ok();
        let arguments = fs::read_to_string(case.join("arguments")).unwrap_or_default();
        let output = site.build(&arguments.lines().collect::<Vec<_>>());
        assert!(output.status.success(), "{name} failed:\n{}", stderr(&output));

        let own = files(&repository("static"));
        let mut built = files(&site.output());
        let fingerprinted = |path: &str| path.starts_with("css/site.") && path.ends_with(".css");
        built.retain(|path, _| {
            !(own.contains_key(path) || fingerprinted(path)) || case.join("static").join(path).exists()
        });

        let expected_folder = case.join("expected");
        if blessing() {
            fs::remove_dir_all(&expected_folder).ok();
            for (path, bytes) in &built {
                let path = expected_folder.join(path);
                fs::create_dir_all(path.parent().expect("a file lies in a folder")).expect("it can be made");
                fs::write(path, bytes).expect("it can be written");
            }
            continue;
        }
        let expected = files(&expected_folder);
        let names =
            |files: &std::collections::BTreeMap<String, Vec<u8>>| files.keys().cloned().collect::<Vec<_>>();
        assert_eq!(names(&built), names(&expected), "{name}: other files than expected");
        for (path, bytes) in &built {
            let (built, expected) =
                (String::from_utf8_lossy(bytes), String::from_utf8_lossy(&expected[path]));
            assert_eq!(built, expected, "{name}: {path} is not as expected");
        }
    }
}
