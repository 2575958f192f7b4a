//! `dateline add`: a new article, its front matter filled in.
//!
//! The file is `content/articles/YYYY/MM/YYYY-MM-DD-slug.md`: the date keeps a month's files in order, and lets a
//! headline come back on another day.

use super::args::{AddArgs, Global, MessageFormat};
use super::article_file::{free_path, load, one, write};
use super::{clock, editor, lines, report, terminal};
use crate::article::quoted;
use crate::date::{Given, Moment};
use crate::diagnostic::Diagnostic;
use crate::visible::shown_path;
use std::path::Path;

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
    let slug = args.slug.clone().unwrap_or_else(|| config.slug(&args.title));
    let path = free_path(&global.root, &slug, &args.title, date.day()).map_err(one)?;
    let warnings = write(&global.root, &path, &text, &args.title, &config)?;
    Ok(Added { path, warnings, editor, is_scheduled: date.is_after(&now) })
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
    use crate::config::{self, Config, Overrides};
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
}
