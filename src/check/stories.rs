//! The stories of a site, as they are held against each other and against a new one: what articles say, what they were made
//! from, and where that stands.

use crate::article::Article;
use crate::article::markdown::prose;
use crate::cache::copies;
use crate::source::SourceTree;
use crate::wire::covered::{Covered, Story, Texts};
use rayon::prelude::*;
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::Arc;

/// Some articles in the order in which they ran, and where to read them.
#[derive(Debug)]
pub struct Stories<'a> {
    tree: &'a SourceTree,
    articles: Vec<&'a Arc<Article>>,
    /// Of each slug, the place of the article that a copy without a day in its name is of. Empty where there are no copies.
    owners: HashMap<&'a str, u32>,
}

impl<'a> Stories<'a> {
    /// Those of some articles, in whatever order they come.
    pub fn new(tree: &'a SourceTree, articles: impl Iterator<Item = &'a Arc<Article>>) -> Self {
        let mut articles: Vec<&Arc<Article>> = articles.collect();
        articles.par_sort_by_cached_key(|article| (article.date.instant(), article.document.source.clone()));
        let mut owners: HashMap<&str, u32> = HashMap::new();
        if copies::are_there(&tree.root) {
            for (place, article) in (0..).zip(&articles) {
                match owners.entry(&*article.document.slug) {
                    Entry::Vacant(entry) => _ = entry.insert(place),
                    Entry::Occupied(mut entry) => {
                        let known = articles[*entry.get() as usize];
                        if claim(tree, article) > claim(tree, known) {
                            entry.insert(place);
                        }
                    }
                }
            }
        }
        Self { tree, articles, owners }
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
        let root = &self.tree.root;
        let of_slug = || {
            let is_owner = self.owners.get(&*document.slug) == Some(&place);
            copies::of_slug(root, &document.slug).filter(|_| is_owner)
        };
        copies::of_day(root, &document.slug, date.day()).or_else(of_slug)
    }
}

/// How good an article's claim is to the copy that has its slug alone in its name: better where it has no other, then where it
/// was imported. Of two as good the earlier one has it.
fn claim(tree: &SourceTree, article: &Article) -> (bool, bool) {
    let has_other = copies::has_day(&tree.root, &article.document.slug, article.date.day());
    (!has_other, article.details.original_title.is_some())
}

#[cfg(test)]
mod tests;
