//! A build stopped before any one of its steps, and what the next one makes of it.

use super::{Site, expected, publish_pages, snapshot, texts};
use crate::cache::disk::fuse::{self, End, Killed};
use crate::diagnostic::Diagnostic;
use crate::publish::{Summary, Target};
use rayon::ThreadPoolBuilder;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};

type Pages<'a> = &'a [(&'a str, &'a str)];

/// Publishes on this thread alone with a fuse of `steps` steps. `None` where the build was killed, and whether
/// it came to its end before the fuse did.
fn with_fuse(
    site: &Site,
    pages: Pages,
    steps: usize,
    end: End,
) -> (Option<Result<Summary, Vec<Diagnostic>>>, bool) {
    let (pages, target) = (texts(pages), Target { adopt: true, ..site.target() });
    ThreadPoolBuilder::new().num_threads(1).build().unwrap().install(|| {
        fuse::light(steps, end);
        let result = catch_unwind(AssertUnwindSafe(|| publish_pages(&pages, &target)));
        let unburnt = fuse::quench();
        (result.map_err(|cause| assert!(cause.is::<Killed>())).ok(), unburnt)
    })
}

/// Every kind of change at once: kept, changed, new, stale, new and emptied folders, files that become folders
/// and the reverse, a page that someone changed, a stranger's file that is overwritten and one that is not.
const BEFORE: Pages = &[
    ("index.html", "home"),
    ("kept/index.html", "kept"),
    ("changed/index.html", "old"),
    ("mended", "right"),
    ("stale/deep/index.html", "stale"),
    ("swap", "file"),
    ("paws/a/b", "in a folder"),
    ("paws/c", "in a folder"),
];
const AFTER: Pages = &[
    ("index.html", "new home"),
    ("kept/index.html", "kept"),
    ("changed/index.html", "new"),
    ("mended", "right"),
    ("new/deep/index.html", "new"),
    ("swap/index.html", "in a folder"),
    ("paws", "file"),
    ("taken", "ours"),
];
const THEIRS: Pages = &[("kept/note.txt", "theirs"), ("CNAME", "theirs")];
/// What a third build may plan: neither of the two.
const OTHERWISE: Pages = &[
    ("index.html", "other"),
    ("mended", "right"),
    ("swap", "file again"),
    ("new", "file"),
    ("stale/deep/index.html", "back"),
];

fn before() -> Site {
    let site = Site::new();
    site.publish(BEFORE).unwrap();
    THEIRS.iter().for_each(|(path, text)| site.put(path, text));
    site.put("taken", "theirs");
    site.change("mended", "wrong");
    site
}

/// A fourth build, in case the third left records that mislead.
fn ends_clean(site: &Site, pages: Pages, what: &str) {
    for _ in 0..2 {
        publish_pages(&texts(pages), &Target { adopt: true, ..site.target() }).expect(what);
        assert_eq!(snapshot(&site.output()), expected(&[pages, THEIRS].concat()), "{what}");
        assert!(site.leftover_records().is_empty(), "{what}");
    }
}

/// What remains of a stranger's file after it was overwritten or not.
fn without_taken(site: &Site) {
    let _ = fs::remove_file(site.file("taken"));
}

/// Removes the folders that only an empty folder's removal which failed has left; a build lets those be.
fn remove_empty_folders(site: &Site) {
    for folder in walkdir::WalkDir::new(site.output()).contents_first(true).into_iter().filter_map(Result::ok)
    {
        let _ = fs::remove_dir(folder.path());
    }
}

#[test]
fn a_build_killed_before_any_step_is_mended_by_the_next() {
    let mut steps = 0;
    loop {
        let site = before();
        let (result, unburnt) = with_fuse(&site, AFTER, steps, End::Kill);
        if unburnt {
            assert!(result.unwrap().is_ok());
            break;
        }
        assert!(result.is_none());
        ends_clean(&site, AFTER, &format!("killed before step {steps}"));
        steps += 1;
    }
    assert!(steps >= 40, "only {steps} steps");
}

#[test]
fn a_killed_build_does_not_bind_the_next_to_its_plan() {
    for steps in 0.. {
        let site = before();
        let (_, unburnt) = with_fuse(&site, AFTER, steps, End::Kill);
        without_taken(&site);
        ends_clean(&site, OTHERWISE, &format!("killed before step {steps}"));
        if unburnt {
            break;
        }
    }
}

#[test]
fn a_build_killed_while_it_cleans_up_is_mended_too() {
    // Killed in the midst of rendering, of renaming and of removing, and then again at every step.
    for first in [14, 26, 32, 37] {
        for second in 0.. {
            let site = before();
            assert!(with_fuse(&site, AFTER, first, End::Kill).0.is_none());
            let (_, unburnt) = with_fuse(&site, OTHERWISE, second, End::Kill);
            without_taken(&site);
            ends_clean(&site, BEFORE, &format!("killed before steps {first} and {second}"));
            if unburnt {
                break;
            }
        }
    }
}

#[test]
fn a_disk_that_fails_at_any_step_leaves_the_output_as_it_was_or_says_otherwise() {
    let mut undone = 0;
    for steps in 0.. {
        let site = before();
        let old = snapshot(&site.output());
        let (result, unburnt) = with_fuse(&site, AFTER, steps, End::Fail);
        if let Err(problems) = result.unwrap() {
            assert!(problems.iter().all(|problem| problem.code == "write-failed" && problem.help.is_some()));
            if problems.iter().all(|problem| problem.notes.is_empty()) {
                assert_eq!(snapshot(&site.output()), old, "failed at step {steps}");
                assert!(site.leftover_records().is_empty(), "failed at step {steps}");
                undone += 1;
            }
        }
        remove_empty_folders(&site);
        ends_clean(&site, AFTER, &format!("failed at step {steps}"));
        if unburnt {
            break;
        }
    }
    assert!(undone > 15, "only {undone} failures were undone");
}

#[test]
fn a_first_build_that_is_killed_leaves_nothing_strange() {
    for steps in 0.. {
        let site = Site::new();
        let (_, unburnt) = with_fuse(&site, BEFORE, steps, End::Kill);
        site.publishes(&OTHERWISE[..2], &[]);
        if unburnt {
            break;
        }
    }
}

#[test]
fn a_stranger_that_comes_between_a_kill_and_the_next_build_stays_one() {
    let site = Site::new();
    let pages = [("a/index.html", "a"), ("b/index.html", "b")];
    let (result, _) = with_fuse(&site, &pages, 10, End::Kill);
    assert!(result.is_none() && !site.leftover_records().is_empty());
    fs::remove_dir_all(site.output()).unwrap();
    site.put("a/index.html", "strange");
    assert_eq!(super::codes(site.publish(&pages)), ["foreign-file"]);
    site.is(&[("a/index.html", "strange")]);
}
