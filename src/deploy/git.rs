//! git, asked through its command, so that what a person set up for it (keys, helpers, proxies) works here too.
//!
//! What it answers is read by a program: the answers are in English whatever the language, and what a hook or an
//! alias left in the environment does not lead it to another repository.

use super::redact::without_passwords;
use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// What would make git speak of another repository, or read names in another way, than it does by itself.
/// `git rev-parse --local-env-vars` names the first of them; those with which a person sets git up stay.
const FOREIGN: [&str; 21] = [
    "GIT_DIR",
    "GIT_COMMON_DIR",
    "GIT_WORK_TREE",
    "GIT_IMPLICIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_PREFIX",
    "GIT_OBJECT_DIRECTORY",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_GRAFT_FILE",
    "GIT_SHALLOW_FILE",
    "GIT_REPLACE_REF_BASE",
    "GIT_NAMESPACE",
    "GIT_QUARANTINE_PATH",
    "GIT_ATTR_SOURCE",
    "GIT_LITERAL_PATHSPECS",
    "GIT_GLOB_PATHSPECS",
    "GIT_NOGLOB_PATHSPECS",
    "GIT_ICASE_PATHSPECS",
    "GIT_EXTERNAL_DIFF",
    "GIT_DIFF_OPTS",
    "GIT_DEFAULT_HASH",
];

/// Settings that hold for every question. Hooks belong to what a person does with git, a monitor of files is one; an
/// index of our own leaves no part of it in the repository; and tidying up takes long, and can wait for the next command
/// that is the person's own.
const SETTINGS: [&str; 8] = [
    "core.hooksPath=/dev/null",
    "core.fsmonitor=false",
    "core.splitIndex=false",
    "gc.auto=0",
    "maintenance.auto=false",
    "fetch.writeCommitGraph=false",
    "i18n.commitEncoding=UTF-8",
    "i18n.logOutputEncoding=UTF-8",
];

/// Where git is asked, and with what around it.
#[derive(Debug, Clone)]
pub struct Git {
    folder: PathBuf,
    environment: Vec<(&'static str, OsString)>,
}

/// Why there is no answer.
#[derive(Debug)]
pub enum Failure {
    /// The command cannot be run at all.
    Unusable(io::Error),
    /// It ended with an error; what it said of it.
    Refused(String),
}

impl Failure {
    /// What git said, or the system of it.
    pub fn said(&self) -> String {
        match self {
            Self::Unusable(error) => error.to_string(),
            Self::Refused(said) => said.clone(),
        }
    }

    /// Whether there is no git here.
    pub fn is_absence(&self) -> bool {
        matches!(self, Self::Unusable(error) if error.kind() == ErrorKind::NotFound)
    }
}

impl Git {
    /// Asks in a folder, of whatever repository that is in.
    pub fn at(folder: &Path) -> Self {
        Self { folder: folder.to_owned(), environment: Vec::new() }
    }

    /// The same in another folder.
    #[must_use]
    pub(super) fn elsewhere(&self, folder: &Path) -> Self {
        Self { folder: folder.to_owned(), environment: self.environment.clone() }
    }

    /// The same with a variable set.
    #[must_use]
    pub fn with(&self, variable: &'static str, value: impl Into<OsString>) -> Self {
        let mut git = self.clone();
        git.environment.push((variable, value.into()));
        git
    }

    /// The line that git answers with, if it answers.
    pub fn answer<A: AsRef<OsStr>>(&self, arguments: &[A]) -> Option<String> {
        self.line(arguments).ok()
    }

    /// The line that git answers with.
    ///
    /// # Errors
    /// There is no git, it refuses, or its answer is no text.
    pub fn line<A: AsRef<OsStr>>(&self, arguments: &[A]) -> Result<String, Failure> {
        let bytes = self.bytes(arguments)?;
        let mut text =
            String::from_utf8(bytes).map_err(|_| Failure::Refused("the answer is not UTF-8".to_owned()))?;
        // One line break ends the answer; others may belong to a path.
        if text.ends_with('\n') {
            text.pop();
            if text.ends_with('\r') {
                text.pop();
            }
        }
        Ok(text)
    }

    /// All that git answers with.
    ///
    /// # Errors
    /// There is no git, or it refuses.
    pub fn bytes<A: AsRef<OsStr>>(&self, arguments: &[A]) -> Result<Vec<u8>, Failure> {
        self.run(arguments, Stdio::null())
    }

    /// All that git answers with when it is given a file to read.
    ///
    /// # Errors
    /// There is no git, or it refuses.
    pub fn bytes_of<A: AsRef<OsStr>>(&self, arguments: &[A], input: File) -> Result<Vec<u8>, Failure> {
        self.run(arguments, Stdio::from(input))
    }

    fn run<A: AsRef<OsStr>>(&self, arguments: &[A], input: Stdio) -> Result<Vec<u8>, Failure> {
        let mut command = Command::new("git");
        FOREIGN.iter().for_each(|variable| {
            command.env_remove(variable);
        });
        command
            .env("LC_ALL", "C")
            .env("GIT_OPTIONAL_LOCKS", "0")
            .env("GIT_NO_REPLACE_OBJECTS", "1")
            .envs(self.environment.iter().map(|(variable, value)| (variable, value)))
            .arg("-C")
            .arg(&self.folder);
        for setting in SETTINGS {
            command.args(["-c", setting]);
        }
        let output = command.args(arguments).stdin(input).output().map_err(Failure::Unusable)?;
        if output.status.success() {
            return Ok(output.stdout);
        }
        // What a push is refused for stands in its answer, everything else beside it.
        let mut said = String::from_utf8_lossy(&output.stderr).into_owned();
        said += &String::from_utf8_lossy(&output.stdout);
        Err(Failure::Refused(without_passwords(said.trim_end())))
    }
}
