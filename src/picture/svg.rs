//! The size that a drawing gives itself.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// The width and height in pixels that the root of an SVG gives, where it gives plain numbers: its own, or else the
/// proportions of its view box. A drawing need not have a size, so none is no error.
pub(super) fn size(text: &[u8]) -> Option<(u32, u32)> {
    let mut reader = Reader::from_reader(text);
    let root = loop {
        match reader.read_event().ok()? {
            Event::Start(tag) | Event::Empty(tag) => break tag,
            Event::Eof => return None,
            _ => {}
        }
    };
    if root.local_name().as_ref() != "svg" {
        return None;
    }
    let view = attribute(&root, "viewBox").and_then(|text| view_box(&text));
    let (width, height) = (length(&root, "width"), length(&root, "height"));
    let (width, height) = match (width, height, view) {
        (Some(width), Some(height), _) => (width, height),
        (Some(width), None, Some((across, down))) => (width, width * down / across),
        (None, Some(height), Some((across, down))) => (height * across / down, height),
        (None, None, Some(view)) => view,
        _ => return None,
    };
    Some((whole(width)?, whole(height)?))
}

fn attribute(root: &BytesStart, name: &str) -> Option<String> {
    let attribute = root.try_get_attribute(name).ok()??;
    Some(attribute.value.trim().to_owned())
}

/// A length in pixels; one in other units is none.
fn length(root: &BytesStart, name: &str) -> Option<f64> {
    let text = attribute(root, name)?;
    positive(text.strip_suffix("px").unwrap_or(&text))
}

/// The width and height of a view box.
fn view_box(text: &str) -> Option<(f64, f64)> {
    let mut parts = text.split([' ', ',', '\t', '\n', '\r']).filter(|part| !part.is_empty());
    let (width, height) = (positive(parts.nth(2)?)?, positive(parts.next()?)?);
    parts.next().is_none().then_some((width, height))
}

fn positive(text: &str) -> Option<f64> {
    text.parse().ok().filter(|number: &f64| number.is_finite() && *number > 0.0)
}

fn whole(length: f64) -> Option<u32> {
    let rounded = length.round();
    // Cut to what an attribute can sensibly say, so the conversion is exact.
    (1.0..=100_000.0).contains(&rounded).then_some(rounded as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_numbers_count() {
        for (root, expected) in [
            (r#"<svg width="120" height="80px">"#, Some((120, 80))),
            (r#"<?xml version="1.0"?><!-- a > b --><svg viewBox="0 0 300.4,150"/>"#, Some((300, 150))),
            (r#"<svg width="60" viewBox="0 0 300 150"/>"#, Some((60, 30))),
            (r#"<svg height="60" viewBox="0 0 300 150"/>"#, Some((120, 60))),
            (r#"<svg width="100%" height="100%" viewBox="0 0 30 15"/>"#, Some((30, 15))),
            (r#"<s:svg xmlns:s="http://www.w3.org/2000/svg" width="1" height="2"/>"#, Some((1, 2))),
            (r#"<svg width="10cm" height="5cm"/>"#, None),
            (r#"<svg width="0" height="5"/>"#, None),
            (r#"<svg viewBox="0 0 1"/>"#, None),
            (r#"<svg viewBox="0 0 1e300 1"/>"#, None),
            (r#"<svg width="NaN" height="inf"/>"#, None),
            (r#"<html width="1" height="2">"#, None),
            ("<svg width=", None),
            ("", None),
        ] {
            assert_eq!(size(root.as_bytes()), expected, "{root}");
        }
    }
}
