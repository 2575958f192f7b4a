//! `dateline check` before an article is published: what the rules say, at its line, as `site.toml` weighs it.

mod common;

use common::checked::{check, places, problems};
use common::{Site, stderr, stdout};

const SOURCE: &str = "source = { name = \"Wire\", url = \"https://wire.example/";

fn words(range: std::ops::Range<usize>) -> String {
    range.map(|number| format!("word{number} ")).collect()
}

#[test]
fn a_story_that_runs_already_is_told_by_what_it_was_made_from() {
    let site = Site::new();
    for (day, name) in [(25, "red-line"), (26, "taiwan")] {
        let source = format!("{SOURCE}{name}\" }}");
        site.article(
            &format!("{name}.md"),
            &format!("2021-11-{day}"),
            &source,
            &words(day * 1000..day * 1000 + 60),
        );
    }
    assert_eq!(places(&site, &[]), Vec::<String>::new());
    site.write(".dateline/copy/red-line.txt", words(0..400));
    site.write(".dateline/copy/taiwan-2021-11-26.txt", words(30..430));
    let found = problems(&site, &[]);
    let expected = [
        "warning",
        "repeated-story",
        "content/articles/taiwan.md:2:9",
        "runs already as 2021/11/25/red-line (92 % the same wire story)",
        "by the rule repeated-story",
    ];
    assert_eq!(found, [expected.map(str::to_owned)]);
    let said = stderr(&check(&site, &[]));
    assert!(said.contains("(the other is content/articles/red-line.md)"), "{said}");
    let settings = site.read("site.toml");
    site.write("site.toml", format!("{settings}[check]\nrepeats_allowed = [\"taiwan\"]\n"));
    assert_eq!(places(&site, &[]), Vec::<String>::new());
    assert!(site.built(&[]).read("public/2021/11/26/taiwan/index.html").contains("word26000"));
    assert!(!site.path().join("public/.dateline").exists(), "copies are not published");
}

#[test]
fn one_address_is_one_story_however_it_was_copied() {
    let site = Site::new();
    site.article("a.md", "2021-11-25", &format!("{SOURCE}dam/\" }}"), "One.");
    site.article(
        "b.md",
        "2021-11-26",
        "source = { url = \"http://m.wire.example/amp/dam?utm_source=x\" }",
        "Two.",
    );
    let expected =
        ["warning repeated-story content/articles/b.md:4 ", "warning tracking-link content/articles/b.md:4 "];
    assert_eq!(places(&site, &[]), expected);
    let said = stdout(&check(&site, &["--message-format", "json"]));
    assert!(said.contains("write http://m.wire.example/amp/dam\""), "{said}");
    assert!(said.contains("(the same source address)"), "{said}");
}

#[test]
fn levels_make_a_check_fail_or_be_silent() {
    let site = Site::new();
    site.article("a.md", "2021-11-25", "", "Text.");
    let settings = site.read("site.toml");
    let with = |levels: &str| site.write("site.toml", format!("{settings}[check.levels]\n{levels}\n"));
    let status = |arguments: &[&str]| check(&site, arguments).status.code();
    assert_eq!((status(&[]), status(&["--strict"])), (Some(0), Some(1)));
    with("missing-source = \"error\"");
    assert_eq!(status(&[]), Some(1));
    assert!(site.build(&["--strict"]).status.success(), "a build asks no rule");
    with("missing-source = \"off\"\nmissing-summary = \"off\"\nmissing-place = \"off\"");
    assert_eq!((status(&[]), status(&["--strict"])), (Some(0), Some(0)));
    with("missing-sauce = \"off\"\nlone-tag = \"warnings\"");
    let expected = ["error bad-choice site.toml:5 ", "error unknown-key site.toml:4 missing-sauce = "];
    let mut found = places(&site, &[]);
    found.sort();
    assert_eq!(found, expected);
    let said = stderr(&check(&site, &["--message-format", "short"]));
    assert!(
        said.contains("did you mean 'missing-source'?") && said.contains("did you mean 'warning'?"),
        "{said}"
    );
}

#[test]
fn a_new_site_has_nothing_to_mend() {
    let place = Site::empty();
    assert!(place.run(&["new", "site"]).status.success());
    let output = place.run(&["-C", "site", "check", "--strict", "--drafts"]);
    assert!(output.status.success(), "{}", stderr(&output));
}

#[test]
fn an_article_in_yaml_and_one_without_a_key_have_their_lines() {
    let site = Site::new();
    let text = "---\ntitle: Dam…\ntags: [x]\nsource:\n  - name: Business Wire\n  - url: https://b.example/?gclid=1\n---\n\nText.\n";
    site.write("content/articles/2021-11-25-a.md", text);
    let file = "content/articles/2021-11-25-a.md";
    assert_eq!(
        places(&site, &[]),
        [
            format!("warning cut-headline {file}:2 Dam…"),
            format!("warning tracking-link {file}:6 https://b.example/?gclid=1"),
        ]
    );
}
