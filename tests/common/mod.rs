//! What the tests share: running the binary in a folder of their own, and comparing folders.

#![allow(dead_code, reason = "each test file uses a part of it")]

pub mod asked;
pub mod checked;
pub mod deploy;
pub mod dice;
pub mod html;
pub mod http;
pub mod newsroom;
pub mod preview;
pub mod web;
pub mod xml;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use tempfile::TempDir;

/// The time that tests build at, unless they say another: the evening of 3 December 2021.
pub const NOW: &str = "2021-12-03T20:00:00Z";

/// A site's folder that goes when the test ends.
pub struct Site {
    folder: TempDir,
}

impl Site {
    /// An empty folder.
    pub fn empty() -> Self {
        Self { folder: tempfile::tempdir().expect("a temporary folder can be made") }
    }

    /// A folder with a minimal `site.toml`.
    pub fn new() -> Self {
        Self::within(tempfile::tempdir().expect("a temporary folder can be made"))
    }

    /// The same in a folder of the test's own.
    pub fn within(folder: TempDir) -> Self {
        let site = Self { folder };
        site.write("site.toml", "base_url = \"https://example.org/\"\ntitle = \"Test\"\n");
        site
    }

    /// A copy of this repository's own sample site; the theme is the program's.
    pub fn sample() -> Self {
        let site = Self::empty();
        fs::copy(repository("site.toml"), site.path().join("site.toml")).expect("it can be copied");
        copy(&repository("content"), &site.path().join("content"));
        site
    }

    /// A copy of a folder below `tests/`.
    pub fn copy_of(folder: &Path) -> Self {
        let site = Self::empty();
        copy(folder, site.path());
        site
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    pub fn output(&self) -> PathBuf {
        self.path().join("public")
    }

    /// Writes a file and the folders it lies in.
    pub fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        let path = self.path().join(path);
        fs::create_dir_all(path.parent().expect("a file lies in a folder")).expect("the folder can be made");
        fs::write(path, text).expect("the file can be written");
    }

    /// An article with a title and a date, further front matter, and a text.
    pub fn article(&self, path: &str, date: &str, more: &str, body: &str) {
        let title = path.rsplit('/').next().unwrap_or(path).trim_end_matches(".md");
        let text = format!("+++\ntitle = \"{title}\"\ndate = {date}\n{more}\n+++\n\n{body}\n");
        self.write(&format!("content/articles/{path}"), text);
    }

    pub fn read(&self, path: &str) -> String {
        let path = self.path().join(path);
        fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    }

    /// The binary, to be run in this folder, with nothing of the machine's own environment that could matter.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dateline"));
        command.current_dir(self.path()).args(arguments);
        for variable in
            ["SOURCE_DATE_EPOCH", "GITHUB_ACTIONS", "NO_COLOR", "TZ", "LANG", "LC_ALL", "EDITOR", "VISUAL"]
        {
            command.env_remove(variable);
        }
        command
    }

    /// Runs git in this folder, whatever the machine's settings of it are, and gives what it prints.
    pub fn git(&self, arguments: &[&str]) -> String {
        let output = Command::new("git")
            .current_dir(self.path())
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env("GIT_CONFIG_SYSTEM", "/dev/null")
            .args(["-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "gc.auto=0"])
            .args(arguments)
            .output()
            .expect("git runs");
        assert!(output.status.success(), "git {arguments:?}: {}", stderr(&output));
        stdout(&output)
    }

    pub fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().expect("the binary runs")
    }

    /// Builds at [`NOW`].
    pub fn build(&self, arguments: &[&str]) -> Output {
        let mut all = vec!["build", "--now", NOW];
        all.extend(arguments);
        self.run(&all)
    }

    /// Builds at [`NOW`], and fails the test where that fails.
    pub fn built(&self, arguments: &[&str]) -> &Self {
        let output = self.build(arguments);
        assert!(output.status.success(), "the build failed:\n{}", stderr(&output));
        self
    }
}

/// A picture of one colour, as JPEG.
pub fn picture(width: u16, height: u16) -> Vec<u8> {
    let mut bytes = Vec::new();
    let pixels = vec![120; usize::from(width) * usize::from(height)];
    let encoder = jpeg_encoder::Encoder::new(&mut bytes, 80);
    encoder.encode(&pixels, width, height, jpeg_encoder::ColorType::Luma).expect("it can be encoded");
    bytes
}

pub fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

pub fn stdout(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// A folder below the repository's root.
pub fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// The folders below `folder`, sorted.
pub fn cases(folder: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(repository(folder)).expect("the folder of cases is there");
    let mut cases: Vec<PathBuf> =
        entries.map(|entry| entry.expect("it can be read").path()).filter(|path| path.is_dir()).collect();
    cases.sort();
    assert!(!cases.is_empty(), "{folder} has no cases");
    cases
}

/// Every file below a folder with its bytes; an absent folder is an empty one.
pub fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        let Ok(entries) = fs::read_dir(&next) else { continue };
        for entry in entries {
            let path = entry.expect("it can be read").path();
            if path.is_dir() {
                open.push(path);
            } else {
                let name =
                    path.strip_prefix(folder).expect("it lies below").to_string_lossy().replace('\\', "/");
                found.insert(name, fs::read(&path).expect("it can be read"));
            }
        }
    }
    found
}

/// Whether expected output is to be written anew instead of compared: `BLESS=1 cargo test`.
pub fn blessing() -> bool {
    std::env::var_os("BLESS").is_some()
}

pub fn copy(from: &Path, to: &Path) {
    for (name, bytes) in files(from) {
        let path = to.join(name);
        fs::create_dir_all(path.parent().expect("a file lies in a folder")).expect("the folder can be made");
        fs::write(path, bytes).expect("the file can be written");
    }
}
