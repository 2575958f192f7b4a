//! The repository that a site is pushed to, and the branch that is published there.

use super::git::Git;
use super::github::GitHubRepository;
use super::message;
use super::options::Options;
use super::problem;
use crate::diagnostic::Diagnostic;
use std::env;

/// How often the branch is looked at anew because it moved between two questions.
const ATTEMPTS: usize = 3;

/// A remote, and a branch there.
#[derive(Debug)]
pub(super) struct Remote {
    /// Its name, such as `origin`.
    pub(super) name: String,
    /// The branch, without `refs/heads/`.
    pub(super) branch: String,
    /// The repository on GitHub that it is.
    pub(super) github: Option<GitHubRepository>,
    /// Asks of it, and pushes to it.
    pub(super) git: Git,
    /// What it is read by: its name, or where it is pushed to elsewhere than it is fetched from, that address.
    source: String,
    /// Whether what is fetched comes without its history.
    is_shallow: bool,
}

/// The last commit of the branch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Tip {
    pub(super) id: String,
    pub(super) tree: String,
    /// Whether there are commits before it.
    pub(super) has_history: bool,
    /// The commit of the sources that it was made of, if it is Dateline's.
    pub(super) made_of: Option<String>,
    /// Its first line and its author, for a person who knows neither.
    pub(super) what: String,
}

impl Remote {
    /// Finds the remote that was asked for.
    pub(super) fn find(git: &Git, options: &Options, is_shallow: bool) -> Result<Self, Diagnostic> {
        let name = name(git, options.remote.as_deref())?;
        let ask = |arguments: &[&str]| git.line(arguments).map_err(|failure| problem::git(&failure));
        let pushed_to = ask(&["remote", "get-url", "--push", "--all", &name])?;
        let fetched_from = ask(&["remote", "get-url", &name])?;
        if pushed_to.contains('\n') {
            let message = format!("'{name}' is pushed to more than one repository");
            return Err(Diagnostic::error("unknown-remote", message)
                .help("make a remote for the one that has the website, and name it with --remote"));
        }
        let written = |key: &str| git.answer(&["config", "--get", &format!("remote.{name}.{key}")]);
        let addresses = [written("pushurl").or_else(|| written("url")), Some(pushed_to.clone())];
        let github = addresses.iter().flatten().find_map(|address| GitHubRepository::of_remote(address));
        let git = if options.is_interactive { git.clone() } else { silent(git) };
        let source = if pushed_to == fetched_from { name.clone() } else { pushed_to };
        Ok(Self { name, branch: options.branch.clone(), github, git, source, is_shallow })
    }

    /// The full name of the branch.
    pub(super) fn reference(&self) -> String {
        format!("refs/heads/{}", self.branch)
    }

    /// The commit that the branch is at there, now; what stands in refs/remotes may be old.
    pub(super) fn tip_id(&self) -> Result<Option<String>, Diagnostic> {
        let answer = self.git.line(&["ls-remote", &self.source, &self.reference()]);
        let answer = answer.map_err(|failure| problem::unreachable(&self.name, &failure))?;
        // A pattern without a wildcard also matches the end of longer names.
        let reference = self.reference();
        let line =
            answer.lines().filter_map(|line| line.split_once('\t')).find(|(_, name)| *name == reference);
        Ok(line.map(|(id, _)| id.to_owned()))
    }

    /// The last commit of the branch, fetched if it is not here. No reference is changed by that.
    pub(super) fn tip(&self) -> Result<Option<Tip>, Diagnostic> {
        for _ in 0..ATTEMPTS {
            let Some(id) = self.tip_id()? else { return Ok(None) };
            if let Some(tip) = self.read(&id) {
                return Ok(Some(tip));
            }
            match self.fetch() {
                // Where the branch has gone or moved in the meantime, the next look tells.
                Err(_) if self.tip_id()?.as_ref() != Some(&id) => {}
                other => other?,
            }
            if let Some(tip) = self.read(&id) {
                return Ok(Some(tip));
            }
        }
        Err(problem::restless(&self.name, &self.branch))
    }

    fn fetch(&self) -> Result<(), Diagnostic> {
        let mut arguments = vec![
            "fetch",
            "--quiet",
            "--no-tags",
            "--no-prune",
            "--no-recurse-submodules",
            "--no-write-fetch-head",
            "--refmap=",
        ];
        // Who cloned without history does not want the website's.
        if self.is_shallow {
            arguments.push("--depth=1");
        }
        let reference = self.reference();
        arguments.extend([self.source.as_str(), &reference]);
        self.git.bytes(&arguments).map(drop).map_err(|failure| problem::unreachable(&self.name, &failure))
    }

    fn read(&self, id: &str) -> Option<Tip> {
        let bytes = self.git.bytes(&["cat-file", "commit", id]).ok()?;
        let text = String::from_utf8_lossy(&bytes);
        let (head, message) = text.split_once("\n\n").unwrap_or((&text, ""));
        let header = |key: &str| head.lines().find_map(|line| line.strip_prefix(key));
        let tree = header("tree ")?.to_owned();
        let author =
            header("author ").and_then(|author| author.split_once(" <")).map_or("", |(name, _)| name);
        let subject = message.trim_start().lines().next().unwrap_or_default();
        Some(Tip {
            id: id.to_owned(),
            has_history: header("parent ").is_some(),
            made_of: message::source(message, &tree),
            what: format!("'{subject}', by {author}"),
            tree,
        })
    }
}

/// The remote that was named, else `origin`, else the only one.
fn name(git: &Git, asked: Option<&str>) -> Result<String, Diagnostic> {
    let answer = git.line(&["remote"]).map_err(|failure| problem::git(&failure))?;
    let names: Vec<&str> = answer.lines().collect();
    let known = names.join(", ");
    if names.is_empty() {
        return Err(Diagnostic::error("no-remote", "this repository has no remote to push the site to")
            .help("make an empty repository, such as one at https://github.com/new, and add it: git remote add origin ADDRESS"));
    }
    match asked {
        Some(asked) if names.contains(&asked) => Ok(asked.to_owned()),
        Some(asked) => Err(Diagnostic::error("no-remote", format!("there is no remote '{asked}'"))
            .help(format!("the repository has: {known}"))),
        None if names.contains(&"origin") => Ok("origin".to_owned()),
        None => match names.as_slice() {
            [only] => Ok((*only).to_owned()),
            _ => {
                Err(Diagnostic::error("no-remote", "there are several remotes, and none is called 'origin'")
                    .help(format!("name one with --remote: {known}")))
            }
        },
    }
}

/// git that asks nobody anything, and so never waits where nobody can answer. What a person set themselves stays.
fn silent(git: &Git) -> Git {
    let is_set = |variable: &str| env::var_os(variable).is_some();
    let mut silent = git.clone();
    // A program that asks in a window of its own waits as long as one at a terminal; an empty name is none, and goes
    // before `core.askPass` and SSH_ASKPASS.
    for (variable, value) in [
        ("GIT_TERMINAL_PROMPT", "0"),
        ("GIT_ASKPASS", ""),
        ("SSH_ASKPASS_REQUIRE", "never"),
        ("GCM_INTERACTIVE", "never"),
    ] {
        if !is_set(variable) {
            silent = silent.with(variable, value);
        }
    }
    let has_ssh = is_set("GIT_SSH_COMMAND")
        || is_set("GIT_SSH")
        || git.answer(&["config", "--get", "core.sshCommand"]).is_some();
    if has_ssh { silent } else { silent.with("GIT_SSH_COMMAND", "ssh -oBatchMode=yes") }
}
