//! Reading and checking `site.toml`.

use super::address::BaseUrl;
use super::check;
use super::images;
use super::language::Language;
use super::link::Link;
use super::preview;
use super::settings::{Config, Dates, Markdown, Paginate, Publisher};
use super::{tables, theme, wire};
use crate::diagnostic::{Diagnostic, Location, nearest};
use crate::source::SETTINGS;
use crate::tree::{self, Fields, Table, TextFile, Value};
use chrono::DateTime;
use chrono_tz::Tz;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

/// What a command line says in place of the settings file.
#[derive(Debug, Clone, Default)]
pub struct Overrides {
    /// `--base-url`.
    pub base_url: Option<String>,
}

/// Reads the text of `site.toml`. Where a value is wrong it is reported and its default stands in, so that the
/// rest of the site can be checked in the same run; `None` only where the file is no TOML at all.
pub fn load(text: &str, overrides: &Overrides, diagnostics: &mut Vec<Diagnostic>) -> Option<Config> {
    let table = match tree::parse_toml(SETTINGS, text, 0..text.len()) {
        Ok(table) => table,
        Err(errors) => {
            diagnostics.extend(errors);
            return None;
        }
    };
    let mut fields = Fields::new(TextFile { path: SETTINGS, text }, table, diagnostics);
    let config = read(&mut fields, overrides);
    fields.finish(misplaced);
    Some(config)
}

fn read(fields: &mut Fields<'_>, overrides: &Overrides) -> Config {
    let base = base_url(fields, overrides);
    let title = required(fields, "title", "title = \"The Daily Digest\"");
    let language = language(fields);
    let timezone = timezone(fields);
    let permalinks =
        fields.table("permalinks", tables::permalinks).unwrap_or_else(tables::default_permalinks);
    let taxonomies = tables::taxonomies(fields);
    let feeds = fields.table("feeds", |fields| tables::feeds(fields, &base));
    let feeds = feeds.unwrap_or_else(|| tables::default_feeds(&base));
    let mut labels = language.labels();
    labels.extend(words(fields, &language));
    Config {
        title,
        description: fields.string("description").unwrap_or_default(),
        language: Arc::new(language),
        timezone,
        editor: fields.string("editor"),
        publisher: fields.table("publisher", publisher).flatten(),
        policies: policies(fields),
        menu: fields.tables("menu", menu_entry).into_iter().flatten().collect(),
        permalinks,
        paginate: fields.table("paginate", tables::paginate).unwrap_or(Paginate { per_page: 20, home: 20 }),
        taxonomies,
        dates: fields.table("dates", tables::dates).unwrap_or(Dates {
            years: true,
            months: true,
            days: true,
        }),
        feeds,
        news_sitemap: fields
            .table("sitemap", |fields| finish(fields, |f| f.flag("news")))
            .flatten()
            .unwrap_or(true),
        markdown: fields
            .table("markdown", tables::markdown)
            .unwrap_or(Markdown { smart: true, external_rel: String::new() }),
        images: fields.table("images", images::read).unwrap_or_default(),
        slugs: tables::chosen_slugs(fields),
        labels,
        theme: fields.table("theme", theme::read).unwrap_or_default(),
        check: fields.table("check", check::read).unwrap_or_default(),
        preview: fields.table("preview", preview::read).unwrap_or_default(),
        wire: fields.table("wire", wire::read).unwrap_or_default(),
        extra: free(fields, "extra"),
        base,
    }
}

/// Runs `read` and then reports what it did not ask for.
fn finish<T>(fields: &mut Fields<'_>, read: impl FnOnce(&mut Fields<'_>) -> T) -> T {
    let value = read(fields);
    fields.finish(|_| None);
    value
}

/// Keys that other generators, or other tables here, know.
fn misplaced(key: &str) -> Option<String> {
    Some(match key {
        "baseURL" | "baseurl" | "url" => "the site's address is 'base_url'".to_owned(),
        "lang" | "languageCode" | "locale" | "default_language" => {
            "the site's language is 'language'".to_owned()
        }
        "timeZone" | "time_zone" | "tz" => "the site's time zone is 'timezone'".to_owned(),
        "author" => "who writes is 'editor', who publishes 'publisher'".to_owned(),
        "params" => "a site's own values stand under [extra]".to_owned(),
        _ => return None,
    })
}

fn required(fields: &mut Fields<'_>, key: &str, example: &str) -> String {
    let there = fields.has(key);
    let value = fields.string(key);
    if value.is_none() && !there {
        fields.report(
            Diagnostic::error("missing-key", format!("'{key}' is missing"))
                .in_file(SETTINGS)
                .help(format!("add a line such as {example}")),
        );
    }
    value.unwrap_or_default()
}

fn base_url(fields: &mut Fields<'_>, overrides: &Overrides) -> BaseUrl {
    let nowhere = || BaseUrl::parse("https://example.invalid/").expect("this is an address");
    let written = fields.spanned("base_url");
    if let Some(text) = &overrides.base_url {
        return BaseUrl::parse(text).unwrap_or_else(|fault| {
            fields.report(Diagnostic::error("bad-base-url", format!("--base-url '{text}' {fault}")));
            nowhere()
        });
    }
    let Some((text, span)) = written else {
        fields.report(Diagnostic::error("missing-key", "'base_url' is missing").in_file(SETTINGS).help(
            "add the address the site will have, such as base_url = \"https://user.github.io/digest/\"",
        ));
        return nowhere();
    };
    BaseUrl::parse(&text).unwrap_or_else(|fault| {
        let problem = fields.file().error("bad-base-url", format!("base_url '{text}' {fault}"), span);
        fields.report(problem.help("write it whole, such as https://user.github.io/digest/"));
        nowhere()
    })
}

fn language(fields: &mut Fields<'_>) -> Language {
    let english = || Language::parse("en").expect("en is a language tag");
    let Some((tag, span)) = fields.spanned("language") else { return english() };
    Language::parse(&tag).unwrap_or_else(|| {
        let problem = fields.file().error("bad-language", format!("'{tag}' is not a language tag"), span);
        fields.report(problem.help("write a BCP 47 tag, such as en, en-GB or ur"));
        english()
    })
}

fn timezone(fields: &mut Fields<'_>) -> Tz {
    let Some((name, span)) = fields.spanned("timezone") else { return Tz::UTC };
    name.parse().unwrap_or_else(|_| {
        let problem = fields.file().error("bad-timezone", format!("'{name}' is not a time zone"), span);
        let zones = chrono_tz::TZ_VARIANTS.iter().map(|zone| zone.name());
        fields.report(match nearest(&name, zones) {
            Some(zone) => problem.help(format!("did you mean '{zone}'?")),
            None => problem.help("write an IANA name, such as Europe/Berlin or UTC"),
        });
        Tz::UTC
    })
}

fn publisher(fields: &mut Fields<'_>) -> Option<Publisher> {
    if !fields.has("name") {
        fields.missing("name", "write publisher = { name = \"…\" }");
    }
    let name = fields.string("name");
    let rest = (fields.string("url"), fields.string("logo"));
    fields.finish(|_| None);
    name.map(|name| Publisher { name, url: rest.0, logo: rest.1 })
}

fn policies(fields: &mut Fields<'_>) -> Vec<Link> {
    let read = |fields: &mut Fields<'_>| {
        let file = fields.file();
        let keys = fields.keys().into_iter();
        keys.filter_map(|key| {
            let (to, span) = fields.spanned(&key)?;
            Some(Link { label: key, to, location: Location::in_text(file.text, span) })
        })
        .collect()
    };
    fields.table("policies", read).unwrap_or_default()
}

fn menu_entry(fields: &mut Fields<'_>, span: Range<usize>) -> Option<Link> {
    let file = fields.file();
    let there = fields.has("label") && fields.has("to");
    let (label, to) = (fields.string("label"), fields.spanned("to"));
    fields.finish(|key| matches!(key, "url" | "href" | "link").then(|| "where it leads is 'to'".to_owned()));
    if !there {
        let problem = file.error("missing-key", "a menu entry needs 'label' and 'to'", span);
        fields.report(problem.help("write { label = \"Archive\", to = \"/archive/\" }"));
    }
    let (label, (to, span)) = (label?, to?);
    Some(Link { label, to, location: Location::in_text(file.text, span) })
}

/// The theme's words as the site wants them. Date formats among them are tried, so that no page runs into one.
fn words(fields: &mut Fields<'_>, language: &Language) -> BTreeMap<String, String> {
    let fails = |text: &str| language.format(&DateTime::UNIX_EPOCH.fixed_offset(), text).is_err();
    let read = |fields: &mut Fields<'_>| {
        let mut words = BTreeMap::new();
        for key in fields.keys() {
            let Some((text, span)) = fields.verbatim(&key) else { continue };
            if key.ends_with("_format") && fails(&text) {
                let problem =
                    fields.file().error("bad-date-format", format!("'{text}' is no date format"), span);
                fields.report(problem.help("the letters are chrono's, such as %-d %B %Y"));
            } else {
                words.insert(key, text);
            }
        }
        words
    };
    fields.table("labels", read).unwrap_or_default()
}

fn free(fields: &mut Fields<'_>, key: &str) -> Value {
    match fields.entry(key) {
        Some(entry) if matches!(entry.node.value, Value::Table(_)) => entry.node.value,
        Some(entry) => fields.wrong_type(&entry, "a table").unwrap_or(Value::Table(Table::default())),
        None => Value::Table(Table::default()),
    }
}
