//! Golden sites: each folder of `tests/sites/` is built, and its output compared with `expected/` file by file.
//!
//! A case holds `site.toml`, `content/`, `templates/`, `static/`, and where it needs them `arguments` (one a
//! line). The built-in theme's own style sheet and icon are left out of the comparison. `BLESS=1 cargo test`
//! writes `expected/` anew: read the change before you commit it.

mod common;

use common::{Site, blessing, cases, files, repository, stderr};
use std::collections::BTreeMap;
use std::fs;

#[test]
fn every_site_builds_to_what_is_expected() {
    let mut failed = Vec::new();
    for case in cases("tests/sites") {
        let name = case.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let site = Site::copy_of(&case);
        fs::remove_dir_all(site.path().join("expected")).ok();
        let arguments = fs::read_to_string(case.join("arguments")).unwrap_or_default();
        let output = site.build(&arguments.lines().collect::<Vec<_>>());
        if !output.status.success() {
            failed.push(format!("{name} failed:\n{}", stderr(&output)));
            continue;
        }

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
        let names = |files: &BTreeMap<String, Vec<u8>>| files.keys().cloned().collect::<Vec<_>>().join("\n");
        if names(&built) != names(&expected) {
            failed.push(format!("{name} has other files than expected:\n{}", names(&built)));
            continue;
        }
        for (path, bytes) in built.iter().filter(|(path, bytes)| expected[*path] != **bytes) {
            let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
            let (built, expected) = (text(bytes), text(&expected[path]));
            failed.push(format!("{name}: {path} is not as expected, which is\n{expected}\nbut\n{built}"));
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n\n"));
}

#[test]
fn a_page_can_stand_in_the_built_in_frame() {
    let site = Site::new();
    site.write(
        "templates/archive.html",
        "{% extends \"dateline/base.html\" %}\n{% block head %}<meta name=\"mine\">{% endblock head %}\n\
         {% block main %}<p>My archive of {{ site.title }}{% endblock main %}\n",
    );
    site.built(&[]);
    let page = site.read("public/archive/index.html");
    for part in
        ["<!doctype html>", "<title>Archive · Test</title>", "<meta name=\"mine\">", "<p>My archive of Test"]
    {
        assert!(page.contains(part), "{part} is missing:\n{page}");
    }
}
