//! `dateline serve`, where a site's folder holds what is no plain file with a plain name, and where the folder itself comes
//! and goes.
#![cfg(unix)]

mod common;

use common::Site;
use common::preview::{LONG, ONE, Preview, SOURCE, newsroom};
use std::ffi::OsStr;
use std::fs;
use std::io::Write;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::process::Command;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

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

/// A folder that goes into one made the same moment is easily lost: the system tells of where it was, and of where it is
/// only whom it knew to watch there already.
#[test]
fn a_folder_is_moved_into_one_just_made() {
    let site = newsroom();
    site.article("0/of.md", "2021-11-23", "", "The text.");
    let preview = Preview::start(&site, &[]);
    let articles = site.path().join("content/articles");
    for round in 1..=40 {
        let (before, after) = (round - 1, format!("{round}/in/it"));
        let before = if before == 0 { "0".to_owned() } else { format!("{before}/in/it") };
        fs::create_dir_all(articles.join(format!("{round}/in"))).expect("it can be made");
        fs::rename(articles.join(before), articles.join(&after)).expect("it can be moved");
        let source = format!("content/articles/{after}/of.md");
        preview.until("the move", |preview| preview.get("/2021/11/23/of/").data("source") == source);
        let text = format!("Text of round {round}.");
        site.article(&format!("{after}/of.md"), "2021-11-23", "", &text);
        preview.until_shows("/2021/11/23/of/", &text);
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
fn what_came_while_nobody_was_told_is_watched() {
    let site = newsroom();
    let preview = Preview::start(&site, &[]);
    // It hears nothing for a while, and the system's queue has room for fewer events than come.
    preview.signal("STOP");
    let files = [SOURCE, "content/articles/two.md"].map(|path| site.path().join(path));
    for round in 0..20_000 {
        let mode = fs::Permissions::from_mode(if round % 4 < 2 { 0o644 } else { 0o600 });
        fs::set_permissions(&files[round % 2], mode).expect("it can be set");
    }
    site.article("late/five.md", "2021-11-20", "", "The first late text.");
    preview.signal("CONT");
    preview.until_shows("/2021/11/20/five/", "The first late text.");
    site.change("content/articles/late/five.md", "The first", "The second");
    preview.until_shows("/2021/11/20/five/", "The second late text.");
}

#[test]
fn a_folder_may_have_a_name_that_is_not_utf_8() {
    let name = tempfile::Builder::new().prefix(OsStr::from_bytes(b"caf\xe9")).tempdir();
    let site = Site::within(name.expect("a folder can be made"));
    site.article("one.md", "2021-11-25", "", "The first text.");
    site.write("static/notes.txt", "Notes.");
    let preview = Preview::start(&site, &[]);
    assert_eq!(preview.get("/notes.txt").text(), "Notes.");
    site.put("static/notes.txt", "More notes.");
    preview.until("the file", |preview| preview.get("/notes.txt").text() == "More notes.");
    site.change(SOURCE, "The first", "The second");
    preview.until_shows(ONE, "The second text.");
}

#[test]
fn what_could_not_be_read_for_a_while_is_tried_again() {
    let site = newsroom();
    let preview = Preview::start(&site, &[]);
    let limit = |most: usize| {
        let limit = [format!("--pid={}", preview.id()), format!("--nofile={most}:{}", 1024)];
        assert!(Command::new("prlimit").args(limit).status().is_ok_and(|status| status.success()));
    };
    // What is open stays open.
    limit(3);
    site.change(SOURCE, "The first text.", "Saved when nothing could be opened.");
    preview.until_said("too many files are open");
    limit(1024);
    preview.until_shows(ONE, "Saved when nothing could be opened.");
    let tellings = preview.said().matches("too many files").count();
    assert!(tellings <= 2, "it is told once for each file: {}", preview.said());
}

#[test]
fn who_never_stops_writing_keeps_nobody_waiting() {
    let site = newsroom();
    site.write("static/quiet.txt", "Quiet.");
    let preview = Preview::start(&site, &[]);
    let (end, ended) = mpsc::channel::<()>();
    let mut log = fs::File::create(site.path().join("static/log.txt")).expect("it can be made");
    let writer = thread::spawn(move || {
        // Until the other end is dropped, be it by a failure.
        while ended.recv_timeout(Duration::from_millis(4)) == Err(RecvTimeoutError::Timeout) {
            log.write_all(b"a line\n").expect("it can be written");
        }
    });
    site.put("content/articles/two.md", "+++\ntitle = \n+++\n");
    preview.until_said("content/articles/two.md");
    // The feed needs the text that is no longer there, and cannot be made.
    for (path, status) in [("/quiet.txt", 200), ("/tags/water/", 200), ("/atom.xml", 503)] {
        let begun = Instant::now();
        assert_eq!(preview.code(path), status, "{path}");
        assert!(begun.elapsed() < LONG / 2, "{path}");
    }
    drop(end);
    writer.join().expect("it has ended");
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
