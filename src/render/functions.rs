//! The functions and filters of templates.

use super::arguments::known;
use super::desk::PageDesk;
use super::fit::fit_text;
use super::questions::Questions;
use crate::article::markdown::{self, Destination, Place};
use crate::config::{Language, TermsFrom};
use crate::date::Given;
use crate::diagnostic::Diagnostic;
use crate::output::{self, Addresses};
use crate::site::Link;
use crate::source::SETTINGS;
use std::cell::RefCell;
use std::sync::Arc;
use tera::{Error, Kwargs, Map, State, Tera, TeraResult, Value};

thread_local! {
    /// The language of the page that this thread renders. A component's `State` does not see the page.
    static LANGUAGE: RefCell<Option<Language>> = const { RefCell::new(None) };
}

/// Runs `render` with dates in `language`.
pub(super) fn in_language<T>(language: &Language, render: impl FnOnce() -> T) -> T {
    LANGUAGE.with_borrow_mut(|current| {
        if current.as_ref() != Some(language) {
            *current = Some(language.clone());
        }
    });
    render()
}

/// Registers them all. From tera-contrib only what depends on nothing but its arguments.
pub(super) fn register(tera: &mut Tera, questions: &Arc<Questions>) {
    let with = |ask: fn(&Questions, &Kwargs) -> TeraResult<Value>| {
        let questions = questions.clone();
        move |arguments: Kwargs, _: &State<'_>| ask(&questions, &arguments)
    };
    tera.register_function("asset", with(asset));
    tera.register_function("link", with(link));
    tera.register_function("articles", with(articles));
    tera.register_function("terms", with(terms));
    tera.register_function("fit_text", with(fit_text));
    let with = |apply: fn(&Questions, &str, &Kwargs) -> TeraResult<Value>| {
        let questions = questions.clone();
        move |text: &str, arguments: Kwargs, _: &State<'_>| apply(&questions, text, &arguments)
    };
    tera.register_filter("date", with(date));
    tera.register_filter("markdown", with(render_markdown));
    tera.register_filter("slugify", with(slugify));
    tera.register_filter("group_by", group_by);
    tera.register_filter("json_encode", tera_contrib::json::json_encode);
    tera.register_filter("urlencode", tera_contrib::urlencode::urlencode);
    tera.register_filter("slug", tera_contrib::slug::slug);
}

/// `asset(path="/css/site.css")`.
fn asset(questions: &Questions, arguments: &Kwargs) -> TeraResult<Value> {
    known("asset", arguments, &["path"])?;
    questions.asset(arguments.must_get("path")?).map(Value::from).map_err(failed)
}

/// `link(to="/atom.xml")`, `link(to="@/pages/about.md")`. What has expired leads home: a template has no text to
/// leave unlinked.
fn link(questions: &Questions, arguments: &Kwargs) -> TeraResult<Value> {
    known("link", arguments, &["to"])?;
    let found = questions.address(crate::source::SETTINGS, arguments.must_get("to")?).map_err(failed)?;
    Ok(Value::from(found.unwrap_or_else(|_| questions.site.config.base.path().to_owned())))
}

/// `articles(tag="Climate", limit=5)`.
fn articles(questions: &Questions, arguments: &Kwargs) -> TeraResult<Value> {
    known("articles", arguments, &["tag", "section", "source", "thread", "taxonomy", "term", "limit"])?;
    let shorthands = [
        ("tag", TermsFrom::Tags),
        ("section", TermsFrom::Section),
        ("source", TermsFrom::Sources),
        ("thread", TermsFrom::Thread),
    ];
    let mut terms = Vec::new();
    for (argument, from) in shorthands {
        if let Some(name) = arguments.get::<&str>(argument)? {
            let taxonomy = questions.site.config.taxonomies.iter().find(|taxonomy| taxonomy.from == from);
            let off = || {
                Error::message(format!(
                    "articles({argument}=…) needs a taxonomy that is switched off in site.toml"
                ))
            };
            terms.push((taxonomy.ok_or_else(off)?.name.clone(), name.to_owned()));
        }
    }
    match (arguments.get::<&str>("taxonomy")?, arguments.get::<&str>("term")?) {
        (Some(taxonomy), Some(term)) => terms.push((taxonomy.to_owned(), term.to_owned())),
        (None, None) => {}
        _ => return Err(Error::message("articles() needs 'taxonomy' and 'term' together")),
    }
    let limit = limit(arguments)?.unwrap_or(20);
    let ids = questions.articles(&terms, limit).map_err(failed)?;
    Ok(Value::from(questions.cards(&ids, &PageDesk::silent(questions))))
}

/// `terms(taxonomy="tags", limit=10)`.
fn terms(questions: &Questions, arguments: &Kwargs) -> TeraResult<Value> {
    known("terms", arguments, &["taxonomy", "limit"])?;
    let taxonomy = questions.taxonomy(arguments.must_get("taxonomy")?).map_err(failed)?;
    let limit = limit(arguments)?.unwrap_or(usize::MAX);
    let list = questions.terms(taxonomy, limit);
    Ok(Value::from(output::term_list(&questions.site.config, taxonomy, &list)))
}

/// `{{ article.date | date(format="%-d %B %Y") }}`: chrono's format, in the language of the page.
fn date(questions: &Questions, text: &str, arguments: &Kwargs) -> TeraResult<Value> {
    known("date", arguments, &["format", "lang"])?;
    let config = &questions.site.config;
    let usual = || config.labels.get("date_format").map_or("%Y-%m-%d", String::as_str);
    let format = arguments.get::<&str>("format")?.unwrap_or_else(usual);
    let given = Given::parse(text).ok_or_else(|| Error::message(format!("'{text}' is not a date")))?;
    // A time with an offset keeps it: what templates are given is in the site's zone already.
    let time = match given {
        Given::Offset(time) => time,
        other => other.resolve(config.timezone).0.instant(),
    };
    // A component hands on what it was given, which may be none.
    let lang = arguments.get::<Value>("lang")?.filter(|lang| !lang.is_none());
    let lang = lang.as_ref().map(|lang| lang.as_str().ok_or_else(|| Error::message("'lang' must be a text")));
    let formatted = match lang.transpose()? {
        Some(tag) if tag == config.language.tag() => config.language.format(&time, format),
        Some(tag) => Language::parse(tag)
            .ok_or_else(|| {
                Error::message(format!("'{tag}' is no language\nwrite a BCP 47 tag, such as en or ur"))
            })?
            .format(&time, format),
        None => LANGUAGE
            .with_borrow(|language| language.as_ref().unwrap_or(&config.language).format(&time, format)),
    };
    formatted.map(Value::from).map_err(|_| {
        Error::message(format!("'{format}' is no date format\nthe letters are chrono's, such as %-d %B %Y"))
    })
}

/// `{{ text | markdown }}`, `{{ text | markdown(inline=true) }}`.
fn render_markdown(questions: &Questions, text: &str, arguments: &Kwargs) -> TeraResult<Value> {
    known("markdown", arguments, &["inline"])?;
    let inline = arguments.get::<bool>("inline")?.unwrap_or_default();
    let mut links = TemplateLinks { questions, problem: None };
    let html = questions.with_options(&questions.site.config.language, |options| {
        if inline {
            markdown::inline(text, options, &mut links)
        } else {
            markdown::render(text, options, &mut links).html
        }
    });
    match links.problem {
        Some(problem) => Err(failed(problem)),
        None => Ok(Value::safe_string(&html)),
    }
}

/// `{{ name | slugify }}`: as the site makes slugs.
fn slugify(questions: &Questions, text: &str, arguments: &Kwargs) -> TeraResult<Value> {
    known("slugify", arguments, &[])?;
    Ok(Value::from(questions.site.config.slug(text)))
}

/// `{% for name, items in articles | group_by(attribute="section.name") %}`: groups in the order they first
/// appear. Items without the attribute are left out.
fn group_by(items: &[Value], arguments: Kwargs, _: &State<'_>) -> TeraResult<Value> {
    known("group_by", &arguments, &["attribute"])?;
    let attribute: &str = arguments.must_get("attribute")?;
    let mut groups: Vec<(String, Vec<Value>)> = Vec::new();
    for item in items {
        let Some(key) = item.get_from_path(attribute).filter(|key| !key.is_none() && !key.is_undefined())
        else {
            continue;
        };
        let key = key.to_string();
        match groups.iter_mut().find(|(name, _)| *name == key) {
            Some((_, members)) => members.push(item.clone()),
            None => groups.push((key, vec![item.clone()])),
        }
    }
    Ok(Value::from(
        groups.into_iter().map(|(key, members)| (key.into(), Value::from(members))).collect::<Map>(),
    ))
}

/// Links in Markdown that a template holds: from the site's home, or elsewhere.
struct TemplateLinks<'a> {
    questions: &'a Questions,
    problem: Option<Diagnostic>,
}

impl markdown::Links for TemplateLinks<'_> {
    fn link(&mut self, href: &str, _: std::ops::Range<usize>) -> Destination {
        match Link::parse(SETTINGS, href) {
            Link::External => Destination::External,
            Link::Other | Link::Fragment(_) => Destination::AsIs,
            _ => match self.questions.address(SETTINGS, href) {
                Ok(Ok(address)) => Destination::Internal(address),
                Ok(Err(_)) => Destination::Unlinked,
                Err(problem) => {
                    self.problem.get_or_insert(problem);
                    Destination::Unlinked
                }
            },
        }
    }

    fn image(&mut self, src: &str, _: &str, span: std::ops::Range<usize>) -> Place {
        if let Link::Address { path, suffix } = Link::parse(SETTINGS, src)
            && let Ok(Ok(path)) = self.questions.planned(&path)
        {
            return Place::Here(self.questions.picture(&path, suffix, Addresses::Rooted));
        }
        match self.link(src, span) {
            Destination::Internal(src) => Place::Here(markdown::Picture { src, size: None, srcset: None }),
            Destination::External | Destination::AsIs => Place::AsIs,
            Destination::Unlinked => Place::Nowhere,
        }
    }
}

fn limit(arguments: &Kwargs) -> TeraResult<Option<usize>> {
    let limit = arguments
        .get::<u64>("limit")
        .map_err(|_| Error::message("'limit' must be a whole number\nwithout quotes, such as limit=5"))?;
    Ok(limit.map(|limit| usize::try_from(limit).unwrap_or(usize::MAX)))
}

/// A problem as an error of the template that ran into it.
fn failed(problem: Diagnostic) -> Error {
    match problem.help {
        Some(help) => Error::message(format!("{}\n{help}", problem.message)),
        None => Error::message(problem.message),
    }
}
