//! Each answer is another one when what it asks about changes, and only then: every question is asked of a site and of the
//! same site after each of some edits.

use super::answers::Answer;
use super::question::{Facet, ListName, Question};
use super::renderer::Renderer;
use crate::config::Overrides;
use crate::date::Given;
use crate::pipeline::{self, Memory, Request};
use crate::site::{Target, Visibility};
use crate::stopwatch::Stopwatch;
use std::collections::BTreeMap;
use std::fs;
use tempfile::TempDir;

/// The files of a site.
type Files = BTreeMap<&'static str, String>;

/// What is done to them, and what it is called.
type Edit = (&'static str, fn(&mut Files));

const ONE: &str = "content/articles/one.md";
const TWO: &str = "content/articles/two/index.md";
const DATA: &str = "content/articles/two/data.csv";
const OLD: &str = "content/articles/old.md";
const ABOUT: &str = "content/pages/about.md";

fn files() -> Files {
    [
        ("site.toml", "base_url = \"https://example.org/\"\ntitle = \"Test\"\n"),
        (ONE, "+++\ntitle = \"One\"\ndate = 2021-12-02\ntags = [\"x\"]\n+++\nThe first.\n\n## Part\n\nText.\n"),
        (
            TWO,
            "+++\ntitle = \"Two\"\ndate = 2021-12-01\ntags = [\"x\", \"y\"]\nrelated = [\"../one.md\"]\n+++\nThe second.\n",
        ),
        (DATA, "1,2\n"),
        (OLD, "+++\ntitle = \"Old\"\ndate = 2020-01-01\ntags = [\"y\"]\n+++\nThe oldest.\n"),
        (ABOUT, "+++\ntitle = \"About\"\n+++\nAbout us.\n"),
        ("static/extra.css", "p { color: red }\n"),
        ("static/logo.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"10\" height=\"10\"/>\n"),
        ("templates/base-of-mine.html", "{% block main %}{% endblock %}\n"),
        ("templates/mine.html", "{% extends \"base-of-mine.html\" %}\n"),
    ]
    .map(|(path, text)| (path, text.to_owned()))
    .into()
}

/// Puts one text for another in a file.
fn replace(files: &mut Files, path: &str, from: &str, to: &str) {
    let text = files.get_mut(path).unwrap();
    assert!(text.contains(from), "{path} has {from}");
    *text = text.replace(from, to);
}

const EDITS: &[Edit] = &[
    ("text", |files| replace(files, ONE, "Text.", "Other text.")),
    ("heading", |files| replace(files, ONE, "## Part", "## Chapter")),
    ("source", |files| replace(files, ONE, "tags", "source = { name = \"A\" }\ntags")),
    ("agency", |files| replace(files, ONE, "tags", "source = { name = \"A\", agencies = [\"B\"] }\ntags")),
    ("title", |files| replace(files, ONE, "\"One\"", "\"Uno\"")),
    ("old title", |files| replace(files, OLD, "\"Old\"", "\"Ancient\"")),
    ("slug", |files| replace(files, ONE, "tags", "slug = \"uno\"\ntags")),
    ("draft", |files| replace(files, ONE, "tags", "draft = true\ntags")),
    ("priority", |files| replace(files, TWO, "2021-12-01", "2021-12-02\npriority = 1")),
    ("related", |files| replace(files, TWO, "../one.md", "../old.md")),
    ("tag", |files| replace(files, OLD, "[\"y\"]", "[\"y\", \"z\"]")),
    ("spelling", |files| replace(files, TWO, "[\"x\", ", "[\"X\", ")),
    ("new article", |files| {
        files.insert("content/articles/new.md", files[ONE].replace("One", "New").replace("-02", "-03"));
    }),
    ("about title", |files| replace(files, ABOUT, "\"About\"", "\"About us\"")),
    ("about text", |files| replace(files, ABOUT, "About us.", "About them.")),
    ("about slug", |files| replace(files, ABOUT, "title", "slug = \"us\"\ntitle")),
    ("data", |files| replace(files, DATA, "1,2", "1,3")),
    ("no data", |files| drop(files.remove(DATA))),
    ("css", |files| replace(files, "static/extra.css", "red", "blue")),
    ("no css", |files| drop(files.remove("static/extra.css"))),
    ("size", |files| replace(files, "static/logo.svg", "\"10\"", "\"20\"")),
    ("colour", |files| replace(files, "static/logo.svg", "<svg ", "<svg fill=\"red\" ")),
    ("own css", |files| drop(files.insert("static/css/site.css", String::new()))),
    ("template", |files| replace(files, "templates/mine.html", "%}\n", "%}\n\n")),
    ("base template", |files| replace(files, "templates/base-of-mine.html", "{% block", "<p>{% block")),
    ("other template", |files| drop(files.insert("templates/other.html", String::new()))),
];

/// A site, ready to be asked, and its folder.
struct Asked {
    renderer: Renderer,
    _folder: TempDir,
}

impl Asked {
    fn new(files: &Files) -> Self {
        let folder = tempfile::tempdir().unwrap();
        for (path, text) in files {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        let request = Request {
            root: folder.path().to_owned(),
            overrides: Overrides::default(),
            visibility: Visibility::default(),
            now: Given::parse("2021-12-03T20:00:00Z").unwrap(),
            stopwatch: Stopwatch::default(),
        };
        let mut problems = Vec::new();
        let renderer = pipeline::prepare(&request, &mut Memory::default(), &mut problems).unwrap();
        // An edit may break what points to the thing, which says nothing of answers.
        assert!(problems.iter().all(|problem| problem.code == "link-to-hidden"), "{problems:?}");
        Self { renderer, _folder: folder }
    }

    /// What is answered about the article in a file.
    fn of_article(&self, facet: Facet, source: &str) -> Option<Answer> {
        match self.renderer.site().targets.get(source)? {
            Target::Article(id) => Some(self.renderer.questions.answer_of_article(facet, id)),
            _ => None,
        }
    }
}

/// The site, and what it is after each edit.
struct Sites {
    before: Asked,
    after: Vec<(&'static str, Asked)>,
}

impl Sites {
    fn new() -> Self {
        let edited = |(name, edit): &Edit| {
            let mut files = files();
            edit(&mut files);
            (*name, Asked::new(&files))
        };
        Self { before: Asked::new(&files()), after: EDITS.iter().map(edited).collect() }
    }

    /// The edits after which what `ask` is answered is another one, unless they are the expected ones.
    fn differ(&self, ask: impl Fn(&Asked) -> Option<Answer>, expected: &[&str]) -> Option<Vec<&str>> {
        let before = ask(&self.before);
        if before.is_none() {
            return Some(vec!["there is no answer to begin with"]);
        }
        let after = self.after.iter().filter(|(_, site)| ask(site) != before);
        let changed: Vec<&str> = after.map(|(name, _)| *name).collect();
        (changed != expected).then_some(changed)
    }
}

#[test]
fn an_answer_is_another_one_when_what_was_asked_changes_and_only_then() {
    let sites = Sites::new();
    let all = || ListName::All;
    let term = |slug: &str| ListName::Term(0, slug.into());
    let period = |address: &str| ListName::Period(address.into());
    let cases: &[(Question, &[&str])] = &[
        (Question::Template("mine.html".into()), &["template", "base template"]),
        (Question::Standing(ABOUT.into()), &["about title", "about slug"]),
        (Question::StandingText(ABOUT.into()), &["about text"]),
        (Question::StandingTitle("/about/".into()), &["about title", "about slug"]),
        (Question::Count(all()), &["draft", "new article"]),
        (Question::Count(term("y")), &[]),
        (Question::Provenance(0, "x".into()), &["source", "agency"]),
        (Question::Count(term("x")), &["draft", "new article"]),
        (Question::Count(period("/2021/12/02/")), &["draft", "priority"]),
        (Question::Listed(all(), 0, 2), &["draft", "priority", "new article"]),
        (Question::Listed(term("y"), 0, 9), &[]),
        (Question::Listed(period("/2021/12/02/"), 0, 9), &["draft", "priority"]),
        (Question::Lead, &["draft", "priority", "new article"]),
        (Question::Recent, &["draft", "priority", "new article"]),
        (
            Question::Terms(0, u64::MAX),
            &["title", "slug", "draft", "priority", "tag", "spelling", "new article"],
        ),
        (Question::Period("/2021/".into()), &["draft", "new article"]),
        (Question::Period("/2020/".into()), &[]),
        (Question::Periods(0), &["draft", "new article"]),
        (Question::Periods(2), &["draft", "priority", "new article"]),
        (
            Question::Mapped,
            &["source", "agency", "slug", "draft", "priority", "tag", "new article", "about slug"],
        ),
        (Question::Planned("about/index.html".into()), &["about slug"]),
        (Question::Present("/extra.css".into()), &["no css"]),
        (Question::Document(ONE.into()), &["slug", "draft"]),
        (Question::Document(ABOUT.into()), &["about slug"]),
        (Question::Heading(ONE.into(), "part".into()), &["heading", "draft"]),
        (Question::Beside(DATA.into()), &["priority", "no data"]),
        (Question::Asset("extra.css".into()), &["css", "no css"]),
        (Question::Picture("logo.svg".into()), &["size"]),
        (Question::Origin("css/site.css".into()), &["own css"]),
        (Question::Origin("extra.css".into()), &["no css"]),
        (Question::File(DATA.into()), &["data", "no data"]),
        (Question::Articles(vec![("tags".to_owned(), "y".to_owned())], 9), &[]),
        (
            Question::Articles(vec![("tags".to_owned(), "x".to_owned())], 9),
            &["draft", "priority", "new article"],
        ),
        (Question::Articles(Vec::new(), 1), &["draft", "priority", "new article"]),
    ];
    let wrong = |(question, expected): &(Question, &[&str])| {
        Some((question.clone(), sites.differ(|site| site.renderer.answer(question), expected)?))
    };
    let wrong: Vec<_> = cases.iter().filter_map(wrong).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn an_answer_about_an_article_is_another_one_when_that_facet_changes_and_only_then() {
    let sites = Sites::new();
    let cases: &[(Facet, &str, &[&str])] = &[
        (Facet::Item, ONE, &["source", "agency", "title", "slug", "draft"]),
        (Facet::Item, TWO, &["priority", "related", "spelling", "no data"]),
        (Facet::Headline, ONE, &["title", "slug", "draft"]),
        (Facet::Text, ONE, &["text", "heading", "draft"]),
        (Facet::Neighbours, ONE, &["draft", "priority", "new article"]),
        (Facet::Neighbours, OLD, &["priority"]),
        (Facet::Related, TWO, &["draft", "related"]),
    ];
    for (facet, source, expected) in cases {
        let differ = sites.differ(|site| site.of_article(*facet, source), expected);
        assert_eq!(differ, None, "{facet:?} of {source}");
    }
}

#[test]
fn what_an_answer_follows_from_changes_wherever_the_answer_may() {
    let sites = Sites::new();
    let heading = Question::Heading(ONE.into(), "part".into());
    let basis = |site: &Asked| site.renderer.questions.basis(&heading);
    assert_eq!(sites.differ(basis, &["text", "heading", "draft"]), None);
}

#[test]
fn the_name_of_a_term_is_asked_apart_from_its_articles() {
    let sites = Sites::new();
    let name = |site: &Asked| {
        let questions = &site.renderer.questions;
        let term = questions.site.taxonomies[0].with_slug("x")?;
        Some(questions.answer_of_term(crate::site::TermId { taxonomy: 0, term }))
    };
    assert_eq!(sites.differ(name, &["spelling"]), None);
}
