//! `dateline deploy` in every kind of repository, and under settings of git that would make something else of the site.

mod common;

use common::deploy::{Desk, same};
use common::{Site, stderr};
use std::collections::BTreeMap;
use std::path::Path;

/// What the branch must hold for the site of a desk.
fn expected(desk: &Desk) -> BTreeMap<String, Vec<u8>> {
    let mut files = desk.built_files();
    files.insert(".nojekyll".to_owned(), Vec::new());
    files
}

#[test]
fn a_detached_head_is_named_as_the_source() {
    let desk = Desk::new();
    desk.site.git(&["checkout", "--quiet", "--detach"]);
    let before = desk.traces();
    desk.deployed(&[]);
    let head = desk.site.git(&["rev-parse", "HEAD"]);
    assert!(desk.remote_git(&["log", "-1", "--format=%B", "gh-pages"]).contains(head.trim()));
    before.assert_same(&desk.traces());
}

#[test]
fn a_shallow_clone_can_publish() {
    let desk = Desk::new();
    desk.commit("More");
    desk.site.git(&["push", "--quiet", "origin", "main"]);
    desk.deployed(&[]);
    desk.site.article("b.md", "2021-11-26", "", "Two.");
    desk.commit("Two");
    desk.deployed(&[]);
    desk.site.git(&["push", "--quiet", "origin", "main"]);

    let address = format!("file://{}", desk.bare.display());
    let clone = desk.beside(Site::empty());
    clone.site.git(&["clone", "--quiet", "--depth=1", &address, "."]);
    assert_eq!(clone.site.git(&["rev-list", "--count", "HEAD"]), "1\n");
    assert!(clone.deployed(&[]).contains("Nothing has changed"));
    clone.site.article("c.md", "2021-11-27", "", "Three.");
    clone.commit("Three");
    clone.deployed(&[]);
    assert_eq!(desk.commits(), 3);
    same(&desk.published(), &expected(&clone));
    clone.site.git(&["fsck", "--no-progress"]);
    clone.site.article("d.md", "2021-11-28", "", "Four.");
    clone.commit("Four");
    clone.deployed(&["--squash"]);
    assert_eq!(desk.commits(), 1);
    desk.remote_git(&["fsck", "--no-progress"]);
}

#[test]
fn a_site_in_a_folder_of_a_repository_can_be_published() {
    let desk = Desk::of(Site::empty());
    desk.site.write("digest/site.toml", "base_url = \"https://example.org/\"\ntitle = \"Inner\"\n");
    desk.site.write("code/main.c", "int main;");
    desk.commit("A site among other things");
    // What is not the site's does not matter.
    desk.site.write("code/main.c", "changed");
    desk.deployed(&["-C", "digest"]);
    let inner = desk.beside(Site::copy_of(&desk.site.path().join("digest")));
    same(&desk.published(), &expected(&inner));
    desk.site.write("digest/static/a.txt", "a");
    let said = desk.refused(&["-C", "digest"]);
    assert!(said.contains("digest/static/"), "{said}");
}

#[test]
fn a_linked_work_tree_is_one_too_and_a_branch_that_is_checked_out_stays() {
    let desk = Desk::new();
    desk.deployed(&[]);
    desk.site.git(&["fetch", "--quiet", "origin", "gh-pages:gh-pages"]);
    let linked = desk.beside(Site::empty());
    let pages = Site::empty();
    desk.site.git(&["worktree", "add", "--quiet", &pages.path().to_string_lossy(), "gh-pages"]);
    desk.site.git(&["worktree", "add", "--quiet", "-b", "next", &linked.site.path().to_string_lossy()]);
    linked.site.article("b.md", "2021-11-26", "", "Two.");
    linked.commit("Two");
    let before = (desk.traces(), linked.traces(), pages.git(&["status", "--porcelain"]));
    linked.deployed(&[]);
    assert_eq!(desk.commits(), 2);
    same(&desk.published(), &expected(&linked));
    before.0.assert_same(&desk.traces());
    before.1.assert_same(&linked.traces());
    assert_eq!(pages.git(&["status", "--porcelain"]), before.2);
    assert_eq!(pages.git(&["rev-list", "--count", "HEAD"]), "1\n");
}

#[test]
fn a_submodule_is_a_repository_of_its_own() {
    let desk = Desk::new();
    let outer = Site::empty();
    outer.git(&["init", "--quiet"]);
    let bare = desk.bare.to_string_lossy();
    outer.git(&["-c", "protocol.file.allow=always", "submodule", "--quiet", "add", &bare, "digest"]);
    outer.git(&["commit", "--quiet", "--message", "A submodule"]);
    let inner = desk.beside(outer);
    inner.deployed(&["-C", "digest"]);
    same(&desk.published(), &expected(&desk));
    assert_eq!(inner.site.git(&["status", "--porcelain"]), "");
}

#[test]
fn settings_of_git_make_nothing_else_of_the_site() {
    let desk = Desk::new();
    desk.site.write("static/lines.txt", "a\r\nb\nc\r\n");
    desk.site.write("static/id.txt", "$Id$ text\n");
    desk.site.write(".gitattributes", "* text=auto ident eol=crlf\n*.txt filter=loud -diff\n");
    desk.site.write("static/.gitattributes", "* text eol=lf export-ignore\n");
    desk.site.write("static/.gitignore", "*\n");
    desk.commit("Files that git would change");
    desk.site.git(&["update-index", "--refresh", "-q"]);
    let outside = desk.outside();
    std::fs::write(outside.join("ignore"), "*.html\n.nojekyll\n*.xml\n").unwrap();
    std::fs::write(outside.join("attributes"), "* ident filter=loud working-tree-encoding=UTF-16\n").unwrap();
    let path = |name: &str| outside.join(name).to_string_lossy().into_owned();
    for (key, value) in [
        ("core.excludesFile", path("ignore").as_str()),
        ("filter.loud.clean", "tr a-z A-Z"),
        ("filter.loud.required", "true"),
        ("commit.gpgSign", "true"),
        ("push.gpgSign", "true"),
        ("gpg.program", "false"),
        ("push.followTags", "true"),
        ("push.recurseSubmodules", "only"),
        ("push.default", "nothing"),
        ("push.pushOption", "x"),
        ("remote.origin.mirror", "true"),
        ("remote.origin.prune", "true"),
        ("fetch.prune", "true"),
        ("core.quotePath", "true"),
        ("core.fileMode", "false"),
        ("core.ignoreCase", "true"),
        ("diff.external", "false"),
        ("diff.noprefix", "true"),
        ("status.showUntrackedFiles", "no"),
        ("status.relativePaths", "false"),
        ("color.ui", "always"),
        ("log.showSignature", "true"),
        ("i18n.commitEncoding", "ISO-8859-1"),
        ("alias.push", "!false"),
    ] {
        desk.site.git(&["config", key, value]);
    }
    desk.site.git(&["tag", "--annotate", "--message", "x", "v1"]);
    for hook in ["pre-push", "reference-transaction", "pre-commit", "commit-msg", "post-index-change"] {
        desk.local_hook(hook, "echo from a hook >&2; exit 1");
    }
    // Set last, lest the sources count as changed by the attributes.
    let before = desk.traces();
    let mut command = desk.command(&["--allow-dirty"]);
    command
        .env("GIT_CONFIG_COUNT", "2")
        .env("GIT_CONFIG_KEY_0", "core.autocrlf")
        .env("GIT_CONFIG_VALUE_0", "true")
        .env("GIT_CONFIG_KEY_1", "core.attributesFile")
        .env("GIT_CONFIG_VALUE_1", path("attributes"))
        .env("GIT_DIR", "/nowhere")
        .env("GIT_WORK_TREE", "/nowhere")
        .env("GIT_INDEX_FILE", path("index"))
        .env("GIT_OBJECT_DIRECTORY", "/nowhere")
        .env("GIT_QUARANTINE_PATH", "/nowhere")
        .env("GIT_LITERAL_PATHSPECS", "1")
        .env("GIT_EXTERNAL_DIFF", "false")
        .env("GIT_EDITOR", "false")
        .env("LC_ALL", "de_DE.UTF-8")
        .env("LANGUAGE", "de");
    let output = command.output().expect("the binary runs");
    assert!(output.status.success(), "{}", stderr(&output));
    before.assert_same(&desk.traces());
    same(&desk.published(), &expected(&desk));
    assert_eq!(desk.published()["lines.txt"], b"a\r\nb\nc\r\n");
    assert_eq!(desk.remote_git(&["tag"]), "");
    assert!(!outside.join("index").exists());
}

#[cfg(unix)]
#[test]
fn names_and_modes_are_those_of_a_website() {
    use std::fs::{Permissions, set_permissions};
    use std::os::unix::fs::PermissionsExt;
    let desk = Desk::new();
    let names = [
        "é ü/ñ.txt",
        "e\u{301}.txt",
        "line\nbreak\r",
        "\"quoted\".txt",
        "back\\slash",
        " ",
        "-f",
        ":(glob)x",
        "tab\t",
    ];
    for name in names {
        desk.site.write(&format!("static/{name}"), name);
    }
    set_permissions(desk.site.path().join("static/-f"), Permissions::from_mode(0o755)).unwrap();
    desk.commit("Names");
    desk.deployed(&[]);
    let published = desk.published();
    for name in names {
        assert_eq!(published.get(name).map(Vec::as_slice), Some(name.as_bytes()), "{name:?}");
    }
}

#[test]
fn a_commit_has_the_name_that_git_knows_or_that_of_the_sources() {
    let desk = Desk::new();
    desk.deployed(&[]);
    let who = |desk: &Desk| desk.remote_git(&["log", "-1", "--format=%an <%ae> %cn", "gh-pages"]);
    assert_eq!(who(&desk), "Ada <ada@example.org> Ada\n");
    desk.site.article("b.md", "2021-11-26", "", "Two.");
    desk.site.git(&["add", "--all"]);
    desk.site.git(&["commit", "--quiet", "--author", "Zoë <zoe@example.org>", "--message", "Two"]);
    for key in ["user.name", "user.email"] {
        desk.site.git(&["config", "--unset", key]);
    }
    desk.site.git(&["config", "user.useConfigOnly", "true"]);
    desk.deployed(&[]);
    assert_eq!(who(&desk), "Zoë <zoe@example.org> Zoë\n");
}

#[test]
fn what_is_published_is_where_it_is_pushed_to() {
    let desk = Desk::new();
    let other = desk.outside().join("fork.git");
    desk.site.git(&["init", "--quiet", "--bare", &other.to_string_lossy()]);
    desk.site.git(&["config", "remote.origin.pushurl", &other.to_string_lossy()]);
    let tip = |bare: &Path| desk.site.git(&["ls-remote", &bare.to_string_lossy(), "refs/heads/gh-pages"]);
    desk.deployed(&[]);
    assert!(tip(&desk.bare).is_empty() && !tip(&other).is_empty());
    assert!(desk.deployed(&[]).contains("Nothing has changed"));

    desk.site.git(&["config", "--add", "remote.origin.pushurl", &desk.bare.to_string_lossy()]);
    let said = desk.refused(&[]);
    assert!(said.contains("'origin' is pushed to more than one repository"), "{said}");
    desk.site.git(&["remote", "add", "web", &desk.bare.to_string_lossy()]);
    desk.deployed(&["--remote", "web", "--branch", "www/live"]);
    same(&desk.published_on("www/live"), &expected(&desk));
}
