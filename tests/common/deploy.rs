//! A site in a repository with a remote, both real, to deploy from.

use super::{NOW, Site, stderr, stdout};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::{Command, Output};
use tempfile::TempDir;

/// The site `site` on the branch `main`, all committed, whose `origin` is a bare repository beside it.
pub struct Desk {
    pub site: Site,
    pub bare: PathBuf,
    /// What the program has as the folder for what is temporary.
    pub temporary: PathBuf,
    _folder: TempDir,
}

impl Desk {
    /// With a minimal site and an article.
    pub fn new() -> Self {
        let site = Site::new();
        site.write(".gitignore", "/public/\n/.dateline/\n");
        site.article("a.md", "2021-11-25", "", "One.");
        Self::of(site)
    }

    /// With a site of your own.
    pub fn of(site: Site) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let path = folder.path().canonicalize().expect("it is there");
        let (bare, temporary) = (path.join("remote.git"), path.join("tmp"));
        std::fs::create_dir(&temporary).expect("it can be made");
        site.git(&["init", "--quiet", "--bare", "--initial-branch=main", &bare.to_string_lossy()]);
        site.git(&["init", "--quiet", "--initial-branch=main"]);
        for (key, value) in [("user.name", "Ada"), ("user.email", "ada@example.org"), ("gc.auto", "0")] {
            site.git(&["config", key, value]);
        }
        site.git(&["remote", "add", "origin", &bare.to_string_lossy()]);
        let desk = Self { site, bare, temporary, _folder: folder };
        desk.commit("Begin");
        desk.site.git(&["push", "--quiet", "origin", "main"]);
        desk
    }

    /// Commits all there is.
    pub fn commit(&self, message: &str) {
        self.site.git(&["add", "--all"]);
        self.site.git(&["commit", "--quiet", "--allow-empty", "--message", message]);
    }

    /// The command, at [`NOW`] and with none of the machine's settings of git.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = self.site.command(&["deploy", "--now", NOW]);
        command.args(arguments).stdin(std::process::Stdio::null());
        command
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env("GIT_CONFIG_SYSTEM", "/dev/null")
            .env("TMPDIR", &self.temporary);
        for variable in
            ["GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE", "GIT_SSH_COMMAND", "GIT_ASKPASS", "SSH_ASKPASS"]
        {
            command.env_remove(variable);
        }
        command
    }

    pub fn deploy(&self, arguments: &[&str]) -> Output {
        let output = self.command(arguments).output().expect("the binary runs");
        let left = std::fs::read_dir(&self.temporary).expect("it is there").count();
        assert_eq!(left, 0, "something temporary was left behind");
        output
    }

    /// Deploys, fails the test where that fails, and gives what was said.
    pub fn deployed(&self, arguments: &[&str]) -> String {
        let output = self.deploy(arguments);
        assert!(output.status.success(), "{}\n{}", stdout(&output), stderr(&output));
        stderr(&output)
    }

    /// Fails to deploy, with exit status 1, and gives what was said; the remote is as it was.
    pub fn refused(&self, arguments: &[&str]) -> String {
        let before = self.remote_git(&["for-each-ref"]);
        let output = self.deploy(arguments);
        let said = stderr(&output);
        assert_eq!(output.status.code(), Some(1), "{said}");
        assert!(said.starts_with("error: ") && said.contains("help: "), "{said}");
        assert_eq!(self.remote_git(&["for-each-ref"]), before);
        said
    }

    /// Runs git in the remote.
    pub fn remote_git(&self, arguments: &[&str]) -> String {
        let mut all = vec!["--git-dir", self.bare.to_str().expect("it is text")];
        all.extend(arguments);
        self.site.git(&all)
    }

    /// How many commits `gh-pages` has there.
    pub fn commits(&self) -> usize {
        self.remote_git(&["rev-list", "--count", "gh-pages"]).trim().parse().expect("it is a number")
    }

    /// The files of `gh-pages` there, with their bytes.
    pub fn published(&self) -> BTreeMap<String, Vec<u8>> {
        self.published_on("gh-pages")
    }

    /// The files of a branch there, with their bytes; every one of them is a plain file.
    pub fn published_on(&self, branch: &str) -> BTreeMap<String, Vec<u8>> {
        let listed = self.remote_git(&["ls-tree", "-r", "-z", branch]);
        let entries = listed.split('\0').filter(|entry| !entry.is_empty());
        let file = |entry: &str| {
            let (head, path) = entry.split_once('\t').expect("it is an entry");
            let blob = head.strip_prefix("100644 blob ").expect("it is a plain file");
            let output = Command::new("git")
                .arg("--git-dir")
                .arg(&self.bare)
                .args(["cat-file", "blob", blob])
                .output();
            (path.to_owned(), output.expect("git runs").stdout)
        };
        entries.map(file).collect()
    }

    /// What `build` makes of the site, built beside it.
    pub fn built_files(&self) -> BTreeMap<String, Vec<u8>> {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let output = folder.path().join("out");
        let copy = Site::copy_of(self.site.path());
        copy.built(&["--output", &output.to_string_lossy()]);
        super::files(&output)
    }

    /// All of the site's folder and of its repository that a deployment must not change: files, index, branches.
    pub fn traces(&self) -> (BTreeMap<String, Vec<u8>>, String) {
        let mut files = super::files(self.site.path());
        files.retain(|path, _| {
            !path.starts_with(".git/objects/")
                && !path.starts_with(".git/refs/remotes/")
                && !path.starts_with(".git/logs/refs/remotes/")
        });
        (files, self.site.git(&["for-each-ref", "refs/heads", "refs/tags"]))
    }
}
