//! Articles made by chance that is always the same, and sites of them: 30 a day, some 420 words each, with 3 tags of 200
//! and one of 40 sources.

use chrono::{DateTime, Duration, Utc};
use dateline::config::Overrides;
use dateline::date::Given;
use dateline::pipeline::{self, Memory, Request};
use dateline::render::Renderer;
use dateline::site::Visibility;
use dateline::stopwatch::Stopwatch;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

/// How many articles the large site has.
pub const ARTICLES: usize = 10_000;

/// The language of an article's front matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    Toml,
    Yaml,
}

/// A site of 10,000 articles, prepared.
pub static LARGE: LazyLock<Renderer> = LazyLock::new(|| prepare(&site("large", ARTICLES, Format::Toml)));

const SETTINGS: &str =
    "base_url = \"https://digest.example/\"\ntitle = \"Bench Digest\"\ntimezone = \"UTC\"\n";

/// After the newest article, so that all are published.
const NOW: &str = "2026-11-01T00:00:00Z";

const WORDS: &str = "ministry talks border summit economy inflation rate central bank election vote court ruling appeal climate \
    heat flood storm energy grid solar gas pipeline export tariff trade deal port shipping strike union wage budget \
    deficit bond market share index growth forecast report survey vaccine trial hospital the a of in on for with after \
    before under over from to and but while as that which said would could will has had was were is are not more less";

/// The whole file of an article, by its number; 0 is the newest.
pub fn article(number: usize, format: Format) -> String {
    let mut dice = Dice(number as u64);
    let title = dice.words(8);
    let date = date(number).format("%Y-%m-%dT%H:%M:%SZ");
    let mut tags: Vec<String> = Vec::new();
    while tags.len() < 3 {
        let tag = format!("topic {}", dice.often_small(200));
        if !tags.contains(&tag) {
            tags.push(tag);
        }
    }
    let (source, summary) = (dice.below(40), dice.sentence());
    let body = body(&mut dice);
    match format {
        Format::Toml => format!(
            "+++\ntitle = \"{title}\"\ndate = {date}\nsummary = \"{summary}\"\ntags = {tags:?}\nplace = \"Geneva\"\n\n\
             [source]\nname = \"Agency {source}\"\nurl = \"https://example.org/{number}\"\n+++\n\n{body}"
        ),
        Format::Yaml => format!(
            "---\ntitle: \"{title}\"\ndate: {date}\nsummary: \"{summary}\"\ntags: {tags:?}\nplace: Geneva\n\
             source:\n  name: Agency {source}\n  url: https://example.org/{number}\n---\n\n{body}"
        ),
    }
}

/// Makes the folder of a site, which goes with [`clear`].
pub fn site(name: &str, articles: usize, format: Format) -> PathBuf {
    let root = folder().join(name);
    for number in 0..articles {
        let folder = root.join("content/articles").join(date(number).format("%Y/%m").to_string());
        write(&folder, &format!("article-{number:07}.md"), &article(number, format));
    }
    write(&root, "site.toml", SETTINGS);
    root
}

/// A site as a build has it before the first page is rendered; everything is read from its files.
pub fn prepare(root: &Path) -> Renderer {
    prepare_with(root, &mut Memory::default())
}

/// What is remembered of a site once it has been prepared.
pub fn memory(root: &Path) -> Memory {
    let mut memory = Memory::default();
    prepare_with(root, &mut memory);
    memory
}

fn prepare_with(root: &Path, memory: &mut Memory) -> Renderer {
    let request = Request {
        root: root.to_owned(),
        overrides: Overrides::default(),
        visibility: Visibility::default(),
        now: Given::parse(NOW).expect("it is a time"),
        stopwatch: Stopwatch::default(),
    };
    let mut diagnostics = Vec::new();
    let renderer = pipeline::prepare(&request, memory, &mut diagnostics);
    assert!(diagnostics.is_empty(), "the articles are sound: {diagnostics:?}");
    renderer.expect("there are settings")
}

/// Removes what was made on disk.
pub fn clear() {
    // What stays is in the folder for what is temporary.
    let _ = fs::remove_dir_all(folder());
}

fn folder() -> PathBuf {
    std::env::temp_dir().join(format!("dateline-speed-{}", std::process::id()))
}

fn write(folder: &Path, name: &str, text: &str) {
    fs::create_dir_all(folder).expect("a temporary folder can be made");
    fs::write(folder.join(name), text).expect("a temporary file can be written");
}

fn date(number: usize) -> DateTime<Utc> {
    let newest: DateTime<Utc> = "2026-10-31T23:00:00Z".parse().expect("it is a time");
    let (day, slot) = ((number / 30) as i64, (number % 30) as i64);
    newest - Duration::days(day) - Duration::minutes(slot * 40)
}

/// Headings, quotes, lists and paragraphs with links, of 420 words or a few more.
fn body(dice: &mut Dice) -> String {
    let mut text = String::new();
    let mut words = 0;
    while words < 420 {
        let part = match dice.below(100) {
            0..8 if words > 0 => format!("## {}", dice.words(4)),
            8..16 => format!("> {} {}", dice.sentence(), dice.sentence()),
            16..22 => format!("- {}\n- {}\n- {}", dice.sentence(), dice.sentence(), dice.sentence()),
            _ => format!("{} {} {}", dice.sentence(), dice.sentence(), dice.sentence()),
        };
        words += part.split_whitespace().count();
        let _ = writeln!(text, "{part}\n");
    }
    text
}

/// Numbers that look like chance (`SplitMix64`).
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }

    /// A number below an end, small ones more often than large ones: a few tags are on many articles.
    fn often_small(&mut self, end: u64) -> u64 {
        let bound = 1 + self.below(end);
        self.below(bound)
    }

    fn words(&mut self, count: usize) -> String {
        static ALL: LazyLock<Vec<&str>> = LazyLock::new(|| WORDS.split_whitespace().collect());
        let words: Vec<&str> = (0..count).map(|_| ALL[self.below(ALL.len() as u64) as usize]).collect();
        words.join(" ")
    }

    fn sentence(&mut self) -> String {
        let count = 7 + self.below(14) as usize;
        let (begin, end) = (self.words(count), self.words(1));
        match self.below(100) {
            0..12 => format!("{begin} [{end}](https://example.org/{}).", self.below(1_000_000)),
            12..22 => format!("{begin} **{end}**."),
            _ => format!("{begin} {end}."),
        }
    }
}
