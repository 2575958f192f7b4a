//! The forms of datelines, row by row.

use super::*;
use chrono::NaiveDate;
use std::fs;
use std::path::Path;

/// The project's own copy of the forms: what agencies print, with texts of our own.
const FORMS: &str = include_str!("forms.tsv");

#[test]
fn every_form_is_read() {
    check(FORMS);
}

/// The forms that the project was given, where they lie beside it; else the project's own copy of the same, which comes first.
#[test]
fn every_form_beside_the_project_is_read() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/wire/forms.tsv");
    let given = fs::read_to_string(&path).ok();
    println!(
        "forms: {}",
        if given.is_some() { path.display().to_string() } else { "our own copy".to_owned() }
    );
    check(given.as_deref().unwrap_or(FORMS));
}

fn check(forms: &str) {
    const FEWEST: usize = 23;
    let mut wrong = Vec::new();
    let rows: Vec<&str> = forms.lines().skip(1).filter(|line| !line.trim().is_empty()).collect();
    assert!(rows.len() >= FEWEST, "{} rows", rows.len());
    for row in rows {
        let cells: Vec<&str> = row.split('\t').collect();
        let &[id, paragraph, published, place, agencies, day, text, kind] = &cells[..] else {
            panic!("{} cells: {row}", cells.len());
        };
        let published = NaiveDate::parse_from_str(published, "%Y-%m-%d").ok();
        let read = leading(paragraph, Agencies::known()).filter(|read| read.confidence >= SURE);
        let got = match &read {
            Some(read) => [
                read.place.clone().unwrap_or_default(),
                read.agencies.join(" > "),
                read.day
                    .and_then(|day| day.resolve(published))
                    .map(|day| day.to_string())
                    .unwrap_or_default(),
                read.text.to_owned(),
                if read.is_press_release { "press-release" } else { "" }.to_owned(),
            ],
            None => [String::new(), String::new(), String::new(), paragraph.to_owned(), String::new()],
        };
        let is_right = got[..3] == [place, agencies, day] && got[3].starts_with(text) && got[4] == kind;
        if !is_right {
            wrong.push(format!("{id}: {paragraph}\n    {got:?} {:?}", read.map(|read| read.confidence)));
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn a_dateline_under_the_text_is_one_alone() {
    let read = whole("Hanoi, Nov. 18 (Yonhap News)", Agencies::known()).unwrap();
    assert_eq!((read.place.as_deref(), &*read.agencies[0]), (Some("Hanoi"), "Yonhap News"));
    for (line, place) in [
        ("(Tehran, March 12, IRNA)", "Tehran"),
        ("[Seoul, March 12 (Yonhap)]", "Seoul"),
        ("London, March 12 - Reuters", "London"),
        ("Moscow, March 12. /TASS/.", "Moscow"),
    ] {
        assert_eq!(
            whole(line, Agencies::known()).and_then(|read| read.place).as_deref(),
            Some(place),
            "{line}"
        );
    }
    for none in
        ["Hanoi, Nov. 18", "Hanoi (Yonhap) said", "Nov. 18 (Yonhap)", "He spoke in Hanoi, Nov. 18 (Yonhap)."]
    {
        assert_eq!(whole(none, Agencies::known()), None, "{none}");
    }
}

#[test]
fn what_is_kept_verbatim_has_no_separator() {
    for (paragraph, verbatim) in [
        (
            "BEIJING (Pakistan Point News / Sputnik - 25th November, 2021) The x",
            "BEIJING (Pakistan Point News / Sputnik - 25th November, 2021)",
        ),
        ("MOSCOW, November 25. /TASS/. The envoy", "MOSCOW, November 25. /TASS/"),
        ("(ANSA) - ROMA, 22 MAR - Il governo", "(ANSA) - ROMA, 22 MAR"),
        ("RIYADH/KUWAIT: Ministers met", "RIYADH/KUWAIT"),
    ] {
        assert_eq!(leading(paragraph, Agencies::known()).unwrap().verbatim, verbatim);
    }
}

#[test]
fn nothing_of_a_text_is_lost_or_panics() {
    let pieces = [
        "BEIJING", " ", "(", ")", "/", "AP", ",", "-", "—", ".", ":", "Nov", "25", "[", "]", "é", "ß",
        "\u{301}", "’", "_", "a", "北京", "|", "（", "）", "=", "&", " and ", "İ", "12/3", ";", "CNN", "•",
    ];
    let mut state = 7_u64;
    for _ in 0..20_000 {
        let mut text = String::new();
        for _ in 0..9 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            text += pieces[(state >> 33) as usize % pieces.len()];
        }
        if let Some(read) = leading(&text, Agencies::known()) {
            assert!(text.starts_with(read.verbatim) && text.ends_with(read.text), "{text}");
            let between = text.get(read.verbatim.len()..text.len() - read.text.len());
            assert!(between.is_some_and(|signs| !signs.contains(char::is_alphanumeric)), "{text}: {read:?}");
        }
    }
}
