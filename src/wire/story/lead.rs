//! Where a story begins: its dateline, and between that and the headline its standfirst.

use super::super::agencies::Agencies;
use super::super::copy::Paragraph;
use super::super::dateline::{self, Dateline};
use super::super::fold::folded;
use super::reading::{LONGEST_HEADLINE, Reading, TOP};

/// The fewest words of a standfirst.
const SHORTEST_STANDFIRST: usize = 5;

/// The dateline, and what stands between it and the headline.
pub(super) fn take_dateline(reading: &mut Reading, agencies: &Agencies) {
    let read =
        |paragraph: &Paragraph| dateline::leading(&paragraph.text, agencies).map(|read| read.confidence);
    let confidences: Vec<u8> = reading.left.iter().take(TOP).map(|it| read(it).unwrap_or_default()).collect();
    let sure = confidences.iter().position(|confidence| *confidence >= dateline::SURE);
    if let Some(place) = sure {
        let from = reading.left[place].clone();
        let read = dateline::leading(&from.text, agencies).expect("it was just read");
        keep_dateline(reading, &read, &from);
        reading.left[place].text = read.text.to_owned();
    } else if let Some(from) = reading.signature.take() {
        let read = dateline::whole(&from.text, agencies).expect("it was read before");
        keep_dateline(reading, &read, &from);
    } else if let Some(place) = confidences.iter().position(|confidence| *confidence > 0) {
        let from = reading.left[place].clone();
        let read = dateline::leading(&from.text, agencies).expect("it was just read");
        keep_parts(reading, &read, &from);
    }
    let sure = take_points(reading, sure);
    take_standfirst(reading, sure);
}

fn keep_dateline(reading: &mut Reading, read: &Dateline<'_>, from: &Paragraph) {
    reading.guess("dateline", read.verbatim, from, read.confidence);
    keep_parts(reading, read, from);
    reading.item.is_press_release |= read.is_press_release;
}

fn keep_parts(reading: &mut Reading, read: &Dateline<'_>, from: &Paragraph) {
    if let Some(place) = &read.place {
        reading.guess("place", place, from, read.confidence);
    }
    for name in &read.agencies {
        reading.guess("agencies", name, from, read.confidence);
    }
    if read.is_press_release {
        reading.guess("kind", "press-release", from, read.confidence);
    }
    if let Some(day) = read.day {
        let resolved = day.resolve(reading.published);
        let confidence = if resolved.is_some() { read.confidence } else { read.confidence.min(40) };
        reading.guess(
            "date",
            resolved.map_or_else(|| day.to_string(), |day| day.to_string()),
            from,
            confidence,
        );
    }
}

/// The points that some put between the headline and the first paragraph, and the name of who sent a press release. The answer
/// is where the first paragraph is then.
fn take_points(reading: &mut Reading, lead: Option<usize>) -> Option<usize> {
    let mut lead = lead?;
    let issuer = reading.origin.as_ref().map(|origin| folded(&origin.value));
    let mut points = Vec::new();
    let mut place = 0;
    while place < lead {
        let text = &reading.left[place].text;
        let point = text.strip_prefix(['*', '•', '·', '–', '-']).map(|point| point.trim().to_owned());
        let why = match &point {
            Some(_) => "point above the story",
            None if Some(folded(text)) == issuer => "name of who sent it",
            None => {
                place += 1;
                continue;
            }
        };
        let from = reading.cut(place, why);
        points.extend(point.map(|point| (point, from)));
        lead -= 1;
    }
    if let Some((_, first)) = points.first().cloned() {
        let all: Vec<String> = points.into_iter().map(|(point, _)| point).collect();
        reading.guess("summary", all.join("; "), &first, 55);
    }
    Some(lead)
}

/// The standfirst: a sentence between the headline and the first paragraph, which often begins with it.
fn take_standfirst(reading: &mut Reading, lead: Option<usize>) {
    if reading.value("title").is_none() {
        return;
    }
    let Some(first) =
        reading.left.first().filter(|first| first.text.split_whitespace().count() >= SHORTEST_STANDFIRST)
    else {
        return;
    };
    let comes_again = reading
        .left
        .iter()
        .skip(1)
        .take(TOP)
        .any(|later| folded(&later.text).starts_with(&folded(&first.text)));
    let is_followed = reading.left.len() > 2;
    // What has a sign at its end, in whatever script, is a sentence of the story.
    let ends_as_sentence = !first.text.ends_with(char::is_alphanumeric);
    let confidence = match lead {
        Some(0) => return,
        _ if comes_again => 95,
        Some(1) => 85,
        Some(_) => 65,
        None if is_followed && !ends_as_sentence && first.text.chars().count() <= LONGEST_HEADLINE * 2 => 60,
        None => return,
    };
    let from = reading.left.remove(0);
    let text = from.text.clone();
    reading.guess("summary", text, &from, confidence);
}
