//! `[check]`: which addresses `dateline check` leaves alone, and how long it waits for those it asks.

use crate::tree::Fields;
use std::time::Duration;
use wildmatch::WildMatchPattern;

/// `*` is any run of characters. No address holds the other, so that `?`, which many do, stands for itself.
type Pattern = WildMatchPattern<'*', '\0'>;

/// How links are checked.
#[derive(Debug, Clone)]
pub struct Check {
    /// What is not checked: patterns of whole addresses.
    ignore: Vec<Pattern>,
    /// How long a server may take to answer.
    pub timeout: Duration,
}

impl Default for Check {
    fn default() -> Self {
        Self { ignore: Vec::new(), timeout: Duration::from_secs(20) }
    }
}

impl Check {
    /// Whether an address, whole and without a fragment, is to be left alone.
    pub fn ignores(&self, address: &str) -> bool {
        self.ignore.iter().any(|pattern| pattern.matches(address))
    }
}

pub(super) fn read(fields: &mut Fields<'_>) -> Check {
    let usual = Check::default();
    let seconds = fields.number("timeout", 1..=120).and_then(|seconds| u64::try_from(seconds).ok());
    let check = Check { ignore: ignore(fields), timeout: seconds.map_or(usual.timeout, Duration::from_secs) };
    fields.finish(|key| matches!(key, "exclude" | "skip").then(|| "did you mean 'ignore'?".to_owned()));
    check
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
