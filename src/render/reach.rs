//! Which templates a template can come to: those it extends and includes, and those whose components it calls.
//!
//! Tera does not tell, so the texts are searched for the names. A name that stands there for another reason counts too:
//! a page is then made once more than it must be, which is safe. A text with a backslash may spell a name in another way,
//! and can come to all of them.

use super::answers::{Answer, Parts, of_text};
use super::mentions::{Mentions, tags};
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
        let components = components(&texts);
        // A text that is not plain may define anything.
        let unclear: Vec<usize> =
            (0..).zip(&texts).filter(|(_, (_, text))| tags(text).is_none()).map(|(place, _)| place).collect();
        let is_user = |name: &str| texts.iter().any(|(other, _)| *other == name);
        let named = |text: &str| -> Vec<usize> {
            if text.contains('\\') || tags(text).is_none() {
                return (0..texts.len()).collect();
            }
            // A built-in template is meant by its whole name, and by its plain one where the user has none of that name.
            let is_named = |name: &str| match name.strip_prefix(PREFIX) {
                Some(plain) if !is_user(plain) => text.contains(plain),
                _ => text.contains(name),
            };
            let by_name = (0..).zip(&texts).filter(|(_, (name, _))| is_named(name)).map(|(place, _)| place);
            let called = called(text);
            let by_component = components.iter().filter(|(name, _)| called.contains(name));
            let all = by_name.chain(by_component.map(|(_, place)| *place)).chain(unclear.iter().copied());
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
        let place = |name: &str| self.templates.iter().position(|template| template.name == name);
        let first = place(name).or_else(|| place(&format!("{PREFIX}{name}")));
        let mut waiting: Vec<usize> = first.into_iter().collect();
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

/// The components that texts define, each with the place of its text; a built-in one not where the user has one of its name.
fn components(texts: &[(&str, &str)]) -> Vec<(String, usize)> {
    let is_built_in = |place: usize| texts[place].0.starts_with(PREFIX);
    let defined = (0..)
        .zip(texts)
        .flat_map(|(place, (_, text))| defined(text).into_iter().map(move |component| (component, place)));
    let (built_in, mut own): (Vec<_>, Vec<_>) = defined.partition(|(_, place)| is_built_in(*place));
    let is_shadowed = |component: &str| own.iter().any(|(other, _)| other == component);
    let shown: Vec<_> = built_in.into_iter().filter(|(component, _)| !is_shadowed(component)).collect();
    own.extend(shown);
    own
}

/// The names of the components that a plain text defines.
fn defined(text: &str) -> Vec<String> {
    let name = |tag: &str| {
        let tag = tag.strip_prefix('-').unwrap_or(tag).trim_start();
        let behind =
            tag.strip_prefix("component").filter(|behind| behind.starts_with(char::is_whitespace))?;
        Some(component_name(behind))
    };
    tags(text).unwrap_or_default().into_iter().filter_map(name).collect()
}

/// The names that stand behind a `<` in the tags of a plain text, where components are called.
fn called(text: &str) -> BTreeSet<String> {
    let tags = tags(text).unwrap_or_default().into_iter();
    tags.flat_map(|tag| tag.split('<').skip(1)).map(component_name).collect()
}

/// The name that a text begins with: words with dots between them, and space around these, as Tera reads it.
fn component_name(text: &str) -> String {
    let mut name = String::new();
    let mut rest = text.trim_start();
    loop {
        let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
        name.push_str(&rest[..end]);
        match rest[end..].trim_start().strip_prefix('.') {
            Some(behind) => rest = behind.trim_start(),
            None => return name,
        }
        name.push('.');
    }
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
        assert_eq!(reached(&texts), ["base.html", "page.html", "part.html", "cards.html", "feet.html"]);
    }

    #[test]
    fn a_template_that_comes_to_shadow_another_counts() {
        let base = ("dateline/page.html", "{{<card />}}{% include 'part.html' %}");
        let with =
            |more: &[(&str, &str)]| Reach::new(&sources(&[&[base], more].concat())).of("page.html").digest;
        assert_ne!(with(&[]), with(&[("page.html", "x")]));
        assert_ne!(with(&[]), with(&[("part.html", "x")]));
        assert_ne!(with(&[("dateline/part.html", "x")]), with(&[("part.html", "x")]));
        assert_ne!(with(&[]), with(&[("mine.html", "{% component card() %}{% endcomponent %}")]));
        assert_ne!(
            with(&[("page.html", "{% extends \"dateline/page.html\" %}")]),
            with(&[("page.html", "x")])
        );
        assert_eq!(with(&[]), with(&[("mine.html", "{% component other() %}{% endcomponent %}")]));
    }

    #[test]
    fn components_are_known_by_their_names_as_tera_reads_them() {
        let defining = "{%- component ui .article_component(article) %}{% endcomponent %}";
        let texts = [
            ("cards.html", "{% component card(card) %}{{ card.title }}{% endcomponent card %}"),
            ("dateline/components.html", "{% component foot() %}{% endcomponent foot %}"),
            (
                "page.html",
                "{{<card card={a} />}}{{<foot />}}{% < ui. article_component a={a}> %}{% </ui.article_component> %}",
            ),
            ("parts.html", defining),
            (
                "zz.html",
                "{# {% component card() %} #}<p class='component foot big'>This component card is a word.</p>",
            ),
        ];
        assert_eq!(reached(&texts), ["cards.html", "dateline/components.html", "page.html", "parts.html"]);
        let unclear = ("raw.html", "{% raw %}{{ ' }}{% endraw %}{% component card2() %}{% endcomponent %}");
        assert_eq!(reached(&[("page.html", "{{<card2 />}}"), unclear]), ["page.html", "raw.html"]);
    }

    #[test]
    fn a_text_that_may_spell_names_otherwise_reaches_all() {
        let texts = [("page.html", r#"{% include "p\x61rt.html" %}"#), ("part.html", "")];
        assert_eq!(reached(&texts), ["page.html", "part.html"]);
    }
}
