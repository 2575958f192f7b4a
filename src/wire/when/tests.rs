//! Days as copy has them, and what is none.

use super::*;

fn on(text: &str) -> Option<(String, &str)> {
    let published = NaiveDate::from_ymd_opt(2022, 1, 10);
    let (day, length) = leading(text)?;
    Some((day.resolve(published)?.to_string(), &text[length..]))
}

#[test]
fn days_are_read_in_many_forms() {
    for (text, day, rest) in [
        ("25th November, 2021)", "2021-11-25", ")"),
        ("15th Jan, 2022 )", "2022-01-15", " )"),
        ("1st of May 2020: x", "2020-05-01", ": x"),
        ("Nov 25 (Reuters)", "2021-11-25", " (Reuters)"),
        ("Sept. 2 (Xinhua)", "2021-09-02", " (Xinhua)"),
        ("Jan. 1(Xinhua)", "2022-01-01", "(Xinhua)"),
        ("Dec. 14, 2023 /PRNewswire/", "2023-12-14", " /PRNewswire/"),
        ("November 25. /TASS/", "2021-11-25", ". /TASS/"),
        ("22 MAR - Il", "2021-03-22", " - Il"),
        ("20 giu. (askanews)", "2021-06-20", " (askanews)"),
        ("25. Nov (Reuters)", "2021-11-25", " (Reuters)"),
        ("le 25 août 2021 - ", "2021-08-25", " - "),
        ("25 de noviembre de 2021.-", "2021-11-25", ".-"),
        ("1er décembre", "2021-12-01", ""),
        ("3. März 2020", "2020-03-03", ""),
        ("Thursday, Nov. 25, 2021", "2021-11-25", ""),
        ("Thu 25 Nov", "2021-11-25", ""),
        ("2021-11-25 x", "2021-11-25", " x"),
        ("25.11.2021", "2021-11-25", ""),
        ("25/11/2021", "2021-11-25", ""),
        ("11/25/2021", "2021-11-25", ""),
        ("2021年11月25日 10:30", "2021-11-25", " 10:30"),
        ("2021년 11월 25일", "2021-11-25", ""),
        ("Feb 29 (AP)", "2020-02-29", " (AP)"),
        ("Nov 25, the", "2021-11-25", ", the"),
    ] {
        assert_eq!(on(text), Some((day.to_owned(), rest)), "{text}");
    }
    for none in [
        "",
        "November 2021",
        "32 Nov",
        "Feb 30",
        "25",
        "Novemberfest 3",
        "May Day",
        "4321 Nov",
        "1234.5.6",
        "Nov 251",
    ] {
        assert_eq!(leading(none), None, "{none}");
    }
}

#[test]
fn without_a_year_it_is_the_nearest_day_before() {
    let (day, _) = leading("Jan 11").unwrap();
    assert_eq!(day.resolve(NaiveDate::from_ymd_opt(2022, 1, 10)), NaiveDate::from_ymd_opt(2021, 1, 11));
    assert_eq!(day.resolve(NaiveDate::from_ymd_opt(2022, 1, 11)), NaiveDate::from_ymd_opt(2022, 1, 11));
    assert_eq!(day.resolve(None), None);
}

#[test]
fn an_hour_may_follow() {
    assert!(whole("January 15, 2022 | 11:10 AM").is_some());
    assert!(whole("25 Nov 2021, 10:11 IST").is_some());
    assert!(whole("25 Nov 2021 was a day").is_none());
}
