//! From paragraphs to an item: what stands above the story, the story, what stands below.
//!
//! Copy has an order: labels, headline, headline again, byline, standfirst, dateline with the first paragraph, the rest, credits, end
//! mark. Any may be missing. So the end is taken off from below, the head from above, and what is left is the story.

use super::agencies::Agencies;
use super::copy::Paragraph;
use super::dateline::{self, Dateline};
use super::fold::folded;
use super::furniture::{self, Furniture};
use super::item::{Cut, Guess, Item};
use super::{language, tags};
use chrono::NaiveDate;

/// In how many paragraphs from the top a dateline is looked for, and a headline that comes again.
const TOP: usize = 5;
/// The longest headline, in characters.
const LONGEST_HEADLINE: usize = 250;
/// The fewest words of a standfirst.
const SHORTEST_STANDFIRST: usize = 5;

/// What is known of a story besides its copy.
#[derive(Debug, Clone)]
pub struct Known<'a> {
    /// Who signs datelines.
    pub agencies: &'a Agencies,
    /// When it was published, where somebody said so.
    pub published: Option<NaiveDate>,
    /// The site's tags.
    pub tags: Vec<&'a str>,
    /// What the head of a web page says of it.
    pub page: PageHead,
}

/// What the head of a web page says of the story on it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PageHead {
    /// The headline.
    pub title: Option<String>,
    /// The standfirst.
    pub summary: Option<String>,
    /// Who wrote it.
    pub author: Option<String>,
    /// When it was published.
    pub published: Option<NaiveDate>,
    /// The name of the outlet.
    pub outlet: Option<String>,
    /// The story's address.
    pub url: Option<String>,
}

/// Reads a story.
pub fn read(paragraphs: Vec<Paragraph>, known: &Known<'_>) -> Item {
    let mut story =
        Story { left: paragraphs, item: Item::default(), origin: None, published: known.published };
    story.take_tail(known.agencies);
    story.take_head(&known.page);
    story.take_headline(known);
    story.take_repeats();
    story.take_dateline(known);
    story.take_pointers();
    story.take_page(&known.page);
    story.settle(known)
}

struct Story {
    /// What nobody has taken.
    left: Vec<Paragraph>,
    item: Item,
    /// Who wrote it first, as a line below it says.
    origin: Option<Guess>,
    /// When it was published, as a line above it says.
    published: Option<NaiveDate>,
}

impl Story {
    fn cut(&mut self, place: usize, why: &'static str) -> Paragraph {
        let paragraph = self.left.remove(place);
        self.item.cut.push(Cut { line: paragraph.line, text: paragraph.text.clone(), why });
        paragraph
    }

    fn guess(&mut self, field: &'static str, value: impl Into<String>, from: &Paragraph, confidence: u8) {
        let guess =
            Guess { field, value: value.into(), line: from.line, text: from.text.clone(), confidence };
        self.item.guesses.push(guess);
    }

    /// What stands below the story, from the last line up. The story itself is not taken, whatever it looks like.
    fn take_tail(&mut self, agencies: &Agencies) {
        while self.left.len() > 1 {
            let last = self.left.len() - 1;
            let text = self.left[last].text.clone();
            if self.item.dateline.is_none()
                && let Some(read) = dateline::whole(&text, agencies)
            {
                let from = self.cut(last, "dateline");
                self.keep_dateline(&read, &from);
                continue;
            }
            let signed = text.trim_matches(['(', ')', '-', '—', '–', '.', ' ', '[', ']']);
            if let Some((name, _)) = agencies.find(signed) {
                let name = name.to_owned();
                let from = self.cut(last, "credit line");
                self.add_origin(&name, true, &from);
                continue;
            }
            let Some(found) = furniture::tail(&text) else { break };
            let from = self.cut(last, found.why());
            match found {
                Furniture::Credits { reporters: Some(names) } => self.guess("author", names, &from, 80),
                Furniture::Origin(name) => {
                    let spelt = agencies.find(&name).map(|(spelt, _)| spelt.to_owned());
                    self.add_origin(spelt.as_deref().unwrap_or(&name), spelt.is_some(), &from);
                }
                _ => {}
            }
        }
    }

    fn add_origin(&mut self, name: &str, is_known: bool, from: &Paragraph) {
        let confidence = if is_known { 90 } else { 45 };
        let guess = Guess {
            field: "agencies",
            value: name.to_owned(),
            line: from.line,
            text: from.text.clone(),
            confidence,
        };
        if self.origin.as_ref().is_none_or(|known| known.confidence < confidence) {
            self.origin = Some(guess);
        }
    }

    /// Labels, bylines and dates above the story.
    fn take_head(&mut self, page: &PageHead) {
        let mut place = 0;
        let mut has_headline = page.title.is_some();
        while place < TOP.min(self.left.len()) && self.left.len() > 1 {
            let found = furniture::head(&self.left[place].text);
            // A headline may look like a byline: `By Election Results`.
            let found =
                found.filter(|found| has_headline || !matches!(found, Furniture::Byline { day: None, .. }));
            let Some(found) = found else {
                has_headline = true;
                place += 1;
                continue;
            };
            let from = self.cut(place, found.why());
            if let Some(day) = furniture::day_of(&found, None) {
                self.published = self.published.or(Some(day));
                self.guess("date", day.to_string(), &from, 70);
            }
            match found {
                Furniture::Byline { name, .. } => self.guess("author", name, &from, 90),
                Furniture::PressRelease => {
                    self.item.is_press_release = true;
                    self.guess("kind", "press-release", &from, 90);
                }
                _ => {}
            }
        }
    }

    /// The headline: the first line, where that is short and more follows, and no dateline stands in it.
    fn take_headline(&mut self, known: &Known<'_>) {
        if let Some(title) = &known.page.title {
            let from = Paragraph { line: 0, text: title.clone() };
            return self.keep_headline(&from, 95);
        }
        let Some(first) = self.left.first().filter(|_| self.left.len() > 1) else { return };
        let is_dateline = dateline::leading(&first.text, known.agencies).is_some_and(|read| {
            read.confidence >= dateline::SURE && (read.day.is_some() || !read.agencies.is_empty())
        });
        if is_dateline || first.text.chars().count() > LONGEST_HEADLINE {
            return;
        }
        let comes_again = self.left[1..].iter().take(TOP).any(|other| is_headline(&other.text, &first.text));
        let ends_as_sentence = first.text.ends_with('.') && !first.text.ends_with("..");
        let confidence = match (comes_again, ends_as_sentence) {
            (true, _) => 95,
            (false, false) => 80,
            (false, true) => 60,
        };
        let from = self.left.remove(0);
        self.keep_headline(&from, confidence);
    }

    fn keep_headline(&mut self, from: &Paragraph, confidence: u8) {
        let title = furniture::without_label(&from.text);
        if title.len() < from.text.len() {
            let label = from.text[..from.text.len() - title.len()].trim_end().to_owned();
            self.item.cut.push(Cut { line: from.line, text: label, why: "label before the headline" });
        }
        let title = title.to_owned();
        self.guess("title", title, from, confidence);
    }

    /// The headline where it comes again.
    fn take_repeats(&mut self) {
        let Some(title) = self.value("title") else { return };
        for place in (0..TOP.min(self.left.len())).rev() {
            if self.left.len() > 1 && is_headline(&self.left[place].text, &title) {
                self.cut(place, "the headline again");
            }
        }
    }

    /// The dateline, and what stands between it and the headline.
    fn take_dateline(&mut self, known: &Known<'_>) {
        let read = |paragraph: &Paragraph| {
            dateline::leading(&paragraph.text, known.agencies).map(|read| read.confidence)
        };
        let confidences: Vec<u8> =
            self.left.iter().take(TOP).map(|it| read(it).unwrap_or_default()).collect();
        let sure = confidences.iter().position(|confidence| *confidence >= dateline::SURE);
        if let Some(place) = sure {
            let from = self.left[place].clone();
            let read = dateline::leading(&from.text, known.agencies).expect("it was just read");
            self.keep_dateline(&read, &from);
            self.left[place].text = read.text.to_owned();
        } else if self.item.dateline.is_none()
            && let Some(place) = confidences.iter().position(|confidence| *confidence > 0)
        {
            let from = self.left[place].clone();
            let read = dateline::leading(&from.text, known.agencies).expect("it was just read");
            self.keep_parts(&read, &from);
        }
        self.take_standfirst(sure);
    }

    fn keep_dateline(&mut self, read: &Dateline<'_>, from: &Paragraph) {
        self.guess("dateline", read.verbatim, from, read.confidence);
        self.keep_parts(read, from);
        self.item.is_press_release |= read.is_press_release;
    }

    fn keep_parts(&mut self, read: &Dateline<'_>, from: &Paragraph) {
        if let Some(place) = &read.place {
            self.guess("place", place, from, read.confidence);
        }
        for name in &read.agencies {
            self.guess("agencies", name, from, read.confidence);
        }
        if read.is_press_release {
            self.guess("kind", "press-release", from, read.confidence);
        }
        if let Some(day) = read.day {
            let resolved = day.resolve(self.published);
            let confidence = if resolved.is_some() { read.confidence } else { read.confidence.min(40) };
            self.guess(
                "date",
                resolved.map_or_else(|| day.to_string(), |day| day.to_string()),
                from,
                confidence,
            );
        }
    }

    /// The standfirst: a sentence between the headline and the first paragraph, which often begins with it.
    fn take_standfirst(&mut self, lead: Option<usize>) {
        if self.value("title").is_none() {
            return;
        }
        let Some(first) =
            self.left.first().filter(|first| first.text.split_whitespace().count() >= SHORTEST_STANDFIRST)
        else {
            return;
        };
        let comes_again = self
            .left
            .iter()
            .skip(1)
            .take(TOP)
            .any(|later| folded(&later.text).starts_with(&folded(&first.text)));
        let is_followed = self.left.len() > 2;
        let ends_as_sentence = first.text.ends_with(['.', '!', '?', '"', '”']);
        let confidence = match lead {
            Some(0) => return,
            _ if comes_again => 95,
            Some(1) => 85,
            Some(_) => 65,
            None if is_followed
                && !ends_as_sentence
                && first.text.chars().count() <= LONGEST_HEADLINE * 2 =>
            {
                60
            }
            None => return,
        };
        let from = self.left.remove(0);
        let text = from.text.clone();
        self.guess("summary", text, &from, confidence);
    }

    /// Lines in the midst of the story that lead away from it.
    fn take_pointers(&mut self) {
        for place in (0..self.left.len()).rev() {
            if self.left.len() > 1
                && let Some(found) = furniture::anywhere(&self.left[place].text)
            {
                self.cut(place, found.why());
            }
        }
    }

    /// What the head of its page says, where the copy says nothing.
    fn take_page(&mut self, page: &PageHead) {
        let day = page.published.map(|day| day.to_string());
        for (field, value, confidence) in
            [("summary", &page.summary, 75), ("author", &page.author, 75), ("date", &day, 75)]
        {
            if let Some(value) = value.as_ref().filter(|_| self.value(field).is_none()) {
                let from = Paragraph { line: 0, text: value.clone() };
                self.guess(field, value, &from, confidence);
            }
        }
    }

    /// The surest guess of a field.
    fn value(&self, field: &str) -> Option<String> {
        let guesses = self.item.guesses.iter().filter(|guess| guess.field == field && guess.is_sure());
        // Of two that are as sure the first counts.
        let best = guesses.rev().max_by_key(|guess| guess.confidence);
        best.map(|guess| guess.value.clone())
    }

    fn settle(mut self, known: &Known<'_>) -> Item {
        self.item.body = self.left.iter().map(|paragraph| paragraph.text.clone()).collect();
        if let Some(origin) = self.origin.take() {
            let is_new = !self
                .item
                .guesses
                .iter()
                .any(|guess| guess.field == "agencies" && guess.value == origin.value);
            self.item.guesses.extend(is_new.then_some(origin));
        }
        self.guess_by_the_whole(known);
        let sure = |guess: &&Guess| guess.is_sure();
        let of = |field: &'static str| {
            self.item.guesses.iter().filter(sure).filter(move |guess| guess.field == field)
        };
        let agencies = of("agencies").map(|guess| guess.value.clone()).collect();
        let tags = of("tags").map(|guess| guess.value.clone()).collect();
        let date = self.date();
        let [title, summary, place, dateline, author] =
            ["title", "summary", "place", "dateline", "author"].map(|field| self.value(field));
        let is_press_release = self.value("kind").is_some();
        let mut item = Item {
            title,
            summary,
            place,
            dateline,
            date,
            agencies,
            author,
            is_press_release,
            tags,
            ..self.item
        };
        item.cut.sort_by_key(|cut| cut.line);
        item
    }

    /// The dateline's day comes before that of publication.
    fn date(&self) -> Option<NaiveDate> {
        let day = |guess: &Guess| NaiveDate::parse_from_str(&guess.value, "%Y-%m-%d").ok();
        let dates = || self.item.guesses.iter().filter(|guess| guess.field == "date" && guess.is_sure());
        let dateline =
            self.item.guesses.iter().find(|guess| guess.field == "dateline").map(|guess| guess.line);
        let of_dateline = dates().find(|guess| Some(guess.line) == dateline).and_then(day);
        of_dateline.or_else(|| dates().find_map(day))
    }

    /// What the text as a whole tells: its language, and which of the site's tags it mentions.
    fn guess_by_the_whole(&mut self, known: &Known<'_>) {
        let title = self.value("title").unwrap_or_default();
        let summary = self.value("summary").unwrap_or_default();
        let text = format!("{title}\n{summary}\n{}", self.item.body.join("\n"));
        let whole = |text: &str| Paragraph { line: 0, text: text.to_owned() };
        if let Some((tag, confidence)) = language::of(&text) {
            self.item.lang = Some(tag).filter(|_| confidence >= super::item::SURE);
            self.guess("lang", tag, &whole("the whole text"), confidence);
        }
        let in_title = title.split_whitespace().count();
        for (tag, place) in tags::mentioned(&known.tags, &text) {
            let confidence = if place < in_title { 85 } else { 65 };
            self.guess("tags", tag, &whole("a word of the text"), confidence);
        }
    }
}

/// Whether a line is the headline, or begins with it and goes on with nothing but a name after a sign: ` | The Paper`.
fn is_headline(line: &str, title: &str) -> bool {
    let (line, title) = (folded(line), folded(title));
    line == title
        || (title.split(' ').count() > 3
            && line
                .strip_prefix(&title)
                .is_some_and(|rest| rest.starts_with(' ') && rest.split_whitespace().count() <= 3))
}
