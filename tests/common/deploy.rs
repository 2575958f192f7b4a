//! A site in a repository with a remote, both real, to deploy from.

use super::{NOW, Site, stderr, stdout};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
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

    /// Another folder to deploy from to the same remote, which the caller makes a repository.
    pub fn beside(&self, site: Site) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        Self { site, bare: self.bare.clone(), temporary: folder.path().to_owned(), _folder: folder }
    }

    /// A folder outside of the site's.
    pub fn outside(&self) -> &Path {
        self.bare.parent().expect("it lies in a folder")
    }

    /// Lets the remote run a script as a hook.
    pub fn hook(&self, name: &str, script: &str) {
        write_hook(&self.bare.join("hooks").join(name), script);
    }

    /// Lets git run a script as a hook in the site's own repository.
    pub fn local_hook(&self, name: &str, script: &str) {
        write_hook(&self.site.path().join(".git/hooks").join(name), script);
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
            .env("TMPDIR", &self.temporary)
            .env("no_proxy", "*");
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

    /// Deploys, while something else happens: before git is asked with the word `when` for the first time, a shell runs
    /// `script` in the site's folder.
    pub fn deploy_while(&self, when: &str, script: &str, arguments: &[&str]) -> Output {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let path = std::env::var("PATH").expect("it is set");
        let text = format!(
            "PATH='{path}'\ncase \" $* \" in *' {when} '*) if mkdir '{mark}' 2>/dev/null; then\n\
             (unset GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE GIT_OBJECT_DIRECTORY; cd '{site}'; {script}) >&2\nfi ;; esac\nexec git \"$@\"",
            mark = folder.path().join("done").display(),
            site = self.site.path().display(),
        );
        write_hook(&folder.path().join("git"), &text);
        let mut command = self.command(arguments);
        command.env("PATH", format!("{}:{path}", folder.path().display()));
        let output = command.output().expect("the binary runs");
        assert!(folder.path().join("done").exists(), "git was not asked for {when}: {}", stderr(&output));
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
        assert!(said.contains("error: ") && said.contains("help: "), "{said}");
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

    /// All of the site's folder and of its repository that a deployment must not change.
    pub fn traces(&self) -> Traces {
        let mut files = super::files(self.site.path());
        let may_change = [".git/objects/", ".git/refs/remotes/", ".git/logs/refs/remotes/"];
        files.retain(|path, _| !may_change.iter().any(|folder| path.starts_with(folder)));
        Traces { files, branches: self.site.git(&["for-each-ref", "refs/heads", "refs/tags"]) }
    }
}

/// Fails the test where two sets of files differ, and names those that do.
pub fn same(files: &BTreeMap<String, Vec<u8>>, expected: &BTreeMap<String, Vec<u8>>) {
    let all: BTreeSet<&String> = files.keys().chain(expected.keys()).collect();
    let differ: Vec<&String> =
        all.into_iter().filter(|path| files.get(*path) != expected.get(*path)).collect();
    assert!(differ.is_empty(), "these differ: {differ:?}");
}

fn write_hook(path: &Path, script: &str) {
    std::fs::write(path, format!("#!/bin/sh\n{script}\n")).expect("it can be written");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o755))
            .expect("it can be made a program");
    }
}

/// A site's folder with its repository, but for objects and what is known of remotes.
pub struct Traces {
    pub files: BTreeMap<String, Vec<u8>>,
    pub branches: String,
}

impl Traces {
    /// Fails the test where something has changed.
    pub fn assert_same(&self, after: &Self) {
        same(&after.files, &self.files);
        assert_eq!(after.branches, self.branches);
    }
}
