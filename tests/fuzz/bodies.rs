//! What is held of any input: the bodies of the fuzz targets in `fuzz/`, which `tests/fuzz.rs` runs too.

use chrono::NaiveDate;
use dateline::article::{self, markdown};
use dateline::config::{self, Config, Overrides};
use dateline::wire::agencies::Agencies;
use dateline::wire::copy::{self, Paragraph};
use dateline::wire::draft::{self, Extent, Frame};
use dateline::wire::item::{Guess, Item};
use dateline::wire::shingles::words;
use dateline::wire::story::{self, Known, PageHead};
use dateline::wire::{dateline as line, decode, page};
use std::sync::OnceLock;

const PATH: &str = "content/articles/2021/11/2021-11-25-fuzz.md";

fn day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2021, 11, 26).expect("it is a day")
}

fn settings() -> &'static Config {
    static CONFIG: OnceLock<Config> = OnceLock::new();
    CONFIG.get_or_init(|| {
        let text = "base_url = 'https://example.org/'\ntitle = 'Fuzz'";
        config::load(text, &Overrides::default(), &mut Vec::new()).expect("these settings are sound")
    })
}

/// A dateline is a beginning of its paragraph, and the text after it an end: nothing is made up, nothing lost.
pub fn dateline(text: &str) {
    let text = copy::cleaned(text);
    let agencies = Agencies::known();
    if let Some(read) = line::leading(&text, agencies) {
        assert!(text.starts_with(read.verbatim) && text.ends_with(read.text), "{text:?}");
        let between = text.get(read.verbatim.len()..text.len() - read.text.len());
        assert!(between.is_some_and(|signs| !signs.contains(char::is_alphanumeric)), "{text:?}: {read:?}");
        assert!(read.confidence <= 100 && read.place.is_none_or(|place| !place.is_empty()), "{text:?}");
        assert!(read.agencies.iter().all(|name| !name.trim().is_empty()), "{text:?}");
    }
    line::whole(&text, agencies);
}

/// Every paragraph of a copy is in the item: in its body, in a guess, or among what was cut.
pub fn furniture(text: &str) {
    let paragraphs = copy::paragraphs(text);
    let item = read(paragraphs.clone(), PageHead::default());
    for Paragraph { line, text } in &paragraphs {
        // What follows a dateline in its paragraph is story.
        let is_dateline = |guess: &Guess| {
            let rest = text.strip_prefix(&guess.value);
            guess.field != "dateline"
                || rest.is_none_or(|rest| {
                    !rest.contains(char::is_alphanumeric)
                        || item.body.iter().any(|own| rest.ends_with(&**own))
                })
        };
        let is_there = item.body.contains(text)
            || item
                .guesses
                .iter()
                .any(|guess| guess.line == *line && guess.text == *text && is_dateline(guess))
            || item.cut.iter().any(|cut| cut.line == *line && cut.text == *text)
            || item.cut.iter().any(|cut| cut.line == *line && is_signed(text, &cut.text, &item.body));
        assert!(is_there, "line {line} is lost: {text:?} of {item:?}");
    }
    assert_eq!(item.body.is_empty(), paragraphs.is_empty(), "something is left where something was");
}

/// Whether a text is a paragraph of a body and what was cut from its end.
fn is_signed(text: &str, cut: &str, body: &[String]) -> bool {
    let story = text.strip_suffix(cut).map(str::trim_end);
    story.is_some_and(|story| body.iter().any(|paragraph| paragraph == story))
}

fn read(paragraphs: Vec<Paragraph>, page: PageHead) -> Item {
    let tags = vec!["Water", "US", "Hong Kong"];
    story::read(paragraphs, &Known { agencies: Agencies::known(), published: Some(day()), tags, page })
}

/// Front matter and Markdown of any text are read, or refused with a place.
pub fn front_matter(text: &str) {
    let mut problems = Vec::new();
    let article = article::read_article(PATH, text, settings(), &mut problems);
    assert!(article.is_some() || !problems.is_empty(), "it is refused without a word: {text:?}");
    if let Some(article) = article {
        markdown::prose(&text[article.document.body..]);
    }
}

/// What an import writes always builds, and says what the copy says.
pub fn import(bytes: &[u8]) {
    let Ok(text) = decode::decode(bytes) else { return };
    let (paragraphs, head) = if page::is_page(&text) {
        let Ok(story) = page::read(&text) else { return };
        story
    } else {
        (copy::paragraphs(&text), PageHead::default())
    };
    if paragraphs.is_empty() {
        return;
    }
    let url = head.url.clone();
    let item = read(paragraphs, head);
    for extent in [Extent::Excerpt(60), Extent::Full] {
        let frame = Frame {
            date: item.date.unwrap_or_else(day),
            outlet: None,
            url: url.as_deref(),
            language: "en",
            tags: &[],
            extent,
            is_draft: false,
        };
        let text = draft::file(&item, &frame);
        let mut problems = Vec::new();
        let article = article::read_article(PATH, &text, settings(), &mut problems);
        assert!(problems.iter().all(|problem| !problem.is_error()), "{problems:?}\n{text}");
        let article = article.unwrap_or_else(|| panic!("{problems:?}\n{text}"));
        assert_eq!(squeezed(&article.document.title), squeezed(&draft::title(&item)));
        if let Extent::Excerpt(most) = extent {
            let (story, rest) = excerpt(&text[article.document.body..]);
            let is_beginning = squeezed(&item.body.join(" ")).starts_with(&squeezed(&story));
            assert!(
                is_beginning && words(&story).len() <= most && rest.contains(draft::PLACEHOLDER),
                "{text}"
            );
        } else {
            let prose = markdown::prose(&text[article.document.body..]).text;
            assert_eq!(squeezed(&prose), squeezed(&item.body.join(" ")), "{text}");
        }
    }
}

/// What a body quotes of its story, as plain text, and what stands around that.
fn excerpt(body: &str) -> (String, String) {
    let (quoted, rest): (Vec<&str>, Vec<&str>) = body.lines().partition(|line| line.starts_with('>'));
    let quoted: Vec<&str> = quoted.into_iter().map(|line| line.trim_start_matches(['>', ' '])).collect();
    let quoted = markdown::prose(&quoted.join("\n")).text;
    let (story, last) = quoted.trim_end().rsplit_once('\n').unwrap_or(("", &quoted));
    let story = if last.starts_with("— ") { story } else { &quoted };
    (story.trim_end().trim_end_matches(" …").to_owned(), rest.join("\n"))
}

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
