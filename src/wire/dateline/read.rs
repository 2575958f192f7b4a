//! What a dateline comes to, while it is read.

use super::super::scan::Cursor;
use super::super::when::Day;
use super::chain::Chain;

/// What was read so far.
#[derive(Debug, Clone, Default)]
pub(super) struct Read<'a> {
    /// What it began with.
    pub(super) opening: Opening,
    /// Where, as it is printed.
    pub(super) place: Option<&'a str>,
    /// What lies around the place.
    pub(super) regions: Vec<Region<'a>>,
    /// When.
    pub(super) day: Option<Day>,
    /// Whether a day of the week is named.
    pub(super) has_weekday: bool,
    /// Who.
    pub(super) chain: Chain,
    /// In how many brackets that is said.
    pub(super) brackets: usize,
    /// Whether a sign parts it from the text.
    pub(super) is_separated: bool,
    /// The last of the signs that were passed over.
    pub(super) last_sign: char,
    /// Whether an agency is what was read last.
    pub(super) ends_in_agency: bool,
    /// Where it ends, without what parts it from the text.
    pub(super) end: usize,
}

/// A country, a state or a province.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Region<'a> {
    /// As it is printed.
    pub(super) name: &'a str,
    /// Whether brackets are around it, and no comma before.
    pub(super) is_in_brackets: bool,
}

/// What a dateline begins with.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Opening {
    /// `PARIS (AFP) –`.
    #[default]
    Place,
    /// `March 12 (Reuters) -`.
    Day,
    /// An agency in brackets: `(ANSA) - ROMA, 22 MAR -`.
    Signed,
    /// A known agency without brackets, which may as well be the first word of a sentence: `AFP, PARIS –`.
    Named,
    /// The whole of it in brackets: `(Beirut, March 12, 2024) –`.
    Enclosed,
}

impl<'a> Read<'a> {
    /// Reads what may not be there, and leaves everything as it was where it is not.
    pub(super) fn attempt(
        &mut self,
        cursor: &mut Cursor<'a>,
        form: impl FnOnce(&mut Self, &mut Cursor<'a>) -> bool,
    ) -> bool {
        let mut read = self.clone();
        let mut next = *cursor;
        let is_read = form(&mut read, &mut next);
        if is_read {
            *self = read;
            *cursor = next;
        }
        is_read
    }
}
