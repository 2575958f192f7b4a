//! What stands above a story: labels, bylines, dates, the headline and the headline again.

use super::super::agencies::Agencies;
use super::super::byline;
use super::super::copy::Paragraph;
use super::super::fold::folded;
use super::super::furniture::{self, Furniture};
use super::super::item::Cut;
use super::super::places;
use super::super::scan::begins_with_dash;
use super::super::when::Day;
use super::known::PageHead;
use super::lead;
use super::reading::{LONGEST_HEADLINE, Reading, TOP};

/// The most lines above a story that are none of it.
const MOST_LABELS: usize = 40;

/// Labels, bylines and dates above the story.
pub(super) fn take_head(reading: &mut Reading, page: &PageHead, agencies: &Agencies) {
    let mut place = 0;
    let mut has_headline = page.title.is_some();
    let most = reading.item.cut.len() + MOST_LABELS;
    while place < TOP.min(reading.left.len()) && reading.left.len() > 1 && reading.item.cut.len() < most {
        let lines = &reading.left[place..];
        let label = of_page(lines, page)
            .or_else(|| of_agency(lines, agencies))
            .or_else(|| of_reporter(lines).filter(|_| has_headline))
            .or_else(|| of_furniture(lines, agencies, has_headline));
        let Some(label) = label else {
            has_headline = true;
            place += 1;
            continue;
        };
        let from = reading.cut(place, label.why);
        if let Some(name) = label.agency {
            reading.set_label(name, &from);
        }
        if let Some(day) = label.day {
            let resolved = reading.guess_day(day, &from, 70);
            reading.published = reading.published.or(resolved);
        }
        if let Some((name, confidence)) = label.author {
            reading.guess("author", name, &from, confidence);
        }
        if label.is_press_release {
            reading.guess("kind", "press-release", &from, 90);
        }
    }
}

/// What a line above the story tells.
#[derive(Debug, Default)]
struct Label {
    why: &'static str,
    agency: Option<String>,
    day: Option<Day>,
    /// The name, and how sure that is.
    author: Option<(String, u8)>,
    is_press_release: bool,
}

/// The first of these lines, where it names the author as the page does.
fn of_page(lines: &[Paragraph], page: &PageHead) -> Option<Label> {
    let is_one = page.author.as_deref().is_some_and(|author| is_byline_of(author, &lines[0].text));
    is_one.then(|| Label { why: "byline", ..Label::default() })
}

/// The same, where it is the name of an agency. One that is torn from its dateline has a sign in the next line.
fn of_agency(lines: &[Paragraph], agencies: &Agencies) -> Option<Label> {
    let is_torn = lines.get(1).is_some_and(|next| begins_with_dash(&next.text));
    let text = &*lines[0].text;
    let signed = furniture::after_source(text).or_else(|| byline::without_by(text)).unwrap_or(text);
    let (name, _) = agencies.find(signed).filter(|_| !is_torn)?;
    Some(Label { why: "credit line", agency: Some(name.to_owned()), ..Label::default() })
}

/// The same, where it is `Ada Byron in Delhi` above the day of publication.
fn of_reporter(lines: &[Paragraph]) -> Option<Label> {
    let name = byline::with_place(&lines[0].text)?;
    let next = furniture::head(&lines.get(1)?.text)?;
    let is_one = matches!(next, Furniture::Published(_));
    is_one.then(|| Label { why: "byline", author: Some((name, 75)), ..Label::default() })
}

/// The same, where it is furniture by its form. A headline may look like a byline or a label: `By Election Results`, `Editors: we are
/// to blame`.
fn of_furniture(lines: &[Paragraph], agencies: &Agencies, has_headline: bool) -> Option<Label> {
    let text = &lines[0].text;
    let found = furniture::head(text)?;
    let may_be_headline = matches!(
        found,
        Furniture::Byline { day: None, .. }
            | Furniture::Desk
            | Furniture::Picture
            | Furniture::Credits { .. }
    );
    if may_be_headline && !has_headline && !text.starts_with(['(', '©']) {
        return None;
    }
    // `AFP Published June 6, 2024`, `ANI | Updated: March 7, 2025`.
    let publisher = [" Published ", " |"].iter().find_map(|sign| Some(text.split_once(sign)?.0));
    let publisher = publisher.and_then(|name| agencies.find(name));
    Some(Label {
        why: found.why(),
        agency: publisher.map(|(name, _)| name.to_owned()),
        day: found.day(),
        is_press_release: found == Furniture::PressRelease,
        author: match found {
            Furniture::Byline { name, .. } if !furniture::is_own_desk(&folded(&name)) => {
                Some((without_agency(name, agencies), 90))
            }
            Furniture::Credits { reporters } => reporters.map(|name| (name, 80)),
            _ => None,
        },
    })
}

/// `STAN CHOE Associated Press` → `Stan Choe`.
fn without_agency(name: String, agencies: &Agencies) -> String {
    let ends = name.match_indices(' ').map(|(at, _)| at).filter(|at| name[..*at].contains(' '));
    let end = ends.into_iter().find(|at| agencies.find(&name[*at..]).is_some());
    end.map(|end| places::spelt(&name[..end])).unwrap_or(name)
}

/// Whether a line names who wrote the story, as its page does, and hardly more: `Ada Byron in London`.
fn is_byline_of(author: &str, line: &str) -> bool {
    const MOST_WORDS_AFTER: usize = 5;
    let (author, line_folded) = (folded(author), folded(line));
    let after = line_folded.strip_prefix(&author).filter(|_| !author.is_empty());
    after.is_some_and(|after| {
        (after.is_empty() || after.starts_with(' '))
            && after.split_whitespace().count() <= MOST_WORDS_AFTER
            && !line.ends_with(['.', '!', '?', '…'])
    })
}

/// The headline: the first line, where that is short and more follows, and no dateline stands in it.
pub(super) fn take_headline(reading: &mut Reading, title: Option<&str>, agencies: &Agencies) {
    if let Some(title) = title {
        let from = Paragraph { line: 0, text: title.to_owned() };
        return keep_headline(reading, &from, 95);
    }
    let Some(first) = reading.left.first().filter(|_| reading.left.len() > 1) else { return };
    if lead::begins_with_dateline(&reading.left, agencies) || first.text.chars().count() > LONGEST_HEADLINE {
        return;
    }
    let comes_again = reading.left[1..].iter().take(TOP).any(|other| is_headline(&other.text, &first.text));
    let ends_as_sentence = first.text.ends_with('.') && !first.text.ends_with("..");
    let confidence = match (comes_again, ends_as_sentence) {
        (true, _) => 95,
        (false, false) => 80,
        (false, true) => 60,
    };
    let from = reading.left.remove(0);
    keep_headline(reading, &from, confidence);
}

fn keep_headline(reading: &mut Reading, from: &Paragraph, confidence: u8) {
    let title = furniture::without_label(&from.text);
    if title.len() < from.text.len() {
        let label = from.text[..from.text.len() - title.len()].trim_end().to_owned();
        reading.item.cut.push(Cut { line: from.line, text: label, why: "label before the headline" });
    }
    let title = title.to_owned();
    reading.guess("title", title, from, confidence);
}

/// The headline where it comes again, or as the page has it.
pub(super) fn take_repeats(reading: &mut Reading, heading: Option<&str>) {
    let Some(title) = reading.value("title") else { return };
    for place in (0..TOP.min(reading.left.len())).rev() {
        let line = &reading.left[place].text;
        if reading.left.len() > 1 && is_headline(line, &title) {
            reading.cut(place, "the headline again");
        } else if reading.left.len() > 1 && heading.is_some_and(|heading| is_headline(line, heading)) {
            reading.cut(place, "the headline on the page");
        }
    }
}

/// Whether a line is the headline, or begins with it and goes on with nothing but a name after a sign: ` | The Paper`.
fn is_headline(line: &str, title: &str) -> bool {
    let folded_title = folded(title);
    let mut ends = [" | ", " - ", " – ", " — ", " :: "].iter().filter_map(|sign| line.rsplit_once(sign));
    folded(line) == folded_title
        || ends.any(|(rest, name)| folded(rest) == folded_title && name.split_whitespace().count() <= 4)
}
