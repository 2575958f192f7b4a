//! Which templates a template can come to: those it extends and includes, and those whose components it calls.
//!
//! Tera does not tell, so the texts are searched for the names. A name that stands there for another reason counts too:
//! a page is then made once more than it must be, which is safe. A text with a backslash may spell a name in another way,
//! and can come to all of them.

use super::answers::{Answer, Parts, of_text};
use super::mentions::Mentions;
use super::template_sources::{PREFIX, Sources};
use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

/// The texts, and what was found in them.
#[derive(Debug)]
pub(super) struct Reach {
    templates: Vec<Template>,
    /// All that a name can come to, once somebody asked.
    known: Mutex<HashMap<Box<str>, Arc<Reached>>>,
}

/// All that a template can come to, its own text included.
#[derive(Debug)]
pub(super) struct Reached {
    /// The digest of the texts.
    pub(super) digest: Answer,
    /// What they mention.
    pub(super) mentions: Mentions,
}

#[derive(Debug)]
struct Template {
    name: String,
    digest: Answer,
    mentions: Mentions,
    /// The places of the templates that its text names.
    named: Vec<usize>,
}

impl Reach {
    pub(super) fn new(sources: &Sources) -> Self {
        let texts: Vec<(&str, &str)> = sources.iter().collect();
        let components: Vec<(usize, &str)> = (0..)
            .zip(&texts)
            .flat_map(|(place, (_, text))| defined(text).map(move |name| (place, name)))
            .collect();
        let named = |text: &str| -> Vec<usize> {
            if text.contains('\\') {
                return (0..texts.len()).collect();
            }
            let by_name = (0..).zip(&texts).filter(|(_, (name, _))| text.contains(plain(name)));
            let by_component = components.iter().filter(|(_, component)| calls(text, component));
            let all = by_name.map(|(place, _)| place).chain(by_component.map(|(place, _)| *place));
            all.collect::<BTreeSet<_>>().into_iter().collect()
        };
        let templates = texts.iter().map(|(name, text)| Template {
            name: (*name).to_owned(),
            digest: of_text(text),
            mentions: Mentions::of(text),
            named: named(text),
        });
        Self { templates: templates.collect(), known: Mutex::default() }
    }

    /// All that a template can come to.
    pub(super) fn of(&self, name: &str) -> Arc<Reached> {
        // A lock whose holder panicked guards what is whole.
        let lock = || self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = lock().get(name) {
            return known.clone();
        }
        let reached = Arc::new(self.find(name));
        lock().insert(name.into(), reached.clone());
        reached
    }

    fn find(&self, name: &str) -> Reached {
        let is_called = |template: &&usize| plain(&self.templates[**template].name) == plain(name);
        let places: Vec<usize> = (0..self.templates.len()).collect();
        let mut waiting: Vec<usize> = places.iter().filter(is_called).copied().collect();
        let mut reached = BTreeSet::new();
        while let Some(place) = waiting.pop() {
            if reached.insert(place) {
                waiting.extend(&self.templates[place].named);
            }
        }
        let mut parts = Parts::default();
        let mut mentions = Mentions::default();
        for place in reached {
            let template = &self.templates[place];
            parts.text(&template.name).bytes(&template.digest);
            mentions.add(&template.mentions);
        }
        Reached { digest: parts.digest(), mentions }
    }
}

/// A name without what tells a built-in template from the user's of the same name: either may be meant.
fn plain(name: &str) -> &str {
    name.strip_prefix(PREFIX).unwrap_or(name)
}

/// The names of the components that a text defines.
fn defined(text: &str) -> impl Iterator<Item = &str> {
    text.split("component").skip(1).filter_map(|rest| {
        let rest = rest.trim_start();
        let end =
            rest.find(|c: char| c.is_whitespace() || matches!(c, '(' | '%' | '-')).unwrap_or(rest.len());
        Some(&rest[..end]).filter(|name| !name.is_empty())
    })
}

/// Whether a text may call a component: `<name`.
fn calls(text: &str, component: &str) -> bool {
    text.split('<').skip(1).any(|rest| rest.trim_start().starts_with(component))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sources(texts: &[(&str, &str)]) -> Sources {
        let mut sources = Sources::default();
        for (name, text) in texts {
            sources.add((*name).to_owned(), (*text).to_owned());
        }
        sources
    }

    /// The templates whose change is a change of `page.html`.
    fn reached(texts: &[(&str, &str)]) -> Vec<String> {
        let before = Reach::new(&sources(texts)).of("page.html").digest;
        let changes = |place: &usize| {
            let changed = format!("{} ", texts[*place].1);
            let mut texts = texts.to_vec();
            texts[*place].1 = &changed;
            Reach::new(&sources(&texts)).of("page.html").digest != before
        };
        (0..texts.len()).filter(changes).map(|place| texts[place].0.to_owned()).collect()
    }

    #[test]
    fn what_is_extended_included_and_called_is_reached_and_nothing_else() {
        let texts = [
            ("base.html", "<html>{% block main %}{% endblock %}{{<foot />}}"),
            ("dateline/base.html", "built in"),
            (
                "page.html",
                "{% extends \"base.html\" %}{% block main %}{% include 'part.html' %}{% endblock %}",
            ),
            ("part.html", "{%- <card card={a} > -%}x{% </card> %}"),
            ("cards.html", "{% component card(card) %}{{ card.title }}{% endcomponent card %}"),
            ("feet.html", "{%- component foot() -%}{% endcomponent foot %}"),
            ("other.html", "{% extends \"base.html\" %}{{<card card={b} />}}"),
        ];
        assert_eq!(
            reached(&texts),
            ["base.html", "dateline/base.html", "page.html", "part.html", "cards.html", "feet.html"]
        );
    }

    #[test]
    fn a_template_that_comes_to_shadow_another_counts() {
        let base = ("dateline/page.html", "{{<card />}}");
        let with =
            |more: &[(&str, &str)]| Reach::new(&sources(&[&[base], more].concat())).of("page.html").digest;
        assert_ne!(with(&[]), with(&[("page.html", "x")]));
        assert_ne!(with(&[]), with(&[("mine.html", "{% component card() %}{% endcomponent %}")]));
        assert_eq!(with(&[]), with(&[("mine.html", "{% component other() %}{% endcomponent %}")]));
    }

    #[test]
    fn a_text_that_may_spell_names_otherwise_reaches_all() {
        let texts = [("page.html", r#"{% include "p\x61rt.html" %}"#), ("part.html", "")];
        assert_eq!(reached(&texts), ["page.html", "part.html"]);
    }
}
