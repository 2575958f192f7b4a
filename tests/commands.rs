//! The commands as a person or a script meets them: what they make, what they refuse, what they say and where.

mod common;

use common::{Site, files, stderr, stdout};
use std::fs;
use std::process::Output;

fn well(output: Output) -> Output {
    assert!(output.status.success(), "{}\n{}", stdout(&output), stderr(&output));
    output
}

#[test]
fn timings_are_printed_for_whoever_asks() {
    let site = Site::new();
    site.article("one.md", "2021-11-25", "", "Text.");
    let output = site.build(&["--timings"]);
    let said = stdout(&output);
    for line in ["walk", "parse", "render", "total"] {
        assert!(said.lines().any(|said| said.starts_with(line)), "{line}: {said}");
    }
    assert!(
        said.contains("article.html, 1 page\n") && said.contains("   2021/11/25/one/index.html\n"),
        "{said}"
    );
    let output = site.build(&["--timings", "--message-format", "json", "--output", "another"]);
    let line: serde_json::Value = serde_json::from_str(stdout(&output).trim()).expect("it is an object");
    let pages = line["timings"]["phases"].as_array().expect("they are a list");
    let render = pages.iter().find(|phase| phase["phase"] == "render").expect("pages are rendered");
    assert!(render["count"].as_u64() > Some(10) && render["seconds"].as_f64() > Some(0.0), "{render}");
    assert!(stdout(&site.build(&[])).is_empty(), "nobody asked");
}

#[test]
fn a_new_site_builds_without_a_warning() {
    let place = Site::empty();
    for name in ["digest", "deep/down/it's a \"digest\" {{x}}", "خبریں"] {
        let made = stdout(&well(place.run(&["new", name])));
        assert!(made.contains("site.toml") && made.contains("dateline build"), "{made}");
        let built = stderr(&well(place.run(&["-C", name, "build", "--strict"])));
        assert!(built.starts_with("Built 2 articles, "), "{built}");
        let built = stderr(&well(place.run(&["-C", name, "build", "--strict", "--drafts"])));
        assert!(built.starts_with("Built 3 articles, "), "{built}");
        assert!(place.path().join(name).join("public/index.html").exists());
    }
    assert!(place.read("digest/site.toml").contains("title = \"Digest\""));
}

#[test]
fn a_new_site_takes_zone_and_day_from_the_machine() {
    let place = Site::empty();
    let mut command = place.command(&["new", "."]);
    // Eleven at night in London is tomorrow in Kiritimati.
    let output = command.env("TZ", "Pacific/Kiritimati").env("SOURCE_DATE_EPOCH", "1637881200").output();
    well(output.expect("the binary runs"));
    assert!(place.read("site.toml").contains("timezone = \"Pacific/Kiritimati\""));
    let articles = files(&place.path().join("content/articles"));
    assert!(articles.keys().any(|path| path.starts_with("2021/11/2021-11-26-")), "{:?}", articles.keys());
}

#[test]
fn new_refuses_a_folder_that_holds_anything() {
    for (path, text) in [("notes.txt", "mine"), (".hidden", "mine"), ("site.toml", "")] {
        let place = Site::empty();
        place.write(path, text);
        let before = files(place.path());
        for target in [".", "notes.txt"] {
            let output = place.run(&["new", target]);
            if target == "." || path == target {
                assert_eq!(output.status.code(), Some(1), "{path} {target}");
                assert!(!stderr(&output).is_empty() && stdout(&output).is_empty());
                assert_eq!(files(place.path()), before, "{path} {target}");
            }
        }
    }
    let place = Site::empty();
    place.write(".git/HEAD", "ref");
    well(place.run(&["new", "."]));
}

/// The one article of a site, read back by a build: its file, and its page's structured data.
fn built_article(site: &Site) -> (String, serde_json::Value) {
    let output = site.run(&["build", "--strict", "--scheduled", "--drafts"]);
    well(output);
    let sources = files(&site.path().join("content/articles"));
    assert_eq!(sources.len(), 1, "{:?}", sources.keys());
    let (path, _) = sources.into_iter().next().expect("there is one");
    let pages = files(&site.output());
    let is_article = |path: &&String| path.starts_with("20") && path.matches('/').count() == 4;
    let page = pages.keys().find(is_article).expect("it has a page");
    let page = common::html::Html::parse(std::str::from_utf8(&pages[page]).expect("UTF-8"));
    (path, page.node("NewsArticle"))
}

#[test]
fn any_headline_becomes_an_article_that_builds() {
    let headlines = [
        "Plain",
        "\"Quoted\" and 'so' \\ back\\slash",
        "+++ a",
        "a --- # title = \"x\"",
        "<script>alert(1)</script> & more",
        "{{ nothing }} {% raw %}",
        "خبریں: پاکستان",
        "中文标题",
        "👩‍👩‍👧 and é",
        "100% of #1?/..\\x",
        "a\tb\nc",
        "\u{1b}[31mred",
        "''' x \"\"\" '''",
    ];
    for headline in headlines {
        let site = Site::new();
        let output = site.run(&["add", headline, "--date", "2021-11-25"]);
        let path = stdout(&well(output));
        assert!(
            path.starts_with("content/articles/2021/11/2021-11-25-") && path.ends_with(".md\n"),
            "{path}"
        );
        let (_, data) = built_article(&site);
        let expected: Vec<&str> = headline.split([' ', '\t', '\n']).collect();
        let expected = expected.join(" ").replace('\u{1b}', "");
        assert_eq!(data["headline"], expected, "{headline:?}");
    }
    let long = "Long ".repeat(200);
    let site = Site::new();
    well(site.run(&["add", &long]));
    assert_eq!(built_article(&site).1["headline"], long.trim());
}

#[test]
fn every_option_of_add_reaches_the_article() {
    let site = Site::new();
    let options = [
        "add",
        "What happened",
        "--tag",
        "R&D",
        "-t",
        "C \"x\"",
        "--source",
        "The \\ Paper",
        "--url",
        "https://p.example/?a=1&b=\"2\"#x",
        "--place",
        "Zürich",
        "--section",
        "World's",
        "--date",
        "2021-11-25T10:30:00+08:00",
        "--slug",
        "own-slug",
        "--draft",
    ];
    let output = well(site.run(&options));
    assert_eq!(stdout(&output), "content/articles/2021/11/2021-11-25-own-slug.md\n");
    assert!(stderr(&output).contains("--drafts"), "{}", stderr(&output));
    assert!(site.read("content/articles/2021/11/2021-11-25-own-slug.md").contains("draft = true"));
    let (_, data) = built_article(&site);
    assert_eq!(data["headline"], "What happened");
    assert_eq!(data["keywords"], serde_json::json!(["R&D", "C \"x\""]));
    assert_eq!(data["isBasedOn"]["url"], "https://p.example/?a=1&b=\"2\"#x");
    assert_eq!((&data["dateline"], &data["articleSection"]), (&"Zürich".into(), &"World's".into()));
    assert_eq!(data["datePublished"], "2021-11-25T02:30:00Z");
    assert!(site.output().join("2021/11/25/own-slug/index.html").exists());
    assert!(site.output().join("sources/the-paper/index.html").exists());
}

#[test]
fn add_never_overwrites_and_leaves_nothing_behind() {
    let site = Site::new();
    let add = ["add", "Same", "--date", "2021-11-25"];
    well(site.run(&add));
    let before = files(site.path());
    let output = site.run(&add);
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains("--slug same-2") && stdout(&output).is_empty(), "{}", stderr(&output));
    well(site.run(&["add", "Same", "--date", "2021-11-26"]));
    fs::remove_file(site.path().join("content/articles/2021/11/2021-11-26-same.md")).expect("it was made");
    for wrong in [vec!["add", "!!!"], vec!["add", "x", "--edit"]] {
        assert_eq!(site.run(&wrong).status.code(), Some(1), "{wrong:?}");
        assert_eq!(files(site.path()), before, "{wrong:?}");
    }
    let nowhere = Site::empty();
    assert_eq!(nowhere.run(&["add", "x"]).status.code(), Some(1));
    assert!(files(nowhere.path()).is_empty());
}

#[cfg(unix)]
#[test]
fn add_opens_the_editor_that_was_chosen() {
    use std::os::unix::fs::PermissionsExt;
    let site = Site::new();
    site.write(
        "my editor",
        "#!/bin/sh\nprintf '%s|' \"$@\" > \"$0.log\"\nfor file; do :; done\necho 'By hand.' >> \"$file\"\n",
    );
    let script = site.path().join("my editor");
    fs::set_permissions(&script, fs::Permissions::from_mode(0o755)).expect("it can be made a program");
    let command = format!("'{}' --wait", script.display());
    let mut add = site.command(&["add", "Opened", "--date", "2021-11-25", "--edit"]);
    well(add.env("EDITOR", "false").env("VISUAL", &command).output().expect("the binary runs"));
    let file = site.path().join("content/articles/2021/11/2021-11-25-opened.md");
    assert!(fs::read_to_string(&file).expect("it was made").ends_with("+++\n\nBy hand.\n"));
    let log = site.read("my editor.log");
    let (first, rest) = log.split_once('|').expect("two arguments");
    assert_eq!(first, "--wait");
    assert_eq!(fs::canonicalize(rest.trim_end_matches('|')).ok(), fs::canonicalize(&file).ok());
    // An editor that fails is said so, and the article stays.
    let mut add = site.command(&["add", "Failed", "--date", "2021-11-25", "--edit"]);
    let output = add.env("EDITOR", "false").output().expect("the binary runs");
    assert_eq!(output.status.code(), Some(1));
    assert!(site.path().join("content/articles/2021/11/2021-11-25-failed.md").exists());
}

#[test]
fn there_are_completions_for_every_shell() {
    let place = Site::empty();
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let output = well(place.run(&["completions", shell]));
        for word in ["dateline", "completions", "base-url", "message-format"] {
            assert!(stdout(&output).contains(word), "{shell}: {word}");
        }
        assert_eq!(stderr(&output), "", "{shell}");
    }
    assert_eq!(place.run(&["completions", "tcsh"]).status.code(), Some(2));
}

#[test]
fn the_help_names_every_option() {
    let place = Site::empty();
    let global = ["--root", "-C", "--message-format", "--quiet", "-q", "--verbose", "-v", "--help"];
    let own: [(&str, &[&str]); 4] = [
        ("new", &["<DIR>", "--github", "--domain", "--action"]),
        (
            "add",
            &[
                "--tag",
                "--source",
                "--url",
                "--place",
                "--section",
                "--date",
                "--slug",
                "--draft",
                "--edit",
                "<HEADLINE>",
            ],
        ),
        (
            "build",
            &[
                "--output",
                "--base-url",
                "--drafts",
                "--scheduled",
                "--expired",
                "--now",
                "--strict",
                "--adopt",
                "Exit status",
            ],
        ),
        ("completions", &["<SHELL>", "bash", "zsh", "fish"]),
    ];
    let overview = stdout(&well(place.run(&["--help"])));
    for (command, options) in own {
        assert!(overview.contains(command), "{command}");
        let help = stdout(&well(place.run(&[command, "--help"])));
        for option in options.iter().chain(&global) {
            assert!(help.contains(option), "{command} --help does not name {option}");
        }
        assert!(help.contains("Examples:"), "{command}");
        assert_eq!(help, stdout(&well(place.run(&["help", command]))), "{command}");
        // No option that the help shows is without a word.
        let bare = help.lines().filter(|line| line.trim_start().starts_with("--"));
        for line in bare.filter(|line| !line.contains("  ")) {
            let after = help.split(line).nth(1).unwrap_or_default();
            assert!(after.trim_start_matches('\n').starts_with("  "), "{command}: {line}");
        }
    }
    assert!(stdout(&well(place.run(&["--version"]))).starts_with("dateline "));
}

#[test]
fn the_help_fills_its_lines_and_breaks_no_example() {
    let place = Site::empty();
    let commands = ["", "new", "add", "serve", "build", "deploy", "check", "completions"];
    for (command, width) in commands.iter().flat_map(|command| [80, 100, 140].map(|width| (command, width))) {
        let arguments: Vec<&str> = [*command, "--help"].into_iter().filter(|word| !word.is_empty()).collect();
        let mut program = place.command(&arguments);
        let output = program.env("COLUMNS", width.to_string()).output().expect("the binary runs");
        let help = stdout(&well(output));
        let (_, end) = help.split_once("\nExamples:\n").expect("there are examples");
        for line in end.lines().filter(|line| line.starts_with(' ')) {
            let is_whole = line.starts_with("  dateline ") || line.starts_with("      ");
            assert!(is_whole, "{command} at {width}: {line}");
        }
        let lines: Vec<&str> = end.lines().collect();
        for pair in
            lines.windows(2).filter(|pair| pair.iter().all(|line| line.starts_with(char::is_alphanumeric)))
        {
            let first = pair[1].split(' ').next().unwrap_or_default();
            let together = pair[0].chars().count() + 1 + first.chars().count();
            assert!(together > width.min(100), "{command} at {width}: {pair:?}");
        }
    }
}

#[test]
fn wrong_usage_has_status_two_and_changes_nothing() {
    let site = Site::new();
    let before = files(site.path());
    let wrong: &[&[&str]] = &[
        &[],
        &["biuld"],
        &["build", "--nwo", "2021-11-25"],
        &["build", "--now", "yesterday"],
        &["build", "--now", "2021-02-30"],
        &["build", "extra"],
        &["build", "-q", "-v"],
        &["build", "--message-format", "xml"],
        &["new"],
        &["add"],
        &["add", ""],
        &["add", "x", "--url", "ftp://x"],
        &["add", "x", "--slug", "a/b"],
        &["add", "x", "--date", "25 November"],
        &["completions"],
    ];
    for line in wrong {
        let output = site.run(line);
        assert_eq!(output.status.code(), Some(2), "{line:?}");
        assert!(stdout(&output).is_empty() && !stderr(&output).is_empty(), "{line:?}");
        assert_eq!(files(site.path()), before, "{line:?}");
    }
    let said = stderr(&site.run(&["biuld"]));
    assert!(said.contains("build"), "a near command is named: {said}");
}

#[test]
fn a_site_is_built_from_elsewhere() {
    let site = Site::new();
    site.article("one.md", "2021-11-25", "", "One.");
    let elsewhere = Site::empty();
    let root = site.path().to_str().expect("a temporary folder's name is UTF-8");
    let said = stderr(&well(elsewhere.build(&["-C", root])));
    assert!(said.trim_end().ends_with(&format!("→ {root}/public")), "{said}");
    assert!(site.output().join("2021/11/25/one/index.html").exists());
    assert!(files(elsewhere.path()).is_empty());
    // A relative output counts from where one stands.
    well(elsewhere.build(&["--root", root, "--output", "here"]));
    assert_eq!(files(&elsewhere.path().join("here")), files(&site.output()));
    // A problem's path can be opened from where one stands.
    site.article("two.md", "2021-11-25", "tittle = 1", "Two.");
    let output = elsewhere.build(&["-C", root, "--message-format", "short"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(
        stderr(&output).starts_with(&format!("{root}/content/articles/two.md:4:1: error: unknown key")),
        "{}",
        stderr(&output)
    );
    // A folder inside the site is not the site, and the way there is told.
    let inside = site.path().join("content");
    let output = elsewhere.run(&["-C", inside.to_str().expect("UTF-8"), "build"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains("-C"), "{}", stderr(&output));
}

#[test]
fn source_date_epoch_stands_in_for_the_clock() {
    let site = Site::new();
    site.article("later.md", "2021-11-25T10:30:00Z", "", "x");
    let at = |epoch: &str, arguments: &[&str]| {
        let mut command = site.command(&["build"]);
        command.args(arguments).env("SOURCE_DATE_EPOCH", epoch).output().expect("the binary runs")
    };
    assert!(stderr(&well(at("1637836199", &[]))).contains("Built 0 articles"));
    assert!(stderr(&well(at("1637836200", &[]))).contains("Built 1 article,"));
    assert!(stderr(&well(at("1637836200", &["--now", "2021-11-25T10:29:59Z"]))).contains("Built 0 articles"));
    for wrong in ["today", "99999999999999999999"] {
        let output = at(wrong, &[]);
        assert_eq!(output.status.code(), Some(1), "{wrong}");
        assert!(stderr(&output).contains("SOURCE_DATE_EPOCH"), "{}", stderr(&output));
    }
    let mut add = site.command(&["add", "Then"]);
    let output = well(add.env("SOURCE_DATE_EPOCH", "1637836200").output().expect("the binary runs"));
    assert_eq!(stdout(&output), "content/articles/2021/11/2021-11-25-then.md\n");
    assert!(
        site.read("content/articles/2021/11/2021-11-25-then.md").contains("date = 2021-11-25T10:30:00+00:00")
    );
}

#[test]
fn the_closing_line_counts() {
    let site = Site::new();
    site.article("one.md", "2021-11-25", "", "One.");
    let said = |site: &Site| stderr(&well(site.build(&[])));
    let first = said(&site);
    let pages = files(&site.output()).len();
    assert!(first.starts_with(&format!("Built 1 article, {pages} pages in ")), "{first}");
    assert!(first.ends_with(&format!(": {pages} written, 0 unchanged, 0 removed → public\n")), "{first}");
    assert!(said(&site).contains(&format!(": 0 written, {pages} unchanged, 0 removed")));
    site.article("one.md", "2021-11-25", "", "Other.");
    let line = said(&site);
    assert!(!line.contains(": 0 written,") && line.contains(" 0 removed"), "{line}");
    fs::remove_file(site.path().join("content/articles/one.md")).expect("it is there");
    let line = said(&site);
    assert!(line.starts_with("Built 0 articles, "), "{line}");
    assert!(line.contains(" 4 removed"), "the article, its day, month and year: {line}");
}

#[test]
fn quiet_says_errors_alone_and_verbose_says_more() {
    let site = Site::new();
    site.article("warned.md", "2021-11-25", "", "![](/favicon.svg)");
    let normal = stderr(&well(site.build(&[])));
    assert!(
        normal.contains("warning") && normal.contains("Built") && !normal.contains("missing-alt"),
        "{normal}"
    );
    assert!(stderr(&well(site.build(&["--verbose"]))).contains("missing-alt"));
    let quiet = well(site.build(&["--quiet"]));
    assert_eq!((stdout(&quiet), stderr(&quiet)), (String::new(), String::new()));
    site.article("wrong.md", "2021-11-25", "tittle = 1", "x");
    let quiet = site.build(&["--quiet"]);
    assert_eq!(quiet.status.code(), Some(1));
    assert!(stderr(&quiet).contains("tittle") && !stderr(&quiet).contains("favicon"), "{}", stderr(&quiet));
}

#[test]
fn json_is_one_object_a_line_on_standard_output() {
    let site = Site::new();
    site.article("warned.md", "2021-11-25", "", "![](/favicon.svg)");
    site.article("wrong.md", "2021-11-25", "tittle = \"\\u001b[31m\"", "x");
    let output = site.build(&["--message-format", "json"]);
    assert_eq!((output.status.code(), stderr(&output).as_str()), (Some(1), ""));
    let parse = |line: &str| serde_json::from_str::<serde_json::Value>(line).expect("a line is an object");
    let lines: Vec<serde_json::Value> = stdout(&output).lines().map(parse).collect();
    let wrong = lines.iter().find(|line| line["code"] == "unknown-key").expect("it is reported");
    assert_eq!((&wrong["severity"], &wrong["file"]), (&"error".into(), &"content/articles/wrong.md".into()));
    assert_eq!((&wrong["line"], &wrong["column"]), (&4.into(), &1.into()));
    assert_eq!(wrong["help"], "did you mean 'title'?");
    assert!(
        lines.iter().any(|line| line["severity"] == "warning" && line["code"] == "missing-alt"),
        "{lines:?}"
    );
}
