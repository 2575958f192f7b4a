//! `[check]`: which addresses `dateline check` leaves alone, how long it waits for those it asks, and what the rules of the
//! preflight weigh.

use crate::tree::Fields;
use std::collections::BTreeMap;
use std::time::Duration;
use wildmatch::WildMatchPattern;

/// `*` is any run of characters. No address holds the other, so that `?`, which many do, stands for itself.
type Pattern = WildMatchPattern<'*', '\0'>;

/// What a rule of the preflight weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// It is not asked.
    Off,
    /// What it finds is a warning.
    Warning,
    /// What it finds is an error.
    Error,
}

impl Level {
    /// Every level by its name.
    const ALL: [(&'static str, Self); 3] =
        [("off", Self::Off), ("warning", Self::Warning), ("error", Self::Error)];
}

/// The rules by their codes, with what they weigh where `[check.levels]` says nothing.
///
/// None is an error: that is for what is wrong whoever writes, and each of these is right for somebody.
pub const RULES: [(&str, Level); 15] = [
    ("missing-source", Level::Warning),
    ("missing-summary", Level::Warning),
    ("missing-place", Level::Warning),
    ("missing-credit", Level::Warning),
    ("cut-headline", Level::Warning),
    ("copied-headline", Level::Warning),
    ("shouting-headline", Level::Warning),
    ("long-headline", Level::Warning),
    ("future-date", Level::Warning),
    ("date-before-source", Level::Warning),
    ("tracking-link", Level::Warning),
    ("copied-text", Level::Warning),
    ("unmarked-press-release", Level::Warning),
    ("lone-tag", Level::Warning),
    ("repeated-story", Level::Warning),
];

/// What is checked, and how.
#[derive(Debug, Clone)]
pub struct Check {
    /// What is not checked: patterns of whole addresses.
    ignore: Vec<Pattern>,
    /// How long a server may take to answer.
    pub timeout: Duration,
    /// What rules weigh that do not weigh what they do by default.
    levels: BTreeMap<&'static str, Level>,
    /// The articles that may repeat another: slugs, files, or addresses from the site's home.
    repeats_allowed: Vec<String>,
}

impl Default for Check {
    fn default() -> Self {
        Self {
            ignore: Vec::new(),
            timeout: Duration::from_secs(20),
            levels: BTreeMap::new(),
            repeats_allowed: Vec::new(),
        }
    }
}

impl Check {
    /// Whether an address, whole and without a fragment, is to be left alone.
    pub fn ignores(&self, address: &str) -> bool {
        self.ignore.iter().any(|pattern| pattern.matches(address))
    }

    /// What a rule weighs.
    pub fn level(&self, rule: &str) -> Level {
        let usual = || RULES.iter().find(|(code, _)| *code == rule).map(|(_, level)| *level);
        self.levels.get(rule).copied().or_else(usual).unwrap_or(Level::Off)
    }

    /// Whether an article may repeat another: by its slug, its file from the site's root, or its address from the home.
    pub fn allows_repeat(&self, slug: &str, file: &str, address: &str) -> bool {
        let address = address.trim_matches('/');
        self.repeats_allowed.iter().any(|name| {
            name == slug || name == file || (!address.is_empty() && name.trim_matches('/') == address)
        })
    }
}

pub(super) fn read(fields: &mut Fields<'_>) -> Check {
    let usual = Check::default();
    let seconds = fields.number("timeout", 1..=120).and_then(|seconds| u64::try_from(seconds).ok());
    let check = Check {
        ignore: ignore(fields),
        timeout: seconds.map_or(usual.timeout, Duration::from_secs),
        levels: fields.table("levels", levels).unwrap_or_default(),
        repeats_allowed: fields.strings("repeats_allowed").into_iter().map(|(name, _)| name).collect(),
    };
    fields.finish(|key| matches!(key, "exclude" | "skip").then(|| "did you mean 'ignore'?".to_owned()));
    check
}

fn levels(fields: &mut Fields<'_>) -> BTreeMap<&'static str, Level> {
    let levels =
        RULES.iter().filter_map(|(rule, _)| Some((*rule, fields.choice(rule, &Level::ALL)?))).collect();
    fields.finish(|_| None);
    levels
}

fn ignore(fields: &mut Fields<'_>) -> Vec<Pattern> {
    let mut patterns = Vec::new();
    for (text, span) in fields.strings("ignore") {
        // A pattern that can match nothing is a mistake that would go unnoticed.
        if !text.starts_with(['h', '*']) {
            let message = format!("'{text}' matches no address: a pattern is held against the whole of one");
            let problem = fields.file().error("bad-pattern", message, span);
            fields
                .report(problem.help("write https://example.org/*, or *://example.org/* for http and https"));
            continue;
        }
        patterns.push(Pattern::new(&text));
    }
    patterns
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_matches_a_whole_address() {
        let check = Check { ignore: vec![Pattern::new("*://a.example/*?q=*")], ..Check::default() };
        assert!(check.ignores("https://a.example/b/c?q=") && check.ignores("http://a.example/?q=d"));
        assert!(!check.ignores("https://a.example/bq=") && !check.ignores("https://b.example/?q="));
    }
}
