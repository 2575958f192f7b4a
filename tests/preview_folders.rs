//! `dateline serve`, where a site's folder holds what is no plain file with a plain name, and where the folder itself comes
//! and goes.
#![cfg(unix)]

mod common;

use common::preview::{ONE, Preview, SOURCE, newsroom};
use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::symlink;
use std::process::Command;

const TWO: &str = "/2021/11/24/two/";

#[test]
fn the_site_s_folder_is_moved_away_and_comes_back() {
    let site = newsroom();
    let kept = tempfile::tempdir().expect("there is a folder for it");
    let away = kept.path().join("site");
    let preview = Preview::start(&site, &[]);
    for round in 0..2 {
        fs::rename(site.path(), &away).expect("it can be moved");
        preview.until("the error", |preview| preview.get(ONE).suffix().contains("there is no site.toml"));
        if round == 0 {
            fs::rename(&away, site.path()).expect("it can be moved back");
        } else {
            // A checkout anew: other files, and another folder of the same name.
            common::copy(&away, site.path());
        }
        preview.until("its end", |preview| preview.get(ONE).data("problems").is_empty());
        let text = format!("Text of round {round}.");
        site.article("one.md", "2021-11-25", "", &text);
        preview.until_shows(ONE, &text);
    }
}

#[test]
fn a_name_that_is_not_utf_8_is_told_of_and_mended() {
    let site = newsroom();
    let preview = Preview::start(&site, &[]);
    let bad = site.path().join("content/articles").join(OsStr::from_bytes(b"caf\xe9.md"));
    fs::write(&bad, "+++\ntitle = \"x\"\n+++\n").expect("it can be written");
    preview.until("the error", |preview| preview.get(ONE).suffix().contains("name is not UTF-8"));
    fs::remove_file(&bad).expect("it can be removed");
    preview.until("its end", |preview| preview.get(ONE).data("problems").is_empty());
}

#[test]
fn what_links_lead_to_is_looked_at() {
    let site = newsroom();
    let elsewhere = tempfile::tempdir().expect("there is a folder for it");
    let article = |name: &str, text: &str| {
        let page = format!("+++\ntitle = \"{name}\"\ndate = 2021-11-24\n+++\n\n{text}\n");
        fs::write(elsewhere.path().join(name), page).expect("it can be written");
    };
    article("linked.md", "The first linked text.");
    symlink(elsewhere.path().join("linked.md"), site.path().join("content/articles/two.md.new"))
        .expect("it can be linked");
    let preview = Preview::start(&site, &[]);
    site.rename("content/articles/two.md.new", "content/articles/two.md");
    preview.until_shows(TWO, "The first linked text.");
    article("linked.md", "The second linked text.");
    preview.until_shows(TWO, "The second linked text.");
    // A folder that is linked while it is served.
    fs::create_dir(elsewhere.path().join("more")).expect("it can be made");
    symlink(elsewhere.path().join("more"), site.path().join("content/articles/more"))
        .expect("it can be linked");
    article("more/four.md", "The fourth text.");
    preview.until_shows("/2021/11/24/four/", "The fourth text.");
    // The settings.
    let settings = elsewhere.path().join("site.toml");
    fs::copy(site.path().join("site.toml"), &settings).expect("it can be copied");
    symlink(&settings, site.path().join("site.toml.new")).expect("it can be linked");
    site.rename("site.toml.new", "site.toml");
    let text = site.read("site.toml") + "description = \"Said elsewhere\"\n";
    preview.until_shows(ONE, "The first text.");
    fs::write(&settings, text).expect("it can be written");
    preview.until_shows("/", "Said elsewhere");
    preview.until_as_built(&[]);
}

#[test]
fn a_pipe_holds_up_nobody() {
    let site = newsroom();
    site.write("static/notes.txt", "Notes.");
    let preview = Preview::start(&site, &[]);
    assert_eq!(preview.code("/notes.txt"), 200);
    for (path, address) in [("static/notes.txt", "/notes.txt"), ("site.toml", "/"), (SOURCE, ONE)] {
        let (at, kept) = (site.path().join(path), site.path().join("kept"));
        fs::rename(&at, &kept).expect("it can be moved");
        assert!(Command::new("mkfifo").arg(&at).status().is_ok_and(|status| status.success()));
        preview.until("the error", |preview| preview.get(ONE).suffix().contains("a pipe or a socket"));
        preview.get(address);
        fs::rename(&kept, &at).expect("it can be moved back");
        preview.until("its end", |preview| preview.get(ONE).data("problems").is_empty());
        assert_eq!(preview.code(address), 200, "{path}");
    }
}
