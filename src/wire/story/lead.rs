//! Where a story begins: its dateline, and between that and the headline its standfirst.

use super::super::agencies::Agencies;
use super::super::copy::Paragraph;
use super::super::dateline::{self, Dateline};
use super::super::fold::folded;
use super::super::item::SURE;
use super::reading::{LONGEST_HEADLINE, Reading, TOP};

/// The fewest words of a standfirst.
const SHORTEST_STANDFIRST: usize = 5;

/// The dateline, and what stands between it and the headline.
pub(super) fn take_dateline(reading: &mut Reading, agencies: &Agencies) {
    let top: Vec<Paragraph> = reading.left.iter().take(TOP).cloned().collect();
    let reads: Vec<_> = top.iter().map(|paragraph| dateline::leading(&paragraph.text, agencies)).collect();
    let sure = reads.iter().position(|read| read.as_ref().is_some_and(|read| read.confidence >= SURE));
    let signature = reading.signature.take();
    let signed = signature.as_ref().and_then(|from| Some((dateline::whole(&from.text, agencies)?, from)));
    if let Some((place, read)) = sure.and_then(|place| Some((place, reads[place].as_ref()?))) {
        keep_dateline(reading, read, &top[place]);
        reading.left[place].text = read.text.to_owned();
    } else if let Some((read, from)) = signed {
        keep_dateline(reading, &read, from);
    } else if let Some((read, from)) =
        reads.iter().zip(&top).find_map(|(read, from)| Some((read.as_ref()?, from)))
    {
        keep_parts(reading, read, from);
    }
    let sure = take_points(reading, sure);
    take_standfirst(reading, sure);
}

fn keep_dateline(reading: &mut Reading, read: &Dateline<'_>, from: &Paragraph) {
    reading.guess("dateline", read.verbatim, from, read.confidence);
    keep_parts(reading, read, from);
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
