//! The keys of an article and of a standing page, as the design's tables list them.

use super::parts::{self, Scope};
use crate::article::model::{Article, Details, Document, Kind, Source, Standing};
use crate::config::{ARTICLE_KEYS, Config, Language, TermsFrom};
use crate::date::Moment;
use crate::diagnostic::{Diagnostic, Location};
use crate::slug;
use crate::tree::{Fields, Table, TextFile, Value};
use chrono::NaiveDate;
use percent_encoding::percent_decode_str;
use std::collections::HashSet;
use std::ops::Range;
use std::sync::Arc;

/// What a file says about itself before its front matter is read.
#[derive(Debug, Clone)]
pub struct Given<'a> {
    /// Its path and text.
    pub file: TextFile<'a>,
    /// Where the Markdown begins.
    pub body: usize,
    /// The name that slug and date come from where front matter is silent: the file's without `.md`, or for an
    /// `index.md` its folder's.
    pub name: &'a str,
    /// The files of its bundle.
    pub bundle: Vec<Box<str>>,
}

/// Reads an article's front matter. `None` where an error leaves no article; every problem is reported.
pub fn article(
    given: Given<'_>,
    table: Table,
    config: &Config,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Article> {
    let before = diagnostics.len();
    let body = &given.file.text[given.body..];
    let (named_day, name) = parts::split_name(given.name);
    let mut fields = Fields::new(given.file, table, diagnostics);
    let mut scope = Scope { fields: &mut fields, config };

    let date = scope.date(named_day, given.name);
    let document = scope.document(&given, name);
    let expires = scope.expires(date.as_ref());
    let corrections = scope.corrections();
    let sources = scope.sources();
    let details = Details {
        id: scope.text("id"),
        via: scope.via(),
        original_title: scope.text("original_title"),
        by: scope.texts("by"),
        corrections,
        related: scope.located("related"),
    };
    let kind = scope.fields.choice("kind", &Kind::ALL).unwrap_or_default();
    let priority =
        scope.fields.number("priority", 1..=9).map_or(5, |number| u8::try_from(number).unwrap_or(5));
    let (place, section, thread) = (scope.text("place"), scope.text("section"), scope.text("thread"));
    let tags = distinct(scope.texts("tags"));
    let terms = own_terms(&mut scope);
    scope.check_updated(date.as_ref(), document.as_ref().and_then(|document| document.updated));
    fields.finish(|key| parts::misplaced(key, config));

    let failed = diagnostics[before..].iter().any(Diagnostic::is_error);
    let (Some(document), Some((date, _)), false) = (document, date, failed) else { return None };
    let derived_summary = match document.summary {
        Some(_) => Box::default(),
        None => crate::article::markdown::first_paragraph(body).into(),
    };
    Some(Article {
        document,
        date,
        derived_summary,
        expires,
        priority,
        kind,
        place,
        section,
        thread,
        tags,
        terms,
        sources,
        details,
    })
}

/// Reads a standing page's front matter; `folder` is the path from `content/pages/` to the file's own name.
pub fn standing(
    given: Given<'_>,
    folder: &str,
    table: Table,
    config: &Config,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Standing> {
    let before = diagnostics.len();
    let mut fields = Fields::new(given.file, table, diagnostics);
    let mut scope = Scope { fields: &mut fields, config };
    let document = scope.document(&given, given.name);
    // `ednote` is for colleagues: it is checked to be text, and goes no further.
    fields.finish(|key| {
        ARTICLE_KEYS
            .contains(&key)
            .then(|| "that key is an article's; a standing page does without".to_owned())
    });
    if diagnostics[before..].iter().any(Diagnostic::is_error) {
        return None;
    }
    document.map(|document| {
        let address = format!("{folder}/{}/", document.slug);
        Standing { address: format!("/{}", address.trim_start_matches('/')).into(), document }
    })
}

impl Scope<'_, '_> {
    /// The article's date, and where it is written: in front matter, else in the file's name.
    fn date(&mut self, named_day: Option<NaiveDate>, name: &str) -> Option<(Moment, Range<usize>)> {
        if self.fields.has("date") {
            return self.moment("date");
        }
        if let Some(day) = parts::misnamed_day(name) {
            let message = format!("'{day}', which the file's name begins with, is not a date");
            let problem = Diagnostic::error("bad-date", message).in_file(self.fields.file().path);
            self.fields.report(problem.help("rename the file, or add a line such as date = 2021-11-25"));
        } else if named_day.is_none() {
            let help = "add a line such as date = 2021-11-25, or begin the file's name with 2021-11-25-";
            self.fields.missing("date", help);
        }
        named_day.map(|day| (Moment::of_day(day, self.config.timezone), 0..0))
    }

    /// The keys that articles and standing pages share.
    fn document(&mut self, given: &Given<'_>, name: &str) -> Option<Document> {
        let title = self.title();
        let slug = self.slug(name, given);
        let language = self.language();
        let updated = self.moment("updated").map(|(moment, _)| moment);
        let document = Document {
            source: given.file.path.into(),
            digests: Document::digests_of(given.file.text, given.body),
            body: given.body,
            title: title.clone().unwrap_or_default(),
            slug: slug.clone().unwrap_or_default(),
            language,
            summary: self.text("summary"),
            updated,
            draft: self.fields.flag("draft").unwrap_or(false),
            aliases: self.aliases(),
            template: self.template(),
            image: self.image().map(Box::new),
            extra: self.extra(),
            bundle: given.bundle.clone(),
        };
        self.fields.string("ednote");
        (title.is_some() && slug.is_some()).then_some(document)
    }

    fn title(&mut self) -> Option<Box<str>> {
        let there = self.fields.has("title");
        let title = self.fields.string("title");
        if title.is_none() && !there {
            self.fields.missing("title", "add a line such as title = \"What happened\"");
        }
        // A headline is one line; a no-break space in it is meant.
        title.map(|title| title.split_ascii_whitespace().collect::<Vec<_>>().join(" ").into())
    }

    fn slug(&mut self, name: &str, given: &Given<'_>) -> Option<Box<str>> {
        if let Some((written, span)) = self.fields.spanned("slug") {
            let chosen = slug::chosen(&written);
            if chosen.is_none() {
                let problem =
                    self.fields.file().error("bad-slug", format!("'{written}' is not a slug"), span);
                self.fields.report(problem.help("a slug is one segment of an address, without '/'"));
            }
            return chosen.map(Into::into);
        }
        let slug = self.config.slug(name);
        if slug.is_empty() {
            self.fields.report(
                Diagnostic::error(
                    "empty-slug",
                    format!("'{name}' has no letter or digit to make an address of"),
                )
                .in_file(given.file.path)
                .help("rename the file, or add a line such as slug = \"what-happened\""),
            );
        }
        (!slug.is_empty()).then(|| slug.into())
    }

    fn language(&mut self) -> Arc<Language> {
        let own = self.language_tag("lang").and_then(|tag| Language::parse(&tag));
        own.map_or_else(|| self.config.language.clone(), Arc::new)
    }

    fn aliases(&mut self) -> Vec<Box<str>> {
        let mut aliases = Vec::new();
        for (alias, span) in self.fields.strings("aliases") {
            // What is copied from a browser is percent-encoded; addresses are kept raw.
            let decoded = percent_decode_str(&alias).decode_utf8_lossy();
            let path = decoded.strip_prefix('/').unwrap_or(&decoded);
            let segments = || path.trim_end_matches('/').split('/');
            let is_path = !path.is_empty() && segments().all(|part| slug::chosen(part).is_some());
            if !is_path || alias.contains(['?', '#', ':']) {
                let problem = self.fields.file().error(
                    "bad-alias",
                    format!("'{alias}' is not an address of a page"),
                    span,
                );
                self.fields
                    .report(problem.help("write the old path from the site's home, such as /2020/old-slug/"));
                continue;
            }
            let file = segments().next_back().is_some_and(|name| name.ends_with(".html"));
            let end = if file { "" } else { "/" };
            aliases.push(format!("/{}{end}", path.trim_end_matches('/')).into());
        }
        aliases
    }

    /// The user's own values. In TOML every key below `[extra]` is one of them, also one that was meant for the
    /// article: a draft would be published without a word.
    fn extra(&mut self) -> Option<Box<Value>> {
        let entry = self.fields.entry("extra")?;
        let Value::Table(table) = entry.node.value else { return self.fields.wrong_type(&entry, "a table") };
        for own in table.entries.iter().filter(|own| ARTICLE_KEYS.contains(&own.key.as_str())) {
            let message = format!(
                "'{}' under [extra] is a value of your own, and means nothing to the article",
                own.key
            );
            let problem = self.fields.file().warning("key-in-extra", message, own.key_span.clone());
            self.fields.report(problem.help("move it above [extra], or call it something else"));
        }
        Some(Box::new(Value::Table(table)))
    }

    fn sources(&mut self) -> Vec<Source> {
        let config = self.config;
        let read = |fields: &mut Fields<'_>, span: Range<usize>| {
            let mut scope = Scope { fields, config };
            let source = scope.source(&span);
            scope.fields.finish(|key| parts::above("[source]", key));
            source
        };
        self.fields.tables("source", read).into_iter().flatten().collect()
    }

    /// When it expires; before `date` is a slip of the pen, and nobody would ever see the article.
    fn expires(&mut self, date: Option<&(Moment, Range<usize>)>) -> Option<Moment> {
        let (expires, span) = self.moment("expires")?;
        if date.is_some_and(|(date, _)| date.is_after(&expires)) {
            let problem =
                self.fields.file().warning("expires-before-date", "'expires' is before 'date'", span);
            self.fields.report(problem.help("is the year right, in both?"));
        }
        Some(expires)
    }

    /// `updated` before `date` is a slip of the pen, by the coarser precision of the two.
    fn check_updated(&mut self, date: Option<&(Moment, Range<usize>)>, updated: Option<Moment>) {
        let (Some((date, span)), Some(updated)) = (date, updated) else { return };
        if date.is_after(&updated) {
            let message = format!("'updated' ({}) is before 'date' ({})", updated.precise(), date.precise());
            let problem = self.fields.file().error("updated-before-date", message, span.clone());
            self.fields.report(problem.help("is the year right, in both?"));
        }
    }

    fn located(&mut self, key: &str) -> Vec<(Box<str>, Location)> {
        let file = self.fields.file();
        let located =
            |(text, span): (String, Range<usize>)| (text.into(), Location::in_text(file.text, span));
        self.fields.strings(key).into_iter().map(located).collect()
    }
}

/// The terms of the site's own taxonomies.
fn own_terms(scope: &mut Scope<'_, '_>) -> Vec<(usize, Box<str>)> {
    let config = scope.config;
    let own = config.taxonomies.iter().enumerate().filter(|(_, taxonomy)| taxonomy.from == TermsFrom::OwnKey);
    own.flat_map(|(place, taxonomy)| {
        let names = distinct(scope.texts(&taxonomy.name));
        names.into_iter().map(move |name| (place, name)).collect::<Vec<_>>()
    })
    .collect()
}

/// Spellings of one term count once; the first stays.
fn distinct(names: Vec<Box<str>>) -> Vec<Box<str>> {
    let mut seen = HashSet::with_capacity(names.len());
    names.into_iter().filter(|name| seen.insert(slug::fold(name))).collect()
}
