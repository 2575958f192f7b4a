//! `dateline import`: from a file of agency copy to an article that builds.

mod common;

use common::{Site, repository, stderr, stdout};
use serde_json::Value;
use std::fs;
use std::io::Write;
use std::process::{Output, Stdio};

/// A story as it is scraped: with its headline twice, its standfirst, and what stands around it.
const STORY: &str = "\
UPDATE 1-Harbour of Aden Opens Again After Nine Years

Harbour Of Aden Opens Again after Nine Years

Umer Jamshaid Published November 25, 2021 | 11:10 AM

The first ship since 2012 has called at the old quay, and three more are on their way

ADEN (Pakistan Point News / Sputnik - 25th November, 2021) The first ship since 2012 called on Thursday at the old quay, the harbour master said.

Three more are on their way with *wheat*, and a fourth, he added, waits for papers from Hong Kong. Nobody had counted on so many so soon after the dredgers left, and the cranes have yet to be tried under a load.

Also read: Harbours of the world

\"We have repeatedly said that this day would come,\" he told reporters.

(Reporting by Ada Byron; Editing by Bo Li)
Enditem
";

const FILE: &str = "content/articles/2021/11/2021-11-25-harbour-of-aden-opens-again-after-nine-years.md";

fn import(site: &Site, arguments: &[&str]) -> Output {
    site.run(&[&["import"], arguments].concat())
}

fn send(site: &Site, arguments: &[&str], copy: &[u8]) -> Output {
    let mut child = site
        .command(&[&["import"], arguments].concat())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it can be run");
    let mut stdin = child.stdin.take().expect("it is piped");
    // Who is refused before all was read hears of a broken pipe.
    let _ = stdin.write_all(copy);
    drop(stdin);
    child.wait_with_output().expect("it ends")
}

fn object(output: &Output) -> Value {
    serde_json::from_str(stdout(output).trim())
        .unwrap_or_else(|_| panic!("{}{}", stdout(output), stderr(output)))
}

fn succeeds(output: &Output) {
    assert_eq!(output.status.code(), Some(0), "{}", stderr(output));
}

#[test]
fn a_story_becomes_an_article_that_builds() {
    let site = Site::new();
    site.article("a.md", "2021-11-20", "tags = [\"Hong Kong\", \"Yemen\"]", "Text.");
    site.write("story.txt", STORY);
    let output = import(&site, &["story.txt", "--url", "https://example.com/aden"]);
    succeeds(&output);
    assert_eq!(stdout(&output).trim(), FILE);
    let expected = r#"+++
title = "Harbour of Aden Opens Again After Nine Years"
date = 2021-11-25
place = "Aden"
tags = ["Hong Kong"]
summary = "The first ship since 2012 has called at the old quay, and three more are on their way"
original_title = "Harbour of Aden Opens Again After Nine Years"

[source]
name = "Pakistan Point News"
url = "https://example.com/aden"
author = "Umer Jamshaid"
date = 2021-11-25
agencies = ["Pakistan Point News", "Sputnik"]
dateline = "ADEN (Pakistan Point News / Sputnik - 25th November, 2021)"
+++

<!-- summary in your own words -->

> The first ship since 2012 called on Thursday at the old quay, the harbour master said.
>
> Three more are on their way with \*wheat\*, and a fourth, he added, waits for papers from Hong Kong. Nobody had counted on so many so soon after the dredgers left, and the cranes have yet to be tried under a load.
>
> — [Pakistan Point News](<https://example.com/aden>)
"#;
    assert_eq!(site.read(FILE), expected);
    site.built(&["--strict"]);
    assert!(
        site.read("public/2021/11/25/harbour-of-aden-opens-again-after-nine-years/index.html")
            .contains("Sputnik")
    );
    // Everything that was guessed or cut is told.
    let told = stderr(&output);
    for part in [
        "title",
        "place",
        "Aden",
        "author",
        "Umer Jamshaid",
        "Pakistan Point News",
        "the headline again",
        "end mark",
        "credits",
        "pointer to another story",
        "label before",
    ] {
        assert!(told.contains(part), "{part}:\n{told}");
    }
    // The whole copy is kept, and no part of what is published.
    assert_eq!(site.read(".dateline/copy/harbour-of-aden-opens-again-after-nine-years.txt"), STORY);
    assert!(
        !common::files(&site.output())
            .values()
            .any(|bytes| String::from_utf8_lossy(bytes).contains("repeatedly said"))
    );
}

#[test]
fn the_story_that_the_project_was_given_is_read_without_flags() {
    let folder = repository("../shared/seed");
    // Where the project lies alone, the story above stands for it.
    let Ok(entries) = fs::read_dir(folder) else { return a_story_becomes_an_article_that_builds() };
    let paths: Vec<_> = entries.map(|entry| entry.expect("it can be read").path()).collect();
    assert!(!paths.is_empty(), "the folder has stories");
    for path in paths {
        let site = Site::new();
        let item = object(&import(&site, &["--json", path.to_str().expect("it is UTF-8")]));
        assert_eq!(item["title"], "China Rules Out Compromises On Taiwan With US - Defense Ministry");
        assert_eq!((&item["place"], &item["date"]), (&"Beijing".into(), &"2021-11-25".into()));
        assert_eq!(item["agencies"], serde_json::json!(["Pakistan Point News", "Sputnik"]));
        assert!(
            item["summary"].as_str().expect("there is one").starts_with("China's armed forces are ready")
        );
        assert_eq!(item["body"].as_str().expect("there is one").split("\n\n").count(), 6);
        site.built(&["--strict"]);
    }
}

#[test]
fn json_has_every_key_and_null_for_what_is_absent() {
    let site = Site::new();
    let item = object(&send(&site, &["--json", "-n"], b"Nothing is known of this."));
    for key in ["title", "original_title", "summary", "place", "dateline", "date", "author", "kind", "lang"] {
        assert_eq!(item.get(key), Some(&Value::Null), "{key}");
    }
    for key in ["agencies", "tags", "guesses", "cut"] {
        assert_eq!(item.get(key), Some(&serde_json::json!([])), "{key}");
    }
    assert_eq!(item["body"], "Nothing is known of this.");
    let item = object(&send(
        &site,
        &["--json", "-n", "--date", "2024-07-01"],
        "Berlin, 30 jun (dpa) - Der Zug\n\n-ENDS-".as_bytes(),
    ));
    assert_eq!((&item["place"], &item["date"]), (&"Berlin".into(), &"2024-06-30".into()));
    let guess = &item["guesses"][0];
    assert_eq!((&guess["field"], &guess["line"]), (&"dateline".into(), &1.into()));
    assert!(guess["confidence"].as_f64().expect("it is a number") > 0.9);
    assert_eq!(
        (&item["cut"][0]["line"], &item["cut"][0]["text"], &item["cut"][0]["why"]),
        (&3.into(), &"-ENDS-".into(), &"end mark".into())
    );
}

#[test]
fn nothing_is_overwritten_and_what_runs_already_is_told() {
    let site = Site::new();
    site.write("story.txt", STORY);
    site.write(
        "again.txt",
        STORY.replace("Harbour of Aden", "A harbour").replace("Harbour Of Aden", "A harbour"),
    );
    succeeds(&import(&site, &["story.txt"]));
    let before = site.read(FILE);
    let again = import(&site, &["story.txt", "again.txt"]);
    assert_eq!(again.status.code(), Some(1));
    assert_eq!(site.read(FILE), before);
    let told = stderr(&again);
    assert!(told.contains("there is an article of that name and day already"), "{told}");
    assert!(
        told.contains("% the same wire story)")
            && told.contains(
                "again.txt runs already as 2021/11/25/harbour-of-aden-opens-again-after-nine-years ("
            ),
        "{told}"
    );
    assert!(
        site.path()
            .join("content/articles/2021/11/2021-11-25-a-harbour-opens-again-after-nine-years.md")
            .exists()
    );
    // In one run, and by the address alone.
    let site = Site::new();
    site.write("one.txt", STORY);
    site.write(
        "two.txt",
        STORY.replace("Harbour of Aden", "A harbour").replace("Harbour Of Aden", "A harbour"),
    );
    let told = stderr(&import(&site, &["one.txt", "two.txt", "--skip-repeats"]));
    assert!(told.contains("two.txt runs already as content/articles/2021/11/"), "{told}");
    assert_eq!(fs::read_dir(site.path().join("content/articles/2021/11")).expect("it is there").count(), 1);
    site.article(
        "b.md",
        "2021-11-20",
        "source = { name = \"P\", url = \"https://www.example.com/x/?utm_source=a\" }",
        "Text.",
    );
    let told = stderr(&send(
        &site,
        &["-n", "--date", "2021-11-26", "--url", "http://m.example.com/x#:~:text=y"],
        b"Other words.\n\nAltogether.",
    ));
    assert!(told.contains("runs already as 2021/11/20/b (the same source address)"), "{told}");
}

#[test]
fn a_day_without_a_year_is_never_today() {
    let site = Site::new();
    let copy = b"LONDON, Nov 25 (Reuters) - Sterling slipped.";
    let refused = send(&site, &[], copy);
    assert_eq!(refused.status.code(), Some(1));
    assert!(
        stderr(&refused).contains("says 'November 25' and no year") && stderr(&refused).contains("--date"),
        "{}",
        stderr(&refused)
    );
    assert!(!site.path().join("content").exists());
    succeeds(&send(&site, &["--date", "2021-11-26"], copy));
    assert!(site.path().join("content/articles/2021/11/2021-11-25-sterling-slipped.md").exists());
}

#[test]
fn what_is_not_sure_is_a_comment() {
    let site = Site::new();
    let copy = "Trains stop\n\nBerlin - Der Zug stand den ganzen Tag in der Sonne und fuhr nicht weiter, sagte der Schaffner.";
    succeeds(&send(&site, &["--date", "2021-11-26", "--outlet", "Die Zeitung"], copy.as_bytes()));
    let text = site.read("content/articles/2021/11/2021-11-26-trains-stop.md");
    assert!(text.contains("\n# place: \"Berlin\" (35 % sure, line 3: Berlin - Der Zug"), "{text}");
    assert!(
        !text.contains("\nplace")
            && text.contains("> Berlin - Der Zug")
            && text.contains("name = \"Die Zeitung\""),
        "{text}"
    );
    site.built(&["--strict"]);
}

#[test]
fn a_site_knows_agencies_of_its_own() {
    let site = Site::new();
    site.write("site.toml", "base_url = \"https://example.org/\"\ntitle = \"T\"\n[wire]\nagencies = [{ name = \"Delta Wire\", kind = \"press-release\" }]\n");
    let item =
        object(&send(&site, &["--json", "-n"], b"(DELTA WIRE) - We are pleased to say that all is well."));
    assert_eq!((&item["agencies"][0], &item["kind"]), (&"Delta Wire".into(), &"press-release".into()));
}

#[test]
fn a_saved_page_is_its_story() {
    let site = Site::new();
    let paragraphs: String =
        STORY.split("\n\n").skip(4).map(|text| format!("<p>{}</p>", text.replace('&', "&amp;"))).collect();
    let page = format!(
        "<!doctype html><html><head><title>Harbour opens | The Paper</title><meta property=\"og:site_name\" content=\"The Paper\">\
         <link rel=canonical href=\"https://paper.example/harbour\"><script>track()</script></head>\
         <body><nav>Home</nav><article><h1>Harbour of Aden opens after nine years of waiting</h1>{paragraphs}<script>steal()</script></article><footer>Terms</footer></body></html>"
    );
    site.write("page.html", page);
    succeeds(&import(&site, &["page.html", "--full"]));
    let text = site.read("content/articles/2021/11/2021-11-25-harbour-opens.md");
    assert!(text.contains("name = \"The Paper\"") && text.contains("place = \"Aden\""), "{text}");
    assert!(!text.contains("track") && !text.contains("steal") && !text.contains("Terms"), "{text}");
    assert!(
        !text.contains("nine years of waiting"),
        "the page's own headline is no text of the story: {text}"
    );
    site.built(&["--strict"]);
}

#[test]
fn what_is_hardly_a_story_is_told() {
    let site = Site::new();
    let warned = |copy: &str| {
        let output = send(&site, &["-n", "--date", "2026-11-25"], copy.as_bytes());
        succeeds(&output);
        stderr(&output).contains("has a text of")
    };
    assert!(warned("Log in to go on\n\nPlease log in or subscribe to read this article."));
    assert!(!warned("Mine closes\n\nPERTH (Reuters) - The mine is to close."));
    assert!(!warned(STORY));
}

#[test]
fn any_encoding_makes_a_clean_file() {
    let story = "Zürich wählt\n\nZÜRICH, 25. Nov 2021 (SDA) - Die Stadt hat gewählt, und “niemand” wundert sich darüber.";
    let utf_16: Vec<u8> = format!("\u{feff}{story}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    let windows: Vec<u8> = story
        .chars()
        .map(|c| match c {
            '“' => 0x93,
            '”' => 0x94,
            c => u8::try_from(u32::from(c)).expect("it is of Latin-1"),
        })
        .collect();
    let dirty = story.replace('\n', "\r\n").replace("Stadt", "St\u{200b}a\u{202e}dt\u{7}");
    let expected = {
        let site = Site::new();
        succeeds(&send(&site, &["--full"], story.as_bytes()));
        site.read("content/articles/2021/11/2021-11-25-zurich-wahlt.md")
    };
    assert!(expected.contains("place = \"Zürich\"") && expected.contains("lang = \"de\""), "{expected}");
    for copy in [utf_16, windows, dirty.into_bytes()] {
        let site = Site::new();
        succeeds(&send(&site, &["--full"], &copy));
        assert_eq!(site.read("content/articles/2021/11/2021-11-25-zurich-wahlt.md"), expected);
    }
}

#[test]
fn hostile_copy_makes_a_clean_file_or_a_clear_message() {
    let site = Site::new();
    for (copy, message) in [
        (&b""[..], "there is no text in it"),
        (b"%PDF-1.7 x", "it is a PDF file"),
        (&[0, 1, 2, 3, 0, 0, 200, 9, 1], "it is binary data"),
        (&vec![b'x'; 17 << 20], "more than 16 MiB"),
        ("<div>".repeat(60_000).as_bytes(), "too deep in each other"),
    ] {
        let copy = if copy.starts_with(b"<div>") { [b"<html><body>", copy].concat() } else { copy.to_vec() };
        let output = send(&site, &["--date", "2021-11-26"], &copy);
        assert_eq!(output.status.code(), Some(1));
        let told = stderr(&output);
        assert!(told.contains(message), "{message}: {told}");
    }
    assert!(!site.path().join("content").exists());
    let line = format!("A headline\n\n{}", "word ".repeat(1 << 20));
    let unspaced = format!("A headline\n\nBEIJING {}", "中".repeat(1 << 20));
    let buttons = format!("A headline\n\n{}", "Share\nThe dam opens.\n".repeat(1 << 16));
    for (title, copy) in [
        ("long", line.as_str()),
        ("unspaced", unspaced.as_str()),
        ("buttons", buttons.as_str()),
        (
            "fence",
            "A fence\n\n+++\n\ntitle = \"x\"\n\n+++\n\n---\n\n# Heading\n\n1. one\n\n<script>alert(1)</script> {{ x }} {% y %} [a](b)",
        ),
        ("quote", "\"'''\"\"\"\\\n\nLONDON (AP) - '''\"\"\"\\u0041"),
    ] {
        succeeds(&send(&site, &["--date", "2021-11-26", "--full", "--slug", title], copy.as_bytes()));
    }
    site.built(&["--strict"]);
    let page = site.read("public/2021/11/26/fence/index.html");
    assert!(
        page.contains("+++") && page.contains("&lt;script&gt;alert") && !page.contains("<script>alert"),
        "{page}"
    );
}

#[test]
fn usage_is_explained() {
    let site = Site::new();
    let output = import(&site, &["a.txt", "b.txt", "--url", "https://a.example/"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("one at a time"));
    assert_eq!(import(&site, &["nowhere.txt"]).status.code(), Some(1));
    // Without a site there is nowhere to import to, but a story can be looked at.
    let nowhere = Site::empty();
    assert_eq!(send(&nowhere, &[], STORY.as_bytes()).status.code(), Some(1));
    let item = object(&send(&nowhere, &["-n", "--json"], STORY.as_bytes()));
    assert_eq!(item["place"], "Aden");
}

#[test]
fn what_a_standfirst_says_is_no_markup() {
    let site = Site::new();
    let copy = STORY
        .replace("and three more", "<img src=x onerror=alert(1)> [x](javascript:alert(1)) *and* three more");
    succeeds(&send(&site, &["--slug", "x"], copy.as_bytes()));
    site.built(&["--strict"]);
    // The summary of a JSON feed is plain text, and says what it says.
    for (path, bytes) in
        common::files(&site.output()).into_iter().filter(|(path, _)| !path.ends_with(".json"))
    {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        assert!(!text.contains("<img src=x") && !text.contains("href=\"javascript"), "{path}: {text}");
    }
}

#[test]
fn a_name_without_a_letter_is_refused() {
    let site = Site::new();
    for arguments in [["--outlet", "+++"], ["--tag", "…"]] {
        let output = send(&site, &arguments, STORY.as_bytes());
        assert_eq!(output.status.code(), Some(2), "{}", stderr(&output));
    }
    let page = format!(
        "<html><head><meta property=og:site_name content='+++'><title>Harbour opens</title></head><body><article><p>{}</p></article></body>",
        STORY.replace("\n\n", "</p><p>")
    );
    site.write("page.html", page);
    succeeds(&import(&site, &["page.html", "--date", "2021-11-26"]));
    site.built(&["--strict"]);
}

#[test]
fn a_sentence_that_begins_as_furniture_does_stays() {
    let site = Site::new();
    let sentences = [
        "Related to the vote: the roof of the old hall must be mended.",
        "For more than nine years: that is how long it was shut.",
        "Editing by hand is slow, said the chair.",
        "Copyright law, said the chair, does not apply to fish.",
        "Inputs from farms fell.",
        "By Friday night all was well again.",
    ];
    let copy = format!("{}\n\n{}", STORY.trim_end().trim_end_matches("Enditem"), sentences.join("\n\n"));
    let item = object(&send(&site, &["-n", "--json"], copy.as_bytes()));
    let body = item["body"].as_str().expect("there is one");
    for sentence in sentences {
        assert!(body.contains(sentence), "{sentence}: {body}");
    }
}
