//! The message of a commit that Dateline makes, by which it knows the commit again.
//!
//! Two trailers say what was published: the commit of the sources, and the tree of the site. A commit counts as
//! Dateline's own only while its tree is that one: a person who amends it makes it theirs.

const SOURCE: &str = "Dateline-Source: ";
const TREE: &str = "Dateline-Tree: ";

/// The message of the commit with the tree `tree`, made of the sources of the commit `source`.
pub(super) fn write(source: &str, is_dirty: bool, tree: &str) -> String {
    let short = short(source);
    let more = if is_dirty { " and changes not committed" } else { "" };
    format!("Publish {short}{more}\n\n{SOURCE}{source}\n{TREE}{tree}\n")
}

/// The commit of the sources that a commit with this message and tree was made of, if Dateline made it.
pub(super) fn source(message: &str, tree: &str) -> Option<String> {
    let last = message.trim_end().rsplit("\n\n").next()?;
    let value = |key: &str| last.lines().find_map(|line| line.strip_prefix(key));
    let source = value(SOURCE).filter(|source| is_id(source))?;
    (value(TREE) == Some(tree)).then(|| source.to_owned())
}

/// A commit's name as it is shown to people.
pub fn short(id: &str) -> &str {
    id.get(..10).unwrap_or(id)
}

fn is_id(text: &str) -> bool {
    matches!(text.len(), 40 | 64) && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_commit_is_known_again_by_its_message_and_its_tree() {
        let (id, tree) = ("a".repeat(40), "b".repeat(40));
        for is_dirty in [false, true] {
            let message = write(&id, is_dirty, &tree);
            assert_eq!(source(&message, &tree).as_deref(), Some(id.as_str()));
            assert_eq!(source(&message, &id), None);
            assert_eq!(source(&format!("{message}\nA word of my own\n"), &tree), None);
        }
        assert_eq!(source("Create CNAME", &tree), None);
        assert_eq!(source(&format!("x\n\nDateline-Source: main\nDateline-Tree: {tree}"), &tree), None);
    }
}
