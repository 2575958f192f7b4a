//! A site as its editors have it in mind: stories that lead to each other, and what stands around them. Edits are made
//! here, by chance; what the files then say follows, links mended, so that most of what chance does can be built.

mod around;
mod beginning;
pub mod folder;
mod stories;

use super::dice::Dice;
use std::collections::BTreeMap;
use std::fmt::Write;

/// Files by their paths in the site's folder.
pub type Files = BTreeMap<String, Vec<u8>>;

/// All that a build is made from.
#[derive(Clone)]
pub struct Newsroom {
    /// Articles and standing pages, by a number each keeps.
    pub stories: BTreeMap<usize, Story>,
    /// Values of `site.toml`, as they are written there, by dotted keys.
    pub settings: BTreeMap<&'static str, String>,
    /// Templates and static files.
    pub files: Files,
    pub order: Order,
    /// Links lead where they led, whether something is there or not.
    pub careless: bool,
    /// Somebody else changes the output before it is built next.
    pub tampering: bool,
    next: usize,
}

/// What is said on the command line.
#[derive(Clone)]
pub struct Order {
    pub now: &'static str,
    pub base_url: Option<&'static str>,
    pub options: Vec<&'static str>,
    /// The folder built into.
    pub output: &'static str,
}

/// An article or a standing page.
#[derive(Clone, Default)]
pub struct Story {
    /// Its path below `content/`.
    pub file: String,
    /// Front matter, as TOML has it, but for what leads to other stories.
    pub keys: BTreeMap<&'static str, String>,
    pub summary: Option<String>,
    /// What the summary leads to.
    pub summary_to: Option<usize>,
    pub related: Vec<usize>,
    pub first: String,
    pub text: String,
    /// A heading with an id of its own, `part`.
    pub heading: Option<String>,
    pub links: Vec<Link>,
    /// The other files of its bundle.
    pub bundle: Files,
}

/// How a text leads to a story.
#[derive(Clone, Copy)]
pub enum Link {
    File(usize),
    Heading(usize),
    Address(usize),
    /// An address that does not depend on stories.
    Plain(&'static str),
}

impl Story {
    pub fn is_article(&self) -> bool {
        self.file.starts_with("articles/")
    }

    pub fn is_bundle(&self) -> bool {
        self.file.ends_with("/index.md")
    }

    pub fn set(&mut self, key: &'static str, value: impl Into<String>) {
        self.keys.insert(key, value.into());
    }

    /// The name of its file, or of its bundle's folder.
    fn stem(&self) -> &str {
        let path = self.file.trim_end_matches("/index.md").trim_end_matches(".md");
        path.rsplit('/').next().unwrap_or(path)
    }

    fn slug(&self) -> &str {
        self.keys.get("slug").map_or(self.stem(), |slug| slug.trim_matches('"'))
    }

    fn folder(&self) -> &str {
        self.file.rsplit_once('/').map_or("", |(folder, _)| folder)
    }
}

impl Newsroom {
    /// The numbers of all articles.
    pub fn articles(&self) -> Vec<usize> {
        self.stories.iter().filter(|(_, story)| story.is_article()).map(|(number, _)| *number).collect()
    }

    /// The files of the site's folder.
    pub fn files(&self) -> Files {
        let mut files = self.files.clone();
        for story in self.stories.values() {
            files.insert(format!("content/{}", story.file), self.written(story).into_bytes());
            for (name, bytes) in &story.bundle {
                files.insert(format!("content/{}/{name}", story.folder()), bytes.clone());
            }
        }
        let mut settings = String::new();
        for (key, value) in &self.settings {
            let _ = writeln!(settings, "{key} = {value}");
        }
        files.insert("site.toml".to_owned(), settings.into_bytes());
        files
    }

    fn written(&self, story: &Story) -> String {
        let mut text = "+++\n".to_owned();
        for (key, value) in &story.keys {
            let _ = writeln!(text, "{key} = {value}");
        }
        if let Some(summary) = &story.summary {
            let to = story.summary_to.and_then(|to| self.target(story, to));
            let more = to.map_or(String::new(), |to| format!(", after [the other]({to})"));
            let _ = writeln!(text, "summary = {:?}", format!("{summary}{more}."));
        }
        let related: Vec<String> = story
            .related
            .iter()
            .filter_map(|to| self.target(story, *to))
            .map(|to| format!("{to:?}"))
            .collect();
        if !related.is_empty() {
            let _ = writeln!(text, "related = [{}]", related.join(", "));
        }
        let _ = writeln!(text, "+++\n\n{}\n\n{}", story.first, story.text);
        if let Some(heading) = &story.heading {
            let _ = writeln!(text, "\n## {heading} {{#part}}\n\nIts text[^1].\n\n[^1]: A note.");
        }
        for link in &story.links {
            if let Some(to) = self.link(story, *link) {
                let _ = writeln!(text, "\nMore in [what leads on]({to}).");
            }
        }
        for name in story.bundle.keys() {
            let _ = match name.rsplit_once('.') {
                // Of one picture nothing is told to who cannot see it, which is a warning.
                Some(("bare", "jpg")) => writeln!(text, "\n![](bare.jpg)"),
                Some((_, "jpg" | "svg")) => writeln!(text, "\n![A picture]({name})"),
                _ => writeln!(text, "\n[The figures]({name})"),
            };
        }
        text
    }

    /// How one story's text names another's file; none where a build would refuse that.
    fn target(&self, from: &Story, to: usize) -> Option<String> {
        let story = self.stories.get(&to);
        let story = story.filter(|story| self.careless || self.is_out(story));
        let Some(story) = story else {
            return self.careless.then(|| "@/articles/gone.md".to_owned());
        };
        let beside = story.folder() == from.folder();
        Some(match story.file.rsplit_once('/') {
            Some((_, name)) if beside => format!("./{name}"),
            _ => format!("@/{}", story.file),
        })
    }

    fn link(&self, from: &Story, link: Link) -> Option<String> {
        match link {
            Link::File(to) => self.target(from, to),
            Link::Heading(to) => {
                let heading = self.stories.get(&to).is_some_and(|story| story.heading.is_some());
                let part = if heading || self.careless { "#part" } else { "" };
                self.target(from, to).map(|target| format!("{target}{part}"))
            }
            Link::Address(to) => {
                let story = self.stories.get(&to).filter(|story| self.careless || self.is_out(story))?;
                let plain = story.is_article() && !self.settings.contains_key("permalinks.article");
                let day = story.keys.get("date").filter(|_| plain)?.get(..10)?;
                Some(format!("/{}/{}/", day.replace('-', "/"), story.slug()))
            }
            Link::Plain(address) => Some(address.to_owned()),
        }
    }

    /// Whether it is no draft and not dated ahead, so that one may lead to it. What has expired may be led to.
    fn is_out(&self, story: &Story) -> bool {
        let shows = |option| self.order.options.contains(&option);
        let draft = story.keys.contains_key("draft") && !shows("--drafts");
        let day = |text: &str| text.get(..10).unwrap_or_default().to_owned();
        let ahead = story.keys.get("date").is_some_and(|date| day(date) > day(self.order.now));
        !draft && (!ahead || shows("--scheduled"))
    }

    /// A number nothing else has.
    fn new_number(&mut self) -> usize {
        self.next += 1;
        self.next
    }

    /// Some article.
    fn some(&self, dice: &mut Dice) -> usize {
        let all = self.articles();
        all[dice.throw(all.len())]
    }

    fn some_story(&mut self, dice: &mut Dice) -> &mut Story {
        let number = self.some(dice);
        self.stories.get_mut(&number).expect("it is one of them")
    }
}

/// What may happen to a newsroom.
pub type Edit = fn(&mut Newsroom, &mut Dice);

/// All that may happen, with its names.
pub fn edits() -> Vec<(&'static str, Edit)> {
    [stories::EDITS, around::EDITS].concat()
}

/// One of a few.
fn one_of<T: Copy>(dice: &mut Dice, all: &[T]) -> T {
    all[dice.throw(all.len())]
}
