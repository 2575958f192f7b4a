//! From files to documents: front matter, Markdown, and what earlier runs kept.

use crate::corpus::{ARTICLES, Format, article, site};
use dateline::article::markdown::{Destination, Links, Options, Place, render};
use dateline::article::{Library, Recollection, read_all};
use dateline::cache::Readings;
use dateline::config::{self, Config, Overrides};
use dateline::slug::Letters;
use dateline::source::{self, SourceTree};
use dateline::stopwatch::Stopwatch;
use dateline::tree::{parse_toml, parse_yaml};
use divan::Bencher;
use divan::counter::{BytesCount, ItemsCount};
use std::ops::Range;
use std::path::Path;
use std::thread::sleep;
use std::time::Duration;

/// The front matter of an article as a tree that knows its places, unchecked.
#[divan::bench(args = [Format::Toml, Format::Yaml])]
fn front_matter(bencher: Bencher, format: Format) {
    let text = article(0, format);
    let end = text.rfind(if format == Format::Toml { "+++\n" } else { "---\n" }).expect("it has an end");
    let parse = if format == Format::Toml { parse_toml } else { parse_yaml };
    bencher.bench(|| parse("a.md", &text, 4..end).expect("it is sound"));
}

/// An article's text as HTML.
#[divan::bench]
fn markdown(bencher: Bencher) {
    let text = article(0, Format::Toml);
    let (_, body) = text.rsplit_once("+++\n").expect("it has front matter");
    let options = Options {
        smart: true,
        external_rel: "noopener",
        letters: Letters::Ascii,
        here: "",
        sizes: "100vw",
        word: &|key| key.to_owned(),
    };
    assert!(render(body, &options, &mut Away).words >= 420, "it is as long as an article");
    bencher.counter(BytesCount::of_str(body)).bench_local(|| render(body, &options, &mut Away));
}

/// A thousand articles read from their files and checked, on all cores.
#[divan::bench(args = [Format::Toml, Format::Yaml], sample_count = 20)]
fn thousand_files(bencher: Bencher, format: Format) {
    let root = site(&format!("{format:?}"), 1000, format);
    let (tree, config) = (SourceTree::scan(&root), settings(&root));
    bencher.counter(ItemsCount::new(1000_usize)).bench(|| read(&tree, &config));
}

/// What an earlier run kept of 10,000 articles, in place of reading them.
#[divan::bench(sample_count = 20)]
fn kept_documents(bencher: Bencher) {
    let root = site("kept", ARTICLES, Format::Toml);
    // What is not two seconds older than its reading is not trusted.
    sleep(Duration::from_millis(2100));
    let readings = Readings::begin(&root, &source::digest(b"settings"));
    let tree = SourceTree::scan(&root);
    let library = read(&tree, &settings(&root));
    library.keep(&readings, &tree.documents);
    bencher
        .counter(ItemsCount::new(ARTICLES))
        .bench(|| Library::recall(Recollection::load(&readings), &tree.documents));
}

fn settings(root: &Path) -> Config {
    let text = source::read_settings(root).expect("it is there");
    config::load(&text, &Overrides::default(), &mut Vec::new()).expect("it is TOML")
}

fn read(tree: &SourceTree, config: &Config) -> Library {
    let mut library = Library::default();
    let mut diagnostics = Vec::new();
    let documents = read_all(tree, config, &mut library, &Stopwatch::default(), &mut diagnostics);
    assert!(diagnostics.is_empty() && documents.articles.len() == tree.documents.len());
    library
}

/// Every link of the articles leads away.
struct Away;

impl Links for Away {
    fn link(&mut self, _: &str, _: Range<usize>) -> Destination {
        Destination::External
    }

    fn image(&mut self, _: &str, _: &str, _: Range<usize>) -> Place {
        Place::AsIs
    }
}
