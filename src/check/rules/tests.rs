//! What each rule finds, and what it leaves alone.

use super::*;
use crate::cache::copies;
use crate::config::Overrides;
use crate::config::RULES;
use crate::date::Given;
use crate::pipeline::{self, Memory, Request};
use crate::stopwatch::Stopwatch;
use chrono::NaiveDate;
use std::fs;
use std::path::Path;

/// A site's folder that goes when the test ends.
struct Newsroom(tempfile::TempDir);

impl Newsroom {
    fn new(settings: &str) -> Self {
        let newsroom = Self(tempfile::tempdir().unwrap());
        newsroom.write("site.toml", &format!("base_url = \"https://a.example/\"\ntitle = \"T\"\n{settings}"));
        newsroom
    }

    fn root(&self) -> &Path {
        self.0.path()
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.root().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// An article with front matter under which no rule finds anything, but for the lines that are given, and a text.
    fn article(&self, name: &str, lines: &str, body: &str) {
        let usual = [
            ("title", "\"A dam closes above the valley\""),
            ("summary", "\"Water rises.\""),
            ("place", "\"Apia\""),
            ("source", "{ name = \"Wire\" }"),
        ];
        let mut front = String::new();
        for (key, value) in usual.iter().filter(|(key, _)| !lines.contains(&format!("{key} ="))) {
            front += &format!("{key} = {value}\n");
        }
        let lines: String =
            lines.lines().filter(|line| !line.starts_with("no ")).map(|l| format!("{l}\n")).collect();
        self.write(
            &format!("content/articles/2021-11-25-{name}.md"),
            &format!("+++\n{front}{lines}+++\n\n{body}\n"),
        );
    }

    fn copy(&self, name: &str, text: &str) {
        copies::keep(self.root(), name, NaiveDate::from_ymd_opt(2021, 11, 25).unwrap(), true, text).unwrap();
    }

    fn problems(&self, visibility: Visibility) -> Vec<Diagnostic> {
        let (mut memory, mut problems) = (Memory::default(), Vec::new());
        let now = Given::parse("2021-12-03").unwrap();
        let request = Request {
            root: self.root().to_owned(),
            overrides: Overrides::default(),
            visibility,
            now,
            stopwatch: Stopwatch::default(),
        };
        let renderer = pipeline::prepare(&request, &mut memory, &mut problems).unwrap();
        assert_eq!(problems, [], "the site is sound");
        let scope = Scope { visibility, now: now.resolve(renderer.site().config.timezone).0 };
        examine(&Stories::new(memory.tree().unwrap(), memory.articles()), renderer.site(), &scope)
    }

    /// `code file:line` of each, with the file's name alone.
    fn found(&self) -> Vec<String> {
        let place = |problem: &Diagnostic| {
            let file = problem.file.as_deref().unwrap_or_default().rsplit('/').next().unwrap_or_default();
            let line = problem.location.as_ref().map(|at| format!(":{}", at.line)).unwrap_or_default();
            format!("{} {}{line}", problem.code, file.trim_start_matches("2021-11-25-"))
        };
        self.problems(Visibility::default()).iter().map(place).collect()
    }
}

fn words(range: std::ops::Range<usize>) -> String {
    range.map(|number| format!("word{number} ")).collect()
}

/// Lines of front matter in place of the usual ones, a text, and what one rule finds: a line, or nothing.
type Case = (&'static str, &'static str, &'static str, &'static [usize]);

const CASES: [Case; 50] = [
    // A kind that needs no source takes the usual one away and puts nothing in its place.
    ("missing-source", "kind = \"news\"\nno source =", "", &[2]),
    ("missing-source", "kind = \"brief\"\nno source =", "", &[2]),
    ("missing-source", "kind = \"analysis\"\nno source =", "", &[]),
    ("missing-source", "kind = \"news\"", "", &[]),
    ("missing-summary", "no summary =", "A paragraph.", &[2]),
    ("missing-place", "no place =", "", &[2]),
    ("missing-place", "kind = \"opinion\"\nno place =", "", &[]),
    ("missing-credit", "image = { src = \"/p.svg\", alt = \"P\" }", "", &[6]),
    ("missing-credit", "image = { src = \"/p.svg\", alt = \"P\", credit = \"C\" }", "", &[]),
    ("cut-headline", "title = \"Dam closes above…\"", "", &[5]),
    ("cut-headline", "title = \"“Dam closes above...”\"", "", &[5]),
    ("cut-headline", "title = \"Dam … closes.\"", "", &[]),
    ("copied-headline", "title = \"Dam closes\"\noriginal_title = \"DAM “closes”!\"", "", &[5]),
    ("copied-headline", "title = \"Dam closes\"\noriginal_title = \"Dam closes again\"", "", &[]),
    ("shouting-headline", "title = \"DAM CLOSES ABOVE the VALLEY\"", "", &[5]),
    ("shouting-headline", "title = \"NATO, OPEC and UNESCO meet in Apia\"", "", &[]),
    ("shouting-headline", "title = \"UNESCO\"", "", &[]),
    ("shouting-headline", "title = \"東京で会議、日本と中国の首脳\"", "", &[]),
    (
        "long-headline",
        "title = \"1234567890 1234567890 1234567890 1234567890 1234567890 1234567890 1234567890 1234567890 1234567890 1234567890 1\"",
        "",
        &[5],
    ),
    (
        "long-headline",
        "title = \"1234567890 1234567890 1234567890 1234567890 1234567890 1234567890 1234567890 1234567890 1234567890 1234567890\"",
        "",
        &[],
    ),
    ("future-date", "date = 2031-11-25", "", &[6]),
    ("future-date", "date = 2022-01-03", "", &[]),
    ("future-date", "date = 2022-01-04", "", &[6]),
    ("future-date", "date = 2031-11-25\ndraft = true", "", &[]),
    ("date-before-source", "date = 2021-11-25\nsource = { name = \"W\", date = 2021-11-27 }", "", &[5]),
    ("date-before-source", "date = 2021-11-25\nsource = { name = \"W\", date = 2021-11-26 }", "", &[]),
    (
        "date-before-source",
        "date = 2021-11-25T10:00:00Z\nsource = { name = \"W\", date = 2021-11-25T10:00:01Z }",
        "",
        &[5],
    ),
    (
        "date-before-source",
        "date = 2021-11-25T10:00:00Z\nsource = { name = \"W\", date = 2021-11-25T11:00:00+02:00 }",
        "",
        &[],
    ),
    ("tracking-link", "source = { url = \"https://b.example/1?utm_source=x\" }", "", &[5]),
    (
        "tracking-link",
        "source = [\n{ name = \"W\" },\n{ url = \"https://b.example/1?fbclid=x&utm_id=1\" },\n]",
        "",
        &[7],
    ),
    ("tracking-link", "via = { name = \"V\", url = \"https://b.example/1#xtor=x\" }", "", &[6]),
    ("tracking-link", "", "One\n[two](https://b.example/?gclid=1) and <https://b.example/?id=1>", &[9]),
    ("tracking-link", "source = { url = \"https://b.example/1?id=x\" }", "[a](/archive/)", &[]),
    ("unmarked-press-release", "source = { name = \"W\", agencies = [\"W\", \"PR Newswire\"] }", "", &[5]),
    ("unmarked-press-release", "source = { name = \"GlobeNewswire\" }", "", &[5]),
    ("unmarked-press-release", "source = { name = \"A\", url = \"https://www.prnewswire.com/x\" }", "", &[5]),
    ("unmarked-press-release", "source = { name = \"PRNewswire Asia\" }\nkind = \"press-release\"", "", &[]),
    ("unmarked-press-release", "source = { name = \"W\", agencies = [\"PPI-OT\"] }", "", &[]),
    ("unmarked-press-release", "source = [{ name = \"Cision\" }, { name = \"W\" }]", "", &[]),
    ("lone-tag", "tags = [\"Elektion\"]", "", &[6]),
    ("lone-tag", "tags = [\"Elections\"]", "", &[6]),
    ("lone-tag", "tags = [\"Eletcion\"]", "", &[6]),
    ("lone-tag", "tags = [\"election\"]", "", &[]),
    ("lone-tag", "tags = [\"Selection\"]", "", &[]),
    ("lone-tag", "tags = [\"Iran\"]", "", &[]),
    ("lone-tag", "tags = [\"COP 27\"]", "", &[]),
    ("lone-tag", "tags = [\"Election\", \"Elections\"]", "", &[6]),
    ("repeated-story", "source = { url = \"http://m.b.example/amp/dam/\" }", "", &[5]),
    ("repeated-story", "source = { url = \"https://b.example/\" }", "", &[]),
    ("repeated-story", "source = { url = \"https://b.example/other\" }", "", &[]),
];

#[test]
fn each_rule_finds_what_it_is_for_and_nothing_else() {
    for (code, lines, body, expected) in CASES {
        let newsroom = Newsroom::new("");
        for day in [23, 24] {
            let front = "place = \"Apia\"\nsummary = \"S.\"\ntags = [\"Election\", \"Iraq\", \"COP 26\"]";
            let source =
                format!("source = {{ url = \"https://b.example/{}\" }}", if day == 23 { "dam" } else { "x" });
            let text = format!("+++\ntitle = \"The dam of day {day}\"\n{front}\n{source}\n+++\n");
            newsroom.write(&format!("content/articles/2021-11-{day}-other.md"), &text);
        }
        newsroom.article("a", lines, body);
        newsroom.write("static/p.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>");
        let expected: Vec<String> = expected.iter().map(|line| format!("{code} a.md:{line}")).collect();
        assert_eq!(newsroom.found(), expected, "{code}: {lines} {body}");
    }
}

#[test]
fn sentences_of_the_source_are_found_outside_of_block_quotes() {
    let newsroom = Newsroom::new("");
    let copy = words(0..200);
    let cases = [
        ("forty", words(500..540) + &words(10..50) + &words(600..620), None),
        (
            "more",
            words(500..540) + "\n\n*" + words(10..54).trim() + "*, " + &words(600..620),
            Some("44 words"),
        ),
        ("quoted", words(500..540) + "\n\n> " + &words(10..80) + "\n\n" + &words(600..620), None),
        ("around", words(10..45) + "\n\n> " + &words(45..60) + "\n\n" + &words(60..90), None),
    ];
    for (name, body, expected) in cases {
        newsroom.copy(name, &copy);
        newsroom.article(name, "", &body);
        let problems = newsroom.problems(Visibility::default());
        let found = problems.iter().find(|problem| problem.code == "copied-text");
        let told = found.map(|problem| {
            let at = problem.location.as_ref().unwrap();
            (at.line, &problem.message[..8], &at.text[at.span.clone()] == words(10..54).trim())
        });
        assert_eq!(told, expected.map(|count| (10, count, true)), "{name}");
        fs::remove_file(newsroom.root().join(format!("content/articles/2021-11-25-{name}.md"))).unwrap();
    }
}

#[test]
fn a_summary_in_the_words_of_the_source_is_found() {
    let newsroom = Newsroom::new("");
    for (count, told) in [(40, vec![]), (41, vec!["copied-text a.md:5"])] {
        newsroom.article("a", &format!("summary = \"{}\"", words(0..count).trim()), "Text.");
        newsroom.copy("a", &words(0..100));
        assert_eq!(newsroom.found(), told, "{count}");
    }
}

#[test]
fn a_copy_can_say_that_it_is_a_press_release() {
    let newsroom = Newsroom::new("");
    newsroom.article("a", "", "Text.");
    newsroom.copy("a", "SAN FRANCISCO, Nov. 29, 2021 /PRNewswire/ -- We are pleased.");
    assert_eq!(newsroom.found(), ["unmarked-press-release a.md:2"]);
    newsroom.article("a", "kind = \"press-release\"", "Text.");
    assert_eq!(newsroom.found(), Vec::<String>::new());
}

#[test]
fn a_repeat_is_told_at_the_newer_and_can_be_allowed() {
    for (settings, is_told) in [
        ("", true),
        ("repeats_allowed = [\"b\"]\n", false),
        ("repeats_allowed = [\"/2021/11/26/b/\"]\n", false),
        ("repeats_allowed = [\"content/articles/2021-11-26-b.md\"]\n", false),
        ("repeats_allowed = [\"a\", \"other\"]\n", true),
    ] {
        let newsroom = Newsroom::new(&format!("[check]\n{settings}"));
        let story = words(0..100);
        newsroom.article("a", "", &story);
        newsroom.write(
            "content/articles/2021-11-26-b.md",
            &format!("+++\ntitle = \"B\"\nsummary = \"S\"\nplace = \"P\"\nsource = {{ name = \"W\" }}\n+++\n{story} and {}", words(500..510)),
        );
        let found = newsroom.problems(Visibility::default());
        let told: Vec<_> =
            found.iter().map(|problem| (problem.file.as_deref(), problem.message.as_str())).collect();
        let expected =
            (Some("content/articles/2021-11-26-b.md"), "runs already as 2021/11/25/a (100 % the same text)");
        assert_eq!(told, if is_told { vec![expected] } else { vec![] }, "{settings}");
        assert!(
            !is_told || found[0].help.as_deref().unwrap().ends_with("repeats_allowed = [\"/2021/11/26/b/\"]")
        );
    }
}

#[test]
fn what_ran_can_be_repeated_and_a_draft_did_not_run() {
    for (line, drafts, count) in [
        ("", false, 1),
        ("expires = 2021-12-01", false, 1),
        ("draft = true", false, 0),
        ("draft = true", true, 1),
    ] {
        let newsroom = Newsroom::new("");
        newsroom.article("a", line, &words(0..100));
        newsroom.article("b", "date = 2021-12-02", &words(0..100));
        let visibility = Visibility { drafts, ..Visibility::default() };
        assert_eq!(newsroom.problems(visibility).len(), count, "{line}");
    }
}

#[test]
fn levels_decide_whether_and_how_it_is_told() {
    let of = |levels: &str| {
        let newsroom = Newsroom::new(&format!("[check.levels]\n{levels}"));
        newsroom.article("a", "title = \"Cut…\"\nno place =", "Text.");
        let problems = newsroom.problems(Visibility::default());
        problems
            .iter()
            .map(|problem| (problem.severity.to_string(), problem.code.to_string()))
            .collect::<Vec<_>>()
    };
    let pair = |severity: &str, code: &str| (severity.to_owned(), code.to_owned());
    assert_eq!(of(""), [pair("warning", "missing-place"), pair("warning", "cut-headline")]);
    assert_eq!(of("missing-place = \"off\""), [pair("warning", "cut-headline")]);
    assert_eq!(of("cut-headline = \"off\"\nmissing-place = \"error\""), [pair("error", "missing-place")]);
    let all_off: String = RULES.iter().map(|(code, _)| format!("{code} = \"off\"\n")).collect();
    assert_eq!(of(&all_off), []);
}

#[test]
fn of_what_is_wrong_everywhere_the_newest_are_told() {
    let newsroom = Newsroom::new("");
    for number in 0..30 {
        let date = format!("title = \"Day {number}\"\ndate = 2021-10-{:02}\nno place =", number + 1);
        newsroom.article(&format!("a{number}"), &date, "Text.");
    }
    let problems = newsroom.problems(Visibility::default());
    let files: Vec<&str> = problems.iter().filter_map(|problem| problem.file.as_deref()).collect();
    assert_eq!((problems.len(), files.len()), (MOST + 1, MOST));
    assert!(files[0].ends_with("-a29.md") && files[19].ends_with("-a10.md"));
    assert_eq!(problems[MOST].message, "10 more articles are found by the rule missing-place");
}

#[test]
fn every_rule_has_a_level_and_every_level_a_rule() {
    let mut rules: Vec<&str> = EACH.iter().map(|(code, _)| *code).chain([LONE_TAG, REPEATED]).collect();
    let mut levels: Vec<&str> = RULES.iter().map(|(code, _)| *code).collect();
    rules.sort_unstable();
    levels.sort_unstable();
    assert_eq!(rules, levels);
}
