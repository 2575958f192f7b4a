//! What the lists of the theme are planned from: the front page by priority and age, months as weeks, terms by weight.
//! Each is asked through a template that prints its context, so that no markup is in the way.

mod common;

use common::Site;

const HOME: &str = r#"lead={% if lead %}{{ lead.title }}{% endif %}
top={% for card in top %}{{ card.title }} {% endfor %}
latest={% for card in latest %}{{ card.title }} {% endfor %}
sections={% for section in sections %}{{ section.name }}:{% for card in section.articles %}{{ card.title }} {% endfor %}({{ section.count }}) {% endfor %}
edition={{ page.date }}"#;

fn home(site: &Site) -> Vec<String> {
    site.write("templates/home.html", HOME);
    site.built(&[]);
    site.read("public/index.html").lines().map(|line| line.trim().to_owned()).collect()
}

#[test]
fn priority_and_age_choose_the_lead_and_the_order() {
    let site = Site::new();
    for (name, date, more) in [
        ("plain-today", "2021-12-03T09:00:00Z", ""),
        ("lead", "2021-12-03T07:00:00Z", "priority = 4"),
        // Yesterday's, but weighty: one step of priority is worth half a day.
        ("weighty", "2021-12-02T09:00:00Z", "priority = 1"),
        ("minor-today", "2021-12-03T10:00:00Z", "priority = 9"),
        ("old", "2021-11-26T09:00:00Z", ""),
        ("older", "2021-11-25T09:00:00Z", ""),
        ("oldest-but-weighty", "2021-11-24T09:00:00Z", "priority = 1"),
        ("oldest", "2021-11-24T08:00:00Z", ""),
    ] {
        site.article(&format!("{name}.md"), date, more, "Text.");
    }
    assert_eq!(
        home(&site),
        [
            "lead=lead",
            "top=weighty plain-today minor-today old oldest-but-weighty older",
            "latest=oldest",
            "sections=",
            "edition=2021-12-03"
        ]
    );
}

#[test]
fn a_section_with_enough_gets_a_block_and_nothing_is_shown_twice_above_it() {
    let site = Site::new();
    site.article("lead.md", "2021-12-03", "section = \"World\"\npriority = 1", "Text.");
    for n in 1..=6 {
        site.article(&format!("top{n}.md"), "2021-12-03", "section = \"World\"\npriority = 2", "Text.");
    }
    for n in 1..=6 {
        site.article(&format!("w{n}.md"), &format!("2021-11-0{n}"), "section = \"World\"", "Text.");
    }
    site.article("s1.md", "2021-10-02", "section = \"Science\"", "Text.");
    site.article("s2.md", "2021-10-01", "section = \"Science\"", "Text.");
    site.article("sport.md", "2021-11-30", "section = \"Sport\"", "Text.");
    let home = home(&site);
    assert_eq!(home[1], "top=top1 top2 top3 top4 top5 top6");
    assert_eq!(home[3], "sections=World:w6 w5 w4 w3 (13) Science:s1 s2 (2)");
}

#[test]
fn a_quiet_day_is_filled_from_the_days_before_and_an_empty_site_says_so() {
    let site = Site::new();
    assert_eq!(home(&site), ["lead=", "top=", "latest=", "sections=", "edition="]);
    site.article("one.md", "2021-12-03", "priority = 9", "Text.");
    site.article("two.md", "2021-11-01", "", "Text.");
    let home = home(&site);
    assert_eq!((home[0].as_str(), home[1].as_str()), ("lead=one", "top=two"));
    std::fs::remove_dir_all(site.path().join("templates")).expect("it was written");
    site.built(&[]);
    assert!(site.read("public/index.html").contains("class=\"front no-rail\""));
}

#[test]
fn a_month_is_a_table_of_weeks_that_begin_as_the_language_has_it() {
    let weeks = "{% if period.calendar %}{% for day in period.calendar.weekdays %}{{ day.short }} {% endfor %}\n\
                 {% for week in period.calendar.weeks %}{% for day in week %}\
                 {% if day?.count %}{{ day.short }}={{ day.count }}{% if day.current %}!{% endif %}\
                 {% elif day %}{{ day.short }}{% else %}-{% endif %} {% endfor %}\n{% endfor %}{% endif %}\
                 {% for month in period.all_months %}{{ month.short }}={{ month.count }} {% endfor %}";
    let site = Site::new();
    site.write("templates/period.html", weeks);
    site.article("a.md", "2021-11-25", "", "Text.");
    site.article("b.md", "2021-11-25", "", "Text.");
    site.article("c.md", "2021-11-01", "", "Text.");
    site.built(&[]);
    let lines = |site: &Site, path: &str| -> Vec<String> {
        let page = site.read(&format!("public/{path}/index.html"));
        page.lines().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect()
    };
    assert_eq!(
        lines(&site, "2021/11"),
        [
            "Mon Tue Wed Thu Fri Sat Sun",
            "1=1 2 3 4 5 6 7",
            "8 9 10 11 12 13 14",
            "15 16 17 18 19 20 21",
            "22 23 24 25=2 26 27 28",
            "29 30 - - - - -",
        ]
    );
    assert!(lines(&site, "2021/11/25").contains(&"22 23 24 25=2! 26 27 28".to_owned()));
    assert_eq!(
        lines(&site, "2021"),
        [
            "January=0 February=0 March=0 April=0 May=0 June=0 July=0 August=0 September=0 October=0 November=3 \
             December=0"
        ]
    );
    let settings = site.read("site.toml");
    site.write("site.toml", format!("{settings}language = \"en-US\"\n"));
    site.built(&[]);
    assert_eq!(lines(&site, "2021/11")[..2], ["Sun Mon Tue Wed Thu Fri Sat", "- 1=1 2 3 4 5 6"]);
}

#[test]
fn terms_know_their_letter_their_weight_and_their_newest_article() {
    let site = Site::new();
    site.write(
        "templates/terms.html",
        "{% for term in terms %}{{ term.initial }} {{ term.name }} {{ term.weight }} {{ term.latest.title }}\n{% endfor %}",
    );
    for n in 1..=9 {
        site.article(&format!("n{n}.md"), &format!("2021-11-0{n}"), "tags = [\"Élan\"]", "Text.");
    }
    site.article("rare.md", "2021-10-01", "tags = [\"zebra\", \"5G\"]", "Text.");
    site.built(&[]);
    assert_eq!(site.read("public/tags/index.html"), "# 5G 1 rare\nE Élan 5 n9\nZ zebra 1 rare\n");
}

#[test]
fn dates_among_the_themes_words_are_in_the_sites_language() {
    let site = Site::new();
    let more = "lang = \"ar\"\nsource = { name = \"A\", date = 2021-11-24 }\n\
                corrections = [{ date = 2021-11-26, text = \"x\" }]";
    site.article("a.md", "2021-11-25", more, "نص.");
    site.built(&[]);
    let page = site.read("public/2021/11/25/a/index.html");
    for words in ["Thursday, 25 November 2021", "24 November 2021", "26 November 2021", ">25 نوفمبر 2021<"]
    {
        assert!(page.contains(words), "{words}");
    }
}

#[test]
fn what_theme_sets_reaches_the_page_and_nothing_else_does() {
    let site = Site::new();
    site.article("a.md", "2021-11-25", "", "Text.");
    let settings = site.read("site.toml");
    let table = "[theme]\naccent = \"#052\"\nserif = '\"My Serif\", serif'\ndensity = \"compact\"\nnameplate = \"The <T>\"\n";
    site.write("site.toml", format!("{settings}{table}"));
    site.built(&["--strict"]);
    let page = site.read("public/index.html");
    assert!(
        page.contains("<style>:root{--accent:#005522;--serif:\"My Serif\", serif;--density:0.8}</style>"),
        "{page}"
    );
    assert!(page.contains("The &lt;T&gt;"));
    site.write("site.toml", &settings);
    site.built(&[]);
    assert!(!site.read("public/index.html").contains("<style>"));
}
