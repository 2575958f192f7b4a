//! The output directory, through the binary: what is Dateline's, what is not, and what is left of a build that fails,
//! is killed, or meets another.

mod common;

use common::{Site, files, stderr};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Output, Stdio};
use std::time::{Duration, Instant};

/// A site of two articles with a tag each.
fn small() -> Site {
    let site = Site::new();
    site.article("one.md", "2021-11-25", "tags = [\"A\"]", "One.");
    site.article("two.md", "2021-10-26", "tags = [\"B\"]", "Two.");
    site
}

fn fails(output: &Output, code: &str) -> String {
    let said = stderr(output);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains(code), "no '{code}' in:\n{said}");
    said
}

#[test]
fn a_strangers_file_is_left_alone() {
    let site = small();
    site.write("public/CNAME", "example.org");
    site.write("public/.git/config", "mine");
    site.write("public/2021/11/25/one/notes.txt", "mine");
    site.built(&[]);
    fs::remove_file(site.path().join("content/articles/one.md")).expect("it is there");
    site.built(&[]);
    let left = files(&site.output());
    for path in ["CNAME", ".git/config", "2021/11/25/one/notes.txt"] {
        assert!(left.contains_key(path), "{path}");
    }
    assert!(!left.contains_key("2021/11/25/one/index.html"));
}

#[test]
fn a_strangers_file_where_a_page_belongs_is_an_error_unless_it_is_adopted() {
    let site = small();
    site.write("public/index.html", "mine");
    site.write("public/tags/a/index.html", "mine too");
    let before = files(&site.output());
    let said = fails(&site.build(&["--verbose"]), "foreign-file");
    assert!(said.contains("public/index.html") && said.contains("--adopt"), "{said}");
    assert_eq!(files(&site.output()), before);
    site.built(&["--adopt"]);
    assert!(site.read("public/index.html").contains("<!doctype html>"));
    let clean = small();
    clean.built(&[]);
    assert_eq!(files(&site.output()), files(&clean.output()));
    // From now on they are Dateline's, and go when the site does without them.
    fs::remove_file(site.path().join("content/articles/one.md")).expect("it is there");
    site.built(&[]);
    assert!(!site.output().join("tags/a").exists());
}

#[test]
fn a_strangers_file_with_the_same_bytes_is_taken_over() {
    let site = small();
    site.built(&[]);
    let built = files(&site.output());
    fs::remove_dir_all(site.path().join(".dateline")).expect("it is there");
    let said = stderr(&site.build(&[]));
    assert!(said.contains(": 0 written,"), "{said}");
    assert_eq!(files(&site.output()), built);
}

#[test]
fn what_someone_changed_by_hand_is_mended() {
    let site = small();
    site.built(&[]);
    let built = files(&site.output());
    site.write("public/index.html", "changed");
    // The same size, so that only time or bytes can tell.
    let page = site.read("public/archive/index.html").replace("doctype", "DOCTYPE");
    site.write("public/archive/index.html", page);
    fs::remove_file(site.output().join("atom.xml")).expect("it is there");
    fs::remove_dir_all(site.output().join("tags")).expect("it is there");
    let said = stderr(&site.build(&[]));
    assert!(
        said.contains(": 8 written,"),
        "two pages, a feed, a list of tags, and two tags with a feed each: {said}"
    );
    assert_eq!(files(&site.output()), built);
}

#[test]
fn an_error_leaves_everything_as_it_was() {
    let site = small();
    site.built(&[]);
    let before = files(&site.output());
    let wrong: [(&str, &str); 4] = [
        (
            "content/articles/two.md",
            "+++\ntitle = \"Two\"\ndate = 2021-10-26\n+++\nNew text, and [nowhere](/nowhere/)\n",
        ),
        ("content/articles/three.md", "+++\ntitle = \"Three\"\n+++\n"),
        ("templates/article.html", "{{ nothing.at.all }}"),
        ("site.toml", "base_url = \"https://example.org/\"\ntitle = \"New\"\ntimezone = \"Mars\"\n"),
    ];
    for (path, text) in wrong {
        let old = fs::read(site.path().join(path)).ok();
        site.write(path, text);
        site.article("good.md", "2021-11-01", "", "New and good.");
        assert_eq!(site.build(&[]).status.code(), Some(1), "{path}");
        assert_eq!(files(&site.output()), before, "{path}");
        match old {
            Some(bytes) => site.write(path, bytes),
            None => fs::remove_file(site.path().join(path)).expect("it is there"),
        }
    }
    // A first build that fails leaves no output at all, not even an empty one.
    let site = small();
    site.article("wrong.md", "2021-11-01", "", "[nowhere](/nowhere/)");
    assert_eq!(site.build(&[]).status.code(), Some(1));
    assert!(!site.output().exists());
    // A warning is an error where that was asked, and only there.
    let site = small();
    site.article("warned.md", "2021-11-01", "", "![](/favicon.svg)");
    assert_eq!(site.build(&["--strict"]).status.code(), Some(1));
    assert!(!site.output().exists());
    site.built(&[]);
}

#[test]
fn an_article_that_goes_takes_its_pages_along() {
    let site = small();
    site.write(
        "content/articles/bundle/index.md",
        "+++\ntitle = \"Bundle\"\ndate = 2020-01-01\ntags = [\"C\"]\naliases = [\"/old/b/\"]\n+++\n",
    );
    site.write("content/articles/bundle/deep/a.png", "png");
    site.built(&[]);
    for path in ["2020/01/01/bundle/deep/a.png", "tags/c/atom.xml", "old/b/index.html"] {
        assert!(site.output().join(path).exists(), "{path}");
    }
    fs::remove_dir_all(site.path().join("content/articles/bundle")).expect("it is there");
    site.built(&[]);
    for path in ["2020", "tags/c", "old"] {
        assert!(!site.output().join(path).exists(), "{path}");
    }
    let clean = small();
    clean.built(&[]);
    assert_eq!(files(&site.output()), files(&clean.output()));
}

#[test]
fn outputs_do_not_know_each_other() {
    let site = small();
    let elsewhere = Site::empty();
    let out = elsewhere.path().join("deep/down");
    let out_name = out.to_str().expect("a temporary folder's name is UTF-8");
    site.built(&[]).built(&["--output", out_name]).built(&["--output", "other"]);
    assert_eq!(files(&site.output()), files(&out));
    assert_eq!(files(&site.output()), files(&site.path().join("other")));
    fs::remove_file(site.path().join("content/articles/one.md")).expect("it is there");
    site.built(&["--output", out_name]);
    assert!(!out.join("2021/11").exists(), "this one was built anew");
    assert!(site.output().join("2021/11/25/one/index.html").exists(), "and this one was not");
    // Another site does not take these files for its own.
    let other = Site::new();
    other.article("three.md", "2021-11-25", "", "Three.");
    let before = files(&out);
    fails(&other.build(&["--output", out_name]), "did not write");
    assert_eq!(files(&out), before);
    // Two sites may share a folder where they need other files; each removes its own alone.
    site.write("static/shared/a.txt", "a");
    assert!(site.build(&["--output", out_name]).status.success());
    fs::remove_dir_all(site.path().join("static")).expect("it is there");
    fs::write(out.join("shared/b.txt"), "b").expect("it can be written");
    assert!(site.build(&["--output", out_name]).status.success());
    assert_eq!(files(&out.join("shared")).keys().collect::<Vec<_>>(), ["b.txt"]);
}

#[test]
fn what_cannot_be_made_again_is_refused() {
    let site = small();
    site.write(".git/HEAD", "ref");
    site.write("static/a.txt", "a");
    let before = files(site.path());
    for folder in [
        ".",
        "..",
        "content",
        "content/new",
        "static",
        "templates",
        "templates/x",
        ".git",
        ".dateline",
        "public/../content",
        "site.toml",
    ] {
        fails(&site.build(&["--output", folder]), "cannot be the output directory");
        assert_eq!(files(site.path()), before, "{folder}");
    }
    let root = site.path().to_str().expect("a temporary folder's name is UTF-8");
    fails(&site.build(&["--output", root]), "cannot be the output directory");
    assert_eq!(files(site.path()), before);
}

/// A site that takes a while to write.
fn large() -> Site {
    let site = Site::new();
    for number in 0..120 {
        let date = format!("2021-{:02}-{:02}", 1 + number % 11, 1 + number % 28);
        site.article(&format!("a{number}.md"), &date, &format!("tags = [\"T{}\"]", number % 20), "Text.");
    }
    site
}

fn spawn(site: &Site) -> Child {
    let mut command = site.command(&["build", "--now", common::NOW]);
    command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().expect("the binary runs")
}

#[test]
fn two_builds_at_once_end_well_or_say_why() {
    let site = large();
    let builds = [spawn(&site), spawn(&site), spawn(&site)];
    let ended = builds.map(|build| build.wait_with_output().expect("it ends"));
    let (well, other): (Vec<&Output>, Vec<&Output>) =
        ended.iter().partition(|output| output.status.success());
    assert!(!well.is_empty(), "{}", stderr(other[0]));
    for output in other {
        fails(output, "another build is writing to this output");
    }
    let clean = large();
    clean.built(&[]);
    assert_eq!(files(&site.output()), files(&clean.output()));
}

#[test]
fn a_build_that_finds_another_at_work_says_so_and_changes_nothing() {
    let site = small();
    site.built(&[]);
    site.article("three.md", "2021-11-01", "", "Three.");
    let before = files(&site.output());
    let records = folders(&site.path().join(".dateline")).into_iter();
    let locks: Vec<_> = records.map(|folder| folder.join("lock")).filter(|lock| lock.exists()).collect();
    assert_eq!(locks.len(), 1, "an output has one lock");
    let held = fs::File::open(&locks[0]).expect("there is a lock");
    held.lock().expect("it is free");
    let said = fails(&site.build(&[]), "another build is writing to this output");
    assert!(said.contains("wait until it has finished"), "{said}");
    assert_eq!(files(&site.output()), before);
    // Another output is another matter.
    site.built(&["--output", "other"]);
    drop(held);
    site.built(&[]);
    assert_eq!(files(&site.output()), files(&site.path().join("other")));
}

#[cfg(unix)]
#[test]
fn a_build_that_is_killed_is_mended_by_the_next() {
    let clean = large();
    clean.built(&[]);
    let whole = files(&clean.output());
    // A first build, one over an older site, and one that was killed before; each caught while it writes.
    let site = Site::new();
    let mut caught = 0;
    for (number, source) in files(&clean.path().join("content")).into_iter().enumerate() {
        if number % 2 == 0 {
            site.write(&format!("content/{}", source.0), source.1);
        }
    }
    caught += usize::from(killed_while_it_writes(&site));
    caught += usize::from(killed_while_it_writes(&site));
    site.built(&[]);
    let half = files(&site.output());
    assert!(!half.keys().any(|path| is_temporary(path)), "a temporary file was left");
    site.write("public/stranger.txt", "mine");
    common::copy(&clean.path().join("content"), &site.path().join("content"));
    site.write("site.toml", format!("{}description = \"New\"\n", site.read("site.toml")));
    caught += usize::from(killed_while_it_writes(&site));
    assert!(caught > 0, "no build could be caught while it was writing");
    // Whatever stands there now is whole: a page of before or of after.
    site.write("site.toml", clean.read("site.toml"));
    site.built(&[]);
    let mut after = files(&site.output());
    assert_eq!(after.remove("stranger.txt").as_deref(), Some(b"mine".as_slice()));
    assert_eq!(after.keys().collect::<BTreeSet<_>>(), whole.keys().collect::<BTreeSet<_>>());
    assert!(after == whole, "a page is not as a clean build makes it");
    assert!(!half.is_empty() && folders(&site.output()).iter().all(|folder| !files(folder).is_empty()));
}

/// Starts a build and kills it (SIGKILL) as soon as its first temporary file is seen. Whether it was caught.
#[cfg(unix)]
fn killed_while_it_writes(site: &Site) -> bool {
    use std::os::unix::process::ExitStatusExt;
    let mut build = spawn(site);
    let patience = Instant::now() + Duration::from_secs(20);
    while build.try_wait().expect("it can be asked").is_none() && Instant::now() < patience {
        if files_by_name(&site.output()).iter().any(|path| is_temporary(&path.to_string_lossy())) {
            build.kill().expect("it can be killed");
            break;
        }
    }
    let ended = build.wait_with_output().expect("it ends");
    assert!(ended.status.success() || ended.status.signal() == Some(9), "{}", stderr(&ended));
    !ended.status.success()
}

fn is_temporary(path: &str) -> bool {
    path.split('/').any(|name| name.starts_with(".dl-"))
}

/// The files below a folder that is changing: nothing is read, and what goes meanwhile is passed over.
fn files_by_name(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let paths = entries.filter_map(|entry| Some(entry.ok()?.path()));
    paths.flat_map(|path| if path.is_dir() { files_by_name(&path) } else { vec![path] }).collect()
}

fn folders(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("it can be read").map(|entry| entry.expect("an entry").path());
    entries.filter(|path| path.is_dir()).collect()
}
