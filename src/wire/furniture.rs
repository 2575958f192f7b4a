//! What stands around a story and is none of it: labels above, credits and end marks below. Whole lines only.

use super::byline;
use super::fold::folded;
use super::when;
use chrono::NaiveDate;

/// The longest line that can be furniture, in characters. A paragraph of the story is longer as a rule.
const LONGEST: usize = 320;

/// What a line is that is none of the story.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Furniture {
    /// For those at the desk: `(LEAD)`, `(ATTN: …)`, a button of the page it was scraped from.
    Label(&'static str),
    /// Who wrote it, and perhaps when it was published.
    Byline { name: String, day: Option<when::Day> },
    /// When it was published.
    Published(when::Day),
    /// That it is a press release.
    PressRelease,
    /// Who reported, wrote and edited it: `(Reporting by …; Editing by …)`.
    Credits { reporters: Option<String> },
    /// Who wrote it first, by name: `Source: IANS`.
    Origin(String),
    /// The end.
    End,
}

impl Furniture {
    /// Why it is left out, in words.
    pub(super) fn why(&self) -> &'static str {
        match self {
            Self::Label(why) => why,
            Self::Byline { .. } => "byline",
            Self::Published(_) => "date of publication",
            Self::PressRelease => "mark of a press release",
            Self::Credits { .. } => "credits",
            Self::Origin(_) => "credit line",
            Self::End => "end mark",
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
        () if PRESS_RELEASE.contains(&&*words) => Some(Furniture::PressRelease),
        () if is_desk_label(inner, line.starts_with('('), &words) => {
            Some(Furniture::Label("label for the desk"))
        }
        () if is_of_page(&words) => Some(Furniture::Label("part of the page it was scraped from")),
        () if begins(&words, &PICTURE) && line.chars().count() < 200 => {
            Some(Furniture::Label("line of a picture"))
        }
        () => {
            published(line).or_else(|| byline::read(line).map(|(name, day)| Furniture::Byline { name, day }))
        }
    }
}

/// What a line below the story is, where it is none of it.
pub(super) fn tail(line: &str) -> Option<Furniture> {
    let line = line.trim();
    if line.chars().count() > LONGEST {
        return None;
    }
    let inner = line.trim_matches(['(', ')', '[', ']']).trim();
    let words = folded(inner);
    match () {
        () if words.is_empty() || END.contains(&&*words) => Some(Furniture::End),
        () if begins(&words, &CREDITS) => Some(Furniture::Credits { reporters: byline::reporters(inner) }),
        () if is_origin(inner).is_some() => is_origin(inner).map(Furniture::Origin),
        () if begins(&words, &INPUTS) => Some(Furniture::Label("credit line")),
        () if is_copyright(line, &words) => Some(Furniture::Label("copyright line")),
        () => anywhere(line),
    }
}

/// What a line is that may stand in the midst of a story and is none of it: `Read more: …`.
pub(super) fn anywhere(line: &str) -> Option<Furniture> {
    let words = folded(line);
    let has_colon = line.chars().take(30).any(|c| matches!(c, ':' | '：' | '|' | '>'));
    let is_pointer = begins(&words, &POINTERS)
        && (has_colon || POINTERS.contains(&&*words))
        && line.chars().count() <= LONGEST;
    if is_pointer {
        return Some(Furniture::Label("pointer to another story"));
    }
    is_of_page(&words).then_some(Furniture::Label("part of the page it was scraped from"))
}

/// Whether a line is furniture whatever stands around it, so that it is no part of a paragraph that was wrapped.
pub(super) fn stands_alone(line: &str) -> bool {
    tail(line).is_some_and(|found| !matches!(found, Furniture::Label("copyright line")))
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
    let is_large =
        !label.chars().any(char::is_lowercase) || label.chars().next().is_some_and(char::is_uppercase);
    let name = label.trim_end_matches(|c: char| c.is_ascii_digit() || c == ' ');
    (is_large && HEADLINE_LABELS.contains(&&*folded(name)) && !rest.is_empty()).then_some(rest)
}

/// What stands before a headline, folded, without its number.
const HEADLINE_LABELS: [&str; 16] = [
    "update",
    "rpt",
    "refile",
    "wrapup",
    "corrected",
    "correction",
    "lead",
    "urgent",
    "breaking",
    "breaking news",
    "just in",
    "flash",
    "alert",
    "recast",
    "advisory",
    "writethru",
];

/// Lines for the desk, folded; those with more after them begin with one of these.
const DESK: [&str; 14] = [
    "attn",
    "eds",
    "editors",
    "note to editors",
    "editor s note",
    "updates with",
    "recasts",
    "adds",
    "releads",
    "embargoed",
    "correcting",
    "corrects",
    "with photos",
    "refiles",
];

fn is_desk_label(inner: &str, in_brackets: bool, words: &str) -> bool {
    let is_lead = |words: &str| {
        let mut words = words.split(' ');
        let last = words.next_back().unwrap_or_default();
        let number = |word: &str| word.chars().next().is_some_and(|c| c.is_ascii_digit());
        matches!(last, "lead" | "ld" | "writethru") && words.all(number)
    };
    let label =
        if in_brackets { words } else { &folded(inner.split_once(':').map_or("", |(label, _)| label)) };
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
    );
    is_lead(words)
        || is_plain
        || begins_with_desk
        || (in_brackets && words.split(' ').count() <= 3 && words.ends_with(" focus"))
}

const PRESS_RELEASE: [&str; 9] = [
    "press release",
    "for immediate release",
    "news release",
    "comunicado de prensa",
    "nota de prensa",
    "comunicato stampa",
    "pressemitteilung",
    "communique de presse",
    "communiqué de presse",
];

/// Buttons and counters of pages, folded and whole.
fn is_of_page(words: &str) -> bool {
    const WHOLE: [&str; 25] = [
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
        "share on facebook",
        "share on twitter",
        "publicidad",
    ];
    let is_reading_time =
        words.ends_with(" min read") || words.ends_with(" minute read") || words.ends_with(" minutes read");
    WHOLE.contains(&words) || is_reading_time
}

/// What the line of a picture begins with, folded.
const PICTURE: [&str; 8] = [
    "photo by",
    "photo credit",
    "image credit",
    "file photo",
    "photograph by",
    "picture by",
    "image source",
    "representative image",
];

/// What credits begin with, folded.
const CREDITS: [&str; 13] = [
    "reporting by",
    "additional reporting by",
    "writing by",
    "editing by",
    "edited by",
    "compiled by",
    "reporting and writing by",
    "reporting and editing by",
    "redaccion",
    "mit material von",
    "con informacion de",
    "con información de",
    "translated by",
];

/// Folded end marks: those of signs alone are empty then.
const END: [&str; 18] = [
    "enditem",
    "30",
    "ends",
    "end",
    "nn",
    "nnnn",
    "xxx",
    "eom",
    "0",
    "item ends",
    "end item",
    "the end",
    "fin",
    "fine",
    "ende",
    "endit",
    "ndlr",
    "mth",
];

/// What says that others helped, folded.
const INPUTS: [&str; 16] = [
    "with inputs from",
    "with input from",
    "with agency input",
    "with agency inputs",
    "with agencies",
    "inputs from",
    "agencies contributed",
    "this story has not been edited",
    "this report is auto generated",
    "except for the headline",
    "this article was originally published",
    "this story was originally published",
    "con informacion de agencias",
    "our standards the thomson reuters",
    "the views expressed",
    "disclaimer",
];

/// What points to other stories, folded.
const POINTERS: [&str; 24] = [
    "read more",
    "also read",
    "read also",
    "must read",
    "see also",
    "also see",
    "related",
    "related stories",
    "related news",
    "more on this",
    "don t miss",
    "recommended",
    "watch",
    "leggi anche",
    "lea tambien",
    "lea también",
    "lee tambien",
    "lee también",
    "lire aussi",
    "a lire aussi",
    "lesen sie auch",
    "mehr zum thema",
    "for more",
    "follow us on",
];

fn begins(words: &str, beginnings: &[&str]) -> bool {
    beginnings.iter().any(|beginning| {
        words.strip_prefix(beginning).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
    })
}

/// `Source: IANS`, `SOURCE Acme Corp.`: a name that stands alone.
fn is_origin(line: &str) -> Option<String> {
    const BEFORE: [&str; 9] =
        ["source", "sources", "fuente", "fonte", "quelle", "origin", "credit", "via", "agency"];
    let (before, name) =
        line.split_once([':', '：']).or_else(|| line.strip_prefix("SOURCE ").map(|name| ("source", name)))?;
    let name = name.trim().trim_end_matches('.');
    let is_name = !name.is_empty()
        && name.split_whitespace().count() <= 6
        && name.chars().next().is_some_and(|c| !c.is_lowercase());
    (BEFORE.contains(&&*folded(before)) && is_name && !name.contains("://")).then(|| name.to_owned())
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
        || words.starts_with("copyright ");
    let is_short = line.chars().count() <= 200;
    is_short && (begins || RIGHTS.iter().any(|rights| words.contains(rights)))
}

/// `Published: 25 Nov 2021, 10:11`, `Nov 25, 2021 10:11 am`: a whole line about a day.
fn published(line: &str) -> Option<Furniture> {
    const BEFORE: [&str; 10] = [
        "published",
        "published on",
        "published at",
        "updated",
        "updated on",
        "last updated",
        "posted",
        "posted on",
        "date",
        "publicado",
    ];
    if let Some(day) = when::whole(line).filter(|day| day.has_year()) {
        return Some(Furniture::Published(day));
    }
    let end = line.find(|c: char| c == ':' || c.is_ascii_digit()).unwrap_or(line.len());
    let mut before = folded(&line[..end]);
    let mut rest = line[end..].trim_start_matches([':', ' ']);
    // `Published Nov 25, 2021` has the month before its first digit.
    if !BEFORE.contains(&&*before) {
        let word = line.split_whitespace().next()?;
        before = folded(word);
        rest = line[word.len()..].trim_start_matches([':', ' ']);
    }
    let day = when::whole(rest)?;
    BEFORE.contains(&&*before).then_some(Furniture::Published(day))
}

/// The day of a line of publication, as that stands in it.
pub(super) fn day_of(found: &Furniture, published: Option<NaiveDate>) -> Option<NaiveDate> {
    match found {
        Furniture::Published(day) | Furniture::Byline { day: Some(day), .. } => day.resolve(published),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_above_are_known() {
        for label in [
            "(LEAD)",
            "(2nd LD)",
            "(3rd LEAD)",
            "(ATTN: ADDS details)",
            "(URGENT)",
            "URGENT",
            "Eds: updates",
            "(Eds: with photos)",
            "BREAKING NEWS",
            "Share",
            "3 min read",
            "(News Focus)",
            "File photo: the dam",
            "Photo by Ada Byron/AP",
        ] {
            assert!(matches!(head(label), Some(Furniture::Label(_))), "{label}");
        }
        assert_eq!(head("FOR IMMEDIATE RELEASE"), Some(Furniture::PressRelease));
        for day in [
            "January 15, 2022 | 11:10 AM",
            "Published: 15 Jan 2022",
            "Published Jan 15, 2022",
            "Updated on 15 January 2022 11:10 IST",
            "2022-01-15",
        ] {
            let found = head(day).unwrap_or_else(|| panic!("{day}"));
            assert_eq!(day_of(&found, None), NaiveDate::from_ymd_opt(2022, 1, 15), "{day}");
        }
        for none in [
            "Lead in the water of a city",
            "Adds up: the price of bread",
            "Share of the market falls",
            "Ministers met",
            "The dam (file)",
        ] {
            assert_eq!(head(none), None, "{none}");
        }
    }

    #[test]
    fn lines_below_are_known() {
        for line in [
            "(Reporting by Ada Byron; Editing by Bo Li)",
            "Reporting by Ada Byron",
            "Enditem",
            "-30-",
            "###",
            "-ENDS-",
            "— 30 —",
            "nn",
            "(END)",
            "***",
            "(With inputs from agencies)",
            "With inputs from ANI",
            "Source: IANS",
            "Fuente: EFE",
            "© 2021 ANSA Riproduzione riservata",
            "Copyright 2021 The Paper",
            "Riproduzione riservata ©",
            "Read more: The dam",
            "Also read: The dam",
            "Related:",
        ] {
            assert!(tail(line).is_some(), "{line}");
        }
        assert_eq!(tail("Source: IANS"), Some(Furniture::Origin("IANS".into())));
        for none in [
            "The story ends.",
            "Related parties met on Tuesday.",
            "Source: he said that nobody knew where it was, and that it was gone",
            "Watch out",
            "“Fine,” he said.",
        ] {
            assert_eq!(tail(none), None, "{none}");
        }
    }

    #[test]
    fn labels_before_headlines_fall_away() {
        for (headline, rest) in [
            ("UPDATE 1-Oil falls", "Oil falls"),
            ("UPDATE 2 - Oil falls", "Oil falls"),
            ("RPT-UPDATE 1-Oil falls", "Oil falls"),
            ("(LEAD) Oil falls", "Oil falls"),
            ("(2nd LD) (URGENT) Oil falls", "Oil falls"),
            ("BREAKING: Oil falls", "Oil falls"),
            ("Oil - a history", "Oil - a history"),
            ("Update on oil: it falls", "Update on oil: it falls"),
            ("(Some) oil falls", "(Some) oil falls"),
        ] {
            assert_eq!(without_label(headline), rest);
        }
    }
}
