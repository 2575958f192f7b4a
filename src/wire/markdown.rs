//! Plain text as Markdown that says the same.

/// A paragraph as Markdown: whatever would be a sign of it is escaped, and nothing else.
pub(super) fn escaped(text: &str) -> String {
    let mut markdown = String::with_capacity(text.len() + 8);
    let mut is_at_begin = true;
    for (at, c) in text.char_indices() {
        let next = text[at + c.len_utf8()..].chars().next();
        let is_sign = match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '~' | '|' | '^' | '$' => true,
            // An entity; a lone `&` is itself.
            '&' => next.is_some_and(|next| next == '#' || next.is_ascii_alphabetic()),
            // Headings, quotes, lists, lines under headings and fences of front matter.
            '#' | '>' | '-' | '+' | '=' | ':' if is_at_begin => true,
            // `1.` and `1)` begin a list.
            '.' | ')' => is_number(&text[..at]) && next.is_none_or(char::is_whitespace),
            // Attributes after a heading.
            '{' | '}' => true,
            _ => false,
        };
        if is_sign {
            markdown.push('\\');
        }
        markdown.push(c);
        is_at_begin = false;
    }
    markdown
}

/// Paragraphs as Markdown.
pub fn paragraphs(body: &[String]) -> String {
    body.iter().map(|text| escaped(text)).collect::<Vec<_>>().join("\n\n")
}

/// Paragraphs as a block quote.
pub(super) fn quote(body: &[String]) -> String {
    body.iter().map(|text| format!("> {text}")).collect::<Vec<_>>().join("\n>\n")
}

/// A link, or its text alone where there is no address.
pub(super) fn link(text: &str, url: Option<&str>) -> String {
    match url {
        // Between these signs an address may hold anything but them.
        Some(url) => format!("[{}](<{}>)", escaped(text), url.replace('<', "%3C").replace('>', "%3E")),
        None => escaped(text),
    }
}

fn is_number(text: &str) -> bool {
    (1..=9).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;
    use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

    /// What a paragraph says to a reader; `None` where it is more than one, or no paragraph.
    fn read(markdown: &str) -> Option<String> {
        let mut text = String::new();
        for (number, event) in
            Parser::new_ext(markdown, Options::all() - Options::ENABLE_SMART_PUNCTUATION).enumerate()
        {
            match event {
                Event::Start(Tag::Paragraph) if number == 0 => {}
                Event::End(TagEnd::Paragraph) => {}
                Event::Text(part) => text += &part,
                _ => return None,
            }
        }
        Some(text)
    }

    #[test]
    fn it_says_the_same() {
        for text in [
            "1. First",
            "1) First",
            "12.5 percent",
            "2021. A year",
            "# One",
            "> One",
            "- One",
            "+ One",
            "+++",
            "---",
            "===",
            "* * *",
            "a * b * c",
            "_a_ [b](c) <d> `e` ~~f~~ |g|",
            "&amp; R&D & &#65;",
            "a \\ b \\* c",
            "![x](y)",
            "[^1]: note",
            "https://a.example/_b_?c=*d*",
            "<script>alert(1)</script>",
            "$5 and $6",
            "x^2^",
            "{#id}",
            "A {.b}",
            ": term",
            "== mark ==",
            "{{ x }} {% y %}",
            "http://a_b_c",
            "H~2~O",
            "\"Quote\" -- 'it'",
            "- [ ] task",
            "> [!NOTE]",
            "::: x",
            "||spoiler||",
            "[[wiki]]",
        ] {
            assert_eq!(read(&escaped(text)).as_deref(), Some(text), "{}", escaped(text));
        }
    }

    #[test]
    fn any_signs_say_the_same() {
        let signs: Vec<char> = "\\`*_{}[]()<>#+-.!|~^=:$&;'\"/@1ab ".chars().collect();
        let mut state = 3_u64;
        for _ in 0..50_000 {
            let mut text = String::new();
            for _ in 0..10 {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                text.push(signs[(state >> 33) as usize % signs.len()]);
            }
            let text = super::super::copy::cleaned(&text);
            if !text.is_empty() {
                assert_eq!(read(&escaped(&text)).as_deref(), Some(&*text), "{}", escaped(&text));
            }
        }
    }
}
