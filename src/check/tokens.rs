//! The tags and texts of HTML, told apart as a browser does.
//!
//! What follows a tag is HTML, or text up to the tag's end: `<style>` holds text, and in SVG `<style/>` holds nothing. A
//! tokenizer cannot tell. It takes as much of the tree as is kept here: whether one is in HTML or in SVG and MathML.
//! Scripts are taken not to run, so that what stands in `<noscript>` is HTML.

use html5gum::{StartTag, State, Token, Tokenizer};

/// How deep elements of SVG and MathML are followed into each other; browsers nest elements no deeper.
const DEEPEST: usize = 512;

/// Elements of HTML that end SVG or MathML around them, by the HTML standard's rules for foreign content.
const BREAK_OUT: [&[u8]; 44] = [
    b"b",
    b"big",
    b"blockquote",
    b"body",
    b"br",
    b"center",
    b"code",
    b"dd",
    b"div",
    b"dl",
    b"dt",
    b"em",
    b"embed",
    b"h1",
    b"h2",
    b"h3",
    b"h4",
    b"h5",
    b"h6",
    b"head",
    b"hr",
    b"i",
    b"img",
    b"li",
    b"listing",
    b"menu",
    b"meta",
    b"nobr",
    b"ol",
    b"p",
    b"pre",
    b"ruby",
    b"s",
    b"small",
    b"span",
    b"strong",
    b"strike",
    b"sub",
    b"sup",
    b"table",
    b"tt",
    b"u",
    b"ul",
    b"var",
];

/// Elements of SVG and MathML in which HTML stands.
const HOLD_HTML: [&[u8]; 8] = [b"foreignobject", b"desc", b"title", b"mi", b"mo", b"mn", b"ms", b"mtext"];

/// Calls `take` for every token of a page, with whether it stands in SVG or MathML.
pub(super) fn each(html: &str, mut take: impl FnMut(&Token<()>, bool)) {
    let mut tokenizer = Tokenizer::new(html);
    let mut around = Around::default();
    // Text in memory can be read, so there is no error to speak of.
    while let Some(Ok(token)) = tokenizer.next() {
        let mut is_foreign = around.is_foreign();
        match &token {
            Token::StartTag(tag) => {
                if let Some(state) = around.enter(tag) {
                    tokenizer.set_state(state);
                    is_foreign = false;
                }
            }
            Token::EndTag(tag) => around.leave(&tag.name),
            _ => {}
        }
        take(&token, is_foreign);
    }
}

/// The names of the elements around one that decide whether it is of HTML, the innermost last.
#[derive(Debug, Default)]
struct Around(Vec<Vec<u8>>);

impl Around {
    fn is_foreign(&self) -> bool {
        self.0.last().is_some_and(|name| matches!(&**name, b"svg" | b"math"))
    }

    /// Begins an element. The answer is how what follows is to be read, where that is text.
    fn enter(&mut self, tag: &StartTag<()>) -> Option<State> {
        let name: &[u8] = &tag.name;
        if self.is_foreign() && BREAK_OUT.contains(&name) {
            while self.is_foreign() {
                self.0.pop();
            }
        }
        let is_root = matches!(name, b"svg" | b"math");
        if is_root || self.is_foreign() {
            let decides = is_root || HOLD_HTML.contains(&name);
            if decides && !tag.self_closing && self.0.len() < DEEPEST {
                self.0.push(name.to_owned());
            }
            return None;
        }
        match name {
            b"title" | b"textarea" => Some(State::RcData),
            b"style" | b"xmp" | b"iframe" | b"noembed" | b"noframes" => Some(State::RawText),
            b"script" => Some(State::ScriptData),
            b"plaintext" => Some(State::PlainText),
            _ => None,
        }
    }

    fn leave(&mut self, name: &[u8]) {
        if let Some(place) = self.0.iter().rposition(|open| open == name) {
            self.0.truncate(place);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tags(html: &str) -> Vec<String> {
        let mut names = Vec::new();
        each(html, |token, _| {
            if let Token::StartTag(tag) = token {
                names.push(String::from_utf8_lossy(&tag.name).into_owned());
            }
        });
        names
    }

    #[test]
    fn what_holds_text_in_html_may_hold_nothing_in_svg() {
        for name in ["style", "title", "script", "textarea", "iframe"] {
            assert_eq!(tags(&format!("<svg><{name}/></svg><a>")), ["svg", name, "a"]);
            assert_eq!(tags(&format!("<{name}/><a>")), [name]);
            assert_eq!(tags(&format!("<{name}><b></{name}><a>")), [name, "a"]);
            assert_eq!(
                tags(&format!("<svg><foreignObject><{name}><b></{name}><a>")),
                ["svg", "foreignobject", name, "a"]
            );
            assert_eq!(tags(&format!("<svg><p><{name}><b></{name}><a>")), ["svg", "p", name, "a"]);
            assert_eq!(tags(&format!("<svg/><{name}><b></{name}><a>")), ["svg", name, "a"]);
        }
        assert_eq!(tags("<noscript><a></noscript><b>"), ["noscript", "a", "b"]);
    }
}
