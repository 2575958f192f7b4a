//! XML as the tests read it: a tree, from a document that has to be well-formed to its end.

use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};

/// An element, with all text directly in it.
#[derive(Debug, Default)]
pub struct Element {
    pub name: String,
    pub attributes: Vec<(String, String)>,
    pub text: String,
    pub children: Vec<Element>,
}

impl Element {
    /// Reads a whole document, and panics where it is not well-formed: tags that do not match, undeclared prefixes
    /// and entities, characters that XML 1.0 forbids, a second root, text outside of it.
    pub fn parse(document: &str) -> Self {
        let forbidden = |c: char| !matches!(c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..);
        assert!(!document.contains(forbidden), "a character that XML has no way to write: {document}");
        let mut reader = quick_xml::Reader::from_str(document);
        reader.config_mut().check_end_names = true;
        let mut open = vec![Self::default()];
        loop {
            let event = reader.read_event().unwrap_or_else(|error| panic!("{error}: {document}"));
            let innermost = open.last_mut().expect("the document itself");
            match event {
                Event::Start(tag) => open.push(Self::of(&tag)),
                Event::Empty(tag) => innermost.children.push(Self::of(&tag)),
                Event::End(_) => {
                    let closed = open.pop().expect("the reader matches tags");
                    open.last_mut().expect("tags match").children.push(closed);
                }
                Event::Text(text) => innermost.text += &text,
                Event::CData(text) => innermost.text += &text,
                Event::GeneralRef(reference) => {
                    let text = format!("&{};", &*reference);
                    innermost.text += &quick_xml::escape::unescape(&text).expect("a predefined entity");
                }
                Event::Eof => break,
                _ => {}
            }
        }
        let mut document = open.pop().expect("the document itself");
        assert!(open.is_empty(), "an element has no end");
        assert_eq!(
            (document.children.len(), document.text.trim()),
            (1, ""),
            "one root, and nothing beside it"
        );
        let root = document.children.remove(0);
        root.check_prefixes(&["xml".to_owned()]);
        root
    }

    fn of(tag: &BytesStart<'_>) -> Self {
        let attributes = tag.attributes().map(|attribute| {
            let attribute = attribute.expect("a whole attribute");
            let value = attribute.normalized_value(XmlVersion::Explicit1_0).expect("it can be read");
            (attribute.key.0.to_owned(), value.into_owned())
        });
        Self { name: tag.name().0.to_owned(), attributes: attributes.collect(), ..Self::default() }
    }

    fn check_prefixes(&self, outer: &[String]) {
        let mut known = outer.to_vec();
        known.extend(
            self.attributes.iter().filter_map(|(key, _)| key.strip_prefix("xmlns:").map(str::to_owned)),
        );
        let keys = self.attributes.iter().map(|(key, _)| key).filter(|key| !key.starts_with("xmlns:"));
        for (prefix, _) in keys.chain([&self.name]).filter_map(|name| name.split_once(':')) {
            assert!(known.iter().any(|known| known == prefix), "the prefix of {} is not declared", self.name);
        }
        self.children.iter().for_each(|child| child.check_prefixes(&known));
    }

    pub fn attribute(&self, key: &str) -> Option<&str> {
        self.attributes.iter().find(|(name, _)| name == key).map(|(_, value)| value.as_str())
    }

    pub fn all(&self, name: &str) -> impl Iterator<Item = &Element> {
        self.children.iter().filter(move |child| child.name == name)
    }

    /// The text of a child; panics where there is none.
    pub fn text_of(&self, name: &str) -> &str {
        let child = self.all(name).next();
        &child.unwrap_or_else(|| panic!("<{}> has no <{name}>: {self:?}", self.name)).text
    }

    /// This element and all in it.
    pub fn walk(&self) -> Vec<&Element> {
        let mut found = vec![self];
        found.extend(self.children.iter().flat_map(Element::walk));
        found
    }
}
