//! The files of a new site, but for its workflow.

use super::fill::fill;
use crate::article::quoted;
use crate::cli::article_file::article_path;
use chrono::NaiveDate;
use chrono_tz::Tz;

/// The address of a site whose own nobody knows yet.
pub(super) const UNKNOWN: &str = "https://example.org/";

/// Every file of a new site but its workflow: its path and its text.
pub(super) fn files(
    title: &str,
    base_url: Option<&str>,
    zone: Tz,
    today: NaiveDate,
) -> Vec<(String, String)> {
    let yesterday = today.pred_opt().unwrap_or(today);
    let articles = [
        article_path(today, "your-first-item"),
        article_path(yesterday, "how-a-source-is-credited"),
        article_path(today, "how-a-draft-works"),
    ];
    let values = [
        ("first", articles[0].replacen("content/", "@/", 1)),
        ("second", articles[1].replacen("content/", "@/", 1)),
        ("draft", articles[2].clone()),
        ("today", today.to_string()),
        ("yesterday", yesterday.to_string()),
        ("timezone", quoted(zone.name())),
        ("base_url", quoted(base_url.unwrap_or(UNKNOWN))),
        ("change", if base_url.is_some() { "." } else { ": change it before you publish." }.to_owned()),
        ("title", title.to_owned()),
        ("quoted title", quoted(title)),
    ];
    let fill = |text| fill(text, ("{{", "}}"), &values);
    let [first, second, draft] = articles.clone();
    vec![
        ("site.toml".to_owned(), fill(include_str!("site.toml"))),
        (first, fill(include_str!("first.md"))),
        (second, fill(include_str!("source.md"))),
        (draft, fill(include_str!("draft.md"))),
        ("content/pages/about.md".to_owned(), fill(include_str!("about.md"))),
        (".gitignore".to_owned(), "/public/\n/.dateline/\n".to_owned()),
        ("README.md".to_owned(), fill(include_str!("README.md"))),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{self, Overrides};

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn the_settings_of_a_new_site_are_valid_whatever_its_name() {
        for title in ["My digest", "\"It's\" {{title}} \\", "خبریں", "{{timezone}}"] {
            let files = files(title, None, Tz::Europe__Berlin, day("2026-01-01"));
            let mut problems = Vec::new();
            let config = config::load(&files[0].1, &Overrides::default(), &mut problems).unwrap();
            assert_eq!(problems, []);
            assert_eq!((config.title.as_str(), config.timezone), (title, Tz::Europe__Berlin));
        }
    }

    #[test]
    fn no_line_of_the_settings_is_wrong_when_it_is_uncommented() {
        let files = files("A", None, Tz::UTC, day("2026-01-01"));
        let text: String =
            files[0].1.lines().map(|line| format!("{}\n", line.trim_start_matches("#: "))).collect();
        let mut problems = Vec::new();
        config::load(&text, &Overrides::default(), &mut problems);
        assert_eq!(problems, [], "{text}");
    }

    #[test]
    fn yesterday_may_lie_in_another_year() {
        let files = files("A", None, Tz::UTC, day("2026-01-01"));
        assert!(files[2].0.ends_with("2025/12/2025-12-31-how-a-source-is-credited.md"));
    }
}
