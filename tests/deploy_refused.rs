//! What `dateline deploy` refuses, and how it says so: work of others, sources not committed, remotes that say no.

mod common;

use common::deploy::{Desk, same};
use common::{Site, stderr};
use std::fs;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

/// A branch with a page that somebody made, or their change on top of Dateline's.
fn by_hand(desk: &Desk, branch: &str, file: &str, text: &str) -> String {
    let clone = Site::empty();
    clone.git(&["clone", "--quiet", &desk.bare.to_string_lossy(), "."]);
    let known = desk.remote_git(&["for-each-ref", &format!("refs/heads/{branch}")]);
    if known.is_empty() {
        clone.git(&["checkout", "--quiet", "--orphan", branch]);
        clone.git(&["rm", "--quiet", "-r", "--force", "."]);
    } else {
        clone.git(&["checkout", "--quiet", branch]);
    }
    clone.write(file, text);
    clone.git(&["add", "--all", "--force"]);
    clone.git(&["commit", "--quiet", "--message", "By hand"]);
    clone.git(&["push", "--quiet", "origin", branch]);
    clone.git(&["rev-parse", "HEAD"]).trim().to_owned()
}

#[test]
fn a_branch_with_work_of_others_is_left_alone_until_it_is_adopted() {
    let desk = Desk::new();
    let theirs = by_hand(&desk, "gh-pages", "index.html", "Mine.");
    for arguments in [&[][..], &["--squash"], &["--dry-run"]] {
        let said = desk.refused(arguments);
        assert!(said.contains("'gh-pages' of 'origin' has work that is not Dateline's"), "{said}");
        assert!(said.contains(&format!("its last commit is {} 'By hand', by Test", &theirs[..10])), "{said}");
        assert!(said.contains("--adopt"), "{said}");
        assert_eq!(said.contains("its history stays"), !arguments.contains(&"--squash"), "{said}");
    }
    desk.deployed(&["--adopt"]);
    assert_eq!(desk.remote_git(&["rev-parse", "gh-pages^"]).trim(), theirs);
    assert_eq!(desk.published()["index.html"], desk.built_files()["index.html"]);
    // From now on it is Dateline's.
    desk.site.article("b.md", "2021-11-26", "", "Two.");
    desk.commit("Two");
    desk.deployed(&[]);
    assert_eq!(desk.commits(), 3);
}

#[test]
fn a_branch_that_moved_since_it_was_fetched_is_seen_as_it_is() {
    let desk = Desk::new();
    desk.deployed(&[]);
    let stale = desk.site.git(&["rev-parse", "refs/remotes/origin/gh-pages"]);
    let theirs = by_hand(&desk, "gh-pages", "CNAME", "digest.example.org");
    desk.site.article("b.md", "2021-11-26", "", "Two.");
    desk.commit("Two");
    for arguments in [&[][..], &["--squash"]] {
        let said = desk.refused(arguments);
        assert!(said.contains("work that is not Dateline's"), "{said}");
    }
    assert_eq!(desk.site.git(&["rev-parse", "refs/remotes/origin/gh-pages"]), stale);
    desk.deployed(&["--adopt", "--base-url", "https://digest.example.org/"]);
    assert_eq!(desk.remote_git(&["rev-parse", "gh-pages^"]).trim(), theirs);
}

#[test]
fn a_commit_that_somebody_amended_is_theirs() {
    let desk = Desk::new();
    desk.deployed(&[]);
    let clone = Site::empty();
    clone.git(&["clone", "--quiet", "--branch", "gh-pages", &desk.bare.to_string_lossy(), "."]);
    clone.write("extra.html", "Mine.");
    clone.git(&["add", "--all"]);
    clone.git(&["commit", "--quiet", "--amend", "--no-edit"]);
    clone.git(&["push", "--quiet", "--force", "origin", "gh-pages"]);
    let said = desk.refused(&[]);
    assert!(said.contains("work that is not Dateline's"), "{said}");
}

#[test]
fn the_branch_of_the_sources_is_never_published_on() {
    let desk = Desk::new();
    for arguments in [
        &["--branch", "main"][..],
        &["--branch", "main", "--adopt"],
        &["--branch", "main", "--adopt", "--squash"],
    ] {
        let said = desk.refused(arguments);
        assert!(said.contains("'main' has the sources of this site"), "{said}");
    }
    // Nor where it has another name here, be it ahead or behind.
    desk.site.git(&["checkout", "--quiet", "-b", "work"]);
    let said = desk.refused(&["--branch", "main", "--adopt"]);
    assert!(said.contains("has the sources"), "{said}");
    desk.commit("More");
    let said = desk.refused(&["--branch", "main", "--adopt", "--squash"]);
    assert!(said.contains("has the sources"), "{said}");
    desk.site.git(&["push", "--quiet", "origin", "work:main"]);
    desk.site.git(&["checkout", "--quiet", "--detach", "HEAD~"]);
    let said = desk.refused(&["--branch", "main", "--adopt"]);
    assert!(said.contains("has the sources"), "{said}");
}

#[test]
fn nor_is_a_branch_of_sources_that_went_another_way_since() {
    let desk = Desk::new();
    desk.site.git(&["checkout", "--quiet", "-b", "feature"]);
    desk.commit("On the feature");
    let other = Site::empty();
    other.git(&["clone", "--quiet", &desk.bare.to_string_lossy(), "."]);
    other.article("b.md", "2021-11-26", "", "Two.");
    other.git(&["add", "--all"]);
    other.git(&["commit", "--quiet", "--message", "On main"]);
    // What is there may not even look like a site.
    other.git(&["mv", "site.toml", "settings.toml"]);
    for message in ["", "Without its settings"] {
        if !message.is_empty() {
            other.git(&["commit", "--quiet", "--message", message]);
        }
        other.git(&["push", "--quiet", "origin", "main"]);
        for arguments in [&["--adopt"][..], &["--adopt", "--squash"], &["--adopt", "--dry-run"]] {
            let said = desk.refused(&[&["--branch", "main"], arguments].concat());
            assert!(said.contains("'main' has the sources of this site"), "{said}");
        }
    }
}

#[test]
fn nor_where_a_shallow_clone_knows_no_history() {
    for folder in ["", "digest/"] {
        let site = Site::empty();
        site.write(&format!("{folder}site.toml"), "base_url = \"https://example.org/\"\ntitle = \"A\"\n");
        let desk = Desk::of(site);
        desk.commit("More");
        desk.site.git(&["push", "--quiet", "origin", "main"]);
        let address = format!("file://{}", desk.bare.display());
        let clone = desk.beside(Site::empty());
        clone.site.git(&["clone", "--quiet", "--depth=1", &address, "."]);
        clone.site.git(&["checkout", "--quiet", "--detach"]);
        desk.commit("Even more");
        desk.site.git(&["push", "--quiet", "origin", "main"]);
        let root = format!("./{folder}");
        for arguments in [&["--adopt"][..], &["--adopt", "--squash"]] {
            let said = clone.refused(&[&["-C", &root, "--branch", "main"], arguments].concat());
            assert!(said.contains("'main' has the sources of this site"), "{said}");
        }
    }
}

#[test]
fn what_git_passes_over_is_not_committed() {
    type Change = fn(&Site);
    let hide = |site: &Site| {
        site.write(
            ".git/info/exclude",
            "secret.md\n*.draft\n/static/private/\n*~\n.DS_Store\n/content/.notes/\n",
        );
    };
    let changes: [(Change, &str); 6] = [
        (
            |site| site.write("content/pages/secret.md", "+++\ntitle = \"S\"\n+++\n"),
            "content/pages/secret.md",
        ),
        (|site| site.write("static/private/deep/a.txt", "a"), "static/private/deep/a.txt"),
        (
            |site| {
                site.write("static/.gitignore", "*\n");
                site.write("static/b.txt", "b");
            },
            "static/b.txt",
        ),
        (
            |site| {
                site.git(&["update-index", "--assume-unchanged", "content/articles/a.md"]);
                site.article("a.md", "2021-11-25", "", "Changed.");
            },
            "content/articles/a.md",
        ),
        (
            |site| {
                site.git(&["update-index", "--skip-worktree", "site.toml"]);
                let text = site.read("site.toml");
                site.write("site.toml", text.replace("title = \"", "title = \"Another "));
            },
            "site.toml",
        ),
        (
            |site| {
                site.git(&["update-index", "--skip-worktree", "content/articles/a.md"]);
                fs::remove_file(site.path().join("content/articles/a.md")).unwrap();
            },
            "content/articles/a.md",
        ),
    ];
    for (change, path) in changes {
        let desk = Desk::new();
        hide(&desk.site);
        change(&desk.site);
        let before = desk.traces();
        let said = desk.refused(&[]);
        assert!(said.contains("that are not committed") && said.contains(path), "{path}: {said}");
        desk.deployed(&["--allow-dirty"]);
        before.assert_same(&desk.traces());
        let message = desk.remote_git(&["log", "-1", "--format=%s", "gh-pages"]);
        assert!(message.ends_with(" and changes not committed\n"), "{message}");
    }
    // What no build looks at does not matter, nor does a file that is only marked.
    let desk = Desk::new();
    hide(&desk.site);
    desk.site.git(&["update-index", "--assume-unchanged", "content/articles/a.md"]);
    desk.site.git(&["update-index", "--skip-worktree", "site.toml"]);
    for leftover in ["content/articles/a.md~", "static/a.txt~", "static/.DS_Store", "content/.notes/a.md"] {
        desk.site.write(leftover, "left");
    }
    desk.deployed(&[]);
}

#[cfg(unix)]
#[test]
fn what_a_link_leads_to_is_committed_too() {
    use std::os::unix::fs::symlink;
    let site = Site::empty();
    site.write("digest/site.toml", "base_url = \"https://example.org/\"\ntitle = \"A\"\n");
    site.write("shared/a.txt", "a");
    site.write(".gitignore", "*.secret\n");
    fs::create_dir(site.path().join("digest/static")).unwrap();
    symlink("../../shared", site.path().join("digest/static/shared")).unwrap();
    let desk = Desk::of(site);
    let refused = |path: &str| {
        let said = desk.refused(&["-C", "digest"]);
        assert!(said.contains("not committed") && said.contains(path), "{path}: {said}");
    };
    desk.deployed(&["-C", "digest"]);
    desk.site.write("shared/b.secret", "b");
    refused("shared/b.secret");
    fs::remove_file(desk.site.path().join("shared/b.secret")).unwrap();
    desk.site.write("shared/a.txt", "changed");
    refused("shared/a.txt");
    desk.site.git(&["update-index", "--assume-unchanged", "shared/a.txt"]);
    refused("shared/a.txt");
    desk.site.git(&["update-index", "--no-assume-unchanged", "shared/a.txt"]);
    desk.commit("Changed");
    fs::write(desk.outside().join("private.txt"), "private").unwrap();
    symlink(desk.outside().join("private.txt"), desk.site.path().join("digest/static/x.txt")).unwrap();
    desk.commit("A link");
    refused("digest/static/x.txt, a link that leads out of the repository");
    desk.deployed(&["-C", "digest", "--allow-dirty"]);
    assert_eq!(desk.published()["x.txt"], b"private");
}

#[test]
fn sources_that_are_not_committed_are_not_published() {
    type Change = fn(&Site);
    let changes: [(Change, &str); 4] = [
        (|site| site.article("a.md", "2021-11-25", "", "Changed."), "content/articles/a.md"),
        (|site| site.article("b.md", "2021-11-25", "", "New."), "content/articles/b.md"),
        (
            |site| {
                site.write("static/é.txt", "staged");
                site.git(&["add", "--all"]);
            },
            "static/",
        ),
        (|site| fs::remove_file(site.path().join("content/articles/a.md")).unwrap(), "content/articles/a.md"),
    ];
    for (change, path) in changes {
        let desk = Desk::new();
        change(&desk.site);
        let before = desk.traces();
        let said = desk.refused(&[]);
        assert!(said.contains("a file of the site has changes that are not committed"), "{said}");
        assert!(said.contains(path) && said.contains("--allow-dirty"), "{path}: {said}");
        desk.deployed(&["--allow-dirty"]);
        before.assert_same(&desk.traces());
        let message = desk.remote_git(&["log", "-1", "--format=%s", "gh-pages"]);
        assert!(message.ends_with(" and changes not committed\n"), "{message}");
        let mut built = desk.built_files();
        built.insert(".nojekyll".to_owned(), Vec::new());
        same(&desk.published(), &built);
    }
}

#[test]
fn a_site_that_git_ignores_is_not_committed() {
    let desk = Desk::new();
    desk.site.write(".gitignore", "/inner/\n");
    desk.commit("Ignore it");
    desk.site.write("inner/site.toml", "base_url = \"https://example.org/\"\ntitle = \"Inner\"\n");
    let said = desk.refused(&["-C", "inner"]);
    assert!(said.contains("site.toml is not part of the commit"), "{said}");
}

#[test]
fn what_is_missing_is_named() {
    let site = Site::new();
    let run = |arguments: &[&str]| {
        let mut command = site.command(&["deploy"]);
        let output = command.args(arguments).env("GIT_CEILING_DIRECTORIES", site.path().parent().unwrap());
        output.env("GIT_CONFIG_GLOBAL", "/dev/null").env("LC_ALL", "de_DE.UTF-8").output().expect("it runs")
    };
    let refused = |words: &str| {
        let output = run(&[]);
        assert_eq!(output.status.code(), Some(1));
        let said = stderr(&output);
        assert!(said.contains(words) && said.contains("help: "), "{words}: {said}");
    };
    let output = site.command(&["deploy"]).env("PATH", "/nowhere").output().expect("it runs");
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains("deploy works with git, which is not installed"), "{}", stderr(&output));
    let settings = site.read("site.toml");
    fs::remove_file(site.path().join("site.toml")).unwrap();
    refused("there is no site.toml");
    site.write("site.toml", &settings);
    refused("'.' is not in a git repository");
    site.git(&["init", "--quiet", "--initial-branch=main"]);
    refused("nothing has been committed yet");
    site.git(&["add", "."]);
    site.git(&["commit", "--quiet", "--message", "Begin"]);
    refused("no remote to push the site to");
    site.git(&["remote", "add", "one", "/nowhere/a.git"]);
    refused("there is no repository where 'one' leads to");
    site.git(&["remote", "add", "two", "/nowhere/b.git"]);
    refused("none is called 'origin'");
    assert_eq!(run(&["--remote", "three"]).status.code(), Some(1));
    for wrong in [["--branch", "a..b"], ["--branch", ""], ["--base-url", "nowhere"], ["--now", "soon"]] {
        assert_eq!(run(&wrong).status.code(), Some(2), "{wrong:?}");
    }
}

#[test]
fn a_repository_of_another_user_is_not_for_git_to_repair() {
    let desk = Desk::new();
    let mut command = desk.command(&[]);
    let output = command.env("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1").output().expect("the binary runs");
    let said = stderr(&output);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("another user's") && said.contains("safe.directory"), "{said}");
    assert!(!said.contains("fsck"), "{said}");
}

#[test]
fn a_folder_where_github_wants_a_file_is_named() {
    for (name, arguments) in
        [(".nojekyll", &[][..]), ("CNAME", &["--base-url", "https://digest.example.org/"])]
    {
        let desk = Desk::new();
        desk.site.write(&format!("static/{name}/a.txt"), "a");
        desk.commit("A folder");
        let said = desk.refused(arguments);
        assert!(said.contains(&format!("the site has a folder '{name}'")), "{said}");
        assert!(said.contains("out of static/") && !said.contains("TMPDIR"), "{said}");
    }
}

#[test]
fn a_remote_that_declines_is_quoted() {
    let desk = Desk::new();
    desk.hook("update", "echo 'Not on a Friday.' >&2; exit 1");
    let said = desk.refused(&[]);
    assert!(said.contains("'origin' does not take the site on 'gh-pages'"), "{said}");
    assert!(said.contains("remote: Not on a Friday."), "{said}");
    // Its words are not git's.
    desk.hook("update", "echo 'fatal: Authentication failed, access denied, timed out' >&2; exit 1");
    let said = desk.refused(&[]);
    assert!(said.contains("'origin' does not take the site on 'gh-pages'"), "{said}");
}

#[test]
fn a_branch_below_another_one_cannot_be() {
    let desk = Desk::new();
    let said = desk.refused(&["--branch", "main/pages"]);
    assert!(said.contains("begins with that one's"), "{said}");
}

#[test]
fn passwords_are_not_repeated() {
    let desk = Desk::new();
    let address = "http://ada:sesame@127.0.0.1:1/digest.git";
    desk.site.git(&["remote", "set-url", "origin", address]);
    let said = desk.refused(&[]);
    assert!(said.contains("'origin' cannot be reached"), "{said}");
    assert!(!said.contains("sesame"), "{said}");
}

/// Deploys by a command to a remote that asks for a password, and gives what was said.
fn asked_for_a_password(desk: &Desk, command: &mut Command) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let address = listener.local_addr().expect("it has one");
    desk.site.git(&["remote", "set-url", "origin", &format!("http://{address}/digest.git")]);
    let is_over = AtomicBool::new(false);
    thread::scope(|scope| {
        scope.spawn(|| {
            for stream in listener.incoming() {
                if is_over.load(Ordering::SeqCst) {
                    break;
                }
                let mut stream = stream.expect("it is a connection");
                let _ = stream.read(&mut [0; 4096]);
                let _ = stream.write_all(
                    b"HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic realm=\"x\"\r\n\
                      Content-Length: 0\r\nConnection: close\r\n\r\n",
                );
            }
        });
        let output = command.output().expect("the binary runs");
        is_over.store(true, Ordering::SeqCst);
        let _ = TcpStream::connect(address);
        let said = stderr(&output);
        assert_eq!(output.status.code(), Some(1), "{said}");
        assert!(said.contains("'origin' does not know who you are"), "{said}");
        assert!(said.contains("gh auth setup-git"), "{said}");
        said
    })
}

#[test]
fn where_nobody_can_give_a_password_none_is_waited_for() {
    let desk = Desk::new();
    asked_for_a_password(&desk, &mut desk.command(&[]));
}

#[cfg(unix)]
#[test]
fn a_program_that_asks_is_run_only_where_it_was_chosen_for_that() {
    use std::os::unix::fs::PermissionsExt;
    let desk = Desk::new();
    let (program, mark) = (desk.outside().join("ask"), desk.outside().join("asked"));
    fs::write(&program, format!("#!/bin/sh\ntouch '{}'\necho x\n", mark.display())).unwrap();
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
    desk.site.git(&["config", "core.askPass", &program.to_string_lossy()]);
    asked_for_a_password(&desk, desk.command(&[]).env("SSH_ASKPASS", &program));
    assert!(!mark.exists());
    // What a script sets answers for it.
    asked_for_a_password(&desk, desk.command(&[]).env("GIT_ASKPASS", &program));
    assert!(mark.exists());
}
