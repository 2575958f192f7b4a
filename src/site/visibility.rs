//! Who is shown: drafts, scheduled and expired items are not, unless asked for.

use super::link::Hidden;
use crate::article::{Article, Documents, Standing};
use crate::date::Moment;
use chrono::{DateTime, FixedOffset, TimeDelta};
use chrono_tz::Tz;
use rayon::prelude::*;
use std::sync::Arc;

/// Which items to show that a reader would not see.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Visibility {
    /// `--drafts`.
    pub drafts: bool,
    /// `--scheduled`.
    pub scheduled: bool,
    /// `--expired`.
    pub expired: bool,
}

/// Whether an item is published, or why it is not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Readers see it.
    Published,
    /// Its front matter says `draft = true`.
    Draft,
    /// Its date is still to come.
    Scheduled,
    /// Its `expires` has passed.
    Expired,
}

impl State {
    /// The name in templates.
    pub fn name(self) -> &'static str {
        match self {
            Self::Published => "published",
            Self::Draft => "draft",
            Self::Scheduled => "scheduled",
            Self::Expired => "expired",
        }
    }

    /// That of an article at a time.
    pub fn of(article: &Article, now: &Moment) -> Self {
        if article.document.draft {
            Self::Draft
        } else if article.date.is_after(now) {
            Self::Scheduled
        } else if article.expires.is_some_and(|expires| expires.is_over(now)) {
            Self::Expired
        } else {
            Self::Published
        }
    }
}

/// The next moment after `now` at which time alone changes what a site shows: an article's date comes, or it expires, or
/// it grows too old for the news sitemap.
pub(super) fn next_turn(
    shown: &[Arc<Article>],
    hidden: &[(Arc<Article>, Hidden)],
    zone: Tz,
    now: &Moment,
) -> Option<DateTime<FixedOffset>> {
    // A bare date lasts through its day.
    let end = |moment: &Moment| match moment.day().succ_opt() {
        Some(next) if moment.date_only => Moment::of_day(next, zone).instant(),
        _ => moment.instant(),
    };
    let next = |article: &Arc<Article>| {
        let stale = end(&article.date).checked_add_signed(FRESH);
        let turns = [Some(article.date.instant()), article.expires.as_ref().map(end), stale];
        turns.into_iter().flatten().filter(|turn| *turn > now.instant()).min()
    };
    let all = shown.par_iter().chain(hidden.par_iter().map(|(article, _)| article));
    all.filter(|article| !article.document.draft).filter_map(next).min()
}

/// For how long an article stands in a news sitemap, by the rules of those who read them.
pub(super) const FRESH: TimeDelta = TimeDelta::days(2);

/// Documents, parted into those that are shown and those that are not.
pub(super) struct Visible {
    pub(super) articles: Vec<(Arc<Article>, State)>,
    pub(super) standing: Vec<Arc<Standing>>,
    pub(super) hidden: Vec<(Arc<Article>, Hidden)>,
    pub(super) hidden_standing: Vec<Arc<Standing>>,
    pub(super) broken: Vec<Arc<str>>,
}

pub(super) fn split(documents: Documents, visibility: Visibility, now: &Moment) -> Visible {
    let mut hidden = Vec::new();
    let mut articles = Vec::with_capacity(documents.articles.len());
    let known = documents.articles.into_par_iter().map(|article| (State::of(&article, now), article));
    for (state, article) in known.collect::<Vec<_>>() {
        let why_not = match state {
            State::Draft if !visibility.drafts => Some(Hidden::Draft),
            State::Scheduled if !visibility.scheduled => Some(Hidden::Scheduled),
            State::Expired if !visibility.expired => Some(Hidden::Expired),
            _ => None,
        };
        match why_not {
            Some(why) => hidden.push((article, why)),
            None => articles.push((article, state)),
        }
    }
    let (standing, hidden_standing): (Vec<Arc<Standing>>, Vec<Arc<Standing>>) =
        documents.standing.into_iter().partition(|page| visibility.drafts || !page.document.draft);
    Visible { articles, standing, hidden, hidden_standing, broken: documents.broken }
}
