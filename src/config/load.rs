//! Reading and checking `site.toml`.

use super::address::BaseUrl;
use super::language::Language;
use super::settings::{
    Config, Dates, FeedFormat, Feeds, Link, Markdown, Paginate, Permalinks, Publisher, Taxonomy, TermsFrom,
};
use crate::diagnostic::{Diagnostic, Location, nearest};
use crate::slug::{self, Letters};
use crate::source::SETTINGS;
use crate::tree::{self, Entry, Fields, Table, TextFile, Value};
use chrono_tz::Tz;
use std::collections::BTreeMap;

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
    let permalinks = fields.table("permalinks", permalinks).unwrap_or_else(default_permalinks);
    let taxonomies = taxonomies(fields);
    let feeds = fields.table("feeds", |fields| feeds(fields, &base)).unwrap_or_else(|| default_feeds(&base));
    let mut labels = language.labels();
    labels.extend(words(fields, "labels"));
    Config {
        title,
        description: fields.string("description").unwrap_or_default(),
        language,
        timezone,
        editor: fields.string("editor"),
        publisher: fields.table("publisher", publisher).flatten(),
        policies: policies(fields),
        menu: fields.tables("menu", |fields, span| menu_entry(fields, span.start)).into_iter().flatten().collect(),
        permalinks,
        paginate: fields.table("paginate", paginate).unwrap_or(Paginate { per_page: 20, home: 20 }),
        taxonomies,
        dates: fields.table("dates", dates).unwrap_or(Dates { years: true, months: true, days: true }),
        feeds,
        news_sitemap: fields.table("sitemap", |fields| finish(fields, |f| f.flag("news"))).flatten().unwrap_or(true),
        markdown: fields.table("markdown", markdown).unwrap_or(Markdown { smart: true, external_rel: String::new() }),
        slugs: chosen_slugs(fields),
        labels,
        theme: free(fields, "theme"),
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
        "lang" | "languageCode" | "locale" | "default_language" => "the site's language is 'language'".to_owned(),
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
        fields.report(
            Diagnostic::error("missing-key", "'base_url' is missing")
                .in_file(SETTINGS)
                .help("add the address the site will have, such as base_url = \"https://user.github.io/digest/\""),
        );
        return nowhere();
    };
    BaseUrl::parse(&text).unwrap_or_else(|fault| {
        let problem = fields.file().error("bad-base-url", format!("base_url '{text}' {fault}"), span);
        fields.report(problem);
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
    let name = fields.string("name");
    if name.is_none() {
        fields.report(
            Diagnostic::error("missing-key", "the publisher has no 'name'")
                .in_file(SETTINGS)
                .help("write publisher = { name = \"…\" }"),
        );
    }
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

fn menu_entry(fields: &mut Fields<'_>, start: usize) -> Option<Link> {
    let file = fields.file();
    let (label, to) = (fields.string("label"), fields.spanned("to"));
    fields.finish(|key| matches!(key, "url" | "href" | "link").then(|| "where it leads is 'to'".to_owned()));
    let (Some(label), Some((to, span))) = (label, to) else {
        let problem = file.error("missing-key", "a menu entry needs 'label' and 'to'", start..start + 1);
        fields.report(problem.help("write { label = \"Archive\", to = \"/archive/\" }"));
        return None;
    };
    Some(Link { label, to, location: Location::in_text(file.text, span) })
}

fn default_permalinks() -> Permalinks {
    Permalinks { article: "/:year/:month/:day/:slug/".to_owned(), letters: Letters::Ascii }
}

fn permalinks(fields: &mut Fields<'_>) -> Permalinks {
    let mut permalinks = default_permalinks();
    if let Some((pattern, span)) = fields.spanned("article") {
        match check_pattern(&pattern) {
            Ok(pattern) => permalinks.article = pattern,
            Err((message, help)) => {
                let problem = fields.file().error("bad-permalink", message, span);
                fields.report(problem.help(help));
            }
        }
    }
    let choices = [("ascii", Letters::Ascii), ("unicode", Letters::Unicode)];
    if let Some(letters) = choice(fields, "slugs", &choices) {
        permalinks.letters = letters;
    }
    fields.finish(|_| None);
    permalinks
}

const TOKENS: [&str; 5] = ["year", "month", "day", "slug", "section"];

fn check_pattern(pattern: &str) -> Result<String, (String, String)> {
    let tokens = format!("the tokens are :{}", TOKENS.join(" :"));
    let segments: Vec<&str> = pattern.trim_matches('/').split('/').collect();
    for segment in &segments {
        let names = segment.split(':').skip(1);
        for name in names {
            let name: String = name.chars().take_while(char::is_ascii_alphabetic).collect();
            if !TOKENS.contains(&name.as_str()) {
                let help = nearest(&name, TOKENS).map_or(tokens, |token| format!("did you mean ':{token}'?"));
                return Err((format!("':{name}' is no part of an address"), help));
            }
        }
        if matches!(*segment, "" | "." | "..") || segment.contains(['?', '#', '\\']) {
            return Err((format!("'{pattern}' is not a path"), "write a path such as /:year/:month/:slug/".to_owned()));
        }
    }
    if !pattern.contains(":slug") {
        return Err((format!("'{pattern}' has no ':slug'"), "without it, articles share one address".to_owned()));
    }
    let end = if pattern.ends_with(".html") { "" } else { "/" };
    Ok(format!("/{}{end}", segments.join("/")))
}

fn paginate(fields: &mut Fields<'_>) -> Paginate {
    let count = |value: Option<i64>| value.and_then(|number| usize::try_from(number).ok()).unwrap_or(20);
    let paginate = Paginate {
        per_page: count(fields.number("per_page", 1..=10_000)),
        home: count(fields.number("home", 0..=1_000)),
    };
    fields.finish(|_| None);
    paginate
}

const BUILT_IN: [(&str, TermsFrom); 4] = [
    ("tags", TermsFrom::Tags),
    ("sources", TermsFrom::Sources),
    ("sections", TermsFrom::Section),
    ("threads", TermsFrom::Thread),
];

/// Keys of front matter that a taxonomy of the site's own cannot be named after.
const TAKEN: [&str; 26] = [
    "title", "date", "updated", "id", "slug", "summary", "section", "place", "source", "via", "original_title",
    "kind", "by", "lang", "image", "corrections", "related", "thread", "priority", "draft", "expires", "aliases",
    "template", "ednote", "extra", "page",
];

fn taxonomies(fields: &mut Fields<'_>) -> Vec<Taxonomy> {
    let built_in = |name: &str, from| Taxonomy { name: name.into(), path: name.into(), label: None, feed: true, from };
    let read = |fields: &mut Fields<'_>| {
        let mut found = Vec::new();
        for (name, from) in BUILT_IN {
            match fields.entry(name) {
                None => found.push(built_in(name, from)),
                Some(entry) => found.extend(taxonomy(fields, entry, built_in(name, from))),
            }
        }
        for name in fields.keys() {
            if let Some(entry) = fields.entry(&name) {
                if TAKEN.contains(&name.as_str()) || slug::chosen(&name).is_none() {
                    let message = format!("a taxonomy cannot be named '{name}'");
                    let problem = fields.file().error("bad-taxonomy", message, entry.key_span);
                    fields.report(problem.help("that key has a meaning of its own in front matter"));
                    continue;
                }
                found.extend(taxonomy(fields, entry, built_in(&name, TermsFrom::OwnKey)));
            }
        }
        found
    };
    let all = || BUILT_IN.iter().map(|(name, from)| built_in(name, *from)).collect();
    fields.table("taxonomies", read).unwrap_or_else(all)
}

/// One taxonomy as the site wants it; `None` where it is switched off.
fn taxonomy(fields: &mut Fields<'_>, entry: Entry, default: Taxonomy) -> Option<Taxonomy> {
    match entry.node.value {
        Value::Bool(on) => on.then_some(default),
        Value::Table(table) => {
            let file = fields.file();
            let mut problems = Vec::new();
            let mut inner = Fields::new(file, table, &mut problems);
            let path = inner.spanned("path").and_then(|(path, span)| {
                let clean: Option<Vec<String>> = path.trim_matches('/').split('/').map(slug::chosen).collect();
                if clean.is_none() {
                    let problem = file.error("bad-taxonomy", format!("'{path}' is not a path"), span);
                    inner.report(problem.help("write one segment or a few, such as topics"));
                }
                clean.map(|parts| parts.join("/"))
            });
            let taxonomy = Taxonomy {
                path: path.unwrap_or(default.path),
                label: inner.string("label"),
                feed: inner.flag("feed").unwrap_or(true),
                ..default
            };
            inner.finish(|_| None);
            problems.into_iter().for_each(|problem| fields.report(problem));
            Some(taxonomy)
        }
        _ => fields.wrong_type(&entry, "true, false or a table such as { path = \"topics\" }"),
    }
}

fn dates(fields: &mut Fields<'_>) -> Dates {
    let dates = Dates {
        years: fields.flag("years").unwrap_or(true),
        months: fields.flag("months").unwrap_or(true),
        days: fields.flag("days").unwrap_or(true),
    };
    fields.finish(|_| None);
    dates
}

fn default_feeds(base: &BaseUrl) -> Feeds {
    Feeds {
        formats: FeedFormat::ALL.to_vec(),
        per_term: vec![FeedFormat::Atom],
        limit: 20,
        full: true,
        authority: base.host().to_owned(),
        link_to_source: false,
    }
}

fn feeds(fields: &mut Fields<'_>, base: &BaseUrl) -> Feeds {
    let mut feeds = default_feeds(base);
    if let Some(formats) = formats(fields, "formats") {
        feeds.formats = formats;
    }
    if let Some(formats) = formats(fields, "per_term") {
        feeds.per_term = formats;
    }
    if let Some(limit) = fields.number("limit", 1..=1_000) {
        feeds.limit = usize::try_from(limit).unwrap_or(feeds.limit);
    }
    if let Some(full) = choice(fields, "content", &[("full", true), ("summary", false)]) {
        feeds.full = full;
    }
    if let Some((authority, span)) = fields.spanned("authority") {
        let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '@');
        if authority.chars().all(allowed) {
            feeds.authority = authority;
        } else {
            let problem = fields.file().error("bad-authority", format!("'{authority}' is no authority"), span);
            fields.report(problem.help("write a host name you own, such as example.org"));
        }
    }
    if let Some(link) = choice(fields, "link", &[("article", false), ("source", true)]) {
        feeds.link_to_source = link;
    }
    fields.finish(|_| None);
    feeds
}

fn formats(fields: &mut Fields<'_>, key: &str) -> Option<Vec<FeedFormat>> {
    fields.has(key).then(|| {
        let mut found = Vec::new();
        for (name, span) in fields.strings(key) {
            match FeedFormat::ALL.into_iter().find(|format| format.name() == name) {
                Some(format) if !found.contains(&format) => found.push(format),
                Some(_) => {}
                None => {
                    let problem = fields.file().error("bad-choice", format!("'{name}' is no feed format"), span);
                    fields.report(problem.help("the formats are atom, rss and json"));
                }
            }
        }
        found
    })
}

/// One of a few words.
fn choice<T: Copy>(fields: &mut Fields<'_>, key: &str, choices: &[(&str, T)]) -> Option<T> {
    let (word, span) = fields.spanned(key)?;
    let found = choices.iter().find(|(name, _)| *name == word).map(|(_, value)| *value);
    if found.is_none() {
        let names: Vec<&str> = choices.iter().map(|(name, _)| *name).collect();
        let problem = fields.file().error("bad-choice", format!("'{word}' is no choice for '{key}'"), span);
        fields.report(problem.help(format!("write {}", names.join(" or "))));
    }
    found
}

fn markdown(fields: &mut Fields<'_>) -> Markdown {
    let smart = fields.flag("smart").unwrap_or(true);
    // An empty rel is the way to say that none is wanted, and so no mistake.
    let external_rel = match fields.node("external_rel").map(|node| node.value) {
        Some(Value::String(rel)) => rel.trim().to_owned(),
        _ => String::new(),
    };
    fields.finish(|_| None);
    Markdown { smart, external_rel }
}

fn chosen_slugs(fields: &mut Fields<'_>) -> BTreeMap<String, String> {
    let read = |fields: &mut Fields<'_>| {
        let mut slugs = BTreeMap::new();
        for name in fields.keys() {
            let Some((written, span)) = fields.spanned(&name) else { continue };
            match slug::chosen(&written) {
                Some(slug) => {
                    slugs.insert(name, slug);
                }
                None => {
                    let problem = fields.file().error("bad-slug", format!("'{written}' is not a slug"), span);
                    fields.report(problem.help("a slug is one segment of an address, without '/'"));
                }
            }
        }
        slugs
    };
    fields.table("slugs", read).unwrap_or_default()
}

fn words(fields: &mut Fields<'_>, key: &str) -> BTreeMap<String, String> {
    let read = |fields: &mut Fields<'_>| {
        fields.keys().into_iter().filter_map(|key| fields.string(&key).map(|text| (key, text))).collect()
    };
    fields.table(key, read).unwrap_or_default()
}

fn free(fields: &mut Fields<'_>, key: &str) -> Value {
    match fields.entry(key) {
        Some(entry) if matches!(entry.node.value, Value::Table(_)) => entry.node.value,
        Some(entry) => fields.wrong_type(&entry, "a table").unwrap_or(Value::Table(Table::default())),
        None => Value::Table(Table::default()),
    }
}
