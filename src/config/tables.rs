//! The tables of `site.toml`: permalinks, lists, taxonomies, dates, feeds, Markdown, slugs.

use super::address::BaseUrl;
use super::settings::{Dates, FeedFormat, Feeds, Markdown, Paginate, Permalinks, Taxonomy, TermsFrom};
use crate::diagnostic::nearest;
use crate::slug::{self, Letters};
use crate::tree::{Entry, Fields, Value};
use std::collections::BTreeMap;

pub(super) fn default_permalinks() -> Permalinks {
    Permalinks { article: "/:year/:month/:day/:slug/".to_owned(), letters: Letters::Ascii }
}

pub(super) fn permalinks(fields: &mut Fields<'_>) -> Permalinks {
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
    if let Some(letters) = fields.choice("slugs", &choices) {
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
            return Err((
                format!("'{pattern}' is not a path"),
                "write a path such as /:year/:month/:slug/".to_owned(),
            ));
        }
    }
    if !pattern.contains(":slug") {
        return Err((
            format!("'{pattern}' has no ':slug'"),
            "without it, articles share one address".to_owned(),
        ));
    }
    let end = if pattern.ends_with(".html") { "" } else { "/" };
    Ok(format!("/{}{end}", segments.join("/")))
}

pub(super) fn paginate(fields: &mut Fields<'_>) -> Paginate {
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

/// Every key of an article's front matter: no taxonomy of a site's own can be named after one.
pub const ARTICLE_KEYS: [&str; 26] = [
    "title",
    "date",
    "updated",
    "id",
    "slug",
    "summary",
    "tags",
    "section",
    "place",
    "source",
    "via",
    "original_title",
    "kind",
    "by",
    "lang",
    "image",
    "corrections",
    "related",
    "thread",
    "priority",
    "draft",
    "expires",
    "aliases",
    "template",
    "ednote",
    "extra",
];

/// What templates know of an article besides its front matter, and would lose to a taxonomy of that name.
const TEMPLATE_KEYS: [&str; 17] = [
    "absolute_url",
    "content",
    "date_only",
    "direction",
    "kind",
    "minutes",
    "newer",
    "older",
    "page",
    "site",
    "sources",
    "standfirst",
    "state",
    "toc",
    "url",
    "words",
    "priority",
];

pub(super) fn taxonomies(fields: &mut Fields<'_>) -> Vec<Taxonomy> {
    let built_in =
        |name: &str, from| Taxonomy { name: name.into(), path: name.into(), label: None, feed: true, from };
    let read = |fields: &mut Fields<'_>| {
        let mut found: Vec<Taxonomy> = Vec::new();
        for (name, from) in BUILT_IN {
            match fields.entry(name) {
                None => found.push(built_in(name, from)),
                Some(entry) => {
                    let taxonomy = taxonomy(fields, entry, built_in(name, from), &found);
                    found.extend(taxonomy);
                }
            }
        }
        for name in fields.keys() {
            if let Some(entry) = fields.entry(&name) {
                let taken = ARTICLE_KEYS.contains(&name.as_str()) || TEMPLATE_KEYS.contains(&name.as_str());
                if taken || slug::chosen(&name).is_none() {
                    let message = format!("a taxonomy cannot be named '{name}'");
                    let problem = fields.file().error("bad-taxonomy", message, entry.key_span);
                    let help = if taken {
                        "that word has a meaning of its own in an article"
                    } else {
                        "write one word"
                    };
                    fields.report(problem.help(help));
                    continue;
                }
                let taxonomy = taxonomy(fields, entry, built_in(&name, TermsFrom::OwnKey), &found);
                found.extend(taxonomy);
            }
        }
        found
    };
    let all = || BUILT_IN.iter().map(|(name, from)| built_in(name, *from)).collect();
    fields.table("taxonomies", read).unwrap_or_else(all)
}

/// One taxonomy as the site wants it, beside the `others`; `None` where it is switched off.
fn taxonomy(
    fields: &mut Fields<'_>,
    entry: Entry,
    default: Taxonomy,
    others: &[Taxonomy],
) -> Option<Taxonomy> {
    match entry.node.value {
        Value::Bool(on) => on.then_some(default),
        Value::Table(table) => {
            let file = fields.file();
            let mut problems = Vec::new();
            let mut inner = Fields::new(file, table, &mut problems);
            let path = inner.spanned("path").and_then(|(path, span)| {
                let clean: Option<Vec<String>> =
                    path.trim_matches('/').split('/').map(slug::chosen).collect();
                let Some(clean) = clean else {
                    let problem = file.error("bad-taxonomy", format!("'{path}' is not a path"), span);
                    inner.report(problem.help("write one segment or a few, such as topics"));
                    return None;
                };
                let path = clean.join("/");
                let Some(other) = others.iter().find(|other| other.path == path) else { return Some(path) };
                let message = format!("the taxonomy '{}' has the path '{path}' already", other.name);
                let problem = file.error("bad-taxonomy", message, span);
                inner.report(problem.help("give each a path of its own"));
                None
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

pub(super) fn dates(fields: &mut Fields<'_>) -> Dates {
    let dates = Dates {
        years: fields.flag("years").unwrap_or(true),
        months: fields.flag("months").unwrap_or(true),
        days: fields.flag("days").unwrap_or(true),
    };
    fields.finish(|_| None);
    dates
}

pub(super) fn default_feeds(base: &BaseUrl) -> Feeds {
    Feeds {
        formats: FeedFormat::ALL.to_vec(),
        per_term: vec![FeedFormat::Atom],
        limit: 20,
        full: true,
        authority: base.host().to_owned(),
        link_to_source: false,
    }
}

pub(super) fn feeds(fields: &mut Fields<'_>, base: &BaseUrl) -> Feeds {
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
    if let Some(full) = fields.choice("content", &[("full", true), ("summary", false)]) {
        feeds.full = full;
    }
    if let Some((authority, span)) = fields.spanned("authority") {
        let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '@');
        if authority.chars().all(allowed) {
            feeds.authority = authority;
        } else {
            let problem =
                fields.file().error("bad-authority", format!("'{authority}' is no authority"), span);
            fields.report(problem.help("write a host name you own, such as example.org"));
        }
    }
    if let Some(link) = fields.choice("link", &[("article", false), ("source", true)]) {
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
                    let problem =
                        fields.file().error("bad-choice", format!("'{name}' is no feed format"), span);
                    fields.report(problem.help("the formats are atom, rss and json"));
                }
            }
        }
        found
    })
}

pub(super) fn markdown(fields: &mut Fields<'_>) -> Markdown {
    let smart = fields.flag("smart").unwrap_or(true);
    let external_rel = fields.verbatim("external_rel").map(|(rel, _)| rel).unwrap_or_default();
    fields.finish(|_| None);
    Markdown { smart, external_rel }
}

pub(super) fn chosen_slugs(fields: &mut Fields<'_>) -> BTreeMap<String, String> {
    let read = |fields: &mut Fields<'_>| {
        let mut slugs = BTreeMap::new();
        for name in fields.keys() {
            let Some((written, span)) = fields.spanned(&name) else { continue };
            match slug::chosen(&written) {
                Some(slug) => {
                    slugs.insert(slug::fold(&name), slug);
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
