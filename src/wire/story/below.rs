//! What stands below a story: credits, end marks, a dateline that some print there.

use super::super::agencies::Agencies;
use super::super::copy::Paragraph;
use super::super::dateline;
use super::super::furniture::{self, Furniture};
use super::super::item::{Cut, Guess};
use super::reading::Reading;

/// What stands below the story, from the last line up. The story itself is not taken, whatever it looks like.
pub(super) fn take_tail(reading: &mut Reading, agencies: &Agencies) {
    while reading.left.len() > 1 {
        let last = reading.left.len() - 1;
        let text = reading.left[last].text.clone();
        if reading.signature.is_none() && dateline::whole(&text, agencies).is_some() {
            reading.signature = Some(reading.cut(last, "dateline"));
            continue;
        }
        let signed = text.trim_matches(['(', ')', '-', '—', '–', '.', ' ', '[', ']']);
        let known = agencies.find(signed).or_else(|| agencies.find(furniture::after_source(signed)?));
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
            _ => {}
        }
    }
    take_signature(reading, agencies);
}

/// What signs the last paragraph behind its last sentence: `… the port said. Enditem`, `… on Friday. PTI ABC DEF`.
fn take_signature(reading: &mut Reading, agencies: &Agencies) {
    let Some(last) = reading.left.last_mut() else { return };
    let Some(end) = last.text.rfind(['.', '!', '?', '"', '”', '»']) else { return };
    let end = end + last.text[end..].chars().next().map_or(0, char::len_utf8);
    let (story, signature) = last.text.split_at(end);
    if !signature.starts_with(' ') {
        return;
    }
    let mut words = signature.split_whitespace();
    let first = words.next().unwrap_or_default();
    let is_code = |word: &str| word.len() <= 4 && word.bytes().all(|byte| byte.is_ascii_uppercase());
    let is_agency = is_code(first) && agencies.find(first).is_some() && words.all(is_code);
    let why = match signature.trim() {
        "Enditem" | "ENDITEM" => "end mark",
        _ if is_agency => "credit line",
        _ => return,
    };
    let from = Paragraph { line: last.line, text: signature.trim().to_owned() };
    let name = agencies.find(first).filter(|_| is_agency).map(|(name, _)| name.to_owned());
    last.text = story.to_owned();
    reading.item.cut.push(Cut { line: from.line, text: from.text.clone(), why });
    if let Some(name) = name {
        add_origin(reading, &name, true, &from);
    }
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
