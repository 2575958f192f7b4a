//! What is kept from one build to the next, counted: an edit renders the pages that show it, and no other.

mod common;

use common::{Site, files, stderr, stdout};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs::{self, File};

const ARTICLES: usize = 1000;

/// Feeds whose entries carry whole articles.
const FULL: [&str; 3] = ["/atom.xml", "/feed.json", "/rss.xml"];

/// An article that has a summary, and is shown on no page of the newest ones.
const WITH_SUMMARY: usize = 400;
/// One of those without.
const WITHOUT: usize = 501;

type Addresses = BTreeSet<String>;

/// A thousand articles, four a day, the last one the newest. Every second has a summary.
fn thousand() -> Site {
    let site = Site::new();
    site.write("templates/term.html", term("One"));
    site.write("static/css/desk.css", "body { order: 1 }");
    for number in 0..ARTICLES {
        article(&site, number, "first");
    }
    site
}

fn term(word: &str) -> String {
    format!(
        "{{% extends \"dateline/term.html\" %}}{{% block main %}}<p>{word}</p>{{{{ super() }}}}{{% endblock main %}}"
    )
}

fn article(site: &Site, number: usize, word: &str) {
    let (month, day) = (1 + number / 100, 1 + number % 100 / 4);
    let mut more = format!(
        "tags = [\"Tag {}\", \"Other {}\"]\nsection = \"Desk {}\"\nsource = {{ name = \"Paper {}\" }}",
        number % 20,
        number % 7,
        number % 4,
        number % 11
    );
    let mut body = format!("The first paragraph of {number:04}, {word}.");
    if number.is_multiple_of(2) {
        let _ = write!(more, "\nsummary = \"The summary of {number:04}.\"");
    } else {
        body += "\n\nA second paragraph.";
    }
    site.article(&name(number), &format!("2021-{month:02}-{day:02}"), &more, &body);
}

fn name(number: usize) -> String {
    format!("a{number:04}.md")
}

fn address(number: usize) -> String {
    format!("/2021/{:02}/{:02}/a{number:04}/", 1 + number / 100, 1 + number % 100 / 4)
}

/// The address of a file of the output.
fn address_of(path: &str) -> String {
    format!("/{}", path.strip_suffix("index.html").unwrap_or(path))
}

/// The addresses whose files, as they are in the output, hold some words.
fn holding(site: &Site, words: &str) -> Addresses {
    let output = files(&site.output());
    let holds = |bytes: &[u8]| String::from_utf8_lossy(bytes).contains(words);
    output.iter().filter(|(_, bytes)| holds(bytes)).map(|(path, _)| address_of(path)).collect()
}

/// Builds, and gives the pages that were rendered, each with the reason. The others were kept; all are told of, in order.
#[track_caller]
fn rendered(site: &Site, arguments: &[&str]) -> BTreeMap<String, String> {
    rendered_at(common::NOW, site, arguments)
}

#[track_caller]
fn rendered_at(now: &str, site: &Site, arguments: &[&str]) -> BTreeMap<String, String> {
    let mut all = vec!["build", "--now", now, "--explain", "*"];
    all.extend(arguments);
    let output = site.run(&all);
    assert!(output.status.success(), "{}", stderr(&output));
    let said = stdout(&output);
    let mut told = Vec::new();
    let mut found = BTreeMap::new();
    for line in said.lines() {
        let (address, words) = line.split_once("  ").unwrap_or_else(|| panic!("{line}"));
        told.push(address.to_owned());
        match words.split_once(": ") {
            Some(("rendered", reason)) => {
                found.insert(address.to_owned(), reason.to_owned());
            }
            Some(("kept", _)) => {}
            _ => panic!("neither rendered nor kept: {line}"),
        }
    }
    let built = files(&site.output());
    let paths: Vec<String> = built.keys().map(|path| address_of(path)).collect();
    assert_eq!(told, paths, "all pages are told of, in the order of their paths");
    found
}

/// Holds that exactly these pages were rendered.
#[track_caller]
fn hold(found: &BTreeMap<String, String>, expected: &Addresses) {
    let also: Vec<_> = found.iter().filter(|(address, _)| !expected.contains(*address)).collect();
    let not: Vec<_> = expected.iter().filter(|address| !found.contains_key(*address)).collect();
    assert!(
        also.is_empty() && not.is_empty(),
        "rendered and should not be: {also:#?}\nnot rendered: {not:#?}"
    );
    assert!(found.values().all(|reason| reason.contains(' ')), "reasons are in words: {found:#?}");
}

/// A site that was built twice.
fn built() -> Site {
    let site = thousand();
    let first = rendered(&site, &[]);
    assert_eq!(first.len(), files(&site.output()).len(), "the first build renders all");
    hold(&rendered(&site, &[]), &Addresses::new());
    site
}

/// The output is that of a clean build.
#[track_caller]
fn hold_clean(site: &Site) {
    let clean = Site::empty();
    for folder in ["content", "templates", "static"] {
        common::copy(&site.path().join(folder), &clean.path().join(folder));
    }
    clean.write("site.toml", site.read("site.toml"));
    clean.built(&[]);
    assert!(files(&clean.output()) == files(&site.output()), "the output is that of a clean build");
}

#[test]
fn without_an_edit_nothing_is_rendered() {
    let site = built();
    // Nor an hour later, where all files have other times, or something came that is no page.
    for (path, bytes) in files(&site.path().join("content")) {
        site.write(&format!("content/{path}"), bytes);
    }
    site.write("notes.txt", "not a part of the site");
    hold(&rendered_at("2021-12-03T21:00:00Z", &site, &[]), &Addresses::new());
}

#[test]
fn the_text_of_an_article_with_a_summary_is_on_its_own_page() {
    let site = built();
    article(&site, WITH_SUMMARY, "second");
    hold(&rendered(&site, &[]), &[address(WITH_SUMMARY)].into());
    // That of the newest is in the full feeds too.
    let newest = ARTICLES - 2;
    article(&site, newest, "second");
    let expected = FULL.iter().map(|feed| (*feed).to_owned()).chain([address(newest)]).collect();
    hold(&rendered(&site, &[]), &expected);
    hold_clean(&site);
}

#[test]
fn a_first_paragraph_that_is_the_summary_is_where_the_card_is() {
    let site = built();
    let shown = holding(&site, &format!("The first paragraph of {WITHOUT:04}"));
    assert!(shown.len() > 7 && shown.contains(&address(WITHOUT)) && !shown.contains("/"), "{shown:?}");
    article(&site, WITHOUT, "second");
    hold(&rendered(&site, &[]), &shown);
    hold_clean(&site);
}

#[test]
fn a_template_is_in_the_pages_made_with_it() {
    let site = built();
    let taxonomies = ["tags", "sections", "sources", "threads"];
    let is_term = |address: &String| {
        let mut parts = address.trim_matches('/').split('/');
        address.ends_with('/')
            && parts.next().is_some_and(|first| taxonomies.contains(&first))
            && parts.next().is_some()
    };
    let terms: Addresses =
        files(&site.output()).keys().map(|path| address_of(path)).filter(is_term).collect();
    assert!(terms.len() > 42);
    site.write("templates/term.html", term("Two"));
    hold(&rendered(&site, &[]), &terms);
    hold_clean(&site);
}

#[test]
fn what_somebody_else_changed_in_the_output_is_all_that_is_made_again() {
    let site = built();
    let path = format!("{}index.html", &address(WITHOUT)[1..]);
    fs::remove_file(site.output().join(path)).expect("it can be removed");
    fs::write(site.output().join("rss.xml"), "other").expect("it can be written");
    hold(&rendered(&site, &[]), &[address(WITHOUT), "/rss.xml".to_owned()].into());
    hold_clean(&site);
}

#[test]
fn patterns_choose_what_is_explained() {
    let site = built();
    article(&site, WITH_SUMMARY, "second");
    let own = address(WITH_SUMMARY);
    let output = site.build(&["--explain", &own, "--explain", "/tags/tag-?/"]);
    let said = stdout(&output);
    let lines: Vec<&str> = said.lines().collect();
    assert_eq!(lines.len(), 11, "{said}");
    assert!(lines[0].starts_with(&format!("{own}  rendered: ")), "{said}");
    assert!(
        lines[1..].iter().all(|line| line.starts_with("/tags/tag-") && line.contains("/  kept: ")),
        "{said}"
    );
    // A path of the output serves too.
    let said = stdout(&site.build(&["--explain", "rss.xml", "--explain", "tags/tag-1/index.html"]));
    assert_eq!(said.lines().count(), 2, "{said}");
}

#[test]
fn verify_reads_all_and_gives_the_same() {
    let site = built();
    let before = files(&site.output());
    hold(&rendered(&site, &["--verify"]), &Addresses::new());
    // An edit that keeps size and time.
    let path = format!("content/articles/{}", name(WITH_SUMMARY));
    let time =
        fs::metadata(site.path().join(&path)).and_then(|known| known.modified()).expect("it has a time");
    site.write(&path, site.read(&path).replace(", first.", ", other."));
    let file = File::options().write(true).open(site.path().join(&path)).expect("it can be opened");
    file.set_modified(time).expect("it can be set");
    hold(&rendered(&site, &["--verify"]), &[address(WITH_SUMMARY)].into());
    assert!(before != files(&site.output()));
    hold_clean(&site);
}
