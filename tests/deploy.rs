//! `dateline deploy`, against real repositories: what comes to the branch, and what stays as it was.

mod common;

use common::deploy::{Desk, same};
use common::{Site, files, stderr, stdout};

#[test]
fn the_first_deployment_makes_the_branch() {
    let desk = Desk::new();
    let before = desk.traces();
    let output = desk.deploy(&[]);
    assert!(output.status.success(), "{}", stderr(&output));
    let mut built = desk.built_files();
    built.insert(".nojekyll".to_owned(), Vec::new());
    same(&desk.published(), &built);
    let head = desk.site.git(&["rev-parse", "HEAD"]);
    let message = desk.remote_git(&["log", "-1", "--format=%B", "gh-pages"]);
    assert!(message.contains(&format!("Dateline-Source: {head}")), "{message}");
    assert_eq!(desk.commits(), 1);
    before.assert_same(&desk.traces());
    let said = stderr(&output);
    assert!(said.contains("Published on gh-pages at origin: "), "{said}");
    assert!(said.contains("https://example.org/") && said.contains("cannot tell where"), "{said}");
    assert_eq!(stdout(&output), "");
    assert!(!files(desk.site.path()).keys().any(|path| path.starts_with(".dateline")));
}

#[test]
fn a_site_that_is_published_makes_no_commit() {
    let desk = Desk::new();
    desk.deployed(&[]);
    let tip = desk.remote_git(&["rev-parse", "gh-pages"]);
    desk.site.write("notes.txt", "Of no matter to the site.");
    desk.commit("Notes");
    let said = desk.deployed(&[]);
    assert!(said.contains("Nothing has changed: gh-pages at origin has this site already"), "{said}");
    assert_eq!(desk.remote_git(&["rev-parse", "gh-pages"]), tip);
}

#[test]
fn a_change_is_a_commit_and_what_was_deleted_goes() {
    let desk = Desk::new();
    desk.deployed(&[]);
    let first = desk.remote_git(&["rev-parse", "gh-pages"]);
    desk.site.article("b.md", "2021-11-26", "", "Two.");
    desk.commit("Two");
    let said = desk.deployed(&[]);
    assert!(said.contains("Published on gh-pages at origin: 2 files added, "), "{said}");
    assert!(desk.published().contains_key("2021/11/26/b/index.html"));
    assert_eq!(desk.remote_git(&["rev-parse", "gh-pages^"]), first);

    std::fs::remove_file(desk.site.path().join("content/articles/b.md")).unwrap();
    desk.commit("One again");
    let said = desk.deployed(&[]);
    assert!(said.contains(" changed, 2 removed"), "{said}");
    assert_eq!(desk.commits(), 3);
    let trees = desk.remote_git(&["log", "--format=%T", "gh-pages"]);
    let trees: Vec<&str> = trees.lines().collect();
    assert!(trees[0] == trees[2] && trees[0] != trees[1], "{trees:?}");
}

#[test]
fn squashing_keeps_no_history() {
    let desk = Desk::new();
    desk.deployed(&["--squash"]);
    desk.site.article("b.md", "2021-11-26", "", "Two.");
    desk.commit("Two");
    desk.deployed(&[]);
    assert_eq!(desk.commits(), 2);
    // Nothing but the history goes.
    let said = desk.deployed(&["--squash"]);
    assert!(said.contains("gh-pages at origin, without the history before: 0 files added"), "{said}");
    assert_eq!(desk.commits(), 1);
    let said = desk.deployed(&["--squash"]);
    assert!(said.contains("Nothing has changed"), "{said}");
    desk.site.article("c.md", "2021-11-27", "", "Three.");
    desk.commit("Three");
    desk.deployed(&["--squash"]);
    assert_eq!(desk.commits(), 1);
    assert!(desk.published().contains_key("2021/11/27/c/index.html"));
}

#[test]
fn a_dry_run_tells_what_would_change_and_pushes_nothing() {
    let desk = Desk::new();
    let output = desk.deploy(&["--dry-run"]);
    assert!(output.status.success(), "{}", stderr(&output));
    assert!(stdout(&output).contains("added   .nojekyll\n"), "{}", stdout(&output));
    assert!(stderr(&output).contains("Would publish on gh-pages"), "{}", stderr(&output));
    assert_eq!(desk.remote_git(&["for-each-ref", "refs/heads/gh-pages"]), "");

    desk.deployed(&[]);
    let tip = desk.remote_git(&["rev-parse", "gh-pages"]);
    desk.site.article("b.md", "2021-11-26", "", "Two.");
    std::fs::remove_file(desk.site.path().join("content/articles/a.md")).unwrap();
    desk.commit("Two for one");
    let listed = stdout(&desk.deploy(&["--dry-run"]));
    for line in ["added   2021/11/26/b/index.html", "changed index.html", "removed 2021/11/25/a/index.html"] {
        assert!(listed.lines().any(|listed| listed == line), "{line}: {listed}");
    }
    let json = stdout(&desk.deploy(&["--dry-run", "--message-format", "json"]));
    let lines: Vec<serde_json::Value> =
        json.lines().map(|line| serde_json::from_str(line).expect("it is JSON")).collect();
    assert!(lines.contains(&serde_json::json!({ "added": "2021/11/26/b/index.html" })), "{json}");
    assert_eq!(lines.last().unwrap()["deployed"]["commit"], serde_json::Value::Null);
    assert_eq!(desk.remote_git(&["rev-parse", "gh-pages"]), tip);
}

#[test]
fn a_dry_run_leaves_the_repository_as_it_was() {
    let desk = Desk::new();
    // The branch is somewhere that this repository has not seen, in a clone with history and in one without.
    desk.deployed(&[]);
    let address = format!("file://{}", desk.bare.display());
    for arguments in [&[][..], &["--depth=1"]] {
        let mut all = vec!["clone", "--quiet", "--branch=main", "--single-branch"];
        all.extend(arguments);
        // A name that separates the entries of a list of paths.
        all.extend([address.as_str(), "a:b"]);
        let clone = desk.beside(Site::empty());
        clone.site.git(&all);
        clone.site.write("a:b/static/new.txt", "new");
        clone.site.git(&["-C", "a:b", "add", "--all"]);
        clone.site.git(&["-C", "a:b", "commit", "--quiet", "--message", "New"]);
        let before = files(clone.site.path());
        let output = clone.deploy(&["-C", "a:b", "--dry-run"]);
        assert!(output.status.success(), "{}", stderr(&output));
        assert!(stdout(&output).contains("added   new.txt\n"), "{}", stdout(&output));
        same(&files(clone.site.path()), &before);
    }
}

#[test]
fn a_script_is_told_in_json() {
    let desk = Desk::new();
    let output = desk.deploy(&["--message-format", "json"]);
    assert_eq!(stderr(&output), "");
    let told: serde_json::Value = serde_json::from_str(&stdout(&output)).expect("it is one object");
    let told = &told["deployed"];
    assert_eq!(told["commit"], desk.remote_git(&["rev-parse", "gh-pages"]).trim());
    assert_eq!(told["source"], desk.site.git(&["rev-parse", "HEAD"]).trim());
    assert_eq!((&told["remote"], &told["branch"]), (&"origin".into(), &"gh-pages".into()));
    assert_eq!(told["url"], "https://example.org/");
    let output = desk.deploy(&["--quiet"]);
    assert_eq!((stdout(&output), stderr(&output)), (String::new(), String::new()));
}

#[test]
fn a_domain_of_its_own_is_named_in_a_file() {
    let desk = Desk::new();
    desk.deployed(&["--base-url", "https://Digest.example.org"]);
    assert_eq!(desk.published()["CNAME"], b"digest.example.org\n");
    // Back below a path, the domain goes.
    desk.deployed(&["--base-url", "https://ada.github.io/digest/"]);
    assert!(!desk.published().contains_key("CNAME"));

    desk.site.write("static/CNAME", "digest.example.org");
    desk.commit("A CNAME by hand");
    desk.deployed(&["--base-url", "https://digest.example.org/"]);
    assert_eq!(desk.published()["CNAME"], b"digest.example.org");
    let said = desk.refused(&["--base-url", "https://news.example.org/"]);
    assert!(said.contains("its own file CNAME names 'digest.example.org'"), "{said}");
}

#[test]
fn on_github_the_address_must_fit_and_the_first_steps_are_told() {
    let desk = Desk::new();
    let github = "git@github.com:Ada/Digest.git";
    desk.site.git(&["remote", "set-url", "origin", github]);
    desk.site.git(&["config", &format!("url.{}.insteadOf", desk.bare.display()), github]);
    desk.site.write(".github/workflows/pages.yml", "name: Pages\n");
    desk.commit("A workflow");
    let said = desk.refused(&[]);
    assert!(said.contains("where no pages of Ada/Digest can be"), "{said}");
    assert!(said.contains("base_url = \"https://ada.github.io/Digest/\""), "{said}");

    let address = ["--base-url", "https://ada.github.io/Digest/"];
    let said = desk.deployed(&address);
    for words in [
        "https://github.com/Ada/Digest/settings/pages\n",
        "\"Deploy from a branch\"",
        "the branch gh-pages",
        "pages.yml publishes in another way",
        "A few minutes later the site is at https://ada.github.io/Digest/\n",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
    let said = desk.deployed(&address);
    assert!(said.ends_with("It is at https://ada.github.io/Digest/\n"), "{said}");
    let said = desk.deployed(&["--base-url", "https://digest.example.org/"]);
    assert!(said.ends_with("In a minute or two it is at https://digest.example.org/\n"), "{said}");
    assert_eq!(desk.published()["CNAME"], b"digest.example.org\n");
}

#[test]
fn an_output_folder_and_what_is_remembered_of_it_stay() {
    let desk = Desk::new();
    desk.site.built(&[]);
    let before = desk.traces();
    desk.site.write("static/new.txt", "new");
    desk.commit("A file");
    desk.deployed(&[]);
    let after = desk.traces();
    let own = |traces: &common::deploy::Traces| {
        let mut files = traces.files.clone();
        files.retain(|path, _| path.starts_with("public/") || path.starts_with(".dateline/"));
        files
    };
    assert!(own(&before).len() > 10);
    same(&own(&after), &own(&before));
}

#[test]
fn a_site_with_errors_is_not_published() {
    let desk = Desk::new();
    desk.site.article("b.md", "2021-11-26", "tagz = 1", "Two.");
    desk.commit("A mistake");
    let said = desk.refused(&[]);
    assert!(said.contains("unknown key 'tagz'"), "{said}");

    let desk = Desk::new();
    desk.site.article("b.md", "2021-11-24", "expires = 2021-11-25", "Gone.");
    desk.site.article("c.md", "2021-11-26", "", "See [what was](b.md).");
    desk.commit("A link to what has expired");
    let output = desk.deploy(&["--strict"]);
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    assert!(stderr(&output).contains("1 warning (an error under --strict)"), "{}", stderr(&output));
    assert_eq!(desk.remote_git(&["for-each-ref", "refs/heads/gh-pages"]), "");
    desk.deployed(&[]);
}
