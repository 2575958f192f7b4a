//! Which variables templates mention, and which of their fields: what none of them reads need not be made.
//!
//! Tera does not tell, so the tags of the texts are read for names. Where a variable is mentioned in any other way than
//! with a field behind it, all its fields count as read; where a text is not plainly understood, everything does.

use std::collections::{BTreeMap, BTreeSet};

/// What some templates mention.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Mentions {
    /// Whether anything may be mentioned.
    all: bool,
    /// The fields that are read of each name; `None` where it is mentioned as a whole.
    names: BTreeMap<Box<str>, Option<BTreeSet<Box<str>>>>,
}

/// A name by which everything can be had.
const EVERYTHING: &str = "__tera_context";

impl Mentions {
    /// What the text of one template mentions.
    pub(super) fn of(text: &str) -> Self {
        let mut mentions = Self::default();
        match tags(text) {
            Some(tags) => tags.into_iter().for_each(|tag| mentions.read(tag)),
            None => mentions.all = true,
        }
        mentions
    }

    /// Adds what others mention.
    pub(super) fn add(&mut self, others: &Self) {
        self.all |= others.all;
        for (name, fields) in &others.names {
            match (self.names.get_mut(name), fields) {
                (Some(Some(own)), Some(fields)) => own.extend(fields.iter().cloned()),
                (Some(own), _) => *own = None,
                (None, fields) => drop(self.names.insert(name.clone(), fields.clone())),
            }
        }
    }

    /// Whether a variable may be read.
    pub(super) fn has(&self, name: &str) -> bool {
        self.all || self.names.contains_key(name) || self.names.contains_key(EVERYTHING)
    }

    /// Whether a field of a variable may be read.
    pub(super) fn has_field(&self, name: &str, field: &str) -> bool {
        let read =
            |fields: &Option<BTreeSet<Box<str>>>| fields.as_ref().is_none_or(|fields| fields.contains(field));
        self.all || self.names.contains_key(EVERYTHING) || self.names.get(name).is_some_and(read)
    }

    /// Reads what stands within one tag.
    fn read(&mut self, tag: &str) {
        let is_name = |c: char| c.is_alphanumeric() || c == '_';
        let mut rest = tag;
        while let Some(start) = rest.find(is_name) {
            let after = &rest[start..];
            let end = after.find(|c| !is_name(c)).unwrap_or(after.len());
            let (name, behind) = after.split_at(end);
            // `a.b`, `a?.b`, with space around the dot.
            let behind = behind.trim_start();
            let field = behind.strip_prefix("?.").or_else(|| behind.strip_prefix('.')).map(str::trim_start);
            let field = field.map(|field| &field[..field.find(|c| !is_name(c)).unwrap_or(field.len())]);
            let field = field.filter(|field| !field.is_empty());
            match (self.names.get_mut(name), field) {
                (Some(Some(fields)), Some(field)) => drop(fields.insert(field.into())),
                (Some(fields), None) => *fields = None,
                (Some(None), Some(_)) => {}
                (None, field) => {
                    let fields = field.map(|field| BTreeSet::from([field.into()]));
                    self.names.insert(name.into(), fields);
                }
            }
            rest = &after[end..];
        }
    }
}

/// What stands within the tags of a text; `None` where that is not plain: a tag without an end, a backslash in one (which
/// may spell a name otherwise), or text that is left as it is.
pub(super) fn tags(text: &str) -> Option<Vec<&str>> {
    let mut tags = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find('{') {
        let tag = &rest[start..];
        let end = match tag.as_bytes().get(1) {
            Some(b'#') => {
                rest = &tag[tag.find("#}")? + 2..];
                continue;
            }
            Some(b'{') => "}}",
            Some(b'%') => "%}",
            _ => {
                rest = &tag[1..];
                continue;
            }
        };
        let inside = &tag[2..];
        let length = end_of(inside, end)?;
        let inside = &inside[..length];
        if inside.contains('\\') || inside.trim_matches(|c: char| c == '-' || c.is_whitespace()) == "raw" {
            return None;
        }
        tags.push(inside);
        rest = &tag[2 + length + 2..];
    }
    Some(tags)
}

/// Where a tag ends, which is not within a string.
fn end_of(inside: &str, end: &str) -> Option<usize> {
    let mut quote = None;
    for (at, character) in inside.char_indices() {
        match quote {
            Some(open) if character == open => quote = None,
            Some(_) => {}
            None if matches!(character, '"' | '\'' | '`') => quote = Some(character),
            None if inside[at..].starts_with(end) => return Some(at),
            None => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reads(text: &str, name: &str, field: &str) -> bool {
        Mentions::of(text).has_field(name, field)
    }

    #[test]
    fn a_field_is_read_where_it_is_named() {
        let text = "<p class=page>page {{ page.title }}{% if page?.date %}{{ page . url }}{% endif %}</p>";
        for (field, expected) in [("title", true), ("date", true), ("url", true), ("json_ld", false)] {
            assert_eq!(reads(text, "page", field), expected, "{field}");
        }
        assert!(!reads(text, "article", "title") && !Mentions::of(text).has("toc"));
        assert!(Mentions::of("{% for entry in toc %}{% endfor %}").has("toc"));
    }

    #[test]
    fn a_variable_that_is_mentioned_as_a_whole_is_read_as_a_whole() {
        for text in [
            "{{ page | json_encode }}",
            "{{ page['json_ld'] }}",
            "{% set p = page %}{{ p.json_ld }}",
            "{{<head page={page} />}}",
            "{% for key, value in page %}{% endfor %}",
            "{{ page.title }}{{ page }}",
            "{{ page }}{{ page.title }}",
            "{{ __tera_context }}",
        ] {
            assert!(reads(text, "page", "json_ld"), "{text}");
        }
    }

    #[test]
    fn what_is_not_plain_counts_as_everything() {
        for text in [
            r#"{{ x["js\x6fn"] }}"#,
            "{% raw %} it's {{ {% endraw %}{{ page.json_ld }}",
            "{%\x0craw %}{#{% endraw %}{{ page.json_ld }}<!-- #} -->",
            "{{ 'never ended }}",
            "{# never ended",
        ] {
            assert!(reads(text, "page", "json_ld"), "{text}");
        }
        assert!(!reads("{# page | it's #}{{ 'x }}' }}{ {page} }", "page", "json_ld"));
        assert!(reads("{{ '}}' ~ page.json_ld }}", "page", "json_ld"));
    }

    #[test]
    fn what_several_mention_is_mentioned() {
        let mut all = Mentions::of("{{ page.title }}{{ site }}");
        all.add(&Mentions::of("{{ page.url }}{{ site.title }}{{ toc }}"));
        assert!(all.has_field("page", "title") && all.has_field("page", "url") && all.has("toc"));
        assert!(!all.has_field("page", "date") && all.has_field("site", "anything"));
    }
}
