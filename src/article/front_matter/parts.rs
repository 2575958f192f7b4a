//! The parts of front matter that are more than a word: sources, pictures, corrections, moments.

use crate::article::model::{Access, Correction, Image, Source, Template, Via};
use crate::config::{ARTICLE_KEYS, Config, Language};
use crate::date::Moment;
use crate::diagnostic::Location;
use crate::tree::Fields;
use chrono::NaiveDate;
use std::ops::Range;

/// A table of front matter being read, and the settings it is read under.
pub(super) struct Scope<'f, 'a> {
    pub(super) fields: &'f mut Fields<'a>,
    pub(super) config: &'f Config,
}

/// Splits a `YYYY-MM-DD-` off the front of a file's name.
pub(super) fn split_name(name: &str) -> (Option<NaiveDate>, &str) {
    let day = name.get(..10).and_then(|day| NaiveDate::parse_from_str(day, "%Y-%m-%d").ok());
    match (day, name.get(10..)) {
        (Some(day), Some(rest)) => (Some(day), rest.trim_start_matches(['-', '_', ' '])),
        _ => (None, name),
    }
}

/// What looks like the date at the front of a file's name and is none, such as `2021-02-30`.
pub(super) fn misnamed_day(name: &str) -> Option<&str> {
    let shape =
        |(at, byte): (usize, u8)| if matches!(at, 4 | 7) { byte == b'-' } else { byte.is_ascii_digit() };
    name.get(..10).filter(|day| day.bytes().enumerate().all(shape) && split_name(name).0.is_none())
}

/// Keys that other generators know, and taxonomies that are switched off.
pub(super) fn misplaced(key: &str, config: &Config) -> Option<String> {
    Some(match key {
        "categories" | "category" => "the desk is 'section'; other groupings are 'tags'".to_owned(),
        "tag" => "did you mean 'tags'?".to_owned(),
        "author" | "authors" => {
            "who wrote our text is 'by'; the source's author is 'author' under [source]".to_owned()
        }
        "description" | "excerpt" => "did you mean 'summary'?".to_owned(),
        "published" | "publishDate" | "pubDate" => "did you mean 'date'?".to_owned(),
        "lastmod" | "modified" => "did you mean 'updated'?".to_owned(),
        "expiryDate" => "did you mean 'expires'?".to_owned(),
        "layout" => "did you mean 'template'?".to_owned(),
        "location" | "city" => "the dateline's place is 'place'".to_owned(),
        "url" | "link" | "name" | "agencies" | "access" => format!("'{key}' belongs under [source]"),
        "taxonomies" | "params" => {
            let names: Vec<&str> = config.taxonomies.iter().map(|taxonomy| taxonomy.name.as_str()).collect();
            format!(
                "taxonomies are keys of their own ({}); free values stand under [extra]",
                names.join(", ")
            )
        }
        _ => return None,
    })
}

/// In TOML a key belongs to the table above it, which is easily overlooked.
pub(super) fn above(table: &str, key: &str) -> Option<String> {
    ARTICLE_KEYS.contains(&key).then(|| format!("move it above {table}: '{key}' is the article's"))
}

impl Scope<'_, '_> {
    pub(super) fn text(&mut self, key: &str) -> Option<Box<str>> {
        self.fields.string(key).map(Into::into)
    }

    pub(super) fn texts(&mut self, key: &str) -> Vec<Box<str>> {
        self.fields.strings(key).into_iter().map(|(text, _)| text.into()).collect()
    }

    /// A date as the site sees it, and where it stands.
    pub(super) fn moment(&mut self, key: &str) -> Option<(Moment, Range<usize>)> {
        let (given, span) = self.fields.date(key)?;
        let (moment, moved) = given.resolve(self.config.timezone);
        if !moment.has_plain_year() {
            let problem = self.fields.file().error("bad-date", "the year must have four digits", span);
            self.fields.report(problem);
            return None;
        }
        if moved {
            let message = format!(
                "the clocks of {} skipped this time; it is taken as {}",
                self.config.timezone,
                moment.rfc3339()
            );
            let problem = self.fields.file().warning("skipped-time", message, span.clone());
            self.fields.report(problem.help("write the time with its offset from UTC, such as +01:00"));
        }
        Some((moment, span))
    }

    pub(super) fn template(&mut self) -> Option<Template> {
        let (name, span) = self.fields.spanned("template")?;
        let location = Box::new(Location::in_text(self.fields.file().text, span));
        Some(Template { name: name.into(), location })
    }

    pub(super) fn source(&mut self, span: &Range<usize>) -> Option<Source> {
        let named = self.fields.has("url") || self.fields.has("name");
        let url = self.address("url");
        let mut source = Source {
            author: self.text("author"),
            date: self.moment("date").map(|(moment, _)| moment),
            lang: self.language_tag("lang"),
            access: self.fields.choice("access", &Access::ALL).unwrap_or_default(),
            agencies: self.texts("agencies"),
            dateline: self.text("dateline"),
            ..Source::default()
        };
        let name = self.text("name").or_else(|| url.as_deref().and_then(host).map(Into::into));
        source.url = url;
        let Some(name) = name.or_else(|| source.agencies.first().cloned()) else {
            // A name or an address that is none has been reported as such.
            if !named {
                let file = self.fields.file();
                let problem = file.error("missing-key", "a source needs a 'name' or a 'url'", span.clone());
                self.fields.report(problem.help("add a line such as name = \"Reuters\" under [source]"));
            }
            return None;
        };
        source.name = name;
        Some(source)
    }

    /// A language tag, checked.
    pub(super) fn language_tag(&mut self, key: &str) -> Option<Box<str>> {
        let (tag, span) = self.fields.spanned(key)?;
        if Language::parse(&tag).is_none() {
            let problem =
                self.fields.file().error("bad-language", format!("'{tag}' is not a language tag"), span);
            self.fields.report(problem.help("write a BCP 47 tag, such as en, en-GB or ur"));
            return None;
        }
        Some(tag.into())
    }

    pub(super) fn via(&mut self) -> Option<Via> {
        let config = self.config;
        let read = |fields: &mut Fields<'_>| {
            let mut scope = Scope { fields, config };
            let there = scope.fields.has("name") || scope.fields.has("url");
            let (name, url) = (scope.text("name"), scope.address("url"));
            if !there {
                scope.fields.missing("name", "write via = { name = \"…\", url = \"…\" }");
            }
            scope.fields.finish(|key| above("[via]", key));
            name.or_else(|| url.as_deref().and_then(host).map(Into::into)).map(|name| Via { name, url })
        };
        self.fields.table("via", read).flatten()
    }

    pub(super) fn image(&mut self) -> Option<Image> {
        let file = self.fields.file();
        let config = self.config;
        self.fields
            .table("image", |fields| {
                let mut scope = Scope { fields, config };
                let there = scope.fields.has("src");
                let src = scope.fields.spanned("src");
                let alt = scope.fields.has("alt").then(|| scope.text("alt"));
                let (credit, caption) = (scope.text("credit"), scope.text("caption"));
                scope.fields.finish(|key| above("[image]", key));
                let Some((src, span)) = src else {
                    if !there {
                        let help = "write image = { src = \"photo.jpg\", alt = \"what it shows\" }";
                        scope.fields.missing("src", help);
                    }
                    return None;
                };
                if alt.is_none() {
                    let problem =
                        file.error("missing-alt", format!("the picture '{src}' has no 'alt'"), span.clone());
                    scope.fields.report(problem.help("say in words what it shows: alt = \"…\""));
                }
                let location = Location::in_text(file.text, span);
                Some(Image { src: src.into(), alt: alt.flatten()?, credit, caption, location })
            })
            .flatten()
    }

    pub(super) fn corrections(&mut self) -> Vec<Correction> {
        let config = self.config;
        let read = |fields: &mut Fields<'_>, span: Range<usize>| {
            let mut scope = Scope { fields, config };
            let there = scope.fields.has("date") && scope.fields.has("text");
            let (date, text) = (scope.moment("date"), scope.text("text"));
            scope.fields.finish(|key| above("[[corrections]]", key));
            if !there {
                let problem =
                    scope.fields.file().error("missing-key", "a correction needs 'date' and 'text'", span);
                scope.fields.report(problem.help("write { date = 2021-11-26, text = \"…\" }"));
            }
            Some(Correction { date: date?.0, text: text? })
        };
        self.fields.tables("corrections", read).into_iter().flatten().collect()
    }

    /// An absolute address on the web.
    fn address(&mut self, key: &str) -> Option<Box<str>> {
        let (url, span) = self.fields.spanned(key)?;
        let sound = host(&url).is_some() && !url.contains(|c: char| c.is_whitespace() || c.is_control());
        if !sound {
            let problem =
                self.fields.file().error("bad-url", format!("'{url}' is not an address on the web"), span);
            self.fields.report(problem.help("write it whole, such as https://example.org/story"));
        }
        sound.then(|| url.into())
    }
}

/// The host of an absolute address, without `www.` and port.
fn host(url: &str) -> Option<&str> {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"))?;
    let host = rest.split(['/', '?', '#', ':']).next().filter(|host| !host.is_empty())?;
    Some(host.strip_prefix("www.").unwrap_or(host))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_split_off_a_name() {
        let day = NaiveDate::from_ymd_opt(2021, 11, 25);
        assert_eq!(split_name("2021-11-25-red-line"), (day, "red-line"));
        assert_eq!(split_name("2021-11-25"), (day, ""));
        assert_eq!(split_name("2021-13-25-x"), (None, "2021-13-25-x"));
        assert_eq!(split_name("ünïcödé-name"), (None, "ünïcödé-name"));
        assert_eq!(misnamed_day("2021-13-25-x"), Some("2021-13-25"));
        assert_eq!((misnamed_day("2021-12-25-x"), misnamed_day("ünïcödé-name")), (None, None));
    }

    #[test]
    fn the_host_names_a_source() {
        assert_eq!(host("https://www.example.org/a"), Some("example.org"));
        assert_eq!(host("http://example.org:80"), Some("example.org"));
        assert_eq!(host("example.org"), None);
    }
}
