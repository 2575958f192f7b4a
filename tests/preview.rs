//! `dateline serve`: editions and errors.
//!
//! The tests whose names begin with `row_` are the scenarios that bite in other generators' previews, by their numbers.
//! What happens to files is in `preview_files.rs` and `preview_editors.rs`, time in `preview_time.rs`, tabs in
//! `preview_tabs.rs`, addresses and ports in `preview_server.rs`, what a machine does in `preview_machine.rs`.

mod common;

use common::files;
use common::preview::{ONE, Preview, SOURCE, encode, newsroom};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::SystemTime;

const TITLE: &str = "title = \"one\"";

#[test]
fn row_11_a_build_while_serving_is_no_edition() {
    let site = newsroom();
    let preview = Preview::start(&site, &[]);
    let before = preview.edition().1;
    site.built(&[]).built(&["--drafts"]).built(&["-o", "elsewhere"]);
    site.write("public/index.html", "changed");
    fs::remove_dir_all(site.path().join(".dateline")).expect("it is there");
    preview.edit(|site| site.put("static/a.txt", "A"));
    preview.until_changes_said("the real change", |changes| !changes.is_empty());
    assert_eq!(preview.edition().1, before + 1, "{}", preview.said());
    assert_eq!(preview.changes_said(), ["static/a.txt"]);
}

#[test]
fn row_15_the_settings_are_edited() {
    let site = newsroom();
    let preview = Preview::start(&site, &[]);
    let addresses = ["/", ONE, "/tags/water/", "/archive/", "/atom.xml", "/feed.json", "/404.html"];
    for address in addresses {
        assert!(preview.get(address).page_text().contains("Test"), "{address}");
    }
    // Written in place, then by a rename over it, then as Vim does.
    let settings = site.read("site.toml");
    site.write("site.toml", settings.replace("Test", "First title"));
    preview.until_shows("/", "First title");
    site.put("site.toml", settings.replace("Test", "Second title"));
    preview.until_shows("/", "Second title");
    site.rename("site.toml", "site.toml~");
    site.write("site.toml", settings.replace("Test", "Third title"));
    fs::remove_file(site.path().join("site.toml~")).expect("it is there");
    preview.until_shows("/", "Third title");
    for address in addresses {
        assert!(preview.get(address).page_text().contains("Third title"), "{address}");
    }
    preview.until_as_built(&[]);
    // Another path to serve at.
    site.put("site.toml", settings.replace("https://example.org/", "https://example.org/digest/"));
    preview.until_shows("/digest/", "/digest/2021/11/25/one/");
    assert_eq!(preview.get("/").header("location"), Some("/digest/"));
    // Without it there is no site; the last one stays.
    site.take("site.toml");
    preview.until("the error", |preview| !preview.get("/digest/").data("problems").is_empty());
    assert!(preview.shows("/digest/", "/digest/2021/11/25/one/"));
    site.put("site.toml", settings);
    preview.until_shows("/", "href=\"/2021/11/25/one/\"");
    preview.until_as_built(&[]);
}

#[test]
fn row_18_polling_sees_what_no_event_tells() {
    let site = newsroom();
    let preview = Preview::start(&site, &["--poll"]);
    #[cfg(target_os = "linux")]
    assert_eq!(common::preview::watches(preview.id()), 0);
    site.change(SOURCE, "The first text.", "A new text.");
    preview.until_shows(ONE, "A new text.");
    // Of the same length, and at once.
    site.change(SOURCE, "A new text.", "New a text.");
    preview.until_shows(ONE, "New a text.");
    site.rename(SOURCE, "content/articles/uno.md");
    preview.until_gone(ONE);
    site.write("static/first.txt", "First");
    preview.until("the first static file", |preview| preview.get("/first.txt").text() == "First");
    site.change("site.toml", "Test", "Another title");
    preview.until_shows("/", "Another title");
    site.write("content/articles/broken.md", "+++\ntitle = \"Broken\n+++\n");
    preview.until("the error", |preview| !preview.get("/").data("problems").is_empty());
    fs::remove_file(site.path().join("content/articles/broken.md")).expect("it is there");
    preview.until("its end", |preview| preview.get("/").data("problems").is_empty());
    preview.until_as_built(&[]);
}

#[test]
fn row_19_an_error_lies_over_the_last_good_site() {
    let site = newsroom();
    let preview = Preview::start(&site, &[]);
    // Of pages that were opened the last good state is kept; a page that was not is made of the file as it is.
    let before = preview.page(ONE);
    assert!(preview.shows("/2021/11/24/two/", "The second text."));
    let text = site.read(SOURCE);
    let hostile = "<script>alert(1)</script><img src=x onerror=alert(2)>";
    site.put(SOURCE, text.replace("tags = ", &format!("tagz = \"{hostile}\"\ntags = ")));
    preview.until("the overlay", |preview| !preview.get(ONE).data("problems").is_empty());
    for address in [ONE, "/", "/tags/water/", "/nowhere/"] {
        let answer = preview.get(address);
        assert!(answer.status == 200 || address == "/nowhere/", "{address}");
        let suffix = answer.suffix();
        for part in
            ["class=\"overlay\"", "tagz", "one.md", "did you mean", "&lt;script&gt;alert(1)&lt;/script&gt;"]
        {
            assert!(suffix.contains(part), "{address} has no '{part}': {suffix}");
        }
        assert!(!suffix.contains("<script>alert") && !suffix.contains("<img"), "{address}: {suffix}");
    }
    assert_eq!(preview.page(ONE), before);
    // The tab is told as well, so that it need not fetch the page for that.
    let status = preview.status(ONE, &preview.get(ONE));
    assert!(
        status["panel"].as_str().is_some_and(|panel| panel.contains("&lt;script&gt;alert(1)")),
        "{status}"
    );
    preview.until("word of it", |preview| preview.said().contains("errors, and the last good state stays"));
    // What changes besides waits for that.
    site.change("content/articles/two.md", "The second text.", "Another text.");
    preview.until_changes_said("the second change", |changes| changes.len() >= 2);
    assert!(preview.shows("/2021/11/24/two/", "The second text."));
    site.put(SOURCE, text);
    preview.until("its end", |preview| preview.get(ONE).data("problems").is_empty());
    assert!(!preview.get(ONE).suffix().contains("class=\"overlay\""));
    assert!(preview.shows("/2021/11/24/two/", "Another text."));
    preview.until_said("All errors are mended");
    preview.until_as_built(&[]);
}

#[test]
fn row_19_an_error_in_one_page() {
    let site = newsroom();
    site.write("templates/broken.html", "<!doctype html>\n<p>{{ page.title }}</p>\n");
    site.change(SOURCE, TITLE, "title = \"one\"\ntemplate = \"broken.html\"");
    let preview = Preview::start(&site, &[]);
    let before = preview.page(ONE);
    // It is nowhere but in this page, which shows what it was; others are new.
    site.put("templates/broken.html", "<!doctype html>\n<p>{{ page.title.nothing.at.all }}</p>\n");
    preview.until("the overlay", |preview| preview.get(ONE).suffix().contains("broken.html"));
    assert_eq!(preview.page(ONE), before);
    site.change("content/articles/two.md", "title = \"two\"", "title = \"Another title\"");
    preview.until_shows("/", "Another title");
    assert!(preview.get("/").suffix().contains("class=\"overlay\""));
    site.put("templates/broken.html", "<!doctype html>\n<p>Mended {{ page.title }}</p>\n");
    preview.until_shows(ONE, "Mended");
    preview.until("its end", |preview| preview.get(ONE).data("problems").is_empty());
    // Found in a page that nobody has opened.
    site.change("content/articles/three.md", "date =", "template = \"none.html\"\ndate =");
    preview.until("the error", |preview| preview.get("/").suffix().contains("none.html"));
    // There is no such page to show, so nothing stands in for it.
    let answer = preview.get("/2021/10/26/three/");
    assert_eq!(answer.status, 503);
    let suffix = answer.suffix();
    assert!(suffix.contains("There is no page to show here") && !suffix.contains(" data-gone"), "{suffix}");
    assert_eq!(answer.data("source"), "content/articles/three.md");
    let status = preview.status("/2021/10/26/three/", &answer);
    assert!(status["panel"].to_string().contains("There is no page to show here"), "{status}");
    site.change("content/articles/three.md", "template = \"none.html\"\n", "");
    preview.until_shows("/2021/10/26/three/", "The third text.");
    preview.until("its end", |preview| preview.get("/").data("problems").is_empty());
    preview.until_as_built(&[]);
}

#[test]
fn what_changed_under_an_error_is_known_when_it_is_mended() {
    let site = newsroom();
    site.write("static/a.txt", "A");
    let preview = Preview::start(&site, &[]);
    site.put("templates/article.html", "{% if %}");
    preview.until("the error", |preview| !preview.get(ONE).data("problems").is_empty());
    let broken = preview.get(ONE);
    preview.edit(|site| site.take("content/articles/two.md"));
    preview.edit(|site| site.put("static/a.txt", "B"));
    // The tab has heard of this edition, which shows the site as it was.
    let (boot, number) = preview.edition();
    site.take("templates/article.html");
    preview.until_gone("/2021/11/24/two/");
    let gone = preview.get("/2021/11/24/two/");
    assert!(gone.suffix().contains("content/articles/two.md"), "{}", gone.suffix());
    let [key, source, body] = ["key", "source", "body"].map(|name| broken.data(name));
    let status = preview.status_of(ONE, &key, &source, &body, &format!("{boot}.{number}"));
    assert!(status["assets"].to_string().contains("/a.txt"), "{status}");
    preview.until_as_built(&[]);
}

#[test]
fn an_error_is_not_lost_among_warnings() {
    let site = newsroom();
    for number in 0..1_100 {
        site.article(&format!("many/{number}.md"), "2021-11-01", "", "![](https://example.org/a.png)");
    }
    site.write("templates/late.html", "{{ page.title }}");
    site.change("content/articles/three.md", "date =", "template = \"late.html\"\ndate =");
    let preview = Preview::start(&site, &[]);
    // The only page that has it is the last of the articles, and nobody asks for it.
    site.put("templates/late.html", "{{ page.nothing.at.all }}");
    preview.until("the error", |preview| preview.get("/").suffix().contains("late.html"));
}

#[test]
fn an_error_on_many_pages_is_one_and_stays_the_same() {
    let site = newsroom();
    for number in 0..300 {
        site.article(&format!("many/{number}.md"), "2021-11-01", "", "Many.");
    }
    let preview = Preview::start(&site, &[]);
    site.put("templates/article.html", "{{ page.nothing.at.all }}");
    preview.until("the error", |preview| !preview.get(ONE).data("problems").is_empty());
    let first = preview.get(ONE).data("problems");
    // It is found on ever more pages, and is no other error for that.
    preview.until("all pages", |preview| preview.get(ONE).suffix().contains("the same on 302 more pages"));
    assert_eq!(preview.get(ONE).data("problems"), first);
    // At the terminal it is told once, when all pages have been looked at.
    preview.until_said("templates/article.html:1:");
    site.change(SOURCE, "The first text.", "Another text.");
    preview.until_said("1 error, as before");
    assert_eq!(preview.said().matches("templates/article.html:1:").count(), 1, "{}", preview.said());
}

#[test]
fn row_19_there_has_been_no_good_site_yet() {
    let site = newsroom();
    site.write("content/articles/broken.md", "+++\ntitle = \"<b>Broken</b>\n+++\n");
    let preview = Preview::start(&site, &[]);
    for address in ["/", ONE, "/css/site.css", "/nowhere/"] {
        let answer = preview.get(address);
        assert_eq!(answer.status, 503, "{address}");
        let suffix = answer.suffix();
        assert!(suffix.contains("class=\"overlay\"") && suffix.contains("broken.md"), "{address}: {suffix}");
        assert!(suffix.contains("&lt;b&gt;Broken&lt;/b&gt;") && !suffix.contains("<b>Broken"), "{suffix}");
    }
    let shown = preview.get(ONE);
    site.take("content/articles/broken.md");
    preview.until_shows(ONE, "The first text.");
    assert_eq!(preview.status(ONE, &shown)["verdict"], "changed");
    preview.until_as_built(&[]);
}

#[test]
fn row_25_nothing_is_written() {
    let site = newsroom();
    site.built(&[]);
    let state = |folder: &Path| -> BTreeMap<String, (Vec<u8>, SystemTime)> {
        let time = |path: &String| {
            let about = fs::metadata(folder.join(path)).expect("it is there");
            about.modified().expect("it has a time")
        };
        let found = files(folder).into_iter();
        found.map(|(path, bytes)| (path.clone(), (bytes, time(&path)))).collect()
    };
    let folders = ["public", ".dateline"].map(|folder| site.path().join(folder));
    let before = folders.each_ref().map(|folder| state(folder));
    assert!(before[0].len() > 20);
    let preview = Preview::start(&site, &[]);
    preview.edit(|site| site.change(SOURCE, TITLE, "title = \"Changed\""));
    preview.edit(|site| site.take("content/articles/two.md"));
    assert!(preview.shows(ONE, "Changed"));
    for path in before[0].keys() {
        preview.get(&format!("/{}", encode(path)));
    }
    preview.signal("INT");
    let (status, said) = preview.ended();
    assert_eq!(status.code(), Some(0), "{said}");
    assert!(folders.each_ref().map(|folder| state(folder)) == before, "something was written");
    // Nor in a folder that was never built.
    let site = newsroom();
    let preview = Preview::start(&site, &[]);
    preview.until_as_built(&[]);
    assert!(!site.output().exists());
    assert!(!site.path().join(".dateline").exists());
}
