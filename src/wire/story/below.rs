//! What stands below a story: credits, end marks, a dateline that some print there.

use super::super::agencies::Agencies;
use super::super::copy::Paragraph;
use super::super::dateline;
use super::super::fold::folded;
use super::super::furniture::{self, Furniture};
use super::super::item::Guess;
use super::reading::Reading;
use crate::config::Carries;

/// What stands below the story, from the last line up. The story itself is not taken, whatever it looks like.
pub(super) fn take_tail(reading: &mut Reading, agencies: &Agencies) {
    while reading.left.len() > 1 {
        let last = reading.left.len() - 1;
        let text = reading.left[last].text.clone();
        if reading.signature.is_none() && dateline::whole(&text, agencies).is_some() {
            reading.signature = Some(reading.cut(last, "dateline"));
            continue;
        }
        let signed = text.trim_matches(|c: char| !c.is_alphanumeric());
        let names = furniture::after_source(signed).unwrap_or(signed);
        let known = agencies
            .find(names)
            .or_else(|| last_of_chain(names, agencies))
            .or_else(|| before_codes(names, agencies));
        if let Some((name, _)) = known {
            let name = name.to_owned();
            let from = reading.cut(last, "credit line");
            add_origin(reading, &name, true, &from);
            continue;
        }
        let Some(found) = furniture::tail(&text) else { break };
        let from = reading.cut(last, found.why());
        match found {
            Furniture::Credits { reporters: Some(names) } => reading.guess("author", names, &from, 80),
            Furniture::Origin(name) => add_origin(reading, &name, false, &from),
            Furniture::PressRelease => reading.guess("kind", "press-release", &from, 90),
            Furniture::Published(day) => _ = reading.guess_day(day, &from, 65),
            _ => {}
        }
    }
    take_blocks(reading);
    take_signature(reading, agencies);
}

/// Who wrote it first, where several sign: `RND/dpa`, `Al Jazeera and news agencies`.
fn last_of_chain<'a>(line: &'a str, agencies: &'a Agencies) -> Option<(&'a str, Carries)> {
    const MOST_WORDS: usize = 3;
    const LONGEST: usize = 100;
    if line.len() > LONGEST {
        return None;
    }
    let parts = || line.split(['/', ',']).flat_map(|part| part.split(" and ")).map(str::trim);
    let is_name = |part: &str| {
        part.split(' ').count() <= MOST_WORDS
            && (agencies.find(part).is_some()
                || part.starts_with(char::is_uppercase)
                || matches!(part, "agencies" | "news agencies"))
    };
    let is_chain = parts().count() > 1 && parts().all(is_name);
    let known: Vec<_> = parts().filter_map(|part| agencies.find(part)).collect();
    known.last().copied().filter(|_| is_chain)
}

/// `PTI SUM ANU`: an agency, and who wrote and edited it.
fn before_codes<'a>(line: &'a str, agencies: &'a Agencies) -> Option<(&'a str, Carries)> {
    let (first, _) = line.split_once(' ').filter(|_| line.split(' ').all(is_code))?;
    agencies.find(first)
}

fn is_code(word: &str) -> bool {
    word.len() <= 4 && word.bytes().all(|byte| byte.is_ascii_uppercase())
}

/// What stands below a label of its own: whom to ask, what else to read.
fn take_blocks(reading: &mut Reading) {
    const CONTACTS: [&str; 5] = ["contact", "contacts", "media contact", "media contacts", "press contact"];
    const TOPICS: [&str; 6] =
        ["related topics", "topics", "tags", "more on this story", "related stories", "related articles"];
    const MOST: usize = 10;
    const LONGEST: usize = 80;
    let first = reading.left.len().saturating_sub(MOST).max(1);
    let label = (first..reading.left.len()).find_map(|place| {
        let words = folded(&reading.left[place].text);
        let why = match &*words {
            words if CONTACTS.contains(&words) => "line for whom to ask",
            words if TOPICS.contains(&words) => "pointer to another story",
            _ => return None,
        };
        Some((place, why))
    });
    let Some((label, why)) = label else { return };
    if reading.left[label..].iter().all(|line| line.text.chars().count() <= LONGEST) {
        for line in reading.left.split_off(label) {
            reading.leave_out(line, why);
        }
    }
}

/// What signs the last paragraph behind its last sentence: `… the port said. Enditem`, `… on Friday. PTI ABC DEF`, `… the spring. (ANSA).`
fn take_signature(reading: &mut Reading, agencies: &Agencies) {
    let Some(last) = reading.left.last_mut() else { return };
    let Some((end, name)) = signature(&last.text, agencies) else { return };
    let name = name.map(str::to_owned);
    let from = Paragraph { line: last.line, text: last.text[end..].trim().to_owned() };
    last.text.truncate(end);
    reading.leave_out(from.clone(), if name.is_some() { "credit line" } else { "end mark" });
    if let Some(name) = name {
        add_origin(reading, &name, true, &from);
    }
}

/// Where in a paragraph its story ends, and which agency signs it, if it is one that does.
fn signature<'a>(text: &'a str, agencies: &'a Agencies) -> Option<(usize, Option<&'a str>)> {
    const MARKS: [&str; 5] = ["Enditem", "ENDITEM", "(end)", "(END)", "■"];
    const LONGEST_AFTER: usize = 12;
    const DASHES_AND_SPACES: [char; 4] = [' ', '—', '–', '-'];
    let ends_sentence = |text: &str| text.ends_with(['.', '!', '?', '"', '”', '’', '»', ')']);
    let story = |signature: &str| {
        let story = text[..text.len() - signature.len()].trim_end();
        (story.len() < text.len() - signature.len() && ends_sentence(story)).then_some(story.len())
    };
    let mark = MARKS.iter().find_map(|mark| {
        let at = text.rfind(mark)?;
        let after = text[at + mark.len()..].trim();
        (after.len() <= LONGEST_AFTER && !after.contains(' ')).then(|| story(&text[at..]))?
    });
    if let Some(end) = mark {
        return Some((end, None));
    }
    let whole = text.trim_end_matches(['.', ' ']);
    let in_brackets = whole.ends_with(')').then(|| text.rfind('(')).flatten();
    if let Some(at) = in_brackets {
        let name = whole[at..].trim_matches(['(', ')']);
        return Some((story(&text[at..])?, Some(agencies.find(name)?.0)));
    }
    // `… would go on. REUTERS`, `… would go on. — Bernama`.
    let (before, last) = text.rsplit_once(' ')?;
    let sentence = before.trim_end_matches(DASHES_AND_SPACES);
    let is_marked = sentence.len() < before.len() || !last.contains(char::is_lowercase);
    if is_marked
        && ends_sentence(sentence)
        && let Some((name, _)) = agencies.find(last)
    {
        return Some((sentence.len(), Some(name)));
    }
    // `… on Friday. PTI ABC DEF`: capitals alone, as many as there are at the end.
    let words = text.rmatch_indices(' ').map(|(at, _)| at + 1);
    let at = words.take_while(|at| text[*at..].split(' ').next().is_some_and(is_code)).last()?;
    Some((story(&text[at..])?, Some(before_codes(&text[at..], agencies)?.0)))
}

fn add_origin(reading: &mut Reading, name: &str, is_known: bool, from: &Paragraph) {
    let confidence = if is_known { 90 } else { 45 };
    let guess = Guess {
        field: "agencies",
        value: name.to_owned(),
        line: from.line,
        text: from.text.clone(),
        confidence,
    };
    if reading.origin.as_ref().is_none_or(|known| known.confidence < confidence) {
        reading.origin = Some(guess);
    }
}
