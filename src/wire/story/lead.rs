//! Where a story begins: its dateline, and between that and the headline its standfirst.

use super::super::agencies::Agencies;
use super::super::copy::Paragraph;
use super::super::dateline::{self, Dateline};
use super::super::fold::folded;
use super::super::item::SURE;
use super::super::scan::begins_with_dash;
use super::super::shingles::words;
use super::super::when;
use super::reading::{LONGEST_HEADLINE, Reading, TOP};
use crate::article::markdown::stands_alone;

/// The fewest words of a standfirst, and the fewest where each character is one.
const SHORTEST_STANDFIRST: (usize, usize) = (5, 12);

/// The longest line that can be a part of a dateline, in characters.
const LONGEST_PART: usize = 40;
/// The most lines that a dateline is torn into: `London`, `CNN`, `—`.
const MOST_PARTS: usize = 3;

/// The dateline, and what stands between it and the headline.
pub(super) fn take_dateline(reading: &mut Reading, agencies: &Agencies) {
    let heads = heads(&reading.left);
    let reads: Vec<_> = heads.iter().filter_map(|head| Some((head, head.read(agencies)?))).collect();
    let signature = reading.signature.take();
    let signed = signature.as_ref().and_then(|from| Some((dateline::whole(&from.text, agencies)?, from)));
    let sure = reads.iter().find(|(_, read)| read.confidence >= SURE);
    if let Some((head, read)) = sure {
        keep_dateline(reading, read, if read.text.is_empty() { &head.from } else { &head.last });
        head.leave(reading, read.text);
    } else if let Some((read, from)) = signed {
        keep_dateline(reading, &read, from);
    } else if let Some((head, read)) = reads.first() {
        keep_parts(reading, read, &head.from);
    }
    let lead = take_points(reading, sure.map(|(head, _)| head.place));
    take_standfirst(reading, lead);
}

/// Whether a story begins with a dateline that says who filed it or when, and so has no headline.
pub(super) fn begins_with_dateline(paragraphs: &[Paragraph], agencies: &Agencies) -> bool {
    heads(paragraphs).iter().take_while(|head| head.place == 0).any(|head| {
        head.read(agencies)
            .is_some_and(|read| read.confidence >= SURE && (read.day.is_some() || !read.agencies.is_empty()))
    })
}

/// Where a dateline may stand: a paragraph near the top, or several that a page has torn it into.
struct Head {
    /// The first of them.
    place: usize,
    /// How many there are.
    parts: usize,
    /// What they say together.
    from: Paragraph,
    /// The last of them, which the text may follow in.
    last: Paragraph,
    /// Whether nothing follows that could be the text.
    is_last: bool,
}

/// All of them, those of more parts first.
fn heads(paragraphs: &[Paragraph]) -> Vec<Head> {
    let top = &paragraphs[..TOP.min(paragraphs.len())];
    let head = |place: usize, parts: usize| {
        let lines: Vec<&str> = top.get(place..place + parts)?.iter().map(|part| &*part.text).collect();
        is_torn(&lines).then(|| Head {
            place,
            parts,
            from: Paragraph { line: top[place].line, text: lines.join(" ") },
            last: top[place + parts - 1].clone(),
            is_last: place + parts == paragraphs.len(),
        })
    };
    let parts = |place| (1..=MOST_PARTS).rev().filter_map(move |parts| head(place, parts));
    (0..top.len()).flat_map(parts).collect()
}

/// Whether lines may be one that was torn at its signs: all but the last are short, and that begins with a dash.
fn is_torn(lines: &[&str]) -> bool {
    let [parts @ .., last] = lines else { return false };
    parts.is_empty()
        || ((begins_with_dash(last) || last.starts_with(':'))
            && parts.iter().all(|part| part.chars().count() <= LONGEST_PART))
}

impl Head {
    /// The dateline with the text after it, or one that the next paragraph is the text of.
    fn read(&self, agencies: &Agencies) -> Option<Dateline<'_>> {
        let alone = if self.is_last { None } else { dateline::alone(&self.from.text, agencies) };
        let read = alone.or_else(|| dateline::leading(&self.from.text, agencies))?;
        // One that is torn goes to the sign with which the last part begins.
        (self.parts == 1 || read.text.len() < self.last.text.len()).then_some(read)
    }

    /// Leaves of these lines only the text, if that follows the dateline in the last of them.
    fn leave(&self, reading: &mut Reading, text: &str) {
        let whole = if text.is_empty() { self.parts } else { self.parts - 1 };
        for _ in 0..whole {
            reading.cut(self.place, "dateline");
        }
        if !text.is_empty() {
            text.clone_into(&mut reading.left[self.place].text);
        }
    }
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
        reading.guess_day(day, from, read.confidence);
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
        points.extend(point.filter(|point| point.contains(char::is_alphanumeric)).map(|point| (point, from)));
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
    let Some(first) = reading.left.first().filter(|first| is_standfirst(&first.text)) else { return };
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

/// Whether a line tells when a story was published, or by whom, in a form that is not known.
fn is_label(line: &str) -> bool {
    const MOST_WORDS: usize = 10;
    const BEFORE: [&str; 10] =
        ["by", "par", "por", "von", "from our", "published", "updated", "posted", "publie le", "publié le"];
    let words = folded(line);
    let begins = |before: &&str| words.strip_prefix(*before).is_some_and(|rest| rest.starts_with(' '));
    let is_short = words.split(' ').count() <= MOST_WORDS;
    line.contains(['|', '•']) || when::leading(line).is_some() || (is_short && BEFORE.iter().any(begins))
}

/// Whether a line is long enough to say what a story is about, and no list of what else is known of it.
fn is_standfirst(line: &str) -> bool {
    let (words_at_least, characters_at_least) = SHORTEST_STANDFIRST;
    let is_unspaced = line.contains(stands_alone);
    !is_label(line) && words(line).len() >= if is_unspaced { characters_at_least } else { words_at_least }
}
