//! Whether a story runs already.

use crate::corpus::{ARTICLES, Format, article, memory, site};
use dateline::check::stories::Stories;
use dateline::wire::covered::{Story, Texts};
use divan::Bencher;
use divan::counter::{BytesCount, ItemsCount};

/// A new story held against 10,000 articles, all of which are read for it.
#[divan::bench(sample_count = 10)]
fn ask(bencher: Bencher) {
    let memory = memory(&site("covered", ARTICLES, Format::Toml));
    let tree = memory.tree().expect("it was walked");
    let text = article(7, Format::Toml);
    let new =
        Texts { own: String::new(), source: text.rsplit_once("+++\n").map(|(_, body)| body.to_owned()) };
    bencher.counter(ItemsCount::new(ARTICLES)).bench(|| {
        let stories = Stories::new(tree, memory.articles());
        let story = Story::new(Some("https://elsewhere.example/7"), [], &new);
        let found = stories.index().ask(&story, &new, |place| stories.texts(place));
        assert_eq!(found.len(), 1);
        found
    });
}

/// What is remembered of a text.
#[divan::bench]
fn sketch(bencher: Bencher) {
    let texts = Texts { own: article(0, Format::Toml), source: None };
    bencher.counter(BytesCount::of_str(&texts.own)).bench(|| Story::new(None, [], &texts));
}
