//! What stands below a story: credits, end marks, a dateline that some print there.

use super::super::agencies::Agencies;
use super::super::copy::Paragraph;
use super::super::dateline;
use super::super::furniture::{self, Furniture};
use super::super::item::Guess;
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
        if let Some((name, _)) = agencies.find(signed) {
            let name = name.to_owned();
            let from = reading.cut(last, "credit line");
            add_origin(reading, &name, true, &from);
            continue;
        }
        let Some(found) = furniture::tail(&text) else { break };
        let from = reading.cut(last, found.why());
        match found {
            Furniture::Credits { reporters: Some(names) } => reading.guess("author", names, &from, 80),
            Furniture::Origin(name) => {
                let spelt = agencies.find(&name).map(|(spelt, _)| spelt.to_owned());
                add_origin(reading, spelt.as_deref().unwrap_or(&name), spelt.is_some(), &from);
            }
            _ => {}
        }
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
