//! The order of articles everywhere: by date descending, then priority ascending, then source path.

use super::visibility::State;
use crate::article::Article;
use chrono::{DateTime, NaiveDate, Utc};
use rayon::prelude::*;
use std::cmp::Reverse;
use std::sync::Arc;

/// Articles in their order, and beside each what is asked of all of them in a row.
pub(super) struct Ordered {
    pub(super) articles: Vec<Arc<Article>>,
    pub(super) states: Vec<State>,
    /// The day of each in the site's zone.
    pub(super) days: Vec<NaiveDate>,
}

/// What articles are sorted by. The day comes before the instant, so that a day's articles are together even where
/// clocks were set back over midnight. The last is the place in the order of source paths, in which documents come.
type Key = (Reverse<NaiveDate>, Reverse<DateTime<Utc>>, u8, usize);

/// Sorts articles that come in the order of their source paths. Keys are made once an article: made at each
/// comparison, they would be most of the time that sorting takes.
pub(super) fn sort(articles: Vec<(Arc<Article>, State)>) -> Ordered {
    let keyed = articles.into_par_iter().enumerate().map(|(place, item)| (key(&item.0, place), item));
    let mut keyed: Vec<(Key, (Arc<Article>, State))> = keyed.collect();
    keyed.par_sort_unstable_by_key(|(key, _)| *key);
    let days = keyed.iter().map(|((Reverse(day), ..), _)| *day).collect();
    let (articles, states) = keyed.into_iter().map(|(_, item)| item).unzip();
    Ordered { articles, states, days }
}

fn key(article: &Article, place: usize) -> Key {
    let date = &article.date;
    (Reverse(date.day()), Reverse(date.instant().to_utc()), article.priority, place)
}
