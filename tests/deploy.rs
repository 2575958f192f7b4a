//! `dateline deploy`, against real repositories: what comes to the branch, and what stays as it was.

mod common;

use common::deploy::Desk;
use common::{files, stderr, stdout};

#[test]
fn the_first_deployment_makes_the_branch() {
    let desk = Desk::new();
    let before = desk.traces();
    let output = desk.deploy(&[]);
    assert!(output.status.success(), "{}", stderr(&output));
    let mut built = desk.built_files();
    built.insert(".nojekyll".to_owned(), Vec::new());
    assert_eq!(desk.published(), built);
    let head = desk.site.git(&["rev-parse", "HEAD"]);
    let message = desk.remote_git(&["log", "-1", "--format=%B", "gh-pages"]);
    assert!(message.contains(&format!("Dateline-Source: {head}")), "{message}");
    assert_eq!(desk.commits(), 1);
    assert_eq!(desk.traces(), before);
    let said = stderr(&output);
    assert!(said.contains("Published on gh-pages at origin: "), "{said}");
    assert!(said.contains("https://example.org/") && said.contains("cannot tell where"), "{said}");
    assert_eq!(stdout(&output), "");
    assert!(!files(desk.site.path()).keys().any(|path| path.starts_with(".dateline")));
}
