//! What stands around a story and is none of it: labels above, credits and end marks below. Whole lines only.

mod published;
mod words;

use self::words::{
    CREDITS, DESK, END, HEADLINE_LABELS, INPUTS, INPUTS_FROM, NEWSROOM, OWN_DESK, PICTURE, POINTERS,
    PRESS_RELEASE, RELEASE_NUMBER, WEAK_POINTERS,
};
use super::byline;
use super::fold::folded;
use super::when;

/// The longest line that can be furniture, in characters. A paragraph of the story is longer as a rule.
const LONGEST: usize = 320;

/// What a line is that is none of the story.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Furniture {
    /// For those at the desk: `(LEAD)`, `(ATTN: …)`.
    Desk,
    /// Of a picture: who made it.
    Picture,
    /// A button or a counter of the page it was scraped from.
    OfPage,
    /// To another story.
    Pointer,
    /// Who helped, or whom to ask.
    Help(&'static str),
    /// Whose it is.
    Copyright,
    /// Who wrote it, and perhaps when it was published.
    Byline { name: String, day: Option<when::Day> },
    /// When it was published.
    Published(when::Day),
    /// That it is a press release.
    PressRelease,
    /// Who reported, wrote and edited it: `(Reporting by …; Editing by …)`.
    Credits { reporters: Option<String> },
    /// Who wrote it first, by a name that need not be known: `Source: Our Friends`.
    Origin(String),
    /// The end.
    End,
}

impl Furniture {
    /// Why it is left out, in words.
    pub(super) fn why(&self) -> &'static str {
        match self {
            Self::Desk => "label for the desk",
            Self::Picture => "line of a picture",
            Self::OfPage => "part of the page it was scraped from",
            Self::Pointer => "pointer to another story",
            Self::Help(why) => why,
            Self::Copyright => "copyright line",
            Self::Byline { .. } => "byline",
            Self::Published(_) => "date of publication",
            Self::PressRelease => "mark of a press release",
            Self::Credits { .. } => "credits",
            Self::Origin(_) => "credit line",
            Self::End => "end mark",
        }
    }

    /// The day of a line of publication, as that stands in it.
    pub(super) fn day(&self) -> Option<when::Day> {
        match self {
            Self::Published(day) => Some(*day),
            Self::Byline { day, .. } => *day,
            _ => None,
        }
    }
}

/// What a line above the story is, where it is none of it.
pub(super) fn head(line: &str) -> Option<Furniture> {
    let line = line.trim();
    if line.chars().count() > LONGEST {
        return None;
    }
    let inner = line.strip_prefix('(').and_then(|inner| inner.strip_suffix(')')).unwrap_or(line);
    let words = folded(inner);
    match () {
        () if is_rule(line) => Some(Furniture::End),
        () if PRESS_RELEASE.contains(&&*words) || begins(&words, &RELEASE_NUMBER) => {
            Some(Furniture::PressRelease)
        }
        () if is_desk_label(inner, line.starts_with('('), &words) => Some(Furniture::Desk),
        () if is_of_page(&words) || is_ago(&words) || published::is_hour(line) => Some(Furniture::OfPage),
        () if (line.starts_with('©') || begins(&words, &PICTURE)) && line.chars().count() < 200 => {
            Some(Furniture::Picture)
        }
        () => {
            let byline = byline::read(line).map(|(name, day)| Furniture::Byline { name, day });
            let credits = || byline::role(inner).map(|reporters| Furniture::Credits { reporters });
            let desk =
                || (is_own_desk(&words) || is_job(line)).then_some(Furniture::Credits { reporters: None });
            let day = || published::day(line).map(Furniture::Published);
            byline.or_else(day).or_else(credits).or_else(desk)
        }
    }
}

/// The day of publication, where a part of a line tells it: `PTI / Updated: May 12, 2025, 09:10 IST`.
pub(super) fn day_in(line: &str) -> Option<when::Day> {
    line.split(['/', '|']).find_map(|part| published::day(part.trim()))
}

/// What a line below the story is, where it is none of it.
pub(super) fn tail(line: &str) -> Option<Furniture> {
    let line = line.trim();
    if line.chars().count() > LONGEST {
        return None;
    }
    let inner = line.trim_matches(['(', ')', '[', ']']).trim();
    let words = folded(inner);
    let (origin, role) = (origin(inner), byline::role(inner));
    match () {
        () if words.starts_with("advertorial disclaimer") => Some(Furniture::PressRelease),
        () if words.is_empty() || END.contains(&&*words) => Some(Furniture::End),
        () if begins_with_name(inner, &words, &CREDITS) || is_newsroom(inner, &words) => {
            Some(Furniture::Credits { reporters: byline::reporters(inner) })
        }
        () if origin.is_some() => origin.map(Furniture::Origin),
        () if role.is_some() => role.map(|reporters| Furniture::Credits { reporters }),
        () if line.starts_with("((") || (line.split(' ').count() <= 4 && line.contains('@')) => {
            Some(Furniture::Help("line for whom to ask"))
        }
        () if initials(line) > 0 => Some(Furniture::Help("initials of the desk")),
        () if words.ends_with("contributed to this report") || is_of_writers(&words) => {
            Some(Furniture::Help("credit line"))
        }
        () if begins(&words, &INPUTS) || begins_with_name(inner, &words, &INPUTS_FROM) => {
            Some(Furniture::Help("credit line"))
        }
        () if is_pointer(line, &WEAK_POINTERS) => Some(Furniture::Pointer),
        () if is_copyright(line, &words) => Some(Furniture::Copyright),
        () if words.starts_with("like ") && words.contains(" on facebook follow ") => {
            Some(Furniture::Pointer)
        }
        () => anywhere(line).or_else(|| published::day(line).map(Furniture::Published)),
    }
}

/// What a line is that may stand in the midst of a story and is none of it: `Read more: …`.
pub(super) fn anywhere(line: &str) -> Option<Furniture> {
    if line.chars().count() > LONGEST {
        return None;
    }
    if is_pointer(line, &POINTERS) || line.starts_with("RELATED:") {
        return Some(Furniture::Pointer);
    }
    is_of_page(&folded(line)).then_some(Furniture::OfPage)
}

/// Whether a line goes on after its first sign as a sentence does: `Read more: that is what the teacher told the children.`
fn is_sentence(line: &str) -> bool {
    let after = line
        .find([':', '：', '|', '>', '©'])
        .map_or("", |at| line[at..].trim_start_matches(|c: char| !c.is_alphanumeric()));
    line.ends_with('.') && after.starts_with(char::is_lowercase)
}

/// Whether a line is one of some labels, alone or with a colon and more after it.
fn is_pointer(line: &str, labels: &[&str]) -> bool {
    let label = folded(line.split([':', '：', '|', '>']).next().unwrap_or_default());
    line.chars().count() <= LONGEST && !is_sentence(line) && labels.contains(&&*label)
}

/// Whether a line is furniture whatever stands around it, so that it is no part of a paragraph that was wrapped.
pub(super) fn is_never_wrapped(line: &str) -> bool {
    // `and/or` may stand at the end of a paragraph.
    !(1..=2).contains(&initials(line))
        && tail(line).is_some_and(|found| !matches!(found, Furniture::Copyright))
}

/// A headline without what agencies put before it: `UPDATE 1-`, `(LEAD)`, `BREAKING:`.
pub(super) fn without_label(headline: &str) -> &str {
    let mut rest = headline;
    while let Some(after) = after_label(rest) {
        rest = after;
    }
    rest
}

fn after_label(headline: &str) -> Option<&str> {
    if let Some(inner) = headline.strip_prefix('(') {
        let (label, rest) = inner.split_once(')')?;
        return (is_desk_label(label, true, &folded(label)) && !rest.trim().is_empty())
            .then(|| rest.trim_start());
    }
    let end = headline.find(['-', ':', '–', '—', '|'])?;
    let (label, rest) = headline.split_at(end);
    let rest = rest.trim_start_matches(['-', ':', '–', '—', '|', ' ']);
    let label = label.trim();
    let is_large = !label.chars().any(char::is_lowercase) || label.ends_with(|c: char| c.is_ascii_digit());
    let name = label.trim_end_matches(|c: char| c.is_ascii_digit() || c == ' ');
    (is_large && HEADLINE_LABELS.contains(&&*folded(name)) && !rest.is_empty()).then_some(rest)
}

fn is_desk_label(inner: &str, in_brackets: bool, words: &str) -> bool {
    let is_lead = |words: &str| {
        let mut words = words.split(' ');
        let last = words.next_back().unwrap_or_default();
        let number = |word: &str| word.chars().next().is_some_and(|c| c.is_ascii_digit());
        matches!(last, "lead" | "ld" | "writethru") && words.all(number)
    };
    let label =
        if in_brackets { words } else { &folded(inner.split_once(':').map_or("", |(label, _)| label)) };
    if is_sentence(inner) {
        return false;
    }
    let begins_with_desk = DESK.iter().any(|desk| {
        label.strip_prefix(desk).is_some_and(|rest| rest.is_empty() || (in_brackets && rest.starts_with(' ')))
    });
    let is_plain = matches!(
        words,
        "urgent"
            | "breaking"
            | "breaking news"
            | "exclusive"
            | "updated"
            | "flash"
            | "advisory"
            | "news focus"
            | "recasts"
            | "news provided by"
    );
    is_lead(words)
        || is_plain
        || begins_with_desk
        || (in_brackets && words.split(' ').count() <= 3 && words.ends_with(" focus"))
}

/// `AP writers Ada Byron and Bo Li contributed.`
fn is_of_writers(words: &str) -> bool {
    (words.starts_with("ap writer") || words.starts_with("associated press writer"))
        && words.ends_with(" contributed")
}

/// What somebody is, on a line below his name: `AP Business Writer`.
fn is_job(line: &str) -> bool {
    const JOBS: [&str; 5] = ["Writer", "Correspondent", "Reporter", "Editor", "Journalist"];
    const MOST_WORDS: usize = 4;
    let count = line.split(' ').count();
    (2..=MOST_WORDS).contains(&count)
        && line.split(' ').all(|word| word.starts_with(char::is_uppercase))
        && line.split(' ').next_back().is_some_and(|last| JOBS.contains(&last))
}

/// How long ago it was published: `3 weeks ago`.
fn is_ago(words: &str) -> bool {
    const MOST_WORDS: usize = 3;
    words.ends_with(" ago")
        && words.split(' ').count() <= MOST_WORDS
        && words.starts_with(|c: char| c.is_ascii_digit() || c == 'a')
}

/// The paper's own people, whose names it does not give: `Our Correspondent`, `The Hindu Bureau`.
pub(super) fn is_own_desk(words: &str) -> bool {
    const MOST_WORDS: usize = 4;
    let ends = [" bureau", " news", " news service", " news desk", " web desk", " staff"];
    OWN_DESK.contains(&words)
        || (words.split(' ').count() <= MOST_WORDS && ends.iter().any(|end| words.ends_with(end)))
}

/// Buttons and counters of pages, folded and whole.
fn is_of_page(words: &str) -> bool {
    const WHOLE: [&str; 29] = [
        "explore more on these topics",
        "reuse this content",
        "share",
        "tweet",
        "print",
        "email",
        "e mail",
        "whatsapp",
        "facebook",
        "twitter",
        "linkedin",
        "telegram",
        "copy link",
        "advertisement",
        "ad",
        "comments",
        "listen",
        "listen to article",
        "listen to this article",
        "follow us",
        "subscribe",
        "sign up",
        "save",
        "share this",
        "share this article",
        "follow",
        "share on facebook",
        "share on twitter",
        "publicidad",
    ];
    const READING_TIMES: [&str; 3] = [" min read", " minute read", " minutes read"];
    const MOST_BEFORE: usize = 3;
    // `World · 3 min read`, `5-8 min read`, and no sentence about what takes so long to read.
    let is_number = |word: &str| word.bytes().all(|byte| byte.is_ascii_digit());
    let is_before = |before: &str| {
        before.split(' ').count() <= MOST_BEFORE && before.split(' ').next_back().is_some_and(is_number)
    };
    let is_reading_time = READING_TIMES.iter().any(|time| words.strip_suffix(time).is_some_and(is_before));
    WHOLE.contains(&words) || is_reading_time
}

/// Whether a line begins with some words and goes on with a name, or with agencies: `Editing by Bo Li`, and not `Editing by hand`.
fn begins_with_name(line: &str, words: &str, beginnings: &[&str]) -> bool {
    beginnings.iter().any(|beginning| {
        let is_before =
            words.strip_prefix(beginning).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '));
        let next = line.split_whitespace().nth(beginning.split(' ').count()).unwrap_or_default();
        is_before
            && (!next.starts_with(char::is_lowercase)
                || matches!(next.trim_end_matches('.'), "agencies" | "agency" | "wires"))
    })
}

/// `Redacción EFE`, and no sentence about a paper of such a name.
fn is_newsroom(line: &str, words: &str) -> bool {
    const MOST_WORDS: usize = 4;
    begins(words, &NEWSROOM) && words.split(' ').count() <= MOST_WORDS && !line.ends_with('.')
}

fn begins(words: &str, beginnings: &[&str]) -> bool {
    beginnings.iter().any(|beginning| {
        words.strip_prefix(beginning).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
    })
}

/// What stands after a label of the source: `Source: IANS`, `SOURCE Acme Corp.`.
pub(super) fn after_source(line: &str) -> Option<&str> {
    const LABELS: [&str; 9] =
        ["source", "sources", "fuente", "fonte", "quelle", "origin", "credit", "via", "agency"];
    let (label, name) =
        line.split_once([':', '：']).or_else(|| line.strip_prefix("SOURCE ").map(|name| ("source", name)))?;
    const LONGEST_LABEL: usize = 20;
    (label.len() <= LONGEST_LABEL && LABELS.contains(&&*folded(label))).then(|| without_stop(name.trim()))
}

/// A name without the full stop of its sentence, but with that of `Inc.`
fn without_stop(name: &str) -> &str {
    const SHORT: [&str; 5] = ["Inc.", "Ltd.", "Corp.", "Co.", "S.A."];
    if SHORT.iter().any(|end| name.ends_with(end)) { name } else { name.trim_end_matches('.') }
}

/// A name that stands alone after such a label.
fn origin(line: &str) -> Option<String> {
    const MOST_WORDS: usize = 6;
    let is_capital = |word: &str| {
        !word.starts_with(char::is_lowercase) || matches!(word, "of" | "the" | "and" | "de" | "del" | "di")
    };
    let name = after_source(line)?;
    let is_name = name.contains(char::is_alphabetic)
        && name.split_whitespace().count() <= MOST_WORDS
        && name.split_whitespace().all(is_capital)
        && !name.contains("://");
    is_name.then(|| name.to_owned())
}

/// `***`, `-----`: one dash may be a part of a dateline that was torn.
fn is_rule(line: &str) -> bool {
    let signs: Vec<char> = line.chars().filter(|c| !c.is_whitespace()).collect();
    signs.len() >= 3 && signs.iter().all(|c| "*-_=~•–—".contains(*c))
}

/// How many wrote and edited it, in letters: `jmg/lss/pcc`, `ABC // DEF`, `bur-kao/vl`, `ANU`.
fn initials(line: &str) -> usize {
    let is_large = line.contains("//") || !line.contains('/');
    let is_one = |part: &str| {
        let is_letter = |byte: u8| match is_large {
            true => byte.is_ascii_uppercase(),
            false => byte.is_ascii_lowercase() || byte.is_ascii_digit(),
        };
        (2..=4).contains(&part.len()) && part.bytes().all(is_letter)
    };
    let parts = || line.split(['/', '-']).map(str::trim).filter(|part| !part.is_empty());
    let is_begun = line.starts_with(|c: char| c.is_ascii_alphabetic());
    if is_begun && !line.contains("--") && parts().all(is_one) { parts().count() } else { 0 }
}

fn is_copyright(line: &str, words: &str) -> bool {
    const RIGHTS: [&str; 9] = [
        "all rights reserved",
        "riproduzione riservata",
        "alle rechte vorbehalten",
        "tous droits réservés",
        "tous droits reserves",
        "todos los derechos reservados",
        "reproduction prohibited",
        "todos os direitos reservados",
        "no part of this",
    ];
    let begins = line.starts_with('©')
        || line.starts_with("(c) ")
        || line.starts_with("(C) ")
        || is_copyright_of_a_year(words);
    let is_short = line.chars().count() <= 200;
    is_short && !is_sentence(line) && (begins || RIGHTS.iter().any(|rights| words.contains(rights)))
}

fn is_copyright_of_a_year(words: &str) -> bool {
    const MOST_WORDS: usize = 8;
    let rest = words.strip_prefix("copyright ").map(|rest| rest.trim_start_matches("c "));
    let is_year = |word: &str| word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit());
    rest.is_some_and(|rest| {
        rest.starts_with(|c: char| c.is_ascii_digit())
            || (rest.split(' ').count() <= MOST_WORDS && rest.split(' ').any(is_year))
    })
}

#[cfg(test)]
mod tests;
