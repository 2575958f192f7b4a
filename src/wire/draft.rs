//! An item as the file of an article: front matter with what is sure, comments with what is not, and a body that keeps to the
//! rights of whoever wrote the story.

use super::item::{Guess, Item};
use super::markdown;
use super::shingles::{Word, words};
use crate::article::quoted;
use chrono::NaiveDate;

/// The place that an editor's own words go to.
pub const PLACEHOLDER: &str = "<!-- summary in your own words -->";

/// How many words are quoted, unless somebody says otherwise.
pub const EXCERPT: usize = 60;

/// How much of the story the file has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// Its first words, about as many as this, as a quotation.
    Excerpt(usize),
    /// All of it, for who holds the licence.
    Full,
}

/// What is known of an article besides its item.
#[derive(Debug, Clone)]
pub struct Frame<'a> {
    /// The article's day.
    pub date: NaiveDate,
    /// Who published the story; whoever printed it first, where nobody is named.
    pub outlet: Option<&'a str>,
    /// The story's address there.
    pub url: Option<&'a str>,
    /// The language of the site, as a tag of BCP 47.
    pub language: &'a str,
    /// Tags that the editor gives.
    pub tags: &'a [String],
    /// How much of the story it has.
    pub extent: Extent,
    /// Whether it is not to be published yet.
    pub is_draft: bool,
}

/// The longest headline that is made from a text, in characters.
const LONGEST_TITLE: usize = 80;
/// The longest quotation of a line in a comment, in characters.
const LONGEST_QUOTE: usize = 80;

/// The headline of an item; the first words of one that has none.
pub fn title(item: &Item) -> String {
    let beginning = || {
        let text = item.body.first().map_or("", String::as_str);
        match text.char_indices().nth(LONGEST_TITLE) {
            None => text.to_owned(),
            Some((end, _)) => {
                let end = text[..end].rfind(' ').unwrap_or(end);
                format!("{}…", text[..end].trim_end_matches([',', ';', ':', ' ']))
            }
        }
    };
    item.title.clone().unwrap_or_else(beginning)
}

/// Who a story is from, as the front matter names the source.
pub fn outlet<'a>(item: &'a Item, frame: &Frame<'a>) -> Option<&'a str> {
    frame.outlet.or_else(|| item.agencies.first().map(String::as_str))
}

/// The whole file.
pub fn file(item: &Item, frame: &Frame<'_>) -> String {
    format!("+++\n{}{}+++\n\n{}", of_article(item, frame), of_source(item, frame), body(item, frame))
}

fn of_article(item: &Item, frame: &Frame<'_>) -> String {
    let mut text = line("title", &quoted(&title(item)));
    if item.title.is_none() {
        text += "# The copy has no headline: these are its first words.\n";
    }
    text += &unsure(item, "title");
    text += &line("date", &frame.date.to_string());
    text += &unsure(item, "date");
    text += &maybe(item, "place", item.place.as_deref());
    let mut tags: Vec<String> = Vec::new();
    for tag in frame.tags.iter().chain(&item.tags).map(|tag| quoted(tag)) {
        if !tags.contains(&tag) {
            tags.push(tag);
        }
    }
    text += &line("tags", &format!("[{}]", tags.join(", ")));
    // It is inline Markdown, and the copy is not.
    let summary = item.summary.as_deref().map(markdown::escaped);
    text += &maybe(item, "summary", summary.as_deref());
    if let Some(title) = &item.title {
        text += &line("original_title", &quoted(title));
    }
    text += &maybe(item, "kind", item.is_press_release.then_some("press-release"));
    if frame.is_draft {
        text += "draft = true\n";
    }
    match item.lang.filter(|lang| !is_of(lang, frame.language)) {
        Some(lang) if frame.extent == Extent::Full => text += &line("lang", &quoted(lang)),
        Some(lang) => text += &format!("# lang = {}  # if your own text is in it, too\n", quoted(lang)),
        None => {}
    }
    text
}

fn of_source(item: &Item, frame: &Frame<'_>) -> String {
    let name = outlet(item, frame);
    let lang = item.lang.filter(|lang| !is_of(lang, frame.language));
    let values = [
        ("name", name.map(quoted)),
        ("url", frame.url.map(quoted)),
        ("author", item.author.as_deref().map(quoted)),
        ("date", item.date.map(|date| date.to_string())),
        ("lang", lang.map(quoted)),
        ("agencies", list(&item.agencies)),
        ("dateline", item.dateline.as_deref().map(quoted)),
    ];
    let comments: String = ["author", "agencies", "lang"].iter().map(|field| unsure(item, field)).collect();
    let lines: String =
        values.iter().filter_map(|(key, value)| value.as_ref().map(|value| line(key, value))).collect();
    if name.or(frame.url).is_none() {
        let known: String = lines.lines().map(|line| format!("# {line}\n")).collect();
        return format!(
            "{comments}# [source]\n# name = \"The paper\"\n# url = \"https://example.org/story\"\n{known}"
        );
    }
    format!("\n[source]\n{lines}{comments}")
}

fn list(names: &[String]) -> Option<String> {
    let names: Vec<String> = names.iter().map(|name| quoted(name)).collect();
    (!names.is_empty()).then(|| format!("[{}]", names.join(", ")))
}

fn line(key: &str, value: &str) -> String {
    format!("{key} = {value}\n")
}

/// A value that is there, or else what may be one, as a comment.
fn maybe(item: &Item, key: &str, value: Option<&str>) -> String {
    match value {
        Some(value) => line(key, &quoted(value)),
        None => unsure(item, key),
    }
}

/// Guesses that are not sure enough to be values.
fn unsure(item: &Item, field: &str) -> String {
    let comment = |guess: &Guess| {
        let from: String = guess.text.chars().take(LONGEST_QUOTE).collect();
        let line = if guess.line == 0 { String::new() } else { format!(", line {}", guess.line) };
        format!("# {field}: {} ({} % sure{line}: {from})\n", quoted(&guess.value), guess.confidence)
    };
    item.guesses.iter().filter(|guess| guess.field == field && !guess.is_sure()).map(comment).collect()
}

/// Whether a language is the site's, whatever country that adds.
fn is_of(lang: &str, site: &str) -> bool {
    site.split('-').next().is_some_and(|first| first.eq_ignore_ascii_case(lang))
}

fn body(item: &Item, frame: &Frame<'_>) -> String {
    let words = match frame.extent {
        Extent::Full => return markdown::paragraphs(&item.body) + "\n",
        Extent::Excerpt(words) => words,
    };
    let mut quote: Vec<String> =
        excerpt(&item.body, words).iter().map(|text| markdown::escaped(text)).collect();
    if let Some(name) = outlet(item, frame).or(frame.url).filter(|_| !quote.is_empty()) {
        quote.push(format!("— {}", markdown::link(name, frame.url)));
    }
    let quote = if quote.is_empty() { String::new() } else { format!("\n{}\n", markdown::quote(&quote)) };
    format!("{PLACEHOLDER}\n{quote}")
}

/// The first words of a story, to the end of a sentence where one ends in the last third of them. Of scripts that have no spaces
/// each character is a word.
fn excerpt(body: &[String], most: usize) -> Vec<String> {
    let (mut excerpt, mut left) = (Vec::new(), most);
    for text in body {
        let words = words(text);
        if words.len() <= left {
            left -= words.len();
            excerpt.push(text.clone());
            continue;
        }
        if left * 3 >= most || excerpt.is_empty() {
            excerpt.extend(beginning(text, &words, left, most));
        }
        break;
    }
    excerpt
}

/// What may stand between the end of a sentence and the space after it.
const CLOSING: [char; 9] = ['"', '”', '’', ')', '»', '」', '』', '）', '》'];

/// Whether a text ends in a word that a full stop cuts short, and not in a sentence's last: `Mr`, `J`, `U.S`.
fn is_cut_short(text: &str) -> bool {
    const SHORT: [&str; 22] = [
        "Mr", "Mrs", "Ms", "Dr", "St", "Gen", "Sen", "Rep", "Gov", "Lt", "Col", "Sgt", "Capt", "Prof", "Rev",
        "Hon", "Sr", "Sra", "Jr", "No", "vs", "bzw",
    ];
    let word = text.rsplit(|c: char| c.is_whitespace() || "(\"“‘«".contains(c)).next().unwrap_or_default();
    let is_initial = word.chars().count() == 1 && word.contains(char::is_uppercase);
    is_initial || SHORT.contains(&word) || (word.contains('.') && word.contains(char::is_alphabetic))
}

/// The first `left` words of a paragraph that has more.
fn beginning(text: &str, words: &[Word], left: usize, most: usize) -> Option<String> {
    const OPENING: [char; 7] = [' ', '"', '“', '‘', '«', '(', '['];
    let (taken, rest) = words.split_at_checked(left)?;
    let start = &text[..rest.first()?.span.start];
    let end = taken.last()?.span.end;
    let is_end = |(at, c): &(usize, char)| {
        let after = text[at + c.len_utf8()..].trim_start_matches(CLOSING);
        let is_followed_by_space = after.chars().next().is_none_or(char::is_whitespace);
        match c {
            '。' | '！' | '？' | '۔' => true,
            '!' | '?' => is_followed_by_space,
            '.' => is_followed_by_space && !is_cut_short(&text[..*at]),
            _ => false,
        }
    };
    let sentence = start.char_indices().rfind(is_end).map(|(at, c)| at + c.len_utf8());
    let is_late = |at: &usize| taken.iter().filter(|word| word.span.start >= *at).count() * 3 <= most;
    match sentence.filter(is_late) {
        Some(at) => {
            let after = start[at..].find(|c| !CLOSING.contains(&c)).unwrap_or(start.len() - at);
            Some(start[..at + after].to_owned())
        }
        None => {
            // `don't` and `3.5` are two words each and one to a reader.
            let between = &start[end..];
            let is_inside = !between.is_empty() && between.chars().all(|c| "'’.,-/&_@".contains(c));
            let end = start[..end].rfind(char::is_whitespace).filter(|_| is_inside).unwrap_or(end);
            Some(format!("{} …", start[..end].trim_end_matches(OPENING)))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame() -> Frame<'static> {
        let date = NaiveDate::from_ymd_opt(2021, 11, 25).unwrap();
        Frame {
            date,
            outlet: None,
            url: Some("https://a.example/x"),
            language: "en-GB",
            tags: &[],
            extent: Extent::Excerpt(10),
            is_draft: false,
        }
    }

    fn item() -> Item {
        Item {
            title: Some("The \"dam\"".into()),
            place: None,
            date: frame().date.into(),
            agencies: vec!["Pakistan Point News".into(), "Sputnik".into()],
            dateline: Some("BEIJING (Sputnik)".into()),
            lang: Some("en"),
            body: vec![
                "One *two* three. Four five six seven eight.".into(),
                "Nine ten eleven twelve.".into(),
            ],
            guesses: vec![Guess {
                field: "place",
                value: "Oslo".into(),
                line: 3,
                text: "Oslo - The".into(),
                confidence: 35,
            }],
            ..Item::default()
        }
    }

    #[test]
    fn the_file_has_what_is_sure_and_remarks_what_is_not() {
        let expected = r#"+++
title = "The \"dam\""
date = 2021-11-25
# place: "Oslo" (35 % sure, line 3: Oslo - The)
tags = []
original_title = "The \"dam\""

[source]
name = "Pakistan Point News"
url = "https://a.example/x"
date = 2021-11-25
agencies = ["Pakistan Point News", "Sputnik"]
dateline = "BEIJING (Sputnik)"
+++

<!-- summary in your own words -->

> One \*two\* three. Four five six seven eight.
>
> — [Pakistan Point News](<https://a.example/x>)
"#;
        assert_eq!(file(&item(), &frame()), expected);
    }

    #[test]
    fn of_a_story_without_an_outlet_what_is_known_is_remarked() {
        let item = Item { agencies: Vec::new(), author: Some("Ada Byron".into()), ..item() };
        let text = file(&item, &Frame { url: None, ..frame() });
        let known = "# date = 2021-11-25\n# dateline = \"BEIJING (Sputnik)\"\n+++";
        assert!(text.contains("# author = \"Ada Byron\"\n") && text.contains(known), "{text}");
    }

    #[test]
    fn who_holds_the_licence_has_all_of_it() {
        let text = file(&item(), &Frame { extent: Extent::Full, ..frame() });
        assert!(
            text.ends_with(
                "+++\n\nOne \\*two\\* three. Four five six seven eight.\n\nNine ten eleven twelve.\n"
            ),
            "{text}"
        );
    }

    #[test]
    fn another_language_is_that_of_the_source() {
        let text = file(&Item { lang: Some("es"), ..item() }, &frame());
        assert!(
            text.contains("# lang = \"es\"  # if") && text.contains("\nlang = \"es\"\nagencies"),
            "{text}"
        );
    }

    #[test]
    fn an_excerpt_ends_with_a_sentence_where_one_is_near() {
        let of = |text: &str, most| excerpt(&[text.to_owned()], most).concat();
        assert_eq!(of("One two three. Four five.", 4), "One two three.");
        assert_eq!(of("One. Two three four five six seven", 6), "One. Two three four five six …");
        assert_eq!(of("One two", 6), "One two");
        assert_eq!(of("", 6), "");
    }

    #[test]
    fn copy_without_a_headline_is_named_by_its_first_words() {
        let item = Item { title: None, body: vec!["word ".repeat(40)], ..Item::default() };
        assert!(title(&item).ends_with("word…") && title(&item).chars().count() <= LONGEST_TITLE + 1);
    }

    #[test]
    fn an_excerpt_ends_with_a_sentence_and_counts_characters_where_there_are_no_spaces() {
        let of = |text: &str, most: usize| excerpt(&[text.to_owned()], most);
        assert_eq!(of("One two three. Four five six.", 4), ["One two three."]);
        assert_eq!(of("One two three four five six.", 4), ["One two three four …"]);
        assert_eq!(of("It is 3.5 metres \"high\" and wide.", 6), ["It is 3.5 metres \"high …"]);
        assert_eq!(of("It is 3.5 metres high and wide.", 3), ["It is …"]);
        assert_eq!(of("One two Mr. Li three four.", 4), ["One two Mr. Li …"]);
        assert_eq!(of("One two Mr. Li three four.", 3), ["One two Mr …"]);
        assert_eq!(of("One U.S. envoy three four.", 3), ["One U.S …"]);
        assert_eq!(of("The ministers don't agree at all.", 3), ["The ministers …"]);
        assert_eq!(of("One (two three) four.", 9), ["One (two three) four."]);
        assert_eq!(of(&"水".repeat(500), 60), [format!("{} …", "水".repeat(60))]);
        assert_eq!(
            of(&format!("{}。{}", "水".repeat(50), "火".repeat(50)), 60),
            [format!("{}。", "水".repeat(50))]
        );
        assert_eq!(
            of(&format!("「{}。」{}", "水".repeat(50), "火".repeat(50)), 60),
            [format!("「{}。」", "水".repeat(50))]
        );
    }
}
