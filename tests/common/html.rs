//! What the tests read out of HTML: the ids it has, and where it leads.

use html5gum::emitters::default::DefaultEmitter;
use html5gum::{StartTag, Token, Tokenizer};

/// A page as a browser's address bar sees it.
#[derive(Debug, Default)]
pub struct Html {
    /// Every `id`, in order.
    pub ids: Vec<String>,
    /// Every address the page leads to or loads from, as written, with the element it stands in.
    pub addresses: Vec<(String, String)>,
    /// The words of the page, without scripts and styles.
    pub text: String,
    /// What `script` elements with structured data hold.
    pub json_ld: Vec<String>,
    /// What `meta` elements say: `property` or `name`, its value, and the content, in order.
    pub metas: Vec<(&'static str, String, String)>,
}

impl Html {
    pub fn parse(html: &str) -> Self {
        let mut emitter = DefaultEmitter::default();
        emitter.naively_switch_states(true);
        let mut page = Self::default();
        // The raw text of a script or style element belongs to no reader; structured data does.
        let mut inside: Option<(String, bool)> = None;
        for token in Tokenizer::new_with_emitter(html, emitter) {
            match token.expect("text in memory can be read") {
                Token::StartTag(tag) => {
                    page.element(&tag);
                    let name = text(&tag.name);
                    if name == "script" || name == "style" {
                        let data = attribute(&tag, "type").is_some_and(|kind| kind == "application/ld+json");
                        inside = Some((name, data));
                    }
                }
                Token::EndTag(tag) if inside.as_ref().is_some_and(|(name, _)| *name == text(&tag.name)) => {
                    inside = None;
                }
                Token::String(string) => match &inside {
                    None => page.text += &text(&string.value),
                    Some((_, true)) => page.json_ld.push(text(&string.value)),
                    Some(_) => {}
                },
                Token::Error(error) => panic!("{:?} in {html}", error.value),
                _ => {}
            }
        }
        page
    }

    /// The nodes of its structured data: one script, one graph.
    pub fn graph(&self) -> Vec<serde_json::Value> {
        assert_eq!(self.json_ld.len(), 1, "a page has one graph");
        let mut data: serde_json::Value =
            serde_json::from_str(&self.json_ld[0]).expect("structured data is JSON");
        assert_eq!(data["@context"], "https://schema.org");
        data["@graph"].as_array_mut().map(std::mem::take).expect("there is a graph")
    }

    /// The one node whose type ends like this: `NewsArticle` is any sort of article.
    pub fn node(&self, of_type: &str) -> serde_json::Value {
        let is_it =
            |node: &serde_json::Value| node["@type"].as_str().is_some_and(|own| own.ends_with(of_type));
        let mut found: Vec<_> = self.graph().into_iter().filter(is_it).collect();
        assert_eq!(found.len(), 1, "{of_type}: {:?}", self.json_ld);
        found.remove(0)
    }

    /// What the `meta` elements of a name say.
    pub fn meta(&self, name: &str) -> Vec<&str> {
        let own = self.metas.iter().filter(|(_, own, _)| own == name);
        own.map(|(_, _, content)| content.as_str()).collect()
    }

    fn element(&mut self, tag: &StartTag<()>) {
        let name = text(&tag.name);
        self.ids.extend(attribute(tag, "id"));
        for key in ["href", "src", "poster", "action", "cite", "data"] {
            self.addresses.extend(attribute(tag, key).map(|address| (name.clone(), address)));
        }
        for candidate in attribute(tag, "srcset").unwrap_or_default().split(',') {
            let address = candidate.split_whitespace().next();
            self.addresses.extend(address.map(|address| (name.clone(), address.to_owned())));
        }
        if name == "meta" {
            let content = attribute(tag, "content").unwrap_or_default();
            if attribute(tag, "http-equiv").is_some_and(|what| what.eq_ignore_ascii_case("refresh")) {
                let (_, address) = content.split_once("url=").expect("a refresh names an address");
                self.addresses.push(("meta refresh".to_owned(), address.to_owned()));
            }
            for key in ["property", "name"] {
                let said = attribute(tag, key).map(|name| (key, name, content.clone()));
                self.metas.extend(said);
            }
            if attribute(tag, "property").is_some_and(|what| matches!(what.as_str(), "og:url" | "og:image")) {
                self.addresses.push(("meta property".to_owned(), content));
            }
        }
    }
}

fn attribute(tag: &StartTag<()>, name: &str) -> Option<String> {
    tag.attributes.get(name.as_bytes()).map(|value| text(&value.value))
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("a page is UTF-8")
}
