//! What can go wrong between here and a remote, in words.

use super::git::Failure;
use super::message::short;
use crate::diagnostic::Diagnostic;

/// How many files one problem names.
const NAMED: usize = 10;
/// How much of what git said is repeated: its last lines, which have the reason.
const REPEATED: usize = 8;

/// git did not do what it always does.
pub(super) fn git(failure: &Failure) -> Diagnostic {
    said(Diagnostic::error("git-failed", "git cannot do what deploy needs"), failure)
        .help("is the repository in order? git fsck tells")
}

/// The branch to publish on has the sources.
pub(super) fn source_branch(branch: &str) -> Diagnostic {
    Diagnostic::error("source-branch", format!("the branch '{branch}' has the sources of this site"))
        .note("the website takes the place of everything on its branch")
        .help("publish on another branch, such as --branch gh-pages")
}

/// The last commit of the branch is somebody's.
pub(super) fn foreign(remote: &str, branch: &str, squash: bool, commit: &str, what: &str) -> Diagnostic {
    let history = if squash { "--squash leaves nothing of it" } else { "its history stays" };
    let message = format!("the branch '{branch}' of '{remote}' has work that is not Dateline's");
    Diagnostic::error("foreign-branch", message)
        .note(format!("its last commit is {} {what}", short(commit)))
        .help(format!(
            "publish on another branch with --branch, or let the site replace what is on '{branch}' with --adopt; \
             {history}"
        ))
}

/// The branch moved while this site was on its way, and what is there now may be newer.
pub(super) fn overtaken(remote: &str, branch: &str, source: &str) -> Diagnostic {
    let message = format!("another deployment reached '{branch}' of '{remote}' first");
    Diagnostic::error("overtaken", message)
        .note(format!(
            "it published the sources of {}, and is what readers see; nothing was lost",
            short(source)
        ))
        .help("deploy again if this site is to take its place")
}

/// The push came to no end that is known.
pub(super) fn unsure(remote: &str, branch: &str, failure: &Failure) -> Diagnostic {
    let message = format!("it cannot be told whether the site was published on '{branch}' of '{remote}'");
    said(Diagnostic::error("remote-failed", message), failure)
        .note("the push failed, and then the branch could not be looked at")
        .help("deploy again when the remote can be reached: it tells then, and changes nothing that is there already")
}

/// The branch moves faster than it can be followed.
pub(super) fn restless(remote: &str, branch: &str) -> Diagnostic {
    Diagnostic::error("overtaken", format!("the branch '{branch}' of '{remote}' changes all the time"))
        .help("wait until other deployments have finished, and deploy again")
}

/// The remote does not take the commit, though nothing happened there.
pub(super) fn rejected(remote: &str, branch: &str, failure: &Failure) -> Diagnostic {
    let text = own_words(failure);
    let has = |words: &[&str]| words.iter().any(|word| text.contains(word));
    // What was declined was asked for: then the connection is good.
    if !has(&["[remote rejected]"])
        && let Some(problem) = no_connection(remote, failure)
    {
        return problem;
    }
    let message = format!("'{remote}' does not take the site on '{branch}'");
    let help = if has(&["non-fast-forward", "fetch first", "stale info"]) {
        "deploy again: the branch has changed"
    } else if has(&["protected branch", "rule violations"]) {
        "a rule of the repository protects that branch: change it, or choose another with --branch"
    } else if has(&["directory/file conflict", "cannot lock ref", "failed to update ref"]) {
        "is there a branch whose name begins with that one's? Choose another with --branch"
    } else if has(&["unpacker error"]) {
        "it could not store the site: is there room, and may you write there?"
    } else {
        "what it said above has the reason; nothing was changed there"
    };
    said(Diagnostic::error("push-rejected", message), failure).help(help)
}

/// The remote cannot be read.
pub(super) fn unreachable(remote: &str, failure: &Failure) -> Diagnostic {
    no_connection(remote, failure).unwrap_or_else(|| {
        said(Diagnostic::error("remote-failed", format!("git cannot read from '{remote}'")), failure)
            .help(format!("does this work: git ls-remote {remote}"))
    })
}

/// What has to do with rights, names and networks, by git's words for it.
fn no_connection(remote: &str, failure: &Failure) -> Option<Diagnostic> {
    let text = own_words(failure);
    let has = |words: &[&str]| words.iter().any(|word| text.contains(word));
    let (code, message, help) = if has(&[
        "could not read Username",
        "could not read Password",
        "Authentication failed",
        "Permission denied (",
        "Host key verification failed",
        "returned error: 401",
    ]) {
        (
            "no-rights",
            format!("'{remote}' does not know who you are"),
            "let git log in there: with an SSH key, or over https with 'gh auth setup-git' or another credential \
             helper. In a workflow, actions/checkout does it",
        )
    } else if has(&[
        "returned error: 403",
        "Write access to repository not granted",
        "Permission to ",
        "access denied",
        "is not allowed to push",
        "insufficient permission",
        "read-only",
    ]) {
        (
            "no-rights",
            format!("you may not push to '{remote}'"),
            "ask its owner for the right to write. In a workflow, the job needs 'permissions: contents: write'",
        )
    } else if has(&[
        "Repository not found",
        "' not found",
        "does not appear to be a git repository",
        "does not exist",
        "returned error: 404",
    ]) {
        (
            "remote-failed",
            format!("there is no repository where '{remote}' leads to"),
            "is it spelled right (git remote --verbose), has it been made, and may you see it?",
        )
    } else if has(&[
        "Could not resolve host",
        "Could not connect",
        "Failed to connect",
        "Connection refused",
        "timed out",
    ]) {
        (
            "remote-failed",
            format!("'{remote}' cannot be reached"),
            "is the network there? Nothing was changed; deploy again when it is",
        )
    } else {
        return None;
    };
    Some(said(Diagnostic::error(code, message), failure).help(help))
}

/// What git said itself: what a hook or a host's program says through it has no say in what is made of that.
fn own_words(failure: &Failure) -> String {
    let said = failure.said();
    said.lines().filter(|line| !line.starts_with("remote:")).collect::<Vec<_>>().join("\n")
}

/// Adds the names of files, as far as they can be read.
pub(super) fn listed<'a>(problem: Diagnostic, paths: impl IntoIterator<Item = &'a String>) -> Diagnostic {
    let mut paths = paths.into_iter();
    let problem = paths.by_ref().take(NAMED).fold(problem, |problem, path| problem.note(path.as_str()));
    match paths.count() {
        0 => problem,
        more => problem.note(format!("and {more} more")),
    }
}

/// Adds what git said of it.
pub(super) fn said(problem: Diagnostic, failure: &Failure) -> Diagnostic {
    let text = failure.said();
    let lines: Vec<&str> = text.lines().map(str::trim_end).filter(|line| !line.is_empty()).collect();
    let last = &lines[lines.len().saturating_sub(REPEATED)..];
    if last.is_empty() { problem } else { problem.note(format!("git said: {}", last.join("\n"))) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(said: &str) -> (String, String) {
        let problem = rejected("origin", "gh-pages", &Failure::Refused(said.to_owned()));
        (problem.code.to_string(), problem.message)
    }

    #[test]
    fn what_a_hook_says_is_not_taken_for_what_git_says() {
        let declined = " ! [remote rejected] a -> gh-pages (pre-receive hook declined)";
        for said in [
            "Permission to Publish is asked for at the desk",
            "the draft does not exist, timed out",
            "Authentication failed",
        ] {
            assert_eq!(code(&format!("remote: {said}\n{declined}")).0, "push-rejected", "{said}");
            assert_eq!(code(&format!("{said}\n{declined}")).0, "push-rejected", "{said}");
        }
        let (_, message) = code("remote: timed out\nERROR: Permission to ada/digest.git denied to bob.");
        assert_eq!(message, "you may not push to 'origin'");
        let (_, message) = code("remote: Repository not found.\nfatal: repository 'https://x/y/' not found");
        assert_eq!(message, "there is no repository where 'origin' leads to");
    }
}
