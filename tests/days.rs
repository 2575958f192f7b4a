//! The day rule: on which day an article falls, when it comes and when it goes, in zones far apart and where clocks
//! change. The machine's own zone never matters.

mod common;

use common::html::Html;
use common::{Site, files, stderr};
use std::collections::{BTreeMap, BTreeSet};

/// The articles' addresses: name and day.
fn days(site: &Site) -> BTreeMap<String, String> {
    let mut days = BTreeMap::new();
    for path in files(&site.output()).into_keys() {
        if let [year, month, day, name, "index.html"] = path.split('/').collect::<Vec<_>>()[..]
            && name != "page"
        {
            assert!(days.insert(name.to_owned(), format!("{year}-{month}-{day}")).is_none(), "{path}");
        }
    }
    days
}

fn in_zone(zone: &str) -> Site {
    let site = Site::empty();
    site.write(
        "site.toml",
        format!("base_url = \"https://example.org/\"\ntitle = \"Days\"\ntimezone = \"{zone}\"\n"),
    );
    site
}

/// Builds at a time, which must be well, and gives what was said.
fn build(site: &Site, now: &str) -> String {
    let output = site.run(&["build", "--now", now]);
    assert!(output.status.success(), "{}", stderr(&output));
    stderr(&output)
}

/// When an article was published, as its page says it.
fn published(site: &Site, day: &str, name: &str) -> String {
    let page = Html::parse(&site.read(&format!("public/{}/{name}/index.html", day.replace('-', "/"))));
    page.node("NewsArticle")["datePublished"].as_str().expect("a date").to_owned()
}

#[test]
fn a_bare_date_stays_its_day_and_an_instant_falls_on_the_zones() {
    // Around the days on which the clocks of Los Angeles changed in 2021, and over the new year.
    let bare =
        ["2021-03-13", "2021-03-14", "2021-03-15", "2021-11-06", "2021-11-07", "2021-11-08", "2021-01-01"];
    let instants = [
        ("2021-03-14T09:59:59Z", ["2021-03-14", "2021-03-14", "2021-03-14"]),
        ("2021-03-14T10:00:00Z", ["2021-03-15", "2021-03-14", "2021-03-14"]),
        ("2021-03-14T07:59:59Z", ["2021-03-14", "2021-03-14", "2021-03-13"]),
        ("2021-03-15T06:59:59Z", ["2021-03-15", "2021-03-15", "2021-03-14"]),
        ("2021-03-15T07:00:00Z", ["2021-03-15", "2021-03-15", "2021-03-15"]),
        ("2021-11-07T06:59:59Z", ["2021-11-07", "2021-11-07", "2021-11-06"]),
        ("2021-11-08T07:59:59Z", ["2021-11-08", "2021-11-08", "2021-11-07"]),
        ("2021-11-08T08:00:00Z", ["2021-11-08", "2021-11-08", "2021-11-08"]),
        ("2021-11-25T23:30:00-08:00", ["2021-11-26", "2021-11-26", "2021-11-25"]),
        ("2022-01-01T00:00:00+14:00", ["2022-01-01", "2021-12-31", "2021-12-31"]),
        ("2021-12-31T10:00:00-12:00", ["2022-01-01", "2021-12-31", "2021-12-31"]),
    ];
    for (place, zone) in ["Pacific/Kiritimati", "UTC", "America/Los_Angeles"].into_iter().enumerate() {
        let site = in_zone(zone);
        let mut expected = BTreeMap::new();
        for (number, day) in bare.into_iter().enumerate() {
            site.article(&format!("bare{number}.md"), day, "", "x");
            expected.insert(format!("bare{number}"), day.to_owned());
        }
        for (number, (instant, days)) in instants.into_iter().enumerate() {
            site.article(&format!("at{number}.md"), instant, "", "x");
            expected.insert(format!("at{number}"), days[place].to_owned());
        }
        build(&site, "2022-02-01T00:00:00Z");
        assert_eq!(days(&site), expected, "{zone}");
        assert_eq!(
            published(&site, "2021-03-14", "bare1"),
            "2021-03-14",
            "a day is printed as no more than a day"
        );
        assert_counts(&site, &expected);
    }
}

/// A count as the theme words it.
fn in_words(count: usize) -> String {
    if count == 1 { "1 article".to_owned() } else { format!("{count} articles") }
}

/// The date indexes hold exactly the articles of their period, and name its count; so does the archive.
fn assert_counts(site: &Site, articles: &BTreeMap<String, String>) {
    let mut periods: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for (name, day) in articles {
        for period in [&day[..4], &day[..7], day] {
            periods.entry(period.replace('-', "/")).or_default().insert(name);
        }
    }
    for (period, names) in &periods {
        let page = Html::parse(&site.read(&format!("public/{period}/index.html")));
        let shown = page.addresses.iter().filter_map(|(_, address)| {
            let parts: Vec<&str> = address.trim_matches('/').split('/').collect();
            (parts.len() == 4 && address.starts_with(&format!("/{period}/"))).then(|| parts[3])
        });
        assert_eq!(shown.collect::<BTreeSet<_>>(), *names, "/{period}/");
        let count = in_words(names.len());
        assert!(page.text.contains(&count), "/{period}/ does not say {count}");
        // Its children, and their counts, come to the same.
        let children = periods.iter().filter(|(child, _)| {
            child.strip_prefix(period.as_str()).is_some_and(|rest| rest.matches('/').count() == 1)
        });
        for (child, names) in children {
            assert!(
                page.addresses.iter().any(|(_, address)| *address == format!("/{child}/")),
                "{period}: {child}"
            );
            assert!(page.text.contains(&in_words(names.len())), "{period}: {child}");
        }
    }
    let archive = Html::parse(&site.read("public/archive/index.html"));
    for (period, names) in periods.iter().filter(|(period, _)| period.len() < 10) {
        assert!(archive.addresses.iter().any(|(_, address)| *address == format!("/{period}/")), "{period}");
        assert!(archive.text.contains(&in_words(names.len())), "{period}");
    }
    let written = files(&site.output()).into_keys().filter(|path| path.starts_with("20"));
    let indexes = written
        .filter(|path| path.split('/').all(|part| part == "index.html" || part.parse::<u32>().is_ok()));
    let indexes: BTreeSet<String> =
        indexes.map(|path| path.trim_end_matches("/index.html").to_owned()).collect();
    assert_eq!(indexes, periods.keys().cloned().collect(), "an index of a period that has no articles");
}

#[test]
fn a_local_time_that_clocks_skip_moves_forward_with_a_warning_and_a_repeated_one_is_the_earlier() {
    let site = in_zone("America/New_York");
    site.article("before.md", "2021-03-14T01:59:59", "", "x");
    site.article("skipped.md", "2021-03-14T02:30:00", "", "x");
    site.article("first.md", "2021-11-07T00:59:59", "", "x");
    site.article("repeated.md", "2021-11-07T01:30:00", "", "x");
    site.article("second.md", "2021-11-07T01:30:00-05:00", "", "x");
    let said = build(&site, "2021-12-01T00:00:00Z");
    assert!(said.contains("skipped-time") || said.contains("skipped this time"), "{said}");
    assert!(
        said.contains("content/articles/skipped.md:3:8") && said.matches("warning").count() == 2,
        "{said}"
    );
    let expected = [
        ("2021-03-14", "before", "2021-03-14T01:59:59-05:00"),
        ("2021-03-14", "skipped", "2021-03-14T03:30:00-04:00"),
        ("2021-11-07", "first", "2021-11-07T00:59:59-04:00"),
        ("2021-11-07", "repeated", "2021-11-07T01:30:00-04:00"),
        ("2021-11-07", "second", "2021-11-07T01:30:00-05:00"),
    ];
    for (day, name, time) in expected {
        assert_eq!(published(&site, day, name), time, "{name}");
    }
    let strict = site.run(&["build", "--now", "2021-12-01T00:00:00Z", "--strict"]);
    assert_eq!(strict.status.code(), Some(1));

    // A day that begins in the gap begins at its first instant, without a warning: nobody wrote that hour.
    let site = in_zone("America/Sao_Paulo");
    site.article("day.md", "2018-11-04", "expires = 2018-11-05", "x");
    assert!(!build(&site, "2018-11-04T03:00:00Z").contains("warning"));
    assert_eq!(days(&site)["day"], "2018-11-04");
    assert_eq!(
        build(&site, "2018-11-04T02:59:59Z").matches("Built 0 articles").count(),
        1,
        "it is still the third"
    );
}

#[test]
fn an_article_comes_and_goes_at_the_midnight_of_its_zone() {
    for (zone, offset) in
        [("Pacific/Kiritimati", "+14:00"), ("UTC", "+00:00"), ("America/Los_Angeles", "-08:00")]
    {
        let site = in_zone(zone);
        site.article("bare.md", "2021-11-25", "expires = 2021-11-26", "x");
        site.article("local.md", "2021-11-25T12:00:00", "expires = 2021-11-26T12:00:00", "x");
        site.article("offset.md", "2021-11-25T12:00:00Z", "", "x");
        let shown = |time: &str| {
            build(&site, &format!("{time}{offset}"));
            days(&site).into_keys().filter(|name| name != "offset").collect::<Vec<_>>().join(" ")
        };
        assert_eq!(shown("2021-11-24T23:59:59"), "", "{zone}");
        assert_eq!(shown("2021-11-25T00:00:00"), "bare", "{zone}");
        assert_eq!(shown("2021-11-25T11:59:59"), "bare", "{zone}");
        assert_eq!(shown("2021-11-25T12:00:00"), "bare local", "{zone}");
        assert_eq!(shown("2021-11-26T11:59:59"), "bare local", "{zone}");
        assert_eq!(shown("2021-11-26T12:00:00"), "bare", "{zone}");
        assert_eq!(shown("2021-11-26T23:59:59"), "bare", "{zone}");
        assert_eq!(shown("2021-11-27T00:00:00"), "", "{zone}");
        // The same instant everywhere, however it is spelled.
        build(&site, "2021-11-25T11:59:59Z");
        assert!(!days(&site).contains_key("offset"), "{zone}");
        build(&site, "2021-11-26T01:00:00+13:00");
        assert!(days(&site).contains_key("offset"), "{zone}");
        // A bare now is a day of the site's zone, and a time on it is neither before nor after.
        build(&site, "2021-11-25");
        assert!(days(&site).contains_key("local"), "{zone}");
        build(&site, "2021-11-24");
        assert_eq!(days(&site).into_keys().filter(|name| name != "offset").count(), 0, "{zone}");
    }
}

#[test]
fn what_is_asked_for_is_shown_whatever_the_day() {
    let site = in_zone("UTC");
    site.article("draft.md", "2021-11-25", "draft = true", "x");
    site.article("scheduled.md", "2021-12-25", "", "x");
    site.article("expired.md", "2021-11-25", "expires = 2021-11-26", "x");
    for (option, name) in [("--drafts", "draft"), ("--scheduled", "scheduled"), ("--expired", "expired")] {
        site.built(&[option]);
        assert_eq!(days(&site).into_keys().collect::<Vec<_>>(), [name]);
    }
    site.built(&[]);
    assert_eq!(days(&site), BTreeMap::new());
    assert!(
        !files(&site.output()).keys().any(|path| path.starts_with("20")),
        "an index of what is not shown"
    );
}

#[test]
fn the_machines_own_zone_does_not_matter() {
    let site = in_zone("Europe/Berlin");
    site.article("local.md", "2021-10-31T02:30:00", "expires = 2021-12-04T00:30:00", "x");
    site.article("2021-11-25-named.md", "2021-11-25", "updated = 2021-11-25T23:59:00", "x");
    site.article("instant.md", "2021-11-30T23:30:00Z", "", "{{ x }}");
    let mut built = BTreeSet::new();
    for zone in ["", "Pacific/Kiritimati", "America/Los_Angeles", "UTC-25", ":/nowhere", "Asia/Kathmandu"] {
        let mut command = site.command(&["build", "--now", "2021-12-03T23:45:00", "--output", "out"]);
        if !zone.is_empty() {
            command.env("TZ", zone);
        }
        let output = command.output().expect("the binary runs");
        assert!(output.status.success(), "{}", stderr(&output));
        built.insert(files(&site.path().join("out")));
    }
    assert_eq!(built.len(), 1);
}
