//! `dateline new`: a site that builds at once, with three articles that explain it, and the workflow that publishes it.

mod place;
mod steps;
mod workflow;

pub use self::workflow::Action;

use self::place::{Place, Remote};
use self::workflow::Workflow;
use super::add::{article_path, quoted};
use super::args::{Global, MessageFormat, NewArgs};
use super::making::Making;
use super::{clock, lines, report, terminal};
use crate::deploy::{GitHubRepository, WORKFLOW};
use crate::diagnostic::Diagnostic;
use crate::visible::shown_path;
use chrono::NaiveDate;
use chrono_tz::Tz;
use std::borrow::Cow;
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
    let zone = machine_zone();
    let today = clock::now(None)?.resolve(zone).0.day();
    let home = home(folder, args.github.as_ref())?;
    let base_url = match (&args.domain, &home.github) {
        (Some(domain), _) => Some(format!("https://{domain}/")),
        (None, github) => github.as_ref().map(GitHubRepository::base_url),
    };
    let mut files = files(&site_title(folder), base_url.as_deref(), zone, today);
    let below = home.place.as_ref().map_or("", |place| &place.below);
    let up = "../".repeat(below.split('/').filter(|name| !name.is_empty()).count());
    let path = format!("{up}{}", WORKFLOW);
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

/// The zone that `TZ`, else the machine's settings, name; UTC where that is none the tz database knows.
fn machine_zone() -> Tz {
    let set = std::env::var("TZ").ok().and_then(|name| name.trim_start_matches(':').parse().ok());
    set.or_else(|| iana_time_zone::get_timezone().ok()?.parse().ok())
        .filter(|zone| *zone != Tz::Etc__UTC)
        .unwrap_or(Tz::UTC)
}

/// `my-digest` → `My digest`.
fn site_title(folder: &Path) -> String {
    let absolute = folder.canonicalize().or_else(|_| std::path::absolute(folder)).unwrap_or_default();
    let name = absolute.file_name().map_or(Cow::Borrowed(""), |name| name.to_string_lossy());
    let words = name.split(|c: char| c.is_whitespace() || c.is_control() || matches!(c, '-' | '_'));
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    let title = words.join(" ");
    let mut letters = title.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => "News digest".to_owned(),
    }
}

/// The address of a site whose own nobody knows yet.
const UNKNOWN: &str = "https://example.org/";

/// Every file of a new site but its workflow: its path and its text.
fn files(title: &str, base_url: Option<&str>, zone: Tz, today: NaiveDate) -> Vec<(String, String)> {
    let yesterday = today.pred_opt().unwrap_or(today);
    let articles = [
        article_path(today, "your-first-item"),
        article_path(yesterday, "how-a-source-is-credited"),
        article_path(today, "how-a-draft-works"),
    ];
    let values = [
        ("first", articles[0].replacen("content/", "@/", 1)),
        ("second", articles[1].replacen("content/", "@/", 1)),
        ("draft", articles[2].clone()),
        ("today", today.to_string()),
        ("yesterday", yesterday.to_string()),
        ("timezone", quoted(zone.name())),
        ("base_url", quoted(base_url.unwrap_or(UNKNOWN))),
        ("change", if base_url.is_some() { "." } else { ": change it before you publish." }.to_owned()),
        ("title", title.to_owned()),
        ("quoted title", quoted(title)),
    ];
    let fill = |text| fill(text, &values);
    let [first, second, draft] = articles.clone();
    vec![
        ("site.toml".to_owned(), fill(include_str!("new/site.toml"))),
        (first, fill(include_str!("new/first.md"))),
        (second, fill(include_str!("new/source.md"))),
        (draft, fill(include_str!("new/draft.md"))),
        ("content/pages/about.md".to_owned(), fill(include_str!("new/about.md"))),
        (".gitignore".to_owned(), "/public/\n/.dateline/\n".to_owned()),
        ("README.md".to_owned(), fill(include_str!("new/README.md"))),
    ]
}

/// Puts values where a text names them in double braces; what a value holds is not looked at again.
fn fill(text: &str, values: &[(&str, String)]) -> String {
    let mut filled = String::with_capacity(text.len());
    let mut pieces = text.split("{{");
    filled += pieces.next().unwrap_or_default();
    for piece in pieces {
        let (name, rest) = piece.split_once("}}").unwrap_or((piece, ""));
        filled.extend(values.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_str()));
        filled += rest;
    }
    filled
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article;
    use crate::config::{self, Overrides};
    use crate::source::{self, SourceTree};

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn new(folder: &Path) -> Result<Made, Diagnostic> {
        super::new(
            folder,
            &NewArgs { directory: folder.to_owned(), github: None, domain: None, action: None },
        )
    }

    #[test]
    fn the_settings_of_a_new_site_are_valid_whatever_its_name() {
        for title in ["My digest", "\"It's\" {{title}} \\", "خبریں", "{{timezone}}"] {
            let files = files(title, None, Tz::Europe__Berlin, day("2026-01-01"));
            let mut problems = Vec::new();
            let config = config::load(&files[0].1, &Overrides::default(), &mut problems).unwrap();
            assert_eq!(problems, []);
            assert_eq!((config.title.as_str(), config.timezone), (title, Tz::Europe__Berlin));
        }
    }

    #[test]
    fn no_line_of_the_settings_is_wrong_when_it_is_uncommented() {
        let files = files("A", None, Tz::UTC, day("2026-01-01"));
        let text: String =
            files[0].1.lines().map(|line| format!("{}\n", line.trim_start_matches("#: "))).collect();
        let mut problems = Vec::new();
        config::load(&text, &Overrides::default(), &mut problems);
        assert_eq!(problems, [], "{text}");
    }

    #[test]
    fn the_samples_are_without_fault_and_every_link_has_its_file() {
        let root = tempfile::tempdir().unwrap();
        let made = new(root.path()).unwrap().files;
        let mut problems = Vec::new();
        let settings = source::read_settings(root.path()).unwrap();
        let config = config::load(&settings, &Overrides::default(), &mut problems).unwrap();
        let tree = SourceTree::scan(root.path());
        let documents = article::read_all(&tree, &config, &mut article::Library::default(), &mut problems);
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
    fn yesterday_may_lie_in_another_year() {
        let files = files("A", None, Tz::UTC, day("2026-01-01"));
        assert!(files[2].0.ends_with("2025/12/2025-12-31-how-a-source-is-credited.md"));
    }

    #[test]
    fn the_title_comes_from_the_name_of_the_folder() {
        assert_eq!(site_title(Path::new("/no/such/my-daily_digest")), "My daily digest");
        assert_eq!(site_title(Path::new("/no/such/élan")), "Élan");
        assert_eq!(site_title(Path::new("/no/such/---")), "News digest");
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
