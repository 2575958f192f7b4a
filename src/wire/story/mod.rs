//! From paragraphs to an item: what stands above the story, the story, what stands below.
//!
//! Copy has an order: labels, headline, headline again, byline, standfirst, dateline with the first paragraph, the rest, credits, end
//! mark. Any may be missing. So the end is taken off from below, the head from above, and what is left is the story.

mod above;
mod below;
mod known;
mod lead;
mod reading;
#[cfg(test)]
mod tests;

pub use self::known::{Known, PageHead};
use self::reading::Reading;
use super::agencies::Agencies;
use super::copy::Paragraph;
use super::fold::folded;
use super::furniture;
use super::item::{self, Guess, Item};
use super::language;
use chrono::NaiveDate;

/// The order in which guesses are told.
const FIELDS: [&str; 10] =
    ["title", "summary", "dateline", "place", "date", "agencies", "author", "kind", "lang", "tags"];

/// A language that is less sure than this is not worth a word.
const UNLIKELY: u8 = 20;

/// Reads a story.
pub fn read(paragraphs: Vec<Paragraph>, known: &Known<'_>) -> Item {
    let mut reading = Reading { left: paragraphs, published: known.published, ..Reading::default() };
    below::take_tail(&mut reading, known.agencies);
    above::take_head(&mut reading, &known.page, known.agencies);
    above::take_headline(&mut reading, known.page.title.as_deref(), known.agencies);
    above::take_repeats(&mut reading, known.page.heading.as_deref());
    lead::take_dateline(&mut reading, known.agencies);
    take_pointers(&mut reading);
    take_page(&mut reading, &known.page, known.agencies);
    settle(reading, &known.tags, known.agencies)
}

/// Lines in the midst of the story that lead away from it.
fn take_pointers(reading: &mut Reading) {
    if reading.left.is_empty() {
        return;
    }
    let mut story = Vec::with_capacity(reading.left.len());
    for paragraph in std::mem::take(&mut reading.left) {
        match furniture::anywhere(&paragraph.text) {
            Some(found) => reading.leave_out(paragraph, found.why()),
            None => story.push(paragraph),
        }
    }
    // The story itself is not taken, whatever it looks like.
    if story.is_empty()
        && let Some(cut) = reading.item.cut.pop()
    {
        story.push(Paragraph { line: cut.line, text: cut.text });
    }
    reading.left = story;
}

/// What the head of its page says, where the copy says nothing.
fn take_page(reading: &mut Reading, page: &PageHead, agencies: &Agencies) {
    let day = page.published.map(|day| day.to_string());
    let from_head = |name: &str| Paragraph { line: 0, text: name.to_owned() };
    // Who copies an agency's story names that as its author.
    let agency = page.author.as_deref().and_then(|author| agencies.find(author));
    if let Some((name, _)) = agency {
        reading.set_label(name.to_owned(), &from_head(name));
    }
    let is_person = |author: &String| agency.is_none() && !furniture::is_own_desk(&folded(author));
    let author = page.author.clone().filter(is_person);
    for (field, value, confidence) in
        [("summary", &page.summary, 75), ("author", &author, 75), ("date", &day, 75)]
    {
        if let Some(value) = value.as_ref().filter(|_| reading.value(field).is_none()) {
            reading.guess(field, value, &from_head(value), confidence);
        }
    }
}

/// The item, from what was guessed.
fn settle(mut reading: Reading, tags: &[&str], agencies: &Agencies) -> Item {
    reading.item.body = reading.left.iter().map(|paragraph| paragraph.text.clone()).collect();
    if let Some(mut origin) = reading.origin.take() {
        // What is sent as a press release is the word of whom it names, known or not.
        if reading.value("kind").is_some() {
            origin.confidence = origin.confidence.max(70);
        }
        let is_new = !reading
            .item
            .guesses
            .iter()
            .any(|guess| guess.field == "agencies" && agencies.are_one(&guess.value, &origin.value));
        reading.item.guesses.extend(is_new.then_some(origin));
    }
    // Who is named above the story may be who printed it: a dateline and a line below know better.
    if !reading.item.guesses.iter().any(|guess| guess.field == "agencies" && guess.is_sure()) {
        let label = reading.label.take();
        reading.item.guesses.extend(label);
    }
    guess_by_the_whole(&mut reading, tags);
    let sure = |guess: &&Guess| guess.is_sure();
    let of = |field: &'static str| {
        reading.item.guesses.iter().filter(sure).filter(move |guess| guess.field == field)
    };
    let signed = of("agencies").map(|guess| guess.value.clone()).collect();
    let tags = of("tags").map(|guess| guess.value.clone()).collect();
    let date = date(&reading);
    let [title, summary, place, dateline, author] =
        ["title", "summary", "place", "dateline", "author"].map(|field| reading.value(field));
    let is_press_release = reading.value("kind").is_some();
    let mut item = Item {
        title,
        summary,
        place,
        dateline,
        date,
        agencies: signed,
        author,
        is_press_release,
        tags,
        ..reading.item
    };
    item.cut.sort_by_key(|cut| cut.line);
    item.guesses.sort_by_key(|guess| FIELDS.iter().position(|field| *field == guess.field));
    item
}

/// The dateline's day comes before that of publication.
fn date(reading: &Reading) -> Option<NaiveDate> {
    let day = |guess: &Guess| NaiveDate::parse_from_str(&guess.value, "%Y-%m-%d").ok();
    let dates = || reading.item.guesses.iter().filter(|guess| guess.field == "date" && guess.is_sure());
    let dateline =
        reading.item.guesses.iter().find(|guess| guess.field == "dateline").map(|guess| guess.line);
    let of_dateline = dates().find(|guess| Some(guess.line) == dateline).and_then(day);
    of_dateline.or_else(|| dates().find_map(day))
}

/// What the text as a whole tells: its language, and which of the site's tags it mentions.
fn guess_by_the_whole(reading: &mut Reading, tags: &[&str]) {
    let title = reading.value("title").unwrap_or_default();
    let summary = reading.value("summary").unwrap_or_default();
    let text = format!("{title}\n{summary}\n{}", reading.item.body.join("\n"));
    let whole = |text: &str| Paragraph { line: 0, text: text.to_owned() };
    if let Some((tag, confidence)) = language::of(&text).filter(|(_, confidence)| *confidence >= UNLIKELY) {
        reading.item.lang = Some(tag).filter(|_| confidence >= item::SURE);
        reading.guess("lang", tag, &whole("the whole text"), confidence);
    }
    for (tag, place) in super::tags::mentioned(tags, &text) {
        let confidence = if place < title.len() { 85 } else { 65 };
        reading.guess("tags", tag, &whole("a word of the text"), confidence);
    }
}
