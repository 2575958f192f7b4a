//! What can be the name of an agency that nobody has listed.

use super::super::fold::{folded, plain};

/// The most of a name, in characters and words.
const LONGEST: (usize, usize) = (40, 5);

/// Words that those have in their names who have to do with news.
const OF_NEWS: [&str; 19] = [
    "press", "wire", "agency", "agencia", "agenzia", "agence", "agentur", "times", "post", "herald",
    "tribune", "gazette", "journal", "standard", "radio", "tv", "online", "media", "report",
];

/// Codes that stand in brackets after the name of a city and are its airport, its exchange or a rating.
const CODES: [&str; 30] = [
    "ams", "asx", "atl", "bom", "bse", "cdg", "dxb", "ewr", "fse", "hkex", "hnd", "iata", "icn", "jfk",
    "jse", "lax", "lga", "lgw", "lhr", "lse", "nasdaq", "nrt", "nse", "nyse", "ord", "otc", "sfo", "sgx",
    "tsx", "tsxv",
];

/// How the paper's own people begin to call themselves, in the languages of copy: `Our Correspondent`, `Staff Report`, `Agenturen`.
const OWN: [&str; 15] = [
    "our",
    "from",
    "by",
    "staff",
    "special",
    "monitoring",
    "news desk",
    "web desk",
    "agencies",
    "agenzie",
    "agencias",
    "agenturen",
    "agences",
    "correspondent",
    "redaktion",
];

/// Whether a text could be somebody's name: it begins with a capital or a digit, is short, and is no sentence and no code.
pub(super) fn is_possible(name: &str) -> bool {
    let (characters, words) = LONGEST;
    name.chars().next().is_some_and(|c| c.is_uppercase() || c.is_ascii_digit() || is_caseless(c))
        && name.chars().filter(|c| c.is_alphabetic()).count() > 1
        && !name.split(' ').any(is_year)
        && name != "The"
        && !is_code(name)
        && name.chars().count() <= characters
        && name.split_whitespace().count() <= words
        && !name.contains(['!', '?', ':', '%', '$', '"', '“', '='])
}

fn is_year(word: &str) -> bool {
    word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether a name is a code that is no agency's.
pub(super) fn is_code(name: &str) -> bool {
    CODES.contains(&&*plain(name))
}

/// Whether a name says that it has to do with news.
pub(super) fn is_of_news(name: &str) -> bool {
    let words = folded(name);
    words.contains("news") || words.split(' ').any(|word| OF_NEWS.contains(&word)) || is_site(name)
}

/// Whether a name is that of a site: `Variety.com`.
fn is_site(name: &str) -> bool {
    let is_end =
        |end: &str| (2..=4).contains(&end.len()) && end.bytes().all(|byte| byte.is_ascii_lowercase());
    let is_start = |start: &str| start.len() > 1 && start.chars().all(|c| c.is_alphanumeric() || c == '-');
    name.split_once('.').is_some_and(|(start, end)| is_start(start) && end.split('.').all(is_end))
}

/// Whether these are the paper's own people.
pub(super) fn is_own_desk(name: &str) -> bool {
    let name = plain(name);
    let ends_word = |rest: &str| !rest.starts_with(char::is_alphanumeric);
    OWN.iter().any(|own| name.strip_prefix(own).is_some_and(ends_word))
}

/// Initials in small letters are those of a desk or of who wrote it: `dpa/bb`.
pub(super) fn is_initials(name: &str) -> bool {
    name.len() <= 4 && name.chars().all(|c| c.is_ascii_lowercase())
}

/// `TASS Correspondent Ada Byron` → `TASS`.
pub(super) fn without_correspondent(name: &str) -> &str {
    const ROLES: [&str; 3] = [" Correspondent", " correspondent", " CORRESPONDENT"];
    ROLES.iter().find_map(|role| Some(name.split_once(role)?.0)).unwrap_or(name)
}

fn is_caseless(c: char) -> bool {
    c.is_alphabetic() && !c.is_lowercase() && !c.is_uppercase()
}
