//! Days as copy has them: `25th November, 2021`, `Nov 25`, `30 jun`, `20 giu.`, `2021-11-25`.

pub(super) mod hour;

use super::fold::plain;
use super::scan::Cursor;
use chrono::{Datelike, NaiveDate};
use std::fmt;

/// A day as it is written. The year is left out more often than not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Day {
    year: Option<i32>,
    month: u32,
    day: u32,
    /// Whether month and day may change places: `5/6/2021`.
    is_ambiguous: bool,
}

impl fmt::Display for Day {
    /// As ISO 8601 has it, a year that is not said being `-`: `--11-25`. Of one that is ambiguous both readings: `2021-06-05 or
    /// 2021-05-06`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.year {
            Some(year) => write!(f, "{year:04}-{:02}-{:02}", self.month, self.day)?,
            None => write!(f, "--{:02}-{:02}", self.month, self.day)?,
        }
        if self.is_ambiguous { write!(f, " or {}", self.turned()) } else { Ok(()) }
    }
}

/// For how many years a day is looked for: the 29th of February may be eight years away.
const YEARS: i32 = 8;
/// For how many days news is printed. Of two readings without a year only one within them counts.
const FRESH: i64 = 60;

impl Day {
    /// The day itself. Without a year it is the nearest on or before the day of publication, and without that too, none.
    /// Of one that is ambiguous it is the only reading that was then over, and without that none, too.
    pub fn resolve(self, published: Option<NaiveDate>) -> Option<NaiveDate> {
        if self.is_ambiguous {
            return self.resolve_ambiguous(published?);
        }
        let day = |year| NaiveDate::from_ymd_opt(year, self.month, self.day);
        match (self.year, published) {
            (Some(year), _) => day(year),
            (None, Some(published)) => {
                let mut years = (0..=YEARS).map(|back| published.year() - back);
                years.find_map(|year| day(year).filter(|day| *day <= published))
            }
            (None, None) => None,
        }
    }

    fn resolve_ambiguous(self, published: NaiveDate) -> Option<NaiveDate> {
        let plain = Self { is_ambiguous: false, ..self };
        let is_over = |day: &NaiveDate| {
            *day <= published && (self.year.is_some() || (published - *day).num_days() <= FRESH)
        };
        let readings = [plain, self.turned()].map(|day| day.resolve(Some(published)).filter(is_over));
        match readings {
            [Some(day), None] | [None, Some(day)] => Some(day),
            _ => None,
        }
    }

    /// The same with month and day in each other's place.
    fn turned(self) -> Self {
        Self { year: self.year, month: self.day, day: self.month, is_ambiguous: false }
    }

    /// Whether the year is said.
    pub fn has_year(self) -> bool {
        self.year.is_some()
    }

    fn new(year: Option<i32>, month: u32, day: u32) -> Option<Self> {
        // Of a year that is not said it is not known whether it has a 29th of February.
        let exists = NaiveDate::from_ymd_opt(year.unwrap_or(2000), month, day).is_some();
        exists.then_some(Self { year, month, day, is_ambiguous: false })
    }
}

/// Names of the months and how they are cut short, in English, Spanish, Italian, German, French and Portuguese, folded.
const MONTHS: [&[&str]; 12] = [
    &["january", "jan", "enero", "ene", "gennaio", "gen", "januar", "janner", "janvier", "janv", "janeiro"],
    &[
        "february",
        "feb",
        "febr",
        "febrero",
        "febbraio",
        "februar",
        "feber",
        "fevrier",
        "fevr",
        "fev",
        "fevereiro",
    ],
    &["march", "mar", "mac", "marzo", "marz", "maerz", "mrz", "mars", "marco"],
    &["april", "apr", "abril", "abr", "aprile", "avril", "avr"],
    &["may", "mayo", "maggio", "mag", "mai", "maio"],
    &["june", "jun", "junio", "giugno", "giu", "juni", "juin", "junho"],
    &["july", "jul", "julio", "luglio", "lug", "juli", "juillet", "juil", "julho", "julai"],
    &["august", "aug", "agosto", "ago", "aout", "ogos"],
    &[
        "september",
        "sept",
        "sep",
        "septiembre",
        "setiembre",
        "set",
        "sett",
        "settembre",
        "septembre",
        "setembro",
    ],
    &["october", "oct", "octubre", "ottobre", "ott", "oktober", "okt", "octobre", "outubro", "out"],
    &["november", "nov", "noviembre", "novembre", "novembro"],
    &[
        "december",
        "dec",
        "diciembre",
        "dic",
        "dicembre",
        "dezember",
        "dez",
        "decembre",
        "dezembro",
        "disember",
        "dis",
    ],
];

/// Names of the days of the week in the same languages, folded, and how English cuts them short. Others are left out: `mar` is
/// Tuesday in three of them, and a month in all.
const WEEKDAYS: [&str; 52] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "mon",
    "tue",
    "tues",
    "wed",
    "thu",
    "thur",
    "thurs",
    "fri",
    "sat",
    "sun",
    "lunes",
    "martes",
    "miercoles",
    "jueves",
    "viernes",
    "sabado",
    "domingo",
    "lunedi",
    "martedi",
    "mercoledi",
    "giovedi",
    "venerdi",
    "sabato",
    "domenica",
    "montag",
    "dienstag",
    "mittwoch",
    "donnerstag",
    "freitag",
    "samstag",
    "sonnabend",
    "sonntag",
    "lundi",
    "mardi",
    "mercredi",
    "jeudi",
    "vendredi",
    "samedi",
    "dimanche",
    "segunda",
    "terca",
    "quarta",
    "quinta",
    "sexta",
    "feira",
];

/// What may stand after the number of a day.
const ORDINALS: [&str; 9] = ["st", "nd", "rd", "th", "er", "º", "°", "ª", "."];

/// What may stand before the number of a day, or between it, the month and the year.
const BETWEEN: [&str; 9] = ["of", "de", "del", "di", "le", "el", "il", "den", "am"];

/// Whether a word is the name of a day of the week, or most of one: `thurs`.
pub(super) fn is_weekday(word: &str) -> bool {
    word.len() > 4 && WEEKDAYS.contains(&&*plain(word))
}

/// Whether a word is the name of a month or of a day of the week.
pub(super) fn is_name(word: &str) -> bool {
    let word = plain(word.trim_end_matches('.'));
    WEEKDAYS.contains(&&*word) || MONTHS.iter().any(|names| names.contains(&&*word))
}

/// The day that a text begins with, and how many bytes it takes.
pub(super) fn leading(text: &str) -> Option<(Day, usize)> {
    let mut cursor = Cursor::new(text);
    weekday(&mut cursor);
    let forms = [by_numbers, by_units, by_day, by_month];
    forms.iter().find_map(|form| {
        let mut cursor = cursor;
        let day = form(&mut cursor)?;
        // `25 November 20211` and `May 3rdly` are none.
        let ends = !cursor.peek().is_some_and(char::is_alphanumeric);
        ends.then(|| (day, cursor.at()))
    })
}

/// The day that a text begins with after an hour, and how many bytes they take: `22:10 CET, 3 March 2024`.
pub(super) fn leading_after_hour(text: &str) -> Option<(Day, usize)> {
    let hour = Some(hour::leading(text)).filter(|hour| *hour > 0)?;
    let rest = text[hour..].trim_start_matches([',', ' ']);
    let (day, length) = leading(rest)?;
    Some((day, text.len() - rest.len() + length))
}

/// The day that is all there is of a text, perhaps with an hour before or after it.
pub(super) fn whole(text: &str) -> Option<Day> {
    let text = text.trim();
    let (day, length) = leading(text).or_else(|| leading_after_hour(text))?;
    hour::is_all(&text[length..]).then_some(day)
}

/// The day of a time as pages give it: RFC 3339 as a rule. The day is that of the zone it is given in.
pub(super) fn of_timestamp(time: &str) -> Option<NaiveDate> {
    let time = time.trim();
    let (day, _) = leading(time).or_else(|| leading(time.split('T').next()?))?;
    day.resolve(None)
}

fn weekday(cursor: &mut Cursor<'_>) {
    let mut after = *cursor;
    if after.letters().is_some_and(|word| WEEKDAYS.contains(&&*plain(word))) {
        after.eat('.');
        after.eat(',');
        if after.spaces() {
            *cursor = after;
        }
    }
}

/// `2021-11-25`, `2021/11/25`, `2021. 11. 25`, `25.11.2021`; `25/11/2021` and `25/11`, where it may be either way around.
fn by_numbers(cursor: &mut Cursor<'_>) -> Option<Day> {
    let (first, digits) = cursor.number()?;
    let mark = cursor.peek().filter(|c| matches!(c, '-' | '/' | '.'))?;
    cursor.eat(mark);
    let is_loose = mark == '.' && digits == 4 && cursor.spaces();
    let (second, seconds) = cursor.number()?;
    if !cursor.eat(mark) {
        let is_day = mark == '/' && digits == 2 && seconds == 2;
        return is_day.then(|| by_slashes(None, first, second)).flatten();
    }
    if is_loose {
        cursor.spaces();
    }
    let (third, last) = cursor.number()?;
    match (digits, last, mark) {
        (4, 1..=2, '-' | '/') => Day::new(year(first), second, third),
        (4, 1..=2, '.') if is_loose => Day::new(year(first), second, third),
        (1..=2, 4, '.') => Day::new(year(third), second, first),
        (1..=2, 4, '/' | '-') => by_slashes(Some(year(third)?), first, second),
        _ => None,
    }
}

/// `2021年11月25日`, `2021년 11월 25일`.
fn by_units(cursor: &mut Cursor<'_>) -> Option<Day> {
    let (first, 4) = cursor.number()? else { return None };
    let unit = |cursor: &mut Cursor<'_>, units: [char; 2]| {
        let is_there = units.into_iter().any(|unit| cursor.eat(unit));
        cursor.spaces();
        is_there.then_some(())
    };
    unit(cursor, ['年', '년'])?;
    let (month, _) = cursor.number()?;
    unit(cursor, ['月', '월'])?;
    let (day, _) = cursor.number()?;
    (cursor.eat('日') || cursor.eat('일')).then_some(())?;
    Day::new(year(first), month, day)
}

/// Most write the day first, and some the month.
fn by_slashes(year: Option<i32>, first: u32, second: u32) -> Option<Day> {
    let day_first = Day::new(year, second, first);
    let month_first = Day::new(year, first, second);
    let is_ambiguous = first != second && day_first.is_some() && month_first.is_some();
    day_first.or(month_first).map(|day| Day { is_ambiguous, ..day })
}

/// `25th November, 2021`, `30 jun`, `25 de noviembre de 2021`.
fn by_day(cursor: &mut Cursor<'_>) -> Option<Day> {
    between(cursor);
    let (day, 1..=2) = cursor.number()? else { return None };
    if let Some(ordinal) = ORDINALS.iter().find(|ordinal| cursor.rest().starts_with(**ordinal)) {
        cursor.skip(ordinal.len());
    }
    // `25-Nov-2021`.
    let has_hyphen = cursor.eat('-');
    cursor.spaces();
    between(cursor);
    let month = month(cursor)?;
    if has_hyphen {
        cursor.eat('-').then_some(())?;
    }
    let year = after_comma(cursor);
    Day::new(year, month, day)
}

/// `Nov 25`, `Sept. 2`, `December 14, 2023`.
fn by_month(cursor: &mut Cursor<'_>) -> Option<Day> {
    let month = month(cursor)?;
    cursor.spaces();
    let (day, 1..=2) = cursor.number()? else { return None };
    if let Some(ordinal) = ORDINALS[..5].iter().find(|ordinal| cursor.rest().starts_with(**ordinal)) {
        cursor.skip(ordinal.len());
    }
    let year = after_comma(cursor);
    Day::new(year, month, day)
}

fn month(cursor: &mut Cursor<'_>) -> Option<u32> {
    let name = plain(cursor.letters()?);
    let place = MONTHS.iter().position(|names| names.contains(&&*name))?;
    cursor.eat('.');
    u32::try_from(place + 1).ok()
}

/// The year that follows, with what stands before it.
fn after_comma(cursor: &mut Cursor<'_>) -> Option<i32> {
    let mut after = *cursor;
    after.spaces();
    // `March 12/2024`.
    let _ = after.eat(',') || after.eat('/');
    after.spaces();
    between(&mut after);
    let (number, 4) = after.number()? else { return None };
    let year = year(number).filter(|_| !after.peek().is_some_and(char::is_alphanumeric))?;
    *cursor = after;
    Some(year)
}

/// A number as a year in which there was news by wire.
fn year(number: u32) -> Option<i32> {
    i32::try_from(number).ok().filter(|year| (1800..2200).contains(year))
}

fn between(cursor: &mut Cursor<'_>) {
    let mut after = *cursor;
    if after.letters().is_some_and(|word| BETWEEN.contains(&&*plain(word))) && after.spaces() {
        *cursor = after;
    }
}

#[cfg(test)]
mod tests;
