//! `dateline add`: a new article, its front matter filled in.
//!
//! The file is `content/articles/YYYY/MM/YYYY-MM-DD-slug.md`: the date keeps a month's files in order, and lets a
//! headline come back on another day.

use super::args::{AddArgs, Global, MessageFormat};
use super::making::Making;
use super::{clock, editor, lines, report, terminal};
use crate::article::{self, Library};
use crate::config::{self, Config, Overrides};
use crate::date::{Given, Moment};
use crate::diagnostic::{Diagnostic, any_error};
use crate::source::{self, SourceTree};
use crate::stopwatch::Stopwatch;
use crate::visible::shown_path;
use chrono::NaiveDate;
use std::io;
use std::path::Path;
use toml_writer::{ToTomlValue, TomlStringBuilder};

/// Adds the article, prints its path, and opens it where that was asked.
pub(super) fn run(global: &Global, args: &AddArgs) -> u8 {
    let mut added = match add(global, args) {
        Ok(added) => added,
        Err(mut problems) => return report::show(global, &mut problems, false),
    };
    let path = shown_path(&global.root, &added.path);
    let status = terminal::status(terminal::out(&match global.message_format {
        MessageFormat::Json => lines::object(&serde_json::json!({ "created": path }).to_string()),
        _ => format!("{}\n", path.display()),
    }));
    report::show(global, &mut added.warnings, false);
    terminal::say(global, &hints(global, args, &added));
    let edited = added.editor.map_or(Ok(()), |editor| editor::open(&editor, &path));
    match edited {
        Ok(()) => status,
        Err(problem) => report::show(global, &mut [problem], false),
    }
}

/// The path of an article's file, from the site's folder.
pub(super) fn article_path(day: NaiveDate, slug: &str) -> String {
    format!("content/articles/{}/{day}-{slug}.md", day.format("%Y/%m"))
}

/// Text as a TOML string on one line, in double quotes whatever it holds: the form an editor knows how to change.
pub(super) fn quoted(text: &str) -> String {
    TomlStringBuilder::new(text).as_basic().to_toml_value()
}

/// What was added.
struct Added {
    /// The file, from the site's folder.
    path: String,
    /// What a build would warn of.
    warnings: Vec<Diagnostic>,
    /// The command to open it with, where that was asked.
    editor: Option<editor::Editor>,
    /// Whether it is dated ahead.
    is_scheduled: bool,
}

fn add(global: &Global, args: &AddArgs) -> Result<Added, Vec<Diagnostic>> {
    let config = load(&global.root)?;
    let editor = args.edit.then(editor::find).transpose().map_err(one)?;
    let now = clock::now(None).map_err(one)?.resolve(config.timezone).0;
    let date = args.date.map_or(now, |given| given.resolve(config.timezone).0);
    if !date.has_plain_year() {
        return Err(one(Diagnostic::error("bad-date", "the year must have four digits")));
    }
    let text = front_matter(args, &written(args.date, &now));
    let path = free_path(&global.root, &config, args, date.day()).map_err(one)?;
    let warnings = write(&global.root, &path, &text, &args.title, &config)?;
    Ok(Added { path, warnings, editor, is_scheduled: date.is_after(&now) })
}

fn one(problem: Diagnostic) -> Vec<Diagnostic> {
    vec![problem]
}

fn load(root: &Path) -> Result<Config, Vec<Diagnostic>> {
    let mut problems = Vec::new();
    let config =
        config::load(&source::read_settings(root).map_err(one)?, &Overrides::default(), &mut problems);
    config.filter(|_| !any_error(&problems)).ok_or(problems)
}

/// The date as it is written into the file: as it was given, else now, to the minute.
fn written(given: Option<Given>, now: &Moment) -> String {
    given.map_or_else(|| now.instant().format("%Y-%m-%dT%H:%M:00%:z").to_string(), |given| given.to_string())
}

/// The whole file: what is known as values, what an article may have besides as lines to fill in.
fn front_matter(args: &AddArgs, date: &str) -> String {
    let value = |key: &str, value: &Option<String>, example: &str| match value {
        Some(value) => format!("{key} = {}\n", quoted(value)),
        None => format!("# {key} = \"{example}\"\n"),
    };
    let tags: Vec<String> = args.tags.iter().map(|tag| quoted(tag)).collect();
    let mut text = format!("+++\ntitle = {}\ndate = {date}\n", quoted(&args.title));
    text += &value("place", &args.place, "Beijing");
    text += &value("section", &args.section, "World");
    text += &format!("tags = [{}]\n", tags.join(", "));
    let source = [("name", &args.source), ("url", &args.url)];
    let source =
        source.into_iter().filter_map(|(key, value)| Some(format!("{key} = {}", quoted(value.as_ref()?))));
    match source.collect::<Vec<_>>().join(", ") {
        none if none.is_empty() => {
            text += "# source = { name = \"The paper\", url = \"https://example.org/story\" }\n";
        }
        source => text += &format!("source = {{ {source} }}\n"),
    }
    text += "# summary = \"One or two sentences; without them, the first paragraph serves.\"\n";
    if args.draft {
        text += "draft = true\n";
    }
    text + "+++\n\n"
}

/// The path for an article of that day, which must be free: as a file, and as a folder with its pictures.
fn free_path(root: &Path, config: &Config, args: &AddArgs, day: NaiveDate) -> Result<String, Diagnostic> {
    let slug = args.slug.clone().unwrap_or_else(|| config.slug(&args.title));
    if slug.is_empty() {
        let message = format!("the headline '{}' has no letters to name a file after", args.title);
        return Err(
            Diagnostic::error("empty-slug", message).help("name it yourself, such as --slug first-item")
        );
    }
    let taken = |slug: &str| {
        let file = article_path(day, slug);
        let bundle = format!("{}/index.md", file.trim_end_matches(".md"));
        [file, bundle].into_iter().find(|path| root.join(path).symlink_metadata().is_ok())
    };
    match taken(&slug) {
        None => Ok(article_path(day, &slug)),
        Some(file) => {
            let free = (2..1_000).map(|n| format!("{slug}-{n}")).find(|slug| taken(slug).is_none());
            let name = free.unwrap_or_else(|| "another-name".to_owned());
            Err(Diagnostic::error("exists", "there is an article of that name and day already")
                .in_file(file)
                .help(format!("change that one, or name this one: --slug {name}")))
        }
    }
}

/// Makes the file and reads it back as a build would, so that none is left that a build would refuse. What a
/// build would only warn of comes back.
fn write(
    root: &Path,
    path: &str,
    text: &str,
    title: &str,
    config: &Config,
) -> Result<Vec<Diagnostic>, Vec<Diagnostic>> {
    let mut making = Making::default();
    making.file(&root.join(path), text).map_err(|error| {
        one(match error.kind() {
            io::ErrorKind::AlreadyExists => {
                Diagnostic::error("exists", "another run made this file just now").in_file(path)
            }
            _ => Diagnostic::error("unwritable", format!("cannot be made: {error}")).in_file(path),
        })
    })?;
    let mut tree = SourceTree::unwalked(root);
    tree.refresh([path]);
    let mut problems = Vec::new();
    let read =
        article::read_all(&tree, config, &mut Library::default(), &Stopwatch::default(), &mut problems);
    if any_error(&problems) {
        return Err(problems);
    }
    let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    if read.articles.first().is_none_or(|article| words(&article.document.title) != words(title)) {
        return Err(one(Diagnostic::error("bad-title", format!("the headline '{title}' cannot be written"))));
    }
    making.keep();
    Ok(problems)
}

/// What to do next.
fn hints(global: &Global, args: &AddArgs, added: &Added) -> String {
    let mut text = String::new();
    if args.date.is_none() && clock::is_overruled() {
        text += "Its date is that of SOURCE_DATE_EPOCH.\n";
    }
    if !args.edit {
        text += "Write its text under the second +++ line.\n";
    }
    let (why, options) = match (args.draft, added.is_scheduled) {
        (false, false) => return text,
        (true, false) => ("It is a draft", "--drafts"),
        (false, true) => ("It is dated ahead", "--scheduled"),
        (true, true) => ("It is a draft and dated ahead", "--drafts --scheduled"),
    };
    let root =
        if global.root == Path::new(".") { String::new() } else { format!(" -C {}", global.root.display()) };
    text + &format!("{why}: dateline{root} build {options} shows it.\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::args::{Cli, Command};
    use clap::Parser;

    fn args(line: &[&str]) -> AddArgs {
        match Cli::try_parse_from(["dateline", "add"].iter().chain(line)).unwrap().command {
            Command::Add(args) => *args,
            _ => unreachable!("this is add"),
        }
    }

    fn site() -> (tempfile::TempDir, Config) {
        let text = "base_url = 'https://a.b/'\ntitle = 'A'\ntimezone = 'Europe/Berlin'";
        let config = config::load(text, &Overrides::default(), &mut Vec::new());
        (tempfile::tempdir().unwrap(), config.unwrap())
    }

    fn noon() -> Moment {
        Given::parse("2021-11-25T12:00:31+01:00").unwrap().resolve(chrono_tz::Europe::Berlin).0
    }

    #[test]
    fn any_headline_makes_valid_front_matter() {
        let mut nasty: Vec<String> = [
            "Plain",
            "\"Quoted\"",
            "It's \"both\"",
            "'",
            "\"",
            "\"\"\"",
            "'''",
            "back\\slash\\",
            "\\u0041 \\n",
            "+++",
            "---",
            "a # b",
            "= [x] {y}",
            "\u{0}\u{1}\u{7}\u{1b}[31m\u{7f}\u{85}x",
            "😀 👩\u{200d}👧",
            "\u{202e}rtl",
            "خبریں",
            "\u{feff}bom",
            "a\u{2028}b",
            "{{ title }}",
            "$(rm -rf /) `x` %n",
        ]
        .map(str::to_owned)
        .into();
        nasty.push("long ".repeat(50_000));
        nasty.push("a\n+++\nb".to_owned());
        nasty.extend((1..0x250).filter_map(char::from_u32).map(|c| format!("<{c}>")));
        let (root, config) = site();
        for (number, title) in nasty.into_iter().enumerate() {
            let (place, source) = (format!("--place={title}"), format!("--source={title}"));
            let line = ["x", "-t", "\"\\\n'", &place, &source];
            let args = AddArgs { title: args(&["--", &title]).title, ..args(&line) };
            let path = format!("content/articles/{number}.md");
            let read = write(root.path(), &path, &front_matter(&args, "2021-11-25"), &args.title, &config);
            assert_eq!(read, Ok(Vec::new()), "{title:?}");
        }
    }

    #[test]
    fn what_was_given_is_written() {
        let line = [
            "A \"B\"",
            "-t",
            "One",
            "--tag",
            "Two",
            "--source",
            "Reuters",
            "--url",
            "https://a.b/",
            "--draft",
        ];
        let text = front_matter(&args(&line), "2021-11-25");
        let expected = r#"+++
title = "A \"B\""
date = 2021-11-25
# place = "Beijing"
# section = "World"
tags = ["One", "Two"]
source = { name = "Reuters", url = "https://a.b/" }
# summary = "One or two sentences; without them, the first paragraph serves."
draft = true
+++

"#;
        assert_eq!(text, expected);
    }

    #[test]
    fn the_examples_are_valid_when_they_are_uncommented() {
        let (root, config) = site();
        let text = front_matter(&args(&["A"]), "2021-11-25").replace("\n# ", "\n");
        assert_eq!(write(root.path(), "content/articles/a.md", &text, "A", &config), Ok(Vec::new()));
    }

    #[test]
    fn what_a_build_would_refuse_is_not_kept() {
        let (root, config) = site();
        let text = front_matter(&args(&["A"]), "2021-11-25").replace("tags", "tagz");
        let problems = write(root.path(), "content/articles/a.md", &text, "A", &config).unwrap_err();
        assert_eq!(problems[0].code, "unknown-key");
        assert!(!root.path().join("content").exists());
    }

    #[test]
    fn dates_are_written_as_they_were_given() {
        let written = |text: &str| written(Given::parse(text), &noon());
        assert_eq!(written("2021-11-25"), "2021-11-25");
        assert_eq!(written("2021-11-25 10:30"), "2021-11-25T10:30:00");
        assert_eq!(written("2021-11-25T10:30:05.5Z"), "2021-11-25T10:30:05Z");
        assert_eq!(written("none"), "2021-11-25T12:00:00+01:00");
    }

    #[test]
    fn an_article_lies_under_its_day() {
        let (root, config) = site();
        let day = noon().day();
        let file =
            |path: &str| write(root.path(), path, "+++\ntitle = 'A'\ndate = 2021-11-25\n+++", "A", &config);
        let path = |line: &[&str]| free_path(root.path(), &config, &args(line), day);
        let expected = "content/articles/2021/11/2021-11-25-zurich-votes.md";
        assert_eq!(path(&["Zürich votes!"]).unwrap(), expected);
        assert_eq!(path(&["A", "--slug", "C++"]).unwrap(), "content/articles/2021/11/2021-11-25-C++.md");
        assert_eq!(path(&["?!"]).unwrap_err().code, "empty-slug");
        file(expected).unwrap();
        assert_eq!(file(expected).unwrap_err()[0].code, "exists");
        let clash = path(&["Zürich: votes"]).unwrap_err();
        assert_eq!((&*clash.code, clash.file.as_deref()), ("exists", Some(expected)));
        assert!(clash.help.unwrap().ends_with("--slug zurich-votes-2"));
        file("content/articles/2021/11/2021-11-25-b/index.md").unwrap();
        assert_eq!(path(&["B"]).unwrap_err().code, "exists");
    }
}
