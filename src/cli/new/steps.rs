//! What `new` says: what was made, and how to publish it. Every indented line is a command to be copied.

use super::place::{Place, Remote};
use super::shell::{quoted, quoted_path};
use super::workflow::scalar;
use crate::cli::dns;
use crate::deploy::GitHubRepository;
use crate::visible;
use std::fmt::Write;
use std::path::Path;

/// What the words depend on.
pub(super) struct Made<'a> {
    /// The site's folder, as it was given.
    pub folder: &'a Path,
    /// The files that were made, from there.
    pub files: &'a [String],
    /// The workflow, from there.
    pub workflow: &'a str,
    /// Whether a workflow of that name was there already, and was left alone.
    pub kept: bool,
    /// The repository that the folder is in already.
    pub place: Option<&'a Place>,
    /// Where it is published, if that is known.
    pub github: Option<&'a GitHubRepository>,
    /// The domain it has there.
    pub domain: Option<&'a str>,
    /// The address of the site to be.
    pub base_url: &'a str,
    /// Whether its workflow has an action to name.
    pub has_action: bool,
}

/// Everything that is said.
pub(super) fn welcome(made: &Made<'_>) -> String {
    let here = made.folder == Path::new(".");
    let shown = made.folder.to_string_lossy();
    let place = if here { "this folder".to_owned() } else { visible::line(&shown).into_owned() };
    let mut text = format!("Made a site in {place}:\n\n");
    for file in made.files {
        let _ = writeln!(text, "  {}", visible::line(file));
    }
    text += "\nSee it in your browser, and every change as you save it:\n\n";
    if !here {
        let _ = writeln!(text, "      cd {}", quoted_path(made.folder));
    }
    text += "      dateline serve --open\n\n";
    text += &notes(made);
    let what =
        if made.kept { "Two steps send it to GitHub" } else { "Three steps publish it on GitHub Pages" };
    let _ = write!(text, "{what}. In {} folder:\n\n", if here { "this" } else { "that" });
    text += &commit(made);
    text += &push(made);
    // What publishes is another's workflow there, of which nothing is known here.
    if !made.kept {
        text += &publish(made);
        text.push('\n');
    }
    if !made.kept {
        let _ = writeln!(
            text,
            "To publish it from this machine instead, leave step 3 out: remove {} and say\n\
             dateline deploy, which builds the site and pushes it to the branch gh-pages.",
            visible::line(made.workflow)
        );
    }
    text + "To publish it elsewhere, set base_url in site.toml: dateline build then makes the website, in public/.\n"
}

/// Under version control.
fn commit(made: &Made<'_>) -> String {
    let mut text = "  1. Put it under version control:\n\n".to_owned();
    let mut add = "git add .".to_owned();
    match made.place {
        None => text += "      git init --initial-branch=main\n",
        Some(place) if !place.below.is_empty() && !made.kept => {
            let _ = write!(add, " {}", quoted_path(made.workflow));
        }
        Some(_) => {}
    }
    text + &format!("      {add}\n      git commit --message \"A new digest\"\n\n")
}

/// At GitHub.
fn push(made: &Made<'_>) -> String {
    let branch = quoted(made.place.map_or("main", |place| &place.branch));
    let push = format!("      git push --set-upstream origin {branch}\n");
    if made.place.is_some_and(|place| place.remote != Remote::Absent) {
        return format!("  2. Send it to GitHub:\n\n{push}\n");
    }
    let (full, name) = match made.github {
        Some(repository) => (repository.to_string(), repository.name.clone()),
        None => (repository_name(made), repository_name(made)),
    };
    let address = match made.github {
        Some(repository) => format!("https://github.com/{repository}.git"),
        None => format!("https://github.com/USER/{name}.git"),
    };
    let source = made.place.filter(|place| !place.below.is_empty());
    let source = source.map_or(".".to_owned(), |place| {
        "../".repeat(place.below.split('/').count()).trim_end_matches('/').to_owned()
    });
    let you = if made.github.is_some() { "" } else { " (USER: your name)" };
    format!(
        "  2. Send it to GitHub, with its command gh:\n\n\
         \x20     gh repo create {full} --public --source={source} --push\n\n\
         \x20    or without it, once you have made the empty repository {name} at https://github.com/new{you}:\n\n\
         \x20     git remote add origin {address}\n{push}\n"
    )
}

/// Switched on.
fn publish(made: &Made<'_>) -> String {
    let (at, place) = match made.github {
        Some(repository) => ("At", format!("https://github.com/{repository}/settings/pages")),
        None => ("In", "the repository's settings there, under Pages,".to_owned()),
    };
    let mut text =
        format!("  3. {at} {place}\n     choose \"GitHub Actions\" as the source of Build and deployment.\n");
    if let (Some(domain), Some(repository)) = (made.domain, made.github) {
        let _ = writeln!(text, "     Under Custom domain, enter {domain}.");
        for line in dns::records(domain, repository) {
            let _ = writeln!(text, "     {line}");
        }
    }
    text += "     Then start the workflow (the run that your push began fails, as there were no pages yet):\n\n\
             \x20     gh workflow run pages.yml\n\n\
             \x20    or, without gh, with Actions ▸ Pages ▸ Run workflow.\n";
    match made.github {
        Some(_) => {
            let _ = writeln!(text, "     In a few minutes the digest is at {}", made.base_url);
        }
        None => {
            text += "     In a few minutes its address stands where you chose the source: make it base_url in site.toml.\n";
        }
    }
    text + "     From then on, every git push publishes.\n"
}

/// What is not as usual.
fn notes(made: &Made<'_>) -> String {
    let mut text = String::new();
    if made.kept {
        let below = made.place.map_or("", |place| &place.below);
        let _ = writeln!(
            text,
            "Note: {} was there already and was left alone. It decides what is published, and\n\
             a repository has one site on GitHub Pages: so this one is not published yet. Give the digest a repository of\n\
             its own, or let that workflow build this folder, with a line under \"with:\" of the step that uses Dateline:\n\
             root: {}\n",
            visible::line(made.workflow),
            visible::line(&scalar(below))
        );
    } else if made.place.is_some_and(|place| !place.below.is_empty()) {
        text += "Note: this folder is part of a repository. GitHub looks for workflows at the top of it alone, so there\n\
                 the workflow is, and builds this folder.\n\n";
    }
    if !made.has_action && !made.kept {
        let user = made.github.map_or("USER", |repository| &repository.user);
        let _ = writeln!(
            text,
            "Note: this copy of Dateline does not know which repository it comes from. So the workflow takes it from\n\
             yours: put a copy of Dateline's source at https://github.com/{user}/dateline first, or make the site with\n\
             --action USER/REPO, which names the repository that has it.\n"
        );
    }
    text
}

/// What a repository could be called, by the folder's name.
fn repository_name(made: &Made<'_>) -> String {
    let folder = made.place.map_or(made.folder, |place| &place.top);
    let absolute = folder.canonicalize().or_else(|_| std::path::absolute(folder)).unwrap_or_default();
    let name = absolute.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let usable = GitHubRepository::parse(&format!("user/{name}"));
    usable.map_or_else(|_| "digest".to_owned(), |repository| repository.name)
}
