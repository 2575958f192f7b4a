//! Files that are there and cannot be read, which no folder of the repository could hold: links that lead nowhere
//! or in a circle, folders with the name of a file.

#![cfg(unix)]

mod common;

use common::{NOW, Site, stderr};
use std::fs;
use std::os::unix::fs::symlink;

/// Builds a site with one sound article, and hands over what was said; the build must fail and write nothing.
fn failure(site: &Site) -> String {
    site.article("sound.md", "2021-11-25", "", "Text with a [dead link](no.md).");
    let output = site.build(&[]);
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    assert!(!site.output().exists(), "an error must leave the output as it was");
    let said = stderr(&output);
    assert!(
        said.contains("there is no file content/articles/no.md"),
        "the rest is checked all the same: {said}"
    );
    said
}

#[test]
fn a_link_that_leads_nowhere_is_named() {
    for path in ["content/articles/x.md", "templates/x.html", "static/x.txt"] {
        let site = Site::new();
        site.write(&format!("{}/y", path.rsplit_once('/').unwrap().0), "");
        symlink("nowhere", site.path().join(path)).unwrap();
        let said = failure(&site);
        assert!(said.contains(&format!("error: this link leads nowhere\n --> {path}\n")), "{said}");
    }
}

#[test]
fn a_link_to_the_folder_it_lies_in_is_named() {
    let site = Site::new();
    site.write("content/articles/2021/y.txt", "");
    symlink("..", site.path().join("content/articles/2021/loop")).unwrap();
    let said = failure(&site);
    let expected = "error: this link leads back to a folder it lies in\n --> content/articles/2021/loop\n";
    assert!(said.contains(expected), "{said}");
}

#[test]
fn a_link_to_itself_is_named() {
    let site = Site::new();
    site.write("content/articles/y.txt", "");
    symlink("x.md", site.path().join("content/articles/x.md")).unwrap();
    let said = failure(&site);
    assert!(said.contains(" --> content/articles/x.md\n"), "{said}");
}

#[test]
fn a_folder_with_the_name_of_an_article_is_a_folder() {
    let site = Site::new();
    site.write("content/articles/x.md/y.md", "+++\ntitle = \"Y\"\ndate = 2021-11-25\n+++\n\nText.\n");
    site.built(&[]);
    assert!(site.output().join("2021/11/25/y/index.html").exists());
}

#[test]
fn a_link_to_an_article_elsewhere_is_followed() {
    let (site, other) = (Site::new(), Site::new());
    other.article("far.md", "2021-11-25", "", "Text.");
    fs::create_dir_all(site.path().join("content")).unwrap();
    symlink(other.path().join("content/articles"), site.path().join("content/articles")).unwrap();
    site.built(&[]);
    assert!(site.output().join("2021/11/25/far/index.html").exists());
}

#[test]
fn settings_that_are_a_folder_or_no_text_are_named() {
    let site = Site::empty();
    site.write("site.toml/x", "");
    let said = stderr(&site.build(&[]));
    assert!(said.contains("error: this is a folder, and a file is wanted\n --> site.toml\n"), "{said}");
    let site = Site::empty();
    site.write("site.toml", b"title = \"Z\xfcrich\"\n");
    let said = stderr(&site.build(&[]));
    assert!(said.contains("error: line 1 is not UTF-8 text\n --> site.toml:1:11\n"), "{said}");
}

#[test]
fn a_name_that_is_not_text_is_shown_as_far_as_it_is() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let site = Site::new();
    site.write("content/articles/y.txt", "");
    let name = OsStr::from_bytes(b"z\xfcrich.md");
    fs::write(site.path().join("content/articles").join(name), "").unwrap();
    let said = failure(&site);
    let expected = "error: a file's name is not UTF-8 text\n --> content/articles/z\u{fffd}rich.md\n";
    assert!(said.contains(expected), "{said}");
}

#[test]
fn a_site_below_another_is_named_from_where_one_stands() {
    let site = Site::new();
    site.article("a.md", "2021-13-25", "", "Text.");
    let below = site.path().join("content");
    let output = site.command(&["-C", "..", "build", "--now", NOW]).current_dir(below).output().unwrap();
    assert!(stderr(&output).contains(" --> ../content/articles/a.md:3:8\n"), "{}", stderr(&output));
}

/// A pipe would be waited for without end.
#[cfg(unix)]
#[test]
fn a_pipe_is_no_file() {
    let site = Site::new();
    site.write("content/articles/a.md", "+++\ntitle = \"A\"\ndate = 2021-12-01\n+++\n");
    let pipe = site.path().join("content/articles/pipe.md");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status().expect("mkfifo runs");
    assert!(made.success());
    let output = site.build(&[]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains("a pipe"), "{}", stderr(&output));
}
