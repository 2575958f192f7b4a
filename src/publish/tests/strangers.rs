//! Files in the output that Dateline did not write.

use super::{Site, TestPage, always, codes, counts, order, publish, publish_pages, render, texts};
use crate::diagnostic::Diagnostic;
use crate::publish::{Job, Summary, Target};
use crate::stopwatch::Stopwatch;
use std::fs::{self, File};

fn adopt(site: &Site, pages: &[(&str, &str)]) -> Result<Summary, Vec<Diagnostic>> {
    publish_pages(&texts(pages), &Target { adopt: true, ..site.target() })
}

#[test]
fn what_is_not_planned_is_left_alone() {
    let site = Site::new();
    let others = [("CNAME", "example.org"), ("notes/a.txt", "mine"), (".git/config", "[core]")];
    others.iter().for_each(|(path, text)| site.put(path, text));
    site.publishes(&[("index.html", "home"), ("notes/index.html", "n")], &others);
    site.publishes(&[], &others);
}

#[test]
fn other_bytes_are_an_error_and_the_same_bytes_are_taken_over() {
    let site = Site::new();
    site.put("index.html", "strange");
    site.put("a/index.html", "same");
    let pages = [("index.html", "home"), ("a/index.html", "same"), ("b/index.html", "new")];
    let problems = site.publish(&pages).unwrap_err();
    assert_eq!((problems.len(), &*problems[0].code), (1, "foreign-file"));
    assert_eq!(problems[0].file.as_deref(), Some("public/index.html"));
    assert!(problems[0].help.as_ref().is_some_and(|help| help.contains("--adopt")));
    site.is(&[("index.html", "strange"), ("a/index.html", "same")]);

    assert_eq!(counts(&adopt(&site, &pages).unwrap()), (2, 1, 0));
    site.is(&pages);
    // What was taken over is Dateline's, to change and to remove.
    assert_eq!(counts(&site.publishes(&[("a/index.html", "new")], &[])), (1, 0, 2));
}

#[test]
fn the_list_of_strangers_is_cut() {
    let site = Site::new();
    let names: Vec<String> = (10..60).map(|n| format!("p{n}")).collect();
    names.iter().for_each(|name| site.put(name, "strange"));
    let pages: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), "page")).collect();
    let problems = site.publish(&pages).unwrap_err();
    assert_eq!(problems.len(), 1);
    assert!(problems[0].message.starts_with("50 files"), "{}", problems[0].message);
    assert_eq!((problems[0].notes.len(), problems[0].notes[20].as_str()), (21, "and 30 more"));
    assert_eq!(problems[0].notes[0], "public/p10");
}

#[test]
fn a_stranger_where_a_folder_is_needed() {
    let site = Site::new();
    site.put("a", "strange");
    let pages = [("a/b/index.html", "b"), ("index.html", "home")];
    assert_eq!(codes(site.publish(&pages)), ["foreign-file"]);
    site.is(&[("a", "strange")]);
    adopt(&site, &pages).unwrap();
    site.is(&pages);
}

#[test]
fn strangers_in_a_folder_where_a_page_belongs_are_never_removed() {
    let site = Site::new();
    site.publishes(&[("a/ours", "ours")], &[]);
    site.put("a/theirs", "strange");
    let problems = adopt(&site, &[("a", "page")]).unwrap_err();
    assert_eq!((&*problems[0].code, problems[0].file.as_deref()), ("foreign-file", Some("public/a")));
    assert_eq!(problems[0].notes, ["public/a/theirs"]);
    site.is(&[("a/ours", "ours"), ("a/theirs", "strange")]);
    fs::remove_file(site.file("a/theirs")).unwrap();
    fs::create_dir(site.file("a/empty")).unwrap();
    assert_eq!(codes(site.publish(&[("a", "page")])), ["foreign-file"]);
    fs::remove_dir(site.file("a/empty")).unwrap();
    site.publishes(&[("a", "page")], &[]);
}

/// While pages are rendered, others may write to the output.
#[test]
fn a_stranger_who_comes_while_pages_are_rendered_stays_too() {
    let before = [("old/x", "x"), ("x", "x")];
    let pages = [("new/a", "a"), ("new/b", "b"), ("old/x", "new"), ("old/y", "y"), ("z", "z")];
    for strange in ["new/b", "new", "old/y", "z"] {
        let site = Site::new();
        site.publishes(&before, &[]);
        let come = |page: &TestPage| {
            if page.0 == "z" {
                site.put(strange, "strange");
            }
            render(page)
        };
        let pages = texts(&pages);
        let job = Job {
            pages: &pages,
            path_of: |page| &page.0,
            order: &order(&pages),
            render: always(come),
            stopwatch: &Stopwatch::default(),
        };
        let problems = publish(&job, &site.target()).unwrap_err();
        let file = format!("public/{strange}");
        assert_eq!((&*problems[0].code, problems[0].file.as_deref()), ("foreign-file", Some(&*file)));
        assert_eq!(problems.len(), 1);
        site.is(&[&before[..], &[(strange, "strange")]].concat());
    }
}

#[test]
fn what_was_changed_and_is_no_longer_planned_is_kept_once_with_a_warning() {
    let site = Site::new();
    site.publishes(&[("a/index.html", "a"), ("b/index.html", "b"), ("c", "c")], &[]);
    site.change("a/index.html", "A");
    // A new time alone is no change.
    site.change("b/index.html", "b");
    let summary = site.publishes(&[("c", "c")], &[("a/index.html", "A")]);
    assert_eq!((summary.removed, summary.diagnostics.len()), (1, 1));
    let warning = &summary.diagnostics[0];
    assert_eq!((&*warning.code, warning.file.as_deref()), ("changed-output", Some("public/a/index.html")));
    assert!(!warning.is_error());
    assert!(site.publishes(&[("c", "c")], &[("a/index.html", "A")]).diagnostics.is_empty());
    // In the way it is what any stranger's file is.
    site.change("c", "C");
    assert_eq!(codes(site.publish(&[("c/d", "d")])), ["foreign-file"]);
    site.is(&[("a/index.html", "A"), ("c", "C")]);
}

/// An edit that left size and time as they were: only who reads the file sees it.
#[test]
fn whoever_reads_everything_keeps_what_was_changed_without_a_trace() {
    let site = Site::new();
    let edit = || {
        let modified = fs::metadata(site.file("a")).unwrap().modified().unwrap();
        site.put("a", "B");
        File::options().write(true).open(site.file("a")).unwrap().set_modified(modified).unwrap();
    };
    let verify = |pages: &[(&str, &str)]| {
        publish_pages(&texts(pages), &Target { verify: true, ..site.target() }).unwrap()
    };
    site.publishes(&[("a", "a"), ("b", "b")], &[]);
    edit();
    assert_eq!(counts(&site.publish(&[("a", "a"), ("b", "b")]).unwrap()), (0, 2, 0));
    assert_eq!(counts(&verify(&[("a", "a"), ("b", "b")])), (1, 1, 0));
    edit();
    let summary = verify(&[("b", "b")]);
    assert_eq!((summary.removed, &*summary.diagnostics[0].code), (0, "changed-output"));
    site.is(&[("a", "B"), ("b", "b")]);
}

#[test]
fn without_its_records_a_build_knows_its_files_by_their_bytes() {
    let site = Site::new();
    let pages = [("index.html", "home"), ("a/index.html", "a")];
    site.publishes(&pages, &[]);
    fs::remove_dir_all(site.root.path().join(".dateline")).unwrap();
    assert_eq!(counts(&site.publishes(&pages, &[])), (0, 2, 0));
    // A damaged one is as good as none.
    let cache = site.root.path().join(".dateline");
    for entry in walkdir::WalkDir::new(&cache).into_iter().filter_map(Result::ok) {
        if entry.file_name() == "manifest" {
            fs::write(entry.path(), "nonsense").unwrap();
        }
    }
    assert_eq!(codes(site.publish(&[("index.html", "new")])), ["foreign-file"]);
}

#[cfg(unix)]
mod unix {
    use super::*;
    use std::os::unix::fs::{PermissionsExt, symlink};
    use std::path::Path;

    #[test]
    fn links_are_not_followed() {
        let site = Site::new();
        let outside = site.root.path().join("outside");
        fs::create_dir(&outside).unwrap();
        fs::write(outside.join("index.html"), "home").unwrap();
        site.publishes(&[("x", "x")], &[]);
        symlink(&outside, site.file("a")).unwrap();
        symlink(outside.join("index.html"), site.file("index.html")).unwrap();
        symlink("/nowhere", site.file("unplanned")).unwrap();
        let pages = [("a/index.html", "a"), ("index.html", "home"), ("x", "x")];
        let problems = site.publish(&pages).unwrap_err();
        assert_eq!(problems[0].notes, ["public/a", "public/index.html"]);
        adopt(&site, &pages).unwrap();
        assert!(site.file("unplanned").is_symlink());
        fs::remove_file(site.file("unplanned")).unwrap();
        site.is(&pages);
        assert_eq!(fs::read_to_string(outside.join("index.html")).unwrap(), "home");

        // A folder of ours that became a link to somewhere else: nothing there is removed.
        fs::remove_dir_all(site.file("a")).unwrap();
        symlink(&outside, site.file("a")).unwrap();
        site.publish(&[("x", "x")]).unwrap();
        assert_eq!(fs::read_to_string(outside.join("index.html")).unwrap(), "home");
    }

    /// Takes permissions away from a path; `None` for a user whom that does not bind.
    fn forbid(path: &Path, mode: u32) -> Option<()> {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
        let probe = path.join("probe");
        if fs::write(&probe, "").is_ok() {
            fs::remove_file(probe).unwrap();
            fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
            return None;
        }
        Some(())
    }

    fn allow(path: &Path) {
        fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
    }

    #[test]
    fn a_folder_that_cannot_be_looked_into_matters_only_where_pages_belong_in_it() {
        let site = Site::new();
        site.put("closed/theirs", "strange");
        let Some(()) = forbid(&site.file("closed"), 0o000) else { return };
        site.publish(&[("index.html", "home")]).unwrap();
        let problems = site.publish(&[("index.html", "new"), ("closed/a", "a")]).unwrap_err();
        assert_eq!((&*problems[0].code, problems[0].file.as_deref()), ("unreadable", Some("public/closed")));
        allow(&site.file("closed"));
        site.is(&[("index.html", "home"), ("closed/theirs", "strange")]);
        // Nor is what lies there forgotten.
        site.publish(&[("index.html", "home"), ("closed/a", "a")]).unwrap();
        forbid(&site.file("closed"), 0o000);
        assert_eq!(codes(site.publish(&[("index.html", "home")])), ["unreadable"]);
        allow(&site.file("closed"));
        site.publishes(&[("index.html", "home")], &[("closed/theirs", "strange")]);
    }

    #[test]
    fn a_folder_that_cannot_be_written_leaves_everything_as_it_was() {
        let site = Site::new();
        let before = [("a/1", "one"), ("b/2", "two")];
        site.publishes(&before, &[]);
        let Some(()) = forbid(&site.file("b"), 0o555) else { return };
        for pages in [[("a/1", "new"), ("b/2", "new")], [("a/1", "new"), ("b/3", "new")]] {
            let problems = site.publish(&pages).unwrap_err();
            assert_eq!(&*problems[0].code, "write-failed", "{problems:?}");
            assert!(problems[0].message.contains("no permission") && problems[0].help.is_some());
            site.is(&before);
        }
        // What cannot be removed stays Dateline's until it can.
        let problems = site.publish(&[("a/1", "new")]).unwrap_err();
        assert_eq!((&*problems[0].code, problems[0].file.as_deref()), ("write-failed", Some("public/b/2")));
        allow(&site.file("b"));
        assert_eq!(counts(&site.publishes(&[("a/1", "new")], &[])), (0, 1, 1));
    }
}
