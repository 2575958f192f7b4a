//! Equal bytes: the output follows from the sources, the settings, the version and `--now`, and from nothing else;
//! neither from the machine, nor from what was built before.

mod common;

use common::dice::Dice;
use common::{Site, copy, files, stderr};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::Path;

type Tree = BTreeMap<String, Vec<u8>>;

/// Builds in a site's folder under some environment, and gives the output and the closing line.
fn build(site: &Site, environment: &[(&str, &str)]) -> (Tree, String) {
    let mut command = site.command(&["build", "--now", common::NOW]);
    command.envs(environment.iter().copied());
    let output = command.output().expect("the binary runs");
    assert!(output.status.success(), "{environment:?}:\n{}", stderr(&output));
    (files(&site.output()), stderr(&output))
}

/// Fails with the first difference: whole sites are too much to print.
fn assert_same(one: &Tree, other: &Tree, what: &str) {
    for path in one.keys().chain(other.keys()) {
        let text = |tree: &Tree| tree.get(path).map(|bytes| String::from_utf8_lossy(bytes).into_owned());
        assert_eq!(text(one), text(other), "{what}: {path}");
    }
}

/// A site of `count` articles that share days, terms, priorities and threads.
fn generated(count: usize) -> Tree {
    let mut tree = Tree::new();
    tree.insert("site.toml".to_owned(), SETTINGS.as_bytes().to_vec());
    for number in 0..count {
        let mut text = format!(
            "+++\ntitle = \"Item {number} of “{}”\"\ndate = 2021-{:02}-{:02}\ntags = [\"T{}\", \"t{}\", \"Ü {}\"]\n",
            number % 7,
            1 + number % 11,
            1 + number % 28,
            number % 13,
            number % 5,
            number % 3,
        );
        let _ = writeln!(text, "section = \"Desk {}\"\nthread = \"Thread {}\"", number % 4, number % 9);
        let _ =
            writeln!(text, "priority = {}\nsource = {{ name = \"Paper {}\" }}", 1 + number % 9, number % 6);
        if number % 10 == 3 {
            let _ = writeln!(text, "aliases = [\"/old/{number}/\"]\nupdated = 2021-11-30");
        }
        let older = number.saturating_sub(1);
        let _ = writeln!(
            text,
            "+++\nText {number}, after [another](a{older:03}.md#h-{older}).\n\n## H {number}\n\nNote[^1].\n\n[^1]: So."
        );
        tree.insert(format!("content/articles/a{number:03}.md"), text.into_bytes());
    }
    tree
}

const SETTINGS: &str = "base_url = \"https://example.org/digest/\"\ntitle = \"Generated\"\ntimezone = \"Europe/Berlin\"\n\
    [paginate]\nper_page = 10\n";

#[test]
fn threads_time_zones_languages_and_the_order_of_files_do_not_matter() {
    let mut sample = files(Site::sample().path());
    sample.insert("templates/404.html".to_owned(), b"{{ terms(taxonomy='tags') | json_encode }}".to_vec());
    for (what, sources) in [("the sample", sample), ("300 articles", generated(300))] {
        let (one, other) = (Site::empty(), Site::empty());
        sources.iter().for_each(|(path, bytes)| one.write(path, bytes));
        sources.iter().rev().for_each(|(path, bytes)| other.write(path, bytes));
        let plain = [("RAYON_NUM_THREADS", "1"), ("TZ", "America/Los_Angeles"), ("LANG", "C")];
        let fancy = [
            ("RAYON_NUM_THREADS", "4"),
            ("TZ", "Pacific/Kiritimati"),
            ("LANG", "tr_TR.UTF-8"),
            ("LC_ALL", "ur_PK.UTF-8"),
            ("SOURCE_DATE_EPOCH", "1"),
        ];
        let (first, said) = build(&one, &plain);
        let (second, _) = build(&other, &fancy);
        assert_same(&first, &second, what);
        assert!(said.contains(" 0 unchanged") && first.len() > 100, "{what}: {said}");
        let (again, said) = build(&one, &fancy);
        assert!(said.contains(": 0 written,") && said.contains(" 0 removed"), "{what}: {said}");
        assert_same(&first, &again, what);
    }
}

#[test]
fn after_any_edits_a_build_equals_a_clean_one() {
    let mut dice = Dice(0x5EED_2021_1203);
    let site = Site::empty();
    generated(24).iter().for_each(|(path, bytes)| site.write(path, bytes));
    build(&site, &[]);
    let mut renamed = 0;
    let mut written = 0;
    let edits: [(&str, Edit); 14] = [
        ("text", |site, dice, _| edit(site, dice, |text| text.replacen("Text ", "New words, text ", 1))),
        ("title", |site, dice, _| edit(site, dice, |text| text.replacen("Item", "Headline", 1))),
        ("tag", |site, dice, n| {
            edit(site, dice, |text| text.replacen("tags = [", &format!("tags = [\"New {n}\", "), 1));
        }),
        ("fewer tags", |site, dice, _| {
            edit(site, dice, |text| text.replacen("tags = [", "tags = [] # [", 1));
        }),
        ("date", |site, dice, _| edit(site, dice, |text| text.replacen("date = 2021", "date = 2020", 1))),
        ("slug", |site, dice, n| {
            edit(site, dice, |text| text.replacen("date =", &format!("slug = \"s{n}\"\ndate ="), 1));
        }),
        ("heading", |site, dice, _| {
            edit(site, dice, |text| text.replacen("Note[^1].", "### Deeper {#d}\n\n[down](#d)", 1));
        }),
        ("draft", |site, dice, _| {
            edit(site, dice, |text| text.replacen("date =", "draft = true\ndate =", 1));
        }),
        ("delete", |site, dice, _| remove(&pick(site, dice))),
        ("rename", |site, dice, n| {
            let path = pick(site, dice);
            let text = fs::read_to_string(&path).expect("it can be read").replace("](a", "](../a");
            remove(&path);
            site.write(&format!("content/articles/moved/r{n}.md"), text);
        }),
        ("template", |site, _, n| {
            let path = site.path().join("templates/period.html");
            if path.exists() {
                remove(&path);
            } else {
                site.write("templates/period.html", format!("{{% extends \"base.html\" %}}{{% block main %}}{n} {{{{ period.label }}}}{{% endblock main %}}"));
            }
        }),
        ("static", |site, _, n| {
            site.write("static/css/site.css", format!("body {{ order: {n} }}"));
            site.write(&format!("static/{}.txt", n % 3), n.to_string());
        }),
        ("fewer static", |site, _, _| {
            let _ = fs::remove_dir_all(site.path().join("static"));
        }),
        ("settings", |site, _, n| {
            let more = [
                "",
                "\n[feeds]\nlimit = 3\n",
                "\n[taxonomies]\ntags = { path = \"topics\" }\n",
                "\n[dates]\ndays = false\n",
            ];
            site.write("site.toml", format!("{SETTINGS}{}", more[n % more.len()]));
        }),
    ];
    // Every edit at least once, in an order of its own, and some more.
    let mut order: Vec<usize> = (0..edits.len()).chain((0..11).map(|_| dice.throw(edits.len()))).collect();
    for at in (1..order.len()).rev() {
        order.swap(at, dice.throw(at + 1));
    }
    for (number, place) in order.into_iter().enumerate() {
        let (name, make) = edits[place];
        make(&site, &mut dice, number);
        mend_links(&site);
        let what = format!("after edit {number}, {name}");
        let (built, said) = build(&site, &[]);
        written += usize::from(!said.contains(": 0 written,"));
        renamed += usize::from(!said.contains(" 0 removed"));
        let clean = Site::empty();
        for folder in ["content", "templates", "static"] {
            copy(&site.path().join(folder), &clean.path().join(folder));
        }
        clean.write("site.toml", site.read("site.toml"));
        assert_same(&built, &build(&clean, &[]).0, &what);
        assert_no_empty_folder(&site.output());
    }
    assert!(written > 15 && renamed > 5, "the edits hardly changed anything: {written}, {renamed}");
}

type Edit = fn(&Site, &mut Dice, usize);

/// Some article's file.
fn pick(site: &Site, dice: &mut Dice) -> std::path::PathBuf {
    let folder = site.path().join("content/articles");
    let all: Vec<String> = files(&folder).into_keys().collect();
    folder.join(&all[dice.throw(all.len())])
}

fn edit(site: &Site, dice: &mut Dice, change: impl Fn(&str) -> String) {
    let path = pick(site, dice);
    let text = fs::read_to_string(&path).expect("it can be read");
    fs::write(&path, change(&text)).expect("it can be written");
}

fn remove(path: &Path) {
    fs::remove_file(path).expect("it can be removed");
}

/// Takes out links that lead to what is no longer there, which would be errors; those that stay are a part of what
/// has to be right.
fn mend_links(site: &Site) {
    let articles = site.path().join("content/articles");
    let all = files(&articles);
    for (path, text) in &all {
        let text = String::from_utf8_lossy(text);
        let Some((before, rest)) = text.split_once("[another](") else { continue };
        let (target, after) = rest.split_once(')').expect("a link ends");
        let file = target.split('#').next().unwrap_or_default().trim_start_matches("../");
        let shown = |text: &Vec<u8>| !String::from_utf8_lossy(text).contains("draft = true");
        if !all.get(file).is_some_and(shown) {
            fs::write(articles.join(path), format!("{before}another{after}")).expect("it can be written");
        }
    }
}

fn assert_no_empty_folder(folder: &Path) {
    let entries: Vec<_> =
        fs::read_dir(folder).expect("it can be read").map(|entry| entry.expect("an entry").path()).collect();
    assert!(!entries.is_empty(), "{} is empty", folder.display());
    entries.iter().filter(|path| path.is_dir()).for_each(|path| assert_no_empty_folder(path));
}
