//! Whole stories, as agencies set them.

use super::*;
use crate::wire::copy::paragraphs;

fn read_at(text: &str, published: &str) -> Item {
    let published = NaiveDate::parse_from_str(published, "%Y-%m-%d").ok();
    let known = Known { agencies: Agencies::known(), published, tags: Vec::new(), page: PageHead::default() };
    read(paragraphs(text), &known)
}

fn cut(item: &Item) -> Vec<(usize, &'static str)> {
    item.cut.iter().map(|cut| (cut.line, cut.why)).collect()
}

#[test]
fn labels_and_marks_fall_away() {
    let item = read_at(
        "(2nd LD) Gov't to release rice from stocks as prices climb\n(ATTN: UPDATES with comments; ADDS photo)\nBy Kim Min-su\n\
         SEOUL, Nov. 18 (Yonhap) -- The government will release rice next week, officials said Thursday.\n\
         The decision was made at a meeting of ministers.\n(END)\n",
        "2021-11-18",
    );
    assert_eq!(item.title.as_deref(), Some("Gov't to release rice from stocks as prices climb"));
    assert_eq!((item.author.as_deref(), item.body.len()), (Some("Kim Min-su"), 2));
    assert_eq!(
        cut(&item),
        [(1, "label before the headline"), (2, "label for the desk"), (3, "byline"), (6, "end mark")]
    );
}

#[test]
fn a_dateline_may_stand_on_lines_of_its_own() {
    let text = "The government will release rice next week, officials said on Thursday after a meeting.";
    let more = "It was the second such step this year, the ministry said in a statement.";
    for (head, dateline, place, agency) in [
        ("ISLAMABAD, Mar 12 (APP):\n\n", "ISLAMABAD, Mar 12 (APP)", "Islamabad", "APP"),
        ("ISLAMABAD, Mar 12 (APP):\n", "ISLAMABAD, Mar 12 (APP)", "Islamabad", "APP"),
        ("NEW YORK (AP) —\n\n", "NEW YORK (AP)", "New York", "AP"),
        ("MOSCOW, March 12. /TASS/.\n\n", "MOSCOW, March 12. /TASS/", "Moscow", "TASS"),
        ("London\nCNN\n  — \n", "London CNN", "London", "CNN"),
        ("London\n\nCNN\n\n—\n\n", "London CNN", "London", "CNN"),
        ("London\nCNN\n—", "London CNN", "London", "CNN"),
        ("AFP, Paris\n\n", "AFP, Paris", "Paris", "AFP"),
        ("PTI | New Delhi\n\n", "PTI | New Delhi", "New Delhi", "PTI"),
        (
            "ANI | New Delhi | Updated: 12-03-2024 10:30 IST\n\n",
            "ANI | New Delhi | Updated: 12-03-2024 10:30 IST",
            "New Delhi",
            "ANI",
        ),
        ("London (CNN)\n— ", "London (CNN)", "London", "CNN"),
    ] {
        for headline in [
            "Gov't to release rice from stocks\n\n",
            "Gov't to release rice\n\nRice will be sold next week as prices climb\n\n",
            "",
        ] {
            let item = read_at(&format!("{headline}{head}{text}\n\n{more}\n"), "2024-03-13");
            assert_eq!(item.dateline.as_deref(), Some(dateline), "{head:?} {headline:?}");
            assert_eq!((item.place.as_deref(), &*item.agencies), (Some(place), &[agency.to_owned()][..]));
            assert_eq!(item.body, [text, more], "{head:?} {headline:?}");
            assert_eq!(item.title.is_some(), !headline.is_empty(), "{head:?}");
        }
    }
}

#[test]
fn a_place_with_the_day_of_publication_is_a_dateline() {
    let text = "The government will release rice next week, officials said on Thursday.";
    let item = read_at(
        &format!("Rice to be sold\n\nChennai,UPDATED: Jun 6, 2024 10:21 IST\n\n{text}\n\nIt is dear.\n"),
        "",
    );
    assert_eq!((item.place.as_deref(), item.body.len()), (Some("Chennai"), 2));
    assert_eq!(item.date, NaiveDate::from_ymd_opt(2024, 6, 6));
}

#[test]
fn the_name_of_a_place_alone_is_no_dateline() {
    for head in
        ["London", "London, England", "LONDON:", "Berlin —", "March 12, 2024", "CNN", "WASHINGTON, D.C."]
    {
        let text = "The government will release rice next week, officials said.";
        let item = read_at(&format!("Rice to be sold\n\n{head}\n\n{text}\n\nIt is dear.\n"), "2024-03-13");
        assert_eq!((item.dateline, item.place), (None, None), "{head}");
    }
}

#[test]
fn points_above_the_story_are_its_summary() {
    let item = read_at(
        "UPDATE 2-Oil rises as stocks fall\n* Stocks fall by 2 million barrels\n* Traders await a meeting\n(Adds analyst comment)\n\
         LONDON, Nov 18 (Reuters) - Oil prices rose on Thursday.\n    Brent crude rose 40 cents.\n\
         (Reporting by Ada Byron in London; Editing by Jan Nowak)\n((ada.byron@example.com; +44 20 1234 5678;))\n",
        "2021-11-19",
    );
    assert_eq!(item.summary.as_deref(), Some("Stocks fall by 2 million barrels; Traders await a meeting"));
    assert_eq!((item.author.as_deref(), item.body.len()), (Some("Ada Byron"), 2));
    assert_eq!(item.date, NaiveDate::from_ymd_opt(2021, 11, 18));
}

#[test]
fn who_sends_a_press_release_is_its_origin() {
    let item = read_at(
        "Acme Announces Record Results\n\nNews provided by\nAcme Corporation\nNov 18, 2021, 08:00 ET\n\n\
         SAN FRANCISCO, Nov. 18, 2021 /PRNewswire/ -- Acme Corporation, a maker of anvils, today announced results.\n\n\
         \"We are pleased,\" said the chief executive.\n\nSOURCE Acme Corporation\n",
        "",
    );
    assert_eq!(item.agencies, ["PRNewswire", "Acme Corporation"]);
    assert!(item.is_press_release && item.body.len() == 2, "{item:?}");
}

#[test]
fn a_credit_below_names_the_origin() {
    let text = "Dam opens\n\nDELHI: The dam opened again on Thursday, the ministry said.\n\nIt is old.\n\nSource: IANS\n";
    let item = read_at(text, "2021-11-18");
    assert_eq!((item.place.as_deref(), &*item.agencies), (Some("Delhi"), &["IANS".to_owned()][..]));
    let unknown = read_at(&text.replace("IANS", "Our Friends"), "2021-11-18");
    assert!(unknown.agencies.is_empty() && unknown.guesses.iter().any(|guess| guess.value == "Our Friends"));
}

#[test]
fn a_dateline_below_counts_where_there_is_none_above() {
    let below = "Exports rise\n\nExports rose again in October, the ministry of trade said.\n\nThey had fallen in May.\n\nHanoi, Nov. 18 (Yonhap News)";
    let item = read_at(below, "2021-11-20");
    assert_eq!((item.place.as_deref(), item.date), (Some("Hanoi"), NaiveDate::from_ymd_opt(2021, 11, 18)));
    let both = read_at(&below.replace("Exports rose", "SEOUL (Yonhap) -- Exports rose"), "2021-11-20");
    assert_eq!((both.place.as_deref(), &*both.agencies), (Some("Seoul"), &["Yonhap".to_owned()][..]));
}

#[test]
fn wrapped_copy_is_whole_paragraphs() {
    let item = read_at(
        "   KYIV, Ukraine (AP) — Power came back to most of the city on\nThursday after a night without, the mayor said, and the trains\n\
         ran again as they had before the storm came in from the west.\n   The mayor thanked the crews who had worked all night in the\n\
         snow, some of them for the third night in a row, he said.\n   ___\n   Associated Press writer Ada Byron contributed to this report.\n",
        "2021-11-19",
    );
    assert_eq!(item.body.len(), 2, "{item:?}");
    assert!(item.body[0].starts_with("Power came back") && item.body[0].ends_with("from the west."));
    assert_eq!(item.title, None);
}

#[test]
fn a_headline_with_a_place_is_a_headline() {
    let item = read_at(
        "LONDON: What to see this week\n\nThere is much to see in the city this week, in its parks above all.",
        "",
    );
    assert_eq!((item.title.as_deref(), item.place), (Some("LONDON: What to see this week"), None));
}

#[test]
fn the_story_itself_is_never_cut() {
    for text in ["Enditem", "(AP)", "Source: IANS", "By Ada Byron", "Share", "Hanoi, Nov. 18 (Yonhap News)"] {
        let item = read_at(text, "");
        assert_eq!((item.body.len(), item.cut.len()), (1, 0), "{text}");
    }
}

#[test]
fn what_signs_the_last_sentence_is_cut() {
    let text = "The harbour reopened on Tuesday after repairs that took nearly two years, the port said.";
    for (signature, agencies) in [("Enditem", vec![]), ("PTI", vec!["PTI"]), ("PTI ABC DEF", vec!["PTI"])] {
        let item = read_at(&format!("Harbour reopens\n\n{text}\n\n{text} {signature}"), "");
        assert_eq!(item.body.last().map(String::as_str), Some(text), "{signature}");
        assert_eq!(item.agencies, agencies, "{signature}");
    }
    for kept in ["It joined the UN", "PTI said so", "UN OCHA"] {
        let item = read_at(&format!("Harbour reopens\n\n{text}\n\n{text} {kept}"), "");
        assert!(item.body.last().unwrap().ends_with(kept), "{kept}");
    }
}

#[test]
fn a_short_line_of_a_script_without_spaces_is_no_standfirst() {
    let text = "港口在经过近两年的维修之后于周二重新开放，港务局表示船只可以再次进港。";
    let more = "工程耗资三亿元，比原计划晚了八个月。";
    for line in ["记者张三报道", "2024年6月6日 10:30", "新华社北京电"] {
        let item = read_at(&format!("港口重新开放\n\n{line}\n\n{text}\n\n{more}\n"), "2024-06-07");
        assert_eq!(item.summary, None, "{line}");
    }
    let standfirst = "港口维修近两年后重新开放，船只再次进港";
    let item = read_at(&format!("港口重新开放\n\n{standfirst}\n\n{text}\n\n{more}\n"), "2024-06-07");
    assert_eq!(item.summary.as_deref(), Some(standfirst));
}

#[test]
fn a_day_that_can_be_read_in_two_ways_is_a_guess() {
    let text = "The harbour reopened on Tuesday after repairs that took nearly two years, the port said.";
    let story = format!("Harbour reopens\n\nPublished: 05/06/2024\n\n{text}\n\n{text}");
    let item = read_at(&story, "");
    let guess = item.guesses.iter().find(|guess| guess.field == "date").unwrap();
    assert_eq!((item.date, &*guess.value, guess.is_sure()), (None, "2024-06-05 or 2024-05-06", false));
    assert_eq!(read_at(&story, "2024-05-10").date, NaiveDate::from_ymd_opt(2024, 5, 6));
}

#[test]
fn who_wrote_it_by_the_page_has_a_line_of_his_own() {
    let text = "The harbour reopened on Tuesday after repairs that took nearly two years, the port said.";
    let more = "They cost three hundred million, and took eight months longer than planned.";
    let page = PageHead {
        title: Some("Harbour reopens".into()),
        author: Some("Ada Byron".into()),
        ..PageHead::default()
    };
    let known = Known { agencies: Agencies::known(), published: None, tags: Vec::new(), page };
    for line in ["Ada Byron", "Ada Byron in London", "Ada Byron Diplomatic editor"] {
        let item = read(paragraphs(&format!("{line}\n\n{text}\n\n{more}")), &known);
        assert_eq!((item.body.len(), item.author.as_deref()), (2, Some("Ada Byron")), "{line}");
    }
    let page = PageHead { author: Some("PTI".into()), ..known.page.clone() };
    let item = read(paragraphs(&format!("{text}\n\n{more}")), &Known { page, ..known.clone() });
    assert_eq!((item.author, &*item.agencies), (None, &["PTI".to_owned()][..]));
    let item = read(paragraphs(&format!("Ada Byron met Bo Li.\n\n{text}\n\n{more}")), &known);
    assert_eq!(item.body.len(), 3);
}

#[test]
fn a_rubric_with_a_place_is_no_byline() {
    let text =
        "The police said that the blast had hurt nobody, and that the road would be open again by night.";
    let item =
        read_at(&format!("Road shut for a day\n\nBomb Blast in Kabul\n\n{text}\n\nThey gave no cause."), "");
    assert_eq!((item.author, item.body.len()), (None, 3));
}

#[test]
fn a_line_of_publication_is_neither_place_nor_standfirst() {
    let text =
        "VALLETTA, June 6 (Reuters) - The harbour reopened on Tuesday after repairs that took two years.";
    for line in [
        "IANS | Jun 06, 2024 02:05 PM IST",
        "June 6, 2024 2:05 PM UTC Updated 3 hours ago",
        "Source: Xinhua| 2024-06-06 22:15:30|Editor: huaxia",
        "Stand: 06.06.2024, 14:05 Uhr",
    ] {
        let item = read_at(&format!("Harbour reopens\n\n{line}\n\n{text}\n\n{text}"), "");
        assert_eq!((item.place.as_deref(), item.summary.as_deref()), (Some("Valletta"), None), "{line}");
        assert_eq!(item.date.map(|day| day.to_string()).as_deref(), Some("2024-06-06"), "{line}");
    }
}

#[test]
fn what_those_who_reprint_a_story_set_around_it_falls_away() {
    let text = "The government will release rice from its stocks next week, officials said on Thursday.";
    let more = "It was the second such step this year, the ministry of agriculture said in a statement.";
    for (head, tail, place, agencies, author) in [
        (
            "IANS\nUpdated: June 6, 2024 10:31 IST\n\nNew Delhi, June 6 (IANS) ",
            "\n--IANS\nsha/vd",
            "New Delhi",
            "IANS",
            "",
        ),
        ("ANI\n\nNew Delhi [India], June 6 (ANI): ", " (ANI)", "New Delhi, India", "ANI", ""),
        (
            "By Ada Byron\n\nJune 6, 2024 10:31 AM GMT+5:30Updated 2 hours ago\n\nNEW DELHI, June 6 (Reuters) - ",
            "\n\nReporting by Ada Byron; Editing by Bo Li\n\nOur Standards: The Thomson Reuters Trust Principles.",
            "New Delhi",
            "Reuters",
            "Ada Byron",
        ),
        (
            "BY ADA BYRON\nThe Associated Press\nUpdated 10:31 AM GMT+5:30, June 6, 2024\n\nNEW DELHI (AP) — ",
            "\n\n___\n\nAssociated Press writer Bo Li in Mumbai contributed to this report.",
            "New Delhi",
            "AP",
            "Ada Byron",
        ),
        ("New Delhi (AFP) – ", "\n\nIssued on: 06/06/2024 - 10:31\n\n© 2024 AFP", "New Delhi", "AFP", ""),
        (
            "Source: Xinhua\n\nEditor: huaxia\n\n2024-06-06 10:31:15\n\nNEW DELHI, June 6 (Xinhua) -- ",
            " ■",
            "New Delhi",
            "Xinhua",
            "",
        ),
        ("Madrid, 6 jun (EFE).- ", " EFE\n\nabc/def", "Madrid", "EFE", ""),
        ("(ANSA) - ROMA, 06 GIU - ", " (ANSA).", "Roma", "ANSA", ""),
        ("Lisboa, 06 jun 2024 (Lusa) - ", "\n\nABC // DEF\n\nLusa/Fim", "Lisboa", "Lusa", ""),
        ("Berlin (dpa) - ", "\n\nQuelle: RND/dpa", "Berlin", "dpa", ""),
        (
            "Jakarta (ANTARA) - ",
            "\n\nReporter: Ada Byron\nEditor: Bo Li\nCopyright © ANTARA 2024",
            "Jakarta",
            "Antara",
            "Ada Byron",
        ),
        ("06/06/2024\nKUWAIT, June 6 (KUNA) -- ", " (end) abc.def", "Kuwait", "KUNA", ""),
        (
            "AFP Published June 6, 2024\n\nNEW DELHI: ",
            "\n\nPublished in Dawn, June 6th, 2024",
            "New Delhi",
            "AFP",
            "",
        ),
        ("AFP\nJune 06, 2024\n10:31\nFollow\n\nNEW DELHI: ", "", "New Delhi", "AFP", ""),
        ("Our Correspondent\n\nNew Delhi, June 5\n\n", "", "New Delhi", "", ""),
        (
            "By Ada Byron\nPublished On 6 Jun 2024\n6 Jun 2024\n\nNew Delhi, India – ",
            "\n\nSource: Al Jazeera and news agencies",
            "New Delhi, India",
            "Al Jazeera",
            "Ada Byron",
        ),
        (
            "Published - June 06, 2024 10:31 am IST - NEW DELHI\n\nThe Hindu Bureau\n\n",
            "\n\nRELATED TOPICS\n\nrice / government",
            "",
            "",
            "",
        ),
        ("Ada Byron in Delhi\nThu 6 Jun 2024 10.31 BST\n\n", "", "", "", "Ada Byron"),
        (
            "June 06, 2024 08:00 AM Eastern Daylight Time\n\nDELHI--(BUSINESS WIRE)--",
            "\n\nContacts\n\nAda Byron\nada@acme.example",
            "Delhi",
            "Business Wire",
            "",
        ),
    ] {
        let item = read_at(
            &format!("Govt to release rice from stocks\n\n{head}{text}\n\n{more}{tail}\n"),
            "2024-06-07",
        );
        assert_eq!(item.title.as_deref(), Some("Govt to release rice from stocks"), "{head}");
        assert_eq!(item.body, [text, more], "{head}");
        let told =
            [item.place.unwrap_or_default(), item.agencies.join(" > "), item.author.unwrap_or_default()];
        assert_eq!((told, item.summary), ([place, agencies, author].map(str::to_owned), None), "{head}");
    }
}
