//! What a style sheet loads: `url(…)`, and the texts behind `@import` and in `image-set(…)`.
//!
//! It is read as far as that takes: comments and strings are passed over, so that nothing is found in them, and all else
//! is no business of a link check. The forms are those of CSS Syntax Level 3.

use super::html::{Found, Role};

/// Adds the addresses of a style sheet, or of a `style` attribute.
pub(super) fn read(css: &str, found: &mut Found) {
    let mut rest = css;
    // A text is an address right behind `@import`, and in the brackets of `image-set()`, but not of `type()` within it.
    let mut importing = false;
    let mut brackets: Vec<bool> = Vec::new();
    // Behind `@namespace` stands a name, whatever it looks like.
    let mut naming = false;
    while let Some(first) = rest.chars().next() {
        if let Some(comment) = rest.strip_prefix("/*") {
            rest = comment.split_once("*/").map_or("", |(_, after)| after);
        } else if matches!(first, '"' | '\'') {
            let (text, after) = string(&rest[1..], first);
            if (importing || brackets.last() == Some(&true)) && !naming {
                found.add(text, Role::Link);
            }
            importing = false;
            rest = after;
        } else if let Some(inner) = function(rest, "url(") {
            let (address, after) = address(inner);
            if !address.is_empty() && !naming {
                found.add(address, Role::Link);
            }
            importing = false;
            rest = after;
        } else if let Some(after) = rule(rest, "@import") {
            importing = true;
            rest = after;
        } else if let Some(after) = rule(rest, "@namespace") {
            naming = true;
            rest = after;
        } else if is_name(first) {
            // A whole name at once: `myurl(` is not `url(`.
            let after = rest.trim_start_matches(is_name);
            let name = &rest[..rest.len() - after.len()];
            rest = match after.strip_prefix('(') {
                Some(inner) => {
                    let is_set =
                        ["image-set", "-webkit-image-set"].iter().any(|set| name.eq_ignore_ascii_case(set));
                    brackets.push(is_set);
                    inner
                }
                None => after,
            };
            importing = false;
        } else {
            match first {
                '(' => brackets.push(false),
                ')' => drop(brackets.pop()),
                ';' | '{' | '}' => {
                    brackets.clear();
                    naming = false;
                }
                _ => {}
            }
            importing &= first.is_ascii_whitespace();
            rest = &rest[first.len_utf8()..];
        }
    }
}

/// What follows the name of a rule.
fn rule<'a>(css: &'a str, name: &str) -> Option<&'a str> {
    function(css, name).filter(|after| !after.starts_with(is_name))
}

/// What follows a word that is written in any case.
fn function<'a>(css: &'a str, word: &str) -> Option<&'a str> {
    let start = css.get(..word.len())?;
    start.eq_ignore_ascii_case(word).then(|| &css[word.len()..])
}

fn is_name(character: char) -> bool {
    character.is_alphanumeric() || matches!(character, '-' | '_')
}

/// The address within the brackets, and what comes after them.
fn address(inner: &str) -> (String, &str) {
    let inner = inner.trim_start();
    if let Some(quote) = inner.chars().next().filter(|first| matches!(first, '"' | '\'')) {
        let (text, after) = string(&inner[1..], quote);
        return (text, after.split_once(')').map_or("", |(_, after)| after));
    }
    let (text, after) = until(inner, |c| c == ')');
    (text.trim().to_owned(), after)
}

/// The text of a string whose first quote has been read, and what comes after its last.
fn string(css: &str, quote: char) -> (String, &str) {
    until(css, |c| c == quote || c == '\n')
}

/// The text up to a character that is not escaped, and what comes after it.
fn until(css: &str, ends: impl Fn(char) -> bool) -> (String, &str) {
    let mut text = String::new();
    let mut characters = css.char_indices();
    while let Some((at, character)) = characters.next() {
        match character {
            '\\' => text.extend(escape(&mut characters)),
            _ if ends(character) => return (text, &css[at + character.len_utf8()..]),
            _ => text.push(character),
        }
    }
    (text, "")
}

/// The character that is meant by what follows a backslash; none by a line break.
fn escape(characters: &mut std::str::CharIndices<'_>) -> Option<char> {
    let rest = characters.as_str();
    let digits = rest.bytes().take(6).take_while(u8::is_ascii_hexdigit).count();
    if digits == 0 {
        return characters.next().map(|(_, character)| character).filter(|character| *character != '\n');
    }
    for _ in 0..digits {
        characters.next();
    }
    if characters.as_str().starts_with(|c: char| c.is_ascii_whitespace()) {
        characters.next();
    }
    u32::from_str_radix(&rest[..digits], 16).ok().and_then(char::from_u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn addresses(css: &str) -> Vec<String> {
        let mut found = Found::default();
        read(css, &mut found);
        found.addresses.into_iter().map(|address| address.written).collect()
    }

    #[test]
    fn addresses_are_found() {
        for (css, expected) in [
            ("a { background: url(/a.png) }", &["/a.png"][..]),
            ("a { background: URL( 'b c.png' ), url(\"d\\\"e.png\") }", &["b c.png", "d\"e.png"]),
            ("@import \"x.css\"; @import url(y.css) print;", &["x.css", "y.css"]),
            ("@font-face { src: local('L'), url(f.woff2) format('woff2') }", &["f.woff2"]),
            ("a { b: url(a\\29 b.png) url(c\\)d.png) }", &["a)b.png", "c)d.png"]),
            (
                "a { b: image-set('c.png' 1x, url(d.png) 2x, \"e.avif\" type('image/avif')) } i::after { content: 'f' }",
                &["c.png", "d.png", "e.avif"],
            ),
            ("a { b: -webkit-image-set( \"c.png\" 1x ) }", &["c.png"]),
            ("@namespace svg url(http://a.example/);@import 'b.css';", &["b.css"]),
            ("a { b: url(data:image/svg+xml,%3Csvg/%3E) }", &["data:image/svg+xml,%3Csvg/%3E"]),
        ] {
            assert_eq!(addresses(css), expected, "{css}");
        }
    }

    #[test]
    fn what_only_looks_like_one_is_passed_over() {
        for css in [
            "/* url(/a.png) */",
            "a::after { content: 'url(/a.png)' }",
            "a { b: my-url(/a.png) }",
            "a { b: url() }",
            "/* open url(/a.png)",
            "@importance 'x'",
            "@namespace url(http://www.w3.org/1999/xhtml);",
            "@namespace svg 'http://www.w3.org/2000/svg';",
            "a { b: image-set(",
        ] {
            assert_eq!(addresses(css), Vec::<String>::new(), "{css}");
        }
        assert_eq!(addresses("a { b: url(/a.png"), ["/a.png"]);
        assert_eq!(addresses("\"é\\"), Vec::<String>::new());
    }
}
