//! The stories of a site, as they are held against each other and against a new one: what articles say, what they were made
//! from, and where that stands.

use crate::article::Article;
use crate::article::markdown::prose;
use crate::cache::copies;
use crate::source::SourceTree;
use crate::wire::covered::{Covered, Story, Texts};
use rayon::prelude::*;
use std::collections::HashMap;
use std::sync::Arc;

/// Some articles in the order in which they ran, and where to read them.
#[derive(Debug)]
pub struct Stories<'a> {
    tree: &'a SourceTree,
    articles: Vec<&'a Arc<Article>>,
    /// Of each slug, the place of the article that ran first: a copy without a day in its name is that one's. Empty where
    /// there are no copies.
    first: HashMap<&'a str, u32>,
}

impl<'a> Stories<'a> {
    /// Those of some articles, in whatever order they come.
    pub fn new(tree: &'a SourceTree, articles: impl Iterator<Item = &'a Arc<Article>>) -> Self {
        let mut articles: Vec<&Arc<Article>> = articles.collect();
        articles.par_sort_by_cached_key(|article| (article.date.instant(), article.document.source.clone()));
        let mut first = HashMap::new();
        if copies::are_there(&tree.root) {
            for (place, article) in (0..).zip(&articles) {
                first.entry(&*article.document.slug).or_insert(place);
            }
        }
        Self { tree, articles, first }
    }

    /// The articles, the oldest first.
    pub fn articles(&self) -> &[&'a Arc<Article>] {
        &self.articles
    }

    /// The index of all these stories, for which every article is read.
    pub fn index(&self) -> Covered {
        let story =
            |place| Self::story(self.articles[place as usize], &self.texts(place).unwrap_or_default());
        Covered::new(self.articles.len() as u32, story)
    }

    /// The words of the article at a place. `None` where its file cannot be read, or has changed since it was.
    pub fn texts(&self, place: u32) -> Option<Texts> {
        let text = self.file(place)?;
        let own = prose(&text[self.articles[place as usize].document.body..]).text;
        Some(Texts { own, source: self.copy(place) })
    }

    /// An article's story, by its addresses and its words.
    pub fn story(article: &Article, texts: &Texts) -> Story {
        let mut sources = article.sources.iter().map(|source| source.url.as_deref());
        let principal = sources.next().flatten();
        Story::new(principal, sources.flatten(), texts)
    }

    /// The whole file of the article at a place. `None` as for [`Stories::texts`].
    pub(super) fn file(&self, place: u32) -> Option<String> {
        let document = &self.articles[place as usize].document;
        self.tree.read_text(&document.source).ok().filter(|text| document.is_of(text))
    }

    /// The copy that was kept of its source.
    pub(super) fn copy(&self, place: u32) -> Option<String> {
        let Article { document, date, .. } = &**self.articles[place as usize];
        let of = if *self.first.get(&*document.slug)? == place { copies::of } else { copies::of_day };
        of(&self.tree.root, &document.slug, date.day())
    }
}

#[cfg(test)]
mod tests;
