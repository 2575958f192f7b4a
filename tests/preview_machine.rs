//! `dateline serve` and the machine it runs on: a branch switch, watches that run out, folders that are nobody's business,
//! a machine without IPv6. Namespaces of Linux make machines of all kinds; they need no more rights than any user has.

#![cfg(target_os = "linux")]

mod common;

use common::preview::{LONG, ONE, Preview, SOURCE, newsroom, watches};
use common::{NOW, Site, picture};
use std::process::{Command, Output};
use std::sync::mpsc;
use std::thread;

/// Runs a shell script in a site's folder within new namespaces, whose last command becomes the preview.
fn elsewhere(site: &Site, namespaces: &str, script: &str) -> Command {
    let served = site.command(&["serve", "--port", "0", "--now", NOW]);
    let mut command = Command::new("unshare");
    command.args([namespaces, "sh", "-euc", script, "sh"]).arg(served.get_program()).args(served.get_args());
    command.current_dir(site.path());
    for (name, value) in served.get_envs() {
        match value {
            Some(value) => command.env(name, value),
            None => command.env_remove(name),
        };
    }
    let tried = Command::new("unshare").args([namespaces, "true"]).output();
    let works = tried.as_ref().is_ok_and(|output| output.status.success());
    assert!(works, "this test needs `unshare {namespaces}`, which does not work here: {tried:?}");
    command
}

#[test]
fn row_08_a_branch_switch_of_500_files() {
    let site = newsroom();
    let article = |number: usize, title: &str, tag: &str, date: &str| {
        let more = format!("tags = [\"{tag}\"]");
        site.article(&format!("{}/many-{number}.md", number % 7), date, &more, title);
    };
    for number in 0..500 {
        article(number, "Of main.", if number % 2 == 0 { "Even" } else { "Odd" }, "2021-11-02");
    }
    site.write(".gitignore", "/public/\n/.dateline/\n/.staged/\n");
    site.git(&["init", "-q", "-b", "main"]);
    site.git(&["add", "-A"]);
    site.git(&["commit", "-q", "-m", "main"]);
    site.git(&["checkout", "-q", "-b", "other"]);
    // Of 500, a hundred are gone, a hundred have another name, the others another text, tag and date.
    for number in 0..100 {
        site.take(&format!("content/articles/{}/many-{number}.md", number % 7));
    }
    for number in 100..200 {
        let (from, to) = (format!("{}/many-{number}.md", number % 7), format!("renamed/many-{number}.md"));
        site.rename(&format!("content/articles/{from}"), &format!("content/articles/{to}"));
    }
    for number in 200..500 {
        article(number, "Of the other.", "Other", "2021-10-03");
    }
    site.write("static/of-the-other.txt", "Here");
    site.git(&["add", "-A"]);
    site.git(&["commit", "-q", "-m", "other"]);
    site.git(&["checkout", "-q", "main"]);
    let preview = Preview::start(&site, &[]);
    for (branch, has, lacks) in [
        ("other", "/2021/10/03/many-300/", "/2021/11/02/many-0/"),
        ("main", "/2021/11/02/many-0/", "/2021/10/03/many-300/"),
    ] {
        let before = preview.edition().1;
        site.git(&["checkout", "-q", branch]);
        preview.until_shows(has, "Of ");
        preview.until_gone(lacks);
        preview.until_as_built(&[]);
        let editions = preview.edition().1 - before;
        assert!((1..=10).contains(&editions), "{editions} editions\n{}", preview.said());
    }
}

#[test]
fn row_17_watches_run_out() {
    let cases = [
        ("max_inotify_watches", 2, "no watches left", "max_user_watches"),
        ("max_inotify_watches", 0, "no watches left", "max_user_watches"),
        ("max_inotify_instances", 0, "too many programs that watch", "max_user_instances"),
    ];
    for (limit, number, why, help) in cases {
        let site = newsroom();
        site.article("deep/er/four.md", "2021-11-01", "", "The fourth text.");
        let script = format!("echo {number} > /proc/sys/user/{limit}; exec \"$@\"");
        let preview = Preview::run(&site, elsewhere(&site, "-rU", &script)).ready();
        let said = preview.said();
        for part in ["The folder cannot be watched", why, help, "as with --poll"] {
            assert!(said.contains(part), "{limit} = {number}: no '{part}' in:\n{said}");
        }
        assert_eq!(watches(preview.id()), 0);
        still_follows(&preview);
    }
}

/// Edits, and waits for what comes of it.
fn still_follows(preview: &Preview<'_>) {
    let site = preview.site;
    site.change(SOURCE, "The first text.", "A new text.");
    preview.until_shows(ONE, "A new text.");
    site.article("new/folder/five.md", "2021-11-01", "", "The fifth text.");
    preview.until_shows("/2021/11/01/five/", "The fifth text.");
    site.take("content/articles/three.md");
    preview.until_gone("/2021/10/26/three/");
    preview.until_as_built(&["--drafts", "--scheduled", "--expired"]);
}

#[test]
fn row_17_watches_run_out_while_it_runs() {
    let site = newsroom();
    // The site has a few folders now, and there will be more than there are watches for.
    let script = "echo 6 > /proc/sys/user/max_inotify_watches; exec \"$@\"";
    let preview = Preview::run(&site, elsewhere(&site, "-rU", script)).ready();
    assert!(!preview.said().contains("cannot be watched"), "{}", preview.said());
    for number in 0..10 {
        site.article(&format!("{number}/deep/more-{number}.md"), "2021-11-01", "", "One more.");
    }
    for number in 0..10 {
        preview.until_shows(&format!("/2021/11/01/more-{number}/"), "One more.");
    }
    preview.until_said("The folder cannot be watched");
    // In a folder that no watch was left for.
    site.change("content/articles/9/deep/more-9.md", "One more.", "Another one.");
    preview.until_shows("/2021/11/01/more-9/", "Another one.");
    still_follows(&preview);
}

#[test]
fn row_34_only_the_inputs_are_watched() {
    let site = newsroom();
    for number in 0..50 {
        site.write(&format!("node_modules/package-{number}/lib/index.js"), "");
        site.write(&format!("public/{number}/index.html"), "");
    }
    site.write("content/articles/bundle/index.md", "+++\ntitle = \"B\"\ndate = 2021-11-01\n+++\n");
    site.write("content/articles/bundle/deep/dark.jpg", picture(20, 10));
    site.git(&["init", "-q"]);
    site.git(&["add", "content"]);
    site.git(&["commit", "-q", "-m", "a"]);
    let preview = Preview::start(&site, &[]);
    // The root; content, articles, bundle and deep. There are no templates and no static files.
    assert_eq!(watches(preview.id()), 5);
    let before = preview.edition().1;
    site.write("node_modules/package-1/lib/index.js", "changed");
    site.write("public/1/index.html", "changed");
    site.write("notes.md", "+++\n");
    site.write("contents/a.md", "+++\n");
    site.git(&["commit", "-q", "--allow-empty", "-m", "b"]);
    site.git(&["gc", "-q"]);
    preview.edit(|site| site.change(SOURCE, "The first text.", "A new text."));
    assert_eq!(preview.edition().1, before + 1, "{}", preview.said());
    preview.until_changes_said("the real change", |changes| !changes.is_empty());
    assert_eq!(preview.changes_said(), [SOURCE]);
    // One that appears later is watched from then on.
    site.write("static/deep/a.txt", "A");
    preview.until("it", |preview| preview.get("/deep/a.txt").text() == "A");
    preview.edit(|site| site.put("static/deep/a.txt", "B"));
    assert_eq!(watches(preview.id()), 7);
    // And content, where there was none.
    let empty = Site::new();
    let preview = Preview::start(&empty, &[]);
    assert_eq!(watches(preview.id()), 1);
    empty.article("one.md", "2021-11-25", "", "The first text.");
    preview.until_shows(ONE, "The first text.");
    preview.edit(|site| site.change(SOURCE, "The first text.", "A new text."));
    assert_eq!(watches(preview.id()), 3);
}

#[test]
fn row_36_a_machine_without_ipv6() {
    let site = newsroom();
    // The machine's only network is its own IPv4. Where its settings may not be written, the address is taken away.
    let script = "ip link set lo up
        { echo 1 > /proc/sys/net/ipv6/conf/all/disable_ipv6; } 2>/dev/null || ip -6 addr flush dev lo
        if ip -6 addr show dev lo | grep -q ::1; then echo 'there is IPv6' >&2; exit 1; fi
        exec \"$@\"";
    let preview = Preview::run(&site, elsewhere(&site, "-rUn", script));
    let said = preview.said();
    assert!(!said.contains("error") && !said.contains("warning"), "{said}");
    let answer = inside(&preview, "/2021/11/25/one/");
    assert!(answer.contains("200 OK") && answer.contains("The first text."), "{answer}");
    site.change(SOURCE, "The first text.", "A new text.");
    preview.until_changes_said("the change", |changes| !changes.is_empty());
    assert!(inside(&preview, "/2021/11/25/one/").contains("A new text."));
    preview.signal("INT");
    let (status, said) = preview.ended();
    assert_eq!(status.code(), Some(0), "{said}");
    assert!(!said.contains("error"), "{said}");
}

/// What a preview in a network of its own answers there.
fn inside(preview: &Preview<'_>, path: &str) -> String {
    let script = format!(
        "exec 3<>/dev/tcp/127.0.0.1/{port}; printf 'GET {path} HTTP/1.0\\r\\nHost: localhost\\r\\n\\r\\n' >&3; cat <&3",
        port = preview.port
    );
    let id = preview.id().to_string();
    let mut command = Command::new("nsenter");
    command.args(["--target", &id, "--user", "--net", "--preserve-credentials", "bash", "-c", &script]);
    let (sender, receiver) = mpsc::channel();
    let asked = thread::spawn(move || sender.send(command.output()).ok());
    let output: Output = receiver.recv_timeout(LONG).expect("it answers").expect("nsenter runs");
    asked.join().expect("it has ended");
    assert!(output.status.success(), "{}", common::stderr(&output));
    common::stdout(&output)
}
