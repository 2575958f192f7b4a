//! What can be wrong with a plan or with an output directory, in words.

use super::outline::Wrong;
use super::place::Place;
use crate::diagnostic::Diagnostic;

/// How many files one problem names.
const NAMED: usize = 20;

/// The error that a page cannot have its path.
pub(super) fn wrong_path(path: &str, wrong: Wrong) -> Diagnostic {
    match wrong {
        Wrong::Name => {
            let problem = Diagnostic::error("bad-output-path", format!("no file can have the path '{path}'"));
            problem.help("give the page a shorter or plainer slug")
        }
        Wrong::Twice => {
            let problem = Diagnostic::error("output-conflict", format!("two pages have the path '{path}'"));
            problem.help("give one of them another slug")
        }
        Wrong::Folder => {
            let message = format!("'{path}' is the path of a page, and of a folder that other pages lie in");
            Diagnostic::error("output-conflict", message).help("give the page another path")
        }
    }
}

/// The error that files of strangers would be overwritten, if there are any.
pub(super) fn foreign_files(place: &Place, mut paths: Vec<String>) -> Option<Diagnostic> {
    paths.sort_unstable();
    let first = paths.first()?;
    let help = "choose an empty directory as output, or overwrite what stands there with --adopt";
    if paths.len() == 1 {
        let problem = Diagnostic::error(
            "foreign-file",
            "a file that Dateline did not write stands where a page belongs",
        );
        return Some(problem.in_file(place.shown(first)).help(help));
    }
    let message = format!("{} files that Dateline did not write stand where pages belong", paths.len());
    let problem = Diagnostic::error("foreign-file", message).in_file(place.shown(first));
    let paths: Vec<&str> = paths.iter().map(String::as_str).collect();
    Some(named(problem, place, &paths).help(help))
}

/// The error that a folder stands where a file belongs, with the files of strangers in it.
pub(super) fn foreign_folder(place: &Place, path: &str, inside: &[&str]) -> Diagnostic {
    let message = "a folder that Dateline did not make stands where a page belongs";
    let problem = Diagnostic::error("foreign-file", message).in_file(place.shown(path));
    named(problem, place, inside).help("move the folder away, or choose an empty directory as output")
}

/// The error that pages lie, or have lain, in a folder that cannot be looked into.
pub(super) fn closed_folder(place: &Place, path: &str) -> Diagnostic {
    let message = "there are pages of the site in this folder, and Dateline cannot look into it";
    let problem = Diagnostic::error("unreadable", message).in_file(place.shown(path));
    problem.help("let the user who builds the site read it, or choose another output directory")
}

/// The warning that a file which is no longer planned stays, since someone changed it.
pub(super) fn changed_and_kept(place: &Place, path: &str) -> Diagnostic {
    let message = "this is no longer part of the site, but was changed after Dateline wrote it, and is kept";
    Diagnostic::warning("changed-output", message)
        .in_file(place.shown(path))
        .help("remove it if nobody needs it: from now on it counts as yours")
}

/// The error that a page came to nothing without a reason given.
pub(super) fn not_rendered(path: &str) -> Diagnostic {
    Diagnostic::error("not-rendered", format!("the page '{path}' could not be rendered"))
}

/// Adds to the failure of a build's last phase what it means for the output.
pub(super) fn half_done(failure: Diagnostic) -> Diagnostic {
    failure.note("some pages may have taken their places already; the next build goes on from there")
}

fn named(problem: Diagnostic, place: &Place, paths: &[&str]) -> Diagnostic {
    let problem = paths.iter().take(NAMED).fold(problem, |problem, path| problem.note(place.shown(path)));
    match paths.len().saturating_sub(NAMED) {
        0 => problem,
        more => problem.note(format!("and {more} more")),
    }
}
