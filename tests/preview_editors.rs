//! `dateline serve` and how editors save: by renaming, by emptying and writing, with files of their own beside.

mod common;

use common::preview::{ONE, Preview, SOURCE, encode, newsroom};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

/// How an editor's program saves a file.
type Save = fn(&Path, &str);

fn write(path: &Path, text: &str) {
    fs::write(path, text).expect("it can be written");
}

fn rename(from: &Path, to: &Path) {
    fs::rename(from, to).expect("it can be renamed");
}

fn beside(path: &Path, name: &str) -> PathBuf {
    path.with_file_name(name.replace('@', &path.file_name().expect("it has a name").to_string_lossy()))
}

/// Vim, with a swap file, a test whether it may write there, and a backup by renaming.
fn vim(path: &Path, text: &str) {
    let [swap, probe, backup] = [".@.swp", "4913", "@~"].map(|name| beside(path, name));
    write(&swap, "swap");
    write(&probe, "");
    fs::remove_file(&probe).expect("it is there");
    rename(path, &backup);
    write(path, text);
    fs::remove_file(&backup).expect("it is there");
    fs::remove_file(&swap).expect("it is there");
}

/// VS Code: the file is emptied and written.
fn vs_code(path: &Path, text: &str) {
    write(path, text);
}

/// VS Code where a file is to be written atomically.
fn vs_code_atomic(path: &Path, text: &str) {
    let new = beside(path, "@.vsctmp");
    write(&new, text);
    rename(&new, path);
}

/// IntelliJ and its kin, with "safe write".
fn jetbrains(path: &Path, text: &str) {
    let [new, old] = ["@___jb_tmp___", "@___jb_old___"].map(|name| beside(path, name));
    write(&new, text);
    rename(path, &old);
    rename(&new, path);
    fs::remove_file(&old).expect("it is there");
}

/// Emacs, with a lock, a backup by copying, and a file that saves what is not saved yet.
fn emacs(path: &Path, text: &str) {
    let [unsaved, backup] = ["#@#", "@~"].map(|name| beside(path, name));
    write(&unsaved, text);
    fs::copy(path, &backup).expect("it can be copied");
    write(path, text);
    fs::remove_file(&unsaved).expect("it is there");
    fs::remove_file(&backup).expect("it is there");
}

/// `sed -i`, which writes a file of a name that it makes up, and renames it.
fn sed(path: &Path, text: &str) {
    let title = text.lines().find(|line| line.starts_with("title")).expect("there is a title");
    let status = Command::new("sed").arg("-i").arg(format!("s/^title = .*/{title}/")).arg(path).status();
    assert!(status.is_ok_and(|status| status.success()), "sed runs");
}

#[test]
fn row_01_an_atomic_save_is_one_rebuild() {
    let editors: [(&str, Save); 6] = [
        ("vim", vim),
        ("VS Code", vs_code),
        ("VS Code, atomic", vs_code_atomic),
        ("JetBrains", jetbrains),
        ("Emacs", emacs),
        ("sed", sed),
    ];
    let site = newsroom();
    let preview = Preview::start(&site, &[]);
    for (editor, save) in editors {
        let mut rebuilds = Vec::new();
        for round in 0..5 {
            let before = preview.edition().1;
            let said = preview.changes_said().len();
            let title = format!("{editor} {round}");
            let text = site.read(SOURCE);
            let old = text.lines().find(|line| line.starts_with("title")).expect("there is a title");
            save(&site.path().join(SOURCE), &text.replace(old, &format!("title = \"{title}\"")));
            preview.until_shows(ONE, &title);
            // Whatever the save still brings about comes before this, or in one edition with it.
            preview.edit(|site| site.put("static/marker.txt", &title));
            preview.until_changes_said("the marker", |changes| {
                changes[said..].last().is_some_and(|files| files.contains("static/marker.txt"))
            });
            let said = preview.changes_said().split_off(said);
            for files in &said {
                let files = files.replace(SOURCE, "").replace("static/marker.txt", "").replace(", ", "");
                assert_eq!(files, "", "{editor}: {said:?}");
            }
            rebuilds.push(preview.edition().1 - before - 1);
            assert!(
                preview.shows("/tags/water/", &title) && preview.shows("/tags/egypt/", &title),
                "{editor}"
            );
        }
        // Where the machine is busy, a save may fall apart into two bursts; it must not as a rule.
        rebuilds.sort_unstable();
        assert!(rebuilds[2] <= 1, "{editor}: {rebuilds:?}");
    }
    preview.until_as_built(&["--drafts", "--scheduled", "--expired"]);
}

#[test]
fn row_09_leftovers_of_editors_are_nothing() {
    let site = newsroom();
    site.write("static/a.txt", "A");
    site.write(
        "templates/404.html",
        fs::read(common::repository("templates/404.html")).expect("it is there"),
    );
    let preview = Preview::start(&site, &[]);
    let before = preview.edition().1;
    let names = [
        ".one.md.swp",
        ".one.md.swo",
        ".one.md.swx",
        "4913",
        "one.md~",
        ".#one.md",
        "#one.md#",
        "one.md.bck",
        "one.md.bak",
        "one.md.tmp",
        "one.md.orig",
        "one.md___jb_tmp___",
        "one.md___jb_old___",
        ".DS_Store",
        "Thumbs.db",
    ];
    for folder in ["content/articles", "content", "static", "templates", "."] {
        for name in names {
            let path = format!("{folder}/{name}");
            site.write(&path, "+++\nnot an article\n");
            site.write(&path, "+++\nstill not an article\n");
            site.rename(&path, &format!("{path}.tmp"));
            site.rename(&format!("{path}.tmp"), &path);
        }
    }
    site.write("site.toml~", "broken");
    site.write(".site.toml.swp", "broken");
    preview.edit(|site| site.put("static/a.txt", "B"));
    for name in names {
        for address in [format!("/{name}"), format!("/2021/11/25/one/{name}")] {
            assert_eq!(preview.code(&encode(&address)), 404, "{address}");
        }
    }
    for folder in ["content/articles", "content", "static", "templates", "."] {
        for name in names {
            fs::remove_file(site.path().join(folder).join(name)).expect("it is there");
        }
    }
    preview.edit(|site| site.put("static/a.txt", "C"));
    // Each put is one event, so there is one edition for each.
    assert_eq!(preview.edition().1, before + 2, "{}", preview.said());
    preview.until_changes_said("two changes", |changes| changes.len() >= 2);
    assert_eq!(preview.changes_said(), ["static/a.txt", "static/a.txt"]);
    preview.until_as_built(&[]);
}

/// Ends the readers, also where the test fails.
struct Over<'a>(&'a AtomicBool);

impl Drop for Over<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

#[test]
fn row_33_the_empty_moment_of_a_save_is_never_shown() {
    let site = newsroom();
    site.write("static/css/site.css", "body { color: #123456 }");
    site.write("static/notes.txt", "Notes.");
    let preview = Preview::start(&site, &[]);
    let (over, address) = (AtomicBool::new(false), preview.address());
    let seen = |path: &str, whole: fn(&str) -> bool| {
        let mut count = 0;
        while !over.load(Ordering::Relaxed) {
            let answer = common::http::ask(address, "GET", path, &[]).expect("it answers");
            assert_eq!(answer.status, 200, "{path}");
            assert!(answer.data("problems").is_empty(), "{path}: {}", answer.suffix());
            assert!(whole(&answer.page_text()), "{path}: {}", answer.page_text());
            count += 1;
        }
        count
    };
    let counts = thread::scope(|scope| {
        let _over = Over(&over);
        let readers = [
            scope.spawn(|| seen(ONE, |page| page.contains("text.") && page.contains("Egypt"))),
            scope.spawn(|| seen("/", |page| page.contains("one") && page.contains("two"))),
            scope.spawn(|| seen("/css/site.css", |page| page.ends_with('}'))),
            scope.spawn(|| seen("/notes.txt", |page| page.ends_with('.'))),
        ];
        for (round, pause) in [0, 60, 120, 180, 240, 300].into_iter().enumerate() {
            let article = site.read(SOURCE);
            for (file, text) in [
                (SOURCE, article.replace("The first text.", &format!("Round {round}: The first text."))),
                ("static/css/site.css", format!("body {{ color: #12345{round} }}")),
                ("static/notes.txt", format!("Notes of round {round}.")),
                ("site.toml", site.read("site.toml").replace("Test", "Test.")),
            ] {
                let path = site.path().join(file);
                fs::File::create(&path).expect("it can be emptied");
                // This pause is the scenario: an editor that is slow to write what it emptied.
                thread::sleep(Duration::from_millis(pause));
                let before = preview.edition().1;
                fs::write(&path, text).expect("it can be written");
                // The shorter ones follow each other at once, as where an editor saves all that is open.
                if pause > 120 {
                    preview.until("an edition of it", |preview| preview.edition().1 > before);
                }
            }
            preview.until_shows(ONE, &format!("Round {round}: "));
        }
        preview.until_shows("/", "Test......");
        over.store(true, Ordering::Relaxed);
        readers.map(|reader| reader.join().expect("it saw nothing wrong"))
    });
    assert!(counts.iter().all(|count| *count > 10), "{counts:?}");
    assert!(!preview.said().contains("error"), "{}", preview.said());
    preview.until_as_built(&[]);
}
