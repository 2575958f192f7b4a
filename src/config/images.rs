//! `[images]`: the sizes that pictures are offered in, and the cards that are shown where a page is shared.

use crate::diagnostic::Location;
use crate::tree::{Fields, Value};

/// How pictures are published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Images {
    /// The widths in pixels that a photograph is offered in, ascending; empty where pictures are published only as
    /// they are.
    pub widths: Vec<u32>,
    /// The quality of what is made, from 1 to 100.
    pub quality: u8,
    /// Whether each article gets a card, drawn for where it is shared.
    pub cards: bool,
    /// The font of cards: a file below the site's root, in place of the built-in one.
    pub font: Option<(String, Location)>,
}

impl Default for Images {
    fn default() -> Self {
        Self { widths: vec![480, 960, 1600], quality: 75, cards: false, font: None }
    }
}

/// The narrowest and the widest that a picture can be made.
const WIDTHS: std::ops::RangeInclusive<i64> = 16..=8192;

pub(super) fn read(fields: &mut Fields<'_>) -> Images {
    let usual = Images::default();
    let images = Images {
        widths: widths(fields).unwrap_or(usual.widths),
        quality: fields
            .number("quality", 1..=100)
            .and_then(|n| u8::try_from(n).ok())
            .unwrap_or(usual.quality),
        cards: cards(fields),
        font: font(fields),
    };
    fields.finish(|_| None);
    images
}

fn cards(fields: &mut Fields<'_>) -> bool {
    let Some(entry) = fields.entry("cards") else { return false };
    match entry.node.value {
        Value::Bool(true) if !cfg!(feature = "cards") => {
            let message = "this dateline was built without cards";
            let problem = fields.file().error("no-cards", message, entry.key_span);
            fields.report(
                problem.help("take it out, or install with: cargo install --path . --features cards"),
            );
            false
        }
        Value::Bool(cards) => cards,
        _ => fields.wrong_type(&entry, "true or false").unwrap_or_default(),
    }
}

/// Whether the file is there is asked when it is read.
fn font(fields: &mut Fields<'_>) -> Option<(String, Location)> {
    let (path, span) = fields.spanned("font")?;
    if path.starts_with('/') || path.split(['/', '\\']).any(|part| part == "..") || path.contains(':') {
        let message = format!("'{path}' is not a path below the site's folder");
        let problem = fields.file().error("bad-path", message, span);
        fields.report(problem.help("put the font into the site's folder, and write font = \"fonts/My.ttf\""));
        return None;
    }
    Some((path, Location::in_text(fields.file().text, span)))
}

fn widths(fields: &mut Fields<'_>) -> Option<Vec<u32>> {
    let entry = fields.entry("widths")?;
    let Value::Array(items) = &entry.node.value else { return fields.wrong_type(&entry, "a list of widths") };
    let mut widths = Vec::with_capacity(items.len());
    for item in items {
        match item.value {
            Value::Integer(width) if WIDTHS.contains(&width) => widths.extend(u32::try_from(width)),
            _ => {
                let message =
                    format!("a width is a whole number from {} to {}", WIDTHS.start(), WIDTHS.end());
                let problem = fields.file().error("bad-width", message, item.span.clone());
                fields.report(problem.help("it is in pixels, such as 960"));
            }
        }
    }
    widths.sort_unstable();
    widths.dedup();
    Some(widths)
}
