//! `dateline serve` under two thousand changes in a few seconds, while visitors ask for pages without a pause.
//!
//! What is done is random, and the same on every run; `STRESS_SEED` gives another. In the end everything is as a clean
//! build writes it, and no answer on the way was half a page or a failure of the server.

mod common;

use common::dice::Dice;
use common::preview::{Preview, SOURCE, newsroom};
use common::{Site, files, http, picture};
use std::collections::BTreeMap;
use std::fs;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;

const CHANGES: usize = 2_000;
/// After so many changes an edition is waited for, so that editions come out between them.
const AT_ONCE: usize = 40;
const VISITORS: usize = 3;

#[test]
fn two_thousand_changes_while_visitors_read() {
    let site = crowded();
    let preview = Preview::start(&site, &["--published"]);
    let mut editor = Editor::new(&site);
    let seen = reading(
        preview.address(),
        |status| status < 500,
        || {
            for number in 0..CHANGES / AT_ONCE {
                for _ in 0..AT_ONCE {
                    editor.changes_something();
                }
                // Some of them may have undone each other.
                preview.edit(|_| editor.retitles_the_site());
                preview.until_shows("/", &format!("Test {}", editor.titles));
                if number % 10 == 9 {
                    preview.edit(|_| editor.switches_the_branch());
                }
            }
        },
    );
    assert!(seen > 100, "only {seen} pages were asked for");
    preview.until_as_built(&[]);
    editor.articles_that_are_gone().iter().for_each(|address| preview.until_gone(address));
}

#[test]
fn errors_come_and_are_mended_while_visitors_read() {
    let site = crowded();
    let preview = Preview::start(&site, &["--published"]);
    let mut editor = Editor::new(&site);
    // A page that has errors, and was never shown before, is not there to be shown.
    let seen = reading(
        preview.address(),
        |status| status < 500 || status == 503,
        || {
            for _ in 0..15 {
                for _ in 0..5 {
                    editor.changes_something();
                }
                let broken = editor.breaks_something();
                preview.until("the errors", |preview| !preview.get("/").data("problems").is_empty());
                for _ in 0..5 {
                    editor.changes_something();
                }
                editor.mends(broken);
                preview.until("their end", |preview| preview.get("/").data("problems").is_empty());
            }
        },
    );
    assert!(seen > 30, "only {seen} pages were asked for");
    preview.until_as_built(&[]);
}

/// A site of some eighty articles, in git.
fn crowded() -> Site {
    let site = newsroom();
    for number in 0..80 {
        write_article(&site, number, &mut Dice(number as u64 + 1));
    }
    site.write("static/notes/a.txt", "A");
    site.write(".gitignore", "/public/\n/.dateline/\n/.staged/\n");
    site.git(&["init", "-q", "-b", "main"]);
    commit(&site);
    site
}

fn write_article(site: &Site, number: usize, dice: &mut Dice) {
    site.article(&format!("{}/a{number}.md", dice.throw(4)), &date(dice), &tags(dice), &text(dice));
}

fn date(dice: &mut Dice) -> String {
    format!("2021-{:02}-{:02}", 9 + dice.throw(3), 1 + dice.throw(28))
}

fn tags(dice: &mut Dice) -> String {
    format!("tags = [\"Tag {}\"]\nsection = \"Desk {}\"", dice.throw(9), dice.throw(3))
}

fn text(dice: &mut Dice) -> String {
    format!("Text {}.\n\n{}", dice.throw(1_000_000), "More of it. ".repeat(dice.throw(200)))
}

/// Commits everything, and gives the commit's name.
fn commit(site: &Site) -> String {
    site.git(&["add", "-A"]);
    site.git(&["commit", "-q", "--allow-empty", "-m", "a"]);
    site.git(&["rev-parse", "HEAD"]).trim().to_owned()
}

/// Someone who changes a site's files faster than anyone can, and leaves it without an error each time.
struct Editor<'a> {
    site: &'a Site,
    dice: Dice,
    /// How many articles there have ever been.
    articles: usize,
    titles: usize,
    commits: Vec<String>,
    /// Every address that an article has had.
    addresses: Vec<String>,
}

impl<'a> Editor<'a> {
    fn new(site: &'a Site) -> Self {
        let seed = std::env::var("STRESS_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(2_021);
        println!("STRESS_SEED={seed}");
        let commits = vec![commit(site)];
        Self { site, dice: Dice(seed), articles: 80, titles: 0, commits, addresses: Vec::new() }
    }

    /// The path of some article but those of the newsroom.
    fn some_article(&mut self) -> Option<String> {
        let all = files(&self.site.path().join("content/articles")).into_keys();
        let all: Vec<String> = all.filter(|path| path.contains("/a")).collect();
        (!all.is_empty()).then(|| format!("content/articles/{}", all[self.dice.throw(all.len())]))
    }

    fn changes_something(&mut self) {
        let site = self.site;
        match self.dice.throw(16) {
            0..=4 => self.edits(|dice, text_before| {
                let head = text_before.rsplit_once("+++").map_or("", |(head, _)| head);
                format!("{head}+++\n\n{}\n", text(dice))
            }),
            5 => self.edits(|dice, text| {
                let title = format!("title = \"Title {}\"", dice.throw(1_000));
                replace_line(text, "title = ", &title)
            }),
            6 => self.edits(|dice, text| replace_line(text, "date = ", &format!("date = {}", date(dice)))),
            7 => self.edits(|dice, text| {
                let tags = format!("tags = [\"Tag {}\"]", dice.throw(9));
                replace_line(text, "tags = ", &tags)
            }),
            8 => {
                if let Some(path) = self.some_article() {
                    site.take(&path);
                }
            }
            9 | 10 => {
                write_article(site, self.articles, &mut self.dice);
                self.articles += 1;
            }
            11 => {
                if let Some(path) = self.some_article() {
                    let name = path.rsplit('/').next().expect("a path has a name").to_owned();
                    site.rename(&path, &format!("content/articles/moved/{}/{name}", self.dice.throw(3)));
                }
            }
            12 => {
                let folder = format!("content/articles/bundle{}", self.dice.throw(5));
                if site.path().join(&folder).exists() {
                    site.take(&folder);
                } else {
                    site.put(&format!("{folder}/dark.jpg"), picture(20, 10));
                    let text = format!("+++\ntitle = \"B\"\ndate = {}\n+++\n\nB.\n", date(&mut self.dice));
                    site.put(&format!("{folder}/index.md"), text);
                }
            }
            13 => {
                let path = format!("static/notes/{}.txt", self.dice.throw(4));
                if site.path().join(&path).exists() && self.dice.throw(2) == 0 {
                    site.take(&path);
                } else {
                    site.write(&path, text(&mut self.dice));
                }
            }
            14 => {
                let color = self.dice.throw(1_000_000);
                site.put("static/css/site.css", format!("body {{ color: #{color:06} }}"));
            }
            _ => {
                let path = "templates/period.html";
                if site.path().join(path).exists() {
                    site.take(path);
                } else {
                    let label = "{{ period.label }}";
                    let text = format!("<!doctype html>\n<html>{} {label}</html>\n", self.dice.throw(1_000));
                    site.put(path, text);
                }
            }
        }
        self.note_addresses();
    }

    /// Saves an article that is otherwise than before, as some editors do and as others do.
    fn edits(&mut self, change: impl FnOnce(&mut Dice, &str) -> String) {
        let Some(path) = self.some_article() else { return };
        let text = change(&mut self.dice, &self.site.read(&path));
        if self.dice.throw(2) == 0 {
            self.site.put(&path, text);
        } else {
            self.site.write(&path, text);
        }
    }

    fn retitles_the_site(&mut self) {
        self.titles += 1;
        let settings = self.site.read("site.toml");
        self.site.put(
            "site.toml",
            replace_line(&settings, "title = ", &format!("title = \"Test {}\"", self.titles)),
        );
    }

    /// Goes back to some earlier state, in which many files are otherwise.
    fn switches_the_branch(&mut self) {
        self.commits.push(commit(self.site));
        let target = self.commits[self.dice.throw(self.commits.len() - 1)].clone();
        self.site.git(&["checkout", "-q", "-f", &target]);
        self.note_addresses();
    }

    /// Breaks a file, and gives its path and what was in it.
    fn breaks_something(&mut self) -> (String, Option<String>) {
        let (path, broken) = match self.dice.throw(4) {
            0 => ("site.toml", "base_url = \"https://example.org/\"\ntitel = 1\n"),
            1 => ("templates/period.html", "{% if %}"),
            2 => (SOURCE, "+++\ntitle = \"One\n+++\n"),
            _ => (SOURCE, "+++\ntitle = \"One\"\ndate = 2021-11-25\n+++\n\n[dead](nowhere.md)\n"),
        };
        let before = fs::read_to_string(self.site.path().join(path)).ok();
        self.site.put(path, broken);
        (path.to_owned(), before)
    }

    fn mends(&self, (path, before): (String, Option<String>)) {
        match before {
            Some(text) => self.site.put(&path, text),
            // Something else may have taken it away meanwhile.
            None if self.site.path().join(&path).exists() => self.site.take(&path),
            None => {}
        }
    }

    fn note_addresses(&mut self) {
        let all = self.addresses_now();
        self.addresses.extend(all.into_values());
        self.addresses.sort_unstable();
        self.addresses.dedup();
    }

    /// The addresses of the articles that are there, by their files.
    fn addresses_now(&self) -> BTreeMap<String, String> {
        let articles = files(&self.site.path().join("content/articles"));
        let address = |(path, bytes): (String, Vec<u8>)| {
            let name =
                path.strip_suffix("/index.md").or_else(|| path.strip_suffix(".md"))?.rsplit('/').next()?;
            let text = String::from_utf8(bytes).ok()?;
            let date = text.lines().find_map(|line| line.strip_prefix("date = "))?.replace('-', "/");
            Some((path.clone(), format!("/{date}/{name}/")))
        };
        articles.into_iter().filter_map(address).collect()
    }

    fn articles_that_are_gone(&self) -> Vec<String> {
        let now: Vec<String> = self.addresses_now().into_values().collect();
        let gone = self.addresses.iter().filter(|address| !now.contains(address)).cloned();
        let gone: Vec<String> = gone.collect();
        assert!(gone.len() > 50, "few articles went: {}", gone.len());
        gone
    }
}

/// The text with another line instead of the one that begins so.
fn replace_line(text: &str, begins: &str, line: &str) -> String {
    let lines = text.lines().map(|own| if own.starts_with(begins) { line } else { own });
    lines.collect::<Vec<_>>().join("\n") + "\n"
}

/// Runs `work` while visitors ask for pages, each of which must come whole and with a status that `is_fine`; gives how
/// many were asked for.
fn reading(address: SocketAddr, is_fine: impl Fn(u16) -> bool + Sync, work: impl FnOnce()) -> usize {
    let done = AtomicBool::new(false);
    let seen = AtomicUsize::new(0);
    let visit = |visitor: usize| {
        let mut dice = Dice(visitor as u64 + 7);
        let mut known =
            vec!["/".to_owned(), "/archive/".to_owned(), "/atom.xml".to_owned(), "/sitemap.xml".to_owned()];
        while !done.load(Ordering::Relaxed) {
            let path = known[dice.throw(known.len())].clone();
            let answer =
                http::ask(address, "GET", &path, &[]).unwrap_or_else(|error| panic!("{path}: {error}"));
            assert!(is_fine(answer.status), "{path}: {}, {}", answer.status, answer.text());
            seen.fetch_add(1, Ordering::Relaxed);
            let is_page = answer.header("content-type").is_some_and(|kind| kind.starts_with("text/html"));
            if !is_page {
                continue;
            }
            let page = answer.page_text();
            assert!(page.trim_end().ends_with("</html>"), "{path} is half a page:\n{page}");
            assert!(answer.suffix().trim_end().ends_with("</script>"), "{path}: {}", answer.suffix());
            let links = page.split("href=\"/").skip(1).filter_map(|rest| rest.split_once('"'));
            known.extend(links.map(|(link, _)| format!("/{}", link.split('#').next().unwrap_or_default())));
            known.sort_unstable();
            known.dedup();
        }
    };
    thread::scope(|scope| {
        (0..VISITORS).for_each(|visitor| {
            scope.spawn(move || visit(visitor));
        });
        // However the work ends, the visitors do too.
        let _ending = Ending(&done);
        work();
    });
    seen.into_inner()
}

struct Ending<'a>(&'a AtomicBool);

impl Drop for Ending<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}
