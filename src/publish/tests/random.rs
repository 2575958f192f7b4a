//! Random plans, edits, errors and hands in the output, one after the other, against what must come of them.

use super::{Site, TestPage, expected, failing, publish_pages, snapshot, text};
use std::collections::BTreeMap;
use std::fs;

/// Numbers that look random and are the same in every run (SplitMix64).
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut number = self.0;
        number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (number ^ (number >> 31)) % bound
    }

    /// A path of one to three parts out of few names, so that files and folders often meet.
    fn path(&mut self) -> String {
        let parts = 1 + self.below(3);
        (0..parts)
            .map(|_| ["a", "b", "ab", "ü", "c.html"][self.below(5) as usize])
            .collect::<Vec<_>>()
            .join("/")
    }

    /// Pages without conflicts.
    fn pages(&mut self) -> BTreeMap<String, String> {
        let mut pages: BTreeMap<String, String> = BTreeMap::new();
        for _ in 0..self.below(12) {
            let path = self.path();
            let clash = |other: &String| {
                path.starts_with(&format!("{other}/")) || other.starts_with(&format!("{path}/"))
            };
            if !pages.keys().any(clash) {
                pages.insert(path, format!("{}", self.below(3)));
            }
        }
        pages
    }
}

#[test]
fn whatever_came_before_the_output_is_that_of_a_clean_build() {
    for seed in 0..12 {
        let mut dice = Dice(seed);
        let site = Site::new();
        let theirs = [("theirs/x", "x"), ("a-b", "y")];
        theirs.iter().for_each(|(path, text)| site.put(path, text));
        let mut now: BTreeMap<String, String> = BTreeMap::new();
        for round in 0..25 {
            let next = dice.pages();
            let mut pages: Vec<TestPage> =
                next.iter().map(|(path, words)| (path.clone(), Ok(text(words)))).collect();
            let fails = dice.below(4) == 0;
            if fails {
                pages.insert(dice.below(pages.len() as u64 + 1) as usize, failing("broken"));
            }
            let changed_by_hand = meddle(&mut dice, &site, &now, &next);
            let before = snapshot(&site.output());
            let result = publish_pages(&pages, &site.target());
            let after = snapshot(&site.output());
            let what = format!("seed {seed}, round {round}: {result:?}\nplan {next:?}");
            assert!(site.leftover_records().is_empty(), "{what}");
            if fails {
                assert!(result.is_err(), "{what}");
                assert_eq!(after, before, "{what}");
                // The hand is taken back, or else the file would be kept if the next plan is without it.
                if let Some(path) = changed_by_hand.filter(|path| site.file(path).is_file()) {
                    site.change(&path, &now[&path]);
                }
                continue;
            }
            let summary = result.expect(&what);
            assert_eq!(summary.written + summary.unchanged, next.len(), "{what}");
            let files: Vec<(&str, &str)> =
                next.iter().map(|(path, words)| (path.as_str(), words.as_str())).collect();
            assert_eq!(after, expected(&[&files[..], &theirs].concat()), "{what}");
            now = next;
        }
    }
}

/// Changes or removes one of our files behind our back: one that is still planned, since what is not planned
/// and was changed is kept.
fn meddle(
    dice: &mut Dice,
    site: &Site,
    now: &BTreeMap<String, String>,
    next: &BTreeMap<String, String>,
) -> Option<String> {
    let both: Vec<&String> = now.keys().filter(|path| next.contains_key(*path)).collect();
    let path = *both.get(dice.below(both.len() as u64 + 1) as usize)?;
    if !site.file(path).is_file() {
        return None;
    }
    match dice.below(3) {
        0 => fs::remove_file(site.file(path)).unwrap(),
        1 => site.change(path, "by hand"),
        _ => site.change(path, &dice.below(3).to_string()),
    }
    Some(path.clone())
}
