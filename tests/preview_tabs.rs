//! `dateline serve`, as tabs of a browser meet it: events, and what became of a page. What the script in the page makes of
//! that is tested in `tests/web/checks/preview.mjs`.

mod common;

use common::preview::{LONG, ONE, Preview, SOURCE, free_port, newsroom};
use serde_json::Value;

const TITLE: &str = "title = \"one\"";

#[test]
fn row_10_an_event_is_sent_when_the_page_can_be_fetched() {
    let site = newsroom();
    let preview = Preview::start(&site, &[]);
    for round in 0..20 {
        let text = format!("Text of round {round}.");
        let page = format!("+++\ntitle = \"one\"\ndate = 2021-11-25\ntags = [\"Water\"]\n+++\n\n{text}\n");
        let event = preview.edit(|site| site.put(SOURCE, page));
        // Not waited for again: what the event speaks of is there.
        let page = preview.get(ONE);
        assert!(page.page_text().contains(&text), "round {round}");
        assert_eq!(page.data("edition"), format!("{}.{}", event.boot, event.number));
        assert!(preview.shows("/tags/water/", ONE));
    }
}

#[test]
fn row_12_style_and_page_change_together() {
    let site = newsroom();
    site.write("static/css/site.css", "body { color: #111111 }");
    let preview = Preview::start(&site, &[]);
    let before = preview.get(ONE);
    site.put("static/css/site.css", "body { color: #222222 }");
    site.change(SOURCE, "The first text.", "A new text.");
    preview.until_shows(ONE, "A new text.");
    preview.until("the new style", |preview| {
        preview.get(&style_of(&preview.page(ONE))).text().contains("#222222")
    });
    let status = preview.status(ONE, &before);
    assert_eq!(status["verdict"], "changed");
    assert!(assets(&status).contains(&"/css/site.css".to_owned()), "{status}");
    preview.until_as_built(&[]);
}

/// The address of a page's style sheet.
fn style_of(page: &str) -> String {
    let (before, _) = page.split_once(".css\"").expect("it has a style sheet");
    let address = before.rsplit_once('"').expect("its address is quoted").1;
    format!("{address}.css")
}

fn assets(status: &Value) -> Vec<String> {
    let assets = status["assets"].as_array().expect("it is known which files changed");
    assets.iter().filter_map(|asset| Some(asset.as_str()?.to_owned())).collect()
}

#[test]
fn row_13_a_style_sheet_changes_alone() {
    let site = newsroom();
    site.write("static/css/site.css", "body { color: #111111 }");
    let preview = Preview::start(&site, &[]);
    let before = preview.get(ONE);
    let old = style_of(&before.page_text());
    preview.edit(|site| site.put("static/css/site.css", "body { color: #222222 }"));
    let status = preview.status(ONE, &before);
    let now = preview.page(ONE);
    let new = style_of(&now);
    assert!(old != new && preview.get(&new).text().contains("#222222"));
    assert_eq!(preview.code(&old), 404);
    assert_eq!(status["verdict"], "changed");
    let changed = assets(&status);
    assert!(changed.contains(&"/css/site.css".to_owned()) && changed.contains(&new), "{status}");
    // But for that address the page is what it was, so that a tab has nothing else to change.
    assert_eq!(now.replace(&new, &old), before.page_text());
    // A tab that knows of that has nothing to do, and one of another server has to fetch all.
    let status = preview.status(ONE, &preview.get(ONE));
    assert_eq!((&status["verdict"], assets(&status).len()), (&Value::from("same"), 0));
    assert!(preview.status_of(ONE, "", "", "", "00000000.1")["assets"].is_null());
    // A change of a page is none of a style sheet.
    let before = preview.get(ONE);
    preview.edit(|site| site.change(SOURCE, "The first text.", "A new text."));
    assert_eq!(assets(&preview.status(ONE, &before)), [""; 0]);
    preview.until_as_built(&[]);
}

#[test]
fn row_29_what_became_of_a_page() {
    let site = newsroom();
    let preview = Preview::start(&site, &[]);
    let verdict = |status: &Value| (status["verdict"].clone(), status["to"].clone());
    let is = |verdict: &str| (Value::from(verdict), Value::Null);
    let moved = |to: &str| (Value::from("moved"), Value::from(to));
    let tab = preview.get(ONE);
    assert_eq!(verdict(&preview.status(ONE, &tab)), is("same"));
    // Another address of the same file.
    preview.edit(|site| site.change(SOURCE, TITLE, "title = \"one\"\nslug = \"é uno\""));
    assert_eq!(verdict(&preview.status(ONE, &tab)), moved("/2021/11/25/%C3%A9%20uno/"));
    // It is known by its path as the browser has it, which is encoded.
    let tab = preview.get("/2021/11/25/%C3%A9%20uno/");
    assert_eq!(verdict(&preview.status("/2021/11/25/%C3%A9%20uno/", &tab)), is("same"));
    preview.edit(|site| site.change(SOURCE, "slug = \"é uno\"\n", ""));
    assert_eq!(verdict(&preview.status("/2021/11/25/%C3%A9%20uno/", &tab)), moved(ONE));
    // Another file of the same text, also where its date changed with it.
    let tab = preview.get(ONE);
    site.rename(SOURCE, "content/articles/deeper/eins.md");
    preview.until_shows("/2021/11/25/eins/", "The first text.");
    preview.until_gone(ONE);
    assert_eq!(verdict(&preview.status(ONE, &tab)), moved("/2021/11/25/eins/"));
    // The page that is there instead says what became of it.
    let answer = preview.get(ONE);
    assert_eq!(answer.status, 404);
    assert!(answer.suffix().contains(" data-gone"), "{}", answer.suffix());
    assert!(answer.suffix().contains("content/articles/one.md"), "{}", answer.suffix());
    // Two files have that text: nobody knows which of them it is.
    site.article("twin.md", "2021-11-25", "", "The first text.");
    preview.until_shows("/2021/11/25/twin/", "The first text.");
    assert_eq!(verdict(&preview.status(ONE, &tab)), is("changed"));
    // Deleted.
    let tab = preview.get("/2021/11/24/two/");
    preview.edit(|site| site.take("content/articles/two.md"));
    assert_eq!(verdict(&preview.status("/2021/11/24/two/", &tab)), is("changed"));
    let answer = preview.get("/2021/11/24/two/");
    assert!(
        answer.status == 404 && answer.suffix().contains("content/articles/two.md"),
        "{}",
        answer.suffix()
    );
    assert!(answer.page_text().contains("<html"), "it is the site's own page");
    // What is nearest to an address that never was is named first.
    for address in ["/three/", "/2021/10/26/thre/"] {
        let suffix = preview.get(address).suffix();
        let first = suffix.split("<li>").nth(1).expect("there is a list");
        assert!(first.contains("/2021/10/26/three/"), "{first}");
    }
    // It comes back.
    site.article("two.md", "2021-11-24", "", "The second text.");
    preview.until_shows("/2021/11/24/two/", "The second text.");
    let status = preview.status("/2021/11/24/two/", &answer);
    assert_eq!(verdict(&status), is("changed"));
    // Lists have no file, and go when they are empty.
    let tab = preview.get("/tags/budget/");
    preview.edit(|site| site.change("content/articles/three.md", "tags = [\"Budget\"]", ""));
    assert_eq!(verdict(&preview.status("/tags/budget/", &tab)), is("changed"));
}

#[test]
fn what_became_of_a_page_that_is_no_template_s() {
    let site = newsroom();
    site.write("static/copied.html", "<!doctype html><title>Copied</title><p>As it lies there.");
    site.write("templates/404.html", "<!doctype html><title>Not here</title><p>Ask the desk.");
    let preview = Preview::start(&site, &[]);
    let verdict = |path: &str, shown| preview.status(path, shown)["verdict"].clone();
    // A file that is copied.
    let copied = preview.get("/copied.html");
    assert_eq!(verdict("/copied.html", &copied), "same");
    preview.edit(|site| site.change("static/copied.html", "lies", "lay"));
    assert_eq!(verdict("/copied.html", &copied), "changed");
    let copied = preview.get("/copied.html");
    preview.edit(|site| site.take("static/copied.html"));
    assert_eq!(verdict("/copied.html", &copied), "changed", "it is gone");
    // The page that stands in for it, which may change as well.
    let missing = preview.get("/copied.html");
    assert_eq!((missing.status, verdict("/copied.html", &missing)), (404, "same".into()));
    preview.edit(|site| site.change("templates/404.html", "the desk", "the night desk"));
    assert_eq!(verdict("/copied.html", &missing), "changed");
    assert!(preview.get("/copied.html").page_text().contains("the night desk"));
}

#[test]
fn a_page_that_stays_the_same_learns_what_became_of_its_links() {
    let site = newsroom();
    let preview = Preview::start(&site, &[]);
    let home = preview.get("/");
    let own = |home| preview.status("/", home)["own"].as_str().unwrap_or_default().to_owned();
    assert!(!own(&home).contains("content:"));
    preview.edit(|site| site.change("content/articles/two.md", "date = ", "draft = true\ndate = "));
    let status = preview.status("/", &home);
    assert_eq!(status["verdict"], "same", "a draft is listed as it will be");
    let mark = "a[href=\"/2021/11/24/two/\"]:not(:has(img,picture,svg))::after{content:\"draft\"}";
    assert!(own(&home).contains(mark), "{status}");
    assert!(preview.get("/").suffix().contains(mark));
}

#[test]
fn an_address_where_nothing_is_stands_there_as_it_was_asked_for() {
    let site = newsroom();
    site.change("site.toml", "example.org/", "example.org/digest/");
    let preview = Preview::start(&site, &[]);
    for (path, shown) in [("/digest/no/such/", "/digest/no/such/"), ("/elsewhere/%C3%A9", "/elsewhere/é")] {
        let answer = preview.get(path);
        let note = format!("<code>{shown}</code>");
        assert!(answer.status == 404 && answer.suffix().contains(&note), "{}", answer.suffix());
        let panel = preview.status(path, &answer)["panel"].clone();
        assert!(panel.as_str().is_some_and(|panel| panel.contains(&note)), "{panel}");
    }
}

#[test]
fn addresses_that_are_the_preview_s_own_are_told_of() {
    let site = newsroom();
    site.write("static/__dateline/client.js", "mine()");
    let preview = Preview::start(&site, &[]);
    preview.until_said("/__dateline/client.js and 1 more: addresses below /__dateline/ are its own");
    assert!(!preview.get("/__dateline/client.js").text().contains("mine()"));
}

#[test]
fn row_30_the_server_comes_back() {
    let site = newsroom();
    let port = free_port().to_string();
    let preview = Preview::start(&site, &["--port", &port]);
    let (tab, unchanged) = (preview.get(ONE), preview.get("/2021/11/24/two/"));
    let (boot, _) = preview.edition();
    drop(preview);
    site.change(SOURCE, "The first text.", "Written meanwhile.");
    let preview = Preview::start(&site, &["--port", &port]);
    // Who connects hears at once which edition there is, and that it is of another start.
    let events = preview.listen();
    let event = events.recv_timeout(LONG).expect("the first event comes by itself");
    assert_ne!(event.boot, boot);
    let status = preview.status(ONE, &tab);
    assert_eq!((&status["verdict"], &status["assets"]), (&Value::from("changed"), &Value::Null));
    assert!(preview.shows(ONE, "Written meanwhile."));
    let status = preview.status("/2021/11/24/two/", &unchanged);
    assert_eq!(preview.get("/2021/11/24/two/").page(), unchanged.page());
    assert_eq!(status["verdict"], "same");
    // What it was told before it slept is told no more, what came since is.
    preview.edit(|site| site.change(SOURCE, "Written meanwhile.", "Written later."));
    let event = events.recv_timeout(LONG).expect("the edit is told");
    assert!(event.number > 1 && preview.shows(ONE, "Written later."));
}

#[test]
fn row_31_seven_tabs_follow() {
    let site = newsroom();
    let preview = Preview::start(&site, &["--follow"]);
    let tabs: Vec<_> = (0..7).map(|_| preview.listen()).collect();
    for tab in &tabs {
        let first = tab.recv_timeout(LONG).expect("the first event comes by itself");
        assert_eq!(first.follow, None, "who comes later is not taken anywhere");
    }
    for round in 0..3 {
        let text = format!("Text of round {round}.");
        let number = preview.edit(|site| site.article("one.md", "2021-11-25", "", &text)).number;
        assert!(preview.shows(ONE, &text));
        for tab in &tabs {
            let event =
                std::iter::from_fn(|| tab.recv_timeout(LONG).ok()).find(|event| event.number >= number);
            let event = event.expect("every tab hears of it");
            assert_eq!(event.follow.as_deref(), Some(ONE));
        }
    }
    assert!(preview.get(ONE).suffix().contains(" data-follow"));
}
