//! The names that a branch can have.

/// The longest part of a name, in bytes: git keeps it as a file, beside which it makes one that ends in `.lock`.
const LONGEST: usize = 250;

/// Reads the name of a branch, by the rules of `git check-ref-format`.
///
/// # Errors
/// What a branch cannot be called.
pub fn branch(text: &str) -> Result<String, &'static str> {
    let forbidden = |c: char| c.is_control() || c == ' ' || "~^:?*[\\".contains(c);
    let part = |part: &str| {
        (1..=LONGEST).contains(&part.len()) && !part.starts_with('.') && !part.ends_with(".lock")
    };
    let is_name = !text.starts_with('-')
        && !text.ends_with('.')
        && !text.contains(forbidden)
        && !text.contains("..")
        && !text.contains("@{")
        && !matches!(text, "@" | "HEAD")
        && !text.starts_with("refs/")
        && text.split('/').all(part);
    if is_name {
        Ok(text.to_owned())
    } else {
        Err("no branch can be called so; write a name such as gh-pages")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn branches_are_called_as_git_allows() {
        for name in ["gh-pages", "main", "pages/é", "a.b", "@x"] {
            assert_eq!(branch(name).as_deref(), Ok(name));
        }
        for wrong in [
            "",
            "-f",
            "a b",
            "a..b",
            "a/",
            "/a",
            "a//b",
            ".a",
            "a/.b",
            "a.lock",
            "a~1",
            "a:b",
            "a.",
            "@",
            "HEAD",
            "refs/heads/a",
            "a\nb",
            "a*",
            "a@{1}",
            &"a".repeat(251),
        ] {
            assert!(branch(wrong).is_err(), "{wrong:?}");
        }
    }
}
