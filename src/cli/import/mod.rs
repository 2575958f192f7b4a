//! `dateline import`: articles from agency copy.

mod input;
mod json;
mod newsroom;
mod story;
mod table;

use self::input::Input;
use self::newsroom::Newsroom;
use self::story::Story;
use super::args::{Global, ImportArgs, MessageFormat};
use super::article_file::{free_path, one, write};
use super::{lines, report, terminal};
use crate::diagnostic::{Diagnostic, Severity};
use crate::visible::{self, shown_path};
use crate::wire::canonical::untracked;
use crate::wire::draft::{self, Extent, Frame};
use crate::wire::item::Item;
use crate::wire::shingles::words;
use crate::wire::story::{Known, read as read_story};
use chrono::NaiveDate;

/// The fewest characters of a paragraph that is surely no heading.
const SHORTEST_SENTENCE: usize = 80;
/// Under how many words a text without a dateline may be no story.
const FEWEST_WORDS: usize = 25;

/// Imports every story, each whatever became of the others.
pub(super) fn run(global: &Global, args: &ImportArgs) -> u8 {
    if let Some(problem) = wrong_usage(args) {
        report::show(global, &mut [problem], false);
        return 2;
    }
    let mut newsroom = match Newsroom::open(&global.root, args.dry_run) {
        Ok(newsroom) => newsroom,
        Err(mut problems) => return report::show(global, &mut problems, false),
    };
    let mut status = 0;
    for path in &args.files {
        let mut problems = Vec::new();
        match import(global, args, &mut newsroom, path.into(), &mut problems) {
            Ok(Some(story)) => status = status.max(show(global, args, &story)),
            Ok(None) => {}
            Err(more) => problems.extend(more),
        }
        status = status.max(report::show(global, &mut problems, false));
    }
    status
}

fn wrong_usage(args: &ImportArgs) -> Option<Diagnostic> {
    if args.files.len() > 1 && (args.url.is_some() || args.slug.is_some()) {
        let problem =
            Diagnostic::error("one-story", "--url and --slug are of one story, and there are several files");
        return Some(problem.help("import them one at a time"));
    }
    let named = args.tags.iter().chain(&args.outlet).find(|name| !name.contains(char::is_alphanumeric));
    if let Some(name) = named {
        let message = format!("'{name}' has no letter or digit to make an address of");
        return Some(Diagnostic::error("empty-slug", message).help("give it a name that can be read"));
    }
    let asks = args.files.iter().any(|file| file.as_os_str() == "-") && terminal::is_answered();
    asks.then(|| {
        Diagnostic::error("no-copy", "there is no copy to read").help(
            "name files, such as: dateline import story.txt; or send it in, such as: dateline import < story.txt",
        )
    })
}

fn import(
    global: &Global,
    args: &ImportArgs,
    newsroom: &mut Newsroom,
    input: Input<'_>,
    problems: &mut Vec<Diagnostic>,
) -> Result<Option<Story>, Vec<Diagnostic>> {
    let name = input.name();
    let about = |problem: Diagnostic| {
        let message = match &problem.file {
            Some(_) => problem.message.clone(),
            None => format!("{}: {}", visible::line(&name), problem.message),
        };
        one(Diagnostic { message, ..problem })
    };
    let copy = input.read().map_err(about)?;
    let told = args.date.map(|given| given.resolve(newsroom.config.timezone).0.day());
    let published = told.or(copy.head.published);
    // A name without a letter has no address as a term.
    let has_slug = |name: &String| !newsroom.config.slug(name).is_empty();
    let outlet = args.outlet.clone().or_else(|| copy.head.outlet.clone()).filter(has_slug);
    let url = args.url.as_deref().or(copy.head.url.as_deref()).map(untracked);
    let known = Known { agencies: &newsroom.agencies, published, tags: newsroom.tags(), page: copy.head };
    let item = read_story(copy.paragraphs, &known);
    if let Some(at) = newsroom.covered(&copy.text, url.as_deref()) {
        let problem = Diagnostic::warning("repeated-story", format!("{name} runs already as {at}"));
        if args.skip_repeats {
            problems.push(problem.help("it was left out"));
            return Ok(None);
        }
        problems
            .push(problem.help("look at both before you publish; --skip-repeats leaves such stories out"));
    }
    problems.extend(cut_off(&item, &name));
    problems.extend(few_words(&item, &name));
    let mut story = Story { name: name.clone(), item, published, path: None, url };
    let Some(date) = story.item.date.or(published) else {
        let problem = undated(&story.item);
        if args.dry_run {
            problems.push(Diagnostic { severity: Severity::Warning, ..problem });
            return Ok(Some(story));
        }
        return Err(about(problem));
    };
    let frame = Frame {
        date,
        outlet: outlet.as_deref(),
        url: story.url.as_deref(),
        language: newsroom.config.language.tag(),
        tags: &args.tags,
        extent: if args.full { Extent::Full } else { Extent::Excerpt(args.excerpt) },
        is_draft: args.draft,
    };
    let title = draft::title(&story.item);
    let slug = args.slug.clone().unwrap_or_else(|| newsroom.config.slug(&title));
    let slug = if slug.is_empty() { "story".to_owned() } else { slug };
    let path = match free_path(&global.root, &slug, &title, date) {
        Ok(path) => path,
        Err(problem) if args.dry_run => {
            problems.extend(about(problem));
            return Ok(Some(story));
        }
        Err(problem) => return Err(about(problem)),
    };
    if !args.dry_run {
        let text = draft::file(&story.item, &frame);
        problems.extend(write(&global.root, &path, &text, &title, &newsroom.config)?);
        problems.extend(newsroom.keep_copy(&slug, date, &copy.text).err());
    }
    newsroom.add(&path, &copy.text, story.url.as_deref());
    story.path = Some((path, !args.dry_run));
    Ok(Some(story))
}

/// That the last sentence of a story has no end: whoever scraped it had no room for more.
fn cut_off(item: &Item, name: &str) -> Option<Diagnostic> {
    let last = item.body.last().filter(|last| last.chars().count() > SHORTEST_SENTENCE)?;
    let end: String = last.chars().skip(last.chars().count() - 30).collect();
    last.ends_with(char::is_alphanumeric).then(|| {
        let message = format!("{name} ends in the midst of a sentence: '…{end}'");
        Diagnostic::warning("cut-off-copy", message).help("look the rest up before you rely on it")
    })
}

/// That there is hardly a text, and nothing that marks it as a story: pages give out their login or consent form instead.
fn few_words(item: &Item, name: &str) -> Option<Diagnostic> {
    let count: usize = item.body.iter().map(|paragraph| words(paragraph).len()).sum();
    (count < FEWEST_WORDS && item.dateline.is_none()).then(|| {
        let message = format!("{name} has a text of {count} word{}", if count == 1 { "" } else { "s" });
        Diagnostic::warning("short-copy", message)
            .help("is that the story? a page that asks for a login has none")
    })
}

/// That a story has no day, and what to do about it.
fn undated(item: &Item) -> Diagnostic {
    let unsure = item.guesses.iter().find(|guess| guess.field == "date");
    let days: Vec<String> =
        unsure.iter().flat_map(|guess| guess.value.split(" or ")).map(day_as_printed).collect();
    let message = match &*days {
        [] => "the copy does not say when it was published".to_owned(),
        [day] => format!("the copy says '{day}' and no year"),
        days => format!("the day of the copy can be read in two ways: {}", days.join(" or ")),
    };
    Diagnostic::error("no-date", message).help("say when that was: --date 2021-11-25")
}

/// `--11-25` as `November 25`.
fn day_as_printed(value: &str) -> String {
    let day = NaiveDate::parse_from_str(&value.replacen("--", "2000-", 1), "%Y-%m-%d");
    day.map_or_else(|_| value.to_owned(), |day| day.format("%B %-d").to_string())
}

/// Shows a story that was imported. The answer is the exit status.
fn show(global: &Global, args: &ImportArgs, story: &Story) -> u8 {
    let made = story.path.as_ref().filter(|(_, is_made)| *is_made);
    let path = made.map(|(path, _)| shown_path(&global.root, path));
    if args.json {
        return terminal::status(terminal::out(&lines::object(&json::object(story, path.as_deref()))));
    }
    terminal::say(global, &table::drawn(story));
    let Some(path) = path else { return 0 };
    let status = terminal::status(terminal::out(&match global.message_format {
        MessageFormat::Json => lines::object(&serde_json::json!({ "created": path }).to_string()),
        _ => format!("{}\n", path.display()),
    }));
    if !args.full {
        terminal::say(
            global,
            "Write its summary in your own words where the file says so, and a headline of your own.\n",
        );
    }
    status
}
