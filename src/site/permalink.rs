//! From an article to its address.

use crate::article::Article;
use crate::config::Config;
use chrono::Datelike;

/// The address of an article from the site's home, raw. A pattern's `:section` falls away where there is none.
pub(super) fn address(config: &Config, article: &Article) -> Box<str> {
    let day = article.date.day();
    let section = || article.section.as_deref().map(|section| config.slug(section)).unwrap_or_default();
    let mut address = String::with_capacity(64);
    for segment in config.permalinks.article.split('/') {
        let mut rest = segment;
        let start = address.len();
        while let Some((before, after)) = rest.split_once(':') {
            address.push_str(before);
            let name: usize = after.bytes().take_while(u8::is_ascii_alphabetic).count();
            match &after[..name] {
                "year" => address.push_str(&format!("{:04}", day.year())),
                "month" => address.push_str(&format!("{:02}", day.month())),
                "day" => address.push_str(&format!("{:02}", day.day())),
                "slug" => address.push_str(&article.document.slug),
                _ => address.push_str(&section()),
            }
            rest = &after[name..];
        }
        address.push_str(rest);
        if address.len() > start || address.is_empty() {
            address.push('/');
        }
    }
    if config.permalinks.article.ends_with(".html") {
        address.pop();
    }
    address.into()
}
