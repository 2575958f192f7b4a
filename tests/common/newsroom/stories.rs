//! What may happen to stories.

use super::beginning::{TAGS, some_picture, some_source, some_tags, word};
use super::{Edit, Link, Newsroom, Story, one_of};
use crate::common::dice::Dice;

pub(super) const EDITS: &[(&str, Edit)] = &[
    ("text", |room, dice| {
        let more = word(dice);
        room.some_story(dice).text = format!("Text, now with {more}.");
    }),
    ("text, of the same length", |room, dice| {
        let number = dice.throw(1_000_000);
        for story in room.some_few(dice) {
            let from = story.text.find(|c: char| c.is_ascii_digit()).unwrap_or(0);
            let to = story.text[from..].find(|c: char| !c.is_ascii_digit()).map_or(from, |end| from + end);
            story.text.replace_range(from..to, &format!("{number:06}")[..(to - from).min(6)]);
        }
    }),
    ("first paragraph", |room, dice| {
        let more = word(dice);
        let plain: Vec<usize> =
            room.articles().into_iter().filter(|number| room.stories[number].summary.is_none()).collect();
        if !plain.is_empty() {
            let number = one_of(dice, &plain);
            room.story(number).first = format!("Other first words, {more}.");
        }
    }),
    ("title", |room, dice| {
        let title = format!("{:?}", format!("Headline <{}>", word(dice)));
        room.some_story(dice).set("title", title);
    }),
    ("summary", |room, dice| {
        let (summary, to) = (word(dice), room.some(dice));
        let story = room.some_story(dice);
        if dice.throw(4) == 0 {
            story.summary = None;
        } else {
            story.summary = Some(format!("Anew: {summary}"));
            story.summary_to = (to % 3 == 0).then_some(to);
        }
    }),
    ("tags", |room, dice| {
        let tags = some_tags(dice);
        room.some_story(dice).set("tags", tags);
    }),
    ("new tag", |room, dice| {
        let tag = format!("[\"New {}\"]", dice.throw(1000));
        room.some_story(dice).set("tags", tag);
    }),
    ("spelling of a tag", |room, dice| {
        let (spellings, to) = (one_of(dice, &TAGS), dice.throw(3));
        for story in room.stories.values_mut() {
            let Some(tags) = story.keys.get_mut("tags").filter(|_| dice.throw(3) > 0) else { continue };
            for from in spellings {
                *tags = tags.replace(&format!("{from:?}"), &format!("{:?}", spellings[to]));
            }
        }
    }),
    ("date", |room, dice| {
        let day =
            one_of(dice, &["2021-11-25", "2021-12-03", "2021-12-04", "2021-10-01T08:00:00Z", "2020-02-29"]);
        room.some_story(dice).set("date", day);
    }),
    ("time", |room, dice| {
        let hour = dice.throw(24);
        let story = room.some_story(dice);
        let day = story.keys["date"][..10].to_owned();
        story.set("date", format!("{day}T{hour:02}:15:00Z"));
    }),
    ("slug", |room, dice| {
        let slug = format!("\"slug-{}\"", dice.throw(100_000));
        room.some_story(dice).set("slug", slug);
    }),
    ("section", |room, dice| {
        let section = one_of(dice, &super::beginning::SECTIONS);
        match dice.throw(5) {
            0 => drop(room.some_story(dice).keys.remove("section")),
            1 => {
                let number = dice.throw(100);
                room.some_story(dice).set("section", format!("\"Desk {number}\""));
            }
            _ => room.some_story(dice).set("section", format!("{section:?}")),
        }
    }),
    ("source", |room, dice| {
        let source = some_source(dice);
        room.some_story(dice).set("source", source);
    }),
    ("keys", |room, dice| {
        let number = dice.throw(1000);
        let keys = [
            ("people", "[\"Li Wei\", \"New One\"]".to_owned()),
            ("priority", (1 + number % 9).to_string()),
            ("lang", "\"ar\"".to_owned()),
            ("aliases", format!("[\"/older/{number}/\", \"/old{number}.html\"]")),
            ("template", "\"longread.html\"".to_owned()),
            ("corrections", format!("[{{ date = 2021-12-03, text = \"Not {number}.\" }}]")),
            ("extra", format!("{{ mark = \"m{number}\", other = {number} }}")),
            ("expires", one_of(dice, &["2021-12-03T10:00:00Z", "2021-12-04", "2021-12-06"]).to_owned()),
            ("draft", "true".to_owned()),
            ("thread", format!("\"Thread {}\"", number % 3)),
            ("place", format!("\"Cairo {}\"", number % 3)),
            ("by", format!("\"Author {}\"", number % 3)),
        ];
        let (key, value) = &keys[dice.throw(keys.len())];
        let story = room.some_story(dice);
        if story.keys.remove(key).is_none() || dice.throw(3) > 0 {
            story.set(key, value);
        }
    }),
    ("heading", |room, dice| {
        let heading = Some(format!("Part {}", word(dice))).filter(|_| dice.throw(3) > 0);
        room.some_story(dice).heading = heading;
    }),
    ("links", |room, dice| {
        let link = room.some_link(dice);
        let story = room.some_story(dice);
        if dice.throw(3) == 0 {
            story.links.clear();
        } else {
            story.links.push(link);
        }
    }),
    ("related", |room, dice| {
        let (number, to) = (room.some(dice), room.some(dice));
        room.story(number).related = Some(to).filter(|to| *to != number).into_iter().collect();
    }),
    ("delete", |room, dice| {
        if room.articles().len() > 12 {
            let number = room.some(dice);
            room.stories.remove(&number);
        }
    }),
    ("rename", |room, dice| {
        let name = format!("r{}", room.new_number());
        let story = room.some_story(dice);
        let path = if story.is_bundle() { format!("{name}/index.md") } else { format!("{name}.md") };
        story.file =
            format!("{}/{path}", one_of(dice, &["articles", "articles/moved", "articles/2021/deep"]));
    }),
    ("to another folder", |room, dice| {
        let story = room.some_story(dice);
        let path = if story.is_bundle() {
            format!("{}/index.md", story.stem())
        } else {
            format!("{}.md", story.stem())
        };
        story.file = format!("{}/{path}", one_of(dice, &["articles/aa", "articles/zz/deep"]));
    }),
    ("newest", |room, dice| {
        let day = room.order.now[..10].to_owned();
        let number = room.add_story(&day, dice);
        let link = room.some_link(dice);
        room.story(number).links.push(link);
    }),
    ("oldest", |room, dice| {
        let day = format!("20{:02}-01-01", dice.throw(20));
        room.add_story(&day, dice);
    }),
    ("bundle", |room, dice| {
        let number = dice.throw(1000);
        let Some(story) = room.some_bundle(dice) else { return };
        let file = ["table.csv", "more.txt", "drawing.svg"][dice.throw(3)];
        match dice.throw(3) {
            0 => drop(story.bundle.remove(file)),
            _ => drop(story.bundle.insert(file.to_owned(), of_a_size(file, number))),
        }
    }),
    ("picture", |room, dice| {
        let (picture, name) = (some_picture(dice), one_of(dice, &["photo.jpg", "bare.jpg"]));
        let Some(story) = room.some_bundle(dice) else { return };
        story.bundle.insert(name.to_owned(), picture);
    }),
    ("no picture", |room, dice| {
        let Some(story) = room.some_bundle(dice) else { return };
        story.bundle.remove("photo.jpg");
        story.keys.remove("image");
    }),
    ("picture of an article", |room, dice| {
        let number = dice.throw(1000);
        let Some(story) = room.some_bundle(dice) else { return };
        if story.bundle.contains_key("photo.jpg") {
            story.set("image", format!("{{ src = \"photo.jpg\", alt = \"Number {number}\" }}"));
        }
    }),
    ("standing page", |room, dice| {
        let (more, to) = (word(dice), room.some(dice));
        let story = room.story(1 + dice.throw(3));
        match dice.throw(3) {
            0 => story.set("title", format!("{more:?}")),
            1 => story.first = format!("We are {more}."),
            _ => story.links = vec![Link::Heading(to)],
        }
    }),
    ("careless", |room, dice| {
        let number = room.some(dice);
        room.careless = true;
        room.stories.remove(&number);
    }),
    ("slug that is taken", |room, dice| {
        let (one, other) = (room.some(dice), room.some(dice));
        let (slug, date) =
            (format!("{:?}", room.stories[&one].slug()), room.stories[&one].keys["date"].clone());
        room.story(other).set("slug", slug);
        room.story(other).set("date", date);
    }),
    ("terms of one slug", |room, dice| room.some_story(dice).set("tags", "[\"Wa.ter\", \"Water\"]")),
    ("front matter that is wrong", |room, dice| {
        room.some_story(dice).set("priority", "77");
    }),
];

impl Newsroom {
    fn story(&mut self, number: usize) -> &mut Story {
        self.stories.get_mut(&number).expect("it is there")
    }

    /// About a fifth of the articles.
    fn some_few(&mut self, dice: &mut Dice) -> Vec<&mut Story> {
        self.stories.values_mut().filter(|story| story.is_article() && dice.throw(5) == 0).collect()
    }

    fn some_bundle(&mut self, dice: &mut Dice) -> Option<&mut Story> {
        let mut all: Vec<&mut Story> = self.stories.values_mut().filter(|story| story.is_bundle()).collect();
        (!all.is_empty()).then(|| all.swap_remove(dice.throw(all.len())))
    }
}

fn of_a_size(file: &str, number: usize) -> Vec<u8> {
    if file.ends_with(".svg") {
        format!("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{}\" height=\"9\"></svg>\n", 10 + number)
            .into_bytes()
    } else {
        format!("{number:04},b\n").into_bytes()
    }
}
