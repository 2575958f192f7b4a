//! What feeds, sitemaps and structured data lead to: XML and JSON, and the HTML that they carry.

use super::html::{self, Found, Role};
use quick_xml::events::attributes::Attribute;
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion, escape};
use serde_json::Value;

/// Reads a feed or a sitemap in XML.
pub(super) fn read_xml(xml: &str) -> Found {
    let mut found = Found::default();
    let mut reader = Reader::from_str(xml);
    let mut text = String::new();
    let mut is_name = false;
    loop {
        match reader.read_event() {
            Ok(Event::Start(element) | Event::Empty(element)) => {
                words(&std::mem::take(&mut text), &mut found);
                is_name = names(&element);
                for attribute in element.attributes().flatten() {
                    let is_address = matches!(attribute.key.0, "href" | "url" | "src");
                    if let (true, Ok(value)) =
                        (is_address, attribute.normalized_value(XmlVersion::Explicit1_0))
                    {
                        found.add(value, Role::Statement);
                    }
                }
            }
            Ok(Event::Text(part)) => text.push_str(&part),
            Ok(Event::CData(part)) => text.push_str(&part),
            Ok(Event::GeneralRef(part)) => {
                text.push_str(&escape::unescape(&format!("&{};", &*part)).unwrap_or_default());
            }
            Ok(Event::End(_)) => {
                let text = std::mem::take(&mut text);
                if !std::mem::take(&mut is_name) {
                    words(&text, &mut found);
                }
            }
            // What Dateline makes is well formed. A file of the user's own that is not is read as far as it goes.
            Ok(Event::Eof) | Err(_) => return found,
            Ok(_) => {}
        }
    }
}

/// Whether the text of an element is what its entry is called by, and leads nowhere: Atom's `id`, and RSS's `guid` where
/// it says so. Such a name often is an address that the entry had once.
fn names(element: &BytesStart<'_>) -> bool {
    let is_permalink =
        |attribute: Attribute<'_>| attribute.key.0 == "isPermaLink" && &*attribute.value == "false";
    match element.name().0 {
        "id" => true,
        "guid" => element.attributes().flatten().any(is_permalink),
        _ => false,
    }
}

/// Reads a JSON feed.
pub(super) fn read_json(json: &str) -> Found {
    let mut found = Found::default();
    if let Ok(value) = serde_json::from_str(json) {
        // An `id` is what its item is called by, as in the other feeds.
        each_text("", &value, &mut |key, text| {
            if key != "id" {
                words(text, &mut found);
            }
        });
    }
    found
}

/// Adds the addresses of structured data. What a node is called by is the address of its page, and behind `#` a name that
/// is no place in it.
pub(super) fn read_json_ld(json: &str, found: &mut Found) {
    let Ok(value) = serde_json::from_str(json) else { return };
    each_text("", &value, &mut |key, text| {
        let text = if key == "@id" { text.split('#').next().unwrap_or_default() } else { text };
        if is_address(text) {
            found.add(text, Role::Statement);
        }
    });
}

/// Every text in a value, with the key that it stands under. What is read has no more levels than its reader allows.
fn each_text(key: &str, value: &Value, take: &mut impl FnMut(&str, &str)) {
    match value {
        Value::String(text) => take(key, text),
        Value::Array(items) => items.iter().for_each(|item| each_text(key, item, take)),
        Value::Object(map) => map.iter().for_each(|(key, value)| each_text(key, value, take)),
        _ => {}
    }
}

/// A text that is an address, or HTML with links in it.
fn words(text: &str, found: &mut Found) {
    let text = text.trim();
    if is_address(text) {
        found.add(text, Role::Statement);
    } else if text.contains('<') {
        let inner = html::read(text).addresses.into_iter();
        found.addresses.extend(inner.map(|address| html::Address { role: Role::Statement, ..address }));
    }
}

fn is_address(text: &str) -> bool {
    (text.starts_with("https://") || text.starts_with("http://")) && !text.contains(char::is_whitespace)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(found: Found) -> Vec<String> {
        found.addresses.into_iter().map(|address| address.written).collect()
    }

    #[test]
    fn a_feed_leads_where_its_elements_and_texts_say() {
        let xml = "<feed><link href='https://a.example/?b=1&amp;c=2'/><id>tag:x</id><loc>https://b.example/&amp;</loc>\
            <content>&lt;a href=&#34;/c/&#34;&gt;x&lt;/a&gt;</content><x><![CDATA[<img src=/d.png>]]></x></feed>";
        let expected = ["https://a.example/?b=1&c=2", "https://b.example/&", "/c/", "/d.png"];
        assert_eq!(written(read_xml(xml)), expected);
        assert_eq!(written(read_xml("<a><loc>https://b.example/</loc>")), ["https://b.example/"]);
    }

    #[test]
    fn a_name_is_no_link() {
        let xml = "<feed><id>https://a.example/1</id><entry><id>https://a.example/2</id><uri>https://a.example/3</uri></entry>\
            <guid isPermaLink=\"false\">https://a.example/4</guid><guid>https://a.example/5</guid></feed>";
        assert_eq!(written(read_xml(xml)), ["https://a.example/3", "https://a.example/5"]);
        let json = r#"{"items": [{"id": "https://a.example/1", "url": "https://a.example/2"}]}"#;
        assert_eq!(written(read_json(json)), ["https://a.example/2"]);
    }

    #[test]
    fn json_leads_where_its_texts_say() {
        let json =
            r#"{"items": [{"url": "https://a.example/", "content_html": "<a href='/b/'>"}], "title": "no"}"#;
        assert_eq!(written(read_json(json)), ["https://a.example/", "/b/"]);
        let mut found = Found::default();
        read_json_ld(r#"{"@id": "https://a.example/b/#article", "headline": "<a href='/c/'>"}"#, &mut found);
        assert_eq!(written(found), ["https://a.example/b/"]);
        assert_eq!(written(read_json("no")), Vec::<String>::new());
    }
}
