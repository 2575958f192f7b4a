//! `dateline new`: a site that builds at once, with three articles that explain it, and the workflow that publishes it.

mod defaults;
mod files;
mod fill;
mod place;
mod shell;
mod steps;
mod workflow;

pub use self::workflow::Action;

use self::files::UNKNOWN;
use self::place::{Place, Remote};
use self::workflow::Workflow;
use super::args::{Global, MessageFormat, NewArgs};
use super::making::Making;
use super::{clock, lines, report, terminal};
use crate::deploy::{GitHubRepository, WORKFLOW};
use crate::diagnostic::Diagnostic;
use crate::visible::shown_path;
use std::fs;
use std::io;
use std::path::Path;

/// Makes the site, and says what was made and what to do next.
pub(super) fn run(global: &Global, args: &NewArgs) -> u8 {
    let folder = shown_path(&global.root, &args.directory);
    let made = match new(&folder, args) {
        Ok(made) => made,
        Err(problem) => return report::show(global, &mut [problem], false),
    };
    let text = match global.message_format {
        MessageFormat::Json => {
            let line = |path: &String| {
                lines::object(&serde_json::json!({ "created": folder.join(path) }).to_string())
            };
            made.files.iter().map(line).collect()
        }
        _ if global.quiet => String::new(),
        _ => steps::welcome(&steps::Made {
            folder: &folder,
            files: &made.files,
            workflow: &made.workflow,
            kept: made.kept,
            place: made.home.place.as_ref(),
            github: made.home.github.as_ref(),
            domain: args.domain.as_deref(),
            base_url: &made.base_url,
            has_action: made.has_action,
        }),
    };
    terminal::status(terminal::out(&text))
}

/// What was made.
#[derive(Debug)]
struct Made {
    /// The files, from the site's folder.
    files: Vec<String>,
    /// The workflow, from there.
    workflow: String,
    /// Whether a workflow was there already, and is none of the files.
    kept: bool,
    /// Whether the workflow has an action to name.
    has_action: bool,
    base_url: String,
    home: Home,
}

/// Where the site will live.
#[derive(Debug)]
struct Home {
    /// The git repository that its folder is in already.
    place: Option<Place>,
    /// The repository on GitHub.
    github: Option<GitHubRepository>,
}

/// Makes the site in `folder`.
fn new(folder: &Path, args: &NewArgs) -> Result<Made, Diagnostic> {
    refuse_what_is_there(folder)?;
    let zone = defaults::machine_zone();
    let today = clock::now(None)?.resolve(zone).0.day();
    let home = home(folder, args.github.as_ref())?;
    let base_url = match (&args.domain, &home.github) {
        (Some(domain), _) => Some(format!("https://{domain}/")),
        (None, github) => github.as_ref().map(GitHubRepository::base_url),
    };
    let mut files = files::files(&defaults::site_title(folder), base_url.as_deref(), zone, today);
    let below = home.place.as_ref().map_or("", |place| &place.below);
    let up = "../".repeat(below.split('/').filter(|name| !name.is_empty()).count());
    let path = format!("{up}{WORKFLOW}");
    let top = home.place.as_ref().map_or(folder, |place| &place.top);
    let kept = top.join(WORKFLOW).symlink_metadata().is_ok();
    let action = args.action.clone().or_else(Action::of_this_program);
    if !kept {
        let branch = home.place.as_ref().map_or("main", |place| &place.branch);
        let text =
            workflow::text(&Workflow { branch, below, timezone: zone.name(), action: action.as_ref() });
        files.push((path.clone(), text));
    }
    write(folder, &files)?;
    Ok(Made {
        files: files.into_iter().map(|(path, _)| path).collect(),
        workflow: path,
        kept,
        has_action: action.is_some(),
        base_url: base_url.unwrap_or_else(|| UNKNOWN.to_owned()),
        home,
    })
}

/// Writes all of the files, or none.
fn write(folder: &Path, files: &[(String, String)]) -> Result<(), Diagnostic> {
    let mut making = Making::default();
    for (path, text) in files {
        making.file(&folder.join(path), text).map_err(|error| {
            let message = format!("the site cannot be made in '{}': {error}", folder.display());
            Diagnostic::error("unwritable", message)
                .help("nothing was left behind; choose a folder that you may write to")
        })?;
    }
    making.keep();
    Ok(())
}

/// Settles where the site will live. A folder inside a repository becomes a part of it, unless another repository
/// was asked for: then it will be one of its own.
fn home(folder: &Path, asked: Option<&GitHubRepository>) -> Result<Home, Diagnostic> {
    let place = place::find(folder);
    let Some(asked) = asked else {
        let github = place.as_ref().and_then(|place| match &place.remote {
            Remote::GitHub(repository) => Some(repository.clone()),
            Remote::Absent | Remote::Other => None,
        });
        return Ok(Home { place, github });
    };
    let github = Some(asked.clone());
    let other = |place: &Place| match &place.remote {
        Remote::Absent => false,
        Remote::GitHub(repository) => !repository.is(asked),
        Remote::Other => true,
    };
    match place {
        Some(place) if other(&place) && place.below.is_empty() => {
            let message =
                format!("the repository '{}' is pushed to another one than {asked}", folder.display());
            Err(Diagnostic::error("other-remote", message)
                .help("leave --github out, or take the remote away first: git remote remove origin"))
        }
        Some(place) if other(&place) => Ok(Home { place: None, github }),
        place => Ok(Home { place, github }),
    }
}

/// A folder that holds anything is left alone. `.git` alone is the mark of a repository that waits for a site.
fn refuse_what_is_there(folder: &Path) -> Result<(), Diagnostic> {
    let shown = folder.display();
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) if error.kind() == io::ErrorKind::NotADirectory => {
            return Err(Diagnostic::error("not-empty", format!("'{shown}' is a file")).help("name a folder"));
        }
        Err(error) => {
            return Err(Diagnostic::error("unreadable", format!("'{shown}' cannot be read: {error}")));
        }
    };
    let names = entries.filter_map(Result::ok).map(|entry| entry.file_name().to_string_lossy().into_owned());
    let mut names: Vec<String> = names.filter(|name| name != ".git").collect();
    names.sort();
    if names.is_empty() {
        return Ok(());
    }
    let more = if names.len() > 3 { format!(" and {} more", names.len() - 3) } else { String::new() };
    let first = &names[..names.len().min(3)];
    Err(Diagnostic::error("not-empty", format!("the folder '{shown}' is not empty"))
        .note(format!("it holds {}{more}", first.join(", ")))
        .help("name a folder that is empty, or not there yet; nothing was changed"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article;
    use crate::config::{self, Overrides};
    use crate::source::{self, SourceTree};

    fn new(folder: &Path) -> Result<Made, Diagnostic> {
        super::new(
            folder,
            &NewArgs { directory: folder.to_owned(), github: None, domain: None, action: None },
        )
    }

    #[test]
    fn the_samples_are_without_fault_and_every_link_has_its_file() {
        let root = tempfile::tempdir().unwrap();
        let made = new(root.path()).unwrap().files;
        let mut problems = Vec::new();
        let settings = source::read_settings(root.path()).unwrap();
        let config = config::load(&settings, &Overrides::default(), &mut problems).unwrap();
        let tree = SourceTree::scan(root.path());
        let stopwatch = crate::stopwatch::Stopwatch::default();
        let documents =
            article::read_all(&tree, &config, &mut article::Library::default(), &stopwatch, &mut problems);
        assert_eq!(problems, []);
        assert_eq!((documents.articles.len(), documents.standing.len()), (3, 1));
        assert_eq!(documents.articles.iter().filter(|article| article.document.draft).count(), 1);
        for path in made.iter().filter(|path| path.ends_with(".md")) {
            let text = fs::read_to_string(root.path().join(path)).unwrap();
            for target in text.split("](@/").skip(1) {
                let target = format!("content/{}", target.split([')', '#']).next().unwrap());
                assert!(made.contains(&target), "{path} links to {target}");
            }
            assert!(!text.contains("{{"), "{path}");
        }
    }

    #[test]
    fn a_folder_that_holds_anything_is_left_alone() {
        let root = tempfile::tempdir().unwrap();
        fs::write(root.path().join("notes.txt"), "mine").unwrap();
        assert_eq!(new(root.path()).unwrap_err().code, "not-empty");
        assert_eq!(new(&root.path().join("notes.txt")).unwrap_err().code, "not-empty");
        assert_eq!(fs::read_dir(root.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_site_is_made_where_there_is_room() {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("deep/down/digest");
        for file in new(&folder).unwrap().files {
            assert!(folder.join(file).is_file());
        }
        let repository = root.path().join("repository");
        fs::create_dir_all(repository.join(".git")).unwrap();
        assert_eq!(new(&repository).unwrap().files.len(), 8);
    }
}
