//! What happens while `dateline deploy` is at work: to the sources, to the branch, and to the connection.
#![cfg(unix)]

mod common;

use common::deploy::Desk;
use common::{Site, stderr, stdout};
use std::path::Path;

/// Another desk at the same remote, with a clone of what was pushed there, and an article of its own.
fn colleague(desk: &Desk) -> Desk {
    let other = desk.beside(Site::empty());
    other.site.git(&["clone", "--quiet", &desk.bare.to_string_lossy(), "."]);
    other.site.article("b.md", "2021-11-26", "", "Two.");
    other.commit("Two, which is newer");
    other
}

fn move_branch(desk: &Desk, commit: &str) -> String {
    format!("git --git-dir '{}' update-ref refs/heads/gh-pages {commit}", desk.bare.display())
}

#[test]
fn a_deployment_of_newer_sources_that_lands_during_the_build_stays() {
    for arguments in [&[][..], &["--squash"], &["--dry-run"]] {
        let desk = Desk::new();
        desk.deployed(&[]);
        let first = desk.remote_git(&["rev-parse", "gh-pages"]).trim().to_owned();
        let other = colleague(&desk);
        other.deployed(&[]);
        let newer = desk.remote_git(&["rev-parse", "gh-pages"]).trim().to_owned();
        desk.remote_git(&["update-ref", "refs/heads/gh-pages", &first]);
        desk.site.article("c.md", "2021-11-27", "", "Three.");
        desk.commit("Three, of which the other one knew nothing");
        let output = desk.deploy_while("hash-object", &move_branch(&desk, &newer), arguments);
        let said = stderr(&output);
        assert_eq!(output.status.code(), Some(1), "{said}");
        assert!(said.contains("another deployment reached 'gh-pages' of 'origin' first"), "{said}");
        assert_eq!(desk.remote_git(&["rev-parse", "gh-pages"]).trim(), newer);
    }
}

#[test]
fn work_of_others_that_lands_during_the_build_is_not_adopted() {
    let desk = Desk::new();
    let tree = desk.remote_git(&["mktree", "--missing"]);
    let theirs = desk.remote_git(&["commit-tree", "-m", "By hand", tree.trim()]).trim().to_owned();
    let output = desk.deploy_while("hash-object", &move_branch(&desk, &theirs), &["--adopt", "--squash"]);
    assert!(stderr(&output).contains("work that is not Dateline's"), "{}", stderr(&output));
    assert_eq!(desk.remote_git(&["rev-parse", "gh-pages"]).trim(), theirs);
}

#[test]
fn what_makes_a_build_useless_is_told_before_it() {
    let not_built = |desk: &Desk, arguments: &[&str], words: &str| {
        let said = desk.refused(arguments);
        assert!(said.contains(words) && !said.contains("Built "), "{said}");
    };
    let desk = Desk::new();
    let tree = desk.remote_git(&["mktree", "--missing"]);
    let theirs = desk.remote_git(&["commit-tree", "-m", "By hand", tree.trim()]);
    desk.remote_git(&["update-ref", "refs/heads/gh-pages", theirs.trim()]);
    not_built(&desk, &[], "work that is not Dateline's");
    not_built(&desk, &["--adopt", "--branch", "main"], "has the sources");

    let desk = Desk::new();
    let github = "git@github.com:ada/digest.git";
    desk.site.git(&["remote", "set-url", "origin", github]);
    desk.site.git(&["config", &format!("url.{}.insteadOf", desk.bare.display()), github]);
    not_built(&desk, &[], "where no pages of ada/digest can be");
    // With what else is wrong with the settings and the front matter.
    desk.site.article("b.md", "2021-11-26", "tagz = 1", "Two.");
    desk.commit("A mistake");
    not_built(&desk, &[], "unknown key 'tagz'");
    desk.site.git(&["remote", "set-url", "origin", "/nowhere/digest.git"]);
    not_built(&desk, &[], "there is no repository where 'origin' leads to");
}

#[test]
fn sources_that_change_during_the_build_are_not_published() {
    let save = "echo 'More.' >> content/articles/a.md";
    let commit = "echo 'More.' >> content/articles/a.md; git commit --quiet --all --message More";
    for (script, words) in [
        (save, "content/articles/a.md"),
        (commit, "another commit is checked out now"),
        ("echo new > static/new.txt; git commit --quiet --allow-empty --message Empty", "another commit"),
    ] {
        let desk = Desk::new();
        desk.site.write("static/old.txt", "old");
        desk.commit("A file");
        let output = desk.deploy_while("get-url", script, &[]);
        let said = stderr(&output);
        assert_eq!(output.status.code(), Some(1), "{said}");
        assert!(said.contains("the site's sources changed while it was being built"), "{said}");
        assert!(said.contains(words), "{said}");
        assert_eq!(desk.remote_git(&["for-each-ref", "refs/heads/gh-pages"]), "");
    }
    let desk = Desk::new();
    let output = desk.deploy_while("get-url", commit, &["--allow-dirty"]);
    assert!(output.status.success(), "{}", stderr(&output));
    let subject = desk.remote_git(&["log", "-1", "--format=%s", "gh-pages"]);
    assert!(subject.ends_with(" and changes not committed\n"), "{subject}");
}

/// Lets the remote take a push by a script, which has the arguments of `git-receive-pack`.
fn receive(desk: &Desk, script: &str) {
    let program = desk.outside().join("receive");
    std::fs::write(&program, format!("#!/bin/sh\ngit-receive-pack \"$@\"\n{script}\nexit 1\n")).unwrap();
    let mode = std::os::unix::fs::PermissionsExt::from_mode(0o755);
    std::fs::set_permissions(&program, mode).unwrap();
    desk.site.git(&["config", "remote.origin.receivepack", &program.to_string_lossy()]);
}

#[test]
fn a_push_that_is_taken_and_then_fails_has_published() {
    let desk = Desk::new();
    receive(&desk, "");
    let output = desk.deploy(&["--message-format", "json"]);
    assert!(output.status.success(), "{}", stdout(&output));
    let told: serde_json::Value = serde_json::from_str(&stdout(&output)).expect("it is one object");
    assert_eq!(told["deployed"]["commit"], desk.remote_git(&["rev-parse", "gh-pages"]).trim());
}

#[test]
fn where_the_remote_is_lost_after_the_push_nobody_knows() {
    let desk = Desk::new();
    let gone = desk.outside().join("gone.git");
    receive(&desk, &format!("mv '{}' '{}'", desk.bare.display(), gone.display()));
    let output = desk.deploy(&[]);
    let said = stderr(&output);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(
        said.contains("cannot be told whether the site was published on 'gh-pages' of 'origin'"),
        "{said}"
    );
    assert!(!said.contains("othing was"), "{said}");
    assert!(!desk.site.git(&["ls-remote", &gone.to_string_lossy(), "refs/heads/gh-pages"]).is_empty());
}

#[test]
fn a_deployment_that_is_stopped_leaves_nothing_behind() {
    for (signal, status) in [("INT", 130), ("TERM", 143)] {
        let desk = Desk::new();
        // In the shim, the parent is the program.
        let output = desk.deploy_while("hash-object", &format!("kill -{signal} $PPID; sleep 3"), &[]);
        let said = stderr(&output);
        assert_eq!(output.status.code(), Some(status), "{said}");
        assert!(!said.contains("error: "), "{said}");
        assert_eq!(std::fs::read_dir(&desk.temporary).unwrap().count(), 0);
        assert_eq!(desk.remote_git(&["for-each-ref", "refs/heads/gh-pages"]), "");
    }
}

#[test]
fn what_a_killed_deployment_left_goes_with_the_next() {
    let desk = Desk::new();
    let folder = |name: &str| desk.temporary.join(name);
    for name in ["dateline-deploy-dead", "dateline-deploy-alive", "dateline-deploy-new", "other"] {
        std::fs::create_dir(folder(name)).unwrap();
    }
    for name in ["dateline-deploy-dead/lock", "dateline-deploy-dead/site", "other/lock"] {
        std::fs::write(folder(name), "").unwrap();
    }
    let alive = std::fs::File::create(folder("dateline-deploy-alive/lock")).unwrap();
    alive.lock().unwrap();
    let output = desk.command(&[]).output().expect("the binary runs");
    assert!(output.status.success(), "{}", stderr(&output));
    let is_there = |name: &str| Path::exists(&folder(name));
    assert!(!is_there("dateline-deploy-dead"));
    assert!(is_there("dateline-deploy-alive") && is_there("dateline-deploy-new") && is_there("other"));
    assert_eq!(std::fs::read_dir(&desk.temporary).unwrap().count(), 3);
}
