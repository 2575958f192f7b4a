//! Several deployments of `dateline deploy` at once: nothing is lost, and the newest stays.

mod common;

use common::deploy::{Desk, same};
use common::{Site, stderr};
use std::process::Stdio;

/// Another desk at the same remote, with a clone of what was pushed there.
fn colleague(desk: &Desk) -> Desk {
    let other = desk.beside(Site::empty());
    other.site.git(&["clone", "--quiet", &desk.bare.to_string_lossy(), "."]);
    other
}

/// Makes the remote move `gh-pages` to `commit` when the next push has come there and is about to be taken.
fn be_first(desk: &Desk, commit: &str) {
    let marker = desk.outside().join("was-first");
    let _ = std::fs::remove_file(&marker);
    let script = format!(
        "[ -e '{0}' ] && exit 0\ntouch '{0}'\nunset GIT_QUARANTINE_PATH\nexec git update-ref refs/heads/gh-pages {commit}",
        marker.display()
    );
    desk.hook("pre-receive", &script);
}

/// What the other one publishes, as a commit that the remote has and no branch does.
fn prepared(desk: &Desk, other: &Desk) -> String {
    let tip = desk.remote_git(&["for-each-ref", "--format=%(objectname)", "refs/heads/gh-pages"]);
    other.deployed(&[]);
    let commit = desk.remote_git(&["rev-parse", "gh-pages"]).trim().to_owned();
    match tip.trim() {
        "" => desk.remote_git(&["update-ref", "-d", "refs/heads/gh-pages"]),
        tip => desk.remote_git(&["update-ref", "refs/heads/gh-pages", tip]),
    };
    commit
}

#[test]
fn a_deployment_of_older_sources_that_was_first_is_followed() {
    for arguments in [&[][..], &["--squash"]] {
        for is_new in [true, false] {
            let desk = Desk::new();
            if !is_new {
                desk.deployed(&[]);
            }
            let other = colleague(&desk);
            other.site.article("b.md", "2021-11-26", "", "Two.");
            other.commit("Two");
            other.site.git(&["push", "--quiet", "origin", "main"]);
            let first = prepared(&desk, &other);
            desk.site.git(&["pull", "--quiet", "origin", "main"]);
            desk.site.article("c.md", "2021-11-27", "", "Three.");
            desk.commit("Three");
            be_first(&desk, &first);
            desk.deployed(arguments);
            assert!(desk.published().contains_key("2021/11/27/c/index.html"));
            let history = desk.remote_git(&["rev-list", "gh-pages"]);
            assert_eq!(history.contains(&first), arguments.is_empty(), "{history}");
        }
    }
}

#[test]
fn a_deployment_of_other_sources_that_was_first_stays() {
    for arguments in [&[][..], &["--squash"]] {
        let desk = Desk::new();
        desk.deployed(&[]);
        let other = colleague(&desk);
        other.site.article("b.md", "2021-11-26", "", "Two.");
        other.commit("Two, which is newer");
        let newer = other.site.git(&["rev-parse", "HEAD"]);
        let first = prepared(&desk, &other);
        desk.site.article("c.md", "2021-11-27", "", "Three.");
        desk.commit("Three, of which the other one knew nothing");
        be_first(&desk, &first);
        let output = desk.deploy(arguments);
        let said = stderr(&output);
        assert_eq!(output.status.code(), Some(1), "{said}");
        assert!(said.contains("another deployment reached 'gh-pages' of 'origin' first"), "{said}");
        assert!(said.contains(&newer[..10]) && said.contains("deploy again"), "{said}");
        assert_eq!(desk.remote_git(&["rev-parse", "gh-pages"]).trim(), first);
        // Asked for again, it is what is wanted.
        desk.deployed(arguments);
        assert!(desk.published().contains_key("2021/11/27/c/index.html"));
    }
}

#[test]
fn work_of_others_that_was_first_stays_though_what_was_there_was_to_be_adopted() {
    for arguments in [&["--adopt"][..], &["--adopt", "--squash"]] {
        let desk = Desk::new();
        let blob = desk.remote_git(&["mktree", "--missing"]);
        let by_hand =
            |text: &str| desk.remote_git(&["commit-tree", "-m", text, blob.trim()]).trim().to_owned();
        let (known, unknown) = (by_hand("Known"), by_hand("Unknown"));
        desk.remote_git(&["update-ref", "refs/heads/gh-pages", &known]);
        be_first(&desk, &unknown);
        let output = desk.deploy(arguments);
        let said = stderr(&output);
        assert_eq!(output.status.code(), Some(1), "{said}");
        assert!(said.contains("work that is not Dateline's") && said.contains("'Unknown'"), "{said}");
        assert_eq!(desk.remote_git(&["rev-parse", "gh-pages"]).trim(), unknown);
    }
}

#[test]
fn of_many_that_run_at_once_each_is_there_whole_or_says_that_it_is_not() {
    let desk = Desk::new();
    let desks: Vec<Desk> = (0..4)
        .map(|number| {
            let other = colleague(&desk);
            other.site.article(&format!("n{number}.md"), "2021-11-27", "", "One of many.");
            other.commit("One of many");
            other
        })
        .collect();
    let start = |desk: &Desk| {
        let mut command = desk.command(&[]);
        command.env("GIT_AUTHOR_NAME", "Ada").env("GIT_AUTHOR_EMAIL", "ada@example.org");
        command.env("GIT_COMMITTER_NAME", "Ada").env("GIT_COMMITTER_EMAIL", "ada@example.org");
        command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the binary runs")
    };
    let running: Vec<_> = desks.iter().map(start).collect();
    let ended = running.into_iter().map(|child| child.wait_with_output().expect("it ends"));
    let well: Vec<bool> = ended
        .map(|output| {
            let said = stderr(&output);
            let well = output.status.success();
            assert!(well || said.contains("another deployment reached 'gh-pages'"), "{said}");
            well
        })
        .collect();
    let published = well.iter().filter(|well| **well).count();
    assert!(published > 0);
    assert_eq!(desk.commits(), published);
    let last =
        desk.remote_git(&["log", "-1", "--format=%(trailers:key=Dateline-Source,valueonly)", "gh-pages"]);
    let is_last = |desk: &&Desk| desk.site.git(&["rev-parse", "HEAD"]).trim() == last.trim();
    let (last, _) =
        desks.iter().zip(&well).find(|(desk, well)| **well && is_last(desk)).expect("it is one of them");
    let mut built = last.built_files();
    built.insert(".nojekyll".to_owned(), Vec::new());
    same(&desk.published(), &built);
    desk.remote_git(&["fsck", "--no-progress", "--strict"]);
}

#[test]
fn two_in_one_repository_do_not_meet() {
    let desk = Desk::new();
    let start = |arguments: &[&str]| {
        let mut command = desk.command(arguments);
        command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the binary runs")
    };
    let before = desk.traces();
    let running = [start(&[]), start(&["--branch", "www"]), start(&[])];
    for child in running {
        let output = child.wait_with_output().expect("it ends");
        assert!(output.status.success(), "{}", stderr(&output));
    }
    before.assert_same(&desk.traces());
    assert_eq!(desk.commits(), 1);
    same(&desk.published(), &desk.published_on("www"));
}
