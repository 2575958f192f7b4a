//! From an article to its address.

use crate::article::Article;
use crate::config::Config;
use chrono::{Datelike, NaiveDate};
use rayon::prelude::*;
use std::sync::Arc;

/// The pattern of the settings, taken apart once for all articles.
pub(super) struct Pattern<'a> {
    config: &'a Config,
    segments: Vec<Vec<Part<'a>>>,
}

#[derive(Clone, Copy)]
enum Part<'a> {
    Text(&'a str),
    Year,
    Month,
    Day,
    Slug,
    Section,
}

impl<'a> Pattern<'a> {
    pub(super) fn new(config: &'a Config) -> Self {
        Self { config, segments: config.permalinks.article.split('/').map(parts).collect() }
    }

    /// The addresses of articles, each published on its day.
    pub(super) fn addresses(&self, articles: &[Arc<Article>], days: &[NaiveDate]) -> Vec<Box<str>> {
        let address = |room: &mut String, (article, day): (&Arc<Article>, &NaiveDate)| {
            self.address(article, *day, room)
        };
        articles.par_iter().zip(days).map_init(String::new, address).collect()
    }

    /// The address of an article from the site's home, raw. A `:section` falls away where there is none. It is put
    /// together in `room`, whatever that holds, which saves its growing anew for each.
    pub(super) fn address(&self, article: &Article, day: NaiveDate, room: &mut String) -> Box<str> {
        room.clear();
        for segment in &self.segments {
            let start = room.len();
            for part in segment {
                self.add(*part, article, day, room);
            }
            if room.len() > start || room.is_empty() {
                room.push('/');
            }
        }
        if self.config.permalinks.article.ends_with(".html") {
            room.pop();
        }
        room.as_str().into()
    }

    fn add(&self, part: Part<'_>, article: &Article, day: NaiveDate, address: &mut String) {
        match part {
            Part::Text(text) => address.push_str(text),
            Part::Year => {
                let year = day.year().unsigned_abs();
                push_two(address, year / 100);
                push_two(address, year % 100);
            }
            Part::Month => push_two(address, day.month()),
            Part::Day => push_two(address, day.day()),
            Part::Slug => address.push_str(&article.document.slug),
            Part::Section => {
                if let Some(section) = &article.section {
                    address.push_str(&self.config.slug(section));
                }
            }
        }
    }
}

/// Takes one segment of a pattern apart.
fn parts(segment: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut rest = segment;
    while let Some((before, after)) = rest.split_once(':') {
        let name = after.bytes().take_while(u8::is_ascii_alphabetic).count();
        parts.push(Part::Text(before));
        parts.push(match &after[..name] {
            "year" => Part::Year,
            "month" => Part::Month,
            "day" => Part::Day,
            "slug" => Part::Slug,
            _ => Part::Section,
        });
        rest = &after[name..];
    }
    parts.push(Part::Text(rest));
    parts
}

/// Writes a number below 100 as two digits: `format!` takes longer than all the rest of an address.
fn push_two(address: &mut String, number: u32) {
    for digit in [number / 10, number % 10] {
        address.push(char::from_digit(digit, 10).unwrap_or_default());
    }
}
