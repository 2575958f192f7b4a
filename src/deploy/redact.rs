//! Passwords in addresses, which nobody should read in a log.

/// Text in which the name and password of every address that has a password are stars.
pub(super) fn without_passwords(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("://") {
        let (before, after) = rest.split_at(at + 3);
        shown += before;
        let end = after.find(|c: char| c == '/' || c.is_whitespace()).unwrap_or(after.len());
        rest = match after[..end].rfind('@') {
            // Over HTTP a token can be given as the name; with ssh a name is no secret.
            Some(at) if after[..at].contains(':') || is_http(before) => {
                shown += "***";
                &after[at..]
            }
            _ => after,
        };
    }
    shown + rest
}

fn is_http(scheme: &str) -> bool {
    scheme.ends_with("http://") || scheme.ends_with("https://")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_and_tokens_are_stars() {
        for (text, shown) in [
            ("https://ada:secret@github.com/ada/digest", "https://***@github.com/ada/digest"),
            ("https://token@github.com/a b@c", "https://***@github.com/a b@c"),
            ("'ssh://git@github.com/ada/digest'", "'ssh://git@github.com/ada/digest'"),
            ("a https://b:c@d and http://e@f", "a https://***@d and http://***@f"),
            ("https://github.com/@ada", "https://github.com/@ada"),
            ("no address@here ://", "no address@here ://"),
        ] {
            assert_eq!(without_passwords(text), shown);
        }
    }
}
