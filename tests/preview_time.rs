//! `dateline serve` and time: what is scheduled, what expires, days in other zones, clocks that leap.

mod common;

use chrono::SubsecRound;
use common::preview::{ONE, Preview, command, newsroom};
use std::time::SystemTime;

/// Now, and some seconds: a whole second, as front matter has it.
fn moment(seconds: i64) -> chrono::DateTime<chrono::Utc> {
    let now: chrono::DateTime<chrono::Utc> = SystemTime::now().into();
    (now + chrono::TimeDelta::seconds(seconds)).trunc_subsecs(0)
}

fn has_come(moment: chrono::DateTime<chrono::Utc>) -> bool {
    self::moment(0) >= moment
}

#[test]
fn row_26_a_scheduled_article_appears_when_its_time_comes() {
    let site = newsroom();
    let preview = Preview::start_now(&site, &["--published"]);
    let (due, over) = (moment(3), moment(8));
    let day = due.format("%Y/%m/%d");
    let times = [due, over].map(|time| time.to_rfc3339_opts(chrono::SecondsFormat::Secs, true));
    let soon = format!("/{day}/soon/");
    let scheduled = preview.edit(|site| {
        site.article(
            "soon.md",
            &times[0],
            &format!("tags = [\"Soon\"]\nexpires = {}", times[1]),
            "Here it is.",
        );
    });
    let early = ["/", "/atom.xml", "/sitemap.xml", "/tags/"].map(|address| preview.get(address).page_text());
    let early_code = preview.code(&soon);
    if !has_come(due) {
        assert_eq!(early_code, 404);
        assert!(early.iter().all(|page| !page.contains("soon")));
    }
    preview.until_shows(&soon, "Here it is.");
    assert!(has_come(due));
    if !has_come(over) {
        for address in ["/", "/tags/soon/", "/tags/", "/atom.xml", "/rss.xml", "/feed.json", "/sitemap.xml"] {
            assert!(preview.get(address).page_text().contains("soon") || has_come(over), "{address}");
        }
    }
    // And it goes by itself.
    preview.until_gone(&soon);
    assert!(has_come(over));
    assert!(!preview.page("/").contains("soon"));
    assert_eq!(preview.code("/tags/soon/"), 404);
    assert_eq!(preview.edition().1, scheduled.number + 2, "{}", preview.said());
    preview.until_said("Its time has come");
}

#[test]
fn row_26_a_preview_of_all_shows_when_it_is_due() {
    let site = newsroom();
    site.article("later.md", "2021-12-24T18:00:00Z", "", "Later.");
    site.article("draft.md", "2021-11-01", "draft = true", "Draft.");
    site.article("over.md", "2021-11-01", "expires = 2021-11-02", "Over.");
    let all = Preview::start(&site, &[]);
    let hidden = [
        ("/2021/12/24/later/", "scheduled"),
        ("/2021/11/01/draft/", "draft"),
        ("/2021/11/01/over/", "expired"),
    ];
    for (address, state) in hidden {
        let answer = all.get(address);
        assert!(
            answer.suffix().contains(&format!("<div class=\"ribbon {state}\"")),
            "{address}: {}",
            answer.suffix()
        );
        assert!(!answer.page_text().contains("dateline-preview"), "{address}");
        // Links to it are marked.
        assert!(all.get("/").suffix().contains(&format!("href=\"{address}\"")), "{address}");
    }
    assert!(!all.get(ONE).suffix().contains("class=\"ribbon"));
    all.until_as_built(&["--drafts", "--scheduled", "--expired"]);
    let published = Preview::start(&site, &["--published"]);
    for (address, _) in hidden {
        let answer = published.get(address);
        assert_eq!(answer.status, 404, "{address}");
        assert!(!answer.suffix().contains("class=\"ribbon"), "{address}");
        assert!(!published.get("/").body.windows(address.len()).any(|part| part == address.as_bytes()));
    }
    published.until_as_built(&[]);
}

#[test]
fn row_27_a_bare_date_never_shifts() {
    let zones = ["Pacific/Kiritimati", "Pacific/Pago_Pago"];
    for (own, other) in [(zones[0], zones[1]), (zones[1], zones[0])] {
        let site = newsroom();
        let settings = site.read("site.toml");
        site.write("site.toml", format!("timezone = \"{own}\"\n{settings}"));
        site.article("2021-12-04-tomorrow.md", "2021-12-04", "", "Tomorrow.");
        let start = |now: &str, more: &[&str]| {
            let mut arguments = vec!["--now", now];
            arguments.extend(more);
            let mut command = command(&site, &arguments);
            command.env("TZ", other);
            Preview::run(&site, command).ready()
        };
        let preview = start(common::NOW, &[]);
        let feed = preview.page("/feed.json");
        assert!(preview.shows(ONE, "25 November 2021") || preview.shows(ONE, "November 25, 2021"), "{own}");
        assert!(preview.shows("/2021/11/25/", ONE) && feed.contains("\"2021-11-25T"), "{own}: {feed}");
        for shifted in ["/2021/11/24/one/", "/2021/11/26/one/", "/2021/11/26/"] {
            assert_eq!(preview.code(shifted), 404, "{own}: {shifted}");
        }
        drop(preview);
        // Its day begins in the site's zone: 14 hours before UTC's, or 11 hours after.
        let (before, after) = if own == zones[0] {
            ("2021-12-03T09:59:59Z", "2021-12-03T10:00:00Z")
        } else {
            ("2021-12-04T10:59:59Z", "2021-12-04T11:00:00Z")
        };
        assert_eq!(start(before, &["--published"]).code("/2021/12/04/tomorrow/"), 404, "{own}");
        assert_eq!(start(after, &["--published"]).code("/2021/12/04/tomorrow/"), 200, "{own}");
    }
}

/// A clock of the machine's that the tests turn, through Debian's package `faketime`. What measures how long something
/// takes goes on as it did, as it does where a machine sleeps.
#[cfg(target_os = "linux")]
#[test]
fn row_35_the_wall_clock_is_asked_again() {
    use common::preview::LONG;
    use std::fs;
    use std::time::Instant;

    let site = newsroom();
    site.article("soon.md", "2021-12-03T22:00:00Z", "tags = [\"Soon\"]", "Here it is.");
    // On a tick of its own the clock would get there in two hours.
    let clock = site.path().join("clock");
    let set = |time: &str| fs::write(&clock, format!("@{time}\n")).expect("it can be written");
    set("2021-12-03 20:00:00");
    let mut command = command(&site, &["--published"]);
    command
        .env("LD_PRELOAD", faketime())
        .env("FAKETIME_TIMESTAMP_FILE", &clock)
        .env("FAKETIME_NO_CACHE", "1")
        .env("FAKETIME_DONT_FAKE_MONOTONIC", "1")
        .env("DONT_FAKE_MONOTONIC", "1")
        .env("TZ", "UTC");
    let preview = Preview::run(&site, command).ready();
    assert_eq!(preview.code("/2021/12/03/soon/"), 404);
    let begun = Instant::now();
    set("2021-12-03 22:00:30");
    preview.until_shows("/2021/12/03/soon/", "Here it is.");
    assert!(begun.elapsed() < LONG);
    for address in ["/", "/tags/soon/", "/atom.xml"] {
        assert!(preview.get(address).page_text().contains("soon"), "{address}");
    }
    preview.until_said("Its time has come");
}

/// Where the library is that stands between a program and the clock.
#[cfg(target_os = "linux")]
fn faketime() -> std::path::PathBuf {
    let folders = ["/usr/lib", "/usr/lib64", "/usr/local/lib"].map(std::path::PathBuf::from);
    let below = folders.iter().flat_map(|folder| std::fs::read_dir(folder).into_iter().flatten().flatten());
    let all = folders.iter().cloned().chain(below.map(|entry| entry.path()).collect::<Vec<_>>());
    // The one for programs with threads.
    let found = all.map(|folder| folder.join("faketime/libfaketimeMT.so.1")).find(|path| path.exists());
    found.expect("this test needs the library of Debian's package faketime")
}
