//! What is furniture, line by line, and what is not.

use super::*;
use chrono::NaiveDate;

#[test]
fn labels_above_are_known() {
    for label in [
        "(LEAD)",
        "(2nd LD)",
        "(3rd LEAD)",
        "(ATTN: ADDS details)",
        "(URGENT)",
        "URGENT",
        "Eds: updates",
        "(Eds: with photos)",
        "BREAKING NEWS",
        "Share",
        "3 min read",
        "(News Focus)",
        "File photo: the dam",
        "Photo by Ada Byron/AP",
    ] {
        assert!(
            matches!(head(label), Some(Furniture::Desk | Furniture::Picture | Furniture::OfPage)),
            "{label}"
        );
    }
    assert_eq!(head("FOR IMMEDIATE RELEASE"), Some(Furniture::PressRelease));
    let byline = head("By Ada Byron | Nov 25, 2021");
    assert!(matches!(byline, Some(Furniture::Byline { name, day: Some(_) }) if name == "Ada Byron"));
    assert_eq!(head("Morning briefing | June 6, 2024"), None);
    assert_eq!(head("June 6, 2024 Updated figures show that exports fell by a tenth"), None);
    assert!(matches!(head("***"), Some(Furniture::End)) && head("—").is_none());
    for time in ["3 min read", "World · 3 min read", "5-8 min read", "1.5 min read"] {
        assert_eq!(anywhere(time), Some(Furniture::OfPage), "{time}");
    }
    for sentence in ["The report of the ministry is a twenty minute read", "The report is a 20 minute read"] {
        assert_eq!(anywhere(sentence), None, "{sentence}");
    }
    assert_eq!(head("RNS Number : 1234A"), Some(Furniture::PressRelease));
    for day in [
        "January 15, 2022 | 11:10 AM",
        "Published: 15 Jan 2022",
        "Published Jan 15, 2022",
        "Updated on 15 January 2022 11:10 IST",
        "2022-01-15",
    ] {
        let found = head(day).unwrap_or_else(|| panic!("{day}"));
        let published = found.day().and_then(|day| day.resolve(None));
        assert_eq!(published, NaiveDate::from_ymd_opt(2022, 1, 15), "{day}");
    }
    for none in [
        "Lead in the water of a city",
        "Adds up: the price of bread",
        "Share of the market falls",
        "Ministers met",
        "The dam (file)",
    ] {
        assert_eq!(head(none), None, "{none}");
    }
}

#[test]
fn lines_below_are_known() {
    for line in [
        "(Reporting by Ada Byron; Editing by Bo Li)",
        "Reporting by Ada Byron",
        "Enditem",
        "-30-",
        "###",
        "-ENDS-",
        "— 30 —",
        "nn",
        "(END)",
        "***",
        "(With inputs from agencies)",
        "With inputs from ANI",
        "Source: IANS",
        "jmg/lss/pcc",
        "jm/sr",
        "ABC // DEF",
        "Editor: huaxia",
        "Reporter: Ada Byron",
        "Copyright © ANTARA 2024",
        "Issued on: 06/06/2024 - 10:31",
        "Redacción EFE",
        "Fuente: EFE",
        "© 2021 ANSA Riproduzione riservata",
        "Copyright 2021 The Paper",
        "Riproduzione riservata ©",
        "Read more: The dam",
        "Also read: The dam",
        "Related:",
    ] {
        assert!(tail(line).is_some(), "{line}");
    }
    assert_eq!(tail("Source: IANS"), Some(Furniture::Origin("IANS".into())));
    for none in [
        "The story ends.",
        "Related parties met on Tuesday.",
        "Source: he said that nobody knew where it was, and that it was gone",
        "Watch out",
        "Read more: that is what the teacher told the children.",
        "Contact: that is what the players want less of.",
        "© is what the sign looks like.",
        "He told his followers on Facebook that he would go.",
        "Redacción Médica ha tenido acceso al informe del ministerio.",
        "“Fine,” he said.",
    ] {
        assert_eq!(tail(none), None, "{none}");
    }
}

#[test]
fn labels_before_headlines_fall_away() {
    for (headline, rest) in [
        ("UPDATE 1-Oil falls", "Oil falls"),
        ("UPDATE 2 - Oil falls", "Oil falls"),
        ("RPT-UPDATE 1-Oil falls", "Oil falls"),
        ("(LEAD) Oil falls", "Oil falls"),
        ("(2nd LD) (URGENT) Oil falls", "Oil falls"),
        ("BREAKING: Oil falls", "Oil falls"),
        ("Oil - a history", "Oil - a history"),
        ("Update on oil: it falls", "Update on oil: it falls"),
        ("(Some) oil falls", "(Some) oil falls"),
    ] {
        assert_eq!(without_label(headline), rest);
    }
}
