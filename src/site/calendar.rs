//! Years, months and days that have articles.

use super::id::ArticleId;
use chrono::{Datelike, NaiveDate};
use std::ops::Range;

/// How long a period is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PeriodKind {
    /// A calendar year.
    Year,
    /// A calendar month.
    Month,
    /// A day in the site's zone.
    Day,
}

impl PeriodKind {
    /// From the longest.
    pub const ALL: [Self; 3] = [Self::Year, Self::Month, Self::Day];

    /// The next longer kind.
    pub fn longer(self) -> Option<Self> {
        match self {
            Self::Year => None,
            Self::Month => Some(Self::Year),
            Self::Day => Some(Self::Month),
        }
    }

    /// The name in templates.
    pub fn name(self) -> &'static str {
        match self {
            Self::Year => "year",
            Self::Month => "month",
            Self::Day => "day",
        }
    }

    /// The first day of the period of this kind that `day` lies in.
    fn first_day(self, day: NaiveDate) -> NaiveDate {
        match self {
            Self::Year => day.with_ordinal(1).unwrap_or(day),
            Self::Month => day.with_day(1).unwrap_or(day),
            Self::Day => day,
        }
    }
}

/// A year, a month or a day with at least one article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Period {
    /// How long it is.
    pub kind: PeriodKind,
    /// Its first day.
    pub first: NaiveDate,
    /// Its articles.
    pub articles: Range<ArticleId>,
    /// The months of a year, the days of a month: places in [`Calendar::periods`], newest first.
    pub children: Range<u32>,
    /// The year of a month, the month of a day.
    pub parent: Option<u32>,
}

impl Period {
    fn of(kind: PeriodKind, first: NaiveDate, articles: Range<ArticleId>) -> Self {
        Self { kind, first, articles, children: 0..0, parent: None }
    }

    /// How many articles it has.
    pub fn count(&self) -> usize {
        self.articles.len()
    }

    /// Which period it is.
    pub fn span(&self) -> Span {
        Span { kind: self.kind, first: self.first }
    }
}

/// A year, a month or a day, whether there are articles in it or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Span {
    /// How long it is.
    pub kind: PeriodKind,
    /// Its first day.
    pub first: NaiveDate,
}

impl Span {
    /// That of a kind which a day lies in.
    pub fn around(kind: PeriodKind, day: NaiveDate) -> Self {
        Self { kind, first: kind.first_day(day) }
    }

    /// The period at an address; `None` where it is none of a period.
    pub fn parse(address: &str) -> Option<Self> {
        let mut parts = address.strip_prefix('/')?.strip_suffix('/')?.split('/');
        let year: i32 = parts.next()?.parse().ok()?;
        let (month, day) = (parts.next(), parts.next());
        let kind = match (month, day) {
            (None, _) => PeriodKind::Year,
            (_, None) => PeriodKind::Month,
            _ => PeriodKind::Day,
        };
        let number = |part: Option<&str>| part.map_or(Some(1), |part| part.parse().ok());
        let first = NaiveDate::from_ymd_opt(year, number(month)?, number(day)?)?;
        parts.next().is_none().then_some(Self { kind, first })
    }

    /// Its address from the site's home: `/2021/`, `/2021/11/`, `/2021/11/25/`.
    pub fn address(self) -> String {
        period_address(self.kind, self.first)
    }
}

/// A period as its own page and those around it show it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Overview {
    /// Which it is.
    pub span: Span,
    /// How many articles it has.
    pub count: usize,
    /// The periods in it that have articles, newest first, each with their number.
    pub children: Vec<(Span, usize)>,
    /// The next newer one of its kind.
    pub newer: Option<Span>,
    /// The next older one.
    pub older: Option<Span>,
}

/// The address of the period of a kind that `day` lies in.
pub(super) fn period_address(kind: PeriodKind, day: NaiveDate) -> String {
    let (year, month, day) = (day.year(), day.month(), day.day());
    match kind {
        PeriodKind::Year => format!("/{year:04}/"),
        PeriodKind::Month => format!("/{year:04}/{month:02}/"),
        PeriodKind::Day => format!("/{year:04}/{month:02}/{day:02}/"),
    }
}

/// Every period that has articles: all years, then all months, then all days, each newest first.
#[derive(Debug, Default)]
pub struct Calendar {
    /// The periods.
    pub periods: Vec<Period>,
    years: u32,
    months: u32,
}

impl Calendar {
    /// The calendar of articles that are newest first, each on its day.
    pub(super) fn new(days: &[NaiveDate]) -> Self {
        let days = runs(days);
        let years = joined(&days, PeriodKind::Year);
        let months = joined(&days, PeriodKind::Month);
        let mut calendar = Self {
            years: u32::try_from(years.len()).unwrap_or(u32::MAX),
            months: u32::try_from(months.len()).unwrap_or(u32::MAX),
            periods: years,
        };
        calendar.periods.extend(months);
        calendar.periods.extend(days);
        calendar.join(calendar.of(PeriodKind::Year), calendar.of(PeriodKind::Month));
        calendar.join(calendar.of(PeriodKind::Month), calendar.of(PeriodKind::Day));
        calendar
    }

    /// The places of all periods of a kind, newest first.
    pub fn of(&self, kind: PeriodKind) -> Range<u32> {
        let end = u32::try_from(self.periods.len()).unwrap_or(u32::MAX);
        match kind {
            PeriodKind::Year => 0..self.years,
            PeriodKind::Month => self.years..self.years + self.months,
            PeriodKind::Day => self.years + self.months..end,
        }
    }

    /// A period.
    pub fn period(&self, id: u32) -> &Period {
        &self.periods[id as usize]
    }

    /// The place of a period; `None` where it has no articles.
    pub fn place(&self, span: Span) -> Option<u32> {
        let all = self.of(span.kind);
        let periods = &self.periods[all.start as usize..all.end as usize];
        let at = periods.binary_search_by(|period| span.first.cmp(&period.first)).ok()?;
        Some(all.start + at as u32)
    }

    /// A period and what is around it.
    pub fn overview(&self, id: u32) -> Overview {
        let period = self.period(id);
        let (newer, older) = self.neighbours(id);
        let child = |id: u32| (self.period(id).span(), self.period(id).count());
        Overview {
            span: period.span(),
            count: period.count(),
            children: period.children.clone().map(child).collect(),
            newer: newer.map(|id| self.period(id).span()),
            older: older.map(|id| self.period(id).span()),
        }
    }

    /// The next newer and the next older period of the same kind.
    fn neighbours(&self, id: u32) -> (Option<u32>, Option<u32>) {
        let all = self.of(self.period(id).kind);
        (
            id.checked_sub(1).filter(|newer| all.contains(newer)),
            Some(id + 1).filter(|older| all.contains(older)),
        )
    }

    /// Both ranges are newest first, so a parent's children follow each other.
    fn join(&mut self, parents: Range<u32>, children: Range<u32>) {
        let mut child = children.start;
        for parent in parents {
            let articles = self.period(parent).articles.clone();
            let first = child;
            while children.contains(&child) && articles.contains(&self.period(child).articles.start) {
                self.periods[child as usize].parent = Some(parent);
                child += 1;
            }
            self.periods[parent as usize].children = first..child;
        }
    }
}

/// The days that have articles: runs of articles that share one.
fn runs(days: &[NaiveDate]) -> Vec<Period> {
    let mut end = 0;
    let day = |run: &[NaiveDate]| {
        let start = end;
        end += run.len() as ArticleId;
        Period::of(PeriodKind::Day, run[0], start..end)
    };
    days.chunk_by(|one, other| one == other).map(day).collect()
}

/// The periods of a longer kind: runs of days that lie in one.
fn joined(days: &[Period], kind: PeriodKind) -> Vec<Period> {
    let first = |day: &Period| kind.first_day(day.first);
    let runs = days.chunk_by(|one, other| first(one) == first(other));
    runs.map(|run| {
        let (start, end) = (run[0].articles.start, run[run.len() - 1].articles.end);
        Period::of(kind, first(&run[0]), start..end)
    })
    .collect()
}
