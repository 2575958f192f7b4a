//! A build that is really killed, as a process of its own, after ever longer times.

use super::{Job, Site, Target, always, expected, order, publish, publish_pages, snapshot, text};
use crate::render::{Body, Rendered};
use crate::stopwatch::Stopwatch;
use std::env;
use std::fs;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

const ROOT: &str = "DATELINE_TEST_KILL";

fn pages(edition: usize) -> Vec<(String, String)> {
    let path = |page: usize| match page % 3 {
        0 => format!("{page}/index.html"),
        1 => format!("{edition}/{page}/index.html"),
        _ => format!("swap{page}{}", if edition.is_multiple_of(2) { "/index.html" } else { "" }),
    };
    (0..150).map(|page| (path(page), format!("{edition}"))).collect()
}

/// Not a test of its own: what the process to be killed runs. Without being asked by the other test it does
/// nothing.
#[test]
fn the_build_to_be_killed() {
    let Some(root) = env::var_os(ROOT).map(PathBuf::from) else { return };
    let target = Target {
        output: root.join("public"),
        records: root.clone(),
        root,
        adopt: false,
        verify: false,
        strict: false,
    };
    for edition in 1.. {
        let pages = pages(edition);
        let render = |page: &(String, String)| Rendered {
            body: Some(text(&page.1)),
            diagnostics: Vec::new(),
            words: 0,
        };
        let (render, stopwatch) = (always(render), &Stopwatch::default());
        let order = &order(&pages);
        publish(&Job { pages: &pages, path_of: |page| &page.0, order, render, stopwatch }, &target).unwrap();
    }
}

#[test]
fn a_killed_process_leaves_nothing_that_the_next_build_does_not_mend() {
    for round in 0..8 {
        let site = Site::new();
        site.put("CNAME", "theirs");
        let mut build = Command::new(env::current_exe().unwrap())
            .args(["publish::tests::kill::the_build_to_be_killed", "--exact"])
            .env(ROOT, site.root.path())
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        // From the first file on, so that the time a process takes to start does not count.
        while fs::read_dir(site.output()).map_or(0, Iterator::count) < 2 {
            assert!(build.try_wait().unwrap().is_none(), "the build ended by itself");
            thread::sleep(Duration::from_micros(200));
        }
        thread::sleep(Duration::from_micros(2_500 * round));
        build.kill().unwrap();
        build.wait().unwrap();

        let pages = pages(1);
        let plan: Vec<_> =
            pages.iter().map(|(path, words)| (path.clone(), Ok::<Body, _>(text(words)))).collect();
        publish_pages(&plan, &site.target()).unwrap();
        let mut files: Vec<(&str, &str)> = pages.iter().map(|(path, words)| (&**path, &**words)).collect();
        files.push(("CNAME", "theirs"));
        assert_eq!(snapshot(&site.output()), expected(&files), "round {round}");
        assert!(site.leftover_records().is_empty());
    }
}
