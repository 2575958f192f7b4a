//! How a newsroom begins: some dozens of stories that share all that stories can share.

use super::{Link, Newsroom, Order, Story, one_of};
use crate::common::dice::Dice;
use crate::common::{NOW, picture};
use std::collections::BTreeMap;

/// Names of tags, each in spellings that are one tag.
pub(super) const TAGS: [[&str; 3]; 6] = [
    ["Water", "water", "WATER"],
    ["Social media", "social-media", "Social_Media"],
    ["Ürümqi", "ürümqi", "ÜRÜMQI"],
    ["Egypt", "EGYPT", "egypt"],
    ["Ships", "ships", "SHIPS"],
    ["A & B", "a & b", "a & B"],
];
pub(super) const SECTIONS: [&str; 4] = ["World", "Business", "Science & more", "Local"];
const SOURCES: [&str; 4] = ["Reuters", "AFP", "The Daily \\\"X\\\"", "local.example"];
const THREADS: [&str; 4] = ["Omicron", "The dam", "Twitter after Dorsey", "Lone"];
const PEOPLE: [&str; 3] = ["Ana Gomes", "Li Wei", "Zoë Ö."];

impl Newsroom {
    /// A newsroom with `count` articles.
    pub fn with(count: usize, dice: &mut Dice) -> Self {
        let order = Order { now: NOW, base_url: None, options: Vec::new(), output: "public" };
        let (stories, files) = (BTreeMap::new(), super::around::first_files());
        let settings = super::around::first_settings();
        let mut room = Self { stories, settings, files, order, careless: false, tampering: false, next: 0 };
        for (path, title) in [("about", "About <us>"), ("team/desk", "The desk"), ("policy", "Corrections")] {
            let number = room.new_number();
            let story = Story {
                file: format!("pages/{path}.md"),
                keys: [("title", format!("{title:?}"))].into(),
                first: format!("Page {number}, {}.", word(dice)),
                heading: Some("A part".to_owned()),
                links: vec![Link::Plain("/archive/")],
                ..Story::default()
            };
            room.stories.insert(number, story);
        }
        for _ in 0..count {
            let day = format!("2021-{}", days(dice));
            room.add_story(&day, dice);
        }
        for number in room.articles() {
            let links = (0..dice.throw(4)).map(|_| room.some_link(dice)).collect();
            let (summary_to, related) = (room.some(dice), room.some(dice));
            let story = room.stories.get_mut(&number).expect("it is one of them");
            story.links = links;
            story.summary_to = Some(summary_to).filter(|to| *to != number && number % 3 == 0);
            story.related = Some(related).filter(|to| *to != number && number % 4 == 0).into_iter().collect();
        }
        for (page, to) in [(1, 8), (2, 9)] {
            room.stories.get_mut(&page).expect("it is a page").links.push(Link::File(to));
        }
        room
    }

    /// Adds a story of a day.
    pub(super) fn add_story(&mut self, day: &str, dice: &mut Dice) -> usize {
        let number = self.new_number();
        let bundle = dice.throw(6) == 0;
        let file = match (bundle, dice.throw(3)) {
            (true, 0) => format!("articles/2021/b{number}/index.md"),
            (true, _) => format!("articles/b{number}/index.md"),
            (_, 0) => format!("articles/2021/s{number}.md"),
            _ => format!("articles/s{number}.md"),
        };
        let mut story = Story { file, ..Story::default() };
        let time = if dice.throw(3) == 0 { format!("T{:02}:30:00Z", dice.throw(20)) } else { String::new() };
        story.set("date", format!("{day}{time}"));
        story.set("title", format!("{:?}", format!("Story {number} of the \"{}\"", word(dice))));
        story.first = format!("First words of {number}: *{}* & co.", word(dice));
        story.text = format!("Text {:06} -- of \"{number}\".", dice.throw(1_000_000));
        story.set("tags", some_tags(dice));
        let often = |dice: &mut Dice| dice.throw(4) > 0;
        if often(dice) {
            story.set("section", format!("{:?}", one_of(dice, &SECTIONS)));
        }
        if often(dice) {
            story.set("source", some_source(dice));
        }
        if often(dice) {
            story.set("thread", format!("{:?}", one_of(dice, &THREADS)));
        }
        if often(dice) {
            story.heading = Some(format!("Part {}", word(dice)));
        }
        if dice.throw(2) == 0 {
            story.summary = Some(format!("In *short*: {}", word(dice)));
        }
        let rare: [(&'static str, String); 10] = [
            ("people", format!("[{:?}]", one_of(dice, &PEOPLE))),
            ("priority", (1 + dice.throw(9)).to_string()),
            ("lang", "\"de\"".to_owned()),
            ("aliases", format!("[\"/old/{number}/\"]")),
            ("template", "\"longread.html\"".to_owned()),
            (
                "corrections",
                "{ date = 2021-12-02, text = \"It was *wrong*, see [us](@/pages/about.md).\" }".to_owned(),
            ),
            ("extra", format!("{{ mark = \"{}\" }}", word(dice))),
            (
                "expires",
                one_of(dice, &["2021-12-01", "2021-12-04", "2021-12-05T12:00:00Z", "2021-12-07"]).to_owned(),
            ),
            ("draft", "true".to_owned()),
            ("kind", "\"analysis\"".to_owned()),
        ];
        for (key, value) in rare {
            if dice.throw(7) == 0 {
                story.set(key, value);
            }
        }
        if bundle {
            story.bundle.insert("photo.jpg".to_owned(), some_picture(dice));
            story.bundle.insert("table.csv".to_owned(), b"a,b\n".to_vec());
            if dice.throw(2) == 0 {
                story.bundle.insert("bare.jpg".to_owned(), some_picture(dice));
                story.set("image", "{ src = \"photo.jpg\", alt = \"What it shows\", credit = \"Me\" }");
            }
        }
        self.stories.insert(number, story);
        number
    }

    /// A way to some story, or to something that is always there.
    pub(super) fn some_link(&self, dice: &mut Dice) -> Link {
        let to = self.some(dice);
        match dice.throw(6) {
            0 | 1 => Link::File(to),
            2 | 3 => Link::Heading(to),
            4 => Link::Address(to),
            _ => Link::Plain(one_of(
                dice,
                &["/archive/", "/", "/sections/", "/tags/water/", "/atom.xml", "/css/desk.css"],
            )),
        }
    }
}

/// A day from those around the end of the news window to some that are still to come.
fn days(dice: &mut Dice) -> &'static str {
    one_of(
        dice,
        &[
            "11-20", "11-24", "11-25", "11-25", "11-28", "11-30", "11-30", "12-01", "12-02", "12-02",
            "12-03", "12-03", "12-04", "12-05",
        ],
    )
}

/// Words that were not there before.
pub(super) fn word(dice: &mut Dice) -> String {
    format!("word {:05}", dice.throw(100_000))
}

pub(super) fn some_tags(dice: &mut Dice) -> String {
    let tags: Vec<String> = (0..dice.throw(4))
        .map(|_| {
            let spellings = one_of(dice, &TAGS);
            format!("{:?}", one_of(dice, &spellings))
        })
        .collect();
    format!("[{}]", tags.join(", "))
}

pub(super) fn some_source(dice: &mut Dice) -> String {
    let one = |dice: &mut Dice| {
        let name = one_of(dice, &SOURCES);
        let more = one_of(
            dice,
            &["", ", agencies = [\"AFP\", \"Reuters\"]", ", access = \"paid\", author = \"A. B.\""],
        );
        format!("{{ name = \"{name}\", url = \"https://news.example/{}\"{more} }}", dice.throw(50))
    };
    let (first, second) = (one(dice), one(dice));
    if dice.throw(3) == 0 { format!("[{first}, {second}]") } else { first }
}

/// A picture of some size, large enough for one rendition or for two.
pub(super) fn some_picture(dice: &mut Dice) -> Vec<u8> {
    let (width, height) = one_of(dice, &[(20, 10), (40, 20), (40, 30), (72, 48)]);
    picture(width, height)
}
