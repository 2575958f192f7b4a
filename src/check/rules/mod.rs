//! The preflight: what an editor would still change before an article is published.
//!
//! A rule is a function and a line of a table here, and one of [`RULES`](crate::config::RULES), which has what it weighs. Most look at one article,
//! two at all of them. A rule that is off is not asked.
//!
//! Every article is read once, all in parallel, and what is kept of it is which rules found something. Those that are told of,
//! the newest of each rule, are read once more to say what and where: a site that was never checked is wrong in every
//! article, and nobody reads as many lines.

mod copied_text;
mod dates;
mod headline;
mod item;
mod links;
mod lone_tag;
mod missing;
mod press_release;
mod repeated;

use self::item::{Finding, Item};
use super::stories::Stories;
use crate::article::Article;
use crate::article::markdown::{Prose, prose};
use crate::config::Level;
use crate::date::Moment;
use crate::diagnostic::Diagnostic;
use crate::site::{Site, State, Visibility};
use crate::wire::agencies::Agencies;
use crate::wire::covered::{Covered, Texts};
use rayon::prelude::*;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicU32, Ordering};

/// A rule that looks at one article.
type Rule = fn(&Item<'_>) -> Vec<Finding>;

/// The rules that look at one article, by their codes.
const EACH: [(&str, Rule); 13] = [
    ("missing-source", missing::source),
    ("missing-summary", missing::summary),
    ("missing-place", missing::place),
    ("missing-credit", missing::credit),
    ("cut-headline", headline::cut),
    ("copied-headline", headline::copied),
    ("shouting-headline", headline::shouting),
    ("long-headline", headline::long),
    ("future-date", dates::future),
    ("date-before-source", dates::before_source),
    ("tracking-link", links::tracked),
    ("copied-text", copied_text::copied),
    ("unmarked-press-release", press_release::unmarked),
];
/// The rules that look at all articles together.
const LONE_TAG: &str = "lone-tag";
const REPEATED: &str = "repeated-story";

/// Of how many articles a rule tells: those of two or three days, or the mistake is a habit.
const MOST: usize = 20;

/// Which articles there are to look at, and at what time.
#[derive(Debug, Clone, Copy)]
pub struct Scope {
    /// Which of those are looked at that readers do not see. What is scheduled is in any case: nobody looks when it appears.
    pub visibility: Visibility,
    /// The time of the check.
    pub now: Moment,
}

/// Looks at the articles of a site with every rule that is on. Drafts are not looked at, and no article repeats one,
/// unless `scope` asks for them; nor are those that have expired, but these ran, and can be repeated.
pub fn examine(stories: &Stories<'_>, site: &Site, scope: &Scope) -> Vec<Diagnostic> {
    let is_on = |code: &str| site.config.check.level(code) != Level::Off;
    let each: Vec<(&'static str, Rule)> = EACH.into_iter().filter(|(code, _)| is_on(code)).collect();
    let agencies = Agencies::with(&site.config.wire.agencies);
    let looked_at = |place: u32| match State::of(stories.articles()[place as usize], &scope.now) {
        State::Published | State::Scheduled => true,
        State::Draft => scope.visibility.drafts,
        State::Expired => scope.visibility.expired,
    };
    let (wants_stories, count) = (is_on(REPEATED), stories.articles().len() as u32);
    if each.is_empty() && !wants_stories && !is_on(LONE_TAG) {
        return Vec::new();
    }
    let ran = |place: u32| State::of(stories.articles()[place as usize], &scope.now) != State::Draft;
    // A bit for each rule that found something in an article.
    let rules: Vec<AtomicU32> = (0..count).map(|_| AtomicU32::new(0)).collect();
    let read = |place: u32| {
        let opened = Opened::new(stories, place)?;
        if looked_at(place) {
            let item = opened.item(&agencies, &scope.now);
            let bit =
                |(number, (_, rule)): (usize, &(&str, Rule))| u32::from(!rule(&item).is_empty()) << number;
            rules[place as usize].store(each.iter().enumerate().map(bit).sum(), Ordering::Relaxed);
        }
        let wants_story = wants_stories && (ran(place) || scope.visibility.drafts);
        wants_story.then(|| Stories::story(opened.article, &opened.into_texts()))
    };
    let covered = if wants_stories {
        Covered::new(count, |place| read(place).unwrap_or_default())
    } else {
        (0..count).into_par_iter().for_each(|place| drop(read(place)));
        Covered::default()
    };

    let mut found: Vec<Found> = Vec::new();
    for (number, (code, _)) in each.iter().enumerate() {
        let has = |place: &u32| rules[*place as usize].load(Ordering::Relaxed) & (1 << number) != 0;
        let newest = (0..count).rev().filter(has).take(MOST).map(|place| (place, None)).collect();
        found.push(Found { code, count: (0..count).filter(has).count(), newest });
    }
    let mut add = |code: &'static str, mut findings: Vec<(u32, Finding)>| {
        findings.retain(|(place, _)| looked_at(*place));
        findings.sort_by_key(|(place, _)| Reverse(*place));
        let count = findings.len();
        let newest = findings.into_iter().take(MOST).map(|(place, finding)| (place, Some(finding)));
        found.push(Found { code, count, newest: newest.collect() });
    };
    if is_on(LONE_TAG) {
        add(LONE_TAG, lone_tag::look(stories.articles()));
    }
    if wants_stories {
        add(REPEATED, repeated::look(stories, &covered, site));
    }
    told(stories, site, scope, &agencies, found)
}

/// What a rule found.
#[derive(Debug)]
struct Found {
    code: &'static str,
    /// In how many articles.
    count: usize,
    /// The newest of them, the newest first, with what it is where the rule looks at all articles.
    newest: Vec<(u32, Option<Finding>)>,
}

/// An article's file, read.
struct Opened<'a> {
    article: &'a Article,
    text: String,
    prose: Prose,
    copy: Option<String>,
}

impl<'a> Opened<'a> {
    fn new(stories: &Stories<'a>, place: u32) -> Option<Self> {
        let article = stories.articles()[place as usize];
        let text = stories.file(place)?;
        let prose = prose(&text[article.document.body..]);
        Some(Self { article, text, prose, copy: stories.copy(place) })
    }

    fn item<'b>(&'b self, agencies: &'b Agencies, now: &'b Moment) -> Item<'b> {
        let Self { article, text, prose, copy } = self;
        Item { article, text, prose, copy: copy.as_deref(), agencies, now }
    }

    fn into_texts(self) -> Texts {
        Texts { own: self.prose.text, source: self.copy }
    }
}

/// The newest of what was found, in words and at its lines, and of each rule how many there are besides.
fn told(
    stories: &Stories<'_>,
    site: &Site,
    scope: &Scope,
    agencies: &Agencies,
    found: Vec<Found>,
) -> Vec<Diagnostic> {
    let newest: BTreeSet<u32> =
        found.iter().flat_map(|found| &found.newest).map(|(place, _)| *place).collect();
    let opened: BTreeMap<u32, Opened<'_>> =
        newest.into_iter().filter_map(|place| Some((place, Opened::new(stories, place)?))).collect();
    let mut diagnostics = Vec::new();
    for Found { code, count, newest } in found {
        let problem = |message: String| match site.config.check.level(code) {
            Level::Error => Diagnostic::error(code, message),
            Level::Warning | Level::Off => Diagnostic::warning(code, message),
        };
        let rule = EACH.iter().find(|(own, _)| *own == code).map(|(_, rule)| rule);
        let more = count.saturating_sub(newest.len());
        for (place, finding) in newest {
            let Some(opened) = opened.get(&place) else { continue };
            let item = opened.item(agencies, &scope.now);
            let findings = match (finding, rule) {
                (Some(finding), _) => vec![finding],
                (None, rule) => rule.map(|rule| rule(&item)).unwrap_or_default(),
            };
            let untold = findings.get(MOST).map(|finding| finding.place.clone());
            let count = findings.len();
            diagnostics.extend(findings.into_iter().take(MOST).map(|Finding { place, message, help }| {
                item.locate(problem(message).help(help).note(format!("by the rule {code}")), &place)
            }));
            if let Some(place) = untold {
                let message =
                    format!("{} more in this article by the rule {code}, from here on", count - MOST);
                diagnostics.push(item.locate(problem(message), &place));
            }
        }
        if more > 0 {
            let (articles, are) = if more == 1 { ("article", "is") } else { ("articles", "are") };
            let help = format!(
                "mend the newest, which are named; or, under [check.levels] in site.toml: {code} = \"off\""
            );
            diagnostics
                .push(problem(format!("{more} more {articles} {are} found by the rule {code}")).help(help));
        }
    }
    diagnostics
}

#[cfg(test)]
mod tests;
